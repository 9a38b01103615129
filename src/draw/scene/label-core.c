/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The core of a community: where most of its nodes are. A name stands there, or beside it, wherever a few
 * nodes of the community have gone.
 *
 * The middle is the geometric median, the point whose distances from the nodes have the least sum: less
 * than half of the nodes cannot carry it away. It is found by Weiszfeld's iteration (E. Weiszfeld, "Sur le
 * point pour lequel la somme des distances de n points donnés est minimum", Tohoku Mathematical Journal 43,
 * 1937, 355–386). The core is what lies no farther from it than twice the median distance. */

#include "draw/scene/label-core.h"

#include <math.h>

/* Enough for a name: the middle moves by less than a letter after it. */
#define N_STEPS 8

/* The middle of a large community is that of about so many of its nodes, evenly taken. */
#define MAX_SAMPLED 128

/* Times the median distance. */
#define CORE_REACH 2.0

static void
find_mean (const float *positions, const guint32 *members, guint n_members, double *x, double *y)
{
  *x = *y = 0.0;
  for (guint i = 0; i < n_members; i++) {
    *x += positions[2 * (gsize) members[i]] / n_members;
    *y += positions[2 * (gsize) members[i] + 1] / n_members;
  }
}

static double
get_distance (const float *positions, guint32 member, double x, double y)
{
  double dx = positions[2 * (gsize) member] - x, dy = positions[2 * (gsize) member + 1] - y;

  return sqrt (dx * dx + dy * dy);
}

/* One step from (x, y); no node is taken for nearer than @least. */
static void
step_to_median (const float *positions,
                const guint32 *members,
                guint n_members,
                double least,
                double *x,
                double *y)
{
  double sum = 0.0, sum_x = 0.0, sum_y = 0.0;

  for (guint i = 0; i < n_members; i++) {
    double weight = 1.0 / fmax (get_distance (positions, members[i], *x, *y), least);

    sum += weight;
    sum_x += weight * positions[2 * (gsize) members[i]];
    sum_y += weight * positions[2 * (gsize) members[i] + 1];
  }
  *x = sum_x / sum;
  *y = sum_y / sum;
}

static int
compare_distances (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static double
find_median_distance (
    const float *positions, const guint32 *members, guint n_members, double x, double y)
{
  g_autofree double *distances = g_new (double, n_members);

  for (guint i = 0; i < n_members; i++)
    distances[i] = get_distance (positions, members[i], x, y);
  qsort (distances, n_members, sizeof *distances, compare_distances);
  return distances[n_members / 2];
}

/**
 * coterie_label_core_find:
 * @positions: [nodes][2]: finite
 * @members: [n_members]: nodes
 * @n_members: how many; with none the core is a point at the origin
 *
 * Cost: a pass over the members.
 *
 * Returns: where most of @members are
 */
CoterieLabelCore
coterie_label_core_find (const float *positions, const guint32 *members, guint n_members)
{
  CoterieLabelCore core = {0};
  guint32 sample[2 * MAX_SAMPLED];
  guint stride = MAX (n_members / MAX_SAMPLED, 1), n_sampled = 0;
  double x, y, spread, reach;

  if (n_members == 0)
    return core;
  for (guint i = 0; i < n_members && n_sampled < G_N_ELEMENTS (sample); i += stride)
    sample[n_sampled++] = members[i];
  find_mean (positions, sample, n_sampled, &x, &y);
  spread = find_median_distance (positions, sample, n_sampled, x, y);
  for (guint i = 0; i < N_STEPS && spread > 0.0; i++)
    step_to_median (positions, sample, n_sampled, 0.01 * spread, &x, &y);
  reach = CORE_REACH * find_median_distance (positions, sample, n_sampled, x, y);

  core.x = (float) x;
  core.y = (float) y;
  for (guint i = 0; i < n_members; i++) {
    const float *point = positions + 2 * (gsize) members[i];

    if (get_distance (positions, members[i], x, y) > reach)
      continue;
    core.left = fmaxf (core.left, core.x - point[0]);
    core.right = fmaxf (core.right, point[0] - core.x);
    core.below = fmaxf (core.below, core.y - point[1]);
    core.above = fmaxf (core.above, point[1] - core.y);
  }
  return core;
}
