/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The colours of everything that is drawn, for both appearances. A community keeps its colour for life;
 * which one that is, scene/community-hues.c says. The first eight are near to Tol's bright set, the next
 * eight were sought among all colours of some chroma that stand out from the canvas and from grey, so that
 * the nearest two of all sixteen are as far apart as possible: for the usual eye, and for readers with
 * protanopia, deuteranopia and tritanopia too (tests/scene/test-palette.c measures it). Both appearances
 * were sought together, so that no colour changes its name with the background. After sixteen the colours
 * come again, on nodes of another shape.
 *
 * Quantities have a ramp: from yellow through teal to blue, two straight lines of equal length in CIE
 * L*a*b*, so that equal differences of the quantity are equal differences for the eye. Its lightness
 * alone says all, and blue and yellow are told apart by almost everybody, which is what cividis rests
 * on (Nunez, Anderton and Renslow 2018); the teal keeps the middle from being the grey of the edges.
 */

#include "draw/palette.h"

#include <math.h>

#define N_SERIES 8

#define RGB(hex)                                                                                   \
  {                                                                                                \
    ((hex) >> 16) / 255.0f, ((hex) >> 8 & 0xff) / 255.0f, ((hex) &0xff) / 255.0f, 1.0f             \
  }

static const CoteriePalette light_palette = {
    .canvas = RGB (0xffffff),
    .panel = RGB (0xfafafa),
    .text = RGB (0x2e2e33),
    .dim_text = RGB (0x77777d),
    .grid = RGB (0xe6e6e8),
    .cursor = RGB (0x62a0ea),
    .rim = RGB (0xffffff),
    .edge = RGB (0xa6a6ae),
};

static const CoteriePalette dark_palette = {
    .canvas = RGB (0x1e1e1e),
    .panel = RGB (0x242424),
    .text = RGB (0xf0f0f2),
    .dim_text = RGB (0x9c9ca2),
    .grid = RGB (0x3a3a3c),
    .cursor = RGB (0x78aeed),
    .rim = RGB (0x1e1e1e),
    .edge = RGB (0x66666e),
};

/* Blue, rose, green, ochre, sky, purple, orange, teal; then violet, mauve, dark olive, lilac, olive,
 * wine, mint and lime. In both appearances the same, so that a figure matches a dark screen. */
static const CoterieColor light_hues[COTERIE_PALETTE_N_COLORS] = {
    RGB (0x5d76c2), RGB (0xde4661), RGB (0x187a00), RGB (0xd7c22e), RGB (0x69d7ff), RGB (0xa42875),
    RGB (0xdd8b57), RGB (0x2ba584), RGB (0x5b3fb8), RGB (0xc886bc), RGB (0x4d5427), RGB (0xa779ff),
    RGB (0x759c00), RGB (0x66253a), RGB (0x97d5b8), RGB (0xc6d097),
};

static const CoterieColor dark_hues[COTERIE_PALETTE_N_COLORS] = {
    RGB (0x599df7), RGB (0xe66e77), RGB (0x479a33), RGB (0xedd74e), RGB (0xa0d4ff), RGB (0xb65793),
    RGB (0xe9a771), RGB (0x5fe8d6), RGB (0x7367fd), RGB (0x9b39b5), RGB (0x5c6c31), RGB (0xb090c7),
    RGB (0x91ae01), RGB (0xc41660), RGB (0xcdffd3), RGB (0xedff9d),
};

/* In which order they are given: after the first eight always the one that looks most different from all before
 * it, in the appearance in which it does so less. So the fewer there are, the less similar they are. */
static const guint8 hue_order[COTERIE_PALETTE_N_COLORS] = {0, 1,  2,  3,  4,  5, 6,  7,
                                                           8, 10, 11, 14, 12, 9, 15, 13};

static const CoterieColor light_grey = RGB (0x7c7c84);
static const CoterieColor dark_grey = RGB (0x98989f);

/* Both ends and the middle of the ramp, CIE L*a*b*: the greater end is what differs more from the
 * canvas. */
static const double light_ramp[3][3] = {
    {88.0, -6.0, 48.0}, {54.0, -31.0, -9.0}, {22.0, 20.0, -46.0}};
static const double dark_ramp[3][3] = {
    {36.0, 10.0, -46.0}, {64.0, -32.0, -3.0}, {93.0, -8.0, 52.0}};

/* Lines of plots need more contrast on a pale panel than discs do, so the pale hues come last. */
static const guint8 series_hues[N_SERIES] = {0, 1, 2, 5, 6, 7, 4, 3};

/**
 * coterie_palette_get:
 * @dark: which of the two appearances
 *
 * Returns: (transfer none): its colours
 */
