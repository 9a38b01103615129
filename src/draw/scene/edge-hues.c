/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the few colours that most edges have: those of the communities, and that of all edges between
 * them. Edges of one colour need one sum a pixel where others need four. */

#include "draw/scene/edge-hues.h"

static gboolean
has_hue (const CoterieColor *color, const CoterieColor *hue)
{
  return color->red == hue->red && color->green == hue->green && color->blue == hue->blue;
}

/* Which of the colours it is; *n_colors if it is none of them and there is no room for it. */
static guint
find_color (CoterieColor *colors, guint *n_colors, const CoterieColor *color, guint likely)
{
  if (likely < *n_colors && has_hue (color, &colors[likely]))
    return likely;
  for (guint i = 0; i < *n_colors; i++)
    if (has_hue (color, &colors[i]))
      return i;
  if (*n_colors == COTERIE_EDGE_MAX_HUES)
    return *n_colors;

  colors[*n_colors] = *color;
  return (*n_colors)++;
}

/**
 * coterie_edge_hues_init:
 * @hues: (out caller-allocates): the colours, to be cleared with coterie_edge_hues_clear()
 * @colors: of the first edge at both ends of the blend, one after the other; alphas are not used
 * @stride: bytes from edge to edge
 * @n_edges: number of edges
 *
 * Finds the colours of %COTERIE_EDGE_HUE_MIN_EDGES edges or more among the first
 * %COTERIE_EDGE_MAX_HUES that come. Cost: one pass over the edges.
 */
void
coterie_edge_hues_init (CoterieEdgeHues *hues,
                        const CoterieColor *colors,
                        gsize stride,
                        guint n_edges)
{
  CoterieColor found[COTERIE_EDGE_MAX_HUES];
  guint n_of[COTERIE_EDGE_MAX_HUES + 1] = {0};
  guint8 kept[COTERIE_EDGE_MAX_HUES + 1];
  guint n_found = 0, likely = 0;

  *hues = (CoterieEdgeHues){.of_edges = g_malloc (n_edges)};
  for (guint e = 0; e < n_edges; e++) {
    const CoterieColor *ends = (const void *) ((const guint8 *) colors + e * stride);

    if (has_hue (&ends[0], &ends[1]))
      likely = find_color (found, &n_found, &ends[0], likely);
    else
      likely = COTERIE_EDGE_MAX_HUES;
    hues->of_edges[e] = (guint8) likely;
    n_of[likely]++;
  }

  for (guint i = 0; i < n_found; i++)
    if (n_of[i] >= COTERIE_EDGE_HUE_MIN_EDGES) {
      kept[i] = (guint8) hues->n;
      hues->colors[hues->n++] = found[i];
    } else {
      kept[i] = COTERIE_EDGE_MAX_HUES;
    }
  kept[COTERIE_EDGE_MAX_HUES] = COTERIE_EDGE_MAX_HUES;
  for (guint e = 0; e < n_edges; e++)
    hues->of_edges[e] = (guint8) MIN (kept[hues->of_edges[e]], hues->n);
}

/**
 * coterie_edge_hues_clear:
 * @hues: the colours
 *
 * Frees what @hues holds.
 */
void
coterie_edge_hues_clear (CoterieEdgeHues *hues)
{
  g_clear_pointer (&hues->of_edges, g_free);
}
