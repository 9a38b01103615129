/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/analysis/activation-pass.h"

#include <math.h>

#define N_FEATURES 12
#define N_CLASSES 3
#define N_TRAINING 2500
#define N_TEST 130
#define NO_ROOM 0
#define MUCH_ROOM ((gsize) 1 << 30)

static const guint widths[] = {N_FEATURES, 40, 23, N_CLASSES};

static CoterieSamples
make_samples (gsize n_samples, guint64 seed)
{
  guint8 *pixels = g_new (guint8, n_samples * N_FEATURES);
  guint16 *labels = g_new (guint16, n_samples);
  CoterieRng rng;

  coterie_rng_init (&rng, seed, 0);
  for (gsize s = 0; s < n_samples; s++) {
    labels[s] = (guint16) coterie_rng_below (&rng, N_CLASSES);
    for (guint i = 0; i < N_FEATURES; i++)
      pixels[s * N_FEATURES + i] =
          (guint8) (coterie_rng_below (&rng, 200) + (i % N_CLASSES == labels[s] ? 55 : 0));
  }
  return (CoterieSamples){g_bytes_new_take (pixels, n_samples * N_FEATURES),
                          g_bytes_new_take (labels, n_samples * sizeof *labels), n_samples};
}

static CoterieDataset *
make_dataset (void)
{
  static const char *const names[] = {"a", "b", "c", NULL};
  const CoterieDatasetInfo info = {"Test", "test", names, N_FEATURES, 1, N_CLASSES};
  CoterieSamples splits[] = {make_samples (N_TRAINING, 1), make_samples (N_TEST, 2)};
  g_autoptr (GError) error = NULL;
  CoterieDataset *dataset = coterie_dataset_new (&info, splits, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < COTERIE_N_SPLITS; i++) {
    g_bytes_unref (splits[i].pixels);
    g_bytes_unref (splits[i].labels);
  }
  return dataset;
}

static CoterieNetwork *
make_network (void)
{
  CoterieNetwork *network = coterie_network_new (widths, G_N_ELEMENTS (widths));
  CoterieRng rng;

  coterie_rng_init (&rng, 3, 0);
  coterie_network_fill_glorot_uniform (network, &rng);
  return network;
}

static void
compute (CoterieNetworkAnalysis *analysis,
         const CoterieNetwork *network,
         CoterieDataset *dataset,
         gsize kept_bytes,
         guint n_threads)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (n_threads);
  g_autoptr (CoterieProgress) progress = coterie_progress_new ();
  g_autoptr (GError) error = NULL;
  CoterieAnalysisSettings settings;

  coterie_analysis_settings_init (&settings);
  settings.top = 8;
  coterie_network_analysis_compute_within (analysis, network, dataset, &settings, kept_bytes, pool,
                                           progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (coterie_progress_get_fraction (progress), 1.0, 1e-9);
}

static void
assert_same_layer (const CoterieLayerAnalysis *found, const CoterieLayerAnalysis *expected)
{
  gsize n_means = (gsize) expected->n_classes * expected->n_neurons;
  gsize n_edge_bytes = expected->graph->n_edges * sizeof (CoterieEdge);

  g_assert_cmpuint (found->layer, ==, expected->layer);
  g_assert_cmpmem (found->class_means, n_means * sizeof (float), expected->class_means,
                   n_means * sizeof (float));
  g_assert_cmpmem (found->neuron_entropies, found->n_neurons * sizeof (float),
                   expected->neuron_entropies, expected->n_neurons * sizeof (float));
  g_assert_cmpmem (found->communities, found->n_nodes * sizeof (guint32), expected->communities,
                   expected->n_nodes * sizeof (guint32));
  g_assert_cmpmem (found->graph->edges, found->graph->n_edges * sizeof (CoterieEdge),
                   expected->graph->edges, n_edge_bytes);
  g_assert_cmpmem (&found->modularity, sizeof found->modularity, &expected->modularity,
                   sizeof expected->modularity);
  g_assert_cmpfloat (found->entropy, ==, expected->entropy);
  g_assert_cmpfloat (found->mean_live_entropy, ==, expected->mean_live_entropy);
}

