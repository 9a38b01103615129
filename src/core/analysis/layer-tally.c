/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The streaming half of the analysis of a layer (sections 5.1 and 5.2 of the paper). Samples pass
 * by twice, in blocks of [neuron][lanes], class after class, and are forgotten:
 *
 *   first pass   sums for each class and neuron (Eq. 5), smallest and largest non-zero activation,
 *                numbers that cannot be
 *   choice       the S neurons with the highest mean of each class, and what the second pass needs
 *   second pass  for each representative of a class one bit a sample: above its class mean or not;
 *                histograms of the non-zero activations, over all samples and over each class
 *   pairs        delta of two neurons from these bits
 *
 * Memory is that of the bits and the histograms: (|D| S / 8 + neurons R 8) bytes, never |D| times
 * neurons. The second pass may come in several sweeps, each with the histograms of some neurons.
 * Work is shared by ranges of neurons. The non-zero activations of a neuron and a class are one
 * series, whatever the blocks, so results depend neither on blocks nor on threads. */

#include "core/analysis/layer-tally.h"

#include <math.h>

#include "core/analysis/histograms.h"
#include "core/network/dense.h"

#define CACHE_LINE_BYTES 64

struct _CoterieLayerTally {
  const CoterieClassOrder *order;
  const CoterieRowKernels *kernels;
  guint n_neurons;
  guint n_classes;
  guint top;
  CoteriePairs pairs;
  guint n_specs;
  CoterieEntropySpec *specs;

  /* First pass. Of the class at hand, for each neuron, and of all classes. */
  CoterieMoments *moments;
  guint32 *series_lengths;
  CoterieClassMoments class_moments;
  guint32 *n_nonzero;
  guint64 *n_bad_values;

  /* The choice. */
  gboolean is_bad;
  double *means;
  guint32 *n_representatives;
  guint32 **representatives;
  CoterieCover *cover;

  /* Second pass. */
  guint n_sweeps;
  CoterieCoactivationCounter *counter;
  CoterieHistograms **histograms;
};

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
  guint n_neurons = settings->n_neurons;
  gsize n_sums = (gsize) order->n_classes * n_neurons;

  tally->order = order;
  tally->kernels = coterie_row_find_kernels (coterie_dense_get_kernels ()->name);
  tally->n_neurons = n_neurons;
  tally->n_classes = order->n_classes;
  tally->top = settings->top;
  tally->pairs = settings->pairs;
  tally->n_specs = settings->n_specs;
  tally->specs = g_memdup2 (settings->specs, settings->n_specs * sizeof *settings->specs);

  tally->moments = g_aligned_alloc0 (n_neurons, sizeof (CoterieMoments), CACHE_LINE_BYTES);
  tally->series_lengths = g_new0 (guint32, n_neurons);
  tally->n_nonzero = g_new0 (guint32, n_neurons);
  tally->n_bad_values = g_new0 (guint64, n_neurons);
  tally->class_moments.n_neurons = n_neurons;
  tally->class_moments.sums = g_new0 (double, n_sums);
  tally->class_moments.lowest = g_new (float, n_sums);
  tally->class_moments.highest = g_new0 (float, n_sums);
  for (gsize i = 0; i < n_sums; i++)
    tally->class_moments.lowest[i] = G_MAXFLOAT;
  return tally;
}

static void
free_histograms (CoterieLayerTally *tally)
{
  for (guint h = 0; tally->histograms != NULL && h < tally->n_specs; h++)
    coterie_histograms_free (tally->histograms[h]);
  g_free (tally->histograms);
}

/**
 * coterie_layer_tally_free:
 * @tally: (transfer full): the tally
 */
void
coterie_layer_tally_free (CoterieLayerTally *tally)
{
  for (guint c = 0; tally->representatives != NULL && c < tally->n_classes; c++)
    g_free (tally->representatives[c]);
  free_histograms (tally);
  g_clear_pointer (&tally->counter, coterie_coactivation_counter_free);
  g_clear_pointer (&tally->cover, coterie_cover_free);
  g_aligned_free (tally->moments);
  g_free (tally->series_lengths);
  g_free (tally->n_nonzero);
  g_free (tally->n_bad_values);
  g_free (tally->class_moments.sums);
  g_free (tally->class_moments.lowest);
  g_free (tally->class_moments.highest);
  g_free (tally->means);
  g_free (tally->n_representatives);
  g_free (tally->representatives);
  g_free (tally->specs);
  g_free (tally);
}

