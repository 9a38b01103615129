/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tally against plain loops over the whole matrix of activations. */

#include "core/analysis/layer-tally.h"
#include "core/analysis/pattern-graph.h"
#include "core/base/rng.h"

#include <math.h>

#define N_SAMPLES 777
#define N_NEURONS 37
#define N_CLASSES 5
#define EMPTY_CLASS 3
#define TOP 9
#define BINS 10

static const CoterieEntropySpec specs[] = {
    {BINS, COTERIE_ENTROPY_RANGE_MIN_MAX},
    {BINS, COTERIE_ENTROPY_RANGE_ZERO_MAX},
    {BINS, COTERIE_ENTROPY_RANGE_ZERO_TOP},
};

typedef struct {
  guint16 labels[N_SAMPLES];
  float activations[N_SAMPLES][N_NEURONS];
  CoterieClassOrder *order;
} Layer;

/* Some neurons are silent, some constant, some twice the same. */
static Layer *
layer_new (void)
{
  Layer *layer = g_new0 (Layer, 1);
  CoterieRng rng;

  coterie_rng_init (&rng, 11, 0);
  for (guint s = 0; s < N_SAMPLES; s++) {
    guint16 label = (guint16) coterie_rng_below (&rng, N_CLASSES);

    layer->labels[s] = label == EMPTY_CLASS ? 0 : label;
    for (guint q = 0; q < N_NEURONS; q++)
      layer->activations[s][q] = fmaxf (
          0.0f, (float) (coterie_rng_uniform (&rng) * (q % N_CLASSES == label ? 2 : 1) - 0.4));
    layer->activations[s][4] = 0.0f;
    layer->activations[s][5] = 0.7f;
    layer->activations[s][9] = layer->activations[s][8];
  }
  layer->order = coterie_class_order_new (layer->labels, N_SAMPLES, N_CLASSES);
  return layer;
}

