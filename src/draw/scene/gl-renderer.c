/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The scene through OpenGL. Nodes are instanced squares whose fragments know their distance from the
 * centre, so they need no multisampling. Edges are instanced rectangles added up in a framebuffer of
 * half floats and resolved in a second pass; where OpenGL itself runs on the processor, that costs ten
 * times what src/draw/scene/edge-image.c does, so its image is shown instead. Data go to the graphics
 * memory when the drawing has changed; moving the camera sends a few numbers. */

#include "draw/scene/gl-renderer.h"

#include <epoxy/gl.h>

#include "draw/draw-resources.h"

#define SHADER_PREFIX "/io/github/coterie_app/Coterie/shaders/"

/* GtkGLArea and the surfaceless context may both be either. */
#define HEADER_DESKTOP "#version 330 core\n"
#define HEADER_ES "#version 300 es\nprecision highp float;\nprecision highp int;\n"

typedef struct {
  GLuint id;
  GLint transform;
  GLint size;
  GLint sizes;
  GLint edge;
  GLint rim_color;
  GLint ring_color;
} Program;

struct _CoterieGlRenderer {
  CoterieDrawing *uploaded_drawing;
  cairo_surface_t *uploaded_image;

  Program node_program;
  Program edge_program;
  Program resolve_program;
  Program image_program;
  GLuint node_array;
  GLuint edge_array;
  GLuint screen_array;
  GLuint node_buffer;
  GLuint edge_buffer;
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

/* The linker drops a constructor that nothing refers to, so a static library registers by hand. */
static void
register_shaders (void)
{
  static gsize registered;

  if (g_once_init_enter (&registered)) {
    coterie_draw_register_resource ();
    g_once_init_leave (&registered, TRUE);
  }
}

static GLuint
compile_shader (GLenum stage, const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (SHADER_PREFIX, name, NULL);
  g_autoptr (GBytes) source = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  const char *texts[2] = {epoxy_is_desktop_gl () ? HEADER_DESKTOP : HEADER_ES, NULL};
  GLint lengths[2] = {-1, 0};
  char log[1024] = "";
  GLint compiled = GL_FALSE;
  GLuint shader;

  if (source == NULL)
    return 0;
  texts[1] = g_bytes_get_data (source, NULL);
  lengths[1] = (GLint) g_bytes_get_size (source);

  shader = glCreateShader (stage);
  glShaderSource (shader, 2, texts, lengths);
  glCompileShader (shader);
  glGetShaderiv (shader, GL_COMPILE_STATUS, &compiled);
  if (compiled)
    return shader;

  glGetShaderInfoLog (shader, sizeof log, NULL, log);
  glDeleteShader (shader);
  g_set_error (error, COTERIE_GL_ERROR, COTERIE_GL_ERROR_SHADER,
               "%s: the OpenGL driver does not accept the shader: %s", name, g_strstrip (log));
  return 0;
}

static gboolean
link_program (Program *program, const char *vertex_name, const char *fragment_name, GError **error)
{
  GLuint vertex = compile_shader (GL_VERTEX_SHADER, vertex_name, error);
  GLuint fragment = vertex != 0 ? compile_shader (GL_FRAGMENT_SHADER, fragment_name, error) : 0;
  GLint linked = GL_FALSE;
  char log[1024] = "";

  if (vertex == 0 || fragment == 0) {
    glDeleteShader (vertex);
    return FALSE;
  }
  program->id = glCreateProgram ();
  glAttachShader (program->id, vertex);
  glAttachShader (program->id, fragment);
  glLinkProgram (program->id);
  glDeleteShader (vertex);
  glDeleteShader (fragment);

  glGetProgramiv (program->id, GL_LINK_STATUS, &linked);
  if (!linked) {
    glGetProgramInfoLog (program->id, sizeof log, NULL, log);
    g_set_error (error, COTERIE_GL_ERROR, COTERIE_GL_ERROR_SHADER,
                 "%s, %s: the OpenGL driver cannot link the shaders: %s", vertex_name,
                 fragment_name, g_strstrip (log));
    return FALSE;
  }
  program->transform = glGetUniformLocation (program->id, "u_transform");
  program->size = glGetUniformLocation (program->id, "u_size");
  program->sizes = glGetUniformLocation (program->id, "u_sizes");
  program->edge = glGetUniformLocation (program->id, "u_edge");
  program->rim_color = glGetUniformLocation (program->id, "u_rim_color");
  program->ring_color = glGetUniformLocation (program->id, "u_ring_color");
  return TRUE;
}

static void
set_attribute (GLuint location, GLint n_floats, gsize stride, gsize offset)
{
  glEnableVertexAttribArray (location);
  glVertexAttribPointer (location, n_floats, GL_FLOAT, GL_FALSE, (GLsizei) stride,
                         GSIZE_TO_POINTER (offset));
  glVertexAttribDivisor (location, 1);
}

static void
make_arrays (CoterieGlRenderer *renderer)
{
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
  set_attribute (0, 2, sizeof (CoterieDrawingNode), G_STRUCT_OFFSET (CoterieDrawingNode, x));
  set_attribute (1, 2, sizeof (CoterieDrawingNode),
                 G_STRUCT_OFFSET (CoterieDrawingNode, radius_px));
  set_attribute (2, 4, sizeof (CoterieDrawingNode), G_STRUCT_OFFSET (CoterieDrawingNode, color));

  glBindVertexArray (renderer->edge_array);
  glBindBuffer (GL_ARRAY_BUFFER, renderer->edge_buffer);
  set_attribute (0, 4, sizeof (CoterieDrawingEdge), G_STRUCT_OFFSET (CoterieDrawingEdge, x0));
  set_attribute (1, 4, sizeof (CoterieDrawingEdge), G_STRUCT_OFFSET (CoterieDrawingEdge, color));
  glBindVertexArray (0);
  glBindBuffer (GL_ARRAY_BUFFER, 0);
}

static void
set_pixel_exact (void)
{
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

/* Cairo's pixels are numbers in the machine's byte order; a texture takes them byte by byte. */
static void
set_swizzle (void)
{
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  const GLint swizzle[4] = {GL_BLUE, GL_GREEN, GL_RED, GL_ALPHA};
#else
  const GLint swizzle[4] = {GL_GREEN, GL_BLUE, GL_ALPHA, GL_RED};
#endif

  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_R, swizzle[0]);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_G, swizzle[1]);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_B, swizzle[2]);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_A, swizzle[3]);
}

