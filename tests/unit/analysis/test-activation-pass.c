/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>

#include "pass-fixture.h"

/* Activations of all samples: outputs[l] [pass_fixture_widths[l + 1]][lanes] */
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
  g_autoptr (CoterieDataset) dataset = pass_fixture_make_dataset ();
  g_autoptr (CoterieNetwork) network = pass_fixture_make_network ();
  g_auto (CoterieNetworkAnalysis) analysis = {0};

  pass_fixture_compute (&analysis, network, dataset, MUCH_MEMORY, 2);
  for (CoterieSplit split = 0; split < COTERIE_N_SPLITS; split++)
    assert_evaluation_is_naive (&analysis.evaluations[split], network, dataset, split);
}

static void
test_means_are_those_of_the_network (void)
{
  g_autoptr (CoterieDataset) dataset = pass_fixture_make_dataset ();
  g_autoptr (CoterieNetwork) network = pass_fixture_make_network ();
  g_auto (CoterieNetworkAnalysis) analysis = {0};
  const guint16 *labels = coterie_dataset_get_labels (dataset, COTERIE_SPLIT_TRAINING);
  float *outputs[3];
  gsize lanes;

  pass_fixture_compute (&analysis, network, dataset, MUCH_MEMORY, 2);
  forward_all (network, dataset, COTERIE_SPLIT_TRAINING, outputs, &lanes);
  for (guint l = 0; l < 2; l++)
    for (guint c = 0; c < N_CLASSES; c++)
      for (guint q = 0; q < pass_fixture_widths[l + 1]; q++) {
        double sum = 0.0, n = 0.0;

        for (gsize s = 0; s < N_TRAINING; s++)
          if (labels[s] == c) {
            sum += (double) outputs[l][q * lanes + s];
            n++;
          }
        g_assert_cmpfloat (analysis.layers[l]->class_means[c * pass_fixture_widths[l + 1] + q], ==,
                           (float) (sum / n));
      }
  for (guint l = 0; l < 3; l++)
    g_free (outputs[l]);
}

static void
test_equal_outputs_choose_the_lower_class (void)
{
  g_autoptr (CoterieDataset) dataset = pass_fixture_make_dataset ();
  g_autoptr (CoterieNetwork) network = coterie_network_new (pass_fixture_widths, 4);
  g_auto (CoterieNetworkAnalysis) analysis = {0};
  const guint16 *labels = coterie_dataset_get_labels (dataset, COTERIE_SPLIT_TEST);
  guint n_zeros = 0;

  for (guint s = 0; s < N_TEST; s++)
    n_zeros += labels[s] == 0;
  pass_fixture_compute (&analysis, network, dataset, MUCH_MEMORY, 1);
  g_assert_cmpfloat (analysis.evaluations[COTERIE_SPLIT_TEST].accuracy, ==,
                     (double) n_zeros / N_TEST);
  g_assert_cmpfloat (analysis.class_accuracies[COTERIE_SPLIT_TEST][0], ==, 1.0);
  g_assert_cmpfloat (analysis.class_accuracies[COTERIE_SPLIT_TEST][1], ==, 0.0);
  g_assert_cmpfloat_with_epsilon (analysis.evaluations[COTERIE_SPLIT_TEST].loss, log (3.0), 1e-12);
}

