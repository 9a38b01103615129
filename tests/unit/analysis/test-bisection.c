/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/analysis/bisection.h"
#include "graphs.h"

#include <math.h>

static const CoterieEdgeReading readings[] = {COTERIE_EDGES_WEIGHTED, COTERIE_EDGES_UNWEIGHTED};

static void
find (CoterieBisection *bisection,
      const CoterieGraph *graph,
      CoterieEdgeReading reading,
      guint64 seed)
{
  g_autoptr (GError) error = NULL;

  coterie_bisection_find (bisection, graph, reading, seed, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* What must hold of any bisection. */
static void
assert_consistent (const CoterieBisection *bisection,
                   const CoterieGraph *graph,
                   CoterieEdgeReading reading)
{
  guint n = graph->n_nodes;
  guint32 sizes[2] = {0, 0};

  g_assert_cmpuint (bisection->n_nodes, ==, n);
  for (guint v = 0; v < n; v++) {
    g_assert_cmpuint (bisection->membership[v], <, 2);
    sizes[bisection->membership[v]]++;
  }
  g_assert_cmpuint (sizes[0], ==, n / 2);
  g_assert_cmpuint (sizes[1], ==, n - n / 2);
  g_assert_cmpuint (bisection->sizes[0], ==, sizes[0]);
  g_assert_cmpuint (bisection->sizes[1], ==, sizes[1]);
  if (n % 2 == 0 && n > 0)
    g_assert_cmpuint (bisection->membership[0], ==, 0);
  g_assert_cmpfloat (bisection->cut, ==,
                     coterie_bisection_compute_cut (graph, bisection->membership, reading));
  g_assert_cmpfloat (bisection->modularity, ==,
                     coterie_modularity_of_partition (graph, bisection->membership, reading, 1.0));
}

static void
assert_cut (const CoterieGraph *graph, CoterieEdgeReading reading, double cut)
{
  g_auto (CoterieBisection) bisection = {0};

  find (&bisection, graph, reading, 5);
  assert_consistent (&bisection, graph, reading);
  g_assert_cmpfloat_with_epsilon (bisection.cut, cut, 1e-12);
}

/* Node v is joined with node v + 1. */
static CoterieGraph *
make_path (guint n_nodes, double weight)
{
  g_autofree CoterieEdge *edges = g_new (CoterieEdge, n_nodes);

  for (guint v = 0; v + 1 < n_nodes; v++)
    edges[v] = (CoterieEdge){v, v + 1, weight};
  return coterie_graph_new (n_nodes, edges, n_nodes - 1);
}

static CoterieGraph *
scale_weights (const CoterieGraph *graph, double factor)
{
  g_autofree CoterieEdge *edges = g_memdup2 (graph->edges, graph->n_edges * sizeof *edges);

  for (guint e = 0; e < graph->n_edges; e++)
    edges[e].weight *= factor;
  return coterie_graph_new (graph->n_nodes, edges, graph->n_edges);
}

static void
test_cliques_are_parted_at_the_bridge (void)
{
  g_autoptr (CoterieGraph) cliques = test_graph_new_cliques (2, 8);
  g_autofree CoterieEdge *edges = g_new (CoterieEdge, cliques->n_edges + 1);
  g_autoptr (CoterieGraph) graph = NULL;

  memcpy (edges, cliques->edges, cliques->n_edges * sizeof *edges);
  edges[cliques->n_edges] = (CoterieEdge){3, 12, 0.5};
  graph = coterie_graph_new (16, edges, cliques->n_edges + 1);

  for (guint i = 0; i < G_N_ELEMENTS (readings); i++) {
    g_auto (CoterieBisection) bisection = {0};

    find (&bisection, graph, readings[i], 1);
    assert_consistent (&bisection, graph, readings[i]);
    g_assert_cmpfloat (bisection.cut, ==, readings[i] == COTERIE_EDGES_WEIGHTED ? 0.5 : 1.0);
    for (guint v = 0; v < 16; v++)
      g_assert_cmpuint (bisection.membership[v], ==, v / 8);
  }
}

static void
test_disjoint_cliques_need_no_cut (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_cliques (4, 6);
  g_auto (CoterieBisection) bisection = {0};

  find (&bisection, graph, COTERIE_EDGES_WEIGHTED, 1);
  assert_consistent (&bisection, graph, COTERIE_EDGES_WEIGHTED);
  g_assert_cmpfloat (bisection.cut, ==, 0.0);
  g_assert_cmpfloat_with_epsilon (bisection.modularity, 0.5, 1e-15);
}

static void
test_path_is_cut_once (void)
{
  for (guint n = 2; n <= 25; n++) {
    g_autoptr (CoterieGraph) graph = make_path (n, 3.0);

    assert_cut (graph, COTERIE_EDGES_WEIGHTED, 3.0);
    assert_cut (graph, COTERIE_EDGES_UNWEIGHTED, 1.0);
  }
}

/* The hub keeps as many as fit into the larger half. */
static void
test_star_loses_half_of_its_rays (void)
{
  for (guint n = 2; n <= 15; n++) {
    g_autofree CoterieEdge *edges = g_new (CoterieEdge, n - 1);
    g_autoptr (CoterieGraph) graph = NULL;

    for (guint v = 1; v < n; v++)
      edges[v - 1] = (CoterieEdge){0, v, 2.0};
    graph = coterie_graph_new (n, edges, n - 1);
    assert_cut (graph, COTERIE_EDGES_WEIGHTED, 2.0 * (n / 2));
    assert_cut (graph, COTERIE_EDGES_UNWEIGHTED, n / 2);
  }
}

static void
test_complete_graph_is_cut_alike_everywhere (void)
{
  for (guint n = 2; n <= 15; n++) {
    g_autoptr (CoterieGraph) graph = test_graph_new_cliques (1, n);

    assert_cut (graph, COTERIE_EDGES_WEIGHTED, (n / 2) * (n - n / 2));
    assert_cut (graph, COTERIE_EDGES_UNWEIGHTED, (n / 2) * (n - n / 2));
  }
}

static void
test_without_edges_there_is_no_cut (void)
{
  for (guint n = 0; n <= 7; n++) {
    g_autoptr (CoterieGraph) graph = coterie_graph_new (n, NULL, 0);

    for (guint i = 0; i < G_N_ELEMENTS (readings); i++) {
      g_auto (CoterieBisection) bisection = {0};

      find (&bisection, graph, readings[i], 1);
      assert_consistent (&bisection, graph, readings[i]);
      g_assert_cmpfloat (bisection.cut, ==, 0.0);
      g_assert_cmpfloat (bisection.modularity, ==, 0.0);
    }
  }
}

/* Two edges are cut whichever node is alone: node 1 has the two lightest. */
static void
test_three_nodes (void)
{
  const CoterieEdge edges[] = {{0, 1, 1.0}, {0, 2, 4.0}, {1, 2, 2.0}};
  g_autoptr (CoterieGraph) graph = coterie_graph_new (3, edges, 3);
  g_auto (CoterieBisection) bisection = {0};

  find (&bisection, graph, COTERIE_EDGES_WEIGHTED, 1);
  assert_consistent (&bisection, graph, COTERIE_EDGES_WEIGHTED);
  g_assert_cmpfloat (bisection.cut, ==, 3.0);
  g_assert_cmpuint (bisection.membership[1], ==, 0);
}

static void
test_is_never_worse_than_the_start (void)
{
  for (guint64 seed = 1; seed <= 20; seed++) {
    guint n = 20 + (guint) seed % 3;
    g_autoptr (CoterieGraph) graph = test_graph_new_random (n, 0.3, seed);
    g_autofree guint32 *membership = g_new (guint32, n);

    for (guint i = 0; i < G_N_ELEMENTS (readings); i++) {
      double before, after;
      guint n_ones = 0;

      /* the larger half is the first for some seeds, the second for others */
      for (guint v = 0; v < n; v++)
        membership[v] = (v + (guint) seed / 3) % 2;
      before = coterie_bisection_compute_cut (graph, membership, readings[i]);
      coterie_bisection_improve (graph, readings[i], membership);
      after = coterie_bisection_compute_cut (graph, membership, readings[i]);
      g_assert_cmpfloat (after, <=, before);
      for (guint v = 0; v < n; v++)
        n_ones += membership[v];
      g_assert_true (n_ones == n / 2 || n_ones == n - n / 2);

      coterie_bisection_improve (graph, readings[i], membership);
      g_assert_cmpfloat (coterie_bisection_compute_cut (graph, membership, readings[i]), ==, after);
    }
  }
}

/* Otherwise the first swap of the last pass would have gained. */
static void
test_no_swap_is_left_that_gains (void)
{
  for (guint64 seed = 1; seed <= 5; seed++) {
    g_autoptr (CoterieGraph) graph = test_graph_new_random (30, 0.3, seed);
    g_auto (CoterieBisection) bisection = {0};
    guint32 *membership;

    find (&bisection, graph, COTERIE_EDGES_WEIGHTED, seed);
    membership = bisection.membership;
    for (guint v = 0; v < 30; v++)
      for (guint w = 0; w < 30; w++) {
        if (membership[v] == 1 || membership[w] == 0)
          continue;
        membership[v] = 1;
        membership[w] = 0;
        g_assert_cmpfloat (
            coterie_bisection_compute_cut (graph, membership, COTERIE_EDGES_WEIGHTED), >=,
            bisection.cut - 1e-9);
        membership[v] = 0;
        membership[w] = 1;
      }
  }
}

/* The lowest cut of all bisections, one after the other. */
static double
find_lowest_cut (const CoterieGraph *graph, CoterieEdgeReading reading)
{
  guint n = graph->n_nodes;
  double lowest = INFINITY;

  for (guint32 set = 0; set < 1u << n; set++) {
    guint32 membership[10];
    guint size = 0;

    for (guint v = 0; v < n; v++) {
      membership[v] = set >> v & 1;
      size += membership[v];
    }
    if (size == n / 2)
      lowest = MIN (lowest, coterie_bisection_compute_cut (graph, membership, reading));
  }
  return lowest;
}

static void
test_comes_near_the_best_of_all (void)
{
  guint n_tried = 0, n_best = 0;

  for (guint64 seed = 1; seed <= 90; seed++) {
    guint n = 2 + (guint) seed % 9;
    g_autoptr (CoterieGraph) graph = test_graph_new_random (n, 0.2 + 0.008 * (double) seed, seed);

    for (guint i = 0; i < G_N_ELEMENTS (readings); i++) {
      double lowest = find_lowest_cut (graph, readings[i]);
      g_auto (CoterieBisection) bisection = {0};

      find (&bisection, graph, readings[i], seed);
      assert_consistent (&bisection, graph, readings[i]);
      g_assert_cmpfloat (bisection.cut, >=, lowest - 1e-9);
      g_assert_cmpfloat (bisection.cut, <=, 1.05 * lowest + 1e-9);
      n_tried++;
      n_best += bisection.cut <= lowest + 1e-9;
    }
  }
  g_assert_cmpuint (n_tried, ==, 180);
  g_assert_cmpuint (n_best, >=, 171);
}

/* Zachary's karate club in two halves of 17: 10 ties between them, as other programs find too. */
static void
test_karate_club (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_karate_club ();

  assert_cut (graph, COTERIE_EDGES_UNWEIGHTED, 10.0);
}

static void
test_same_seed_same_halves (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_random (61, 0.2, 3);

  for (guint i = 0; i < G_N_ELEMENTS (readings); i++) {
    g_auto (CoterieBisection) one = {0};
    g_auto (CoterieBisection) other = {0};

    find (&one, graph, readings[i], 17);
    find (&other, graph, readings[i], 17);
    assert_consistent (&one, graph, readings[i]);
    g_assert_cmpmem (one.membership, 61 * sizeof (guint32), other.membership,
                     61 * sizeof (guint32));
    g_assert_cmpfloat (one.cut, ==, other.cut);
  }
}

static void
test_threads_do_not_matter (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_random (61, 0.2, 3);

  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    for (guint n_threads = 1; n_threads <= 3; n_threads++) {
      g_autoptr (CoteriePool) pool = coterie_pool_new (n_threads);
      g_auto (CoterieBisection) alone = {0};
      g_auto (CoterieBisection) shared = {0};

      find (&alone, graph, readings[i], 17);
      g_assert_true (coterie_bisection_find (&shared, graph, readings[i], 17, pool, NULL, NULL));
      g_assert_cmpmem (alone.membership, 61 * sizeof (guint32), shared.membership,
                       61 * sizeof (guint32));
      g_assert_cmpfloat (alone.cut, ==, shared.cut);
    }
}

static void
test_can_be_cancelled (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_random (61, 0.2, 3);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_auto (CoterieBisection) bisection = {0};

  g_cancellable_cancel (cancellable);
  g_assert_false (coterie_bisection_find (&bisection, graph, COTERIE_EDGES_WEIGHTED, 1, NULL,
                                          cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (bisection.membership);
}

/* The cut after the best swaps of one pass, by trying every pair at every swap. */
static double
run_naive_pass (const CoterieGraph *graph, CoterieEdgeReading reading, guint32 *membership)
{
  guint n = graph->n_nodes;
  double best_cut = coterie_bisection_compute_cut (graph, membership, reading);
  g_autofree guint32 *best = g_memdup2 (membership, n * sizeof *membership);
  g_autofree gboolean *aside = g_new0 (gboolean, n);

  for (guint swap = 0; swap < n / 2; swap++) {
    double cut = INFINITY;
    guint first = 0, second = 0;

    for (guint v = 0; v < n; v++)
      for (guint w = 0; w < n; w++) {
        double tried;

        if (aside[v] || aside[w] || membership[v] == 1 || membership[w] == 0)
          continue;
        membership[v] = 1;
        membership[w] = 0;
        tried = coterie_bisection_compute_cut (graph, membership, reading);
        membership[v] = 0;
        membership[w] = 1;
        if (tried < cut) {
          cut = tried;
          first = v;
          second = w;
        }
      }
    membership[first] = 1;
    membership[second] = 0;
    aside[first] = aside[second] = TRUE;
    if (cut < best_cut - 1e-9) {
      best_cut = cut;
      memcpy (best, membership, n * sizeof *membership);
    }
  }
  memcpy (membership, best, n * sizeof *membership);
  return best_cut;
}

/* With weights that are all different there is one best swap, and so one way to go. */
static void
test_does_what_kernighan_and_lin_say (void)
{
  for (guint64 seed = 1; seed <= 12; seed++) {
    g_autoptr (CoterieGraph) graph = test_graph_new_random (16, 0.2 + 0.06 * (double) seed, seed);
    guint32 membership[16], naive[16];
    double last = INFINITY, cut;

    for (guint v = 0; v < 16; v++)
      membership[v] = naive[v] = v % 2;
    coterie_bisection_improve (graph, COTERIE_EDGES_WEIGHTED, membership);
    while ((cut = run_naive_pass (graph, COTERIE_EDGES_WEIGHTED, naive)) < last)
      last = cut;
    g_assert_cmpmem (membership, sizeof membership, naive, sizeof naive);
  }
}

static void
test_ignores_scale_of_weights (void)
{
  const double factors[] = {0.001, 0.25, 1000.0};

  for (guint64 seed = 1; seed <= 5; seed++) {
    g_autoptr (CoterieGraph) graph = test_graph_new_random (40, 0.25, seed);
    g_auto (CoterieBisection) bisection = {0};

    find (&bisection, graph, COTERIE_EDGES_WEIGHTED, seed);
    for (guint i = 0; i < G_N_ELEMENTS (factors); i++) {
      g_autoptr (CoterieGraph) scaled = scale_weights (graph, factors[i]);
      g_auto (CoterieBisection) other = {0};

      find (&other, scaled, COTERIE_EDGES_WEIGHTED, seed);
      g_assert_cmpmem (bisection.membership, 40 * sizeof (guint32), other.membership,
                       40 * sizeof (guint32));
      g_assert_cmpfloat_with_epsilon (other.cut, factors[i] * bisection.cut,
                                      1e-12 * factors[i] * bisection.cut);
      g_assert_cmpfloat_with_epsilon (other.modularity, bisection.modularity, 1e-13);
    }
  }
}

static void
test_unweighted_reads_no_weights (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_random (40, 0.25, 8);
  g_autofree CoterieEdge *edges = g_memdup2 (graph->edges, graph->n_edges * sizeof *edges);
  g_autoptr (CoterieGraph) plain = NULL;
  g_auto (CoterieBisection) one = {0};
  g_auto (CoterieBisection) other = {0};

  for (guint e = 0; e < graph->n_edges; e++)
    edges[e].weight = 1.0;
  plain = coterie_graph_new (40, edges, graph->n_edges);
  find (&one, graph, COTERIE_EDGES_UNWEIGHTED, 2);
  find (&other, plain, COTERIE_EDGES_WEIGHTED, 2);
  g_assert_cmpmem (one.membership, 40 * sizeof (guint32), other.membership, 40 * sizeof (guint32));
  g_assert_cmpfloat (one.cut, ==, other.cut);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/bisection/cliques-are-parted-at-the-bridge",
                   test_cliques_are_parted_at_the_bridge);
  g_test_add_func ("/analysis/bisection/disjoint-cliques-need-no-cut",
                   test_disjoint_cliques_need_no_cut);
  g_test_add_func ("/analysis/bisection/path-is-cut-once", test_path_is_cut_once);
  g_test_add_func ("/analysis/bisection/star-loses-half-of-its-rays",
                   test_star_loses_half_of_its_rays);
  g_test_add_func ("/analysis/bisection/complete-graph-is-cut-alike-everywhere",
                   test_complete_graph_is_cut_alike_everywhere);
  g_test_add_func ("/analysis/bisection/without-edges-there-is-no-cut",
                   test_without_edges_there_is_no_cut);
  g_test_add_func ("/analysis/bisection/three-nodes", test_three_nodes);
  g_test_add_func ("/analysis/bisection/is-never-worse-than-the-start",
                   test_is_never_worse_than_the_start);
  g_test_add_func ("/analysis/bisection/no-swap-is-left-that-gains",
                   test_no_swap_is_left_that_gains);
  g_test_add_func ("/analysis/bisection/comes-near-the-best-of-all",
                   test_comes_near_the_best_of_all);
  g_test_add_func ("/analysis/bisection/karate-club", test_karate_club);
  g_test_add_func ("/analysis/bisection/same-seed-same-halves", test_same_seed_same_halves);
  g_test_add_func ("/analysis/bisection/threads-do-not-matter", test_threads_do_not_matter);
  g_test_add_func ("/analysis/bisection/can-be-cancelled", test_can_be_cancelled);
  g_test_add_func ("/analysis/bisection/does-what-kernighan-and-lin-say",
                   test_does_what_kernighan_and_lin_say);
  g_test_add_func ("/analysis/bisection/ignores-scale-of-weights", test_ignores_scale_of_weights);
  g_test_add_func ("/analysis/bisection/unweighted-reads-no-weights",
                   test_unweighted_reads_no_weights);
  return g_test_run ();
}
