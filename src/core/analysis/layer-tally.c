/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The streaming half of the analysis of a layer (sections 5.1 and 5.2 of the paper). Samples pass
 * by twice, in blocks of [neuron][lanes], class after class, and are forgotten:
 *
 *   first pass   sums for each class and neuron (Eq. 5), smallest and largest non-zero activation
 *   choice       the S neurons with the highest mean of each class, and what the second pass needs
 *   second pass  for each representative of a class one bit a sample: above its class mean or not;
 *                histograms of the non-zero activations
 *   pairs        delta of two neurons is the number of bits set in both: and, then count
 *
 * Memory is that of the bits and the histograms: (|D| S / 8 + neurons R 4) bytes, never |D| times
 * neurons. Work is shared by ranges of neurons. A neuron's values are added in the order of the
 * samples whatever the blocks, so results depend neither on blocks nor on threads. */

#include "core/analysis/layer-tally.h"

#include <float.h>
#include <math.h>

/* Pairs are counted for so many rows at a time: a row is then read once for four others. */
#define TILE 4
#define WORD_BITS 64

typedef struct {
  guint label;
  guint slot;
} Watch;

/* One way to make histograms. */
typedef struct {
  CoterieEntropySpec spec;
  double *lows;
  double *spans;
  guint32 *counts;
} Histogram;

/* What is watched of one class. */
typedef struct {
  CoterieCoactivation pairs;
  guint32 *neurons;
  guint32 *counts;
  guint64 *bits;
  gsize n_words;
} WatchedClass;

struct _CoterieLayerTally {
  const CoterieClassOrder *order;
  guint n_neurons;
  guint n_classes;
  guint top;
  CoteriePairs pairs;

  /* First pass. */
  double *sums;
  float *lowest;
  float *highest;
  guint32 *n_nonzero;

  /* The choice. */
  double *means;
  double *column_sums;
  guint32 *n_representatives;
  guint32 **representatives;
  CoterieCover *cover;
  guint32 *watch_offsets;
  Watch *watches;

  /* Second pass. */
  Histogram *histograms;
  guint n_histograms;
  WatchedClass *watched;
  CoterieCoactivation *coactivations;
};

/**
 * coterie_activation_is_valid:
 * @activation: an activation, dimensionless
 *
 * Returns: whether it can be one after ReLU: finite, and 0 or more
 */
gboolean
coterie_activation_is_valid (float activation)
{
  return activation >= 0.0f && activation <= FLT_MAX;
}

/**
 * coterie_layer_tally_new:
 * @settings: what to tally; copied
 * @order: the order in which samples will come; must outlive the tally
 *
 * Returns: (transfer full): a tally that has seen no sample
 */
CoterieLayerTally *
coterie_layer_tally_new (const CoterieTallySettings *settings, const CoterieClassOrder *order)
{
  CoterieLayerTally *tally = g_new0 (CoterieLayerTally, 1);

  tally->order = order;
  tally->n_neurons = settings->n_neurons;
  tally->n_classes = order->n_classes;
  tally->top = settings->top;
  tally->pairs = settings->pairs;

  tally->sums = g_new0 (double, (gsize) tally->n_classes * tally->n_neurons);
  tally->lowest = g_new (float, tally->n_neurons);
  tally->highest = g_new0 (float, tally->n_neurons);
  tally->n_nonzero = g_new0 (guint32, tally->n_neurons);
  for (guint q = 0; q < tally->n_neurons; q++)
    tally->lowest[q] = FLT_MAX;

  tally->n_histograms = settings->n_specs;
  tally->histograms = g_new0 (Histogram, settings->n_specs);
  for (guint h = 0; h < settings->n_specs; h++)
    tally->histograms[h].spec = settings->specs[h];
  return tally;
}

/**
 * coterie_layer_tally_free:
 * @tally: (transfer full): the tally
 */
