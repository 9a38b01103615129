/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much the neighbourhood of a neuron has changed from one graph to the next.
 *
 * Single edges come and go from iteration to iteration even where nothing changes: the neighbours of a
 * neuron are a sample of its community. So it is not neighbours that are compared, but where a walk of
 * two steps from the neuron may end, each step along an edge with a chance in proportion to its weight.
 * That is spread over the community, much the same whichever edges are there, and another when the
 * community merges or splits, or the neuron moves to another one.
 *
 * What a walk of any length from anywhere would do is taken off: the chance to end at a neuron less its
 * share of all strength, as modularity does it. A graph without communities then resembles no other.
 * The similarity of two neighbourhoods is the cosine of what is left, and 0 where that is negative. */

#include "core/layout/neighborhood.h"

#include <math.h>

#define NODES_PER_TASK 16

/* The first step of a walk leads to some of the neighbours only, about so many, if there are more: the
 * same ones in both graphs, as far as they are neighbours in both. */
#define MAX_COMPANIONS 48

/* By the length of what is left over that of the whole: a walk from which nothing is left. */
#define NOTHING_LEFT 1e-9

/* A graph, and what its nodes are by neuron. */
typedef struct {
  const CoterieGraph *graph;
  const guint32 *neurons;
  double *shares; /* [n_slots]: of all strength */
} Side;

typedef struct {
  double *chances;  /* [n_slots], by neuron; 0 between walks */
  guint32 *reached; /* [n_slots]: neurons with a chance */
  gsize n_reached;
  double sum;
} Walk;

typedef struct {
  Side old;
  Side now;
  double products[2][2]; /* of the shares: old with old, old with new, new with new */
  double *similarities;
  Walk *walks; /* [n_threads][2] */
} Comparison;

/* A number of the neuron's own, evenly spread from 0 to 1. */
static double
get_lot (guint32 neuron)
{
  neuron = (neuron ^ neuron >> 16) * 0x85ebca6bU;
  neuron = (neuron ^ neuron >> 13) * 0xc2b2ae35U;
  return (double) (neuron ^ neuron >> 16) * 0x1p-32;
}

/* The way back does not count: it is there whatever the neighbourhood is like. */
static void
step_on (Walk *walk, const Side *side, guint32 origin, guint32 node, double chance)
{
  const CoterieGraph *graph = side->graph;

  chance /= graph->strengths[node];
  for (guint32 slot = graph->offsets[node]; slot < graph->offsets[node + 1]; slot++) {
    guint32 neuron = side->neurons[graph->neighbors[slot]];

    if (graph->neighbors[slot] == origin)
      continue;
    if (walk->chances[neuron] == 0.0)
      walk->reached[walk->n_reached++] = neuron;
    walk->chances[neuron] += chance * graph->weights[slot];
    walk->sum += chance * graph->weights[slot];
  }
}

static void
walk_from (Walk *walk, const Side *side, guint32 node)
{
  const CoterieGraph *graph = side->graph;
  double share = MAX_COMPANIONS / (double) MAX (coterie_graph_get_degree (graph, node), 1);

  for (guint32 slot = graph->offsets[node]; slot < graph->offsets[node + 1]; slot++) {
    guint32 companion = graph->neighbors[slot];

    if (share >= 1.0 || get_lot (side->neurons[companion]) < share)
      step_on (walk, side, node, companion, graph->weights[slot]);
  }
}

static double
multiply (const Walk *walk, const double *values)
{
  double sum = 0.0;

  for (gsize i = 0; i < walk->n_reached; i++)
    sum += walk->chances[walk->reached[i]] * values[walk->reached[i]];
  return sum;
}

/* The product of what is left of two walks: (a - shares of a's graph) (b - shares of b's). */
static double
multiply_rests (
    const Walk *a, const Walk *b, const double *a_shares, const double *b_shares, double product)
{
  return multiply (a, b->chances) / (a->sum * b->sum) - multiply (a, b_shares) / a->sum -
         multiply (b, a_shares) / b->sum + product;
}

static void
clear_walk (Walk *walk)
{
  for (gsize i = 0; i < walk->n_reached; i++)
    walk->chances[walk->reached[i]] = 0.0;
  walk->n_reached = 0;
  walk->sum = 0.0;
}

/* The node of a neuron, or -1. */
static gint
find_node (const guint32 *neurons, guint n_nodes, guint32 neuron)
{
  guint low = 0;
  guint high = n_nodes;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (neurons[middle] < neuron)
      low = middle + 1;
    else
      high = middle;
  }
  return low < n_nodes && neurons[low] == neuron ? (gint) low : -1;
}

