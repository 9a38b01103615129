/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The canvas that shows a layer's graph. It owns a scene and moves a camera, and redraws when one of them
 * changes, never otherwise.
 *
 * On a graphics processor a GtkGLArea draws everything in the main thread. Where OpenGL is missing or
 * itself runs on the processor, a worker thread draws whole pictures from immutable drawings and the
 * widget shows the last one that is ready: nodes and edges always belong together, the main thread
 * stays free, and while a picture is being drawn newer wishes replace each other, so that there is at
 * most one waiting. */

#include "app/graph-view.h"

#include <adwaita.h>
#include <math.h>

#include "app/camera-mover.h"
#include "app/picture-painter.h"
#include "draw/scene/gl-renderer.h"
#include "draw/scene/picking.h"

#define KEY_PAN_PX 48.0

/* A press that moves no further is a click. */
#define CLICK_SLOP_PX 4.0

/* Threads of one widget that draw pictures; the rest of the machine belongs to the training. */
#define MAX_DRAWING_THREADS 4

struct _CoterieGraphView {
  GtkWidget parent_instance;

  CoterieScene *scene;
  CoterieGlRenderer *renderer;
  GdkTexture *texture;
  CoterieCameraMover *mover;
  CoteriePool *pool;
  GtkWidget *gl_area;

  CoterieDrawingView texture_view;
  double pointer_x_px;
  double pointer_y_px;
  guint update_source;
  guint shown_layer;
  gint hovered;

  gboolean has_states;
  gboolean pointer_inside;
  gboolean dragging;
  gboolean picture_running;
  gboolean picture_wanted;
};

G_DEFINE_FINAL_TYPE (CoterieGraphView, coterie_graph_view, GTK_TYPE_WIDGET)

typedef enum {
  SIGNAL_NODE_HOVERED,
  SIGNAL_NODE_ACTIVATED,
  N_SIGNALS,
} CoterieGraphViewSignal;

static guint signals[N_SIGNALS];

static void start_picture (CoterieGraphView *self);

static CoterieDrawingView
get_drawing_view (CoterieGraphView *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  return (CoterieDrawingView){
      .camera = coterie_camera_mover_get_camera (self->mover),
      .width_px = MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1) * scale,
      .height_px = MAX (gtk_widget_get_height (GTK_WIDGET (self)), 1) * scale,
      .scale = scale,
  };
}

/* Pictures drawn by the worker. */

static void
picture_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  CoterieGraphView *self = COTERIE_GRAPH_VIEW (source);
  CoterieDrawingView view;
  g_autoptr (GdkTexture) texture = coterie_picture_paint_finish (result, &view);

  self->picture_running = FALSE;
  if (texture != NULL) {
    g_set_object (&self->texture, texture);
    self->texture_view = view;
    gtk_widget_queue_draw (GTK_WIDGET (self));
  }
  if (self->picture_wanted)
    start_picture (self);
}

static void
start_picture (CoterieGraphView *self)
{
  CoterieDrawingView view = get_drawing_view (self);

  self->picture_wanted = self->picture_running;
  if (self->picture_running || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  if (self->pool == NULL)
    self->pool = coterie_pool_new (CLAMP (g_get_num_processors () / 2, 1, MAX_DRAWING_THREADS));
  self->picture_running = TRUE;
  coterie_picture_paint_async (self, coterie_scene_get_drawing (self->scene), &view, self->pool,
                               picture_ready, NULL);
}

/* What follows from a change, once before the next frame however many changes there were. */

/* Tells those who listen when another node is under the pointer, or the pointer @moved on a node. */
static void
set_hovered (CoterieGraphView *self, gint node, gboolean moved)
{
  gboolean news = node != self->hovered || (node >= 0 && moved);

  if (coterie_scene_get_highlight (self->scene) != node)
    coterie_scene_set_highlight (self->scene, node);
  self->hovered = node;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->dragging ? "grabbing"
                                                      : node >= 0    ? "pointer"
                                                                     : NULL);
  if (news)
    g_signal_emit (self, signals[SIGNAL_NODE_HOVERED], 0, node, self->pointer_x_px,
                   self->pointer_y_px);
}

