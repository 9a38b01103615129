/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/analysis/partition-information.h"
#include "core/base/rng.h"

#include <math.h>

/* A partition is written as a word: a letter for each node's part. */
static double
compute (const char *first, const char *second)
{
  guint n_nodes = (guint) strlen (first);
  guint32 membership[64], other[64];

  g_assert_cmpuint (strlen (second), ==, n_nodes);
  for (guint v = 0; v < n_nodes; v++) {
    membership[v] = (guint32) first[v];
    other[v] = (guint32) second[v];
  }
  return coterie_partition_information_compute (membership, other, n_nodes);
}

static void
test_same_partitions_score_one (void)
{
  g_assert_cmpfloat (compute ("aabbcc", "aabbcc"), ==, 1.0);
  g_assert_cmpfloat (compute ("aaabbc", "xxxzzy"), ==, 1.0);
  g_assert_cmpfloat (compute ("abcdef", "fedcba"), ==, 1.0);
}

static void
test_independent_partitions_score_zero (void)
{
  g_assert_cmpfloat_with_epsilon (compute ("aabb", "abab"), 0.0, 1e-15);
  g_assert_cmpfloat_with_epsilon (compute ("aaabbbcccddd", "xyzxyzxyzxyz"), 0.0, 1e-15);
}

static void
test_one_part_tells_nothing_of_several (void)
{
  g_assert_cmpfloat_with_epsilon (compute ("aaaaa", "abcde"), 0.0, 1e-15);
  g_assert_cmpfloat_with_epsilon (compute ("aabbc", "aaaaa"), 0.0, 1e-15);
}

static void
test_one_part_each_is_the_same (void)
{
  g_assert_cmpfloat (compute ("aaaaa", "bbbbb"), ==, 1.0);
  g_assert_cmpfloat (compute ("a", "b"), ==, 1.0);
}

static void
test_without_nodes_is_undefined (void)
{
  g_assert_true (isnan (compute ("", "")));
}

/* Each part of the second cut in two: I = H (A) = ln 2, H (B) = ln 4. */
static void
test_refinement (void)
{
  g_assert_cmpfloat_with_epsilon (compute ("aaaabbbb", "wwxxyyzz"), 2.0 / 3.0, 1e-15);
}

/* Sizes 4 and 4, 6 and 2; in common 4, 2 and 2. */
static void
test_closed_form (void)
{
  double first = log (2.0);
  double second = -(0.75 * log (0.75) + 0.25 * log (0.25));
  double joint = -(0.5 * log (0.5) + 2.0 * 0.25 * log (0.25));
  double expected = 2.0 * (first + second - joint) / (first + second);

  g_assert_cmpfloat_with_epsilon (compute ("aaaabbbb", "xxxxxxyy"), expected, 1e-15);
}

static void
test_ignores_order_and_numbers (void)
{
  CoterieRng rng;

  coterie_rng_init (&rng, 5, 0);
  for (guint i = 0; i < 20; i++) {
    guint32 first[100], second[100], renamed[100], order[100], shuffled[2][100];
    double expected;

    for (guint v = 0; v < 100; v++) {
      first[v] = (guint32) coterie_rng_below (&rng, 7);
      second[v] =
          coterie_rng_below (&rng, 3) == 0 ? (guint32) coterie_rng_below (&rng, 9) : first[v];
      renamed[v] = G_MAXUINT32 - 1000 * first[v];
      order[v] = v;
    }
    coterie_rng_shuffle (&rng, order, 100);
    for (guint v = 0; v < 100; v++) {
      shuffled[0][v] = first[order[v]];
      shuffled[1][v] = second[order[v]];
    }

    expected = coterie_partition_information_compute (first, second, 100);
    g_assert_cmpfloat (expected, >, 0.1);
    g_assert_cmpfloat (expected, <, 0.99);
    g_assert_cmpfloat (coterie_partition_information_compute (second, first, 100), ==, expected);
    g_assert_cmpfloat (coterie_partition_information_compute (renamed, second, 100), ==, expected);
    g_assert_cmpfloat (coterie_partition_information_compute (shuffled[0], shuffled[1], 100), ==,
                       expected);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/partition-information/same-partitions-score-one",
                   test_same_partitions_score_one);
  g_test_add_func ("/analysis/partition-information/independent-partitions-score-zero",
                   test_independent_partitions_score_zero);
  g_test_add_func ("/analysis/partition-information/one-part-tells-nothing-of-several",
                   test_one_part_tells_nothing_of_several);
  g_test_add_func ("/analysis/partition-information/one-part-each-is-the-same",
                   test_one_part_each_is_the_same);
  g_test_add_func ("/analysis/partition-information/without-nodes-is-undefined",
                   test_without_nodes_is_undefined);
  g_test_add_func ("/analysis/partition-information/refinement", test_refinement);
  g_test_add_func ("/analysis/partition-information/closed-form", test_closed_form);
  g_test_add_func ("/analysis/partition-information/ignores-order-and-numbers",
                   test_ignores_order_and_numbers);
  return g_test_run ();
}
