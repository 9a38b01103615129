/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Line plots drawn to image surfaces, checked by what must hold in the picture and not against
 * stored ones: text differs from machine to machine. */

#include <locale.h>
#include <math.h>

#include "draw/plot/line-plot.h"

#define FONT "Sans 15px"
#define WIDTH 360
#define HEIGHT 150

typedef struct {
  int width;
  int height;
  int stride;
  const guint8 *bytes;
  cairo_surface_t *surface;
} Picture;

static void
picture_clear (Picture *picture)
{
  cairo_surface_destroy (picture->surface);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

static void
draw_picture (Picture *picture, const CoterieLinePlot *plot, int scale, gboolean dark)
{
  const CoteriePalette *palette = coterie_palette_get (dark);
  cairo_t *cr;

  picture->width = WIDTH * scale;
  picture->height = HEIGHT * scale;
  picture->surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, picture->width, picture->height);
  cr = cairo_create (picture->surface);
  cairo_scale (cr, scale, scale);
  cairo_set_source_rgb (cr, (double) palette->panel.red, (double) palette->panel.green,
                        (double) palette->panel.blue);
  cairo_paint (cr);
  coterie_line_plot_draw (plot, cr, WIDTH, HEIGHT, palette, dark, FONT);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);

  cairo_surface_flush (picture->surface);
  picture->stride = cairo_image_surface_get_stride (picture->surface);
  picture->bytes = cairo_image_surface_get_data (picture->surface);
}

static CoterieLinePlotLayout *
find_layout (const CoterieLinePlot *plot)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1, 1);
  cairo_t *cr = cairo_create (surface);
  PangoContext *context = pango_cairo_create_context (cr);
  CoterieLinePlotLayout *layout = coterie_line_plot_layout (plot, context, WIDTH, HEIGHT, FONT);

  g_object_unref (context);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return layout;
}

/* Red, green and blue of a pixel, from 0 to 255. */
static void
get_pixel (const Picture *picture, int x, int y, int *rgb)
{
  guint32 pixel = *(const guint32 *) (picture->bytes + y * picture->stride + 4 * x);

  rgb[0] = (int) (pixel >> 16 & 0xff);
  rgb[1] = (int) (pixel >> 8 & 0xff);
  rgb[2] = (int) (pixel & 0xff);
}

static gboolean
pixel_has_color (const Picture *picture, int x, int y, CoterieColor color, double tolerance)
{
  const float channels[] = {color.red, color.green, color.blue};
  int rgb[3];

  get_pixel (picture, x, y, rgb);
  for (guint i = 0; i < 3; i++)
    if (fabs (rgb[i] - 255.0 * (double) channels[i]) > tolerance)
      return FALSE;
  return TRUE;
}

/* Pixels of a series' colour within the area, from one column up to another. */
static guint
count_series (const Picture *picture,
              const CoterieLinePlotLayout *layout,
              double left,
              double right,
              guint series)
{
  CoterieColor color = coterie_palette_get_series (series, FALSE);
  guint n_pixels = 0;

  for (int y = (int) layout->area.y; y < picture->height; y++)
    for (int x = (int) ceil (left); x < (int) floor (right); x++)
      n_pixels += pixel_has_color (picture, x, y, color, 40.0);
  return n_pixels;
}

static double
get_x_px (const CoterieLinePlotLayout *layout, double x)
{
  return coterie_scale_to_px (&layout->x_scale, x, layout->area.x,
                              layout->area.x + layout->area.width);
}

static CoterieLinePlot *
create_plot (guint color, const double *y, gsize n_points)
{
  CoterieLinePlot *plot = coterie_line_plot_new ("Plot", NULL);
  g_autofree double *x = g_new (double, MAX (n_points, 1));

  for (gsize i = 0; i < n_points; i++)
    x[i] = (double) i;
  coterie_line_plot_set_x_range (plot, 0.0, 10.0);
  coterie_line_plot_add_series (plot, "a", color, FALSE, x, y, n_points);
  return plot;
}

static gboolean
same_pictures (const Picture *a, const Picture *b)
{
  return memcmp (a->bytes, b->bytes, (gsize) a->stride * (gsize) a->height) == 0;
}

