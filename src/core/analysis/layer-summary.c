/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the tally of a layer to everything that is known about it: graph, modularities, communities
 * and entropies. */

#include "core/analysis/layer-summary.h"

#include <math.h>

#include "core/analysis/bisection.h"
#include "core/analysis/communities.h"
#include "core/analysis/modularity.h"
#include "core/analysis/pattern-graph.h"

/* The histogram of a run's tally, which has one. */
#define ENTROPY_SPEC 0

static void
fill_modularities (CoterieModularities *modularity,
                   const CoterieGraph *graph,
                   const CoterieCover *cover,
                   const guint32 *node_classes)
{
  g_autofree double *shares = g_new (double, cover->offsets[cover->n_classes]);

  modularity->no_overlap =
      coterie_modularity_of_partition (graph, node_classes, COTERIE_EDGES_UNWEIGHTED, 1.0);
  coterie_cover_fill_equal_shares (cover, shares);
  modularity->unweighted_overlap =
      coterie_modularity_of_cover (graph, cover, shares, COTERIE_EDGES_UNWEIGHTED);
  coterie_cover_fill_alpha (cover, graph, shares);
  modularity->weighted_overlap =
      coterie_modularity_of_cover (graph, cover, shares, COTERIE_EDGES_WEIGHTED);
}

static double
compute_klb (const CoterieGraph *graph, CoterieEdgeReading reading, guint64 seed)
{
  g_auto (CoterieBisection) bisection = {0};

  coterie_bisection_find (&bisection, graph, reading, seed);
  return bisection.modularity;
}

/* Sums are of the doubles, before they are rounded to be stored. */
static void
fill_entropies (CoterieLayerAnalysis *fields, const CoterieLayerTally *tally, float *entropies)
{
  double live_sum = 0.0;
  guint n_live = 0;

  for (guint q = 0; q < fields->n_neurons; q++) {
    double entropy_nats = coterie_layer_tally_compute_entropy (tally, ENTROPY_SPEC, q);

    entropies[q] = (float) entropy_nats;
    fields->entropy += entropy_nats;
    if (coterie_layer_tally_get_n_nonzero (tally, q) > 1) {
      live_sum += entropy_nats;
      n_live++;
    }
  }
  fields->mean_live_entropy = n_live > 0 ? live_sum / n_live : 0.0;
  fields->neuron_entropies = entropies;
}

static float *
dup_means_as_floats (const double *means, gsize n_means)
{
  float *floats = g_new (float, n_means);

  for (gsize i = 0; i < n_means; i++)
    floats[i] = (float) means[i];
  return floats;
}

/**
 * coterie_layer_summary_compute:
 * @tally: a tally with one histogram that has counted pairs among the representatives of a class
 * @layer: which hidden layer, from 1
 * @settings: valid settings; top and bins are those of the tally
 * @cancellable: (nullable): ends the community detection
 * @error: return location for a #GError
 *
 * Computes what follows from the tally. Cost: that of the community detection, some milliseconds
 * for 500 nodes.
 *
 * Returns: (transfer full): the analysis; %NULL with COTERIE_ANALYSIS_ERROR_NO_CONVERGENCE if
 *   communities cannot be found, with %G_IO_ERROR_CANCELLED if cancelled
 */
CoterieLayerAnalysis *
coterie_layer_summary_compute (const CoterieLayerTally *tally,
                               guint layer,
                               const CoterieAnalysisSettings *settings,
                               GCancellable *cancellable,
                               GError **error)
{
  const CoterieCover *cover = coterie_layer_tally_get_cover (tally);
  const double *means = coterie_layer_tally_get_class_means (tally);
  g_autoptr (CoterieGraph) graph =
      coterie_pattern_graph_new (tally, COTERIE_EDGE_NORM_CLASS, settings->top);
  g_auto (CoterieCommunities) communities = {0};
  g_autofree guint32 *node_classes = g_new (guint32, cover->n_nodes);
  g_autofree float *entropies = g_new (float, cover->n_neurons);
  g_autofree double *class_entropies = g_new (double, cover->n_classes);
  g_autofree float *float_means =
      dup_means_as_floats (means, (gsize) cover->n_classes * cover->n_neurons);
  CoterieLayerAnalysis fields = {0};

  if (!coterie_communities_detect (&communities, graph, settings->resolution, settings->seed,
                                   cancellable, error))
    return NULL;
  coterie_cover_fill_best_member_class (cover, means, node_classes);

  fields.layer = layer;
  fields.n_neurons = cover->n_neurons;
  fields.n_classes = cover->n_classes;
  fields.n_representatives = coterie_layer_tally_get_n_representatives (tally);
  fields.representatives = coterie_layer_tally_get_representatives (tally);
  fields.class_means = float_means;
  fill_entropies (&fields, tally, entropies);
  fields.n_nodes = cover->n_nodes;
  fields.neurons = cover->neurons;
  fields.node_classes = node_classes;
  fields.graph = graph;
  fields.n_communities = communities.n_communities;
  fields.communities = communities.membership;
  fill_modularities (&fields.modularity, graph, cover, node_classes);
  fields.modularity.louvain = communities.modularity;
  fields.modularity.klb_weighted = compute_klb (graph, COTERIE_EDGES_WEIGHTED, settings->seed);
  fields.modularity.klb_unweighted = compute_klb (graph, COTERIE_EDGES_UNWEIGHTED, settings->seed);
  fields.baselines = (CoterieLayerBaselines){
      .selectivity = NAN,
      .dead_frac = NAN,
      .always_active_frac = NAN,
      .sparsity = NAN,
      .class_information = NAN,
      .modularity_z = NAN,
  };
  for (guint c = 0; c < cover->n_classes; c++)
    class_entropies[c] = NAN;
  fields.class_entropies = class_entropies;
  return coterie_layer_analysis_new (&fields);
}