static void
layer_free (Layer *layer)
{
  coterie_class_order_free (layer->order);
  g_free (layer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Layer, layer_free)

/* Blocks of so many samples, in which more lanes hold nonsense; neurons in two ranges. */
static void
run_pass (CoterieLayerTally *tally, const Layer *layer, guint block_size, gboolean second)
{
  gsize lanes = block_size + 3;
  g_autofree float *activations = g_new (float, N_NEURONS *lanes);
  g_autofree CoterieClassRun *runs = g_new (CoterieClassRun, N_CLASSES);

  for (gsize first = 0; first < N_SAMPLES; first += block_size) {
    guint n = (guint) MIN (block_size, N_SAMPLES - first);
    CoterieTallyBlock block = {activations, lanes, runs,
                               coterie_class_order_get_runs (layer->order, first, n, runs)};

    for (gsize i = 0; i < N_NEURONS * lanes; i++)
      activations[i] = NAN;
    for (guint s = 0; s < n; s++)
      for (guint q = 0; q < N_NEURONS; q++)
        activations[q * lanes + s] = layer->activations[layer->order->samples[first + s]][q];

    if (second) {
      coterie_layer_tally_add_patterns (tally, &block, 0, 20);
      coterie_layer_tally_add_patterns (tally, &block, 20, N_NEURONS);
    } else {
      g_assert_true (coterie_layer_tally_add_moments (tally, &block, 20, N_NEURONS));
      g_assert_true (coterie_layer_tally_add_moments (tally, &block, 0, 20));
    }
  }
}

static CoterieLayerTally *
tally_layer (const Layer *layer, CoteriePairs pairs, guint block_size, guint n_threads)
{
  const CoterieTallySettings settings = {N_NEURONS, TOP, pairs, specs, G_N_ELEMENTS (specs)};
  g_autoptr (CoteriePool) pool = coterie_pool_new (n_threads);
  CoterieLayerTally *tally = coterie_layer_tally_new (&settings, layer->order);

  run_pass (tally, layer, block_size, FALSE);
  coterie_layer_tally_choose (tally);
  coterie_layer_tally_begin_sweep (tally, 0, N_NEURONS);
  run_pass (tally, layer, block_size, TRUE);
  coterie_layer_tally_count_pairs (tally, pool);
  return tally;
}

static double
naive_mean (const Layer *layer, guint label, guint neuron)
{
  double sum = 0.0;
  guint n = 0;

  for (guint s = 0; s < N_SAMPLES; s++)
    if (layer->labels[s] == label) {
      sum += (double) layer->activations[s][neuron];
      n++;
    }
  return sum / n;
}

static guint32
naive_delta (const Layer *layer, guint label, guint p, guint q)
{
  double mean_p = naive_mean (layer, label, p);
  double mean_q = naive_mean (layer, label, q);
  guint32 count = 0;

  for (guint s = 0; s < N_SAMPLES; s++)
    if (layer->labels[s] == label && (double) layer->activations[s][p] > mean_p &&
        (double) layer->activations[s][q] > mean_q)
      count++;
  return count;
}

static void
test_means_are_those_of_a_loop (void)
{
  g_autoptr (Layer) layer = layer_new ();
  g_autoptr (CoterieLayerTally) tally = tally_layer (layer, COTERIE_PAIRS_CLASS, 64, 1);
  const double *means = coterie_layer_tally_get_class_means (tally);

  for (guint c = 0; c < N_CLASSES; c++)
    for (guint q = 0; q < N_NEURONS; q++)
      if (c == EMPTY_CLASS)
        g_assert_true (isnan (means[c * N_NEURONS + q]));
      else
        g_assert_cmpfloat (means[c * N_NEURONS + q], ==, naive_mean (layer, c, q));
}

static void
test_representatives_are_the_best (void)
{
  g_autoptr (Layer) layer = layer_new ();
  g_autoptr (CoterieLayerTally) tally = tally_layer (layer, COTERIE_PAIRS_CLASS, 64, 1);
  const guint32 *n_representatives = coterie_layer_tally_get_n_representatives (tally);
  const guint32 *const *representatives = coterie_layer_tally_get_representatives (tally);

  for (guint c = 0; c < N_CLASSES; c++) {
    g_assert_cmpuint (n_representatives[c], ==, c == EMPTY_CLASS ? 0 : TOP);
    for (guint i = 0; i < n_representatives[c]; i++) {
      double mean = naive_mean (layer, c, representatives[c][i]);
      guint n_before = 0;

      for (guint q = 0; q < N_NEURONS; q++)
        n_before += naive_mean (layer, c, q) > mean ||
                    (naive_mean (layer, c, q) == mean && q < representatives[c][i]);
      g_assert_cmpuint (n_before, ==, i);
    }
  }
}

static void
assert_counts_are_naive (const Layer *layer, CoteriePairs pairs)
{
  g_autoptr (CoterieLayerTally) tally = tally_layer (layer, pairs, 50, 2);
  const CoterieCoactivation *coactivations = coterie_layer_tally_get_coactivations (tally);
  const CoterieCover *cover = coterie_layer_tally_get_cover (tally);

  for (guint c = 0; c < N_CLASSES; c++) {
    const CoterieCoactivation *found = &coactivations[c];
    const guint32 *count = found->counts;

    if (c == EMPTY_CLASS)
      g_assert_cmpuint (found->n_neurons, ==, 0);
    else
      g_assert_cmpuint (found->n_neurons, ==, pairs == COTERIE_PAIRS_CLASS ? TOP : cover->n_nodes);
    for (guint i = 0; i < found->n_neurons; i++)
      for (guint j = i + 1; j < found->n_neurons; j++)
        g_assert_cmpuint (*count++, ==,
                          naive_delta (layer, c, found->neurons[i], found->neurons[j]));
  }
}

static void
test_counts_are_those_of_a_loop (void)
{
  g_autoptr (Layer) layer = layer_new ();

  assert_counts_are_naive (layer, COTERIE_PAIRS_CLASS);
  assert_counts_are_naive (layer, COTERIE_PAIRS_UNION);
}

/* The mean of 1, 1 + e and 1 + e is nearest to 1 + e as a float, and yet below it. */
static void
test_means_are_not_rounded (void)
{
  const float above = nextafterf (1.0f, 2.0f);
  const float activations[] = {1.0f, above, above, 1.0f, above, above};
  const guint16 labels[] = {0, 0, 0};
  const CoterieClassRun run = {0, 0, 3, 0};
  const CoterieTallyBlock block = {activations, 3, &run, 1};
  const CoterieTallySettings settings = {2, 2, COTERIE_PAIRS_CLASS, NULL, 0};
  g_autoptr (CoterieClassOrder) order = coterie_class_order_new (labels, 3, 1);
  g_autoptr (CoterieLayerTally) tally = coterie_layer_tally_new (&settings, order);
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);

  g_assert_true (coterie_layer_tally_add_moments (tally, &block, 0, 2));
  coterie_layer_tally_choose (tally);
  coterie_layer_tally_begin_sweep (tally, 0, 2);
  coterie_layer_tally_add_patterns (tally, &block, 0, 2);
  coterie_layer_tally_count_pairs (tally, pool);
  g_assert_cmpuint (coterie_layer_tally_get_coactivations (tally)[0].counts[0], ==, 2);
}

