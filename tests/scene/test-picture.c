/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole pictures without a display: OpenGL, the processor and Cairo draw the same; and what must hold
 * of a picture whoever draws it. */

#include <epoxy/gl.h>
#include <math.h>

#include "draw/scene/cairo-renderer.h"
#include "draw/scene/software-renderer.h"
#include "offscreen.h"
#include "sample-graph.h"

#define WIDTH 420
#define HEIGHT 360

typedef cairo_surface_t *(*DrawFunc) (CoterieScene *scene, const CoterieDrawingView *view);

static Offscreen *gl_quads;
static Offscreen *gl_image;

static cairo_surface_t *
draw_with_software (CoterieScene *scene, const CoterieDrawingView *view)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, view->width_px, view->height_px);

  coterie_software_renderer_draw (coterie_scene_get_drawing (scene), view, surface, NULL, NULL);
  return surface;
}

static cairo_surface_t *
draw_with_cairo (CoterieScene *scene, const CoterieDrawingView *view)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, view->width_px, view->height_px);
  cairo_t *cr = cairo_create (surface);

  coterie_cairo_renderer_draw (cr, coterie_scene_get_drawing (scene), view, NULL);
  cairo_destroy (cr);
  return surface;
}

static cairo_surface_t *
draw_as_vectors (CoterieScene *scene, const CoterieDrawingView *view)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, view->width_px, view->height_px);
  cairo_t *cr = cairo_create (surface);

  coterie_cairo_renderer_draw_vector (cr, coterie_scene_get_drawing (scene), view, NULL);
  cairo_destroy (cr);
  return surface;
}

static cairo_surface_t *
draw_in_context (Offscreen *offscreen, CoterieScene *scene, const CoterieDrawingView *view)
{
  g_autoptr (GError) error = NULL;
  cairo_surface_t *surface =
      offscreen_draw (offscreen, coterie_scene_get_drawing (scene), view, &error);

  g_assert_no_error (error);
  return surface;
}

static cairo_surface_t *
draw_with_quads (CoterieScene *scene, const CoterieDrawingView *view)
{
  return draw_in_context (gl_quads, scene, view);
}

static cairo_surface_t *
draw_with_image (CoterieScene *scene, const CoterieDrawingView *view)
{
  return draw_in_context (gl_image, scene, view);
}

static gboolean
skip_without_gl (DrawFunc draw)
{
  if ((draw == draw_with_quads && gl_quads == NULL) ||
      (draw == draw_with_image && gl_image == NULL)) {
    g_test_skip ("there is no OpenGL without a display");
    return TRUE;
  }
  return FALSE;
}

/* Nodes and straight edges alone. */
static void
make_plain (CoterieScene *scene, gboolean dark)
{
  CoterieSceneStyle style = coterie_scene_style_get_default (dark);

  style.curved = FALSE;
  style.hulls = FALSE;
  style.labels = COTERIE_SCENE_LABELS_NONE;
  coterie_scene_set_style (scene, &style);
}

static CoterieScene *
make_scene (gboolean dark)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (5, 7, 0, 40.0);
  CoterieScene *scene = coterie_scene_new ();

  make_plain (scene, dark);
  sample_graph_show (scene, sample, NULL);
  return scene;
}

static CoterieDrawingView
make_view (CoterieScene *scene, int scale)
{
  const CoterieViewport viewport = {WIDTH, HEIGHT, 24.0, {0.0, 0.0, 0.0, 0.0}};

  return (CoterieDrawingView){
      .camera = coterie_camera_fit (coterie_scene_get_bounds (scene), &viewport),
      .width_px = WIDTH * scale,
      .height_px = HEIGHT * scale,
      .scale = scale,
  };
}

static const guint8 *
get_pixel (cairo_surface_t *surface, int x, int y)
{
  cairo_surface_flush (surface);
  return cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface) +
         4 * x;
}

