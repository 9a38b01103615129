/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/base/real-math.h"

#include <math.h>

#define TOLERANCE 1e-15

static void
assert_relatively_close (double found, double expected)
{
  g_assert_cmpfloat (fabs (found - expected), <=, TOLERANCE * fabs (expected));
}

static void
test_exp_close_to_library (void)
{
  for (double x = -700.0; x <= 709.0; x += 0.0371)
    assert_relatively_close (coterie_exp (x), exp (x));
  for (double x = -1.0; x <= 1.0; x += 0.0001)
    assert_relatively_close (coterie_exp (x), exp (x));
}

static void
test_log_close_to_library (void)
{
  for (double x = 1e-320; x <= 1e307; x *= 1.37)
    assert_relatively_close (coterie_log (x), log (x));
  for (double x = 0.3; x <= 3.0; x += 0.0001)
    assert_relatively_close (coterie_log (x), log (x));
}

static void
test_known_values (void)
{
  g_assert_cmpfloat (coterie_exp (0.0), ==, 1.0);
  g_assert_cmpfloat (coterie_log (1.0), ==, 0.0);
  assert_relatively_close (coterie_exp (1.0), G_E);
  assert_relatively_close (coterie_log (2.0), G_LN2);
  assert_relatively_close (coterie_log (10.0), G_LN10);
}

static void
test_ends_of_range (void)
{
  g_assert_cmpfloat (coterie_exp (-745.0), >, 0.0);
  g_assert_cmpfloat (coterie_exp (-1e4), ==, 0.0);
  g_assert_cmpfloat (coterie_exp (-INFINITY), ==, 0.0);
  g_assert_true (isfinite (coterie_exp (709.78)));
  g_assert_true (isinf (coterie_exp (710.0)));
  g_assert_true (isinf (coterie_exp (INFINITY)));
  g_assert_true (isnan (coterie_exp (NAN)));

  g_assert_cmpfloat (coterie_log (0.0), ==, -INFINITY);
  g_assert_cmpfloat (coterie_log (INFINITY), ==, INFINITY);
  g_assert_true (isnan (coterie_log (-1.0)));
  g_assert_true (isnan (coterie_log (NAN)));
}

static void
test_each_other_s_inverse (void)
{
  for (double x = -20.0; x <= 20.0; x += 0.013)
    g_assert_cmpfloat_with_epsilon (coterie_log (coterie_exp (x)), x, 4e-15);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/real-math/exp-close-to-library", test_exp_close_to_library);
  g_test_add_func ("/base/real-math/log-close-to-library", test_log_close_to_library);
  g_test_add_func ("/base/real-math/known-values", test_known_values);
  g_test_add_func ("/base/real-math/ends-of-range", test_ends_of_range);
  g_test_add_func ("/base/real-math/each-other-s-inverse", test_each_other_s_inverse);
  return g_test_run ();
}
