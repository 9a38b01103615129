/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A recording, open: the graph of one layer, the plots beside it and the timeline below. The page
 * tells the graph view which two frames the timeline stands between, and how far from the first to
 * the second it is. Files beside this one have what lies on the graph, and what the page says of it. */

#include "app/run-page.h"

#include "config.h"

#include <math.h>

#include "app/neuron-trail.h"
#include "app/run-page-private.h"
#include "app/widget-tree.h"
#include "draw/picture/picture-legend.h"

/* No frame, no layer: nothing is shown. */
#define NONE G_MAXUINT

G_DEFINE_FINAL_TYPE (CoterieRunPage, coterie_run_page, GTK_TYPE_WIDGET)

static const CoterieFrameLayer *
get_layer (CoterieRunPage *self, guint frame)
{
  guint layer = coterie_session_get_layer (self->session);

  return &coterie_session_get_frame (self->session, frame)->layers[layer - 1];
}

static const CoterieFrameLayer *
get_current_layer (CoterieRunPage *self)
{
  if (coterie_session_get_n_frames (self->session) == 0)
    return NULL;
  return get_layer (self,
                    coterie_timeline_get_frame (coterie_session_get_timeline (self->session)));
}

/**
 * coterie_run_page_get_shown_layer:
 * @self: the page
 *
 * Returns: the layer that the graph shows; 0 for all
 */
guint
coterie_run_page_get_shown_layer (CoterieRunPage *self)
{
  return coterie_session_get_all_layers (self->session) ? 0
                                                        : coterie_session_get_layer (self->session);
}

static void
update_node_card (CoterieRunPage *self)
{
  CoterieFrame *frame = coterie_session_get_current_frame (self->session);
  guint layer = coterie_scene_key_layer (self->hovered_key);
  gboolean shown = self->hovered_key != COTERIE_SELECTION_NO_KEY && frame != NULL &&
                   layer <= frame->n_layers &&
                   coterie_node_card_show (self->node_card, &frame->layers[layer - 1],
                                           coterie_session_get_info (self->session),
                                           coterie_scene_key_neuron (self->hovered_key));

  gtk_widget_set_visible (GTK_WIDGET (self->node_card), shown);
}

static gboolean
are_pinned (CoterieRunPage *self, const guint64 *keys, gsize n_keys)
{
  for (gsize i = 0; i < n_keys; i++)
    if (coterie_session_find_pin (self->session, coterie_scene_key_layer (keys[i]),
                                  coterie_scene_key_neuron (keys[i])) == NULL)
      return FALSE;
  return n_keys > 0;
}

static void
update_selection_card (CoterieRunPage *self)
{
  gsize n_keys;
  const guint64 *keys =
      coterie_selection_get_keys (coterie_session_get_selection (self->session), &n_keys);

  coterie_selection_card_show (self->selection_card,
                               coterie_session_get_current_frame (self->session),
                               coterie_session_get_info (self->session),
                               coterie_graph_source_get_hues (self->graph_source), keys, n_keys);
  coterie_selection_card_set_pinned (self->selection_card, are_pinned (self, keys, n_keys));
}

static void
update_table (CoterieRunPage *self, const CoterieFrameLayer *layer)
{
  CoterieRunInfo *info = coterie_session_get_info (self->session);
  const char *const *class_names = info != NULL ? info->dataset.class_names : NULL;
  CoterieTimeline *timeline = coterie_session_get_timeline (self->session);
  CoterieSceneGraph *graph =
      layer != NULL
          ? coterie_graph_source_get (self->graph_source, coterie_timeline_get_frame (timeline))
          : NULL;

  coterie_neuron_table_set_graph (self->neuron_table, graph, class_names);
  coterie_graph_tools_set_graph (self->graph_tools, graph, class_names,
                                 coterie_session_get_n_layers (self->session));
}

