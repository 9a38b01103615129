/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/activation-pass.h"
#include "core/dataset/dataset.h"
#include "core/recording/run-info.h"

G_BEGIN_DECLS

/**
 * CoterieFramePace:
 * @sample_s: what a sample adds to the analysis, seconds
 * @graphs_s: what the analysis takes besides, whatever the number of samples, seconds
 * @layout_s: how long the graphs are laid out, and later once more with those of the other frames, seconds
 * @writing_s: how long the frame is written without its weights, seconds
 * @weights_s: how long its weights are written, seconds
 *
 * How fast this machine makes a frame. A value.
 */
typedef struct {
  double sample_s;
  double graphs_s;
  double layout_s;
  double writing_s;
  double weights_s;
} CoterieFramePace;

gboolean coterie_frame_pace_measure (CoterieFramePace *pace,
                                     const CoterieNetwork *network,
                                     CoterieDataset *few,
                                     CoterieDataset *many,
                                     const CoterieRunInfo *info,
                                     CoteriePool *pool,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
