/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Histograms of the non-zero activations of each neuron, for the activation pattern entropy over
 * all samples (section 5.2 of the paper) and over those of one class (its Table 6). Samples come
 * class after class, so a neuron needs two histograms at a time: that of all samples, and that of
 * the class at hand, which becomes an entropy with the last sample of the class.
 *
 * Where even these are too much, a sweep over the samples counts for some neurons only, and there
 * are several. */

#include "core/analysis/histograms.h"

#include <float.h>

/* Logarithms of counts are looked up as far as this. */
#define N_LOGS 1024

struct _CoterieHistograms {
  CoterieEntropySpec spec;
  const CoterieClassOrder *order;
  const CoterieClassMoments *moments;
  const CoterieRowKernels *kernels;

  double *logs;             /* [N_LOGS] */
  double *tops;             /* [n_classes + 1]: largest quotient; the last for all samples */
  CoterieBinning *binnings; /* [n_neurons] */
  double *entropies;        /* [n_neurons] */
  double *class_entropies;  /* [n_classes][n_neurons] */

  /* of the sweep at hand, for its neurons; all samples, and the class at hand */
  guint first_neuron;
  guint end_neuron;
  CoterieBinning *class_binnings;
  guint32 *counts;
  guint32 *class_counts;
};

/* Of one neuron over all samples: the sum of the classes' sums, in their order. */
static double
get_whole_sum (const CoterieHistograms *histograms, guint neuron)
{
  const CoterieClassMoments *moments = histograms->moments;
  double sum = 0.0;

  for (guint c = 0; c < histograms->order->n_classes; c++)
    sum += moments->sums[(gsize) c * moments->n_neurons + neuron];
  return sum;
}

static float
get_whole_lowest (const CoterieHistograms *histograms, guint neuron)
{
  const CoterieClassMoments *moments = histograms->moments;
  float lowest = FLT_MAX;

  for (guint c = 0; c < histograms->order->n_classes; c++)
    lowest = MIN (lowest, moments->lowest[(gsize) c * moments->n_neurons + neuron]);
  return lowest;
}

static float
get_whole_highest (const CoterieHistograms *histograms, guint neuron)
{
  const CoterieClassMoments *moments = histograms->moments;
  float highest = 0.0f;

  for (guint c = 0; c < histograms->order->n_classes; c++)
    highest = MAX (highest, moments->highest[(gsize) c * moments->n_neurons + neuron]);
  return highest;
}

static double
get_quotient (float highest, double sum)
{
  return highest > 0.0f ? (double) highest / sum : 0.0;
}

/* The largest values of the matrices whose columns were divided by their sums; 0 if all is silent. */
static void
fill_tops (CoterieHistograms *histograms)
{
  const CoterieClassMoments *moments = histograms->moments;
  guint n_classes = histograms->order->n_classes;

  for (guint q = 0; q < moments->n_neurons; q++) {
    double quotient =
        get_quotient (get_whole_highest (histograms, q), get_whole_sum (histograms, q));

    histograms->tops[n_classes] = MAX (histograms->tops[n_classes], quotient);
    for (guint c = 0; c < n_classes; c++) {
      gsize i = (gsize) c * moments->n_neurons + q;

      quotient = get_quotient (moments->highest[i], moments->sums[i]);
      histograms->tops[c] = MAX (histograms->tops[c], quotient);
    }
  }
}

/**
 * coterie_histograms_new:
 * @spec: how to make them; copied
 * @order: the order in which samples will come; must outlive the histograms
 * @moments: sums, smallest and largest activations of all samples; must outlive the histograms
 * @kernels: the inner loops
 *
 * Returns: (transfer full): histograms that wait for coterie_histograms_begin_sweep()
 */