/* And what the table shows in the same way. */
static void
update_legend (CoterieRunPage *self)
{
  CoterieScene *scene = coterie_graph_view_get_scene (self->graph_view);
  g_autoptr (CoterieSceneLegend) legend = coterie_scene_get_legend (scene, COTERIE_LEGEND_MAX_ROWS);

  coterie_neuron_table_set_style (self->neuron_table, coterie_scene_get_style (scene));
  coterie_community_legend_show (
      self->legend, coterie_scene_get_nearest_graph (scene)->n_nodes > 0 ? legend : NULL);
}

/* What belongs to the nearest frame and does not blend: the legend, the table and the words. */
static void
update_lists (CoterieRunPage *self)
{
  const CoterieFrameLayer *layer = get_current_layer (self);

  coterie_run_page_update_bad_label (self, layer);
  update_legend (self);
  coterie_run_page_update_weights_label (self);
  update_table (self, layer);
  if (layer != NULL)
    coterie_run_page_describe_graph (self, layer);
  update_node_card (self);
  update_selection_card (self);
  coterie_run_page_update_spoken (self);
}

static void
update_nearest (CoterieRunPage *self)
{
  guint frame = coterie_session_get_n_frames (self->session) > 0
                    ? coterie_timeline_get_frame (coterie_session_get_timeline (self->session))
                    : NONE;
  guint layer = coterie_run_page_get_shown_layer (self);

  if (frame == self->listed_frame && layer == self->listed_layer)
    return;
  self->listed_frame = frame;
  self->listed_layer = layer;
  update_lists (self);
}

/* A single selected neuron has a trail of where it was lately. */
static void
update_trail (CoterieRunPage *self)
{
  CoterieScene *scene = coterie_graph_view_get_scene (self->graph_view);
  gsize n_keys;
  const guint64 *keys =
      coterie_selection_get_keys (coterie_session_get_selection (self->session), &n_keys);
  g_autoptr (GArray) points = NULL;
  gboolean ended;

  if (n_keys == 1 && self->shown_first != NONE &&
      coterie_scene_key_layer (keys[0]) == self->shown_layer) {
    points = coterie_neuron_trail_new (self->session, keys[0], self->shown_first, &ended);
    coterie_scene_set_trail (scene, (const float *) (gconstpointer) points->data, points->len / 2,
                             ended);
  } else {
    coterie_scene_set_trail (scene, NULL, 0, FALSE);
  }
}

static CoterieSceneGraph *
get_graph (CoterieRunPage *self, guint frame)
{
  return frame < coterie_session_get_n_frames (self->session)
             ? coterie_graph_source_get (self->graph_source, frame)
             : NULL;
}

/* What colours mean depends on whether all layers are shown, and what is hidden on which. */
static void
update_style (CoterieRunPage *self, guint layer)
{
  CoterieSceneStyle style;

  coterie_graph_tools_set_layer (self->graph_tools, layer);
  style = coterie_graph_tools_get_style (self->graph_tools);
  coterie_scene_set_style (coterie_graph_view_get_scene (self->graph_view), &style);
}

/* Shows the graphs of frame @first and the next one, @t_frac of the way. Returns whether others were
 * shown before. */
static gboolean
update_graphs (CoterieRunPage *self, guint first, double t_frac)
{
  guint n_frames = coterie_session_get_n_frames (self->session);
  guint layer = coterie_run_page_get_shown_layer (self);
  gboolean last = first + 1 >= n_frames;

  if (first == self->shown_first && layer == self->shown_layer &&
      last == (first + 1 >= self->shown_n_frames)) {
    coterie_graph_view_set_blend (self->graph_view, t_frac);
    return FALSE;
  }
  self->shown_first = first;
  self->shown_layer = layer;
  self->shown_n_frames = n_frames;
  update_style (self, layer);
  update_trail (self);
  if (self->replacing)
    coterie_graph_view_replace_graphs (self->graph_view, get_graph (self, first),
                                       get_graph (self, first + 1), t_frac);
  else
    coterie_graph_view_set_graphs (self->graph_view, get_graph (self, first),
                                   get_graph (self, first + 1), t_frac);
  return TRUE;
}

