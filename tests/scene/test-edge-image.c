/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "draw/scene/edge-image.h"

#include <math.h>

#include "core/base/rng.h"

#define WIDTH 240
#define HEIGHT 150

/* One pixel a layout unit, the origin in the lower left corner. */
static const CoterieDrawingView view = {
    .camera = {WIDTH / 2.0, HEIGHT / 2.0, 1.0},
    .width_px = WIDTH,
    .height_px = HEIGHT,
    .scale = 1.0,
};

/* An edge between two nodes of its own, which it has at both ends of the blend. */
typedef struct {
  float x0;
  float y0;
  float x1;
  float y1;
  CoterieColor color;
  float bend;
} Segment;

static CoterieDrawing *
make_drawing (const Segment *segments, guint n_edges)
{
  g_autofree CoterieDrawingNode *nodes = g_new0 (CoterieDrawingNode, 2 * n_edges);
  g_autofree CoterieDrawingEdge *edges = g_new0 (CoterieDrawingEdge, n_edges);

  for (guint e = 0; e < n_edges; e++) {
    const Segment *segment = &segments[e];

    for (guint end = 0; end < 2; end++) {
      nodes[2 * e].ends[end] = (CoterieDrawingNodeEnd){.x = segment->x0, .y = segment->y0};
      nodes[2 * e + 1].ends[end] = (CoterieDrawingNodeEnd){.x = segment->x1, .y = segment->y1};
      edges[e].colors[end] = segment->color;
    }
    edges[e].source = 2 * e;
    edges[e].target = 2 * e + 1;
    edges[e].width = 1.0f;
    edges[e].bend = segment->bend;
  }
  return coterie_drawing_new (
      &(CoterieDrawingGeometry){
          .n_nodes = 2 * n_edges, .nodes = nodes, .n_edges = n_edges, .edges = edges},
      0.0);
}

static Segment *
make_random_segments (guint64 seed, guint n_edges, double overhang)
{
  Segment *segments = g_new0 (Segment, n_edges);
  CoterieRng rng;

  coterie_rng_init (&rng, seed, 0);
  for (guint e = 0; e < n_edges; e++) {
    float ends[4];

    for (guint i = 0; i < 4; i++)
      ends[i] = (float) ((coterie_rng_uniform (&rng) * (1.0 + 2.0 * overhang) - overhang) *
                         (i % 2 == 0 ? WIDTH : HEIGHT));
    segments[e] = (Segment){ends[0], ends[1], ends[2], ends[3], {0.2f, 0.5f, 0.9f, 0.3f}, 0.0f};
  }
  return segments;
}

static CoterieDrawing *
make_random_drawing (guint64 seed, guint n_edges, double overhang)
{
  g_autofree Segment *segments = make_random_segments (seed, n_edges, overhang);

  return make_drawing (segments, n_edges);
}

static guint8 *
render (const CoterieDrawing *drawing, const CoterieDrawingView *where, CoteriePool *pool)
{
  gsize stride = 4 * (gsize) where->width_px;
  guint8 *pixels = g_malloc0 (stride * (gsize) where->height_px);

  coterie_edge_image_render (drawing, where, 0, where->height_px, pixels, stride, pool);
  return pixels;
}

static guint32
get_pixel (const guint8 *pixels, int x, int y)
{
  return ((const guint32 *) (const void *) pixels)[y * WIDTH + x];
}

static void
assert_near_byte (guint32 byte, double expected)
{
  g_assert_cmpfloat (fabs (byte - expected), <=, 0.75);
}

