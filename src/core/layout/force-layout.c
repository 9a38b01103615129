/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ForceAtlas2 (Jacomy, Venturini, Heymann and Bastian, PLoS ONE 9 (6), 2014).
 *
 * Every node has the mass m = 1 + degree. All pairs of nodes repel each other with k m1 m2 / d, and
 * edges pull their ends together with w d (or w log (1 + d)), the mean of the weights w being made 1.
 * Gravity and anchors are edges too: one of weight g m ties a node to the origin, one of weight a s m
 * to a given place, s being how stiff it is. A node then moves along its force, the less the more it
 * has been swinging: f speed / (1 + sqrt (speed swing)), the common speed following from the balance
 * of swing and traction of all nodes.
 *
 * That gravity grows with the distance is the paper's strong gravity. Activation pattern graphs need
 * it: their masses are large, and against a pull of constant strength a node without edges, or a class
 * that shares no neuron with the others, would come to rest many times farther out than the rest. This
 * way all comes to rest within about twice the radius, evenly spread over a disc.
 *
 * The repulsion is the exact sum. It is added up for one node at a time, in eight running sums that
 * are combined in a fixed order, so that the result depends neither on the number of threads nor on
 * the width of the processor's vectors. What the original lacks is an end: here a graph that keeps
 * swinging is cooled, and a layout has settled when its nodes hardly move any more. */

#include "core/layout/force-layout.h"

#include <math.h>

#include "core/base/real-math.h"
#include "core/base/rng.h"

/* Eight doubles, whatever the processor makes of them. */
#define LANES 8
typedef double Lanes __attribute__ ((vector_size (LANES * sizeof (double))));

#define NODES_PER_TASK 32

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

/* Keeps the repulsion of nodes at the same place finite. */
#define MIN_DISTANCE_SQUARED 1e-12

struct _CoterieForceLayout {
  CoterieGraph *graph;
  CoteriePool *pool; /* the caller's */
  CoterieForceSettings settings;

  guint n_nodes;
  guint n_padded;
  double *positions; /* [n_nodes][2], what is handed out */
  double *x;         /* [n_padded] */
  double *y;
  double *masses; /* [n_padded], 0 behind the last node */
  double *anchors_x;
  double *anchors_y;
  double *stiffnesses;
  double *forces_x;
  double *forces_y;
  double *old_forces_x;
  double *old_forces_y;
  double *swings;

  double weight_scale; /* makes the mean weight 1 */
  double speed;
  double speed_efficiency;
  double radius;
  double heat;
  guint n_steps;
  guint n_still;
};

/**
 * coterie_force_settings_init:
 * @settings: (out caller-allocates): the settings
 *
 * Sets what suits activation pattern graphs: Gephi's scaling, a gravity that keeps nodes without
 * edges in view, no anchors.
 */
void
coterie_force_settings_init (CoterieForceSettings *settings)
{
  *settings = (CoterieForceSettings){
      .scaling = 0.0,
      .gravity = 0.1,
      .anchoring = 0.0,
      .lin_log = FALSE,
      .max_steps = 1000,
  };
}

static double
choose_scaling (const CoterieForceSettings *settings, guint n_nodes)
{
  if (settings->scaling > 0.0)
    return settings->scaling;
  return n_nodes < 100 ? 10.0 : 2.0;
}

