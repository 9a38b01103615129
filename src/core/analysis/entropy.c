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
 * E_j = - sum of h ln h with h = count / total of the counts, computed as the sum of
 * h (ln total - ln count): no term of it is negative, and that of a count which is the total is 0.
 *
 * Returns: the entropy, nats, 0 … ln @n_bins; 0 if all counts are 0
 */
double
coterie_entropy_compute (const guint32 *counts, guint n_bins)
{
  return coterie_entropy_compute_with_logs (counts, n_bins, NULL, 0);
}

/**
 * coterie_entropy_fill_logs:
 * @logs: (out caller-allocates) (array length=n_logs): ln of 0, 1, 2 …; that of 0 is not used
 * @n_logs: how many
 */
void
coterie_entropy_fill_logs (double *logs, guint n_logs)
{
  for (guint i = 0; i < n_logs; i++)
    logs[i] = coterie_log (i);
}

static double
get_log (guint64 count, const double *logs, guint n_logs)
{
  return count < n_logs ? logs[count] : coterie_log ((double) count);
}

/**
 * coterie_entropy_compute_with_logs:
 * @counts: (array length=n_bins): how many values fell into each bin
 * @n_bins: number of bins
 * @logs: (array length=n_logs): what coterie_entropy_fill_logs() filled, dimensionless
 * @n_logs: how many
 *
 * The same to the bit as coterie_entropy_compute(), with most logarithms looked up.
 *
 * Returns: as coterie_entropy_compute(), nats
 */
double
coterie_entropy_compute_with_logs (const guint32 *counts,
                                   guint n_bins,
                                   const double *logs,
                                   guint n_logs)
{
  double sum_nats = 0.0;
  double log_total;
  guint64 total = 0;

  for (guint b = 0; b < n_bins; b++)
    total += counts[b];
  if (total == 0)
    return 0.0;

  log_total = get_log (total, logs, n_logs);
  for (guint b = 0; b < n_bins; b++)
    if (counts[b] > 0)
      sum_nats += counts[b] * (log_total - get_log (counts[b], logs, n_logs));
  return sum_nats / (double) total;
}