/* A line through the middle of a row of pixels covers them wholly and no others. */
static void
test_level_line_has_the_opacity (void)
{
  const Segment edge = {20.5f, 50.5f, 100.5f, 50.5f, {1.0f, 0.5f, 0.0f, 0.8f}};
  g_autoptr (CoterieDrawing) drawing = make_drawing (&edge, 1);
  g_autofree guint8 *pixels = render (drawing, &view, NULL);
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, &view);
  double opacity = -expm1 (-0.8 * metrics.edge_gain);
  guint32 pixel = get_pixel (pixels, 60, HEIGHT - 51);

  assert_near_byte (pixel >> 24, 255.0 * opacity);
  assert_near_byte (pixel >> 16 & 0xff, 255.0 * opacity);
  assert_near_byte (pixel >> 8 & 0xff, 127.5 * opacity);
  assert_near_byte (pixel & 0xff, 0.0);
  g_assert_cmphex (get_pixel (pixels, 60, HEIGHT - 52), ==, 0);
  g_assert_cmphex (get_pixel (pixels, 60, HEIGHT - 50), ==, 0);
  g_assert_cmphex (get_pixel (pixels, 15, HEIGHT - 51), ==, 0);
  g_assert_cmphex (get_pixel (pixels, 110, HEIGHT - 51), ==, 0);
}

/* The definition, pixel by pixel, for edges inside of the picture. */
static guint8 *
render_naively (const CoterieDrawing *drawing, const Segment *segments)
{
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, &view);
  guint8 *opacities = g_malloc0 (WIDTH * HEIGHT);

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++) {
      double density = 0.0;

      for (guint e = 0; e < drawing->geometry->n_edges; e++) {
        const Segment *edge = &segments[e];
        double dx = edge->x1 - edge->x0, dy = edge->y1 - edge->y0;
        double length = hypot (dx, dy);
        double px = x + 0.5 - edge->x0, py = HEIGHT - y - 0.5 - edge->y0;
        double along = fabs (dx) >= fabs (dy) ? px / dx : py / dy;
        double distance = fabs (px * dy - py * dx) / length;

        if (along >= 0.0 && along < 1.0)
          density += CLAMP (0.5 * metrics.edge_width_px + 0.5 - distance, 0.0, 1.0) *
                     edge->color.alpha * metrics.edge_gain;
      }
      opacities[y * WIDTH + x] = (guint8) lrint (-255.0 * expm1 (-density));
    }
  return opacities;
}

static void
test_follows_the_definition (void)
{
  g_autofree Segment *segments = make_random_segments (7, 60, 0.0);
  g_autoptr (CoterieDrawing) drawing = make_drawing (segments, 60);
  g_autofree guint8 *pixels = render (drawing, &view, NULL);
  g_autofree guint8 *opacities = render_naively (drawing, segments);

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      g_assert_cmpint (ABS ((int) (get_pixel (pixels, x, y) >> 24) - opacities[y * WIDTH + x]), <=,
                       1);
}

/* At twice the pixels a layout unit lines are wider than the three pixels of the usual case. */
static void
test_wide_lines_follow_too (void)
{
  const Segment edge = {20.0f, 20.0f, 80.0f, 55.0f, {0.0f, 0.0f, 0.0f, 5.0f}};
  g_autoptr (CoterieDrawing) drawing = make_drawing (&edge, 1);
  CoterieDrawingView large = view;
  CoterieDrawingMetrics metrics;
  g_autofree guint8 *pixels = NULL;
  guint n_dark = 0;

  large.width_px *= 4;
  large.height_px *= 4;
  large.scale = 4.0;
  pixels = render (drawing, &large, NULL);
  metrics = coterie_drawing_measure (drawing, &large);
  g_assert_cmpfloat (metrics.edge_width_px, ==, 4.0);
  for (int i = 0; i < large.width_px * large.height_px; i++)
    n_dark += pixels[4 * i + 3] > 127;

  /* Opacity passes one half where coverage does at ln 2 of 5: 0.36 pixels outside of the line. */
  g_assert_cmpfloat (fabs (n_dark / (4.0 * hypot (60.0, 35.0)) - (4.0 + 2.0 * 0.36)), <, 0.1);
}

