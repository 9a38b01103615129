/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/analysis/layer-analysis.h"

static void
test_copies_and_finds (void)
{
  const CoterieEdge edges[] = {{0, 1, 0.5}};
  g_autoptr (CoterieGraph) graph = coterie_graph_new (3, edges, 1);
  guint32 first[] = {7, 2}, third[] = {4, 7};
  const guint32 *representatives[] = {first, NULL, third};
  guint32 n_representatives[] = {2, 0, 2};
  guint32 neurons[] = {2, 4, 7}, node_classes[] = {0, 2, 0}, communities[] = {0, 0, 1};
  float means[3 * 8] = {0.25f}, entropies[8] = {0.5f};
  const CoterieLayerAnalysis fields = {
      .layer = 2,
      .n_neurons = 8,
      .n_classes = 3,
      .n_representatives = n_representatives,
      .representatives = representatives,
      .class_means = means,
      .neuron_entropies = entropies,
      .entropy = 0.5,
      .n_nodes = 3,
      .neurons = neurons,
      .node_classes = node_classes,
      .graph = graph,
      .n_communities = 2,
      .communities = communities,
  };
  g_autoptr (CoterieLayerAnalysis) analysis = coterie_layer_analysis_new (&fields);
  CoterieLayerAnalysis *shared = coterie_layer_analysis_ref (analysis);

  /* the value must not follow what it was made from */
  first[0] = third[0] = n_representatives[0] = neurons[0] = node_classes[0] = communities[2] = 6;
  means[0] = entropies[0] = 6.0f;

  coterie_layer_analysis_unref (shared);
  g_assert_cmpuint (analysis->layer, ==, 2);
  g_assert_cmpuint (analysis->n_representatives[0], ==, 2);
  g_assert_cmpuint (analysis->representatives[0][0], ==, 7);
  g_assert_cmpuint (analysis->representatives[2][0], ==, 4);
  g_assert_cmpfloat (analysis->class_means[0], ==, 0.25f);
  g_assert_cmpfloat (analysis->neuron_entropies[0], ==, 0.5f);
  g_assert_cmpuint (analysis->neurons[0], ==, 2);
  g_assert_cmpuint (analysis->node_classes[0], ==, 0);
  g_assert_cmpuint (analysis->communities[2], ==, 1);
  g_assert_true (analysis->graph == graph);

  g_assert_cmpint (coterie_layer_analysis_find_node (analysis, 2), ==, 0);
  g_assert_cmpint (coterie_layer_analysis_find_node (analysis, 4), ==, 1);
  g_assert_cmpint (coterie_layer_analysis_find_node (analysis, 7), ==, 2);
  g_assert_cmpint (coterie_layer_analysis_find_node (analysis, 0), ==, -1);
  g_assert_cmpint (coterie_layer_analysis_find_node (analysis, 5), ==, -1);
  g_assert_cmpint (coterie_layer_analysis_find_node (analysis, G_MAXUINT), ==, -1);
}

static void
test_can_be_empty (void)
{
  g_autoptr (CoterieGraph) graph = coterie_graph_new (0, NULL, 0);
  const CoterieLayerAnalysis fields = {.layer = 1, .graph = graph};
  g_autoptr (CoterieLayerAnalysis) analysis = coterie_layer_analysis_new (&fields);

  g_assert_cmpint (coterie_layer_analysis_find_node (analysis, 0), ==, -1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/layer-analysis/copies-and-finds", test_copies_and_finds);
  g_test_add_func ("/analysis/layer-analysis/can-be-empty", test_can_be_empty);
  return g_test_run ();
}
