/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/base/rng.h"

static void
test_sequence_is_the_same_everywhere (void)
{
  /* The published xoshiro256** started from the state 1, 2, 3, 4. */
  CoterieRng rng = {{1, 2, 3, 4}};

  g_assert_cmpuint (coterie_rng_next (&rng), ==, 11520);
  g_assert_cmpuint (coterie_rng_next (&rng), ==, 0);
  g_assert_cmpuint (coterie_rng_next (&rng), ==, 1509978240);
  g_assert_cmpuint (coterie_rng_next (&rng), ==, 1215971899390074240u);
}

static void
test_streams_differ (void)
{
  CoterieRng a, b, c;

  coterie_rng_init (&a, 7, 0);
  coterie_rng_init (&b, 7, 1);
  coterie_rng_init (&c, 7, 0);
  g_assert_cmpuint (coterie_rng_next (&a), !=, coterie_rng_next (&b));
  coterie_rng_init (&a, 7, 0);
  g_assert_cmpuint (coterie_rng_next (&a), ==, coterie_rng_next (&c));
}

static void
test_below_covers_its_range_evenly (void)
{
  CoterieRng rng;
  guint counts[7] = {0};

  coterie_rng_init (&rng, 3, 0);
  for (guint i = 0; i < 70000; i++)
    counts[coterie_rng_below (&rng, G_N_ELEMENTS (counts))]++;
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++) {
    /* 10,000 expected, standard deviation 93: five of them */
    g_assert_cmpuint (counts[i], >, 9535);
    g_assert_cmpuint (counts[i], <, 10465);
  }
}

static void
test_uniform_stays_in_range (void)
{
  CoterieRng rng;
  double sum = 0.0;

  coterie_rng_init (&rng, 5, 0);
  for (guint i = 0; i < 100000; i++) {
    double value = coterie_rng_uniform (&rng);

    g_assert_cmpfloat (value, >=, 0.0);
    g_assert_cmpfloat (value, <, 1.0);
    sum += value;
  }
  g_assert_cmpfloat_with_epsilon (sum / 100000, 0.5, 0.005);
}

static void
test_shuffle_permutes (void)
{
  CoterieRng rng;
  guint32 values[100];
  gboolean seen[100] = {FALSE};
  guint n_moved = 0;

  for (guint i = 0; i < 100; i++)
    values[i] = i;
  coterie_rng_init (&rng, 1, 0);
  coterie_rng_shuffle (&rng, values, 100);
  for (guint i = 0; i < 100; i++) {
    g_assert_false (seen[values[i]]);
    seen[values[i]] = TRUE;
    n_moved += values[i] != i;
  }
  g_assert_cmpuint (n_moved, >, 80);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/rng/sequence-is-the-same-everywhere",
                   test_sequence_is_the_same_everywhere);
  g_test_add_func ("/base/rng/streams-differ", test_streams_differ);
  g_test_add_func ("/base/rng/below-covers-its-range-evenly", test_below_covers_its_range_evenly);
  g_test_add_func ("/base/rng/uniform-stays-in-range", test_uniform_stays_in_range);
  g_test_add_func ("/base/rng/shuffle-permutes", test_shuffle_permutes);
  return g_test_run ();
}
