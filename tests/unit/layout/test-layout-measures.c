/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/layout/layout-measures.h"

#include <math.h>

#include "core/base/rng.h"

static void
test_radius_is_root_mean_square (void)
{
  const double positions[] = {10.0, 10.0, 10.0, 16.0, 18.0, 10.0, 18.0, 16.0};

  g_assert_cmpfloat_with_epsilon (coterie_layout_measure_radius (positions, 4), 5.0, 1e-12);
  g_assert_cmpfloat (coterie_layout_measure_radius (positions, 1), ==, 0.0);
  g_assert_cmpfloat (coterie_layout_measure_radius (NULL, 0), ==, 0.0);
}

/* Within: 1 and 2. Between: 10, 8, and the hypotenuses. */
static void
test_separation_is_known (void)
{
  const double positions[] = {0.0, 0.0, 0.0, 1.0, 10.0, 0.0, 10.0, 2.0};
  const guint32 communities[] = {0, 0, 3, 3};
  double between = (10.0 + hypot (10.0, 2.0) + 2.0 * hypot (10.0, 1.0)) / 4.0;

  g_assert_cmpfloat_with_epsilon (coterie_layout_measure_separation (positions, communities, 4),
                                  1.5 / between, 1e-12);
}

static void
test_separation_wants_both_kinds_of_pairs (void)
{
  const double positions[] = {0.0, 0.0, 1.0, 0.0, 2.0, 0.0};
  const guint32 same[] = {1, 1, 1};
  const guint32 different[] = {0, 1, 2};

  g_assert_true (isnan (coterie_layout_measure_separation (positions, same, 3)));
  g_assert_true (isnan (coterie_layout_measure_separation (positions, different, 3)));
  g_assert_true (isnan (coterie_layout_measure_separation (NULL, NULL, 0)));
}

/* Two squares side by side, so many nodes that pairs are drawn, against the means over all pairs. */
static void
test_sample_tells_separation (void)
{
  const guint n_nodes = 3000;
  g_autofree double *positions = g_new (double, 2 * n_nodes);
  g_autofree guint32 *communities = g_new (guint32, n_nodes);
  double sums[2] = {0.0}, counts[2] = {0.0};
  CoterieRng rng;

  coterie_rng_init (&rng, 4, 0);
  for (guint v = 0; v < n_nodes; v++) {
    communities[v] = v % 2;
    positions[2 * v] = coterie_rng_uniform (&rng) + 3.0 * (v % 2);
    positions[2 * v + 1] = coterie_rng_uniform (&rng);
  }
  for (guint v = 0; v < n_nodes; v++)
    for (guint w = v + 1; w < n_nodes; w++) {
      sums[(v + w) % 2] +=
          hypot (positions[2 * v] - positions[2 * w], positions[2 * v + 1] - positions[2 * w + 1]);
      counts[(v + w) % 2] += 1.0;
    }
  g_assert_cmpfloat_with_epsilon (
      coterie_layout_measure_separation (positions, communities, n_nodes),
      sums[0] / counts[0] / (sums[1] / counts[1]), 0.002);
}

static void
test_move_is_of_common_neurons (void)
{
  const double before[] = {0.0, 0.0, 7.0, 7.0, 4.0, 0.0};
  const guint32 old_neurons[] = {1, 3, 8};
  const double after[] = {3.0, 4.0, 4.0, 1.0, 90.0, 90.0};
  const guint32 neurons[] = {1, 8, 9};
  double radius = coterie_layout_measure_radius (after, 3);

  g_assert_cmpfloat_with_epsilon (
      coterie_layout_measure_move (before, old_neurons, 3, after, neurons, 3), 3.0 / radius, 1e-12);
  g_assert_cmpfloat (coterie_layout_measure_move (after, neurons, 3, after, neurons, 3), ==, 0.0);
  g_assert_cmpfloat (coterie_layout_measure_move (before, old_neurons, 3, NULL, NULL, 0), ==, 0.0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/measures/radius-is-root-mean-square", test_radius_is_root_mean_square);
  g_test_add_func ("/layout/measures/separation-is-known", test_separation_is_known);
  g_test_add_func ("/layout/measures/separation-wants-both-kinds-of-pairs",
                   test_separation_wants_both_kinds_of_pairs);
  g_test_add_func ("/layout/measures/sample-tells-separation", test_sample_tells_separation);
  g_test_add_func ("/layout/measures/move-is-of-common-neurons", test_move_is_of_common_neurons);
  return g_test_run ();
}
