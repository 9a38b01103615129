/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every measure of one layer as a JSON object, with each choice that the paper leaves open spelled
 * out: the readings of Eq. 6 (which pairs, which divisor), of the disjoint communities of Eq. 1, of
 * Table 2, and the bins and ranges of the entropy. */

#include "cli/metrics-report.h"

#include "cli/json-members.h"
#include "cli/recording-json.h"
#include "core/analysis/bisection.h"
#include "core/analysis/communities.h"
#include "core/analysis/layer-tally.h"
#include "core/analysis/modularity.h"
#include "core/analysis/null-model.h"
#include "core/analysis/pattern-graph.h"

/* Samples that pass the tally at once. */
#define BLOCK_LANES 64

/* Table 3 shows so many. */
#define N_LARGEST 8

/* The graph and the pairs of all readings and the report itself together may take so much. */
#define MAX_BYTES ((double) 4 * 1024 * 1024 * 1024)

/* What an array of three numbers takes until the report is printed: 330 were measured. */
#define TRIPLE_BYTES 400.0

static const char *const pairs_names[] = {"class", "union"};
static const char *const norm_names[COTERIE_N_EDGE_NORMS] = {"class", "all", "none", "s"};

typedef struct {
  const CoterieMetricsInput *input;
  const CoterieMetricsSettings *settings;
  CoterieEntropySpec *specs;
  guint n_specs;
  CoteriePool *pool;
  CoterieClassOrder *order;
  CoterieLayerTally *tally;
  CoterieLayerTally *union_tally;
  guint32 *member_classes;
  guint32 *best_classes;
} Report;

typedef struct {
  double no_overlap;
  double unweighted_overlap;
  double weighted_overlap;
  double no_overlap_any;
  double no_overlap_weighted;
} Modularities;

/* block [n_neurons][BLOCK_LANES] of neighbouring samples of the order. */
static void
gather_block (const CoterieMetricsInput *input, const guint32 *samples, guint n_lanes, float *block)
{
  for (guint s = 0; s < n_lanes; s++) {
    const float *row = input->activations + (gsize) samples[s] * input->n_neurons;

    for (guint q = 0; q < input->n_neurons; q++)
      block[(gsize) q * BLOCK_LANES + s] = row[q];
  }
}

/* One pass over the samples, in the order of the tally. */
static void
run_pass (CoterieLayerTally *tally, const CoterieMetricsInput *input, gboolean second)
{
  const CoterieClassOrder *order = coterie_layer_tally_get_order (tally);
  g_autofree float *activations = g_new (float, (gsize) input->n_neurons *BLOCK_LANES);

  for (gsize first = 0; first < order->n_samples; first += BLOCK_LANES) {
    guint n_lanes = (guint) MIN (BLOCK_LANES, order->n_samples - first);
    CoterieClassRun runs[BLOCK_LANES];
    CoterieTallyBlock block = {activations, BLOCK_LANES, runs, 0};

    gather_block (input, order->samples + first, n_lanes, activations);
    block.n_runs = coterie_class_order_get_runs (order, first, n_lanes, runs);
    if (second)
      coterie_layer_tally_add_patterns (tally, &block, 0, input->n_neurons);
    else
      coterie_layer_tally_add_moments (tally, &block, 0, input->n_neurons);
  }
}

static CoterieLayerTally *
make_tally (const Report *report, CoteriePairs pairs, guint n_specs)
{
  const CoterieMetricsInput *input = report->input;
  CoterieTallySettings settings = {input->n_neurons, report->settings->analysis.top, pairs,
                                   report->specs, n_specs};
  CoterieLayerTally *tally = coterie_layer_tally_new (&settings, report->order);

  run_pass (tally, input, FALSE);
  coterie_layer_tally_choose (tally);
  coterie_layer_tally_begin_sweep (tally, 0, input->n_neurons);
  run_pass (tally, input, TRUE);
  coterie_layer_tally_count_pairs (tally, report->pool);
  return tally;
}

static void
make_specs (Report *report)
{
  report->n_specs = report->settings->n_bins * COTERIE_N_ENTROPY_RANGES;
  report->specs = g_new (CoterieEntropySpec, report->n_specs);
  for (guint i = 0; i < report->n_specs; i++) {
    report->specs[i].bins = report->settings->bins[i / COTERIE_N_ENTROPY_RANGES];
    report->specs[i].range = i % COTERIE_N_ENTROPY_RANGES;
  }
}

