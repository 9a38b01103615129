/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What must not make a difference to an analysis: how the work is cut, how much memory there is and
 * how many threads, how neurons are numbered, how large activations are, how samples are ordered. */

#include <math.h>

#include "pass-fixture.h"

#define N_CUTS 60

static void
compute_cut (CoterieNetworkAnalysis *analysis,
             const CoterieNetwork *network,
             CoterieDataset *dataset,
             CoterieAnalysisMemory *memory,
             CoterieRng *rng)
{
  static const guint lanes[] = {16, 32, 48, 64};
  CoteriePassSizes sizes = {
      .chunk_lanes = lanes[coterie_rng_below (rng, G_N_ELEMENTS (lanes))],
      .block_chunks = 1 + (guint) coterie_rng_below (rng, 20),
      .tally_neurons = 1 + (guint) coterie_rng_below (rng, 45),
      .sweep_neurons = 1 + (guint) coterie_rng_below (rng, 70),
  };
  g_autoptr (CoteriePool) pool = coterie_pool_new (1 + (guint) coterie_rng_below (rng, 4));
  g_autoptr (CoterieProgress) progress = coterie_progress_new ();
  g_autoptr (GError) error = NULL;
  CoterieAnalysisSettings settings;

  coterie_analysis_settings_init (&settings);
  settings.top = TOP;
  settings.n_null_graphs = 2;
  coterie_network_analysis_compute_cut (analysis, network, dataset, &settings, memory, &sizes, pool,
                                        progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (coterie_progress_get_fraction (progress), 1.0, 1e-9);
}

static void
test_ignores_how_the_work_is_cut (void)
{
  g_autoptr (CoterieDataset) dataset = pass_fixture_make_dataset ();
  g_autoptr (CoterieNetwork) network = pass_fixture_make_network ();
  g_auto (CoterieNetworkAnalysis) expected = {0};
  CoterieRng rng;

  coterie_rng_init (&rng, 7, 0);
  pass_fixture_compute (&expected, network, dataset, MUCH_MEMORY, 1);
  for (guint i = 0; i < N_CUTS; i++) {
    g_autoptr (CoterieAnalysisMemory) memory =
        coterie_analysis_memory_new (1 + coterie_rng_below (&rng, 1500000));
    g_auto (CoterieNetworkAnalysis) found = {0};

    compute_cut (&found, network, dataset, memory, &rng);
    pass_fixture_assert_same (&found, &expected);
  }
}

static void
test_ignores_what_was_analysed_before (void)
{
  g_autoptr (CoterieDataset) dataset = pass_fixture_make_dataset ();
  g_autoptr (CoterieNetwork) network = pass_fixture_make_network ();
  g_autoptr (CoterieNetwork) other = pass_fixture_make_network ();
  g_autoptr (CoterieAnalysisMemory) memory = coterie_analysis_memory_new (600000);
  g_auto (CoterieNetworkAnalysis) expected = {0};
  g_auto (CoterieNetworkAnalysis) expected_other = {0};
  CoterieRng rng;

  coterie_rng_init (&rng, 9, 0);
  coterie_network_fill_glorot_uniform (other, &rng);
  pass_fixture_compute (&expected, network, dataset, MUCH_MEMORY, 1);
  pass_fixture_compute (&expected_other, other, dataset, MUCH_MEMORY, 1);
  for (guint i = 0; i < N_CUTS / 4; i++) {
    g_auto (CoterieNetworkAnalysis) found = {0};
    g_auto (CoterieNetworkAnalysis) found_other = {0};

    compute_cut (&found, network, dataset, memory, &rng);
    pass_fixture_assert_same (&found, &expected);
    compute_cut (&found_other, other, dataset, memory, &rng);
    pass_fixture_assert_same (&found_other, &expected_other);
  }
}

static void
test_least_memory_is_what_it_says (void)
{
  g_autoptr (CoterieDataset) dataset = pass_fixture_make_dataset ();
  g_autoptr (CoterieNetwork) network = pass_fixture_make_network ();
  g_autoptr (CoteriePool) pool = coterie_pool_new (2);
  CoterieAnalysisSettings few, many;
  guint64 n_neurons = pass_fixture_widths[1] + pass_fixture_widths[2];

  coterie_analysis_settings_init (&few);
  many = few;
  many.bins = few.bins + 1000;
  g_assert_cmpuint (coterie_network_analysis_get_least_memory (network, dataset, &many, pool), ==,
                    coterie_network_analysis_get_least_memory (network, dataset, &few, pool) +
                        n_neurons * 1000 * 2 * sizeof (guint32));
}

/* Neuron q of a hidden layer becomes neuron places[q]. */
static CoterieNetwork *
renumber (const CoterieNetwork *network, guint layer, const guint32 *places)
{
  CoterieNetwork *copy = coterie_network_copy (network);
  gsize n_in = network->widths[layer];
  gsize width = network->widths[layer + 1];

  for (guint q = 0; q < width; q++) {
    memcpy (copy->weights[layer] + places[q] * n_in, network->weights[layer] + q * n_in,
            n_in * sizeof (float));
    copy->biases[layer][places[q]] = network->biases[layer][q];
    for (guint o = 0; o < network->widths[layer + 2]; o++)
      copy->weights[layer + 1][o * width + places[q]] = network->weights[layer + 1][o * width + q];
  }
  return copy;
}

static double
get_edge_weight (const CoterieLayerAnalysis *layer, guint p, guint q)
{
  gint v = coterie_layer_analysis_find_node (layer, p);
  gint w = coterie_layer_analysis_find_node (layer, q);

  g_assert_true (v >= 0 && w >= 0);
  for (guint e = 0; e < layer->graph->n_edges; e++)
    if (layer->graph->edges[e].source == (guint) MIN (v, w) &&
        layer->graph->edges[e].target == (guint) MAX (v, w))
      return layer->graph->edges[e].weight;
  return 0.0;
}

static void
assert_renumbered (const CoterieLayerAnalysis *found,
                   const CoterieLayerAnalysis *expected,
                   const guint32 *places)
{
  const CoterieEdge *edges = expected->graph->edges;
  guint n = expected->n_neurons;

  for (guint c = 0; c < N_CLASSES; c++) {
    g_assert_cmpuint (found->n_representatives[c], ==, expected->n_representatives[c]);
    for (guint i = 0; i < expected->n_representatives[c]; i++)
      g_assert_cmpuint (found->representatives[c][i], ==, places[expected->representatives[c][i]]);
    for (guint q = 0; q < n; q++)
      g_assert_cmpfloat (found->class_means[c * n + places[q]], ==,
                         expected->class_means[c * n + q]);
    g_assert_cmpfloat_with_epsilon (found->class_entropies[c], expected->class_entropies[c], 1e-9);
  }
  for (guint q = 0; q < n; q++)
    g_assert_cmpfloat (found->neuron_entropies[places[q]], ==, expected->neuron_entropies[q]);
  g_assert_cmpuint (found->graph->n_edges, ==, expected->graph->n_edges);
  for (guint e = 0; e < expected->graph->n_edges; e++)
    g_assert_cmpfloat (get_edge_weight (found, places[expected->neurons[edges[e].source]],
                                        places[expected->neurons[edges[e].target]]),
                       ==, edges[e].weight);
  g_assert_cmpfloat_with_epsilon (found->modularity.no_overlap, expected->modularity.no_overlap,
                                  1e-12);
  g_assert_cmpfloat_with_epsilon (found->modularity.weighted_overlap,
                                  expected->modularity.weighted_overlap, 1e-12);
  g_assert_cmpfloat_with_epsilon (found->baselines.selectivity, expected->baselines.selectivity,
                                  1e-12);
  g_assert_cmpfloat (found->baselines.sparsity, ==, expected->baselines.sparsity);
  g_assert_cmpuint (found->baselines.n_patterns, ==, expected->baselines.n_patterns);
  g_assert_cmpuint (found->baselines.n_regions, ==, expected->baselines.n_regions);
}

static void
test_renumbered_neurons_are_renumbered (void)
{
  g_autoptr (CoterieDataset) dataset = pass_fixture_make_dataset ();
  g_autoptr (CoterieNetwork) network = pass_fixture_make_network ();
  g_auto (CoterieNetworkAnalysis) expected = {0};
  CoterieRng rng;

  coterie_rng_init (&rng, 17, 0);
  pass_fixture_compute (&expected, network, dataset, MUCH_MEMORY, 2);
  for (guint l = 0; l < 2; l++) {
    guint width = pass_fixture_widths[l + 1];
    g_autofree guint32 *places = g_new (guint32, width);
    g_autoptr (CoterieNetwork) renumbered = NULL;
    g_auto (CoterieNetworkAnalysis) found = {0};

    for (guint q = 0; q < width; q++)
      places[q] = q;
    coterie_rng_shuffle (&rng, places, width);
    renumbered = renumber (network, l, places);
    pass_fixture_compute (&found, renumbered, dataset, MUCH_MEMORY, 2);
    assert_renumbered (found.layers[l], expected.layers[l], places);
  }
}

static void
test_ignores_the_size_of_activations (void)
{
  g_autoptr (CoterieDataset) dataset = pass_fixture_make_dataset ();
  g_autoptr (CoterieNetwork) network = pass_fixture_make_network ();
  g_autoptr (CoterieNetwork) larger = coterie_network_copy (network);
  g_auto (CoterieNetworkAnalysis) expected = {0};
  g_auto (CoterieNetworkAnalysis) found = {0};

  for (guint i = 0; i < pass_fixture_widths[0] * pass_fixture_widths[1]; i++)
    larger->weights[0][i] *= 1024.0f;
  pass_fixture_compute (&expected, network, dataset, MUCH_MEMORY, 2);
  pass_fixture_compute (&found, larger, dataset, MUCH_MEMORY, 2);

  for (guint l = 0; l < 2; l++) {
    gsize n_means = (gsize) N_CLASSES * pass_fixture_widths[l + 1];
    g_autofree float *means = g_memdup2 (found.layers[l]->class_means, n_means * sizeof (float));
    CoterieLayerAnalysis same_size = *found.layers[l];

    for (gsize i = 0; i < n_means; i++)
      means[i] /= 1024.0f;
    same_size.class_means = means;
    pass_fixture_assert_same_layer (&same_size, expected.layers[l]);
  }
}

static void
test_ignores_the_order_of_samples (void)
{
  g_autoptr (CoterieDataset) dataset = pass_fixture_make_dataset ();
  g_autoptr (CoterieDataset) shuffled = pass_fixture_make_shuffled_dataset (5);
  g_autoptr (CoterieNetwork) network = pass_fixture_make_network ();
  g_auto (CoterieNetworkAnalysis) expected = {0};
  g_auto (CoterieNetworkAnalysis) found = {0};

  pass_fixture_compute (&expected, network, dataset, MUCH_MEMORY, 2);
  pass_fixture_compute (&found, network, shuffled, MUCH_MEMORY, 2);
  g_assert_cmpfloat (found.evaluations[0].accuracy, ==, expected.evaluations[0].accuracy);
  for (guint l = 0; l < 2; l++) {
    const CoterieLayerAnalysis *left = found.layers[l], *right = expected.layers[l];
    gsize n_edge_bytes = right->graph->n_edges * sizeof (CoterieEdge);

    g_assert_cmpmem (left->graph->edges, left->graph->n_edges * sizeof (CoterieEdge),
                     right->graph->edges, n_edge_bytes);
    for (guint c = 0; c < N_CLASSES; c++) {
      g_assert_cmpmem (left->representatives[c], TOP * sizeof (guint32), right->representatives[c],
                       TOP * sizeof (guint32));
      g_assert_cmpfloat_with_epsilon (left->class_entropies[c], right->class_entropies[c], 1e-9);
    }
    g_assert_cmpfloat_with_epsilon (left->entropy, right->entropy, 1e-9);
    g_assert_cmpuint (left->baselines.n_patterns, ==, right->baselines.n_patterns);
    g_assert_cmpuint (left->baselines.n_regions, ==, right->baselines.n_regions);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/pass/ignores-how-the-work-is-cut", test_ignores_how_the_work_is_cut);
  g_test_add_func ("/analysis/pass/ignores-what-was-analysed-before",
                   test_ignores_what_was_analysed_before);
  g_test_add_func ("/analysis/pass/least-memory-is-what-it-says",
                   test_least_memory_is_what_it_says);
  g_test_add_func ("/analysis/pass/renumbered-neurons-are-renumbered",
                   test_renumbered_neurons_are_renumbered);
  g_test_add_func ("/analysis/pass/ignores-the-size-of-activations",
                   test_ignores_the_size_of_activations);
  g_test_add_func ("/analysis/pass/ignores-the-order-of-samples",
                   test_ignores_the_order_of_samples);
  return g_test_run ();
}
