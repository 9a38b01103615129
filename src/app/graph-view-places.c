/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the view shows of the plane, and where nodes are on it. */

#include "app/graph-view.h"

#include <math.h>

#include "app/graph-view-private.h"
#include "draw/scene/free-place.h"

/* Of those that shall not be covered so many decide. */
#define MAX_CLEARED 256

/* About the middle of a node that is not covered. */
#define CLEAR_MARGIN_PX 14.0

/* The neuron that is drawn at a point of the widget. */
guint64
coterie_graph_view_find_key_at (CoterieGraphView *self, double x_px, double y_px)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (self->mover);
  gint node = coterie_picking_find_at (
      coterie_node_finder_get (self->finder), coterie_scene_get_drawing (self->scene),
      coterie_camera_mover_get_camera (self->mover), &viewport, x_px, y_px);

  return node >= 0 ? coterie_graph_view_get_key (self, node) : COTERIE_SELECTION_NO_KEY;
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
 * coterie_graph_view_fit_selection:
 * @self: the view
 *
 * Goes to where all that is selected is seen; without a selection nothing happens.
 */
void
coterie_graph_view_fit_selection (CoterieGraphView *self)
{
  CoterieBounds bounds = {G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE};
  gsize n_keys;
  const guint64 *keys = coterie_selection_get_keys (self->selection, &n_keys);

  for (gsize i = 0; i < n_keys; i++) {
    double x, y;

    if (!coterie_graph_view_get_node_place (self, keys[i], &x, &y))
      continue;
    bounds.min_x = fmin (bounds.min_x, x);
    bounds.max_x = fmax (bounds.max_x, x);
    bounds.min_y = fmin (bounds.min_y, y);
    bounds.max_y = fmax (bounds.max_y, y);
  }
  if (bounds.min_x <= bounds.max_x)
    coterie_camera_mover_fit_part (self->mover, bounds);
}

/**
 * coterie_graph_view_reveal:
 * @self: the view
 * @key: a neuron
 *
 * Moves, without going nearer, until the neuron is seen beside what lies on the view; nothing happens if it
 * is so already, or not shown.
 */
void
coterie_graph_view_reveal (CoterieGraphView *self, guint64 key)
{
  double x, y;

  if (coterie_graph_view_get_node_place (self, key, &x, &y))
    coterie_camera_mover_reveal (self->mover, x, y, self->overlays, self->n_overlays);
}

/* Where nodes are on the screen when the camera has come to rest. */
static GArray *
find_points (CoterieGraphView *self, const guint64 *keys, gsize n_keys)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (self->mover);
  CoterieCamera camera = coterie_camera_mover_get_target (self->mover);
  GArray *points = g_array_new (FALSE, FALSE, 2 * sizeof (double));

  for (gsize i = 0; i < n_keys && points->len < MAX_CLEARED; i++) {
    double x, y, point[2];

    if (!coterie_graph_view_get_node_place (self, keys[i], &x, &y))
      continue;
    coterie_camera_to_screen (camera, &viewport, x, y, &point[0], &point[1]);
    g_array_append_val (points, point);
  }
  return points;
}

/* Moves the graph so that what lies on it covers less of @keys. */
static void
shift_clear (CoterieGraphView *self, const guint64 *keys, gsize n_keys)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (self->mover);
  g_autoptr (GArray) points = find_points (self, keys, n_keys);
  gboolean following = coterie_camera_mover_get_following (self->mover);
  double dx_px, dy_px;

  viewport.margin_px = CLEAR_MARGIN_PX;
  coterie_free_place_find_shift (&viewport, self->overlays, self->n_overlays,
                                 (const double *) (gconstpointer) points->data, points->len, &dx_px,
                                 &dy_px);
  if (dx_px == 0.0 && dy_px == 0.0)
    return;
  coterie_camera_mover_shift (self->mover, dx_px, dy_px);
  if (following)
    self->cleared = coterie_camera_mover_get_target (self->mover);
}

/**
 * coterie_graph_view_begin_clearing:
 * @self: the view
 *
 * Has a graph that is fitted into the view be fitted into what all overlays leave, also those that come and
 * go, until coterie_graph_view_end_clearing(). One that the user has moved stays.
 */
void
coterie_graph_view_begin_clearing (CoterieGraphView *self)
{
  if (self->clearing || !coterie_camera_mover_get_following (self->mover))
    return;
  self->clearing = TRUE;
  if (coterie_graph_view_choose_insets (self))
    coterie_camera_mover_refit (self->mover);
}

/**
 * coterie_graph_view_clear_covered:
 * @self: the view
 * @keys: (array length=n_keys): neurons that shall be seen, the most important first
 * @n_keys: how many
 *
 * Where an overlay that does not stay covers some of @keys, the graph moves aside: one that is fitted into
 * the view as coterie_graph_view_begin_clearing() says, and otherwise, or where that is not enough, as little
 * as it has to. Nothing moves where none of them is covered.
 */
