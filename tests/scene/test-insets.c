/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a fitted graph leaves to overlays. */

#include "draw/scene/insets.h"

static const CoterieViewport wide = {.width_px = 1200.0, .height_px = 700.0, .margin_px = 36.0};
static const CoterieViewport tall = {.width_px = 400.0, .height_px = 700.0, .margin_px = 36.0};
static const CoterieViewport square = {.width_px = 600.0, .height_px = 600.0, .margin_px = 36.0};

static CoterieOverlay
at_bottom_left (const CoterieViewport *viewport, double width_px, double height_px)
{
  return (CoterieOverlay){12.0, viewport->height_px - 12.0 - height_px, width_px, height_px};
}

static void
assert_insets (CoterieInsets insets, double left, double top, double right, double bottom)
{
  g_assert_cmpfloat (insets.left_px, ==, left);
  g_assert_cmpfloat (insets.top_px, ==, top);
  g_assert_cmpfloat (insets.right_px, ==, right);
  g_assert_cmpfloat (insets.bottom_px, ==, bottom);
}

static void
test_nothing_is_left_to_nothing (void)
{
  CoterieOverlay hidden = {0};

  assert_insets (coterie_insets_choose (&wide, NULL, 0, 1.0, FALSE), 0.0, 0.0, 0.0, 0.0);
  assert_insets (coterie_insets_choose (&tall, &hidden, 1, 1.0, FALSE), 0.0, 0.0, 0.0, 0.0);
}

static void
test_corners_are_free (void)
{
  CoterieOverlay legend = at_bottom_left (&wide, 190.0, 220.0);

  assert_insets (coterie_insets_choose (&wide, &legend, 1, 1.0, FALSE), 0.0, 0.0, 0.0, 0.0);
}

/* Reach of the overlay from its border: 12 + 190 or 12 + 220, and 12 for the gap less the margin. */
static void
test_the_strip_with_more_room_is_left (void)
{
  CoterieOverlay in_square = at_bottom_left (&square, 190.0, 220.0);
  CoterieOverlay in_tall = at_bottom_left (&tall, 190.0, 220.0);

  assert_insets (coterie_insets_choose (&square, &in_square, 1, 1.0, FALSE), 178.0, 0.0, 0.0, 0.0);
  assert_insets (coterie_insets_choose (&tall, &in_tall, 1, 1.0, FALSE), 0.0, 0.0, 0.0, 208.0);
}

static void
test_mirrored_overlays_give_mirrored_insets (void)
{
  CoterieOverlay top_right = {600.0 - 12.0 - 190.0, 12.0, 190.0, 220.0};
  CoterieOverlay mirrored_tall = {400.0 - 12.0 - 190.0, 12.0, 190.0, 220.0};

  assert_insets (coterie_insets_choose (&square, &top_right, 1, 1.0, FALSE), 0.0, 0.0, 178.0, 0.0);
  assert_insets (coterie_insets_choose (&tall, &mirrored_tall, 1, 1.0, FALSE), 0.0, 208.0, 0.0,
                 0.0);
}

static void
test_overlays_share_a_strip (void)
{
  CoterieOverlay overlays[] = {
      at_bottom_left (&tall, 190.0, 220.0),
      {400.0 - 12.0 - 36.0, 700.0 - 12.0 - 108.0, 36.0, 108.0},
      {12.0, 12.0, 150.0, 36.0},
  };

  assert_insets (coterie_insets_choose (&tall, overlays, 3, 1.0, FALSE), 0.0, 0.0, 0.0, 208.0);
}

static void
test_too_large_overlays_are_ignored (void)
{
  CoterieOverlay legend = at_bottom_left (&tall, 370.0, 660.0);

  assert_insets (coterie_insets_choose (&tall, &legend, 1, 1.0, FALSE), 0.0, 0.0, 0.0, 0.0);
}

/* Beside the legend, a wide graph would be low. */
static void
test_a_wide_graph_leaves_a_level_strip (void)
{
  CoterieViewport viewport = {.width_px = 700.0, .height_px = 640.0, .margin_px = 36.0};
  CoterieOverlay legend = at_bottom_left (&viewport, 190.0, 220.0);

  assert_insets (coterie_insets_choose (&viewport, &legend, 1, 1.0, FALSE), 178.0, 0.0, 0.0, 0.0);
  assert_insets (coterie_insets_choose (&viewport, &legend, 1, 2.0, FALSE), 0.0, 0.0, 0.0, 208.0);
}

/* A disc leaves a corner free that a square of layers fills. */
static void
test_rows_of_layers_fill_the_corners (void)
{
  CoterieOverlay small = at_bottom_left (&square, 60.0, 60.0);

  assert_insets (coterie_insets_choose (&square, &small, 1, 1.0, FALSE), 0.0, 0.0, 0.0, 0.0);
  assert_insets (coterie_insets_choose (&square, &small, 1, 1.0, TRUE), 48.0, 0.0, 0.0, 0.0);
}

/* Beside the overlay there is room for what is as wide as the rest of the viewport. */
static void
test_a_strip_is_enough_for_a_wide_graph (void)
{
  CoterieViewport viewport = {.width_px = 600.0, .height_px = 400.0, .margin_px = 36.0};
  CoterieOverlay column = {12.0, 12.0, 60.0, 376.0};

  assert_insets (coterie_insets_choose (&viewport, &column, 1, 3.0, FALSE), 48.0, 0.0, 0.0, 0.0);
  assert_insets (coterie_insets_choose (&viewport, &column, 1, 3.0, TRUE), 48.0, 0.0, 0.0, 0.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scene/insets/nothing-is-left-to-nothing", test_nothing_is_left_to_nothing);
  g_test_add_func ("/scene/insets/corners-are-free", test_corners_are_free);
  g_test_add_func ("/scene/insets/the-strip-with-more-room-is-left",
                   test_the_strip_with_more_room_is_left);
  g_test_add_func ("/scene/insets/mirrored-overlays-give-mirrored-insets",
                   test_mirrored_overlays_give_mirrored_insets);
  g_test_add_func ("/scene/insets/overlays-share-a-strip", test_overlays_share_a_strip);
  g_test_add_func ("/scene/insets/too-large-overlays-are-ignored",
                   test_too_large_overlays_are_ignored);
  g_test_add_func ("/scene/insets/a-wide-graph-leaves-a-level-strip",
                   test_a_wide_graph_leaves_a_level_strip);
  g_test_add_func ("/scene/insets/rows-of-layers-fill-the-corners",
                   test_rows_of_layers_fill_the_corners);
  g_test_add_func ("/scene/insets/a-strip-is-enough-for-a-wide-graph",
                   test_a_strip_is_enough_for_a_wide_graph);
  return g_test_run ();
}