#define ALL_CLASSES N_CLASSES

/* Over the samples of one class, or of all. */
static double
naive_entropy (const Layer *layer, CoterieEntropyRange range, guint neuron, guint label)
{
  double sums[N_NEURONS] = {0.0}, top = 0.0, low = INFINITY, high = 0.0, entropy = 0.0;
  guint counts[BINS] = {0}, n = 0;

  for (guint s = 0; s < N_SAMPLES; s++)
    for (guint q = 0; q < N_NEURONS; q++)
      if (label == ALL_CLASSES || layer->labels[s] == label)
        sums[q] += (double) layer->activations[s][q];
  for (guint s = 0; s < N_SAMPLES; s++)
    for (guint q = 0; q < N_NEURONS; q++) {
      double x = (double) layer->activations[s][q] / sums[q];

      if (layer->activations[s][q] == 0.0f || (label != ALL_CLASSES && layer->labels[s] != label))
        continue;
      top = MAX (top, x);
      if (q == neuron) {
        low = MIN (low, x);
        high = MAX (high, x);
      }
    }
  if (!(low < high))
    return 0.0;
  low = range == COTERIE_ENTROPY_RANGE_MIN_MAX ? low : 0.0;
  high = range == COTERIE_ENTROPY_RANGE_ZERO_TOP ? top : high;

  for (guint s = 0; s < N_SAMPLES; s++)
    if (layer->activations[s][neuron] != 0.0f &&
        (label == ALL_CLASSES || layer->labels[s] == label)) {
      double x = (double) layer->activations[s][neuron] / sums[neuron];

      counts[MIN (BINS - 1, (guint) floor ((x - low) / (high - low) * BINS))]++;
      n++;
    }
  for (guint b = 0; b < BINS; b++)
    if (counts[b] > 0)
      entropy -= (double) counts[b] / n * log ((double) counts[b] / n);
  return entropy;
}

static void
test_entropy_is_that_of_a_loop (void)
{
  g_autoptr (Layer) layer = layer_new ();
  g_autoptr (CoterieLayerTally) tally = tally_layer (layer, COTERIE_PAIRS_CLASS, 64, 1);

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    for (guint q = 0; q < N_NEURONS; q++)
      g_assert_cmpfloat_with_epsilon (coterie_layer_tally_compute_entropy (tally, i, q),
                                      naive_entropy (layer, specs[i].range, q, ALL_CLASSES), 1e-12);
}

static void
test_class_entropy_is_that_of_a_loop (void)
{
  g_autoptr (Layer) layer = layer_new ();
  g_autoptr (CoterieLayerTally) tally = tally_layer (layer, COTERIE_PAIRS_CLASS, 50, 1);

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    for (guint c = 0; c < N_CLASSES; c++) {
      double expected = 0.0;

      for (guint q = 0; q < N_NEURONS && c != EMPTY_CLASS; q++)
        expected += naive_entropy (layer, specs[i].range, q, c);
      g_assert_cmpfloat_with_epsilon (coterie_layer_tally_compute_class_entropy (tally, i, c),
                                      expected, 1e-10);
    }
}

