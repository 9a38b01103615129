/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All renderers draw the same of a drawing that has everything, or next to nothing. With the environment
 * variable COTERIE_TEST_PICTURES naming a folder, the pictures are written there to look at. */

#include <epoxy/gl.h>
#include <math.h>

#include "draw/scene/cairo-renderer.h"
#include "draw/scene/software-renderer.h"
#include "offscreen.h"
#include "sample-drawing.h"

#define WIDTH 520
#define HEIGHT 440

typedef cairo_surface_t *(*DrawFunc) (CoterieDrawing *drawing, const CoterieDrawingView *view);

static Offscreen *gl_quads;
static Offscreen *gl_image;
static Offscreen *gl_es;

static cairo_surface_t *
make_surface (const CoterieDrawingView *view)
{
  return cairo_image_surface_create (CAIRO_FORMAT_ARGB32, view->width_px, view->height_px);
}

static cairo_surface_t *
draw_with_cairo (CoterieDrawing *drawing, const CoterieDrawingView *view)
{
  cairo_surface_t *surface = make_surface (view);
  cairo_t *cr = cairo_create (surface);

  coterie_cairo_renderer_draw (cr, drawing, view, NULL);
  cairo_destroy (cr);
  return surface;
}

static cairo_surface_t *
draw_as_vectors (CoterieDrawing *drawing, const CoterieDrawingView *view)
{
  cairo_surface_t *surface = make_surface (view);
  cairo_t *cr = cairo_create (surface);

  coterie_cairo_renderer_draw_vector (cr, drawing, view, NULL);
  cairo_destroy (cr);
  return surface;
}

static cairo_surface_t *
draw_with_software (CoterieDrawing *drawing, const CoterieDrawingView *view)
{
  cairo_surface_t *surface = make_surface (view);

  coterie_software_renderer_draw (drawing, view, surface, NULL, NULL);
  return surface;
}

static cairo_surface_t *
draw_with_quads (CoterieDrawing *drawing, const CoterieDrawingView *view)
{
  return offscreen_draw (gl_quads, drawing, view, NULL);
}

static cairo_surface_t *
draw_with_image (CoterieDrawing *drawing, const CoterieDrawingView *view)
{
  return offscreen_draw (gl_image, drawing, view, NULL);
}

static cairo_surface_t *
draw_with_es (CoterieDrawing *drawing, const CoterieDrawingView *view)
{
  return offscreen_draw (gl_es, drawing, view, NULL);
}

typedef struct {
  const char *name;
  DrawFunc draw;
  double most_mean;           /* difference from Cairo's picture, bytes */
  double most_different_frac; /* of the pixels */
} Renderer;

/* Cairo's coverage is an area, ours a distance: corners and thin lines differ by some bytes. Half floats
 * round, curves are cut into fewer pieces by some, and strokes over each other mix less than sums. */
static const Renderer renderers[] = {
    {"software", draw_with_software, 0.15, 0.001}, {"vector", draw_as_vectors, 0.9, 0.0015},
    {"gl-quads", draw_with_quads, 0.5, 0.001},     {"gl-image", draw_with_image, 0.15, 0.001},
    {"gl-es", draw_with_es, 0.5, 0.001},
};

static gboolean
is_missing (const Renderer *renderer)
{
  return (renderer->draw == draw_with_quads && gl_quads == NULL) ||
         (renderer->draw == draw_with_image && gl_image == NULL) ||
         (renderer->draw == draw_with_es && gl_es == NULL);
}

static CoterieDrawingView
make_view (double scale)
{
  return (CoterieDrawingView){
      .camera = {0.0, 0.0, 1.15},
      .width_px = (int) (WIDTH * scale),
      .height_px = (int) (HEIGHT * scale),
      .scale = scale,
  };
}

static guint8
get_byte (cairo_surface_t *surface, int x, int y, int channel)
{
  return cairo_image_surface_get_data (
      surface)[y * cairo_image_surface_get_stride (surface) + 4 * x + channel];
}

/* Mean difference of the channels in bytes, and the fraction of pixels that differ by more than
 * @much. */
static double
compare (cairo_surface_t *a, cairo_surface_t *b, int much, double *different_frac)
{
  int width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  double sum = 0.0;
  guint n_different = 0;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      int largest = 0;

      for (int channel = 0; channel < 4; channel++) {
        int difference = ABS (get_byte (a, x, y, channel) - get_byte (b, x, y, channel));

        largest = MAX (largest, difference);
        sum += difference;
      }
      n_different += largest > much;
    }
  *different_frac = (double) n_different / (width * height);
  return sum / (4.0 * width * height);
}

