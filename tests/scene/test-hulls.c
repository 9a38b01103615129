/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What encloses a community. */

#include "draw/scene/hulls.h"

#include <math.h>
#include <string.h>

#define N_POINTS COTERIE_HULL_N_POINTS

/* How far a point lies outside of the polygon, layout units; 0 or less inside. */
static double
measure_outside (const float *hull, double x, double y)
{
  double outside = -G_MAXDOUBLE;

  for (guint i = 0; i < N_POINTS; i++) {
    const float *a = hull + 2 * i, *b = hull + 2 * ((i + 1) % N_POINTS);
    double dx = (double) b[0] - (double) a[0], dy = (double) b[1] - (double) a[1];
    double length = hypot (dx, dy);

    if (length > 0.0)
      outside = fmax (outside, ((x - (double) a[0]) * dy - (y - (double) a[1]) * dx) / length);
  }
  return outside;
}

static void
fill_disc (float *positions, guint n_nodes, guint32 *members)
{
  GRand *rand = g_rand_new_with_seed (5);

  for (guint v = 0; v < n_nodes; v++) {
    double radius = 7.0 * sqrt (g_rand_double (rand));
    double angle_rad = g_rand_double_range (rand, 0.0, 2.0 * G_PI);

    positions[2 * v] = (float) (3.0 + radius * cos (angle_rad));
    positions[2 * v + 1] = (float) (-2.0 + radius * sin (angle_rad));
    members[v] = v;
  }
  g_rand_free (rand);
}

/* A direction every 11.25 degrees: what no direction finds is cut off by at most 1 / 100 of the width.
 */
static void
test_encloses_its_members (void)
{
  float positions[2 * 80], hull[2 * N_POINTS];
  guint32 members[80];
  guint n_corners = 0;

  fill_disc (positions, 80, members);
  g_assert_true (coterie_hull_compute (positions, members, 80, hull));
  for (guint v = 0; v < 80; v++)
    g_assert_cmpfloat (
        measure_outside (hull, (double) positions[2 * v], (double) positions[2 * v + 1]), <, 0.14);
  for (guint i = 0; i < N_POINTS; i++) {
    gboolean is_member = FALSE;

    for (guint v = 0; v < 80; v++)
      is_member |= memcmp (hull + 2 * i, positions + 2 * v, 2 * sizeof (float)) == 0;
    g_assert_true (is_member);
    n_corners += memcmp (hull + 2 * i, hull + 2 * ((i + 1) % N_POINTS), 2 * sizeof (float)) != 0;
  }
  g_assert_cmpuint (n_corners, >=, 8);
}

static void
test_strays_stay_outside (void)
{
  float positions[2 * 80], hull[2 * N_POINTS], without[2 * N_POINTS];
  guint32 members[80];

  fill_disc (positions, 80, members);
  coterie_hull_compute (positions, members, 78, without);
  positions[2 * 78] = 90.0f;
  positions[2 * 79 + 1] = -70.0f;
  coterie_hull_compute (positions, members, 80, hull);
  g_assert_cmpfloat (measure_outside (hull, 90.0, 0.0), >, 70.0);
  for (guint i = 0; i < N_POINTS; i++)
    g_assert_cmpfloat (hypot ((double) hull[2 * i] - 3.0, (double) hull[2 * i + 1] + 2.0), <=,
                       7.01);
  g_assert_cmpmem (hull, sizeof hull, without, sizeof without);
}

/* Points that belong together move together: a shifted community has a shifted hull. */
static void
test_shifts_with_its_members (void)
{
  float positions[2 * 30], hull[2 * N_POINTS], shifted[2 * N_POINTS];
  guint32 members[30];

  fill_disc (positions, 30, members);
  coterie_hull_compute (positions, members, 30, hull);
  for (guint v = 0; v < 30; v++)
    positions[2 * v] += 16.0f;
  coterie_hull_compute (positions, members, 30, shifted);
  for (guint i = 0; i < N_POINTS; i++) {
    g_assert_cmpfloat_with_epsilon (shifted[2 * i], hull[2 * i] + 16.0f, 1e-5);
    g_assert_cmpfloat_with_epsilon (shifted[2 * i + 1], hull[2 * i + 1], 1e-5);
  }
}

static void
test_takes_few_members (void)
{
  const float positions[] = {1.0f, 2.0f, 5.0f, 2.0f, 1.0f, 2.0f};
  const guint32 members[] = {0, 1, 2};
  float hull[2 * N_POINTS];

  g_assert_false (coterie_hull_compute (positions, members, 0, hull));
  g_assert_true (coterie_hull_compute (positions, members, 1, hull));
  for (guint i = 0; i < N_POINTS; i++) {
    g_assert_cmpfloat (hull[2 * i], ==, 1.0f);
    g_assert_cmpfloat (hull[2 * i + 1], ==, 2.0f);
  }
  g_assert_true (coterie_hull_compute (positions, members, 2, hull));
  g_assert_cmpfloat (hull[0], ==, 5.0f);
  g_assert_cmpfloat (hull[N_POINTS], ==, 1.0f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/hulls/encloses-its-members", test_encloses_its_members);
  g_test_add_func ("/scene/hulls/strays-stay-outside", test_strays_stay_outside);
  g_test_add_func ("/scene/hulls/shifts-with-its-members", test_shifts_with_its_members);
  g_test_add_func ("/scene/hulls/takes-few-members", test_takes_few_members);
  return g_test_run ();
}
