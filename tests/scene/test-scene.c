/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is drawn of graphs: content, not pixels. */

#include "draw/scene/scene.h"

#include <math.h>

#include "sample-graph.h"

static gboolean
is_color (CoterieColor a, CoterieColor b)
{
  return a.red == b.red && a.green == b.green && a.blue == b.blue && a.alpha == b.alpha;
}

/* The same but for the opacity. */
static gboolean
is_hue (CoterieColor a, CoterieColor b)
{
  b.alpha = a.alpha;
  return is_color (a, b);
}

static const CoterieDrawingGeometry *
get_geometry (CoterieScene *scene)
{
  return coterie_scene_get_drawing (scene)->geometry;
}

static const CoterieDrawingNodeEnd *
get_end (CoterieScene *scene, guint neuron, guint which)
{
  gint node = coterie_scene_find (scene, coterie_scene_key (1, neuron));

  g_assert_cmpint (node, >=, 0);
  return &get_geometry (scene)->nodes[node].ends[which];
}

#define SET_STYLE(scene, field, value)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    CoterieSceneStyle style = *coterie_scene_get_style (scene);                                    \
    style.field = (value);                                                                         \
    coterie_scene_set_style (scene, &style);                                                       \
  }                                                                                                \
  G_STMT_END

static void
test_empty_has_nothing (void)
{
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  g_autoptr (CoterieSceneLegend) legend = coterie_scene_get_legend (scene, 16);

  coterie_scene_set_blend (scene, 0.5);
  coterie_scene_set_hovered (scene, coterie_scene_key (1, 0));
  coterie_scene_set_focus (scene, 0);
  g_assert_cmpuint (coterie_scene_get_n_nodes (scene), ==, 0);
  g_assert_cmpint (coterie_scene_find (scene, coterie_scene_key (1, 0)), ==, -1);
  g_assert_cmpuint (get_geometry (scene)->n_nodes, ==, 0);
  g_assert_cmpuint (get_geometry (scene)->n_edges, ==, 0);
  g_assert_cmpuint (get_geometry (scene)->n_hulls, ==, 0);
  g_assert_cmpuint (legend->n_rows, ==, 0);
}

