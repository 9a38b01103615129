/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/analysis/evaluation.h"

#include <math.h>

static gboolean
has_exploded (double loss, guint n_classes)
{
  const CoterieEvaluation evaluation = {.loss = loss};

  return coterie_evaluation_has_exploded (&evaluation, n_classes);
}

static void
test_guessing_is_no_explosion (void)
{
  for (guint n_classes = 2; n_classes < 1000; n_classes++) {
    g_assert_false (has_exploded (log (n_classes), n_classes));
    g_assert_false (has_exploded (2.0 * log (n_classes), n_classes));
    g_assert_false (has_exploded (0.0, n_classes));
  }
}

static void
test_more_than_ten_guesses_are_one (void)
{
  g_assert_false (has_exploded (9.999 * G_LN10, 10));
  g_assert_true (has_exploded (10.001 * G_LN10, 10));
  g_assert_true (has_exploded (10.001 * G_LN2, 2));
  g_assert_false (has_exploded (10.001 * G_LN2, 3));
  g_assert_true (has_exploded (1e300, 65535));
  g_assert_true (has_exploded (INFINITY, 10));
}

static void
test_no_number_is_none (void)
{
  g_assert_false (has_exploded (NAN, 10));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/evaluation/guessing-is-no-explosion", test_guessing_is_no_explosion);
  g_test_add_func ("/analysis/evaluation/more-than-ten-guesses-are-one",
                   test_more_than_ten_guesses_are_one);
  g_test_add_func ("/analysis/evaluation/no-number-is-none", test_no_number_is_none);
  return g_test_run ();
}
