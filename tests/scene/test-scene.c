/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "draw/scene/scene.h"

#include <math.h>

#include "sample-graph.h"

static gboolean
is_color (CoterieColor a, CoterieColor b)
{
  return a.red == b.red && a.green == b.green && a.blue == b.blue && a.alpha == b.alpha;
}

static void
test_empty_has_nothing (void)
{
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  CoterieDrawing *drawing = coterie_scene_get_drawing (scene);

  coterie_scene_set_blend (scene, 0.5);
  coterie_scene_set_highlight (scene, -1);
  coterie_scene_set_focus (scene, 0);
  g_assert_cmpuint (scene->n_nodes, ==, 0);
  g_assert_cmpint (coterie_scene_find_neuron (scene, 0), ==, -1);
  drawing = coterie_scene_get_drawing (scene);
  g_assert_cmpuint (drawing->geometry->n_nodes, ==, 0);
  g_assert_cmpuint (drawing->geometry->n_edges, ==, 0);
}

static void
test_takes_a_graph_without_edges (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (1, 1, 5, 1.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();

  coterie_scene_set_states (scene, &sample->state, NULL, FALSE);
  g_assert_cmpuint (scene->n_nodes, ==, 1);
  g_assert_cmpuint (scene->n_edges, ==, 0);
  g_assert_cmpfloat (scene->radii_px[0], >, 1.0f);
  g_assert_cmpfloat (scene->spread, ==, 0.0);
}

/* Neurons 0 to 11 and 4 to 15: four vanish, four appear. */
static void
test_merges_both_graphs (void)
{
  g_autoptr (SampleGraph) from = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (3, 4, 4, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();

  coterie_scene_set_states (scene, &from->state, &to->state, FALSE);
  g_assert_cmpuint (scene->n_nodes, ==, 16);
  for (guint v = 0; v < 16; v++) {
    g_assert_cmpuint (scene->neurons[v], ==, v);
    g_assert_cmpint (coterie_scene_find_neuron (scene, v), ==, v);
  }
  g_assert_cmpint (coterie_scene_find_neuron (scene, 16), ==, -1);

  /* Each has 3 communities of 6 edges and 2 between; the 12 in communities of shared neurons and
   * those between 4–11 coincide where both ends do. */
  for (guint e = 1; e < scene->n_edges; e++)
    g_assert_true (scene->edges[e - 1].source < scene->edges[e].source ||
                   (scene->edges[e - 1].source == scene->edges[e].source &&
                    scene->edges[e - 1].target < scene->edges[e].target));
  g_assert_cmpuint (scene->n_edges, ==, 20 + 20 - 12 - 1);
}

static void
assert_is_state (const CoterieScene *scene, const SampleGraph *sample)
{
  g_autoptr (CoterieScene) alone = coterie_scene_new ();

  coterie_scene_set_states (alone, &sample->state, NULL, scene->dark);
  for (guint v = 0; v < alone->n_nodes; v++) {
    gint slot = coterie_scene_find_neuron (scene, alone->neurons[v]);

    g_assert_cmpint (slot, >=, 0);
    g_assert_cmpmem (scene->positions + 2 * slot, 2 * sizeof (float), alone->positions + 2 * v,
                     2 * sizeof (float));
    g_assert_cmpmem (scene->positions + 2 * slot, 2 * sizeof (float), sample->positions + 2 * v,
                     2 * sizeof (float));
    g_assert_cmpfloat (scene->radii_px[slot], ==, alone->radii_px[v]);
    g_assert_true (is_color (scene->colors[slot], alone->colors[v]));
    g_assert_true (is_color (scene->colors[slot],
                             coterie_palette_get_community (sample->communities[v], scene->dark)));
  }
  for (guint v = 0; v < scene->n_nodes; v++)
    if (coterie_scene_find_neuron (alone, scene->neurons[v]) < 0) {
      g_assert_cmpfloat (scene->radii_px[v], ==, 0.0f);
      g_assert_cmpfloat (scene->colors[v].alpha, ==, 0.0f);
    }

  for (guint e = 0, other = 0; e < scene->n_edges; e++) {
    const CoterieSceneEdge *edge = &scene->edges[e];

    if (scene->edge_colors[e].alpha == 0.0f)
      continue;
    g_assert_cmpuint (scene->neurons[edge->source], ==, alone->neurons[alone->edges[other].source]);
    g_assert_true (is_color (scene->edge_colors[e], alone->edge_colors[other]));
    other++;
  }
  g_assert_cmpfloat (scene->bounds.min_x, ==, alone->bounds.min_x);
  g_assert_cmpfloat (scene->spread, ==, alone->spread);
}

static void
test_ends_are_the_states (void)
{
  g_autoptr (SampleGraph) from = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (4, 5, 4, 17.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();

  for (gboolean dark = FALSE; dark <= TRUE; dark++) {
    coterie_scene_set_states (scene, &from->state, &to->state, dark);
    assert_is_state (scene, from);
    coterie_scene_set_blend (scene, 1.0);
    assert_is_state (scene, to);
    coterie_scene_set_blend (scene, 0.0);
    assert_is_state (scene, from);
  }
}

static void
test_blend_is_smoothstep (void)
{
  g_autoptr (SampleGraph) from = sample_graph_new (2, 3, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (2, 3, 0, 30.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();

  coterie_scene_set_states (scene, &from->state, &to->state, FALSE);
  coterie_scene_set_blend (scene, 0.5);
  g_assert_cmpfloat_with_epsilon (scene->positions[0], 2.0f * from->positions[0], 1e-4);
  coterie_scene_set_blend (scene, 0.25);
  g_assert_cmpfloat_with_epsilon (scene->positions[0], (1.0 + 2.0 * 0.15625) * from->positions[0],
                                  1e-4);
}

static void
test_strength_gives_size (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (1, 6, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  const double *strengths = sample->analysis.graph->strengths;

  coterie_scene_set_states (scene, &sample->state, NULL, FALSE);
  for (guint v = 0; v < scene->n_nodes; v++)
    for (guint w = 0; w < scene->n_nodes; w++)
      if (strengths[v] > strengths[w])
        g_assert_cmpfloat (scene->radii_px[v], >=, scene->radii_px[w]);
  for (guint i = 1; i < scene->n_nodes; i++)
    g_assert_cmpfloat (scene->radii_px[scene->order[i - 1]], >=, scene->radii_px[scene->order[i]]);
}

static void
test_weight_gives_density (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (1, 6, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  const CoterieGraph *graph = sample->analysis.graph;

  coterie_scene_set_states (scene, &sample->state, NULL, FALSE);
  for (guint e = 0; e < graph->n_edges; e++) {
    g_assert_cmpfloat (scene->edge_colors[e].alpha, >, 0.0f);
    for (guint f = 0; f < graph->n_edges; f++)
      if (graph->edges[e].weight > graph->edges[f].weight)
        g_assert_cmpfloat (scene->edge_colors[e].alpha, >=, scene->edge_colors[f].alpha);
  }
}

static void
test_nodes_can_have_their_own_colors (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (1, 3, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  const guint32 classes[] = {5, COTERIE_PALETTE_NO_IDENTITY, 2};

  sample->state.node_identities = classes;
  coterie_scene_set_states (scene, &sample->state, NULL, FALSE);
  for (guint v = 0; v < 3; v++)
    g_assert_true (is_color (scene->colors[v], coterie_palette_get_community (classes[v], FALSE)));
}

static void
test_highlight_brings_out_neighbors (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (3, 5, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  g_autoptr (CoterieScene) plain = coterie_scene_new ();
  const CoterieGraph *graph = sample->analysis.graph;
  CoterieDrawing *drawing;

  coterie_scene_set_states (scene, &sample->state, NULL, FALSE);
  coterie_scene_set_states (plain, &sample->state, NULL, FALSE);
  coterie_scene_set_highlight (scene, 1);
  g_assert_cmpint (coterie_scene_get_highlight (scene), ==, 1);
  g_assert_cmpuint (scene->order[scene->n_nodes - 1], ==, 1);

  for (guint v = 0; v < scene->n_nodes; v++)
    g_assert_cmpint (is_color (scene->colors[v], plain->colors[v]), ==, v < 5);
  for (guint e = 0; e < graph->n_edges; e++) {
    if (graph->edges[e].source == 1 || graph->edges[e].target == 1)
      g_assert_cmpfloat (scene->edge_colors[e].alpha, >=, plain->edge_colors[e].alpha);
    else
      g_assert_cmpfloat (scene->edge_colors[e].alpha, <, plain->edge_colors[e].alpha);
  }

  drawing = coterie_scene_get_drawing (scene);
  for (guint v = 0; v < scene->n_nodes; v++)
    g_assert_cmpfloat (drawing->geometry->nodes[v].ends[0].ring, ==, v == 1 ? 1.0f : 0.0f);

  coterie_scene_set_highlight (scene, -1);
  g_assert_true (is_color (scene->colors[9], plain->colors[9]));
}

static void
test_highlight_follows_the_neuron (void)
{
  g_autoptr (SampleGraph) first = sample_graph_new (2, 4, 0, 10.0);
  g_autoptr (SampleGraph) second = sample_graph_new (2, 4, 3, 10.0);
  g_autoptr (SampleGraph) third = sample_graph_new (2, 4, 100, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();

  coterie_scene_set_states (scene, &first->state, NULL, FALSE);
  coterie_scene_set_highlight (scene, 5);
  coterie_scene_set_states (scene, &second->state, NULL, FALSE);
  g_assert_cmpint (coterie_scene_get_highlight (scene), ==, 2);
  coterie_scene_set_states (scene, &third->state, NULL, FALSE);
  g_assert_cmpint (coterie_scene_get_highlight (scene), ==, -1);
}

static void
test_focus_dims_the_others (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();

  coterie_scene_set_states (scene, &sample->state, NULL, TRUE);
  coterie_scene_set_focus (scene, 1);
  for (guint v = 0; v < scene->n_nodes; v++)
    g_assert_cmpint (is_color (scene->colors[v], coterie_palette_get_community (v / 4, TRUE)), ==,
                     v / 4 == 1);
}

static void
test_drawings_do_not_change (void)
{
  g_autoptr (SampleGraph) from = sample_graph_new (2, 3, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (2, 3, 0, 30.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  g_autoptr (CoterieDrawing) drawing = NULL;
  float x;

  coterie_scene_set_states (scene, &from->state, &to->state, FALSE);
  drawing = coterie_drawing_ref (coterie_scene_get_drawing (scene));
  g_assert_true (coterie_scene_get_drawing (scene) == drawing);
  x = coterie_drawing_blend_node (drawing, 0).x;
  coterie_scene_set_blend (scene, 1.0);
  g_assert_true (coterie_scene_get_drawing (scene) != drawing);
  g_assert_true (coterie_scene_get_drawing (scene)->geometry == drawing->geometry);
  g_assert_cmpfloat (coterie_drawing_blend_node (drawing, 0).x, ==, x);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/scene/empty-has-nothing", test_empty_has_nothing);
  g_test_add_func ("/scene/scene/takes-a-graph-without-edges", test_takes_a_graph_without_edges);
  g_test_add_func ("/scene/scene/merges-both-graphs", test_merges_both_graphs);
  g_test_add_func ("/scene/scene/ends-are-the-states", test_ends_are_the_states);
  g_test_add_func ("/scene/scene/blend-is-smoothstep", test_blend_is_smoothstep);
  g_test_add_func ("/scene/scene/strength-gives-size", test_strength_gives_size);
  g_test_add_func ("/scene/scene/weight-gives-density", test_weight_gives_density);
  g_test_add_func ("/scene/scene/nodes-can-have-their-own-colours",
                   test_nodes_can_have_their_own_colors);
  g_test_add_func ("/scene/scene/highlight-brings-out-neighbours",
                   test_highlight_brings_out_neighbors);
  g_test_add_func ("/scene/scene/highlight-follows-the-neuron", test_highlight_follows_the_neuron);
  g_test_add_func ("/scene/scene/focus-dims-the-others", test_focus_dims_the_others);
  g_test_add_func ("/scene/scene/drawings-do-not-change", test_drawings_do_not_change);
  return g_test_run ();
}
