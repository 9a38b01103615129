/* SPDX-License-Identifier: GPL-3.0-or-later */

/* OpenGL without a display: a surfaceless context of Mesa's or of a device, drawing into a
 * framebuffer of its own, read back as a Cairo surface. Everything about EGL is asked for at run time:
 * where the library or an extension is missing there is an error, never an abort. */

#include "offscreen.h"

#include <dlfcn.h>
#include <epoxy/egl.h>
#include <epoxy/gl.h>

#include "draw/scene/edge-image.h"

#define MAX_DEVICES 8

struct _Offscreen {
  CoterieGlRenderer *renderer;
  char *device;

  EGLDisplay display;
  EGLContext context;
  EGLenum api; /* OpenGL and OpenGL ES each have a current context of their own */
  GLuint framebuffer;
  GLuint color_buffer;
  int width_px;
  int height_px;
};

static gboolean
set_unavailable (GError **error, const char *what)
{
  g_set_error (error, COTERIE_GL_ERROR, COTERIE_GL_ERROR_NOT_AVAILABLE,
               "no OpenGL without a display: %s", what);
  return FALSE;
}

/* Epoxy ends the program when it cannot open the library, so it is tried before. */
static gboolean
is_egl_installed (void)
{
  void *library = dlopen ("libEGL.so.1", RTLD_LAZY | RTLD_LOCAL);

  if (library == NULL)
    return FALSE;
  dlclose (library);
  return TRUE;
}

static gboolean
has_client_extension (const char *name)
{
  const char *names = eglQueryString (EGL_NO_DISPLAY, EGL_EXTENSIONS);

  return names != NULL && epoxy_extension_in_string (names, name);
}

/* The display is EGL's, the same for every caller, and ended for all of them at once: so it stays. */
static EGLDisplay
try_display (EGLenum platform, void *native)
{
  EGLDisplay display = eglGetPlatformDisplayEXT (platform, native, NULL);

  if (display == EGL_NO_DISPLAY || !eglInitialize (display, NULL, NULL))
    return EGL_NO_DISPLAY;
  return display;
}

static EGLDisplay
open_device_display (void)
{
  EGLDeviceEXT devices[MAX_DEVICES];
  EGLint n_devices = 0;
  EGLDisplay display = EGL_NO_DISPLAY;

  eglQueryDevicesEXT (MAX_DEVICES, devices, &n_devices);
  for (EGLint i = 0; i < n_devices && display == EGL_NO_DISPLAY; i++)
    display = try_display (EGL_PLATFORM_DEVICE_EXT, devices[i]);
  return display;
}

static EGLDisplay
open_display (void)
{
  EGLDisplay display = EGL_NO_DISPLAY;

  if (!has_client_extension ("EGL_EXT_platform_base"))
    return EGL_NO_DISPLAY;
  if (has_client_extension ("EGL_MESA_platform_surfaceless"))
    display = try_display (EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY);
  if (display == EGL_NO_DISPLAY && has_client_extension ("EGL_EXT_platform_device") &&
      has_client_extension ("EGL_EXT_device_enumeration"))
    display = open_device_display ();
  return display;
}

/**
 * offscreen_make_current:
 * @offscreen: the context
 * @error: return location for a #GError
 *
 * Makes the context current in the calling thread, for whoever calls OpenGL themselves; the functions
 * below do so on their own.
 *
 * Returns: %FALSE with %COTERIE_GL_ERROR_NOT_AVAILABLE if another thread has it
 */
gboolean
offscreen_make_current (Offscreen *offscreen, GError **error)
{
  if (eglBindAPI (offscreen->api) &&
      eglMakeCurrent (offscreen->display, EGL_NO_SURFACE, EGL_NO_SURFACE, offscreen->context))
    return TRUE;
  return set_unavailable (error, "the context cannot be made current");
}

/**
 * offscreen_release_current:
 * @offscreen: the context, current in this thread
 *
 * Leaves the calling thread without a current context.
 */
