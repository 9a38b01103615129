/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From frames to what is shown of them. */

#include "draw/scene/scene-graph.h"

#include <math.h>

#include "sample-graph.h"

static void
test_keys_are_layer_and_neuron (void)
{
  guint64 key = coterie_scene_key (7, 123456789);

  g_assert_cmpuint (coterie_scene_key_layer (key), ==, 7);
  g_assert_cmpuint (coterie_scene_key_neuron (key), ==, 123456789);
  g_assert_true (coterie_scene_key (1, G_MAXUINT32) < coterie_scene_key (2, 0));
}

static void
test_a_layer_is_copied (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (3, 4, 5, 10.0);
  g_autoptr (CoterieSceneGraph) graph = coterie_scene_graph_new_from_layer (&sample->layer, NULL);
  const CoterieGraph *pattern = sample->analysis.graph;

  g_assert_cmpuint (graph->n_layers, ==, 1);
  g_assert_cmpuint (graph->n_nodes, ==, 12);
  g_assert_cmpuint (graph->n_communities, ==, 3);
  for (guint v = 0; v < 12; v++) {
    guint64 key = coterie_scene_key (1, 5 + v);

    g_assert_cmpuint (graph->keys[v], ==, key);
    g_assert_cmpint (coterie_scene_graph_find (graph, key), ==, v);
    g_assert_cmpuint (graph->identities[v], ==, v / 4);
    g_assert_cmpuint (graph->classes[v], ==, v / 4);
    for (guint c = 0; c < 3; c++)
      g_assert_cmpuint (graph->represents[c * 12 + v], ==, c == v / 4);
    g_assert_cmpfloat (graph->entropies[v], ==, 0.25f * (float) v);
    g_assert_cmpfloat (graph->strengths[v], ==, pattern->strengths[v]);
    g_assert_cmpuint (graph->degrees[v], ==, pattern->offsets[v + 1] - pattern->offsets[v]);
    for (guint c = 0; c < 3; c++)
      g_assert_cmpfloat (graph->class_means[c * 12 + v], ==, c == v / 4 ? 1.0f + (float) v : 0.0f);
  }
  g_assert_cmpint (coterie_scene_graph_find (graph, coterie_scene_key (1, 4)), ==, -1);
  g_assert_cmpint (coterie_scene_graph_find (graph, coterie_scene_key (2, 5)), ==, -1);
  g_assert_cmpmem (graph->positions, 24 * sizeof (float), sample->positions, 24 * sizeof (float));

  g_assert_cmpuint (graph->n_edges, ==, pattern->n_edges);
  for (guint e = 0; e < graph->n_edges; e++) {
    g_assert_cmpuint (graph->edges[e].source, ==, pattern->edges[e].source);
    g_assert_cmpuint (graph->edges[e].target, ==, pattern->edges[e].target);
    g_assert_cmpfloat (graph->edges[e].weight, ==, (float) pattern->edges[e].weight);
    g_assert_cmpint (graph->edges[e].kind, ==, COTERIE_SCENE_EDGE_PATTERN);
  }
}

static void
test_an_empty_layer_is_an_empty_graph (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (0, 0, 0, 10.0);
  g_autoptr (CoterieSceneGraph) graph = coterie_scene_graph_new_from_layer (&sample->layer, NULL);
  const CoterieFrameLayer layers[2] = {sample->layer, sample->layer};
  g_autoptr (CoterieSceneGraph) both = coterie_scene_graph_new_from_layers (layers, 2, NULL, NULL);

  g_assert_cmpuint (graph->n_nodes, ==, 0);
  g_assert_cmpfloat (graph->spread, ==, 0.0);
  g_assert_cmpfloat (graph->bounds.max_x, ==, 0.0);
  g_assert_cmpuint (both->n_nodes, ==, 0);
}

/* Two layers of neurons 0 to 5 and 2 to 9; the second layout is larger by far. */
typedef struct {
  SampleGraph *samples[2];
  CoterieFrameLayer layers[2];
  CoterieNetwork *network;
  CoterieStrongestWeights *weights;
} TwoLayers;

/* The weight from j to i is i - j - 0.5, so the strongest come from the ends of the layer. */
static CoterieNetwork *
create_network (void)
{
  CoterieNetwork *network = coterie_network_new ((const guint[]){1, 6, 10, 2}, 4);

  for (guint i = 0; i < 10; i++)
    for (guint j = 0; j < 6; j++)
      network->weights[1][i * 6 + j] = (float) i - (float) j - 0.5f;
  return network;
}

