/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The legend of saved pictures: its size, and what is drawn on it. */

#include "draw/palette.h"
#include "draw/picture/picture-legend.h"

#include <locale.h>
#include <math.h>

#define LEFT_PX 20.0
#define TOP_PX 30.0

static const CoteriePictureLegendForm one_column = {G_MAXUINT, 1};

static const char *const class_names[] = {"Sandal", "Sneaker", "Bag", NULL};

/* Two communities, and a grey one that has no row. */
static CoteriePictureLegend *
create_legend (gboolean dark)
{
  CoterieSceneLegendRow rows[] = {
      {.identity = 4,
       .color = coterie_palette_get_community (4, dark),
       .name = (char *) "C5",
       .detail = (char *) "“Sandal”",
       .n_nodes = 5},
      {.identity = 2,
       .color = coterie_palette_get_community (2, dark),
       .shape = COTERIE_SHAPE_SQUARE,
       .name = (char *) "C3",
       .n_nodes = 4},
  };

  return coterie_picture_legend_new (&(CoterieSceneLegend){
      .title = (char *) "Communities",
      .n_rows = G_N_ELEMENTS (rows),
      .rows = rows,
      .n_rest = 1,
      .n_rest_colors = 1,
      .rest_colors = {coterie_palette_get_community (COTERIE_PALETTE_NO_IDENTITY, dark)},
      .size_title = (char *) "Size: strength",
      .size_max = 12.5,
  });
}

static CoteriePictureLegend *
create_ramp (void)
{
  return coterie_picture_legend_new (&(CoterieSceneLegend){
      .title = (char *) "Entropy, nats",
      .has_ramp = TRUE,
      .ramp_min = 0.5,
      .ramp_max = 4.25,
  });
}

/* In the corner of a picture. */
static cairo_surface_t *
draw (const CoteriePictureLegend *legend,
      CoteriePictureLegendForm form,
      int width,
      int height,
      double scale,
      gboolean dark)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);

  coterie_picture_legend_draw (legend, cr, form, LEFT_PX, TOP_PX, scale, dark);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint32
get_pixel (cairo_surface_t *surface, int x, int y)
{
  const guint8 *bytes = cairo_image_surface_get_data (surface);

  return ((const guint32 *) (bytes + y * cairo_image_surface_get_stride (surface)))[x];
}

static gboolean
has_color (guint32 pixel, CoterieColor color)
{
  const float channels[] = {color.red, color.green, color.blue};

  for (guint i = 0; i < 3; i++)
    if (fabs ((double) (pixel >> (16 - 8 * i) & 0xff) - 255.0 * (double) channels[i]) > 2.0)
      return FALSE;
  return TRUE;
}

static guint
count_color (cairo_surface_t *surface, CoterieColor color)
{
  guint n_pixels = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      n_pixels += has_color (get_pixel (surface, x, y), color);
  return n_pixels;
}

static void
test_more_columns_are_wider_and_lower (void)
{
  g_autoptr (CoteriePictureLegend) legend = create_legend (FALSE);
  double width, height, wide, low, same_width, same_height;

  coterie_picture_legend_measure (legend, one_column, &width, &height);
  coterie_picture_legend_measure (legend, (CoteriePictureLegendForm){2, 3}, &wide, &low);
  coterie_picture_legend_measure (legend, (CoteriePictureLegendForm){9, 9}, &same_width,
                                  &same_height);
  g_assert_cmpuint (coterie_picture_legend_get_n_rows (legend), ==, 2);
  g_assert_cmpfloat (width, >, 100.0);
  g_assert_cmpfloat (wide, >, 1.5 * width);
  g_assert_cmpfloat (low, <, height - 30.0);
  g_assert_cmpfloat (same_width, ==, wide);
  g_assert_cmpfloat (same_height, ==, low);
}

/* One row for the larger community; the smaller one and the one without a row are counted, beside a
 * small disc of each of their colours. */
static void
test_the_smaller_ones_are_left_out_first (void)
{
  g_autoptr (CoteriePictureLegend) legend = create_legend (FALSE);
  cairo_surface_t *surface = draw (legend, (CoteriePictureLegendForm){1, 1}, 800, 600, 2.0, FALSE);
  guint n_left_out = count_color (surface, coterie_palette_get_community (2, FALSE));

  g_assert_cmpuint (count_color (surface, coterie_palette_get_community (4, FALSE)), >, 200);
  g_assert_cmpuint (n_left_out, >, 20);
  g_assert_cmpuint (n_left_out, <, 120);
  g_assert_cmpuint (
      count_color (surface, coterie_palette_get_community (COTERIE_PALETTE_NO_IDENTITY, FALSE)), >,
      20);
  cairo_surface_destroy (surface);
}

static void
test_draws_in_its_place_alone (void)
{
  g_autoptr (CoteriePictureLegend) legend = create_legend (FALSE);

  for (guint n_columns = 1; n_columns <= 3; n_columns++) {
    CoteriePictureLegendForm form = {2, n_columns};
    cairo_surface_t *surface = draw (legend, form, 700, 300, 1.0, FALSE);
    double width, height;
    guint n_inside = 0;

    coterie_picture_legend_measure (legend, form, &width, &height);
    for (int y = 0; y < 300; y++)
      for (int x = 0; x < 700; x++) {
        gboolean inside = x >= LEFT_PX - 1.5 && x <= LEFT_PX + width + 0.5 && y >= TOP_PX - 1.5 &&
                          y <= TOP_PX + height + 0.5;

        if (get_pixel (surface, x, y) != 0) {
          g_assert_true (inside);
          n_inside++;
        }
      }
    g_assert_cmpuint (n_inside, >, 0.9 * width * height);
    cairo_surface_destroy (surface);
  }
}

