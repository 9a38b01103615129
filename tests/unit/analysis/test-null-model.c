/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/analysis/null-model.h"

#include "core/analysis/communities.h"
#include "graphs.h"

#include <math.h>

static CoterieNullComparison
compare (const CoterieGraph *graph, guint n_null_graphs, guint64 seed, CoteriePool *pool)
{
  g_auto (CoterieCommunities) communities = {0};
  g_autoptr (GError) error = NULL;
  CoterieNullComparison comparison;

  coterie_communities_detect (&communities, graph, 1.0, seed, NULL, &error);
  g_assert_no_error (error);
  coterie_null_model_compare (graph, communities.modularity, 1.0, n_null_graphs, seed, pool, NULL,
                              &comparison, &error);
  g_assert_no_error (error);
  return comparison;
}

static double
compute_z (const CoterieGraph *graph, guint n_null_graphs, guint64 seed, CoteriePool *pool)
{
  return compare (graph, n_null_graphs, seed, pool).z;
}

/* The same edges among more nodes. */
static CoterieGraph *
add_lonely_nodes (const CoterieGraph *graph, guint n_nodes)
{
  return coterie_graph_new (n_nodes, graph->edges, graph->n_edges);
}

static CoterieGraph *
make_star (guint n_rays)
{
  g_autofree CoterieEdge *edges = g_new (CoterieEdge, n_rays);

  for (guint e = 0; e < n_rays; e++)
    edges[e] = (CoterieEdge){0, e + 1, 1.0 + e};
  return coterie_graph_new (n_rays + 1, edges, n_rays);
}

static int
compare_weights (gconstpointer a, gconstpointer b)
{
  double left = ((const CoterieEdge *) a)->weight;
  double right = ((const CoterieEdge *) b)->weight;

  return (left > right) - (left < right);
}

static void
assert_same_weights (const CoterieGraph *graph, const CoterieGraph *other)
{
  gsize size = graph->n_edges * sizeof (CoterieEdge);
  g_autofree CoterieEdge *edges = g_memdup2 (graph->edges, size);
  g_autofree CoterieEdge *other_edges = g_memdup2 (other->edges, size);

  qsort (edges, graph->n_edges, sizeof *edges, compare_weights);
  qsort (other_edges, graph->n_edges, sizeof *edges, compare_weights);
  for (guint e = 0; e < graph->n_edges; e++)
    g_assert_cmpfloat (edges[e].weight, ==, other_edges[e].weight);
}

static guint
count_common_edges (const CoterieGraph *graph, const CoterieGraph *other)
{
  guint n_common = 0, f = 0;

  for (guint e = 0; e < graph->n_edges; e++) {
    const CoterieEdge *edge = &graph->edges[e];

    while (f < other->n_edges &&
           (other->edges[f].source < edge->source ||
            (other->edges[f].source == edge->source && other->edges[f].target < edge->target)))
      f++;
    n_common += f < other->n_edges && other->edges[f].source == edge->source &&
                other->edges[f].target == edge->target;
  }
  return n_common;
}

static void
test_keeps_degrees_and_weights (void)
{
  for (guint index = 0; index < 10; index++) {
    g_autoptr (CoterieGraph) graph = test_graph_new_random (60, 0.15, 3);
    g_autoptr (CoterieGraph) rewired = coterie_null_model_rewire (graph, 1, index);

    g_assert_cmpuint (rewired->n_nodes, ==, graph->n_nodes);
    g_assert_cmpuint (rewired->n_edges, ==, graph->n_edges);
    for (guint v = 0; v < 60; v++)
      g_assert_cmpuint (coterie_graph_get_degree (rewired, v), ==,
                        coterie_graph_get_degree (graph, v));
    for (guint e = 1; e < rewired->n_edges; e++)
      g_assert_true (rewired->edges[e].source != rewired->edges[e - 1].source ||
                     rewired->edges[e].target != rewired->edges[e - 1].target);
    assert_same_weights (graph, rewired);
  }
}

/* What chance leaves of the edges: about as many as the density. */
static void
test_forgets_the_edges (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_random (100, 0.1, 3);

  for (guint index = 0; index < 10; index++) {
    g_autoptr (CoterieGraph) rewired = coterie_null_model_rewire (graph, 1, index);

    g_assert_cmpuint (count_common_edges (graph, rewired), <, graph->n_edges / 5);
  }
}