void
coterie_layer_tally_free (CoterieLayerTally *tally)
{
  for (guint h = 0; h < tally->n_histograms; h++) {
    g_free (tally->histograms[h].lows);
    g_free (tally->histograms[h].spans);
    g_free (tally->histograms[h].counts);
  }
  for (guint c = 0; tally->watched != NULL && c < tally->n_classes; c++) {
    g_free (tally->watched[c].neurons);
    g_free (tally->watched[c].counts);
    g_free (tally->watched[c].bits);
    g_free (tally->representatives[c]);
  }
  g_clear_pointer (&tally->cover, coterie_cover_free);
  g_free (tally->sums);
  g_free (tally->lowest);
  g_free (tally->highest);
  g_free (tally->n_nonzero);
  g_free (tally->means);
  g_free (tally->column_sums);
  g_free (tally->n_representatives);
  g_free (tally->representatives);
  g_free (tally->watch_offsets);
  g_free (tally->watches);
  g_free (tally->histograms);
  g_free (tally->watched);
  g_free (tally->coactivations);
  g_free (tally);
}

static gboolean
add_run_moments (CoterieLayerTally *tally,
                 const CoterieClassRun *run,
                 const float *activations,
                 guint neuron)
{
  double sum = tally->sums[(gsize) run->label * tally->n_neurons + neuron];
  float lowest = tally->lowest[neuron];
  float highest = tally->highest[neuron];
  guint32 n_nonzero = tally->n_nonzero[neuron];
  gboolean valid = TRUE;

  for (guint s = run->first; s < run->end; s++) {
    float activation = activations[s];
    float nonzero = activation > 0.0f ? activation : FLT_MAX;

    sum += (double) activation;
    lowest = nonzero < lowest ? nonzero : lowest;
    highest = activation > highest ? activation : highest;
    n_nonzero += activation > 0.0f;
    valid &= coterie_activation_is_valid (activation);
  }

  tally->sums[(gsize) run->label * tally->n_neurons + neuron] = sum;
  tally->lowest[neuron] = lowest;
  tally->highest[neuron] = highest;
  tally->n_nonzero[neuron] = n_nonzero;
  return valid;
}

/**
 * coterie_layer_tally_add_moments:
 * @tally: the tally
 * @block: the next samples in the order
 * @first_neuron: the first neuron to add
 * @end_neuron: the neuron after the last
 *
 * First pass: adds a block for some neurons. Calls for different neurons may run at the same time.
 *
 * Returns: %FALSE if an activation is negative or not finite; the tally is of no use then
 */
gboolean
coterie_layer_tally_add_moments (CoterieLayerTally *tally,
                                 const CoterieTallyBlock *block,
                                 guint first_neuron,
                                 guint end_neuron)
{
  gboolean valid = TRUE;

  for (guint q = first_neuron; q < end_neuron; q++)
    for (guint r = 0; r < block->n_runs; r++)
      if (!add_run_moments (tally, &block->runs[r], block->activations + q * block->lanes, q))
        valid = FALSE;
  return valid;
}

static void
fill_means (CoterieLayerTally *tally)
{
  tally->means = g_new (double, (gsize) tally->n_classes * tally->n_neurons);
  tally->column_sums = g_new0 (double, tally->n_neurons);

  for (guint c = 0; c < tally->n_classes; c++) {
    gsize size = coterie_class_order_get_size (tally->order, c);

    for (guint q = 0; q < tally->n_neurons; q++) {
      gsize i = (gsize) c * tally->n_neurons + q;

      tally->means[i] = size > 0 ? tally->sums[i] / (double) size : NAN;
      tally->column_sums[q] += tally->sums[i];
    }
  }
}

static int
compare_by_mean (gconstpointer a, gconstpointer b, gpointer data)
{
  const double *means = data;
  guint32 left = *(const guint32 *) a;
  guint32 right = *(const guint32 *) b;

  if (means[left] != means[right])
    return means[left] > means[right] ? -1 : 1;
  return (left > right) - (left < right);
}