static void
test_silent_layer_is_all_zero (void)
{
  g_autoptr (CoterieDataset) dataset = pass_fixture_make_dataset ();
  g_autoptr (CoterieNetwork) network = coterie_network_new (pass_fixture_widths, 4);
  g_auto (CoterieNetworkAnalysis) analysis = {0};

  pass_fixture_compute (&analysis, network, dataset, MUCH_MEMORY, 1);
  for (guint l = 0; l < 2; l++) {
    const CoterieLayerAnalysis *layer = analysis.layers[l];

    g_assert_cmpuint (layer->n_nodes, ==, 8);
    g_assert_cmpuint (layer->graph->n_edges, ==, 0);
    g_assert_cmpuint (layer->n_communities, ==, 8);
    g_assert_cmpfloat (layer->entropy, ==, 0.0);
    g_assert_true (isnan (layer->mean_live_entropy));
    g_assert_true (coterie_layer_analysis_is_silent (layer));
    g_assert_cmpfloat (layer->modularity.no_overlap, ==, 0.0);
    g_assert_cmpfloat (layer->modularity.unweighted_overlap, ==, 0.0);
    g_assert_cmpfloat (layer->modularity.weighted_overlap, ==, 0.0);
    g_assert_cmpfloat (layer->modularity.louvain, ==, 0.0);
    g_assert_cmpuint (layer->n_bad_values, ==, 0);
    g_assert_true (isnan (layer->baselines.selectivity));
    g_assert_cmpfloat (layer->baselines.dead_frac, ==, 1.0);
    g_assert_cmpfloat (layer->baselines.always_active_frac, ==, 0.0);
    g_assert_cmpfloat (layer->baselines.sparsity, ==, 1.0);
    g_assert_cmpuint (layer->baselines.n_patterns, ==, 1);
    g_assert_cmpuint (layer->baselines.n_regions, ==, 1);
    for (guint c = 0; c < N_CLASSES; c++)
      g_assert_cmpfloat (layer->class_entropies[c], ==, 0.0);
  }
}

static void
test_class_without_samples_selects_none (void)
{
  g_autoptr (CoterieDataset) full = pass_fixture_make_dataset ();
  g_autofree guint16 *labels = g_new0 (guint16, N_TRAINING);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CoterieDataset) dataset = NULL;
  g_autoptr (CoterieNetwork) network = pass_fixture_make_network ();
  g_auto (CoterieNetworkAnalysis) analysis = {0};

  for (guint s = 0; s < N_TRAINING; s++)
    labels[s] = s % 2 == 0 ? 0 : 2;
  bytes = g_bytes_new (labels, N_TRAINING * sizeof *labels);
  dataset = coterie_dataset_with_labels (full, bytes, NULL);

  pass_fixture_compute (&analysis, network, dataset, MUCH_MEMORY, 2);
  g_assert_cmpuint (analysis.layers[0]->n_representatives[0], ==, 8);
  g_assert_cmpuint (analysis.layers[0]->n_representatives[1], ==, 0);
  g_assert_true (isnan (analysis.layers[0]->class_means[pass_fixture_widths[1]]));
  g_assert_cmpfloat (analysis.layers[0]->class_entropies[0], >, 0.0);
  g_assert_cmpfloat (analysis.layers[0]->class_entropies[1], ==, 0.0);
  g_assert_true (isnan (analysis.class_accuracies[COTERIE_SPLIT_TRAINING][1]));
}

static void
assert_layer_is_bad (const CoterieLayerAnalysis *layer, guint64 n_bad_values)
{
  g_assert_cmpuint (layer->n_bad_values, ==, n_bad_values);
  g_assert_cmpuint (layer->n_nodes, ==, 0);
  g_assert_cmpuint (layer->graph->n_edges, ==, 0);
  g_assert_cmpuint (layer->n_communities, ==, 0);
  g_assert_cmpuint (layer->baselines.n_patterns, ==, 0);
  g_assert_cmpuint (layer->baselines.n_regions, ==, 0);
  g_assert_true (isnan (layer->entropy) && isnan (layer->mean_live_entropy));
  g_assert_true (
      isnan (layer->modularity.no_overlap) && isnan (layer->modularity.louvain) &&
      isnan (layer->modularity.weighted_overlap) && isnan (layer->modularity.unweighted_overlap) &&
      isnan (layer->modularity.klb_weighted) && isnan (layer->modularity.klb_unweighted));
  g_assert_true (isnan (layer->baselines.selectivity) && isnan (layer->baselines.dead_frac) &&
                 isnan (layer->baselines.always_active_frac) && isnan (layer->baselines.sparsity));
  for (guint c = 0; c < N_CLASSES; c++) {
    g_assert_cmpuint (layer->n_representatives[c], ==, 0);
    g_assert_true (isnan (layer->class_entropies[c]));
    for (guint q = 0; q < layer->n_neurons; q++)
      g_assert_true (isnan (layer->class_means[c * layer->n_neurons + q]));
  }
  for (guint q = 0; q < layer->n_neurons; q++)
    g_assert_true (isnan (layer->neuron_entropies[q]));
}