static void
test_an_empty_plot_has_axes (void)
{
  g_autoptr (CoterieLinePlot) plot = create_plot (0, NULL, 0);
  g_autoptr (CoterieLinePlotLayout) layout = NULL;
  g_auto (Picture) picture = {0};
  int grid_y;

  coterie_line_plot_set_cursor (plot, 3.0);
  layout = find_layout (plot);
  draw_picture (&picture, plot, 1, FALSE);
  grid_y = (int) floor (layout->area.y + layout->area.height);
  g_assert_true (pixel_has_color (&picture, (int) layout->area.x + 30, grid_y,
                                  coterie_palette_get (FALSE)->grid, 3.0));
  g_assert_cmpuint (count_series (&picture, layout, layout->area.x, WIDTH, 0), ==, 0);
}

static void
test_a_series_has_its_color (void)
{
  const double y[] = {1.0, 2.0, 1.5, 3.0, 2.0, 2.5, 2.0, 1.0, 2.0, 3.0, 2.0};

  for (guint color = 0; color < 4; color++) {
    g_autoptr (CoterieLinePlot) plot = create_plot (color, y, G_N_ELEMENTS (y));
    g_autoptr (CoterieLinePlotLayout) layout = find_layout (plot);
    g_auto (Picture) picture = {0};

    draw_picture (&picture, plot, 1, FALSE);
    g_assert_cmpuint (count_series (&picture, layout, layout->area.x, WIDTH, color), >, 200);
  }
}

static void
test_one_point_is_a_dot (void)
{
  const double y[] = {NAN, NAN, NAN, 2.0};
  g_autoptr (CoterieLinePlot) plot = create_plot (0, y, G_N_ELEMENTS (y));
  g_autoptr (CoterieLinePlotLayout) layout = find_layout (plot);
  g_auto (Picture) picture = {0};
  double x_px = get_x_px (layout, 3.0);

  draw_picture (&picture, plot, 1, FALSE);
  g_assert_cmpuint (count_series (&picture, layout, x_px - 5.0, x_px + 5.0, 0), >=, 4);
  g_assert_cmpuint (count_series (&picture, layout, layout->area.x, x_px - 5.0, 0), ==, 0);
  g_assert_cmpuint (count_series (&picture, layout, x_px + 5.0, WIDTH, 0), ==, 0);
}

static void
test_gaps_are_empty (void)
{
  const double y[] = {1.0, 2.0, 1.5, NAN, 2.0, 2.5, INFINITY, 1.0, 2.0, 3.0, 2.0};
  g_autoptr (CoterieLinePlot) plot = create_plot (0, y, G_N_ELEMENTS (y));
  g_autoptr (CoterieLinePlotLayout) layout = find_layout (plot);
  g_auto (Picture) picture = {0};

  draw_picture (&picture, plot, 1, FALSE);
  for (guint i = 0; i < 10; i++) {
    guint n_pixels = count_series (&picture, layout, get_x_px (layout, i) + 2.0,
                                   get_x_px (layout, i + 1.0) - 2.0, 0);

    if (isfinite (y[i]) && isfinite (y[i + 1]))
      g_assert_cmpuint (n_pixels, >, 10);
    else
      g_assert_cmpuint (n_pixels, ==, 0);
  }
}

/* Pixels with any ink within the area, between two iterations. */
static guint
count_ink (const Picture *picture, const CoterieLinePlotLayout *layout, double from, double to)
{
  guint n_pixels = 0;

  for (int row = 0; row < HEIGHT; row++) {
    int empty[3];

    if (row < layout->area.y || row > layout->area.y + layout->area.height)
      continue;
    get_pixel (picture, (int) layout->area.x + 2, row, empty); /* a line of the grid is no ink */
    for (int column = (int) get_x_px (layout, from) + 3; column < get_x_px (layout, to) - 3;
         column++) {
      int pixel[3];

      get_pixel (picture, column, row, pixel);
      n_pixels += memcmp (pixel, empty, sizeof empty) != 0;
    }
  }
  return n_pixels;
}

