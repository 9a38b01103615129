/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/analysis/sign-patterns.h"

#include "core/base/rng.h"

#define N_LAYERS 3
#define N_SAMPLES 3000
#define LANES 48

/* so few neurons that patterns are numbers below 2^8, and many samples share one */
static const guint widths[N_LAYERS] = {3, 1, 4};

typedef guint8 Pattern[N_LAYERS];

static void
draw_patterns (Pattern *patterns, guint n_values)
{
  CoterieRng rng;

  coterie_rng_init (&rng, 9, 0);
  for (guint s = 0; s < N_SAMPLES; s++)
    for (guint l = 0; l < N_LAYERS; l++)
      patterns[s][l] = (guint8) (coterie_rng_below (&rng, n_values) & ((1u << widths[l]) - 1));
}

static void
count (const Pattern *given, guint block, guint64 *n_patterns, guint64 *n_regions)
{
  const CoterieRowKernels *kernels = coterie_row_find_kernels ("baseline");
  g_autoptr (CoterieSignPatterns) patterns =
      coterie_sign_patterns_new (widths, N_LAYERS, N_SAMPLES, kernels);
  g_autoptr (CoteriePool) pool = coterie_pool_new (2);
  float activations[4 * LANES];

  for (guint first = 0; first < N_SAMPLES; first += block)
    for (guint l = 0; l < N_LAYERS; l++) {
      guint n = MIN (block, N_SAMPLES - first);

      for (guint q = 0; q < widths[l]; q++)
        for (guint s = 0; s < n; s++)
          activations[q * LANES + s] = given[first + s][l] >> q & 1 ? 0.5f : 0.0f;
      coterie_sign_patterns_add (patterns, l, first, n, activations, LANES);
    }
  coterie_sign_patterns_count (patterns, pool, n_patterns, n_regions);
}

static guint
count_naive (const Pattern *patterns, guint first_layer, guint end_layer)
{
  g_autofree guint8 *seen = g_new0 (guint8, 256);
  guint n = 0;

  for (guint s = 0; s < N_SAMPLES; s++) {
    guint number = 0;

    for (guint l = first_layer; l < end_layer; l++)
      number = number << widths[l] | patterns[s][l];
    n += !seen[number];
    seen[number] = TRUE;
  }
  return n;
}

static void
assert_counts (guint n_values, guint block)
{
  g_autofree Pattern *patterns = g_new (Pattern, N_SAMPLES);
  guint64 n_patterns[N_LAYERS], n_regions[N_LAYERS];

  draw_patterns (patterns, n_values);
  count ((const Pattern *) patterns, block, n_patterns, n_regions);
  for (guint l = 0; l < N_LAYERS; l++) {
    g_assert_cmpuint (n_patterns[l], ==, count_naive ((const Pattern *) patterns, l, l + 1));
    g_assert_cmpuint (n_regions[l], ==, count_naive ((const Pattern *) patterns, 0, l + 1));
  }
}

static void
test_counts_are_those_of_a_loop (void)
{
  assert_counts (1, LANES);
  assert_counts (3, LANES);
  assert_counts (256, LANES);
  assert_counts (256, 7);
}

/* n layers of one neuron each: no two samples alike, and each needs all layers to be told apart */
static void
test_regions_grow_with_depth (void)
{
  enum { DEPTH = 10, N = 1 << DEPTH };
  const guint ones[DEPTH] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  g_autoptr (CoterieSignPatterns) patterns =
      coterie_sign_patterns_new (ones, DEPTH, N, coterie_row_find_kernels ("baseline"));
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  guint64 n_patterns[DEPTH], n_regions[DEPTH];
  float activations[16];

  for (guint first = 0; first < N; first += 16)
    for (guint l = 0; l < DEPTH; l++) {
      for (guint s = 0; s < 16; s++)
        activations[s] = (first + s) >> l & 1 ? 1.0f : 0.0f;
      coterie_sign_patterns_add (patterns, l, first, 16, activations, 16);
    }
  coterie_sign_patterns_count (patterns, pool, n_patterns, n_regions);
  for (guint l = 0; l < DEPTH; l++) {
    g_assert_cmpuint (n_patterns[l], ==, 2);
    g_assert_cmpuint (n_regions[l], ==, (guint64) 2 << l);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/patterns/counts-are-those-of-a-loop",
                   test_counts_are_those_of_a_loop);
  g_test_add_func ("/analysis/patterns/regions-grow-with-depth", test_regions_grow_with_depth);
  return g_test_run ();
}