/* A pixel on the curve is covered by half at least, whichever way it bends and in every direction. */
static void
test_curves_follow_the_arc (void)
{
  for (guint i = 0; i < 16; i++) {
    double angle = G_PI * i / 8.0;
    double dx = 60.0 * cos (angle), dy = 60.0 * sin (angle);
    double bend = i % 2 == 0 ? 0.2 : -0.3;
    const Segment edge = {(float) (120.0 - dx), (float) (75.0 - dy),      (float) (120.0 + dx),
                          (float) (75.0 + dy),  {0.0f, 0.0f, 0.0f, 9.0f}, (float) bend};
    g_autoptr (CoterieDrawing) drawing = make_drawing (&edge, 1);
    g_autofree guint8 *pixels = render (drawing, &view, NULL);

    for (double u = 0.02; u < 0.98; u += 0.01) {
      /* To the left of the way, y upwards. */
      double off = 4.0 * bend * u * (1.0 - u);
      double x = 120.0 + (2.0 * u - 1.0) * dx - 2.0 * off * dy;
      double y = 75.0 + (2.0 * u - 1.0) * dy + 2.0 * off * dx;

      g_assert_cmpuint (get_pixel (pixels, (int) x, HEIGHT - 1 - (int) y) >> 24, >, 40);
    }
    g_assert_cmphex (get_pixel (pixels, 120, HEIGHT - 76), ==, 0);
  }
}

/* From very near, a piece of a curve crosses the picture. Wherever its opacity is greatest in a row or a
 * column, the curve is not further than a quarter of a pixel, and half a one for the pixel itself. */
static void
test_curves_have_no_corners_from_near (void)
{
  for (guint i = 0; i < 8; i++) {
    double angle = 0.05 + G_PI * i / 4.0, length = 20000.0;
    double dx = 0.5 * length * cos (angle), dy = 0.5 * length * sin (angle);
    double bend = 0.09, middle_x = 120.0 + 2.0 * bend * dy, middle_y = 75.0 - 2.0 * bend * dx;
    const Segment edge = {(float) (middle_x - dx),  (float) (middle_y - dy),
                          (float) (middle_x + dx),  (float) (middle_y + dy),
                          {0.0f, 0.0f, 0.0f, 0.6f}, (float) bend};
    g_autoptr (CoterieDrawing) drawing = make_drawing (&edge, 1);
    g_autofree guint8 *pixels = render (drawing, &view, NULL);
    guint n_points = 0;

    for (double u = 0.49; u < 0.51; u += 0.00005) {
      double off = 4.0 * bend * u * (1.0 - u);
      double x = middle_x + (2.0 * u - 1.0) * dx - 2.0 * off * dy;
      double y = HEIGHT - (middle_y + (2.0 * u - 1.0) * dy + 2.0 * off * dx);

      if (x < 2.0 || x >= WIDTH - 2.0 || y < 2.0 || y >= HEIGHT - 2.0)
        continue;
      n_points++;
      g_assert_cmpuint (get_pixel (pixels, (int) x, (int) y) >> 24, >, 20);
    }
    g_assert_cmpuint (n_points, >, 50);
  }
}

static void
test_pieces_follow_from_the_height_of_the_curve (void)
{
  g_assert_cmpuint (coterie_drawing_count_segments (500.0, 0.0), ==, 1);
  for (double length_px = 10.0; length_px < 50000.0; length_px *= 1.3) {
    guint n = coterie_drawing_count_segments (length_px, -0.09);
    double error_px = 0.5 * 0.09 * length_px / ((double) n * n);

    g_assert_cmpuint (n, ==, coterie_drawing_count_segments (length_px, 0.09));
    g_assert_cmpfloat (error_px, <=, n > COTERIE_DRAWING_USUAL_SEGMENTS ? 0.25 : 0.375);
  }
}