static void
test_ignores_threads_and_memory (void)
{
  static const gsize rooms[] = {NO_ROOM, 600000, MUCH_ROOM};
  g_autoptr (CoterieDataset) dataset = make_dataset ();
  g_autoptr (CoterieNetwork) network = make_network ();
  g_auto (CoterieNetworkAnalysis) expected = {0};

  compute (&expected, network, dataset, MUCH_ROOM, 1);
  g_assert_cmpuint (expected.n_layers, ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++) {
    g_auto (CoterieNetworkAnalysis) found = {0};

    compute (&found, network, dataset, rooms[i], 1 + i);
    g_assert_cmpmem (found.evaluations, sizeof found.evaluations, expected.evaluations,
                     sizeof expected.evaluations);
    for (guint l = 0; l < 2; l++)
      assert_same_layer (found.layers[l], expected.layers[l]);
  }
}

/* Activations of all samples: outputs[l] [widths[l + 1]][lanes] */
static void
forward_all (const CoterieNetwork *network,
             CoterieDataset *dataset,
             CoterieSplit split,
             float **outputs,
             gsize *lanes)
{
  gsize n_samples = coterie_dataset_get_n_samples (dataset, split);
  g_autofree guint32 *samples = g_new (guint32, n_samples);
  g_autofree float *rows = g_new (float, n_samples *N_FEATURES);
  g_autofree float *inputs = NULL;

  *lanes = (n_samples + COTERIE_LANES - 1) / COTERIE_LANES * COTERIE_LANES;
  inputs = g_new0 (float, N_FEATURES **lanes);
  for (gsize s = 0; s < n_samples; s++)
    samples[s] = (guint32) s;
  coterie_dataset_gather (dataset, split, samples, n_samples, rows);
  for (gsize s = 0; s < n_samples; s++)
    for (guint i = 0; i < N_FEATURES; i++)
      inputs[i * *lanes + s] = rows[s * N_FEATURES + i];
  for (guint l = 0; l < network->n_layers; l++)
    outputs[l] = g_new (float, network->widths[l + 1] * *lanes);
  coterie_network_forward (network, inputs, outputs, *lanes);
}

static void
assert_evaluation_is_naive (const CoterieEvaluation *found,
                            const CoterieNetwork *network,
                            CoterieDataset *dataset,
                            CoterieSplit split)
{
  const guint16 *labels = coterie_dataset_get_labels (dataset, split);
  gsize n_samples = coterie_dataset_get_n_samples (dataset, split);
  float *outputs[3];
  double loss = 0.0, hits = 0.0;
  gsize lanes;

  forward_all (network, dataset, split, outputs, &lanes);
  for (gsize s = 0; s < n_samples; s++) {
    double sum = 0.0;
    guint best = 0;

    for (guint c = 0; c < N_CLASSES; c++) {
      sum += exp ((double) outputs[2][c * lanes + s]);
      best = outputs[2][c * lanes + s] > outputs[2][best * lanes + s] ? c : best;
    }
    loss -= log (exp ((double) outputs[2][labels[s] * lanes + s]) / sum);
    hits += best == labels[s];
  }
  g_assert_cmpfloat_with_epsilon (found->accuracy, hits / (double) n_samples, 1e-12);
  g_assert_cmpfloat_with_epsilon (found->loss, loss / (double) n_samples, 1e-9);
  for (guint l = 0; l < 3; l++)
    g_free (outputs[l]);
}

static void
test_evaluates_both_splits (void)
{
  g_autoptr (CoterieDataset) dataset = make_dataset ();
  g_autoptr (CoterieNetwork) network = make_network ();
  g_auto (CoterieNetworkAnalysis) analysis = {0};

  compute (&analysis, network, dataset, MUCH_ROOM, 2);
  for (CoterieSplit split = 0; split < COTERIE_N_SPLITS; split++)
    assert_evaluation_is_naive (&analysis.evaluations[split], network, dataset, split);
}

