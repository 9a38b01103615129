/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/base/graph.h"
#include "core/base/rng.h"

static void
test_rows_are_sorted (void)
{
  const CoterieEdge edges[] = {{2, 3, 0.5}, {0, 3, 1.0}, {1, 2, 2.0}, {0, 1, 4.0}};
  g_autoptr (CoterieGraph) graph = coterie_graph_new (5, edges, G_N_ELEMENTS (edges));
  const guint32 neighbors[] = {1, 3, 0, 2, 1, 3, 0, 2};
  const double weights[] = {4.0, 1.0, 4.0, 2.0, 2.0, 0.5, 1.0, 0.5};

  g_assert_cmpuint (graph->n_edges, ==, 4);
  g_assert_cmpuint (graph->edges[0].target, ==, 1);
  g_assert_cmpmem (graph->neighbors, 8 * sizeof *neighbors, neighbors, sizeof neighbors);
  g_assert_cmpmem (graph->weights, 8 * sizeof *weights, weights, sizeof weights);
  g_assert_cmpfloat (graph->total_weight, ==, 7.5);
  g_assert_cmpfloat (graph->strengths[0], ==, 5.0);
  g_assert_cmpfloat (graph->strengths[3], ==, 1.5);
  g_assert_cmpfloat (graph->strengths[4], ==, 0.0);
  g_assert_cmpuint (coterie_graph_get_degree (graph, 4), ==, 0);
  g_assert_cmpuint (coterie_graph_get_degree (graph, 0), ==, 2);
}

static void
test_order_of_edges_makes_no_difference (void)
{
  enum { N_NODES = 40, N_EDGES = N_NODES * (N_NODES - 1) / 2 };
  CoterieEdge edges[N_EDGES], shuffled[N_EDGES];
  guint32 places[N_EDGES];
  g_autoptr (CoterieGraph) graph = NULL;
  guint n_edges = 0;
  CoterieRng rng;

  coterie_rng_init (&rng, 3, 0);
  for (guint v = 0; v < N_NODES; v++)
    for (guint w = v + 1; w < N_NODES; w++) {
      places[n_edges] = n_edges;
      edges[n_edges++] = (CoterieEdge){v, w, 1.0 + coterie_rng_uniform (&rng)};
    }
  coterie_rng_shuffle (&rng, places, N_EDGES);
  for (guint e = 0; e < N_EDGES; e++)
    shuffled[e] = edges[places[e]];

  graph = coterie_graph_new (N_NODES, shuffled, N_EDGES);
  for (guint e = 0; e < N_EDGES; e++) {
    g_assert_cmpuint (graph->edges[e].source, ==, edges[e].source);
    g_assert_cmpuint (graph->edges[e].target, ==, edges[e].target);
    g_assert_cmpfloat (graph->edges[e].weight, ==, edges[e].weight);
  }
}

static void
test_can_be_empty (void)
{
  g_autoptr (CoterieGraph) nothing = coterie_graph_new (0, NULL, 0);
  g_autoptr (CoterieGraph) lonely = coterie_graph_new (3, NULL, 0);

  g_assert_cmpuint (nothing->offsets[0], ==, 0);
  g_assert_cmpuint (lonely->offsets[3], ==, 0);
  g_assert_cmpfloat (lonely->total_weight, ==, 0.0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/graph/rows-are-sorted", test_rows_are_sorted);
  g_test_add_func ("/base/graph/order-of-edges-makes-no-difference",
                   test_order_of_edges_makes_no_difference);
  g_test_add_func ("/base/graph/can-be-empty", test_can_be_empty);
  return g_test_run ();
}