/* The instruction sets give the same bytes; those that the processor lacks fall back. */
static void
assert_instruction_sets_agree (const CoterieDrawing *drawing, const guint8 *pixels)
{
  for (guint i = 0; i < 2; i++) {
    g_autofree guint8 *other = NULL;

    g_setenv ("COTERIE_KERNELS", i == 0 ? "baseline" : "avx2", TRUE);
    other = render (drawing, &view, NULL);
    g_unsetenv ("COTERIE_KERNELS");
    g_assert_cmpmem (other, 4 * WIDTH * HEIGHT, pixels, 4 * WIDTH * HEIGHT);
  }
}

static void
test_instruction_sets_agree (void)
{
  g_autoptr (CoterieDrawing) drawing = make_random_drawing (13, 400, 0.3);
  g_autofree guint8 *pixels = render (drawing, &view, NULL);

  assert_instruction_sets_agree (drawing, pixels);
}

/* Every other edge has the same colour, so many that they are summed as densities, unless they deviate
 * from it by a little. */
static CoterieDrawing *
make_colorful_drawing (guint64 seed, float deviation)
{
  const guint n_edges = 2 * COTERIE_EDGE_HUE_MIN_EDGES;
  g_autofree Segment *segments = make_random_segments (seed, n_edges, 0.3);

  for (guint e = 0; e < n_edges; e++) {
    segments[e].color.alpha = 0.01f;
    if (e % 2 == 0)
      segments[e].color.green += deviation * (float) e;
    else
      segments[e].color.red += 0.5f * (float) e / (float) n_edges;
  }
  return make_drawing (segments, n_edges);
}

static void
test_many_of_a_color_are_as_others (void)
{
  g_autoptr (CoterieDrawing) drawing = make_colorful_drawing (19, 0.0f);
  g_autoptr (CoterieDrawing) other_drawing = make_colorful_drawing (19, 1e-7f);
  g_autofree guint8 *pixels = render (drawing, &view, NULL);
  g_autofree guint8 *other = render (other_drawing, &view, NULL);

  g_assert_cmpuint (drawing->geometry->edge_hues.n, ==, 1);
  g_assert_cmpuint (other_drawing->geometry->edge_hues.n, ==, 0);
  for (int i = 0; i < 4 * WIDTH * HEIGHT; i++)
    g_assert_cmpint (ABS (pixels[i] - other[i]), <=, 1);
}

static void
test_many_of_a_color_are_the_same_everywhere (void)
{
  g_autoptr (CoterieDrawing) drawing = make_colorful_drawing (23, 0.0f);
  g_autofree guint8 *pixels = render (drawing, &view, NULL);
  g_autofree guint8 *strip = g_malloc0 (4 * WIDTH * 40);
  g_autofree guint8 *shared = NULL;
  g_autoptr (CoteriePool) pool = NULL;

  assert_instruction_sets_agree (drawing, pixels);
  coterie_edge_image_render (drawing, &view, 70, 40, strip, 4 * WIDTH, NULL);
  g_assert_cmpmem (strip, 4 * WIDTH * 40, pixels + 4 * WIDTH * 70, 4 * WIDTH * 40);
  pool = coterie_pool_new (3);
  shared = render (drawing, &view, pool);
  g_assert_cmpmem (shared, 4 * WIDTH * HEIGHT, pixels, 4 * WIDTH * HEIGHT);
}

static void
test_order_does_not_matter (void)
{
  g_autofree Segment *segments = make_random_segments (3, 200, 0.0);
  g_autofree Segment *backwards = g_new (Segment, 200);
  g_autoptr (CoterieDrawing) drawing = make_drawing (segments, 200);
  g_autoptr (CoterieDrawing) reversed = NULL;
  g_autofree guint8 *pixels = render (drawing, &view, NULL);
  g_autofree guint8 *other = NULL;

  for (guint e = 0; e < 200; e++)
    backwards[e] = segments[199 - e];
  reversed = make_drawing (backwards, 200);
  other = render (reversed, &view, NULL);
  for (int i = 0; i < 4 * WIDTH * HEIGHT; i++)
    g_assert_cmpint (ABS (pixels[i] - other[i]), <=, 1);
}