void
coterie_graph_view_clear_covered (CoterieGraphView *self, const guint64 *keys, gsize n_keys)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (self->mover);
  g_autoptr (GArray) points = find_points (self, keys, n_keys);

  viewport.margin_px = CLEAR_MARGIN_PX;
  if (!coterie_free_place_covers (&viewport, self->overlays + self->n_lasting,
                                  self->n_overlays - self->n_lasting,
                                  (const double *) (gconstpointer) points->data, points->len))
    return;
  coterie_graph_view_begin_clearing (self);
  shift_clear (self, keys, n_keys);
}

/**
 * coterie_graph_view_end_clearing:
 * @self: the view
 *
 * Takes back the room that has been made, unless the user has moved the
 * graph since.
 */
void
coterie_graph_view_end_clearing (CoterieGraphView *self)
{
  CoterieCamera camera = coterie_camera_mover_get_target (self->mover);

  if (!self->clearing)
    return;
  self->clearing = FALSE;
  coterie_graph_view_choose_insets (self);
  if (coterie_camera_equal (&camera, &self->cleared))
    coterie_camera_mover_fit (self->mover);
  else
    coterie_camera_mover_refit (self->mover);
}

/**
 * coterie_graph_view_get_bounds:
 * @self: the view
 *
 * Returns: what contains all nodes' centres now, layout units
 */
CoterieBounds
coterie_graph_view_get_bounds (CoterieGraphView *self)
{
  return coterie_scene_get_bounds (self->scene);
}

/**
 * coterie_graph_view_get_seen:
 * @self: the view
 *
 * Returns: what the widget shows of the plane, layout units
 */
CoterieBounds
coterie_graph_view_get_seen (CoterieGraphView *self)
{
  CoterieCamera camera = coterie_camera_mover_get_camera (self->mover);
  CoterieViewport viewport = coterie_camera_mover_get_viewport (self->mover);
  CoterieBounds seen;

  coterie_camera_to_layout (camera, &viewport, 0.0, viewport.height_px, &seen.min_x, &seen.min_y);
  coterie_camera_to_layout (camera, &viewport, viewport.width_px, 0.0, &seen.max_x, &seen.max_y);
  return seen;
}

/**
 * coterie_graph_view_look_at:
 * @self: the view
 * @x: a place, layout units
 * @y: layout units, upwards
 *
 * Puts the place into the middle of the view.
 */
void
coterie_graph_view_look_at (CoterieGraphView *self, double x, double y)
{
  coterie_camera_mover_look_at (self->mover, x, y);
}

/**
 * coterie_graph_view_get_node_place:
 * @self: the view
 * @key: a neuron
 * @x: (out): where its middle is now, layout units
 * @y: (out): layout units, upwards
 *
 * Returns: whether the neuron is shown; if it is not, @x and @y are left alone
 */
gboolean
coterie_graph_view_get_node_place (CoterieGraphView *self, guint64 key, double *x, double *y)
{
  gint node = self->has_states ? coterie_graph_view_find_node (self, key) : -1;
  CoterieDrawingNodeEnd place;

  if (node < 0)
    return FALSE;
  place = coterie_drawing_blend_node (coterie_scene_get_drawing (self->scene), (guint) node);
  *x = (double) place.x;
  *y = (double) place.y;
  return TRUE;
}

/**
 * coterie_graph_view_get_layer_place:
 * @self: the view
 * @key: a neuron
 * @x: (out): where its middle is now, in the unit of length of its layer's own layout
 * @y: (out): upwards
 *
 * Returns: whether the neuron is shown; if it is not, @x and @y are left alone
 */
gboolean
coterie_graph_view_get_layer_place (CoterieGraphView *self, guint64 key, double *x, double *y)
{
  return coterie_graph_view_get_node_place (self, key, x, y) &&
         coterie_scene_to_layer (self->scene, coterie_scene_key_layer (key), x, y);
}

/**
 * coterie_graph_view_get_node_point:
 * @self: the view
 * @key: a neuron
 * @x_px: (out): where its middle is, pixels from the widget's left
 * @y_px: (out): pixels from the widget's top
 *
 * Returns: whether the neuron is shown, inside of the widget or not; if it is not, @x_px and @y_px are
 *   left alone
 */
gboolean
coterie_graph_view_get_node_point (CoterieGraphView *self, guint64 key, double *x_px, double *y_px)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (self->mover);
  double x, y;

  if (!coterie_graph_view_get_node_place (self, key, &x, &y))
    return FALSE;
  coterie_camera_to_screen (coterie_camera_mover_get_camera (self->mover), &viewport, x, y, x_px,
                            y_px);
  return TRUE;
}

/**
 * coterie_graph_view_get_view:
 * @self: the view
 * @view: (out): what is seen, in the pixels of a window, whatever the display's scale
 *
 * Returns: whether the user has chosen what is seen; otherwise it is the whole graph
 */
gboolean
coterie_graph_view_get_view (CoterieGraphView *self, CoterieDrawingView *view)
{
  *view = (CoterieDrawingView){
      .camera = coterie_camera_mover_get_camera (self->mover),
      .width_px = MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1),
      .height_px = MAX (gtk_widget_get_height (GTK_WIDGET (self)), 1),
      .scale = 1.0,
  };
  return !coterie_camera_mover_get_following (self->mover);
}
