/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The arithmetic of axes: ticks, limits, pixels and labels. */

#include <locale.h>
#include <math.h>

#include "draw/plot/scale.h"

static void
assert_near (double found, double expected)
{
  g_assert_cmpfloat_with_epsilon (found, expected, 1e-9 * MAX (1.0, fabs (expected)));
}

static void
assert_label (double value, guint n_decimals, const char *expected)
{
  g_autofree char *label = coterie_scale_format (value, n_decimals);

  g_assert_cmpstr (label, ==, expected);
}

static void
test_steps_are_one_two_five (void)
{
  const double steps[][2] = {
      {1.0, 1.0},   {1.1, 2.0}, {2.0, 2.0},  {2.1, 5.0},     {5.0, 5.0},   {5.1, 10.0},
      {0.03, 0.05}, {0.1, 0.1}, {0.11, 0.2}, {230.0, 500.0}, {1e-7, 1e-7}, {7e8, 1e9},
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    g_assert_cmpfloat_with_epsilon (coterie_scale_nice_step (steps[i][0]) / steps[i][1], 1.0, 1e-9);
}

static void
test_limits_lie_at_ticks (void)
{
  const struct {
    double min;
    double max;
    guint max_ticks;
    double lower;
    double upper;
    double step;
    guint n_decimals;
  } cases[] = {
      {0.11, 0.53, 4, 0.0, 0.6, 0.2, 1},       {0.45, 0.95, 4, 0.4, 1.0, 0.2, 1},
      {0.02, 0.38, 3, 0.0, 0.4, 0.2, 1},       {-0.3, 0.3, 5, -0.4, 0.4, 0.2, 1},
      {12.0, 87.0, 6, 0.0, 100.0, 20.0, 0},    {-87.0, -12.0, 6, -100.0, 0.0, 20.0, 0},
      {0.971, 0.979, 5, 0.97, 0.98, 0.005, 3}, {1200.0, 5600.0, 4, 0.0, 6000.0, 2000.0, 0},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    CoterieScale scale;

    coterie_scale_fit (&scale, cases[i].min, cases[i].max, NAN, NAN, cases[i].max_ticks);
    assert_near (scale.lower, cases[i].lower);
    assert_near (scale.upper, cases[i].upper);
    assert_near (scale.step, cases[i].step);
    g_assert_cmpuint (scale.n_decimals, ==, cases[i].n_decimals);
    g_assert_cmpuint (scale.n_ticks, <=, cases[i].max_ticks);
    assert_near (coterie_scale_get_tick (&scale, 0), cases[i].lower);
    assert_near (coterie_scale_get_tick (&scale, scale.n_ticks - 1), cases[i].upper);
  }
}

static void
test_limits_contain_the_data (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 20000; i++) {
    double size = pow (10.0, g_rand_double_range (random, -12.0, 12.0));
    double min = size * g_rand_double_range (random, -1.0, 1.0);
    double max = min + size * pow (10.0, g_rand_double_range (random, -4.0, 0.0));
    guint max_ticks = (guint) g_rand_int_range (random, 3, 12);
    CoterieScale scale;

    coterie_scale_fit (&scale, min, max, NAN, NAN, max_ticks);
    g_assert_cmpfloat (scale.lower, <=, min + 1e-8 * scale.step);
    g_assert_cmpfloat (scale.upper, >=, max - 1e-8 * scale.step);
    g_assert_cmpuint (scale.n_ticks, >=, 2);
    g_assert_cmpuint (scale.n_ticks, <=, max_ticks);
  }
}

static void
test_bounds_hold (void)
{
  CoterieScale scale;

  coterie_scale_fit (&scale, 82.0, 99.9, 0.0, 100.0, 4);
  assert_near (scale.upper, 100.0);
  coterie_scale_fit (&scale, 0.01, 0.97, 0.0, 1.0, 6);
  assert_near (scale.lower, 0.0);
  assert_near (scale.upper, 1.0);

  /* 0.95 is no tick of this step: the limit stands, the ticks end below it. */
  coterie_scale_fit (&scale, 0.1, 0.94, 0.0, 0.95, 6);
  assert_near (scale.upper, 0.95);
  assert_near (coterie_scale_get_tick (&scale, scale.n_ticks - 1), 0.8);

  coterie_scale_fit (&scale, 0.2, 1.7, 0.0, 1.0, 6);
  g_assert_cmpfloat (scale.upper, >=, 1.7);
}

