/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the tally of a layer to everything that is known about it: graph, modularities, communities
 * and entropies. */

#include "core/analysis/layer-summary.h"

#include <math.h>

#include "core/analysis/bisection.h"
#include "core/analysis/communities.h"
#include "core/analysis/modularity.h"
#include "core/analysis/neuron-baselines.h"
#include "core/analysis/null-model.h"
#include "core/analysis/partition-information.h"
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

static gboolean
bisect (double *modularity,
        const CoterieGraph *graph,
        CoterieEdgeReading reading,
        guint64 seed,
        CoteriePool *pool,
        GCancellable *cancellable,
        GError **error)
{
  g_auto (CoterieBisection) bisection = {0};

  if (!coterie_bisection_find (&bisection, graph, reading, seed, pool, cancellable, error))
    return FALSE;
  *modularity = bisection.modularity;
  return TRUE;
}

/* Sums are of the doubles, before they are rounded to be stored. */
static void
fill_entropies (CoterieLayerAnalysis *fields,
                const CoterieLayerTally *tally,
                float *entropies,
                double *class_entropies)
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
  fields->mean_live_entropy = n_live > 0 ? live_sum / n_live : (double) NAN;
  for (guint c = 0; c < fields->n_classes; c++)
    class_entropies[c] = coterie_layer_tally_compute_class_entropy (tally, ENTROPY_SPEC, c);
  fields->neuron_entropies = entropies;
  fields->class_entropies = class_entropies;
}

static float *
dup_means_as_floats (const double *means, gsize n_means)
{
  float *floats = g_new (float, n_means);

  for (gsize i = 0; i < n_means; i++)
    floats[i] = (float) means[i];
  return floats;
}

static gboolean
fill_communities (CoterieLayerAnalysis *fields,
                  CoterieCommunities *communities,
                  const CoterieCover *cover,
                  const CoterieAnalysisSettings *settings,
                  CoteriePool *pool,
                  GCancellable *cancellable,
                  GError **error)
{
  const CoterieGraph *graph = fields->graph;
  CoterieModularities *modularity = &fields->modularity;

  if (!coterie_communities_detect (communities, graph, settings->resolution, settings->seed,
                                   cancellable, error))
    return FALSE;

  fields->n_communities = communities->n_communities;
  fields->communities = communities->membership;
  fields->baselines.class_information = coterie_partition_information_compute (
      communities->membership, fields->node_classes, fields->n_nodes);
  fill_modularities (modularity, graph, cover, fields->node_classes);
  modularity->louvain = communities->modularity;
  return bisect (&modularity->klb_weighted, graph, COTERIE_EDGES_WEIGHTED, settings->seed, pool,
                 cancellable, error) &&
         bisect (&modularity->klb_unweighted, graph, COTERIE_EDGES_UNWEIGHTED, settings->seed, pool,
                 cancellable, error) &&
         coterie_null_model_compare (graph, modularity->louvain, settings->resolution,
                                     settings->n_null_graphs, settings->seed, pool, cancellable,
                                     &fields->baselines.null, error);
}

/* Of a layer with bad values nothing is known but how many there are. */
static void
mark_as_bad (CoterieLayerAnalysis *fields)
{
  fields->entropy = NAN;
  fields->mean_live_entropy = NAN;
  fields->modularity = (CoterieModularities){
      .no_overlap = NAN,
      .unweighted_overlap = NAN,
      .weighted_overlap = NAN,
      .louvain = NAN,
      .klb_weighted = NAN,
      .klb_unweighted = NAN,
  };
}

/**
 * coterie_layer_summary_compute:
 * @tally: a tally with one histogram that has counted pairs among the representatives of a class
 * @layer: which hidden layer, from 1
 * @n_patterns: its sign patterns
 * @n_regions: joint sign patterns of the layers up to this one
 * @settings: valid settings; top and bins are those of the tally
 * @pool: who bisects and rewires; results do not depend on its number of threads
 * @cancellable: (nullable): ends the computation
 * @error: return location for a #GError
 *
 * Computes what follows from the tally. A layer with bad values has no nodes, and its statistics are
 * not-a-number. Cost: that of the bisections and of the detection in the rewired graphs, a tenth of
 * a second for 500 nodes.
 *
 * Returns: (transfer full): the analysis; %NULL with COTERIE_ANALYSIS_ERROR_NO_CONVERGENCE if
 *   communities cannot be found, with %G_IO_ERROR_CANCELLED if cancelled
 */
CoterieLayerAnalysis *
coterie_layer_summary_compute (const CoterieLayerTally *tally,
                               guint layer,
                               guint64 n_patterns,
                               guint64 n_regions,
                               const CoterieAnalysisSettings *settings,
                               CoteriePool *pool,
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
  CoterieLayerAnalysis fields = {
      .layer = layer,
      .n_neurons = cover->n_neurons,
      .n_classes = cover->n_classes,
      .n_bad_values = coterie_layer_tally_get_n_bad_values (tally),
      .n_representatives = coterie_layer_tally_get_n_representatives (tally),
      .representatives = coterie_layer_tally_get_representatives (tally),
      .class_means = float_means,
      .n_nodes = cover->n_nodes,
      .neurons = cover->neurons,
      .node_classes = node_classes,
      .graph = graph,
      .baselines = {.n_patterns = n_patterns,
                    .n_regions = n_regions,
                    .class_information = NAN,
                    .null = {NAN, NAN, NAN}},
  };

  coterie_cover_fill_best_member_class (cover, means, node_classes);
  fill_entropies (&fields, tally, entropies, class_entropies);
  coterie_neuron_baselines_fill (&fields.baselines, tally);
  if (fields.n_bad_values > 0)
    mark_as_bad (&fields);
  else if (!fill_communities (&fields, &communities, cover, settings, pool, cancellable, error))
    return NULL;
  return coterie_layer_analysis_new (&fields);
}
