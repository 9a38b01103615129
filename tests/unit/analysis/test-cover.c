/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/analysis/cover.h"

#include <math.h>

/* Neurons 0 … 6; class 2 has no samples. Neuron 3 represents 0, 1 and 3, neuron 5 represents 1 and 3. */
static const guint32 first[] = {3, 1};
static const guint32 second[] = {5, 3};
static const guint32 fourth[] = {3, 5, 6};
static const guint32 *const representatives[] = {first, second, NULL, fourth};
static const guint32 sizes[] = {2, 2, 0, 3};

static CoterieCover *
make_cover (void)
{
  return coterie_cover_new (7, 4, sizes, representatives);
}

static void
test_nodes_are_the_union (void)
{
  g_autoptr (CoterieCover) cover = make_cover ();
  const guint32 neurons[] = {1, 3, 5, 6};
  const gint32 nodes[] = {-1, 0, -1, 1, -1, 2, 3};
  const guint32 members[] = {1, 0, 2, 1, 1, 2, 3};
  const guint32 n_overlaps[] = {1, 3, 2, 1};

  g_assert_cmpuint (cover->n_nodes, ==, 4);
  g_assert_cmpmem (cover->neurons, sizeof neurons, neurons, sizeof neurons);
  g_assert_cmpmem (cover->node_of_neuron, sizeof nodes, nodes, sizeof nodes);
  g_assert_cmpmem (cover->members, sizeof members, members, sizeof members);
  g_assert_cmpmem (cover->n_overlaps, sizeof n_overlaps, n_overlaps, sizeof n_overlaps);
}

static void
test_best_class (void)
{
  g_autoptr (CoterieCover) cover = make_cover ();
  const double means[4][7] = {
      {0.0, 0.5, 0.0, 0.7, 0.0, 0.9, 0.0},
      {0.0, 0.6, 0.0, 0.7, 0.0, 0.4, 0.0},
      {NAN, NAN, NAN, NAN, NAN, NAN, NAN},
      {0.0, 0.1, 0.0, 0.6, 0.0, 0.4, 0.0},
  };
  const guint32 member_expected[] = {0, 0, 1, 3};
  const guint32 any_expected[] = {1, 0, 0, 0};
  guint32 classes[4];

  coterie_cover_fill_best_member_class (cover, &means[0][0], classes);
  g_assert_cmpmem (classes, sizeof classes, member_expected, sizeof member_expected);
  coterie_cover_fill_best_class (cover, &means[0][0], classes);
  g_assert_cmpmem (classes, sizeof classes, any_expected, sizeof any_expected);
}

static void
test_alpha_is_by_weight (void)
{
  g_autoptr (CoterieCover) cover = make_cover ();
  /* neuron 3 has 1 to neuron 1 (class 0), 2 to neuron 5 (classes 1 and 3), 3 to neuron 6 (class 3) */
  const CoterieEdge edges[] = {{0, 1, 1.0}, {1, 2, 2.0}, {1, 3, 3.0}};
  g_autoptr (CoterieGraph) graph = coterie_graph_new (4, edges, G_N_ELEMENTS (edges));
  const double expected[] = {1.0 / 8.0, 1.0, 0.5, 2.0 / 8.0, 5.0 / 8.0, 0.5, 1.0};
  double alpha[7];

  coterie_cover_fill_alpha (cover, graph, alpha);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpfloat_with_epsilon (alpha[i], expected[i], 1e-15);
}

static void
test_alpha_without_edges_is_equal (void)
{
  g_autoptr (CoterieCover) cover = make_cover ();
  g_autoptr (CoterieGraph) graph = coterie_graph_new (4, NULL, 0);
  double alpha[7], equal[7];

  coterie_cover_fill_alpha (cover, graph, alpha);
  coterie_cover_fill_equal_shares (cover, equal);
  g_assert_cmpmem (alpha, sizeof alpha, equal, sizeof equal);
  g_assert_cmpfloat (alpha[0], ==, 1.0 / 3.0);
}

static void
test_unique_and_shared (void)
{
  g_autoptr (CoterieCover) cover = make_cover ();
  const guint32 unique[4][4] = {{1, 0, 0, 0}, {0, 0, 0, 1}, {0, 0, 0, 0}, {0, 1, 0, 1}};
  const guint32 shared[4][4] = {{1, 1, 0, 1}, {1, 0, 0, 2}, {0, 0, 0, 0}, {1, 2, 0, 1}};
  guint32 counts[4][4];

  coterie_cover_count_unique (cover, &counts[0][0]);
  g_assert_cmpmem (counts, sizeof counts, unique, sizeof unique);
  coterie_cover_count_shared (cover, &counts[0][0]);
  g_assert_cmpmem (counts, sizeof counts, shared, sizeof shared);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/cover/nodes-are-the-union", test_nodes_are_the_union);
  g_test_add_func ("/analysis/cover/best-class-prefers-the-lower", test_best_class);
  g_test_add_func ("/analysis/cover/alpha-is-by-weight", test_alpha_is_by_weight);
  g_test_add_func ("/analysis/cover/alpha-without-edges-is-equal",
                   test_alpha_without_edges_is_equal);
  g_test_add_func ("/analysis/cover/unique-and-shared", test_unique_and_shared);
  return g_test_run ();
}
