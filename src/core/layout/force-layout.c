/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ForceAtlas2 (Jacomy, Venturini, Heymann and Bastian, PLoS ONE 9 (6), 2014).
 *
 * Every node has the mass m = 1 + degree. All pairs of nodes repel each other with k m1 m2 / d, and
 * edges pull their ends together with w d (or w log (1 + d)), the mean of the weights w being made 1.
 * Where hubs are dissuaded, an edge from node 1 to node 2 pulls with w M / m1 instead, M being the mean
 * mass; an edge without direction is half of one either way. Strong gravity and anchors are edges too:
 * one of weight g m ties a node to the origin, one of weight a s m to a given place, s being how stiff
 * it is. Plain gravity is a force g m. A node then moves along its force, the less the more it has been
 * swinging: f speed / (1 + sqrt (speed swing)), the common speed following from the balance of swing
 * and traction of all nodes.
 *
 * Activation pattern graphs need strong gravity: their masses are large, and against a pull of constant
 * strength a node without edges, or a class that shares no neuron with the others, would come to rest
 * many times farther out than the rest. This way all comes to rest within about twice the radius,
 * evenly spread over a disc.
 *
 * What the original lacks is an end: here a graph that keeps swinging is cooled, and a layout has
 * settled when its nodes hardly move any more. Discs that must not overlap are then moved apart; while
 * forces still act, that would only keep communities from passing each other.
 *
 * Every sum over the nodes is made of blocks of nodes, in their order, so that the result does not
 * depend on the number of threads. */

#include "core/layout/force-layout.h"

#include <math.h>

#include "core/base/real-math.h"
#include "core/base/rng.h"
#include "core/layout/overlap.h"
#include "core/layout/repulsion.h"

#define NODES_PER_BLOCK 64

/* Gephi's choices for the speed. */
#define JITTER_TOLERANCE 1.0
#define MIN_SPEED_EFFICIENCY 0.05
#define MAX_SPEED_RISE 0.5

/* Settled: a mean step below this fraction of the radius, so many times running. */
#define STILL_FRAC 0.001
#define N_STILL_STEPS 10

/* No step is longer than this fraction of the radius; from step COOLING_START on it shrinks. */
#define MAX_STEP_FRAC 0.2
#define COOLING_START 150
#define COOLING 0.985

/* Discs have parted when they overlap by less than this share of their radii, or after so many steps. */
#define PARTED_FRAC 0.001
#define MAX_PARTING_STEPS 1000

/* A picture has the right size when the next guess differs by less than this fraction. */
#define SIZE_TOLERANCE 1e-4
#define MAX_SIZE_ROUNDS 50

/* What the nodes of a block add to the sums over all. */
typedef struct {
  double swing;
  double traction;
  double way;
  double x; /* from the last middle */
  double y;
  double square;
} BlockSums;

struct _CoterieForceLayout {
  CoterieGraph *graph;
  CoterieRepulsion *repulsion;
  CoteriePool *pool; /* the caller's */
  CoterieForceSettings settings;

  guint n_nodes;
  guint n_fixed;
  double *positions; /* [n_nodes][2] */
  double *masses;
  double *pulls; /* [2 n_edges]: how strongly the edge to each neighbour pulls */
  double *anchors;
  double *stiffnesses;
  double *sizes;
  guint8 *fixed;
  double *forces;     /* [n_nodes][2] */
  double *old_forces; /* [n_nodes][2] */
  double *swings;
  BlockSums *sums;

  double speed;
  double speed_efficiency;
  double middle[2];
  double radius;
  double heat;
  guint n_steps;
  guint n_still;
  guint n_parting_steps;
  gboolean at_rest; /* of the forces: what may follow is that discs part */
  gboolean settled;
};

static double
choose_scaling (const CoterieForceSettings *settings, guint n_nodes)
{
  if (settings->scaling > 0.0)
    return settings->scaling;
  return n_nodes < 100 ? 10.0 : 2.0;
}

static double
get_influence (const CoterieForceSettings *settings, double weight)
{
  if (settings->weight_influence == 1.0)
    return weight;
  return coterie_exp (settings->weight_influence * coterie_log (weight));
}

