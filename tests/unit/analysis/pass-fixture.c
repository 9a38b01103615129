/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small data set, a network for it, and whether two analyses are the same to the last byte. */

#include "pass-fixture.h"

const guint pass_fixture_widths[4] = {N_FEATURES, 40, 23, N_CLASSES};

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
  return (CoterieSamples){.pixels = g_bytes_new_take (pixels, n_samples * N_FEATURES),
                          .labels = g_bytes_new_take (labels, n_samples * sizeof *labels),
                          .n_samples = n_samples};
}

static void
shuffle_samples (CoterieSamples *samples, guint64 seed)
{
  const guint8 *pixels = g_bytes_get_data (samples->pixels, NULL);
  const guint16 *labels = g_bytes_get_data (samples->labels, NULL);
  g_autofree guint32 *order = g_new (guint32, samples->n_samples);
  guint8 *new_pixels = g_new (guint8, samples->n_samples * N_FEATURES);
  guint16 *new_labels = g_new (guint16, samples->n_samples);
  CoterieRng rng;

  coterie_rng_init (&rng, seed, 0);
  for (gsize s = 0; s < samples->n_samples; s++)
    order[s] = (guint32) s;
  coterie_rng_shuffle (&rng, order, samples->n_samples);
  for (gsize s = 0; s < samples->n_samples; s++) {
    memcpy (new_pixels + s * N_FEATURES, pixels + order[s] * N_FEATURES, N_FEATURES);
    new_labels[s] = labels[order[s]];
  }
  g_bytes_unref (samples->pixels);
  g_bytes_unref (samples->labels);
  samples->pixels = g_bytes_new_take (new_pixels, samples->n_samples * N_FEATURES);
  samples->labels = g_bytes_new_take (new_labels, samples->n_samples * sizeof *new_labels);
}

/* seed 0 does not shuffle */
CoterieDataset *
pass_fixture_make_shuffled_dataset (guint64 seed)
{
  static const char *const names[] = {"a", "b", "c", NULL};
  const CoterieDatasetInfo info = {.name = "Test",
                                   .source = "test",
                                   .class_names = names,
                                   .width = N_FEATURES,
                                   .height = 1,
                                   .n_classes = N_CLASSES};
  CoterieSamples splits[] = {make_samples (N_TRAINING, 1), make_samples (N_TEST, 2)};
  g_autoptr (GError) error = NULL;
  CoterieDataset *dataset;

  if (seed > 0)
    shuffle_samples (&splits[COTERIE_SPLIT_TRAINING], seed);
  dataset = coterie_dataset_new (&info, splits, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < COTERIE_N_SPLITS; i++) {
    g_bytes_unref (splits[i].pixels);
    g_bytes_unref (splits[i].labels);
  }
  return dataset;
}

CoterieDataset *
pass_fixture_make_dataset (void)
{
  return pass_fixture_make_shuffled_dataset (0);
}

CoterieNetwork *
pass_fixture_make_network (void)
{
  CoterieNetwork *network =
      coterie_network_new (pass_fixture_widths, G_N_ELEMENTS (pass_fixture_widths));
  CoterieRng rng;

  coterie_rng_init (&rng, 3, 0);
  coterie_network_fill_glorot_uniform (network, &rng);
  return network;
}

void
pass_fixture_compute (CoterieNetworkAnalysis *analysis,
                      const CoterieNetwork *network,
                      CoterieDataset *dataset,
                      guint64 memory_bytes,
                      guint n_threads)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (n_threads);
  g_autoptr (CoterieAnalysisMemory) memory = coterie_analysis_memory_new (memory_bytes);
  g_autoptr (CoterieProgress) progress = coterie_progress_new ();
  g_autoptr (GError) error = NULL;
  CoterieAnalysisSettings settings;

  coterie_analysis_settings_init (&settings);
  settings.top = TOP;
  settings.n_null_graphs = 2;
  coterie_network_analysis_compute_within (analysis, network, dataset, &settings, memory, pool,
                                           progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (coterie_progress_get_fraction (progress), 1.0, 1e-9);
}

#define ASSERT_SAME_MEMBER(found, expected, member)                                                \
  g_assert_cmpmem (&(found)->member, sizeof (found)->member, &(expected)->member,                  \
                   sizeof (expected)->member)

#define ASSERT_SAME_ARRAY(found, expected, member, n)                                              \
  g_assert_cmpmem ((found)->member, (gsize) (n) * sizeof *(found)->member, (expected)->member,     \
                   (gsize) (n) * sizeof *(expected)->member)

static void
assert_same_graph (const CoterieGraph *found, const CoterieGraph *expected)
{
  g_assert_cmpuint (found->n_nodes, ==, expected->n_nodes);
  g_assert_cmpuint (found->n_edges, ==, expected->n_edges);
  for (guint e = 0; e < expected->n_edges; e++) {
    g_assert_cmpuint (found->edges[e].source, ==, expected->edges[e].source);
    g_assert_cmpuint (found->edges[e].target, ==, expected->edges[e].target);
    g_assert_cmpfloat (found->edges[e].weight, ==, expected->edges[e].weight);
  }
}

void
pass_fixture_assert_same_layer (const CoterieLayerAnalysis *found,
                                const CoterieLayerAnalysis *expected)
{
  g_assert_cmpuint (found->layer, ==, expected->layer);
  g_assert_cmpuint (found->n_neurons, ==, expected->n_neurons);
  g_assert_cmpuint (found->n_classes, ==, expected->n_classes);
  g_assert_cmpuint (found->n_bad_values, ==, expected->n_bad_values);
  ASSERT_SAME_ARRAY (found, expected, n_representatives, expected->n_classes);
  for (guint c = 0; c < expected->n_classes; c++)
    ASSERT_SAME_ARRAY (found, expected, representatives[c], expected->n_representatives[c]);
  ASSERT_SAME_ARRAY (found, expected, class_means, expected->n_classes * expected->n_neurons);
  ASSERT_SAME_ARRAY (found, expected, neuron_entropies, expected->n_neurons);
  ASSERT_SAME_ARRAY (found, expected, class_entropies, expected->n_classes);
  ASSERT_SAME_MEMBER (found, expected, entropy);
  ASSERT_SAME_MEMBER (found, expected, mean_live_entropy);
  g_assert_cmpuint (found->n_nodes, ==, expected->n_nodes);
  ASSERT_SAME_ARRAY (found, expected, neurons, expected->n_nodes);
  ASSERT_SAME_ARRAY (found, expected, node_classes, expected->n_nodes);
  assert_same_graph (found->graph, expected->graph);
  g_assert_cmpuint (found->n_communities, ==, expected->n_communities);
  ASSERT_SAME_ARRAY (found, expected, communities, expected->n_nodes);
  ASSERT_SAME_MEMBER (found, expected, modularity);
  ASSERT_SAME_MEMBER (found, expected, baselines);
}

void
pass_fixture_assert_same (const CoterieNetworkAnalysis *found,
                          const CoterieNetworkAnalysis *expected)
{
  ASSERT_SAME_MEMBER (found, expected, evaluations);
  g_assert_cmpuint (found->n_classes, ==, expected->n_classes);
  for (guint split = 0; split < COTERIE_N_SPLITS; split++)
    ASSERT_SAME_ARRAY (found, expected, class_accuracies[split], expected->n_classes);
  g_assert_cmpuint (found->n_layers, ==, expected->n_layers);
  for (guint l = 0; l < expected->n_layers; l++)
    pass_fixture_assert_same_layer (found->layers[l], expected->layers[l]);
}