/**
 * coterie_force_layout_new:
 * @graph: what to lay out; weights dimensionless
 * @settings: the settings, in the layout's unit of length
 * @pool: works on the steps; must outlive the layout
 *
 * All nodes are at the origin until they are scattered or placed.
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
  guint n_padded = (n_nodes + LANES - 1) / LANES * LANES;

  layout->graph = coterie_graph_ref (graph);
  layout->pool = pool;
  layout->settings = *settings;
  layout->settings.scaling = choose_scaling (settings, n_nodes);
  layout->n_nodes = n_nodes;
  layout->n_padded = n_padded;

  layout->positions = g_new0 (double, 2 * (gsize) n_nodes);
  layout->x = g_new0 (double, n_padded);
  layout->y = g_new0 (double, n_padded);
  layout->masses = g_new0 (double, n_padded);
  layout->anchors_x = g_new0 (double, n_nodes);
  layout->anchors_y = g_new0 (double, n_nodes);
  layout->stiffnesses = g_new0 (double, n_nodes);
  layout->forces_x = g_new0 (double, n_nodes);
  layout->forces_y = g_new0 (double, n_nodes);
  layout->old_forces_x = g_new0 (double, n_nodes);
  layout->old_forces_y = g_new0 (double, n_nodes);
  layout->swings = g_new0 (double, n_nodes);
  for (guint v = 0; v < n_nodes; v++)
    layout->masses[v] = 1.0 + coterie_graph_get_degree (graph, v);

  layout->weight_scale = graph->total_weight > 0.0 ? graph->n_edges / graph->total_weight : 1.0;
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
  g_free (layout->positions);
  g_free (layout->x);
  g_free (layout->y);
  g_free (layout->masses);
  g_free (layout->anchors_x);
  g_free (layout->anchors_y);
  g_free (layout->stiffnesses);
  g_free (layout->forces_x);
  g_free (layout->forces_y);
  g_free (layout->old_forces_x);
  g_free (layout->old_forces_y);
  g_free (layout->swings);
  g_free (layout);
}

static void
update_radius (CoterieForceLayout *layout)
{
  double middle_x = 0.0;
  double middle_y = 0.0;
  double sum = 0.0;

  if (layout->n_nodes == 0)
    return;
  for (guint v = 0; v < layout->n_nodes; v++) {
    middle_x += layout->x[v];
    middle_y += layout->y[v];
  }
  middle_x /= layout->n_nodes;
  middle_y /= layout->n_nodes;
  for (guint v = 0; v < layout->n_nodes; v++) {
    double dx = layout->x[v] - middle_x;
    double dy = layout->y[v] - middle_y;

    sum += dx * dx + dy * dy;
  }
  layout->radius = sqrt (sum / layout->n_nodes);
}

static void
start_over (CoterieForceLayout *layout)
{
  for (guint v = 0; v < layout->n_nodes; v++) {
    layout->positions[2 * v] = layout->x[v];
    layout->positions[2 * v + 1] = layout->y[v];
    layout->forces_x[v] = 0.0;
    layout->forces_y[v] = 0.0;
  }
  layout->speed = 1.0;
  layout->speed_efficiency = 1.0;
  layout->heat = 1.0;
  layout->n_steps = 0;
  layout->n_still = 0;
  update_radius (layout);
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
    layout->x[v] = (coterie_rng_uniform (&rng) - 0.5) * side;
    layout->y[v] = (coterie_rng_uniform (&rng) - 0.5) * side;
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
    layout->x[v] += coterie_rng_uniform (&rng) - 0.5;
    layout->y[v] += coterie_rng_uniform (&rng) - 0.5;
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
  for (guint v = 0; v < layout->n_nodes; v++) {
    layout->x[v] = positions[2 * v];
    layout->y[v] = positions[2 * v + 1];
  }
  separate_coincident (layout, positions);
  start_over (layout);
}

/**
 * coterie_force_layout_set_anchors:
 * @layout: the layout
 * @anchors: [n_nodes][2]: places that the nodes are pulled to, in the layout's unit of length
 * @stiffnesses: [n_nodes]: how strongly, dimensionless from 0 (not at all) to 1
 *
 * Holds the nodes. The anchors act with the strength that is in the settings.
 */
void
coterie_force_layout_set_anchors (CoterieForceLayout *layout,
                                  const double *anchors,
                                  const double *stiffnesses)
{
  for (guint v = 0; v < layout->n_nodes; v++) {
    layout->anchors_x[v] = anchors[2 * v];
    layout->anchors_y[v] = anchors[2 * v + 1];
    layout->stiffnesses[v] = stiffnesses[v];
  }
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
  for (guint v = 0; v < layout->n_nodes; v++) {
    forces[2 * v] = layout->forces_x[v];
    forces[2 * v + 1] = layout->forces_y[v];
  }
}

static inline double
add_lanes (const Lanes *lanes)
{
  return (((*lanes)[0] + (*lanes)[1]) + ((*lanes)[2] + (*lanes)[3])) +
         (((*lanes)[4] + (*lanes)[5]) + ((*lanes)[6] + (*lanes)[7]));
}

static void
add_repulsion (CoterieForceLayout *layout, guint v)
{
  Lanes sum_x = {0.0};
  Lanes sum_y = {0.0};
  double factor = layout->settings.scaling * layout->masses[v];

  for (guint w = 0; w < layout->n_padded; w += LANES) {
    Lanes x, y, mass, dx, dy, share;

    memcpy (&x, layout->x + w, sizeof x);
    memcpy (&y, layout->y + w, sizeof y);
    memcpy (&mass, layout->masses + w, sizeof mass);
    dx = layout->x[v] - x;
    dy = layout->y[v] - y;
    share = mass / (dx * dx + dy * dy + MIN_DISTANCE_SQUARED);
    sum_x += dx * share;
    sum_y += dy * share;
  }
  layout->forces_x[v] = factor * add_lanes (&sum_x);
  layout->forces_y[v] = factor * add_lanes (&sum_y);
}

