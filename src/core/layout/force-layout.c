/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A graph that is laid out by forces: what its nodes weigh, how strongly its edges pull, where its nodes are
 * and what holds them. How they move is in force-layout-step.c.
 *
 * Every node has the mass m = 1 + degree. An edge pulls with its weight w, the mean of the weights being
 * made 1. Where hubs are dissuaded, an edge from node 1 to node 2 pulls with w M / m1 instead, M being the
 * mean mass; an edge without direction is half of one either way. */

#include "core/layout/force-layout-private.h"

#include <math.h>

#include "core/base/real-math.h"
#include "core/base/rng.h"

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
  layout->sums = g_new0 (CoterieForceSums, n_nodes / COTERIE_FORCE_BLOCK_NODES + 1);

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

/* Anew from all places; a step that follows the forces goes on from what was known. */
void
coterie_force_layout_measure_radius (CoterieForceLayout *layout)
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

/* What was known of other places counts no more. */
void
coterie_force_layout_start_over (CoterieForceLayout *layout)
{
  for (gsize i = 0; i < 2 * (gsize) layout->n_nodes; i++)
    layout->forces[i] = 0.0;
  layout->speed = 1.0;
  layout->speed_efficiency = 1.0;
  warm_up (layout);
  coterie_force_layout_measure_radius (layout);
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
  coterie_force_layout_start_over (layout);
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
  coterie_force_layout_start_over (layout);
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