static void
test_means_are_those_of_the_network (void)
{
  g_autoptr (CoterieDataset) dataset = make_dataset ();
  g_autoptr (CoterieNetwork) network = make_network ();
  g_auto (CoterieNetworkAnalysis) analysis = {0};
  const guint16 *labels = coterie_dataset_get_labels (dataset, COTERIE_SPLIT_TRAINING);
  float *outputs[3];
  gsize lanes;

  compute (&analysis, network, dataset, MUCH_ROOM, 2);
  forward_all (network, dataset, COTERIE_SPLIT_TRAINING, outputs, &lanes);
  for (guint l = 0; l < 2; l++)
    for (guint c = 0; c < N_CLASSES; c++)
      for (guint q = 0; q < widths[l + 1]; q++) {
        double sum = 0.0, n = 0.0;

        for (gsize s = 0; s < N_TRAINING; s++)
          if (labels[s] == c) {
            sum += (double) outputs[l][q * lanes + s];
            n++;
          }
        g_assert_cmpfloat (analysis.layers[l]->class_means[c * widths[l + 1] + q], ==,
                           (float) (sum / n));
      }
  for (guint l = 0; l < 3; l++)
    g_free (outputs[l]);
}

static void
test_equal_outputs_choose_the_lower_class (void)
{
  g_autoptr (CoterieDataset) dataset = make_dataset ();
  g_autoptr (CoterieNetwork) network = coterie_network_new (widths, G_N_ELEMENTS (widths));
  g_auto (CoterieNetworkAnalysis) analysis = {0};
  const guint16 *labels = coterie_dataset_get_labels (dataset, COTERIE_SPLIT_TEST);
  guint n_zeros = 0;

  for (guint s = 0; s < N_TEST; s++)
    n_zeros += labels[s] == 0;
  compute (&analysis, network, dataset, MUCH_ROOM, 1);
  g_assert_cmpfloat (analysis.evaluations[COTERIE_SPLIT_TEST].accuracy, ==,
                     (double) n_zeros / N_TEST);
  g_assert_cmpfloat_with_epsilon (analysis.evaluations[COTERIE_SPLIT_TEST].loss, log (3.0), 1e-12);
}

static void
test_silent_layer_is_all_zero (void)
{
  g_autoptr (CoterieDataset) dataset = make_dataset ();
  g_autoptr (CoterieNetwork) network = coterie_network_new (widths, G_N_ELEMENTS (widths));
  g_auto (CoterieNetworkAnalysis) analysis = {0};

  compute (&analysis, network, dataset, MUCH_ROOM, 1);
  for (guint l = 0; l < 2; l++) {
    const CoterieLayerAnalysis *layer = analysis.layers[l];

    g_assert_cmpuint (layer->n_nodes, ==, 8);
    g_assert_cmpuint (layer->graph->n_edges, ==, 0);
    g_assert_cmpuint (layer->n_communities, ==, 8);
    g_assert_cmpfloat (layer->entropy, ==, 0.0);
    g_assert_cmpfloat (layer->mean_live_entropy, ==, 0.0);
    g_assert_cmpfloat (layer->modularity.no_overlap, ==, 0.0);
    g_assert_cmpfloat (layer->modularity.unweighted_overlap, ==, 0.0);
    g_assert_cmpfloat (layer->modularity.weighted_overlap, ==, 0.0);
    g_assert_cmpfloat (layer->modularity.louvain, ==, 0.0);
  }
}

static void
test_class_without_samples_selects_none (void)
{
  g_autoptr (CoterieDataset) full = make_dataset ();
  g_autofree guint16 *labels = g_new0 (guint16, N_TRAINING);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CoterieDataset) dataset = NULL;
  g_autoptr (CoterieNetwork) network = make_network ();
  g_auto (CoterieNetworkAnalysis) analysis = {0};

  for (guint s = 0; s < N_TRAINING; s++)
    labels[s] = s % 2 == 0 ? 0 : 2;
  bytes = g_bytes_new (labels, N_TRAINING * sizeof *labels);
  dataset = coterie_dataset_with_labels (full, bytes, NULL);

  compute (&analysis, network, dataset, MUCH_ROOM, 2);
  g_assert_cmpuint (analysis.layers[0]->n_representatives[0], ==, 8);
  g_assert_cmpuint (analysis.layers[0]->n_representatives[1], ==, 0);
  g_assert_true (isnan (analysis.layers[0]->class_means[widths[1]]));
}

