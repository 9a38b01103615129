/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/parallel.h"
#include "draw/scene/drawing.h"

G_BEGIN_DECLS

void coterie_hull_image_render (const CoterieDrawing *drawing,
                                const CoterieDrawingView *view,
                                int first_row,
                                int n_rows,
                                guint8 *pixels,
                                gsize stride,
                                CoteriePool *pool);

G_END_DECLS
