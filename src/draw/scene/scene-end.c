/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a graph and a style to sizes, colours, shapes and densities. */

#include "draw/scene/scene-end.h"

#include <math.h>

/* Radii for a graph of up to about 400 nodes; more nodes are drawn smaller. */
#define MIN_RADIUS_PX 3.0
#define MAX_RADIUS_PX 9.0
#define CONSTANT_RADIUS_PX 5.5
#define NOMINAL_N_NODES 400.0

/* How much smaller nodes are when several layers share the room of one. */
#define LAYERS_EXPONENT -0.4

/* The mean density of an edge in a graph of 4000; more edges are fainter. */
#define MEAN_DENSITY 0.10
#define NOMINAL_N_EDGES 4000.0
#define MAX_DENSITY 0.7

/* Edges between communities, relative to those inside. */
#define ACROSS_DENSITY 0.6

/* Weights of the network, relative to edges: those that stay in a class show where it flows, the
 * others are what it flows through. */
#define SAME_CLASS_DENSITY 2.0
#define OTHER_CLASS_DENSITY 0.4

/* The ends of the ramp are multiples of a round number, about so many steps apart: the same in most
 * frames, so that colours are steady. */
#define N_RANGE_STEPS 4.0

/* What is known of the edges of one kind. */
typedef struct {
  double max_weight;
  double sum;
  guint n_edges;
  double factor;
} KindScale;

static double
get_color_value (const CoterieSceneGraph *graph, const CoterieSceneStyle *style, guint v)
{
  switch (style->color_by) {
  case COTERIE_SCENE_COLOR_ENTROPY:
    return (double) graph->entropies[v];
  case COTERIE_SCENE_COLOR_STRENGTH:
    return graph->strengths[v];
  case COTERIE_SCENE_COLOR_ACTIVATION:
    return style->activation_class < graph->n_classes
               ? (double) graph->class_means[(gsize) style->activation_class * graph->n_nodes + v]
               : NAN;
  case COTERIE_SCENE_COLOR_COMMUNITY:
  case COTERIE_SCENE_COLOR_CLASS:
  case COTERIE_SCENE_COLOR_LAYER:
  default:
    return NAN;
  }
}

/* What the colour stands for where it is no quantity. */
static guint32
get_category (const CoterieSceneGraph *graph, const CoterieSceneStyle *style, guint v)
{
  switch (style->color_by) {
  case COTERIE_SCENE_COLOR_COMMUNITY:
    return graph->identities[v];
  case COTERIE_SCENE_COLOR_CLASS:
    return graph->classes[v];
  case COTERIE_SCENE_COLOR_LAYER:
    return coterie_scene_key_layer (graph->keys[v]) - 1;
  case COTERIE_SCENE_COLOR_ENTROPY:
  case COTERIE_SCENE_COLOR_STRENGTH:
  case COTERIE_SCENE_COLOR_ACTIVATION:
  default:
    return COTERIE_PALETTE_NO_IDENTITY;
  }
}

static double
get_size_value (const CoterieSceneGraph *graph, const CoterieSceneStyle *style, guint v)
{
  guint c = style->color_by == COTERIE_SCENE_COLOR_ACTIVATION ? style->activation_class
                                                              : graph->classes[v];

  switch (style->size_by) {
  case COTERIE_SCENE_SIZE_STRENGTH:
    return graph->strengths[v];
  case COTERIE_SCENE_SIZE_DEGREE:
    return graph->degrees[v];
  case COTERIE_SCENE_SIZE_ENTROPY:
    return (double) graph->entropies[v];
  case COTERIE_SCENE_SIZE_ACTIVATION:
    return c < graph->n_classes ? (double) graph->class_means[(gsize) c * graph->n_nodes + v] : NAN;
  case COTERIE_SCENE_SIZE_CONSTANT:
  default:
    return NAN;
  }
}

/* 1, 2 or 5 times a power of ten, at least as large. */
static double
round_step_up (double step)
{
  double decade = pow (10.0, floor (log10 (step)));
  double lead = step / decade;

  return decade * (lead <= 1.0 ? 1.0 : lead <= 2.0 ? 2.0 : lead <= 5.0 ? 5.0 : 10.0);
}