CoterieHistograms *
coterie_histograms_new (const CoterieEntropySpec *spec,
                        const CoterieClassOrder *order,
                        const CoterieClassMoments *moments,
                        const CoterieRowKernels *kernels)
{
  CoterieHistograms *histograms = g_new0 (CoterieHistograms, 1);
  guint n_neurons = moments->n_neurons;

  histograms->spec = *spec;
  histograms->order = order;
  histograms->moments = moments;
  histograms->kernels = kernels;
  histograms->logs = g_new (double, N_LOGS);
  coterie_entropy_fill_logs (histograms->logs, N_LOGS);
  histograms->tops = g_new0 (double, (gsize) order->n_classes + 1);
  histograms->binnings = g_new (CoterieBinning, n_neurons);
  histograms->entropies = g_new0 (double, n_neurons);
  histograms->class_entropies = g_new0 (double, (gsize) order->n_classes *n_neurons);

  fill_tops (histograms);
  for (guint q = 0; q < n_neurons; q++)
    coterie_binning_init (&histograms->binnings[q], spec, get_whole_lowest (histograms, q),
                          get_whole_highest (histograms, q), get_whole_sum (histograms, q),
                          histograms->tops[order->n_classes]);
  return histograms;
}

static void
free_sweep (CoterieHistograms *histograms)
{
  g_clear_pointer (&histograms->class_binnings, g_free);
  g_clear_pointer (&histograms->counts, g_free);
  g_clear_pointer (&histograms->class_counts, g_free);
}

/**
 * coterie_histograms_free:
 * @histograms: (transfer full): the histograms
 */
void
coterie_histograms_free (CoterieHistograms *histograms)
{
  free_sweep (histograms);
  g_free (histograms->logs);
  g_free (histograms->tops);
  g_free (histograms->binnings);
  g_free (histograms->entropies);
  g_free (histograms->class_entropies);
  g_free (histograms);
}

/**
 * coterie_histograms_count_bytes:
 * @n_classes: number of classes
 * @n_neurons: neurons of the layer
 *
 * Returns: how much memory they take besides what a sweep takes
 */
guint64
coterie_histograms_count_bytes (guint n_classes, guint n_neurons)
{
  return (N_LOGS + n_classes + 1) * sizeof (double) +
         n_neurons * (sizeof (CoterieBinning) + (n_classes + 1) * (guint64) sizeof (double));
}

/**
 * coterie_histograms_count_sweep_bytes:
 * @bins: R
 * @n_neurons: neurons of a sweep
 *
 * Returns: how much memory a sweep takes: two counts of 4 bytes for each bin and neuron, and a
 *   little
 */
guint64
coterie_histograms_count_sweep_bytes (guint bins, guint n_neurons)
{
  return n_neurons * (sizeof (CoterieBinning) + 2 * (guint64) bins * sizeof (guint32));
}

/**
 * coterie_histograms_begin_sweep:
 * @histograms: the histograms
 * @first_neuron: the first neuron to count for
 * @end_neuron: the neuron after the last
 *
 * To be called before the samples come, each time that they come. What was found of other neurons in
 * earlier sweeps stays.
 */
void
coterie_histograms_begin_sweep (CoterieHistograms *histograms, guint first_neuron, guint end_neuron)
{
  gsize n_counts = (gsize) (end_neuron - first_neuron) * histograms->spec.bins;

  free_sweep (histograms);
  histograms->first_neuron = first_neuron;
  histograms->end_neuron = end_neuron;
  histograms->class_binnings = g_new0 (CoterieBinning, end_neuron - first_neuron);
  histograms->counts = g_new0 (guint32, n_counts);
  histograms->class_counts = g_new0 (guint32, n_counts);
}

static double
compute_entropy (const CoterieHistograms *histograms, const guint32 *counts)
{
  return coterie_entropy_compute_with_logs (counts, histograms->spec.bins, histograms->logs,
                                            N_LOGS);
}

