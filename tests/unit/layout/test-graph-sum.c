/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/layout/graph-sum.h"
#include "core/layout/neighborhood.h"
#include "graphs.h"

static void
test_mean_is_known (void)
{
  const CoterieEdge first_edges[] = {{0, 1, 1.0}, {1, 2, 4.0}};
  const CoterieEdge second_edges[] = {{0, 1, 3.0}, {0, 2, 6.0}};
  const guint32 first_neurons[] = {2, 5, 9, 11};
  const guint32 second_neurons[] = {5, 9, 20};
  const guint32 expected_neurons[] = {2, 5, 9, 11, 20};
  const CoterieEdge expected[] = {{0, 1, 0.5}, {1, 2, 3.5}, {1, 4, 3.0}};
  g_autoptr (CoterieGraph) first = coterie_graph_new (4, first_edges, 2);
  g_autoptr (CoterieGraph) second = coterie_graph_new (3, second_edges, 2);
  g_autoptr (CoterieGraphSum) sum = coterie_graph_sum_new ();
  g_autoptr (CoterieGraph) mean = NULL;
  g_autofree guint32 *neurons = NULL;

  coterie_graph_sum_add (sum, first, first_neurons);
  coterie_graph_sum_add (sum, second, second_neurons);
  mean = coterie_graph_sum_make_mean (sum, &neurons);
  g_assert_cmpmem (neurons, mean->n_nodes * sizeof *neurons, expected_neurons,
                   sizeof expected_neurons);
  g_assert_cmpuint (mean->n_edges, ==, G_N_ELEMENTS (expected));
  for (guint e = 0; e < mean->n_edges; e++) {
    g_assert_cmpuint (mean->edges[e].source, ==, expected[e].source);
    g_assert_cmpuint (mean->edges[e].target, ==, expected[e].target);
    g_assert_cmpfloat (mean->edges[e].weight, ==, expected[e].weight);
  }
}

static void
test_mean_of_nothing_is_empty (void)
{
  g_autoptr (CoterieGraphSum) sum = coterie_graph_sum_new ();
  g_autofree guint32 *neurons = NULL;
  g_autoptr (CoterieGraph) mean = coterie_graph_sum_make_mean (sum, &neurons);

  g_assert_cmpuint (mean->n_nodes, ==, 0);
  g_assert_cmpuint (mean->n_edges, ==, 0);
}

/* Of the neurons 0, 1, …; the mean over all nodes. */
static double
compare (const CoterieGraph *old_graph, const CoterieGraph *graph, double *similarities)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (2);
  guint n_neurons = MAX (old_graph->n_nodes, graph->n_nodes);
  g_autofree guint32 *neurons = g_new (guint32, n_neurons + 1);
  double sum = 0.0;

  for (guint v = 0; v < n_neurons; v++)
    neurons[v] = v;
  coterie_neighborhood_compare (old_graph, neurons, graph, neurons, similarities, pool);
  for (guint v = 0; v < graph->n_nodes; v++) {
    g_assert_cmpfloat (similarities[v], >=, 0.0);
    g_assert_cmpfloat (similarities[v], <=, 1.0);
    sum += similarities[v] / graph->n_nodes;
  }
  return sum;
}

static void
test_same_graph_is_alike (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_planted (150, 5, 0.5, 0.03, 1);
  double similarities[150];

  g_assert_cmpfloat_with_epsilon (compare (graph, graph, similarities), 1.0, 1e-9);
}

static void
test_communities_count_not_edges (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_planted (150, 5, 0.4, 0.02, 1);
  g_autoptr (CoterieGraph) redrawn = test_graph_new_planted (150, 5, 0.4, 0.02, 2);
  g_autoptr (CoterieGraph) regrouped = test_graph_new_planted (150, 6, 0.4, 0.02, 2);
  g_autoptr (CoterieGraph) structureless = test_graph_new_planted (150, 1, 0.1, 0.1, 2);
  double similarities[150];

  g_assert_cmpfloat (compare (graph, redrawn, similarities), >, 0.6);
  g_assert_cmpfloat (compare (graph, regrouped, similarities), <, 0.3);
  g_assert_cmpfloat (compare (graph, structureless, similarities), <, 0.1);
}

static void
test_new_neuron_is_like_nothing (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_path (4);
  g_autoptr (CoterieGraph) longer = test_graph_new_path (5);
  g_autoptr (CoterieGraph) lonely = coterie_graph_new (5, NULL, 0);
  double similarities[5];

  compare (graph, longer, similarities);
  g_assert_cmpfloat (similarities[4], ==, 0.0);
  compare (lonely, lonely, similarities);
  g_assert_cmpfloat (similarities[4], ==, 1.0);
  compare (lonely, longer, similarities);
  g_assert_cmpfloat (similarities[2], ==, 0.0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/graph-sum/mean-is-known", test_mean_is_known);
  g_test_add_func ("/layout/graph-sum/mean-of-nothing-is-empty", test_mean_of_nothing_is_empty);
  g_test_add_func ("/layout/neighborhood/same-graph-is-alike", test_same_graph_is_alike);
  g_test_add_func ("/layout/neighborhood/communities-count-not-edges",
                   test_communities_count_not_edges);
  g_test_add_func ("/layout/neighborhood/new-neuron-is-like-nothing",
                   test_new_neuron_is_like_nothing);
  return g_test_run ();
}