static void
choose_representatives (CoterieLayerTally *tally)
{
  tally->n_representatives = g_new0 (guint32, tally->n_classes);
  tally->representatives = g_new0 (guint32 *, tally->n_classes);

  for (guint c = 0; c < tally->n_classes; c++) {
    g_autofree guint32 *ranking = g_new (guint32, tally->n_neurons);

    if (coterie_class_order_get_size (tally->order, c) == 0)
      continue;
    for (guint q = 0; q < tally->n_neurons; q++)
      ranking[q] = q;
    g_qsort_with_data (ranking, (gint) tally->n_neurons, sizeof *ranking, compare_by_mean,
                       tally->means + (gsize) c * tally->n_neurons);
    tally->n_representatives[c] = MIN (tally->top, tally->n_neurons);
    tally->representatives[c] = g_memdup2 (ranking, tally->n_representatives[c] * sizeof *ranking);
  }

  tally->cover = coterie_cover_new (tally->n_neurons, tally->n_classes, tally->n_representatives,
                                    (const guint32 *const *) tally->representatives);
}

static gboolean
is_watched (const CoterieLayerTally *tally, guint label, const guint8 *represents, guint neuron)
{
  if (tally->pairs == COTERIE_PAIRS_CLASS)
    return represents[neuron];
  return tally->n_representatives[label] > 0 && tally->cover->node_of_neuron[neuron] >= 0;
}

static void
watch_class (CoterieLayerTally *tally, guint label)
{
  WatchedClass *watched = &tally->watched[label];
  g_autofree guint8 *represents = g_new0 (guint8, tally->n_neurons);
  guint n = 0;

  for (guint i = 0; i < tally->n_representatives[label]; i++)
    represents[tally->representatives[label][i]] = TRUE;

  watched->neurons = g_new (guint32, tally->n_neurons);
  for (guint q = 0; q < tally->n_neurons; q++)
    if (is_watched (tally, label, represents, q))
      watched->neurons[n++] = q;

  watched->n_words =
      (coterie_class_order_get_size (tally->order, label) + WORD_BITS - 1) / WORD_BITS;
  watched->bits = g_new0 (guint64, n * watched->n_words);
  watched->counts = g_new0 (guint32, n > 0 ? (gsize) n * (n - 1) / 2 : 0);

  tally->coactivations[label].n_neurons = n;
  tally->coactivations[label].neurons = watched->neurons;
  tally->coactivations[label].counts = watched->counts;
}

/* Turns the lists of neurons a class watches into the lists of classes that watch a neuron. */
static void
index_watches (CoterieLayerTally *tally)
{
  g_autofree guint32 *next = NULL;

  tally->watch_offsets = g_new0 (guint32, (gsize) tally->n_neurons + 1);
  for (guint c = 0; c < tally->n_classes; c++)
    for (guint i = 0; i < tally->coactivations[c].n_neurons; i++)
      tally->watch_offsets[tally->watched[c].neurons[i] + 1]++;
  for (guint q = 0; q < tally->n_neurons; q++)
    tally->watch_offsets[q + 1] += tally->watch_offsets[q];

  tally->watches = g_new (Watch, tally->watch_offsets[tally->n_neurons]);
  next = g_memdup2 (tally->watch_offsets, tally->n_neurons * sizeof *next);
  for (guint c = 0; c < tally->n_classes; c++)
    for (guint i = 0; i < tally->coactivations[c].n_neurons; i++) {
      Watch *watch = &tally->watches[next[tally->watched[c].neurons[i]]++];

      watch->label = c;
      watch->slot = i;
    }
}

/* The largest value of the matrix whose columns were divided by their sums; 0 if all is silent. */
static double
find_top_value (const CoterieLayerTally *tally)
{
  double top = 0.0;

  for (guint q = 0; q < tally->n_neurons; q++)
    if (tally->n_nonzero[q] > 0)
      top = MAX (top, (double) tally->highest[q] / tally->column_sums[q]);
  return top;
}

