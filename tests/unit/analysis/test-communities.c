/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/analysis/communities.h"

#include "core/analysis/analysis-settings.h"
#include "core/analysis/modularity.h"
#include "graphs.h"

static void
detect (CoterieCommunities *communities, const CoterieGraph *graph, double resolution, guint64 seed)
{
  g_autoptr (GError) error = NULL;

  coterie_communities_detect (communities, graph, resolution, seed, NULL, &error);
  g_assert_no_error (error);
}

static void
detect_leiden (CoterieCommunities *communities,
               const CoterieGraph *graph,
               double resolution,
               guint n_starts,
               guint64 seed)
{
  g_autoptr (GError) error = NULL;

  coterie_communities_detect_leiden (communities, graph, resolution, n_starts, seed, NULL, &error);
  g_assert_no_error (error);
}

static void
improve (CoterieCommunities *communities,
         const CoterieGraph *graph,
         const guint32 *start,
         double resolution)
{
  g_autoptr (GError) error = NULL;

  coterie_communities_improve (communities, graph, start, resolution, 1, NULL, &error);
  g_assert_no_error (error);
}

/* At a resolution of 0.5. */
static void
assert_three_cliques (const CoterieCommunities *communities)
{
  g_assert_cmpuint (communities->n_communities, ==, 3);
  for (guint v = 0; v < 18; v++)
    g_assert_cmpuint (communities->membership[v], ==, v / 6);
  g_assert_cmpfloat_with_epsilon (communities->modularity, 2.0 / 3.0, 1e-15);
  g_assert_cmpfloat_with_epsilon (communities->quality, 0.5 - 1.0 / 3.0, 1e-15);
}

static void
test_finds_cliques (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_cliques (3, 6);
  g_auto (CoterieCommunities) by_louvain = {0};
  g_auto (CoterieCommunities) by_leiden = {0};

  detect (&by_louvain, graph, 0.5, 1);
  assert_three_cliques (&by_louvain);
  detect_leiden (&by_leiden, graph, 0.5, 1, 1);
  assert_three_cliques (&by_leiden);
}

static void
test_improves_any_start (void)
{
  const guint32 starts[][18] = {
      {0}, /* all together */
      {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17},
      {5, 5, 5, 5, 5, 5, 9, 9, 9, 9, 9, 9, 17, 17, 17, 17, 17, 17}, /* the best there is */
      {3, 3, 3, 3, 3, 8, 8, 8, 8, 8, 8, 3, 1, 1, 1, 1, 1, 1},
  };
  g_autoptr (CoterieGraph) graph = test_graph_new_cliques (3, 6);

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++) {
    g_auto (CoterieCommunities) communities = {0};

    improve (&communities, graph, starts[i], 0.5);
    assert_three_cliques (&communities);
  }
}

static void
test_improved_is_never_worse (void)
{
  for (guint64 seed = 1; seed <= 10; seed++) {
    g_autoptr (CoterieGraph) graph = test_graph_new_random (80, 0.2, seed);
    g_auto (CoterieCommunities) start = {0};
    g_auto (CoterieCommunities) improved = {0};
    g_auto (CoterieCommunities) again = {0};

    detect (&start, graph, 0.5, seed);
    improve (&improved, graph, start.membership, 0.5);
    improve (&again, graph, improved.membership, 0.5);
    g_assert_cmpfloat (improved.quality, >=, start.quality - 1e-12);
    g_assert_cmpfloat (again.quality, >=, improved.quality - 1e-12);
  }
}

static void
test_karate_club (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_karate_club ();
  double best = 0.0;

  for (guint64 seed = 0; seed < 10; seed++) {
    g_auto (CoterieCommunities) communities = {0};

    detect (&communities, graph, 1.0, seed);
    g_assert_cmpfloat (communities.modularity, >, 0.37);
    g_assert_cmpfloat (communities.modularity, ==, communities.quality);
    best = MAX (best, communities.modularity);
  }
  /* 0.4198 is the best there is (Brandes et al. 2008) */
  g_assert_cmpfloat (best, >=, 0.41);
  g_assert_cmpfloat (best, <, 0.41985);
}

static void
test_karate_club_by_leiden (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_karate_club ();
  g_auto (CoterieCommunities) communities = {0};

  detect_leiden (&communities, graph, 1.0, 10, 1);
  g_assert_cmpfloat_with_epsilon (communities.modularity, 0.41979, 5e-6);
  g_assert_cmpuint (communities.n_communities, ==, 4);
}