static void
report_init (Report *report,
             const CoterieMetricsInput *input,
             const CoterieMetricsSettings *settings)
{
  const CoterieCover *cover;
  const double *means;

  memset (report, 0, sizeof *report);
  report->input = input;
  report->settings = settings;
  make_specs (report);
  report->pool = coterie_pool_new (0);
  report->order = coterie_class_order_new (input->labels, input->n_samples, input->n_classes);
  report->tally = make_tally (report, COTERIE_PAIRS_CLASS, report->n_specs);
  report->union_tally = make_tally (report, COTERIE_PAIRS_UNION, 0);

  cover = coterie_layer_tally_get_cover (report->tally);
  means = coterie_layer_tally_get_class_means (report->tally);
  report->member_classes = g_new (guint32, cover->n_nodes);
  report->best_classes = g_new (guint32, cover->n_nodes);
  coterie_cover_fill_best_member_class (cover, means, report->member_classes);
  coterie_cover_fill_best_class (cover, means, report->best_classes);
}

static void
report_clear (Report *report)
{
  coterie_layer_tally_free (report->tally);
  coterie_layer_tally_free (report->union_tally);
  coterie_class_order_free (report->order);
  coterie_pool_free (report->pool);
  g_free (report->specs);
  g_free (report->member_classes);
  g_free (report->best_classes);
}

static void
add_shape (JsonBuilder *builder, const Report *report)
{
  const CoterieMetricsInput *input = report->input;

  coterie_json_add_whole (builder, "samples", input->n_samples);
  coterie_json_add_whole (builder, "neurons", input->n_neurons);
  coterie_json_add_whole (builder, "classes", input->n_classes);
  coterie_json_add_whole (builder, "S", report->settings->analysis.top);
  coterie_json_add_wholes (builder, "R", report->settings->bins, report->settings->n_bins);

  coterie_json_begin_array (builder, "class_sizes");
  for (guint c = 0; c < input->n_classes; c++)
    coterie_json_add_whole (builder, NULL, coterie_class_order_get_size (report->order, c));
  json_builder_end_array (builder);
}

static void
add_class_means (JsonBuilder *builder, const Report *report)
{
  const double *means = coterie_layer_tally_get_class_means (report->tally);
  guint n_neurons = report->input->n_neurons;

  coterie_json_begin_array (builder, "class_means");
  for (guint c = 0; c < report->input->n_classes; c++)
    if (coterie_class_order_get_size (report->order, c) > 0)
      coterie_json_add_reals (builder, NULL, means + (gsize) c * n_neurons, n_neurons);
    else
      json_builder_add_null_value (builder);
  json_builder_end_array (builder);
}

static void
add_representatives (JsonBuilder *builder, const Report *report)
{
  const CoterieCover *cover = coterie_layer_tally_get_cover (report->tally);
  const guint32 *n_representatives = coterie_layer_tally_get_n_representatives (report->tally);
  const guint32 *const *representatives = coterie_layer_tally_get_representatives (report->tally);

  coterie_json_begin_array (builder, "representatives");
  for (guint c = 0; c < report->input->n_classes; c++)
    coterie_json_add_wholes (builder, NULL, representatives[c], n_representatives[c]);
  json_builder_end_array (builder);
  coterie_json_add_wholes (builder, "vertices", cover->neurons, cover->n_nodes);
}

static void
add_class_delta (JsonBuilder *builder, const CoterieCoactivation *coactivation)
{
  const guint32 *count = coactivation->counts;

  coterie_json_begin_array (builder, NULL);
  for (guint i = 0; i < coactivation->n_neurons; i++)
    for (guint j = i + 1; j < coactivation->n_neurons; j++, count++) {
      const guint32 entry[] = {coactivation->neurons[i], coactivation->neurons[j], *count};

      if (*count > 0)
        coterie_json_add_wholes (builder, NULL, entry, G_N_ELEMENTS (entry));
    }
  json_builder_end_array (builder);
}

static void
add_delta (JsonBuilder *builder, const Report *report)
{
  const CoterieCoactivation *coactivations = coterie_layer_tally_get_coactivations (report->tally);

  coterie_json_begin_array (builder, "delta");
  for (guint c = 0; c < report->input->n_classes; c++)
    add_class_delta (builder, &coactivations[c]);
  json_builder_end_array (builder);
}

static void
add_edges (JsonBuilder *builder, const CoterieGraph *graph, const CoterieCover *cover)
{
  coterie_json_begin_array (builder, "edges");
  for (guint e = 0; e < graph->n_edges; e++) {
    coterie_json_begin_array (builder, NULL);
    coterie_json_add_whole (builder, NULL, cover->neurons[graph->edges[e].source]);
    coterie_json_add_whole (builder, NULL, cover->neurons[graph->edges[e].target]);
    coterie_json_add_real (builder, NULL, graph->edges[e].weight);
    json_builder_end_array (builder);
  }
  json_builder_end_array (builder);
}

