/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inner loops of the analysis against plain loops, for every instruction set that this processor
 * has. */

#include "core/analysis/packed-row.h"

#include <float.h>
#include <math.h>

#include "core/analysis/row-store.h"
#include "core/base/rng.h"
#include "core/network/dense.h"

#define N_SERIES 1000

static const char *const names[] = {"baseline", "avx2", "avx512"};

typedef void (*KernelsTest) (const CoterieRowKernels *kernels);

static void
for_all_kernels (KernelsTest test)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (coterie_dense_find_kernels (names[i]) != NULL)
      test (coterie_row_find_kernels (names[i]));
}

static float
draw_activation (CoterieRng *rng)
{
  double x = coterie_rng_uniform (rng) * 2.0 - 1.0;

  return (float) fmax (0.0, ldexp (x, (int) coterie_rng_below (rng, 20) - 10));
}

static void
check_pack (const CoterieRowKernels *kernels)
{
  static const float odd_values[] = {NAN,     INFINITY, -INFINITY,    -1e-30f, -0.0f, 0.0f,
                                     FLT_MAX, FLT_MIN,  FLT_TRUE_MIN, -1.0f,   1.0f,  0.5f};
  CoterieRng rng;

  coterie_rng_init (&rng, 3, 0);
  for (guint n_lanes = 0; n_lanes <= COTERIE_WORD_LANES; n_lanes++) {
    float activations[COTERIE_WORD_LANES], values[COTERIE_WORD_LANES + COTERIE_ROW_MARGIN];
    guint64 active, n_bad = 5, n_really_bad = 0;
    guint n = 0, n_values;

    for (guint s = 0; s < n_lanes; s++)
      activations[s] = coterie_rng_below (&rng, 3) > 0
                           ? draw_activation (&rng)
                           : odd_values[coterie_rng_below (&rng, G_N_ELEMENTS (odd_values))];
    n_values = kernels->pack (values, &active, activations, n_lanes, &n_bad);
    for (guint s = 0; s < n_lanes; s++) {
      n_really_bad += !coterie_activation_is_valid (activations[s]);
      g_assert_cmpuint (active >> s & 1, ==, activations[s] > 0.0f);
      if (activations[s] > 0.0f)
        g_assert_cmpfloat (values[n++], ==, activations[s]);
    }
    g_assert_cmpuint (n_values, ==, n);
    g_assert_cmpuint (n_bad, ==, 5 + n_really_bad);
    g_assert_true (n_lanes == COTERIE_WORD_LANES || active >> n_lanes == 0);
  }
}

static void
test_packing_leaves_out_zeros (void)
{
  for_all_kernels (check_pack);
}

static void
check_moments (const CoterieRowKernels *kernels)
{
  float buffer[COTERIE_ROW_MARGIN + N_SERIES + COTERIE_ROW_MARGIN];
  float *series = buffer + COTERIE_ROW_MARGIN;
  CoterieMoments expected, found;
  CoterieRng rng;

  coterie_rng_init (&rng, 4, 0);
  for (guint i = 0; i < G_N_ELEMENTS (buffer); i++)
    buffer[i] = NAN;
  coterie_moments_init (&expected);
  for (guint i = 0; i < N_SERIES; i++) {
    guint lane = i % COTERIE_MOMENT_LANES;

    series[i] = draw_activation (&rng) + FLT_MIN;
    expected.sums[lane] += (double) series[i];
    expected.lowest[lane] = fminf (expected.lowest[lane], series[i]);
    expected.highest[lane] = fmaxf (expected.highest[lane], series[i]);
  }

  coterie_moments_init (&found);
  for (guint first = 0, n; first < N_SERIES; first += n) {
    n = (guint) MIN (coterie_rng_below (&rng, COTERIE_WORD_LANES + 1), N_SERIES - first);
    kernels->add_moments (&found, first, series + first, n);
  }
  g_assert_cmpmem (&found, sizeof found, &expected, sizeof expected);
}

static void
test_moments_do_not_depend_on_cuts (void)
{
  for_all_kernels (check_moments);
}

