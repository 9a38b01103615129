/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/analysis/memory-plan.h"

static void
test_all_fits_into_much (void)
{
  CoterieMemoryPlan plan;

  coterie_memory_plan_make (&plan, 1000000, 1000, 100, 50, G_MAXUINT);
  g_assert_cmpuint (plan.sweep_neurons, ==, 100);
  g_assert_cmpuint (plan.n_sweeps, ==, 1);
  g_assert_cmpuint (plan.kept_bytes, ==, 1000000 - 1000 - 100 * 50);
}

static void
test_histograms_come_before_what_is_kept (void)
{
  CoterieMemoryPlan plan;

  coterie_memory_plan_make (&plan, 1000 + 70 * 50, 1000, 100, 50, G_MAXUINT);
  g_assert_cmpuint (plan.sweep_neurons, ==, 70);
  g_assert_cmpuint (plan.n_sweeps, ==, 2);
  g_assert_cmpuint (plan.kept_bytes, ==, 0);
}

static void
test_never_takes_more_than_there_is (void)
{
  guint64 least = coterie_memory_plan_get_least_bytes (1000, 500, 50);

  for (guint64 bytes = 0; bytes < 60000; bytes += 77)
    for (guint64 most = 1; most < 1000; most *= 3) {
      CoterieMemoryPlan plan;

      coterie_memory_plan_make (&plan, bytes, 1000, 500, 50, most);
      g_assert_cmpuint (plan.sweep_neurons, <=, most);
      g_assert_cmpuint (plan.n_sweeps * plan.sweep_neurons, >=, 500);
      g_assert_cmpuint ((plan.n_sweeps - 1) * plan.sweep_neurons, <, 500);
      g_assert_cmpuint (plan.fixed_bytes + plan.sweep_neurons * 50 + plan.kept_bytes, <=,
                        MAX (bytes, least));
    }
}

static void
test_a_network_without_neurons_needs_one_sweep (void)
{
  CoterieMemoryPlan plan;

  coterie_memory_plan_make (&plan, 0, 1000, 0, 50, G_MAXUINT);
  g_assert_cmpuint (plan.n_sweeps, ==, 1);
  g_assert_cmpuint (coterie_memory_plan_get_least_bytes (1000, 0, 50), ==, 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/memory/all-fits-into-much", test_all_fits_into_much);
  g_test_add_func ("/analysis/memory/histograms-come-before-what-is-kept",
                   test_histograms_come_before_what_is_kept);
  g_test_add_func ("/analysis/memory/never-takes-more-than-there-is",
                   test_never_takes_more_than_there_is);
  g_test_add_func ("/analysis/memory/a-network-without-neurons-needs-one-sweep",
                   test_a_network_without_neurons_needs_one_sweep);
  return g_test_run ();
}