static void
test_shows_the_colors_of_the_appearance (void)
{
  for (int dark = 0; dark <= 1; dark++) {
    g_autoptr (CoteriePictureLegend) legend = create_legend (dark);
    cairo_surface_t *surface = draw (legend, one_column, 800, 600, 2.0, dark);

    g_assert_cmpuint (count_color (surface, coterie_palette_get_community (4, dark)), >, 200);
    g_assert_cmpuint (count_color (surface, coterie_palette_get_community (2, dark)), >, 200);
    g_assert_cmpuint (
        count_color (surface, coterie_palette_get_community (COTERIE_PALETTE_NO_IDENTITY, dark)), >,
        200);
    g_assert_cmpuint (count_color (surface, coterie_palette_get_community (3, dark)), ==, 0);
    cairo_surface_destroy (surface);
  }
}

static void
test_a_quantity_has_a_ramp (void)
{
  g_autoptr (CoteriePictureLegend) legend = create_ramp ();

  for (int dark = 0; dark <= 1; dark++) {
    cairo_surface_t *surface = draw (legend, one_column, 800, 600, 2.0, dark);

    for (guint i = 0; i <= 4; i++)
      g_assert_cmpuint (count_color (surface, coterie_palette_get_ramp (0.25 * i, dark)), >, 8);
    cairo_surface_destroy (surface);
  }
}

static void
test_nothing_has_no_legend (void)
{
  g_autoptr (CoteriePictureLegend) legend = coterie_picture_legend_new (&(CoterieSceneLegend){
      .title = (char *) "Communities", .size_title = (char *) "Size: strength"});
  double width, height;

  coterie_picture_legend_measure (legend, one_column, &width, &height);
  g_assert_cmpfloat (width, ==, 0.0);
  g_assert_cmpfloat (height, ==, 0.0);
}

static void
test_words (void)
{
  const CoterieCommunitySummary summary = {
      .identity = 2, .size = 5, .classes = {2, 0}, .n_classes = 2};
  g_autofree char *name = coterie_legend_format_name (2);
  g_autofree char *classes = coterie_legend_format_classes (&summary, class_names);
  g_autofree char *one = coterie_legend_format_rest (1, 3, FALSE);
  g_autofree char *two = coterie_legend_format_rest (2, 3, FALSE);
  g_autofree char *only = coterie_legend_format_rest (4, 0, FALSE);

  g_autofree char *others = coterie_legend_format_rest (2, 3, TRUE);
  g_autofree char *all = coterie_legend_format_rest (4, 0, TRUE);
  g_autofree char *size = coterie_legend_format_size (
      &(CoterieSceneLegend){.size_title = (char *) "Size: strength", .size_max = 66.7});

  g_assert_cmpstr (others, ==, "and 2 with fewer");
  g_assert_cmpstr (all, ==, "4 communities");
  g_assert_cmpstr (size, ==, "Size: strength, up to 66.7");
  g_assert_null (coterie_legend_format_size (&(CoterieSceneLegend){0}));
  g_assert_cmpstr (name, ==, "C3");
  g_assert_cmpstr (classes, ==, "“Bag” “Sandal”");
  g_assert_cmpstr (one, ==, "and 1 smaller one");
  g_assert_cmpstr (two, ==, "and 2 smaller ones");
  g_assert_cmpstr (only, ==, "only 4 small communities");
}

static void
check_range (double min, double max, const char *expected_least, const char *expected_most)
{
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;

  coterie_legend_format_range (min, max, &least, &most);
  g_assert_cmpstr (least, ==, expected_least);
  g_assert_cmpstr (most, ==, expected_most);
}

static void
test_both_ends_have_the_same_decimals (void)
{
  check_range (0.0, 80.0, "0", "80.0");
  check_range (2.9, 4.31, "2.90", "4.31");
  check_range (4.0, 66.72, "4.0", "66.7");
  check_range (12.3, 992.1, "12", "992");
  check_range (0.0, 0.01234, "0", "0.0123");
  check_range (-1.0, 0.25, "-1.00", "0.25");
  check_range (0.0, 0.0, "0", "0");
  check_range (1.0, 1.0e6, "1", "1000000");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scene/picture-legend/more-columns-are-wider-and-lower",
                   test_more_columns_are_wider_and_lower);
  g_test_add_func ("/scene/picture-legend/the-smaller-ones-are-left-out-first",
                   test_the_smaller_ones_are_left_out_first);
  g_test_add_func ("/scene/picture-legend/draws-in-its-place-alone", test_draws_in_its_place_alone);
  g_test_add_func ("/scene/picture-legend/shows-the-colors-of-the-appearance",
                   test_shows_the_colors_of_the_appearance);
  g_test_add_func ("/scene/picture-legend/a-quantity-has-a-ramp", test_a_quantity_has_a_ramp);
  g_test_add_func ("/scene/picture-legend/nothing-has-no-legend", test_nothing_has_no_legend);
  g_test_add_func ("/scene/picture-legend/words", test_words);
  g_test_add_func ("/scene/picture-legend/both-ends-have-the-same-decimals",
                   test_both_ends_have_the_same_decimals);
  return g_test_run ();
}
