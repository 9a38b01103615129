/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/graph.h"

G_BEGIN_DECLS

/**
 * CoterieModularities:
 * @no_overlap: Eq. 1, every node in the class it represents most strongly
 * @unweighted_overlap: Eq. 2
 * @weighted_overlap: Eq. 3
 * @louvain: of the detected communities, with edge weights, resolution 1
 *
 * Modularities of one layer, dimensionless, at most 1; 0 where the graph has no edge.
 */
typedef struct {
  double no_overlap;
  double unweighted_overlap;
  double weighted_overlap;
  double louvain;
} CoterieModularities;

/**
 * CoterieLayerAnalysis:
 * @layer: which hidden layer, from 1
 * @n_neurons: neurons of the layer
 * @n_classes: classes of the data set
 * @n_representatives: [n_classes]: how many representatives a class has: S, or 0 for a class without
 *   samples, or the number of neurons if that is less
 * @representatives: [n_classes]: each [n_representatives[c]]: neurons, best first
 * @class_means: [n_classes][n_neurons]: mean activation (Eq. 5), not-a-number for a class without
 *   samples
 * @neuron_entropies: [n_neurons]: activation pattern entropy, nats, 0 or more
 * @entropy: sum of @neuron_entropies, nats
 * @mean_live_entropy: mean over neurons with more than one non-zero activation, nats; 0 without any
 * @n_nodes: nodes of the activation pattern graph
 * @neurons: [n_nodes]: the neuron of each node, ascending
 * @node_classes: [n_nodes]: of the classes it represents, the one with the highest mean activation
 * @graph: edge weights after Eq. 6
 * @n_communities: detected communities, singletons included
 * @communities: [n_nodes]: detected community of each node, from 0, the largest community first
 * @modularity: modularities of @graph
 *
 * All that is known about one layer at one iteration. Immutable and reference-counted; its fields
 * are for reading.
 */
typedef struct {
  guint layer;
  guint n_neurons;
  guint n_classes;
  const guint32 *n_representatives;
  const guint32 *const *representatives;
  const float *class_means;
  const float *neuron_entropies;
  double entropy;
  double mean_live_entropy;
  guint n_nodes;
  const guint32 *neurons;
  const guint32 *node_classes;
  CoterieGraph *graph;
  guint n_communities;
  const guint32 *communities;
  CoterieModularities modularity;
} CoterieLayerAnalysis;

CoterieLayerAnalysis *coterie_layer_analysis_new (const CoterieLayerAnalysis *fields);
CoterieLayerAnalysis *coterie_layer_analysis_ref (CoterieLayerAnalysis *analysis);
void coterie_layer_analysis_unref (CoterieLayerAnalysis *analysis);
gint coterie_layer_analysis_find_node (const CoterieLayerAnalysis *analysis, guint neuron);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieLayerAnalysis, coterie_layer_analysis_unref)

G_END_DECLS
