/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether communities can be told apart: distances in CIE L*a*b* (1976), also as seen with
 * protanopia, deuteranopia and tritanopia after Machado, Oliveira and Fernandes 2009 (severity 1). */

#include <math.h>

#include "draw/palette.h"

#define N_HUES 8
#define N_RAMP_STEPS 20

/* Distances below about 10 are hard to name apart in small discs; 2.3 is just noticeable. */
#define MIN_DISTANCE_OF_HUES 18.0
#define MIN_DISTANCE_OF_COLORS 15.0
#define MIN_DISTANCE_OF_CANVAS 14.0

/* The eye calls colours by one name that are about so near to each other. */
#define MAX_ANGLE_OF_FAMILY_DEGREES 25.0

typedef enum {
  VISION_USUAL,
  VISION_PROTANOPIA,
  VISION_DEUTERANOPIA,
  VISION_TRITANOPIA,
  N_VISIONS,
} Vision;

typedef struct {
  double l;
  double a;
  double b;
} Lab;

static const double visions[N_VISIONS][3][3] = {
    [VISION_USUAL] = {{1.0, 0.0, 0.0}, {0.0, 1.0, 0.0}, {0.0, 0.0, 1.0}},
    [VISION_PROTANOPIA] = {{0.152286, 1.052583, -0.204868},
                           {0.114503, 0.786281, 0.099216},
                           {-0.003882, -0.048116, 1.051998}},
    [VISION_DEUTERANOPIA] = {{0.367322, 0.860646, -0.227968},
                             {0.280085, 0.672501, 0.047413},
                             {-0.011820, 0.042940, 0.968881}},
    [VISION_TRITANOPIA] = {{1.255528, -0.076749, -0.178779},
                           {-0.078411, 0.930809, 0.147602},
                           {0.004733, 0.691367, 0.303900}},
};

/* Linear sRGB to XYZ, D65, each divided by the white point. */
static const double to_xyz[3][3] = {
    {0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047},
    {0.2126729, 0.7151522, 0.0721750},
    {0.0193339 / 1.08883, 0.1191920 / 1.08883, 0.9503041 / 1.08883},
};

