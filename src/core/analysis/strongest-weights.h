/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/network/network.h"

G_BEGIN_DECLS

/**
 * CoterieStrongWeight:
 * @source: a neuron of the lower layer
 * @target: a neuron of the layer above it
 * @weight: of the network, dimensionless, signed
 */
typedef struct {
  guint32 source;
  guint32 target;
  float weight;
} CoterieStrongWeight;

/**
 * CoterieStrongestWeights:
 * @layer: the lower of the two hidden layers, from 1
 * @n_weights: how many
 * @weights: (array length=n_weights): sorted by source, then by target, without repeats
 *
 * The weights that matter most between two successive hidden layers. Immutable and
 * reference-counted; its fields are for reading.
 */
typedef struct {
  guint layer;
  guint n_weights;
  const CoterieStrongWeight *weights;
} CoterieStrongestWeights;

/* How many weights each neuron has that are drawn: enough to see from which communities it is fed,
 * few enough to see anything. */
#define COTERIE_STRONG_WEIGHTS_PER_NEURON 2

CoterieStrongestWeights *coterie_strongest_weights_new (const CoterieNetwork *network,
                                                        guint layer,
                                                        const guint32 *sources,
                                                        guint n_sources,
                                                        const guint32 *targets,
                                                        guint n_targets,
                                                        guint n_per_target);
CoterieStrongestWeights *coterie_strongest_weights_ref (CoterieStrongestWeights *strongest);
void coterie_strongest_weights_unref (CoterieStrongestWeights *strongest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieStrongestWeights, coterie_strongest_weights_unref)

G_END_DECLS