static void
test_moments_add_up (void)
{
  CoterieMoments moments;

  coterie_moments_init (&moments);
  g_assert_cmpfloat (coterie_moments_get_sum (&moments), ==, 0.0);
  g_assert_cmpfloat (coterie_moments_get_lowest (&moments), ==, FLT_MAX);
  g_assert_cmpfloat (coterie_moments_get_highest (&moments), ==, 0.0f);
  for (guint i = 0; i < COTERIE_MOMENT_LANES; i++) {
    moments.sums[i] = i + 1;
    moments.lowest[i] = (float) (20 - i);
    moments.highest[i] = (float) (i * i);
  }
  g_assert_cmpfloat (coterie_moments_get_sum (&moments), ==, 136.0);
  g_assert_cmpfloat (coterie_moments_get_lowest (&moments), ==, 5.0f);
  g_assert_cmpfloat (coterie_moments_get_highest (&moments), ==, 225.0f);
}

/* The largest quotient of the matrix, for the range that needs one. */
#define SHARE_OF_TOP 1.7

static void
assert_bins_are_those_of_the_expression (const CoterieRowKernels *kernels,
                                         const CoterieBinning *binning,
                                         const float *values)
{
  g_autofree guint32 *expected = g_new0 (guint32, binning->bins);
  g_autofree guint32 *found = g_new0 (guint32, binning->bins);

  for (guint i = 0; i < COTERIE_WORD_LANES; i++) {
    double share = (double) values[i] / binning->sum;
    double place = floor ((share - binning->low) / binning->span * binning->bins);

    expected[(guint) fmin (place, binning->bins - 1.0)]++;
  }
  kernels->count_bins (found, binning, values, COTERIE_WORD_LANES - 7);
  kernels->count_bins (found, binning, values + COTERIE_WORD_LANES - 7, 7);
  g_assert_cmpmem (found, binning->bins * sizeof *found, expected,
                   binning->bins * sizeof *expected);
}

/* Half of the values lie on edges of bins, or a float beside them. */
static void
fill_values (float *values, float lowest, float highest, guint bins, CoterieRng *rng)
{
  for (guint i = 0; i < COTERIE_WORD_LANES; i++) {
    double edge = (double) coterie_rng_below (rng, (guint64) bins + 1) / bins;
    double place = i % 2 == 0 ? edge : coterie_rng_uniform (rng);
    float value = (float) ((double) lowest + place * ((double) highest - (double) lowest));

    if (i % 4 == 0)
      value = nextafterf (value, coterie_rng_below (rng, 2) > 0 ? INFINITY : 0.0f);
    values[i] = CLAMP (value, lowest, highest);
  }
  values[0] = lowest;
  values[1] = highest;
}

static void
check_bins (const CoterieRowKernels *kernels)
{
  static const float ranges[][2] = {{0.25f, 3.0f},          {1.0f, 1.0f + 3.0f * FLT_EPSILON},
                                    {1.0f, 1.0001f},        {1e-38f, 1e38f},
                                    {FLT_TRUE_MIN, 1e-40f}, {FLT_MIN, FLT_MAX},
                                    {3e-39f, 3.1e-39f},     {0.1f, 0.2f}};
  static const guint bin_counts[] = {2, 10, 100, 997, 10000};
  float buffer[COTERIE_WORD_LANES + 2 * COTERIE_ROW_MARGIN] = {NAN};
  float *values = buffer + COTERIE_ROW_MARGIN;
  CoterieRng rng;

  coterie_rng_init (&rng, 5, 0);
  for (guint i = 0; i < G_N_ELEMENTS (ranges) * 20; i++) {
    const float *range = ranges[i % G_N_ELEMENTS (ranges)];
    double sum = (double) range[1] * (1.0 + 1000.0 * coterie_rng_uniform (&rng));

    for (guint b = 0; b < G_N_ELEMENTS (bin_counts); b++)
      for (guint r = 0; r < COTERIE_N_ENTROPY_RANGES; r++) {
        CoterieEntropySpec spec = {bin_counts[b], r};
        CoterieBinning binning;

        coterie_binning_init (&binning, &spec, range[0], range[1], sum,
                              SHARE_OF_TOP * (double) range[1] / sum);
        fill_values (values, range[0], range[1], spec.bins, &rng);
        assert_bins_are_those_of_the_expression (kernels, &binning, values);
      }
  }
}

static void
test_bins_are_those_of_the_expression (void)
{
  for_all_kernels (check_bins);
}

