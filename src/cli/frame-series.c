/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a measure goes with the training accuracy over the iterations of a recording. */

#include "cli/frame-series.h"

#include "core/analysis/correlation.h"

static double
measure_frame (const CoterieFrame *frame, CoterieFrameMeasure measure, guint layer)
{
  const CoterieLayerAnalysis *analysis = frame->layers[layer].analysis;

  switch (measure) {
  case COTERIE_FRAME_MEASURE_LAYER_ENTROPY:
    return analysis->entropy;
  case COTERIE_FRAME_MEASURE_NO_OVERLAP:
    return analysis->modularity.no_overlap;
  case COTERIE_FRAME_MEASURE_UNWEIGHTED_OVERLAP:
    return analysis->modularity.unweighted_overlap;
  case COTERIE_FRAME_MEASURE_WEIGHTED_OVERLAP:
    return analysis->modularity.weighted_overlap;
  case COTERIE_FRAME_MEASURE_LOUVAIN:
    return analysis->modularity.louvain;
  case COTERIE_FRAME_MEASURE_ENTROPY:
  default:
    return frame->entropy;
  }
}

/**
 * coterie_frame_series_correlate:
 * @frames: (element-type CoterieFrame): all of one recording
 * @measure: what to follow
 * @layer: of which layer, from 0; of no account for a measure of the whole network
 *
 * Correlates @measure with the training accuracy. The untrained network, iteration 0, is left out, as
 * in the paper.
 *
 * Returns: the correlations; not-a-number with fewer than two frames, or if either series is constant
 */
CoterieCorrelation
coterie_frame_series_correlate (GPtrArray *frames, CoterieFrameMeasure measure, guint layer)
{
  g_autofree double *values = g_new (double, frames->len);
  g_autofree double *accuracies = g_new (double, frames->len);
  gsize n = 0;

  for (guint i = 0; i < frames->len; i++) {
    const CoterieFrame *frame = g_ptr_array_index (frames, i);

    if (frame->iteration == 0)
      continue;
    values[n] = measure_frame (frame, measure, layer);
    accuracies[n] = frame->evaluations[COTERIE_SPLIT_TRAINING].accuracy;
    n++;
  }
  return (CoterieCorrelation){
      .pearson = coterie_correlation_pearson (values, accuracies, n),
      .spearman = coterie_correlation_spearman (values, accuracies, n),
  };
}