/**
 * coterie_layer_tally_count_bytes:
 * @settings: what to tally
 * @order: the order of the samples
 *
 * Returns: how much memory a tally takes at most, besides what a sweep takes
 */
guint64
coterie_layer_tally_count_bytes (const CoterieTallySettings *settings,
                                 const CoterieClassOrder *order)
{
  const guint64 neuron_bytes =
      sizeof (CoterieMoments) + 2 * sizeof (guint32) + sizeof (guint64) + 2 * sizeof (guint32);
  const guint64 mean_bytes = 2 * sizeof (double) + 2 * sizeof (float);
  guint64 n_neurons = settings->n_neurons;
  guint64 n_top = MIN (n_neurons, settings->top);

  return sizeof (CoterieLayerTally) + n_neurons * neuron_bytes +
         n_neurons * order->n_classes * mean_bytes +
         order->n_classes * (2 * n_top + 4) * sizeof (guint32) +
         coterie_coactivation_counter_count_bytes (order, settings->n_neurons, settings->top,
                                                   settings->pairs) +
         settings->n_specs * coterie_histograms_count_bytes (order->n_classes, settings->n_neurons);
}

/**
 * coterie_layer_tally_count_sweep_bytes:
 * @settings: what to tally
 * @n_neurons: neurons of a sweep
 *
 * Returns: how much memory a sweep takes
 */
guint64
coterie_layer_tally_count_sweep_bytes (const CoterieTallySettings *settings, guint n_neurons)
{
  guint64 bytes = 0;

  for (guint h = 0; h < settings->n_specs; h++)
    bytes += coterie_histograms_count_sweep_bytes (settings->specs[h].bins, n_neurons);
  return bytes;
}

static void
begin_class (CoterieLayerTally *tally, guint neuron)
{
  coterie_moments_init (&tally->moments[neuron]);
  tally->series_lengths[neuron] = 0;
}

static void
end_class (CoterieLayerTally *tally, guint label, guint neuron)
{
  const CoterieMoments *moments = &tally->moments[neuron];
  gsize i = (gsize) label * tally->n_neurons + neuron;

  tally->class_moments.sums[i] = coterie_moments_get_sum (moments);
  tally->class_moments.lowest[i] = coterie_moments_get_lowest (moments);
  tally->class_moments.highest[i] = coterie_moments_get_highest (moments);
  tally->n_nonzero[neuron] += tally->series_lengths[neuron];
}

/**
 * coterie_layer_tally_add_row_moments:
 * @tally: the tally
 * @neuron: a neuron
 * @row: its activations of the next samples in the order
 * @n_bad_values: how many of them were negative or not finite
 * @runs: (array length=n_runs): the classes of the samples
 * @n_runs: how many runs
 *
 * First pass: adds a row. Calls for different neurons may run at the same time.
 */
void
coterie_layer_tally_add_row_moments (CoterieLayerTally *tally,
                                     guint neuron,
                                     const CoteriePackedRow *row,
                                     guint64 n_bad_values,
                                     const CoterieClassRun *runs,
                                     guint n_runs)
{
  const float *values = row->values;

  tally->n_bad_values[neuron] += n_bad_values;
  for (guint r = 0; r < n_runs; r++) {
    guint n_values =
        n_runs > 1 ? coterie_packed_row_count (row, runs[r].first, runs[r].end) : row->n_values;

    if (runs[r].rank == 0)
      begin_class (tally, neuron);
    tally->kernels->add_moments (&tally->moments[neuron], tally->series_lengths[neuron], values,
                                 n_values);
    tally->series_lengths[neuron] += n_values;
    values += n_values;
    if (runs[r].rank + (runs[r].end - runs[r].first) ==
        coterie_class_order_get_size (tally->order, runs[r].label))
      end_class (tally, runs[r].label, neuron);
  }
}

/* The part of a block's runs that lies in some lanes, counted from the first of them. */
static guint
cut_runs (const CoterieTallyBlock *block, guint first, guint end, CoterieClassRun *runs)
{
  guint n_runs = 0;

  for (guint r = 0; r < block->n_runs; r++) {
    const CoterieClassRun *run = &block->runs[r];
    guint run_first = MAX (run->first, first);
    guint run_end = MIN (run->end, end);

    if (run_first < run_end)
      runs[n_runs++] = (CoterieClassRun){run->label, run_first - first, run_end - first,
                                         run->rank + (run_first - run->first)};
  }
  return n_runs;
}