static void
fill_masses (CoterieForceLayout *layout)
{
  layout->masses = g_new (double, layout->n_nodes);
  for (guint v = 0; v < layout->n_nodes; v++)
    layout->masses[v] = 1.0 + coterie_graph_get_degree (layout->graph, v);
}

static void
fill_pulls (CoterieForceLayout *layout)
{
  const CoterieGraph *graph = layout->graph;
  double mean_mass = 1.0 + 2.0 * graph->n_edges / MAX (graph->n_nodes, 1);
  double total = 0.0;
  double scale;

  for (guint e = 0; e < graph->n_edges; e++)
    total += get_influence (&layout->settings, graph->edges[e].weight);
  scale = total > 0.0 ? graph->n_edges / total : 1.0;

  layout->pulls = g_new (double, 2 * (gsize) graph->n_edges);
  for (guint v = 0; v < graph->n_nodes; v++) {
    for (guint32 slot = graph->offsets[v]; slot < graph->offsets[v + 1]; slot++) {
      double mass = layout->masses[v], other = layout->masses[graph->neighbors[slot]];

      layout->pulls[slot] = scale * get_influence (&layout->settings, graph->weights[slot]);
      if (layout->settings.dissuade_hubs)
        layout->pulls[slot] *= 0.5 * mean_mass * (1.0 / mass + 1.0 / other);
    }
  }
}

/**
 * coterie_force_layout_new:
 * @graph: what to lay out; weights dimensionless
 * @settings: valid settings, in the layout's unit of length
 * @pool: works on the steps; must outlive the layout
 *
 * All nodes are at the origin until they are scattered or placed, and of size 0.
 *
 * Returns: (transfer full): a layout
 */
CoterieForceLayout *
coterie_force_layout_new (CoterieGraph *graph,
                          const CoterieForceSettings *settings,
                          CoteriePool *pool)
{
  CoterieForceLayout *layout = g_new0 (CoterieForceLayout, 1);
  guint n_nodes = graph->n_nodes;

  layout->graph = coterie_graph_ref (graph);
  layout->pool = pool;
  layout->settings = *settings;
  layout->settings.scaling = choose_scaling (settings, n_nodes);
  layout->n_nodes = n_nodes;
  fill_masses (layout);
  fill_pulls (layout);
  layout->repulsion =
      coterie_repulsion_new (n_nodes, layout->masses, settings->force_error_percent, pool);

  layout->positions = g_new0 (double, 2 * (gsize) n_nodes);
  layout->anchors = g_new0 (double, 2 * (gsize) n_nodes);
  layout->forces = g_new0 (double, 2 * (gsize) n_nodes);
  layout->old_forces = g_new0 (double, 2 * (gsize) n_nodes);
  layout->stiffnesses = g_new0 (double, n_nodes);
  layout->sizes = g_new0 (double, n_nodes);
  layout->fixed = g_new0 (guint8, n_nodes);
  layout->swings = g_new0 (double, n_nodes);
  layout->sums = g_new0 (BlockSums, n_nodes / NODES_PER_BLOCK + 1);

  layout->speed = 1.0;
  layout->speed_efficiency = 1.0;
  layout->heat = 1.0;
  return layout;
}

/**
 * coterie_force_layout_free:
 * @layout: (transfer full): the layout
 *
 * Frees @layout.
 */
void
coterie_force_layout_free (CoterieForceLayout *layout)
{
  coterie_graph_unref (layout->graph);
  coterie_repulsion_free (layout->repulsion);
  g_free (layout->positions);
  g_free (layout->masses);
  g_free (layout->pulls);
  g_free (layout->anchors);
  g_free (layout->stiffnesses);
  g_free (layout->sizes);
  g_free (layout->fixed);
  g_free (layout->forces);
  g_free (layout->old_forces);
  g_free (layout->swings);
  g_free (layout->sums);
  g_free (layout);
}

