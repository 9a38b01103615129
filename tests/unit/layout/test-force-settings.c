/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/layout/force-settings.h"

#include <math.h>

static void
assert_out_of_range (const CoterieForceSettings *settings, const char *name)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (coterie_force_settings_validate (settings, &error));
  g_assert_error (error, COTERIE_LAYOUT_ERROR, COTERIE_LAYOUT_ERROR_OUT_OF_RANGE);
  g_assert_nonnull (strstr (error->message, name));
}

static void
test_defaults_are_valid (void)
{
  CoterieForceSettings settings;
  g_autoptr (GError) error = NULL;

  coterie_force_settings_init (&settings);
  g_assert_true (coterie_force_settings_validate (&settings, &error));
  g_assert_no_error (error);
}

static void
test_limits_hold (void)
{
  CoterieForceSettings settings;
  const struct {
    double *value;
    double max;
    const char *name;
  } limits[] = {
      {&settings.scaling, 1e6, "scaling"},
      {&settings.gravity, 1e6, "gravity"},
      {&settings.anchoring, 1e6, "anchoring"},
      {&settings.weight_influence, 10.0, "edge weight influence"},
      {&settings.force_error_percent, 100.0, "force error"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++) {
    const double wrong[] = {-0.001, limits[i].max * 1.001, NAN, INFINITY};

    coterie_force_settings_init (&settings);
    *limits[i].value = limits[i].max;
    g_assert_true (coterie_force_settings_validate (&settings, NULL));
    *limits[i].value = 0.0;
    g_assert_true (coterie_force_settings_validate (&settings, NULL));
    for (guint k = 0; k < G_N_ELEMENTS (wrong); k++) {
      *limits[i].value = wrong[k];
      assert_out_of_range (&settings, limits[i].name);
    }
  }
}

static void
test_layout_takes_a_step (void)
{
  CoterieForceSettings settings;

  coterie_force_settings_init (&settings);
  settings.max_steps = 0;
  assert_out_of_range (&settings, "steps");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/settings/defaults-are-valid", test_defaults_are_valid);
  g_test_add_func ("/layout/settings/limits-hold", test_limits_hold);
  g_test_add_func ("/layout/settings/layout-takes-a-step", test_layout_takes_a_step);
  return g_test_run ();
}