static gint
find_node (CoterieGraphView *self, double x_px, double y_px)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (self->mover);

  return coterie_scene_pick (self->scene, coterie_camera_mover_get_camera (self->mover), &viewport,
                             x_px, y_px);
}

static void
pick (CoterieGraphView *self, gboolean moved)
{
  gint node = -1;

  if (self->pointer_inside && !self->dragging)
    node = find_node (self, self->pointer_x_px, self->pointer_y_px);
  set_hovered (self, node, moved);
}

static void
redraw (CoterieGraphView *self)
{
  if (self->gl_area != NULL)
    gtk_gl_area_queue_render (GTK_GL_AREA (self->gl_area));
  else
    start_picture (self);
}

static gboolean
update_cb (gpointer data)
{
  CoterieGraphView *self = data;

  self->update_source = 0;
  coterie_camera_mover_update (self->mover);
  if (self->pointer_inside)
    pick (self, FALSE);
  redraw (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (CoterieGraphView *self)
{
  coterie_camera_mover_set_bounds (self->mover, self->has_states ? &self->scene->bounds : NULL);
  if (self->update_source == 0)
    self->update_source = g_idle_add_full (GDK_PRIORITY_REDRAW - 5, update_cb, self, NULL);
}

/* Pointer and keys. */

static void
motion_cb (CoterieGraphView *self, double x_px, double y_px)
{
  self->pointer_inside = TRUE;
  self->pointer_x_px = x_px;
  self->pointer_y_px = y_px;
  if (self->has_states) {
    gint before = coterie_scene_get_highlight (self->scene);

    pick (self, TRUE);
    if (coterie_scene_get_highlight (self->scene) != before)
      queue_update (self);
  }
}

static void
leave_cb (CoterieGraphView *self)
{
  self->pointer_inside = FALSE;
  set_hovered (self, -1, TRUE);
  queue_update (self);
}

static gboolean
scroll_cb (CoterieGraphView *self, double dx, double dy, GtkEventController *controller)
{
  GdkEvent *event = gtk_event_controller_get_current_event (controller);
  /* A wheel comes in clicks, which are smoothed; a touchpad is smooth already. */
  gboolean smooth = event != NULL && gdk_scroll_event_get_direction (event) == GDK_SCROLL_SMOOTH &&
                    fabs (dy) < 0.9;

  if (dy == 0.0)
    return FALSE;
  coterie_camera_mover_turn_wheel (self->mover, self->pointer_x_px, self->pointer_y_px, dy, smooth);
  return TRUE;
}

static void
drag_begin_cb (CoterieGraphView *self, double x_px, double y_px)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  coterie_camera_mover_begin_gesture (self->mover);
}

static void
drag_update_cb (CoterieGraphView *self, double dx_px, double dy_px, GtkGesture *gesture)
{
  if (!self->dragging && hypot (dx_px, dy_px) < CLICK_SLOP_PX)
    return;

  if (!self->dragging) {
    self->dragging = TRUE;
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
    set_hovered (self, -1, TRUE);
  }
  coterie_camera_mover_pan (self->mover, dx_px, dy_px);
}

static void
drag_end_cb (CoterieGraphView *self)
{
  self->dragging = FALSE;
  pick (self, TRUE);
  queue_update (self);
}

static void
click_cb (CoterieGraphView *self, int n_press, double x_px, double y_px)
{
  gint node;

  if (self->dragging)
    return;

  node = find_node (self, x_px, y_px);
  if (n_press == 1)
    g_signal_emit (self, signals[SIGNAL_NODE_ACTIVATED], 0, node);
  else if (n_press == 2 && node < 0)
    coterie_graph_view_fit (self);
}

static void
pinch_begin_cb (CoterieGraphView *self)
{
  coterie_camera_mover_begin_gesture (self->mover);
}

static void
pinch_cb (CoterieGraphView *self, double factor, GtkGesture *gesture)
{
  double x_px = self->pointer_x_px, y_px = self->pointer_y_px;

  gtk_gesture_get_bounding_box_center (gesture, &x_px, &y_px);
  coterie_camera_mover_pinch (self->mover, x_px, y_px, factor);
}

static gboolean
key_cb (CoterieGraphView *self, guint keyval, guint keycode, GdkModifierType state)
{
  double dx_px = 0.0, dy_px = 0.0;

  /* The arrows alone step through the iterations. */
  if ((state & gtk_accelerator_get_default_mod_mask ()) != GDK_SHIFT_MASK)
    return FALSE;
  if (keyval == GDK_KEY_Left)
    dx_px = KEY_PAN_PX;
  else if (keyval == GDK_KEY_Right)
    dx_px = -KEY_PAN_PX;
  else if (keyval == GDK_KEY_Up)
    dy_px = KEY_PAN_PX;
  else if (keyval == GDK_KEY_Down)
    dy_px = -KEY_PAN_PX;
  else
    return FALSE;

  coterie_camera_mover_begin_gesture (self->mover);
  coterie_camera_mover_pan (self->mover, dx_px, dy_px);
  return TRUE;
}

/* OpenGL. */

static gboolean
give_up_gl_cb (gpointer data)
{
  CoterieGraphView *self = data;

  if (self->gl_area != NULL) {
    g_clear_pointer (&self->gl_area, gtk_widget_unparent);
    queue_update (self);
  }
  return G_SOURCE_REMOVE;
}

/* Later, because a widget must not lose its child while this is being realised. */
static void
give_up_gl (CoterieGraphView *self, const char *reason)
{
  g_debug ("Drawing on the processor: %s", reason);
  g_idle_add_full (G_PRIORITY_HIGH, give_up_gl_cb, g_object_ref (self), g_object_unref);
}

static void
realize_gl_cb (CoterieGraphView *self, GtkGLArea *area)
{
  g_autoptr (GError) error = NULL;

  gtk_gl_area_make_current (area);
  if (gtk_gl_area_get_error (area) != NULL) {
    give_up_gl (self, gtk_gl_area_get_error (area)->message);
    return;
  }

  self->renderer = coterie_gl_renderer_new (COTERIE_GL_EDGES_AUTO, &error);
  if (self->renderer == NULL)
    give_up_gl (self, error->message);
  else if (coterie_gl_renderer_get_edges (self->renderer) == COTERIE_GL_EDGES_IMAGE)
    give_up_gl (self, "OpenGL does so, too");
}

static void
unrealize_gl_cb (CoterieGraphView *self, GtkGLArea *area)
{
  gtk_gl_area_make_current (area);
  if (gtk_gl_area_get_error (area) == NULL)
    g_clear_pointer (&self->renderer, coterie_gl_renderer_free);
}

static gboolean
render_gl_cb (CoterieGraphView *self)
{
  CoterieDrawingView view = get_drawing_view (self);
  g_autoptr (GError) error = NULL;

  if (self->renderer != NULL &&
      !coterie_gl_renderer_draw (self->renderer, coterie_scene_get_drawing (self->scene), &view,
                                 NULL, &error))
    give_up_gl (self, error->message);
  return TRUE;
}

static void
add_gl_area (CoterieGraphView *self)
{
  self->gl_area = gtk_gl_area_new ();
  gtk_gl_area_set_auto_render (GTK_GL_AREA (self->gl_area), FALSE);
  gtk_gl_area_set_required_version (GTK_GL_AREA (self->gl_area), 3, 3);
  gtk_widget_set_can_target (self->gl_area, FALSE);
  g_signal_connect_swapped (self->gl_area, "realize", G_CALLBACK (realize_gl_cb), self);
  g_signal_connect_swapped (self->gl_area, "unrealize", G_CALLBACK (unrealize_gl_cb), self);
  g_signal_connect_swapped (self->gl_area, "render", G_CALLBACK (render_gl_cb), self);
  gtk_widget_set_parent (self->gl_area, GTK_WIDGET (self));
}

/* The widget. */

static void
coterie_graph_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CoterieGraphView *self = COTERIE_GRAPH_VIEW (widget);
  CoterieColor canvas = coterie_palette_get (self->scene->dark)->canvas;
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float scale = (float) self->texture_view.scale;

  if (self->gl_area != NULL && self->renderer != NULL) {
    gtk_widget_snapshot_child (widget, self->gl_area, snapshot);
    return;
  }

  gtk_snapshot_append_color (snapshot, &(GdkRGBA){canvas.red, canvas.green, canvas.blue, 1.0f},
                             &GRAPHENE_RECT_INIT (0.0f, 0.0f, width, height));
  if (self->texture != NULL) {
    /* While the widget is being resized the picture may still have the old size: both show the
     * same in the middle. */
    float picture_width = (float) gdk_texture_get_width (self->texture) / scale;
    float picture_height = (float) gdk_texture_get_height (self->texture) / scale;

    gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0.0f, 0.0f, width, height));
    gtk_snapshot_append_texture (snapshot, self->texture,
                                 &GRAPHENE_RECT_INIT (floorf (0.5f * (width - picture_width)),
                                                      floorf (0.5f * (height - picture_height)),
                                                      picture_width, picture_height));
    gtk_snapshot_pop (snapshot);
  }
}

