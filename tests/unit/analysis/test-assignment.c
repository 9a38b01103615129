/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/analysis/assignment.h"
#include "core/base/rng.h"

#define MAX_SIDE 5

/* The greatest sum of gains by trying everything: each row takes any column that is left, or none. */
static double
find_best_sum (const double *gains, guint n_rows, guint n_columns, guint row, guint taken)
{
  double best;

  if (row == n_rows)
    return 0.0;
  best = find_best_sum (gains, n_rows, n_columns, row + 1, taken);
  for (guint j = 0; j < n_columns; j++) {
    double sum;

    if (taken & 1u << j)
      continue;
    sum = gains[row * n_columns + j] +
          find_best_sum (gains, n_rows, n_columns, row + 1, taken | 1u << j);
    best = MAX (best, sum);
  }
  return best;
}

/* The sum of what was assigned; no column twice, and none that gains nothing. */
static double
add_assigned (const double *gains, guint n_rows, guint n_columns, const guint *assigned)
{
  guint taken = 0;
  double sum = 0.0;

  for (guint i = 0; i < n_rows; i++) {
    if (assigned[i] == COTERIE_ASSIGNMENT_NONE)
      continue;
    g_assert_cmpuint (assigned[i], <, n_columns);
    g_assert_cmpuint (taken & 1u << assigned[i], ==, 0);
    g_assert_cmpfloat (gains[i * n_columns + assigned[i]], >, 0.0);
    taken |= 1u << assigned[i];
    sum += gains[i * n_columns + assigned[i]];
  }
  return sum;
}

static void
assert_best (const double *gains, guint n_rows, guint n_columns)
{
  guint assigned[MAX_SIDE];

  coterie_assignment_compute (gains, n_rows, n_columns, assigned);
  /* sums of at most five numbers up to 10 */
  g_assert_cmpfloat_with_epsilon (add_assigned (gains, n_rows, n_columns, assigned),
                                  find_best_sum (gains, n_rows, n_columns, 0, 0), 1e-12);
}

static void
assert_best_for_all_shapes (double (*draw) (CoterieRng *rng))
{
  double gains[MAX_SIDE * MAX_SIDE];
  CoterieRng rng;

  coterie_rng_init (&rng, 6, 0);
  for (guint n_rows = 1; n_rows <= MAX_SIDE; n_rows++)
    for (guint n_columns = 1; n_columns <= MAX_SIDE; n_columns++)
      for (guint trial = 0; trial < 40; trial++) {
        for (guint i = 0; i < n_rows * n_columns; i++)
          gains[i] = draw (&rng);
        assert_best (gains, n_rows, n_columns);
      }
}

static double
draw_real (CoterieRng *rng)
{
  return 10.0 * coterie_rng_uniform (rng);
}

/* Few values, so that there are many ties, and half of them zero. */
static double
draw_count (CoterieRng *rng)
{
  guint64 number = coterie_rng_below (rng, 6);

  return number < 3 ? 0.0 : (double) number;
}

static void
test_random_gains (void)
{
  assert_best_for_all_shapes (draw_real);
}

static void
test_counts_with_ties (void)
{
  assert_best_for_all_shapes (draw_count);
}

/* Each row's own best column first would give 9 + 1 = 10. */
static void
test_gives_way_for_the_sum (void)
{
  const double gains[] = {9.0, 8.0, 7.0, 1.0};
  guint assigned[2];

  coterie_assignment_compute (gains, 2, 2, assigned);
  g_assert_cmpuint (assigned[0], ==, 1);
  g_assert_cmpuint (assigned[1], ==, 0);
}

static void
test_more_rows_than_columns (void)
{
  const double gains[] = {1.0, 3.0, 2.0};
  guint assigned[3];

  coterie_assignment_compute (gains, 3, 1, assigned);
  g_assert_cmpuint (assigned[0], ==, COTERIE_ASSIGNMENT_NONE);
  g_assert_cmpuint (assigned[1], ==, 0);
  g_assert_cmpuint (assigned[2], ==, COTERIE_ASSIGNMENT_NONE);
}

static void
test_more_columns_than_rows (void)
{
  const double gains[] = {1.0, 3.0, 2.0};
  guint assigned[1];

  coterie_assignment_compute (gains, 1, 3, assigned);
  g_assert_cmpuint (assigned[0], ==, 1);
}

static void
test_zeros_assign_nothing (void)
{
  const double gains[3 * 4] = {0.0};
  guint assigned[3] = {0};

  coterie_assignment_compute (gains, 3, 4, assigned);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (assigned[i], ==, COTERIE_ASSIGNMENT_NONE);
}

static void
test_without_rows_or_columns (void)
{
  guint assigned[2] = {0, 7};

  coterie_assignment_compute (NULL, 0, 0, assigned);
  coterie_assignment_compute (NULL, 0, 3, assigned);
  g_assert_cmpuint (assigned[0], ==, 0); /* not written to */

  coterie_assignment_compute (NULL, 1, 0, assigned);
  g_assert_cmpuint (assigned[0], ==, COTERIE_ASSIGNMENT_NONE);
  g_assert_cmpuint (assigned[1], ==, 7);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/assignment/random-gains-as-by-trying-all", test_random_gains);
  g_test_add_func ("/analysis/assignment/counts-with-ties-as-by-trying-all", test_counts_with_ties);
  g_test_add_func ("/analysis/assignment/gives-way-for-the-sum", test_gives_way_for_the_sum);
  g_test_add_func ("/analysis/assignment/more-rows-than-columns", test_more_rows_than_columns);
  g_test_add_func ("/analysis/assignment/more-columns-than-rows", test_more_columns_than_rows);
  g_test_add_func ("/analysis/assignment/zeros-assign-nothing", test_zeros_assign_nothing);
  g_test_add_func ("/analysis/assignment/without-rows-or-columns", test_without_rows_or_columns);
  return g_test_run ();
}