static void
test_own_numbers_for_each (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_random (40, 0.2, 3);
  g_autoptr (CoterieGraph) one = coterie_null_model_rewire (graph, 7, 0);
  g_autoptr (CoterieGraph) again = coterie_null_model_rewire (graph, 7, 0);
  g_autoptr (CoterieGraph) next = coterie_null_model_rewire (graph, 7, 1);
  g_autoptr (CoterieGraph) other = coterie_null_model_rewire (graph, 8, 0);

  g_assert_cmpuint (count_common_edges (one, again), ==, graph->n_edges);
  g_assert_cmpuint (count_common_edges (one, next), <, graph->n_edges / 2);
  g_assert_cmpuint (count_common_edges (one, other), <, graph->n_edges / 2);
}

/* So many nodes that their pairs do not fit into a table. */
static void
test_many_nodes_are_rewired_alike (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_random (50, 0.3, 3);
  g_autoptr (CoterieGraph) large = add_lonely_nodes (graph, 10000);
  g_autoptr (CoterieGraph) rewired = coterie_null_model_rewire (graph, 1, 0);
  g_autoptr (CoterieGraph) large_rewired = coterie_null_model_rewire (large, 1, 0);

  g_assert_cmpuint (large_rewired->n_nodes, ==, 10000);
  g_assert_cmpuint (count_common_edges (rewired, large_rewired), ==, graph->n_edges);
}

static void
test_some_graphs_cannot_be_rewired (void)
{
  g_autoptr (CoterieGraph) complete = test_graph_new_cliques (1, 9);
  g_autoptr (CoterieGraph) star = make_star (12);
  g_autoptr (CoterieGraph) single = make_star (1);
  g_autoptr (CoterieGraph) lonely = coterie_graph_new (5, NULL, 0);
  g_autoptr (CoterieGraph) empty = coterie_graph_new (0, NULL, 0);
  const CoterieGraph *const graphs[] = {complete, star, single, lonely, empty};

  for (guint i = 0; i < G_N_ELEMENTS (graphs); i++) {
    g_assert_null (coterie_null_model_rewire (graphs[i], 1, 0));
    g_assert_true (isnan (compute_z (graphs[i], 10, 1, NULL)));
    g_assert_true (isnan (compare (graphs[i], 10, 1, NULL).mean));
    g_assert_true (isnan (compare (graphs[i], 10, 1, NULL).deviation));
  }
}

static void
test_two_null_graphs_are_needed (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_karate_club ();

  g_assert_true (isnan (compute_z (graph, 0, 1, NULL)));
  g_assert_true (isnan (compute_z (graph, 1, 1, NULL)));
  g_assert_true (isfinite (compute_z (graph, 2, 1, NULL)));
}

/* A ring of four stays a ring of four. */
static void
test_without_deviation_is_undefined (void)
{
  const CoterieEdge edges[] = {{0, 1, 1.0}, {0, 3, 1.0}, {1, 2, 1.0}, {2, 3, 1.0}};
  g_autoptr (CoterieGraph) ring = coterie_graph_new (4, edges, 4);
  g_autoptr (CoterieGraph) rewired = coterie_null_model_rewire (ring, 1, 0);

  g_assert_nonnull (rewired);
  g_assert_true (isnan (compute_z (ring, 10, 1, NULL)));
  g_assert_true (isfinite (compare (ring, 10, 1, NULL).mean));
  g_assert_cmpfloat_with_epsilon (compare (ring, 10, 1, NULL).deviation, 0.0, 1e-12);
}