static void
coterie_graph_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CoterieGraphView *self = COTERIE_GRAPH_VIEW (widget);

  if (self->gl_area != NULL)
    gtk_widget_size_allocate (self->gl_area, &(GtkAllocation){0, 0, width, height}, baseline);
  queue_update (self);
}

static void
coterie_graph_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (coterie_graph_view_parent_class)->map (widget);
  queue_update (COTERIE_GRAPH_VIEW (widget));
}

static void
dark_changed_cb (CoterieGraphView *self)
{
  coterie_scene_set_dark (self->scene,
                          adw_style_manager_get_dark (adw_style_manager_get_default ()));
  queue_update (self);
}

static void
coterie_graph_view_dispose (GObject *object)
{
  CoterieGraphView *self = COTERIE_GRAPH_VIEW (object);

  coterie_camera_mover_stop (self->mover);
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_pointer (&self->gl_area, gtk_widget_unparent);
  g_clear_object (&self->texture);
  G_OBJECT_CLASS (coterie_graph_view_parent_class)->dispose (object);
}

static void
coterie_graph_view_finalize (GObject *object)
{
  CoterieGraphView *self = COTERIE_GRAPH_VIEW (object);

  /* Not before: a worker holds a reference while it uses the pool, and while the widget is being
   * taken down the pointer still leaves the scene. */
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_pointer (&self->pool, coterie_pool_free);
  coterie_camera_mover_free (self->mover);
  coterie_scene_free (self->scene);
  G_OBJECT_CLASS (coterie_graph_view_parent_class)->finalize (object);
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

  /**
   * CoterieGraphView::node-hovered:
   * @self: the view
   * @node: node of the scene under the pointer, or -1
   * @x_px: the pointer, pixels from the widget's left
   * @y_px: the pointer, pixels from the widget's top
   *
   * The pointer moved on a node, or what is under it changed.
   */
  signals[SIGNAL_NODE_HOVERED] =
      g_signal_new ("node-hovered", COTERIE_TYPE_GRAPH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  /**
   * CoterieGraphView::node-activated:
   * @self: the view
   * @node: node of the scene that was clicked, or -1 for a click beside all nodes
   */
  signals[SIGNAL_NODE_ACTIVATED] =
      g_signal_new ("node-activated", COTERIE_TYPE_GRAPH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_css_name (widget_class, "graphview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
add_controllers (CoterieGraphView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (click_cb), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);

  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, key);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
}

static void
camera_moved_cb (gpointer data)
{
  queue_update (data);
}

static void
coterie_graph_view_init (CoterieGraphView *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->scene = coterie_scene_new ();
  self->mover = coterie_camera_mover_new (GTK_WIDGET (self), camera_moved_cb, self);
  self->hovered = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  add_gl_area (self);
  add_controllers (self);

  coterie_scene_set_dark (self->scene, adw_style_manager_get_dark (style));
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (dark_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (queue_update), NULL);
}

/**
 * coterie_graph_view_new:
 *
 * Returns: (transfer floating): a view with an empty canvas
 */
GtkWidget *
coterie_graph_view_new (void)
{
  return g_object_new (COTERIE_TYPE_GRAPH_VIEW, NULL);
}

/**
 * coterie_graph_view_set_states:
 * @self: the view
 * @from: what is shown at blend 0
 * @to: (nullable): what is shown at blend 1
 *
 * Shows @from. The first states, and those of another layer, are fitted into the view; afterwards the
 * camera follows the graph until somebody moves it. Marks and focus stay. What is copied lives no
 * longer than this call needs.
 */
void
coterie_graph_view_set_states (CoterieGraphView *self,
                               const CoterieSceneState *from,
                               const CoterieSceneState *to)
{
  coterie_scene_set_states (self->scene, from, to, self->scene->dark);
  if (!self->has_states || self->shown_layer != from->analysis->layer)
    coterie_camera_mover_follow (self->mover);
  self->has_states = TRUE;
  self->shown_layer = from->analysis->layer;
  queue_update (self);
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
  gboolean dark = self->scene->dark;

  coterie_camera_mover_follow (self->mover);
  set_hovered (self, -1, TRUE);
  coterie_scene_free (self->scene);
  self->scene = coterie_scene_new ();
  coterie_scene_set_dark (self->scene, dark);
  self->has_states = FALSE;
  queue_update (self);
}

/**
 * coterie_graph_view_set_blend:
 * @self: the view
 * @t_frac: how far from the first state to the second, a fraction from 0 to 1
 */
void
coterie_graph_view_set_blend (CoterieGraphView *self, double t_frac)
{
  if (coterie_scene_get_blend (self->scene) == CLAMP (t_frac, 0.0, 1.0))
    return;
  coterie_scene_set_blend (self->scene, t_frac);
  queue_update (self);
}

/**
 * coterie_graph_view_set_overlays:
 * @self: the view
 * @overlays: (array length=n_overlays): what lies on the view, at its present size, pixels
 * @n_overlays: at most %COTERIE_MAX_OVERLAYS
 *
 * Lets a fitted graph keep away from @overlays, as coterie_insets_choose() does.
 */
void
coterie_graph_view_set_overlays (CoterieGraphView *self,
                                 const CoterieOverlay *overlays,
                                 guint n_overlays)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (self->mover);

  coterie_camera_mover_set_insets (self->mover,
                                   coterie_insets_choose (&viewport, overlays, n_overlays));
  queue_update (self);
}

/**
 * coterie_graph_view_set_highlight:
 * @self: the view
 * @node: a node of the scene, or -1 for none
 *
 * Brings out a node and its neighbours, as the pointer does; the pointer's next move overrides it.
 */
void
coterie_graph_view_set_highlight (CoterieGraphView *self, gint node)
{
  coterie_scene_set_highlight (self->scene, node);
  queue_update (self);
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
  queue_update (self);
}

/**
 * coterie_graph_view_set_marked:
 * @self: the view
 * @neurons: (array length=n_neurons) (nullable): neurons that get a ring
 * @n_neurons: how many
 */
void
coterie_graph_view_set_marked (CoterieGraphView *self, const guint32 *neurons, guint n_neurons)
{
  coterie_scene_set_marked (self->scene, neurons, n_neurons);
  queue_update (self);
}

/**
 * coterie_graph_view_zoom_in:
 * @self: the view
 *
 * Goes nearer by one step, about the middle of what overlays leave free.
 */
void
coterie_graph_view_zoom_in (CoterieGraphView *self)
{
  coterie_camera_mover_step (self->mover, TRUE);
}

/**
 * coterie_graph_view_zoom_out:
 * @self: the view
 *
 * Goes further away by one step.
 */
void
coterie_graph_view_zoom_out (CoterieGraphView *self)
{
  coterie_camera_mover_step (self->mover, FALSE);
}

/**
 * coterie_graph_view_fit:
 * @self: the view
 *
 * Shows the whole graph, and from then on follows it again.
 */
void
coterie_graph_view_fit (CoterieGraphView *self)
{
  coterie_camera_mover_fit (self->mover);
}

/**
 * coterie_graph_view_get_scene:
 * @self: the view
 *
 * Returns: (transfer none): what is shown now; valid until the states change
 */
const CoterieScene *
coterie_graph_view_get_scene (CoterieGraphView *self)
{
  return self->scene;
}

/**
 * coterie_graph_view_get_node_point:
 * @self: the view
 * @node: a node of the scene
 * @x_px: (out): where its centre is, pixels from the widget's left
 * @y_px: (out): pixels from the widget's top
 *
 * Returns: whether that is inside of the widget
 */
gboolean
coterie_graph_view_get_node_point (CoterieGraphView *self, gint node, double *x_px, double *y_px)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (self->mover);

  g_return_val_if_fail (node >= 0 && node < (gint) self->scene->n_nodes, FALSE);

  coterie_camera_to_screen (coterie_camera_mover_get_camera (self->mover), &viewport,
                            self->scene->positions[2 * node], self->scene->positions[2 * node + 1],
                            x_px, y_px);
  return *x_px >= 0.0 && *x_px <= viewport.width_px && *y_px >= 0.0 && *y_px <= viewport.height_px;
}

