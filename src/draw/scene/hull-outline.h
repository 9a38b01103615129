/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/drawing.h"

G_BEGIN_DECLS

/**
 * CoterieHullOutline:
 * @n_points: 1 or more
 * @points: [n_points][2]: corners of a convex polygon, device pixels, y downwards, clockwise as seen
 * @inner_px: so far from the polygon the colour begins to fade
 * @outer_px: so far it has faded to nothing; greater than @inner_px
 * @color: blended
 *
 * A hull as it is drawn: at the distance d from the polygon, 0 inside of it, its opacity is that of the
 * colour times (outer - d) / (outer - inner), kept within 0 and 1.
 */
typedef struct {
  guint n_points;
  double *points;
  double inner_px;
  double outer_px;
  CoterieColor color;
} CoterieHullOutline;

gboolean coterie_hull_outline_init (CoterieHullOutline *outline,
                                    const CoterieDrawing *drawing,
                                    const CoterieDrawingMetrics *metrics,
                                    guint hull);
void coterie_hull_outline_clear (CoterieHullOutline *outline);
gboolean coterie_hull_outline_find_span (const CoterieHullOutline *outline,
                                         double distance_px,
                                         double y_px,
                                         double *left,
                                         double *right);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CoterieHullOutline, coterie_hull_outline_clear)

G_END_DECLS
