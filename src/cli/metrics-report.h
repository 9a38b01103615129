/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/metrics-input.h"
#include "core/analysis/analysis-settings.h"

G_BEGIN_DECLS

/**
 * CoterieMetricsSettings:
 * @analysis: S, resolution and seed; its bins are not used
 * @bins: (array length=n_bins): the numbers of bins to compute entropies with
 * @n_bins: how many there are, at least 1
 */
typedef struct {
  CoterieAnalysisSettings analysis;
  const guint *bins;
  guint n_bins;
} CoterieMetricsSettings;

char *coterie_metrics_report_new (const CoterieMetricsInput *input,
                                  const CoterieMetricsSettings *settings,
                                  GError **error);

G_END_DECLS