/* In three sweeps, one of them with a single neuron. */
static void
test_sweeps_add_up (void)
{
  static const guint ends[] = {20, 21, N_NEURONS};
  const CoterieTallySettings settings = {N_NEURONS, TOP, COTERIE_PAIRS_CLASS, specs,
                                         G_N_ELEMENTS (specs)};
  g_autoptr (Layer) layer = layer_new ();
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieLayerTally) expected = tally_layer (layer, COTERIE_PAIRS_CLASS, 64, 1);
  g_autoptr (CoterieLayerTally) tally = coterie_layer_tally_new (&settings, layer->order);
  g_autoptr (CoterieGraph) expected_graph =
      coterie_pattern_graph_new (expected, COTERIE_EDGE_NORM_CLASS, TOP);
  g_autoptr (CoterieGraph) graph = NULL;

  run_pass (tally, layer, 64, FALSE);
  coterie_layer_tally_choose (tally);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    coterie_layer_tally_begin_sweep (tally, i > 0 ? ends[i - 1] : 0, ends[i]);
    run_pass (tally, layer, 64, TRUE);
  }
  coterie_layer_tally_count_pairs (tally, pool);
  graph = coterie_pattern_graph_new (tally, COTERIE_EDGE_NORM_CLASS, TOP);
  g_assert_cmpfloat (graph->total_weight, ==, expected_graph->total_weight);
  for (guint i = 0; i < G_N_ELEMENTS (specs); i++) {
    for (guint q = 0; q < N_NEURONS; q++)
      g_assert_cmpfloat (coterie_layer_tally_compute_entropy (tally, i, q), ==,
                         coterie_layer_tally_compute_entropy (expected, i, q));
    for (guint c = 0; c < N_CLASSES; c++)
      g_assert_cmpfloat (coterie_layer_tally_compute_class_entropy (tally, i, c), ==,
                         coterie_layer_tally_compute_class_entropy (expected, i, c));
  }
}

static void
test_silent_and_constant_have_no_entropy (void)
{
  g_autoptr (Layer) layer = layer_new ();
  g_autoptr (CoterieLayerTally) tally = tally_layer (layer, COTERIE_PAIRS_CLASS, 64, 1);

  g_assert_cmpuint (coterie_layer_tally_get_n_nonzero (tally, 4), ==, 0);
  g_assert_cmpuint (coterie_layer_tally_get_n_nonzero (tally, 5), ==, N_SAMPLES);
  for (guint i = 0; i < G_N_ELEMENTS (specs); i++) {
    g_assert_cmpfloat (coterie_layer_tally_compute_entropy (tally, i, 4), ==, 0.0);
    g_assert_cmpfloat (coterie_layer_tally_compute_entropy (tally, i, 5), ==, 0.0);
    g_assert_cmpfloat (coterie_layer_tally_compute_entropy (tally, i, 6), >, 0.0);
  }
}

