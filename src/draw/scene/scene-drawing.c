/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From how a scene looks to the drawing that renderers take. */

#include "draw/scene/scene-drawing.h"

#include <math.h>

/* Width of an edge, as a factor, for weights from none to the greatest. */
#define MIN_EDGE_WIDTH 0.7f
#define MAX_EDGE_WIDTH 1.7f

/* The trail, and below it what keeps it off the edges. */
#define N_TRAIL_PATHS 2
#define TRAIL_WIDTH_PX 1.5f
#define TRAIL_HALO_WIDTH_PX 4.0f
#define TRAIL_FADE 0.1f

/* The iterations on a trail. */
#define TRAIL_DOT_PX 2.4f

/* Where a neuron was last that is in neither graph: discs on each other, of the canvas, of the text, and of
 * the canvas again. */
#define N_RING_PATHS 3
#define RING_HALO_PX 9.0f
#define RING_OUTER_PX 7.5f
#define RING_INNER_PX 5.5f

/* Opacity of the ring around what is selected, but not searched. */
#define DIMMED_RING_FRAC 0.35f

/* Of the nodes: more that change their community get no rings. */
#define MAX_RINGED_FRAC 0.2

/* Areas and names that step back. */
#define DIMMED_DECOR_FACTOR 0.35f

/* Layers in which nodes are drawn. */
enum { LEVEL_USUAL, LEVEL_LIT, LEVEL_RINGED, LEVEL_HOVERED, N_LEVELS };

/* Small nodes lie above large ones, so that none is hidden. */
static int
compare_radii (gconstpointer a, gconstpointer b, gpointer pointer)
{
  const CoterieSceneEnd *ends = pointer;
  guint32 v = *(const guint32 *) a, w = *(const guint32 *) b;
  float left = ends[0].nodes[v].radius_px + ends[1].nodes[v].radius_px;
  float right = ends[0].nodes[w].radius_px + ends[1].nodes[w].radius_px;

  if (left != right)
    return left > right ? -1 : 1;
  return v < w ? -1 : v > w;
}

/**
 * coterie_scene_sort_nodes:
 * @ends: both ends
 * @n_nodes: nodes of the merge
 *
 * Returns: (transfer full) (array length=n_nodes): the nodes as they are drawn, the topmost last
 */
guint32 *
coterie_scene_sort_nodes (const CoterieSceneEnd ends[2], guint n_nodes)
{
  guint32 *order = g_new (guint32, n_nodes);

  for (guint v = 0; v < n_nodes; v++)
    order[v] = v;
  g_qsort_with_data (order, (gint) n_nodes, sizeof *order, compare_radii, (gpointer) ends);
  return order;
}

/* The node of each key that the scene has. */
static void
set_levels (const CoterieSceneLook *look, GArray *keys, guint8 *levels, guint8 level)
{
  for (guint i = 0; i < keys->len; i++) {
    gint node = coterie_scene_merge_find (look->merge, g_array_index (keys, guint64, i));

    if (node >= 0)
      levels[node] = level;
  }
}

static guint32 *
order_nodes (const CoterieSceneLook *look)
{
  guint n_nodes = look->merge->n_nodes;
  const CoterieSceneEmphasis *emphasis = look->emphasis;
  g_autofree guint8 *levels = g_new0 (guint8, n_nodes);
  guint32 *order = g_new (guint32, n_nodes);
  guint n = 0;

  for (guint v = 0; emphasis->any && v < n_nodes; v++)
    if (emphasis->lit[0][v] || emphasis->lit[1][v])
      levels[v] = LEVEL_LIT;
  set_levels (look, look->selected, levels, LEVEL_RINGED);
  if (emphasis->hovered >= 0)
    levels[emphasis->hovered] = LEVEL_HOVERED;
  for (guint8 level = 0; level < N_LEVELS; level++)
    for (guint i = 0; i < n_nodes; i++)
      if (levels[look->order[i]] == level)
        order[n++] = look->order[i];
  return order;
}

static void
ring (CoterieDrawingNode *node, CoterieColor color)
{
  node->ring_color = color;
  for (guint which = 0; which < 2; which++)
    node->ends[which].ring = node->ends[which].color.alpha;
}

