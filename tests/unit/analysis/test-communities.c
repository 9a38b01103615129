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
test_finds_cliques (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_cliques (3, 6);
  g_auto (CoterieCommunities) communities = {0};

  detect (&communities, graph, 0.5, 1);
  g_assert_cmpuint (communities.n_communities, ==, 3);
  for (guint v = 0; v < graph->n_nodes; v++)
    g_assert_cmpuint (communities.membership[v], ==, v / 6);
  g_assert_cmpfloat_with_epsilon (communities.modularity, 2.0 / 3.0, 1e-15);
  g_assert_cmpfloat_with_epsilon (communities.quality, 0.5 - 1.0 / 3.0, 1e-15);
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

  detect (&once, graph, 0.5, 7);
  detect (&other, graph, 0.5, 8);
  detect (&again, graph, 0.5, 7);
  g_assert_cmpmem (once.membership, 80 * sizeof (guint32), again.membership, 80 * sizeof (guint32));
  g_assert_cmpfloat (once.quality, ==, again.quality);
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
test_can_be_cancelled (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_karate_club ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_auto (CoterieCommunities) communities = {0};

  g_cancellable_cancel (cancellable);
  g_assert_false (coterie_communities_detect (&communities, graph, 1.0, 1, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (communities.membership);

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
  ThreadResult results[3] = {{graph}, {graph}, {graph}};
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
