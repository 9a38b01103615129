/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset.h"
#include "core/run/run.h"

G_BEGIN_DECLS

/**
 * CoterieRunPace:
 * @iteration_s: how long an iteration trains, seconds
 * @frame_s: how long a frame is analysed, laid out and written without its weights, seconds
 * @weights_s: how long the weights of a frame are written, seconds
 * @state_s: how long it takes to write what the optimizer remembers, seconds
 * @frames_for_network: with how many frames weights are written once; 1 for all
 *
 * How fast this machine does a run. A value.
 */
typedef struct {
  double iteration_s;
  double frame_s;
  double weights_s;
  double state_s;
  guint frames_for_network;
} CoterieRunPace;

gboolean coterie_run_pace_measure (CoterieRunPace *pace,
                                   CoterieDataset *dataset,
                                   const CoterieTrainingSettings *training,
                                   const CoterieAnalysisSettings *analysis,
                                   guint n_threads,
                                   gboolean brief,
                                   GCancellable *cancellable,
                                   GError **error);
double coterie_run_pace_predict (const CoterieRunPace *pace,
                                 const CoterieTrainingSettings *training);

G_END_DECLS
