/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a frame to what is shown of it: the graph of one layer, or those of all layers in the order of
 * the network, with its strongest weights between them. Each layer then has the same size, so that a
 * layer whose layout is wide does not make the others small.
 *
 * The layers are read as a text is: side by side, from four layers on in several rows. In one row they
 * would be a strip with much room above and below it. How many rows there are depends on the number of
 * layers alone, so that nothing jumps when a window gets wider or another iteration is shown. */

#include "draw/scene/scene-graph.h"

#include <math.h>

/* From the middle of a layer to that of the next, and to that of the one below it, in root mean square
 * distances of a layer's nodes from their middle: a filled disc is 2.83 of them wide, and there is room
 * for what strays, and between the rows for headings. */
#define LAYER_DISTANCE 3.5
#define ROW_DISTANCE 3.8
#define LAYER_WIDTH 2.83

/* A usual view is so many times as wide as high. */
#define VIEW_ASPECT 1.6

/* Where the nodes of a layer stand in the graph. */
typedef struct {
  const CoterieFrameLayer *layer;
  guint n_nodes; /* none of a silent layer: what represents its classes was picked out of equals */
  guint first_node;
  guint first_community;
  CoterieScenePlacement placement;
} Part;

/* The fields of a graph while they are filled. */
typedef struct {
  CoterieSceneGraph graph;
  CoterieScenePlacement *placements;
  guint64 *keys;
  float *positions;
  double *strengths;
  guint32 *degrees;
  float *entropies;
  guint32 *classes;
  guint8 *represents;
  float *class_means;
  guint32 *communities;
  guint32 *identities;
  guint32 *hues;
  CoterieSceneGraphEdge *edges;
} Draft;

static void
find_middle (const float *positions, guint n_nodes, double *x, double *y)
{
  *x = *y = 0.0;
  for (guint v = 0; v < n_nodes; v++) {
    *x += (double) positions[2 * v];
    *y += (double) positions[2 * v + 1];
  }
  *x /= MAX (n_nodes, 1);
  *y /= MAX (n_nodes, 1);
}

static double
compute_spread (const float *positions, guint n_nodes)
{
  double middle_x, middle_y;
  double squares = 0.0;

  find_middle (positions, n_nodes, &middle_x, &middle_y);
  for (guint v = 0; v < n_nodes; v++) {
    double dx = (double) positions[2 * v] - middle_x;
    double dy = (double) positions[2 * v + 1] - middle_y;

    squares += dx * dx + dy * dy;
  }
  return sqrt (squares / MAX (n_nodes, 1));
}

static CoterieBounds
find_bounds (const float *positions, guint n_nodes)
{
  CoterieBounds bounds = {G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE};

  if (n_nodes == 0)
    return (CoterieBounds){0.0, 0.0, 0.0, 0.0};
  for (guint v = 0; v < n_nodes; v++) {
    bounds.min_x = fmin (bounds.min_x, (double) positions[2 * v]);
    bounds.max_x = fmax (bounds.max_x, (double) positions[2 * v]);
    bounds.min_y = fmin (bounds.min_y, (double) positions[2 * v + 1]);
    bounds.max_y = fmax (bounds.max_y, (double) positions[2 * v + 1]);
  }
  return bounds;
}

static void
draft_init (Draft *draft, guint n_layers, guint n_classes, guint n_nodes, gsize n_edges)
{
  draft->graph = (CoterieSceneGraph){
      .n_layers = n_layers,
      .n_columns = n_layers,
      .n_classes = n_classes,
      .n_nodes = n_nodes,
  };
  draft->placements = g_new0 (CoterieScenePlacement, n_layers);
  draft->keys = g_new (guint64, n_nodes);
  draft->positions = g_new (float, 2 * (gsize) n_nodes);
  draft->strengths = g_new (double, n_nodes);
  draft->degrees = g_new (guint32, n_nodes);
  draft->entropies = g_new (float, n_nodes);
  draft->classes = g_new (guint32, n_nodes);
  draft->represents = g_new0 (guint8, (gsize) n_classes * n_nodes);
  draft->class_means = g_new (float, (gsize) n_classes *n_nodes);
  draft->communities = g_new (guint32, n_nodes);
  draft->identities = g_new (guint32, n_nodes);
  draft->hues = g_new (guint32, n_nodes);
  draft->edges = g_new (CoterieSceneGraphEdge, n_edges);
}

