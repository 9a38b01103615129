/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "draw/scene/picking.h"

#include <math.h>

#define N_NODES 300
#define N_QUESTIONS 400

static const CoterieViewport viewport = {.width_px = 800.0, .height_px = 600.0};

/* Nodes that move across the plane, of all sizes and shapes; some fade, one has no place. */
static CoterieDrawing *
make_drawing (guint n_nodes, double way, GRand *rand)
{
  g_autofree CoterieDrawingNode *nodes = g_new0 (CoterieDrawingNode, n_nodes);
  g_autofree guint32 *order = g_new (guint32, n_nodes);

  for (guint v = 0; v < n_nodes; v++) {
    double x = g_rand_double_range (rand, -50.0, 50.0);
    double y = g_rand_double_range (rand, -30.0, 30.0);

    for (guint end = 0; end < 2; end++)
      nodes[v].ends[end] = (CoterieDrawingNodeEnd){
          .x = (float) (x + end * way * g_rand_double_range (rand, -1.0, 1.0)),
          .y = (float) (y + end * way * g_rand_double_range (rand, -1.0, 1.0)),
          .radius_px = (float) g_rand_double_range (rand, 2.0, 12.0),
          .color = {.alpha = v % 7 == 3 ? (float) end : 1.0f},
      };
    nodes[v].shape = v % COTERIE_N_SHAPES;
    order[v] = (v * 7 + 3) % n_nodes;
  }
  if (n_nodes > 11)
    nodes[11].ends[1].x = NAN;
  return coterie_drawing_new (
      &(CoterieDrawingGeometry){
          .n_nodes = n_nodes,
          .nodes = nodes,
          .order = order,
          .spreads = {20.0, 20.0},
      },
      0.0);
}

static gboolean
is_askable (CoterieDrawingNodeEnd node)
{
  return isfinite (node.x) && node.color.alpha >= 0.25f;
}

/* The same answer by looking at every node, the topmost first. */
static gint
find_at_naively (const CoterieDrawing *drawing, CoterieCamera camera, double x_px, double y_px)
{
  double scale = coterie_drawing_node_scale (coterie_drawing_get_spread (drawing), camera.scale);
  double nearest_px = 3.0;
  gint nearest = -1;

  for (guint place = drawing->geometry->n_nodes; place-- > 0;) {
    guint v = coterie_drawing_get_ordered (drawing, place);
    CoterieDrawingNodeEnd node = coterie_drawing_blend_node (drawing, v);
    double node_x_px, node_y_px, outside_px;

    if (!is_askable (node))
      continue;
    coterie_camera_to_screen (camera, &viewport, (double) node.x, (double) node.y, &node_x_px,
                              &node_y_px);
    outside_px = (double) coterie_shape_get_distance (
        drawing->geometry->nodes[v].shape, (float) (node.radius_px * scale),
        (float) (x_px - node_x_px), (float) (y_px - node_y_px));
    if (outside_px <= 0.0)
      return (gint) v;
    if (outside_px < nearest_px) {
      nearest_px = outside_px;
      nearest = (gint) v;
    }
  }
  return nearest;
}

static gint
find_towards_naively (const CoterieDrawing *drawing, guint start, double dx, double dy)
{
  CoterieDrawingNodeEnd from = coterie_drawing_blend_node (drawing, start);
  double nearest = G_MAXDOUBLE;
  gint found = -1;

  for (guint v = 0; v < drawing->geometry->n_nodes; v++) {
    CoterieDrawingNodeEnd node = coterie_drawing_blend_node (drawing, v);
    double x = (double) node.x - from.x, y = (double) node.y - from.y;
    double along = x * dx + y * dy, across = fabs (y * dx - x * dy);

    if (v == start || !is_askable (node) || along <= 0.0 || across > along ||
        hypot (x, y) >= nearest)
      continue;
    nearest = hypot (x, y);
    found = (gint) v;
  }
  return found;
}

