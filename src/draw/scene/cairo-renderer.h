/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "core/base/parallel.h"
#include "draw/scene/drawing.h"

G_BEGIN_DECLS

void coterie_cairo_renderer_draw (cairo_t *cr,
                                  const CoterieDrawing *drawing,
                                  const CoterieDrawingView *view,
                                  CoteriePool *pool);
void coterie_cairo_renderer_draw_vector (cairo_t *cr,
                                         const CoterieDrawing *drawing,
                                         const CoterieDrawingView *view,
                                         CoteriePool *pool);
void coterie_cairo_renderer_draw_paths (cairo_t *cr,
                                        const CoterieDrawing *drawing,
                                        const CoterieDrawingView *view);

G_END_DECLS