static void
test_more_starts_are_never_worse (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_random (80, 0.15, 3);
  double first = 0.0, last = -1.0;

  for (guint n_starts = 1; n_starts <= 12; n_starts++) {
    g_auto (CoterieCommunities) communities = {0};

    detect_leiden (&communities, graph, 1.0, n_starts, 4);
    g_assert_cmpfloat (communities.quality, >=, last);
    last = communities.quality;
    if (n_starts == 1)
      first = last;
  }
  g_assert_cmpfloat (last, >, first);
}

/* A power of two changes no digit of any sum. */
static void
test_ignores_scale_of_weights (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_random (80, 0.2, 5);
  g_autofree CoterieEdge *edges = g_memdup2 (graph->edges, graph->n_edges * sizeof *edges);
  g_autoptr (CoterieGraph) scaled = NULL;
  g_auto (CoterieCommunities) one = {0};
  g_auto (CoterieCommunities) other = {0};

  for (guint e = 0; e < graph->n_edges; e++)
    edges[e].weight *= 1024.0;
  scaled = coterie_graph_new (80, edges, graph->n_edges);
  detect_leiden (&one, graph, 0.5, 3, 1);
  detect_leiden (&other, scaled, 0.5, 3, 1);
  g_assert_cmpmem (one.membership, 80 * sizeof (guint32), other.membership, 80 * sizeof (guint32));
  g_assert_cmpfloat (one.quality, ==, other.quality);
}

static void
test_default_seed_does_well (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_karate_club ();
  g_auto (CoterieCommunities) communities = {0};
  CoterieAnalysisSettings settings;

  coterie_analysis_settings_init (&settings);
  detect (&communities, graph, 1.0, settings.seed);
  g_assert_cmpfloat (communities.modularity, >=, 0.41);
}

static void
test_low_resolution_means_more (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_karate_club ();
  g_auto (CoterieCommunities) many = {0};
  g_auto (CoterieCommunities) few = {0};

  detect (&many, graph, 0.25, 1);
  detect (&few, graph, 4.0, 1);
  g_assert_cmpuint (many.n_communities, >, few.n_communities);
}

static void
test_same_seed_same_partition (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_random (80, 0.2, 5);
  g_auto (CoterieCommunities) once = {0};
  g_auto (CoterieCommunities) other = {0};
  g_auto (CoterieCommunities) again = {0};
  g_auto (CoterieCommunities) leiden = {0};
  g_auto (CoterieCommunities) leiden_again = {0};

  detect (&once, graph, 0.5, 7);
  detect (&other, graph, 0.5, 8);
  detect_leiden (&leiden, graph, 0.5, 2, 7);
  detect_leiden (&leiden_again, graph, 0.5, 2, 7);
  detect (&again, graph, 0.5, 7);
  g_assert_cmpmem (once.membership, 80 * sizeof (guint32), again.membership, 80 * sizeof (guint32));
  g_assert_cmpfloat (once.quality, ==, again.quality);
  g_assert_cmpmem (leiden.membership, 80 * sizeof (guint32), leiden_again.membership,
                   80 * sizeof (guint32));
  g_assert_cmpfloat (leiden.quality, ==, leiden_again.quality);
}

static void
test_numbered_by_size (void)
{
  /* two triangles, a node alone, a square */
  const CoterieEdge edges[] = {{0, 4, 1.0},  {0, 9, 1.0}, {4, 9, 1.0},  {1, 2, 1.0},
                               {1, 6, 1.0},  {2, 6, 1.0}, {3, 7, 1.0},  {3, 8, 1.0},
                               {3, 10, 1.0}, {7, 8, 1.0}, {7, 10, 1.0}, {8, 10, 1.0}};
  g_autoptr (CoterieGraph) graph = coterie_graph_new (11, edges, G_N_ELEMENTS (edges));
  const guint32 membership[] = {1, 2, 2, 0, 1, 3, 2, 0, 0, 1, 0};
  const guint32 sizes[] = {4, 3, 3, 1};
  g_auto (CoterieCommunities) communities = {0};

  detect (&communities, graph, 1.0, 3);
  g_assert_cmpuint (communities.n_communities, ==, 4);
  g_assert_cmpmem (communities.membership, sizeof membership, membership, sizeof membership);
  g_assert_cmpmem (communities.sizes, sizeof sizes, sizes, sizeof sizes);
}

static void
test_nodes_without_edges_stay_alone (void)
{
  g_autoptr (CoterieGraph) nothing = coterie_graph_new (0, NULL, 0);
  g_autoptr (CoterieGraph) lonely = coterie_graph_new (3, NULL, 0);
  g_auto (CoterieCommunities) none = {0};
  g_auto (CoterieCommunities) three = {0};

  detect (&none, nothing, 0.5, 1);
  g_assert_cmpuint (none.n_communities, ==, 0);
  detect (&three, lonely, 0.5, 1);
  g_assert_cmpuint (three.n_communities, ==, 3);
  for (guint v = 0; v < 3; v++)
    g_assert_cmpuint (three.membership[v], ==, v);
  g_assert_cmpfloat (three.quality, ==, 0.0);
  g_assert_cmpfloat (three.modularity, ==, 0.0);
}