/* Largest and mean difference of the channels of two pictures of one size, in bytes. */
static void
compare (cairo_surface_t *a, cairo_surface_t *b, int *largest, double *mean)
{
  int width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  double sum = 0.0;

  *largest = 0;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      for (int channel = 0; channel < 4; channel++) {
        int difference = ABS (get_pixel (a, x, y)[channel] - get_pixel (b, x, y)[channel]);

        *largest = MAX (*largest, difference);
        sum += difference;
      }
  *mean = sum / (4.0 * width * height);
}

typedef struct {
  DrawFunc draw;
  int most;
  double most_mean;
} Likeness;

/* Half floats, and ends cut square: some bytes where many lines meet. */
static const Likeness quads_likeness = {draw_with_quads, 8, 0.05};
static const Likeness image_likeness = {draw_with_image, 3, 0.03};
/* Cairo's coverage is an area, ours a distance. */
static const Likeness cairo_likeness = {draw_with_cairo, 30, 0.1};
static const Likeness vector_likeness = {draw_as_vectors, 40, 0.15};

static void
test_looks_like_software (gconstpointer data)
{
  const Likeness *likeness = data;

  if (skip_without_gl (likeness->draw))
    return;

  for (gboolean dark = FALSE; dark <= TRUE; dark++) {
    g_autoptr (CoterieScene) scene = make_scene (dark);
    CoterieDrawingView view = make_view (scene, 1);
    cairo_surface_t *expected, *surface;
    double mean;
    int largest;

    coterie_scene_set_hovered (scene, coterie_scene_key (1, 3));
    expected = draw_with_software (scene, &view);
    surface = likeness->draw (scene, &view);
    compare (surface, expected, &largest, &mean);
    g_test_message ("largest difference %d, mean %.4f", largest, mean);
    g_assert_cmpint (largest, <=, likeness->most);
    g_assert_cmpfloat (mean, <=, likeness->most_mean);
    cairo_surface_destroy (surface);
    cairo_surface_destroy (expected);
  }
}

