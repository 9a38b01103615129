/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The canvas that shows a layer's graph. It owns a scene and moves a camera, and redraws when one of them
 * changes, never otherwise. How it draws is in graph-view-canvas.c, what pointer and keyboard do in
 * graph-view-pointer.c and graph-view-keys.c, where nodes are and what is seen in graph-view-places.c, how
 * they get elsewhere in graph-view-glide.c. */

#include "app/graph-view.h"

#include <adwaita.h>

#include "app/graph-view-private.h"

G_DEFINE_FINAL_TYPE (CoterieGraphView, coterie_graph_view, GTK_TYPE_WIDGET)

/* How high a heading is, with some air. */
#define HEADING_PX 20.0

static guint signals[COTERIE_GRAPH_VIEW_N_SIGNALS];

/* Tells where nodes are, which may not be known yet if they have moved. */
static void
show_places (CoterieGraphView *self)
{
  coterie_node_finder_show (self->finder, coterie_scene_get_drawing (self->scene),
                            self->places_changed);
  if (coterie_scene_get_ready (self->scene))
    self->places_changed = FALSE;
}

/* Has the look told of again when it is known: so far nothing but the last one is. */
static void
await_look (CoterieGraphView *self)
{
  if (coterie_scene_get_held (self->scene) && !coterie_scene_get_ready (self->scene))
    self->look_awaited = TRUE;
}

/* Tells of the look when it is seen: where a worker paints, a legend changes together with the picture. */
void
coterie_graph_view_show_look (CoterieGraphView *self)
{
  if (!self->look_unseen)
    return;
  self->look_unseen = FALSE;
  coterie_graph_view_emit (self, COTERIE_GRAPH_VIEW_LOOK_CHANGED);
}

/* What follows from a change, once before the next frame however many changes there were. */

static gboolean
update_cb (gpointer data)
{
  CoterieGraphView *self = data;

  self->update_source = 0;
  coterie_camera_mover_update (self->mover);
  coterie_scene_ahead_follow (self->ahead);
  show_places (self);
  coterie_graph_view_pick (self, FALSE);
  coterie_graph_view_redraw (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  coterie_graph_view_emit (self, COTERIE_GRAPH_VIEW_CHANGED);
  return G_SOURCE_REMOVE;
}

/* Goes to what a filter leaves as soon as that is known, where the graph is fitted. */
static void
refit_filtered (CoterieGraphView *self)
{
  gboolean known = !coterie_scene_get_held (self->scene) || coterie_scene_get_ready (self->scene);

  if (!self->filter_unseen || !known)
    return;
  self->filter_unseen = FALSE;
  coterie_camera_mover_refit (self->mover);
}

/* Has what is shown drawn anew, with all that follows from it. */
void
coterie_graph_view_queue_update (CoterieGraphView *self)
{
  CoterieBounds bounds, shown;

  coterie_scene_ahead_hold (self->ahead);
  bounds = coterie_scene_get_bounds (self->scene);
  shown = coterie_scene_get_shown_bounds (self->scene);
  coterie_camera_mover_set_bounds (self->mover, self->has_states ? &bounds : NULL,
                                   self->has_states ? &shown : NULL);
  refit_filtered (self);
  if (self->update_source == 0)
    self->update_source = g_idle_add_full (GDK_PRIORITY_REDRAW - 5, update_cb, self, NULL);
}

/* Emits one of the view's signals, for the files that it consists of. */
void
coterie_graph_view_emit (CoterieGraphView *self, CoterieGraphViewSignal signal, ...)
{
  va_list arguments;

  va_start (arguments, signal);
  g_signal_emit_valist (self, signals[signal], 0, arguments);
  va_end (arguments);
}

guint64
coterie_graph_view_get_key (CoterieGraphView *self, gint node)
{
  return coterie_scene_get_keys (self->scene)[node];
}

gint
coterie_graph_view_find_node (CoterieGraphView *self, guint64 key)
{
  return coterie_scene_find (self->scene, key);
}

/* Brings out the node under the pointer. */
void
coterie_graph_view_show_hovered (CoterieGraphView *self)
{
  coterie_scene_set_hovered (self->scene, self->hovered);
  coterie_graph_view_queue_update (self);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const CoteriePinPlace *left = a, *right = b;

  return left->key < right->key ? -1 : left->key > right->key;
}

/* Marks the pinned nodes. While nodes are being moved, these alone are marked, and stand where they
 * are moved to; everything else is as the frames have it. */
void
coterie_graph_view_show_pinned (CoterieGraphView *self)
{
  GArray *moving = self->pointer.moving;
  g_autofree guint64 *keys = g_new (guint64, moving->len);
  g_autofree float *positions = g_new (float, 2 * (gsize) moving->len);

  g_array_sort (moving, compare_places);
  for (guint i = 0; i < moving->len; i++) {
    const CoteriePinPlace *place = &g_array_index (moving, CoteriePinPlace, i);

    keys[i] = place->key;
    positions[2 * i] = (float) place->x;
    positions[2 * i + 1] = (float) place->y;
  }
  if (moving->len > 0)
    coterie_scene_set_pinned (self->scene, keys, positions, moving->len);
  else
    coterie_scene_set_pinned (self->scene, (const guint64 *) (gconstpointer) self->pinned->data,
                              NULL, self->pinned->len);
  self->places_changed = TRUE;
  coterie_graph_view_queue_update (self);
}

/* Where the nodes are that move with @key, or will be when they have come to rest: it alone, or all that
 * are selected. */
GArray *
coterie_graph_view_get_movable (CoterieGraphView *self, guint64 key, gboolean at_rest)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (CoteriePinPlace));
  gsize n_keys = 1;
  const guint64 *keys = &key;

  if (coterie_selection_contains (self->selection, key))
    keys = coterie_selection_get_keys (self->selection, &n_keys);
  for (gsize i = 0; i < n_keys; i++) {
    CoteriePinPlace place = {.key = keys[i], .pinned = TRUE};

    if (at_rest ? coterie_graph_view_get_resting_place (self, keys[i], &place.x, &place.y)
                : coterie_graph_view_get_node_place (self, keys[i], &place.x, &place.y))
      g_array_append_val (places, place);
  }
  return places;
}

