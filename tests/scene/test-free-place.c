/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where something that comes for a moment lies among overlays. */

#include "draw/scene/free-place.h"

#include <math.h>

static const CoterieViewport wide = {.width_px = 1000.0, .height_px = 600.0};
static const CoterieViewport narrow = {.width_px = 400.0, .height_px = 600.0};

static void
assert_at (CoterieOverlay place, double x_px, double y_px)
{
  g_assert_cmpfloat (place.x_px, ==, x_px);
  g_assert_cmpfloat (place.y_px, ==, y_px);
}

static void
test_alone_it_is_in_the_middle_below (void)
{
  CoterieOverlay hidden = {0};

  assert_at (coterie_free_place_find (&wide, 300.0, 50.0, NULL, 0), 350.0, 550.0);
  assert_at (coterie_free_place_find (&wide, 300.0, 50.0, &hidden, 1), 350.0, 550.0);
}

static void
test_it_moves_aside (void)
{
  const CoterieOverlay legend = {12.0, 300.0, 400.0, 288.0};
  const CoterieOverlay buttons = {952.0, 480.0, 36.0, 108.0};
  const CoterieOverlay both[] = {legend, buttons};

  assert_at (coterie_free_place_find (&wide, 300.0, 50.0, &legend, 1), 412.0, 550.0);
  assert_at (coterie_free_place_find (&wide, 540.0, 50.0, both, 2), 412.0, 550.0);
}

static void
test_it_rests_on_the_lower_one_where_there_is_no_room (void)
{
  const CoterieOverlay folded[] = {{12.0, 556.0, 130.0, 32.0}, {352.0, 480.0, 36.0, 108.0}};

  assert_at (coterie_free_place_find (&narrow, 200.0, 50.0, folded, 2), 142.0, 550.0);
  assert_at (coterie_free_place_find (&narrow, 340.0, 50.0, folded, 2), 12.0, 506.0);
  assert_at (coterie_free_place_find (&narrow, 380.0, 50.0, folded, 2), 10.0, 430.0);
}

static void
test_it_covers_least_where_it_must_cover (void)
{
  const CoterieOverlay full[] = {{0.0, 0.0, 400.0, 300.0}, {0.0, 340.0, 400.0, 260.0}};
  CoterieOverlay place = coterie_free_place_find (&narrow, 300.0, 50.0, full, 2);

  assert_at (place, 50.0, 290.0);
}

static void
test_it_is_no_larger_than_the_graph (void)
{
  CoterieOverlay place = coterie_free_place_find (&narrow, 500.0, 700.0, NULL, 0);

  assert_at (place, 0.0, 0.0);
  g_assert_cmpfloat (place.width_px, ==, 400.0);
  g_assert_cmpfloat (place.height_px, ==, 600.0);
}

static const CoterieViewport seen = {.width_px = 1000.0, .height_px = 600.0, .margin_px = 36.0};
static const CoterieOverlay corners[] = {{12.0, 300.0, 400.0, 288.0}, {700.0, 12.0, 288.0, 140.0}};

static void
test_a_point_that_is_seen_stays (void)
{
  double x_px = 500.0, y_px = 250.0;

  coterie_free_place_find_point (&seen, corners, 2, &x_px, &y_px);
  g_assert_cmpfloat (x_px, ==, 500.0);
  g_assert_cmpfloat (y_px, ==, 250.0);
}

/* Wherever it is: in the corners, which a fitted graph leaves alone, too. */
static void
test_no_point_stays_covered (void)
{
  for (gint i = 0; i < 26 * 16; i++) {
    double x_px = (i % 26) * 50.0 - 125.0, y_px = (double) (i / 26) * 50.0 - 75.0;

    coterie_free_place_find_point (&seen, corners, 2, &x_px, &y_px);
    g_assert_cmpfloat (x_px, >=, 36.0);
    g_assert_cmpfloat (y_px, >=, 36.0);
    g_assert_cmpfloat (x_px, <=, 1000.0 - 36.0);
    g_assert_cmpfloat (y_px, <=, 600.0 - 36.0);
    for (guint j = 0; j < 2; j++)
      g_assert_true (x_px <= corners[j].x_px - 36.0 || y_px <= corners[j].y_px - 36.0 ||
                     x_px >= corners[j].x_px + corners[j].width_px + 36.0 ||
                     y_px >= corners[j].y_px + corners[j].height_px + 36.0);
  }
}