static void
assert_bad_value (const CoterieNetwork *network, const char *where)
{
  g_autoptr (CoterieDataset) dataset = make_dataset ();
  g_autoptr (CoteriePool) pool = coterie_pool_new (2);
  g_autoptr (GError) error = NULL;
  CoterieAnalysisSettings settings;
  CoterieNetworkAnalysis analysis;

  coterie_analysis_settings_init (&settings);
  g_assert_false (coterie_network_analysis_compute (&analysis, network, dataset, &settings, pool,
                                                    NULL, NULL, &error));
  g_assert_error (error, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_BAD_VALUE);
  g_assert_nonnull (strstr (error->message, where));
  g_assert_nonnull (strstr (error->message, "training sample"));
  g_assert_null (analysis.layers);
}

static void
test_broken_networks_are_named (void)
{
  g_autoptr (CoterieNetwork) hidden = make_network ();
  g_autoptr (CoterieNetwork) second = make_network ();
  g_autoptr (CoterieNetwork) output = make_network ();

  hidden->biases[0][17] = INFINITY;
  assert_bad_value (hidden, "hidden layer 1, neuron 17");
  second->biases[1][5] = NAN;
  assert_bad_value (second, "hidden layer 2, neuron 5");
  output->biases[2][1] = -INFINITY;
  assert_bad_value (output, "output layer, neuron 1");
}

static void
test_can_be_cancelled (void)
{
  g_autoptr (CoterieDataset) dataset = make_dataset ();
  g_autoptr (CoterieNetwork) network = make_network ();
  g_autoptr (CoteriePool) pool = coterie_pool_new (2);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  CoterieAnalysisSettings settings;
  CoterieNetworkAnalysis analysis;

  coterie_analysis_settings_init (&settings);
  g_cancellable_cancel (cancellable);
  g_assert_false (coterie_network_analysis_compute (&analysis, network, dataset, &settings, pool,
                                                    NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_refuses_bad_settings (void)
{
  g_autoptr (CoterieDataset) dataset = make_dataset ();
  g_autoptr (CoterieNetwork) network = make_network ();
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (GError) error = NULL;
  CoterieAnalysisSettings settings;
  CoterieNetworkAnalysis analysis;

  coterie_analysis_settings_init (&settings);
  settings.top = 0;
  g_assert_false (coterie_network_analysis_compute (&analysis, network, dataset, &settings, pool,
                                                    NULL, NULL, &error));
  g_assert_error (error, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_OUT_OF_RANGE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/pass/ignores-threads-and-memory", test_ignores_threads_and_memory);
  g_test_add_func ("/analysis/pass/evaluates-both-splits", test_evaluates_both_splits);
  g_test_add_func ("/analysis/pass/means-are-those-of-the-network",
                   test_means_are_those_of_the_network);
  g_test_add_func ("/analysis/pass/equal-outputs-choose-the-lower-class",
                   test_equal_outputs_choose_the_lower_class);
  g_test_add_func ("/analysis/pass/silent-layer-is-all-zero", test_silent_layer_is_all_zero);
  g_test_add_func ("/analysis/pass/class-without-samples-selects-none",
                   test_class_without_samples_selects_none);
  g_test_add_func ("/analysis/pass/broken-networks-are-named", test_broken_networks_are_named);
  g_test_add_func ("/analysis/pass/can-be-cancelled", test_can_be_cancelled);
  g_test_add_func ("/analysis/pass/refuses-bad-settings", test_refuses_bad_settings);
  return g_test_run ();
}