/* What is drawn begins at iteration 1, so that beside the axis there is nothing. */
static void
test_pale_values_are_pale_and_apart (void)
{
  const double y[] = {NAN, 2.0, 1.5, 3.0, 2.0, 2.5, 2.0};
  const gboolean pale[] = {FALSE, TRUE, TRUE, FALSE, FALSE, TRUE, FALSE};
  const gboolean joined[] = {FALSE, TRUE, FALSE, TRUE, FALSE, FALSE};
  g_autoptr (CoterieLinePlot) plot = create_plot (0, y, G_N_ELEMENTS (y));
  g_autoptr (CoterieLinePlotLayout) layout = find_layout (plot);
  g_auto (Picture) picture = {0};

  coterie_line_plot_set_pale (plot, 0, pale);
  draw_picture (&picture, plot, 1, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (joined); i++) {
    guint n_strong = count_series (&picture, layout, get_x_px (layout, i) + 3.0,
                                   get_x_px (layout, i + 1.0) - 3.0, 0);

    if (joined[i])
      g_assert_cmpuint (count_ink (&picture, layout, i, i + 1.0), >, 10);
    else
      g_assert_cmpuint (count_ink (&picture, layout, i, i + 1.0), ==, 0);
    if (joined[i] && !pale[i])
      g_assert_cmpuint (n_strong, >, 10);
    else
      g_assert_cmpuint (n_strong, ==, 0);
  }
  /* one alone is a dot, if a pale one */
  g_assert_cmpuint (count_ink (&picture, layout, 4.7, 5.3), >, 4);
}

static void
test_gaps_are_marked_where_they_are (void)
{
  const double y[] = {1.0, 2.0, 1.5, NAN, 2.0, 2.5};
  const double gap = 3.0;
  g_autoptr (CoterieLinePlot) plot = create_plot (0, y, G_N_ELEMENTS (y));
  g_autoptr (CoterieLinePlotLayout) layout = find_layout (plot);
  g_auto (Picture) plain = {0};
  g_auto (Picture) marked = {0};
  double x_px = get_x_px (layout, gap);
  guint n_pixels = 0;

  draw_picture (&plain, plot, 1, FALSE);
  coterie_line_plot_set_gaps (plot, &gap, 1);
  draw_picture (&marked, plot, 1, FALSE);
  for (int row = 0; row < HEIGHT; row++)
    for (int column = 0; column < WIDTH; column++) {
      int before[3], after[3];

      get_pixel (&plain, column, row, before);
      get_pixel (&marked, column, row, after);
      if (memcmp (before, after, sizeof before) == 0)
        continue;
      g_assert_cmpfloat (fabs (column + 0.5 - x_px), <, 6.0);
      g_assert_cmpfloat (row, >, layout->area.y + 0.5 * layout->area.height);
      n_pixels++;
    }
  g_assert_cmpuint (n_pixels, >=, 10);
}

/* Mean height of the line in a column of pixels; not-a-number where there is none. */
static double
find_line (const Picture *picture, const CoterieLinePlotLayout *layout, int x)
{
  CoterieColor color = coterie_palette_get_series (0, FALSE);
  double sum = 0.0;
  guint n_pixels = 0;

  for (int y = (int) layout->area.y - 1; y <= layout->area.y + layout->area.height; y++)
    if (pixel_has_color (picture, x, y, color, 60.0)) {
      sum += y + 0.5;
      n_pixels++;
    }
  return n_pixels > 0 ? sum / n_pixels : NAN;
}

static void
test_mirrored_data_give_a_mirrored_curve (void)
{
  double y[11], mirrored[11];
  g_autoptr (CoterieLinePlot) plot = NULL;
  g_autoptr (CoterieLinePlot) mirror = NULL;
  g_autoptr (CoterieLinePlotLayout) layout = NULL;
  g_auto (Picture) picture = {0};
  g_auto (Picture) mirror_picture = {0};

  for (guint i = 0; i < 11; i++) {
    y[i] = 0.7 * sin (0.6 * i);
    mirrored[i] = -y[i];
  }
  plot = create_plot (0, y, 11);
  mirror = create_plot (0, mirrored, 11);
  coterie_line_plot_set_y_range (plot, -1.0, 1.0);
  coterie_line_plot_set_y_range (mirror, -1.0, 1.0);
  layout = find_layout (plot);
  draw_picture (&picture, plot, 1, FALSE);
  draw_picture (&mirror_picture, mirror, 1, FALSE);

  for (int x = (int) layout->area.x + 3; x < layout->area.x + layout->area.width - 3; x++) {
    double sum = find_line (&picture, layout, x) + find_line (&mirror_picture, layout, x);

    g_assert_cmpfloat_with_epsilon (0.5 * sum, layout->area.y + 0.5 * layout->area.height, 1.0);
  }
}

