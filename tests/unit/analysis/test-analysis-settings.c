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
  const CoterieAnalysisSettings least = {1, 2, 1e-9, COTERIE_COMMUNITY_METHOD_TRACKED, 0, 0};
  const CoterieAnalysisSettings most = {65536, 10000,      100.0, COTERIE_COMMUNITY_METHOD_LEIDEN,
                                        1000,  G_MAXUINT64};
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
  coterie_analysis_settings_init (&settings);
  settings.n_null_graphs = 1001;
  assert_invalid (&settings);
  coterie_analysis_settings_init (&settings);
  settings.method = (CoterieCommunityMethod) COTERIE_N_COMMUNITY_METHODS;
  assert_invalid (&settings);
}

static void
test_names_of_methods_lead_back (void)
{
  CoterieCommunityMethod method;

  for (guint i = 0; i < COTERIE_N_COMMUNITY_METHODS; i++) {
    const char *name = coterie_community_method_to_string ((CoterieCommunityMethod) i);

    g_assert_true (coterie_community_method_from_string (name, &method));
    g_assert_cmpuint (method, ==, i);
  }
  g_assert_false (coterie_community_method_from_string ("Louvain", &method));
}

static void
test_every_setting_counts_when_compared (void)
{
  CoterieAnalysisSettings settings;
  CoterieAnalysisSettings changed[6];

  coterie_analysis_settings_init (&settings);
  for (guint i = 0; i < G_N_ELEMENTS (changed); i++)
    changed[i] = settings;
  changed[0].top++;
  changed[1].bins++;
  changed[2].resolution = 1.0;
  changed[3].method = COTERIE_COMMUNITY_METHOD_LOUVAIN;
  changed[4].n_null_graphs++;
  changed[5].seed++;
  g_assert_true (coterie_analysis_settings_equal (&settings, &settings));
  for (guint i = 0; i < G_N_ELEMENTS (changed); i++)
    g_assert_false (coterie_analysis_settings_equal (&settings, &changed[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/settings/defaults-are-the-papers", test_defaults_are_the_papers);
  g_test_add_func ("/analysis/settings/limits", test_limits);
  g_test_add_func ("/analysis/settings/names-of-methods-lead-back",
                   test_names_of_methods_lead_back);
  g_test_add_func ("/analysis/settings/every-setting-counts-when-compared",
                   test_every_setting_counts_when_compared);
  return g_test_run ();
}