static void
measure_radius (CoterieForceLayout *layout)
{
  const double *positions = layout->positions;
  double x = 0.0, y = 0.0, sum = 0.0;

  if (layout->n_nodes == 0)
    return;
  for (guint v = 0; v < layout->n_nodes; v++) {
    x += positions[2 * v];
    y += positions[2 * v + 1];
  }
  layout->middle[0] = x / layout->n_nodes;
  layout->middle[1] = y / layout->n_nodes;
  for (guint v = 0; v < layout->n_nodes; v++) {
    double dx = positions[2 * v] - layout->middle[0];
    double dy = positions[2 * v + 1] - layout->middle[1];

    sum += dx * dx + dy * dy;
  }
  layout->radius = sqrt (sum / layout->n_nodes);
}

/* What held before does not any more: the layout moves again. */
static void
warm_up (CoterieForceLayout *layout)
{
  layout->heat = 1.0;
  layout->n_steps = 0;
  layout->n_still = 0;
  layout->n_parting_steps = 0;
  layout->at_rest = FALSE;
  layout->settled = FALSE;
}

static void
start_over (CoterieForceLayout *layout)
{
  for (gsize i = 0; i < 2 * (gsize) layout->n_nodes; i++)
    layout->forces[i] = 0.0;
  layout->speed = 1.0;
  layout->speed_efficiency = 1.0;
  warm_up (layout);
  measure_radius (layout);
  coterie_repulsion_start_over (layout->repulsion);
}

/**
 * coterie_force_layout_scatter:
 * @layout: the layout
 * @seed: the same seed gives the same places
 *
 * Places all nodes at random in a square, and starts over.
 */
void
coterie_force_layout_scatter (CoterieForceLayout *layout, guint64 seed)
{
  CoterieRng rng;
  double side = 10.0 * sqrt (layout->n_nodes);

  coterie_rng_init (&rng, seed, 0);
  for (guint v = 0; v < layout->n_nodes; v++) {
    layout->positions[2 * v] = (coterie_rng_uniform (&rng) - 0.5) * side;
    layout->positions[2 * v + 1] = (coterie_rng_uniform (&rng) - 0.5) * side;
  }
  start_over (layout);
}

static int
compare_places (gconstpointer a, gconstpointer b, gpointer data)
{
  const double *positions = data;
  guint32 left = *(const guint32 *) a;
  guint32 right = *(const guint32 *) b;

  for (guint axis = 0; axis < 2; axis++) {
    double difference = positions[2 * left + axis] - positions[2 * right + axis];

    if (difference != 0.0)
      return difference < 0.0 ? -1 : 1;
  }
  return left < right ? -1 : left > right;
}

/* Nodes at the very same place feel no force from each other: they are moved apart a little, each in
 * a direction of its own. */
static void
separate_coincident (CoterieForceLayout *layout, const double *positions)
{
  g_autofree guint32 *order = g_new (guint32, layout->n_nodes);
  CoterieRng rng;

  for (guint v = 0; v < layout->n_nodes; v++)
    order[v] = v;
  g_qsort_with_data (order, (int) layout->n_nodes, sizeof *order, compare_places,
                     (gpointer) positions);

  coterie_rng_init (&rng, layout->n_nodes, 1);
  for (guint i = 1; i < layout->n_nodes; i++) {
    guint32 v = order[i];
    guint32 w = order[i - 1];

    if (positions[2 * v] != positions[2 * w] || positions[2 * v + 1] != positions[2 * w + 1])
      continue;
    layout->positions[2 * v] += coterie_rng_uniform (&rng) - 0.5;
    layout->positions[2 * v + 1] += coterie_rng_uniform (&rng) - 0.5;
  }
}

/**
 * coterie_force_layout_set_positions:
 * @layout: the layout
 * @positions: [n_nodes][2]: where the nodes start, in the layout's unit of length; finite
 *
 * Places the nodes, and starts over. Nodes at the same place are moved apart by less than 1.
 */
void
coterie_force_layout_set_positions (CoterieForceLayout *layout, const double *positions)
{
  for (gsize i = 0; i < 2 * (gsize) layout->n_nodes; i++)
    layout->positions[i] = positions[i];
  separate_coincident (layout, positions);
  start_over (layout);
}

/* By how much the nodes would be drawn together, a unit of growth, if all distances were that many times
 * as large: the sum of place times force over all attraction and gravity. */
