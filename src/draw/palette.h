/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * COTERIE_PALETTE_NO_IDENTITY:
 *
 * Stands for a community that is too small to have an identity of its own; drawn grey.
 */
#define COTERIE_PALETTE_NO_IDENTITY G_MAXUINT32

/**
 * COTERIE_PALETTE_N_COLORS:
 *
 * Colours of communities, classes and layers that can be told apart.
 */
#define COTERIE_PALETTE_N_COLORS 16

/**
 * CoterieColor:
 *
 * Red, green, blue and opacity, each from 0 to 1, sRGB, not premultiplied.
 */
typedef struct {
  float red;
  float green;
  float blue;
  float alpha;
} CoterieColor;

/**
 * CoteriePalette:
 * @canvas: behind the graph
 * @panel: behind plots
 * @text: text and axes
 * @dim_text: less important text, tick labels
 * @grid: grid lines of plots
 * @cursor: the line at the current iteration
 * @rim: rim of nodes
 * @edge: edges between communities
 *
 * The colours of everything that is drawn, for one of the two appearances.
 */
typedef struct {
  CoterieColor canvas;
  CoterieColor panel;
  CoterieColor text;
  CoterieColor dim_text;
  CoterieColor grid;
  CoterieColor cursor;
  CoterieColor rim;
  CoterieColor edge;
} CoteriePalette;

const CoteriePalette *coterie_palette_get (gboolean dark);
CoterieColor coterie_palette_get_community (guint hue, gboolean dark);
guint coterie_palette_get_round (guint hue);
guint coterie_palette_get_next (guint rank);
CoterieColor coterie_palette_get_ramp (double value_frac, gboolean dark);
CoterieColor coterie_palette_get_series (guint series, gboolean dark);
CoterieColor coterie_color_mix (CoterieColor a, CoterieColor b, double t_frac);

G_END_DECLS
