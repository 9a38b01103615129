/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/layer-analysis.h"
#include "core/analysis/layer-tally.h"

G_BEGIN_DECLS

double coterie_selectivity_compute (const double *class_means, guint n_classes, gsize stride);
void coterie_neuron_baselines_fill (CoterieLayerBaselines *baselines,
                                    const CoterieLayerTally *tally);

G_END_DECLS