static TwoLayers *
two_layers_new (void)
{
  TwoLayers *two = g_new0 (TwoLayers, 1);

  two->samples[0] = sample_graph_new (2, 3, 0, 10.0);
  two->samples[1] = sample_graph_new (4, 2, 2, 900.0);
  two->samples[1]->analysis.layer = 2;
  two->samples[1]->analysis.n_classes = 2;
  for (guint l = 0; l < 2; l++)
    two->layers[l] = two->samples[l]->layer;
  two->network = create_network ();
  two->weights = coterie_strongest_weights_new (two->network, 1, two->samples[0]->analysis.neurons,
                                                6, two->samples[1]->analysis.neurons, 8, 2);
  return two;
}

static void
two_layers_free (TwoLayers *two)
{
  for (guint l = 0; l < 2; l++)
    sample_graph_free (two->samples[l]);
  coterie_network_unref (two->network);
  coterie_strongest_weights_unref (two->weights);
  g_free (two);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwoLayers, two_layers_free)

static void
test_each_neuron_keeps_its_strongest_weights (void)
{
  g_autoptr (TwoLayers) two = two_layers_new ();
  const CoterieStrongestWeights *strongest = two->weights;
  guint counts[10] = {0};

  g_assert_cmpuint (strongest->layer, ==, 1);
  g_assert_cmpuint (strongest->n_weights, ==, 16);
  for (guint w = 0; w < strongest->n_weights; w++) {
    CoterieStrongWeight weight = strongest->weights[w];
    guint n_stronger = 0;

    counts[weight.target]++;
    g_assert_cmpfloat (weight.weight, ==, (float) weight.target - (float) weight.source - 0.5f);
    for (guint j = 0; j < 6; j++)
      n_stronger += fabsf ((float) weight.target - (float) j - 0.5f) > fabsf (weight.weight);
    g_assert_cmpuint (n_stronger, <, 2);
    if (w > 0)
      g_assert_true (strongest->weights[w - 1].source < weight.source ||
                     (strongest->weights[w - 1].source == weight.source &&
                      strongest->weights[w - 1].target < weight.target));
  }
  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (counts[i], ==, i >= 2 ? 2 : 0);
}

static void
test_weights_that_say_nothing_are_left_out (void)
{
  g_autoptr (CoterieNetwork) network = coterie_network_new ((const guint[]){1, 3, 1, 2}, 4);
  g_autoptr (CoterieStrongestWeights) strongest = NULL;
  const guint32 sources[] = {0, 1, 2}, targets[] = {0};

  network->weights[1][0] = NAN;
  network->weights[1][1] = 0.0f;
  network->weights[1][2] = -0.25f;
  strongest = coterie_strongest_weights_new (network, 1, sources, 3, targets, 1, 3);
  g_assert_cmpuint (strongest->n_weights, ==, 1);
  g_assert_cmpuint (strongest->weights[0].source, ==, 2);
  g_assert_cmpfloat (strongest->weights[0].weight, ==, -0.25f);
}

static void
test_layers_stand_side_by_side (void)
{
  g_autoptr (TwoLayers) two = two_layers_new ();
  g_autoptr (CoterieSceneGraph) graph =
      coterie_scene_graph_new_from_layers (two->layers, 2, &two->weights, NULL);
  double squares[2] = {0.0, 0.0};

  g_assert_cmpuint (graph->n_layers, ==, 2);
  g_assert_cmpuint (graph->n_nodes, ==, 14);
  g_assert_cmpuint (graph->n_communities, ==, 6);
  for (guint v = 0; v < 14; v++) {
    guint l = v < 6 ? 0 : 1;
    double dx = (double) graph->positions[2 * v] - 3.5 * l;
    double dy = (double) graph->positions[2 * v + 1];

    g_assert_cmpuint (graph->keys[v], ==,
                      l == 0 ? coterie_scene_key (1, v) : coterie_scene_key (2, v - 6 + 2));
    squares[l] += dx * dx + dy * dy;
    for (guint w = 0; w < 6; w++)
      if (l == 1)
        g_assert_cmpfloat (graph->positions[2 * v], >, graph->positions[2 * w]);
  }
  g_assert_cmpfloat_with_epsilon (squares[0] / 6.0, 1.0, 1e-5);
  g_assert_cmpfloat_with_epsilon (squares[1] / 8.0, 1.0, 1e-5);
}

