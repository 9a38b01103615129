/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "core/base/parallel.h"
#include "draw/scene/drawing.h"

G_BEGIN_DECLS

void coterie_edge_image_render (const CoterieDrawing *drawing,
                                const CoterieDrawingView *view,
                                int first_row,
                                int n_rows,
                                guint8 *pixels,
                                gsize stride,
                                CoteriePool *pool);
void coterie_edge_image_render_to_surface (const CoterieDrawing *drawing,
                                           const CoterieDrawingView *view,
                                           int first_row,
                                           cairo_surface_t *surface,
                                           CoteriePool *pool);

G_END_DECLS
