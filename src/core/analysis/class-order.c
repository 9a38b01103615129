/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Samples sorted by class. Every statistic of the analysis is one of a class, so the samples are
 * visited class after class: sums then run over neighbouring lanes, and the bits of a class's
 * samples fall next to each other. Within a class the order of the data set is kept, so that sums
 * are those of a plain loop over the data set. */

#include "core/analysis/class-order.h"

/**
 * coterie_class_order_new:
 * @labels: (array length=n_samples): the class of each sample, less than @n_classes
 * @n_samples: number of samples, at most 2^32 - 1
 * @n_classes: number of classes, at least 1; some may have no samples
 *
 * Returns: (transfer full): the order. Cost: two passes over the labels
 */
CoterieClassOrder *
coterie_class_order_new (const guint16 *labels, gsize n_samples, guint n_classes)
{
  CoterieClassOrder *order = g_new (CoterieClassOrder, 1);
  g_autofree gsize *next = NULL;
  gsize *offsets = g_new0 (gsize, n_classes + 1);
  guint32 *samples = g_new (guint32, n_samples);

  g_assert (n_samples <= G_MAXUINT32);

  for (gsize s = 0; s < n_samples; s++)
    offsets[labels[s] + 1]++;
  for (guint c = 0; c < n_classes; c++)
    offsets[c + 1] += offsets[c];

  next = g_memdup2 (offsets, (n_classes + 1) * sizeof *offsets);
  for (gsize s = 0; s < n_samples; s++)
    samples[next[labels[s]]++] = (guint32) s;

  order->n_samples = n_samples;
  order->n_classes = n_classes;
  order->samples = samples;
  order->offsets = offsets;
  return order;
}

/**
 * coterie_class_order_free:
 * @order: (transfer full): the order
 */
void
coterie_class_order_free (CoterieClassOrder *order)
{
  g_free ((guint32 *) order->samples);
  g_free ((gsize *) order->offsets);
  g_free (order);
}

/**
 * coterie_class_order_get_size:
 * @order: the order
 * @label: a class
 *
 * Returns: |D_i|, how many samples are of class @label
 */
gsize
coterie_class_order_get_size (const CoterieClassOrder *order, guint label)
{
  return order->offsets[label + 1] - order->offsets[label];
}

/**
 * coterie_class_order_get_runs:
 * @order: the order
 * @first: position in the order of the sample in lane 0
 * @n_lanes: how many samples the block holds; must not reach beyond the last one
 * @runs: (out caller-allocates): room for as many runs as there are lanes or classes, whichever is
 *   less
 *
 * Splits a block of neighbouring positions into its classes.
 *
 * Returns: the number of runs; 0 if @n_lanes is 0
 */
guint
coterie_class_order_get_runs (const CoterieClassOrder *order,
                              gsize first,
                              guint n_lanes,
                              CoterieClassRun *runs)
{
  gsize end = first + n_lanes;
  guint n_runs = 0;

  g_assert (end <= order->n_samples);

  for (guint c = 0; c < order->n_classes; c++) {
    gsize run_first = MAX (first, order->offsets[c]);
    gsize run_end = MIN (end, order->offsets[c + 1]);

    if (run_first >= run_end)
      continue;
    runs[n_runs].label = c;
    runs[n_runs].first = (guint) (run_first - first);
    runs[n_runs].end = (guint) (run_end - first);
    runs[n_runs].rank = (guint32) (run_first - order->offsets[c]);
    n_runs++;
  }
  return n_runs;
}
