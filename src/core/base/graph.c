/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The undirected weighted graph that passes between the stages: a sorted list of edges, and the
 * same as compressed rows for whoever walks along neighbours. */

#include "core/base/graph.h"

typedef struct {
  CoterieGraph graph;
  CoterieEdge *edges;
  guint32 *offsets;
  guint32 *neighbors;
  double *weights;
  double *strengths;
} GraphData;

static inline guint32
get_end (const CoterieEdge *edge, gboolean of_source)
{
  return of_source ? edge->source : edge->target;
}

/* Puts the edges into the order of one of their ends; those with the same stay in theirs. */
static void
sort_by_end (
    CoterieEdge *sorted, const CoterieEdge *edges, guint n_edges, guint n_nodes, gboolean of_source)
{
  g_autofree guint32 *next = g_new0 (guint32, (gsize) n_nodes + 1);

  for (guint e = 0; e < n_edges; e++)
    next[get_end (&edges[e], of_source) + 1]++;
  for (guint v = 0; v < n_nodes; v++)
    next[v + 1] += next[v];
  for (guint e = 0; e < n_edges; e++)
    sorted[next[get_end (&edges[e], of_source)]++] = edges[e];
}

/* Ends are small numbers: they are counted, not compared. */
static CoterieEdge *
sort_edges (const CoterieEdge *edges, guint n_edges, guint n_nodes)
{
  g_autofree CoterieEdge *by_target = g_new (CoterieEdge, n_edges);
  CoterieEdge *sorted = g_new (CoterieEdge, n_edges);

  for (guint e = 0; e < n_edges; e++)
    g_assert (edges[e].source < edges[e].target && edges[e].target < n_nodes);
  sort_by_end (by_target, edges, n_edges, n_nodes, FALSE);
  sort_by_end (sorted, by_target, n_edges, n_nodes, TRUE);
  return sorted;
}

static void
fill_rows (GraphData *data)
{
  guint n_nodes = data->graph.n_nodes;
  guint n_edges = data->graph.n_edges;
  g_autofree guint32 *next = g_new (guint32, n_nodes + 1);

  for (guint e = 0; e < n_edges; e++) {
    data->offsets[data->edges[e].source + 1]++;
    data->offsets[data->edges[e].target + 1]++;
  }
  for (guint v = 0; v < n_nodes; v++)
    data->offsets[v + 1] += data->offsets[v];
  memcpy (next, data->offsets, (n_nodes + 1) * sizeof *next);

  /* Lower neighbours first: in sorted order every edge that ends in v comes before the first one
   * that starts in v is needed, so two passes keep each row ascending. */
  for (guint e = 0; e < n_edges; e++) {
    guint32 slot = next[data->edges[e].target]++;

    data->neighbors[slot] = data->edges[e].source;
    data->weights[slot] = data->edges[e].weight;
  }
  for (guint e = 0; e < n_edges; e++) {
    guint32 slot = next[data->edges[e].source]++;

    data->neighbors[slot] = data->edges[e].target;
    data->weights[slot] = data->edges[e].weight;
  }

  for (guint v = 0; v < n_nodes; v++)
    for (guint32 slot = data->offsets[v]; slot < data->offsets[v + 1]; slot++)
      data->strengths[v] += data->weights[slot];
}

static void
graph_data_clear (gpointer pointer)
{
  GraphData *data = pointer;

  g_free (data->edges);
  g_free (data->offsets);
  g_free (data->neighbors);
  g_free (data->weights);
  g_free (data->strengths);
}

/**
 * coterie_graph_new:
 * @n_nodes: number of nodes; 0 is an empty graph
 * @edges: (array length=n_edges) (nullable): in any order, each with source < target < @n_nodes, no
 *   pair twice, weights dimensionless and greater than 0; copied
 * @n_edges: number of edges, at most 2^30
 *
 * Builds the rows, strengths and total. Cost: some passes over the edges and the nodes.
 *
 * Returns: (transfer full): the graph
 */
CoterieGraph *
coterie_graph_new (guint n_nodes, const CoterieEdge *edges, guint n_edges)
{
  GraphData *data = g_atomic_rc_box_new0 (GraphData);

  g_assert (n_edges <= 1u << 30);

  data->edges = sort_edges (edges, n_edges, n_nodes);
  data->offsets = g_new0 (guint32, (gsize) n_nodes + 1);
  data->neighbors = g_new (guint32, 2 * (gsize) n_edges);
  data->weights = g_new (double, 2 * (gsize) n_edges);
  data->strengths = g_new0 (double, n_nodes);

  data->graph.n_nodes = n_nodes;
  data->graph.n_edges = n_edges;
  data->graph.edges = data->edges;
  data->graph.offsets = data->offsets;
  data->graph.neighbors = data->neighbors;
  data->graph.weights = data->weights;
  data->graph.strengths = data->strengths;
  for (guint e = 0; e < n_edges; e++)
    data->graph.total_weight += data->edges[e].weight;
  fill_rows (data);
  return &data->graph;
}

/**
 * coterie_graph_ref:
 * @graph: the graph
 *
 * Returns: (transfer full): @graph
 */
CoterieGraph *
coterie_graph_ref (CoterieGraph *graph)
{
  return g_atomic_rc_box_acquire (graph);
}

/**
 * coterie_graph_unref:
 * @graph: (transfer full): the graph
 *
 * Frees @graph with its last reference.
 */
void
coterie_graph_unref (CoterieGraph *graph)
{
  g_atomic_rc_box_release_full (graph, graph_data_clear);
}

/**
 * coterie_graph_get_degree:
 * @graph: the graph
 * @node: less than the number of nodes
 *
 * Returns: the number of neighbours of @node
 */
guint
coterie_graph_get_degree (const CoterieGraph *graph, guint node)
{
  return graph->offsets[node + 1] - graph->offsets[node];
}
