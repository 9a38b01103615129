/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "core/base/parallel.h"
#include "draw/scene/drawing.h"
#include "draw/scene/label-painter.h"

G_BEGIN_DECLS

void coterie_software_renderer_draw (const CoterieDrawing *drawing,
                                     const CoterieDrawingView *view,
                                     cairo_surface_t *surface,
                                     CoterieLabelPainter *labels,
                                     CoteriePool *pool);

G_END_DECLS