/* Tells that the user has moved nodes, of which @places says where they are on the plane. */
void
coterie_graph_view_tell_moved (CoterieGraphView *self, const GArray *places)
{
  g_autoptr (GArray) moved = g_array_new (FALSE, FALSE, sizeof (CoteriePinPlace));

  for (guint i = 0; i < places->len; i++) {
    CoteriePinPlace place = g_array_index (places, CoteriePinPlace, i);

    if (coterie_scene_to_layer (self->scene, coterie_scene_key_layer (place.key), &place.x,
                                &place.y))
      g_array_append_val (moved, place);
  }
  self->telling_moved = TRUE;
  coterie_graph_view_emit (self, COTERIE_GRAPH_VIEW_NODES_MOVED, moved->data, (gulong) moved->len);
  self->telling_moved = FALSE;
}

static void
selection_changed (CoterieGraphView *self)
{
  gsize n_keys;
  const guint64 *keys = coterie_selection_get_keys (self->selection, &n_keys);

  coterie_scene_set_selected (self->scene, keys, (guint) n_keys);
  coterie_graph_view_queue_update (self);
}

/* The widget. */

static void
coterie_graph_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CoterieGraphView *self = COTERIE_GRAPH_VIEW (widget);

  if (self->gl_area != NULL && self->renderer != NULL)
    gtk_widget_snapshot_child (widget, self->gl_area, snapshot);
  else
    coterie_graph_view_snapshot_picture (self, snapshot);
  coterie_graph_view_snapshot_focus (self, snapshot);
  coterie_graph_view_snapshot_band (self, snapshot);
}

/* Whoever comes with Tab comes to a neuron; whoever leaves with it leaves the graph. */
static gboolean
coterie_graph_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  CoterieGraphView *self = COTERIE_GRAPH_VIEW (widget);

  if (gtk_widget_has_focus (widget))
    return FALSE;
  gtk_widget_grab_focus (widget);
  if (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD)
    coterie_graph_view_enter_nodes (self);
  return TRUE;
}

/* A menu gets another size when what it offers is known. */
static void
present_menus (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
}

static void
coterie_graph_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CoterieGraphView *self = COTERIE_GRAPH_VIEW (widget);

  if (self->gl_area != NULL)
    gtk_widget_size_allocate (self->gl_area, &(GtkAllocation){0, 0, width, height}, baseline);
  present_menus (widget);
  coterie_graph_view_queue_update (self);
}