static void
test_nothing_to_count_without_two_values (void)
{
  const CoterieEntropySpec spec = {10, COTERIE_ENTROPY_RANGE_MIN_MAX};
  CoterieBinning binning;

  coterie_binning_init (&binning, &spec, 0.5f, 0.5f, 5.0, 0.1);
  g_assert_cmpuint (binning.bins, ==, 0);
  coterie_binning_init (&binning, &spec, FLT_MAX, 0.0f, 0.0, 0.0);
  g_assert_cmpuint (binning.bins, ==, 0);
}

static void
check_hashes (const CoterieRowKernels *kernels)
{
  enum { N_NEURONS = 21, N_LANES = 48 };
  float activations[N_NEURONS * N_LANES];
  guint32 keys[N_NEURONS * 4], found[4 * N_LANES];
  CoterieRng rng;

  coterie_rng_init (&rng, 6, 0);
  for (guint i = 0; i < G_N_ELEMENTS (activations); i++)
    activations[i] = coterie_rng_below (&rng, 9) > 0 ? draw_activation (&rng) : NAN;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    keys[i] = (guint32) coterie_rng_next (&rng);
  kernels->hash_signs (found, activations, keys, N_NEURONS, N_LANES);

  for (guint s = 0; s < N_LANES; s++)
    for (guint i = 0; i < 4; i++) {
      guint32 word = 0;

      for (guint q = 0; q < N_NEURONS; q++)
        if (activations[q * N_LANES + s] > 0.0f)
          word ^= keys[q * 4 + i];
      g_assert_cmphex (found[i * N_LANES + s], ==, word);
    }
}

static void
test_hashes_are_those_of_a_loop (void)
{
  for_all_kernels (check_hashes);
}

/* Rows of four words: three whole ones and one of thirteen lanes. */
static void
test_buffers_give_back_what_was_packed (void)
{
  enum { N_ROWS = 30, N_LANES = 3 * 48 + 13 };
  const CoterieRowKernels *kernels = coterie_row_find_kernels ("baseline");
  g_autoptr (CoterieRowBuffer) buffer = coterie_row_buffer_new (N_ROWS, 5, N_ROWS * N_LANES);
  g_autoptr (CoterieRowStore) store = coterie_row_store_new (1 << 20);
  const CoterieRowBuffer *copy;
  float activations[N_ROWS][N_LANES];
  gsize first_value = 0;
  CoterieRng rng;

  coterie_rng_init (&rng, 8, 0);
  coterie_row_buffer_clear (buffer, 4);
  for (guint r = 0; r < N_ROWS; r++) {
    for (guint s = 0; s < N_LANES; s++)
      activations[r][s] = draw_activation (&rng);
    for (guint s = 0; s < N_LANES; s += 48)
      g_assert_cmpuint (
          coterie_row_buffer_pack (buffer, kernels, activations[r] + s, MIN (48, N_LANES - s)), ==,
          0);
  }
  coterie_row_store_add (store, buffer);
  copy = coterie_row_store_add (store, buffer);
  coterie_row_store_add (store, buffer);
  coterie_row_buffer_clear (buffer, 1);
  for (guint r = 0; r < N_ROWS; r++) {
    CoteriePackedRow row;
    guint n = 0;

    coterie_row_buffer_read (copy, r, 48, &first_value, &row);
    for (guint s = 0; s < N_LANES; s++) {
      gboolean is_active = row.active[s / 48] >> (s % 48) & 1;

      g_assert_cmpuint (coterie_packed_row_count (&row, 0, s), ==, n);
      g_assert_cmpuint (coterie_packed_row_count (&row, s, N_LANES), ==, row.n_values - n);
      g_assert_cmpfloat (is_active ? row.values[n++] : 0.0f, ==, activations[r][s]);
    }
    g_assert_cmpuint (row.n_values, ==, n);
    g_assert_cmpuint (coterie_packed_row_count (&row, 9, 9), ==, 0);
  }
  g_assert_cmpuint (first_value, ==, copy->n_values);
}