static void
assert_nothing_is_defined (const CoterieNetworkAnalysis *analysis)
{
  for (guint split = 0; split < COTERIE_N_SPLITS; split++) {
    g_assert_true (isnan (analysis->evaluations[split].loss));
    g_assert_true (isnan (analysis->evaluations[split].accuracy));
    for (guint c = 0; c < N_CLASSES; c++)
      g_assert_true (isnan (analysis->class_accuracies[split][c]));
  }
}

/* The infinite activation of the first layer is infinite or 0 in the second, by the weight's sign. */
static void
test_infinite_layers_are_marked (void)
{
  g_autoptr (CoterieDataset) dataset = pass_fixture_make_dataset ();
  g_autoptr (CoterieNetwork) network = pass_fixture_make_network ();
  g_auto (CoterieNetworkAnalysis) analysis = {0};
  guint n_infinite = 0;

  network->biases[0][17] = INFINITY;
  for (guint q = 0; q < pass_fixture_widths[2]; q++)
    n_infinite += network->weights[1][q * pass_fixture_widths[1] + 17] > 0.0f;
  pass_fixture_compute (&analysis, network, dataset, MUCH_MEMORY, 2);
  assert_layer_is_bad (analysis.layers[0], N_TRAINING);
  assert_layer_is_bad (analysis.layers[1], (guint64) n_infinite * N_TRAINING);
  assert_nothing_is_defined (&analysis);
}

/* Nothing times infinity is not-a-number, and is not left out. */
static void
test_infinite_weights_of_a_dead_neuron_are_marked (void)
{
  g_autoptr (CoterieDataset) dataset = pass_fixture_make_dataset ();
  g_autoptr (CoterieNetwork) network = pass_fixture_make_network ();
  g_auto (CoterieNetworkAnalysis) analysis = {0};

  network->biases[0][17] = -1000.0f;
  network->weights[1][5 * pass_fixture_widths[1] + 17] = INFINITY;
  pass_fixture_compute (&analysis, network, dataset, MUCH_MEMORY, 2);
  g_assert_cmpuint (analysis.layers[0]->n_bad_values, ==, 0);
  assert_layer_is_bad (analysis.layers[1], N_TRAINING);
}

static void
test_layers_before_a_bad_one_are_sound (void)
{
  g_autoptr (CoterieDataset) dataset = pass_fixture_make_dataset ();
  g_autoptr (CoterieNetwork) network = pass_fixture_make_network ();
  g_auto (CoterieNetworkAnalysis) sound = {0};
  g_auto (CoterieNetworkAnalysis) broken = {0};

  pass_fixture_compute (&sound, network, dataset, MUCH_MEMORY, 1);
  network->biases[1][5] = NAN;
  pass_fixture_compute (&broken, network, dataset, MUCH_MEMORY, 2);
  pass_fixture_assert_same_layer (broken.layers[0], sound.layers[0]);
  assert_layer_is_bad (broken.layers[1], N_TRAINING);
  assert_nothing_is_defined (&broken);
}

static void
test_bad_outputs_are_wrong (void)
{
  g_autoptr (CoterieDataset) dataset = pass_fixture_make_dataset ();
  g_autoptr (CoterieNetwork) network = pass_fixture_make_network ();
  g_auto (CoterieNetworkAnalysis) sound = {0};
  g_auto (CoterieNetworkAnalysis) broken = {0};

  pass_fixture_compute (&sound, network, dataset, MUCH_MEMORY, 1);
  network->biases[2][1] = -INFINITY;
  pass_fixture_compute (&broken, network, dataset, MUCH_MEMORY, 2);
  for (guint l = 0; l < 2; l++)
    pass_fixture_assert_same_layer (broken.layers[l], sound.layers[l]);
  assert_nothing_is_defined (&broken);
}