static double
measure_contraction (const CoterieForceLayout *layout, double stretch)
{
  const CoterieGraph *graph = layout->graph;
  const double *positions = layout->positions;
  gboolean lin_log = layout->settings.lin_log;
  double sum = 0.0;

  for (guint v = 0; v < graph->n_nodes; v++) {
    double away = stretch * sqrt (positions[2 * v] * positions[2 * v] +
                                  positions[2 * v + 1] * positions[2 * v + 1]);
    double gravity = layout->settings.gravity * layout->masses[v];

    if (!layout->settings.strong_gravity)
      sum += gravity * away;
    else
      sum += gravity * away * (lin_log ? coterie_log (1.0 + away) : away);
    for (guint32 slot = graph->offsets[v]; slot < graph->offsets[v + 1]; slot++) {
      guint32 w = graph->neighbors[slot];
      double dx = positions[2 * v] - positions[2 * w];
      double dy = positions[2 * v + 1] - positions[2 * w + 1];
      double distance = stretch * sqrt (dx * dx + dy * dy);

      /* Either end sees the edge. */
      sum += 0.5 * layout->pulls[slot] * distance *
             (lin_log ? coterie_log (1.0 + distance) : distance);
    }
  }
  return sum;
}

/* The same of the repulsion: each pair adds k m1 m2, however far apart it is. */
static double
measure_expansion (const CoterieForceLayout *layout)
{
  double sum = 0.0, square = 0.0;

  for (guint v = 0; v < layout->n_nodes; v++) {
    sum += layout->masses[v];
    square += layout->masses[v] * layout->masses[v];
  }
  return 0.5 * layout->settings.scaling * (sum * sum - square);
}

/**
 * coterie_force_layout_fit_size:
 * @layout: a layout with positions
 *
 * Stretches or shrinks the picture about the origin so that, as a whole, it tends neither to grow nor
 * to shrink: the virials of repulsion and of attraction cancel. Anchors are left out. What can have no
 * such size, because nothing repels or nothing attracts, stays as it is. Cost: a few passes over the
 * edges.
 *
 * Returns: how many times as large it has become, greater than 0
 */
double
coterie_force_layout_fit_size (CoterieForceLayout *layout)
{
  double expansion = measure_expansion (layout);
  double stretch = 1.0;

  for (guint i = 0; i < MAX_SIZE_ROUNDS; i++) {
    double contraction = measure_contraction (layout, stretch);
    double factor = expansion > 0.0 && contraction > 0.0 ? sqrt (expansion / contraction) : 1.0;

    stretch *= factor;
    if (fabs (factor - 1.0) < SIZE_TOLERANCE)
      break;
  }
  for (gsize i = 0; i < 2 * (gsize) layout->n_nodes; i++)
    layout->positions[i] *= stretch;
  start_over (layout);
  return stretch;
}

/**
 * coterie_force_layout_set_anchors:
 * @layout: the layout
 * @anchors: [n_nodes][2]: places that the nodes are pulled to, in the layout's unit of length
 * @stiffnesses: [n_nodes]: how strongly, dimensionless from 0 (not at all) to 1
 *
 * Holds the nodes. The anchors act with the strength that is in the settings. A layout that has
 * settled moves again.
 */
void
coterie_force_layout_set_anchors (CoterieForceLayout *layout,
                                  const double *anchors,
                                  const double *stiffnesses)
{
  for (guint v = 0; v < layout->n_nodes; v++) {
    layout->anchors[2 * v] = anchors[2 * v];
    layout->anchors[2 * v + 1] = anchors[2 * v + 1];
    layout->stiffnesses[v] = stiffnesses[v];
  }
  warm_up (layout);
}

/**
 * coterie_force_layout_set_fixed:
 * @layout: the layout
 * @fixed: [n_nodes]: whether a node may not move
 *
 * Pins nodes to where they are; they act on the others as before. A layout that has settled moves
 * again.
 */
void
coterie_force_layout_set_fixed (CoterieForceLayout *layout, const guint8 *fixed)
{
  layout->n_fixed = 0;
  for (guint v = 0; v < layout->n_nodes; v++) {
    layout->fixed[v] = fixed[v] != 0;
    layout->n_fixed += layout->fixed[v];
  }
  warm_up (layout);
}