static void
coterie_graph_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (coterie_graph_view_parent_class)->map (widget);
  coterie_graph_view_queue_update (COTERIE_GRAPH_VIEW (widget));
}

static void
dark_changed_cb (CoterieGraphView *self)
{
  CoterieSceneStyle style = *coterie_scene_get_style (self->scene);

  style.dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  coterie_scene_set_style (self->scene, &style);
  coterie_graph_view_queue_update (self);
}

static void
coterie_graph_view_dispose (GObject *object)
{
  CoterieGraphView *self = COTERIE_GRAPH_VIEW (object);

  coterie_camera_mover_stop (self->mover);
  coterie_graph_view_drop_glide (self);
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_handle_id (&self->rest_source, g_source_remove);
  g_clear_pointer (&self->gl_area, gtk_widget_unparent);
  g_clear_object (&self->texture);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (coterie_graph_view_parent_class)->dispose (object);
}

static void
coterie_graph_view_finalize (GObject *object)
{
  CoterieGraphView *self = COTERIE_GRAPH_VIEW (object);

  /* Not before: a worker holds a reference while it uses the pool, and while the widget is being
   * taken down the pointer still leaves the scene. */
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_handle_id (&self->rest_source, g_source_remove);
  g_clear_pointer (&self->pool, coterie_pool_free);
  g_clear_pointer (&self->labels, coterie_label_painter_free);
  coterie_graph_view_clear_pointer (self);
  g_clear_pointer (&self->painted, coterie_drawing_unref);
  g_clear_pointer (&self->painting, coterie_drawing_unref);
  g_array_unref (self->pinned);
  coterie_node_finder_free (self->finder);
  coterie_camera_mover_free (self->mover);
  coterie_scene_ahead_free (self->ahead);
  coterie_scene_free (self->scene);
  G_OBJECT_CLASS (coterie_graph_view_parent_class)->finalize (object);
}

