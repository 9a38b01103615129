/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is drawn of a layer's graph, without knowing how. A scene stands between two states, the
 * graph at one iteration and at the next. Both are merged once: a node of the scene is a neuron that
 * either state has, an edge is a pair that either has. A blend then is one pass over both lists:
 * positions, radii, colours and densities move from the one to the other by smoothstep; what only
 * one state has grows or shrinks in its place. */

#include "draw/scene/scene.h"

#include <math.h>

/* Radii for a graph of up to about 400 nodes; more nodes are drawn smaller. */
#define MIN_RADIUS_PX 3.0
#define MAX_RADIUS_PX 9.0
#define NOMINAL_N_NODES 400.0

/* The mean density of an edge in a graph of 4000; more edges are fainter. */
#define MEAN_DENSITY 0.10
#define NOMINAL_N_EDGES 4000.0
#define MAX_DENSITY 0.7

/* How strongly an edge's density follows its weight. */
#define WEIGHT_EXPONENT 1.5

/* Edges between communities, relative to those inside. */
#define BETWEEN_DENSITY 0.6

/* How the rest steps back while something is highlighted. */
#define DIMMED_NODE_FRAC 0.55
#define DIMMED_EDGE_FACTOR 0.3
#define HIGHLIGHTED_EDGE_FACTOR 4.0
#define MIN_HIGHLIGHTED_DENSITY 0.22

#define ABSENT G_MAXUINT32

/* One end of the blend, in the scene's numbering. */
typedef struct {
  gboolean *present;
  float *positions;
  float *radii_px;
  guint32 *identities;
  float *densities;
  CoterieBounds bounds;
  double spread;
} End;

typedef struct {
  CoterieScene scene;

  guint32 *neurons;
  float *positions;
  float *radii_px;
  CoterieColor *colors;
  guint32 *order;
  CoterieSceneEdge *edges;
  CoterieColor *edge_colors;
  End from;
  End to;
  CoterieDrawing *drawing;
  GArray *marked;
  guint8 *emphasis;

  double t_frac;
  guint32 highlighted_neuron;
  guint32 focus;
} SceneData;

static inline SceneData *
get_data (CoterieScene *scene)
{
  return (SceneData *) scene;
}

static void
end_clear (End *end)
{
  g_clear_pointer (&end->present, g_free);
  g_clear_pointer (&end->positions, g_free);
  g_clear_pointer (&end->radii_px, g_free);
  g_clear_pointer (&end->identities, g_free);
  g_clear_pointer (&end->densities, g_free);
}

static void
scene_clear (SceneData *data)
{
  g_clear_pointer (&data->neurons, g_free);
  g_clear_pointer (&data->positions, g_free);
  g_clear_pointer (&data->radii_px, g_free);
  g_clear_pointer (&data->colors, g_free);
  g_clear_pointer (&data->order, g_free);
  g_clear_pointer (&data->edges, g_free);
  g_clear_pointer (&data->edge_colors, g_free);
  g_clear_pointer (&data->drawing, coterie_drawing_unref);
  g_clear_pointer (&data->emphasis, g_free);
  end_clear (&data->from);
  end_clear (&data->to);
}

/* Merges two ascending lists without repeats and says where the elements of each went. */
static guint
merge_neurons (const CoterieLayerAnalysis *a,
               const CoterieLayerAnalysis *b,
               guint32 *merged,
               guint32 *slots_a,
               guint32 *slots_b)
{
  guint i = 0, j = 0, n = 0;

  while (i < a->n_nodes || j < b->n_nodes) {
    guint32 left = i < a->n_nodes ? a->neurons[i] : G_MAXUINT32;
    guint32 right = j < b->n_nodes ? b->neurons[j] : G_MAXUINT32;

    merged[n] = MIN (left, right);
    if (left <= right)
      slots_a[i++] = n;
    if (right <= left)
      slots_b[j++] = n;
    n++;
  }
  return n;
}