static void
test_mirrored_scene_is_mirrored (gconstpointer data)
{
  const DrawFunc *draw = data;
  g_autoptr (SampleGraph) sample = sample_graph_new (5, 7, 0, 40.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  CoterieDrawingView view;
  cairo_surface_t *surface, *mirrored;
  int largest = 0;

  if (skip_without_gl (*draw))
    return;

  make_plain (scene, FALSE);
  sample_graph_show (scene, sample, NULL);
  view = make_view (scene, 1);
  surface = (*draw) (scene, &view);
  sample_graph_mirror (sample);
  sample_graph_show (scene, sample, NULL);
  view = make_view (scene, 1);
  mirrored = (*draw) (scene, &view);

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      for (int channel = 0; channel < 4; channel++)
        largest = MAX (largest, ABS (get_pixel (surface, x, y)[channel] -
                                     get_pixel (mirrored, WIDTH - 1 - x, y)[channel]));
  g_assert_cmpint (largest, <=, 6);
  cairo_surface_destroy (surface);
  cairo_surface_destroy (mirrored);
}

/* Four pixels of the large picture make one of the small one. */
static double
get_reduced (cairo_surface_t *surface, int x, int y, int channel)
{
  double sum = 0.0;

  for (int i = 0; i < 4; i++)
    sum += get_pixel (surface, 2 * x + i % 2, 2 * y + i / 2)[channel];
  return sum / 4.0;
}

static void
test_double_scale_is_the_same_finer (gconstpointer data)
{
  const DrawFunc *draw = data;
  g_autoptr (CoterieScene) scene = make_scene (FALSE);
  CoterieDrawingView view = make_view (scene, 1), fine_view = make_view (scene, 2);
  cairo_surface_t *surface, *fine;
  double sum = 0.0;

  if (skip_without_gl (*draw))
    return;

  surface = (*draw) (scene, &view);
  fine = (*draw) (scene, &fine_view);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      for (int channel = 0; channel < 3; channel++)
        sum += fabs (get_pixel (surface, x, y)[channel] - get_reduced (fine, x, y, channel));
  g_assert_cmpfloat (sum / (3.0 * WIDTH * HEIGHT), <, 0.5);
  cairo_surface_destroy (surface);
  cairo_surface_destroy (fine);
}

static void
test_centers_have_their_colors (gconstpointer data)
{
  const DrawFunc *draw = data;
  g_autoptr (CoterieScene) scene = make_scene (TRUE);
  CoterieDrawingView view = make_view (scene, 1);
  CoterieDrawingMetrics metrics =
      coterie_drawing_measure (coterie_scene_get_drawing (scene), &view);
  cairo_surface_t *surface;

  if (skip_without_gl (*draw))
    return;

  surface = (*draw) (scene, &view);
  for (guint v = 0; v < coterie_scene_get_n_nodes (scene); v++) {
    CoterieDrawingNodeEnd node = coterie_drawing_blend_node (coterie_scene_get_drawing (scene), v);
    int x = (int) (metrics.offset_x_px + node.x * metrics.scale_px);
    int y = (int) (metrics.offset_y_px - node.y * metrics.scale_px);
    const guint8 *pixel = get_pixel (surface, x, y);
    CoterieColor color = node.color;

    g_assert_cmpfloat (fabs (pixel[2] - 255.0 * color.red), <=, 1.5);
    g_assert_cmpfloat (fabs (pixel[1] - 255.0 * color.green), <=, 1.5);
    g_assert_cmpfloat (fabs (pixel[0] - 255.0 * color.blue), <=, 1.5);
    g_assert_cmpuint (pixel[3], ==, 255);
  }
  cairo_surface_destroy (surface);
}

static void
test_nothing_is_pure_canvas (gconstpointer data)
{
  const DrawFunc *draw = data;

  if (skip_without_gl (*draw))
    return;

  for (gboolean dark = FALSE; dark <= TRUE; dark++) {
    g_autoptr (CoterieScene) scene = coterie_scene_new ();
    CoterieDrawingView view = {{0.0, 0.0, 10.0}, 64, 48, 1.0};
    guint32 expected = dark ? 0xff1e1e1e : 0xffffffff;
    cairo_surface_t *surface;

    make_plain (scene, dark);
    surface = (*draw) (scene, &view);
    for (int y = 0; y < 48; y++)
      for (int x = 0; x < 64; x++)
        g_assert_cmphex (*(const guint32 *) (const void *) get_pixel (surface, x, y), ==, expected);
    cairo_surface_destroy (surface);
  }
}

/* A context without a surface has no framebuffer of its own. */
static void
bind_framebuffer (GLuint framebuffer, GLuint color_buffer)
{
  glBindFramebuffer (GL_FRAMEBUFFER, framebuffer);
  glBindRenderbuffer (GL_RENDERBUFFER, color_buffer);
  glRenderbufferStorage (GL_RENDERBUFFER, GL_RGBA8, WIDTH, HEIGHT);
  glFramebufferRenderbuffer (GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, color_buffer);
  g_assert_cmphex (glCheckFramebufferStatus (GL_FRAMEBUFFER), ==, GL_FRAMEBUFFER_COMPLETE);
}

/* Objects of the current context, by asking for every name that was ever given out. */
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
draw_and_free (CoterieGlEdges edges, CoterieScene *scene, const CoterieDrawingView *view)
{
  g_autoptr (GError) error = NULL;
  CoterieGlRenderer *renderer = coterie_gl_renderer_new (edges, &error);

  g_assert_no_error (error);
  g_assert_true (
      coterie_gl_renderer_draw (renderer, coterie_scene_get_drawing (scene), view, NULL, &error));
  g_assert_cmpuint (count_objects (), >, 8);
  coterie_gl_renderer_free (renderer);
}

static void
test_gl_leaves_nothing_behind (void)
{
  g_autoptr (CoterieScene) scene = make_scene (FALSE);
  CoterieDrawingView view = make_view (scene, 1);
  GLuint framebuffer, color_buffer;
  guint n_objects;

  if (skip_without_gl (draw_with_quads))
    return;

  g_assert_true (offscreen_make_current (gl_quads, NULL));
  glGenFramebuffers (1, &framebuffer);
  glGenRenderbuffers (1, &color_buffer);
  bind_framebuffer (framebuffer, color_buffer);
  n_objects = count_objects ();
  for (guint i = 0; i < 100; i++)
    draw_and_free (i % 2 == 0 ? COTERIE_GL_EDGES_QUADS : COTERIE_GL_EDGES_IMAGE, scene, &view);

  g_assert_cmpuint (count_objects (), ==, n_objects);
  g_assert_cmphex (glGetError (), ==, GL_NO_ERROR);
  glDeleteFramebuffers (1, &framebuffer);
  glDeleteRenderbuffers (1, &color_buffer);
  offscreen_release_current (gl_quads);
}

static void
test_gl_refuses_what_is_too_large (void)
{
  g_autoptr (CoterieScene) scene = make_scene (FALSE);
  g_autoptr (GError) error = NULL;
  CoterieDrawingView view = {{0.0, 0.0, 1.0}, 32000, 16, 1.0};

  if (skip_without_gl (draw_with_quads))
    return;

  g_assert_null (offscreen_draw (gl_quads, coterie_scene_get_drawing (scene), &view, &error));
  g_assert_error (error, COTERIE_GL_ERROR, COTERIE_GL_ERROR_TOO_LARGE);
}

static void
add_for_each_renderer (const char *name, GTestDataFunc test)
{
  static const struct {
    const char *name;
    DrawFunc draw;
  } renderers[] = {
      {"software", draw_with_software},
      {"cairo", draw_with_cairo},
      {"gl-quads", draw_with_quads},
      {"gl-image", draw_with_image},
  };

  for (guint i = 0; i < G_N_ELEMENTS (renderers); i++) {
    g_autofree char *path = g_strdup_printf ("/scene/picture/%s/%s", name, renderers[i].name);

    g_test_add_data_func (path, &renderers[i].draw, test);
  }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  gl_quads = offscreen_new (COTERIE_GL_EDGES_QUADS, NULL);
  gl_image = offscreen_new (COTERIE_GL_EDGES_IMAGE, NULL);

  g_test_add_data_func ("/scene/picture/looks-like-software/gl-quads", &quads_likeness,
                        test_looks_like_software);
  g_test_add_data_func ("/scene/picture/looks-like-software/gl-image", &image_likeness,
                        test_looks_like_software);
  g_test_add_data_func ("/scene/picture/looks-like-software/cairo", &cairo_likeness,
                        test_looks_like_software);
  g_test_add_data_func ("/scene/picture/looks-like-software/vector", &vector_likeness,
                        test_looks_like_software);
  add_for_each_renderer ("mirrored-scene-is-mirrored", test_mirrored_scene_is_mirrored);
  add_for_each_renderer ("double-scale-is-the-same-finer", test_double_scale_is_the_same_finer);
  add_for_each_renderer ("centres-have-their-colours", test_centers_have_their_colors);
  add_for_each_renderer ("nothing-is-pure-canvas", test_nothing_is_pure_canvas);
  g_test_add_func ("/scene/picture/gl-leaves-nothing-behind", test_gl_leaves_nothing_behind);
  g_test_add_func ("/scene/picture/gl-refuses-what-is-too-large",
                   test_gl_refuses_what_is_too_large);
  status = g_test_run ();

  g_clear_pointer (&gl_quads, offscreen_free);
  g_clear_pointer (&gl_image, offscreen_free);
  return status;
}