/* Mean difference, in steps of a channel, between a picture and the reduction of a doubled one. */
static double
compare_reduced (const Picture *single, const Picture *doubled)
{
  double sum = 0.0;

  for (int y = 0; y < single->height; y++)
    for (int x = 0; x < single->width; x++) {
      int expected[3], parts[4][3];

      get_pixel (single, x, y, expected);
      for (int i = 0; i < 4; i++)
        get_pixel (doubled, 2 * x + i % 2, 2 * y + i / 2, parts[i]);
      for (int c = 0; c < 3; c++)
        sum += fabs (expected[c] - 0.25 * (parts[0][c] + parts[1][c] + parts[2][c] + parts[3][c]));
    }
  return sum / (3.0 * single->width * single->height);
}

static void
test_doubled_scale_gives_the_doubled_picture (void)
{
  const double y[] = {1.0, 2.0, 1.5, 3.0, 2.0, 2.5, 2.0, 1.0, 2.0, 3.0, 2.0};
  const double other[] = {3.0, 1.0, 2.5, 1.0, 3.0, 1.5, 1.0, 3.0, 1.0, 2.0, 1.0};
  g_autoptr (CoterieLinePlot) plot = create_plot (0, y, G_N_ELEMENTS (y));
  g_autoptr (CoterieLinePlot) other_plot = create_plot (0, other, G_N_ELEMENTS (other));
  g_auto (Picture) single = {0};
  g_auto (Picture) doubled = {0};
  g_auto (Picture) other_single = {0};

  coterie_line_plot_set_show_x (plot, TRUE);
  coterie_line_plot_set_show_x (other_plot, TRUE);
  draw_picture (&single, plot, 1, FALSE);
  draw_picture (&doubled, plot, 2, FALSE);
  draw_picture (&other_single, other_plot, 1, FALSE);
  g_assert_cmpfloat (compare_reduced (&single, &doubled), <, 1.5);
  g_assert_cmpfloat (compare_reduced (&other_single, &doubled), >, 3.0);
}

static void
test_the_appearances_differ (void)
{
  const double y[] = {1.0, 2.0, 1.5};
  g_autoptr (CoterieLinePlot) plot = create_plot (0, y, G_N_ELEMENTS (y));
  g_auto (Picture) light = {0};
  g_auto (Picture) dark = {0};

  draw_picture (&light, plot, 1, FALSE);
  draw_picture (&dark, plot, 1, TRUE);
  g_assert_true (
      pixel_has_color (&light, WIDTH - 1, HEIGHT - 1, coterie_palette_get (FALSE)->panel, 1.0));
  g_assert_true (
      pixel_has_color (&dark, WIDTH - 1, HEIGHT - 1, coterie_palette_get (TRUE)->panel, 1.0));
  g_assert_false (same_pictures (&light, &dark));
}

static void
test_the_cursor_is_at_its_iteration (void)
{
  const double y[] = {1.0, 1.0, 1.0, 1.0, 1.0, 1.0};
  g_autoptr (CoterieLinePlot) plot = create_plot (0, y, G_N_ELEMENTS (y));
  g_autoptr (CoterieLinePlotLayout) layout = NULL;
  CoterieColor color = coterie_palette_get (FALSE)->cursor;

  coterie_line_plot_set_y_range (plot, 0.0, 4.0);
  coterie_line_plot_set_cursor (plot, 0.0);
  layout = find_layout (plot);
  for (double cursor = 0.0; cursor <= 10.0; cursor += 2.5) {
    g_auto (Picture) picture = {0};
    int x = (int) floor (get_x_px (layout, cursor));
    int height = (int) (layout->area.y + 0.1 * layout->area.height);

    coterie_line_plot_set_cursor (plot, cursor);
    draw_picture (&picture, plot, 1, FALSE);
    /* The line is wider than a pixel, so that one of two neighbours is full or nearly so. */
    g_assert_true (pixel_has_color (&picture, x, height, color, 60.0) ||
                   pixel_has_color (&picture, x - 1, height, color, 60.0));
    g_assert_false (pixel_has_color (&picture, x + 4, height, color, 60.0));
    g_assert_false (pixel_has_color (&picture, x - 5, height, color, 60.0));
  }
}