/* A layer keeps its place when it falls silent, so that the others do. */
static void
make_room_for_silent (CoterieSceneGraph *graph)
{
  CoterieBounds *bounds = &graph->bounds;

  for (guint l = 0; l < graph->n_layers; l++) {
    const CoterieScenePlacement *placement = &graph->placements[l];

    if (!placement->silent)
      continue;
    bounds->min_x = fmin (bounds->min_x, placement->center_x - 0.5 * LAYER_WIDTH);
    bounds->max_x = fmax (bounds->max_x, placement->center_x + 0.5 * LAYER_WIDTH);
    bounds->min_y = fmin (bounds->min_y, placement->center_y - 0.5 * LAYER_WIDTH);
    bounds->max_y = fmax (bounds->max_y, placement->center_y + 0.5 * LAYER_WIDTH);
  }
}

static CoterieSceneGraph *
draft_finish (Draft *draft)
{
  CoterieSceneGraph *graph = g_atomic_rc_box_dup (sizeof draft->graph, &draft->graph);

  graph->placements = draft->placements;
  graph->keys = draft->keys;
  graph->positions = draft->positions;
  graph->strengths = draft->strengths;
  graph->degrees = draft->degrees;
  graph->entropies = draft->entropies;
  graph->classes = draft->classes;
  graph->represents = draft->represents;
  graph->class_means = draft->class_means;
  graph->communities = draft->communities;
  graph->identities = draft->identities;
  graph->hues = draft->hues;
  graph->edges = draft->edges;
  graph->bounds = find_bounds (graph->positions, graph->n_nodes);
  if (graph->n_layers > 1 && graph->n_nodes > 0)
    make_room_for_silent (graph);
  graph->spread = compute_spread (graph->positions, graph->n_nodes);
  return graph;
}

static void
fill_class_means (Draft *draft, const Part *part)
{
  const CoterieLayerAnalysis *analysis = part->layer->analysis;

  for (guint c = 0; c < analysis->n_classes; c++) {
    const float *means = analysis->class_means + (gsize) c * analysis->n_neurons;
    float *row = draft->class_means + (gsize) c * draft->graph.n_nodes + part->first_node;

    for (guint v = 0; v < part->n_nodes; v++)
      row[v] = means[analysis->neurons[v]];
  }
}

/* A representative is a node, unless its layer is silent. */
static void
fill_represents (Draft *draft, const Part *part)
{
  const CoterieLayerAnalysis *analysis = part->layer->analysis;

  for (guint c = 0; c < analysis->n_classes && part->n_nodes > 0; c++) {
    guint8 *row = draft->represents + (gsize) c * draft->graph.n_nodes + part->first_node;

    for (guint i = 0; i < analysis->n_representatives[c]; i++) {
      gint node = coterie_layer_analysis_find_node (analysis, analysis->representatives[c][i]);

      if (node >= 0)
        row[node] = TRUE;
    }
  }
}

