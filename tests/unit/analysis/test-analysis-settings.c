/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/analysis/analysis-settings.h"

#include <math.h>

static void
assert_invalid (const CoterieAnalysisSettings *settings)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (coterie_analysis_settings_validate (settings, &error));
  g_assert_error (error, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_OUT_OF_RANGE);
}

static void
test_defaults_are_the_papers (void)
{
  CoterieAnalysisSettings settings;
  g_autoptr (GError) error = NULL;

  coterie_analysis_settings_init (&settings);
  g_assert_cmpuint (settings.top, ==, 50);
  g_assert_cmpuint (settings.bins, ==, 100);
  g_assert_cmpfloat (settings.resolution, ==, 0.5);
  g_assert_cmpuint (settings.seed, ==, 1);
  g_assert_true (coterie_analysis_settings_validate (&settings, &error));
  g_assert_no_error (error);
}

static void
test_limits (void)
{
  static const guint bad_tops[] = {0, 65537};
  static const guint bad_bins[] = {0, 1, 10001};
  static const double bad_resolutions[] = {0.0, -1.0, 100.5, NAN, INFINITY};
  const CoterieAnalysisSettings least = {1, 2, 1e-9, 0};
  const CoterieAnalysisSettings most = {65536, 10000, 100.0, G_MAXUINT64};
  CoterieAnalysisSettings settings;

  g_assert_true (coterie_analysis_settings_validate (&least, NULL));
  g_assert_true (coterie_analysis_settings_validate (&most, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad_tops); i++) {
    coterie_analysis_settings_init (&settings);
    settings.top = bad_tops[i];
    assert_invalid (&settings);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad_bins); i++) {
    coterie_analysis_settings_init (&settings);
    settings.bins = bad_bins[i];
    assert_invalid (&settings);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad_resolutions); i++) {
    coterie_analysis_settings_init (&settings);
    settings.resolution = bad_resolutions[i];
    assert_invalid (&settings);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/settings/defaults-are-the-papers", test_defaults_are_the_papers);
  g_test_add_func ("/analysis/settings/limits", test_limits);
  return g_test_run ();
}
