/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/analysis/correlation.h"

#include <math.h>

static void
test_line_is_one (void)
{
  const double x[] = {1.0, 2.0, 5.0, 7.0};
  const double up[] = {10.0, 12.0, 18.0, 22.0};
  const double down[] = {-1.0, -2.0, -5.0, -7.0};

  g_assert_cmpfloat_with_epsilon (coterie_correlation_pearson (x, up, 4), 1.0, 1e-15);
  g_assert_cmpfloat_with_epsilon (coterie_correlation_pearson (x, down, 4), -1.0, 1e-15);
  g_assert_cmpfloat (coterie_correlation_pearson (x, up, 4), <=, 1.0);
}

static void
test_known_value (void)
{
  /* deviations (-1, 0, 1) and (-1, 1, 0): 1 / (sqrt 2 sqrt 2) */
  const double x[] = {1.0, 2.0, 3.0};
  const double y[] = {4.0, 6.0, 5.0};

  g_assert_cmpfloat_with_epsilon (coterie_correlation_pearson (x, y, 3), 0.5, 1e-15);
  g_assert_cmpfloat_with_epsilon (coterie_correlation_spearman (x, y, 3), 0.5, 1e-15);
}

static void
test_monotone_has_rank_correlation_one (void)
{
  const double x[] = {1.0, 2.0, 3.0, 4.0, 5.0};
  const double y[] = {1.0, 8.0, 27.0, 64.0, 1e9};

  g_assert_cmpfloat_with_epsilon (coterie_correlation_spearman (x, y, 5), 1.0, 1e-15);
  g_assert_cmpfloat (coterie_correlation_pearson (x, y, 5), <, 0.9);
}

static void
test_ties_share_the_average_rank (void)
{
  const double values[] = {7.0, 1.0, 7.0, 3.0, 7.0, 1.0};
  const double expected[] = {5.0, 1.5, 5.0, 3.0, 5.0, 1.5};
  double ranks[6];

  coterie_correlation_rank (values, 6, ranks);
  g_assert_cmpmem (ranks, sizeof ranks, expected, sizeof expected);
}

static void
test_undefined_is_not_a_number (void)
{
  /* 0.1 summed ten times and divided by ten is not 0.1 */
  const double constant[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
  const double x[] = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 11.0};
  const double broken[] = {1.0, NAN, 3.0};

  g_assert_true (isnan (coterie_correlation_pearson (constant, x, 10)));
  g_assert_true (isnan (coterie_correlation_pearson (x, constant, 10)));
  g_assert_true (isnan (coterie_correlation_spearman (constant, x, 10)));
  g_assert_true (isnan (coterie_correlation_pearson (x, x, 1)));
  g_assert_true (isnan (coterie_correlation_spearman (x, x, 0)));
  g_assert_true (isnan (coterie_correlation_pearson (x, broken, 3)));
  g_assert_true (isnan (coterie_correlation_spearman (broken, x, 3)));
}

static void
test_keeps_digits_far_from_zero (void)
{
  const double x[] = {1e9 + 1.0, 1e9 + 2.0, 1e9 + 3.0};
  const double y[] = {4.0, 6.0, 5.0};

  g_assert_cmpfloat_with_epsilon (coterie_correlation_pearson (x, y, 3), 0.5, 1e-12);
}

static void
test_huge_and_tiny_values (void)
{
  const double huge[] = {1e308, -1e308, 1e308, 5.0};
  const double tiny[] = {1e-320, 2e-320, 5e-320};
  const double steps[] = {1.0, 2.0, 3.0, 4.0};
  const double like_tiny[] = {1.0, 2.0, 5.0};

  /* deviations 0.75, -1.25, 0.75, -0.25 (times 1e308) and -1.5, -0.5, 0.5, 1.5 */
  g_assert_cmpfloat_with_epsilon (coterie_correlation_pearson (huge, steps, 4),
                                  -0.5 / sqrt (2.75 * 5.0), 1e-12);
  g_assert_cmpfloat_with_epsilon (coterie_correlation_pearson (tiny, like_tiny, 3), 1.0, 1e-3);
  g_assert_cmpfloat (coterie_correlation_pearson (like_tiny, like_tiny, 3), ==, 1.0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/correlation/line-is-one", test_line_is_one);
  g_test_add_func ("/analysis/correlation/known-value", test_known_value);
  g_test_add_func ("/analysis/correlation/monotone-has-rank-correlation-one",
                   test_monotone_has_rank_correlation_one);
  g_test_add_func ("/analysis/correlation/ties-share-the-average-rank",
                   test_ties_share_the_average_rank);
  g_test_add_func ("/analysis/correlation/undefined-is-not-a-number",
                   test_undefined_is_not_a_number);
  g_test_add_func ("/analysis/correlation/keeps-digits-far-from-zero",
                   test_keeps_digits_far_from_zero);
  g_test_add_func ("/analysis/correlation/huge-and-tiny-values", test_huge_and_tiny_values);
  return g_test_run ();
}
