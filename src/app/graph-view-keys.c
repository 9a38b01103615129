/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keyboard on the graph. As long as it is on no neuron the arrows belong to the timeline, so that
 * one can step through the iterations at once. Tab into the graph or Enter in it puts the keyboard on a
 * neuron, which gets a ring: then the arrows walk from neuron to neuron and, with Ctrl, move it, Enter
 * selects and Ctrl+Enter adds, until Escape or a click leaves. */

#include "app/graph-view-private.h"

#include <math.h>

#define KEY_PAN_PX 48.0
#define KEY_MOVE_PX 12.0

/* The ring around the neuron that the keyboard is on: outside of the one around what is selected, and
 * dashed in the colour of text, so that neither is taken for the other. */
#define FOCUS_GAP_PX 9.0
#define FOCUS_WIDTH_PX 2.0
#define FOCUS_N_DASHES 10

/* Which way an arrow key goes, y upwards. */
static gboolean
get_direction (guint keyval, double *dx, double *dy)
{
  *dx = *dy = 0.0;
  switch (keyval) {
  case GDK_KEY_Left:
  case GDK_KEY_KP_Left:
    *dx = -1.0;
    return TRUE;
  case GDK_KEY_Right:
  case GDK_KEY_KP_Right:
    *dx = 1.0;
    return TRUE;
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    *dy = 1.0;
    return TRUE;
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    *dy = -1.0;
    return TRUE;
  default:
    return FALSE;
  }
}

/* A node, unless its neuron is in another graph only, so that nothing is seen of it. */
static gint
find_seen_node (CoterieGraphView *self, guint64 key)
{
  gint node = coterie_graph_view_find_node (self, key);

  if (node < 0 || coterie_drawing_blend_node (coterie_scene_get_drawing (self->scene), (guint) node)
                          .radius_px <= 0.0f)
    return -1;
  return node;
}

/* The node that the keyboard is on, if it is seen. */
static gint
get_focused_node (CoterieGraphView *self)
{
  guint64 key = COTERIE_SELECTION_NO_KEY;

  if (self->selection != NULL && self->has_states)
    key = coterie_selection_get_focus (self->selection);
  return key != COTERIE_SELECTION_NO_KEY ? find_seen_node (self, key) : -1;
}

static void
focus_node (CoterieGraphView *self, gint node)
{
  guint64 key = coterie_graph_view_get_key (self, node);

  coterie_selection_set_focus (self->selection, key);
  if (!coterie_camera_mover_get_following (self->mover))
    coterie_graph_view_reveal (self, key);
}

/* Where a walk begins: at what is selected, or in the middle of what is seen. */
static gint
find_entrance (CoterieGraphView *self)
{
  CoterieDrawing *drawing = coterie_scene_get_drawing (self->scene);
  CoterieCamera camera = coterie_camera_mover_get_camera (self->mover);
  double nearest = G_MAXDOUBLE;
  gsize n_keys;
  const guint64 *keys = coterie_selection_get_keys (self->selection, &n_keys);
  gint found = -1;

  for (gsize i = 0; i < n_keys; i++)
    if (find_seen_node (self, keys[i]) >= 0)
      return find_seen_node (self, keys[i]);

  for (guint v = 0; v < drawing->geometry->n_nodes; v++) {
    CoterieDrawingNodeEnd node = coterie_drawing_blend_node (drawing, v);
    double distance = hypot ((double) node.x - camera.center_x, (double) node.y - camera.center_y);

    if (node.radius_px > 0.0f && distance < nearest) {
      nearest = distance;
      found = (gint) v;
    }
  }
  return found;
}

/* Puts the keyboard on a neuron, and returns whether there is one. */
gboolean
coterie_graph_view_enter_nodes (CoterieGraphView *self)
{
  gint node = get_focused_node (self);

  if (self->selection == NULL || !self->has_states)
    return FALSE;
  if (node < 0)
    node = find_entrance (self);
  if (node >= 0)
    focus_node (self, node);
  return node >= 0;
}

static gboolean
walk (CoterieGraphView *self, double dx, double dy)
{
  gint node = get_focused_node (self);

  if (node < 0)
    return FALSE;
  node =
      coterie_picking_find_towards (coterie_node_finder_get (self->finder),
                                    coterie_scene_get_drawing (self->scene), (guint) node, dx, dy);
  if (node >= 0)
    focus_node (self, node);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
  return TRUE;
}

/* Moves the neuron that the keyboard is on, and those that are selected with it. */
static gboolean
move_nodes (CoterieGraphView *self, double dx, double dy)
{
  double step = KEY_MOVE_PX / coterie_camera_mover_get_camera (self->mover).scale;
  g_autoptr (GArray) places = NULL;

  if (get_focused_node (self) < 0)
    return FALSE;
  if (!self->can_move) {
    gtk_widget_error_bell (GTK_WIDGET (self));
    return TRUE;
  }
  places =
      coterie_graph_view_get_movable (self, coterie_selection_get_focus (self->selection), TRUE);
  for (guint i = 0; i < places->len; i++) {
    g_array_index (places, CoteriePinPlace, i).x += step * dx;
    g_array_index (places, CoteriePinPlace, i).y += step * dy;
  }
  coterie_graph_view_tell_moved (self, places);
  return TRUE;
}