static double
compare_walks (const Comparison *comparison, const Walk *old, const Walk *now)
{
  const double *old_shares = comparison->old.shares, *shares = comparison->now.shares;
  double old_rest, rest, both;

  /* A neuron without edges, then and now, is as it was. */
  if (old->n_reached == 0 || now->n_reached == 0)
    return old->n_reached == now->n_reached ? 1.0 : 0.0;

  old_rest = multiply_rests (old, old, old_shares, old_shares, comparison->products[0][0]);
  rest = multiply_rests (now, now, shares, shares, comparison->products[1][1]);
  both = multiply_rests (old, now, old_shares, shares, comparison->products[0][1]);
  if (old_rest < NOTHING_LEFT * comparison->products[0][0] ||
      rest < NOTHING_LEFT * comparison->products[1][1])
    return 0.0;
  return CLAMP (both / (sqrt (old_rest) * sqrt (rest)), 0.0, 1.0);
}

static double
compare_node (const Comparison *comparison, guint node, Walk *walks)
{
  const Side *old = &comparison->old, *now = &comparison->now;
  gint old_node = find_node (old->neurons, old->graph->n_nodes, now->neurons[node]);
  double similarity;

  if (old_node < 0)
    return 0.0;
  walk_from (&walks[0], old, (guint32) old_node);
  walk_from (&walks[1], now, node);
  similarity = compare_walks (comparison, &walks[0], &walks[1]);
  clear_walk (&walks[0]);
  clear_walk (&walks[1]);
  return similarity;
}

static void
compare_nodes (gsize task, guint worker, gpointer data)
{
  Comparison *comparison = data;
  guint first = (guint) task * NODES_PER_TASK;
  guint end = MIN (first + NODES_PER_TASK, comparison->now.graph->n_nodes);

  for (guint node = first; node < end; node++)
    comparison->similarities[node] =
        compare_node (comparison, node, comparison->walks + 2 * (gsize) worker);
}

static gsize
count_slots (const CoterieGraph *graph, const guint32 *neurons)
{
  return graph->n_nodes > 0 ? (gsize) neurons[graph->n_nodes - 1] + 1 : 0;
}

static void
fill_shares (Side *side, gsize n_slots)
{
  side->shares = g_new0 (double, n_slots + 1);
  for (guint v = 0; v < side->graph->n_nodes && side->graph->n_edges > 0; v++)
    side->shares[side->neurons[v]] = side->graph->strengths[v] / (2.0 * side->graph->total_weight);
}

static double
multiply_shares (const Side *a, const Side *b, gsize n_slots)
{
  double sum = 0.0;

  for (gsize i = 0; i < n_slots; i++)
    sum += a->shares[i] * b->shares[i];
  return sum;
}

/**
 * coterie_neighborhood_compare:
 * @old_graph: a graph; weights dimensionless
 * @old_neurons: [n_nodes of @old_graph]: the neuron of each node, ascending
 * @graph: the next graph; weights dimensionless
 * @neurons: [n_nodes]: the neuron of each of its nodes, ascending
 * @similarities: (out caller-allocates): [n_nodes]: how alike the neighbourhoods of each are in both,
 *   from 0 to 1; 0 for a neuron that was not there, 1 for one without edges in both
 * @pool: works on the nodes; the result does not depend on its number of threads
 *
 * Compares neighbourhoods. Cost: for each node, the degrees of its neighbours, or of some of them.
 */
void
coterie_neighborhood_compare (const CoterieGraph *old_graph,
                              const guint32 *old_neurons,
                              const CoterieGraph *graph,
                              const guint32 *neurons,
                              double *similarities,
                              CoteriePool *pool)
{
  gsize n_walks = 2 * (gsize) coterie_pool_get_n_threads (pool);
  gsize n_slots = MAX (count_slots (old_graph, old_neurons), count_slots (graph, neurons));
  g_autofree Walk *walks = g_new0 (Walk, n_walks);
  Comparison comparison = {.old = {old_graph, old_neurons},
                           .now = {graph, neurons},
                           .similarities = similarities,
                           .walks = walks};

  fill_shares (&comparison.old, n_slots);
  fill_shares (&comparison.now, n_slots);
  comparison.products[0][0] = multiply_shares (&comparison.old, &comparison.old, n_slots);
  comparison.products[0][1] = multiply_shares (&comparison.old, &comparison.now, n_slots);
  comparison.products[1][1] = multiply_shares (&comparison.now, &comparison.now, n_slots);
  for (gsize i = 0; i < n_walks; i++) {
    walks[i].chances = g_new0 (double, n_slots + 1);
    walks[i].reached = g_new (guint32, n_slots + 1);
  }

  coterie_pool_run (pool, (graph->n_nodes + NODES_PER_TASK - 1) / NODES_PER_TASK, compare_nodes,
                    &comparison);

  for (gsize i = 0; i < n_walks; i++) {
    g_free (walks[i].chances);
    g_free (walks[i].reached);
  }
  g_free (comparison.old.shares);
  g_free (comparison.now.shares);
}