static void
keep (cairo_surface_t *surface, const char *case_name, const char *renderer_name)
{
  const char *folder = g_getenv ("COTERIE_TEST_PICTURES");
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;
  path = g_strdup_printf ("%s/%s-%s.png", folder, case_name, renderer_name);
  cairo_surface_write_to_png (surface, path);
}

typedef struct {
  const char *name;
  SampleDrawing sample;
  double scale;
  gboolean crowded; /* every pixel is a rim, where the coverages differ most */
} Case;

static const Case cases[] = {
    {"everything", {6, 9, 260, FALSE, 0.12f, TRUE, TRUE, TRUE, TRUE, TRUE, 0.0}, 1.0},
    {"everything-dark", {6, 9, 260, TRUE, 0.12f, TRUE, TRUE, TRUE, TRUE, TRUE, 0.0}, 1.0},
    {"everything-halfway", {6, 9, 260, FALSE, 0.12f, TRUE, TRUE, TRUE, TRUE, TRUE, 0.5}, 1.0},
    {"everything-fine", {6, 9, 260, FALSE, 0.12f, TRUE, TRUE, TRUE, TRUE, TRUE, 0.3}, 2.0},
    {"hulls", {6, 9, 0, FALSE, 0.0f, TRUE, FALSE, FALSE, FALSE, FALSE, 0.0}, 1.0},
    {"labels", {9, 2, 0, FALSE, 0.0f, FALSE, TRUE, FALSE, FALSE, FALSE, 0.0}, 1.0},
    {"numbers", {5, 3, 0, FALSE, 0.0f, FALSE, TRUE, TRUE, FALSE, FALSE, 0.0, TRUE}, 1.0},
    {"numbers-dark", {5, 3, 0, TRUE, 0.0f, FALSE, FALSE, FALSE, TRUE, FALSE, 0.3, TRUE}, 2.0},
    {"shapes", {6, 9, 0, FALSE, 0.0f, FALSE, FALSE, TRUE, FALSE, FALSE, 0.0}, 1.0},
    {"rings", {6, 9, 0, FALSE, 0.0f, FALSE, FALSE, TRUE, TRUE, FALSE, 0.0}, 1.0},
    {"paths", {6, 9, 0, FALSE, 0.0f, FALSE, FALSE, FALSE, FALSE, TRUE, 0.0}, 1.0},
    {"straight", {6, 9, 260, FALSE, 0.0f, FALSE, FALSE, FALSE, FALSE, FALSE, 0.0}, 1.0},
    {"curved", {6, 9, 260, FALSE, -0.2f, FALSE, FALSE, FALSE, FALSE, FALSE, 0.0}, 1.0},
    {"no-nodes", {0, 0, 0, FALSE, 0.0f, TRUE, TRUE, FALSE, FALSE, FALSE, 0.0}, 1.0},
    {"one-node", {1, 1, 0, FALSE, 0.0f, TRUE, TRUE, FALSE, TRUE, FALSE, 0.0}, 1.0},
    {"one-clique", {1, 9, 90, FALSE, 0.1f, TRUE, FALSE, FALSE, FALSE, FALSE, 0.0}, 1.0},
    {"many-nodes",
     {100, 1000, 1000, FALSE, 0.0f, FALSE, FALSE, FALSE, FALSE, FALSE, 0.5},
     1.0,
     TRUE},
};

static void
test_renderers_agree (gconstpointer data)
{
  const Case *subject = data;
  g_autoptr (CoterieDrawing) drawing = sample_drawing_new (&subject->sample);
  CoterieDrawingView view = make_view (subject->scale);
  cairo_surface_t *expected = draw_with_cairo (drawing, &view);

  keep (expected, subject->name, "cairo");
  for (guint i = 0; i < G_N_ELEMENTS (renderers); i++) {
    cairo_surface_t *surface;
    double mean, different_frac;

    if (is_missing (&renderers[i]))
      continue;
    /* At rest, labels do not depend on what was drawn before. */
    if (subject->sample.labels || subject->sample.numbers)
      cairo_surface_destroy (renderers[i].draw (drawing, &view));
    surface = renderers[i].draw (drawing, &view);
    keep (surface, subject->name, renderers[i].name);
    mean = compare (surface, expected, 24, &different_frac);
    g_test_message ("%s: mean %.4f, different %.5f", renderers[i].name, mean, different_frac);
    g_assert_cmpfloat (mean, <=, renderers[i].most_mean * (subject->crowded ? 5.0 : 1.0));
    g_assert_cmpfloat (different_frac, <=, renderers[i].most_different_frac);
    cairo_surface_destroy (surface);
  }
  cairo_surface_destroy (expected);
}

/* What moves evenly is in the middle what lies in the middle; hulls and labels apart, whose ends cannot
 * be mixed beforehand. */