static void
find_bounds (End *end, const CoterieSceneState *state)
{
  const float *positions = state->positions;
  guint n_nodes = state->analysis->n_nodes;
  CoterieBounds bounds = {G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE};
  double sums[2] = {0.0, 0.0};
  double squares = 0.0;

  if (n_nodes == 0) {
    end->bounds = (CoterieBounds){0.0, 0.0, 0.0, 0.0};
    end->spread = 0.0;
    return;
  }

  for (guint v = 0; v < n_nodes; v++) {
    double x = positions[2 * v], y = positions[2 * v + 1];

    bounds.min_x = fmin (bounds.min_x, x);
    bounds.max_x = fmax (bounds.max_x, x);
    bounds.min_y = fmin (bounds.min_y, y);
    bounds.max_y = fmax (bounds.max_y, y);
    sums[0] += x;
    sums[1] += y;
  }
  for (guint v = 0; v < n_nodes; v++) {
    double dx = positions[2 * v] - sums[0] / n_nodes;
    double dy = positions[2 * v + 1] - sums[1] / n_nodes;

    squares += dx * dx + dy * dy;
  }
  end->bounds = bounds;
  end->spread = sqrt (squares / n_nodes);
}

/* Area follows strength, relative to the strongest node. */
static double
get_radius_px (double strength, double max_strength, guint n_nodes)
{
  double relative = max_strength > 0.0 ? sqrt (strength / max_strength) : 0.0;
  double shrink = CLAMP (pow (NOMINAL_N_NODES / MAX (n_nodes, 1), 0.35), 0.4, 1.3);

  return shrink * fmax (MIN_RADIUS_PX, MAX_RADIUS_PX * relative);
}

static void
fill_nodes (End *end, const CoterieSceneState *state, const guint32 *slots)
{
  const CoterieLayerAnalysis *analysis = state->analysis;
  const double *strengths = analysis->graph->strengths;
  double max_strength = 0.0;

  for (guint v = 0; v < analysis->n_nodes; v++)
    max_strength = fmax (max_strength, strengths[v]);

  for (guint v = 0; v < analysis->n_nodes; v++) {
    guint32 slot = slots[v];

    end->present[slot] = TRUE;
    end->positions[2 * slot] = state->positions[2 * v];
    end->positions[2 * slot + 1] = state->positions[2 * v + 1];
    end->radii_px[slot] = (float) get_radius_px (strengths[v], max_strength, analysis->n_nodes);
    end->identities[slot] = state->node_identities != NULL
                                ? state->node_identities[v]
                                : state->identities[state->communities[v]];
  }
}

static double
relative_density (double weight, double max_weight)
{
  return pow (weight / max_weight, WEIGHT_EXPONENT);
}

/* The densities of a graph's edges: by weight, scaled so that their mean depends on the number of
 * edges alone. Otherwise a few heavy edges would make all others vanish. */
static float *
compute_densities (const CoterieGraph *graph)
{
  float *densities = g_new (float, graph->n_edges);
  double max_weight = 0.0;
  double sum = 0.0;
  double factor;

  for (guint e = 0; e < graph->n_edges; e++)
    max_weight = fmax (max_weight, graph->edges[e].weight);
  for (guint e = 0; e < graph->n_edges; e++)
    sum += relative_density (graph->edges[e].weight, max_weight);

  factor = MEAN_DENSITY * sqrt (NOMINAL_N_EDGES / MAX (graph->n_edges, 1)) * graph->n_edges / sum;
  for (guint e = 0; e < graph->n_edges; e++)
    densities[e] =
        (float) fmin (factor * relative_density (graph->edges[e].weight, max_weight), MAX_DENSITY);
  return densities;
}

/* Slots ascend with the nodes, so an edge list keeps its order in the scene's numbering. */
static int
compare_edges (const CoterieEdge *a,
               const guint32 *slots_a,
               const CoterieEdge *b,
               const guint32 *slots_b)
{
  guint64 left = (guint64) slots_a[a->source] << 32 | slots_a[a->target];
  guint64 right = (guint64) slots_b[b->source] << 32 | slots_b[b->target];

  return left < right ? -1 : left > right;
}

static void
merge_edges (SceneData *data,
             const CoterieGraph *a,
             const guint32 *slots_a,
             const CoterieGraph *b,
             const guint32 *slots_b)
{
  g_autofree float *densities_a = compute_densities (a);
  g_autofree float *densities_b = compute_densities (b);
  guint n_most = a->n_edges + b->n_edges;
  guint i = 0, j = 0, n = 0;

  data->edges = g_new (CoterieSceneEdge, n_most);
  data->from.densities = g_new0 (float, n_most);
  data->to.densities = g_new0 (float, n_most);
  while (i < a->n_edges || j < b->n_edges) {
    int order = i >= a->n_edges   ? 1
                : j >= b->n_edges ? -1
                                  : compare_edges (&a->edges[i], slots_a, &b->edges[j], slots_b);

    if (order <= 0) {
      data->edges[n].source = slots_a[a->edges[i].source];
      data->edges[n].target = slots_a[a->edges[i].target];
      data->from.densities[n] = densities_a[i++];
    }
    if (order >= 0) {
      data->edges[n].source = slots_b[b->edges[j].source];
      data->edges[n].target = slots_b[b->edges[j].target];
      data->to.densities[n] = densities_b[j++];
    }
    n++;
  }
  data->scene.n_edges = n;
  data->edge_colors = g_new0 (CoterieColor, n);
}

