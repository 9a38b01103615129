/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inner loops of the analysis, with GCC's vector types; compiled once for each instruction set,
 * with -ffp-contract=off. A vector here is always sixteen numbers, which the compiler cuts into as
 * many registers as it takes: the order of every sum is in the source, not in the processor. */

#include "core/analysis/packed-row.h"

#include <float.h>

#if defined(__AVX512F__)
#include <immintrin.h>
#endif

#define LANES 16
#define KEY_WORDS 4

G_STATIC_ASSERT (LANES == COTERIE_MOMENT_LANES && LANES <= COTERIE_ROW_MARGIN);

typedef float Floats __attribute__ ((vector_size (LANES * 4), aligned (4), may_alias));
typedef gint32 Ints __attribute__ ((vector_size (LANES * 4), aligned (4), may_alias));
typedef guint32 Words __attribute__ ((vector_size (LANES * 4), aligned (4), may_alias));
typedef float HalfFloats __attribute__ ((vector_size (LANES * 2), aligned (4), may_alias));
typedef double Doubles __attribute__ ((vector_size (LANES * 4), aligned (8), may_alias));

#define ALWAYS_INLINE static inline __attribute__ ((always_inline))

static const Ints lane_numbers = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

ALWAYS_INLINE Floats
load (const float *values)
{
  return *(const Floats *) values;
}

/* yes where the mask is set, and no elsewhere */
ALWAYS_INLINE Floats
choose (Ints mask, Floats yes, Floats no)
{
  return (Floats) ((mask & (Ints) yes) | (~mask & (Ints) no));
}

/* One activation after the other, for what is left of a row. */
ALWAYS_INLINE guint
pack_singly (float *values,
             guint n_values,
             guint64 *active,
             const float *activations,
             guint first,
             guint n_lanes,
             guint64 *n_bad)
{
  for (guint s = first; s < n_lanes; s++) {
    gboolean is_active = activations[s] > 0.0f;

    values[n_values] = activations[s];
    n_values += is_active ? 1 : 0;
    *active |= (guint64) is_active << s;
    *n_bad += !(activations[s] >= 0.0f && activations[s] <= FLT_MAX);
  }
  return n_values;
}

static guint
pack (float *values, guint64 *active, const float *activations, guint n_lanes, guint64 *n_bad)
{
  guint n_values = 0;
  guint first = 0;

  *active = 0;
#if defined(__AVX512F__)
  for (; first + LANES <= n_lanes; first += LANES) {
    __m512 row = _mm512_loadu_ps (activations + first);
    __mmask16 above = _mm512_cmp_ps_mask (row, _mm512_setzero_ps (), _CMP_GT_OQ);
    __mmask16 valid = _mm512_cmp_ps_mask (row, _mm512_setzero_ps (), _CMP_GE_OQ) &
                      _mm512_cmp_ps_mask (row, _mm512_set1_ps (FLT_MAX), _CMP_LE_OQ);

    _mm512_storeu_ps (values + n_values, _mm512_maskz_compress_ps (above, row));
    n_values += (guint) __builtin_popcount (above);
    *active |= (guint64) above << first;
    *n_bad += (guint64) (LANES - __builtin_popcount (valid));
  }
#endif
  return pack_singly (values, n_values, active, activations, first, n_lanes, n_bad);
}

ALWAYS_INLINE void
add_doubles (double *sums, Floats values)
{
  HalfFloats halves[2];

  memcpy (halves, &values, sizeof halves);
  *(Doubles *) sums += __builtin_convertvector(halves[0], Doubles);
  *(Doubles *) (sums + LANES / 2) += __builtin_convertvector(halves[1], Doubles);
}

/* Begins as many values early as the series has beyond a multiple of sixteen, so that each value
 * stands in its lane; what lies outside counts as 0. */