static void
fill_nodes (Draft *draft, const Part *part, const CoterieCommunityHues *hues)
{
  const CoterieFrameLayer *layer = part->layer;
  const CoterieLayerAnalysis *analysis = layer->analysis;
  const CoterieGraph *graph = analysis->graph;
  const CoterieScenePlacement *placement = &part->placement;

  for (guint v = 0; v < part->n_nodes; v++) {
    guint node = part->first_node + v;
    guint32 identity = layer->identities[layer->communities[v]];

    draft->keys[node] = coterie_scene_key (analysis->layer, analysis->neurons[v]);
    draft->positions[2 * node] =
        (float) ((double) layer->positions[2 * v] * placement->scale + placement->shift_x);
    draft->positions[2 * node + 1] =
        (float) ((double) layer->positions[2 * v + 1] * placement->scale + placement->shift_y);
    draft->strengths[node] = graph->strengths[v];
    draft->degrees[node] = graph->offsets[v + 1] - graph->offsets[v];
    draft->entropies[node] = analysis->neuron_entropies[analysis->neurons[v]];
    draft->classes[node] = analysis->node_classes[v];
    draft->communities[node] = part->first_community + layer->communities[v];
    draft->identities[node] =
        coterie_scene_graph_join_identity (identity, analysis->layer, draft->graph.n_layers);
    draft->hues[node] = coterie_community_hues_get (hues, analysis->layer, identity);
  }
  fill_represents (draft, part);
  fill_class_means (draft, part);
  draft->graph.n_communities += part->n_nodes > 0 ? layer->n_communities : 0;
}

static void
add_edge (Draft *draft, guint32 source, guint32 target, float weight, CoterieSceneEdgeKind kind)
{
  draft->edges[draft->graph.n_edges++] = (CoterieSceneGraphEdge){source, target, weight, kind};
}

/* The layer's own edges and, of each node after those, the weights to the next layer; @above and
 * @weights are NULL in the last one. The representatives may be others than when the weights were
 * chosen: what is not shown has none. */
static void
fill_edges (Draft *draft,
            const Part *part,
            const Part *above,
            const CoterieStrongestWeights *weights)
{
  const CoterieLayerAnalysis *analysis = part->layer->analysis;
  const CoterieGraph *graph = analysis->graph;
  guint n_weights = above != NULL && above->n_nodes > 0 && weights != NULL ? weights->n_weights : 0;
  guint e = 0, w = 0;

  for (guint v = 0; v < part->n_nodes; v++) {
    for (; e < graph->n_edges && graph->edges[e].source == v; e++)
      add_edge (draft, part->first_node + v, part->first_node + graph->edges[e].target,
                (float) graph->edges[e].weight, COTERIE_SCENE_EDGE_PATTERN);
    for (; w < n_weights && weights->weights[w].source <= analysis->neurons[v]; w++) {
      gint target;

      if (weights->weights[w].source < analysis->neurons[v])
        continue;
      target =
          coterie_layer_analysis_find_node (above->layer->analysis, weights->weights[w].target);
      if (target >= 0)
        add_edge (draft, part->first_node + v, above->first_node + (guint) target,
                  weights->weights[w].weight, COTERIE_SCENE_EDGE_NETWORK);
    }
  }
}

static void
part_init (Part *part, const CoterieFrameLayer *layer)
{
  gboolean silent = coterie_layer_analysis_is_silent (layer->analysis);

  *part = (Part){
      .layer = layer,
      .n_nodes = silent ? 0 : layer->analysis->n_nodes,
      .placement = {.scale = 1.0, .silent = silent},
  };
}

/**
 * coterie_scene_graph_new_empty:
 *
 * Returns: (transfer full): a graph without nodes
 */
CoterieSceneGraph *
coterie_scene_graph_new_empty (void)
{
  Draft draft;

  draft_init (&draft, 1, 0, 0, 0);
  return draft_finish (&draft);
}

/**
 * coterie_scene_graph_new_from_layer:
 * @layer: a layer of a frame
 * @hues: (nullable): those of its communities; %NULL goes by the numbers of their identities
 *
 * Copies what is shown of one layer: nothing of one that is silent. Cost: one pass over its nodes for each class, and one over its
 * edges.
 *
 * Returns: (transfer full): its graph
 */
CoterieSceneGraph *
coterie_scene_graph_new_from_layer (const CoterieFrameLayer *layer,
                                    const CoterieCommunityHues *hues)
{
  const CoterieLayerAnalysis *analysis = layer->analysis;
  Part part;
  Draft draft;

  part_init (&part, layer);
  draft_init (&draft, 1, analysis->n_classes, part.n_nodes, analysis->graph->n_edges);
  draft.graph.first_layer = analysis->layer;
  draft.placements[0] = part.placement;
  fill_nodes (&draft, &part, hues);
  fill_edges (&draft, &part, NULL, NULL);
  return draft_finish (&draft);
}

