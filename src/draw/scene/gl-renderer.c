/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The scene through OpenGL. Nodes are instanced squares whose fragments know their distance from the
 * centre, so they need no multisampling. Edges are instanced rectangles added up in a framebuffer of
 * half floats and resolved in a second pass; where OpenGL itself runs on the processor, that costs ten
 * times what src/draw/scene/edge-image.c does, so its image is shown instead. Data go to the graphics
 * memory when the drawing has changed; moving the camera sends a few numbers. */

#include "draw/scene/gl-renderer.h"

#include <epoxy/gl.h>

#include "draw/scene/gl-labels.h"
#include "draw/scene/gl-mesh.h"
#include "draw/scene/gl-program.h"

/* Texture units. */
#define TEXTURE_UNIT 0
#define NODES_UNIT 1

/* Rectangles of all edges together, so that a dense graph whose edges are curved stays fluent. */
#define MAX_RECTANGLES 4000000u

/* So many cost next to nothing; then each edge has this number of them. */
#define FREE_RECTANGLES 1000000u
#define N_FREE 32

struct _CoterieGlRenderer {
  CoterieDrawing *uploaded_drawing;
  cairo_surface_t *uploaded_image;

  CoterieGlMesh *mesh;
  CoterieGlLabels *labels;
  CoterieGlProgram node_program;
  CoterieGlProgram edge_program;
  CoterieGlProgram resolve_program;
  CoterieGlProgram image_program;
  GLuint node_array;
  GLuint edge_array;
  GLuint screen_array;
  GLuint node_buffer;
  GLuint edge_buffer;
  GLuint nodes_texture;
  GLuint sums_texture;
  GLuint image_texture;
  GLuint sums_framebuffer;

  CoterieGlEdges edges;
  GLint max_size_px;
  int sums_width_px;
  int sums_height_px;
  int image_width_px;
  int image_height_px;
};

G_DEFINE_QUARK (coterie - gl - error - quark, coterie_gl_error)

static void
set_attribute (GLuint location, GLint n_floats, gsize stride, gsize offset)
{
  glEnableVertexAttribArray (location);
  glVertexAttribPointer (location, n_floats, GL_FLOAT, GL_FALSE, (GLsizei) stride,
                         GSIZE_TO_POINTER (offset));
  glVertexAttribDivisor (location, 1);
}

static void
set_indices (GLuint location, GLint n_indices, gsize stride, gsize offset)
{
  glEnableVertexAttribArray (location);
  glVertexAttribIPointer (location, n_indices, GL_UNSIGNED_INT, (GLsizei) stride,
                          GSIZE_TO_POINTER (offset));
  glVertexAttribDivisor (location, 1);
}

static void
make_arrays (CoterieGlRenderer *renderer)
{
  const gsize stride = sizeof (CoterieDrawingEdge);
  GLuint arrays[3], buffers[2];

  glGenVertexArrays (3, arrays);
  glGenBuffers (2, buffers);
  renderer->node_array = arrays[0];
  renderer->edge_array = arrays[1];
  renderer->screen_array = arrays[2];
  renderer->node_buffer = buffers[0];
  renderer->edge_buffer = buffers[1];

  glBindVertexArray (renderer->node_array);
  glBindBuffer (GL_ARRAY_BUFFER, renderer->node_buffer);
  set_indices (0, 1, sizeof (guint32), 0);

  glBindVertexArray (renderer->edge_array);
  glBindBuffer (GL_ARRAY_BUFFER, renderer->edge_buffer);
  set_indices (0, 2, stride, G_STRUCT_OFFSET (CoterieDrawingEdge, source));
  set_attribute (1, 4, stride, G_STRUCT_OFFSET (CoterieDrawingEdge, colors[0]));
  set_attribute (2, 4, stride, G_STRUCT_OFFSET (CoterieDrawingEdge, colors[1]));
  set_attribute (3, 2, stride, G_STRUCT_OFFSET (CoterieDrawingEdge, width));
  glBindVertexArray (0);
  glBindBuffer (GL_ARRAY_BUFFER, 0);
}