static void
test_threads_do_not_matter (void)
{
  g_autoptr (CoterieDrawing) drawing = make_random_drawing (5, 500, 0.7);
  g_autofree guint8 *alone = render (drawing, &view, NULL);

  for (guint n_threads = 1; n_threads <= 3; n_threads++) {
    g_autoptr (CoteriePool) pool = coterie_pool_new (n_threads);
    g_autofree guint8 *shared = render (drawing, &view, pool);

    g_assert_cmpmem (shared, 4 * WIDTH * HEIGHT, alone, 4 * WIDTH * HEIGHT);
  }
}

static void
test_strips_are_the_whole (void)
{
  g_autoptr (CoterieDrawing) drawing = make_random_drawing (11, 300, 0.7);
  g_autofree guint8 *whole = render (drawing, &view, NULL);
  g_autofree guint8 *strip = g_malloc (4 * WIDTH * HEIGHT);

  for (int row = 0; row < HEIGHT; row += 37) {
    int n_rows = MIN (37, HEIGHT - row);

    memset (strip, 0, 4 * WIDTH * HEIGHT);
    coterie_edge_image_render (drawing, &view, row, n_rows, strip, 4 * WIDTH, NULL);
    g_assert_cmpmem (strip, (gsize) (4 * WIDTH * n_rows), whole + 4 * WIDTH * row,
                     (gsize) (4 * WIDTH * n_rows));
  }
}

/* Moved by whole pixels, edges are the same elsewhere in the picture, whatever parts it is drawn in. */
static void
assert_moves_with_the_camera (const CoterieDrawing *drawing, double scale)
{
  CoterieDrawingView large = view, moved;
  g_autofree guint8 *pixels = NULL, *other = NULL;
  const int dx = 37, dy = 53;

  large.width_px = 1 + (int) (WIDTH * scale);
  large.height_px = 3 + (int) (HEIGHT * scale);
  large.scale = scale;
  moved = large;
  moved.camera.center_x += dx / scale;
  moved.camera.center_y -= dy / scale;
  pixels = render (drawing, &large, NULL);
  other = render (drawing, &moved, NULL);
  for (int y = 0; y < large.height_px - dy; y++)
    for (int x = 0; x < 4 * (large.width_px - dx); x++)
      g_assert_cmpint (ABS (pixels[4 * large.width_px * (y + dy) + x + 4 * dx] -
                            other[4 * large.width_px * y + x]),
                       <=, 1);
}

static void
test_parts_do_not_show (void)
{
  g_autoptr (CoterieDrawing) drawing = make_random_drawing (17, 150, 0.2);

  assert_moves_with_the_camera (drawing, 1.0);
  assert_moves_with_the_camera (drawing, 3.0);
}

/* The densities of many edges add up; their colour stays. */
static void
test_dense_edges_keep_their_color (void)
{
  g_autofree Segment *edges = g_new (Segment, 300);
  g_autoptr (CoterieDrawing) drawing = NULL;
  g_autofree guint8 *pixels = NULL;
  guint32 pixel;

  for (guint e = 0; e < 300; e++)
    edges[e] = (Segment){20.5f, 50.5f, 100.5f, 50.5f, {1.0f, 0.5f, 0.2f, 5.0f}, 0.0f};
  drawing = make_drawing (edges, 300);
  pixels = render (drawing, &view, NULL);
  pixel = get_pixel (pixels, 60, HEIGHT - 51);
  assert_near_byte (pixel >> 24, 255.0);
  assert_near_byte (pixel >> 16 & 0xff, 255.0);
  assert_near_byte (pixel >> 8 & 0xff, 127.5);
  assert_near_byte (pixel & 0xff, 51.0);
}