static void
end_allocate (End *end, guint n_nodes)
{
  end->present = g_new0 (gboolean, n_nodes);
  end->positions = g_new0 (float, 2 * (gsize) n_nodes);
  end->radii_px = g_new0 (float, n_nodes);
  end->identities = g_new0 (guint32, n_nodes);
}

/* A node that an end lacks stands there where the other end has it, without a radius. */
static void
complete_end (End *end, const End *other, guint n_nodes)
{
  for (guint v = 0; v < n_nodes; v++) {
    if (end->present[v])
      continue;
    end->positions[2 * v] = other->positions[2 * v];
    end->positions[2 * v + 1] = other->positions[2 * v + 1];
    end->identities[v] = other->identities[v];
  }
}

static void
blend_nodes (SceneData *data, double s_frac)
{
  const End *from = &data->from, *to = &data->to;
  float s = (float) s_frac;

  for (guint v = 0; v < data->scene.n_nodes; v++) {
    CoterieColor a = coterie_palette_get_community (from->identities[v], data->scene.dark);
    CoterieColor b = coterie_palette_get_community (to->identities[v], data->scene.dark);

    for (guint axis = 0; axis < 2; axis++)
      data->positions[2 * v + axis] =
          (1.0f - s) * from->positions[2 * v + axis] + s * to->positions[2 * v + axis];
    data->radii_px[v] = (1.0f - s) * from->radii_px[v] + s * to->radii_px[v];
    a.alpha = from->present[v];
    b.alpha = to->present[v];
    data->colors[v] = coterie_color_mix (a, b, s_frac);
  }
}

static CoterieColor
get_edge_color (const SceneData *data, const End *end, guint e)
{
  guint32 source = end->identities[data->edges[e].source];
  guint32 target = end->identities[data->edges[e].target];
  gboolean inside = source == target && source != COTERIE_PALETTE_NO_IDENTITY;
  CoterieColor color = inside ? coterie_palette_get_community (source, data->scene.dark)
                              : coterie_palette_get (data->scene.dark)->edge;

  color.alpha = end->densities[e] * (inside ? 1.0f : (float) BETWEEN_DENSITY);
  return color;
}

static void
blend_edges (SceneData *data, double s_frac)
{
  for (guint e = 0; e < data->scene.n_edges; e++)
    data->edge_colors[e] = coterie_color_mix (get_edge_color (data, &data->from, e),
                                              get_edge_color (data, &data->to, e), s_frac);
}

/* Marks what is highlighted, and returns whether anything is. */
static gboolean
find_emphasis (SceneData *data, gint highlighted, double s_frac)
{
  guint n_nodes = data->scene.n_nodes;
  const End *shown = s_frac < 0.5 ? &data->from : &data->to;

  if (n_nodes == 0)
    return FALSE;
  memset (data->emphasis, 0, n_nodes);
  if (highlighted >= 0) {
    data->emphasis[highlighted] = 1;
    for (guint e = 0; e < data->scene.n_edges; e++) {
      if (data->edge_colors[e].alpha <= 0.0f)
        continue;
      if (data->edges[e].source == (guint) highlighted)
        data->emphasis[data->edges[e].target] = 1;
      if (data->edges[e].target == (guint) highlighted)
        data->emphasis[data->edges[e].source] = 1;
    }
    return TRUE;
  }
  if (data->focus == COTERIE_PALETTE_NO_IDENTITY)
    return FALSE;

  for (guint v = 0; v < n_nodes; v++)
    data->emphasis[v] = shown->identities[v] == data->focus;
  return TRUE;
}