static void
make_textures (CoterieGlRenderer *renderer)
{
  GLuint textures[2];

  glGenTextures (2, textures);
  renderer->sums_texture = textures[0];
  renderer->image_texture = textures[1];
  glGenFramebuffers (1, &renderer->sums_framebuffer);

  glBindTexture (GL_TEXTURE_2D, renderer->sums_texture);
  set_pixel_exact ();
  glBindTexture (GL_TEXTURE_2D, renderer->image_texture);
  set_pixel_exact ();
  set_swizzle ();
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

static CoterieGlEdges
choose_edges (CoterieGlEdges edges)
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
  register_shaders ();
  if (!link_program (&renderer->node_program, "node.vert.glsl", "node.frag.glsl", error) ||
      !link_program (&renderer->edge_program, "edge.vert.glsl", "edge.frag.glsl", error) ||
      !link_program (&renderer->resolve_program, "screen.vert.glsl", "resolve.frag.glsl", error) ||
      !link_program (&renderer->image_program, "screen.vert.glsl", "image.frag.glsl", error))
    return NULL;

  glGetIntegerv (GL_MAX_TEXTURE_SIZE, &renderer->max_size_px);
  renderer->edges = choose_edges (edges);
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
  glDeleteProgram (renderer->node_program.id);
  glDeleteProgram (renderer->edge_program.id);
  glDeleteProgram (renderer->resolve_program.id);
  glDeleteProgram (renderer->image_program.id);
  glDeleteVertexArrays (
      3, (GLuint[]){renderer->node_array, renderer->edge_array, renderer->screen_array});
  glDeleteBuffers (2, (GLuint[]){renderer->node_buffer, renderer->edge_buffer});
  glDeleteTextures (2, (GLuint[]){renderer->sums_texture, renderer->image_texture});
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

static void
upload_drawing (CoterieGlRenderer *renderer, CoterieDrawing *drawing)
{
  if (renderer->uploaded_drawing == drawing)
    return;

  glBindBuffer (GL_ARRAY_BUFFER, renderer->node_buffer);
  glBufferData (GL_ARRAY_BUFFER, (GLsizeiptr) (drawing->n_nodes * sizeof *drawing->nodes),
                drawing->nodes, GL_STREAM_DRAW);
  if (renderer->edges == COTERIE_GL_EDGES_QUADS) {
    glBindBuffer (GL_ARRAY_BUFFER, renderer->edge_buffer);
    glBufferData (GL_ARRAY_BUFFER, (GLsizeiptr) (drawing->n_edges * sizeof *drawing->edges),
                  drawing->edges, GL_STREAM_DRAW);
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
use_program (const Program *program,
             const CoterieDrawing *drawing,
             const CoterieDrawingView *view,
             const CoterieDrawingMetrics *metrics)
{
  glUseProgram (program->id);
  glUniform3f (program->transform, (float) metrics->scale_px, (float) metrics->offset_x_px,
               (float) metrics->offset_y_px);
  glUniform2f (program->size, (float) view->width_px, (float) view->height_px);
  glUniform4f (program->sizes, (float) metrics->node_scale, (float) metrics->rim_px,
               (float) metrics->ring_gap_px, (float) metrics->ring_px);
  glUniform2f (program->edge, (float) metrics->edge_width_px, (float) metrics->edge_gain);
  glUniform3f (program->rim_color, drawing->rim.red, drawing->rim.green, drawing->rim.blue);
  glUniform3f (program->ring_color, drawing->ring.red, drawing->ring.green, drawing->ring.blue);
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

/* Adds up the edges in the framebuffer of sums and leaves its texture bound. */
static void
sum_edges (CoterieGlRenderer *renderer,
           const CoterieDrawing *drawing,
           const CoterieDrawingView *view,
           const CoterieDrawingMetrics *metrics)
{
  GLint target = 0;

  glGetIntegerv (GL_DRAW_FRAMEBUFFER_BINDING, &target);
  glBindFramebuffer (GL_FRAMEBUFFER, renderer->sums_framebuffer);
  resize_sums (renderer, view);
  glClearColor (0.0f, 0.0f, 0.0f, 0.0f);
  glClear (GL_COLOR_BUFFER_BIT);
  glBlendFunc (GL_ONE, GL_ONE);
  use_program (&renderer->edge_program, drawing, view, metrics);
  glBindVertexArray (renderer->edge_array);
  glDrawArraysInstanced (GL_TRIANGLE_STRIP, 0, 4, (GLsizei) drawing->n_edges);
  glBindFramebuffer (GL_FRAMEBUFFER, (GLuint) target);
  glBindTexture (GL_TEXTURE_2D, renderer->sums_texture);
}

static void
draw_screen (CoterieGlRenderer *renderer,
             const Program *program,
             const CoterieDrawing *drawing,
             const CoterieDrawingView *view,
             const CoterieDrawingMetrics *metrics)
{
  use_program (program, drawing, view, metrics);
  glBindVertexArray (renderer->screen_array);
  glDrawArrays (GL_TRIANGLES, 0, 3);
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
 * Returns: %FALSE with %COTERIE_GL_ERROR_TOO_LARGE if the picture is larger than a texture may be
 */
gboolean
coterie_gl_renderer_draw (CoterieGlRenderer *renderer,
                          CoterieDrawing *drawing,
                          const CoterieDrawingView *view,
                          cairo_surface_t *edge_image,
                          GError **error)
{
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, view);
  gboolean quads = renderer->edges == COTERIE_GL_EDGES_QUADS && drawing->n_edges > 0;

  if (MAX (view->width_px, view->height_px) > renderer->max_size_px) {
    g_set_error (error, COTERIE_GL_ERROR, COTERIE_GL_ERROR_TOO_LARGE,
                 "a picture of %d × %d pixels is too large for OpenGL, at most %d are possible",
                 view->width_px, view->height_px, renderer->max_size_px);
    return FALSE;
  }

  upload_drawing (renderer, drawing);
  glViewport (0, 0, view->width_px, view->height_px);
  glDisable (GL_DEPTH_TEST);
  glDisable (GL_SCISSOR_TEST);
  glEnable (GL_BLEND);
  glActiveTexture (GL_TEXTURE0);
  if (quads)
    sum_edges (renderer, drawing, view, &metrics);

  glClearColor (drawing->canvas.red, drawing->canvas.green, drawing->canvas.blue, 1.0f);
  glClear (GL_COLOR_BUFFER_BIT);
  glBlendFunc (GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  if (quads) {
    draw_screen (renderer, &renderer->resolve_program, drawing, view, &metrics);
  } else if (edge_image != NULL && renderer->edges == COTERIE_GL_EDGES_IMAGE) {
    upload_image (renderer, edge_image);
    draw_screen (renderer, &renderer->image_program, drawing, view, &metrics);
  }

  use_program (&renderer->node_program, drawing, view, &metrics);
  glBindVertexArray (renderer->node_array);
  glDrawArraysInstanced (GL_TRIANGLE_STRIP, 0, 4, (GLsizei) drawing->n_nodes);

  glBindVertexArray (0);
  glBindTexture (GL_TEXTURE_2D, 0);
  glUseProgram (0);
  glDisable (GL_BLEND);
  return TRUE;
}