/* For each part its neurons, ascending. */
static void
add_partition (JsonBuilder *builder,
               const char *name,
               const CoterieCover *cover,
               const guint32 *membership,
               guint n_parts)
{
  coterie_json_begin_array (builder, name);
  for (guint k = 0; k < n_parts; k++) {
    coterie_json_begin_array (builder, NULL);
    for (guint v = 0; v < cover->n_nodes; v++)
      if (membership[v] == k)
        coterie_json_add_whole (builder, NULL, cover->neurons[v]);
    json_builder_end_array (builder);
  }
  json_builder_end_array (builder);
}

static void
add_class_alpha (JsonBuilder *builder, const CoterieCover *cover, const double *alpha, guint label)
{
  coterie_json_begin_array (builder, NULL);
  for (guint32 i = cover->offsets[label]; i < cover->offsets[label + 1]; i++) {
    coterie_json_begin_array (builder, NULL);
    coterie_json_add_whole (builder, NULL, cover->neurons[cover->members[i]]);
    coterie_json_add_real (builder, NULL, alpha[i]);
    json_builder_end_array (builder);
  }
  json_builder_end_array (builder);
}

static void
add_alpha (JsonBuilder *builder, const CoterieGraph *graph, const CoterieCover *cover)
{
  g_autofree double *alpha = g_new (double, cover->offsets[cover->n_classes]);

  coterie_cover_fill_alpha (cover, graph, alpha);
  coterie_json_begin_array (builder, "alpha");
  for (guint c = 0; c < cover->n_classes; c++)
    add_class_alpha (builder, cover, alpha, c);
  json_builder_end_array (builder);
}

static void
compute_modularities (Modularities *modularities, const Report *report, const CoterieGraph *graph)
{
  const CoterieCover *cover = coterie_layer_tally_get_cover (report->tally);
  g_autofree double *shares = g_new (double, cover->offsets[cover->n_classes]);

  modularities->no_overlap = coterie_modularity_of_partition (graph, report->member_classes,
                                                              COTERIE_EDGES_UNWEIGHTED, 1.0);
  modularities->no_overlap_any =
      coterie_modularity_of_partition (graph, report->best_classes, COTERIE_EDGES_UNWEIGHTED, 1.0);
  modularities->no_overlap_weighted =
      coterie_modularity_of_partition (graph, report->member_classes, COTERIE_EDGES_WEIGHTED, 1.0);

  coterie_cover_fill_equal_shares (cover, shares);
  modularities->unweighted_overlap =
      coterie_modularity_of_cover (graph, cover, shares, COTERIE_EDGES_UNWEIGHTED);
  coterie_cover_fill_alpha (cover, graph, shares);
  modularities->weighted_overlap =
      coterie_modularity_of_cover (graph, cover, shares, COTERIE_EDGES_WEIGHTED);
}

static void
add_modularities (JsonBuilder *builder, const Modularities *modularities)
{
  coterie_json_add_real (builder, "no_overlap", modularities->no_overlap);
  coterie_json_add_real (builder, "unweighted_overlap", modularities->unweighted_overlap);
  coterie_json_add_real (builder, "weighted_overlap", modularities->weighted_overlap);
  coterie_json_add_real (builder, "no_overlap_any", modularities->no_overlap_any);
  coterie_json_add_real (builder, "no_overlap_weighted", modularities->no_overlap_weighted);
}

static void
add_modularity (JsonBuilder *builder, const Report *report, const CoterieGraph *graph)
{
  Modularities modularities;

  compute_modularities (&modularities, report, graph);
  coterie_json_begin_object (builder, "modularity");
  add_modularities (builder, &modularities);
  json_builder_end_object (builder);
}

static void
add_alternative (JsonBuilder *builder,
                 const Report *report,
                 CoteriePairs pairs,
                 CoterieEdgeNorm norm)
{
  const CoterieLayerTally *tally =
      pairs == COTERIE_PAIRS_CLASS ? report->tally : report->union_tally;
  g_autoptr (CoterieGraph) graph =
      coterie_pattern_graph_new (tally, norm, report->settings->analysis.top);
  g_autofree char *name =
      g_strdup_printf ("pairs=%s norm=%s", pairs_names[pairs], norm_names[norm]);
  Modularities modularities;

  compute_modularities (&modularities, report, graph);
  coterie_json_begin_object (builder, name);
  add_modularities (builder, &modularities);
  coterie_json_add_real (builder, "total_weight", graph->total_weight);
  coterie_json_add_whole (builder, "edges", graph->n_edges);
  json_builder_end_object (builder);
}