static void
add_moments (CoterieMoments *moments, gsize first, const float *values, guint n_values)
{
  const Floats nothing = {0}, most = nothing + FLT_MAX;
  Floats lowest = load (moments->lowest);
  Floats highest = load (moments->highest);

  for (gint k = -(gint) (first % LANES); k < (gint) n_values; k += LANES) {
    Ints inside = (lane_numbers >= -k) & (lane_numbers < (gint) n_values - k);
    Floats here = choose (inside, load (values + k), nothing);
    Floats low = choose (inside, here, most);

    add_doubles (moments->sums, here);
    highest = choose (here > highest, here, highest);
    lowest = choose (low < lowest, low, lowest);
  }
  *(Floats *) moments->lowest = lowest;
  *(Floats *) moments->highest = highest;
}

ALWAYS_INLINE gboolean
is_any_set (Ints mask)
{
#if defined(__AVX512F__)
  return _mm512_test_epi32_mask ((__m512i) mask, (__m512i) mask) != 0;
#else
  guint64 words[LANES / 2];
  guint64 any = 0;

  memcpy (words, &mask, sizeof words);
  for (guint i = 0; i < LANES / 2; i++)
    any |= words[i];
  return any != 0;
#endif
}

/* What the quick way leaves open. */
static __attribute__ ((noinline)) void
find_unsure_bins (gint32 *bins, Ints unsure, const CoterieBinning *binning, const float *values)
{
  for (guint k = 0; k < LANES; k++)
    if (unsure[k] != 0)
      bins[k] = (gint32) coterie_binning_find (binning, values[k]);
}

/* bins [LANES] of the first n_values values */
ALWAYS_INLINE void
find_bins (gint32 *bins, const CoterieBinning *binning, const float *values, guint n_values)
{
  const Floats lowest = (Floats){0} + binning->lowest;
  const Floats margin = (Floats){0} + binning->margin;
  Ints inside = lane_numbers < (gint) n_values;
  Floats place = (choose (inside, load (values), lowest) - lowest) * binning->scale;
  Ints bin = __builtin_convertvector(place, Ints);
  Floats rest = place - __builtin_convertvector(bin, Floats);
  Ints unsure = ((rest < margin) | (rest > 1.0f - margin)) & inside;

  *(Ints *) bins = bin;
  if (__builtin_expect (is_any_set (unsure), FALSE))
    find_unsure_bins (bins, unsure, binning, values);
}

static void
count_bins (guint32 *counts, const CoterieBinning *binning, const float *values, guint n_values)
{
  gint32 bins[LANES] __attribute__ ((aligned (64)));
  guint k = 0;

  for (; k + LANES <= n_values; k += LANES) {
    find_bins (bins, binning, values + k, LANES);
#pragma GCC unroll 16
    for (guint i = 0; i < LANES; i++)
      counts[bins[i]]++;
  }
  if (k == n_values)
    return;
  find_bins (bins, binning, values + k, n_values - k);
  for (guint i = 0; i < n_values - k; i++)
    counts[bins[i]]++;
}

static void
hash_signs (
    guint32 *hashes, const float *activations, const guint32 *keys, gsize n_neurons, gsize lanes)
{
  const Floats nothing = {0};

  for (gsize first = 0; first < lanes; first += LANES) {
    Words words[KEY_WORDS] = {{0}};

    for (gsize q = 0; q < n_neurons; q++) {
      Words active = (Words) (load (activations + q * lanes + first) > nothing);

#pragma GCC unroll 4
      for (guint i = 0; i < KEY_WORDS; i++)
        words[i] ^= active & keys[q * KEY_WORDS + i];
    }
    for (guint i = 0; i < KEY_WORDS; i++)
      *(Words *) (hashes + i * lanes + first) = words[i];
  }
}

#define PASTE(prefix, name) prefix##name
#define KERNELS_OF(name) PASTE (coterie_row_kernels_, name)

const CoterieRowKernels KERNELS_OF (COTERIE_KERNELS_NAME) = {
    .name = G_STRINGIFY (COTERIE_KERNELS_NAME),
    .pack = pack,
    .add_moments = add_moments,
    .count_bins = count_bins,
    .hash_signs = hash_signs,
};