/* A neuron with fewer than two distinct non-zero activations has entropy 0: its span is 0, and
 * nothing is counted. */
static void
prepare_histogram (CoterieLayerTally *tally, Histogram *histogram)
{
  double top = find_top_value (tally);

  histogram->lows = g_new0 (double, tally->n_neurons);
  histogram->spans = g_new0 (double, tally->n_neurons);
  /* one bin more than asked for, where zeros go */
  histogram->counts = g_new0 (guint32, (gsize) tally->n_neurons * (histogram->spec.bins + 1));

  for (guint q = 0; q < tally->n_neurons; q++) {
    double low = 0.0, high = top;

    if (tally->n_nonzero[q] == 0 || tally->lowest[q] == tally->highest[q])
      continue;
    if (histogram->spec.range != COTERIE_ENTROPY_RANGE_ZERO_TOP)
      high = (double) tally->highest[q] / tally->column_sums[q];
    if (histogram->spec.range == COTERIE_ENTROPY_RANGE_MIN_MAX)
      low = (double) tally->lowest[q] / tally->column_sums[q];
    histogram->lows[q] = low;
    histogram->spans[q] = high - low;
  }
}

/**
 * coterie_layer_tally_choose:
 * @tally: a tally that has seen all samples once
 *
 * Between the passes: computes the class means, chooses the representatives (highest mean first,
 * the lower neuron if two are equal; none for a class without samples) and prepares the second
 * pass. Cost: sorting the neurons once for each class.
 */
void
coterie_layer_tally_choose (CoterieLayerTally *tally)
{
  fill_means (tally);
  choose_representatives (tally);

  tally->watched = g_new0 (WatchedClass, tally->n_classes);
  tally->coactivations = g_new0 (CoterieCoactivation, tally->n_classes);
  for (guint c = 0; c < tally->n_classes; c++)
    watch_class (tally, c);
  index_watches (tally);

  for (guint h = 0; h < tally->n_histograms; h++)
    prepare_histogram (tally, &tally->histograms[h]);
}

/* The mean is a double and stays one: rounded to float it could move past an activation. */
static void
set_bits (guint64 *bits, const CoterieClassRun *run, const float *activations, double mean)
{
  gsize bit = run->rank;

  for (guint s = run->first; s < run->end; s++, bit++)
    bits[bit / WORD_BITS] |= (guint64) ((double) activations[s] > mean) << (bit % WORD_BITS);
}

static void
add_run_bits (CoterieLayerTally *tally,
              const CoterieClassRun *run,
              const float *activations,
              guint neuron)
{
  for (guint32 i = tally->watch_offsets[neuron]; i < tally->watch_offsets[neuron + 1]; i++) {
    const Watch *watch = &tally->watches[i];
    WatchedClass *watched = &tally->watched[watch->label];

    if (watch->label == run->label)
      set_bits (watched->bits + watch->slot * watched->n_words, run, activations,
                tally->means[(gsize) run->label * tally->n_neurons + neuron]);
  }
}

/* bin = floor ((x - low) / (high - low) R) of x = activation / column sum, the highest value in the
 * last bin. Computed on the quotients, in this order: the value of a product or a factored form
 * would differ in the last place and now and then fall into another bin. */
static void
add_run_histogram (const CoterieLayerTally *tally,
                   Histogram *histogram,
                   const CoterieClassRun *run,
                   const float *activations,
                   guint neuron)
{
  guint bins = histogram->spec.bins;
  guint32 *counts = histogram->counts + (gsize) neuron * (bins + 1);
  double sum = tally->column_sums[neuron];
  double low = histogram->lows[neuron];
  double span = histogram->spans[neuron];

  for (guint s = run->first; s < run->end; s++) {
    double share = (double) activations[s] / sum;
    gint64 bin = (gint64) ((share - low) / span * bins);

    bin = MIN (bin, (gint64) bins - 1);
    counts[activations[s] > 0.0f ? bin : (gint64) bins]++;
  }
}

