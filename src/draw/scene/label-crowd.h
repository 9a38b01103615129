/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/drawing.h"

G_BEGIN_DECLS

/**
 * CoterieLabelCrowd:
 *
 * The nodes of a drawing as they lie in a picture. Immutable.
 */
typedef struct _CoterieLabelCrowd CoterieLabelCrowd;

/**
 * CoterieLabelBox:
 * @x_px: left, device pixels
 * @y_px: top
 * @width_px: greater than 0
 * @height_px: greater than 0
 */
typedef struct {
  double x_px;
  double y_px;
  double width_px;
  double height_px;
} CoterieLabelBox;

/**
 * CoterieLabelSurroundings:
 * @n_hidden: nodes that the box would hide
 * @n_strange: those of them that the label does not name
 * @own: weight of the nodes near to the box that the label names, the nearest counting most
 * @strange: the same of those that it does not name
 * @gap_heights: from the box to the nearest node that the label names, heights of the box; as far as was
 *   looked where there is none
 *
 * What is below and around a box.
 */
typedef struct {
  guint n_hidden;
  guint n_strange;
  double own;
  double strange;
  double gap_heights;
} CoterieLabelSurroundings;

/**
 * CoterieLabelPoint:
 * @x_px: device pixels from the left
 * @y_px: device pixels from the top
 */
typedef struct {
  double x_px;
  double y_px;
} CoterieLabelPoint;

CoterieLabelCrowd *coterie_label_crowd_new (const CoterieDrawing *drawing,
                                            const CoterieDrawingView *view,
                                            guint max_nodes);
void coterie_label_crowd_free (CoterieLabelCrowd *crowd);
CoterieLabelSurroundings coterie_label_crowd_look (const CoterieLabelCrowd *crowd,
                                                   guint label,
                                                   const CoterieLabelBox *box,
                                                   gboolean among);
double coterie_label_crowd_get_strange_frac (const CoterieLabelSurroundings *surroundings);
GArray *coterie_label_crowd_find_named (const CoterieLabelCrowd *crowd, guint label, guint n_most);
GArray *
coterie_label_crowd_find_heart (const CoterieLabelCrowd *crowd, guint label, double height_px);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieLabelCrowd, coterie_label_crowd_free)

G_END_DECLS
