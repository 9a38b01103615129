/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CoterieEntropyRange:
 * @COTERIE_ENTROPY_RANGE_MIN_MAX: from the smallest to the largest non-zero value of the column
 * @COTERIE_ENTROPY_RANGE_ZERO_MAX: from 0 to the largest value of the column
 * @COTERIE_ENTROPY_RANGE_ZERO_TOP: from 0 to the largest value of the whole normalised matrix
 *
 * What the bins of a neuron's histogram span.
 */
typedef enum {
  COTERIE_ENTROPY_RANGE_MIN_MAX,
  COTERIE_ENTROPY_RANGE_ZERO_MAX,
  COTERIE_ENTROPY_RANGE_ZERO_TOP,
} CoterieEntropyRange;

#define COTERIE_N_ENTROPY_RANGES 3

/**
 * CoterieEntropySpec:
 * @bins: R, at least 1
 * @range: what they span
 *
 * One way to make the histograms; part of the name of an entropy.
 */
typedef struct {
  guint bins;
  CoterieEntropyRange range;
} CoterieEntropySpec;

const char *coterie_entropy_range_to_string (CoterieEntropyRange range);
double coterie_entropy_compute (const guint32 *counts, guint n_bins);
void coterie_entropy_fill_logs (double *logs, guint n_logs);
double coterie_entropy_compute_with_logs (const guint32 *counts,
                                          guint n_bins,
                                          const double *logs,
                                          guint n_logs);

G_END_DECLS
