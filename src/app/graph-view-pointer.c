/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pointer on the graph. It shows what it is on and selects what is clicked; dragged on the canvas
 * it moves the graph, which runs on when it is let go in motion; with Shift it draws a rubber band;
 * dragged on a node it selects and moves the node, and all that are selected with it. Ctrl adds. */

#include "app/graph-view-private.h"

#include <math.h>

/* A press that moves no further is a click. */
#define CLICK_SLOP_PX 4.0

/* A hand that rested so long before it let go has stopped. */
#define MAX_REST_MS 60

/* Weight of the newest motion in the speed of the hand. */
#define SPEED_WEIGHT 0.4

static GdkModifierType
get_modifiers (gpointer controller)
{
  return gtk_event_controller_get_current_event_state (controller) &
         gtk_accelerator_get_default_mod_mask ();
}

/* Hover. */

static const char *
choose_cursor (const CoterieGraphPointer *pointer, guint64 key)
{
  if (pointer->drag == COTERIE_DRAG_BAND)
    return "crosshair";
  if (pointer->drag == COTERIE_DRAG_PAN || pointer->drag == COTERIE_DRAG_NODES)
    return "grabbing";
  return key != COTERIE_SELECTION_NO_KEY ? "pointer" : NULL;
}

/* Tells those who listen when another node is under the pointer, or the pointer @moved on a node. */
static void
set_hovered (CoterieGraphView *self, guint64 key, gboolean moved)
{
  CoterieGraphPointer *pointer = &self->pointer;
  gboolean other = key != self->hovered;

  if (other) {
    self->hovered = key;
    coterie_graph_view_show_hovered (self);
  }
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), choose_cursor (pointer, key));
  if (other || (key != COTERIE_SELECTION_NO_KEY && moved))
    coterie_graph_view_emit (self, COTERIE_GRAPH_VIEW_NODE_HOVERED, key, pointer->x_px,
                             pointer->y_px);
}

/* Looks what is under the pointer, which @moved or below which the picture did. What drifts under a
 * pointer at rest is not shown: a walk through the iterations would flicker. */
void
coterie_graph_view_pick (CoterieGraphView *self, gboolean moved)
{
  CoterieGraphPointer *pointer = &self->pointer;
  guint64 key = COTERIE_SELECTION_NO_KEY;

  pointer->unanswered |= moved;
  if (pointer->inside && pointer->drag == COTERIE_DRAG_NONE && self->has_states) {
    /* Nodes that have just moved are looked for when they can be found. */
    if (!coterie_node_finder_get_ready (self->finder))
      return;
    key = coterie_graph_view_find_key_at (self, pointer->x_px, pointer->y_px);
  }
  moved = pointer->unanswered;
  pointer->unanswered = FALSE;
  set_hovered (self, moved || key == self->hovered ? key : COTERIE_SELECTION_NO_KEY, moved);
}

static void
take_place (CoterieGraphView *self, double x_px, double y_px)
{
  self->pointer.inside = TRUE;
  self->pointer.x_px = x_px;
  self->pointer.y_px = y_px;
}

/* The graph also comes under a pointer that rests; one that moves into it moves in it next. */
static void
enter_cb (CoterieGraphView *self, double x_px, double y_px)
{
  take_place (self, x_px, y_px);
}

/* GTK makes up motions where widgets have been allocated anew, which no device has sent at any time. */
static void
motion_cb (CoterieGraphView *self, double x_px, double y_px, GtkEventController *controller)
{
  take_place (self, x_px, y_px);
  coterie_graph_view_pick (self, gtk_event_controller_get_current_event_time (controller) !=
                                     GDK_CURRENT_TIME);
}

static void
leave_cb (CoterieGraphView *self)
{
  self->pointer.inside = FALSE;
  self->pointer.unanswered = FALSE;
  set_hovered (self, COTERIE_SELECTION_NO_KEY, TRUE);
}

/* Selecting. */

/* A click leaves the arrows to the timeline: what was clicked is often watched from then on. */
static void
select_clicked (CoterieGraphView *self, guint64 key, gboolean add)
{
  if (self->selection == NULL)
    return;
  coterie_selection_set_focus (self->selection, COTERIE_SELECTION_NO_KEY);
  if (key == COTERIE_SELECTION_NO_KEY && !add)
    coterie_selection_clear (self->selection);
  else if (key != COTERIE_SELECTION_NO_KEY && add)
    coterie_selection_toggle (self->selection, key);
  else if (key != COTERIE_SELECTION_NO_KEY)
    coterie_selection_set (self->selection, &key, 1);
}