static void
find_color_range (CoterieSceneEnd *end, const CoterieSceneStyle *style)
{
  double least = G_MAXDOUBLE, most = -G_MAXDOUBLE, step;

  for (guint v = 0; v < end->graph->n_nodes; v++) {
    double value = get_color_value (end->graph, style, v);

    if (!isfinite (value))
      continue;
    least = fmin (least, value);
    most = fmax (most, value);
  }
  if (!(least < most)) {
    end->color_min = most > 0.0 ? 0.0 : most == -G_MAXDOUBLE ? 0.0 : most;
    end->color_max = most > 0.0 ? most : end->color_min + 1.0;
    return;
  }
  step = round_step_up ((most - least) / N_RANGE_STEPS);
  end->color_min = step * floor (least / step);
  end->color_max = step * ceil (most / step);
}

/* What chooses among the palette's colours and shapes: a community keeps its own, whether its layer
 * is shown alone or among all. */
static guint32
get_hue (const CoterieSceneEnd *end, const CoterieSceneStyle *style, guint v, guint32 category)
{
  return style->color_by == COTERIE_SCENE_COLOR_COMMUNITY ? end->graph->hues[v] : category;
}

static CoterieColor
get_color (const CoterieSceneEnd *end, const CoterieSceneStyle *style, guint v, guint32 category)
{
  double range = end->color_max - end->color_min;

  if (!coterie_scene_style_has_ramp (style))
    return coterie_palette_get_community (get_hue (end, style, v, category), style->dark);
  return coterie_palette_get_ramp (
      (get_color_value (end->graph, style, v) - end->color_min) / range, style->dark);
}

static double
get_shrink (const CoterieSceneGraph *graph)
{
  double n_nodes = (double) MAX (graph->n_nodes, 1) / graph->n_layers;

  return CLAMP (pow (NOMINAL_N_NODES / n_nodes, 0.35), 0.4, 1.3) *
         pow (graph->n_layers, LAYERS_EXPONENT);
}

/* Area follows the quantity, between what the smallest and the largest node have. */
static double
get_radius_px (const CoterieSceneEnd *end, double value, double shrink)
{
  double range = end->size_max - end->size_min;

  if (!isfinite (value) || range <= 0.0)
    return shrink * CONSTANT_RADIUS_PX;
  return shrink *
         fmax (MIN_RADIUS_PX, MAX_RADIUS_PX * sqrt (fmax (value - end->size_min, 0.0) / range));
}

/* From nothing on, but for entropies, which are never near it: all nodes would have one size. */
static void
find_size_range (CoterieSceneEnd *end, const CoterieSceneStyle *style)
{
  gboolean from_least = style->size_by == COTERIE_SCENE_SIZE_ENTROPY;
  double least = G_MAXDOUBLE;

  for (guint v = 0; v < end->graph->n_nodes; v++) {
    double value = get_size_value (end->graph, style, v);

    if (!isfinite (value))
      continue;
    end->size_max = fmax (end->size_max, value);
    least = fmin (least, value);
  }
  if (from_least && least <= end->size_max)
    end->size_min = least;
}

static CoterieShape
get_shape (const CoterieSceneEnd *end, const CoterieSceneStyle *style, guint v, guint32 category)
{
  if (!style->shapes || category == COTERIE_PALETTE_NO_IDENTITY)
    return COTERIE_SHAPE_DISC;
  return (CoterieShape) (coterie_palette_get_round (get_hue (end, style, v, category)) %
                         COTERIE_N_SHAPES);
}

static void
fill_nodes (CoterieSceneEnd *end,
            const CoterieSceneMerge *merge,
            guint which,
            const CoterieSceneStyle *style,
            const CoterieNodeQuery *filter)
{
  const CoterieSceneGraph *graph = end->graph;
  double shrink = get_shrink (graph);

  for (guint n = 0; n < merge->n_nodes; n++) {
    CoterieSceneEndNode *node = &end->nodes[n];
    guint v = (guint) merge->nodes[which][n];

    if (merge->nodes[which][n] < 0)
      continue;
    node->present = TRUE;
    node->shown = filter == NULL || coterie_node_query_matches (filter, graph, v);
    node->x = graph->positions[2 * v];
    node->y = graph->positions[2 * v + 1];
    node->category = get_category (graph, style, v);
    node->color = get_color (end, style, v, node->category);
    node->shape = get_shape (end, style, v, node->category);
    if (node->shown)
      node->radius_px = (float) get_radius_px (end, get_size_value (graph, style, v), shrink);
  }
}

