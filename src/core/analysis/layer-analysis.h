/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/null-model.h"
#include "core/base/graph.h"

G_BEGIN_DECLS

/**
 * CoterieModularities:
 * @no_overlap: Eq. 1, every node in the class it represents most strongly
 * @unweighted_overlap: Eq. 2
 * @weighted_overlap: Eq. 3
 * @louvain: of the detected communities, with edge weights, resolution 1
 * @klb_weighted: of the halves of a Kernighan–Lin bisection, with edge weights
 * @klb_unweighted: the same with every edge counted once
 *
 * Modularities of one layer, dimensionless, at most 1; 0 where the graph has no edge, not-a-number
 * where the layer has bad values.
 */
typedef struct {
  double no_overlap;
  double unweighted_overlap;
  double weighted_overlap;
  double louvain;
  double klb_weighted;
  double klb_unweighted;
} CoterieModularities;

/**
 * CoterieLayerBaselines:
 * @selectivity: class selectivity (Morcos et al. 2018), mean over the neurons that are ever active,
 *   0 … 1; not-a-number without any
 * @dead_frac: neurons that are 0 for every training sample, 0 … 1
 * @always_active_frac: neurons above 0 for every training sample, 0 … 1
 * @sparsity: fraction of activations that are 0, 0 … 1
 * @n_patterns: distinct patterns of active neurons that the training samples make in this layer
 * @n_regions: the same for the layers from the first to this one together: linear regions of the
 *   network that the data meet (Montúfar et al. 2014)
 * @class_information: normalised mutual information of the detected communities with the classes
 *   that the nodes represent, 0 … 1; not-a-number without nodes
 * @null: the detected communities' modularity beside those of rewired graphs of the same degrees
 *
 * What is known from elsewhere about a layer, for comparison with modularity and entropy.
 */
typedef struct {
  double selectivity;
  double dead_frac;
  double always_active_frac;
  double sparsity;
  guint64 n_patterns;
  guint64 n_regions;
  double class_information;
  CoterieNullComparison null;
} CoterieLayerBaselines;

/**
 * CoterieLayerAnalysis:
 * @layer: which hidden layer, from 1
 * @n_neurons: neurons of the layer
 * @n_classes: classes of the data set
 * @n_bad_values: activations that were not-a-number, infinite or negative; with any, all statistics
 *   are not-a-number, and there are no representatives, nodes or edges
 * @n_representatives: [n_classes]: how many representatives a class has: S, or 0 for a class without
 *   samples, or the number of neurons if that is less
 * @representatives: [n_classes]: each [n_representatives[c]]: neurons, best first
 * @class_means: [n_classes][n_neurons]: mean activation (Eq. 5), not-a-number for a class without
 *   samples
 * @neuron_entropies: [n_neurons]: activation pattern entropy, nats, 0 or more
 * @entropy: sum of @neuron_entropies, nats
 * @class_entropies: [n_classes]: sum of the neurons' entropies over the samples of one class alone,
 *   nats; 0 for a class without samples
 * @mean_live_entropy: mean over neurons with more than one non-zero activation, nats;
 *   not-a-number without any
 * @n_nodes: nodes of the activation pattern graph
 * @neurons: [n_nodes]: the neuron of each node, ascending
 * @node_classes: [n_nodes]: of the classes it represents, the one with the highest mean activation
 * @graph: edge weights after Eq. 6
 * @n_communities: communities that Louvain detects at this iteration alone, singletons included
 * @communities: [n_nodes]: their members: community of each node, from 0, the largest first
 * @modularity: modularities of @graph
 * @baselines: other measures
 *
 * All that is known about one layer at one iteration. Immutable and reference-counted; its fields
 * are for reading.
 */
typedef struct {
  guint layer;
  guint n_neurons;
  guint n_classes;
  guint64 n_bad_values;
  const guint32 *n_representatives;
  const guint32 *const *representatives;
  const float *class_means;
  const float *neuron_entropies;
  const double *class_entropies;
  double entropy;
  double mean_live_entropy;
  guint n_nodes;
  const guint32 *neurons;
  const guint32 *node_classes;
  CoterieGraph *graph;
  guint n_communities;
  const guint32 *communities;
  CoterieModularities modularity;
  CoterieLayerBaselines baselines;
} CoterieLayerAnalysis;

CoterieLayerAnalysis *coterie_layer_analysis_new (const CoterieLayerAnalysis *fields);
CoterieLayerAnalysis *coterie_layer_analysis_ref (CoterieLayerAnalysis *analysis);
void coterie_layer_analysis_unref (CoterieLayerAnalysis *analysis);
gboolean coterie_layer_analysis_is_silent (const CoterieLayerAnalysis *analysis);
gint coterie_layer_analysis_find_node (const CoterieLayerAnalysis *analysis, guint neuron);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieLayerAnalysis, coterie_layer_analysis_unref)

G_END_DECLS
