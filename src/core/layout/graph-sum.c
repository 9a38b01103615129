/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The graph of all iterations together. Neurons and edges so far, and those of a graph that is added,
 * are both sorted: they are merged in one walk. */

#include "core/layout/graph-sum.h"

struct _CoterieGraphSum {
  GArray *neurons; /* guint32, ascending */
  GArray *edges;   /* CoterieEdge between neurons, sorted by source, then by target */
  guint n_graphs;
};

/**
 * coterie_graph_sum_new:
 *
 * Returns: (transfer full): the sum of no graphs
 */
CoterieGraphSum *
coterie_graph_sum_new (void)
{
  CoterieGraphSum *sum = g_new0 (CoterieGraphSum, 1);

  sum->neurons = g_array_new (FALSE, FALSE, sizeof (guint32));
  sum->edges = g_array_new (FALSE, FALSE, sizeof (CoterieEdge));
  return sum;
}

/**
 * coterie_graph_sum_free:
 * @sum: (transfer full): the sum
 *
 * Frees @sum.
 */
void
coterie_graph_sum_free (CoterieGraphSum *sum)
{
  g_array_unref (sum->neurons);
  g_array_unref (sum->edges);
  g_free (sum);
}

static void
add_neurons (CoterieGraphSum *sum, const guint32 *neurons, guint n_neurons)
{
  const guint32 *old = (const guint32 *) sum->neurons->data;
  guint n_old = sum->neurons->len;
  GArray *merged = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n_old + n_neurons);
  guint i = 0, j = 0;

  while (i < n_old || j < n_neurons) {
    gboolean from_old = j == n_neurons || (i < n_old && old[i] <= neurons[j]);
    guint32 neuron = from_old ? old[i] : neurons[j];

    if (i < n_old && old[i] == neuron)
      i++;
    if (j < n_neurons && neurons[j] == neuron)
      j++;
    g_array_append_val (merged, neuron);
  }
  g_array_unref (sum->neurons);
  sum->neurons = merged;
}

static gint
compare_edges (const CoterieEdge *a, const CoterieEdge *b)
{
  if (a->source != b->source)
    return a->source < b->source ? -1 : 1;
  return a->target < b->target ? -1 : a->target > b->target;
}

static void
add_edges (CoterieGraphSum *sum, const CoterieGraph *graph, const guint32 *neurons)
{
  const CoterieEdge *old = (const CoterieEdge *) sum->edges->data;
  guint n_old = sum->edges->len;
  GArray *merged = g_array_sized_new (FALSE, FALSE, sizeof (CoterieEdge), n_old + graph->n_edges);
  guint i = 0, j = 0;

  while (i < n_old || j < graph->n_edges) {
    CoterieEdge edge = {G_MAXUINT32, G_MAXUINT32, 0.0};
    gint order;

    if (j < graph->n_edges)
      edge = (CoterieEdge){neurons[graph->edges[j].source], neurons[graph->edges[j].target],
                           graph->edges[j].weight};
    order = i < n_old ? compare_edges (&old[i], &edge) : 1;
    if (order < 0)
      edge = old[i];
    else if (order == 0)
      edge.weight += old[i].weight;
    i += order <= 0;
    j += order >= 0;
    g_array_append_val (merged, edge);
  }
  g_array_unref (sum->edges);
  sum->edges = merged;
}

/**
 * coterie_graph_sum_add:
 * @sum: the sum
 * @graph: a graph; weights dimensionless
 * @neurons: [n_nodes]: the neuron of each node, ascending
 *
 * Adds a graph. Cost: the edges of both.
 */
void
coterie_graph_sum_add (CoterieGraphSum *sum, const CoterieGraph *graph, const guint32 *neurons)
{
  add_neurons (sum, neurons, graph->n_nodes);
  add_edges (sum, graph, neurons);
  sum->n_graphs++;
}

static int
compare_neurons (gconstpointer a, gconstpointer b)
{
  guint32 left = *(const guint32 *) a, right = *(const guint32 *) b;

  return left < right ? -1 : left > right;
}

static guint32
find_node (const CoterieGraphSum *sum, guint32 neuron)
{
  guint node = 0;

  g_array_binary_search (sum->neurons, &neuron, compare_neurons, &node);
  return node;
}

/**
 * coterie_graph_sum_make_mean:
 * @sum: the sum
 * @neurons: (out) (transfer full): [n_nodes]: the neuron of each node, ascending
 *
 * Makes the mean of the graphs: all neurons that are in any of them. Cost: the edges.
 *
 * Returns: (transfer full): the mean; without nodes if no graph was added
 */
CoterieGraph *
coterie_graph_sum_make_mean (CoterieGraphSum *sum, guint32 **neurons)
{
  const CoterieEdge *edges = (const CoterieEdge *) sum->edges->data;
  guint n_edges = sum->edges->len;
  g_autofree CoterieEdge *mean = g_new (CoterieEdge, (gsize) n_edges + 1);

  for (guint e = 0; e < n_edges; e++)
    mean[e] = (CoterieEdge){find_node (sum, edges[e].source), find_node (sum, edges[e].target),
                            edges[e].weight / sum->n_graphs};
  *neurons = g_memdup2 (sum->neurons->data, sum->neurons->len * sizeof (guint32));
  return coterie_graph_new (sum->neurons->len, mean, n_edges);
}
