/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/activation-pass.h"
#include "core/analysis/sample-pass.h"

G_BEGIN_DECLS

/* For tests: the same as coterie_network_analysis_compute_within(), the work cut in another way. */
gboolean coterie_network_analysis_compute_cut (CoterieNetworkAnalysis *analysis,
                                               const CoterieNetwork *network,
                                               CoterieDataset *dataset,
                                               const CoterieAnalysisSettings *settings,
                                               CoterieAnalysisMemory *memory,
                                               const CoteriePassSizes *sizes,
                                               CoteriePool *pool,
                                               CoterieProgress *progress,
                                               GCancellable *cancellable,
                                               GError **error);

G_END_DECLS