static void
test_limits_do_not_cross_zero (void)
{
  CoterieScale scale;

  coterie_scale_fit (&scale, 0.0, 3.0, NAN, NAN, 5);
  assert_near (scale.lower, 0.0);
  coterie_scale_fit (&scale, -3.0, 0.0, NAN, NAN, 5);
  assert_near (scale.upper, 0.0);
  coterie_scale_fit (&scale, -0.001, 3.0, NAN, NAN, 5);
  g_assert_cmpfloat (scale.lower, <, -0.001);
}

static void
test_no_data_have_a_range (void)
{
  CoterieScale scale;

  coterie_scale_fit (&scale, NAN, NAN, NAN, NAN, 5);
  assert_near (scale.lower, 0.0);
  assert_near (scale.upper, 1.0);
  coterie_scale_fit (&scale, INFINITY, -INFINITY, 0.0, 100.0, 5);
  assert_near (scale.lower, 0.0);
  assert_near (scale.upper, 100.0);
  coterie_scale_fit (&scale, NAN, NAN, 0.0, G_MAXDOUBLE, 5);
  assert_near (scale.lower, 0.0);
  assert_near (scale.upper, 1.0);
}

static void
test_one_value_lies_within (void)
{
  const double values[] = {0.0, 1.0, -1.0, 0.38, 1e-200, 5e-324, 1e200, 1e308, -1e308, 100.0};

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (guint bounded = 0; bounded < 2; bounded++) {
      CoterieScale scale;
      double bound = bounded ? values[i] : NAN;
      double drawn = CLAMP (values[i], -1e300, 1e300);

      coterie_scale_fit (&scale, values[i], values[i], NAN, bound, 5);
      g_assert_true (isfinite (scale.lower) && isfinite (scale.upper));
      g_assert_cmpfloat (scale.lower, <, scale.upper);
      g_assert_cmpfloat (scale.lower, <=, drawn);
      g_assert_cmpfloat (scale.upper, >=, drawn);
      g_assert_cmpfloat (scale.step, >, 0.0);
    }
}

static void
test_fixed_limits_stay (void)
{
  CoterieScale scale;

  coterie_scale_fix (&scale, 0.13, 0.87, 5);
  assert_near (scale.lower, 0.13);
  assert_near (scale.upper, 0.87);
  assert_near (scale.first_tick, 0.2);
  g_assert_cmpuint (scale.n_ticks, ==, 4);
}

/* As many as have room, or a few more where that is not even two. */
static void
assert_some_ticks (const CoterieScale *scale, guint max_ticks)
{
  g_assert_cmpuint (scale->n_ticks, >=, 2);
  g_assert_cmpuint (scale->n_ticks, <=, MAX (max_ticks, 4));
  g_assert_cmpfloat (coterie_scale_get_tick (scale, 0), >=, scale->lower - 1e-8 * scale->step);
  g_assert_cmpfloat (coterie_scale_get_tick (scale, scale->n_ticks - 1), <=,
                     scale->upper + 1e-8 * scale->step);
}

static void
test_no_axis_has_one_tick_only (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (13);
  CoterieScale scale;

  coterie_scale_fix (&scale, 86.1, 93.9, 3);
  assert_near (coterie_scale_get_tick (&scale, 0), 88.0);
  assert_near (coterie_scale_get_tick (&scale, 1), 92.0);
  for (guint i = 0; i < 20000; i++) {
    double size = pow (10.0, g_rand_double_range (random, -6.0, 6.0));
    double min = size * g_rand_double_range (random, -1.0, 1.0);
    double max = min + size * pow (10.0, g_rand_double_range (random, -4.0, 1.0));
    double first = floor (g_rand_double_range (random, 0.0, 500.0));
    guint max_ticks = (guint) g_rand_int_range (random, 2, 12);

    coterie_scale_fix (&scale, min, max, max_ticks);
    assert_some_ticks (&scale, max_ticks);
    coterie_scale_fit (&scale, min, max, min, max, max_ticks);
    assert_some_ticks (&scale, max_ticks);
    coterie_scale_fix_integer (&scale, first, first + g_rand_int_range (random, 1, 60), max_ticks);
    assert_some_ticks (&scale, max_ticks);
    g_assert_cmpfloat (scale.step, ==, round (scale.step));
  }
}