/* How strongly an edge's density follows its weight. */
static inline double
get_relative_density (double weight_frac)
{
  return weight_frac * sqrt (weight_frac);
}

/* The densities of a graph's edges go by weight, scaled so that their mean depends on the number of
 * edges alone. Otherwise a few heavy edges would make all others vanish. */
static KindScale
measure_edges (const CoterieSceneGraph *graph, CoterieSceneEdgeKind kind)
{
  KindScale scale = {0};

  for (guint e = 0; e < graph->n_edges; e++)
    if (graph->edges[e].kind == kind) {
      scale.max_weight = fmax (scale.max_weight, fabs ((double) graph->edges[e].weight));
      scale.n_edges++;
    }
  if (!(scale.max_weight > 0.0))
    return scale;
  for (guint e = 0; e < graph->n_edges; e++)
    if (graph->edges[e].kind == kind)
      scale.sum += get_relative_density (fabs ((double) graph->edges[e].weight) / scale.max_weight);
  scale.factor = MEAN_DENSITY * sqrt (NOMINAL_N_EDGES / scale.n_edges) * scale.n_edges / scale.sum;
  return scale;
}

static gboolean
joins_class (const CoterieSceneEnd *end, const CoterieSceneGraphEdge *edge)
{
  return end->graph->classes[edge->source] == end->graph->classes[edge->target];
}

/* An edge of a pattern graph has the colour of its ends where they agree. So has a weight of the
 * network where both ends stand for the same class; if their communities have different colours, it
 * is that from which it comes. */
static CoterieColor
get_edge_color (const CoterieSceneEnd *end,
                const CoterieSceneGraphEdge *edge,
                const CoterieSceneEndNode *source,
                const CoterieSceneEndNode *target,
                gboolean dark)
{
  gboolean agree = edge->kind == COTERIE_SCENE_EDGE_NETWORK ? joins_class (end, edge)
                                                            : source->category == target->category;

  if (!agree || source->category == COTERIE_PALETTE_NO_IDENTITY)
    return coterie_palette_get (dark)->edge;
  return source->color;
}

static double
get_opacity (const CoterieSceneEnd *end,
             const CoterieSceneGraphEdge *edge,
             const CoterieSceneStyle *style)
{
  if (edge->kind == COTERIE_SCENE_EDGE_NETWORK)
    return style->across_edges_frac *
           (joins_class (end, edge) ? SAME_CLASS_DENSITY : OTHER_CLASS_DENSITY);
  if (end->graph->communities[edge->source] == end->graph->communities[edge->target])
    return style->within_edges_frac;
  return style->across_edges_frac * ACROSS_DENSITY;
}

static void
fill_edges (CoterieSceneEnd *end,
            const CoterieSceneMerge *merge,
            guint which,
            const CoterieSceneStyle *style)
{
  const KindScale scales[] = {
      [COTERIE_SCENE_EDGE_PATTERN] = measure_edges (end->graph, COTERIE_SCENE_EDGE_PATTERN),
      [COTERIE_SCENE_EDGE_NETWORK] = measure_edges (end->graph, COTERIE_SCENE_EDGE_NETWORK),
  };

  for (guint e = 0; e < merge->n_edges; e++) {
    const CoterieSceneEndNode *source = &end->nodes[merge->edges[e].source];
    const CoterieSceneEndNode *target = &end->nodes[merge->edges[e].target];
    const CoterieSceneGraphEdge *edge;
    const KindScale *scale;
    double weight_frac;

    if (merge->edges[e].edges[which] < 0)
      continue;
    edge = &end->graph->edges[merge->edges[e].edges[which]];
    scale = &scales[edge->kind];
    weight_frac = fabs ((double) edge->weight) / scale->max_weight;
    end->edge_colors[e] = get_edge_color (end, edge, source, target, style->dark);
    end->edge_colors[e].alpha = 0.0f;
    end->edge_weights_frac[e] = (float) weight_frac;
    if (source->shown && target->shown && weight_frac >= style->edge_threshold_frac)
      end->edge_colors[e].alpha =
          (float) fmin (fmin (scale->factor * get_relative_density (weight_frac), MAX_DENSITY) *
                            get_opacity (end, edge, style),
                        MAX_DENSITY);
  }
}