typedef void (*RowFunc) (CoterieLayerTally *tally,
                         guint neuron,
                         const CoteriePackedRow *row,
                         guint64 n_bad_values,
                         const CoterieClassRun *runs,
                         guint n_runs);

/* Packs a block row by row; returns how many values were bad. */
static guint64
add_block (CoterieLayerTally *tally,
           const CoterieTallyBlock *block,
           guint first_neuron,
           guint end_neuron,
           RowFunc func)
{
  float buffer[COTERIE_ROW_MARGIN + COTERIE_WORD_LANES + COTERIE_ROW_MARGIN] = {0.0f};
  float *values = buffer + COTERIE_ROW_MARGIN;
  guint n_samples = block->n_runs > 0 ? block->runs[block->n_runs - 1].end : 0;
  guint64 n_bad_in_block = 0;

  for (guint first = 0; first < n_samples; first += COTERIE_WORD_LANES) {
    guint end = MIN (n_samples, first + COTERIE_WORD_LANES);
    CoterieClassRun runs[COTERIE_WORD_LANES];
    guint n_runs = cut_runs (block, first, end, runs);

    for (guint q = first_neuron; q < end_neuron; q++) {
      guint64 active, n_bad = 0;
      guint n_values = tally->kernels->pack (
          values, &active, block->activations + q * block->lanes + first, end - first, &n_bad);
      CoteriePackedRow row = {COTERIE_WORD_LANES, &active, n_values, values};

      func (tally, q, &row, n_bad, runs, n_runs);
      n_bad_in_block += n_bad;
    }
  }
  return n_bad_in_block;
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
 * Returns: %FALSE if an activation is negative or not finite; all statistics of the layer are
 *   not-a-number then
 */
gboolean
coterie_layer_tally_add_moments (CoterieLayerTally *tally,
                                 const CoterieTallyBlock *block,
                                 guint first_neuron,
                                 guint end_neuron)
{
  return add_block (tally, block, first_neuron, end_neuron, coterie_layer_tally_add_row_moments) ==
         0;
}

static void
fill_means (CoterieLayerTally *tally)
{
  tally->means = g_new (double, (gsize) tally->n_classes * tally->n_neurons);
  for (guint c = 0; c < tally->n_classes; c++) {
    gsize size = coterie_class_order_get_size (tally->order, c);

    for (guint q = 0; q < tally->n_neurons; q++) {
      gsize i = (gsize) c * tally->n_neurons + q;

      tally->means[i] =
          size > 0 && !tally->is_bad ? tally->class_moments.sums[i] / (double) size : (double) NAN;
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
choose_of_class (CoterieLayerTally *tally, guint label)
{
  g_autofree guint32 *ranking = g_new (guint32, tally->n_neurons);

  for (guint q = 0; q < tally->n_neurons; q++)
    ranking[q] = q;
  g_qsort_with_data (ranking, (gint) tally->n_neurons, sizeof *ranking, compare_by_mean,
                     tally->means + (gsize) label * tally->n_neurons);
  tally->n_representatives[label] = MIN (tally->top, tally->n_neurons);
  tally->representatives[label] =
      g_memdup2 (ranking, tally->n_representatives[label] * sizeof *ranking);
}

static void
choose_representatives (CoterieLayerTally *tally)
{
  tally->n_representatives = g_new0 (guint32, tally->n_classes);
  tally->representatives = g_new0 (guint32 *, tally->n_classes);
  for (guint c = 0; c < tally->n_classes && !tally->is_bad; c++)
    if (coterie_class_order_get_size (tally->order, c) > 0)
      choose_of_class (tally, c);

  tally->cover = coterie_cover_new (tally->n_neurons, tally->n_classes, tally->n_representatives,
                                    (const guint32 *const *) tally->representatives);
}

/**
 * coterie_layer_tally_choose:
 * @tally: a tally that has seen all samples once
 *
 * Between the passes: computes the class means and chooses the representatives: highest mean first,
 * the lower neuron if two are equal; none for a class without samples, and none at all if there was
 * a bad value. Cost: sorting the neurons once for each class.
 */
void
coterie_layer_tally_choose (CoterieLayerTally *tally)
{
  tally->is_bad = coterie_layer_tally_get_n_bad_values (tally) > 0;
  fill_means (tally);
  choose_representatives (tally);
  tally->counter =
      coterie_coactivation_counter_new (tally->order, tally->cover, tally->pairs, tally->means);
  if (tally->is_bad)
    return;

  tally->histograms = g_new0 (CoterieHistograms *, tally->n_specs);
  for (guint h = 0; h < tally->n_specs; h++)
    tally->histograms[h] = coterie_histograms_new (&tally->specs[h], tally->order,
                                                   &tally->class_moments, tally->kernels);
}

/**
 * coterie_layer_tally_begin_sweep:
 * @tally: a tally that has chosen
 * @first_neuron: the first neuron to make histograms of
 * @end_neuron: the neuron after the last
 *
 * Begins the second pass, or another sweep over the same samples for other histograms. The bits of
 * all neurons are noted in the first sweep.
 */
void
coterie_layer_tally_begin_sweep (CoterieLayerTally *tally, guint first_neuron, guint end_neuron)
{
  tally->n_sweeps++;
  if (!tally->is_bad)
    for (guint h = 0; h < tally->n_specs; h++)
      coterie_histograms_begin_sweep (tally->histograms[h], first_neuron, end_neuron);
}

/**
 * coterie_layer_tally_add_row_patterns:
 * @tally: a tally in a sweep
 * @neuron: a neuron
 * @row: its activations of the next samples in the order
 * @runs: (array length=n_runs): the classes of the samples
 * @n_runs: how many runs
 *
 * Second pass: adds the same samples again. Calls for different neurons may run at the same time.
 */
void
coterie_layer_tally_add_row_patterns (CoterieLayerTally *tally,
                                      guint neuron,
                                      const CoteriePackedRow *row,
                                      const CoterieClassRun *runs,
                                      guint n_runs)
{
  if (tally->is_bad)
    return;
  if (tally->n_sweeps == 1)
    coterie_coactivation_counter_add_row (tally->counter, neuron, row, runs, n_runs);
  for (guint h = 0; h < tally->n_specs; h++)
    coterie_histograms_add_row (tally->histograms[h], neuron, row, runs, n_runs);
}

static void
add_row_patterns (CoterieLayerTally *tally,
                  guint neuron,
                  const CoteriePackedRow *row,
                  guint64 n_bad_values,
                  const CoterieClassRun *runs,
                  guint n_runs)
{
  coterie_layer_tally_add_row_patterns (tally, neuron, row, runs, n_runs);
}

/**
 * coterie_layer_tally_add_patterns:
 * @tally: a tally in a sweep
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
  add_block (tally, block, first_neuron, end_neuron, add_row_patterns);
}

/**
 * coterie_layer_tally_count_pairs:
 * @tally: a tally that has seen all samples twice
 * @pool: who does the work
 *
 * Counts delta of all pairs. Cost: that of coterie_coactivation_counter_count().
 */
void
coterie_layer_tally_count_pairs (CoterieLayerTally *tally, CoteriePool *pool)
{
  coterie_coactivation_counter_count (tally->counter, pool);
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
 * coterie_layer_tally_get_n_bad_values:
 * @tally: a tally that has seen all samples
 *
 * Returns: how many activations were negative, infinite or not-a-number
 */
guint64
coterie_layer_tally_get_n_bad_values (const CoterieLayerTally *tally)
{
  guint64 n_bad_values = 0;

  for (guint q = 0; q < tally->n_neurons; q++)
    n_bad_values += tally->n_bad_values[q];
  return n_bad_values;
}

/**
 * coterie_layer_tally_get_class_means:
 * @tally: a tally that has chosen
 *
 * Returns: (transfer none): V_i(q) of Eq. 5, [n_classes][n_neurons], dimensionless; not-a-number for
 *   a class without samples, and in a layer with a bad value
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
 *   without samples, and in a layer with a bad value
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
  return coterie_coactivation_counter_get (tally->counter);
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
 *   distinct non-zero activations; not-a-number in a layer with a bad value
 */
double
coterie_layer_tally_compute_entropy (const CoterieLayerTally *tally, guint spec, guint neuron)
{
  if (tally->is_bad)
    return NAN;
  return coterie_histograms_get_entropy (tally->histograms[spec], neuron);
}

/**
 * coterie_layer_tally_compute_class_entropy:
 * @tally: a tally that has seen all samples twice
 * @spec: which of the histograms of its settings
 * @label: a class
 *
 * Returns: sum over the neurons of the entropies over the samples of one class alone (Table 6),
 *   nats, 0 or more; 0 for a class without samples; not-a-number in a layer with a bad value
 */
double
coterie_layer_tally_compute_class_entropy (const CoterieLayerTally *tally, guint spec, guint label)
{
  if (tally->is_bad)
    return NAN;
  return coterie_histograms_compute_class_entropy (tally->histograms[spec], label);
}