/**
 * coterie_force_layout_set_sizes:
 * @layout: the layout
 * @radii: [n_nodes]: radii of the nodes' discs, in the layout's unit of length, 0 or more
 *
 * Says what is not to overlap, if the settings ask for that. A layout that has settled moves again.
 */
void
coterie_force_layout_set_sizes (CoterieForceLayout *layout, const double *radii)
{
  for (guint v = 0; v < layout->n_nodes; v++)
    layout->sizes[v] = radii[v];
  warm_up (layout);
}

/**
 * coterie_force_layout_get_positions:
 * @layout: the layout
 *
 * Returns: (transfer none): [n_nodes][2]: where the nodes are, in the layout's unit of length; valid
 *   until the next call
 */
const double *
coterie_force_layout_get_positions (CoterieForceLayout *layout)
{
  return layout->positions;
}

/**
 * coterie_force_layout_get_radius:
 * @layout: the layout
 *
 * Returns: root mean square distance of the nodes from their middle, in the layout's unit of length
 */
double
coterie_force_layout_get_radius (CoterieForceLayout *layout)
{
  return layout->radius;
}

/**
 * coterie_force_layout_copy_forces:
 * @layout: the layout
 * @forces: (out caller-allocates): [n_nodes][2]: what pulled at the nodes in the last step, in the
 *   layout's unit of length; 0 before the first
 *
 * Gives the forces behind the last step, at the places where the nodes were before it.
 */
void
coterie_force_layout_copy_forces (CoterieForceLayout *layout, double *forces)
{
  for (gsize i = 0; i < 2 * (gsize) layout->n_nodes; i++)
    forces[i] = layout->forces[i];
}

/**
 * coterie_force_layout_measure_force_error:
 * @layout: a layout that has taken a step
 * @n_sampled: at how many nodes; 0 takes all
 *
 * Compares the repulsion of the last step with the exact sums. Cost: @n_sampled times the number of
 * nodes.
 *
 * Returns: root mean square error of the repulsion over its root mean square, in per cent, 0 or more
 */
double
coterie_force_layout_measure_force_error (CoterieForceLayout *layout, guint n_sampled)
{
  return coterie_repulsion_measure_error (layout->repulsion, n_sampled);
}

/* Pulls a node towards a place, as an edge of that weight does. */
static inline void
add_pull (const double *from, const double *to, double weight, gboolean lin_log, double *force)
{
  double dx = to[0] - from[0];
  double dy = to[1] - from[1];

  if (lin_log) {
    double distance = sqrt (dx * dx + dy * dy);

    weight *= distance > 0.0 ? coterie_log (1.0 + distance) / distance : 1.0;
  }
  force[0] += weight * dx;
  force[1] += weight * dy;
}

static void
add_attraction (const CoterieForceLayout *layout, guint v, double *force)
{
  const CoterieGraph *graph = layout->graph;
  const double *position = layout->positions + 2 * (gsize) v;
  gboolean lin_log = layout->settings.lin_log;

  for (guint32 slot = graph->offsets[v]; slot < graph->offsets[v + 1]; slot++)
    add_pull (position, layout->positions + 2 * (gsize) graph->neighbors[slot], layout->pulls[slot],
              lin_log, force);
}

static void
add_gravity (const CoterieForceLayout *layout, guint v, double *force)
{
  static const double ORIGIN[2] = {0.0, 0.0};
  const double *position = layout->positions + 2 * (gsize) v;
  double gravity = layout->settings.gravity * layout->masses[v];
  double distance = sqrt (position[0] * position[0] + position[1] * position[1]);

  if (layout->settings.strong_gravity) {
    add_pull (position, ORIGIN, gravity, layout->settings.lin_log, force);
  } else if (distance > 0.0) {
    force[0] -= gravity * position[0] / distance;
    force[1] -= gravity * position[1] / distance;
  }
}