static void
test_without_edges_no_start_lasts (void)
{
  const guint32 together[] = {0, 0, 0};
  g_autoptr (CoterieGraph) nothing = coterie_graph_new (0, NULL, 0);
  g_autoptr (CoterieGraph) lonely = coterie_graph_new (3, NULL, 0);
  g_auto (CoterieCommunities) none = {0};
  g_auto (CoterieCommunities) three = {0};

  improve (&none, nothing, together, 0.5);
  g_assert_cmpuint (none.n_communities, ==, 0);
  improve (&three, lonely, together, 0.5);
  g_assert_cmpuint (three.n_communities, ==, 3);
}

static void
test_can_be_cancelled (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_karate_club ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const guint32 start[34] = {0};
  g_auto (CoterieCommunities) communities = {0};

  g_cancellable_cancel (cancellable);
  for (guint method = 0; method < 3; method++) {
    g_autoptr (GError) error = NULL;
    gboolean found = TRUE;

    if (method == 0)
      found = coterie_communities_detect (&communities, graph, 1.0, 1, cancellable, &error);
    else if (method == 1)
      found =
          coterie_communities_detect_leiden (&communities, graph, 1.0, 2, 1, cancellable, &error);
    else
      found = coterie_communities_improve (&communities, graph, start, 1.0, 1, cancellable, &error);
    g_assert_false (found);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_null (communities.membership);
  }

  /* and leaves nothing behind for the next one */
  detect (&communities, graph, 1.0, 1);
  g_assert_cmpfloat (communities.modularity, >=, 0.41);
}

typedef struct {
  CoterieGraph *graph;
  CoterieCommunities communities;
} ThreadResult;

static gpointer
detect_in_thread (gpointer data)
{
  ThreadResult *result = data;

  for (guint i = 0; i < 20; i++) {
    g_auto (CoterieCommunities) unused = {0};

    coterie_communities_detect_leiden (&unused, result->graph, 0.5, 1, i, NULL, NULL);
    coterie_communities_clear (&result->communities);
    coterie_communities_detect (&result->communities, result->graph, 0.5, 1, NULL, NULL);
  }
  return NULL;
}

static void
test_threads_do_not_disturb (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_random (60, 0.2, 5);
  g_auto (CoterieCommunities) expected = {0};
  ThreadResult results[3] = {{graph, {0}}, {graph, {0}}, {graph, {0}}};
  GThread *threads[3];

  detect (&expected, graph, 0.5, 1);
  for (guint i = 0; i < 3; i++)
    threads[i] = g_thread_new ("detect", detect_in_thread, &results[i]);
  for (guint i = 0; i < 3; i++) {
    g_thread_join (threads[i]);
    g_assert_cmpmem (results[i].communities.membership, 60 * sizeof (guint32), expected.membership,
                     60 * sizeof (guint32));
    coterie_communities_clear (&results[i].communities);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/communities/finds-cliques", test_finds_cliques);
  g_test_add_func ("/analysis/communities/karate-club", test_karate_club);
  g_test_add_func ("/analysis/communities/karate-club-by-leiden", test_karate_club_by_leiden);
  g_test_add_func ("/analysis/communities/more-starts-are-never-worse",
                   test_more_starts_are_never_worse);
  g_test_add_func ("/analysis/communities/improves-any-start", test_improves_any_start);
  g_test_add_func ("/analysis/communities/improved-is-never-worse", test_improved_is_never_worse);
  g_test_add_func ("/analysis/communities/leiden-ignores-scale-of-weights",
                   test_ignores_scale_of_weights);
  g_test_add_func ("/analysis/communities/without-edges-no-start-lasts",
                   test_without_edges_no_start_lasts);
  g_test_add_func ("/analysis/communities/default-seed-does-well", test_default_seed_does_well);
  g_test_add_func ("/analysis/communities/low-resolution-means-more",
                   test_low_resolution_means_more);
  g_test_add_func ("/analysis/communities/same-seed-same-partition", test_same_seed_same_partition);
  g_test_add_func ("/analysis/communities/numbered-by-size", test_numbered_by_size);
  g_test_add_func ("/analysis/communities/nodes-without-edges-stay-alone",
                   test_nodes_without_edges_stay_alone);
  g_test_add_func ("/analysis/communities/can-be-cancelled", test_can_be_cancelled);
  g_test_add_func ("/analysis/communities/threads-do-not-disturb", test_threads_do_not_disturb);
  return g_test_run ();
}