/* The graph of a frame that is not shown yet: without the weights between its layers it would have to
 * be made again. */
static CoterieSceneGraph *
get_graph_ahead (CoterieRunPage *self, guint frame)
{
  if (frame >= coterie_session_get_n_frames (self->session) ||
      (coterie_session_get_all_layers (self->session) &&
       coterie_session_get_layer_weights (self->session, frame) == NULL))
    return NULL;
  return get_graph (self, frame);
}

/* Has what may come next prepared: the other half of the way, and the ways after and before it. Where
 * the timeline comes to rest no rings are drawn. */
static void
update_ahead (CoterieRunPage *self, guint first, double t_frac)
{
  CoterieTimeline *timeline = coterie_session_get_timeline (self->session);
  double target =
      coterie_timeline_get_playing (timeline) ? -1.0 : coterie_timeline_get_target (timeline);
  gboolean next_is_last = first + 2 >= coterie_session_get_n_frames (self->session);
  CoterieSceneGraph *from = get_graph (self, first), *to = get_graph (self, first + 1);
  CoterieSceneGraph *before = first > 0 ? get_graph_ahead (self, first - 1) : NULL;
  CoterieSceneGraph *after = get_graph_ahead (self, first + 2);
  CoterieSceneWish wishes[COTERIE_SCENE_AHEAD_MOST];
  guint n_wishes = 0;

  if (to != NULL)
    wishes[n_wishes++] = (CoterieSceneWish){
        .from = from, .to = to, .t_frac = t_frac < 0.5 ? 1.0 : 0.0, .movers_ringed = TRUE};
  if (to != NULL && (after != NULL || next_is_last))
    wishes[n_wishes++] =
        (CoterieSceneWish){.from = to, .to = after, .movers_ringed = target != first + 1.0};
  if (before != NULL)
    wishes[n_wishes++] =
        (CoterieSceneWish){.from = before, .to = from, .t_frac = 1.0, .movers_ringed = TRUE};
  coterie_graph_view_set_ahead (self->graph_view, wishes, n_wishes);
}

static void
update_graph (CoterieRunPage *self)
{
  double position = coterie_timeline_get_position (coterie_session_get_timeline (self->session));
  guint n_frames = coterie_session_get_n_frames (self->session);
  guint first;
  gboolean changed;

  if (n_frames == 0) {
    coterie_graph_view_set_ahead (self->graph_view, NULL, 0);
    coterie_graph_view_clear (self->graph_view);
    self->shown_first = NONE;
    update_nearest (self);
    return;
  }

  first = MIN ((guint) floor (position), n_frames - 1);
  changed = update_graphs (self, first, position - first);
  update_nearest (self);
  /* Where frames fly by, what is next is not known, and there is no time. */
  if (!changed)
    update_ahead (self, first, position - first);
}

/* The same iterations, analysed or laid out in another way. */
static void
show_replaced (CoterieRunPage *self)
{
  coterie_graph_source_forget (self->graph_source);
  self->shown_first = NONE;
  self->listed_frame = NONE;
  self->replacing = TRUE;
  update_graph (self);
  self->replacing = FALSE;
}

/* They may be those of any frame that was asked for. */
static void
show_weights (CoterieRunPage *self)
{
  if (coterie_graph_source_get_incomplete (self->graph_source))
    show_replaced (self);
  else
    coterie_run_page_update_weights_label (self);
}

static void
show_info (CoterieRunPage *self)
{
  CoterieRunInfo *info = coterie_session_get_info (self->session);

  coterie_scene_set_class_names (coterie_graph_view_get_scene (self->graph_view),
                                 info != NULL ? info->dataset.class_names : NULL);
}

static void
node_hovered (CoterieRunPage *self, guint64 key, double x_px, double y_px)
{
  self->hovered_key = key;
  self->pointer_x_px = x_px;
  self->pointer_y_px = y_px;
  update_node_card (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self->overlay));
}

