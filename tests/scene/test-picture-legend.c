/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The legend of saved pictures: its place, and what may be drawn where. */

#include "draw/palette.h"
#include "draw/picture-legend.h"

#include <locale.h>
#include <math.h>

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

static cairo_surface_t *
draw (const CoteriePictureLegend *legend, int width, int height, double scale, gboolean dark)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);

  coterie_picture_legend_draw (legend, cr, width, height, scale, dark);
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
test_lies_in_the_lower_left_corner (void)
{
  g_autoptr (CoteriePictureLegend) legend = create_legend (FALSE);
  CoterieOverlay once = coterie_picture_legend_place (legend, 800.0, 600.0, 1.0);
  CoterieOverlay twice = coterie_picture_legend_place (legend, 1600.0, 1200.0, 2.0);

  g_assert_cmpfloat (once.x_px, >, 0.0);
  g_assert_cmpfloat_with_epsilon (600.0 - once.y_px - once.height_px, once.x_px, 1e-9);
  g_assert_cmpfloat (once.width_px, >, 100.0);
  g_assert_cmpfloat_with_epsilon (twice.width_px, 2.0 * once.width_px, 1e-9);
  g_assert_cmpfloat_with_epsilon (twice.y_px, 2.0 * once.y_px, 1e-9);
}

static void
test_fits_the_picture (void)
{
  g_autoptr (CoteriePictureLegend) legend = create_legend (FALSE);
  CoterieOverlay large = coterie_picture_legend_place (legend, 800.0, 600.0, 1.0);
  CoterieOverlay reduced = coterie_picture_legend_place (legend, 800.0, 600.0, 0.6);
  CoterieOverlay narrow = coterie_picture_legend_place (legend, 240.0, 600.0, 1.0);
  CoterieOverlay tiny = coterie_picture_legend_place (legend, 60.0, 40.0, 1.0);

  g_assert_cmpfloat_with_epsilon (reduced.width_px, 0.6 * large.width_px, 1e-9);
  g_assert_cmpfloat (narrow.width_px, <, large.width_px);
  g_assert_cmpfloat (narrow.x_px + narrow.width_px, <=, 0.45 * 240.0 + 1e-9);
  g_assert_cmpfloat (tiny.width_px, ==, 0.0);
}

static void
test_draws_in_its_place_alone (void)
{
  g_autoptr (CoteriePictureLegend) legend = create_legend (FALSE);
  CoterieOverlay place = coterie_picture_legend_place (legend, 400.0, 300.0, 1.0);
  cairo_surface_t *surface = draw (legend, 400, 300, 1.0, FALSE);
  guint n_inside = 0;

  for (int y = 0; y < 300; y++)
    for (int x = 0; x < 400; x++) {
      gboolean inside = x >= place.x_px - 1.5 && x <= place.x_px + place.width_px + 0.5 &&
                        y >= place.y_px - 1.5 && y <= place.y_px + place.height_px + 0.5;

      if (get_pixel (surface, x, y) != 0) {
        g_assert_true (inside);
        n_inside++;
      }
    }
  g_assert_cmpuint (n_inside, >, 0.9 * place.width_px * place.height_px);
  cairo_surface_destroy (surface);
}

static void
test_shows_the_colors_of_the_appearance (void)
{
  for (int dark = 0; dark <= 1; dark++) {
    g_autoptr (CoteriePictureLegend) legend = create_legend (dark);
    cairo_surface_t *surface = draw (legend, 800, 600, 2.0, dark);

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
    cairo_surface_t *surface = draw (legend, 800, 600, 2.0, dark);

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
  CoterieOverlay place = coterie_picture_legend_place (legend, 800.0, 600.0, 1.0);

  g_assert_cmpfloat (place.width_px, ==, 0.0);
}

static void
test_the_graph_leaves_room (void)
{
  g_autoptr (CoteriePictureLegend) legend = create_legend (FALSE);
  const CoterieViewport viewport = {.width_px = 300.0, .height_px = 300.0, .margin_px = 20.0};
  CoterieInsets once = coterie_picture_legend_get_insets (legend, &viewport, 1.0, 1.0);
  CoterieInsets thrice = coterie_picture_legend_get_insets (legend, &viewport, 3.0, 3.0);

  g_assert_cmpfloat (once.left_px + once.bottom_px, >, 30.0);
  g_assert_cmpfloat_with_epsilon (once.left_px, thrice.left_px, 1e-9);
  g_assert_cmpfloat_with_epsilon (once.bottom_px, thrice.bottom_px, 1e-9);
}

static void
test_words (void)
{
  const CoterieCommunitySummary summary = {
      .identity = 2, .size = 5, .classes = {2, 0}, .n_classes = 2};
  g_autofree char *name = coterie_legend_format_name (2);
  g_autofree char *classes = coterie_legend_format_classes (&summary, class_names);
  g_autofree char *one = coterie_legend_format_rest (1, 3);
  g_autofree char *two = coterie_legend_format_rest (2, 3);
  g_autofree char *only = coterie_legend_format_rest (4, 0);

  g_assert_cmpstr (name, ==, "C3");
  g_assert_cmpstr (classes, ==, "“Bag” “Sandal”");
  g_assert_cmpstr (one, ==, "and 1 smaller one");
  g_assert_cmpstr (two, ==, "and 2 smaller ones");
  g_assert_cmpstr (only, ==, "only 4 small communities");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scene/picture-legend/lies-in-the-lower-left-corner",
                   test_lies_in_the_lower_left_corner);
  g_test_add_func ("/scene/picture-legend/fits-the-picture", test_fits_the_picture);
  g_test_add_func ("/scene/picture-legend/draws-in-its-place-alone", test_draws_in_its_place_alone);
  g_test_add_func ("/scene/picture-legend/shows-the-colors-of-the-appearance",
                   test_shows_the_colors_of_the_appearance);
  g_test_add_func ("/scene/picture-legend/a-quantity-has-a-ramp", test_a_quantity_has_a_ramp);
  g_test_add_func ("/scene/picture-legend/nothing-has-no-legend", test_nothing_has_no_legend);
  g_test_add_func ("/scene/picture-legend/the-graph-leaves-room", test_the_graph_leaves_room);
  g_test_add_func ("/scene/picture-legend/words", test_words);
  return g_test_run ();
}