/* Around what is selected, in the colour that stands out from all others. What a search has found stands
 * out before it. */
static void
ring_selected (const CoterieSceneLook *look, CoterieDrawingNode *nodes, guint node)
{
  gboolean searched = look->emphasis->any && look->emphasis->hovered < 0;

  ring (&nodes[node], coterie_palette_get (look->style->dark)->text);
  for (guint which = 0; which < 2; which++)
    if (searched && !look->emphasis->lit[which][node])
      nodes[node].ends[which].ring *= DIMMED_RING_FRAC;
}

static guint32
get_identity (const CoterieSceneLook *look, guint which, guint node)
{
  gint32 v = look->merge->nodes[which][node];

  return v >= 0 ? look->ends[which].graph->identities[v] : COTERIE_LINEAGE_NONE;
}

static gboolean
moves (const CoterieSceneLook *look, guint node)
{
  guint32 before = get_identity (look, 0, node), after = get_identity (look, 1, node);

  return before != after && before != COTERIE_LINEAGE_NONE && after != COTERIE_LINEAGE_NONE;
}

/* Where many change, as in the first iterations, their rings would hide more than they tell. */
static void
ring_movers (const CoterieSceneLook *look, CoterieDrawingNode *nodes, CoterieColor color)
{
  guint n_nodes = look->merge->n_nodes;
  guint n_movers = 0;

  for (guint v = 0; v < n_nodes; v++)
    n_movers += moves (look, v);
  for (guint v = 0; v < n_nodes && n_movers <= MAX_RINGED_FRAC * n_nodes; v++)
    if (moves (look, v))
      ring (&nodes[v], color);
}

/* What comes later goes over what came before. */
static void
add_rings (const CoterieSceneLook *look, CoterieDrawingNode *nodes)
{
  const CoteriePalette *palette = coterie_palette_get (look->style->dark);

  if (look->movers_ringed)
    ring_movers (look, nodes, palette->dim_text);

  for (guint i = 0; i < look->selected->len; i++) {
    gint node = coterie_scene_merge_find (look->merge, g_array_index (look->selected, guint64, i));

    if (node >= 0)
      ring_selected (look, nodes, (guint) node);
  }
  for (guint i = 0; i < look->pinned->len; i++) {
    gint node = coterie_scene_merge_find (look->merge, g_array_index (look->pinned, guint64, i));

    if (node >= 0)
      nodes[node].mark = 1.0f;
  }
  if (look->emphasis->hovered >= 0)
    ring (&nodes[look->emphasis->hovered], palette->cursor);
}

static CoterieDrawingNode *
make_nodes (const CoterieSceneLook *look)
{
  guint n_nodes = look->merge->n_nodes;
  CoterieColor canvas = coterie_palette_get (look->style->dark)->canvas;
  CoterieDrawingNode *nodes = g_new0 (CoterieDrawingNode, n_nodes);

  for (guint v = 0; v < n_nodes; v++) {
    /* An outline does not blend: it is that of the nearer end, if the node is there. */
    guint source =
        look->ends[look->shown_end].nodes[v].shown ? look->shown_end : 1 - look->shown_end;

    for (guint which = 0; which < 2; which++) {
      const CoterieSceneEndNode *end = &look->ends[which].nodes[v];
      CoterieColor color = end->color;

      color.alpha = end->shown ? 1.0f : 0.0f;
      nodes[v].ends[which] = (CoterieDrawingNodeEnd){
          .x = end->x,
          .y = end->y,
          .radius_px = end->radius_px,
          .color = coterie_scene_emphasis_tint_node (look->emphasis, which, v, color, canvas),
      };
    }
    nodes[v].shape = look->ends[source].nodes[v].shape;
  }
  add_rings (look, nodes);
  return nodes;
}

/* A single selected node has its edges brought out while nothing else is. */
static gint
find_single (const CoterieSceneLook *look)
{
  if (look->selected->len != 1 || look->emphasis->any)
    return -1;
  return coterie_scene_merge_find (look->merge, g_array_index (look->selected, guint64, 0));
}