static void
make_textures (CoterieGlRenderer *renderer)
{
  GLuint textures[3];

  glGenTextures (3, textures);
  renderer->sums_texture = textures[0];
  renderer->image_texture = textures[1];
  renderer->nodes_texture = textures[2];
  glGenFramebuffers (1, &renderer->sums_framebuffer);

  glBindTexture (GL_TEXTURE_2D, renderer->sums_texture);
  coterie_gl_texture_set_pixel_exact ();
  glBindTexture (GL_TEXTURE_2D, renderer->image_texture);
  coterie_gl_texture_set_pixel_exact ();
  coterie_gl_texture_set_swizzle ();
  glBindTexture (GL_TEXTURE_2D, renderer->nodes_texture);
  coterie_gl_texture_set_pixel_exact ();
  glBindTexture (GL_TEXTURE_2D, 0);
}

static gboolean
is_software (void)
{
  const char *name = (const char *) glGetString (GL_RENDERER);

  return name == NULL || strstr (name, "llvmpipe") != NULL || strstr (name, "softpipe") != NULL ||
         strstr (name, "swrast") != NULL || strstr (name, "SwiftShader") != NULL;
}

/* A framebuffer of half floats is a part of OpenGL 3.3, an extension of OpenGL ES. */
static gboolean
can_sum (void)
{
  return epoxy_is_desktop_gl () || epoxy_has_gl_extension ("GL_EXT_color_buffer_half_float") ||
         epoxy_has_gl_extension ("GL_EXT_color_buffer_float");
}

/**
 * coterie_gl_renderer_choose_edges:
 * @edges: where edges shall be drawn
 *
 * Looks at the current context, without making anything in it.
 *
 * Returns: where a renderer made in it would draw edges
 */
CoterieGlEdges
coterie_gl_renderer_choose_edges (CoterieGlEdges edges)
{
  if (!can_sum ())
    return COTERIE_GL_EDGES_IMAGE;
  if (edges == COTERIE_GL_EDGES_AUTO)
    return is_software () ? COTERIE_GL_EDGES_IMAGE : COTERIE_GL_EDGES_QUADS;
  return edges;
}

/**
 * coterie_gl_renderer_new:
 * @edges: where edges shall be drawn; an OpenGL ES that cannot add them up takes the image anyway
 * @error: return location for a #GError
 *
 * Compiles the shaders in the current context, which must be OpenGL 3.3 or OpenGL ES 3.0 at least.
 *
 * Returns: (transfer full): the renderer, or %NULL with %COTERIE_GL_ERROR_NOT_AVAILABLE if the
 *   context is older, %COTERIE_GL_ERROR_SHADER if the driver does not take the shaders
 */
CoterieGlRenderer *
coterie_gl_renderer_new (CoterieGlEdges edges, GError **error)
{
  g_autoptr (CoterieGlRenderer) renderer = g_new0 (CoterieGlRenderer, 1);
  int version = epoxy_gl_version ();
  int needed = epoxy_is_desktop_gl () ? 33 : 30;

  if (version < needed) {
    g_set_error (error, COTERIE_GL_ERROR, COTERIE_GL_ERROR_NOT_AVAILABLE,
                 "OpenGL%s is version %d.%d, at least %d.%d is needed",
                 epoxy_is_desktop_gl () ? "" : " ES", version / 10, version % 10, needed / 10,
                 needed % 10);
    return NULL;
  }
  if (!coterie_gl_program_link (&renderer->node_program, "node.vert.glsl", "node.frag.glsl",
                                error) ||
      !coterie_gl_program_link (&renderer->edge_program, "edge.vert.glsl", "edge.frag.glsl",
                                error) ||
      !coterie_gl_program_link (&renderer->resolve_program, "screen.vert.glsl", "resolve.frag.glsl",
                                error) ||
      !coterie_gl_program_link (&renderer->image_program, "screen.vert.glsl", "image.frag.glsl",
                                error))
    return NULL;
  renderer->mesh = coterie_gl_mesh_new (error);
  renderer->labels = renderer->mesh != NULL ? coterie_gl_labels_new (error) : NULL;
  if (renderer->labels == NULL)
    return NULL;

  glGetIntegerv (GL_MAX_TEXTURE_SIZE, &renderer->max_size_px);
  renderer->edges = coterie_gl_renderer_choose_edges (edges);
  make_arrays (renderer);
  make_textures (renderer);
  return g_steal_pointer (&renderer);
}