static void
add_alternatives (JsonBuilder *builder, const Report *report)
{
  coterie_json_begin_object (builder, "alternatives");
  for (guint pairs = 0; pairs < G_N_ELEMENTS (pairs_names); pairs++)
    for (guint norm = 0; norm < COTERIE_N_EDGE_NORMS; norm++)
      add_alternative (builder, report, pairs, norm);
  json_builder_end_object (builder);
}

static void
compare_with_null (JsonBuilder *builder,
                   const Report *report,
                   const CoterieGraph *graph,
                   double modularity)
{
  const CoterieAnalysisSettings *settings = &report->settings->analysis;
  CoterieNullComparison comparison;

  coterie_null_model_compare (graph, modularity, settings->resolution, settings->n_null_graphs,
                              settings->seed, report->pool, NULL, &comparison, NULL);
  coterie_recording_json_add_null (builder, &comparison, settings->n_null_graphs);
}

static gboolean
add_louvain (JsonBuilder *builder, const Report *report, const CoterieGraph *graph, GError **error)
{
  const CoterieAnalysisSettings *settings = &report->settings->analysis;
  const CoterieCover *cover = coterie_layer_tally_get_cover (report->tally);
  g_auto (CoterieCommunities) communities = {0};

  if (!coterie_communities_detect (&communities, graph, settings->resolution, settings->seed, NULL,
                                   error))
    return FALSE;

  coterie_json_begin_object (builder, "louvain");
  coterie_json_add_real (builder, "resolution", settings->resolution);
  add_partition (builder, "communities", cover, communities.membership, communities.n_communities);
  coterie_json_add_real (builder, "quality", communities.quality);
  coterie_json_add_real (builder, "modularity", communities.modularity);
  coterie_json_add_wholes (builder, "sizes_8_largest", communities.sizes,
                           MIN (N_LARGEST, communities.n_communities));
  coterie_json_add_real (builder, "average_nodes",
                         (double) communities.n_nodes / communities.n_communities);
  compare_with_null (builder, report, graph, communities.modularity);
  json_builder_end_object (builder);
  return TRUE;
}

static void
add_bisection (JsonBuilder *builder,
               const char *name,
               const Report *report,
               const CoterieGraph *graph,
               CoterieEdgeReading reading)
{
  const CoterieCover *cover = coterie_layer_tally_get_cover (report->tally);
  g_auto (CoterieBisection) bisection = {0};

  coterie_bisection_find (&bisection, graph, reading, report->settings->analysis.seed, report->pool,
                          NULL, NULL);
  coterie_json_begin_object (builder, name);
  add_partition (builder, "halves", cover, bisection.membership, 2);
  coterie_json_add_real (builder, "cut", bisection.cut);
  coterie_json_add_real (builder, "modularity", bisection.modularity);
  json_builder_end_object (builder);
}

/* Without edges any halves would do, and none are named. */
static void
add_klb (JsonBuilder *builder, const Report *report, const CoterieGraph *graph)
{
  coterie_json_begin_object (builder, "klb");
  if (graph->n_edges > 0) {
    add_bisection (builder, "weighted", report, graph, COTERIE_EDGES_WEIGHTED);
    add_bisection (builder, "unweighted", report, graph, COTERIE_EDGES_UNWEIGHTED);
  }
  json_builder_end_object (builder);
}

static void
add_class_matrix (JsonBuilder *builder,
                  const char *name,
                  const CoterieCover *cover,
                  void (*count) (const CoterieCover *cover, guint32 *counts))
{
  guint n_classes = cover->n_classes;
  g_autofree guint32 *counts = g_new (guint32, (gsize) n_classes * n_classes);

  count (cover, counts);
  coterie_json_begin_array (builder, name);
  for (guint c = 0; c < n_classes; c++)
    coterie_json_add_wholes (builder, NULL, counts + (gsize) c * n_classes, n_classes);
  json_builder_end_array (builder);
}

static void
add_entropy_per_neuron (JsonBuilder *builder, const Report *report, guint spec)
{
  double total_nats = 0.0;

  coterie_json_begin_array (builder, "per_neuron");
  for (guint q = 0; q < report->input->n_neurons; q++) {
    double entropy_nats = coterie_layer_tally_compute_entropy (report->tally, spec, q);

    coterie_json_add_real (builder, NULL, entropy_nats);
    total_nats += entropy_nats;
  }
  json_builder_end_array (builder);
  coterie_json_add_real (builder, "total", total_nats);
}