static CoterieColor
get_edge_color (const CoterieSceneLook *look, guint which, guint e, gint single)
{
  const CoterieMergedEdge *edge = &look->merge->edges[e];
  const CoterieSceneEnd *end = &look->ends[which];
  CoterieColor color = end->edge_colors[e];
  gint special = single >= 0 ? single : look->emphasis->hovered;
  CoterieColor special_color = special >= 0 ? end->nodes[special].color : color;

  if (single >= 0 && (edge->source == (guint32) single || edge->target == (guint32) single))
    return coterie_scene_emphasis_bring_out (color, special_color);
  return coterie_scene_emphasis_tint_edge (look->emphasis, which, edge, color, special_color);
}

static CoterieDrawingEdge *
make_edges (const CoterieSceneLook *look, guint *n_edges)
{
  CoterieDrawingEdge *edges = g_new (CoterieDrawingEdge, look->merge->n_edges);
  gint single = find_single (look);

  *n_edges = 0;
  for (guint e = 0; e < look->merge->n_edges; e++) {
    float weight_frac =
        fmaxf (look->ends[0].edge_weights_frac[e], look->ends[1].edge_weights_frac[e]);

    if (look->ends[0].edge_colors[e].alpha <= 0.0f && look->ends[1].edge_colors[e].alpha <= 0.0f)
      continue;
    edges[(*n_edges)++] = (CoterieDrawingEdge){
        .source = look->merge->edges[e].source,
        .target = look->merge->edges[e].target,
        .colors = {get_edge_color (look, 0, e, single), get_edge_color (look, 1, e, single)},
        .width = MIN_EDGE_WIDTH + weight_frac * (MAX_EDGE_WIDTH - MIN_EDGE_WIDTH),
        .bend = look->style->curved ? COTERIE_SCENE_EDGE_BEND : 0.0f,
    };
  }
  return edges;
}

/* While a node or a community is brought out, the areas and names of the others step back. */
static gboolean
steps_back (const CoterieSceneLook *look, guint32 identity)
{
  if (!look->emphasis->any)
    return FALSE;
  return look->emphasis->hovered >= 0 || look->focus == COTERIE_PALETTE_NO_IDENTITY ||
         identity != look->focus;
}

static CoterieDrawingHull *
make_hulls (const CoterieSceneLook *look)
{
  const CoterieSceneDecor *decor = look->decor;
  CoterieDrawingHull *hulls = g_new (CoterieDrawingHull, decor->n_hulls);

  for (guint i = 0; i < decor->n_hulls; i++) {
    hulls[i] = decor->hulls[i];
    for (guint which = 0; which < 2; which++)
      if (steps_back (look, decor->hull_identities[i]))
        hulls[i].colors[which].alpha *= DIMMED_DECOR_FACTOR;
  }
  return hulls;
}

static CoterieDrawingLabel *
make_labels (const CoterieSceneLook *look)
{
  const CoterieSceneDecor *decor = look->decor;
  CoterieDrawingLabel *labels = g_new (CoterieDrawingLabel, decor->n_labels);

  for (guint i = 0; i < decor->n_labels; i++) {
    labels[i] = decor->labels[i];
    for (guint which = 0; which < 2; which++)
      if (look->focus != COTERIE_PALETTE_NO_IDENTITY &&
          steps_back (look, decor->label_identities[i]))
        labels[i].opacities[which] *= DIMMED_DECOR_FACTOR;
  }
  return labels;
}

/* What a search or a community brings out has numbers, and what steps back has none. */
static guint32 *
make_numbers (const CoterieSceneLook *look)
{
  const CoterieSceneEmphasis *emphasis = look->emphasis;
  gboolean some = emphasis->any && emphasis->hovered < 0;
  guint32 *numbers;

  if (look->style->labels == COTERIE_SCENE_LABELS_NONE)
    return NULL;
  numbers = g_new (guint32, look->merge->n_nodes);
  for (guint v = 0; v < look->merge->n_nodes; v++)
    numbers[v] = some && !emphasis->lit[look->shown_end][v]
                     ? G_MAXUINT32
                     : coterie_scene_key_neuron (look->merge->keys[v]);
  return numbers;
}

