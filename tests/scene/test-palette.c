/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether communities can be told apart: distances in CIE L*a*b* (1976), and with CIEDE2000, which judges
 * saturated and dark colours more as the eye does; also as seen with protanopia, deuteranopia and
 * tritanopia after Machado, Oliveira and Fernandes 2009 (severity 1). */

#include <math.h>

#include "draw/palette.h"

#define N_HUES 8
#define N_RAMP_STEPS 20

/* Distances below about 10 are hard to name apart in small discs; 2.3 is just noticeable. */
#define MIN_DISTANCE_OF_HUES 18.0
#define MIN_DISTANCE_OF_COLORS 16.5
#define MIN_DISTANCE_OF_CANVAS 14.0

/* The same with CIEDE2000, for the usual eye and for others; also from the grey of what has no identity. */
#define MIN_DIFFERENCE_OF_COLORS 13.4
#define MIN_DIFFERENCE_AS_SEEN 8.2

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
get_hue_degrees (double a, double b)
{
  double degrees = atan2 (b, a) * 180.0 / G_PI;

  return degrees < 0.0 ? degrees + 360.0 : degrees;
}

static double
get_cosine (double degrees)
{
  return cos (degrees * G_PI / 180.0);
}

/* How much of the chroma a grey axis gains, and how far blue turns: c^7 / (c^7 + 25^7). */
static double
get_saturation (double chroma)
{
  return pow (chroma, 7.0) / (pow (chroma, 7.0) + pow (25.0, 7.0));
}

/* CIEDE2000 as in G. Sharma, W. Wu and E. N. Dalal, "The CIEDE2000 color-difference formula:
 * Implementation notes, supplementary test data, and mathematical observations", 2005. */
static double
get_difference (Lab p, Lab q)
{
  double stretch = 1.5 - 0.5 * sqrt (get_saturation (0.5 * (hypot (p.a, p.b) + hypot (q.a, q.b))));
  double p_chroma = hypot (stretch * p.a, p.b), q_chroma = hypot (stretch * q.a, q.b);
  double p_hue = get_hue_degrees (stretch * p.a, p.b), q_hue = get_hue_degrees (stretch * q.a, q.b);
  double turn = remainder (q_hue - p_hue, 360.0), hue = p_hue + 0.5 * turn;
  double lightness = 0.5 * (p.l + q.l) - 50.0, chroma = 0.5 * (p_chroma + q_chroma);
  double t = 1.0 - 0.17 * get_cosine (hue - 30.0) + 0.24 * get_cosine (2.0 * hue) +
             0.32 * get_cosine (3.0 * hue + 6.0) - 0.20 * get_cosine (4.0 * hue - 63.0);
  double away = (fmod (hue + 360.0, 360.0) - 275.0) / 25.0;
  double rotation = -2.0 * sqrt (get_saturation (chroma)) * sin (G_PI / 3.0 * exp (-away * away));
  double dl =
      (q.l - p.l) / (1.0 + 0.015 * lightness * lightness / sqrt (20.0 + lightness * lightness));
  double dc = (q_chroma - p_chroma) / (1.0 + 0.045 * chroma);
  double dh = 2.0 * sqrt (p_chroma * q_chroma) * sin (0.5 * turn * G_PI / 180.0) /
              (1.0 + 0.015 * chroma * t);

  return sqrt (dl * dl + dc * dc + dh * dh + rotation * dc * dh);
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

/* Pairs 1, 7, 13, 19 and 25 of the paper's data. */
static void
test_known_differences (void)
{
  static const struct {
    Lab p;
    Lab q;
    double difference;
  } pairs[] = {
      {{50.0, 2.6772, -79.7751}, {50.0, 0.0, -82.7485}, 2.0425},
      {{50.0, 0.0, 0.0}, {50.0, -1.0, 2.0}, 2.3669},
      {{50.0, -0.001, 2.49}, {50.0, 0.0011, -2.49}, 4.7461},
      {{50.0, 2.5, 0.0}, {56.0, -27.0, -3.0}, 31.9030},
      {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_assert_cmpfloat_with_epsilon (get_difference (pairs[i].p, pairs[i].q), pairs[i].difference,
                                    1e-4);
    g_assert_cmpfloat_with_epsilon (get_difference (pairs[i].q, pairs[i].p), pairs[i].difference,
                                    1e-4);
  }
}

static void
assert_look_different (CoterieColor left, CoterieColor right)
{
  g_assert_cmpfloat (get_difference (see (left, VISION_USUAL), see (right, VISION_USUAL)), >=,
                     MIN_DIFFERENCE_OF_COLORS);
  for (Vision vision = 0; vision < N_VISIONS; vision++)
    g_assert_cmpfloat (get_difference (see (left, vision), see (right, vision)), >=,
                       MIN_DIFFERENCE_AS_SEEN);
}

static void
test_colors_look_different (gconstpointer dark)
{
  CoterieColor grey =
      coterie_palette_get_community (COTERIE_PALETTE_NO_IDENTITY, GPOINTER_TO_INT (dark));

  for (guint i = 0; i < COTERIE_PALETTE_N_COLORS; i++) {
    CoterieColor color = coterie_palette_get_community (i, GPOINTER_TO_INT (dark));

    assert_look_different (color, grey);
    for (guint j = 0; j < i; j++)
      assert_look_different (color, coterie_palette_get_community (j, GPOINTER_TO_INT (dark)));
  }
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

/* How different a colour looks from the most similar of the first @n_given. */
static double
get_least_difference (guint hue, guint n_given)
{
  double least = G_MAXDOUBLE;

  for (gboolean dark = FALSE; dark <= TRUE; dark++)
    for (guint rank = 0; rank < n_given; rank++) {
      CoterieColor given = coterie_palette_get_community (coterie_palette_get_next (rank), dark);

      least = fmin (least,
                    get_difference (see (coterie_palette_get_community (hue, dark), VISION_USUAL),
                                    see (given, VISION_USUAL)));
    }
  return least;
}

static void
test_similar_ones_come_late (void)
{
  guint seen = 0;

  for (guint rank = 0; rank < COTERIE_PALETTE_N_COLORS; rank++) {
    guint hue = coterie_palette_get_next (rank);

    g_assert_cmpuint (hue, <, COTERIE_PALETTE_N_COLORS);
    seen |= 1u << hue;
    for (guint later = rank + 1; rank >= N_HUES && later < COTERIE_PALETTE_N_COLORS; later++)
      g_assert_cmpfloat (get_least_difference (hue, rank), >=,
                         get_least_difference (coterie_palette_get_next (later), rank));
  }
  g_assert_cmpuint (seen, ==, (1u << COTERIE_PALETTE_N_COLORS) - 1);
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
  g_test_add_func ("/scene/palette/differences-are-the-known-ones", test_known_differences);
  g_test_add_data_func ("/scene/palette/colours-look-different/light", light,
                        test_colors_look_different);
  g_test_add_data_func ("/scene/palette/colours-look-different/dark", dark,
                        test_colors_look_different);
  g_test_add_data_func ("/scene/palette/hues-differ/light", light, test_hues_differ);
  g_test_add_data_func ("/scene/palette/hues-differ/dark", dark, test_hues_differ);
  g_test_add_data_func ("/scene/palette/colours-differ/light", light, test_colors_differ);
  g_test_add_data_func ("/scene/palette/colours-differ/dark", dark, test_colors_differ);
  g_test_add_func ("/scene/palette/both-have-one-order", test_both_have_one_order);
  g_test_add_func ("/scene/palette/similar-ones-come-late", test_similar_ones_come_late);
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