static gboolean
press_enter (CoterieGraphView *self, gboolean add)
{
  guint64 key;

  if (get_focused_node (self) < 0)
    return coterie_graph_view_enter_nodes (self);
  key = coterie_selection_get_focus (self->selection);
  if (add)
    coterie_selection_toggle (self->selection, key);
  else
    coterie_selection_set (self->selection, &key, 1);
  return TRUE;
}

static gboolean
press_escape (CoterieGraphView *self)
{
  if (coterie_graph_view_cancel_drag (self))
    return TRUE;
  if (self->selection == NULL ||
      (coterie_selection_get_n_keys (self->selection) == 0 &&
       coterie_selection_get_focus (self->selection) == COTERIE_SELECTION_NO_KEY))
    return FALSE;
  coterie_selection_set_focus (self->selection, COTERIE_SELECTION_NO_KEY);
  coterie_selection_clear (self->selection);
  return TRUE;
}

/* The menu of the neuron that the keyboard is on, of what is selected, or of the graph. */
static gboolean
press_menu (CoterieGraphView *self)
{
  gint node = get_focused_node (self);
  gboolean any = self->selection != NULL && coterie_selection_get_n_keys (self->selection) > 0;
  double x_px = 0.5 * gtk_widget_get_width (GTK_WIDGET (self));
  double y_px = 0.5 * gtk_widget_get_height (GTK_WIDGET (self));
  guint64 key = COTERIE_SELECTION_NO_KEY;

  if (node < 0 && any && self->has_states)
    node = find_entrance (self);
  if (node >= 0) {
    key = coterie_graph_view_get_key (self, node);
    coterie_graph_view_get_node_point (self, key, &x_px, &y_px);
    if (!coterie_selection_contains (self->selection, key))
      coterie_selection_set (self->selection, &key, 1);
  }
  coterie_graph_view_emit (self, COTERIE_GRAPH_VIEW_MENU_REQUESTED, key, x_px, y_px);
  return TRUE;
}

static gboolean
key_cb (CoterieGraphView *self, guint keyval, guint keycode, GdkModifierType state)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  gboolean enter =
      keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter;
  double dx, dy;

  if (get_direction (keyval, &dx, &dy) && modifiers == GDK_SHIFT_MASK) {
    coterie_camera_mover_begin_gesture (self->mover);
    coterie_camera_mover_pan (self->mover, -KEY_PAN_PX * dx, KEY_PAN_PX * dy);
    return TRUE;
  }
  if (get_direction (keyval, &dx, &dy) && modifiers == 0)
    return walk (self, dx, dy);
  if (get_direction (keyval, &dx, &dy) && modifiers == GDK_CONTROL_MASK)
    return move_nodes (self, dx, dy);
  if (enter && (modifiers == 0 || modifiers == GDK_CONTROL_MASK))
    return press_enter (self, modifiers != 0);
  if (keyval == GDK_KEY_Escape && modifiers == 0)
    return press_escape (self);
  if ((keyval == GDK_KEY_Menu && modifiers == 0) ||
      (keyval == GDK_KEY_F10 && modifiers == GDK_SHIFT_MASK))
    return press_menu (self);
  return FALSE;
}

static void
snapshot_ring (
    CoterieGraphView *self, GtkSnapshot *snapshot, double x_px, double y_px, double radius_px)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  float reach_px = (float) (radius_px + FOCUS_WIDTH_PX);
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT ((float) x_px - reach_px, (float) y_px - reach_px,
                                     2.0f * reach_px, 2.0f * reach_px));
  double dash_px = 2.0 * G_PI * radius_px / (2.0 * FOCUS_N_DASHES);
  GdkRGBA color;

  gtk_style_context_get_color (style, &color);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, FOCUS_WIDTH_PX);
  cairo_set_dash (cr, &dash_px, 1, 0.0);
  cairo_arc (cr, x_px, y_px, radius_px, 0.0, 2.0 * G_PI);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

/* Draws the ring around the neuron that the keyboard is on, where the neuron is on the screen. */
void
coterie_graph_view_snapshot_focus (CoterieGraphView *self, GtkSnapshot *snapshot)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (self->mover);
  gint node = get_focused_node (self);
  double x_px, y_px, radius_px;
  CoterieDrawing *drawing;
  CoterieDrawingNodeEnd place;
  CoterieCamera camera;

  if (node < 0 || !gtk_widget_has_focus (GTK_WIDGET (self)))
    return;
  drawing = coterie_graph_view_get_painted (self, &camera);
  place = coterie_drawing_blend_node (drawing, (guint) node);
  coterie_camera_to_screen (camera, &viewport, (double) place.x, (double) place.y, &x_px, &y_px);
  radius_px = (double) place.radius_px *
              coterie_drawing_node_scale (coterie_drawing_get_spread (drawing), camera.scale);
  snapshot_ring (self, snapshot, x_px, y_px, radius_px + FOCUS_GAP_PX);
}

void
coterie_graph_view_add_keys (CoterieGraphView *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();

  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
}