static void
test_blend_is_the_mixture (void)
{
  SampleDrawing sample = sample_drawing_full;
  CoterieDrawingView view = make_view (1.0);
  g_autoptr (CoterieDrawing) drawing = NULL;
  g_autoptr (CoterieDrawing) halfway = NULL;
  g_autoptr (CoterieDrawing) mixed = NULL;

  sample.hulls = sample.labels = FALSE;
  drawing = sample_drawing_new (&sample);
  halfway = coterie_drawing_with_blend (drawing, 0.5);
  mixed = sample_drawing_new_mixed (halfway);
  for (guint i = 0; i < G_N_ELEMENTS (renderers); i++) {
    cairo_surface_t *a, *b;
    double different_frac;

    if (is_missing (&renderers[i]))
      continue;
    a = renderers[i].draw (halfway, &view);
    b = renderers[i].draw (mixed, &view);
    /* A blend is cut into as many pieces as the more curved of its ends needs. */
    g_assert_cmpfloat (compare (a, b, 4, &different_frac), <=, 0.1);
    g_assert_cmpfloat (different_frac, ==, 0.0);
    cairo_surface_destroy (a);
    cairo_surface_destroy (b);
  }
}

static void
test_blend_shares_the_geometry (void)
{
  g_autoptr (CoterieDrawing) drawing = sample_drawing_new (&sample_drawing_full);
  g_autoptr (CoterieDrawing) other = coterie_drawing_with_blend (drawing, 2.0);
  const CoterieDrawingGeometry *geometry = drawing->geometry;

  g_assert_true (other->geometry == geometry);
  g_assert_cmpfloat (drawing->s_frac, ==, 0.0);
  g_assert_cmpfloat (other->s_frac, ==, 1.0);
  g_clear_pointer (&drawing, coterie_drawing_unref);
  g_assert_cmpstr (other->geometry->labels[0].text, ==, "C0 · class 0");
}

static void
test_threads_do_not_matter (void)
{
  g_autoptr (CoterieDrawing) drawing = sample_drawing_new (&sample_drawing_full);
  g_autoptr (CoterieDrawing) halfway = coterie_drawing_with_blend (drawing, 0.4);
  CoterieDrawingView view = make_view (1.0);
  cairo_surface_t *alone = draw_with_software (halfway, &view);
  gsize n_bytes = (gsize) (cairo_image_surface_get_stride (alone) * HEIGHT);

  for (guint n_threads = 1; n_threads <= 3; n_threads++) {
    g_autoptr (CoteriePool) pool = coterie_pool_new (n_threads);
    cairo_surface_t *surface = make_surface (&view);

    coterie_software_renderer_draw (halfway, &view, surface, NULL, pool);
    g_assert_cmpmem (cairo_image_surface_get_data (surface), n_bytes,
                     cairo_image_surface_get_data (alone), n_bytes);
    cairo_surface_destroy (surface);
  }
  cairo_surface_destroy (alone);
}

/* One context draws one drawing after the other: what it keeps must follow the drawing. */
static void
test_contexts_follow_the_drawing (void)
{
  CoterieDrawingView view = make_view (1.0);

  if (gl_quads == NULL) {
    g_test_skip ("there is no OpenGL without a display");
    return;
  }
  for (guint i = 0; i < 4; i++) {
    SampleDrawing sample = sample_drawing_full;
    g_autoptr (CoterieDrawing) drawing = NULL;
    g_autoptr (Offscreen) fresh = offscreen_new (COTERIE_GL_EDGES_QUADS, NULL);
    cairo_surface_t *a, *b;
    double different_frac;

    sample.n_communities = 3 + i % 2;
    sample.dark = i >= 2;
    drawing = sample_drawing_new (&sample);
    a = offscreen_draw (gl_quads, drawing, &view, NULL);
    b = offscreen_draw (fresh, drawing, &view, NULL);
    /* Labels may prefer where they stood in the picture before. */
    g_assert_cmpfloat (compare (a, b, 2, &different_frac), <=, 0.3);
    g_assert_cmpfloat (different_frac, <=, 0.02);
    cairo_surface_destroy (a);
    cairo_surface_destroy (b);
  }
}

