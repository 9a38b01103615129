/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "draw/palette.h"

G_BEGIN_DECLS

/**
 * COTERIE_EDGE_MAX_HUES:
 *
 * Colours that #CoterieEdgeHues can hold: those of the palette, and some for edges between them.
 */
#define COTERIE_EDGE_MAX_HUES 24

/**
 * COTERIE_EDGE_HUE_MIN_EDGES:
 *
 * As many edges of one colour are drawn faster together.
 */
#define COTERIE_EDGE_HUE_MIN_EDGES 2000

/**
 * CoterieEdgeHues:
 * @n: number of colours
 * @colors: the colours, without their alphas
 * @of_edges: [n_edges]: which of them an edge has at both ends of the blend, @n for another one
 *
 * The colours that a lot of the edges have.
 */
typedef struct {
  guint n;
  CoterieColor colors[COTERIE_EDGE_MAX_HUES];
  guint8 *of_edges;
} CoterieEdgeHues;

void coterie_edge_hues_init (CoterieEdgeHues *hues,
                             const CoterieColor *colors,
                             gsize stride,
                             guint n_edges);
void coterie_edge_hues_clear (CoterieEdgeHues *hues);

G_END_DECLS