/* How much a node goes to and fro (swing) and how much it goes on (traction), by its mass. */
static void
add_swing (CoterieForceLayout *layout, guint v, BlockSums *sums)
{
  const double *force = layout->forces + 2 * (gsize) v;
  const double *old = layout->old_forces + 2 * (gsize) v;
  double back_x = old[0] - force[0], back_y = old[1] - force[1];
  double on_x = old[0] + force[0], on_y = old[1] + force[1];

  layout->swings[v] = layout->masses[v] * sqrt (back_x * back_x + back_y * back_y);
  if (layout->fixed[v])
    return;
  sums->swing += layout->swings[v];
  sums->traction += 0.5 * layout->masses[v] * sqrt (on_x * on_x + on_y * on_y);
}

/* The forces hold the repulsion of a unit of scaling before. */
static void
complete_forces (gsize block, guint worker, gpointer data)
{
  CoterieForceLayout *layout = data;
  guint first = (guint) block * NODES_PER_BLOCK;
  guint end = MIN (first + NODES_PER_BLOCK, layout->n_nodes);
  BlockSums sums = {0.0};

  for (guint v = first; v < end; v++) {
    double *force = layout->forces + 2 * (gsize) v;
    double hold = layout->settings.anchoring * layout->stiffnesses[v] * layout->masses[v];

    force[0] *= layout->settings.scaling;
    force[1] *= layout->settings.scaling;
    add_attraction (layout, v, force);
    add_gravity (layout, v, force);
    if (hold > 0.0)
      add_pull (layout->positions + 2 * (gsize) v, layout->anchors + 2 * (gsize) v, hold,
                layout->settings.lin_log, force);
    add_swing (layout, v, &sums);
  }
  layout->sums[block] = sums;
}

static void
compute_forces (CoterieForceLayout *layout)
{
  double *kept = layout->old_forces;

  layout->old_forces = layout->forces;
  layout->forces = kept;
  coterie_repulsion_compute (layout->repulsion, layout->positions, layout->forces);
}

static BlockSums
add_blocks (const CoterieForceLayout *layout, gsize n_blocks)
{
  BlockSums total = {0.0};

  for (gsize block = 0; block < n_blocks; block++) {
    total.swing += layout->sums[block].swing;
    total.traction += layout->sums[block].traction;
    total.way += layout->sums[block].way;
    total.x += layout->sums[block].x;
    total.y += layout->sums[block].y;
    total.square += layout->sums[block].square;
  }
  return total;
}

static void
update_speed (CoterieForceLayout *layout, double swing, double traction)
{
  double n_nodes = layout->n_nodes;
  double estimate = 0.05 * sqrt (n_nodes);
  double jitter = JITTER_TOLERANCE *
                  MAX (sqrt (estimate), MIN (10.0, estimate * traction / (n_nodes * n_nodes)));
  double target;

  if (swing <= 0.0 || traction <= 0.0)
    return;

  if (swing / traction > 2.0) {
    if (layout->speed_efficiency > MIN_SPEED_EFFICIENCY)
      layout->speed_efficiency *= 0.5;
    jitter = MAX (jitter, JITTER_TOLERANCE);
  }
  target = jitter * layout->speed_efficiency * traction / swing;

  if (swing > jitter * traction) {
    if (layout->speed_efficiency > MIN_SPEED_EFFICIENCY)
      layout->speed_efficiency *= 0.7;
  } else if (layout->speed < 1000.0) {
    layout->speed_efficiency *= 1.3;
  }
  layout->speed += MIN (target - layout->speed, MAX_SPEED_RISE * layout->speed);
}

/* Moves a node and returns how far. */
static double
move_node (CoterieForceLayout *layout, guint v, double longest)
{
  const double *force = layout->forces + 2 * (gsize) v;
  double strength = sqrt (force[0] * force[0] + force[1] * force[1]);
  double factor = layout->speed / (1.0 + sqrt (layout->speed * layout->swings[v]));

  if (strength * factor > longest)
    factor = longest / strength;
  layout->positions[2 * v] += factor * force[0];
  layout->positions[2 * v + 1] += factor * force[1];
  return factor * strength;
}

