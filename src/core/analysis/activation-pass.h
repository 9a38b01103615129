/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/analysis-memory.h"
#include "core/analysis/analysis-settings.h"
#include "core/analysis/evaluation.h"
#include "core/analysis/layer-analysis.h"
#include "core/base/parallel.h"
#include "core/base/progress.h"
#include "core/dataset/dataset.h"
#include "core/network/network.h"

G_BEGIN_DECLS

/**
 * CoterieNetworkAnalysis:
 * @evaluations: one for each #CoterieSplit
 * @n_classes: classes of the data set
 * @class_accuracies: (transfer full): [n_classes] for each #CoterieSplit: fraction of a class's
 *   samples that the network knows, 0 … 1; not-a-number for a class without samples
 * @n_layers: number of hidden layers
 * @layers: (array length=n_layers) (transfer full): their analyses
 *
 * What one activation pass yields; clear it with coterie_network_analysis_clear().
 */
typedef struct {
  CoterieEvaluation evaluations[COTERIE_N_SPLITS];
  guint n_classes;
  double *class_accuracies[COTERIE_N_SPLITS];
  guint n_layers;
  CoterieLayerAnalysis **layers;
} CoterieNetworkAnalysis;

gboolean coterie_network_analysis_compute (CoterieNetworkAnalysis *analysis,
                                           const CoterieNetwork *network,
                                           CoterieDataset *dataset,
                                           const CoterieAnalysisSettings *settings,
                                           CoteriePool *pool,
                                           CoterieProgress *progress,
                                           GCancellable *cancellable,
                                           GError **error);
gboolean coterie_network_analysis_compute_within (CoterieNetworkAnalysis *analysis,
                                                  const CoterieNetwork *network,
                                                  CoterieDataset *dataset,
                                                  const CoterieAnalysisSettings *settings,
                                                  CoterieAnalysisMemory *memory,
                                                  CoteriePool *pool,
                                                  CoterieProgress *progress,
                                                  GCancellable *cancellable,
                                                  GError **error);
guint64 coterie_network_analysis_get_least_memory (const CoterieNetwork *network,
                                                   CoterieDataset *dataset,
                                                   const CoterieAnalysisSettings *settings,
                                                   CoteriePool *pool);
void coterie_network_analysis_clear (CoterieNetworkAnalysis *analysis);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CoterieNetworkAnalysis, coterie_network_analysis_clear)

G_END_DECLS