/**
 * coterie_layer_tally_add_patterns:
 * @tally: a tally that has chosen
 * @block: the next samples in the order
 * @first_neuron: the first neuron to add
 * @end_neuron: the neuron after the last
 *
 * Second pass: adds the same samples again. Calls for different neurons may run at the same time.
 */
void
coterie_layer_tally_add_patterns (CoterieLayerTally *tally,
                                  const CoterieTallyBlock *block,
                                  guint first_neuron,
                                  guint end_neuron)
{
  for (guint q = first_neuron; q < end_neuron; q++) {
    const float *activations = block->activations + q * block->lanes;

    for (guint r = 0; r < block->n_runs; r++)
      add_run_bits (tally, &block->runs[r], activations, q);

    for (guint h = 0; h < tally->n_histograms; h++)
      for (guint r = 0; r < block->n_runs && tally->histograms[h].spans[q] > 0.0; r++)
        add_run_histogram (tally, &tally->histograms[h], &block->runs[r], activations, q);
  }
}

/* counts[k] = bits set both in row and in others[k], for k < TILE. Written once, compiled twice. */
static inline __attribute__ ((always_inline)) void
count_common_bits (const guint64 *row, const guint64 *const *others, gsize n_words, guint32 *counts)
{
  guint32 sums[TILE] = {0};

  for (gsize w = 0; w < n_words; w++)
    for (guint k = 0; k < TILE; k++)
      sums[k] += (guint32) __builtin_popcountll (row[w] & others[k][w]);
  memcpy (counts, sums, sizeof sums);
}

#if defined(__x86_64__)
__attribute__ ((target ("popcnt"))) static void
count_common_bits_popcnt (const guint64 *row,
                          const guint64 *const *others,
                          gsize n_words,
                          guint32 *counts)
{
  count_common_bits (row, others, n_words, counts);
}
#endif

static void
count_common_bits_plain (const guint64 *row,
                         const guint64 *const *others,
                         gsize n_words,
                         guint32 *counts)
{
  count_common_bits (row, others, n_words, counts);
}

typedef void (*CountFunc) (const guint64 *row,
                           const guint64 *const *others,
                           gsize n_words,
                           guint32 *counts);

static CountFunc
get_count_func (void)
{
#if defined(__x86_64__)
  if (__builtin_cpu_supports ("popcnt"))
    return count_common_bits_popcnt;
#endif
  return count_common_bits_plain;
}

static void
count_pairs_of_row (const WatchedClass *watched, guint n_rows, guint row, CountFunc count)
{
  const guint64 *row_bits = watched->bits + row * watched->n_words;
  guint32 *counts = watched->counts + (gsize) row * (2 * (gsize) n_rows - row - 1) / 2;

  for (guint first = row + 1; first < n_rows; first += TILE) {
    const guint64 *others[TILE];
    guint32 tile_counts[TILE];
    guint n = MIN (TILE, n_rows - first);

    /* beyond the last row the tile is filled up with the first of them */
    for (guint k = 0; k < TILE; k++)
      others[k] = watched->bits + (first + (k < n ? k : 0)) * watched->n_words;
    count (row_bits, others, watched->n_words, tile_counts);
    memcpy (counts + (first - row - 1), tile_counts, n * sizeof *counts);
  }
}

typedef struct {
  CoterieLayerTally *tally;
  const gsize *first_tasks;
  CountFunc count;
} PairsJob;

/* A task is one row of one class. */
static void
pairs_task (gsize task, guint worker, gpointer data)
{
  const PairsJob *job = data;
  guint label = 0;

  while (task >= job->first_tasks[label + 1])
    label++;
  count_pairs_of_row (&job->tally->watched[label], job->tally->coactivations[label].n_neurons,
                      (guint) (task - job->first_tasks[label]), job->count);
}

