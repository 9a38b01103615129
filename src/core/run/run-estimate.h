/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/run/run.h"

G_BEGIN_DECLS

/**
 * CoterieRunEstimate:
 * @n_iterations: iterations to train
 * @n_frames: frames to record
 * @n_refined: frames to lay out together in the end
 * @n_trained: iterations trained
 * @n_recorded: frames recorded
 * @stage: what is done now
 * @stage_began_s: since when, seconds
 * @seconds: how long each stage takes, as far as is known; negative while it is not
 * @began_s: when the run began, seconds
 * @shown_left_s: what was said last, seconds; negative if nothing was
 * @shown_at_s: when it was said, seconds
 * @fraction: the greatest fraction said
 *
 * How far a run is, from how long its stages took so far. All times are on a clock of the caller's,
 * which stands still during pauses. A value.
 */
typedef struct {
  guint n_iterations;
  guint n_frames;
  guint n_refined;
  guint n_trained;
  guint n_recorded;
  CoterieRunStage stage;
  double stage_began_s;
  double seconds[COTERIE_RUN_STAGE_ENDED];
  double began_s;
  double shown_left_s;
  double shown_at_s;
  double fraction;
} CoterieRunEstimate;

void coterie_run_estimate_init (CoterieRunEstimate *estimate,
                                guint n_iterations,
                                guint n_frames,
                                guint n_refined,
                                double now_s);
void coterie_run_estimate_enter (CoterieRunEstimate *estimate, CoterieRunStage stage, double now_s);
void coterie_run_estimate_look (CoterieRunEstimate *estimate,
                                double stage_fraction,
                                double now_s,
                                double *seconds_left,
                                double *fraction);

G_END_DECLS
