/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where something that comes for a moment lies on the graph without covering what lies there already,
 * and where a point of the graph is not covered, or several are not.
 *
 * A rectangle that is as low as it can be, and at that height as near the middle as it can be, rests on
 * the bottom of the viewport or on an overlay, and is in the middle or touches the left or the right of
 * an overlay. These are few enough to try them all. */

#include "draw/scene/free-place.h"

#include <math.h>

/* In how many steps a point goes to the middle of what is free. */
#define N_STEPS 64

/* How several points are moved: in so many directions, so far at most, pixels. */
#define N_DIRECTIONS 8
#define SHIFT_STEP_PX 4.0
#define MAX_SHIFT_PX 480.0

static double
measure_common (const CoterieOverlay *a, const CoterieOverlay *b)
{
  double width_px = fmin (a->x_px + a->width_px, b->x_px + b->width_px) - fmax (a->x_px, b->x_px);
  double height_px =
      fmin (a->y_px + a->height_px, b->y_px + b->height_px) - fmax (a->y_px, b->y_px);

  return width_px > 0.0 && height_px > 0.0 ? width_px * height_px : 0.0;
}

static double
measure_covered (const CoterieOverlay *place, const CoterieOverlay *overlays, guint n_overlays)
{
  double covered_px2 = 0.0;

  for (guint i = 0; i < n_overlays; i++)
    covered_px2 += measure_common (place, &overlays[i]);
  return covered_px2;
}

/* Whether @a covers less than @b; otherwise is lower; otherwise is nearer to @middle_px. */
static gboolean
is_better (const CoterieOverlay *a,
           double a_covered_px2,
           const CoterieOverlay *b,
           double b_covered_px2,
           double middle_px)
{
  if (a_covered_px2 != b_covered_px2)
    return a_covered_px2 < b_covered_px2;
  if (a->y_px != b->y_px)
    return a->y_px > b->y_px;
  return fabs (a->x_px - middle_px) < fabs (b->x_px - middle_px);
}

/* The @i-th place along an axis: 0 is where it would be if it were alone. */
static double
choose_x (const CoterieOverlay *overlays, guint i, double middle_px, double width_px)
{
  const CoterieOverlay *overlay;

  if (i == 0)
    return middle_px;
  overlay = &overlays[(i - 1) / 2];
  return i % 2 == 1 ? overlay->x_px + overlay->width_px : overlay->x_px - width_px;
}

static double
choose_y (const CoterieOverlay *overlays, guint i, double lowest_px, double height_px)
{
  return i == 0 ? lowest_px : overlays[i - 1].y_px - height_px;
}

/**
 * coterie_free_place_find:
 * @viewport: what the graph is drawn in; pixels
 * @width_px: of what is to be placed, margins included; at least 0
 * @height_px: likewise
 * @overlays: (array length=n_overlays): what lies there already; those without a size count for nothing
 * @n_overlays: how many there are
 *
 * Finds the lowest place that covers nothing, and of several the one nearest to the middle; where
 * there is none, the one that covers least. Nothing wider or higher than the viewport is placed: it is
 * made as large as that. Cost: the cube of @n_overlays.
 *
 * Returns: the place; pixels from the viewport's left and top
 */
CoterieOverlay
coterie_free_place_find (const CoterieViewport *viewport,
                         double width_px,
                         double height_px,
                         const CoterieOverlay *overlays,
                         guint n_overlays)
{
  double fitting_width_px = fmin (width_px, viewport->width_px);
  double fitting_height_px = fmin (height_px, viewport->height_px);
  double middle_px = floor ((viewport->width_px - fitting_width_px) / 2.0);
  double lowest_px = viewport->height_px - fitting_height_px;
  CoterieOverlay best = {middle_px, lowest_px, fitting_width_px, fitting_height_px};
  double best_covered_px2 = measure_covered (&best, overlays, n_overlays);

  for (guint i = 0; i <= n_overlays; i++)
    for (guint j = 0; j <= 2 * n_overlays; j++) {
      CoterieOverlay place = best;
      double covered_px2;

      place.x_px = choose_x (overlays, j, middle_px, fitting_width_px);
      place.y_px = choose_y (overlays, i, lowest_px, fitting_height_px);
      if (place.x_px < 0.0 || place.x_px > viewport->width_px - fitting_width_px ||
          place.y_px < 0.0 || place.y_px > lowest_px)
        continue;
      covered_px2 = measure_covered (&place, overlays, n_overlays);
      if (is_better (&place, covered_px2, &best, best_covered_px2, middle_px)) {
        best = place;
        best_covered_px2 = covered_px2;
      }
    }
  return best;
}

/* Whether the margin about a point is in the viewport, and nothing lies on it. */
static gboolean
is_free (const CoterieViewport *viewport,
         const CoterieOverlay *overlays,
         guint n_overlays,
         double x_px,
         double y_px)
{
  double margin_px = viewport->margin_px;

  if (x_px < margin_px || x_px > viewport->width_px - margin_px || y_px < margin_px ||
      y_px > viewport->height_px - margin_px)
    return FALSE;
  for (guint i = 0; i < n_overlays; i++) {
    const CoterieOverlay *overlay = &overlays[i];

    if (overlay->width_px > 0.0 && overlay->height_px > 0.0 && x_px > overlay->x_px - margin_px &&
        x_px < overlay->x_px + overlay->width_px + margin_px && y_px > overlay->y_px - margin_px &&
        y_px < overlay->y_px + overlay->height_px + margin_px)
      return FALSE;
  }
  return TRUE;
}