/* Lines that go far beyond the picture, and some that miss it. */
static void
test_clips_far_lines (void)
{
  const Segment edges[] = {
      {-1e6f, 75.5f, 1e6f, 75.5f, {0.0f, 0.0f, 0.0f, 9.0f}},
      {120.5f, -1e6f, 120.5f, 1e6f, {0.0f, 0.0f, 0.0f, 9.0f}},
      {-1e6f, 500.0f, 1e6f, 500.0f, {0.0f, 0.0f, 0.0f, 9.0f}},
      {-50.0f, -1e5f, -50.0f, 1e5f, {0.0f, 0.0f, 0.0f, 9.0f}},
      {30.0f, 30.0f, 30.0f, 30.0f, {0.0f, 0.0f, 0.0f, 9.0f}},
  };
  g_autoptr (CoterieDrawing) drawing = make_drawing (edges, G_N_ELEMENTS (edges));
  g_autofree guint8 *pixels = render (drawing, &view, NULL);

  for (int x = 0; x < WIDTH; x++)
    g_assert_cmpuint (get_pixel (pixels, x, HEIGHT - 76) >> 24, >, 240);
  for (int y = 0; y < HEIGHT; y++)
    g_assert_cmpuint (get_pixel (pixels, 120, y) >> 24, >, 240);
  g_assert_cmphex (get_pixel (pixels, 0, 0), ==, 0);
  g_assert_cmphex (get_pixel (pixels, 30, HEIGHT - 31), ==, 0);
}

static void
test_draws_over_what_is_there (void)
{
  g_autoptr (CoterieDrawing) drawing = make_random_drawing (2, 50, 0.0);
  g_autofree guint8 *pixels = g_malloc (4 * WIDTH * HEIGHT);
  g_autofree guint8 *edges = render (drawing, &view, NULL);

  for (int i = 0; i < WIDTH * HEIGHT; i++)
    ((guint32 *) (void *) pixels)[i] = 0xffff00ff;
  coterie_edge_image_render (drawing, &view, 0, HEIGHT, pixels, 4 * WIDTH, NULL);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++) {
      guint32 below = get_pixel (edges, x, y), pixel = get_pixel (pixels, x, y);

      g_assert_cmpuint (pixel >> 24, ==, 255);
      g_assert_cmpint (
          ABS ((int) (pixel >> 16 & 0xff) - (int) ((below >> 16 & 0xff) + 255 - (below >> 24))), <=,
          1);
      if (below == 0)
        g_assert_cmphex (pixel, ==, 0xffff00ff);
    }
}

#define N_FAINT 9000

/* Faint ones of several alphas anywhere, and a strong one along the top. */
static CoterieDrawing *
make_faint_drawing (void)
{
  g_autofree Segment *segments = make_random_segments (29, N_FAINT + 1, 0.0);

  for (guint e = 0; e < N_FAINT; e++) {
    segments[e].color.alpha = 0.002f * (float) (1 + e % 5);
    segments[e].bend = 0.1f;
  }
  segments[N_FAINT] =
      (Segment){10.5f, HEIGHT - 0.5f, WIDTH - 10.5f, HEIGHT - 0.5f, {0, 0, 0, 9.0f}};
  return make_drawing (segments, N_FAINT + 1);
}

/* Of a sixth of the picture, without its first row. */
static double
sum_densities (const guint8 *pixels, int part)
{
  double sum = 0.0;

  for (int y = 1 + part / 3 * HEIGHT / 2; y < (part / 3 + 1) * HEIGHT / 2; y++)
    for (int x = part % 3 * WIDTH / 3; x < (part % 3 + 1) * WIDTH / 3; x++)
      sum -= log1p ((double) (get_pixel (pixels, x, y) >> 24) / -255.5);
  return sum;
}

