/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/timeline.h"

#define FRAME_S (1.0 / 60.0)

static CoterieTimeline *
create_timeline (guint n_frames)
{
  CoterieTimeline *timeline = coterie_timeline_new ();

  coterie_timeline_set_n_frames (timeline, n_frames);
  return timeline;
}

static void
advance_until_still (CoterieTimeline *timeline)
{
  for (guint i = 0; i < 10000; i++)
    if (!coterie_timeline_advance (timeline, FRAME_S))
      return;
  g_assert_not_reached ();
}

static void
test_follows_new_frames (void)
{
  g_autoptr (CoterieTimeline) timeline = create_timeline (1);

  g_assert_true (coterie_timeline_get_following (timeline));
  g_assert_false (coterie_timeline_get_moving (timeline));
  coterie_timeline_set_n_frames (timeline, 2);
  g_assert_true (coterie_timeline_get_moving (timeline));
  advance_until_still (timeline);
  g_assert_cmpfloat (coterie_timeline_get_position (timeline), ==, 1.0);
}

static void
test_dragging_ends_following (void)
{
  g_autoptr (CoterieTimeline) timeline = create_timeline (5);

  advance_until_still (timeline);
  coterie_timeline_scrub (timeline, 1.3);
  g_assert_cmpfloat (coterie_timeline_get_position (timeline), ==, 1.3);
  g_assert_false (coterie_timeline_get_following (timeline));
  coterie_timeline_set_n_frames (timeline, 6);
  g_assert_cmpfloat (coterie_timeline_get_position (timeline), ==, 1.3);
  g_assert_false (coterie_timeline_get_moving (timeline));
}

static void
test_going_to_the_last_follows_again (void)
{
  g_autoptr (CoterieTimeline) timeline = create_timeline (5);

  coterie_timeline_scrub (timeline, 0.0);
  coterie_timeline_go_to_last (timeline);
  advance_until_still (timeline);
  g_assert_true (coterie_timeline_get_following (timeline));
  g_assert_cmpfloat (coterie_timeline_get_position (timeline), ==, 4.0);
}

static void
test_settles_at_the_nearest_frame (void)
{
  g_autoptr (CoterieTimeline) timeline = create_timeline (5);

  coterie_timeline_scrub (timeline, 2.6);
  coterie_timeline_settle (timeline);
  advance_until_still (timeline);
  g_assert_cmpfloat (coterie_timeline_get_position (timeline), ==, 3.0);
}

static void
test_steps_add_up (void)
{
  g_autoptr (CoterieTimeline) timeline = create_timeline (10);

  coterie_timeline_scrub (timeline, 2.0);
  coterie_timeline_step (timeline, 1);
  coterie_timeline_advance (timeline, FRAME_S);
  coterie_timeline_step (timeline, 1);
  advance_until_still (timeline);
  g_assert_cmpfloat (coterie_timeline_get_position (timeline), ==, 4.0);
}

static void
test_steps_stop_at_the_ends (void)
{
  g_autoptr (CoterieTimeline) timeline = create_timeline (3);

  coterie_timeline_scrub (timeline, 0.0);
  coterie_timeline_step (timeline, -1);
  advance_until_still (timeline);
  g_assert_cmpfloat (coterie_timeline_get_position (timeline), ==, 0.0);
  for (guint i = 0; i < 5; i++)
    coterie_timeline_step (timeline, 1);
  advance_until_still (timeline);
  g_assert_cmpfloat (coterie_timeline_get_position (timeline), ==, 2.0);
}

static void
test_between_frames_a_step_goes_to_a_whole_one (void)
{
  g_autoptr (CoterieTimeline) timeline = create_timeline (6);

  coterie_timeline_scrub (timeline, 2.5);
  coterie_timeline_step (timeline, 1);
  g_assert_cmpfloat (coterie_timeline_get_target (timeline), ==, 3.0);
  coterie_timeline_scrub (timeline, 2.5);
  coterie_timeline_step (timeline, -1);
  g_assert_cmpfloat (coterie_timeline_get_target (timeline), ==, 2.0);
}