static void
emphasize (SceneData *data, gint highlighted)
{
  CoterieColor canvas = coterie_palette_get (data->scene.dark)->canvas;

  for (guint v = 0; v < data->scene.n_nodes; v++) {
    CoterieColor faint = canvas;

    if (data->emphasis[v])
      continue;
    faint.alpha = data->colors[v].alpha;
    data->colors[v] = coterie_color_mix (data->colors[v], faint, DIMMED_NODE_FRAC);
  }

  for (guint e = 0; e < data->scene.n_edges; e++) {
    const CoterieSceneEdge *edge = &data->edges[e];
    CoterieColor *color = &data->edge_colors[e];
    gboolean touched =
        highlighted >= 0
            ? edge->source == (guint) highlighted || edge->target == (guint) highlighted
            : data->emphasis[edge->source] && data->emphasis[edge->target];

    if (!touched) {
      color->alpha *= (float) DIMMED_EDGE_FACTOR;
    } else if (highlighted >= 0 && color->alpha > 0.0f) {
      float density = color->alpha * (float) HIGHLIGHTED_EDGE_FACTOR;

      *color = data->colors[highlighted];
      color->alpha = CLAMP (density, (float) MIN_HIGHLIGHTED_DENSITY, (float) MAX_DENSITY);
    }
  }
}

static int
compare_radii (gconstpointer a, gconstpointer b, gpointer pointer)
{
  const SceneData *data = pointer;
  guint32 v = *(const guint32 *) a, w = *(const guint32 *) b;

  float left = data->from.radii_px[v] + data->to.radii_px[v];
  float right = data->from.radii_px[w] + data->to.radii_px[w];

  if (left != right)
    return left > right ? -1 : 1;
  return v < w ? -1 : v > w;
}

/* Small nodes lie above large ones, so that none is hidden; the highlighted one above all. */
static void
sort_nodes (SceneData *data, gint highlighted)
{
  guint n_nodes = data->scene.n_nodes;

  for (guint v = 0; v < n_nodes; v++)
    data->order[v] = v;
  g_qsort_with_data (data->order, (gint) n_nodes, sizeof *data->order, compare_radii, data);

  for (guint i = 0; highlighted >= 0 && i + 1 < n_nodes; i++)
    if (data->order[i] == (guint) highlighted) {
      data->order[i] = data->order[i + 1];
      data->order[i + 1] = (guint) highlighted;
    }
}

static double
ease (double t_frac)
{
  return t_frac * t_frac * (3.0 - 2.0 * t_frac);
}

/* What is shown at @s_frac, in the scene's own arrays. */
static void
blend (SceneData *data, double s_frac)
{
  gint highlighted = coterie_scene_get_highlight (&data->scene);

  blend_nodes (data, s_frac);
  blend_edges (data, s_frac);
  if (find_emphasis (data, highlighted, s_frac))
    emphasize (data, highlighted);
}

static void
move_to_blend (SceneData *data)
{
  double s_frac = ease (data->t_frac);

  blend (data, s_frac);
  data->scene.bounds = coterie_bounds_mix (data->from.bounds, data->to.bounds, s_frac);
  data->scene.spread = (1.0 - s_frac) * data->from.spread + s_frac * data->to.spread;
}

static void
update (SceneData *data)
{
  g_clear_pointer (&data->drawing, coterie_drawing_unref);
  move_to_blend (data);
  sort_nodes (data, coterie_scene_get_highlight (&data->scene));
}

static void
publish (SceneData *data)
{
  data->scene.neurons = data->neurons;
  data->scene.positions = data->positions;
  data->scene.radii_px = data->radii_px;
  data->scene.colors = data->colors;
  data->scene.order = data->order;
  data->scene.edges = data->edges;
  data->scene.edge_colors = data->edge_colors;
}

/**
 * coterie_scene_new:
 *
 * Returns: (transfer full): a scene without nodes
 */
CoterieScene *
coterie_scene_new (void)
{
  SceneData *data = g_new0 (SceneData, 1);

  data->marked = g_array_new (FALSE, FALSE, sizeof (guint32));
  data->highlighted_neuron = ABSENT;
  data->focus = COTERIE_PALETTE_NO_IDENTITY;
  return &data->scene;
}

/**
 * coterie_scene_free:
 * @scene: (transfer full): the scene
 *
 * Frees @scene. Drawings taken from it live on.
 */
void
coterie_scene_free (CoterieScene *scene)
{
  SceneData *data = get_data (scene);

  scene_clear (data);
  g_array_unref (data->marked);
  g_free (data);
}

