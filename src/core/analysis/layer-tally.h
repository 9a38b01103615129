/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/class-order.h"
#include "core/analysis/coactivation.h"
#include "core/analysis/cover.h"
#include "core/analysis/entropy.h"
#include "core/analysis/packed-row.h"
#include "core/base/parallel.h"

G_BEGIN_DECLS

/**
 * CoterieTallySettings:
 * @n_neurons: neurons of the layer, at least 1
 * @top: S, at least 1
 * @pairs: which pairs are counted
 * @specs: (array length=n_specs): the histograms to make
 * @n_specs: how many, may be 0
 */
typedef struct {
  guint n_neurons;
  guint top;
  CoteriePairs pairs;
  const CoterieEntropySpec *specs;
  guint n_specs;
} CoterieTallySettings;

/**
 * CoterieTallyBlock:
 * @activations: [n_neurons][lanes]: of samples that follow each other in the class order
 * @lanes: at least as many as there are samples; what lies in further lanes is not read
 * @runs: (array length=n_runs): the classes of the lanes
 * @n_runs: how many runs
 */
typedef struct {
  const float *activations;
  gsize lanes;
  const CoterieClassRun *runs;
  guint n_runs;
} CoterieTallyBlock;

/**
 * CoterieLayerTally:
 *
 * Adds up the activations of one layer, in two passes over the samples, without keeping them.
 */
typedef struct _CoterieLayerTally CoterieLayerTally;

CoterieLayerTally *coterie_layer_tally_new (const CoterieTallySettings *settings,
                                            const CoterieClassOrder *order);
void coterie_layer_tally_free (CoterieLayerTally *tally);
guint64 coterie_layer_tally_count_bytes (const CoterieTallySettings *settings,
                                         const CoterieClassOrder *order);
guint64 coterie_layer_tally_count_sweep_bytes (const CoterieTallySettings *settings,
                                               guint n_neurons);

gboolean coterie_layer_tally_add_moments (CoterieLayerTally *tally,
                                          const CoterieTallyBlock *block,
                                          guint first_neuron,
                                          guint end_neuron);
void coterie_layer_tally_add_row_moments (CoterieLayerTally *tally,
                                          guint neuron,
                                          const CoteriePackedRow *row,
                                          guint64 n_bad_values,
                                          const CoterieClassRun *runs,
                                          guint n_runs);
void coterie_layer_tally_choose (CoterieLayerTally *tally);
void
coterie_layer_tally_begin_sweep (CoterieLayerTally *tally, guint first_neuron, guint end_neuron);
void coterie_layer_tally_add_patterns (CoterieLayerTally *tally,
                                       const CoterieTallyBlock *block,
                                       guint first_neuron,
                                       guint end_neuron);
void coterie_layer_tally_add_row_patterns (CoterieLayerTally *tally,
                                           guint neuron,
                                           const CoteriePackedRow *row,
                                           const CoterieClassRun *runs,
                                           guint n_runs);
void coterie_layer_tally_count_pairs (CoterieLayerTally *tally, CoteriePool *pool);

const CoterieClassOrder *coterie_layer_tally_get_order (const CoterieLayerTally *tally);
guint64 coterie_layer_tally_get_n_bad_values (const CoterieLayerTally *tally);
const double *coterie_layer_tally_get_class_means (const CoterieLayerTally *tally);
const guint32 *coterie_layer_tally_get_n_representatives (const CoterieLayerTally *tally);
const guint32 *const *coterie_layer_tally_get_representatives (const CoterieLayerTally *tally);
const CoterieCover *coterie_layer_tally_get_cover (const CoterieLayerTally *tally);
const CoterieCoactivation *coterie_layer_tally_get_coactivations (const CoterieLayerTally *tally);
guint32 coterie_layer_tally_get_n_nonzero (const CoterieLayerTally *tally, guint neuron);
double
coterie_layer_tally_compute_entropy (const CoterieLayerTally *tally, guint spec, guint neuron);
double
coterie_layer_tally_compute_class_entropy (const CoterieLayerTally *tally, guint spec, guint label);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieLayerTally, coterie_layer_tally_free)

G_END_DECLS