void
offscreen_release_current (Offscreen *offscreen)
{
  eglBindAPI (offscreen->api);
  eglMakeCurrent (offscreen->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
}

/* @api is EGL_OPENGL_API or EGL_OPENGL_ES_API. */
static EGLContext
make_context (Offscreen *offscreen, EGLenum api)
{
  const EGLint desktop[] = {
      EGL_CONTEXT_MAJOR_VERSION,
      3,
      EGL_CONTEXT_MINOR_VERSION,
      3,
      EGL_CONTEXT_OPENGL_PROFILE_MASK,
      EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
      EGL_NONE,
  };
  const EGLint embedded[] = {EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 0, EGL_NONE};

  offscreen->api = api;
  if (!eglBindAPI (api))
    return EGL_NO_CONTEXT;
  return eglCreateContext (offscreen->display, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT,
                           api == EGL_OPENGL_API ? desktop : embedded);
}

static gboolean
open_context (Offscreen *offscreen, OffscreenApi api, GError **error)
{
  if (!is_egl_installed ())
    return set_unavailable (error, "libEGL.so.1 is not installed");
  offscreen->display = open_display ();
  if (offscreen->display == EGL_NO_DISPLAY)
    return set_unavailable (error, "EGL offers neither a surfaceless platform nor a device");
  if (!epoxy_has_egl_extension (offscreen->display, "EGL_KHR_surfaceless_context") ||
      !epoxy_has_egl_extension (offscreen->display, "EGL_KHR_no_config_context"))
    return set_unavailable (error, "EGL cannot make a context without a surface");

  if (api != OFFSCREEN_ES)
    offscreen->context = make_context (offscreen, EGL_OPENGL_API);
  if (offscreen->context == EGL_NO_CONTEXT)
    offscreen->context = make_context (offscreen, EGL_OPENGL_ES_API);
  if (offscreen->context == EGL_NO_CONTEXT)
    return set_unavailable (error, "EGL can make neither OpenGL 3.3 nor OpenGL ES 3.0");
  return offscreen_make_current (offscreen, error);
}

/**
 * offscreen_new:
 * @edges: where edges shall be drawn
 * @error: return location for a #GError
 *
 * Opens a context. To be used by one thread at a time, and not by one in which another OpenGL context
 * is current: that one would be lost. Cost: some tenths of a second.
 *
 * Returns: (transfer full): the context, or %NULL with %COTERIE_GL_ERROR_NOT_AVAILABLE or
 *   %COTERIE_GL_ERROR_SHADER
 */
Offscreen *
offscreen_new (CoterieGlEdges edges, GError **error)
{
  return offscreen_new_for_api (edges, OFFSCREEN_ANY, error);
}

/**
 * offscreen_new_for_api:
 * @edges: where edges shall be drawn
 * @api: which OpenGL it shall be
 * @error: return location for a #GError
 *
 * Opens a context as offscreen_new() does.
 *
 * Returns: (transfer full): the context, or %NULL with %COTERIE_GL_ERROR_NOT_AVAILABLE or
 *   %COTERIE_GL_ERROR_SHADER
 */
Offscreen *
offscreen_new_for_api (CoterieGlEdges edges, OffscreenApi api, GError **error)
{
  g_autoptr (Offscreen) offscreen = g_new0 (Offscreen, 1);

  if (!open_context (offscreen, api, error))
    return NULL;

  offscreen->renderer = coterie_gl_renderer_new (edges, error);
  if (offscreen->renderer == NULL)
    return NULL;
  offscreen->device = g_strdup ((const char *) glGetString (GL_RENDERER));
  glGenFramebuffers (1, &offscreen->framebuffer);
  glGenRenderbuffers (1, &offscreen->color_buffer);
  offscreen_release_current (offscreen);
  return g_steal_pointer (&offscreen);
}

/**
 * offscreen_free:
 * @offscreen: (transfer full): the context
 *
 * Deletes everything in the context, and the context.
 */
void
offscreen_free (Offscreen *offscreen)
{
  if (offscreen->context != EGL_NO_CONTEXT) {
    if (offscreen_make_current (offscreen, NULL)) {
      g_clear_pointer (&offscreen->renderer, coterie_gl_renderer_free);
      glDeleteFramebuffers (1, &offscreen->framebuffer);
      glDeleteRenderbuffers (1, &offscreen->color_buffer);
      offscreen_release_current (offscreen);
    }
    eglDestroyContext (offscreen->display, offscreen->context);
  }
  g_free (offscreen->device);
  g_free (offscreen);
}

/**
 * offscreen_get_device:
 * @offscreen: the context
 *
 * Returns: (transfer none): what OpenGL calls itself
 */
const char *
offscreen_get_device (Offscreen *offscreen)
{
  return offscreen->device;
}

static gboolean
resize (Offscreen *offscreen, const CoterieDrawingView *view, GError **error)
{
  glBindFramebuffer (GL_FRAMEBUFFER, offscreen->framebuffer);
  if (offscreen->width_px == view->width_px && offscreen->height_px == view->height_px)
    return TRUE;

  glBindRenderbuffer (GL_RENDERBUFFER, offscreen->color_buffer);
  glRenderbufferStorage (GL_RENDERBUFFER, GL_RGBA8, view->width_px, view->height_px);
  glFramebufferRenderbuffer (GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER,
                             offscreen->color_buffer);
  if (glCheckFramebufferStatus (GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
    g_set_error (error, COTERIE_GL_ERROR, COTERIE_GL_ERROR_TOO_LARGE,
                 "OpenGL cannot draw a picture of %d × %d pixels", view->width_px, view->height_px);
    offscreen->width_px = 0;
    return FALSE;
  }
  offscreen->width_px = view->width_px;
  offscreen->height_px = view->height_px;
  return TRUE;
}

/* OpenGL's first row is the lowest. */
static void
flip_rows (guint8 *pixels, gsize stride, int height)
{
  g_autofree guint8 *row = g_malloc (stride);

  for (int top = 0, bottom = height - 1; top < bottom; top++, bottom--) {
    guint8 *upper = pixels + (gsize) top * stride;
    guint8 *lower = pixels + (gsize) bottom * stride;

    memcpy (row, upper, stride);
    memcpy (upper, lower, stride);
    memcpy (lower, row, stride);
  }
}

/* OpenGL ES gives red first, byte by byte. */
static void
swap_channels (guint8 *pixels, gsize stride, const CoterieDrawingView *view)
{
  for (int row = 0; row < view->height_px; row++) {
    guint8 *bytes = pixels + (gsize) row * stride;

    for (int column = 0; column < view->width_px; column++, bytes += 4)
      *(guint32 *) (void *) bytes = (guint32) bytes[3] << 24 | (guint32) bytes[0] << 16 |
                                    (guint32) bytes[1] << 8 | (guint32) bytes[2];
  }
}

static void
read_back (const CoterieDrawingView *view, cairo_surface_t *surface)
{
  guint8 *pixels = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);

  cairo_surface_flush (surface);
  glPixelStorei (GL_PACK_ROW_LENGTH, (GLint) (stride / 4));
  if (epoxy_is_desktop_gl ()) {
    glReadPixels (0, 0, view->width_px, view->height_px, GL_BGRA, GL_UNSIGNED_INT_8_8_8_8_REV,
                  pixels);
  } else {
    glReadPixels (0, 0, view->width_px, view->height_px, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
    swap_channels (pixels, stride, view);
  }
  glPixelStorei (GL_PACK_ROW_LENGTH, 0);
  flip_rows (pixels, stride, view->height_px);
  cairo_surface_mark_dirty (surface);
}

static gboolean
draw_current (Offscreen *offscreen,
              CoterieDrawing *drawing,
              const CoterieDrawingView *view,
              cairo_surface_t *surface,
              GError **error)
{
  cairo_surface_t *edge_image = NULL;
  gboolean drawn;

  if (!resize (offscreen, view, error))
    return FALSE;

  if (coterie_gl_renderer_get_edges (offscreen->renderer) == COTERIE_GL_EDGES_IMAGE) {
    edge_image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, view->width_px, view->height_px);
    coterie_edge_image_render_to_surface (drawing, view, 0, edge_image, NULL);
  }
  drawn = coterie_gl_renderer_draw (offscreen->renderer, drawing, view, edge_image, error);
  if (drawn)
    read_back (view, surface);
  g_clear_pointer (&edge_image, cairo_surface_destroy);
  return drawn;
}

/**
 * offscreen_draw:
 * @offscreen: the context
 * @drawing: what to draw
 * @view: camera and size
 * @error: return location for a #GError
 *
 * Returns: (transfer full): an image surface of %CAIRO_FORMAT_ARGB32, or %NULL with
 *   %COTERIE_GL_ERROR_TOO_LARGE or %COTERIE_GL_ERROR_NOT_AVAILABLE
 */
cairo_surface_t *
offscreen_draw (Offscreen *offscreen,
                CoterieDrawing *drawing,
                const CoterieDrawingView *view,
                GError **error)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, view->width_px, view->height_px);
  gboolean drawn = FALSE;

  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS) {
    g_set_error (error, COTERIE_GL_ERROR, COTERIE_GL_ERROR_TOO_LARGE,
                 "no memory for a picture of %d × %d pixels", view->width_px, view->height_px);
  } else if (offscreen_make_current (offscreen, error)) {
    drawn = draw_current (offscreen, drawing, view, surface, error);
    offscreen_release_current (offscreen);
  }

  if (!drawn)
    g_clear_pointer (&surface, cairo_surface_destroy);
  return surface;
}