/* Counts the presses that belong together by when they were; GTK counts with a timer, which ends a
 * double click that a busy machine is late to hear of. */
static void
count_press (CoterieGraphView *self, double x_px, double y_px, guint32 now_ms)
{
  CoterieGraphPointer *pointer = &self->pointer;
  int most_ms = 0;
  int most_px = 0;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-double-click-time", &most_ms,
                "gtk-double-click-distance", &most_px, NULL);
  if (now_ms - pointer->press_ms > (guint32) most_ms ||
      fabs (x_px - pointer->press_x_px) > most_px || fabs (y_px - pointer->press_y_px) > most_px)
    pointer->n_presses = 0;
  pointer->press_ms = now_ms;
  pointer->press_x_px = x_px;
  pointer->press_y_px = y_px;
  pointer->n_presses++;
}

static void
press_cb (CoterieGraphView *self, int n_press, double x_px, double y_px, GtkGesture *gesture)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (gesture);

  count_press (self, x_px, y_px, gtk_event_controller_get_current_event_time (controller));
  self->pointer.button_down = TRUE;
}

static void
end_click (CoterieGraphView *self, double x_px, double y_px, GtkGesture *gesture)
{
  gboolean add = (get_modifiers (gesture) & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0;
  guint n_presses = self->pointer.n_presses;
  guint64 key;

  self->pointer.button_down = FALSE;
  if (self->pointer.drag != COTERIE_DRAG_NONE || !self->has_states)
    return;

  key = coterie_graph_view_find_key_at (self, x_px, y_px);
  if (n_presses == 1)
    select_clicked (self, key, add);
  else if (n_presses == 2 && key != COTERIE_SELECTION_NO_KEY)
    coterie_graph_view_emit (self, COTERIE_GRAPH_VIEW_COMMUNITY_REQUESTED, key);
  else if (n_presses == 2)
    coterie_graph_view_fit (self);
}

static void
click_cb (CoterieGraphView *self, int n_press, double x_px, double y_px, GtkGesture *gesture)
{
  end_click (self, x_px, y_px, gesture);
}

/* On a busy machine a press may be cancelled that comes soon after another; its release comes here. */
static void
release_cb (CoterieGraphView *self,
            double x_px,
            double y_px,
            guint button,
            GdkEventSequence *sequence,
            GtkGesture *gesture)
{
  if (self->pointer.button_down)
    end_click (self, x_px, y_px, gesture);
}

/* What is clicked on is selected, unless it is so already: the menu is about it. */
static void
request_menu (CoterieGraphView *self, double x_px, double y_px)
{
  guint64 key = COTERIE_SELECTION_NO_KEY;

  self->pointer.button_down = FALSE;
  if (self->has_states)
    key = coterie_graph_view_find_key_at (self, x_px, y_px);
  if (self->selection != NULL && key != COTERIE_SELECTION_NO_KEY) {
    if (!coterie_selection_contains (self->selection, key))
      coterie_selection_set (self->selection, &key, 1);
    coterie_selection_set_focus (self->selection, COTERIE_SELECTION_NO_KEY);
  }
  /* A card would lie behind the menu. */
  set_hovered (self, COTERIE_SELECTION_NO_KEY, TRUE);
  coterie_graph_view_emit (self, COTERIE_GRAPH_VIEW_MENU_REQUESTED, key, x_px, y_px);
}

static void
menu_click_cb (CoterieGraphView *self, int n_press, double x_px, double y_px, GtkGesture *gesture)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));

  if (event == NULL || !gdk_event_triggers_context_menu (event))
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  request_menu (self, x_px, y_px);
}

static void
long_press_cb (CoterieGraphView *self, double x_px, double y_px, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  request_menu (self, x_px, y_px);
}

/* The rubber band. */

static void
begin_band (CoterieGraphView *self)
{
  CoterieGraphPointer *pointer = &self->pointer;
  gsize n_keys = 0;
  const guint64 *keys = coterie_selection_get_keys (self->selection, &n_keys);

  g_array_set_size (pointer->before, 0);
  if (n_keys > 0)
    g_array_append_vals (pointer->before, keys, (guint) n_keys);
}

