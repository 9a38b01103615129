/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "draw/scene/label-placement.h"
#include "draw/scene/node-numbers.h"

G_BEGIN_DECLS

/**
 * CoterieLabelPainter:
 *
 * Draws the labels of drawings, and remembers their images and where they stood. To be used by one
 * thread at a time.
 */
typedef struct _CoterieLabelPainter CoterieLabelPainter;

CoterieLabelPainter *coterie_label_painter_new (void);
void coterie_label_painter_free (CoterieLabelPainter *painter);
const CoterieLabelPlace *coterie_label_painter_place (CoterieLabelPainter *painter,
                                                      const CoterieDrawing *drawing,
                                                      const CoterieDrawingView *view);
GArray *coterie_label_painter_get_numbers (CoterieLabelPainter *painter);
gboolean coterie_label_painter_get_settled (const CoterieLabelPainter *painter);
cairo_surface_t *coterie_label_painter_get_image (CoterieLabelPainter *painter,
                                                  const CoterieDrawingLabel *label,
                                                  double scale);
void coterie_label_painter_draw (CoterieLabelPainter *painter,
                                 cairo_t *cr,
                                 const CoterieDrawing *drawing,
                                 const CoterieDrawingView *view);
void coterie_label_painter_draw_vector (CoterieLabelPainter *painter,
                                        cairo_t *cr,
                                        const CoterieDrawing *drawing,
                                        const CoterieDrawingView *view);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieLabelPainter, coterie_label_painter_free)

G_END_DECLS
