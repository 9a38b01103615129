/* SPDX-License-Identifier: GPL-3.0-or-later */

/* OpenGL programs from the shaders in the resources, for OpenGL and OpenGL ES alike. */

#include "draw/scene/gl-program.h"

#include "draw/draw-resources.h"
#include "draw/scene/gl-renderer.h"

#define SHADER_PREFIX "/io/github/coterie_app/Coterie/shaders/"

/* GtkGLArea and the surfaceless context may both be either. The numbers say how nodes lie in their
 * texture. */
#define HEADER_DESKTOP "#version 330 core\n"
#define HEADER_ES "#version 300 es\nprecision highp float;\nprecision highp int;\n"
#define HEADER_NODES                                                                               \
  "#define NODES_A_ROW " G_STRINGIFY (COTERIE_GL_NODES_A_ROW) "\n"                                 \
                                                              "#define NODE_TEXELS " G_STRINGIFY ( \
                                                                  COTERIE_GL_NODE_TEXELS) "\n"

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
  const char *texts[3] = {epoxy_is_desktop_gl () ? HEADER_DESKTOP : HEADER_ES, HEADER_NODES, NULL};
  GLint lengths[3] = {-1, -1, 0};
  char log[1024] = "";
  GLint compiled = GL_FALSE;
  GLuint shader;

  if (source == NULL)
    return 0;
  texts[2] = g_bytes_get_data (source, NULL);
  lengths[2] = (GLint) g_bytes_get_size (source);

  shader = glCreateShader (stage);
  glShaderSource (shader, 3, texts, lengths);
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

/**
 * coterie_gl_program_link:
 * @program: (out caller-allocates): the program; its id is deleted with glDeleteProgram()
 * @vertex_name: a shader in the resources
 * @fragment_name: another
 * @error: return location for a #GError
 *
 * Compiles and links in the current context.
 *
 * Returns: %FALSE with %COTERIE_GL_ERROR_SHADER if the driver does not take the shaders
 */
gboolean
coterie_gl_program_link (CoterieGlProgram *program,
                         const char *vertex_name,
                         const char *fragment_name,
                         GError **error)
{
  GLuint vertex, fragment;
  GLint linked = GL_FALSE;
  char log[1024] = "";

  register_shaders ();
  vertex = compile_shader (GL_VERTEX_SHADER, vertex_name, error);
  fragment = vertex != 0 ? compile_shader (GL_FRAGMENT_SHADER, fragment_name, error) : 0;
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
  program->blend = glGetUniformLocation (program->id, "u_blend");
  program->rim_color = glGetUniformLocation (program->id, "u_rim_color");
  program->nodes = glGetUniformLocation (program->id, "u_nodes");
  program->texture = glGetUniformLocation (program->id, "u_texture");
  return TRUE;
}

/**
 * coterie_gl_texture_set_pixel_exact:
 *
 * The bound texture is read texel by texel.
 */
void
coterie_gl_texture_set_pixel_exact (void)
{
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

/**
 * coterie_gl_texture_set_swizzle:
 *
 * The bound texture will be filled with pixels of Cairo's: these are numbers in the machine's byte order,
 * and a texture takes them byte by byte.
 */
void
coterie_gl_texture_set_swizzle (void)
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
