/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every measure of one layer as a JSON object, with each choice that the paper leaves open spelled
 * out: the readings of Eq. 6 (which pairs, which divisor), of the disjoint communities of Eq. 1, of
 * Table 2, and the bins and ranges of the entropy. */

#include "cli/metrics-report.h"

#include "core/analysis/communities.h"
#include "core/analysis/layer-tally.h"
#include "core/analysis/modularity.h"
#include "core/analysis/pattern-graph.h"

/* Samples that pass the tally at once. */
#define BLOCK_LANES 64

/* Table 3 shows so many. */
#define N_LARGEST 8

/* The graph and the pairs of all readings together may take so much. */
#define MAX_BYTES ((double) 4 * 1024 * 1024 * 1024)

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

/* One pass over @n_samples @samples, which come in the order of the tally. */
static void
run_pass (CoterieLayerTally *tally,
          const CoterieMetricsInput *input,
          const guint32 *samples,
          gsize n_samples,
          gboolean second)
{
  const CoterieClassOrder *order = coterie_layer_tally_get_order (tally);
  g_autofree float *activations = g_new (float, (gsize) input->n_neurons *BLOCK_LANES);

  for (gsize first = 0; first < n_samples; first += BLOCK_LANES) {
    guint n_lanes = (guint) MIN (BLOCK_LANES, n_samples - first);
    CoterieClassRun runs[BLOCK_LANES];
    CoterieTallyBlock block = {activations, BLOCK_LANES, runs, 0};

    gather_block (input, samples + first, n_lanes, activations);
    block.n_runs = coterie_class_order_get_runs (order, first, n_lanes, runs);
    if (second)
      coterie_layer_tally_add_patterns (tally, &block, 0, input->n_neurons);
    else
      coterie_layer_tally_add_moments (tally, &block, 0, input->n_neurons);
  }
}

static void
fill_tally (CoterieLayerTally *tally,
            const CoterieMetricsInput *input,
            const guint32 *samples,
            gsize n_samples)
{
  run_pass (tally, input, samples, n_samples, FALSE);
  coterie_layer_tally_choose (tally);
  run_pass (tally, input, samples, n_samples, TRUE);
}