static void
test_plays_with_its_speed (void)
{
  g_autoptr (CoterieTimeline) timeline = create_timeline (11);

  coterie_timeline_scrub (timeline, 0.0);
  coterie_timeline_set_speed (timeline, 4.0);
  coterie_timeline_set_playing (timeline, TRUE);
  for (guint i = 0; i < 60; i++)
    coterie_timeline_advance (timeline, FRAME_S);
  g_assert_cmpfloat_with_epsilon (coterie_timeline_get_position (timeline), 4.0, 1e-9);
  g_assert_true (coterie_timeline_get_playing (timeline));

  advance_until_still (timeline);
  g_assert_false (coterie_timeline_get_playing (timeline));
  g_assert_cmpfloat (coterie_timeline_get_position (timeline), ==, 10.0);
}

static void
test_plays_again_from_the_start (void)
{
  g_autoptr (CoterieTimeline) timeline = create_timeline (4);

  advance_until_still (timeline);
  coterie_timeline_set_playing (timeline, TRUE);
  g_assert_cmpfloat (coterie_timeline_get_position (timeline), ==, 0.0);
  g_assert_true (coterie_timeline_get_playing (timeline));
}

static void
test_one_frame_does_not_play (void)
{
  g_autoptr (CoterieTimeline) timeline = create_timeline (1);

  coterie_timeline_set_playing (timeline, TRUE);
  g_assert_false (coterie_timeline_get_playing (timeline));
}

static void
count (guint *n_notified)
{
  (*n_notified)++;
}

static void
test_rest_is_announced (void)
{
  g_autoptr (CoterieTimeline) timeline = create_timeline (4);
  guint n_moving = 0;

  advance_until_still (timeline);
  g_signal_connect_swapped (timeline, "notify::moving", G_CALLBACK (count), &n_moving);
  coterie_timeline_go_to_first (timeline);
  g_assert_cmpuint (n_moving, ==, 1);
  advance_until_still (timeline);
  g_assert_cmpuint (n_moving, ==, 2);
  coterie_timeline_scrub (timeline, 2.0);
  g_assert_cmpuint (n_moving, ==, 2);
}

static void
test_forgets_when_reset (void)
{
  g_autoptr (CoterieTimeline) timeline = create_timeline (4);

  coterie_timeline_scrub (timeline, 2.0);
  coterie_timeline_reset (timeline);
  g_assert_cmpuint (coterie_timeline_get_n_frames (timeline), ==, 0);
  g_assert_cmpfloat (coterie_timeline_get_position (timeline), ==, 0.0);
  g_assert_true (coterie_timeline_get_following (timeline));
  g_assert_false (coterie_timeline_get_moving (timeline));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/timeline/follows-new-frames", test_follows_new_frames);
  g_test_add_func ("/session/timeline/dragging-ends-following", test_dragging_ends_following);
  g_test_add_func ("/session/timeline/going-to-the-last-follows-again",
                   test_going_to_the_last_follows_again);
  g_test_add_func ("/session/timeline/settles-at-the-nearest-frame",
                   test_settles_at_the_nearest_frame);
  g_test_add_func ("/session/timeline/steps-add-up", test_steps_add_up);
  g_test_add_func ("/session/timeline/steps-stop-at-the-ends", test_steps_stop_at_the_ends);
  g_test_add_func ("/session/timeline/between-frames-a-step-goes-to-a-whole-one",
                   test_between_frames_a_step_goes_to_a_whole_one);
  g_test_add_func ("/session/timeline/plays-with-its-speed", test_plays_with_its_speed);
  g_test_add_func ("/session/timeline/plays-again-from-the-start", test_plays_again_from_the_start);
  g_test_add_func ("/session/timeline/one-frame-does-not-play", test_one_frame_does_not_play);
  g_test_add_func ("/session/timeline/rest-is-announced", test_rest_is_announced);
  g_test_add_func ("/session/timeline/forgets-when-reset", test_forgets_when_reset);
  return g_test_run ();
}
