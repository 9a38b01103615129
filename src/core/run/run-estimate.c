/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Estimates the time a run still needs: for each stage how often it is still to be done, times how
 * long it took lately. How long the refinement at the end takes follows from how long layouts took, until
 * it is seen. What is shown follows this slowly, so that one long layout does not make the number jump, and
 * runs down like a clock in between. */

#include "core/run/run-estimate.h"

#include <math.h>

/* How much a new duration moves the expected one. */
#define NEW_DURATION_SHARE 0.3

/* How far into its first iteration training must be to tell how long one takes. */
#define FIRST_FRACTION 0.02
#define FIRST_SECONDS 0.3

/* A frame's part in the refinement, in layouts: one, and eight short ones. With two layers of MNIST, on one
 * thread, 1.9 to 2.1 of 2 to 4 frames. */
#define REFINED_LAYOUTS 2.0

/* In so many seconds what is shown comes nearer to the estimate by a factor e: a share of the time
 * left, so that short runs and ends of long ones are followed quickly, but within limits. */
#define SMOOTHING_SHARE 0.1
#define LEAST_SMOOTHING_S 0.1
#define MOST_SMOOTHING_S 4.0

/**
 * coterie_run_estimate_init:
 * @estimate: (out caller-allocates): the estimate
 * @n_iterations: iterations to train, at least 1
 * @n_frames: frames to record, that of the untrained network included
 * @n_refined: frames to lay out together in the end; more than @n_frames if there are some already
 * @now_s: the time, seconds
 *
 * Begins a run, in the stage of opening.
 */
void
coterie_run_estimate_init (
    CoterieRunEstimate *estimate, guint n_iterations, guint n_frames, guint n_refined, double now_s)
{
  *estimate = (CoterieRunEstimate){
      .n_iterations = n_iterations,
      .n_frames = n_frames,
      .n_refined = n_refined,
      .stage = COTERIE_RUN_STAGE_OPENING,
      .stage_began_s = now_s,
      .began_s = now_s,
      .shown_left_s = -1.0,
      .shown_at_s = now_s,
  };
  for (guint stage = 0; stage < G_N_ELEMENTS (estimate->seconds); stage++)
    estimate->seconds[stage] = -1.0;
}

static void
learn_duration (CoterieRunEstimate *estimate, double duration_s)
{
  double *expected = &estimate->seconds[estimate->stage];

  if (*expected < 0.0)
    *expected = duration_s;
  else
    *expected += NEW_DURATION_SHARE * (duration_s - *expected);
}

/**
 * coterie_run_estimate_enter:
 * @estimate: the estimate
 * @stage: what is done from now on
 * @now_s: the time, seconds
 *
 * Ends the stage before, and learns from how long it took.
 */
void
coterie_run_estimate_enter (CoterieRunEstimate *estimate, CoterieRunStage stage, double now_s)
{
  if (estimate->stage != COTERIE_RUN_STAGE_ENDED)
    learn_duration (estimate, now_s - estimate->stage_began_s);
  if (estimate->stage == COTERIE_RUN_STAGE_TRAINING)
    estimate->n_trained++;
  if (estimate->stage == COTERIE_RUN_STAGE_WRITING)
    estimate->n_recorded++;
  estimate->stage = stage;
  estimate->stage_began_s = now_s;
}

/* Negative while unknown. */
static double
expect_refinement (const CoterieRunEstimate *estimate)
{
  return estimate->n_refined * REFINED_LAYOUTS * estimate->seconds[COTERIE_RUN_STAGE_LAYOUT];
}

/* How long the stage at hand takes in all; negative while unknown. */
static double
expect_stage (const CoterieRunEstimate *estimate, double stage_fraction, double now_s)
{
  double elapsed = now_s - estimate->stage_began_s;

  if (estimate->seconds[estimate->stage] >= 0.0)
    return estimate->seconds[estimate->stage];
  if (stage_fraction >= FIRST_FRACTION && elapsed >= FIRST_SECONDS)
    return elapsed / stage_fraction;
  if (estimate->stage == COTERIE_RUN_STAGE_REFINEMENT)
    return expect_refinement (estimate);
  return -1.0;
}