/**
 * coterie_gl_renderer_free:
 * @renderer: (transfer full): the renderer, its context being current
 *
 * Deletes everything it made in the context.
 */
void
coterie_gl_renderer_free (CoterieGlRenderer *renderer)
{
  g_clear_pointer (&renderer->mesh, coterie_gl_mesh_free);
  g_clear_pointer (&renderer->labels, coterie_gl_labels_free);
  glDeleteProgram (renderer->node_program.id);
  glDeleteProgram (renderer->edge_program.id);
  glDeleteProgram (renderer->resolve_program.id);
  glDeleteProgram (renderer->image_program.id);
  glDeleteVertexArrays (
      3, (GLuint[]){renderer->node_array, renderer->edge_array, renderer->screen_array});
  glDeleteBuffers (2, (GLuint[]){renderer->node_buffer, renderer->edge_buffer});
  glDeleteTextures (
      3, (GLuint[]){renderer->sums_texture, renderer->image_texture, renderer->nodes_texture});
  glDeleteFramebuffers (1, &renderer->sums_framebuffer);

  g_clear_pointer (&renderer->uploaded_drawing, coterie_drawing_unref);
  g_clear_pointer (&renderer->uploaded_image, cairo_surface_destroy);
  g_free (renderer);
}

/**
 * coterie_gl_renderer_get_edges:
 * @renderer: the renderer
 *
 * Returns: %COTERIE_GL_EDGES_IMAGE if coterie_gl_renderer_draw() wants an image of the edges, else
 *   %COTERIE_GL_EDGES_QUADS
 */
CoterieGlEdges
coterie_gl_renderer_get_edges (CoterieGlRenderer *renderer)
{
  return renderer->edges;
}

static guint
count_node_rows (const CoterieDrawingGeometry *geometry)
{
  return MAX ((geometry->n_nodes + COTERIE_GL_NODES_A_ROW - 1) / COTERIE_GL_NODES_A_ROW, 1);
}

/* The texture's size is fixed by the number of nodes: rows of COTERIE_GL_NODES_A_ROW. */
static void
upload_nodes (CoterieGlRenderer *renderer, const CoterieDrawingGeometry *geometry)
{
  guint n_rows = count_node_rows (geometry);
  gsize node_floats = 4 * COTERIE_GL_NODE_TEXELS;
  g_autofree float *texels = g_new0 (float, n_rows *COTERIE_GL_NODES_A_ROW *node_floats);
  g_autofree guint32 *order = g_new (guint32, geometry->n_nodes);

  for (guint v = 0; v < geometry->n_nodes; v++) {
    const CoterieDrawingNode *node = &geometry->nodes[v];
    float *to = texels + v * node_floats;

    memcpy (to, node->ends, sizeof node->ends);
    memcpy (to + 16, &node->ring_color, 3 * sizeof *to);
    to[19] = (float) node->shape;
    to[20] = node->mark;
    order[v] = geometry->order != NULL ? geometry->order[v] : v;
  }
  glTexImage2D (GL_TEXTURE_2D, 0, GL_RGBA32F, COTERIE_GL_NODES_A_ROW * COTERIE_GL_NODE_TEXELS,
                (GLsizei) n_rows, 0, GL_RGBA, GL_FLOAT, texels);
  glBindBuffer (GL_ARRAY_BUFFER, renderer->node_buffer);
  glBufferData (GL_ARRAY_BUFFER, (GLsizeiptr) (geometry->n_nodes * sizeof *order), order,
                GL_STATIC_DRAW);
}