static void
community_pointed (CoterieRunPage *self, guint identity)
{
  coterie_graph_view_set_focus (self->graph_view, identity);
}

static void
style_changed (CoterieRunPage *self)
{
  CoterieSceneStyle style = coterie_graph_tools_get_style (self->graph_tools);

  coterie_scene_set_style (coterie_graph_view_get_scene (self->graph_view), &style);
  coterie_graph_view_refresh (self->graph_view);
  if (self->session != NULL)
    update_lists (self);
}

static void
search_changed (CoterieRunPage *self)
{
  CoterieNodeQuery *search = coterie_graph_tools_get_search (self->graph_tools);

  coterie_scene_set_search (coterie_graph_view_get_scene (self->graph_view), search);
  coterie_graph_view_refresh (self->graph_view);
  coterie_neuron_table_set_search (self->neuron_table, search);
  self->search_unseen = TRUE;
  coterie_run_page_queue_overlays (self);
}

static void
filter_changed (CoterieRunPage *self)
{
  CoterieNodeQuery *filter = coterie_graph_tools_get_filter (self->graph_tools);

  coterie_graph_view_set_filter (self->graph_view, filter);
  coterie_neuron_table_set_filter (self->neuron_table, filter);
}

static void
match_shown (CoterieRunPage *self, guint64 key)
{
  coterie_selection_set (coterie_session_get_selection (self->session), &key, 1);
  coterie_graph_view_reveal (self->graph_view, key);
}

static void
layer_wanted (CoterieRunPage *self, guint layer)
{
  coterie_session_set_layer (self->session, layer);
}

static void
find_closed (CoterieRunPage *self)
{
  coterie_graph_view_end_clearing (self->graph_view);
  gtk_widget_grab_focus (GTK_WIDGET (self->graph_view));
}

static void
table_selection_changed (CoterieRunPage *self)
{
  guint n_keys;
  g_autofree guint64 *keys = coterie_neuron_table_dup_selected (self->neuron_table, &n_keys);

  coterie_selection_set (coterie_session_get_selection (self->session), keys, n_keys);
}

static void
selection_changed (CoterieRunPage *self)
{
  gsize n_keys;
  const guint64 *keys =
      coterie_selection_get_keys (coterie_session_get_selection (self->session), &n_keys);

  coterie_neuron_table_set_selected (self->neuron_table, keys, (guint) n_keys);
  update_trail (self);
  update_selection_card (self);
}

/* Goes where a neuron of the table is. */
static void
neuron_activated (CoterieRunPage *self, guint64 key)
{
  CoterieSelection *selection = coterie_session_get_selection (self->session);

  coterie_selection_set (selection, &key, 1);
  coterie_selection_set_focus (selection, key);
  coterie_graph_view_fit_selection (self->graph_view);
}

static void
community_requested (CoterieRunPage *self, guint64 key)
{
  coterie_graph_actions_select_community (self->graph_actions, key);
}

static void
nodes_moved (CoterieRunPage *self, const CoteriePinPlace *places, gulong n_places)
{
  coterie_graph_actions_place (self->graph_actions, places, n_places);
}

static void
menu_requested (CoterieRunPage *self, guint64 key, double x_px, double y_px)
{
  coterie_graph_menu_popup (self->graph_menu, key != COTERIE_SELECTION_NO_KEY, x_px, y_px);
}

/* Shows the selected rows, also where the plots were hidden. */
static void
show_table (gpointer data)
{
  CoterieRunPage *self = data;

  if (!gtk_widget_get_visible (self->side_panel))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-sidebar", NULL);
  gtk_stack_set_visible_child_name (self->side_stack, "neurons");
}

/* A popover that is closed leaves the keyboard on its button. Whoever then goes on with the pointer does not
 * mean that button any more: Enter would open the popover once more. */
