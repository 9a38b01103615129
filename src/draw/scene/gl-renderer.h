/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "draw/scene/drawing.h"

G_BEGIN_DECLS

#define COTERIE_GL_ERROR (coterie_gl_error_quark ())

typedef enum {
  COTERIE_GL_ERROR_NOT_AVAILABLE,
  COTERIE_GL_ERROR_SHADER,
  COTERIE_GL_ERROR_TOO_LARGE,
  COTERIE_GL_ERROR_LOST,
} CoterieGlError;

GQuark coterie_gl_error_quark (void);

/**
 * CoterieGlEdges:
 * @COTERIE_GL_EDGES_AUTO: whichever is faster: quads on a graphics processor, else an image
 * @COTERIE_GL_EDGES_QUADS: OpenGL draws the edges
 * @COTERIE_GL_EDGES_IMAGE: OpenGL shows an image of the edges that the processor has drawn
 *
 * Where edges are drawn.
 */
typedef enum {
  COTERIE_GL_EDGES_AUTO,
  COTERIE_GL_EDGES_QUADS,
  COTERIE_GL_EDGES_IMAGE,
} CoterieGlEdges;

/**
 * CoterieGlRenderer:
 *
 * Draws scenes with OpenGL 3.3 or OpenGL ES 3.0. Belongs to the context that was current when it was
 * made; this must be current in every call.
 */
typedef struct _CoterieGlRenderer CoterieGlRenderer;

CoterieGlEdges coterie_gl_renderer_choose_edges (CoterieGlEdges edges);
CoterieGlRenderer *coterie_gl_renderer_new (CoterieGlEdges edges, GError **error);
void coterie_gl_renderer_free (CoterieGlRenderer *renderer);
CoterieGlEdges coterie_gl_renderer_get_edges (CoterieGlRenderer *renderer);
gboolean coterie_gl_renderer_get_settled (const CoterieGlRenderer *renderer);
gboolean coterie_gl_renderer_draw (CoterieGlRenderer *renderer,
                                   CoterieDrawing *drawing,
                                   const CoterieDrawingView *view,
                                   cairo_surface_t *edge_image,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieGlRenderer, coterie_gl_renderer_free)

G_END_DECLS