static void
test_hover_and_cursor_outside_draw_no_line (void)
{
  const double y[] = {1.0, 2.0, 1.5};
  g_autoptr (CoterieLinePlot) plot = create_plot (0, y, G_N_ELEMENTS (y));
  g_auto (Picture) outside = {0};
  g_auto (Picture) further = {0};
  g_auto (Picture) within = {0};

  coterie_line_plot_set_cursor (plot, 14.0);
  draw_picture (&outside, plot, 1, FALSE);
  coterie_line_plot_set_cursor (plot, 1e9);
  draw_picture (&further, plot, 1, FALSE);
  coterie_line_plot_set_hover (plot, 2.0);
  draw_picture (&within, plot, 1, FALSE);
  g_assert_true (same_pictures (&outside, &further));
  g_assert_false (same_pictures (&outside, &within));
}

/* The line goes up or down half the area at x. */
static void
assert_upright (const Picture *picture, const CoterieLinePlotLayout *layout, double x)
{
  double x_px = get_x_px (layout, x);
  guint n_pixels = count_series (picture, layout, x_px - 3.0, x_px + 3.0, 0);

  g_assert_cmpuint (n_pixels, >, (guint) (0.4 * layout->area.height));
}

static void
test_thinning_keeps_the_extremes (void)
{
  enum { N_POINTS = 200000, PEAK = 123456, PIT = 54321 };
  g_autofree double *x = g_new (double, N_POINTS);
  g_autofree double *y = g_new (double, N_POINTS);
  g_autoptr (CoterieLinePlot) plot = coterie_line_plot_new ("Plot", NULL);
  g_autoptr (CoterieLinePlotLayout) layout = NULL;
  g_auto (Picture) picture = {0};

  for (guint i = 0; i < N_POINTS; i++) {
    x[i] = i;
    y[i] = 0.5;
  }
  y[PEAK] = 1.0;
  y[PIT] = 0.0;
  coterie_line_plot_set_y_range (plot, 0.0, 1.0);
  coterie_line_plot_add_series (plot, "a", 0, FALSE, x, y, N_POINTS);
  layout = find_layout (plot);
  draw_picture (&picture, plot, 1, FALSE);
  assert_upright (&picture, layout, PEAK);
  assert_upright (&picture, layout, PIT);
}

/* Pixels of the first series' colour within a rectangle. */
static guint
count_in (const Picture *picture, double left, double right, double top, double bottom)
{
  CoterieColor color = coterie_palette_get_series (0, FALSE);
  guint n_pixels = 0;

  for (int y = (int) ceil (top); y < MIN ((int) floor (bottom), picture->height); y++)
    for (int x = (int) ceil (left); x < MIN ((int) floor (right), picture->width); x++)
      n_pixels += pixel_has_color (picture, x, y, color, 40.0);
  return n_pixels;
}

static guint
count_in_strip (const Picture *picture,
                const CoterieLinePlotLayout *layout,
                const CoteriePlotRect *strip,
                double x)
{
  double x_px = get_x_px (layout, x);

  return count_in (picture, x_px - 5.0, x_px + 5.0, strip->y, strip->y + strip->height);
}

static void
test_strays_outside_a_fixed_range_are_marked (void)
{
  const double y[] = {0.5, 0.6, 1e200, 0.5, 0.5, -1e200, 0.5};
  g_autoptr (CoterieLinePlot) plot = create_plot (0, y, G_N_ELEMENTS (y));
  g_autoptr (CoterieLinePlotLayout) layout = NULL;
  g_auto (Picture) picture = {0};

  coterie_line_plot_set_y_range (plot, 0.0, 1.0);
  layout = find_layout (plot);
  draw_picture (&picture, plot, 1, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (y); i++) {
    guint n_above = count_in_strip (&picture, layout, &layout->above, i);
    guint n_below = count_in_strip (&picture, layout, &layout->below, i);

    g_assert_cmpuint (n_above > 20, ==, y[i] > 1.0);
    g_assert_cmpuint (n_below > 20, ==, y[i] < 0.0);
    g_assert_cmpuint (MIN (n_above, n_below), ==, 0);
  }
}

