/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/dataset/known-sets.h"
#include "core/run/presets.h"

typedef struct {
  CoterieTrainingSettings training;
  CoterieAnalysisSettings analysis;
  CoterieDatasetOptions options;
} Settings;

static void
apply (const char *identifier, Settings *settings)
{
  const CoteriePreset *preset = coterie_presets_find (identifier);

  g_assert_nonnull (preset);
  coterie_preset_apply (preset, &settings->training, &settings->analysis, &settings->options);
}

static void
test_all_can_be_trained (void)
{
  guint n_presets;
  const CoteriePreset *presets = coterie_presets_list (&n_presets);

  g_assert_cmpuint (n_presets, ==, 8);
  for (guint i = 0; i < n_presets; i++) {
    Settings settings;

    apply (presets[i].identifier, &settings);
    g_assert_true (coterie_training_settings_validate (&settings.training, NULL));
    g_assert_true (coterie_analysis_settings_validate (&settings.analysis, NULL));
    g_assert_true (coterie_dataset_options_validate (&settings.options, NULL));
    g_assert_nonnull (coterie_known_sets_find (presets[i].dataset));
    g_assert_true (coterie_presets_find (presets[i].identifier) == &presets[i]);
  }
}

static void
test_no_other_name_is_found (void)
{
  g_assert_null (coterie_presets_find ("mnist"));
  g_assert_null (coterie_presets_find (""));
}

/* Table 1, and the optimizers that come nearest to it. */
static void
test_mnist_is_the_default (void)
{
  Settings settings;
  CoterieTrainingSettings defaults;

  apply ("paper-mnist", &settings);
  coterie_training_settings_init (&defaults);
  g_assert_cmpmem (&settings.training, sizeof defaults, &defaults, sizeof defaults);
}

static void
test_deep_networks (void)
{
  Settings settings;

  apply ("paper-cifar-10", &settings);
  g_assert_cmpuint (settings.training.n_hidden, ==, 6);
  g_assert_cmpuint (settings.training.hidden[5], ==, 128);
  g_assert_cmpint (settings.training.optimizer, ==, COTERIE_OPTIMIZER_SGD);
  g_assert_cmpfloat (settings.training.learning_rate, ==, 0.01);
  g_assert_cmpfloat (settings.training.dropout[5], ==, 0.3);
  g_assert_cmpuint (settings.training.n_iterations, ==, 40);
  g_assert_cmpuint (settings.training.record_every, ==, 2);
  g_assert_cmpuint (settings.options.width_px, ==, 64);

  apply ("paper-plantvillage", &settings);
  g_assert_cmpuint (settings.training.n_hidden, ==, 7);
  g_assert_cmpuint (settings.training.hidden[0], ==, 8192);
  g_assert_cmpuint (settings.training.n_iterations, ==, 100);
  g_assert_cmpuint (settings.training.record_every, ==, 5);
  g_assert_cmpuint (settings.options.width_px, ==, 256);
  g_assert_cmpuint (settings.options.height_px, ==, 256);
  g_assert_false (settings.options.color);
}

static void
test_mixed_differ_by_their_labels_alone (void)
{
  guint n_presets;
  const CoteriePreset *presets = coterie_presets_list (&n_presets);

  for (guint i = 0; i < n_presets; i++) {
    g_autofree char *mixed = g_strdup_printf ("%s-mixed", presets[i].identifier);
    Settings settings;
    Settings mixed_settings;

    if (g_str_has_suffix (presets[i].identifier, "-mixed"))
      continue;
    apply (presets[i].identifier, &settings);
    apply (mixed, &mixed_settings);
    g_assert_cmpfloat (settings.training.label_noise, ==, 0.0);
    g_assert_cmpfloat (mixed_settings.training.label_noise, ==, 1.0);
    g_assert_cmpstr (coterie_presets_find (mixed)->dataset, ==, presets[i].dataset);
    mixed_settings.training.label_noise = 0.0;
    g_assert_cmpmem (&settings.training, sizeof settings.training, &mixed_settings.training,
                     sizeof settings.training);
    g_assert_cmpuint (settings.options.width_px, ==, mixed_settings.options.width_px);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/presets/all-can-be-trained", test_all_can_be_trained);
  g_test_add_func ("/run/presets/no-other-name-is-found", test_no_other_name_is_found);
  g_test_add_func ("/run/presets/mnist-is-the-default", test_mnist_is_the_default);
  g_test_add_func ("/run/presets/deep-networks", test_deep_networks);
  g_test_add_func ("/run/presets/mixed-differ-by-their-labels-alone",
                   test_mixed_differ_by_their_labels_alone);
  return g_test_run ();
}
