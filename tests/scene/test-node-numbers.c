/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The numbers that stand on nodes, or by them, where one is near. */

#include "draw/scene/node-numbers.h"

#include <math.h>

#include "core/base/rng.h"
#include "draw/scene/scene.h"
#include "sample-graph.h"

#define N_NODES 300

static const CoterieDrawingView view = {{0.0, 0.0, 1.0}, 600, 400, 1.0};

/* A box for each digit, and some air. */
static void
measure (const CoterieDrawingLabel *label, double *width_px, double *height_px, gpointer data)
{
  *width_px = 7.0 * strlen (label->text) + 4.0;
  *height_px = 17.0;
}

/* Nodes of one size at random places, which reach beyond the picture. */
static CoterieDrawing *
make_drawing (guint64 seed, guint n_nodes, float radius_px, double spread)
{
  g_autofree CoterieDrawingNode *nodes = g_new0 (CoterieDrawingNode, n_nodes);
  g_autofree guint32 *numbers = g_new (guint32, n_nodes);
  const CoteriePalette *palette = coterie_palette_get (FALSE);
  CoterieRng rng;

  coterie_rng_init (&rng, seed, 0);
  for (guint v = 0; v < n_nodes; v++) {
    numbers[v] = 100 + v;
    for (guint end = 0; end < 2; end++)
      nodes[v].ends[end] = (CoterieDrawingNodeEnd){
          .x = n_nodes == 1 ? 0.0f : (float) (900.0 * (coterie_rng_uniform (&rng) - 0.5)),
          .y = n_nodes == 1 ? 0.0f : (float) (600.0 * (coterie_rng_uniform (&rng) - 0.5)),
          .radius_px = radius_px,
          .color = coterie_palette_get_community (v, FALSE),
      };
  }
  return coterie_drawing_new (&(CoterieDrawingGeometry){.n_nodes = n_nodes,
                                                        .nodes = nodes,
                                                        .numbers = numbers,
                                                        .spreads = {spread, spread},
                                                        .canvas = palette->canvas},
                              0.0);
}

static GArray *
find (const CoterieDrawing *drawing)
{
  return coterie_node_numbers_find (drawing, &view, NULL, measure, NULL);
}

static void
test_from_afar_there_are_none (void)
{
  g_autoptr (CoterieDrawing) whole = make_drawing (1, N_NODES, 9.0f, 150.0);
  g_autoptr (CoterieDrawing) part = make_drawing (1, N_NODES, 9.0f, 1500.0);
  g_autoptr (GArray) none = find (whole);
  g_autoptr (GArray) some = find (part);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (some->len, >, 20);
}

/* Where the digits are: the box less the air. */
static CoterieLabelPlace
get_digits (const CoterieNodeNumber *number)
{
  CoterieLabelPlace place = number->place;

  place.x_px += 2.0;
  place.width_px -= 4.0;
  place.y_px += 4.5;
  place.height_px = 8.0;
  return place;
}

static gboolean
overlap (const CoterieLabelPlace *a, const CoterieLabelPlace *b)
{
  return a->x_px < b->x_px + b->width_px && b->x_px < a->x_px + a->width_px &&
         a->y_px < b->y_px + b->height_px && b->y_px < a->y_px + a->height_px;
}

static void
assert_free (const CoterieDrawing *drawing, const CoterieNodeNumber *number)
{
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, &view);
  CoterieLabelPlace digits = get_digits (number);

  for (guint v = 0; v < drawing->geometry->n_nodes; v++) {
    CoterieDrawingNodeEnd node = coterie_drawing_blend_node (drawing, v);
    double x_px = metrics.offset_x_px + node.x * metrics.scale_px;
    double y_px = metrics.offset_y_px - node.y * metrics.scale_px;
    double dx = x_px - CLAMP (x_px, digits.x_px, digits.x_px + digits.width_px);
    double dy = y_px - CLAMP (y_px, digits.y_px, digits.y_px + digits.height_px);

    if (v != number->node || !number->on_node)
      g_assert_cmpfloat (hypot (dx, dy), >=, node.radius_px * metrics.node_scale - 1.0);
  }
}

static void
test_they_hide_nothing (void)
{
  for (guint seed = 0; seed < 8; seed++) {
    g_autoptr (CoterieDrawing) drawing =
        make_drawing (seed, N_NODES, seed % 2 == 0 ? 4.0f : 9.0f, 1500.0);
    g_autoptr (GArray) numbers = find (drawing);

    g_assert_cmpuint (numbers->len, >, 10);
    for (guint i = 0; i < numbers->len; i++) {
      const CoterieNodeNumber *number = &g_array_index (numbers, CoterieNodeNumber, i);
      CoterieLabelPlace own = get_digits (number);

      g_assert_cmpuint (g_ascii_strtoull (number->label.text, NULL, 10), ==, 100 + number->node);
      assert_free (drawing, number);
      for (guint j = 0; j < i; j++) {
        CoterieLabelPlace other = get_digits (&g_array_index (numbers, CoterieNodeNumber, j));

        g_assert_false (overlap (&own, &other));
      }
    }
  }
}