/**
 * coterie_scene_style_has_ramp:
 * @style: a style
 *
 * Returns: whether colours stand for a quantity
 */
gboolean
coterie_scene_style_has_ramp (const CoterieSceneStyle *style)
{
  return style->color_by >= COTERIE_SCENE_COLOR_ENTROPY;
}

/**
 * coterie_scene_end_init:
 * @end: (out caller-allocates): how it looks
 * @graph: (transfer none): the graph; must live as long as @end
 * @merge: of it and another one
 * @which: 0 if @graph is the first of both, else 1
 * @style: how it is to look
 * @filter: (nullable): hides all nodes that do not match, and their edges
 *
 * Cost: some passes over nodes and edges.
 */
void
coterie_scene_end_init (CoterieSceneEnd *end,
                        const CoterieSceneGraph *graph,
                        const CoterieSceneMerge *merge,
                        guint which,
                        const CoterieSceneStyle *style,
                        const CoterieNodeQuery *filter)
{
  *end = (CoterieSceneEnd){
      .graph = graph,
      .nodes = g_new0 (CoterieSceneEndNode, merge->n_nodes),
      .edge_colors = g_new0 (CoterieColor, merge->n_edges),
      .edge_weights_frac = g_new0 (float, merge->n_edges),
  };
  if (coterie_scene_style_has_ramp (style))
    find_color_range (end, style);
  find_size_range (end, style);
  fill_nodes (end, merge, which, style, filter);
  fill_edges (end, merge, which, style);
}

/**
 * coterie_scene_end_paint:
 * @graph: a graph
 * @style: how it is to look
 * @colors: (out caller-allocates) (array): [nodes of the graph]: the colour of each
 * @shapes: (out caller-allocates) (array): [nodes of the graph]: its outline
 *
 * What nodes look like while nothing is brought out, for lists beside the picture. Cost: two passes over the
 * nodes.
 */
void
coterie_scene_end_paint (const CoterieSceneGraph *graph,
                         const CoterieSceneStyle *style,
                         CoterieColor *colors,
                         CoterieShape *shapes)
{
  CoterieSceneEnd end = {.graph = graph};

  if (coterie_scene_style_has_ramp (style))
    find_color_range (&end, style);
  for (guint v = 0; v < graph->n_nodes; v++) {
    guint32 category = get_category (graph, style, v);

    colors[v] = get_color (&end, style, v, category);
    shapes[v] = get_shape (&end, style, v, category);
  }
}

/**
 * coterie_scene_end_complete:
 * @end: one end
 * @other: the other end
 * @merge: of both
 *
 * Puts nodes that @end does not have where @other has them, without a radius, so that they grow or
 * shrink in their place, and gives edges that it does not show the colour that they have in @other, so
 * that they fade.
 */
void
coterie_scene_end_complete (CoterieSceneEnd *end,
                            const CoterieSceneEnd *other,
                            const CoterieSceneMerge *merge)
{
  for (guint n = 0; n < merge->n_nodes; n++)
    if (!end->nodes[n].present && other->nodes[n].present) {
      end->nodes[n] = other->nodes[n];
      end->nodes[n].radius_px = 0.0f;
      end->nodes[n].present = FALSE;
      end->nodes[n].shown = FALSE;
    }
  for (guint e = 0; e < merge->n_edges; e++)
    if (end->edge_colors[e].alpha <= 0.0f && other->edge_colors[e].alpha > 0.0f) {
      end->edge_colors[e] = other->edge_colors[e];
      end->edge_colors[e].alpha = 0.0f;
      end->edge_weights_frac[e] = other->edge_weights_frac[e];
    }
}

/**
 * coterie_scene_end_clear:
 * @end: an end, or zeroed
 */
void
coterie_scene_end_clear (CoterieSceneEnd *end)
{
  g_free (end->nodes);
  g_free (end->edge_colors);
  g_free (end->edge_weights_frac);
  *end = (CoterieSceneEnd){0};
}