/* At every blend, near and far, one finds what is drawn on top. */
static void
test_finds_what_a_look_at_every_node_finds (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  static const double ways[] = {0.0, 2.0, 80.0};
  guint n_hits = 0;

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_autoptr (CoterieDrawing) first = make_drawing (N_NODES, ways[i], rand);
    g_autoptr (CoteriePicking) picking = coterie_picking_new (first);

    for (guint question = 0; question < N_QUESTIONS; question++) {
      g_autoptr (CoterieDrawing) drawing = coterie_drawing_with_blend (first, question % 5 / 4.0);
      CoterieCamera camera = {
          .center_x = g_rand_double_range (rand, -40.0, 40.0),
          .center_y = g_rand_double_range (rand, -40.0, 40.0),
          .scale = exp (g_rand_double_range (rand, log (0.5), log (60.0))),
      };
      CoterieDrawingNodeEnd near = coterie_drawing_blend_node (drawing, question % 11);
      double x_px, y_px;
      gint found;

      /* Some way off a node, or anywhere. */
      coterie_camera_to_screen (camera, &viewport, (double) near.x, (double) near.y, &x_px, &y_px);
      x_px += g_rand_double_range (rand, -20.0, 20.0);
      y_px += g_rand_double_range (rand, -20.0, 20.0);
      found = coterie_picking_find_at (picking, drawing, camera, &viewport, x_px, y_px);

      g_assert_cmpint (found, ==, find_at_naively (drawing, camera, x_px, y_px));
      n_hits += found >= 0;
    }
  }
  g_assert_cmpuint (n_hits, >, N_QUESTIONS / 4);
}

static void
test_rectangle_holds_the_middles_in_it (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  g_autoptr (CoterieDrawing) first = make_drawing (N_NODES, 30.0, rand);
  g_autoptr (CoteriePicking) picking = coterie_picking_new (first);

  for (guint question = 0; question < N_QUESTIONS; question++) {
    g_autoptr (CoterieDrawing) drawing = coterie_drawing_with_blend (first, question % 4 / 3.0);
    double x = g_rand_double_range (rand, -60.0, 60.0), y = g_rand_double_range (rand, -40.0, 40.0);
    CoterieBounds bounds = {x, y, x + g_rand_double_range (rand, 0.0, 60.0),
                            y + g_rand_double_range (rand, 0.0, 60.0)};
    g_autoptr (GArray) nodes = coterie_picking_find_within (picking, drawing, bounds);
    guint n_expected = 0;

    for (guint v = 0; v < N_NODES; v++) {
      CoterieDrawingNodeEnd node = coterie_drawing_blend_node (drawing, v);

      if (!is_askable (node) || node.x < bounds.min_x || node.x > bounds.max_x ||
          node.y < bounds.min_y || node.y > bounds.max_y)
        continue;
      g_assert_cmpuint (n_expected, <, nodes->len);
      g_assert_cmpuint (g_array_index (nodes, guint32, n_expected), ==, v);
      n_expected++;
    }
    g_assert_cmpuint (nodes->len, ==, n_expected);
  }
}

static void
test_steps_to_the_nearest_in_a_direction (void)
{
  static const double ways[4][2] = {{1.0, 0.0}, {0.0, 1.0}, {-1.0, 0.0}, {0.0, -1.0}};
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (CoterieDrawing) first = make_drawing (N_NODES, 30.0, rand);
  g_autoptr (CoteriePicking) picking = coterie_picking_new (first);

  for (guint v = 0; v < N_NODES; v++)
    for (guint way = 0; way < 4; way++) {
      g_autoptr (CoterieDrawing) drawing = coterie_drawing_with_blend (first, v % 3 / 2.0);

      if (v == 11)
        continue;
      g_assert_cmpint (coterie_picking_find_towards (picking, drawing, v, 2.0 * ways[way][0],
                                                     2.0 * ways[way][1]),
                       ==, find_towards_naively (drawing, v, ways[way][0], ways[way][1]));
    }
}