static double
linearize (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
bend (double value)
{
  return value > 216.0 / 24389.0 ? cbrt (value) : (24389.0 / 27.0 * value + 16.0) / 116.0;
}

static void
multiply (const double matrix[3][3], const double in[3], double out[3])
{
  for (guint row = 0; row < 3; row++)
    out[row] = matrix[row][0] * in[0] + matrix[row][1] * in[1] + matrix[row][2] * in[2];
}

static Lab
see (CoterieColor color, Vision vision)
{
  const double linear[3] = {linearize (color.red), linearize (color.green), linearize (color.blue)};
  double seen[3], xyz[3];

  multiply (visions[vision], linear, seen);
  for (guint i = 0; i < 3; i++)
    seen[i] = CLAMP (seen[i], 0.0, 1.0);
  multiply (to_xyz, seen, xyz);
  return (Lab){
      116.0 * bend (xyz[1]) - 16.0,
      500.0 * (bend (xyz[0]) - bend (xyz[1])),
      200.0 * (bend (xyz[1]) - bend (xyz[2])),
  };
}

static double
get_distance_as_seen (CoterieColor left, CoterieColor right, Vision vision)
{
  Lab p = see (left, vision), q = see (right, vision);

  return sqrt ((p.l - q.l) * (p.l - q.l) + (p.a - q.a) * (p.a - q.a) + (p.b - q.b) * (p.b - q.b));
}

static double
get_distance (CoterieColor left, CoterieColor right)
{
  double least = G_MAXDOUBLE;

  for (Vision vision = 0; vision < N_VISIONS; vision++)
    least = fmin (least, get_distance_as_seen (left, right, vision));
  return least;
}

static void
test_known_distances (void)
{
  CoterieColor white = {1.0f, 1.0f, 1.0f, 1.0f};
  CoterieColor black = {0.0f, 0.0f, 0.0f, 1.0f};
  Lab red = see ((CoterieColor){1.0f, 0.0f, 0.0f, 1.0f}, VISION_USUAL);

  g_assert_cmpfloat_with_epsilon (get_distance (white, black), 100.0, 0.1);
  g_assert_cmpfloat_with_epsilon (red.l, 53.24, 0.01);
  g_assert_cmpfloat_with_epsilon (red.a, 80.09, 0.01);
  g_assert_cmpfloat_with_epsilon (red.b, 67.20, 0.01);
}

static void
test_hues_differ (gconstpointer dark)
{
  for (guint i = 0; i < N_HUES; i++)
    for (guint j = 0; j < i; j++)
      g_assert_cmpfloat (get_distance (coterie_palette_get_community (i, GPOINTER_TO_INT (dark)),
                                       coterie_palette_get_community (j, GPOINTER_TO_INT (dark))),
                         >=, MIN_DISTANCE_OF_HUES);
}

static void
test_colors_differ (gconstpointer dark)
{
  for (guint i = 0; i < COTERIE_PALETTE_N_COLORS; i++)
    for (guint j = 0; j < i; j++)
      g_assert_cmpfloat (get_distance (coterie_palette_get_community (i, GPOINTER_TO_INT (dark)),
                                       coterie_palette_get_community (j, GPOINTER_TO_INT (dark))),
                         >=, MIN_DISTANCE_OF_COLORS);
}

/* A colour has one name, whatever the background. */
static void
test_both_have_one_order (void)
{
  for (guint i = 0; i < COTERIE_PALETTE_N_COLORS; i++) {
    Lab light = see (coterie_palette_get_community (i, FALSE), VISION_USUAL);
    Lab dark = see (coterie_palette_get_community (i, TRUE), VISION_USUAL);
    double degrees = (atan2 (light.b, light.a) - atan2 (dark.b, dark.a)) * 180.0 / G_PI;

    g_assert_cmpfloat (fabs (remainder (degrees, 360.0)), <, MAX_ANGLE_OF_FAMILY_DEGREES);
  }
}

static void
test_all_stand_out (gconstpointer dark)
{
  CoterieColor canvas = coterie_palette_get (GPOINTER_TO_INT (dark))->canvas;

  for (guint i = 0; i < COTERIE_PALETTE_N_COLORS; i++)
    g_assert_cmpfloat (
        get_distance (coterie_palette_get_community (i, GPOINTER_TO_INT (dark)), canvas), >=,
        MIN_DISTANCE_OF_CANVAS);
  for (guint i = 0; i <= N_RAMP_STEPS; i++)
    g_assert_cmpfloat (
        get_distance (coterie_palette_get_ramp ((double) i / N_RAMP_STEPS, GPOINTER_TO_INT (dark)),
                      canvas),
        >=, MIN_DISTANCE_OF_CANVAS);
}

/* Equal steps for most eyes, and for all a lightness that only grows or only falls. */
static void
test_ramp_is_even (gconstpointer pointer)
{
  gboolean dark = GPOINTER_TO_INT (pointer);
  double half = get_distance_as_seen (coterie_palette_get_ramp (0.0, dark),
                                      coterie_palette_get_ramp (0.5, dark), VISION_USUAL);

  for (guint i = 0; i < N_RAMP_STEPS; i++) {
    CoterieColor less = coterie_palette_get_ramp ((double) i / N_RAMP_STEPS, dark);
    CoterieColor more = coterie_palette_get_ramp ((i + 1.0) / N_RAMP_STEPS, dark);

    g_assert_cmpfloat_with_epsilon (
        N_RAMP_STEPS / 2 * get_distance_as_seen (less, more, VISION_USUAL), half, 0.02 * half);
    for (Vision vision = 0; vision < N_VISIONS; vision++)
      g_assert_cmpfloat ((see (more, vision).l - see (less, vision).l) * (dark ? 1.0 : -1.0), >,
                         1.5);
  }
}

static void
test_ramp_has_ends (void)
{
  for (gboolean dark = FALSE; dark <= TRUE; dark++) {
    CoterieColor none = coterie_palette_get_ramp (NAN, dark);
    CoterieColor grey = coterie_palette_get_community (COTERIE_PALETTE_NO_IDENTITY, dark);
    CoterieColor most = coterie_palette_get_ramp (1.0, dark);
    CoterieColor more = coterie_palette_get_ramp (7.0, dark);

    g_assert_cmpmem (&none, sizeof none, &grey, sizeof grey);
    g_assert_cmpmem (&most, sizeof most, &more, sizeof more);
  }
}

static void
test_no_identity_is_grey (void)
{
  for (gboolean dark = FALSE; dark <= TRUE; dark++) {
    Lab lab = see (coterie_palette_get_community (COTERIE_PALETTE_NO_IDENTITY, dark), 0);

    g_assert_cmpfloat (hypot (lab.a, lab.b), <, 6.0);
  }
}

/* Where edges are so many that they cover the canvas, grey nodes are still seen on them. */
static void
test_grey_nodes_stand_out_from_edges (void)
{
  for (gboolean dark = FALSE; dark <= TRUE; dark++)
    for (Vision vision = 0; vision < N_VISIONS; vision++) {
      const CoteriePalette *palette = coterie_palette_get (dark);
      double canvas = see (palette->canvas, vision).l;
      double edge = fabs (see (palette->edge, vision).l - canvas);
      double node =
          fabs (see (coterie_palette_get_community (COTERIE_PALETTE_NO_IDENTITY, dark), vision).l -
                canvas);

      g_assert_cmpfloat (node, >, edge + 12.0);
      g_assert_cmpfloat (edge, >, 25.0);
    }
}

static void
test_mix_keeps_ends (void)
{
  CoterieColor a = {0.1f, 0.2f, 0.3f, 0.4f}, b = {0.9f, 0.7f, 0.5f, 1.0f};
  CoterieColor start = coterie_color_mix (a, b, 0.0), end = coterie_color_mix (a, b, 1.0);
  CoterieColor middle = coterie_color_mix (a, b, 0.5);

  g_assert_cmpmem (&start, sizeof start, &a, sizeof a);
  g_assert_cmpmem (&end, sizeof end, &b, sizeof b);
  g_assert_cmpfloat_with_epsilon (middle.red, 0.5f, 1e-6);
  g_assert_cmpfloat_with_epsilon (middle.alpha, 0.7f, 1e-6);
}

int
main (int argc, char *argv[])
{
  gpointer light = GINT_TO_POINTER (FALSE), dark = GINT_TO_POINTER (TRUE);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/palette/distances-are-the-known-ones", test_known_distances);
  g_test_add_data_func ("/scene/palette/hues-differ/light", light, test_hues_differ);
  g_test_add_data_func ("/scene/palette/hues-differ/dark", dark, test_hues_differ);
  g_test_add_data_func ("/scene/palette/colours-differ/light", light, test_colors_differ);
  g_test_add_data_func ("/scene/palette/colours-differ/dark", dark, test_colors_differ);
  g_test_add_func ("/scene/palette/both-have-one-order", test_both_have_one_order);
  g_test_add_data_func ("/scene/palette/ramp-is-even/light", light, test_ramp_is_even);
  g_test_add_data_func ("/scene/palette/ramp-is-even/dark", dark, test_ramp_is_even);
  g_test_add_func ("/scene/palette/ramp-has-ends", test_ramp_has_ends);
  g_test_add_data_func ("/scene/palette/all-stand-out/light", light, test_all_stand_out);
  g_test_add_data_func ("/scene/palette/all-stand-out/dark", dark, test_all_stand_out);
  g_test_add_func ("/scene/palette/no-identity-is-grey", test_no_identity_is_grey);
  g_test_add_func ("/scene/palette/grey-nodes-stand-out-from-edges",
                   test_grey_nodes_stand_out_from_edges);
  g_test_add_func ("/scene/palette/mix-keeps-ends", test_mix_keeps_ends);
  return g_test_run ();
}