static void
move_block (gsize block, guint worker, gpointer data)
{
  CoterieForceLayout *layout = data;
  guint first = (guint) block * NODES_PER_BLOCK;
  guint end = MIN (first + NODES_PER_BLOCK, layout->n_nodes);
  double longest = layout->heat * MAX (MAX_STEP_FRAC * layout->radius, 1.0);
  BlockSums sums = {0.0};

  for (guint v = first; v < end; v++) {
    double dx, dy;

    if (!layout->fixed[v])
      sums.way += move_node (layout, v, longest);
    dx = layout->positions[2 * v] - layout->middle[0];
    dy = layout->positions[2 * v + 1] - layout->middle[1];
    sums.x += dx;
    sums.y += dy;
    sums.square += dx * dx + dy * dy;
  }
  layout->sums[block] = sums;
}

/* The nodes' squared distances from their middle, by those from the last one. */
static void
update_radius (CoterieForceLayout *layout, const BlockSums *total)
{
  double x = total->x / layout->n_nodes, y = total->y / layout->n_nodes;
  double square = total->square / layout->n_nodes - x * x - y * y;

  layout->middle[0] += x;
  layout->middle[1] += y;
  layout->radius = sqrt (MAX (square, 0.0));
}

static void
follow_forces (CoterieForceLayout *layout)
{
  gsize n_blocks = (layout->n_nodes + NODES_PER_BLOCK - 1) / NODES_PER_BLOCK;
  guint n_free = layout->n_nodes - layout->n_fixed;
  BlockSums total;

  compute_forces (layout);
  coterie_pool_run (layout->pool, n_blocks, complete_forces, layout);
  total = add_blocks (layout, n_blocks);
  update_speed (layout, total.swing, total.traction);
  coterie_pool_run (layout->pool, n_blocks, move_block, layout);
  total = add_blocks (layout, n_blocks);
  update_radius (layout, &total);
  if (++layout->n_steps > COOLING_START)
    layout->heat *= COOLING;

  layout->n_still =
      total.way < STILL_FRAC * layout->radius * n_free || n_free == 0 ? layout->n_still + 1 : 0;
  layout->at_rest =
      layout->n_still >= N_STILL_STEPS || layout->n_steps >= layout->settings.max_steps;
}

static void
part_discs (CoterieForceLayout *layout)
{
  double overlap =
      coterie_overlap_push_apart (layout->positions, layout->sizes, layout->fixed, layout->n_nodes);

  measure_radius (layout);
  layout->settled = overlap < PARTED_FRAC || ++layout->n_parting_steps >= MAX_PARTING_STEPS;
}

/**
 * coterie_force_layout_step:
 * @layout: the layout
 *
 * Takes one step; none if the layout has settled. Cost: the edges, and that of
 * coterie_repulsion_compute().
 *
 * Returns: %FALSE when it has settled or taken as many steps as the settings allow
 */
gboolean
coterie_force_layout_step (CoterieForceLayout *layout)
{
  if (layout->n_nodes < 2) {
    if (layout->n_nodes == 1 && layout->n_fixed == 0)
      layout->positions[0] = layout->positions[1] = 0.0;
    layout->settled = TRUE;
  }
  if (layout->settled)
    return FALSE;

  if (!layout->at_rest)
    follow_forces (layout);
  else
    part_discs (layout);
  if (layout->at_rest && !layout->settings.prevent_overlap)
    layout->settled = TRUE;
  return !layout->settled;
}

/**
 * coterie_force_layout_is_settled:
 * @layout: the layout
 *
 * Returns: whether further steps would do nothing
 */
gboolean
coterie_force_layout_is_settled (CoterieForceLayout *layout)
{
  return layout->settled;
}

/**
 * coterie_force_layout_run:
 * @layout: the layout
 * @progress: (nullable): asked for a pause at every step, and told the fraction of the steps
 * @cancellable: (nullable): ends the layout
 * @error: return location for a #GError
 *
 * Takes steps until the layout has settled.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED if it was cancelled
 */
gboolean
coterie_force_layout_run (CoterieForceLayout *layout,
                          CoterieProgress *progress,
                          GCancellable *cancellable,
                          GError **error)
{
  do {
    double fraction = (double) layout->n_steps / MAX (layout->settings.max_steps, 1);

    if (!coterie_progress_step (progress, MIN (fraction, 1.0), cancellable, error))
      return FALSE;
  } while (coterie_force_layout_step (layout));
  return TRUE;
}