/* A disc of 10 pixels, and 3 pixels around it. */
static void
test_ends_at_the_tolerance (void)
{
  CoterieDrawingNodeEnd end = {.radius_px = 10.0f, .color = {.alpha = 1.0f}};
  CoterieDrawingNode node = {.ends = {end, end}};
  g_autoptr (CoterieDrawing) drawing =
      coterie_drawing_new (&(CoterieDrawingGeometry){.n_nodes = 1, .nodes = &node}, 0.0);
  g_autoptr (CoteriePicking) picking = coterie_picking_new (drawing);
  CoterieCamera camera = {.scale = 0.01};

  for (guint i = 0; i < 8; i++) {
    double x = cos (i * G_PI_4), y = sin (i * G_PI_4);

    g_assert_cmpint (coterie_picking_find_at (picking, drawing, camera, &viewport,
                                              400.0 + 12.99 * x, 300.0 + 12.99 * y),
                     ==, 0);
    g_assert_cmpint (coterie_picking_find_at (picking, drawing, camera, &viewport,
                                              400.0 + 13.01 * x, 300.0 + 13.01 * y),
                     ==, -1);
  }
}

/* No node, one, all at one place, all on a line. */
static void
test_takes_what_has_no_extent (void)
{
  CoterieCamera camera = {.scale = 1.0};

  for (guint n_nodes = 0; n_nodes < 6; n_nodes++)
    for (guint flat = 0; flat < 3; flat++) {
      g_autofree CoterieDrawingNode *nodes = g_new0 (CoterieDrawingNode, 6);
      g_autoptr (CoterieDrawing) drawing = NULL;
      g_autoptr (CoteriePicking) picking = NULL;
      g_autoptr (GArray) within = NULL;

      for (guint v = 0; v < n_nodes; v++)
        for (guint end = 0; end < 2; end++)
          nodes[v].ends[end] = (CoterieDrawingNodeEnd){
              .x = flat == 1 ? 40.0f * (float) v : 0.0f,
              .y = flat == 2 ? 40.0f * (float) v : 0.0f,
              .radius_px = 5.0f,
              .color = {.alpha = 1.0f},
          };
      drawing =
          coterie_drawing_new (&(CoterieDrawingGeometry){.n_nodes = n_nodes, .nodes = nodes}, 0.5);
      picking = coterie_picking_new (drawing);
      within =
          coterie_picking_find_within (picking, drawing, (CoterieBounds){-1.0, -1.0, 1.0, 1.0});

      g_assert_cmpint (coterie_picking_find_at (picking, drawing, camera, &viewport, 400.0, 300.0),
                       ==,
                       n_nodes == 0 ? -1
                       : flat == 0  ? (gint) n_nodes - 1
                                    : 0);
      g_assert_cmpint (coterie_picking_find_at (picking, drawing, camera, &viewport, 0.0, 0.0), ==,
                       -1);
      g_assert_cmpuint (within->len, ==, flat == 0 ? n_nodes : MIN (n_nodes, 1));
      if (n_nodes > 0)
        g_assert_cmpint (coterie_picking_find_towards (picking, drawing, 0, flat == 1, flat != 1),
                         ==, flat > 0 && n_nodes > 1 ? 1 : -1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/picking/finds-what-a-look-at-every-node-finds",
                   test_finds_what_a_look_at_every_node_finds);
  g_test_add_func ("/scene/picking/rectangle-holds-the-middles-in-it",
                   test_rectangle_holds_the_middles_in_it);
  g_test_add_func ("/scene/picking/steps-to-the-nearest-in-a-direction",
                   test_steps_to_the_nearest_in_a_direction);
  g_test_add_func ("/scene/picking/ends-at-the-tolerance", test_ends_at_the_tolerance);
  g_test_add_func ("/scene/picking/takes-what-has-no-extent", test_takes_what_has_no_extent);
  return g_test_run ();
}
