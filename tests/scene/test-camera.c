/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "draw/scene/camera.h"

#include <math.h>

static const CoterieViewport viewport = {
    .width_px = 800.0,
    .height_px = 500.0,
    .margin_px = 20.0,
    .insets = {.left_px = 100.0, .bottom_px = 60.0},
};
static const CoterieBounds bounds = {-3.0, 1.0, 5.0, 4.0};

static void
assert_same (CoterieCamera camera, CoterieCamera expected)
{
  g_assert_cmpfloat_with_epsilon (camera.center_x, expected.center_x, 1e-9);
  g_assert_cmpfloat_with_epsilon (camera.center_y, expected.center_y, 1e-9);
  g_assert_cmpfloat_with_epsilon (camera.scale, expected.scale, 1e-9);
}

static void
test_there_and_back (void)
{
  CoterieCamera camera = {1.5, -2.5, 37.0};
  double x, y, x_px, y_px;

  coterie_camera_to_screen (camera, &viewport, 0.25, 0.75, &x_px, &y_px);
  coterie_camera_to_layout (camera, &viewport, x_px, y_px, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 0.25, 1e-12);
  g_assert_cmpfloat_with_epsilon (y, 0.75, 1e-12);
}

static void
test_up_is_up (void)
{
  CoterieCamera camera = {0.0, 0.0, 10.0};
  double x_px, low_px, high_px;

  coterie_camera_to_screen (camera, &viewport, 0.0, 1.0, &x_px, &high_px);
  coterie_camera_to_screen (camera, &viewport, 0.0, -1.0, &x_px, &low_px);
  g_assert_cmpfloat (high_px, ==, 240.0);
  g_assert_cmpfloat (low_px, ==, 260.0);
}

