/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/drawing.h"

G_BEGIN_DECLS

/**
 * CoterieGlMesh:
 *
 * The hulls and paths of a drawing as triangles in OpenGL. Belongs to the context that was current when
 * it was made.
 */
typedef struct _CoterieGlMesh CoterieGlMesh;

CoterieGlMesh *coterie_gl_mesh_new (GError **error);
void coterie_gl_mesh_free (CoterieGlMesh *mesh);
void coterie_gl_mesh_update (CoterieGlMesh *mesh,
                             const CoterieDrawing *drawing,
                             const CoterieDrawingView *view);
void coterie_gl_mesh_draw_hulls (CoterieGlMesh *mesh);
void coterie_gl_mesh_draw_paths (CoterieGlMesh *mesh);

G_END_DECLS