static void
add_entropy_per_class (JsonBuilder *builder, const Report *report, guint spec)
{
  coterie_json_begin_array (builder, "per_class");
  for (guint c = 0; c < report->input->n_classes; c++)
    coterie_json_add_real (builder, NULL,
                           coterie_layer_tally_compute_class_entropy (report->tally, spec, c));
  json_builder_end_array (builder);
}

static void
add_entropy (JsonBuilder *builder, const Report *report)
{
  coterie_json_begin_object (builder, "entropy");
  for (guint i = 0; i < report->n_specs; i++) {
    g_autofree char *name =
        g_strdup_printf ("R=%u range=%s", report->specs[i].bins,
                         coterie_entropy_range_to_string (report->specs[i].range));

    coterie_json_begin_object (builder, name);
    add_entropy_per_neuron (builder, report, i);
    add_entropy_per_class (builder, report, i);
    json_builder_end_object (builder);
  }
  json_builder_end_object (builder);
}

static gboolean
build_report (JsonBuilder *builder, const Report *report, GError **error)
{
  const CoterieCover *cover = coterie_layer_tally_get_cover (report->tally);
  g_autoptr (CoterieGraph) graph = coterie_pattern_graph_new (
      report->tally, COTERIE_EDGE_NORM_CLASS, report->settings->analysis.top);

  coterie_json_begin_object (builder, NULL);
  add_shape (builder, report);
  add_class_means (builder, report);
  add_representatives (builder, report);
  add_delta (builder, report);
  add_edges (builder, graph, cover);
  add_partition (builder, "partition_member", cover, report->member_classes, cover->n_classes);
  add_partition (builder, "partition_any", cover, report->best_classes, cover->n_classes);
  add_alpha (builder, graph, cover);
  add_modularity (builder, report, graph);
  add_alternatives (builder, report);
  add_klb (builder, report, graph);
  if (!add_louvain (builder, report, graph, error))
    return FALSE;
  add_class_matrix (builder, "unique_neurons", cover, coterie_cover_count_unique);
  add_class_matrix (builder, "shared_neurons", cover, coterie_cover_count_shared);
  add_entropy (builder, report);
  json_builder_end_object (builder);
  return TRUE;
}

/* An estimate from above: pairs of the union for every class, the graph, the histograms, and in the
 * report a triple for each pair of a class and for each edge. */
static gboolean
check_memory (const CoterieMetricsInput *input,
              const CoterieMetricsSettings *settings,
              GError **error)
{
  double n_top = MIN (input->n_neurons, settings->analysis.top);
  double n_nodes = MIN ((double) input->n_neurons, input->n_classes * n_top);
  double n_class_pairs = input->n_classes * n_top * n_top / 2.0;
  double n_edges = MIN (n_class_pairs, n_nodes * n_nodes / 2.0);
  double bytes = n_nodes * n_nodes * (2.0 * input->n_classes + sizeof (double)) +
                 (n_class_pairs + n_edges) * TRIPLE_BYTES;

  for (guint i = 0; i < settings->n_bins; i++)
    bytes += (double) COTERIE_N_ENTROPY_RANGES * input->n_neurons * 2.0 * sizeof (guint32) *
             settings->bins[i];
  if (bytes <= MAX_BYTES)
    return TRUE;
  g_set_error (error, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_OUT_OF_RANGE,
               "%.0f nodes, %u classes and these bins would take %.1f GiB, expected at most %.0f: "
               "take a smaller top or fewer bins",
               n_nodes, input->n_classes, bytes / (1024.0 * 1024.0 * 1024.0),
               MAX_BYTES / (1024.0 * 1024.0 * 1024.0));
  return FALSE;
}

/**
 * coterie_metrics_report_new:
 * @input: the layer
 * @settings: valid settings
 * @error: return location for a #GError
 *
 * Computes every measure. Cost: three passes over the activations twice, the square of the number of
 * nodes for each of eight graphs, and that of coterie_bisection_find() twice.
 *
 * Returns: (transfer full): one JSON object in a line with a line break at its end; or %NULL with
 *   COTERIE_ANALYSIS_ERROR_OUT_OF_RANGE if it would take more than 4 GiB, or with
 *   COTERIE_ANALYSIS_ERROR_NO_CONVERGENCE if communities cannot be found
 */
char *
coterie_metrics_report_new (const CoterieMetricsInput *input,
                            const CoterieMetricsSettings *settings,
                            GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  Report report;
  gboolean complete;

  if (!check_memory (input, settings, error))
    return NULL;
  report_init (&report, input, settings);
  complete = build_report (builder, &report, error);
  report_clear (&report);
  return complete ? coterie_json_to_text (builder, FALSE) : NULL;
}
