/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/analysis-settings.h"
#include "core/analysis/layer-analysis.h"
#include "core/analysis/layer-tally.h"

G_BEGIN_DECLS

CoterieLayerAnalysis *coterie_layer_summary_compute (const CoterieLayerTally *tally,
                                                     guint layer,
                                                     guint64 n_patterns,
                                                     guint64 n_regions,
                                                     const CoterieAnalysisSettings *settings,
                                                     CoteriePool *pool,
                                                     GCancellable *cancellable,
                                                     GError **error);

G_END_DECLS
