/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/analysis/louvain.h"

#include "core/analysis/modularity.h"
#include "graphs.h"

#include <math.h>

static double
get_quality (const CoterieGraph *graph, const guint32 *membership, double gamma)
{
  return coterie_modularity_of_partition (graph, membership, COTERIE_EDGES_WEIGHTED, gamma);
}

static void
test_communities_have_no_gaps (void)
{
  for (guint64 seed = 1; seed <= 20; seed++) {
    g_autoptr (CoterieGraph) graph = test_graph_new_random (70, 0.05, seed);
    guint32 membership[70];
    gboolean found[71] = {FALSE};
    guint32 highest = 0;

    g_assert_true (coterie_louvain_find (graph, 1.0, seed, NULL, membership));
    for (guint v = 0; v < 70; v++) {
      found[membership[v]] = TRUE;
      highest = MAX (highest, membership[v]);
    }
    for (guint32 k = 0; k <= highest; k++)
      g_assert_true (found[k]);
  }
}

/* Otherwise the last level would not have been the last. */
static void
test_no_union_gains (void)
{
  const double gammas[] = {0.5, 1.0, 2.0};

  for (guint64 seed = 1; seed <= 6; seed++)
    for (guint i = 0; i < G_N_ELEMENTS (gammas); i++) {
      g_autoptr (CoterieGraph) graph = test_graph_new_random (40, 0.15, seed);
      guint32 membership[40], tried[40];
      double quality;

      coterie_louvain_find (graph, gammas[i], seed, NULL, membership);
      quality = get_quality (graph, membership, gammas[i]);
      for (guint v = 0; v < 40; v++)
        for (guint w = 0; w < 40; w++) {
          for (guint u = 0; u < 40; u++)
            tried[u] = membership[u] == membership[v] ? membership[w] : membership[u];
          g_assert_cmpfloat (get_quality (graph, tried, gammas[i]), <=, quality + 1e-9);
        }
    }
}

/* A chain of cliques, whose best partition is known: each is a community (Fortunato and Barthélemy
 * 2007, where the ring is short enough). */
static void
test_finds_the_best_of_a_ring_of_cliques (void)
{
  g_autoptr (CoterieGraph) cliques = test_graph_new_cliques (8, 6);
  g_autofree CoterieEdge *edges = g_new (CoterieEdge, cliques->n_edges + 8);
  g_autoptr (CoterieGraph) ring = NULL;
  double n_edges = cliques->n_edges + 8.0;

  memcpy (edges, cliques->edges, cliques->n_edges * sizeof *edges);
  for (guint k = 0; k < 8; k++) {
    guint v = 6 * k, w = 6 * ((k + 1) % 8) + 1;

    edges[cliques->n_edges + k] = (CoterieEdge){MIN (v, w), MAX (v, w), 1.0};
  }
  ring = coterie_graph_new (48, edges, cliques->n_edges + 8);
  for (guint64 seed = 1; seed <= 10; seed++) {
    guint32 membership[48];

    coterie_louvain_find (ring, 1.0, seed, NULL, membership);
    g_assert_cmpfloat_with_epsilon (get_quality (ring, membership, 1.0),
                                    cliques->n_edges / n_edges - 1.0 / 8.0, 1e-12);
  }
}

/* Sums of tenths are not exact, and many moves tie. It comes to an end nevertheless. */
static void
test_ties_come_to_an_end (void)
{
  for (guint64 seed = 1; seed <= 200; seed++) {
    g_autoptr (CoterieGraph) graph = test_graph_new_random (24, 0.5, seed);
    g_autofree CoterieEdge *edges = g_memdup2 (graph->edges, graph->n_edges * sizeof *edges);
    g_autoptr (CoterieGraph) tied = NULL;
    guint32 membership[24];

    for (guint e = 0; e < graph->n_edges; e++)
      edges[e].weight = 0.1 * ceil (3.0 * edges[e].weight);
    tied = coterie_graph_new (24, edges, graph->n_edges);
    g_assert_true (coterie_louvain_find (tied, 2.0, seed, NULL, membership));
    g_assert_cmpfloat (get_quality (tied, membership, 2.0), >, -1.0);
  }
}

static void
test_ignores_scale_of_weights (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_random (80, 0.2, 5);
  g_autofree CoterieEdge *edges = g_memdup2 (graph->edges, graph->n_edges * sizeof *edges);
  g_autoptr (CoterieGraph) scaled = NULL;
  guint32 one[80], other[80];

  for (guint e = 0; e < graph->n_edges; e++)
    edges[e].weight /= 4096.0;
  scaled = coterie_graph_new (80, edges, graph->n_edges);
  coterie_louvain_find (graph, 1.0, 3, NULL, one);
  coterie_louvain_find (scaled, 1.0, 3, NULL, other);
  g_assert_cmpmem (one, sizeof one, other, sizeof other);
}

/* A node without edges stays where it is, and changes nothing for the others. */
static void
test_lonely_nodes_stay_alone (void)
{
  g_autoptr (CoterieGraph) cliques = test_graph_new_cliques (2, 5);
  g_autoptr (CoterieGraph) graph = coterie_graph_new (12, cliques->edges, cliques->n_edges);
  guint32 membership[12];

  coterie_louvain_find (graph, 1.0, 1, NULL, membership);
  for (guint v = 0; v < 12; v++)
    for (guint w = 0; w < v; w++)
      g_assert_true ((membership[v] == membership[w]) == (v < 10 && v / 5 == w / 5));
}

static void
test_can_be_cancelled (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_karate_club ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint32 membership[34];

  g_cancellable_cancel (cancellable);
  g_assert_false (coterie_louvain_find (graph, 1.0, 1, cancellable, membership));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/louvain/communities-have-no-gaps", test_communities_have_no_gaps);
  g_test_add_func ("/analysis/louvain/no-union-gains", test_no_union_gains);
  g_test_add_func ("/analysis/louvain/finds-the-best-of-a-ring-of-cliques",
                   test_finds_the_best_of_a_ring_of_cliques);
  g_test_add_func ("/analysis/louvain/ties-come-to-an-end", test_ties_come_to_an_end);
  g_test_add_func ("/analysis/louvain/ignores-scale-of-weights", test_ignores_scale_of_weights);
  g_test_add_func ("/analysis/louvain/lonely-nodes-stay-alone", test_lonely_nodes_stay_alone);
  g_test_add_func ("/analysis/louvain/can-be-cancelled", test_can_be_cancelled);
  return g_test_run ();
}