static CoterieLayerTally *
make_tally (const Report *report, CoteriePairs pairs, guint n_specs)
{
  const CoterieMetricsInput *input = report->input;
  CoterieTallySettings settings = {input->n_neurons, report->settings->analysis.top, pairs,
                                   report->specs, n_specs};
  CoterieLayerTally *tally = coterie_layer_tally_new (&settings, report->order);

  fill_tally (tally, input, report->order->samples, input->n_samples);
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
write_integers (CoterieJsonWriter *writer, const char *name, const guint32 *values, gsize n_values)
{
  coterie_json_writer_begin (writer, name, '[');
  for (gsize i = 0; i < n_values; i++)
    coterie_json_writer_add_integer (writer, NULL, values[i]);
  coterie_json_writer_end (writer, ']');
}

static void
write_numbers (CoterieJsonWriter *writer, const char *name, const double *values, gsize n_values)
{
  coterie_json_writer_begin (writer, name, '[');
  for (gsize i = 0; i < n_values; i++)
    coterie_json_writer_add_number (writer, NULL, values[i]);
  coterie_json_writer_end (writer, ']');
}

static void
write_shape (CoterieJsonWriter *writer, const Report *report)
{
  const CoterieMetricsInput *input = report->input;

  coterie_json_writer_add_integer (writer, "samples", (gint64) input->n_samples);
  coterie_json_writer_add_integer (writer, "neurons", input->n_neurons);
  coterie_json_writer_add_integer (writer, "classes", input->n_classes);
  coterie_json_writer_add_integer (writer, "S", report->settings->analysis.top);
  write_integers (writer, "R", report->settings->bins, report->settings->n_bins);

  coterie_json_writer_begin (writer, "class_sizes", '[');
  for (guint c = 0; c < input->n_classes; c++)
    coterie_json_writer_add_integer (writer, NULL,
                                     (gint64) coterie_class_order_get_size (report->order, c));
  coterie_json_writer_end (writer, ']');
}

static void
write_class_means (CoterieJsonWriter *writer, const Report *report)
{
  const double *means = coterie_layer_tally_get_class_means (report->tally);
  guint n_neurons = report->input->n_neurons;

  coterie_json_writer_begin (writer, "class_means", '[');
  for (guint c = 0; c < report->input->n_classes; c++)
    if (coterie_class_order_get_size (report->order, c) > 0)
      write_numbers (writer, NULL, means + (gsize) c * n_neurons, n_neurons);
    else
      coterie_json_writer_add_null (writer, NULL);
  coterie_json_writer_end (writer, ']');
}

static void
write_representatives (CoterieJsonWriter *writer, const Report *report)
{
  const CoterieCover *cover = coterie_layer_tally_get_cover (report->tally);
  const guint32 *n_representatives = coterie_layer_tally_get_n_representatives (report->tally);
  const guint32 *const *representatives = coterie_layer_tally_get_representatives (report->tally);

  coterie_json_writer_begin (writer, "representatives", '[');
  for (guint c = 0; c < report->input->n_classes; c++)
    write_integers (writer, NULL, representatives[c], n_representatives[c]);
  coterie_json_writer_end (writer, ']');
  write_integers (writer, "vertices", cover->neurons, cover->n_nodes);
}

static void
write_class_delta (CoterieJsonWriter *writer, const CoterieCoactivation *coactivation)
{
  const guint32 *count = coactivation->counts;

  coterie_json_writer_begin (writer, NULL, '[');
  for (guint i = 0; i < coactivation->n_neurons; i++)
    for (guint j = i + 1; j < coactivation->n_neurons; j++, count++) {
      const guint32 entry[] = {coactivation->neurons[i], coactivation->neurons[j], *count};

      if (*count > 0)
        write_integers (writer, NULL, entry, G_N_ELEMENTS (entry));
    }
  coterie_json_writer_end (writer, ']');
}

static void
write_delta (CoterieJsonWriter *writer, const Report *report)
{
  const CoterieCoactivation *coactivations = coterie_layer_tally_get_coactivations (report->tally);

  coterie_json_writer_begin (writer, "delta", '[');
  for (guint c = 0; c < report->input->n_classes; c++)
    write_class_delta (writer, &coactivations[c]);
  coterie_json_writer_end (writer, ']');
}

static void
write_edges (CoterieJsonWriter *writer, const CoterieGraph *graph, const CoterieCover *cover)
{
  coterie_json_writer_begin (writer, "edges", '[');
  for (guint e = 0; e < graph->n_edges; e++) {
    coterie_json_writer_begin (writer, NULL, '[');
    coterie_json_writer_add_integer (writer, NULL, cover->neurons[graph->edges[e].source]);
    coterie_json_writer_add_integer (writer, NULL, cover->neurons[graph->edges[e].target]);
    coterie_json_writer_add_number (writer, NULL, graph->edges[e].weight);
    coterie_json_writer_end (writer, ']');
  }
  coterie_json_writer_end (writer, ']');
}

/* For each part its neurons, ascending. */
static void
write_partition (CoterieJsonWriter *writer,
                 const char *name,
                 const CoterieCover *cover,
                 const guint32 *membership,
                 guint n_parts)
{
  coterie_json_writer_begin (writer, name, '[');
  for (guint k = 0; k < n_parts; k++) {
    coterie_json_writer_begin (writer, NULL, '[');
    for (guint v = 0; v < cover->n_nodes; v++)
      if (membership[v] == k)
        coterie_json_writer_add_integer (writer, NULL, cover->neurons[v]);
    coterie_json_writer_end (writer, ']');
  }
  coterie_json_writer_end (writer, ']');
}

static void
write_class_alpha (CoterieJsonWriter *writer,
                   const CoterieCover *cover,
                   const double *alpha,
                   guint label)
{
  coterie_json_writer_begin (writer, NULL, '[');
  for (guint32 i = cover->offsets[label]; i < cover->offsets[label + 1]; i++) {
    coterie_json_writer_begin (writer, NULL, '[');
    coterie_json_writer_add_integer (writer, NULL, cover->neurons[cover->members[i]]);
    coterie_json_writer_add_number (writer, NULL, alpha[i]);
    coterie_json_writer_end (writer, ']');
  }
  coterie_json_writer_end (writer, ']');
}

static void
write_alpha (CoterieJsonWriter *writer, const CoterieGraph *graph, const CoterieCover *cover)
{
  g_autofree double *alpha = g_new (double, cover->offsets[cover->n_classes]);

  coterie_cover_fill_alpha (cover, graph, alpha);
  coterie_json_writer_begin (writer, "alpha", '[');
  for (guint c = 0; c < cover->n_classes; c++)
    write_class_alpha (writer, cover, alpha, c);
  coterie_json_writer_end (writer, ']');
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
write_modularities (CoterieJsonWriter *writer, const Modularities *modularities)
{
  coterie_json_writer_add_number (writer, "no_overlap", modularities->no_overlap);
  coterie_json_writer_add_number (writer, "unweighted_overlap", modularities->unweighted_overlap);
  coterie_json_writer_add_number (writer, "weighted_overlap", modularities->weighted_overlap);
  coterie_json_writer_add_number (writer, "no_overlap_any", modularities->no_overlap_any);
  coterie_json_writer_add_number (writer, "no_overlap_weighted", modularities->no_overlap_weighted);
}

static void
write_modularity (CoterieJsonWriter *writer, const Report *report, const CoterieGraph *graph)
{
  Modularities modularities;

  compute_modularities (&modularities, report, graph);
  coterie_json_writer_begin (writer, "modularity", '{');
  write_modularities (writer, &modularities);
  coterie_json_writer_end (writer, '}');
}

static void
write_alternative (CoterieJsonWriter *writer,
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
  coterie_json_writer_begin (writer, name, '{');
  write_modularities (writer, &modularities);
  coterie_json_writer_add_number (writer, "total_weight", graph->total_weight);
  coterie_json_writer_add_integer (writer, "edges", graph->n_edges);
  coterie_json_writer_end (writer, '}');
}

static void
write_alternatives (CoterieJsonWriter *writer, const Report *report)
{
  coterie_json_writer_begin (writer, "alternatives", '{');
  for (guint pairs = 0; pairs < G_N_ELEMENTS (pairs_names); pairs++)
    for (guint norm = 0; norm < COTERIE_N_EDGE_NORMS; norm++)
      write_alternative (writer, report, pairs, norm);
  coterie_json_writer_end (writer, '}');
}

static gboolean
write_louvain (CoterieJsonWriter *writer,
               const Report *report,
               const CoterieGraph *graph,
               GError **error)
{
  const CoterieAnalysisSettings *settings = &report->settings->analysis;
  const CoterieCover *cover = coterie_layer_tally_get_cover (report->tally);
  g_auto (CoterieCommunities) communities = {0};

  if (!coterie_communities_detect (&communities, graph, settings->resolution, settings->seed, NULL,
                                   error))
    return FALSE;

  coterie_json_writer_begin (writer, "louvain", '{');
  coterie_json_writer_add_number (writer, "resolution", settings->resolution);
  write_partition (writer, "communities", cover, communities.membership, communities.n_communities);
  coterie_json_writer_add_number (writer, "quality", communities.quality);
  coterie_json_writer_add_number (writer, "modularity", communities.modularity);
  write_integers (writer, "sizes_8_largest", communities.sizes,
                  MIN (N_LARGEST, communities.n_communities));
  coterie_json_writer_add_number (writer, "average_nodes",
                                  (double) communities.n_nodes / communities.n_communities);
  coterie_json_writer_end (writer, '}');
  return TRUE;
}

static void
write_class_matrix (CoterieJsonWriter *writer,
                    const char *name,
                    const CoterieCover *cover,
                    void (*count) (const CoterieCover *cover, guint32 *counts))
{
  guint n_classes = cover->n_classes;
  g_autofree guint32 *counts = g_new (guint32, (gsize) n_classes * n_classes);

  count (cover, counts);
  coterie_json_writer_begin (writer, name, '[');
  for (guint c = 0; c < n_classes; c++)
    write_integers (writer, NULL, counts + (gsize) c * n_classes, n_classes);
  coterie_json_writer_end (writer, ']');
}

/* Sums over the neurons, one for each histogram; per_neuron [n_specs][n_neurons] may be left out. */
static void
compute_entropies (const Report *report,
                   const CoterieLayerTally *tally,
                   double *totals,
                   double *per_neuron)
{
  for (guint i = 0; i < report->n_specs; i++) {
    totals[i] = 0.0;
    for (guint q = 0; q < report->input->n_neurons; q++) {
      double entropy_nats = coterie_layer_tally_compute_entropy (tally, i, q);

      totals[i] += entropy_nats;
      if (per_neuron != NULL)
        per_neuron[(gsize) i * report->input->n_neurons + q] = entropy_nats;
    }
  }
}

/* The entropies of one class are those of a data set that has its samples and no others.
 * totals [n_specs] */
static void
compute_class_entropies (const Report *report, guint label, double *totals)
{
  const CoterieMetricsInput *input = report->input;
  gsize size = coterie_class_order_get_size (report->order, label);
  g_autofree guint16 *labels = g_new0 (guint16, size);
  g_autoptr (CoterieClassOrder) order = coterie_class_order_new (labels, size, 1);
  CoterieTallySettings settings = {input->n_neurons, 1, COTERIE_PAIRS_CLASS, report->specs,
                                   report->n_specs};
  g_autoptr (CoterieLayerTally) tally = coterie_layer_tally_new (&settings, order);

  fill_tally (tally, input, report->order->samples + report->order->offsets[label], size);
  compute_entropies (report, tally, totals, NULL);
}

static void
write_entropy (CoterieJsonWriter *writer, const Report *report)
{
  guint n_neurons = report->input->n_neurons;
  guint n_classes = report->input->n_classes;
  g_autofree double *totals = g_new (double, report->n_specs);
  g_autofree double *per_neuron = g_new (double, (gsize) report->n_specs *n_neurons);
  g_autofree double *per_class = g_new (double, (gsize) n_classes * report->n_specs);

  compute_entropies (report, report->tally, totals, per_neuron);
  for (guint c = 0; c < n_classes; c++)
    compute_class_entropies (report, c, per_class + (gsize) c * report->n_specs);

  coterie_json_writer_begin (writer, "entropy", '{');
  for (guint i = 0; i < report->n_specs; i++) {
    g_autofree char *name =
        g_strdup_printf ("R=%u range=%s", report->specs[i].bins,
                         coterie_entropy_range_to_string (report->specs[i].range));

    coterie_json_writer_begin (writer, name, '{');
    write_numbers (writer, "per_neuron", per_neuron + (gsize) i * n_neurons, n_neurons);
    coterie_json_writer_add_number (writer, "total", totals[i]);
    coterie_json_writer_begin (writer, "per_class", '[');
    for (guint c = 0; c < n_classes; c++)
      coterie_json_writer_add_number (writer, NULL, per_class[(gsize) c * report->n_specs + i]);
    coterie_json_writer_end (writer, ']');
    coterie_json_writer_end (writer, '}');
  }
  coterie_json_writer_end (writer, '}');
}

static gboolean
write_report (CoterieJsonWriter *writer, const Report *report, GError **error)
{
  const CoterieCover *cover = coterie_layer_tally_get_cover (report->tally);
  g_autoptr (CoterieGraph) graph = coterie_pattern_graph_new (
      report->tally, COTERIE_EDGE_NORM_CLASS, report->settings->analysis.top);

  coterie_json_writer_begin (writer, NULL, '{');
  write_shape (writer, report);
  write_class_means (writer, report);
  write_representatives (writer, report);
  write_delta (writer, report);
  write_edges (writer, graph, cover);
  write_partition (writer, "partition_member", cover, report->member_classes, cover->n_classes);
  write_partition (writer, "partition_any", cover, report->best_classes, cover->n_classes);
  write_alpha (writer, graph, cover);
  write_modularity (writer, report, graph);
  write_alternatives (writer, report);
  if (!write_louvain (writer, report, graph, error))
    return FALSE;
  write_class_matrix (writer, "unique_neurons", cover, coterie_cover_count_unique);
  write_class_matrix (writer, "shared_neurons", cover, coterie_cover_count_shared);
  write_entropy (writer, report);
  coterie_json_writer_end (writer, '}');
  return TRUE;
}

/* An estimate from above: pairs of the union for every class, the graph, and the histograms. */
static gboolean
check_memory (const CoterieMetricsInput *input,
              const CoterieMetricsSettings *settings,
              GError **error)
{
  double n_nodes =
      MIN ((double) input->n_neurons, (double) input->n_classes * settings->analysis.top);
  double bytes = n_nodes * n_nodes * (2.0 * input->n_classes + sizeof (double));

  for (guint i = 0; i < settings->n_bins; i++)
    bytes += (double) COTERIE_N_ENTROPY_RANGES * input->n_neurons * sizeof (guint32) *
             (settings->bins[i] + 1.0);
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
 * coterie_metrics_report_write:
 * @writer: a writer that has written nothing
 * @input: the layer
 * @settings: valid settings
 * @error: return location for a #GError
 *
 * Computes every measure and writes one JSON object. Cost: three passes over the activations twice,
 * and the square of the number of nodes for each of eight graphs.
 *
 * Returns: %FALSE with COTERIE_ANALYSIS_ERROR_OUT_OF_RANGE if it would take more than 4 GiB, or with
 *   COTERIE_ANALYSIS_ERROR_NO_CONVERGENCE if communities cannot be found
 */
gboolean
coterie_metrics_report_write (CoterieJsonWriter *writer,
                              const CoterieMetricsInput *input,
                              const CoterieMetricsSettings *settings,
                              GError **error)
{
  Report report;
  gboolean written;

  if (!check_memory (input, settings, error))
    return FALSE;
  report_init (&report, input, settings);
  written = write_report (writer, &report, error);
  report_clear (&report);
  return written;
}