const CoteriePalette *
coterie_palette_get (gboolean dark)
{
  return dark ? &dark_palette : &light_palette;
}

/**
 * coterie_palette_get_community:
 * @hue: of a community, see coterie_community_hues_get(), or %COTERIE_PALETTE_NO_IDENTITY
 * @dark: which of the two appearances
 *
 * Returns: the colour of the community, grey for one without an identity; after
 *   %COTERIE_PALETTE_N_COLORS hues the colours come again
 */
CoterieColor
coterie_palette_get_community (guint hue, gboolean dark)
{
  if (hue == COTERIE_PALETTE_NO_IDENTITY)
    return dark ? dark_grey : light_grey;
  return (dark ? dark_hues : light_hues)[hue % COTERIE_PALETTE_N_COLORS];
}

/**
 * coterie_palette_get_next:
 * @rank: less than %COTERIE_PALETTE_N_COLORS
 *
 * Returns: the hue that comes after @rank others where nobody has one yet
 */
guint
coterie_palette_get_next (guint rank)
{
  return hue_order[rank];
}

/**
 * coterie_palette_get_round:
 * @hue: of a community, or %COTERIE_PALETTE_NO_IDENTITY
 *
 * Returns: how many hues before it have its colour: 0 for one whose colour says enough
 */
guint
coterie_palette_get_round (guint hue)
{
  return hue == COTERIE_PALETTE_NO_IDENTITY ? 0 : hue / COTERIE_PALETTE_N_COLORS;
}

/* CIE L*a*b* to sRGB, both with the white D65. */
static CoterieColor
convert_lab (const double lab[3])
{
  double y = (lab[0] + 16.0) / 116.0;
  double f[3] = {y + lab[1] / 500.0, y, y - lab[2] / 200.0};
  const double white[3] = {0.95047, 1.0, 1.08883};
  const double from_xyz[3][3] = {
      {3.2404542, -1.5371385, -0.4985314},
      {-0.9692660, 1.8760108, 0.0415560},
      {0.0556434, -0.2040259, 1.0572252},
  };
  float channels[3];

  for (guint i = 0; i < 3; i++)
    f[i] =
        white[i] * (f[i] > 6.0 / 29.0 ? f[i] * f[i] * f[i] : (f[i] - 4.0 / 29.0) * 108.0 / 841.0);
  for (guint i = 0; i < 3; i++) {
    double linear =
        CLAMP (from_xyz[i][0] * f[0] + from_xyz[i][1] * f[1] + from_xyz[i][2] * f[2], 0.0, 1.0);

    channels[i] =
        (float) (linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow (linear, 1.0 / 2.4) - 0.055);
  }
  return (CoterieColor){channels[0], channels[1], channels[2], 1.0f};
}

/**
 * coterie_palette_get_ramp:
 * @value_frac: a quantity, a fraction from 0 to 1 of its range; not-a-number where it is not known
 * @dark: which of the two appearances
 *
 * Returns: the colour of the quantity: the more it is, the more it differs from the canvas, by equal
 *   steps for the eye; grey where it is not known
 */
CoterieColor
coterie_palette_get_ramp (double value_frac, gboolean dark)
{
  const double (*stops)[3] = dark ? dark_ramp : light_ramp;
  double way = 2.0 * CLAMP (value_frac, 0.0, 1.0);
  guint first = way < 1.0 ? 0 : 1;
  double lab[3];

  if (isnan (value_frac))
    return dark ? dark_grey : light_grey;
  for (guint i = 0; i < 3; i++)
    lab[i] = stops[first][i] + (way - first) * (stops[first + 1][i] - stops[first][i]);
  return convert_lab (lab);
}

/**
 * coterie_palette_get_series:
 * @series: which line of a plot, from 0; after eight the colours come again
 * @dark: which of the two appearances
 *
 * Returns: the colour of the line
 */
CoterieColor
coterie_palette_get_series (guint series, gboolean dark)
{
  return coterie_palette_get_community (series_hues[series % N_SERIES], dark);
}

/**
 * coterie_color_mix:
 * @a: a colour
 * @b: another
 * @t_frac: how far from @a to @b, a fraction from 0 to 1
 *
 * Mixes channel by channel, opacity included, in sRGB. At the ends it returns @a or @b to the bit.
 *
 * Returns: the mixture
 */
CoterieColor
coterie_color_mix (CoterieColor a, CoterieColor b, double t_frac)
{
  float t = (float) CLAMP (t_frac, 0.0, 1.0);
  float s = 1.0f - t;

  return (CoterieColor){
      s * a.red + t * b.red,
      s * a.green + t * b.green,
      s * a.blue + t * b.blue,
      s * a.alpha + t * b.alpha,
  };
}