static void
pressed (CoterieRunPage *self, int n_press, double x_px, double y_px)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = gtk_root_get_focus (root);
  GtkWidget *under = gtk_widget_pick (GTK_WIDGET (self), x_px, y_px, GTK_PICK_DEFAULT);
  GtkWidget *button = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_MENU_BUTTON) : NULL;

  if (button != NULL && gtk_widget_get_native (focus) == GTK_NATIVE (root) &&
      (under == NULL || !gtk_widget_is_ancestor (under, button)))
    gtk_widget_grab_focus (GTK_WIDGET (self->graph_view));
}

static void
watch_presses (CoterieRunPage *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
coterie_run_page_dispose (GObject *object)
{
  CoterieRunPage *self = COTERIE_RUN_PAGE (object);

  g_clear_handle_id (&self->overlays_source, g_source_remove);
  g_clear_pointer (&self->graph_menu, coterie_graph_menu_free);
  g_clear_pointer (&self->divider, coterie_side_divider_free);
  g_clear_pointer (&self->graph_actions, coterie_graph_actions_free);
  if (self->session != NULL) {
    g_signal_handlers_disconnect_by_data (self->session, self);
    g_signal_handlers_disconnect_by_data (coterie_session_get_timeline (self->session), self);
    g_signal_handlers_disconnect_by_data (coterie_session_get_selection (self->session), self);
  }
  g_clear_pointer (&self->graph_source, coterie_graph_source_free);
  g_clear_object (&self->session);
  coterie_widget_unparent_children (GTK_WIDGET (self));
  G_OBJECT_CLASS (coterie_run_page_parent_class)->dispose (object);
}

static void
coterie_run_page_class_init (CoterieRunPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_run_page_dispose;

  g_type_ensure (COTERIE_TYPE_GRAPH_VIEW);
  g_type_ensure (COTERIE_TYPE_LAYER_SWITCHER);
  g_type_ensure (COTERIE_TYPE_GRAPH_TOOLS);
  g_type_ensure (COTERIE_TYPE_COMMUNITY_LEGEND);
  g_type_ensure (COTERIE_TYPE_MINIMAP);
  g_type_ensure (COTERIE_TYPE_NODE_CARD);
  g_type_ensure (COTERIE_TYPE_SELECTION_CARD);
  g_type_ensure (COTERIE_TYPE_TRAINING_CARD);
  g_type_ensure (COTERIE_TYPE_EVOLUTION_PANEL);
  g_type_ensure (COTERIE_TYPE_NEURON_TABLE);
  g_type_ensure (COTERIE_TYPE_TIMELINE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "/ui/run-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, paned);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, overlay);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, side_panel);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, zoom_box);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, graph_view);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, bad_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, weights_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, minimap);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, layer_switcher);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, graph_tools);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, legend);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, node_card);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, training_card);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, evolution_panel);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, neuron_table);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, selection_card);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, side_stack);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, timeline_bar);
  gtk_widget_class_bind_template_callback (widget_class, node_hovered);
  gtk_widget_class_bind_template_callback (widget_class, update_legend);
  gtk_widget_class_bind_template_callback (widget_class, neuron_activated);
  gtk_widget_class_bind_template_callback (widget_class, community_requested);
  gtk_widget_class_bind_template_callback (widget_class, menu_requested);
  gtk_widget_class_bind_template_callback (widget_class, nodes_moved);
  gtk_widget_class_bind_template_callback (widget_class, community_pointed);
  gtk_widget_class_bind_template_callback (widget_class, style_changed);
  gtk_widget_class_bind_template_callback (widget_class, search_changed);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, match_shown);
  gtk_widget_class_bind_template_callback (widget_class, layer_wanted);
  gtk_widget_class_bind_template_callback (widget_class, find_closed);
  gtk_widget_class_bind_template_callback_full (widget_class, "place_overlay",
                                                G_CALLBACK (coterie_run_page_place_overlay));
  gtk_widget_class_bind_template_callback (widget_class, table_selection_changed);
}

static void
coterie_run_page_init (CoterieRunPage *self)
{
  self->shown_first = NONE;
  self->listed_frame = NONE;
  self->hovered_key = COTERIE_SELECTION_NO_KEY;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->divider = coterie_side_divider_new (self->paned);
  watch_presses (self);
  style_changed (self);
}

/**
 * coterie_run_page_set_session:
 * @self: the page
 * @session: what is shown; set once
 *
 * Connects the page and all its parts with what they show.
 */
void
coterie_run_page_set_session (CoterieRunPage *self, CoterieSession *session)
{
  CoterieTimeline *timeline = coterie_session_get_timeline (session);

  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  self->graph_source = coterie_graph_source_new (session);
  self->graph_menu = coterie_graph_menu_new (GTK_WIDGET (self->graph_view));
  self->graph_actions = coterie_graph_actions_new (session, self->graph_view, show_table, self);
  coterie_graph_actions_add_to (self->graph_actions, GTK_WIDGET (self));
  coterie_minimap_set_view (self->minimap, self->graph_view);
  coterie_graph_view_set_selection (self->graph_view, coterie_session_get_selection (session));
  coterie_layer_switcher_set_session (self->layer_switcher, session);
  coterie_training_card_set_session (self->training_card, session);
  coterie_evolution_panel_set_session (self->evolution_panel, session);
  coterie_timeline_bar_set_session (self->timeline_bar, session);
  g_signal_connect_swapped (session, "notify::info", G_CALLBACK (show_info), self);
  g_signal_connect_swapped (session, "notify::n-frames", G_CALLBACK (update_graph), self);
  g_signal_connect_swapped (session, "notify::layer", G_CALLBACK (update_graph), self);
  g_signal_connect_swapped (session, "notify::all-layers", G_CALLBACK (update_graph), self);
  g_signal_connect_swapped (session, "weights-loaded", G_CALLBACK (show_weights), self);
  g_signal_connect_swapped (session, "frames-replaced", G_CALLBACK (show_replaced), self);
  g_signal_connect_swapped (session, "pins-changed", G_CALLBACK (update_selection_card), self);
  g_signal_connect_swapped (timeline, "notify::position", G_CALLBACK (update_graph), self);
  g_signal_connect_swapped (coterie_session_get_selection (session), "changed",
                            G_CALLBACK (selection_changed), self);
  g_signal_connect_swapped (coterie_session_get_selection (session), "focus-changed",
                            G_CALLBACK (coterie_run_page_update_spoken), self);
  g_signal_connect_object (self->graph_view, "notify::has-focus",
                           G_CALLBACK (coterie_run_page_update_spoken), self, G_CONNECT_SWAPPED);
}

/**
 * coterie_run_page_set_show_sidebar:
 * @self: the page
 * @show: whether the plots are shown
 *
 * Shows or hides what is beside the graph.
 */
void
coterie_run_page_set_show_sidebar (CoterieRunPage *self, gboolean show)
{
  gtk_widget_set_visible (self->side_panel, show);
}

/**
 * coterie_run_page_get_graph_view:
 * @self: the page
 *
 * Returns: (transfer none): the graph
 */
CoterieGraphView *
coterie_run_page_get_graph_view (CoterieRunPage *self)
{
  return self->graph_view;
}

/**
 * coterie_run_page_find:
 * @self: the page
 *
 * Opens the search for neurons.
 */
void
coterie_run_page_find (CoterieRunPage *self)
{
  coterie_graph_tools_find (self->graph_tools);
}

/**
 * coterie_run_page_add_toast:
 * @self: the page
 * @toast: (transfer full): what is to be said
 *
 * Says it for a moment, on the graph and beside what else is there.
 */
void
coterie_run_page_add_toast (CoterieRunPage *self, AdwToast *toast)
{
  adw_toast_overlay_add_toast (self->toasts, toast);
}
