/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The colours of everything that is drawn, for both appearances. A community's colour belongs to its
 * identity for life: the first eight identities take eight hues, the next eight the same hues in
 * another lightness, eight more in a third, and so on around. The hues are Tol's bright set and its
 * neighbours, moved until every two of them stay apart for readers with protanopia and deuteranopia
 * too (tests/scene/test-palette.c measures it). */

#include "draw/palette.h"

#define N_HUES 8

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
    .edge = RGB (0x8c8c92),
};

static const CoteriePalette dark_palette = {
    .canvas = RGB (0x1e1e1e),
    .panel = RGB (0x242424),
    .text = RGB (0xf0f0f2),
    .dim_text = RGB (0x9c9ca2),
    .grid = RGB (0x3a3a3c),
    .cursor = RGB (0x78aeed),
    .rim = RGB (0x1e1e1e),
    .edge = RGB (0x86868e),
};

/* Blue, rose, green, ochre, sky, purple, orange, teal. */
static const CoterieColor light_hues[N_HUES] = {
    RGB (0x4477bb), RGB (0xe85870), RGB (0x2b8a22), RGB (0xccbe30),
    RGB (0x62caf2), RGB (0xaa3377), RGB (0xf49a62), RGB (0x40c4ac),
};

static const CoterieColor dark_hues[N_HUES] = {
    RGB (0x5b8cdc), RGB (0xe06c80), RGB (0x449c3c), RGB (0xdccc4c),
    RGB (0x7cd0fa), RGB (0xbe5292), RGB (0xf7b482), RGB (0x60d8c4),
};

static const CoterieColor light_grey = RGB (0xa4a4aa);
static const CoterieColor dark_grey = RGB (0x77777e);

#define N_ROUNDS 3

/* How far each round of identities goes towards black (negative) or white (positive): what stands out
 * better from the canvas comes first. */
static const double light_rounds[N_ROUNDS] = {0.0, -0.32, 0.38};
static const double dark_rounds[N_ROUNDS] = {0.0, 0.42, -0.30};

/* Lines of plots need more contrast on a pale panel than discs do, so the pale hues come last. */
static const guint8 series_hues[N_HUES] = {0, 1, 2, 5, 6, 7, 4, 3};

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
 * @identity: identity of a community, or %COTERIE_PALETTE_NO_IDENTITY
 * @dark: which of the two appearances
 *
 * Returns: the colour of the community: the same for the same identity always, grey for one without;
 *   after 24 identities the colours come again
 */
CoterieColor
coterie_palette_get_community (guint identity, gboolean dark)
{
  const CoterieColor black = RGB (0x000000);
  const CoterieColor white = RGB (0xffffff);
  CoterieColor hue;
  double shift;

  if (identity == COTERIE_PALETTE_NO_IDENTITY)
    return dark ? dark_grey : light_grey;

  hue = dark ? dark_hues[identity % N_HUES] : light_hues[identity % N_HUES];
  shift = (dark ? dark_rounds : light_rounds)[identity / N_HUES % N_ROUNDS];
  return shift < 0.0 ? coterie_color_mix (hue, black, -shift)
                     : coterie_color_mix (hue, white, shift);
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
  return coterie_palette_get_community (series_hues[series % N_HUES], dark);
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