/* With which the layers are largest in a usual view. */
static guint
choose_columns (guint n_layers)
{
  guint best = n_layers;
  double largest = 0.0;

  for (guint n_rows = 1; n_rows <= n_layers; n_rows++) {
    guint n_columns = (n_layers + n_rows - 1) / n_rows;
    double width = (n_columns - 1) * LAYER_DISTANCE + LAYER_WIDTH;
    double height = (n_rows - 1) * ROW_DISTANCE + LAYER_WIDTH;
    double size = fmin (VIEW_ASPECT / width, 1.0 / height);

    if (size > largest) {
      largest = size;
      best = n_columns;
    }
  }
  return best;
}

/* A layer without extent, of one node or none, keeps its scale. */
static void
place_part (Part *part, guint index, guint n_columns)
{
  const float *positions = part->layer->positions;
  double spread = compute_spread (positions, part->n_nodes);
  double middle_x, middle_y;

  find_middle (positions, part->n_nodes, &middle_x, &middle_y);
  part->placement.scale = spread > 0.0 ? 1.0 / spread : 1.0;
  part->placement.center_x = (index % n_columns) * LAYER_DISTANCE;
  part->placement.center_y = -ROW_DISTANCE * (index / n_columns);
  part->placement.shift_x = part->placement.center_x - middle_x * part->placement.scale;
  part->placement.shift_y = part->placement.center_y - middle_y * part->placement.scale;
}

/**
 * coterie_scene_graph_new_from_layers:
 * @layers: (array length=n_layers): layers of a frame, from the input towards the output
 * @n_layers: how many, at least 1
 * @weights: (nullable) (array length=n_layers - 1): the weights to draw from each layer to the next;
 *   elements may be %NULL, too
 * @hues: (nullable): those of the communities; %NULL goes by the numbers of their identities
 *
 * Copies what is shown of all layers: side by side from left to right, each with a spread of 1, from four
 * layers on in rows, the first above. Weights whose neurons are not shown are left out. Cost: that of the layers, and a binary search
 * for each weight.
 *
 * Returns: (transfer full): the graph of all
 */
CoterieSceneGraph *
coterie_scene_graph_new_from_layers (const CoterieFrameLayer *layers,
                                     guint n_layers,
                                     CoterieStrongestWeights *const *weights,
                                     const CoterieCommunityHues *hues)
{
  g_autofree Part *parts = g_new0 (Part, n_layers);
  guint n_columns = choose_columns (n_layers), n_nodes = 0, n_communities = 0;
  gsize n_edges = 0;
  Draft draft;

  for (guint l = 0; l < n_layers; l++) {
    part_init (&parts[l], &layers[l]);
    parts[l].first_node = n_nodes;
    parts[l].first_community = n_communities;
    place_part (&parts[l], l, n_columns);
    n_nodes += parts[l].n_nodes;
    n_communities += parts[l].n_nodes > 0 ? layers[l].n_communities : 0;
    n_edges += layers[l].analysis->graph->n_edges;
    if (weights != NULL && l + 1 < n_layers && weights[l] != NULL)
      n_edges += weights[l]->n_weights;
  }

  draft_init (&draft, n_layers, layers[0].analysis->n_classes, n_nodes, n_edges);
  draft.graph.n_columns = n_columns;
  draft.graph.first_layer = layers[0].analysis->layer;
  for (guint l = 0; l < n_layers; l++) {
    gboolean last = l + 1 == n_layers;

    draft.placements[l] = parts[l].placement;
    fill_nodes (&draft, &parts[l], hues);
    fill_edges (&draft, &parts[l], last ? NULL : &parts[l + 1],
                last || weights == NULL ? NULL : weights[l]);
  }
  return draft_finish (&draft);
}

/**
 * coterie_scene_graph_ref:
 * @graph: a graph
 *
 * Returns: (transfer full): the same
 */