/**
 * coterie_free_place_find_point:
 * @viewport: what the graph is drawn in, with the margin that shall be about a point; pixels
 * @overlays: (array length=n_overlays): what lies on the graph, pixels
 * @n_overlays: at most %COTERIE_MAX_OVERLAYS
 * @x_px: (inout): a point, pixels from the viewport's left
 * @y_px: (inout): pixels from its top
 *
 * Moves a point that is outside or covered to where it is seen: on the straight way to the middle of
 * what coterie_insets_choose() leaves, as little as possible; from outside of the viewport all the way,
 * as what was not seen at all shall be seen best. Cost: that of the insets, where it has to move.
 */
void
coterie_free_place_find_point (const CoterieViewport *viewport,
                               const CoterieOverlay *overlays,
                               guint n_overlays,
                               double *x_px,
                               double *y_px)
{
  gboolean outside =
      *x_px < 0.0 || *y_px < 0.0 || *x_px > viewport->width_px || *y_px > viewport->height_px;
  CoterieInsets insets;
  double dx_px, dy_px;
  guint step = outside ? N_STEPS : 1;

  if (is_free (viewport, overlays, n_overlays, *x_px, *y_px))
    return;
  insets = coterie_insets_choose (viewport, overlays, n_overlays, 1.0, FALSE);
  dx_px = 0.5 * (viewport->width_px + insets.left_px - insets.right_px) - *x_px;
  dy_px = 0.5 * (viewport->height_px + insets.top_px - insets.bottom_px) - *y_px;
  while (step < N_STEPS && !is_free (viewport, overlays, n_overlays, *x_px + dx_px * step / N_STEPS,
                                     *y_px + dy_px * step / N_STEPS))
    step++;
  *x_px += dx_px * step / N_STEPS;
  *y_px += dy_px * step / N_STEPS;
}

static gboolean
is_inside (const CoterieViewport *viewport, const double *point)
{
  return point[0] >= 0.0 && point[1] >= 0.0 && point[0] <= viewport->width_px &&
         point[1] <= viewport->height_px;
}

/**
 * coterie_free_place_covers:
 * @viewport: what the graph is drawn in, with the margin that shall be about a point; pixels
 * @overlays: (array length=n_overlays): what lies on the graph, pixels
 * @n_overlays: how many
 * @points: [n_points][2]: pixels from the viewport's left and top
 * @n_points: how many
 *
 * Returns: whether a point that is in the viewport lies below one of @overlays, or at its border
 */
gboolean
coterie_free_place_covers (const CoterieViewport *viewport,
                           const CoterieOverlay *overlays,
                           guint n_overlays,
                           const double *points,
                           guint n_points)
{
  for (guint i = 0; i < n_points; i++)
    if (is_inside (viewport, points + 2 * (gsize) i) &&
        !is_free (
            viewport, overlays, n_overlays,
            CLAMP (points[2 * i], viewport->margin_px, viewport->width_px - viewport->margin_px),
            CLAMP (points[2 * i + 1], viewport->margin_px,
                   viewport->height_px - viewport->margin_px)))
      return TRUE;
  return FALSE;
}

/* Of the points in the viewport, those that are not seen there when all have moved. */
static guint
count_unseen (const CoterieViewport *viewport,
              const CoterieOverlay *overlays,
              guint n_overlays,
              const double *points,
              guint n_points,
              double dx_px,
              double dy_px)
{
  guint n_unseen = 0;

  for (guint i = 0; i < n_points; i++) {
    const double *point = points + 2 * (gsize) i;

    n_unseen += is_inside (viewport, point) &&
                !is_free (viewport, overlays, n_overlays, point[0] + dx_px, point[1] + dy_px);
  }
  return n_unseen;
}

/**
 * coterie_free_place_find_shift:
 * @viewport: what the graph is drawn in, with the margin that shall be about a point; pixels
 * @overlays: (array length=n_overlays): what lies on the graph, pixels
 * @n_overlays: how many
 * @points: [n_points][2]: pixels from the viewport's left and top; those outside of it do not count
 * @n_points: how many
 * @dx_px: (out): to the right
 * @dy_px: (out): downwards
 *
 * Finds by how much the graph has to move so that of the points that are in the viewport as many as
 * possible are seen, neither covered nor moved out of it; of several such moves the shortest, which is
 * none where none is better. Cost: some hundred times @n_points times @n_overlays.
 */
void
coterie_free_place_find_shift (const CoterieViewport *viewport,
                               const CoterieOverlay *overlays,
                               guint n_overlays,
                               const double *points,
                               guint n_points,
                               double *dx_px,
                               double *dy_px)
{
  guint least = count_unseen (viewport, overlays, n_overlays, points, n_points, 0.0, 0.0);

  *dx_px = *dy_px = 0.0;
  for (double way_px = SHIFT_STEP_PX; least > 0 && way_px <= MAX_SHIFT_PX; way_px += SHIFT_STEP_PX)
    for (guint i = 0; i < N_DIRECTIONS; i++) {
      double angle_rad = 2.0 * G_PI * i / N_DIRECTIONS;
      double x_px = round (way_px * cos (angle_rad)), y_px = round (way_px * sin (angle_rad));
      guint n_unseen = count_unseen (viewport, overlays, n_overlays, points, n_points, x_px, y_px);

      if (n_unseen < least) {
        least = n_unseen;
        *dx_px = x_px;
        *dy_px = y_px;
      }
    }
}