/**
 * coterie_scene_set_states:
 * @scene: the scene
 * @from: what is shown at blend 0
 * @to: (nullable): what is shown at blend 1; %NULL shows @from throughout
 * @dark: which appearance
 *
 * Merges the two graphs and sets the blend to 0. What @from and @to point to is copied. The
 * highlighted neuron, the focus and the marks stay. Cost: one pass over both edge lists, and one
 * blend.
 */
void
coterie_scene_set_states (CoterieScene *scene,
                          const CoterieSceneState *from,
                          const CoterieSceneState *to,
                          gboolean dark)
{
  SceneData *data = get_data (scene);
  const CoterieSceneState *ends[2] = {from, to != NULL ? to : from};
  guint n_most = ends[0]->analysis->n_nodes + ends[1]->analysis->n_nodes;
  g_autofree guint32 *slots_from = g_new (guint32, n_most);
  g_autofree guint32 *slots_to = g_new (guint32, n_most);
  guint n_nodes;

  scene_clear (data);
  data->neurons = g_new (guint32, n_most);
  n_nodes =
      merge_neurons (ends[0]->analysis, ends[1]->analysis, data->neurons, slots_from, slots_to);
  data->positions = g_new0 (float, 2 * (gsize) n_nodes);
  data->radii_px = g_new0 (float, n_nodes);
  data->colors = g_new0 (CoterieColor, n_nodes);
  data->order = g_new0 (guint32, n_nodes);
  data->emphasis = g_new0 (guint8, n_nodes);

  end_allocate (&data->from, n_nodes);
  end_allocate (&data->to, n_nodes);
  fill_nodes (&data->from, ends[0], slots_from);
  fill_nodes (&data->to, ends[1], slots_to);
  complete_end (&data->from, &data->to, n_nodes);
  complete_end (&data->to, &data->from, n_nodes);
  find_bounds (&data->from, ends[0]);
  find_bounds (&data->to, ends[1]);
  merge_edges (data, ends[0]->analysis->graph, slots_from, ends[1]->analysis->graph, slots_to);

  scene->n_nodes = n_nodes;
  scene->dark = dark;
  data->t_frac = 0.0;
  publish (data);
  update (data);
}

/**
 * coterie_scene_set_blend:
 * @scene: the scene
 * @t_frac: how far from the first state to the second, a fraction from 0 to 1
 *
 * Moves the scene between its states, by smoothstep in @t_frac. Cost: one pass over nodes and edges.
 */
void
coterie_scene_set_blend (CoterieScene *scene, double t_frac)
{
  SceneData *data = get_data (scene);

  CoterieDrawing *drawing = data->drawing;

  data->t_frac = CLAMP (t_frac, 0.0, 1.0);
  move_to_blend (data);
  if (drawing != NULL) {
    data->drawing = coterie_drawing_with_blend (drawing, ease (data->t_frac));
    coterie_drawing_unref (drawing);
  }
}

/**
 * coterie_scene_get_blend:
 * @scene: the scene
 *
 * Returns: how far it is from the first state to the second, a fraction from 0 to 1
 */
double
coterie_scene_get_blend (CoterieScene *scene)
{
  return get_data (scene)->t_frac;
}

/**
 * coterie_scene_set_dark:
 * @scene: the scene
 * @dark: which appearance
 */
void
coterie_scene_set_dark (CoterieScene *scene, gboolean dark)
{
  scene->dark = dark;
  update (get_data (scene));
}

/**
 * coterie_scene_set_highlight:
 * @scene: the scene
 * @node: a node of the scene, or -1 for none
 *
 * Rings the node, brings out its edges and neighbours and dims the rest. The neuron stays
 * highlighted when the states change; while they do not have it, nothing is.
 */
void
coterie_scene_set_highlight (CoterieScene *scene, gint node)
{
  SceneData *data = get_data (scene);

  g_return_if_fail (node < (gint) scene->n_nodes);

  data->highlighted_neuron = node >= 0 ? data->neurons[node] : ABSENT;
  update (data);
}

/**
 * coterie_scene_get_highlight:
 * @scene: the scene
 *
 * Returns: the highlighted node, or -1
 */
gint
coterie_scene_get_highlight (CoterieScene *scene)
{
  guint32 neuron = get_data (scene)->highlighted_neuron;

  return neuron == ABSENT ? -1 : coterie_scene_find_neuron (scene, neuron);
}

