/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/label-placement.h"

G_BEGIN_DECLS

/**
 * CoterieNodeNumber:
 * @node: whose number it is
 * @on_node: whether it stands on the node, not by it
 * @label: what it looks like
 * @place: where it goes
 *
 * The number of a node that is near.
 */
typedef struct {
  guint32 node;
  gboolean on_node;
  CoterieDrawingLabel label;
  CoterieLabelPlace place;
} CoterieNodeNumber;

/**
 * CoterieNodeNumberMeasureFunc:
 * @label: what a number looks like
 * @width_px: (out): of its box, device pixels
 * @height_px: (out): the same
 * @data: what was given with the function
 */
typedef void (*CoterieNodeNumberMeasureFunc) (const CoterieDrawingLabel *label,
                                              double *width_px,
                                              double *height_px,
                                              gpointer data);

GArray *coterie_node_numbers_find (const CoterieDrawing *drawing,
                                   const CoterieDrawingView *view,
                                   const CoterieLabelPlace *labels,
                                   CoterieNodeNumberMeasureFunc measure,
                                   gpointer data);

G_END_DECLS