/**
 * coterie_layer_tally_count_pairs:
 * @tally: a tally that has seen all samples twice
 * @pool: who does the work
 *
 * Counts delta of all pairs from the bits. Cost: for each class S (S - 1) / 2 times |D_i| / 64
 * words; 0.5 ms for 10 classes of 6000 samples and S = 50.
 */
void
coterie_layer_tally_count_pairs (CoterieLayerTally *tally, CoteriePool *pool)
{
  g_autofree gsize *first_tasks = g_new0 (gsize, tally->n_classes + 1);
  PairsJob job = {tally, first_tasks, get_count_func ()};

  for (guint c = 0; c < tally->n_classes; c++)
    first_tasks[c + 1] = first_tasks[c] + tally->coactivations[c].n_neurons;
  coterie_pool_run (pool, first_tasks[tally->n_classes], pairs_task, &job);
}

/**
 * coterie_layer_tally_get_order:
 * @tally: the tally
 *
 * Returns: (transfer none): the order of the samples
 */
const CoterieClassOrder *
coterie_layer_tally_get_order (const CoterieLayerTally *tally)
{
  return tally->order;
}

/**
 * coterie_layer_tally_get_class_means:
 * @tally: a tally that has chosen
 *
 * Returns: (transfer none): V_i(q) of Eq. 5, [n_classes][n_neurons], dimensionless; not-a-number for
 *   a class without samples
 */
const double *
coterie_layer_tally_get_class_means (const CoterieLayerTally *tally)
{
  return tally->means;
}

/**
 * coterie_layer_tally_get_n_representatives:
 * @tally: a tally that has chosen
 *
 * Returns: (transfer none): [n_classes]: S, or the number of neurons if that is less; 0 for a class
 *   without samples
 */
const guint32 *
coterie_layer_tally_get_n_representatives (const CoterieLayerTally *tally)
{
  return tally->n_representatives;
}

/**
 * coterie_layer_tally_get_representatives:
 * @tally: a tally that has chosen
 *
 * Returns: (transfer none): [n_classes]: for each class its representatives, best first
 */
const guint32 *const *
coterie_layer_tally_get_representatives (const CoterieLayerTally *tally)
{
  return (const guint32 *const *) tally->representatives;
}

/**
 * coterie_layer_tally_get_cover:
 * @tally: a tally that has chosen
 *
 * Returns: (transfer none): the representatives as a cover
 */
const CoterieCover *
coterie_layer_tally_get_cover (const CoterieLayerTally *tally)
{
  return tally->cover;
}

/**
 * coterie_layer_tally_get_coactivations:
 * @tally: a tally that has counted pairs
 *
 * Returns: (transfer none): [n_classes]: delta of the pairs of each class
 */
const CoterieCoactivation *
coterie_layer_tally_get_coactivations (const CoterieLayerTally *tally)
{
  return tally->coactivations;
}

/**
 * coterie_layer_tally_get_n_nonzero:
 * @tally: a tally that has seen all samples
 * @neuron: a neuron
 *
 * Returns: for how many samples @neuron was active; a neuron is live with more than one
 */
guint32
coterie_layer_tally_get_n_nonzero (const CoterieLayerTally *tally, guint neuron)
{
  return tally->n_nonzero[neuron];
}

/**
 * coterie_layer_tally_compute_entropy:
 * @tally: a tally that has seen all samples twice
 * @spec: which of the histograms of its settings
 * @neuron: a neuron
 *
 * Returns: activation pattern entropy E_j (section 5.2), nats, 0 or more; 0 with fewer than two
 *   distinct non-zero activations
 */
double
coterie_layer_tally_compute_entropy (const CoterieLayerTally *tally, guint spec, guint neuron)
{
  const Histogram *histogram = &tally->histograms[spec];
  guint bins = histogram->spec.bins;

  return coterie_entropy_compute (histogram->counts + (gsize) neuron * (bins + 1), bins);
}