static void
test_it_stands_on_its_node_where_it_fits (void)
{
  const float radii_px[] = {20.0f, 3.0f, 1.0f};

  for (guint i = 0; i < G_N_ELEMENTS (radii_px); i++) {
    g_autoptr (CoterieDrawing) drawing = make_drawing (1, 1, radii_px[i], 1500.0);
    g_autoptr (GArray) numbers = find (drawing);
    const CoterieNodeNumber *number;

    g_assert_cmpuint (numbers->len, ==, i < 2);
    if (numbers->len == 0)
      continue;
    number = &g_array_index (numbers, CoterieNodeNumber, 0);
    g_assert_cmpint (number->on_node, ==, i == 0);
    g_assert_cmpfloat_with_epsilon (number->place.x_px + 0.5 * number->place.width_px, 300.0, 1.0);
    if (number->on_node)
      g_assert_cmpfloat_with_epsilon (number->place.y_px + 0.5 * number->place.height_px, 200.0,
                                      1.0);
    assert_free (drawing, number);
  }
}

/* A label that is below it has it elsewhere, and one that is everywhere has it nowhere. */
static void
test_it_makes_room_for_labels (void)
{
  CoterieDrawingLabel label = {.text = "label", .size_px = 10.0f, .opacities = {1.0f, 1.0f}};
  CoterieLabelPlace place = {.x_px = 250.0, .y_px = 205.0, .width_px = 100.0, .height_px = 20.0};
  g_autoptr (CoterieDrawing) alone = make_drawing (1, 1, 3.0f, 1500.0);
  CoterieDrawingGeometry fields = *alone->geometry;
  g_autoptr (CoterieDrawing) drawing = NULL;
  g_autoptr (GArray) above = NULL;
  g_autoptr (GArray) none = NULL;

  fields.n_labels = 1;
  fields.labels = &label;
  drawing = coterie_drawing_new (&fields, 0.0);
  above = coterie_node_numbers_find (drawing, &view, &place, measure, NULL);
  g_assert_cmpuint (above->len, ==, 1);
  g_assert_cmpfloat (g_array_index (above, CoterieNodeNumber, 0).place.y_px, <, 200.0);

  place.y_px = 150.0;
  place.height_px = 100.0;
  none = coterie_node_numbers_find (drawing, &view, &place, measure, NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

static guint
count_numbers (CoterieScene *scene)
{
  const CoterieDrawingGeometry *geometry = coterie_scene_get_drawing (scene)->geometry;
  guint n_numbers = 0;

  for (guint v = 0; geometry->numbers != NULL && v < geometry->n_nodes; v++)
    if (geometry->numbers[v] != G_MAXUINT32) {
      g_assert_cmpuint (geometry->numbers[v], ==,
                        coterie_scene_key_neuron (coterie_scene_get_keys (scene)[v]));
      n_numbers++;
    }
  return n_numbers;
}

static void
test_what_is_searched_has_numbers (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (3, 4, 5, 10.0);
  g_autoptr (CoterieSceneGraph) graph = coterie_scene_graph_new_from_layer (&sample->layer, NULL);
  g_autoptr (CoterieNodeQuery) query = coterie_node_query_parse ("community 2", NULL, NULL);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  CoterieSceneStyle style = *coterie_scene_get_style (scene);

  style.labels = COTERIE_SCENE_LABELS_COMMUNITIES;
  coterie_scene_set_style (scene, &style);
  coterie_scene_set_graphs (scene, graph, NULL);
  g_assert_cmpuint (count_numbers (scene), ==, 12);
  coterie_scene_set_search (scene, query);
  g_assert_cmpuint (count_numbers (scene), ==, 4);
  style.labels = COTERIE_SCENE_LABELS_NONE;
  coterie_scene_set_style (scene, &style);
  g_assert_cmpuint (count_numbers (scene), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/node-numbers/from-afar-there-are-none", test_from_afar_there_are_none);
  g_test_add_func ("/scene/node-numbers/they-hide-nothing", test_they_hide_nothing);
  g_test_add_func ("/scene/node-numbers/it-stands-on-its-node-where-it-fits",
                   test_it_stands_on_its_node_where_it_fits);
  g_test_add_func ("/scene/node-numbers/it-makes-room-for-labels", test_it_makes_room_for_labels);
  g_test_add_func ("/scene/node-numbers/what-is-searched-has-numbers",
                   test_what_is_searched_has_numbers);
  return g_test_run ();
}