static void
test_ignores_blocks_and_threads (void)
{
  static const guint block_sizes[] = {1, 7, 64, 500, N_SAMPLES};
  g_autoptr (Layer) layer = layer_new ();
  g_autoptr (CoterieLayerTally) expected = tally_layer (layer, COTERIE_PAIRS_CLASS, 32, 1);
  g_autoptr (CoterieGraph) expected_graph =
      coterie_pattern_graph_new (expected, COTERIE_EDGE_NORM_CLASS, TOP);

  for (guint i = 0; i < G_N_ELEMENTS (block_sizes); i++) {
    g_autoptr (CoterieLayerTally) tally =
        tally_layer (layer, COTERIE_PAIRS_CLASS, block_sizes[i], 1 + i % 3);
    g_autoptr (CoterieGraph) graph =
        coterie_pattern_graph_new (tally, COTERIE_EDGE_NORM_CLASS, TOP);
    gsize n_bytes = N_CLASSES * N_NEURONS * sizeof (double);

    g_assert_cmpmem (coterie_layer_tally_get_class_means (tally), n_bytes,
                     coterie_layer_tally_get_class_means (expected), n_bytes);
    g_assert_cmpuint (graph->n_edges, ==, expected_graph->n_edges);
    for (guint e = 0; e < graph->n_edges; e++)
      g_assert_cmpfloat (graph->edges[e].weight, ==, expected_graph->edges[e].weight);
    for (guint q = 0; q < N_NEURONS; q++)
      g_assert_cmpfloat (coterie_layer_tally_compute_entropy (tally, 0, q), ==,
                         coterie_layer_tally_compute_entropy (expected, 0, q));
  }
}

static void
test_norms_scale_the_edges (void)
{
  g_autoptr (Layer) layer = layer_new ();
  g_autoptr (CoterieLayerTally) tally = tally_layer (layer, COTERIE_PAIRS_UNION, 64, 1);
  g_autoptr (CoterieGraph) plain = coterie_pattern_graph_new (tally, COTERIE_EDGE_NORM_NONE, TOP);
  g_autoptr (CoterieGraph) all = coterie_pattern_graph_new (tally, COTERIE_EDGE_NORM_ALL, TOP);
  g_autoptr (CoterieGraph) top = coterie_pattern_graph_new (tally, COTERIE_EDGE_NORM_TOP, TOP);

  g_assert_cmpuint (plain->n_edges, >, 0);
  g_assert_cmpfloat_with_epsilon (all->total_weight * N_SAMPLES, plain->total_weight, 1e-8);
  g_assert_cmpfloat_with_epsilon (top->total_weight * TOP, plain->total_weight, 1e-8);
}

static void
test_marks_what_relu_never_gives (void)
{
  static const float bad_values[] = {NAN, INFINITY, -INFINITY, -1e-30f};
  static const CoterieEntropySpec spec = {BINS, COTERIE_ENTROPY_RANGE_MIN_MAX};
  const guint16 labels[] = {0, 0, 0};
  g_autoptr (CoterieClassOrder) order = coterie_class_order_new (labels, 3, 1);
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  const CoterieTallySettings settings = {2, 1, COTERIE_PAIRS_CLASS, &spec, 1};
  const CoterieClassRun run = {0, 0, 3, 0};

  for (guint i = 0; i < G_N_ELEMENTS (bad_values); i++) {
    g_autoptr (CoterieLayerTally) tally = coterie_layer_tally_new (&settings, order);
    const float activations[] = {0.0f, -0.0f, 1.0f, 2.0f, bad_values[i], bad_values[i]};
    const CoterieTallyBlock block = {activations, 3, &run, 1};

    g_assert_true (coterie_layer_tally_add_moments (tally, &block, 0, 1));
    g_assert_false (coterie_layer_tally_add_moments (tally, &block, 1, 2));
    g_assert_cmpuint (coterie_layer_tally_get_n_bad_values (tally), ==, 2);
    coterie_layer_tally_choose (tally);
    coterie_layer_tally_begin_sweep (tally, 0, 2);
    coterie_layer_tally_add_patterns (tally, &block, 0, 2);
    coterie_layer_tally_count_pairs (tally, pool);
    g_assert_cmpuint (coterie_layer_tally_get_n_representatives (tally)[0], ==, 0);
    g_assert_cmpuint (coterie_layer_tally_get_cover (tally)->n_nodes, ==, 0);
    g_assert_true (isnan (coterie_layer_tally_get_class_means (tally)[0]));
    g_assert_true (isnan (coterie_layer_tally_compute_entropy (tally, 0, 0)));
    g_assert_true (isnan (coterie_layer_tally_compute_class_entropy (tally, 0, 0)));
  }
}