static void
test_stores_have_room_for_what_they_say (void)
{
  const float activations[16] = {1.0f, 0.0f, 2.0f};
  const CoterieRowKernels *kernels = coterie_row_find_kernels ("baseline");
  g_autoptr (CoterieRowBuffer) buffer = coterie_row_buffer_new (1, 1, 16);
  guint64 n_bytes = coterie_row_store_count_bytes (1, 1, 2);
  g_autoptr (CoterieRowStore) none = coterie_row_store_new (0);
  g_autoptr (CoterieRowStore) small = coterie_row_store_new (2 * n_bytes);
  g_autoptr (CoterieRowStore) large = coterie_row_store_new (5 * 1024 * 1024);
  g_autoptr (CoterieRowStore) beyond = coterie_row_store_new (G_MAXUINT64);
  const CoterieRowBuffer *copy;

  coterie_row_buffer_pack (buffer, kernels, activations, 16);
  g_assert_cmpuint (coterie_row_store_get_room (none), ==, 0);
  g_assert_cmpuint (coterie_row_store_get_room (beyond), ==, 0);
  g_assert_cmpuint (coterie_row_store_get_room (large), ==, 5 * 1024 * 1024);
  g_assert_cmpuint (coterie_row_store_get_room (small), ==, 2 * n_bytes);
  coterie_row_store_add (small, buffer);
  g_assert_cmpuint (coterie_row_store_get_room (small), ==, n_bytes);
  copy = coterie_row_store_add (small, buffer);
  g_assert_cmpuint (coterie_row_store_get_room (small), ==, 0);
  g_assert_cmpuint (copy->n_values, ==, 2);
  g_assert_cmpfloat (copy->values[1], ==, 2.0f);
}

static void
test_stores_are_used_again (void)
{
  const float activations[16] = {1.0f, 0.0f, 2.0f};
  const CoterieRowKernels *kernels = coterie_row_find_kernels ("baseline");
  g_autoptr (CoterieRowBuffer) buffer = coterie_row_buffer_new (1, 1, 16);
  guint64 n_bytes = coterie_row_store_count_bytes (1, 1, 2);
  g_autoptr (CoterieRowStore) store = coterie_row_store_new (4 * n_bytes);
  const CoterieRowBuffer *first, *again;

  coterie_row_buffer_pack (buffer, kernels, activations, 16);
  first = coterie_row_store_add (store, buffer);
  coterie_row_store_reset (store, 2 * n_bytes);
  g_assert_cmpuint (coterie_row_store_get_room (store), ==, 2 * n_bytes);
  again = coterie_row_store_add (store, buffer);
  g_assert_true (again == first);

  coterie_row_store_reset (store, 8 * n_bytes);
  g_assert_cmpuint (coterie_row_store_get_room (store), ==, 8 * n_bytes);
  coterie_row_store_add (store, buffer);
  g_assert_cmpuint (coterie_row_store_get_room (store), ==, 7 * n_bytes);
  coterie_row_store_reset (store, 0);
  g_assert_cmpuint (coterie_row_store_get_room (store), ==, 0);
  coterie_row_store_reset (store, G_MAXUINT64);
  g_assert_cmpuint (coterie_row_store_get_room (store), ==, 0);
  coterie_row_store_reset (store, n_bytes);
  g_assert_cmpuint (coterie_row_store_get_room (store), ==, n_bytes);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/row/packing-leaves-out-zeros", test_packing_leaves_out_zeros);
  g_test_add_func ("/analysis/row/moments-do-not-depend-on-cuts",
                   test_moments_do_not_depend_on_cuts);
  g_test_add_func ("/analysis/row/moments-add-up", test_moments_add_up);
  g_test_add_func ("/analysis/row/bins-are-those-of-the-expression",
                   test_bins_are_those_of_the_expression);
  g_test_add_func ("/analysis/row/nothing-to-count-without-two-values",
                   test_nothing_to_count_without_two_values);
  g_test_add_func ("/analysis/row/hashes-are-those-of-a-loop", test_hashes_are_those_of_a_loop);
  g_test_add_func ("/analysis/row/buffers-give-back-what-was-packed",
                   test_buffers_give_back_what_was_packed);
  g_test_add_func ("/analysis/row/stores-have-room-for-what-they-say",
                   test_stores_have_room_for_what_they_say);
  g_test_add_func ("/analysis/row/stores-are-used-again", test_stores_are_used_again);
  return g_test_run ();
}