static void
test_some_stand_for_all (void)
{
  g_autoptr (CoterieDrawing) drawing = make_faint_drawing ();
  g_autofree guint8 *all = render (drawing, &view, NULL);
  CoterieDrawingView quick = view;
  g_autofree guint8 *some = NULL;
  guint n_bare[2] = {0};

  quick.edge_share = 8;
  some = render (drawing, &quick, NULL);
  for (int part = 0; part < 6; part++) {
    double expected = sum_densities (all, part);

    g_assert_cmpfloat (expected, >, 100.0);
    g_assert_cmpfloat_with_epsilon (sum_densities (some, part), expected, 0.12 * expected);
  }
  for (int x = 12; x < WIDTH - 12; x++)
    g_assert_cmpuint (get_pixel (some, x, 0) >> 24, >, 250);

  /* Between fewer lines there is room. */
  for (int y = 1; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++) {
      n_bare[0] += get_pixel (all, x, y) == 0;
      n_bare[1] += get_pixel (some, x, y) == 0;
    }
  g_assert_cmpuint (n_bare[1], >, 2 * n_bare[0]);
}

static void
test_some_are_the_same_everywhere (void)
{
  g_autoptr (CoterieDrawing) drawing = make_faint_drawing ();
  g_autoptr (CoterieDrawing) later = coterie_drawing_with_blend (drawing, 0.7);
  g_autoptr (CoteriePool) pool = coterie_pool_new (3);
  CoterieDrawingView quick = view;
  g_autofree guint8 *pixels = NULL, *shared = NULL, *blended = NULL;

  quick.edge_share = 16;
  pixels = render (drawing, &quick, NULL);
  shared = render (drawing, &quick, pool);
  blended = render (later, &quick, NULL);
  g_assert_cmpmem (shared, 4 * WIDTH * HEIGHT, pixels, 4 * WIDTH * HEIGHT);
  for (int i = 0; i < 4 * WIDTH * HEIGHT; i++)
    g_assert_cmpint (ABS (blended[i] - pixels[i]), <=, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/edge-image/level-line-has-the-opacity", test_level_line_has_the_opacity);
  g_test_add_func ("/scene/edge-image/follows-the-definition", test_follows_the_definition);
  g_test_add_func ("/scene/edge-image/wide-lines-follow-too", test_wide_lines_follow_too);
  g_test_add_func ("/scene/edge-image/curves-follow-the-arc", test_curves_follow_the_arc);
  g_test_add_func ("/scene/edge-image/curves-have-no-corners-from-near",
                   test_curves_have_no_corners_from_near);
  g_test_add_func ("/scene/edge-image/pieces-follow-from-the-height-of-the-curve",
                   test_pieces_follow_from_the_height_of_the_curve);
  g_test_add_func ("/scene/edge-image/instruction-sets-agree", test_instruction_sets_agree);
  g_test_add_func ("/scene/edge-image/many-of-a-color-are-as-others",
                   test_many_of_a_color_are_as_others);
  g_test_add_func ("/scene/edge-image/many-of-a-color-are-the-same-everywhere",
                   test_many_of_a_color_are_the_same_everywhere);
  g_test_add_func ("/scene/edge-image/order-does-not-matter", test_order_does_not_matter);
  g_test_add_func ("/scene/edge-image/threads-do-not-matter", test_threads_do_not_matter);
  g_test_add_func ("/scene/edge-image/strips-are-the-whole", test_strips_are_the_whole);
  g_test_add_func ("/scene/edge-image/parts-do-not-show", test_parts_do_not_show);
  g_test_add_func ("/scene/edge-image/dense-edges-keep-their-color",
                   test_dense_edges_keep_their_color);
  g_test_add_func ("/scene/edge-image/clips-far-lines", test_clips_far_lines);
  g_test_add_func ("/scene/edge-image/draws-over-what-is-there", test_draws_over_what_is_there);
  g_test_add_func ("/scene/edge-image/some-stand-for-all", test_some_stand_for_all);
  g_test_add_func ("/scene/edge-image/some-are-the-same-everywhere",
                   test_some_are_the_same_everywhere);
  return g_test_run ();
}
