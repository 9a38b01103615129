/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/base/parallel.h"
#include "draw/scene/drawing.h"
#include "draw/scene/label-painter.h"

G_BEGIN_DECLS

void coterie_picture_paint_async (gpointer source,
                                  CoterieDrawing *drawing,
                                  const CoterieDrawingView *view,
                                  CoterieLabelPainter *labels,
                                  CoteriePool *pool,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
GdkTexture *coterie_picture_paint_finish (GAsyncResult *result, CoterieDrawingView *view);

G_END_DECLS