/* Others are seen from elsewhere, of the same drawing. */
static void
test_numbers_follow_the_view (void)
{
  SampleDrawing sample = {5, 3, 0, TRUE, 0.0f, FALSE, FALSE, FALSE, FALSE, FALSE, 0.0, TRUE};
  g_autoptr (CoterieDrawing) drawing = sample_drawing_new (&sample);
  CoterieDrawingView view = make_view (1.0);

  if (gl_quads == NULL) {
    g_test_skip ("there is no OpenGL without a display");
    return;
  }
  for (guint i = 0; i < 4; i++) {
    g_autoptr (Offscreen) fresh = offscreen_new (COTERIE_GL_EDGES_QUADS, NULL);
    cairo_surface_t *a, *b;
    double different_frac;

    view.camera.center_x = i % 2 == 0 ? 150.0 : -150.0;
    a = offscreen_draw (gl_quads, drawing, &view, NULL);
    b = offscreen_draw (fresh, drawing, &view, NULL);
    g_assert_cmpfloat (compare (a, b, 2, &different_frac), ==, 0.0);
    cairo_surface_destroy (a);
    cairo_surface_destroy (b);
  }
}

/* Objects of the current context, by asking for every name that may have been given out. */
static guint
count_objects (void)
{
  GLboolean (*const is_object[]) (GLuint name) = {
      glIsTexture, glIsBuffer, glIsVertexArray, glIsFramebuffer, glIsProgram, glIsShader,
  };
  guint n_objects = 0;

  for (guint kind = 0; kind < G_N_ELEMENTS (is_object); kind++)
    for (GLuint name = 1; name < 4096; name++)
      n_objects += is_object[kind](name) == GL_TRUE;
  return n_objects;
}

static void
bind_framebuffer (GLuint *framebuffer, GLuint *color_buffer, int width, int height)
{
  glGenFramebuffers (1, framebuffer);
  glGenRenderbuffers (1, color_buffer);
  glBindFramebuffer (GL_FRAMEBUFFER, *framebuffer);
  glBindRenderbuffer (GL_RENDERBUFFER, *color_buffer);
  glRenderbufferStorage (GL_RENDERBUFFER, GL_RGBA8, width, height);
  glFramebufferRenderbuffer (GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, *color_buffer);
}

/* A window's area is realised and unrealised, or loses its context, and everything is made again. */
static void
test_hundred_lives_leave_nothing_behind (void)
{
  g_autoptr (CoterieDrawing) drawing = sample_drawing_new (&sample_drawing_full);
  CoterieDrawingView view = {{0.0, 0.0, 0.4}, 160, 120, 1.0};
  GLuint framebuffer, color_buffer;
  guint n_objects;

  if (gl_quads == NULL) {
    g_test_skip ("there is no OpenGL without a display");
    return;
  }
  g_assert_true (offscreen_make_current (gl_quads, NULL));
  bind_framebuffer (&framebuffer, &color_buffer, view.width_px, view.height_px);
  n_objects = count_objects ();
  for (guint i = 0; i < 100; i++) {
    CoterieGlRenderer *renderer = coterie_gl_renderer_new (COTERIE_GL_EDGES_QUADS, NULL);

    g_assert_nonnull (renderer);
    g_assert_true (coterie_gl_renderer_draw (renderer, drawing, &view, NULL, NULL));
    g_assert_cmpuint (i == 0 ? count_objects () : n_objects + 1, >, n_objects);
    coterie_gl_renderer_free (renderer);
  }
  g_assert_cmpuint (count_objects (), ==, n_objects);
  g_assert_cmphex (glGetError (), ==, GL_NO_ERROR);
  glDeleteFramebuffers (1, &framebuffer);
  glDeleteRenderbuffers (1, &color_buffer);
  offscreen_release_current (gl_quads);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  gl_quads = offscreen_new (COTERIE_GL_EDGES_QUADS, NULL);
  gl_image = offscreen_new (COTERIE_GL_EDGES_IMAGE, NULL);
  gl_es = offscreen_new_for_api (COTERIE_GL_EDGES_QUADS, OFFSCREEN_ES, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/scene/renderers/agree/%s", cases[i].name);

    g_test_add_data_func (path, &cases[i], test_renderers_agree);
  }
  g_test_add_func ("/scene/renderers/blend-is-the-mixture", test_blend_is_the_mixture);
  g_test_add_func ("/scene/renderers/blend-shares-the-geometry", test_blend_shares_the_geometry);
  g_test_add_func ("/scene/renderers/threads-do-not-matter", test_threads_do_not_matter);
  g_test_add_func ("/scene/renderers/contexts-follow-the-drawing",
                   test_contexts_follow_the_drawing);
  g_test_add_func ("/scene/renderers/numbers-follow-the-view", test_numbers_follow_the_view);
  g_test_add_func ("/scene/renderers/hundred-lives-leave-nothing-behind",
                   test_hundred_lives_leave_nothing_behind);
  status = g_test_run ();

  g_clear_pointer (&gl_quads, offscreen_free);
  g_clear_pointer (&gl_image, offscreen_free);
  g_clear_pointer (&gl_es, offscreen_free);
  return status;
}
