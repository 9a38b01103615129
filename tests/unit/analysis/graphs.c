/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Graphs about which something is known. */

#include "graphs.h"

/* Cliques without an edge between them; clique i has nodes i * n_members and on. */
CoterieGraph *
test_graph_new_cliques (guint n_cliques, guint n_members)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (CoterieEdge));

  for (guint k = 0; k < n_cliques; k++)
    for (guint i = 0; i < n_members; i++)
      for (guint j = i + 1; j < n_members; j++) {
        CoterieEdge edge = {k * n_members + i, k * n_members + j, 1.0};

        g_array_append_val (edges, edge);
      }
  return coterie_graph_new (n_cliques * n_members, (const CoterieEdge *) edges->data, edges->len);
}

/* Zachary's karate club (1977), 34 nodes and 78 edges. */
CoterieGraph *
test_graph_new_karate_club (void)
{
  static const guint8 ends[][2] = {
      {0, 1},   {0, 2},   {0, 3},   {0, 4},   {0, 5},   {0, 6},   {0, 7},   {0, 8},   {0, 10},
      {0, 11},  {0, 12},  {0, 13},  {0, 17},  {0, 19},  {0, 21},  {0, 31},  {1, 2},   {1, 3},
      {1, 7},   {1, 13},  {1, 17},  {1, 19},  {1, 21},  {1, 30},  {2, 3},   {2, 7},   {2, 8},
      {2, 9},   {2, 13},  {2, 27},  {2, 28},  {2, 32},  {3, 7},   {3, 12},  {3, 13},  {4, 6},
      {4, 10},  {5, 6},   {5, 10},  {5, 16},  {6, 16},  {8, 30},  {8, 32},  {8, 33},  {9, 33},
      {13, 33}, {14, 32}, {14, 33}, {15, 32}, {15, 33}, {18, 32}, {18, 33}, {19, 33}, {20, 32},
      {20, 33}, {22, 32}, {22, 33}, {23, 25}, {23, 27}, {23, 29}, {23, 32}, {23, 33}, {24, 25},
      {24, 27}, {24, 31}, {25, 31}, {26, 29}, {26, 33}, {27, 33}, {28, 31}, {28, 33}, {29, 32},
      {29, 33}, {30, 32}, {30, 33}, {31, 32}, {31, 33}, {32, 33},
  };
  CoterieEdge edges[G_N_ELEMENTS (ends)];

  for (guint e = 0; e < G_N_ELEMENTS (ends); e++) {
    edges[e].source = ends[e][0];
    edges[e].target = ends[e][1];
    edges[e].weight = 1.0;
  }
  return coterie_graph_new (34, edges, G_N_ELEMENTS (edges));
}

/* Every pair is joined with probability density, with a weight from 0 to 1. */
CoterieGraph *
test_graph_new_random (guint n_nodes, double density, guint64 seed)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (CoterieEdge));
  CoterieRng rng;

  coterie_rng_init (&rng, seed, 0);
  for (guint v = 0; v < n_nodes; v++)
    for (guint w = v + 1; w < n_nodes; w++) {
      CoterieEdge edge = {v, w, 1.0 - coterie_rng_uniform (&rng)};

      if (coterie_rng_uniform (&rng) < density)
        g_array_append_val (edges, edge);
    }
  return coterie_graph_new (n_nodes, (const CoterieEdge *) edges->data, edges->len);
}

/* The same graph, node v being called numbers[v]. */
CoterieGraph *
test_graph_relabel (const CoterieGraph *graph, const guint32 *numbers)
{
  g_autofree CoterieEdge *edges = g_new (CoterieEdge, graph->n_edges);

  for (guint e = 0; e < graph->n_edges; e++) {
    guint32 source = numbers[graph->edges[e].source];
    guint32 target = numbers[graph->edges[e].target];

    edges[e].source = MIN (source, target);
    edges[e].target = MAX (source, target);
    edges[e].weight = graph->edges[e].weight;
  }
  return coterie_graph_new (graph->n_nodes, edges, graph->n_edges);
}
