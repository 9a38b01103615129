/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/analysis/modularity.h"
#include "graphs.h"

#define N_NODES 30
#define N_CLASSES 4

static const CoterieEdgeReading readings[] = {COTERIE_EDGES_WEIGHTED, COTERIE_EDGES_UNWEIGHTED};

static double
get_adjacency (const CoterieGraph *graph, guint v, guint w, CoterieEdgeReading reading)
{
  for (guint32 slot = graph->offsets[v]; slot < graph->offsets[v + 1]; slot++)
    if (graph->neighbors[slot] == w)
      return reading == COTERIE_EDGES_WEIGHTED ? graph->weights[slot] : 1.0;
  return 0.0;
}

static double
get_strength (const CoterieGraph *graph, guint v, CoterieEdgeReading reading)
{
  double sum = 0.0;

  for (guint w = 0; w < graph->n_nodes; w++)
    sum += get_adjacency (graph, v, w, reading);
  return sum;
}

/* Eq. 1 to 3 as they are written: belonging [n_classes][n_nodes], sums over all pairs. */
static double
naive_modularity (const CoterieGraph *graph,
                  const double *belonging,
                  guint n_classes,
                  CoterieEdgeReading reading)
{
  guint n = graph->n_nodes;
  double double_total = 0.0, sum = 0.0;

  for (guint v = 0; v < n; v++)
    double_total += get_strength (graph, v, reading);
  for (guint c = 0; c < n_classes; c++)
    for (guint v = 0; v < n; v++)
      for (guint w = 0; w < n; w++)
        sum +=
            (get_adjacency (graph, v, w, reading) -
             get_strength (graph, v, reading) * get_strength (graph, w, reading) / double_total) *
            belonging[c * n + v] * belonging[c * n + w];
  return sum / double_total;
}

/* Every node in one to three of the classes. */
static CoterieCover *
make_cover (guint64 seed)
{
  guint32 members[N_CLASSES][N_NODES];
  guint32 sizes[N_CLASSES] = {0};
  const guint32 *representatives[N_CLASSES];
  CoterieRng rng;

  coterie_rng_init (&rng, seed, 1);
  for (guint c = 0; c < N_CLASSES; c++)
    representatives[c] = members[c];
  for (guint v = 0; v < N_NODES; v++) {
    guint first = (guint) coterie_rng_below (&rng, N_CLASSES);
    guint n = 1 + (guint) coterie_rng_below (&rng, 3);

    for (guint i = 0; i < n; i++) {
      guint c = (first + i) % N_CLASSES;

      members[c][sizes[c]++] = v;
    }
  }
  return coterie_cover_new (N_NODES, N_CLASSES, sizes, representatives);
}

static void
spread_shares (const CoterieCover *cover, const double *shares, double *belonging)
{
  memset (belonging, 0, (gsize) cover->n_classes * cover->n_nodes * sizeof *belonging);
  for (guint c = 0; c < cover->n_classes; c++)
    for (guint32 i = cover->offsets[c]; i < cover->offsets[c + 1]; i++)
      belonging[c * cover->n_nodes + cover->members[i]] = shares[i];
}

static void
test_disjoint_cliques (void)
{
  g_autoptr (CoterieGraph) two = test_graph_new_cliques (2, 5);
  g_autoptr (CoterieGraph) four = test_graph_new_cliques (4, 3);
  guint32 membership[12];

  for (guint v = 0; v < 10; v++)
    membership[v] = v / 5;
  g_assert_cmpfloat_with_epsilon (
      coterie_modularity_of_partition (two, membership, COTERIE_EDGES_WEIGHTED, 1.0), 0.5, 1e-15);
  g_assert_cmpfloat_with_epsilon (
      coterie_modularity_of_partition (two, membership, COTERIE_EDGES_WEIGHTED, 2.0), 0.0, 1e-15);
  for (guint v = 0; v < 12; v++)
    membership[v] = v / 3;
  g_assert_cmpfloat_with_epsilon (
      coterie_modularity_of_partition (four, membership, COTERIE_EDGES_UNWEIGHTED, 1.0), 0.75,
      1e-15);
}

static void
test_one_community_scores_zero (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_random (N_NODES, 0.3, 4);
  const guint32 membership[N_NODES] = {0};

  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    g_assert_cmpfloat_with_epsilon (
        coterie_modularity_of_partition (graph, membership, readings[i], 1.0), 0.0, 1e-15);
}

static void
test_published_value (void)
{
  /* the best partition of the karate club: Q = 0.4198 (Brandes et al. 2008) */
  static const guint8 best[34] = {0, 0, 0, 0, 1, 1, 1, 0, 2, 2, 1, 0, 0, 0, 2, 2, 1,
                                  0, 2, 0, 2, 0, 2, 3, 3, 3, 2, 3, 3, 2, 2, 3, 2, 2};
  g_autoptr (CoterieGraph) graph = test_graph_new_karate_club ();
  guint32 membership[34];

  for (guint v = 0; v < 34; v++)
    membership[v] = best[v];
  g_assert_cmpfloat_with_epsilon (
      coterie_modularity_of_partition (graph, membership, COTERIE_EDGES_WEIGHTED, 1.0), 0.4198,
      5e-5);
}

static void
test_without_edges_is_zero (void)
{
  g_autoptr (CoterieGraph) graph = coterie_graph_new (N_NODES, NULL, 0);
  g_autoptr (CoterieCover) cover = make_cover (1);
  g_autofree double *shares = g_new (double, cover->offsets[N_CLASSES]);
  const guint32 membership[N_NODES] = {0};

  coterie_cover_fill_alpha (cover, graph, shares);
  for (guint i = 0; i < G_N_ELEMENTS (readings); i++) {
    g_assert_cmpfloat (coterie_modularity_of_partition (graph, membership, readings[i], 1.0), ==,
                       0.0);
    g_assert_cmpfloat (coterie_modularity_of_cover (graph, cover, shares, readings[i]), ==, 0.0);
  }
}