/* Selects the nodes whose middle is in @bounds, and those of @before if it is given. */
void
coterie_graph_view_select_within (CoterieGraphView *self,
                                  CoterieBounds bounds,
                                  const GArray *before)
{
  g_autoptr (GArray) nodes = coterie_picking_find_within (
      coterie_node_finder_get (self->finder), coterie_scene_get_drawing (self->scene), bounds);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; i < nodes->len; i++) {
    guint64 key = coterie_graph_view_get_key (self, (gint) g_array_index (nodes, guint32, i));

    g_array_append_val (keys, key);
  }
  if (before != NULL)
    g_array_append_vals (keys, before->data, before->len);
  coterie_selection_set (self->selection, (const guint64 *) (gconstpointer) keys->data, keys->len);
}

static void
update_band (CoterieGraphView *self)
{
  const CoterieGraphPointer *pointer = &self->pointer;
  CoterieCamera camera = coterie_camera_mover_get_camera (self->mover);
  CoterieViewport viewport = coterie_camera_mover_get_viewport (self->mover);
  CoterieBounds bounds;

  /* The screen's y grows downwards, the layout's upwards. */
  coterie_camera_to_layout (camera, &viewport, fmin (pointer->start_x_px, pointer->x_px),
                            fmax (pointer->start_y_px, pointer->y_px), &bounds.min_x,
                            &bounds.min_y);
  coterie_camera_to_layout (camera, &viewport, fmax (pointer->start_x_px, pointer->x_px),
                            fmin (pointer->start_y_px, pointer->y_px), &bounds.max_x,
                            &bounds.max_y);
  coterie_graph_view_select_within (self, bounds, pointer->adding ? pointer->before : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Draws the band, if there is one. */
void
coterie_graph_view_snapshot_band (CoterieGraphView *self, GtkSnapshot *snapshot)
{
  const CoterieGraphPointer *pointer = &self->pointer;
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA accent = {0.2f, 0.5f, 0.9f, 1.0f};
  GdkRGBA fill;
  GskRoundedRect outline;

  if (pointer->drag != COTERIE_DRAG_BAND)
    return;
  gtk_style_context_lookup_color (style, "accent_color", &accent);
  fill = accent;
  fill.alpha = 0.15f;
  gsk_rounded_rect_init_from_rect (
      &outline,
      &GRAPHENE_RECT_INIT ((float) fmin (pointer->start_x_px, pointer->x_px),
                           (float) fmin (pointer->start_y_px, pointer->y_px),
                           (float) fabs (pointer->x_px - pointer->start_x_px),
                           (float) fabs (pointer->y_px - pointer->start_y_px)),
      0.0f);
  gtk_snapshot_append_color (snapshot, &fill, &outline.bounds);
  gtk_snapshot_append_border (snapshot, &outline, (float[]){1.0f, 1.0f, 1.0f, 1.0f},
                              (GdkRGBA[]){accent, accent, accent, accent});
}

/* Moving nodes. */

/* What is dragged is selected, unless it is so already: then all that are selected go with it. */
static void
begin_nodes (CoterieGraphView *self)
{
  CoterieGraphPointer *pointer = &self->pointer;
  g_autoptr (GArray) movable = NULL;

  if (!coterie_selection_contains (self->selection, pointer->pressed))
    select_clicked (self, pointer->pressed, FALSE);
  movable = coterie_graph_view_get_movable (self, pointer->pressed, FALSE);
  g_array_set_size (pointer->moving, 0);
  g_array_append_vals (pointer->moving, movable->data, movable->len);
  pointer->moved_x = pointer->moved_y = 0.0;
  /* A fitted graph would shrink away from a node that is dragged out of it. */
  pointer->was_following = coterie_camera_mover_get_following (self->mover);
  pointer->bounds_before = coterie_scene_get_shown_bounds (self->scene);
  coterie_camera_mover_hold (self->mover);
}

static void
update_nodes (CoterieGraphView *self, double dx_px, double dy_px)
{
  CoterieGraphPointer *pointer = &self->pointer;
  double scale = coterie_camera_mover_get_camera (self->mover).scale;

  for (guint i = 0; i < pointer->moving->len; i++) {
    CoteriePinPlace *place = &g_array_index (pointer->moving, CoteriePinPlace, i);

    place->x += dx_px / scale - pointer->moved_x;
    place->y += -dy_px / scale - pointer->moved_y;
  }
  pointer->moved_x = dx_px / scale;
  pointer->moved_y = -dy_px / scale;
  coterie_graph_view_show_pinned (self);
}

static gboolean
are_within (const GArray *places, const CoterieBounds *bounds)
{
  for (guint i = 0; i < places->len; i++) {
    const CoteriePinPlace *place = &g_array_index (places, CoteriePinPlace, i);

    if (place->x < bounds->min_x || place->x > bounds->max_x || place->y < bounds->min_y ||
        place->y > bounds->max_y)
      return FALSE;
  }
  return TRUE;
}

/* Lets go of the nodes where they are; whoever listens pins them there. What was dragged out of the graph
 * stays under the pointer: everything is fitted into the view when the user asks for it. */
static void
end_nodes (CoterieGraphView *self, gboolean keep)
{
  CoterieGraphPointer *pointer = &self->pointer;
  g_autoptr (GArray) moved = g_steal_pointer (&pointer->moving);

  pointer->moving = g_array_new (FALSE, FALSE, sizeof (CoteriePinPlace));
  if (keep)
    coterie_graph_view_tell_moved (self, moved);
  coterie_graph_view_show_pinned (self);
  if (pointer->was_following && (!keep || are_within (moved, &pointer->bounds_before)))
    coterie_camera_mover_fit (self->mover);
}

/* Dragging. */

static CoterieDrag
choose_drag (CoterieGraphView *self, GtkGesture *gesture)
{
  GdkModifierType modifiers = get_modifiers (gesture);

  if (self->selection != NULL && self->has_states &&
      (modifiers & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0)
    return COTERIE_DRAG_BAND;
  if (self->can_move && self->pointer.pressed != COTERIE_SELECTION_NO_KEY)
    return COTERIE_DRAG_NODES;
  return COTERIE_DRAG_PAN;
}

static void
start_drag (CoterieGraphView *self, GtkGesture *gesture)
{
  CoterieGraphPointer *pointer = &self->pointer;

  pointer->button_down = FALSE;
  pointer->drag = choose_drag (self, gesture);
  pointer->adding = (get_modifiers (gesture) & GDK_CONTROL_MASK) != 0;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  if (pointer->drag == COTERIE_DRAG_BAND)
    begin_band (self);
  else if (pointer->drag == COTERIE_DRAG_NODES)
    begin_nodes (self);
  set_hovered (self, COTERIE_SELECTION_NO_KEY, TRUE);
}

/* How fast the hand is, smoothed over its last motions. */
static void
measure_speed (CoterieGraphPointer *pointer, double dx_px, double dy_px, guint32 now_ms)
{
  double seconds = (now_ms - pointer->last_ms) / 1000.0;

  if (pointer->last_ms != 0 && seconds > 0.0) {
    double vx_px_s = (dx_px - pointer->last_dx_px) / seconds;
    double vy_px_s = (dy_px - pointer->last_dy_px) / seconds;

    pointer->vx_px_s += SPEED_WEIGHT * (vx_px_s - pointer->vx_px_s);
    pointer->vy_px_s += SPEED_WEIGHT * (vy_px_s - pointer->vy_px_s);
  }
  pointer->last_dx_px = dx_px;
  pointer->last_dy_px = dy_px;
  pointer->last_ms = now_ms;
}

static void
drag_begin_cb (CoterieGraphView *self, double x_px, double y_px)
{
  CoterieGraphPointer *pointer = &self->pointer;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  coterie_camera_mover_begin_gesture (self->mover);
  pointer->start_x_px = x_px;
  pointer->start_y_px = y_px;
  pointer->pressed = self->has_states ? coterie_graph_view_find_key_at (self, x_px, y_px)
                                      : COTERIE_SELECTION_NO_KEY;
  pointer->vx_px_s = pointer->vy_px_s = 0.0;
  pointer->last_dx_px = pointer->last_dy_px = 0.0;
  pointer->last_ms = 0;
}

static void
drag_update_cb (CoterieGraphView *self, double dx_px, double dy_px, GtkGesture *gesture)
{
  CoterieGraphPointer *pointer = &self->pointer;

  if (pointer->drag == COTERIE_DRAG_OVER ||
      (pointer->drag == COTERIE_DRAG_NONE && hypot (dx_px, dy_px) < CLICK_SLOP_PX))
    return;
  if (pointer->drag == COTERIE_DRAG_NONE)
    start_drag (self, gesture);

  pointer->x_px = pointer->start_x_px + dx_px;
  pointer->y_px = pointer->start_y_px + dy_px;
  if (pointer->drag == COTERIE_DRAG_BAND) {
    update_band (self);
  } else if (pointer->drag == COTERIE_DRAG_NODES) {
    update_nodes (self, dx_px, dy_px);
  } else {
    measure_speed (pointer, dx_px, dy_px,
                   gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (gesture)));
    coterie_camera_mover_pan (self->mover, dx_px, dy_px);
  }
}

static void
drag_end_cb (CoterieGraphView *self, double dx_px, double dy_px, GtkGesture *gesture)
{
  CoterieGraphPointer *pointer = &self->pointer;
  CoterieDrag drag = pointer->drag;
  guint32 now_ms = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (gesture));

  pointer->drag = COTERIE_DRAG_NONE;
  if (drag == COTERIE_DRAG_PAN && now_ms - pointer->last_ms <= MAX_REST_MS)
    coterie_camera_mover_fling (self->mover, pointer->vx_px_s, pointer->vy_px_s);
  else if (drag == COTERIE_DRAG_NODES)
    end_nodes (self, TRUE);
  coterie_graph_view_pick (self, TRUE);
  coterie_graph_view_queue_update (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Takes back what is being dragged, and returns whether anything was. */
gboolean
coterie_graph_view_cancel_drag (CoterieGraphView *self)
{
  CoterieGraphPointer *pointer = &self->pointer;
  CoterieDrag drag = pointer->drag;

  if (drag != COTERIE_DRAG_BAND && drag != COTERIE_DRAG_NODES)
    return FALSE;
  pointer->drag = COTERIE_DRAG_OVER;
  if (drag == COTERIE_DRAG_NODES)
    end_nodes (self, FALSE);
  else
    coterie_selection_set (self->selection, (const guint64 *) (gconstpointer) pointer->before->data,
                           pointer->before->len);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

/* Zooming. */

static gboolean
scroll_cb (CoterieGraphView *self, double dx, double dy, GtkEventController *controller)
{
  GdkEvent *event = gtk_event_controller_get_current_event (controller);
  /* A wheel comes in clicks, which are smoothed; a touchpad is smooth already. */
  gboolean smooth = event != NULL && gdk_scroll_event_get_direction (event) == GDK_SCROLL_SMOOTH &&
                    fabs (dy) < 0.9;

  if (dy == 0.0)
    return FALSE;
  coterie_camera_mover_turn_wheel (self->mover, self->pointer.x_px, self->pointer.y_px, dy, smooth);
  return TRUE;
}

static void
get_middle (CoterieGraphView *self, GtkGesture *gesture, double *x_px, double *y_px)
{
  *x_px = self->pointer.x_px;
  *y_px = self->pointer.y_px;
  gtk_gesture_get_bounding_box_center (gesture, x_px, y_px);
}

/* A second finger takes over from what the first one was doing. */
static void
pinch_begin_cb (CoterieGraphView *self, GdkEventSequence *sequence, GtkGesture *gesture)
{
  double x_px, y_px;

  coterie_graph_view_cancel_drag (self);
  if (gtk_gesture_is_active (self->pointer.drag_gesture))
    self->pointer.drag = COTERIE_DRAG_OVER;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  get_middle (self, gesture, &x_px, &y_px);
  coterie_camera_mover_begin_pinch (self->mover, x_px, y_px);
}

static void
pinch_cb (CoterieGraphView *self, double factor, GtkGesture *gesture)
{
  double x_px, y_px;

  get_middle (self, gesture, &x_px, &y_px);
  coterie_camera_mover_pinch (self->mover, x_px, y_px, factor);
}

void
coterie_graph_view_clear_pointer (CoterieGraphView *self)
{
  g_clear_pointer (&self->pointer.before, g_array_unref);
  g_clear_pointer (&self->pointer.moving, g_array_unref);
}

static GtkGesture *
add_gesture (CoterieGraphView *self, GtkGesture *gesture)
{
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
  return gesture;
}

static void
add_buttons (CoterieGraphView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), 0);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (press_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (click_cb), self);
  g_signal_connect_swapped (click, "unpaired-release", G_CALLBACK (release_cb), self);
  g_signal_connect_swapped (menu, "pressed", G_CALLBACK (menu_click_cb), self);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (long_press_cb), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  add_gesture (self, menu);
  add_gesture (self, press);
  add_gesture (self, click);
  self->pointer.drag_gesture = add_gesture (self, drag);
}

void
coterie_graph_view_add_pointer (CoterieGraphView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  self->pointer.before = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->pointer.moving = g_array_new (FALSE, FALSE, sizeof (CoteriePinPlace));
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (enter_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  add_buttons (self);
  add_gesture (self, pinch);
  gtk_gesture_group (pinch, self->pointer.drag_gesture);
}
