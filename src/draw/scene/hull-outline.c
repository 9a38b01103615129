/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The outline of a hull in pixels: its points at the drawing's blend and, because points on their way
 * from one polygon to another need not be one, the convex hull of them (Andrew's monotone chain). */

#include "draw/scene/hull-outline.h"

#include <math.h>

/* A border thinner than this would look jagged. */
#define MIN_SOFTNESS_PX 1.0

typedef struct {
  double x;
  double y;
} Point;

G_STATIC_ASSERT (sizeof (Point) == 2 * sizeof (double));

static int
compare_points (gconstpointer a, gconstpointer b)
{
  const Point *left = a, *right = b;

  if (left->x != right->x)
    return left->x < right->x ? -1 : 1;
  return left->y < right->y ? -1 : left->y > right->y;
}

/* Positive if c lies to the right of the way from a to b, y downwards. */
static double
get_turn (Point a, Point b, Point c)
{
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/* Writes the corners to @corners, which has room for twice the points. */
static guint
find_corners (Point *points, guint n_points, Point *corners)
{
  guint n = 0, n_lower;

  qsort (points, n_points, sizeof *points, compare_points);
  for (guint i = 0; i < n_points; i++) {
    while (n >= 2 && get_turn (corners[n - 2], corners[n - 1], points[i]) <= 0.0)
      n--;
    corners[n++] = points[i];
  }
  n_lower = n;
  for (guint i = n_points - 1; i-- > 0;) {
    while (n > n_lower && get_turn (corners[n - 2], corners[n - 1], points[i]) <= 0.0)
      n--;
    corners[n++] = points[i];
  }
  /* The first point has come again. */
  n = MAX (n, 2) - 1;
  return n == 2 && compare_points (&corners[0], &corners[1]) == 0 ? 1 : n;
}

/**
 * coterie_hull_outline_init:
 * @outline: (out caller-allocates): the outline
 * @drawing: the drawing
 * @metrics: its sizes
 * @hull: which hull, from 0
 *
 * Cost: n log n in the points of the hull.
 *
 * Returns: %FALSE, with nothing to clear, if there is nothing to see of the hull
 */
gboolean
coterie_hull_outline_init (CoterieHullOutline *outline,
                           const CoterieDrawing *drawing,
                           const CoterieDrawingMetrics *metrics,
                           guint hull)
{
  const CoterieDrawingHull *fields = &drawing->geometry->hulls[hull];
  double t = drawing->s_frac, s = 1.0 - t;
  double padding_px = fields->padding_px * metrics->node_scale;
  double softness_px = fmax (fields->softness_px * metrics->node_scale, MIN_SOFTNESS_PX);
  const float *from = fields->points, *to = fields->points + 2 * (gsize) fields->n_points;
  CoterieColor color = coterie_color_mix (fields->colors[0], fields->colors[1], t);
  g_autofree Point *points = NULL;
  Point *corners;

  if (fields->n_points == 0 || color.alpha <= 0.0f)
    return FALSE;

  points = g_new (Point, fields->n_points);
  for (guint i = 0; i < fields->n_points; i++) {
    double x = s * from[2 * i] + t * to[2 * i], y = s * from[2 * i + 1] + t * to[2 * i + 1];

    points[i].x = metrics->offset_x_px + x * metrics->scale_px;
    points[i].y = metrics->offset_y_px - y * metrics->scale_px;
  }
  corners = g_new (Point, 2 * (gsize) fields->n_points + 1);
  *outline = (CoterieHullOutline){
      .n_points = find_corners (points, fields->n_points, corners),
      .points = (double *) corners,
      .inner_px = fmax (padding_px - 0.5 * softness_px, 0.0),
      .outer_px = padding_px + 0.5 * softness_px,
      .color = color,
  };
  return TRUE;
}

/**
 * coterie_hull_outline_clear:
 * @outline: the outline
 *
 * Frees what it points to.
 */
void
coterie_hull_outline_clear (CoterieHullOutline *outline)
{
  g_clear_pointer (&outline->points, g_free);
}

static void
extend (double x, double *left, double *right)
{
  *left = fmin (*left, x);
  *right = fmax (*right, x);
}

/**
 * coterie_hull_outline_find_span:
 * @outline: the outline
 * @distance_px: 0 or more
 * @y_px: a row
 * @left: (out): where the polygon grown by @distance_px begins in the row, pixels
 * @right: (out): where it ends
 *
 * Cost: one pass over the corners.
 *
 * Returns: %FALSE if the grown polygon has nothing in the row
 */
gboolean
coterie_hull_outline_find_span (
    const CoterieHullOutline *outline, double distance_px, double y_px, double *left, double *right)
{
  const Point *corners = (const Point *) outline->points;

  *left = G_MAXDOUBLE;
  *right = -G_MAXDOUBLE;
  for (guint i = 0; i < outline->n_points; i++) {
    Point a = corners[i], b = corners[i + 1 < outline->n_points ? i + 1 : 0];
    double length = sqrt ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y));
    double down = y_px - a.y;

    if (fabs (down) <= distance_px) {
      double across = sqrt (distance_px * distance_px - down * down);

      extend (a.x - across, left, right);
      extend (a.x + across, left, right);
    }
    if (length > 0.0) {
      /* The side moved outwards, which is to the left of the way around. */
      double x = a.x + distance_px * (b.y - a.y) / length;
      double y = a.y - distance_px * (b.x - a.x) / length;
      double along = (y_px - y) / (b.y - a.y);

      if (b.y != a.y && along >= 0.0 && along <= 1.0)
        extend (x + along * (b.x - a.x), left, right);
    }
  }
  return *left <= *right;
}