static void
test_equals_the_double_sum (void)
{
  for (guint64 seed = 1; seed <= 5; seed++) {
    g_autoptr (CoterieGraph) graph = test_graph_new_random (N_NODES, 0.1 * (double) seed, seed);
    g_autoptr (CoterieCover) cover = make_cover (seed);
    g_autofree double *shares = g_new (double, cover->offsets[N_CLASSES]);
    g_autofree double *belonging = g_new (double, N_CLASSES *N_NODES);

    coterie_cover_fill_equal_shares (cover, shares);
    spread_shares (cover, shares, belonging);
    g_assert_cmpfloat_with_epsilon (
        coterie_modularity_of_cover (graph, cover, shares, COTERIE_EDGES_UNWEIGHTED),
        naive_modularity (graph, belonging, N_CLASSES, COTERIE_EDGES_UNWEIGHTED), 1e-12);

    coterie_cover_fill_alpha (cover, graph, shares);
    spread_shares (cover, shares, belonging);
    g_assert_cmpfloat_with_epsilon (
        coterie_modularity_of_cover (graph, cover, shares, COTERIE_EDGES_WEIGHTED),
        naive_modularity (graph, belonging, N_CLASSES, COTERIE_EDGES_WEIGHTED), 1e-12);
  }
}

static void
test_partition_equals_the_double_sum (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_random (N_NODES, 0.3, 7);
  g_autofree double *belonging = g_new0 (double, N_CLASSES *N_NODES);
  guint32 membership[N_NODES];

  for (guint v = 0; v < N_NODES; v++) {
    membership[v] = (v * 7) % N_CLASSES;
    belonging[membership[v] * N_NODES + v] = 1.0;
  }
  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    g_assert_cmpfloat_with_epsilon (
        coterie_modularity_of_partition (graph, membership, readings[i], 1.0),
        naive_modularity (graph, belonging, N_CLASSES, readings[i]), 1e-12);
}

static void
test_ignores_node_order (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_random (N_NODES, 0.3, 9);
  g_autoptr (CoterieGraph) relabelled = NULL;
  guint32 numbers[N_NODES], membership[N_NODES], moved[N_NODES];
  CoterieRng rng;

  coterie_rng_init (&rng, 3, 0);
  for (guint v = 0; v < N_NODES; v++)
    numbers[v] = v;
  coterie_rng_shuffle (&rng, numbers, N_NODES);
  for (guint v = 0; v < N_NODES; v++) {
    membership[v] = v % N_CLASSES;
    moved[numbers[v]] = membership[v];
  }

  relabelled = test_graph_relabel (graph, numbers);
  g_assert_cmpfloat_with_epsilon (
      coterie_modularity_of_partition (relabelled, moved, COTERIE_EDGES_WEIGHTED, 1.0),
      coterie_modularity_of_partition (graph, membership, COTERIE_EDGES_WEIGHTED, 1.0), 1e-14);
}

static void
test_ignores_scale_of_weights (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_random (N_NODES, 0.3, 9);
  g_autofree CoterieEdge *edges = g_memdup2 (graph->edges, graph->n_edges * sizeof *edges);
  g_autoptr (CoterieGraph) scaled = NULL;
  guint32 membership[N_NODES];

  for (guint e = 0; e < graph->n_edges; e++)
    edges[e].weight *= 1000.0;
  for (guint v = 0; v < N_NODES; v++)
    membership[v] = v % N_CLASSES;

  scaled = coterie_graph_new (N_NODES, edges, graph->n_edges);
  g_assert_cmpfloat_with_epsilon (
      coterie_modularity_of_partition (scaled, membership, COTERIE_EDGES_WEIGHTED, 1.0),
      coterie_modularity_of_partition (graph, membership, COTERIE_EDGES_WEIGHTED, 1.0), 1e-14);
}

static void
test_disjoint_cover_is_a_partition (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_random (6, 0.8, 2);
  const guint32 first[] = {4, 0, 2}, second[] = {1, 3, 5};
  const guint32 *const representatives[] = {first, second};
  const guint32 sizes[] = {3, 3};
  const guint32 membership[] = {0, 1, 0, 1, 0, 1};
  g_autoptr (CoterieCover) cover = coterie_cover_new (6, 2, sizes, representatives);
  double shares[6];

  coterie_cover_fill_alpha (cover, graph, shares);
  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    g_assert_cmpfloat_with_epsilon (
        coterie_modularity_of_cover (graph, cover, shares, readings[i]),
        coterie_modularity_of_partition (graph, membership, readings[i], 1.0), 1e-15);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/modularity/disjoint-cliques", test_disjoint_cliques);
  g_test_add_func ("/analysis/modularity/one-community-scores-zero",
                   test_one_community_scores_zero);
  g_test_add_func ("/analysis/modularity/published-value", test_published_value);
  g_test_add_func ("/analysis/modularity/without-edges-is-zero", test_without_edges_is_zero);
  g_test_add_func ("/analysis/modularity/cover-equals-the-double-sum", test_equals_the_double_sum);
  g_test_add_func ("/analysis/modularity/partition-equals-the-double-sum",
                   test_partition_equals_the_double_sum);
  g_test_add_func ("/analysis/modularity/ignores-node-order", test_ignores_node_order);
  g_test_add_func ("/analysis/modularity/ignores-scale-of-weights", test_ignores_scale_of_weights);
  g_test_add_func ("/analysis/modularity/disjoint-cover-is-a-partition",
                   test_disjoint_cover_is_a_partition);
  return g_test_run ();
}