/* By hand, from three null graphs. */
static void
test_score_is_in_deviations (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_karate_club ();
  g_autoptr (GError) error = NULL;
  CoterieNullComparison comparison;
  double found[3], mean, deviation;

  for (guint i = 0; i < 3; i++) {
    g_autoptr (CoterieGraph) rewired = coterie_null_model_rewire (graph, 5, i);
    g_auto (CoterieCommunities) communities = {0};

    coterie_communities_detect (&communities, rewired, 1.0, 5 + i, NULL, &error);
    g_assert_no_error (error);
    found[i] = communities.modularity;
  }
  mean = (found[0] + found[1] + found[2]) / 3.0;
  deviation = sqrt (
      (pow (found[0] - mean, 2.0) + pow (found[1] - mean, 2.0) + pow (found[2] - mean, 2.0)) / 2.0);

  coterie_null_model_compare (graph, 0.4, 1.0, 3, 5, NULL, NULL, &comparison, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (comparison.mean, mean, 1e-12);
  g_assert_cmpfloat_with_epsilon (comparison.deviation, deviation, 1e-12);
  g_assert_cmpfloat_with_epsilon (comparison.z, (0.4 - mean) / deviation,
                                  1e-12 * fabs (comparison.z));
}

static void
test_interval_is_that_of_the_normal_distribution (void)
{
  const CoterieNullComparison usual = {.mean = 0.25, .deviation = 0.0625};
  const CoterieNullComparison high = {.mean = 0.95, .deviation = 0.0625};
  const CoterieNullComparison undefined = {.mean = NAN, .deviation = NAN};
  double lower, upper;

  coterie_null_comparison_get_interval (&usual, &lower, &upper);
  g_assert_cmpfloat_with_epsilon (erf ((upper - 0.25) / 0.0625 / G_SQRT2), 0.95, 1e-12);
  g_assert_cmpfloat_with_epsilon (0.25 - lower, upper - 0.25, 1e-15);
  coterie_null_comparison_get_interval (&high, &lower, &upper);
  g_assert_cmpfloat (lower, <, 0.83);
  g_assert_cmpfloat (upper, ==, 1.0);
  coterie_null_comparison_get_interval (&undefined, &lower, &upper);
  g_assert_true (isnan (lower) && isnan (upper));
}

static void
test_planted_communities_score_high (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_cliques (6, 8);

  g_assert_cmpfloat (compute_z (graph, 20, 1, NULL), >, 20.0);
}

/* The club's communities are known to be more than chance. */
static void
test_karate_club_scores_moderately (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_karate_club ();
  double z = compute_z (graph, 100, 1, NULL);

  g_assert_cmpfloat (z, >, 2.0);
  g_assert_cmpfloat (z, <, 10.0);
}

/* A random graph is one of its own null graphs. */
static void
test_random_graphs_score_low (void)
{
  double sum = 0.0;

  for (guint64 seed = 1; seed <= 12; seed++) {
    g_autoptr (CoterieGraph) graph = test_graph_new_random (60, 0.15, seed);
    double z = compute_z (graph, 30, seed, NULL);

    g_assert_cmpfloat (fabs (z), <, 3.5);
    sum += z;
  }
  g_assert_cmpfloat (fabs (sum / 12.0), <, 1.0);
}

static void
test_threads_do_not_matter (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_random (60, 0.15, 4);
  double alone = compute_z (graph, 15, 3, NULL);

  g_assert_true (isfinite (alone));
  for (guint n_threads = 1; n_threads <= 4; n_threads++) {
    g_autoptr (CoteriePool) pool = coterie_pool_new (n_threads);

    g_assert_cmpfloat (compute_z (graph, 15, 3, pool), ==, alone);
  }
}

static void
test_can_be_cancelled (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_karate_club ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  CoterieNullComparison comparison = {0.0, 0.0, 0.0};

  g_cancellable_cancel (cancellable);
  g_assert_false (
      coterie_null_model_compare (graph, 0.4, 1.0, 10, 1, NULL, cancellable, &comparison, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (isnan (comparison.mean) && isnan (comparison.deviation) && isnan (comparison.z));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/null-model/keeps-degrees-and-weights",
                   test_keeps_degrees_and_weights);
  g_test_add_func ("/analysis/null-model/forgets-the-edges", test_forgets_the_edges);
  g_test_add_func ("/analysis/null-model/own-numbers-for-each", test_own_numbers_for_each);
  g_test_add_func ("/analysis/null-model/many-nodes-are-rewired-alike",
                   test_many_nodes_are_rewired_alike);
  g_test_add_func ("/analysis/null-model/some-graphs-cannot-be-rewired",
                   test_some_graphs_cannot_be_rewired);
  g_test_add_func ("/analysis/null-model/two-null-graphs-are-needed",
                   test_two_null_graphs_are_needed);
  g_test_add_func ("/analysis/null-model/without-deviation-is-undefined",
                   test_without_deviation_is_undefined);
  g_test_add_func ("/analysis/null-model/score-is-in-deviations", test_score_is_in_deviations);
  g_test_add_func ("/analysis/null-model/interval-is-that-of-the-normal-distribution",
                   test_interval_is_that_of_the_normal_distribution);
  g_test_add_func ("/analysis/null-model/planted-communities-score-high",
                   test_planted_communities_score_high);
  g_test_add_func ("/analysis/null-model/karate-club-scores-moderately",
                   test_karate_club_scores_moderately);
  g_test_add_func ("/analysis/null-model/random-graphs-score-low", test_random_graphs_score_low);
  g_test_add_func ("/analysis/null-model/threads-do-not-matter", test_threads_do_not_matter);
  g_test_add_func ("/analysis/null-model/can-be-cancelled", test_can_be_cancelled);
  return g_test_run ();
}
