/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/drawing.h"

G_BEGIN_DECLS

/**
 * CoterieGlLabels:
 *
 * The labels of a drawing in OpenGL. Belongs to the context that was current when it was made.
 */
typedef struct _CoterieGlLabels CoterieGlLabels;

CoterieGlLabels *coterie_gl_labels_new (GError **error);
void coterie_gl_labels_free (CoterieGlLabels *labels);
gboolean coterie_gl_labels_get_settled (const CoterieGlLabels *labels);
void coterie_gl_labels_draw (CoterieGlLabels *labels,
                             CoterieDrawing *drawing,
                             const CoterieDrawingView *view,
                             guint texture_unit);

G_END_DECLS
