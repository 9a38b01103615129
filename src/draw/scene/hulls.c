/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What encloses a community, for the soft area behind it.
 *
 * Two hulls can be blended when they have the same number of points and the points of one index belong
 * together. So a hull is asked for its outermost point in each of a fixed number of directions: its
 * corners, as good as all of them, each as often as it is outermost. The same direction at both ends
 * then is the same place of the outline.
 *
 * A few members that the layout left elsewhere would make the area cover half of the graph. They stay
 * outside: members that are further from the middle than a few times the usual distance. Middle and
 * usual distance are medians, on which strays have no influence. */

#include "draw/scene/hulls.h"

#include <math.h>

/* In median distances from the middle; those of a filled disc end at 1.41. */
#define MAX_DISTANCE 1.9

static int
compare_floats (gconstpointer a, gconstpointer b)
{
  float left = *(const float *) a, right = *(const float *) b;

  return left < right ? -1 : left > right;
}

static float
find_median (float *values, guint n_values)
{
  qsort (values, n_values, sizeof *values, compare_floats);
  return n_values % 2 == 1 ? values[n_values / 2]
                           : 0.5f * (values[n_values / 2 - 1] + values[n_values / 2]);
}

/* Keeps the members near the middle, in @kept, and returns how many. */
static guint
leave_out_strays (const float *positions, const guint32 *members, guint n_members, guint32 *kept)
{
  g_autofree float *values = g_new (float, n_members);
  float middle[2];
  float limit;
  guint n_kept = 0;

  for (guint axis = 0; axis < 2; axis++) {
    for (guint i = 0; i < n_members; i++)
      values[i] = positions[2 * members[i] + axis];
    middle[axis] = find_median (values, n_members);
  }
  for (guint i = 0; i < n_members; i++)
    values[i] =
        hypotf (positions[2 * members[i]] - middle[0], positions[2 * members[i] + 1] - middle[1]);
  limit = (float) MAX_DISTANCE * find_median (values, n_members);

  for (guint i = 0; i < n_members; i++)
    if (hypotf (positions[2 * members[i]] - middle[0], positions[2 * members[i] + 1] - middle[1]) <=
        limit)
      kept[n_kept++] = members[i];
  return n_kept;
}

/**
 * coterie_hull_compute:
 * @positions: [nodes][2]: layout units
 * @members: (array length=n_members): nodes
 * @n_members: how many
 * @points: (out caller-allocates): [COTERIE_HULL_N_POINTS][2]: a convex polygon in which corners may
 *   come several times in a row, counterclockwise from the right, layout units
 *
 * Finds the convex hull of the members without strays. Nodes in one place have a hull of one point.
 * Cost: two sorts and %COTERIE_HULL_N_POINTS passes over the members.
 *
 * Returns: %FALSE without members; @points is not written then
 */
gboolean
coterie_hull_compute (const float *positions,
                      const guint32 *members,
                      guint n_members,
                      float points[static 2 * COTERIE_HULL_N_POINTS])
{
  g_autofree guint32 *kept = g_new (guint32, n_members);
  guint n_kept;

  if (n_members == 0)
    return FALSE;

  n_kept = leave_out_strays (positions, members, n_members, kept);
  for (guint d = 0; d < COTERIE_HULL_N_POINTS; d++) {
    double angle_rad = 2.0 * G_PI * d / COTERIE_HULL_N_POINTS;
    double dx = cos (angle_rad), dy = sin (angle_rad);
    double furthest = -G_MAXDOUBLE;

    for (guint i = 0; i < n_kept; i++) {
      const float *position = positions + 2 * (gsize) kept[i];
      double reach = (double) position[0] * dx + (double) position[1] * dy;

      if (reach > furthest) {
        furthest = reach;
        points[2 * d] = position[0];
        points[2 * d + 1] = position[1];
      }
    }
  }
  return TRUE;
}
