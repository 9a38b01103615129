/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the row kernels that go with the dense kernels in use, and reads what they add up. */

#include "core/analysis/packed-row.h"

#include <float.h>

static const CoterieRowKernels *const variants[] = {
#ifdef __x86_64__
    &coterie_row_kernels_avx512,
    &coterie_row_kernels_avx2,
#endif
    &coterie_row_kernels_baseline,
};

/**
 * coterie_row_find_kernels:
 * @name: the name of dense kernels that this processor can execute
 *
 * Returns: the row kernels for the same instruction set; "baseline" where there are none of that
 *   name
 */
const CoterieRowKernels *
coterie_row_find_kernels (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    if (g_strcmp0 (name, variants[i]->name) == 0)
      return variants[i];
  return &coterie_row_kernels_baseline;
}

/* Bits of the lanes from first to end - 1 of a word. */
static guint64
get_lane_mask (guint first, guint end)
{
  guint64 up_to_end = end < COTERIE_WORD_LANES ? ((guint64) 1 << end) - 1 : ~(guint64) 0;

  return up_to_end & (~(guint64) 0 << first);
}

/**
 * coterie_packed_row_count:
 * @row: a row
 * @first: a lane
 * @end: a lane, @first or more
 *
 * Returns: how many values are in the lanes from @first to @end - 1
 */
guint
coterie_packed_row_count (const CoteriePackedRow *row, guint first, guint end)
{
  guint n_values = 0;

  for (guint lane = first; lane < end;) {
    guint word = lane / row->word_lanes;
    guint word_first = word * row->word_lanes;
    guint word_end = MIN (end - word_first, row->word_lanes);

    n_values += (guint) __builtin_popcountll (row->active[word] &
                                              get_lane_mask (lane - word_first, word_end));
    lane = word_first + word_end;
  }
  return n_values;
}

/**
 * coterie_moments_init:
 * @moments: (out caller-allocates): those of no values
 */
void
coterie_moments_init (CoterieMoments *moments)
{
  for (guint i = 0; i < COTERIE_MOMENT_LANES; i++) {
    moments->sums[i] = 0.0;
    moments->lowest[i] = FLT_MAX;
    moments->highest[i] = 0.0f;
  }
}

/**
 * coterie_moments_get_sum:
 * @moments: the moments
 *
 * Returns: the sum of the values, dimensionless, 0 for none: neighbours first, then pairs of
 *   neighbours, and so on
 */
double
coterie_moments_get_sum (const CoterieMoments *moments)
{
  double sums[COTERIE_MOMENT_LANES];

  memcpy (sums, moments->sums, sizeof sums);
  for (guint n = COTERIE_MOMENT_LANES / 2; n > 0; n /= 2)
    for (guint i = 0; i < n; i++)
      sums[i] = sums[2 * i] + sums[2 * i + 1];
  return sums[0];
}

/**
 * coterie_moments_get_lowest:
 * @moments: the moments
 *
 * Returns: the smallest value, dimensionless, greater than 0; FLT_MAX for none
 */
float
coterie_moments_get_lowest (const CoterieMoments *moments)
{
  float lowest = FLT_MAX;

  for (guint i = 0; i < COTERIE_MOMENT_LANES; i++)
    lowest = MIN (lowest, moments->lowest[i]);
  return lowest;
}

/**
 * coterie_moments_get_highest:
 * @moments: the moments
 *
 * Returns: the largest value, dimensionless; 0 for none
 */
float
coterie_moments_get_highest (const CoterieMoments *moments)
{
  float highest = 0.0f;

  for (guint i = 0; i < COTERIE_MOMENT_LANES; i++)
    highest = MAX (highest, moments->highest[i]);
  return highest;
}

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