/* Adds what n times a stage takes; the sum is negative once anything in it is unknown. */
static double
add_stages (const CoterieRunEstimate *estimate, double sum_s, guint n, CoterieRunStage stage)
{
  if (n == 0)
    return sum_s;
  if (sum_s < 0.0 || estimate->seconds[stage] < 0.0)
    return -1.0;
  return sum_s + n * estimate->seconds[stage];
}

/* Negative while unknown. */
static double
estimate_left (const CoterieRunEstimate *estimate, double stage_fraction, double now_s)
{
  CoterieRunEstimate known = *estimate;
  CoterieRunStage stage = estimate->stage;
  guint n_iterations = estimate->n_iterations - MIN (estimate->n_trained, estimate->n_iterations);
  guint n_frames = estimate->n_frames - MIN (estimate->n_recorded, estimate->n_frames);
  guint n_begun = stage >= COTERIE_RUN_STAGE_ANALYSIS ? 1 : 0;
  double left;

  if (stage < COTERIE_RUN_STAGE_TRAINING)
    return -1.0;
  known.seconds[stage] = expect_stage (estimate, stage_fraction, now_s);
  if (known.seconds[stage] < 0.0)
    return -1.0;

  left = known.seconds[stage] * (1.0 - CLAMP (stage_fraction, 0.0, 1.0));
  if (stage == COTERIE_RUN_STAGE_TRAINING)
    n_iterations -= MIN (n_iterations, 1);
  left = add_stages (&known, left, n_iterations, COTERIE_RUN_STAGE_TRAINING);
  for (CoterieRunStage s = COTERIE_RUN_STAGE_ANALYSIS; s <= COTERIE_RUN_STAGE_WRITING; s++)
    left = add_stages (&known, left, n_frames - MIN (n_frames, s <= stage ? n_begun : 0), s);
  if (left >= 0.0 && stage < COTERIE_RUN_STAGE_REFINEMENT)
    left += MAX (expect_refinement (&known), 0.0);
  return left;
}

/* The clock runs down by itself; the difference that remains is made up for little by little. */
static void
show (CoterieRunEstimate *estimate, double left_s, double now_s)
{
  double passed = now_s - estimate->shown_at_s;

  if (estimate->shown_left_s < 0.0) {
    estimate->shown_left_s = left_s;
  } else {
    double run_down = estimate->shown_left_s - passed;
    double smoothing = CLAMP (SMOOTHING_SHARE * left_s, LEAST_SMOOTHING_S, MOST_SMOOTHING_S);

    run_down += (left_s - run_down) * (1.0 - exp (-passed / smoothing));
    estimate->shown_left_s = MAX (run_down, 0.0);
  }
  estimate->shown_at_s = now_s;
}

/**
 * coterie_run_estimate_look:
 * @estimate: the estimate
 * @stage_fraction: how much of the stage at hand is done, 0 … 1
 * @now_s: the time, seconds; never earlier than at a call before
 * @seconds_left: (out): time to the end, seconds; negative while unknown
 * @fraction: (out): how much of the run's time has passed, 0 … 1; never less than before
 *
 * Says how far the run is.
 */
void
coterie_run_estimate_look (CoterieRunEstimate *estimate,
                           double stage_fraction,
                           double now_s,
                           double *seconds_left,
                           double *fraction)
{
  double elapsed = now_s - estimate->began_s;
  double left = estimate->stage == COTERIE_RUN_STAGE_ENDED
                    ? 0.0
                    : estimate_left (estimate, stage_fraction, now_s);

  if (estimate->stage == COTERIE_RUN_STAGE_ENDED)
    estimate->shown_left_s = 0.0;
  else if (left >= 0.0)
    show (estimate, left, now_s);

  if (estimate->shown_left_s >= 0.0 && elapsed > 0.0)
    estimate->fraction = MAX (estimate->fraction, elapsed / (elapsed + estimate->shown_left_s));
  *seconds_left = estimate->shown_left_s;
  *fraction = estimate->fraction;
}
