/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/binning.h"

G_BEGIN_DECLS

/* Lanes are packed so many at a time at most. */
#define COTERIE_WORD_LANES 64

/* So many floats may be read, but not looked at, before and after the values of a packed row. */
#define COTERIE_ROW_MARGIN 16

/* Sums run over so many values side by side. */
#define COTERIE_MOMENT_LANES 16

/**
 * CoteriePackedRow:
 * @word_lanes: how many lanes a word of @active tells of, at most COTERIE_WORD_LANES
 * @active: bit s of word w is set if the activation in lane w @word_lanes + s is greater than 0
 * @n_values: how many those are
 * @values: [n_values]: those activations, in the order of the lanes
 *
 * One neuron's activations of some samples, without the zeros. Half of all activations or more are
 * 0, and no statistic needs them.
 */
typedef struct {
  guint word_lanes;
  const guint64 *active;
  guint n_values;
  const float *values;
} CoteriePackedRow;

/**
 * CoterieMoments:
 * @sums: value k of a series is in sum k mod 16
 * @lowest: the smallest, of the same values
 * @highest: the largest
 *
 * Of a series of numbers greater than 0. The sixteen sums are added up by
 * coterie_moments_get_sum() in one order, so that the sum of a series depends on nothing else.
 */
typedef struct {
  double sums[COTERIE_MOMENT_LANES];
  float lowest[COTERIE_MOMENT_LANES];
  float highest[COTERIE_MOMENT_LANES];
} CoterieMoments;

/**
 * CoterieRowKernels:
 * @name: "avx512", "avx2" or "baseline"
 * @pack: leaves the zeros of a row out; returns how many values are left, adds to n_bad how many
 *   activations were negative or not finite
 *     activations [n_lanes]   values [n_lanes + COTERIE_ROW_MARGIN]   n_lanes <= COTERIE_WORD_LANES
 * @add_moments: adds values to a series that has first values so far
 * @count_bins: adds 1 to the count of each value's bin; binning->bins must not be 0
 *     counts [binning->bins]
 * @hash_signs: exclusive or of the keys of the neurons that are active, for each lane
 *     hashes [4][lanes]   activations [n_neurons][lanes]   keys [n_neurons][4]
 *   lanes is a multiple of 16
 *
 * The inner loops of the analysis. The same results, to the bit, from all instruction sets.
 * COTERIE_ROW_MARGIN floats before and after the values of @add_moments and @count_bins may be read.
 */
typedef struct {
  const char *name;
  guint (*pack) (
      float *values, guint64 *active, const float *activations, guint n_lanes, guint64 *n_bad);
  void (*add_moments) (CoterieMoments *moments, gsize first, const float *values, guint n_values);
  void (*count_bins) (guint32 *counts,
                      const CoterieBinning *binning,
                      const float *values,
                      guint n_values);
  void (*hash_signs) (
      guint32 *hashes, const float *activations, const guint32 *keys, gsize n_neurons, gsize lanes);
} CoterieRowKernels;

extern const CoterieRowKernels coterie_row_kernels_baseline;
#ifdef __x86_64__
extern const CoterieRowKernels coterie_row_kernels_avx2;
extern const CoterieRowKernels coterie_row_kernels_avx512;
#endif

const CoterieRowKernels *coterie_row_find_kernels (const char *name);
guint coterie_packed_row_count (const CoteriePackedRow *row, guint first, guint end);
void coterie_moments_init (CoterieMoments *moments);
double coterie_moments_get_sum (const CoterieMoments *moments);
float coterie_moments_get_lowest (const CoterieMoments *moments);
float coterie_moments_get_highest (const CoterieMoments *moments);
gboolean coterie_activation_is_valid (float activation);

G_END_DECLS
