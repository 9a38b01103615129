/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sizes of pictures, in pixels and on paper. */

#include "draw/picture/picture-size.h"

#include <math.h>

static void
check_length (const char *text, double value, CoterieLengthUnit unit)
{
  g_autoptr (GError) error = NULL;
  CoterieLength length;

  g_assert_true (coterie_length_parse (text, &length, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (length.value, value, 1e-9);
  g_assert_cmpint (length.unit, ==, unit);
}

static void
test_lengths (void)
{
  check_length ("1600", 1600.0, COTERIE_LENGTH_PX);
  check_length ("1600px", 1600.0, COTERIE_LENGTH_PX);
  check_length ("89mm", 89.0, COTERIE_LENGTH_MM);
  check_length ("8.9 cm", 89.0, COTERIE_LENGTH_MM);
  check_length ("3.5in", 88.9, COTERIE_LENGTH_MM);
  check_length ("72pt", 25.4, COTERIE_LENGTH_MM);
  check_length ("nature", 89.0, COTERIE_LENGTH_MM);
}

static void
test_malformed (void)
{
  static const struct {
    const char *text;
    int code;
  } cases[] = {
      {"", COTERIE_PICTURE_SIZE_ERROR_SYNTAX},
      {"wide", COTERIE_PICTURE_SIZE_ERROR_SYNTAX},
      {"89 furlongs", COTERIE_PICTURE_SIZE_ERROR_SYNTAX},
      {"89mm wide", COTERIE_PICTURE_SIZE_ERROR_SYNTAX},
      {"nan", COTERIE_PICTURE_SIZE_ERROR_SYNTAX},
      {"inf", COTERIE_PICTURE_SIZE_ERROR_SYNTAX},
      {"0", COTERIE_PICTURE_SIZE_ERROR_OUT_OF_RANGE},
      {"-3in", COTERIE_PICTURE_SIZE_ERROR_OUT_OF_RANGE},
      {"1e999", COTERIE_PICTURE_SIZE_ERROR_OUT_OF_RANGE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    CoterieLength length = {7.0, COTERIE_LENGTH_MM};

    g_assert_false (coterie_length_parse (cases[i].text, &length, &error));
    g_assert_error (error, COTERIE_PICTURE_SIZE_ERROR, cases[i].code);
    g_assert_cmpfloat (length.value, ==, 7.0);
  }
}

static void
test_pixels_enlarge (void)
{
  CoteriePictureSize size;

  g_assert_true (coterie_picture_size_compute ((CoterieLength){3200.0, COTERIE_LENGTH_PX},
                                               (CoterieLength){0.0, COTERIE_LENGTH_PX}, 300.0,
                                               &size, NULL));
  g_assert_cmpint (size.width_px, ==, 3200);
  g_assert_cmpint (size.height_px, ==, 2000);
  g_assert_cmpfloat (size.scale, ==, 2.0);
  g_assert_cmpfloat (size.dpi, ==, 0.0);
}

/* A line of one pixel in the window must be at least half a point wide in print. */
static void
test_paper_keeps_lines (void)
{
  static const double dpis[] = {72.0, 150.0, 600.0};

  for (guint i = 0; i < G_N_ELEMENTS (dpis); i++) {
    CoteriePictureSize size;

    g_assert_true (coterie_picture_size_compute ((CoterieLength){50.8, COTERIE_LENGTH_MM},
                                                 (CoterieLength){25.4, COTERIE_LENGTH_MM}, dpis[i],
                                                 &size, NULL));
    g_assert_cmpint (size.width_px, ==, (int) (2.0 * dpis[i]));
    g_assert_cmpint (size.height_px, ==, (int) dpis[i]);
    g_assert_cmpfloat (size.scale / dpis[i] * 72.0, >=, 0.5);
    g_assert_cmpfloat (size.dpi, ==, dpis[i]);
    g_assert_cmpfloat (12.0 * size.text_scale / dpis[i] * 72.0, >=, 6.0);
    g_assert_cmpfloat (12.0 * size.least_text_scale / dpis[i] * 72.0, >=, 6.0);
  }
}

/* 89 mm are no whole number of points; pixels have no size on paper. */
static void
test_paper_is_exact (void)
{
  CoteriePictureSize size;

  g_assert_true (coterie_picture_size_compute ((CoterieLength){89.0, COTERIE_LENGTH_MM},
                                               (CoterieLength){0.0, COTERIE_LENGTH_PX}, 72.0, &size,
                                               NULL));
  g_assert_cmpfloat_with_epsilon (size.width_pt * 25.4 / 72.0, 89.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (size.height_pt, 0.625 * size.width_pt, 1e-9);
  g_assert_cmpint (size.width_px, ==, 252);
  g_assert_true (coterie_picture_size_compute ((CoterieLength){300.0, COTERIE_LENGTH_PX},
                                               (CoterieLength){0.0, COTERIE_LENGTH_PX}, 72.0, &size,
                                               NULL));
  g_assert_cmpfloat (size.width_pt, ==, 0.0);
}

static void
test_out_of_range (void)
{
  g_autoptr (GError) error = NULL;
  CoteriePictureSize size;

  g_assert_false (coterie_picture_size_compute ((CoterieLength){4000.0, COTERIE_LENGTH_MM},
                                                (CoterieLength){0.0, COTERIE_LENGTH_PX}, 300.0,
                                                &size, &error));
  g_assert_error (error, COTERIE_PICTURE_SIZE_ERROR, COTERIE_PICTURE_SIZE_ERROR_OUT_OF_RANGE);
}

static void
test_columns (void)
{
  guint n_columns;
  const CoterieColumn *columns = coterie_column_list (&n_columns);

  g_assert_cmpuint (n_columns, >, 0);
  for (guint i = 0; i < n_columns; i++)
    check_length (columns[i].name, columns[i].width_mm, COTERIE_LENGTH_MM);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/picture-size/lengths-have-units", test_lengths);
  g_test_add_func ("/scene/picture-size/refuses-what-is-no-length", test_malformed);
  g_test_add_func ("/scene/picture-size/pixels-enlarge-the-window", test_pixels_enlarge);
  g_test_add_func ("/scene/picture-size/lines-stay-half-a-point-wide", test_paper_keeps_lines);
  g_test_add_func ("/scene/picture-size/paper-is-exact", test_paper_is_exact);
  g_test_add_func ("/scene/picture-size/refuses-sides-out-of-range", test_out_of_range);
  g_test_add_func ("/scene/picture-size/columns-have-their-width", test_columns);
  return g_test_run ();
}