CoterieSceneGraph *
coterie_scene_graph_ref (CoterieSceneGraph *graph)
{
  return g_atomic_rc_box_acquire (graph);
}

static void
clear (gpointer data)
{
  CoterieSceneGraph *graph = data;

  g_free ((gpointer) graph->placements);
  g_free ((gpointer) graph->keys);
  g_free ((gpointer) graph->positions);
  g_free ((gpointer) graph->strengths);
  g_free ((gpointer) graph->degrees);
  g_free ((gpointer) graph->entropies);
  g_free ((gpointer) graph->classes);
  g_free ((gpointer) graph->represents);
  g_free ((gpointer) graph->class_means);
  g_free ((gpointer) graph->communities);
  g_free ((gpointer) graph->identities);
  g_free ((gpointer) graph->hues);
  g_free ((gpointer) graph->edges);
}

/**
 * coterie_scene_graph_unref:
 * @graph: (transfer full): a graph
 */
void
coterie_scene_graph_unref (CoterieSceneGraph *graph)
{
  g_atomic_rc_box_release_full (graph, clear);
}

/**
 * coterie_scene_graph_to_layer:
 * @graph: a graph
 * @layer: a hidden layer, from 1
 * @x: (inout): a place, to the right, layout units of @graph
 * @y: (inout): upwards
 *
 * Says where a place is in a layer's own layout.
 *
 * Returns: whether @graph shows the layer; if it does not, @x and @y are left alone
 */
gboolean
coterie_scene_graph_to_layer (const CoterieSceneGraph *graph, guint layer, double *x, double *y)
{
  const CoterieScenePlacement *placement;

  if (graph->first_layer == 0 || layer < graph->first_layer ||
      layer - graph->first_layer >= graph->n_layers)
    return FALSE;
  placement = &graph->placements[layer - graph->first_layer];
  *x = (*x - placement->shift_x) / placement->scale;
  *y = (*y - placement->shift_y) / placement->scale;
  return TRUE;
}

/**
 * coterie_scene_graph_find:
 * @graph: a graph
 * @key: which neuron
 *
 * Returns: its node, or -1. Cost: a binary search.
 */
gint
coterie_scene_graph_find (const CoterieSceneGraph *graph, guint64 key)
{
  guint low = 0, high = graph->n_nodes;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (graph->keys[middle] < key)
      low = middle + 1;
    else
      high = middle;
  }
  return low < graph->n_nodes && graph->keys[low] == key ? (gint) low : -1;
}

/**
 * coterie_scene_graph_join_identity:
 * @identity: identity of a community in its layer, or %COTERIE_LINEAGE_NONE
 * @layer: which layer, from 1
 * @n_layers: layers that the graph shows
 *
 * The layers take turns, so that the number stays the same when further communities are born. In the
 * graph of one layer alone identities stay what they are.
 *
 * Returns: its identity in the graph, or %COTERIE_LINEAGE_NONE
 */
guint32
coterie_scene_graph_join_identity (guint32 identity, guint layer, guint n_layers)
{
  if (identity == COTERIE_LINEAGE_NONE || n_layers <= 1)
    return identity;
  return identity * n_layers + (layer - 1);
}

/**
 * coterie_scene_graph_split_identity:
 * @identity: identity of a community in a graph, or %COTERIE_LINEAGE_NONE
 * @n_layers: layers that the graph shows
 * @layer: (out) (optional): its layer, from 1; 0 if that is not known from the identity, because the
 *   graph shows one layer or there is no identity
 *
 * The inverse of coterie_scene_graph_join_identity().
 *
 * Returns: the identity in its layer, or %COTERIE_LINEAGE_NONE
 */
guint32
coterie_scene_graph_split_identity (guint32 identity, guint n_layers, guint *layer)
{
  gboolean joined = identity != COTERIE_LINEAGE_NONE && n_layers > 1;

  if (layer != NULL)
    *layer = joined ? identity % n_layers + 1 : 0;
  return joined ? identity / n_layers : identity;
}
