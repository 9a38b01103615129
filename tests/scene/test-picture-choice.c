/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody wants of a picture, as sizes and as words. */

#include "draw/picture/picture-choice.h"

#define WINDOW_WIDTH_PX 1200.0
#define WINDOW_HEIGHT_PX 600.0

/* Nature's single column. */
#define COLUMN 0

static CoteriePictureSize
get_size (CoteriePictureChoice choice)
{
  g_autoptr (GError) error = NULL;
  CoteriePictureSize size = {0};

  g_assert_true (
      coterie_picture_choice_get_size (&choice, WINDOW_WIDTH_PX, WINDOW_HEIGHT_PX, &size, &error));
  g_assert_no_error (error);
  return size;
}

static void
check (CoteriePictureChoice choice, int width_px, int height_px, const char *words)
{
  CoteriePictureSize size = get_size (choice);
  g_autofree char *described =
      coterie_picture_size_describe (&size, coterie_picture_format_is_vector (choice.format));

  g_assert_cmpint (size.width_px, ==, width_px);
  g_assert_cmpint (size.height_px, ==, height_px);
  g_assert_cmpstr (described, ==, words);
}

static void
test_window (void)
{
  CoteriePictureChoice choice = {.format = COTERIE_PICTURE_PNG,
                                 .room = COTERIE_PICTURE_ROOM_WINDOW,
                                 .own_height = TRUE,
                                 .height = 10.0,
                                 .dpi = 300.0};

  check (choice, 2400, 1200, "2400 × 1200 pixels");
  g_assert_cmpfloat (get_size (choice).scale, ==, 2.0);
  g_assert_false (coterie_picture_choice_needs_dpi (&choice));

  choice.format = COTERIE_PICTURE_PDF;
  check (choice, 720, 360, "254 × 127 mm, vectors");
  g_assert_cmpfloat (get_size (choice).scale, ==, 0.6);
}

static void
test_column (void)
{
  CoteriePictureChoice choice = {.format = COTERIE_PICTURE_PNG,
                                 .room = COTERIE_PICTURE_ROOM_COLUMN,
                                 .column = COLUMN,
                                 .unit = COTERIE_PICTURE_UNIT_MM,
                                 .dpi = 300.0};

  check (choice, 1051, 526, "1051 × 526 pixels, 89 × 45 mm");
  g_assert_true (coterie_picture_choice_needs_dpi (&choice));

  choice.format = COTERIE_PICTURE_SVG;
  check (choice, 252, 126, "89 × 44 mm, vectors");
  g_assert_false (coterie_picture_choice_needs_dpi (&choice));

  choice.legend = TRUE;
  check (choice, 252, 126, "89 × 44 mm, vectors; higher for a legend below the graph");

  choice.own_height = TRUE;
  choice.height = 100.0;
  check (choice, 252, 283, "89 × 100 mm, vectors");
}

static void
test_own (void)
{
  CoteriePictureChoice choice = {.format = COTERIE_PICTURE_PNG,
                                 .room = COTERIE_PICTURE_ROOM_OWN,
                                 .unit = COTERIE_PICTURE_UNIT_INCH,
                                 .width = 3.0,
                                 .dpi = 200.0};

  check (choice, 600, 300, "600 × 300 pixels, 76 × 38 mm");
  g_assert_true (coterie_picture_choice_needs_dpi (&choice));

  choice.unit = COTERIE_PICTURE_UNIT_PX;
  choice.width = 640.0;
  check (choice, 640, 320, "640 × 320 pixels");
  g_assert_false (coterie_picture_choice_needs_dpi (&choice));
}

static void
test_impossible (void)
{
  CoteriePictureChoice choice = {.format = COTERIE_PICTURE_PNG,
                                 .room = COTERIE_PICTURE_ROOM_OWN,
                                 .unit = COTERIE_PICTURE_UNIT_MM,
                                 .width = 2000.0,
                                 .dpi = 600.0};
  g_autoptr (GError) error = NULL;
  CoteriePictureSize size = {.width_px = 7};

  g_assert_false (
      coterie_picture_choice_get_size (&choice, WINDOW_WIDTH_PX, WINDOW_HEIGHT_PX, &size, &error));
  g_assert_error (error, COTERIE_PICTURE_SIZE_ERROR, COTERIE_PICTURE_SIZE_ERROR_OUT_OF_RANGE);
  g_assert_cmpint (size.width_px, ==, 7);
  g_clear_error (&error);

  choice.room = COTERIE_PICTURE_ROOM_WINDOW;
  g_assert_false (
      coterie_picture_choice_get_size (&choice, 10000.0, WINDOW_HEIGHT_PX, &size, &error));
  g_assert_error (error, COTERIE_PICTURE_SIZE_ERROR, COTERIE_PICTURE_SIZE_ERROR_OUT_OF_RANGE);
}

static void
test_units (void)
{
  for (guint from = 0; from < COTERIE_N_PICTURE_UNITS; from++)
    for (guint to = 0; to < COTERIE_N_PICTURE_UNITS; to++) {
      double there = coterie_picture_unit_convert (7.0, (CoteriePictureUnit) from,
                                                   (CoteriePictureUnit) to, 300.0);

      g_assert_cmpfloat_with_epsilon (coterie_picture_unit_convert (there, (CoteriePictureUnit) to,
                                                                    (CoteriePictureUnit) from,
                                                                    300.0),
                                      7.0, 1e-9);
    }
  g_assert_cmpfloat_with_epsilon (
      coterie_picture_unit_convert (50.8, COTERIE_PICTURE_UNIT_MM, COTERIE_PICTURE_UNIT_PX, 300.0),
      600.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (
      coterie_picture_unit_convert (2.0, COTERIE_PICTURE_UNIT_INCH, COTERIE_PICTURE_UNIT_MM, 300.0),
      50.8, 1e-9);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/picture-choice/window-gives-twice-its-pixels", test_window);
  g_test_add_func ("/scene/picture-choice/column-gives-the-width", test_column);
  g_test_add_func ("/scene/picture-choice/own-width-has-a-unit", test_own);
  g_test_add_func ("/scene/picture-choice/impossible-sizes-are-refused", test_impossible);
  g_test_add_func ("/scene/picture-choice/units-convert-both-ways", test_units);
  return g_test_run ();
}
