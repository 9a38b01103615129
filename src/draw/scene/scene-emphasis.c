/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is brought out of a graph, and how the rest steps back: a node with its edges and neighbours, a
 * community, or all that a search finds. It is decided for each end of the blend, so that it moves
 * with it. */

#include "draw/scene/scene-emphasis.h"

#define DIMMED_NODE_FRAC 0.55
#define DIMMED_EDGE_FACTOR 0.3f
#define HOVERED_EDGE_FACTOR 4.0f
#define MIN_HOVERED_DENSITY 0.22f
#define MAX_HOVERED_DENSITY 0.7f

static void
light_neighbors (CoterieSceneEmphasis *emphasis,
                 const CoterieSceneMerge *merge,
                 const CoterieSceneEnd *end,
                 guint which)
{
  guint32 hovered = (guint32) emphasis->hovered;

  emphasis->lit[which][hovered] = TRUE;
  for (guint e = 0; e < merge->n_edges; e++) {
    const CoterieMergedEdge *edge = &merge->edges[e];

    if (end->edge_colors[e].alpha <= 0.0f)
      continue;
    if (edge->source == hovered)
      emphasis->lit[which][edge->target] = TRUE;
    else if (edge->target == hovered)
      emphasis->lit[which][edge->source] = TRUE;
  }
}

static gboolean
is_wanted (const CoterieSceneAttention *attention, const CoterieSceneGraph *graph, gint32 v)
{
  if (v < 0)
    return FALSE;
  if (attention->focus != COTERIE_PALETTE_NO_IDENTITY)
    return graph->identities[v] == attention->focus;
  return coterie_node_query_matches (attention->search, graph, (guint) v);
}

/**
 * coterie_scene_emphasis_init:
 * @emphasis: (out caller-allocates): what is brought out
 * @merge: of both graphs
 * @ends: both ends
 * @attention: what is asked for
 *
 * A hovered node that neither end shows is ignored. Cost: one pass over the edges for a hovered node;
 * else one over the nodes.
 */
void
coterie_scene_emphasis_init (CoterieSceneEmphasis *emphasis,
                             const CoterieSceneMerge *merge,
                             const CoterieSceneEnd ends[2],
                             const CoterieSceneAttention *attention)
{
  gint hovered = attention->hovered != COTERIE_SCENE_NO_KEY
                     ? coterie_scene_merge_find (merge, attention->hovered)
                     : -1;

  if (hovered >= 0 && !ends[0].nodes[hovered].shown && !ends[1].nodes[hovered].shown)
    hovered = -1;
  *emphasis = (CoterieSceneEmphasis){
      .any = hovered >= 0 || attention->focus != COTERIE_PALETTE_NO_IDENTITY ||
             attention->search != NULL,
      .hovered = hovered,
      .lit = {g_new0 (guint8, merge->n_nodes), g_new0 (guint8, merge->n_nodes)},
  };
  for (guint which = 0; emphasis->any && which < 2; which++) {
    if (hovered >= 0) {
      light_neighbors (emphasis, merge, &ends[which], which);
      continue;
    }
    for (guint n = 0; n < merge->n_nodes; n++)
      emphasis->lit[which][n] =
          (guint8) is_wanted (attention, ends[which].graph, merge->nodes[which][n]);
  }
}

/**
 * coterie_scene_emphasis_clear:
 * @emphasis: an emphasis, or zeroed
 */
void
coterie_scene_emphasis_clear (CoterieSceneEmphasis *emphasis)
{
  for (guint which = 0; which < 2; which++)
    g_free (emphasis->lit[which]);
  *emphasis = (CoterieSceneEmphasis){.hovered = -1};
}

/**
 * coterie_scene_emphasis_tint_node:
 * @emphasis: what is brought out
 * @which: the end, 0 or 1
 * @node: a node of the merge
 * @color: its colour
 * @canvas: the background
 *
 * Returns: its colour, nearer to that of the canvas if it steps back
 */
CoterieColor
coterie_scene_emphasis_tint_node (const CoterieSceneEmphasis *emphasis,
                                  guint which,
                                  guint node,
                                  CoterieColor color,
                                  CoterieColor canvas)
{
  if (!emphasis->any || emphasis->lit[which][node])
    return color;
  canvas.alpha = color.alpha;
  return coterie_color_mix (color, canvas, DIMMED_NODE_FRAC);
}

/**
 * coterie_scene_emphasis_bring_out:
 * @edge_color: of an edge, alpha its density
 * @color: the colour in which it is brought out
 *
 * Returns: its colour when it is brought out; one that is not shown stays so
 */
CoterieColor
coterie_scene_emphasis_bring_out (CoterieColor edge_color, CoterieColor color)
{
  color.alpha = edge_color.alpha;
  if (edge_color.alpha > 0.0f)
    color.alpha =
        CLAMP (HOVERED_EDGE_FACTOR * edge_color.alpha, MIN_HOVERED_DENSITY, MAX_HOVERED_DENSITY);
  return color;
}

/**
 * coterie_scene_emphasis_tint_edge:
 * @emphasis: what is brought out
 * @which: the end, 0 or 1
 * @edge: an edge of the merge
 * @color: its colour, alpha its density
 * @hovered_color: the colour of the hovered node at this end
 *
 * Returns: its colour: that of the hovered node for an edge of it, fainter for one that steps back
 */
CoterieColor
coterie_scene_emphasis_tint_edge (const CoterieSceneEmphasis *emphasis,
                                  guint which,
                                  const CoterieMergedEdge *edge,
                                  CoterieColor color,
                                  CoterieColor hovered_color)
{
  const guint8 *lit = emphasis->lit[which];

  if (!emphasis->any)
    return color;
  if (emphasis->hovered >= 0) {
    if (edge->source == (guint32) emphasis->hovered || edge->target == (guint32) emphasis->hovered)
      return coterie_scene_emphasis_bring_out (color, hovered_color);
  } else if (lit[edge->source] && lit[edge->target]) {
    return color;
  }
  color.alpha *= DIMMED_EDGE_FACTOR;
  return color;
}
