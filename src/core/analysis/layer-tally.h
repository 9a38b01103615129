/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/class-order.h"
#include "core/analysis/cover.h"
#include "core/analysis/entropy.h"
#include "core/base/parallel.h"

G_BEGIN_DECLS

/**
 * CoteriePairs:
 * @COTERIE_PAIRS_CLASS: among the representatives of the class
 * @COTERIE_PAIRS_UNION: among the representatives of all classes
 *
 * Which pairs of neurons are counted for a class in Eq. 6.
 */
typedef enum {
  COTERIE_PAIRS_CLASS,
  COTERIE_PAIRS_UNION,
} CoteriePairs;

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
 * CoterieCoactivation:
 * @n_neurons: neurons whose pairs were counted
 * @neurons: [n_neurons]: those neurons, ascending
 * @counts: [n_neurons (n_neurons - 1) / 2]: delta of the pairs i < j, (0, 1), (0, 2) … (1, 2) …
 *
 * In how many samples of one class two neurons are both above their class means.
 */
typedef struct {
  guint n_neurons;
  const guint32 *neurons;
  const guint32 *counts;
} CoterieCoactivation;

/**
 * CoterieLayerTally:
 *
 * Adds up the activations of one layer, in two passes over the samples, without keeping them.
 */
typedef struct _CoterieLayerTally CoterieLayerTally;

CoterieLayerTally *coterie_layer_tally_new (const CoterieTallySettings *settings,
                                            const CoterieClassOrder *order);
void coterie_layer_tally_free (CoterieLayerTally *tally);

gboolean coterie_layer_tally_add_moments (CoterieLayerTally *tally,
                                          const CoterieTallyBlock *block,
                                          guint first_neuron,
                                          guint end_neuron);
void coterie_layer_tally_choose (CoterieLayerTally *tally);
void coterie_layer_tally_add_patterns (CoterieLayerTally *tally,
                                       const CoterieTallyBlock *block,
                                       guint first_neuron,
                                       guint end_neuron);
void coterie_layer_tally_count_pairs (CoterieLayerTally *tally, CoteriePool *pool);

const CoterieClassOrder *coterie_layer_tally_get_order (const CoterieLayerTally *tally);
const double *coterie_layer_tally_get_class_means (const CoterieLayerTally *tally);
const guint32 *coterie_layer_tally_get_n_representatives (const CoterieLayerTally *tally);
const guint32 *const *coterie_layer_tally_get_representatives (const CoterieLayerTally *tally);
const CoterieCover *coterie_layer_tally_get_cover (const CoterieLayerTally *tally);
const CoterieCoactivation *coterie_layer_tally_get_coactivations (const CoterieLayerTally *tally);
guint32 coterie_layer_tally_get_n_nonzero (const CoterieLayerTally *tally, guint neuron);
double
coterie_layer_tally_compute_entropy (const CoterieLayerTally *tally, guint spec, guint neuron);

gboolean coterie_activation_is_valid (float activation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieLayerTally, coterie_layer_tally_free)

G_END_DECLS