/* Where the layers stand depends on their number alone: three make one row, seven make two. */
static void
test_many_layers_stand_in_rows (void)
{
  const struct {
    guint n_layers;
    guint n_columns;
  } cases[] = {{2, 2}, {3, 3}, {4, 2}, {5, 3}, {7, 4}, {12, 4}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint n_layers = cases[i].n_layers, n_columns = cases[i].n_columns;
    SampleGraph *samples[12];
    CoterieFrameLayer layers[12];
    g_autoptr (CoterieSceneGraph) graph = NULL;

    for (guint l = 0; l < n_layers; l++) {
      samples[l] = sample_graph_new (2, 3, l, 10.0 + l);
      samples[l]->analysis.layer = l + 1;
      layers[l] = samples[l]->layer;
    }
    graph = coterie_scene_graph_new_from_layers (layers, n_layers, NULL, NULL);
    g_assert_cmpuint (graph->n_columns, ==, n_columns);
    for (guint l = 0; l < n_layers; l++) {
      const CoterieScenePlacement *placement = &graph->placements[l];
      double x = placement->center_x, y = placement->center_y;

      g_assert_cmpfloat (x, ==, 3.5 * (l % n_columns));
      g_assert_cmpfloat_with_epsilon (y, -3.8 * (l / n_columns), 1e-12);
      for (guint v = 6 * l; v < 6 * l + 6; v++)
        g_assert_cmpfloat (
            hypot ((double) graph->positions[2 * v] - x, (double) graph->positions[2 * v + 1] - y),
            <, 1.75);
    }
    for (guint l = 0; l < n_layers; l++)
      sample_graph_free (samples[l]);
  }
}

/* It keeps its place, and says that it is silent. */
static void
test_a_silent_layer_has_no_nodes (void)
{
  g_autoptr (TwoLayers) two = two_layers_new ();
  g_autoptr (CoterieSceneGraph) alone = NULL;
  g_autoptr (CoterieSceneGraph) both = NULL;

  two->samples[1]->analysis.baselines.dead_frac = 1.0;
  alone = coterie_scene_graph_new_from_layer (&two->layers[1], NULL);
  both = coterie_scene_graph_new_from_layers (two->layers, 2, &two->weights, NULL);
  g_assert_cmpuint (alone->n_nodes + alone->n_edges + alone->n_communities, ==, 0);
  g_assert_cmpuint (alone->first_layer, ==, 2);
  g_assert_true (alone->placements[0].silent);
  g_assert_cmpuint (both->n_nodes, ==, 6);
  g_assert_cmpuint (both->n_communities, ==, 2);
  g_assert_cmpuint (both->n_edges, ==, two->samples[0]->analysis.graph->n_edges);
  g_assert_false (both->placements[0].silent);
  g_assert_true (both->placements[1].silent);
  g_assert_cmpfloat (both->bounds.max_x, >, both->placements[1].center_x + 1.0);
}

static void
test_layers_are_joined_by_the_weights (void)
{
  g_autoptr (TwoLayers) two = two_layers_new ();
  g_autoptr (SampleGraph) fewer = sample_graph_new (3, 2, 2, 50.0);
  g_autoptr (CoterieSceneGraph) graph = NULL;
  guint n_weights = 0;

  /* Two neurons are not shown any more: their weights are not either. */
  fewer->analysis.layer = 2;
  fewer->analysis.n_classes = 2;
  two->layers[1] = fewer->layer;
  graph = coterie_scene_graph_new_from_layers (two->layers, 2, &two->weights, NULL);
  for (guint e = 0; e < graph->n_edges; e++) {
    const CoterieSceneGraphEdge *edge = &graph->edges[e];
    guint64 source = graph->keys[edge->source], target = graph->keys[edge->target];
    gboolean between = coterie_scene_key_layer (source) != coterie_scene_key_layer (target);

    g_assert_cmpuint (edge->source, <, edge->target);
    g_assert_cmpint (edge->kind, ==,
                     between ? COTERIE_SCENE_EDGE_NETWORK : COTERIE_SCENE_EDGE_PATTERN);
    if (e > 0)
      g_assert_true (edge[-1].source < edge->source ||
                     (edge[-1].source == edge->source && edge[-1].target < edge->target));
    if (!between)
      continue;
    n_weights++;
    g_assert_cmpfloat (edge->weight, ==,
                       (float) coterie_scene_key_neuron (target) -
                           (float) coterie_scene_key_neuron (source) - 0.5f);
  }
  g_assert_cmpuint (n_weights, ==, 12);
}