/* Leaves the nodes' texture bound to its unit. */
static void
upload_drawing (CoterieGlRenderer *renderer, CoterieDrawing *drawing)
{
  const CoterieDrawingGeometry *geometry = drawing->geometry;

  glActiveTexture (GL_TEXTURE0 + NODES_UNIT);
  glBindTexture (GL_TEXTURE_2D, renderer->nodes_texture);
  if (renderer->uploaded_drawing != NULL && renderer->uploaded_drawing->geometry == geometry)
    return;

  upload_nodes (renderer, geometry);
  if (renderer->edges == COTERIE_GL_EDGES_QUADS) {
    glBindBuffer (GL_ARRAY_BUFFER, renderer->edge_buffer);
    glBufferData (GL_ARRAY_BUFFER, (GLsizeiptr) (geometry->n_edges * sizeof *geometry->edges),
                  geometry->edges, GL_STATIC_DRAW);
  }
  glBindBuffer (GL_ARRAY_BUFFER, 0);

  g_clear_pointer (&renderer->uploaded_drawing, coterie_drawing_unref);
  renderer->uploaded_drawing = coterie_drawing_ref (drawing);
}

static void
upload_image (CoterieGlRenderer *renderer, cairo_surface_t *image)
{
  int width_px = cairo_image_surface_get_width (image);
  int height_px = cairo_image_surface_get_height (image);

  glBindTexture (GL_TEXTURE_2D, renderer->image_texture);
  if (renderer->uploaded_image == image)
    return;

  cairo_surface_flush (image);
  glPixelStorei (GL_UNPACK_ROW_LENGTH, cairo_image_surface_get_stride (image) / 4);
  if (width_px != renderer->image_width_px || height_px != renderer->image_height_px)
    glTexImage2D (GL_TEXTURE_2D, 0, GL_RGBA8, width_px, height_px, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                  cairo_image_surface_get_data (image));
  else
    glTexSubImage2D (GL_TEXTURE_2D, 0, 0, 0, width_px, height_px, GL_RGBA, GL_UNSIGNED_BYTE,
                     cairo_image_surface_get_data (image));
  glPixelStorei (GL_UNPACK_ROW_LENGTH, 0);
  renderer->image_width_px = width_px;
  renderer->image_height_px = height_px;

  g_clear_pointer (&renderer->uploaded_image, cairo_surface_destroy);
  renderer->uploaded_image = cairo_surface_reference (image);
}

static void
use_program (const CoterieGlProgram *program,
             const CoterieDrawing *drawing,
             const CoterieDrawingView *view,
             const CoterieDrawingMetrics *metrics)
{
  CoterieColor rim = drawing->geometry->rim;

  glUseProgram (program->id);
  glUniform3f (program->transform, (float) metrics->scale_px, (float) metrics->offset_x_px,
               (float) metrics->offset_y_px);
  glUniform2f (program->size, (float) view->width_px, (float) view->height_px);
  glUniform4f (program->sizes, (float) metrics->node_scale, (float) metrics->rim_px,
               (float) metrics->ring_gap_px, (float) metrics->ring_px);
  glUniform1f (program->blend, (float) drawing->s_frac);
  glUniform3f (program->rim_color, rim.red, rim.green, rim.blue);
  glUniform1i (program->nodes, NODES_UNIT);
  glUniform1i (program->texture, TEXTURE_UNIT);
}

static void
resize_sums (CoterieGlRenderer *renderer, const CoterieDrawingView *view)
{
  if (renderer->sums_width_px == view->width_px && renderer->sums_height_px == view->height_px)
    return;

  glBindTexture (GL_TEXTURE_2D, renderer->sums_texture);
  glTexImage2D (GL_TEXTURE_2D, 0, GL_RGBA16F, view->width_px, view->height_px, 0, GL_RGBA,
                GL_HALF_FLOAT, NULL);
  glFramebufferTexture2D (GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D,
                          renderer->sums_texture, 0);
  renderer->sums_width_px = view->width_px;
  renderer->sums_height_px = view->height_px;
}