/* The first neuron of the first layer is dead, the second always active. */
static void
test_baselines_are_those_of_the_network (void)
{
  g_autoptr (CoterieDataset) dataset = pass_fixture_make_dataset ();
  g_autoptr (CoterieNetwork) network = pass_fixture_make_network ();
  g_auto (CoterieNetworkAnalysis) analysis = {0};
  const CoterieLayerBaselines *baselines;
  double n_zeros = 0.0;
  float *outputs[3];
  gsize lanes;

  network->biases[0][0] = -100.0f;
  network->biases[0][1] = 100.0f;
  pass_fixture_compute (&analysis, network, dataset, MUCH_MEMORY, 2);
  forward_all (network, dataset, COTERIE_SPLIT_TRAINING, outputs, &lanes);
  for (guint q = 0; q < pass_fixture_widths[1]; q++)
    for (gsize s = 0; s < N_TRAINING; s++)
      n_zeros += outputs[0][q * lanes + s] == 0.0f;

  baselines = &analysis.layers[0]->baselines;
  g_assert_cmpfloat (baselines->dead_frac, >=, 1.0 / pass_fixture_widths[1]);
  g_assert_cmpfloat (baselines->always_active_frac, >=, 1.0 / pass_fixture_widths[1]);
  g_assert_cmpfloat_with_epsilon (baselines->sparsity,
                                  n_zeros / ((double) pass_fixture_widths[1] * N_TRAINING), 1e-12);
  g_assert_cmpuint (baselines->n_patterns, >, 1);
  g_assert_cmpuint (baselines->n_patterns, ==, baselines->n_regions);
  g_assert_cmpuint (analysis.layers[1]->baselines.n_regions, >=, baselines->n_regions);
  g_assert_cmpuint (analysis.layers[1]->baselines.n_regions, <=, N_TRAINING);
  for (guint l = 0; l < 3; l++)
    g_free (outputs[l]);
}

static void
test_class_accuracies_make_the_accuracy (void)
{
  g_autoptr (CoterieDataset) dataset = pass_fixture_make_dataset ();
  g_autoptr (CoterieNetwork) network = pass_fixture_make_network ();
  g_auto (CoterieNetworkAnalysis) analysis = {0};

  pass_fixture_compute (&analysis, network, dataset, MUCH_MEMORY, 2);
  for (CoterieSplit split = 0; split < COTERIE_N_SPLITS; split++) {
    const guint16 *labels = coterie_dataset_get_labels (dataset, split);
    gsize n_samples = coterie_dataset_get_n_samples (dataset, split);
    double sum = 0.0;

    for (gsize s = 0; s < n_samples; s++)
      sum += analysis.class_accuracies[split][labels[s]];
    g_assert_cmpfloat_with_epsilon (sum / (double) n_samples, analysis.evaluations[split].accuracy,
                                    1e-12);
  }
}

static void
test_can_be_cancelled (void)
{
  g_autoptr (CoterieDataset) dataset = pass_fixture_make_dataset ();
  g_autoptr (CoterieNetwork) network = pass_fixture_make_network ();
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
  g_autoptr (CoterieDataset) dataset = pass_fixture_make_dataset ();
  g_autoptr (CoterieNetwork) network = pass_fixture_make_network ();
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
  g_test_add_func ("/analysis/pass/evaluates-both-splits", test_evaluates_both_splits);
  g_test_add_func ("/analysis/pass/means-are-those-of-the-network",
                   test_means_are_those_of_the_network);
  g_test_add_func ("/analysis/pass/equal-outputs-choose-the-lower-class",
                   test_equal_outputs_choose_the_lower_class);
  g_test_add_func ("/analysis/pass/silent-layer-is-all-zero", test_silent_layer_is_all_zero);
  g_test_add_func ("/analysis/pass/class-without-samples-selects-none",
                   test_class_without_samples_selects_none);
  g_test_add_func ("/analysis/pass/infinite-layers-are-marked", test_infinite_layers_are_marked);
  g_test_add_func ("/analysis/pass/infinite-weights-of-a-dead-neuron-are-marked",
                   test_infinite_weights_of_a_dead_neuron_are_marked);
  g_test_add_func ("/analysis/pass/layers-before-a-bad-one-are-sound",
                   test_layers_before_a_bad_one_are_sound);
  g_test_add_func ("/analysis/pass/bad-outputs-are-wrong", test_bad_outputs_are_wrong);
  g_test_add_func ("/analysis/pass/baselines-are-those-of-the-network",
                   test_baselines_are_those_of_the_network);
  g_test_add_func ("/analysis/pass/class-accuracies-make-the-accuracy",
                   test_class_accuracies_make_the_accuracy);
  g_test_add_func ("/analysis/pass/can-be-cancelled", test_can_be_cancelled);
  g_test_add_func ("/analysis/pass/refuses-bad-settings", test_refuses_bad_settings);
  return g_test_run ();
}
