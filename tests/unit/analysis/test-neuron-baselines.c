/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/analysis/neuron-baselines.h"

#include <math.h>

static void
test_selectivity_closed_forms (void)
{
  const double even[] = {0.7, 0.7, 0.7};
  const double single[] = {0.0, 0.3, 0.0, 0.0};
  const double mixed[] = {1.0, 4.0, 3.0};
  const double with_empty[] = {1.0, NAN, 4.0, 3.0};
  const double strided[] = {1.0, 9.0, 4.0, 9.0, 3.0, 9.0};

  g_assert_cmpfloat (coterie_selectivity_compute (even, 3, 1), ==, 0.0);
  g_assert_cmpfloat (coterie_selectivity_compute (single, 4, 1), ==, 1.0);
  g_assert_cmpfloat_with_epsilon (coterie_selectivity_compute (mixed, 3, 1), 2.0 / 6.0, 1e-15);
  g_assert_cmpfloat_with_epsilon (coterie_selectivity_compute (with_empty, 4, 1), 2.0 / 6.0, 1e-15);
  g_assert_cmpfloat_with_epsilon (coterie_selectivity_compute (strided, 3, 2), 2.0 / 6.0, 1e-15);
}

static void
test_selectivity_needs_activity_and_two_classes (void)
{
  const double silent[] = {0.0, 0.0};
  const double one_class[] = {0.5, NAN};

  g_assert_true (isnan (coterie_selectivity_compute (silent, 2, 1)));
  g_assert_true (isnan (coterie_selectivity_compute (one_class, 2, 1)));
  g_assert_true (isnan (coterie_selectivity_compute (one_class, 1, 1)));
}

/* Neurons: dead, always active and even, active for the second class alone. Four samples. */
static void
test_layer_closed_form (void)
{
  const guint16 labels[] = {0, 0, 1, 1};
  const float activations[] = {0.0f, 0.0f, 0.0f, 0.0f, 2.0f, 2.0f,
                               2.0f, 2.0f, 0.0f, 0.0f, 1.0f, 3.0f};
  g_autoptr (CoterieClassOrder) order = coterie_class_order_new (labels, 4, 2);
  const CoterieTallySettings settings = {3, 1, COTERIE_PAIRS_CLASS, NULL, 0};
  g_autoptr (CoterieLayerTally) tally = coterie_layer_tally_new (&settings, order);
  const CoterieClassRun runs[] = {{0, 0, 2, 0}, {1, 2, 4, 0}};
  const CoterieTallyBlock block = {activations, 4, runs, 2};
  CoterieLayerBaselines baselines = {.n_patterns = 17};

  g_assert_true (coterie_layer_tally_add_moments (tally, &block, 0, 3));
  coterie_layer_tally_choose (tally);
  coterie_neuron_baselines_fill (&baselines, tally);
  g_assert_cmpfloat (baselines.selectivity, ==, 0.5);
  g_assert_cmpfloat_with_epsilon (baselines.dead_frac, 1.0 / 3.0, 1e-15);
  g_assert_cmpfloat_with_epsilon (baselines.always_active_frac, 1.0 / 3.0, 1e-15);
  g_assert_cmpfloat_with_epsilon (baselines.sparsity, 0.5, 1e-15);
  g_assert_cmpuint (baselines.n_patterns, ==, 17);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/baselines/selectivity-closed-forms", test_selectivity_closed_forms);
  g_test_add_func ("/analysis/baselines/selectivity-needs-activity-and-two-classes",
                   test_selectivity_needs_activity_and_two_classes);
  g_test_add_func ("/analysis/baselines/layer-closed-form", test_layer_closed_form);
  return g_test_run ();
}