static void
test_a_covered_point_moves_little (void)
{
  double x_px = 400.0, y_px = 400.0;

  coterie_free_place_find_point (&seen, corners, 2, &x_px, &y_px);
  g_assert_cmpfloat (hypot (x_px - 400.0, y_px - 400.0), <, 100.0);
}

/* The bar of a search, below the tools. */
static const CoterieOverlay bar = {560.0, 60.0, 428.0, 60.0};

static void
test_points_that_are_seen_do_not_move (void)
{
  const double points[] = {500.0, 250.0, 520.0, 80.0, 750.0, -10.0};
  double dx_px = 1.0, dy_px = 1.0;

  g_assert_false (coterie_free_place_covers (&seen, &bar, 1, points, 3));
  coterie_free_place_find_shift (&seen, &bar, 1, points, 3, &dx_px, &dy_px);
  g_assert_cmpfloat (dx_px, ==, 0.0);
  g_assert_cmpfloat (dy_px, ==, 0.0);
}

/* The shorter way is down, unless that takes others out of what is seen. */
static void
test_covered_points_come_clear (void)
{
  const double points[] = {750.0, 90.0, 800.0, 110.0, 600.0, 540.0};
  double dx_px, dy_px;

  g_assert_true (coterie_free_place_covers (&seen, &bar, 1, points, 3));
  coterie_free_place_find_shift (&seen, &bar, 1, points, 2, &dx_px, &dy_px);
  g_assert_cmpfloat (dx_px, ==, 0.0);
  g_assert_cmpfloat (90.0 + dy_px, >=, 120.0 + 36.0);
  g_assert_cmpfloat (90.0 + dy_px, <, 120.0 + 36.0 + 8.0);

  coterie_free_place_find_shift (&seen, &bar, 1, points, 3, &dx_px, &dy_px);
  g_assert_cmpfloat (dx_px, <, 0.0);
  g_assert_cmpfloat (540.0 + dy_px, <=, 600.0 - 36.0);
  for (guint i = 0; i < 3; i++) {
    const double moved[] = {points[2 * i] + dx_px, points[2 * i + 1] + dy_px};

    g_assert_false (coterie_free_place_covers (&seen, &bar, 1, moved, 1));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/free-place/alone-it-is-in-the-middle-below",
                   test_alone_it_is_in_the_middle_below);
  g_test_add_func ("/scene/free-place/it-moves-aside", test_it_moves_aside);
  g_test_add_func ("/scene/free-place/it-rests-on-the-lower-one-where-there-is-no-room",
                   test_it_rests_on_the_lower_one_where_there_is_no_room);
  g_test_add_func ("/scene/free-place/it-covers-least-where-it-must-cover",
                   test_it_covers_least_where_it_must_cover);
  g_test_add_func ("/scene/free-place/it-is-no-larger-than-the-graph",
                   test_it_is_no_larger_than_the_graph);
  g_test_add_func ("/scene/free-place/a-point-that-is-seen-stays", test_a_point_that_is_seen_stays);
  g_test_add_func ("/scene/free-place/no-point-stays-covered", test_no_point_stays_covered);
  g_test_add_func ("/scene/free-place/a-covered-point-moves-little",
                   test_a_covered_point_moves_little);
  g_test_add_func ("/scene/free-place/points-that-are-seen-do-not-move",
                   test_points_that_are_seen_do_not_move);
  g_test_add_func ("/scene/free-place/covered-points-come-clear", test_covered_points_come_clear);
  return g_test_run ();
}