static void
begin_class (CoterieHistograms *histograms, guint label, guint neuron)
{
  const CoterieClassMoments *moments = histograms->moments;
  guint place = neuron - histograms->first_neuron;
  gsize i = (gsize) label * moments->n_neurons + neuron;

  coterie_binning_init (&histograms->class_binnings[place], &histograms->spec, moments->lowest[i],
                        moments->highest[i], moments->sums[i], histograms->tops[label]);
}

static void
end_class (CoterieHistograms *histograms, guint label, guint neuron)
{
  gsize bins = histograms->spec.bins;
  guint32 *counts = histograms->class_counts + (neuron - histograms->first_neuron) * bins;
  gsize i = (gsize) label * histograms->moments->n_neurons + neuron;

  histograms->class_entropies[i] = compute_entropy (histograms, counts);
  memset (counts, 0, bins * sizeof *counts);
}

static void
add_run (CoterieHistograms *histograms,
         guint neuron,
         const CoterieClassRun *run,
         const float *values,
         guint n_values)
{
  const CoterieClassOrder *order = histograms->order;
  guint place = neuron - histograms->first_neuron;
  gsize first_count = (gsize) place * histograms->spec.bins;
  gsize end_rank = run->rank + (gsize) (run->end - run->first);

  if (run->rank == 0)
    begin_class (histograms, run->label, neuron);
  if (histograms->binnings[neuron].bins > 0)
    histograms->kernels->count_bins (histograms->counts + first_count,
                                     &histograms->binnings[neuron], values, n_values);
  if (histograms->class_binnings[place].bins > 0)
    histograms->kernels->count_bins (histograms->class_counts + first_count,
                                     &histograms->class_binnings[place], values, n_values);

  if (end_rank == coterie_class_order_get_size (order, run->label))
    end_class (histograms, run->label, neuron);
  if (order->offsets[run->label] + end_rank == order->n_samples)
    histograms->entropies[neuron] = compute_entropy (histograms, histograms->counts + first_count);
}

/**
 * coterie_histograms_add_row:
 * @histograms: the histograms
 * @neuron: a neuron; does nothing for one that is not of the sweep
 * @row: its activations of the next samples
 * @runs: (array length=n_runs): the classes of the samples
 * @n_runs: how many runs
 *
 * Counts. Calls for different neurons may run at the same time.
 */
void
coterie_histograms_add_row (CoterieHistograms *histograms,
                            guint neuron,
                            const CoteriePackedRow *row,
                            const CoterieClassRun *runs,
                            guint n_runs)
{
  const float *values = row->values;

  if (neuron < histograms->first_neuron || neuron >= histograms->end_neuron)
    return;
  for (guint r = 0; r < n_runs; r++) {
    guint n_values =
        n_runs > 1 ? coterie_packed_row_count (row, runs[r].first, runs[r].end) : row->n_values;

    add_run (histograms, neuron, &runs[r], values, n_values);
    values += n_values;
  }
}

/**
 * coterie_histograms_get_entropy:
 * @histograms: histograms that have seen all samples in a sweep with @neuron
 * @neuron: a neuron
 *
 * Returns: activation pattern entropy E_j (section 5.2), nats, 0 or more; 0 with fewer than two
 *   distinct non-zero activations
 */
double
coterie_histograms_get_entropy (const CoterieHistograms *histograms, guint neuron)
{
  return histograms->entropies[neuron];
}

/**
 * coterie_histograms_compute_class_entropy:
 * @histograms: histograms that have seen all samples in sweeps with all neurons
 * @label: a class
 *
 * Returns: sum over the neurons of the entropies over the samples of one class alone (Table 6),
 *   nats, 0 or more; 0 for a class without samples
 */
double
coterie_histograms_compute_class_entropy (const CoterieHistograms *histograms, guint label)
{
  guint n_neurons = histograms->moments->n_neurons;
  const double *entropies = histograms->class_entropies + (gsize) label * n_neurons;
  double sum_nats = 0.0;

  for (guint q = 0; q < n_neurons; q++)
    sum_nats += entropies[q];
  return sum_nats;
}