/* A trail lies among the edges of its neuron, which have the colour of its community: it has that of
 * the text, and the canvas around it. */
static guint
make_trail (const CoterieSceneLook *look, CoterieDrawingPath paths[N_TRAIL_PATHS])
{
  const CoteriePalette *palette = coterie_palette_get (look->style->dark);
  const CoterieColor colors[N_TRAIL_PATHS] = {palette->canvas, palette->text};
  const float widths_px[N_TRAIL_PATHS] = {TRAIL_HALO_WIDTH_PX, TRAIL_WIDTH_PX};

  for (guint i = 0; i < N_TRAIL_PATHS; i++)
    paths[i] = (CoterieDrawingPath){
        .n_points = look->n_trail,
        .points = look->trail,
        .width_px = widths_px[i],
        .dot_px = TRAIL_DOT_PX + 0.5f * (widths_px[i] - TRAIL_WIDTH_PX),
        .color = colors[i],
        .fade = TRAIL_FADE,
    };
  return look->n_trail >= 2 ? N_TRAIL_PATHS : 0;
}

/* A path without extent, which has nothing but its dots. */
static guint
make_ring (const CoterieSceneLook *look,
           CoterieDrawingPath paths[N_RING_PATHS],
           float points[2 * 2])
{
  const CoteriePalette *palette = coterie_palette_get (look->style->dark);
  const CoterieColor colors[N_RING_PATHS] = {palette->canvas, palette->text, palette->canvas};
  const float radii_px[N_RING_PATHS] = {RING_HALO_PX, RING_OUTER_PX, RING_INNER_PX};

  if (!look->trail_ended || look->n_trail == 0)
    return 0;
  for (guint i = 0; i < 2; i++)
    memcpy (points + 2 * i, look->trail + 2 * (look->n_trail - 1), 2 * sizeof *points);
  for (guint i = 0; i < N_RING_PATHS; i++)
    paths[i] = (CoterieDrawingPath){
        .n_points = 2,
        .points = points,
        .dot_px = radii_px[i],
        .color = colors[i],
        .fade = 1.0f,
    };
  return N_RING_PATHS;
}

/**
 * coterie_scene_look_draw:
 * @look: how a scene looks
 * @s_frac: where on the blend it is, eased
 *
 * Cost: a pass over nodes and edges.
 *
 * Returns: (transfer full): its drawing
 */
CoterieDrawing *
coterie_scene_look_draw (const CoterieSceneLook *look, double s_frac)
{
  const CoteriePalette *palette = coterie_palette_get (look->style->dark);
  guint n_edges;
  g_autofree CoterieDrawingNode *nodes = make_nodes (look);
  g_autofree CoterieDrawingEdge *edges = make_edges (look, &n_edges);
  g_autofree CoterieDrawingHull *hulls = make_hulls (look);
  g_autofree CoterieDrawingLabel *labels = make_labels (look);
  g_autofree guint32 *numbers = make_numbers (look);
  g_autofree guint32 *order = order_nodes (look);
  CoterieDrawingPath paths[N_TRAIL_PATHS + N_RING_PATHS];
  float ring_points[2 * 2];
  guint n_paths = make_trail (look, paths);

  n_paths += make_ring (look, paths + n_paths, ring_points);
  return coterie_drawing_new (
      &(CoterieDrawingGeometry){
          .n_nodes = look->merge->n_nodes,
          .nodes = nodes,
          .order = order,
          .n_edges = n_edges,
          .edges = edges,
          .n_hulls = look->decor->n_hulls,
          .hulls = hulls,
          .n_labels = look->decor->n_labels,
          .labels = labels,
          .node_labels = {look->decor->node_labels[0], look->decor->node_labels[1]},
          .numbers = numbers,
          .n_paths = n_paths,
          .paths = paths,
          .spreads = {look->ends[0].graph->spread, look->ends[1].graph->spread},
          .canvas = palette->canvas,
          .rim = palette->rim,
      },
      s_frac);
}