static void
add_node_signals (void)
{
  /**
   * CoterieGraphView::node-hovered:
   * @self: the view
   * @key: neuron under the pointer, or %COTERIE_SELECTION_NO_KEY
   * @x_px: the pointer, pixels from the widget's left
   * @y_px: the pointer, pixels from the widget's top
   *
   * The pointer moved on a node, or what is under it changed.
   */
  signals[COTERIE_GRAPH_VIEW_NODE_HOVERED] =
      g_signal_new ("node-hovered", COTERIE_TYPE_GRAPH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, G_TYPE_UINT64, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  /**
   * CoterieGraphView::community-requested:
   * @self: the view
   * @key: a neuron
   *
   * The community of @key shall be selected.
   */
  signals[COTERIE_GRAPH_VIEW_COMMUNITY_REQUESTED] =
      g_signal_new ("community-requested", COTERIE_TYPE_GRAPH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);

  /**
   * CoterieGraphView::menu-requested:
   * @self: the view
   * @key: the neuron that it is about, or %COTERIE_SELECTION_NO_KEY for the graph
   * @x_px: where, pixels from the widget's left
   * @y_px: pixels from the widget's top
   *
   * The context menu shall be shown.
   */
  signals[COTERIE_GRAPH_VIEW_MENU_REQUESTED] =
      g_signal_new ("menu-requested", COTERIE_TYPE_GRAPH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 3, G_TYPE_UINT64, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  /**
   * CoterieGraphView::nodes-moved:
   * @self: the view
   * @places: (type gpointer) (array length=n_places): an array of #CoteriePinPlace, where they are now in
   *   the layouts of their layers
   * @n_places: how many
   *
   * The user has moved nodes. Unless they are pinned there they go back.
   */
  signals[COTERIE_GRAPH_VIEW_NODES_MOVED] =
      g_signal_new ("nodes-moved", COTERIE_TYPE_GRAPH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_ULONG);
}

static void
add_view_signals (void)
{
  /**
   * CoterieGraphView::view-changed:
   * @self: the view
   *
   * Something else is shown, or is seen from elsewhere; once before a frame at most.
   */
  signals[COTERIE_GRAPH_VIEW_CHANGED] =
      g_signal_new ("view-changed", COTERIE_TYPE_GRAPH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);

  /**
   * CoterieGraphView::opengl-failed:
   * @self: the view
   *
   * OpenGL was in use and has failed, for example because the driver was reset. From now on the graph is
   * drawn without it, more slowly.
   */
  signals[COTERIE_GRAPH_VIEW_OPENGL_FAILED] =
      g_signal_new ("opengl-failed", COTERIE_TYPE_GRAPH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 0);

  /**
   * CoterieGraphView::look-changed:
   * @self: the view
   *
   * Style, filter or search of the scene have changed: a legend may be out of date.
   */
  signals[COTERIE_GRAPH_VIEW_LOOK_CHANGED] =
      g_signal_new ("look-changed", COTERIE_TYPE_GRAPH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
}

static void
coterie_graph_view_class_init (CoterieGraphViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = coterie_graph_view_dispose;
  object_class->finalize = coterie_graph_view_finalize;
  widget_class->snapshot = coterie_graph_view_snapshot;
  widget_class->size_allocate = coterie_graph_view_size_allocate;
  widget_class->map = coterie_graph_view_map;
  widget_class->focus = coterie_graph_view_focus;

  gtk_widget_class_set_css_name (widget_class, "graphview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);

  add_node_signals ();
  add_view_signals ();
}

static void
camera_moved_cb (gpointer data)
{
  coterie_graph_view_queue_update (data);
}

static void
nodes_found_cb (gpointer data)
{
  coterie_graph_view_pick (data, FALSE);
}

/* A worker has computed what is shown, or what was to be shown when it began. */
static void
caught_up_cb (gpointer data)
{
  CoterieGraphView *self = data;

  show_places (self);
  coterie_graph_view_queue_update (self);
  self->look_unseen = self->look_unseen || self->look_awaited;
  self->look_awaited = !coterie_scene_get_ready (self->scene);
  if (self->gl_area != NULL)
    coterie_graph_view_show_look (self);
}

static void
coterie_graph_view_init (CoterieGraphView *self)
{
  self->scene = coterie_scene_new ();
  self->ahead = coterie_scene_ahead_new (GTK_WIDGET (self), self->scene, caught_up_cb, self);
  self->mover = coterie_camera_mover_new (GTK_WIDGET (self), camera_moved_cb, self);
  self->finder = coterie_node_finder_new (GTK_WIDGET (self), nodes_found_cb, self);
  self->hovered = COTERIE_SELECTION_NO_KEY;
  self->gl_edges = COTERIE_GL_EDGES_AUTO;
  self->pinned = g_array_new (FALSE, FALSE, sizeof (guint64));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  coterie_graph_view_add_canvas (self);
  coterie_graph_view_add_pointer (self);
  coterie_graph_view_add_keys (self);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (gtk_widget_queue_draw), NULL);

  dark_changed_cb (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (dark_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (coterie_graph_view_queue_update),
                    NULL);
}

/* Which layers a graph shows: 0 for all. */
static guint
get_layer (const CoterieSceneGraph *graph)
{
  return graph->n_layers == 1 ? graph->first_layer : 0;
}

/* A layer is about as wide as high, and so is its share of several. Returns: whether that is new. */
static gboolean
note_form (CoterieGraphView *self, const CoterieSceneGraph *graph)
{
  guint n_rows = (graph->n_layers - 1) / graph->n_columns + 1;
  double aspect = (double) graph->n_columns / n_rows;
  gboolean in_rows = n_rows > 1;

  if (self->aspect == aspect && !self->in_rows == !in_rows)
    return FALSE;
  self->aspect = aspect;
  self->in_rows = in_rows;
  return TRUE;
}

/* Above rows, which need the whole height, there is to be room for headings: what lies on top reaches as
 * much farther down. Returns whether a fitted graph has other room now. */
gboolean
coterie_graph_view_choose_insets (CoterieGraphView *self)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (self->mover);
  const CoterieInsets *before = &viewport.insets;
  guint n_overlays = self->clearing ? self->n_overlays : self->n_lasting;
  CoterieOverlay overlays[COTERIE_MAX_OVERLAYS];
  CoterieInsets insets;

  for (guint i = 0; i < n_overlays; i++) {
    overlays[i] = self->overlays[i];
    if (self->in_rows && overlays[i].height_px > 0.0 &&
        2.0 * overlays[i].y_px + overlays[i].height_px < viewport.height_px)
      overlays[i].height_px += HEADING_PX;
  }
  insets = coterie_insets_choose (&viewport, overlays, n_overlays, MAX (self->aspect, 1.0),
                                  self->in_rows);
  coterie_camera_mover_set_insets (self->mover, insets);
  return insets.left_px != before->left_px || insets.right_px != before->right_px ||
         insets.top_px != before->top_px || insets.bottom_px != before->bottom_px;
}

/* There, neurons that go over into another community have a ring. */
static gboolean
is_on_the_way (double t_frac)
{
  return t_frac > 0.0 && t_frac < 1.0;
}

/**
 * coterie_graph_view_set_graphs:
 * @self: the view
 * @from: what is shown at blend 0
 * @to: (nullable): what is shown at blend 1
 * @t_frac: how far from @from to @to, a fraction from 0 to 1
 *
 * Shows them as coterie_graph_view_set_blend() does. The first graphs, and those of another layer, are
 * fitted into the view; afterwards the camera follows the graph until somebody moves it. Selection,
 * search and focus stay.
 */
void
coterie_graph_view_set_graphs (CoterieGraphView *self,
                               CoterieSceneGraph *from,
                               CoterieSceneGraph *to,
                               double t_frac)
{
  coterie_graph_view_drop_glide (self);
  coterie_scene_set_graphs (self->scene, from, to);
  coterie_scene_set_movers_ringed (self->scene, is_on_the_way (t_frac));
  coterie_scene_set_blend (self->scene, t_frac);
  coterie_scene_ahead_take (self->ahead);
  if (!self->has_states || self->shown_layer != get_layer (from))
    coterie_camera_mover_follow (self->mover);
  self->has_states = TRUE;
  self->places_changed = TRUE;
  self->shown_layer = get_layer (from);
  if (note_form (self, from))
    coterie_graph_view_choose_insets (self);
  coterie_graph_view_queue_update (self);
  show_places (self);
  await_look (self);
}

/**
 * coterie_graph_view_clear:
 * @self: the view
 *
 * Goes back to the empty canvas.
 */
void
coterie_graph_view_clear (CoterieGraphView *self)
{
  g_autoptr (CoterieSceneGraph) empty = coterie_scene_graph_new_empty ();

  coterie_graph_view_drop_glide (self);
  coterie_camera_mover_follow (self->mover);
  coterie_scene_set_graphs (self->scene, empty, NULL);
  self->has_states = FALSE;
  self->places_changed = TRUE;
  coterie_graph_view_pick (self, TRUE);
  coterie_graph_view_queue_update (self);
}

/**
 * coterie_graph_view_set_blend:
 * @self: the view
 * @t_frac: how far from the first state to the second, a fraction from 0 to 1
 *
 * On the way, neurons that go over into another community have a ring.
 */
void
coterie_graph_view_set_blend (CoterieGraphView *self, double t_frac)
{
  if (self->glide.animation != NULL && t_frac == self->glide.t_frac)
    return;
  coterie_graph_view_end_glide (self);
  if (coterie_scene_get_blend (self->scene) == CLAMP (t_frac, 0.0, 1.0))
    return;
  coterie_scene_set_movers_ringed (self->scene, is_on_the_way (t_frac));
  coterie_scene_set_blend (self->scene, t_frac);
  coterie_scene_ahead_take (self->ahead);
  coterie_graph_view_queue_update (self);
  await_look (self);
}

/**
 * coterie_graph_view_set_ahead:
 * @self: the view
 * @wishes: (array length=n_wishes): what may have to be shown soon, the most likely first
 * @n_wishes: at most %COTERIE_SCENE_AHEAD_MOST
 *
 * Has the view prepare for @wishes and for nothing else, off the main thread.
 */
void
coterie_graph_view_set_ahead (CoterieGraphView *self,
                              const CoterieSceneWish *wishes,
                              guint n_wishes)
{
  coterie_scene_ahead_wish (self->ahead, wishes, n_wishes);
}

/**
 * coterie_graph_view_set_overlays:
 * @self: the view
 * @overlays: (array length=n_overlays): what lies on the view, at its present size, pixels; first what
 *   stays, then what comes and goes
 * @n_overlays: at most %COTERIE_MAX_OVERLAYS
 * @n_lasting: how many of them stay
 *
 * Lets labels keep away from all of @overlays, and a fitted graph from the lasting ones, as
 * coterie_insets_choose() does: it does not move for the others unless coterie_graph_view_clear_covered()
 * asks for it.
 */
void
coterie_graph_view_set_overlays (CoterieGraphView *self,
                                 const CoterieOverlay *overlays,
                                 guint n_overlays,
                                 guint n_lasting)
{
  g_return_if_fail (n_overlays <= COTERIE_MAX_OVERLAYS && n_lasting <= n_overlays);

  memcpy (self->overlays, overlays, n_overlays * sizeof *overlays);
  self->n_overlays = n_overlays;
  self->n_lasting = n_lasting;
  if (coterie_graph_view_choose_insets (self) && self->clearing)
    coterie_camera_mover_refit (self->mover);
  coterie_graph_view_queue_update (self);
}

/**
 * coterie_graph_view_set_selection:
 * @self: the view
 * @selection: what is selected; set once
 *
 * Shows the selection, and lets pointer and keyboard change it.
 */
void
coterie_graph_view_set_selection (CoterieGraphView *self, CoterieSelection *selection)
{
  g_return_if_fail (self->selection == NULL);

  self->selection = g_object_ref (selection);
  g_signal_connect_swapped (selection, "changed", G_CALLBACK (selection_changed), self);
  g_signal_connect_swapped (selection, "focus-changed", G_CALLBACK (gtk_widget_queue_draw), self);
}

/**
 * coterie_graph_view_set_focus:
 * @self: the view
 * @identity: of the community to bring out, or %COTERIE_PALETTE_NO_IDENTITY for none
 */
void
coterie_graph_view_set_focus (CoterieGraphView *self, guint32 identity)
{
  coterie_scene_set_focus (self->scene, identity);
  coterie_graph_view_queue_update (self);
}

/**
 * coterie_graph_view_set_pinned:
 * @self: the view
 * @keys: (array length=n_keys) (nullable): pinned neurons, ascending; copied
 * @n_keys: how many
 *
 * Marks these and no others.
 */
void
coterie_graph_view_set_pinned (CoterieGraphView *self, const guint64 *keys, gsize n_keys)
{
  g_array_set_size (self->pinned, 0);
  if (n_keys > 0)
    g_array_append_vals (self->pinned, keys, (guint) n_keys);
  coterie_graph_view_show_pinned (self);
}

/**
 * coterie_graph_view_set_can_move:
 * @self: the view
 * @can_move: whether there is somebody who pins what is moved
 *
 * Lets nodes be dragged; otherwise a drag that begins on a node moves the graph.
 */
void
coterie_graph_view_set_can_move (CoterieGraphView *self, gboolean can_move)
{
  self->can_move = can_move;
}

/**
 * coterie_graph_view_select_all:
 * @self: the view
 *
 * Selects all that can be seen, or could if one went there.
 */
void
coterie_graph_view_select_all (CoterieGraphView *self)
{
  const CoterieBounds everywhere = {-G_MAXDOUBLE, -G_MAXDOUBLE, G_MAXDOUBLE, G_MAXDOUBLE};

  if (self->has_states)
    coterie_graph_view_select_within (self, everywhere, NULL);
}

/**
 * coterie_graph_view_get_scene:
 * @self: the view
 *
 * Returns: (transfer none): what is shown; after a change of it call
 *   coterie_graph_view_refresh()
 */
CoterieScene *
coterie_graph_view_get_scene (CoterieGraphView *self)
{
  return self->scene;
}

/**
 * coterie_graph_view_set_filter:
 * @self: the view
 * @filter: (nullable): hides everything that does not match
 *
 * A graph that is fitted into the view is from now on fitted by what is left of it.
 */
void
coterie_graph_view_set_filter (CoterieGraphView *self, CoterieNodeQuery *filter)
{
  coterie_scene_set_filter (self->scene, filter);
  self->filter_unseen = TRUE;
  coterie_graph_view_refresh (self);
}

/**
 * coterie_graph_view_refresh:
 * @self: the view
 *
 * Shows what has been changed in the scene: its style, search, filter or trail.
 */
void
coterie_graph_view_refresh (CoterieGraphView *self)
{
  self->places_changed = TRUE;
  coterie_graph_view_queue_update (self);
  await_look (self);
  coterie_graph_view_emit (self, COTERIE_GRAPH_VIEW_LOOK_CHANGED);
}