static void
test_integer_ticks_are_whole (void)
{
  CoterieScale scale;

  coterie_scale_fix_integer (&scale, 0.0, 20.0, 6);
  assert_near (scale.step, 5.0);
  g_assert_cmpuint (scale.n_ticks, ==, 5);

  coterie_scale_fix_integer (&scale, 0.0, 3.0, 12);
  assert_near (scale.step, 1.0);
  g_assert_cmpuint (scale.n_ticks, ==, 4);
  g_assert_cmpuint (scale.n_decimals, ==, 0);

  coterie_scale_fix_integer (&scale, 0.0, 18.0, 5);
  assert_near (scale.upper, 18.0);
  assert_near (coterie_scale_get_tick (&scale, scale.n_ticks - 1), 15.0);

  coterie_scale_fix_integer (&scale, 0.0, 0.0, 5);
  assert_near (scale.upper, 1.0);
  g_assert_cmpuint (scale.n_ticks, ==, 2);

  coterie_scale_fix_integer (&scale, NAN, NAN, 5);
  assert_near (scale.lower, 0.0);
  assert_near (scale.upper, 1.0);
}

static void
test_pixels_lead_back (void)
{
  CoterieScale scale;

  coterie_scale_fix (&scale, -2.0, 6.0, 5);
  assert_near (coterie_scale_to_px (&scale, -2.0, 110.0, 10.0), 110.0);
  assert_near (coterie_scale_to_px (&scale, 6.0, 110.0, 10.0), 10.0);
  assert_near (coterie_scale_to_px (&scale, 2.0, 110.0, 10.0), 60.0);
  g_assert_true (isnan (coterie_scale_to_px (&scale, NAN, 110.0, 10.0)));
  for (double value = -5.0; value < 9.0; value += 0.37)
    assert_near (coterie_scale_from_px (&scale, coterie_scale_to_px (&scale, value, 110.0, 10.0),
                                        110.0, 10.0),
                 value);
}

static void
test_labels_have_the_decimals_of_the_step (void)
{
  assert_label (0.3, 2, "0.30");
  assert_label (1234.0, 0, "1234");
  assert_label (-0.25, 2, "−0.25");
  assert_label (-0.001, 2, "0.00");
  assert_label (-0.0, 1, "0.0");
  assert_label (2e9, 0, "2e+09");
  assert_label (3e-12, 13, "3e-12");
  assert_label (NAN, 2, "–");
  assert_label (INFINITY, 2, "–");
}

static void
test_labels_ignore_the_locale (void)
{
  const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "sv_SE.UTF-8"};
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (names) && !found; i++)
    found = setlocale (LC_ALL, names[i]) != NULL && localeconv ()->decimal_point[0] == ',';
  if (!found) {
    g_test_skip ("no locale with a decimal comma is installed");
    return;
  }
  assert_label (0.25, 2, "0.25");
  setlocale (LC_ALL, "C.UTF-8");
}

static void
test_ticks_read_differently (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (guint i = 0; i < 2000; i++) {
    double size = pow (10.0, g_rand_double_range (random, -12.0, 12.0));
    double min = size * g_rand_double_range (random, -1.0, 1.0);
    CoterieScale scale;
    g_autofree char *last = NULL;

    coterie_scale_fit (&scale, min, min + 0.001 * size, NAN, NAN, 6);
    for (guint tick = 0; tick < scale.n_ticks; tick++) {
      char *label = coterie_scale_format (coterie_scale_get_tick (&scale, tick), scale.n_decimals);

      g_assert_cmpstr (label, !=, last);
      g_free (last);
      last = label;
    }
  }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plot/scale/steps-are-one-two-five", test_steps_are_one_two_five);
  g_test_add_func ("/plot/scale/limits-lie-at-ticks", test_limits_lie_at_ticks);
  g_test_add_func ("/plot/scale/limits-contain-the-data", test_limits_contain_the_data);
  g_test_add_func ("/plot/scale/bounds-hold", test_bounds_hold);
  g_test_add_func ("/plot/scale/limits-do-not-cross-zero", test_limits_do_not_cross_zero);
  g_test_add_func ("/plot/scale/no-data-have-a-range", test_no_data_have_a_range);
  g_test_add_func ("/plot/scale/one-value-lies-within", test_one_value_lies_within);
  g_test_add_func ("/plot/scale/fixed-limits-stay", test_fixed_limits_stay);
  g_test_add_func ("/plot/scale/no-axis-has-one-tick-only", test_no_axis_has_one_tick_only);
  g_test_add_func ("/plot/scale/integer-ticks-are-whole", test_integer_ticks_are_whole);
  g_test_add_func ("/plot/scale/pixels-lead-back", test_pixels_lead_back);
  g_test_add_func ("/plot/scale/labels-have-the-decimals-of-the-step",
                   test_labels_have_the_decimals_of_the_step);
  g_test_add_func ("/plot/scale/labels-ignore-the-locale", test_labels_ignore_the_locale);
  g_test_add_func ("/plot/scale/ticks-read-differently", test_ticks_read_differently);
  return g_test_run ();
}
