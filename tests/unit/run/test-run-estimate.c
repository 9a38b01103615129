/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/run/run-estimate.h"

#include <math.h>

#define TRAINING_S 10.0
#define ANALYSIS_S 2.0
#define LAYOUT_S 3.0
#define WRITING_S 0.5
#define FRAME_S (ANALYSIS_S + LAYOUT_S + WRITING_S)

typedef struct {
  CoterieRunEstimate estimate;
  double now_s;
  double seconds_left;
  double fraction;
} Clock;

static void
look (Clock *clock, double stage_fraction)
{
  double before = clock->fraction;

  coterie_run_estimate_look (&clock->estimate, stage_fraction, clock->now_s, &clock->seconds_left,
                             &clock->fraction);
  g_assert_cmpfloat (clock->fraction, >=, before);
  g_assert_cmpfloat (clock->fraction, <=, 1.0);
}

/* Lets a stage pass, looking on often; returns the greatest jump of the time left that is not the
 * clock's own running down. */
static double
pass_stage (Clock *clock, CoterieRunStage stage, double duration_s)
{
  const guint n_looks = 100;
  double largest_jump = 0.0;

  coterie_run_estimate_enter (&clock->estimate, stage, clock->now_s);
  for (guint i = 0; i < n_looks; i++) {
    double before = clock->seconds_left;
    double passed = duration_s / n_looks;

    clock->now_s += passed;
    look (clock, (i + 1.0) / n_looks);
    if (before >= 0.0)
      largest_jump = fmax (largest_jump, fabs (clock->seconds_left - (before - passed)));
  }
  return largest_jump;
}

static double
pass_frame (Clock *clock, double layout_s)
{
  double jump = pass_stage (clock, COTERIE_RUN_STAGE_ANALYSIS, ANALYSIS_S);

  jump = fmax (jump, pass_stage (clock, COTERIE_RUN_STAGE_LAYOUT, layout_s));
  return fmax (jump, pass_stage (clock, COTERIE_RUN_STAGE_WRITING, WRITING_S));
}

static void
start (Clock *clock, guint n_iterations, guint n_frames)
{
  *clock = (Clock){.now_s = 1000.0};
  coterie_run_estimate_init (&clock->estimate, n_iterations, n_frames, 0, clock->now_s);
  look (clock, 0.0);
  clock->now_s += 1.0;
}

static void
test_unknown_until_training_is_seen (void)
{
  Clock clock;

  start (&clock, 20, 21);
  g_assert_cmpfloat (clock.seconds_left, <, 0.0);
  g_assert_cmpfloat (clock.fraction, ==, 0.0);
  pass_frame (&clock, LAYOUT_S);
  g_assert_cmpfloat (clock.seconds_left, <, 0.0);

  coterie_run_estimate_enter (&clock.estimate, COTERIE_RUN_STAGE_TRAINING, clock.now_s);
  clock.now_s += 0.01 * TRAINING_S;
  look (&clock, 0.01);
  g_assert_cmpfloat (clock.seconds_left, <, 0.0);
  clock.now_s += 0.09 * TRAINING_S;
  look (&clock, 0.1);
  g_assert_cmpfloat_with_epsilon (clock.seconds_left, 19.9 * TRAINING_S + 20.0 * FRAME_S, 1e-6);
}

static void
test_exact_when_stages_are_steady (void)
{
  Clock clock;

  start (&clock, 20, 21);
  pass_frame (&clock, LAYOUT_S);
  for (guint t = 1; t <= 20; t++) {
    pass_stage (&clock, COTERIE_RUN_STAGE_TRAINING, TRAINING_S);
    g_assert_cmpfloat_with_epsilon (clock.seconds_left, (20 - t) * TRAINING_S + (21 - t) * FRAME_S,
                                    1e-6);
    pass_frame (&clock, LAYOUT_S);
    g_assert_cmpfloat_with_epsilon (clock.seconds_left, (20 - t) * (TRAINING_S + FRAME_S), 1e-6);
  }
  coterie_run_estimate_enter (&clock.estimate, COTERIE_RUN_STAGE_ENDED, clock.now_s);
  look (&clock, 0.0);
  g_assert_cmpfloat (clock.seconds_left, ==, 0.0);
  g_assert_cmpfloat (clock.fraction, ==, 1.0);
}