/* Into how many rectangles each edge is cut: as the most curved one in the drawing needs to be a quarter
 * of a pixel off at the most, without moved corners. A power of two, and many where there are few edges,
 * which a graphics processor has for nothing, so that their number seldom changes while one moves. */
static guint
count_rectangles (const CoterieDrawing *drawing, const CoterieDrawingMetrics *metrics)
{
  const CoterieDrawingGeometry *geometry = drawing->geometry;
  guint needed =
      coterie_drawing_count_segments (3.0 * geometry->max_edge_rise * metrics->scale_px, 1.0);
  guint n = geometry->n_edges <= FREE_RECTANGLES / N_FREE ? N_FREE : 1;

  if (geometry->max_edge_rise <= 0.0)
    return 1;
  while (n < needed)
    n *= 2;
  return MIN (n, MAX (MAX_RECTANGLES / geometry->n_edges, 2));
}

/* Adds up the edges in the framebuffer of sums. */
static void
sum_edges (CoterieGlRenderer *renderer,
           const CoterieDrawing *drawing,
           const CoterieDrawingView *view,
           const CoterieDrawingMetrics *metrics)
{
  guint n_rectangles = count_rectangles (drawing, metrics);
  GLint target = 0;

  glGetIntegerv (GL_DRAW_FRAMEBUFFER_BINDING, &target);
  glBindFramebuffer (GL_FRAMEBUFFER, renderer->sums_framebuffer);
  resize_sums (renderer, view);
  glClearColor (0.0f, 0.0f, 0.0f, 0.0f);
  glClear (GL_COLOR_BUFFER_BIT);
  glBlendFunc (GL_ONE, GL_ONE);
  use_program (&renderer->edge_program, drawing, view, metrics);
  glBindVertexArray (renderer->edge_array);
  glUniform3f (renderer->edge_program.edge, (float) metrics->edge_width_px,
               (float) metrics->edge_gain, (float) n_rectangles);
  glDrawArraysInstanced (GL_TRIANGLE_STRIP, 0, (GLsizei) (2 * n_rectangles + 2),
                         (GLsizei) drawing->geometry->n_edges);
  glBindFramebuffer (GL_FRAMEBUFFER, (GLuint) target);
}

static void
draw_screen (CoterieGlRenderer *renderer,
             const CoterieGlProgram *program,
             const CoterieDrawing *drawing,
             const CoterieDrawingView *view,
             const CoterieDrawingMetrics *metrics)
{
  use_program (program, drawing, view, metrics);
  glBindVertexArray (renderer->screen_array);
  glDrawArrays (GL_TRIANGLES, 0, 3);
}

static void
unbind_textures (void)
{
  glActiveTexture (GL_TEXTURE0 + NODES_UNIT);
  glBindTexture (GL_TEXTURE_2D, 0);
  glActiveTexture (GL_TEXTURE0 + TEXTURE_UNIT);
  glBindTexture (GL_TEXTURE_2D, 0);
}

/* Whether what was drawn is in the framebuffer, or nothing will be any more: a driver that has been reset
 * says so once at least, in one way or the other. */
static gboolean
check_not_lost (GError **error)
{
  GLenum fault = glGetError ();

  if (fault != GL_CONTEXT_LOST && fault != GL_OUT_OF_MEMORY)
    return TRUE;
  g_set_error_literal (error, COTERIE_GL_ERROR, COTERIE_GL_ERROR_LOST,
                       fault == GL_CONTEXT_LOST
                           ? "the driver was reset, and what OpenGL had is lost"
                           : "OpenGL is out of memory");
  return FALSE;
}

/**
 * coterie_gl_renderer_get_settled:
 * @renderer: the renderer
 *
 * Returns: whether drawing the same once more would give the same; %FALSE while labels still stand where
 *   they did before something moved
 */
