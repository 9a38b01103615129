/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <epoxy/gl.h>
#include <glib.h>

G_BEGIN_DECLS

/* Nodes lie in rows of a texture of four floats, so many texels each. Texel 0 and 2: x, y, radius and
 * ring at either end; 1 and 3: the colours there; 4: colour of the ring and the shape; 5: the mark. Plain
 * numbers, because the shaders get them too. */
#define COTERIE_GL_NODES_A_ROW 256
#define COTERIE_GL_NODE_TEXELS 6

/**
 * CoterieGlProgram:
 * @id: the program's name in OpenGL
 * @transform: uniform: pixels a layout unit, offset x and y; this and the others -1 where not used
 * @size: of the picture
 * @sizes: node scale, rim, gap before the ring, ring
 * @edge: width, gain and number of rectangles of an edge
 * @blend: from 0 to 1
 * @rim_color: of the nodes
 * @nodes: texture of the nodes
 * @texture: any other texture
 *
 * A program and where its uniforms are.
 */
typedef struct {
  GLuint id;
  GLint transform;
  GLint size;
  GLint sizes;
  GLint edge;
  GLint blend;
  GLint rim_color;
  GLint nodes;
  GLint texture;
} CoterieGlProgram;

gboolean coterie_gl_program_link (CoterieGlProgram *program,
                                  const char *vertex_name,
                                  const char *fragment_name,
                                  GError **error);
void coterie_gl_texture_set_pixel_exact (void);
void coterie_gl_texture_set_swizzle (void);

G_END_DECLS
