/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/frame.h"

G_BEGIN_DECLS

/**
 * CoterieFrameMeasure:
 *
 * What is followed through the iterations: one number of the network or of a layer.
 */
typedef enum {
  COTERIE_FRAME_MEASURE_ENTROPY,
  COTERIE_FRAME_MEASURE_LAYER_ENTROPY,
  COTERIE_FRAME_MEASURE_NO_OVERLAP,
  COTERIE_FRAME_MEASURE_UNWEIGHTED_OVERLAP,
  COTERIE_FRAME_MEASURE_WEIGHTED_OVERLAP,
  COTERIE_FRAME_MEASURE_LOUVAIN,
} CoterieFrameMeasure;

/**
 * CoterieCorrelation:
 * @pearson: correlation of the values, -1 … 1; not-a-number if undefined
 * @spearman: correlation of the ranks, -1 … 1; not-a-number if undefined
 */
typedef struct {
  double pearson;
  double spearman;
} CoterieCorrelation;

CoterieCorrelation
coterie_frame_series_correlate (GPtrArray *frames, CoterieFrameMeasure measure, guint layer);

G_END_DECLS