gboolean
coterie_gl_renderer_get_settled (const CoterieGlRenderer *renderer)
{
  return coterie_gl_labels_get_settled (renderer->labels);
}

/**
 * coterie_gl_renderer_draw:
 * @renderer: the renderer
 * @drawing: what to draw
 * @view: camera and size; the size is that of the bound framebuffer
 * @edge_image: (nullable): the edges of @drawing in @view, of the view's size and never written again;
 *   only used where coterie_gl_renderer_get_edges() says so, %NULL then draws no edges
 * @error: return location for a #GError
 *
 * Draws into the framebuffer that is bound, and leaves it bound; its alpha becomes 1 throughout.
 * Blending and all other bindings are switched off at the end.
 *
 * Returns: %FALSE with %COTERIE_GL_ERROR_TOO_LARGE if the picture is larger than a texture may be,
 *   or the graph has more nodes than one holds, with %COTERIE_GL_ERROR_LOST if the context is of no use
 *   any more
 */
gboolean
coterie_gl_renderer_draw (CoterieGlRenderer *renderer,
                          CoterieDrawing *drawing,
                          const CoterieDrawingView *view,
                          cairo_surface_t *edge_image,
                          GError **error)
{
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, view);
  CoterieColor canvas = drawing->geometry->canvas;
  gboolean quads = renderer->edges == COTERIE_GL_EDGES_QUADS && drawing->geometry->n_edges > 0;

  if (MAX (view->width_px, view->height_px) > renderer->max_size_px) {
    g_set_error (error, COTERIE_GL_ERROR, COTERIE_GL_ERROR_TOO_LARGE,
                 "a picture of %d × %d pixels is too large for OpenGL, at most %d are possible",
                 view->width_px, view->height_px, renderer->max_size_px);
    return FALSE;
  }

  if (count_node_rows (drawing->geometry) > (guint) renderer->max_size_px) {
    g_set_error (error, COTERIE_GL_ERROR, COTERIE_GL_ERROR_TOO_LARGE,
                 "a graph of %u nodes is too large for OpenGL, at most %u are possible",
                 drawing->geometry->n_nodes,
                 (guint) renderer->max_size_px * COTERIE_GL_NODES_A_ROW);
    return FALSE;
  }

  upload_drawing (renderer, drawing);
  coterie_gl_mesh_update (renderer->mesh, drawing, view);
  glViewport (0, 0, view->width_px, view->height_px);
  glDisable (GL_DEPTH_TEST);
  glDisable (GL_SCISSOR_TEST);
  glEnable (GL_BLEND);
  glActiveTexture (GL_TEXTURE0 + TEXTURE_UNIT);
  if (quads)
    sum_edges (renderer, drawing, view, &metrics);

  glClearColor (canvas.red, canvas.green, canvas.blue, 1.0f);
  glClear (GL_COLOR_BUFFER_BIT);
  glBlendFunc (GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  coterie_gl_mesh_draw_hulls (renderer->mesh);
  if (quads) {
    glBindTexture (GL_TEXTURE_2D, renderer->sums_texture);
    draw_screen (renderer, &renderer->resolve_program, drawing, view, &metrics);
  } else if (edge_image != NULL && renderer->edges == COTERIE_GL_EDGES_IMAGE) {
    upload_image (renderer, edge_image);
    draw_screen (renderer, &renderer->image_program, drawing, view, &metrics);
  }
  coterie_gl_mesh_draw_paths (renderer->mesh);

  use_program (&renderer->node_program, drawing, view, &metrics);
  glBindVertexArray (renderer->node_array);
  glDrawArraysInstanced (GL_TRIANGLE_STRIP, 0, 4, (GLsizei) drawing->geometry->n_nodes);
  coterie_gl_labels_draw (renderer->labels, drawing, view, TEXTURE_UNIT);

  glBindVertexArray (0);
  unbind_textures ();
  glUseProgram (0);
  glDisable (GL_BLEND);
  return check_not_lost (error);
}