/* Pulls a node to a place, as an edge of that weight does. */
static void
add_pull (CoterieForceLayout *layout, guint v, double weight, double x, double y)
{
  double dx = x - layout->x[v];
  double dy = y - layout->y[v];

  if (layout->settings.lin_log) {
    double distance = sqrt (dx * dx + dy * dy);

    weight *= distance > 0.0 ? coterie_log (1.0 + distance) / distance : 1.0;
  }
  layout->forces_x[v] += weight * dx;
  layout->forces_y[v] += weight * dy;
}

static void
add_attraction (CoterieForceLayout *layout, guint v)
{
  const CoterieGraph *graph = layout->graph;

  for (guint32 slot = graph->offsets[v]; slot < graph->offsets[v + 1]; slot++) {
    guint32 w = graph->neighbors[slot];

    add_pull (layout, v, layout->weight_scale * graph->weights[slot], layout->x[w], layout->y[w]);
  }
}

static void
add_gravity_and_anchor (CoterieForceLayout *layout, guint v)
{
  double gravity = layout->settings.gravity * layout->masses[v];
  double hold = layout->settings.anchoring * layout->stiffnesses[v] * layout->masses[v];

  add_pull (layout, v, gravity, 0.0, 0.0);
  if (hold > 0.0)
    add_pull (layout, v, hold, layout->anchors_x[v], layout->anchors_y[v]);
}

static void
compute_forces (gsize task, guint worker, gpointer data)
{
  CoterieForceLayout *layout = data;
  guint first = (guint) task * NODES_PER_TASK;
  guint end = MIN (first + NODES_PER_TASK, layout->n_nodes);

  for (guint v = first; v < end; v++) {
    layout->old_forces_x[v] = layout->forces_x[v];
    layout->old_forces_y[v] = layout->forces_y[v];
    add_repulsion (layout, v);
    add_attraction (layout, v);
    add_gravity_and_anchor (layout, v);
  }
}

/* How much nodes go to and fro (swing) and how much they go on (traction), each by its mass. */
static void
measure_swing (CoterieForceLayout *layout, double *swing, double *traction)
{
  *swing = 0.0;
  *traction = 0.0;
  for (guint v = 0; v < layout->n_nodes; v++) {
    double back_x = layout->old_forces_x[v] - layout->forces_x[v];
    double back_y = layout->old_forces_y[v] - layout->forces_y[v];
    double on_x = layout->old_forces_x[v] + layout->forces_x[v];
    double on_y = layout->old_forces_y[v] + layout->forces_y[v];

    layout->swings[v] = layout->masses[v] * sqrt (back_x * back_x + back_y * back_y);
    *swing += layout->swings[v];
    *traction += 0.5 * layout->masses[v] * sqrt (on_x * on_x + on_y * on_y);
  }
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

/* Moves the nodes and returns their mean step. */
static double
move_nodes (CoterieForceLayout *layout)
{
  double longest = layout->heat * MAX (MAX_STEP_FRAC * layout->radius, 1.0);
  double sum = 0.0;

  for (guint v = 0; v < layout->n_nodes; v++) {
    double force = sqrt (layout->forces_x[v] * layout->forces_x[v] +
                         layout->forces_y[v] * layout->forces_y[v]);
    double factor = layout->speed / (1.0 + sqrt (layout->speed * layout->swings[v]));

    if (force * factor > longest)
      factor = longest / force;
    layout->x[v] += factor * layout->forces_x[v];
    layout->y[v] += factor * layout->forces_y[v];
    layout->positions[2 * v] = layout->x[v];
    layout->positions[2 * v + 1] = layout->y[v];
    sum += factor * force;
  }
  return sum / layout->n_nodes;
}

/**
 * coterie_force_layout_step:
 * @layout: the layout
 *
 * Takes one step. Cost: all pairs of nodes, and the edges.
 *
 * Returns: %FALSE when it has settled or taken as many steps as the settings allow; a further step
 *   may be taken all the same
 */
gboolean
coterie_force_layout_step (CoterieForceLayout *layout)
{
  gsize n_tasks = (layout->n_nodes + NODES_PER_TASK - 1) / NODES_PER_TASK;
  double swing, traction, mean_step;

  if (layout->n_nodes < 2) {
    if (layout->n_nodes == 1)
      layout->positions[0] = layout->positions[1] = layout->x[0] = layout->y[0] = 0.0;
    return FALSE;
  }

  coterie_pool_run (layout->pool, n_tasks, compute_forces, layout);
  measure_swing (layout, &swing, &traction);
  update_speed (layout, swing, traction);
  mean_step = move_nodes (layout);
  update_radius (layout);
  if (++layout->n_steps > COOLING_START)
    layout->heat *= COOLING;

  layout->n_still = mean_step < STILL_FRAC * layout->radius ? layout->n_still + 1 : 0;
  return layout->n_still < N_STILL_STEPS && layout->n_steps < layout->settings.max_steps;
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
