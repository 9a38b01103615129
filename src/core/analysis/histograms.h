/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/class-order.h"
#include "core/analysis/packed-row.h"

G_BEGIN_DECLS

/**
 * CoterieClassMoments:
 * @n_neurons: neurons of the layer
 * @sums: [n_classes][n_neurons]: sum of the activations, dimensionless, 0 or more
 * @lowest: [n_classes][n_neurons]: the smallest that is not 0, FLT_MAX without any
 * @highest: [n_classes][n_neurons]: the largest, 0 without any
 *
 * What is known of the activations before they are counted.
 */
typedef struct {
  guint n_neurons;
  double *sums;
  float *lowest;
  float *highest;
} CoterieClassMoments;

/**
 * CoterieHistograms:
 *
 * Histograms of the neurons of a layer, over all samples and over those of each class, and their
 * entropies.
 */
typedef struct _CoterieHistograms CoterieHistograms;

CoterieHistograms *coterie_histograms_new (const CoterieEntropySpec *spec,
                                           const CoterieClassOrder *order,
                                           const CoterieClassMoments *moments,
                                           const CoterieRowKernels *kernels);
void coterie_histograms_free (CoterieHistograms *histograms);
guint64 coterie_histograms_count_bytes (guint n_classes, guint n_neurons);
guint64 coterie_histograms_count_sweep_bytes (guint bins, guint n_neurons);
void coterie_histograms_begin_sweep (CoterieHistograms *histograms,
                                     guint first_neuron,
                                     guint end_neuron);
void coterie_histograms_add_row (CoterieHistograms *histograms,
                                 guint neuron,
                                 const CoteriePackedRow *row,
                                 const CoterieClassRun *runs,
                                 guint n_runs);
double coterie_histograms_get_entropy (const CoterieHistograms *histograms, guint neuron);
double coterie_histograms_compute_class_entropy (const CoterieHistograms *histograms, guint label);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieHistograms, coterie_histograms_free)

G_END_DECLS