/* What is seen in a picture: what the user has chosen to see, or else the whole graph beside the
 * legend of the picture, which is not that of the window. */
static CoterieCamera
get_picture_camera (CoterieGraphView *self, double scale, const CoteriePictureLegend *legend)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (self->mover);

  if (!coterie_camera_mover_get_following (self->mover))
    return coterie_camera_mover_get_camera (self->mover);
  viewport.insets = coterie_picture_legend_get_insets (legend, &viewport, scale);
  return coterie_camera_fit (self->scene->bounds, &viewport);
}

/**
 * coterie_graph_view_render_picture:
 * @self: the view
 * @scale: pixels of the picture for a pixel of the view, greater than 0
 * @legend: the legend that the picture gets
 *
 * Draws what the view shows at another scale: with more detail, not with more room. Does not touch
 * the widget's OpenGL context.
 *
 * Returns: (transfer full): an image surface; its status says if there was no memory for it
 */
cairo_surface_t *
coterie_graph_view_render_picture (CoterieGraphView *self,
                                   double scale,
                                   const CoteriePictureLegend *legend)
{
  CoterieDrawingView view = {
      .camera = get_picture_camera (self, scale, legend),
      .width_px = (int) ceil (scale * gtk_widget_get_width (GTK_WIDGET (self))),
      .height_px = (int) ceil (scale * gtk_widget_get_height (GTK_WIDGET (self))),
      .scale = scale,
  };
  cairo_surface_t *surface;
  cairo_t *cr;

  surface = coterie_picture_paint (coterie_scene_get_drawing (self->scene), &view, NULL);
  cr = cairo_create (surface);
  coterie_picture_legend_draw (legend, cr, view.width_px, view.height_px, scale, self->scene->dark);
  cairo_destroy (cr);
  return surface;
}
