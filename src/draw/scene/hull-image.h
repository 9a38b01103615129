/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/drawing.h"

G_BEGIN_DECLS

/**
 * CoterieHullImage:
 *
 * The hulls of a drawing in a picture.
 */
typedef struct _CoterieHullImage CoterieHullImage;

CoterieHullImage *coterie_hull_image_new (const CoterieDrawing *drawing,
                                          const CoterieDrawingView *view);
void coterie_hull_image_free (CoterieHullImage *image);
void coterie_hull_image_draw (
    const CoterieHullImage *image, int first_row, int n_rows, guint8 *pixels, gsize stride);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieHullImage, coterie_hull_image_free)

G_END_DECLS