static void
test_takes_a_graph_without_edges (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (1, 1, 5, 1.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();

  sample_graph_show (scene, sample, NULL);
  g_assert_cmpuint (get_geometry (scene)->n_nodes, ==, 1);
  g_assert_cmpuint (get_geometry (scene)->n_edges, ==, 0);
  g_assert_cmpfloat (get_end (scene, 5, 0)->radius_px, >, 1.0f);
  g_assert_cmpfloat (coterie_drawing_get_spread (coterie_scene_get_drawing (scene)), ==, 0.0);
}

/* Neurons 0 to 11 and 4 to 15: four vanish, four appear. */
static void
test_merges_both_graphs (void)
{
  g_autoptr (SampleGraph) from = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (3, 4, 4, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  const CoterieDrawingGeometry *geometry;

  sample_graph_show (scene, from, to);
  geometry = get_geometry (scene);
  g_assert_cmpuint (coterie_scene_get_n_nodes (scene), ==, 16);
  for (guint v = 0; v < 16; v++) {
    guint64 key = coterie_scene_key (1, v);

    g_assert_cmpuint (coterie_scene_get_keys (scene)[v], ==, key);
    g_assert_cmpint (coterie_scene_find (scene, key), ==, v);
    g_assert_cmpfloat (geometry->nodes[v].ends[0].color.alpha, ==, v < 12 ? 1.0f : 0.0f);
    g_assert_cmpfloat (geometry->nodes[v].ends[1].color.alpha, ==, v >= 4 ? 1.0f : 0.0f);
    g_assert_cmpint (geometry->nodes[v].ends[0].radius_px > 0.0f, ==, v < 12);
  }
  g_assert_cmpint (coterie_scene_find (scene, coterie_scene_key (1, 16)), ==, -1);

  /* Each has 3 communities of 6 edges and 2 between; the 12 in communities of shared neurons and
   * those between 4–11 coincide where both ends do. */
  g_assert_cmpuint (geometry->n_edges, ==, 20 + 20 - 12 - 1);
  for (guint e = 1; e < geometry->n_edges; e++)
    g_assert_true (geometry->edges[e - 1].source < geometry->edges[e].source ||
                   (geometry->edges[e - 1].source == geometry->edges[e].source &&
                    geometry->edges[e - 1].target < geometry->edges[e].target));
}

/* Each end is what the graph is alone; what it does not have stands where the other one has it. */
static void
test_ends_are_the_graphs (void)
{
  g_autoptr (SampleGraph) from = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (4, 5, 4, 17.0);
  const SampleGraph *samples[2] = {from, to};
  g_autoptr (CoterieScene) scene = coterie_scene_new ();

  sample_graph_show (scene, samples[0], samples[1]);
  for (guint which = 0; which < 2; which++) {
    g_autoptr (CoterieScene) alone = coterie_scene_new ();
    const SampleGraph *sample = samples[which];

    sample_graph_show (alone, sample, NULL);
    for (guint v = 0; v < sample->analysis.n_nodes; v++) {
      const CoterieDrawingNodeEnd *end = get_end (scene, sample->neurons[v], which);
      const CoterieDrawingNodeEnd *expected = get_end (alone, sample->neurons[v], 0);

      g_assert_cmpfloat (end->x, ==, sample->positions[2 * v]);
      g_assert_cmpfloat (end->y, ==, sample->positions[2 * v + 1]);
      g_assert_cmpfloat (end->radius_px, ==, expected->radius_px);
      g_assert_true (is_color (end->color, expected->color));
      g_assert_true (
          is_color (end->color, coterie_palette_get_community (sample->communities[v], FALSE)));
    }
    g_assert_cmpfloat (get_geometry (scene)->spreads[which], ==, get_geometry (alone)->spreads[0]);
  }
  g_assert_cmpfloat (get_end (scene, 20, 0)->x, ==, get_end (scene, 20, 1)->x);
  g_assert_cmpfloat (get_end (scene, 0, 1)->y, ==, get_end (scene, 0, 0)->y);
}

static void
test_blend_is_smoothstep (void)
{
  g_autoptr (SampleGraph) from = sample_graph_new (2, 3, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (2, 3, 0, 30.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  double right = coterie_scene_get_bounds (scene).max_x;

  sample_graph_show (scene, from, to);
  right = coterie_scene_get_bounds (scene).max_x;
  coterie_scene_set_blend (scene, 0.25);
  g_assert_cmpfloat (coterie_scene_get_drawing (scene)->s_frac, ==, 0.15625);
  g_assert_cmpfloat_with_epsilon (coterie_scene_get_bounds (scene).max_x,
                                  right * (1.0 + 2.0 * 0.15625), 1e-4);
  coterie_scene_set_blend (scene, 7.0);
  g_assert_cmpfloat (coterie_scene_get_blend (scene), ==, 1.0);
  g_assert_cmpfloat (coterie_scene_get_drawing (scene)->s_frac, ==, 1.0);
}

static void
test_blend_keeps_the_geometry (void)
{
  g_autoptr (SampleGraph) from = sample_graph_new (2, 3, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (2, 3, 0, 30.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  g_autoptr (CoterieDrawing) drawing = NULL;

  sample_graph_show (scene, from, to);
  drawing = coterie_drawing_ref (coterie_scene_get_drawing (scene));
  g_assert_true (coterie_scene_get_drawing (scene) == drawing);
  coterie_scene_set_blend (scene, 0.9);
  g_assert_true (coterie_scene_get_drawing (scene) != drawing);
  g_assert_true (get_geometry (scene) == drawing->geometry);
  g_assert_cmpfloat (drawing->s_frac, ==, 0.0);

  coterie_scene_set_hovered (scene, coterie_scene_key (1, 0));
  g_assert_true (get_geometry (scene) != drawing->geometry);
}

/* Whether the larger of two nodes is never drawn smaller, and once it is larger. */
static void
assert_grows (CoterieScene *scene, const double *values)
{
  guint n_larger = 0;

  for (guint v = 0; v < coterie_scene_get_n_nodes (scene); v++)
    for (guint w = 0; w < coterie_scene_get_n_nodes (scene); w++)
      if (values[v] > values[w]) {
        g_assert_cmpfloat (get_end (scene, v, 0)->radius_px, >=, get_end (scene, w, 0)->radius_px);
        n_larger += get_end (scene, v, 0)->radius_px > get_end (scene, w, 0)->radius_px;
      }
  g_assert_cmpuint (n_larger, >, 0);
}

static void
test_size_follows_a_quantity (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (2, 8, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  double values[16];

  sample_graph_show (scene, sample, NULL);
  assert_grows (scene, sample->analysis.graph->strengths);
  for (guint v = 0; v < 16; v++)
    values[v] = v;
  SET_STYLE (scene, size_by, COTERIE_SCENE_SIZE_ENTROPY);
  assert_grows (scene, values);
  SET_STYLE (scene, size_by, COTERIE_SCENE_SIZE_ACTIVATION);
  assert_grows (scene, values);
  for (guint v = 0; v < 16; v++)
    values[v] =
        sample->analysis.graph->offsets[v + 1] - (double) sample->analysis.graph->offsets[v];
  SET_STYLE (scene, size_by, COTERIE_SCENE_SIZE_DEGREE);
  assert_grows (scene, values);
  SET_STYLE (scene, size_by, COTERIE_SCENE_SIZE_CONSTANT);
  for (guint v = 1; v < 16; v++)
    g_assert_cmpfloat (get_end (scene, v, 0)->radius_px, ==, get_end (scene, 0, 0)->radius_px);
}

/* Also where all have much of it: the least is small, the most is large. */
static void
test_sizes_tell_entropies_apart (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (2, 8, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  g_autoptr (CoterieSceneLegend) legend = NULL;

  for (guint v = 0; v < 16; v++)
    sample->entropies[v] += 100.0f;
  sample_graph_show (scene, sample, NULL);
  SET_STYLE (scene, size_by, COTERIE_SCENE_SIZE_ENTROPY);
  legend = coterie_scene_get_legend (scene, 16);
  g_assert_cmpfloat (get_end (scene, 15, 0)->radius_px, >, 2.0f * get_end (scene, 0, 0)->radius_px);
  g_assert_cmpfloat (legend->size_min, ==, 100.0);
  g_assert_cmpfloat (legend->size_max, ==, 103.75);
}

static void
test_small_nodes_lie_above (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (1, 6, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  CoterieDrawing *drawing;

  sample_graph_show (scene, sample, NULL);
  drawing = coterie_scene_get_drawing (scene);
  for (guint i = 1; i < 6; i++)
    g_assert_cmpfloat (
        drawing->geometry->nodes[coterie_drawing_get_ordered (drawing, i - 1)].ends[0].radius_px,
        >=, drawing->geometry->nodes[coterie_drawing_get_ordered (drawing, i)].ends[0].radius_px);
}

static void
test_weight_gives_width_and_density (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (1, 6, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  const CoterieGraph *graph = sample->analysis.graph;
  const CoterieDrawingEdge *edges;

  sample_graph_show (scene, sample, NULL);
  edges = get_geometry (scene)->edges;
  for (guint e = 0; e < graph->n_edges; e++) {
    g_assert_cmpfloat (edges[e].colors[0].alpha, >, 0.0f);
    g_assert_cmpfloat (edges[e].bend, !=, 0.0f);
    for (guint f = 0; f < graph->n_edges; f++)
      if (graph->edges[e].weight > graph->edges[f].weight) {
        g_assert_cmpfloat (edges[e].colors[0].alpha, >=, edges[f].colors[0].alpha);
        g_assert_cmpfloat (edges[e].width, >, edges[f].width);
      }
  }
}

/* The community of node 3 is the second one, but it stands for the first class. */
static void
test_colors_follow_the_style (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();

  sample->communities[3] = 1;
  sample_graph_show (scene, sample, NULL);
  g_assert_true (is_hue (get_end (scene, 3, 0)->color, coterie_palette_get_community (1, FALSE)));
  SET_STYLE (scene, color_by, COTERIE_SCENE_COLOR_CLASS);
  g_assert_true (is_hue (get_end (scene, 3, 0)->color, coterie_palette_get_community (0, FALSE)));
  SET_STYLE (scene, color_by, COTERIE_SCENE_COLOR_LAYER);
  g_assert_true (is_hue (get_end (scene, 9, 0)->color, coterie_palette_get_community (0, FALSE)));

  /* 0 to 2.75 nats, and activations of class 1 are 5 to 8 for nodes 4 to 7 and else 0. */
  SET_STYLE (scene, color_by, COTERIE_SCENE_COLOR_ENTROPY);
  g_assert_true (is_hue (get_end (scene, 0, 0)->color, coterie_palette_get_ramp (0.0, FALSE)));
  g_assert_true (is_hue (get_end (scene, 6, 0)->color, coterie_palette_get_ramp (0.5, FALSE)));
  SET_STYLE (scene, activation_class, 1);
  SET_STYLE (scene, color_by, COTERIE_SCENE_COLOR_ACTIVATION);
  g_assert_true (is_hue (get_end (scene, 0, 0)->color, coterie_palette_get_ramp (0.0, FALSE)));
  g_assert_true (is_hue (get_end (scene, 7, 0)->color, coterie_palette_get_ramp (1.0, FALSE)));
}

/* Communities of two layers that have the same number, each with as many others below it. */
static void
test_communities_look_the_same_among_all_layers (void)
{
  g_autoptr (SampleGraph) first = sample_graph_new (40, 2, 0, 10.0);
  g_autoptr (SampleGraph) second = sample_graph_new (40, 1, 0, 10.0);
  g_autoptr (CoterieScene) alone = coterie_scene_new ();
  g_autoptr (CoterieScene) among = coterie_scene_new ();
  g_autoptr (CoterieSceneGraph) one = NULL;
  g_autoptr (CoterieSceneGraph) all = NULL;

  second->analysis.layer = 2;
  one = coterie_scene_graph_new_from_layer (&second->layer, NULL);
  all = coterie_scene_graph_new_from_layers (
      (const CoterieFrameLayer[]){first->layer, second->layer}, 2, NULL, NULL);
  coterie_scene_set_graphs (alone, one, NULL);
  coterie_scene_set_graphs (among, all, NULL);
  for (guint v = 0; v < one->n_nodes; v++) {
    gint there = coterie_scene_find (among, one->keys[v]);
    const CoterieDrawingNode *own = &get_geometry (alone)->nodes[v];
    const CoterieDrawingNode *other;

    g_assert_cmpint (there, >=, 0);
    other = &get_geometry (among)->nodes[there];
    g_assert_true (is_hue (own->ends[0].color, other->ends[0].color));
    g_assert_cmpint (own->shape, ==, other->shape);
  }
}

/* One layer alone needs no heading; without labels nothing is written. */
static void
test_layers_have_headings (void)
{
  g_autoptr (SampleGraph) first = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (SampleGraph) second = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  g_autoptr (CoterieSceneGraph) graph = NULL;
  const CoterieDrawingGeometry *geometry;

  second->analysis.layer = 2;
  graph = coterie_scene_graph_new_from_layers (
      (const CoterieFrameLayer[]){first->layer, second->layer}, 2, NULL, NULL);
  sample_graph_show (scene, first, NULL);
  g_assert_cmpuint (get_geometry (scene)->n_labels, ==, 3);
  coterie_scene_set_graphs (scene, graph, NULL);
  geometry = get_geometry (scene);
  g_assert_cmpuint (geometry->n_labels, ==, 8);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpfloat (geometry->labels[i].priority, <, geometry->labels[6].priority);
  g_assert_cmpstr (geometry->labels[6].text, ==, "Layer 1");
  g_assert_cmpstr (geometry->labels[7].text, ==, "Layer 2");
  g_assert_cmpfloat (geometry->labels[6].x[0], <, geometry->labels[7].x[0]);
  SET_STYLE (scene, labels, COTERIE_SCENE_LABELS_NONE);
  g_assert_cmpuint (get_geometry (scene)->n_labels, ==, 0);
}

/* In two rows of two each has its heading above the middle of its own nodes, and below the nodes of the row
 * above. */
static void
test_rows_of_layers_have_their_headings (void)
{
  enum { N_LAYERS = 4, N_NODES = 12 };
  SampleGraph *samples[N_LAYERS];
  CoterieFrameLayer layers[N_LAYERS];
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  g_autoptr (CoterieSceneGraph) graph = NULL;
  const CoterieDrawingLabel *headings;

  for (guint l = 0; l < N_LAYERS; l++) {
    samples[l] = sample_graph_new (3, 4, 0, 10.0);
    samples[l]->analysis.layer = l + 1;
    layers[l] = samples[l]->layer;
  }
  graph = coterie_scene_graph_new_from_layers (layers, N_LAYERS, NULL, NULL);
  coterie_scene_set_graphs (scene, graph, NULL);
  headings = get_geometry (scene)->labels + get_geometry (scene)->n_labels - N_LAYERS;
  g_assert_cmpfloat (headings[0].y[0], ==, headings[1].y[0]);
  g_assert_cmpfloat (headings[2].y[0], ==, headings[3].y[0]);
  for (guint l = 0; l < N_LAYERS; l++) {
    g_assert_true (headings[l].heading);
    g_assert_cmpfloat (headings[l].x[0], ==, (float) graph->placements[l].center_x);
    for (guint v = 0; v < N_LAYERS * N_NODES; v++)
      if (v / N_NODES / 2 == l / 2)
        g_assert_cmpfloat (headings[l].y[0], >, graph->positions[2 * v + 1]);
      else if (v / N_NODES / 2 < l / 2)
        g_assert_cmpfloat (headings[l].y[0], <, graph->positions[2 * v + 1]);
  }
  for (guint l = 0; l < N_LAYERS; l++)
    sample_graph_free (samples[l]);
}

/* A layer alone is named when it falls silent, and is seen from where it was before; among all layers, its
 * heading says so. No sizes are explained where all are 0. */
static void
test_a_silent_layer_says_so (void)
{
  g_autoptr (SampleGraph) first = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (SampleGraph) second = sample_graph_new (3, 4, 0, 10.0);
  const CoterieFrameLayer layers[] = {first->layer, second->layer};
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  g_autoptr (CoterieSceneGraph) before = coterie_scene_graph_new_from_layer (&first->layer, NULL);
  g_autoptr (CoterieSceneGraph) silent = NULL;
  g_autoptr (CoterieSceneGraph) both = NULL;
  g_autoptr (CoterieSceneLegend) legend = NULL;
  const CoterieDrawingLabel *heading;

  second->analysis.baselines.dead_frac = 1.0;
  silent = coterie_scene_graph_new_from_layer (&second->layer, NULL);
  second->analysis.layer = 2;
  both = coterie_scene_graph_new_from_layers (layers, 2, NULL, NULL);

  coterie_scene_set_graphs (scene, before, silent);
  heading = &get_geometry (scene)->labels[3];
  g_assert_cmpuint (get_geometry (scene)->n_labels, ==, 4);
  g_assert_cmpstr (heading->text, ==, "Layer 1: silent");
  g_assert_cmpfloat (heading->opacities[0], ==, 0.0f);
  g_assert_cmpfloat (heading->opacities[1], ==, 1.0f);
  coterie_scene_set_blend (scene, 1.0);
  g_assert_cmpfloat (coterie_scene_get_bounds (scene).max_x, ==, before->bounds.max_x);
  legend = coterie_scene_get_legend (scene, 6);
  g_assert_null (legend->size_title);

  coterie_scene_set_graphs (scene, both, NULL);
  g_assert_cmpuint (get_geometry (scene)->n_labels, ==, 5);
  g_assert_cmpstr (get_geometry (scene)->labels[3].text, ==, "Layer 1");
  g_assert_cmpstr (get_geometry (scene)->labels[4].text, ==, "Layer 2: silent");
}

/* Below its layer's heading a community goes without the name of its layer; in the legend it has none. */
static void
test_headings_name_the_layers_of_communities (void)
{
  g_autoptr (SampleGraph) first = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (SampleGraph) second = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  g_autoptr (CoterieSceneGraph) graph = NULL;
  g_autoptr (CoterieSceneLegend) legend = NULL;

  second->analysis.layer = 2;
  graph = coterie_scene_graph_new_from_layers (
      (const CoterieFrameLayer[]){first->layer, second->layer}, 2, NULL, NULL);
  coterie_scene_set_graphs (scene, graph, NULL);
  for (guint i = 0; i < 6; i++) {
    g_autofree char *start = g_strdup_printf ("C%u ", i / 2 + 1);

    g_assert_true (g_str_has_prefix (get_geometry (scene)->labels[i].text, start));
  }
  legend = coterie_scene_get_legend (scene, 6);
  g_assert_cmpuint (legend->n_rows, ==, 6);
  for (guint i = 0; i < 6; i++)
    g_assert_true (legend->rows[i].name[0] == 'L');
}

/* Without an identity grey, as a disc; else no two of 128 communities look alike. */
static void
test_shapes_help_when_colors_run_out (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (129, 1, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  const CoterieDrawingNode *nodes;

  sample->identities[128] = COTERIE_LINEAGE_NONE;
  sample_graph_show (scene, sample, NULL);
  nodes = get_geometry (scene)->nodes;
  for (guint v = 0; v < 128; v++)
    for (guint w = 0; w < v; w++)
      g_assert_false (nodes[v].shape == nodes[w].shape &&
                      is_color (nodes[v].ends[0].color, nodes[w].ends[0].color));
  for (guint v = 0; v < COTERIE_PALETTE_N_COLORS; v++)
    g_assert_cmpint (nodes[v].shape, ==, COTERIE_SHAPE_DISC);
  g_assert_cmpint (nodes[128].shape, ==, COTERIE_SHAPE_DISC);
}

/* An outline cannot blend: it changes half-way. */
static void
test_shapes_change_half_way (void)
{
  g_autoptr (SampleGraph) from = sample_graph_new (1, 1, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (1, 1, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();

  to->identities[0] = COTERIE_PALETTE_N_COLORS;
  sample_graph_show (scene, from, to);
  coterie_scene_set_blend (scene, 0.49);
  g_assert_cmpint (get_geometry (scene)->nodes[0].shape, ==, COTERIE_SHAPE_DISC);
  coterie_scene_set_blend (scene, 0.51);
  g_assert_cmpint (get_geometry (scene)->nodes[0].shape, ==, COTERIE_SHAPE_SQUARE);
  coterie_scene_set_blend (scene, 0.0);
  g_assert_cmpint (get_geometry (scene)->nodes[0].shape, ==, COTERIE_SHAPE_DISC);
  SET_STYLE (scene, shapes, FALSE);
  coterie_scene_set_blend (scene, 1.0);
  g_assert_cmpint (get_geometry (scene)->nodes[0].shape, ==, COTERIE_SHAPE_DISC);
}

static gboolean
is_within (const CoterieDrawingEdge *edge)
{
  return edge->source / 4 == edge->target / 4;
}

static void
test_edges_have_the_color_of_their_ends (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();

  sample_graph_show (scene, sample, NULL);
  for (guint e = 0; e < get_geometry (scene)->n_edges; e++) {
    const CoterieDrawingEdge *edge = &get_geometry (scene)->edges[e];

    g_assert_true (is_hue (
        edge->colors[0], is_within (edge) ? coterie_palette_get_community (edge->source / 4, FALSE)
                                          : coterie_palette_get (FALSE)->edge));
  }
}

static void
test_edges_within_and_across_go_apart (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  g_autoptr (CoterieScene) plain = coterie_scene_new ();
  guint n_across = 0;

  sample_graph_show (plain, sample, NULL);
  sample_graph_show (scene, sample, NULL);
  SET_STYLE (scene, within_edges_frac, 0.0);
  SET_STYLE (scene, across_edges_frac, 0.5);
  g_assert_cmpuint (get_geometry (plain)->n_edges, ==, 3 * 6 + 2);
  g_assert_cmpuint (get_geometry (scene)->n_edges, ==, 2);
  for (guint e = 0; e < get_geometry (plain)->n_edges; e++) {
    const CoterieDrawingEdge *edge = &get_geometry (plain)->edges[e];

    if (!is_within (edge))
      g_assert_cmpfloat (get_geometry (scene)->edges[n_across++].colors[0].alpha, ==,
                         0.5f * edge->colors[0].alpha);
  }
}

/* Weights are 1, 1/2, 1/3 within and 0.4 across. */
static void
test_light_edges_can_be_left_out (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();

  sample_graph_show (scene, sample, NULL);
  SET_STYLE (scene, edge_threshold_frac, 0.45);
  g_assert_cmpuint (get_geometry (scene)->n_edges, ==, 3 * 5);
}

/* Two layers of two communities; the weights lead from each neuron to one of the other's class and one
 * of another class. */
static void
test_network_shows_where_classes_flow (void)
{
  g_autoptr (SampleGraph) low = sample_graph_new (2, 2, 0, 10.0);
  g_autoptr (SampleGraph) high = sample_graph_new (2, 2, 0, 10.0);
  g_autoptr (CoterieNetwork) network = coterie_network_new ((const guint[]){1, 4, 4, 2}, 4);
  g_autoptr (CoterieStrongestWeights) weights = NULL;
  g_autoptr (CoterieSceneGraph) graph = NULL;
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  CoterieFrameLayer layers[2];
  guint n_weights = 0;

  high->analysis.layer = 2;
  for (guint i = 0; i < 16; i++)
    network->weights[1][i] = i % 2 == 0 ? 0.5f : -0.5f;
  weights = coterie_strongest_weights_new (network, 1, low->neurons, 4, high->neurons, 4, 4);
  layers[0] = low->layer;
  layers[1] = high->layer;
  graph = coterie_scene_graph_new_from_layers (layers, 2, &weights, NULL);
  coterie_scene_set_graphs (scene, graph, NULL);
  for (guint e = 0; e < get_geometry (scene)->n_edges; e++) {
    const CoterieDrawingEdge *edge = &get_geometry (scene)->edges[e];
    const CoterieDrawingEdge *first = &get_geometry (scene)->edges[2];

    if (edge->source >= 4 || edge->target < 4)
      continue;
    n_weights++;
    if (edge->source / 2 == (edge->target - 4) / 2)
      g_assert_true (
          is_hue (edge->colors[0], get_geometry (scene)->nodes[edge->source].ends[0].color));
    else
      g_assert_true (is_hue (edge->colors[0], coterie_palette_get (FALSE)->edge));
    g_assert_cmpfloat (first->colors[0].alpha, >=, edge->colors[0].alpha);
  }
  g_assert_cmpuint (n_weights, ==, 16);
}

/* The same content, and the look that both have been given. */
static void
assert_drawn_alike (CoterieScene *a, CoterieScene *b)
{
  const CoterieDrawingGeometry *one = get_geometry (a), *other = get_geometry (b);

  g_assert_cmpfloat (coterie_scene_get_drawing (a)->s_frac, ==,
                     coterie_scene_get_drawing (b)->s_frac);
  g_assert_cmpmem (one->nodes, one->n_nodes * sizeof *one->nodes, other->nodes,
                   other->n_nodes * sizeof *other->nodes);
  g_assert_cmpmem (one->edges, one->n_edges * sizeof *one->edges, other->edges,
                   other->n_edges * sizeof *other->edges);
  g_assert_cmpuint (one->n_labels, ==, other->n_labels);
}

static void
test_copy_shows_the_same (void)
{
  g_autoptr (SampleGraph) from = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (2, 5, 2, 20.0);
  const guint64 keys[] = {coterie_scene_key (1, 3), coterie_scene_key (1, 5)};
  const float positions[] = {1.0f, 2.0f, 3.0f, 4.0f};
  const float trail[] = {0.0f, 0.0f, 5.0f, 5.0f};
  g_autoptr (CoterieNodeQuery) filter = coterie_node_query_parse ("neuron > 1", NULL, NULL);
  CoterieScene *scene = coterie_scene_new ();
  g_autoptr (CoterieScene) twin = coterie_scene_new ();
  g_autoptr (CoterieScene) copy = NULL;
  CoterieScene *both[] = {scene, twin};

  g_assert_nonnull (filter);
  for (guint i = 0; i < 2; i++) {
    sample_graph_show (both[i], from, to);
    coterie_scene_set_class_names (both[i], (const char *const[]){"a", "b", "c", NULL});
    coterie_scene_set_filter (both[i], filter);
    coterie_scene_set_blend (both[i], 0.3);
    coterie_scene_set_selected (both[i], keys, 1);
    coterie_scene_set_pinned (both[i], keys, positions, 2);
    coterie_scene_set_trail (both[i], trail, 2, FALSE);
    coterie_scene_set_movers_ringed (both[i], TRUE);
  }
  coterie_scene_set_hovered (scene, keys[1]);
  coterie_scene_set_focus (scene, 1);
  coterie_scene_set_search (scene, filter);
  coterie_scene_get_drawing (scene);

  copy = coterie_scene_copy (scene);
  assert_drawn_alike (copy, twin);
  coterie_scene_free (scene);
  assert_drawn_alike (copy, twin);
  g_assert_cmpuint (get_geometry (copy)->n_nodes, >, 0);
  g_assert_cmpuint (coterie_scene_get_n_matches (copy), ==, 0);
}

static void
test_copy_leaves_the_scene_alone (void)
{
  g_autoptr (SampleGraph) from = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  g_autoptr (CoterieScene) copy = NULL;
  CoterieDrawing *drawing;

  sample_graph_show (scene, from, NULL);
  drawing = coterie_scene_get_drawing (scene);
  copy = coterie_scene_copy (scene);
  SET_STYLE (copy, dark, TRUE);
  g_assert_false (is_color (get_geometry (copy)->canvas, drawing->geometry->canvas));
  g_assert_true (coterie_scene_get_drawing (scene) == drawing);
  g_assert_false (coterie_scene_get_style (scene)->dark);
}

static void
test_takes_over_what_was_made_ahead (void)
{
  g_autoptr (SampleGraph) from = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (4, 5, 4, 17.0);
  g_autoptr (CoterieSceneGraph) first = coterie_scene_graph_new_from_layer (&from->layer, NULL);
  g_autoptr (CoterieSceneGraph) second = coterie_scene_graph_new_from_layer (&to->layer, NULL);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  g_autoptr (CoterieScene) ahead = coterie_scene_new_ahead (scene, first, second, 0.0);
  g_autoptr (CoterieScene) alone = coterie_scene_new ();
  const CoterieDrawingGeometry *made = get_geometry (ahead);

  coterie_scene_set_graphs (scene, first, second);
  coterie_scene_set_blend (scene, 0.3);
  g_assert_true (coterie_scene_adopt (scene, ahead));
  g_assert_true (get_geometry (scene) == made);
  g_assert_false (coterie_scene_adopt (scene, ahead));

  coterie_scene_set_graphs (alone, first, second);
  coterie_scene_set_blend (alone, 0.3);
  assert_drawn_alike (scene, alone);
}

/* What was made ahead holds as it was asked for then; since then something else is asked for. */
static void
change_wish (CoterieScene *scene, guint wish)
{
  const guint64 key = coterie_scene_key (1, 5);
  const float place[2] = {3.0f, 4.0f};
  const char *const names[] = {"a", "b", "c", NULL};
  CoterieSceneStyle style = *coterie_scene_get_style (scene);
  g_autoptr (CoterieNodeQuery) query = coterie_node_query_parse ("5", NULL, NULL);

  style.dark = TRUE;
  if (wish == 0)
    coterie_scene_set_blend (scene, 0.8);
  else if (wish == 1)
    coterie_scene_set_selected (scene, &key, 1);
  else if (wish == 2)
    coterie_scene_set_hovered (scene, key);
  else if (wish == 3)
    coterie_scene_set_pinned (scene, &key, place, 1);
  else if (wish == 4)
    coterie_scene_set_class_names (scene, names);
  else if (wish == 5)
    coterie_scene_set_style (scene, &style);
  else if (wish == 6)
    coterie_scene_set_filter (scene, query);
  else if (wish == 7)
    coterie_scene_set_search (scene, query);
  else
    coterie_scene_set_movers_ringed (scene, TRUE);
}

static void
test_takes_over_no_more_than_still_holds (void)
{
  g_autoptr (SampleGraph) from = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (4, 5, 4, 17.0);
  g_autoptr (CoterieSceneGraph) first = coterie_scene_graph_new_from_layer (&from->layer, NULL);
  g_autoptr (CoterieSceneGraph) second = coterie_scene_graph_new_from_layer (&to->layer, NULL);

  for (guint wish = 0; wish < 9; wish++) {
    g_autoptr (CoterieScene) scene = coterie_scene_new ();
    g_autoptr (CoterieScene) ahead = coterie_scene_new_ahead (scene, first, second, 0.0);
    g_autoptr (CoterieScene) alone = coterie_scene_new ();

    coterie_scene_get_drawing (ahead);
    coterie_scene_set_graphs (scene, first, second);
    coterie_scene_set_graphs (alone, first, second);
    change_wish (scene, wish);
    change_wish (alone, wish);
    coterie_scene_adopt (scene, ahead);
    assert_drawn_alike (scene, alone);
  }
}

static void
test_takes_over_nothing_of_other_graphs (void)
{
  g_autoptr (SampleGraph) from = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (4, 5, 4, 17.0);
  g_autoptr (CoterieSceneGraph) first = coterie_scene_graph_new_from_layer (&from->layer, NULL);
  g_autoptr (CoterieSceneGraph) second = coterie_scene_graph_new_from_layer (&to->layer, NULL);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  g_autoptr (CoterieScene) ahead = coterie_scene_new_ahead (scene, first, second, 0.0);

  coterie_scene_get_drawing (ahead);
  coterie_scene_set_graphs (scene, second, first);
  g_assert_false (coterie_scene_adopt (scene, ahead));
  coterie_scene_set_graphs (scene, first, NULL);
  g_assert_false (coterie_scene_adopt (scene, ahead));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/scene/empty-has-nothing", test_empty_has_nothing);
  g_test_add_func ("/scene/scene/takes-a-graph-without-edges", test_takes_a_graph_without_edges);
  g_test_add_func ("/scene/scene/merges-both-graphs", test_merges_both_graphs);
  g_test_add_func ("/scene/scene/ends-are-the-graphs", test_ends_are_the_graphs);
  g_test_add_func ("/scene/scene/blend-is-smoothstep", test_blend_is_smoothstep);
  g_test_add_func ("/scene/scene/blend-keeps-the-geometry", test_blend_keeps_the_geometry);
  g_test_add_func ("/scene/scene/size-follows-a-quantity", test_size_follows_a_quantity);
  g_test_add_func ("/scene/scene/sizes-tell-entropies-apart", test_sizes_tell_entropies_apart);
  g_test_add_func ("/scene/scene/small-nodes-lie-above", test_small_nodes_lie_above);
  g_test_add_func ("/scene/scene/weight-gives-width-and-density",
                   test_weight_gives_width_and_density);
  g_test_add_func ("/scene/scene/colours-follow-the-style", test_colors_follow_the_style);
  g_test_add_func ("/scene/scene/communities-look-the-same-among-all-layers",
                   test_communities_look_the_same_among_all_layers);
  g_test_add_func ("/scene/scene/layers-have-headings", test_layers_have_headings);
  g_test_add_func ("/scene/scene/rows-of-layers-have-their-headings",
                   test_rows_of_layers_have_their_headings);
  g_test_add_func ("/scene/scene/a-silent-layer-says-so", test_a_silent_layer_says_so);
  g_test_add_func ("/scene/scene/headings-name-the-layers-of-communities",
                   test_headings_name_the_layers_of_communities);
  g_test_add_func ("/scene/scene/shapes-help-when-colours-run-out",
                   test_shapes_help_when_colors_run_out);
  g_test_add_func ("/scene/scene/shapes-change-half-way", test_shapes_change_half_way);
  g_test_add_func ("/scene/scene/edges-have-the-colour-of-their-ends",
                   test_edges_have_the_color_of_their_ends);
  g_test_add_func ("/scene/scene/edges-within-and-across-go-apart",
                   test_edges_within_and_across_go_apart);
  g_test_add_func ("/scene/scene/light-edges-can-be-left-out", test_light_edges_can_be_left_out);
  g_test_add_func ("/scene/scene/network-shows-where-classes-flow",
                   test_network_shows_where_classes_flow);
  g_test_add_func ("/scene/scene/copy-shows-the-same", test_copy_shows_the_same);
  g_test_add_func ("/scene/scene/copy-leaves-the-scene-alone", test_copy_leaves_the_scene_alone);
  g_test_add_func ("/scene/scene/takes-over-what-was-made-ahead",
                   test_takes_over_what_was_made_ahead);
  g_test_add_func ("/scene/scene/takes-over-no-more-than-still-holds",
                   test_takes_over_no_more_than_still_holds);
  g_test_add_func ("/scene/scene/takes-over-nothing-of-other-graphs",
                   test_takes_over_nothing_of_other_graphs);
  return g_test_run ();
}