static void
test_layers_have_identities_of_their_own (void)
{
  g_autoptr (TwoLayers) two = two_layers_new ();
  g_autoptr (CoterieSceneGraph) graph =
      coterie_scene_graph_new_from_layers (two->layers, 2, NULL, NULL);

  for (guint v = 0; v < graph->n_nodes; v++) {
    guint own = v < 6 ? v / 3 : (v - 6) / 2;
    guint layer;

    g_assert_cmpuint (coterie_scene_graph_split_identity (graph->identities[v], 2, &layer), ==,
                      own);
    g_assert_cmpuint (layer, ==, v < 6 ? 1 : 2);
    for (guint w = 0; w < graph->n_nodes; w++)
      g_assert_cmpint (graph->identities[v] == graph->identities[w], ==,
                       graph->communities[v] == graph->communities[w]);
  }
  g_assert_cmpuint (coterie_scene_graph_join_identity (COTERIE_LINEAGE_NONE, 2, 2), ==,
                    COTERIE_LINEAGE_NONE);
  g_assert_cmpuint (coterie_scene_graph_split_identity (COTERIE_LINEAGE_NONE, 2, NULL), ==,
                    COTERIE_LINEAGE_NONE);
  g_assert_cmpuint (coterie_scene_graph_join_identity (9, 2, 1), ==, 9);
}

/* Each place of a graph of several layers is one of a layer's own layout, and the reverse. */
static void
test_places_go_back_to_their_layer (void)
{
  g_autoptr (SampleGraph) first = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (SampleGraph) second = sample_graph_new (3, 5, 4, 17.0);
  CoterieFrameLayer layers[] = {first->layer, second->layer};
  g_autoptr (CoterieSceneGraph) alone = NULL;
  g_autoptr (CoterieSceneGraph) both = NULL;
  g_autoptr (CoterieSceneGraph) empty = coterie_scene_graph_new_empty ();
  double x = 1.5, y = -2.5;

  second->analysis.layer = 2;
  alone = coterie_scene_graph_new_from_layer (&second->layer, NULL);
  both = coterie_scene_graph_new_from_layers (layers, 2, NULL, NULL);
  for (guint v = 0; v < both->n_nodes; v++) {
    guint layer = coterie_scene_key_layer (both->keys[v]);
    guint node = layer == 1 ? v : v - first->analysis.n_nodes;
    double there_x = (double) both->positions[2 * v];
    double there_y = (double) both->positions[2 * v + 1];

    g_assert_true (coterie_scene_graph_to_layer (both, layer, &there_x, &there_y));
    g_assert_cmpfloat_with_epsilon (there_x, (double) layers[layer - 1].positions[2 * node], 1e-4);
    g_assert_cmpfloat_with_epsilon (there_y, (double) layers[layer - 1].positions[2 * node + 1],
                                    1e-4);
  }

  g_assert_true (coterie_scene_graph_to_layer (alone, 2, &x, &y));
  g_assert_false (coterie_scene_graph_to_layer (alone, 1, &x, &y));
  g_assert_false (coterie_scene_graph_to_layer (alone, 3, &x, &y));
  g_assert_false (coterie_scene_graph_to_layer (empty, 1, &x, &y));
  g_assert_cmpfloat (x, ==, 1.5);
  g_assert_cmpfloat (y, ==, -2.5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/scene-graph/keys-are-layer-and-neuron", test_keys_are_layer_and_neuron);
  g_test_add_func ("/scene/scene-graph/a-layer-is-copied", test_a_layer_is_copied);
  g_test_add_func ("/scene/scene-graph/an-empty-layer-is-an-empty-graph",
                   test_an_empty_layer_is_an_empty_graph);
  g_test_add_func ("/scene/scene-graph/layers-stand-side-by-side", test_layers_stand_side_by_side);
  g_test_add_func ("/scene/scene-graph/many-layers-stand-in-rows", test_many_layers_stand_in_rows);
  g_test_add_func ("/scene/scene-graph/a-silent-layer-has-no-nodes",
                   test_a_silent_layer_has_no_nodes);
  g_test_add_func ("/scene/scene-graph/layers-are-joined-by-the-weights",
                   test_layers_are_joined_by_the_weights);
  g_test_add_func ("/scene/scene-graph/layers-have-identities-of-their-own",
                   test_layers_have_identities_of_their_own);
  g_test_add_func ("/scene/strongest-weights/each-neuron-keeps-its-strongest-weights",
                   test_each_neuron_keeps_its_strongest_weights);
  g_test_add_func ("/scene/strongest-weights/weights-that-say-nothing-are-left-out",
                   test_weights_that_say_nothing_are_left_out);
  g_test_add_func ("/scene/scene-graph/places-go-back-to-their-layer",
                   test_places_go_back_to_their_layer);
  return g_test_run ();
}
