/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Activation pattern entropy (section 5.2 of the paper): how evenly the non-zero activations of a
 * neuron spread over the bins of their histogram. The histograms are filled by the layer tally. */

#include "core/analysis/entropy.h"

#include "core/base/real-math.h"

/**
 * coterie_entropy_range_to_string:
 * @range: what the bins span
 *
 * Returns: (transfer none): its name, such as "min-max"
 */
const char *
coterie_entropy_range_to_string (CoterieEntropyRange range)
{
  static const char *const names[COTERIE_N_ENTROPY_RANGES] = {"min-max", "zero-max", "zero-top"};

  g_return_val_if_fail (range < COTERIE_N_ENTROPY_RANGES, NULL);
  return names[range];
}

/**
 * coterie_entropy_compute:
 * @counts: (array length=n_bins): how many values fell into each bin
 * @n_bins: number of bins
 *
 * E_j = - sum of h ln h with h = count / total of the counts.
 *
 * Returns: the entropy, nats, 0 … ln @n_bins; 0 if all counts are 0
 */
double
coterie_entropy_compute (const guint32 *counts, guint n_bins)
{
  double entropy_nats = 0.0;
  guint64 total = 0;

  for (guint b = 0; b < n_bins; b++)
    total += counts[b];

  for (guint b = 0; b < n_bins; b++) {
    double h = (double) counts[b] / (double) total;

    /* the limit of h ln h at 0 is 0, and ln 0 is not; nothing to add for h = 1, nor -0 to return */
    if (counts[b] > 0 && counts[b] < total)
      entropy_nats -= h * coterie_log (h);
  }
  return entropy_nats;
}