static void
test_order_is_by_class_and_stable (void)
{
  const guint16 labels[] = {2, 0, 2, 0, 0};
  const guint32 samples[] = {1, 3, 4, 0, 2};
  g_autoptr (CoterieClassOrder) order = coterie_class_order_new (labels, 5, 4);
  CoterieClassRun runs[4];

  g_assert_cmpmem (order->samples, sizeof samples, samples, sizeof samples);
  g_assert_cmpuint (coterie_class_order_get_size (order, 1), ==, 0);
  g_assert_cmpuint (coterie_class_order_get_runs (order, 1, 3, runs), ==, 2);
  g_assert_cmpuint (runs[0].label, ==, 0);
  g_assert_cmpuint (runs[0].rank, ==, 1);
  g_assert_cmpuint (runs[0].end, ==, 2);
  g_assert_cmpuint (runs[1].label, ==, 2);
  g_assert_cmpuint (runs[1].rank, ==, 0);
  g_assert_cmpuint (runs[1].first, ==, 2);
  g_assert_cmpuint (runs[1].end, ==, 3);
  g_assert_cmpuint (coterie_class_order_get_runs (order, 5, 0, runs), ==, 0);
}

static void
test_entropy_of_counts (void)
{
  const guint32 even[] = {3, 3, 3, 3};
  const guint32 single[] = {0, 8, 0};
  const guint32 none[] = {0, 0};

  g_assert_cmpfloat_with_epsilon (coterie_entropy_compute (even, 4), log (4.0), 1e-15);
  g_assert_cmpfloat (coterie_entropy_compute (single, 3), ==, 0.0);
  g_assert_false (signbit (coterie_entropy_compute (single, 3)));
  g_assert_cmpfloat (coterie_entropy_compute (none, 2), ==, 0.0);
}

static void
test_looked_up_logarithms_change_nothing (void)
{
  double logs[20];
  guint32 counts[30];
  CoterieRng rng;

  coterie_rng_init (&rng, 21, 0);
  coterie_entropy_fill_logs (logs, G_N_ELEMENTS (logs));
  for (guint i = 0; i < 100; i++) {
    for (guint b = 0; b < G_N_ELEMENTS (counts); b++)
      counts[b] = (guint32) coterie_rng_below (&rng, 40);
    g_assert_cmpfloat (coterie_entropy_compute_with_logs (counts, 30, logs, 20), ==,
                       coterie_entropy_compute (counts, 30));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/tally/means-are-those-of-a-loop", test_means_are_those_of_a_loop);
  g_test_add_func ("/analysis/tally/representatives-are-the-best",
                   test_representatives_are_the_best);
  g_test_add_func ("/analysis/tally/counts-are-those-of-a-loop", test_counts_are_those_of_a_loop);
  g_test_add_func ("/analysis/tally/means-are-not-rounded", test_means_are_not_rounded);
  g_test_add_func ("/analysis/tally/entropy-is-that-of-a-loop", test_entropy_is_that_of_a_loop);
  g_test_add_func ("/analysis/tally/class-entropy-is-that-of-a-loop",
                   test_class_entropy_is_that_of_a_loop);
  g_test_add_func ("/analysis/tally/sweeps-add-up", test_sweeps_add_up);
  g_test_add_func ("/analysis/tally/silent-and-constant-have-no-entropy",
                   test_silent_and_constant_have_no_entropy);
  g_test_add_func ("/analysis/tally/ignores-blocks-and-threads", test_ignores_blocks_and_threads);
  g_test_add_func ("/analysis/tally/norms-scale-the-edges", test_norms_scale_the_edges);
  g_test_add_func ("/analysis/tally/marks-what-relu-never-gives", test_marks_what_relu_never_gives);
  g_test_add_func ("/analysis/tally/order-is-by-class-and-stable",
                   test_order_is_by_class_and_stable);
  g_test_add_func ("/analysis/tally/entropy-of-counts", test_entropy_of_counts);
  g_test_add_func ("/analysis/tally/looked-up-logarithms-change-nothing",
                   test_looked_up_logarithms_change_nothing);
  return g_test_run ();
}
