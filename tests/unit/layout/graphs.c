/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Graphs to lay out. In those with communities, node v belongs to community v modulo their number,
 * so that neighbouring indices say nothing about them. */

#include "graphs.h"

#include <math.h>

/* Appends the edges that a coin chooses. */
static void
plant (GArray *edges,
       guint n_nodes,
       guint n_communities,
       double density_within,
       double density_between,
       CoterieRng *rng)
{
  for (guint32 v = 0; v < n_nodes; v++) {
    for (guint32 w = v + 1; w < n_nodes; w++) {
      gboolean within = v % n_communities == w % n_communities;
      double chance = coterie_rng_uniform (rng);
      double weight = 0.5 + coterie_rng_uniform (rng);
      CoterieEdge edge = {v, w, weight};

      if (chance < (within ? density_within : density_between))
        g_array_append_val (edges, edge);
    }
  }
}

static CoterieGraph *
graph_from_array (guint n_nodes, GArray *edges)
{
  return coterie_graph_new (n_nodes, (const CoterieEdge *) edges->data, edges->len);
}

/* Communities are denser within than between; weights from 0.5 to 1.5. */
CoterieGraph *
test_graph_new_planted (
    guint n_nodes, guint n_communities, double density_within, double density_between, guint64 seed)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (CoterieEdge));
  CoterieRng rng;

  coterie_rng_init (&rng, seed, 0);
  plant (edges, n_nodes, n_communities, density_within, density_between, &rng);
  return graph_from_array (n_nodes, edges);
}

/* The same graph with a share of its pairs of nodes drawn anew. */
CoterieGraph *
test_graph_redraw (const CoterieGraph *graph,
                   guint n_communities,
                   double share,
                   double density_within,
                   double density_between,
                   guint64 seed)
{
  g_autoptr (CoterieGraph) other =
      test_graph_new_planted (graph->n_nodes, n_communities, density_within, density_between, seed);
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (CoterieEdge));
  const CoterieGraph *graphs[] = {graph, other};

  for (guint which = 0; which < 2; which++) {
    for (guint e = 0; e < graphs[which]->n_edges; e++) {
      const CoterieEdge *edge = &graphs[which]->edges[e];
      CoterieRng rng;

      /* A coin of the pair's own: both graphs are asked about the same pairs. */
      coterie_rng_init (&rng, seed, (guint64) edge->source << 32 | edge->target);
      if ((coterie_rng_uniform (&rng) < share) == (which == 1))
        g_array_append_val (edges, *edge);
    }
  }
  return graph_from_array (graph->n_nodes, edges);
}

CoterieGraph *
test_graph_new_cliques (guint n_cliques, guint n_members)
{
  return test_graph_new_planted (n_cliques * n_members, n_cliques, 1.0, 0.0, 1);
}

CoterieGraph *
test_graph_new_complete (guint n_nodes)
{
  return test_graph_new_planted (n_nodes, 1, 1.0, 1.0, 1);
}

CoterieGraph *
test_graph_new_path (guint n_nodes)
{
  g_autofree CoterieEdge *edges = g_new (CoterieEdge, n_nodes);

  for (guint32 v = 0; v + 1 < n_nodes; v++)
    edges[v] = (CoterieEdge){v, v + 1, 1.0};
  return coterie_graph_new (n_nodes, edges, n_nodes - 1);
}

CoterieGraph *
test_graph_new_star (guint n_nodes)
{
  g_autofree CoterieEdge *edges = g_new (CoterieEdge, n_nodes);

  for (guint32 v = 1; v < n_nodes; v++)
    edges[v - 1] = (CoterieEdge){0, v, 1.0};
  return coterie_graph_new (n_nodes, edges, n_nodes - 1);
}

/* Mean distance within communities over mean distance between them: 1 without any structure, 0 when
 * each community is a point. */
double
test_layout_separation (const double *positions, guint n_nodes, guint n_communities)
{
  double sums[2] = {0.0};
  double counts[2] = {0.0};

  for (guint v = 0; v < n_nodes; v++) {
    for (guint w = v + 1; w < n_nodes; w++) {
      gboolean between = v % n_communities != w % n_communities;

      sums[between] +=
          hypot (positions[2 * v] - positions[2 * w], positions[2 * v + 1] - positions[2 * w + 1]);
      counts[between] += 1.0;
    }
  }
  return sums[0] / counts[0] / (sums[1] / counts[1]);
}
