/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a series of the network (modularity, entropy, size of communities) goes together with its
 * accuracy: Pearson's coefficient, and Spearman's, which is Pearson's of the ranks. */

#include "core/analysis/correlation.h"

#include <math.h>

/* Asked of the values themselves: the mean of equal numbers may differ from them by rounding, and
 * the deviations would then be noise rather than zero. */
static gboolean
is_constant (const double *values, gsize n)
{
  for (gsize i = 1; i < n; i++)
    if (values[i] != values[0])
      return FALSE;
  return TRUE;
}

static double
compute_mean (const double *values, gsize n, double scale)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += scale * values[i];
  return sum / (double) n;
}

/* A power of two that brings the largest value near 1, so that squares neither overflow nor vanish;
 * it changes no digit. */
static double
compute_scale (const double *values, gsize n)
{
  double largest = 0.0;
  int exponent;

  for (gsize i = 0; i < n; i++)
    largest = fmax (largest, fabs (values[i]));
  frexp (largest, &exponent);
  return isfinite (largest) ? ldexp (1.0, CLAMP (-exponent, -1000, 1000)) : 1.0;
}

/**
 * coterie_correlation_pearson:
 * @x: (array length=n): a series, any unit
 * @y: (array length=n): another one, any unit
 * @n: length of both
 *
 * Pearson's correlation coefficient, in two passes, so that series far from zero lose no digits.
 *
 * Returns: dimensionless, -1 … 1; not-a-number if undefined: fewer than two points, a constant
 *   series, or a value that is not finite
 */
double
coterie_correlation_pearson (const double *x, const double *y, gsize n)
{
  double scale_x, scale_y;
  double mean_x, mean_y;
  double xx = 0.0, yy = 0.0, xy = 0.0;

  if (n < 2 || is_constant (x, n) || is_constant (y, n))
    return NAN;

  scale_x = compute_scale (x, n);
  scale_y = compute_scale (y, n);
  mean_x = compute_mean (x, n, scale_x);
  mean_y = compute_mean (y, n, scale_y);
  for (gsize i = 0; i < n; i++) {
    double dx = scale_x * x[i] - mean_x;
    double dy = scale_y * y[i] - mean_y;

    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }

  /* CLAMP would turn not-a-number into a number */
  xy /= sqrt (xx * yy);
  return isfinite (xy) ? CLAMP (xy, -1.0, 1.0) : NAN;
}

static int
compare_by_value (gconstpointer a, gconstpointer b, gpointer data)
{
  const double *values = data;
  double left = values[*(const gsize *) a];
  double right = values[*(const gsize *) b];

  return (left > right) - (left < right);
}

/**
 * coterie_correlation_rank:
 * @values: (array length=n): a series of finite numbers
 * @n: its length
 * @ranks: (out caller-allocates) (array length=n): ranks from 1, dimensionless; equal values share
 *   the average of their ranks
 *
 * Ranks a series. Cost: sorting it.
 */
void
coterie_correlation_rank (const double *values, gsize n, double *ranks)
{
  g_autofree gsize *order = g_new (gsize, n);
  gsize end;

  for (gsize i = 0; i < n; i++)
    order[i] = i;
  if (n > 1)
    g_qsort_with_data (order, (gint) n, sizeof *order, compare_by_value, (gpointer) values);

  for (gsize first = 0; first < n; first = end) {
    for (end = first + 1; end < n && values[order[end]] == values[order[first]]; end++)
      continue;
    for (gsize i = first; i < end; i++)
      ranks[order[i]] = (double) (first + 1 + end) / 2.0;
  }
}

static gboolean
is_finite (const double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (values[i]))
      return FALSE;
  return TRUE;
}

/**
 * coterie_correlation_spearman:
 * @x: (array length=n): a series, any unit
 * @y: (array length=n): another one, any unit
 * @n: length of both
 *
 * Spearman's rank correlation: Pearson's of the ranks, with average ranks for equal values.
 *
 * Returns: dimensionless, -1 … 1; not-a-number if undefined, as for coterie_correlation_pearson()
 */
double
coterie_correlation_spearman (const double *x, const double *y, gsize n)
{
  g_autofree double *ranks_x = NULL;
  g_autofree double *ranks_y = NULL;

  if (n < 2 || !is_finite (x, n) || !is_finite (y, n))
    return NAN;

  ranks_x = g_new (double, n);
  ranks_y = g_new (double, n);
  coterie_correlation_rank (x, n, ranks_x);
  coterie_correlation_rank (y, n, ranks_y);
  return coterie_correlation_pearson (ranks_x, ranks_y, n);
}
