/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/drawing.h"

G_BEGIN_DECLS

/**
 * CoteriePicking:
 *
 * Where the nodes of a drawing are, for whoever asks what is at a place.
 */
typedef struct _CoteriePicking CoteriePicking;

CoteriePicking *coterie_picking_new (const CoterieDrawing *drawing);
void coterie_picking_free (CoteriePicking *picking);
gint coterie_picking_find_at (const CoteriePicking *picking,
                              const CoterieDrawing *drawing,
                              CoterieCamera camera,
                              const CoterieViewport *viewport,
                              double x_px,
                              double y_px);
GArray *coterie_picking_find_within (const CoteriePicking *picking,
                                     const CoterieDrawing *drawing,
                                     CoterieBounds bounds);
gint coterie_picking_find_towards (
    const CoteriePicking *picking, const CoterieDrawing *drawing, guint node, double dx, double dy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoteriePicking, coterie_picking_free)

G_END_DECLS