static void
test_no_line_leads_to_a_stray (void)
{
  const double y[] = {0.85, 0.95, 0.98, 0.97};
  g_autoptr (CoterieLinePlot) plot = create_plot (0, y, G_N_ELEMENTS (y));
  g_autoptr (CoterieLinePlotLayout) layout = NULL;
  g_auto (Picture) picture = {0};
  double bottom;

  coterie_line_plot_set_y_range (plot, 0.9, 1.0);
  layout = find_layout (plot);
  bottom = layout->area.y + layout->area.height;
  draw_picture (&picture, plot, 1, FALSE);
  g_assert_cmpuint (count_in (&picture, get_x_px (layout, 0.0) + 6.0, get_x_px (layout, 1.0) - 3.0,
                              layout->area.y, HEIGHT),
                    ==, 0);
  g_assert_cmpuint (count_in (&picture, get_x_px (layout, 0.5), WIDTH, bottom + 2.0, HEIGHT), ==,
                    0);
  g_assert_cmpuint (
      count_in (&picture, get_x_px (layout, 1.0), get_x_px (layout, 3.0), layout->area.y, bottom),
      >, 50);
}

static void
test_small_plots_draw (void)
{
  const double y[] = {1.0, 2.0, 1.5};
  const double sizes[][2] = {{1.0, 1.0}, {20.0, 300.0}, {300.0, 20.0}, {60.0, 40.0}};
  g_autoptr (CoterieLinePlot) plot = create_plot (0, y, G_N_ELEMENTS (y));

  coterie_line_plot_set_show_x (plot, TRUE);
  coterie_line_plot_set_cursor (plot, 1.0);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 300, 300);
    cairo_t *cr = cairo_create (surface);

    coterie_line_plot_draw (plot, cr, sizes[i][0], sizes[i][1], coterie_palette_get (FALSE), FALSE,
                            FONT);
    g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
    cairo_destroy (cr);
    cairo_surface_destroy (surface);
  }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plot/picture/an-empty-plot-has-axes", test_an_empty_plot_has_axes);
  g_test_add_func ("/plot/picture/a-series-has-its-color", test_a_series_has_its_color);
  g_test_add_func ("/plot/picture/one-point-is-a-dot", test_one_point_is_a_dot);
  g_test_add_func ("/plot/picture/gaps-are-empty", test_gaps_are_empty);
  g_test_add_func ("/plot/picture/pale-values-are-pale-and-apart",
                   test_pale_values_are_pale_and_apart);
  g_test_add_func ("/plot/picture/gaps-are-marked-where-they-are",
                   test_gaps_are_marked_where_they_are);
  g_test_add_func ("/plot/picture/mirrored-data-give-a-mirrored-curve",
                   test_mirrored_data_give_a_mirrored_curve);
  g_test_add_func ("/plot/picture/doubled-scale-gives-the-doubled-picture",
                   test_doubled_scale_gives_the_doubled_picture);
  g_test_add_func ("/plot/picture/the-appearances-differ", test_the_appearances_differ);
  g_test_add_func ("/plot/picture/the-cursor-is-at-its-iteration",
                   test_the_cursor_is_at_its_iteration);
  g_test_add_func ("/plot/picture/hover-and-cursor-outside-draw-no-line",
                   test_hover_and_cursor_outside_draw_no_line);
  g_test_add_func ("/plot/picture/thinning-keeps-the-extremes", test_thinning_keeps_the_extremes);
  g_test_add_func ("/plot/picture/strays-outside-a-fixed-range-are-marked",
                   test_strays_outside_a_fixed_range_are_marked);
  g_test_add_func ("/plot/picture/no-line-leads-to-a-stray", test_no_line_leads_to_a_stray);
  g_test_add_func ("/plot/picture/small-plots-draw", test_small_plots_draw);
  return g_test_run ();
}