static void
test_counts_recorded_frames_only (void)
{
  Clock clock;

  start (&clock, 10, 3); /* frames 0, 5 and 10 */
  pass_frame (&clock, LAYOUT_S);
  for (guint t = 1; t <= 10; t++) {
    pass_stage (&clock, COTERIE_RUN_STAGE_TRAINING, TRAINING_S);
    g_assert_cmpfloat_with_epsilon (clock.seconds_left,
                                    (10 - t) * TRAINING_S + (t <= 5 ? 2 : 1) * FRAME_S, 1e-6);
    if (t % 5 == 0)
      pass_frame (&clock, LAYOUT_S);
  }
}

/* The first layout takes ten times as long as those that start from it, and later ones vary by half.
 * From one frame to the next the bare estimate falls by minutes; what is shown moves by seconds. */
static void
test_uneven_stages_do_not_jump (void)
{
  Clock clock;
  double largest = 0.0;

  start (&clock, 20, 21);
  pass_frame (&clock, 10.0 * LAYOUT_S);
  for (guint t = 1; t <= 20; t++) {
    pass_stage (&clock, COTERIE_RUN_STAGE_TRAINING, TRAINING_S);
    largest = fmax (largest, pass_frame (&clock, LAYOUT_S * (t % 2 == 0 ? 1.5 : 0.5)));
  }
  g_assert_cmpfloat (largest, <, 8.0);
  g_assert_cmpfloat (clock.seconds_left, <, 2.0);
}

/* A layout and eight short ones for each frame, until it is seen how long they take. */
static void
test_counts_the_refinement (void)
{
  Clock clock = {.now_s = 1000.0, .seconds_left = -1.0};

  coterie_run_estimate_init (&clock.estimate, 2, 3, 3, clock.now_s);
  pass_frame (&clock, LAYOUT_S);
  for (guint t = 1; t <= 2; t++) {
    pass_stage (&clock, COTERIE_RUN_STAGE_TRAINING, TRAINING_S);
    g_assert_cmpfloat_with_epsilon (
        clock.seconds_left, (2 - t) * TRAINING_S + (3 - t) * FRAME_S + 6.0 * LAYOUT_S, 1e-6);
    pass_frame (&clock, LAYOUT_S);
  }
  g_assert_cmpfloat_with_epsilon (clock.seconds_left, 6.0 * LAYOUT_S, 1e-6);
  g_assert_cmpfloat (pass_stage (&clock, COTERIE_RUN_STAGE_REFINEMENT, 6.0 * LAYOUT_S), <, 1e-6);
  g_assert_cmpfloat (clock.seconds_left, <, 1e-6);
}

static void
test_refinement_of_another_length_is_followed (void)
{
  Clock clock = {.now_s = 1000.0, .seconds_left = -1.0};

  coterie_run_estimate_init (&clock.estimate, 1, 2, 2, clock.now_s);
  pass_frame (&clock, LAYOUT_S);
  pass_stage (&clock, COTERIE_RUN_STAGE_TRAINING, TRAINING_S);
  pass_frame (&clock, LAYOUT_S);
  g_assert_cmpfloat (pass_stage (&clock, COTERIE_RUN_STAGE_REFINEMENT, 12.0 * LAYOUT_S), <, 4.0);
  g_assert_cmpfloat (clock.seconds_left, <, 0.5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/estimate/unknown-until-training-is-seen",
                   test_unknown_until_training_is_seen);
  g_test_add_func ("/run/estimate/exact-when-stages-are-steady", test_exact_when_stages_are_steady);
  g_test_add_func ("/run/estimate/counts-recorded-frames-only", test_counts_recorded_frames_only);
  g_test_add_func ("/run/estimate/uneven-stages-do-not-jump", test_uneven_stages_do_not_jump);
  g_test_add_func ("/run/estimate/counts-the-refinement", test_counts_the_refinement);
  g_test_add_func ("/run/estimate/refinement-of-another-length-is-followed",
                   test_refinement_of_another_length_is_followed);
  return g_test_run ();
}