/**
 * coterie_scene_set_focus:
 * @scene: the scene
 * @identity: of the community to bring out, or %COTERIE_PALETTE_NO_IDENTITY for none
 *
 * Dims everything outside of one community. A highlighted node goes before it.
 */
void
coterie_scene_set_focus (CoterieScene *scene, guint32 identity)
{
  SceneData *data = get_data (scene);

  data->focus = identity;
  update (data);
}

/**
 * coterie_scene_set_marked:
 * @scene: the scene
 * @neurons: (array length=n_neurons) (nullable): neurons that get a ring; copied
 * @n_neurons: how many
 *
 * Rings neurons without dimming others. Neurons that the states do not have are left out.
 */
void
coterie_scene_set_marked (CoterieScene *scene, const guint32 *neurons, guint n_neurons)
{
  SceneData *data = get_data (scene);

  g_array_set_size (data->marked, 0);
  if (n_neurons > 0)
    g_array_append_vals (data->marked, neurons, n_neurons);
  g_clear_pointer (&data->drawing, coterie_drawing_unref);
}

/**
 * coterie_scene_find_neuron:
 * @scene: the scene
 * @neuron: a neuron of the layer, from 0
 *
 * Returns: the node of the scene which is this neuron, or -1. Cost: a binary search.
 */
gint
coterie_scene_find_neuron (const CoterieScene *scene, guint neuron)
{
  guint low = 0, high = scene->n_nodes;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (scene->neurons[middle] < neuron)
      low = middle + 1;
    else
      high = middle;
  }
  return low < scene->n_nodes && scene->neurons[low] == neuron ? (gint) low : -1;
}

static gboolean
is_marked (const SceneData *data, guint32 neuron)
{
  for (guint i = 0; i < data->marked->len; i++)
    if (g_array_index (data->marked, guint32, i) == neuron)
      return TRUE;
  return neuron == data->highlighted_neuron;
}

/* Takes one end of the blend from the scene's arrays. */
static void
fill_end (const SceneData *data, guint end, CoterieDrawingNode *nodes, CoterieDrawingEdge *edges)
{
  for (guint v = 0; v < data->scene.n_nodes; v++)
    nodes[v].ends[end] = (CoterieDrawingNodeEnd){
        .x = data->positions[2 * v],
        .y = data->positions[2 * v + 1],
        .radius_px = data->radii_px[v],
        .ring = is_marked (data, data->neurons[v]) ? data->colors[v].alpha : 0.0f,
        .color = data->colors[v],
    };
  for (guint e = 0; e < data->scene.n_edges; e++)
    edges[e].colors[end] = data->edge_colors[e];
}

static CoterieDrawing *
make_drawing (SceneData *data)
{
  const CoterieScene *scene = &data->scene;
  const CoteriePalette *palette = coterie_palette_get (scene->dark);
  g_autofree CoterieDrawingNode *nodes = g_new0 (CoterieDrawingNode, scene->n_nodes);
  g_autofree CoterieDrawingEdge *edges = g_new0 (CoterieDrawingEdge, scene->n_edges);

  for (guint end = 0; end < 2; end++) {
    blend (data, end);
    fill_end (data, end, nodes, edges);
  }
  blend (data, ease (data->t_frac));
  for (guint v = 0; v < scene->n_nodes; v++)
    nodes[v].ring_color = palette->text;
  for (guint e = 0; e < scene->n_edges; e++) {
    edges[e].source = data->edges[e].source;
    edges[e].target = data->edges[e].target;
    edges[e].width = 1.0f;
  }
  return coterie_drawing_new (
      &(CoterieDrawingGeometry){
          .n_nodes = scene->n_nodes,
          .nodes = nodes,
          .order = data->order,
          .n_edges = scene->n_edges,
          .edges = edges,
          .spreads = {data->from.spread, data->to.spread},
          .canvas = palette->canvas,
          .rim = palette->rim,
      },
      ease (data->t_frac));
}

/**
 * coterie_scene_get_drawing:
 * @scene: the scene
 *
 * Returns: (transfer none): the scene as it is now, for a renderer; the same until the scene changes
 */
CoterieDrawing *
coterie_scene_get_drawing (CoterieScene *scene)
{
  SceneData *data = get_data (scene);

  if (data->drawing == NULL)
    data->drawing = make_drawing (data);
  return data->drawing;
}