/* The room is 660 by 400 pixels, centred at (450, 220); the bounds are 8 by 3. */
static void
test_fit_fills_the_room (void)
{
  CoterieCamera camera = coterie_camera_fit (bounds, &viewport);
  double left_px, right_px, top_px, bottom_px;

  coterie_camera_to_screen (camera, &viewport, bounds.min_x, bounds.max_y, &left_px, &top_px);
  coterie_camera_to_screen (camera, &viewport, bounds.max_x, bounds.min_y, &right_px, &bottom_px);
  g_assert_cmpfloat_with_epsilon (left_px, 120.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (right_px, 780.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (0.5 * (top_px + bottom_px), 220.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (bottom_px - top_px, 3.0 * 660.0 / 8.0, 1e-9);
}

static void
test_fit_takes_a_point (void)
{
  CoterieCamera camera = coterie_camera_fit ((CoterieBounds){2.0, 3.0, 2.0, 3.0}, &viewport);
  double x_px, y_px;

  g_assert_cmpfloat (camera.scale, >, 0.0);
  coterie_camera_to_screen (camera, &viewport, 2.0, 3.0, &x_px, &y_px);
  g_assert_cmpfloat_with_epsilon (x_px, 450.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (y_px, 220.0, 1e-9);
}

static void
test_fit_takes_a_tiny_viewport (void)
{
  const CoterieViewport tiny = {.width_px = 50.0, .height_px = 40.0, .margin_px = 30.0};
  CoterieCamera camera = coterie_camera_fit (bounds, &tiny);

  g_assert_cmpfloat_with_epsilon (camera.scale, 50.0 / 8.0, 1e-9);
  g_assert_false (coterie_camera_has_room (&tiny));
}

static void
test_zoom_keeps_the_point (void)
{
  CoterieCamera camera = {1.0, 2.0, 50.0};
  double x, y, x_px, y_px;

  coterie_camera_to_layout (camera, &viewport, 123.0, 321.0, &x, &y);
  camera = coterie_camera_zoom_at (camera, &viewport, 123.0, 321.0, 1.7);
  coterie_camera_to_screen (camera, &viewport, x, y, &x_px, &y_px);
  g_assert_cmpfloat_with_epsilon (x_px, 123.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (y_px, 321.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (camera.scale, 85.0, 1e-9);
}

static void
test_zoom_and_back (void)
{
  CoterieCamera camera = {1.0, 2.0, 50.0};
  CoterieCamera near_camera = coterie_camera_zoom_at (camera, &viewport, 10.0, 20.0, 3.0);

  assert_same (coterie_camera_zoom_at (near_camera, &viewport, 10.0, 20.0, 1.0 / 3.0), camera);
}

static void
test_pan_moves_the_picture (void)
{
  CoterieCamera camera = {1.0, 2.0, 50.0};
  double x_px, y_px;

  camera = coterie_camera_pan (camera, 30.0, -10.0);
  coterie_camera_to_screen (camera, &viewport, 1.0, 2.0, &x_px, &y_px);
  g_assert_cmpfloat_with_epsilon (x_px, 430.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (y_px, 240.0, 1e-9);
}

static void
test_pinch_keeps_what_is_between_the_fingers (void)
{
  CoterieCamera camera = {1.0, 2.0, 50.0};
  double x, y, x_px, y_px;

  coterie_camera_to_layout (camera, &viewport, 123.0, 321.0, &x, &y);
  camera = coterie_camera_pinch (camera, &viewport, 123.0, 321.0, 200.0, 250.0, 1.7);
  coterie_camera_to_screen (camera, &viewport, x, y, &x_px, &y_px);
  g_assert_cmpfloat_with_epsilon (x_px, 200.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (y_px, 250.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (camera.scale, 85.0, 1e-9);
}

/* A zoom about a pointer, mixed half-way, is the same zoom by the square root. */
static void
test_mix_zooms_about_the_point (void)
{
  CoterieCamera from = {1.0, 2.0, 50.0};
  CoterieCamera to = coterie_camera_zoom_at (from, &viewport, 700.0, 100.0, 4.0);

  assert_same (coterie_camera_mix (from, to, 0.5),
               coterie_camera_zoom_at (from, &viewport, 700.0, 100.0, 2.0));
  assert_same (coterie_camera_mix (from, to, 0.0), from);
  assert_same (coterie_camera_mix (from, to, 1.0), to);
}

static void
test_mix_of_equal_scales_is_even (void)
{
  CoterieCamera from = {1.0, 2.0, 50.0}, to = {3.0, -2.0, 50.0};

  assert_same (coterie_camera_mix (from, to, 0.25), (CoterieCamera){1.5, 1.0, 50.0});
}

static void
test_limit_holds_and_lets_be (void)
{
  CoterieCamera fit = coterie_camera_fit (bounds, &viewport);
  CoterieCamera far_away = {1e6, -1e6, fit.scale * 1e6};
  CoterieCamera limited = coterie_camera_limit (far_away, bounds, &viewport);

  assert_same (coterie_camera_limit (fit, bounds, &viewport), fit);
  g_assert_cmpfloat (limited.center_x, <=, bounds.max_x);
  g_assert_cmpfloat (limited.center_y, >=,
                     fmin (bounds.min_y, fit.center_y) - 30.1 / limited.scale);
  g_assert_cmpfloat (limited.scale, <=, 100.0 * fit.scale);
}

/* The middle of the room is at (450, 220), that of the viewport at (400, 250). */
static void
test_limit_lets_every_corner_into_the_room (void)
{
  CoterieCamera fit = coterie_camera_fit (bounds, &viewport);

  for (guint corner = 0; corner < 4; corner++) {
    double x = corner % 2 == 0 ? bounds.min_x : bounds.max_x;
    double y = corner / 2 == 0 ? bounds.min_y : bounds.max_y;
    CoterieCamera camera = {x, y, 8.0 * fit.scale};

    camera = coterie_camera_pan (camera, 50.0, -30.0);
    assert_same (coterie_camera_limit (camera, bounds, &viewport), camera);
  }
}

/* Any point is where it was in the picture, as seen from the other camera; the viewport has been made
 * larger meanwhile. */
static void
test_picture_is_placed_where_it_belongs (void)
{
  CoterieCamera painted = {1.0, 2.0, 50.0}, now = {1.5, 1.25, 70.0};
  CoterieViewport larger = {.width_px = viewport.width_px + 31.0,
                            .height_px = viewport.height_px + 8.0};
  double frame[4], x_px, y_px, wanted_x_px, wanted_y_px;

  coterie_camera_place_picture (painted, now, &larger, viewport.width_px, viewport.height_px,
                                frame);
  for (guint i = 0; i < 9; i++) {
    double x = i % 3, y = (double) i / 3 - 1.0;

    coterie_camera_to_screen (painted, &viewport, x, y, &x_px, &y_px);
    x_px = frame[0] + x_px / viewport.width_px * (frame[2] - frame[0]);
    y_px = frame[1] + y_px / viewport.height_px * (frame[3] - frame[1]);
    coterie_camera_to_screen (now, &larger, x, y, &wanted_x_px, &wanted_y_px);
    g_assert_cmpfloat_with_epsilon (x_px, wanted_x_px, 1e-9);
    g_assert_cmpfloat_with_epsilon (y_px, wanted_y_px, 1e-9);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/camera/there-and-back-is-the-same-point", test_there_and_back);
  g_test_add_func ("/scene/camera/up-is-up", test_up_is_up);
  g_test_add_func ("/scene/camera/fit-fills-the-room", test_fit_fills_the_room);
  g_test_add_func ("/scene/camera/fit-takes-a-point", test_fit_takes_a_point);
  g_test_add_func ("/scene/camera/fit-takes-a-tiny-viewport", test_fit_takes_a_tiny_viewport);
  g_test_add_func ("/scene/camera/zoom-keeps-the-point", test_zoom_keeps_the_point);
  g_test_add_func ("/scene/camera/zoom-and-back-is-nothing", test_zoom_and_back);
  g_test_add_func ("/scene/camera/pan-moves-the-picture", test_pan_moves_the_picture);
  g_test_add_func ("/scene/camera/pinch-keeps-what-is-between-the-fingers",
                   test_pinch_keeps_what_is_between_the_fingers);
  g_test_add_func ("/scene/camera/mix-zooms-about-the-point", test_mix_zooms_about_the_point);
  g_test_add_func ("/scene/camera/mix-of-equal-scales-is-even", test_mix_of_equal_scales_is_even);
  g_test_add_func ("/scene/camera/picture-is-placed-where-it-belongs",
                   test_picture_is_placed_where_it_belongs);
  g_test_add_func ("/scene/camera/limit-holds-and-lets-be", test_limit_holds_and_lets_be);
  g_test_add_func ("/scene/camera/limit-lets-every-corner-into-the-room",
                   test_limit_lets_every_corner_into_the_room);
  return g_test_run ();
}
