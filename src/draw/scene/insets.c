/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Chooses how much of a viewport a graph leaves to what lies on it.
 *
 * Graphs are roundish: their corners are free, and what lies in a corner of a large viewport is in
 * nobody's way. So a graph is taken for a disc, or for an ellipse where layers stand beside each other, or
 * for a rectangle where they stand in rows, with one in each corner; and for each overlay there are three ways: nothing is left to it, a strip along the nearer upright border, or
 * one along the nearer level border. Of all combinations the one with the largest disc is taken that does
 * not touch an overlay. Only sizes count, not the graph, so that the view stays calm while it changes. */

#include "draw/scene/insets.h"

#include <math.h>

/* Between the disc, which goes through the centres of nodes, and an overlay. */
#define GAP_PX 12.0

/* Smaller discs are of no use: then the overlays have to lie on the graph. */
#define MIN_RADIUS_PX 48.0

typedef enum {
  LEAVE_NOTHING,
  LEAVE_UPRIGHT_STRIP,
  LEAVE_LEVEL_STRIP,
  N_WAYS,
} Way;

/* The margin stays free between strip and graph anyway. */
static double
get_strip (const CoterieViewport *viewport, double reach_px)
{
  return fmax (reach_px - viewport->margin_px + GAP_PX, 0.0);
}

static void
leave (CoterieInsets *insets,
       const CoterieViewport *viewport,
       const CoterieOverlay *overlay,
       Way way)
{
  double right_px = overlay->x_px + overlay->width_px;
  double bottom_px = overlay->y_px + overlay->height_px;
  gboolean at_left = overlay->x_px + right_px < viewport->width_px;
  gboolean at_top = overlay->y_px + bottom_px < viewport->height_px;

  if (way == LEAVE_UPRIGHT_STRIP && at_left)
    insets->left_px = fmax (insets->left_px, get_strip (viewport, right_px));
  else if (way == LEAVE_UPRIGHT_STRIP)
    insets->right_px =
        fmax (insets->right_px, get_strip (viewport, viewport->width_px - overlay->x_px));
  else if (way == LEAVE_LEVEL_STRIP && at_top)
    insets->top_px = fmax (insets->top_px, get_strip (viewport, bottom_px));
  else if (way == LEAVE_LEVEL_STRIP)
    insets->bottom_px =
        fmax (insets->bottom_px, get_strip (viewport, viewport->height_px - overlay->y_px));
}

/* Half the height of the ellipse. */
static double
get_radius (const CoterieViewport *viewport, const CoterieInsets *insets, double aspect)
{
  double width = viewport->width_px - insets->left_px - insets->right_px;
  double height = viewport->height_px - insets->top_px - insets->bottom_px;

  return fmin (0.5 * height - viewport->margin_px, (0.5 * width - viewport->margin_px) / aspect);
}

static gboolean
is_clear (const CoterieViewport *viewport,
          const CoterieInsets *insets,
          double radius,
          double aspect,
          gboolean cornered,
          const CoterieOverlay *overlay)
{
  double x = 0.5 * (viewport->width_px + insets->left_px - insets->right_px);
  double y = 0.5 * (viewport->height_px + insets->top_px - insets->bottom_px);
  double dx = x - CLAMP (x, overlay->x_px, overlay->x_px + overlay->width_px);
  double dy = y - CLAMP (y, overlay->y_px, overlay->y_px + overlay->height_px);

  double reach_x = aspect * radius + GAP_PX, reach_y = radius + GAP_PX;
  double distance = cornered ? fmax (fabs (dx) / reach_x, fabs (dy) / reach_y)
                             : hypot (dx / reach_x, dy / reach_y);

  return overlay->width_px <= 0.0 || overlay->height_px <= 0.0 || distance >= 1.0 - 1e-9;
}

static gboolean
are_clear (const CoterieViewport *viewport,
           const CoterieInsets *insets,
           double radius,
           double aspect,
           gboolean cornered,
           const CoterieOverlay *overlays,
           guint n_overlays)
{
  for (guint i = 0; i < n_overlays; i++)
    if (!is_clear (viewport, insets, radius, aspect, cornered, &overlays[i]))
      return FALSE;
  return TRUE;
}

/**
 * coterie_insets_choose:
 * @viewport: its size and margin; its insets are not read
 * @overlays: (array length=n_overlays): what lies on the graph, pixels
 * @n_overlays: at most %COTERIE_MAX_OVERLAYS
 * @aspect: how many times as wide as high what is fitted is, about; 1 or more
 * @cornered: whether it reaches into its corners, as a rectangle does and an ellipse does not
 *
 * Finds the insets with which a fitted graph is largest without lying below @overlays. Where that
 * would leave next to no room they are all 0. Cost: three to the power of @n_overlays.
 *
 * Returns: the insets, pixels
 */
CoterieInsets
coterie_insets_choose (const CoterieViewport *viewport,
                       const CoterieOverlay *overlays,
                       guint n_overlays,
                       double aspect,
                       gboolean cornered)
{
  CoterieInsets best = {0};
  double best_radius = MIN_RADIUS_PX / aspect;
  guint n_combinations = 1;

  g_return_val_if_fail (n_overlays <= COTERIE_MAX_OVERLAYS, best);

  for (guint i = 0; i < n_overlays; i++)
    n_combinations *= N_WAYS;
  for (guint combination = 0; combination < n_combinations; combination++) {
    CoterieInsets insets = {0};
    double radius;

    for (guint i = 0, rest = combination; i < n_overlays; i++, rest /= N_WAYS)
      leave (&insets, viewport, &overlays[i], (Way) (rest % N_WAYS));
    radius = get_radius (viewport, &insets, aspect);
    if (radius > best_radius &&
        are_clear (viewport, &insets, radius, aspect, cornered, overlays, n_overlays)) {
      best = insets;
      best_radius = radius;
    }
  }
  return best;
}
