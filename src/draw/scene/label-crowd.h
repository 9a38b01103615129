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

CoterieLabelCrowd *coterie_label_crowd_new (const CoterieDrawing *drawing,
                                            const CoterieDrawingView *view);
void coterie_label_crowd_free (CoterieLabelCrowd *crowd);
guint coterie_label_crowd_look (const CoterieLabelCrowd *crowd,
                                guint label,
                                const CoterieLabelBox *box,
                                double *strange_frac);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieLabelCrowd, coterie_label_crowd_free)

G_END_DECLS
