/* SPDX-License-Identifier: GPL-3.0-or-later */

/* That no label is taken for the name of something else, in crowded pictures and close views. */

#include <math.h>

#include "core/base/rng.h"
#include "draw/scene/label-core.h"
#include "draw/scene/label-placement.h"

enum { N_GROUPS = 9, N_MEMBERS = 36, N_NODES = N_GROUPS * N_MEMBERS };

#define N_SEEDS 12

/* A column of a journal, and its letters. */
static const CoterieDrawingView column = {
    .camera = {0.0, 0.0, 1.0}, .width_px = 500, .height_px = 312, .scale = 1.0, .leaders = TRUE};

static double
draw_normal (CoterieRng *rng)
{
  double sum = 0.0;

  for (guint i = 0; i < 12; i++)
    sum += coterie_rng_uniform (rng);
  return sum - 6.0;
}

/* Clouds of nodes around the middle that run into each other, in pixels. */
static CoterieDrawing *
draw_clouds (guint64 seed)
{
  g_autofree CoterieDrawingNode *nodes = g_new0 (CoterieDrawingNode, N_NODES);
  CoterieDrawingLabel labels[N_GROUPS] = {0};
  guint32 owners[N_NODES], members[N_NODES];
  float positions[2 * N_NODES];
  CoterieRng rng;

  coterie_rng_init (&rng, seed, 0);
  for (guint32 v = 0; v < N_NODES; v++) {
    guint group = v / N_MEMBERS;
    double turn_rad = 2.0 * G_PI * group / N_GROUPS, reach_px = group % 3 == 0 ? 50.0 : 105.0;

    owners[v] = group;
    members[v] = v;
    positions[2 * v] = (float) (reach_px * cos (turn_rad) + 14.0 * draw_normal (&rng));
    positions[2 * v + 1] = (float) (reach_px * sin (turn_rad) + 14.0 * draw_normal (&rng));
    for (guint end = 0; end < 2; end++)
      nodes[v].ends[end] = (CoterieDrawingNodeEnd){
          .x = positions[2 * v],
          .y = positions[2 * v + 1],
          .radius_px = 3.0f,
          .color = {.alpha = 1.0f},
      };
  }
  for (guint i = 0; i < N_GROUPS; i++) {
    CoterieLabelCore core = coterie_label_core_find (positions, members + i * N_MEMBERS, N_MEMBERS);

    labels[i] = (CoterieDrawingLabel){
        .x = {core.x, core.x},
        .y = {core.y, core.y},
        .left = {core.left, core.left},
        .right = {core.right, core.right},
        .below = {core.below, core.below},
        .above = {core.above, core.above},
        .clearance_px = {3.0f, 3.0f},
        .text = "label",
        .size_px = 13.0f,
        .priority = (float) (N_GROUPS - i),
        .n_named = N_MEMBERS,
        .opacities = {1.0f, 1.0f},
    };
  }
  return coterie_drawing_new (
      &(CoterieDrawingGeometry){
          .n_nodes = N_NODES,
          .nodes = nodes,
          .n_labels = N_GROUPS,
          .labels = labels,
          .node_labels = {owners, owners},
          .spreads = {100.0, 100.0},
      },
      0.0);
}

static void
measure (guint label, double *width_px, double *height_px, gpointer data)
{
  *width_px = 60.0;
  *height_px = 16.0;
}

static void
find_middle (const CoterieDrawing *drawing,
             const CoterieDrawingView *view,
             guint node,
             double *x_px,
             double *y_px)
{
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, view);
  CoterieDrawingNodeEnd end = coterie_drawing_blend_node (drawing, node);

  *x_px = metrics.offset_x_px + end.x * metrics.scale_px;
  *y_px = metrics.offset_y_px - end.y * metrics.scale_px;
}

/* Of the nodes below a label and up to its height from it, or the one that is nearest: which part is not
 * what it names. */
static double
get_strange_frac (const CoterieDrawing *drawing,
                  const CoterieDrawingView *view,
                  guint label,
                  const CoterieLabelPlace *place)
{
  guint n_near = 0, n_strange = 0, nearest = 0;
  double least_px = G_MAXDOUBLE;

  for (guint v = 0; v < N_NODES; v++) {
    gboolean strange = drawing->geometry->node_labels[0][v] != label;
    double x_px, y_px, distance_px;

    find_middle (drawing, view, v, &x_px, &y_px);
    distance_px = hypot (x_px - CLAMP (x_px, place->x_px, place->x_px + place->width_px),
                         y_px - CLAMP (y_px, place->y_px, place->y_px + place->height_px));
    if (distance_px < least_px) {
      least_px = distance_px;
      nearest = v;
    }
    if (distance_px > place->height_px)
      continue;
    n_near++;
    n_strange += strange;
  }
  if (n_near == 0)
    return drawing->geometry->node_labels[0][nearest] != label;
  return (double) n_strange / n_near;
}

static gboolean
ends_on_own (const CoterieDrawing *drawing,
             const CoterieDrawingView *view,
             guint label,
             const CoterieLabelLeader *leader)
{
  for (guint v = 0; v < N_NODES; v++) {
    double x_px, y_px;

    find_middle (drawing, view, v, &x_px, &y_px);
    if (hypot (x_px - leader->to.x_px, y_px - leader->to.y_px) < 0.5)
      return drawing->geometry->node_labels[0][v] == label;
  }
  return FALSE;
}

static CoterieLabelBox
get_box (const CoterieLabelPlace *place)
{
  return (CoterieLabelBox){place->x_px, place->y_px, place->width_px, place->height_px};
}

/* Returns: how many labels without a line there are. */
static guint
assert_not_mistakable (const CoterieDrawing *drawing,
                       const CoterieDrawingView *view,
                       guint *n_leaders)
{
  CoterieLabelPlace places[N_GROUPS];
  guint n_at_home = 0;

  coterie_label_placement_compute (drawing, view, measure, NULL, NULL, places);
  for (guint i = 0; i < N_GROUPS; i++) {
    if (places[i].candidate == COTERIE_LABEL_NOWHERE)
      continue;
    if (places[i].candidate == COTERIE_LABEL_AWAY) {
      g_assert_true (ends_on_own (drawing, view, i, &places[i].leader));
      *n_leaders += 1;
    } else {
      g_assert_cmpfloat (get_strange_frac (drawing, view, i, &places[i]), <, 0.5);
      n_at_home++;
    }
  }
  return n_at_home;
}

static void
test_none_is_nearer_to_others (void)
{
  guint n_at_home = 0, n_leaders = 0;

  for (guint64 seed = 1; seed <= N_SEEDS; seed++) {
    g_autoptr (CoterieDrawing) drawing = draw_clouds (seed);
    CoterieDrawingView view = column;

    for (guint i = 0; i < 4; i++) {
      view.camera.scale = 0.5 + 0.15 * i;
      n_at_home += assert_not_mistakable (drawing, &view, &n_leaders);
    }
  }
  g_assert_cmpuint (n_at_home, >, 4 * N_SEEDS);
  g_assert_cmpuint (n_leaders, >, 4 * N_SEEDS);
}

/* A few neighbours only are in the picture, and the names of the others stay out of it. */
static void
test_none_is_nearer_to_others_from_close_by (void)
{
  guint n_at_home = 0, n_leaders = 0;

  for (guint64 seed = 1; seed <= N_SEEDS; seed++) {
    g_autoptr (CoterieDrawing) drawing = draw_clouds (seed);
    CoterieDrawingView close = column;

    close.leaders = FALSE;
    close.camera.scale = 5.0;
    for (guint i = 0; i < 12; i++) {
      close.camera.center_x = 90.0 * cos (2.0 * G_PI * i / 12.0);
      close.camera.center_y = 90.0 * sin (2.0 * G_PI * i / 12.0);
      n_at_home += assert_not_mistakable (drawing, &close, &n_leaders);
    }
  }
  g_assert_cmpuint (n_at_home, >, 8 * N_SEEDS);
  g_assert_cmpuint (n_leaders, ==, 0);
}

/* The middle of what is named is beyond the left border, and its right part is in the picture. */
static void
test_a_name_comes_along_with_what_is_seen (void)
{
  guint n_shown = 0;

  for (guint64 seed = 1; seed <= N_SEEDS; seed++) {
    g_autoptr (CoterieDrawing) drawing = draw_clouds (seed);
    CoterieDrawingView close = column;

    close.leaders = FALSE;
    close.camera.scale = 10.0;
    for (guint i = 0; i < N_GROUPS; i++) {
      const CoterieDrawingLabel *label = &drawing->geometry->labels[i];
      double left = label->x[0] + 0.5f * label->right[0];
      CoterieLabelPlace places[N_GROUPS];

      close.camera.center_x = left + 0.5 * close.width_px / close.camera.scale;
      close.camera.center_y = label->y[0];
      coterie_label_placement_compute (drawing, &close, measure, NULL, NULL, places);
      n_shown += places[i].candidate != COTERIE_LABEL_NOWHERE;
    }
  }
  g_assert_cmpuint (n_shown, >, 3 * N_SEEDS * N_GROUPS / 4);
}

static void
test_lines_meet_neither_names_nor_lines (void)
{
  guint n_leaders = 0;

  for (guint64 seed = 1; seed <= N_SEEDS; seed++) {
    g_autoptr (CoterieDrawing) drawing = draw_clouds (seed);
    CoterieDrawingView covered = column;
    CoterieLabelPlace places[N_GROUPS];
    CoterieLabelBox cover = {0.0, 60.0, 170.0, 200.0};

    covered.camera.scale = 0.5;
    covered.n_overlays = 1;
    covered.overlays[0] = (CoterieOverlay){cover.x_px, cover.y_px, cover.width_px, cover.height_px};
    coterie_label_placement_compute (drawing, &covered, measure, NULL, NULL, places);
    for (guint i = 0; i < N_GROUPS; i++) {
      if (places[i].candidate != COTERIE_LABEL_AWAY)
        continue;
      n_leaders++;
      g_assert_false (coterie_label_leader_meets (&places[i].leader, &cover));
      for (guint j = 0; j < N_GROUPS; j++) {
        CoterieLabelBox box = get_box (&places[j]);

        if (j == i || places[j].candidate == COTERIE_LABEL_NOWHERE)
          continue;
        g_assert_false (coterie_label_leader_meets (&places[i].leader, &box));
        g_assert_false (places[j].candidate == COTERIE_LABEL_AWAY &&
                        coterie_label_leader_crosses (&places[i].leader, &places[j].leader));
      }
    }
  }
  g_assert_cmpuint (n_leaders, >, N_SEEDS);
}

static void
test_a_line_meets_a_box (void)
{
  const CoterieLabelBox box = {10.0, 10.0, 20.0, 10.0};
  const CoterieLabelLeader through = {{0.0, 0.0}, {40.0, 30.0}}, past = {{0.0, 0.0}, {40.0, 8.0}},
                           short_of_it = {{0.0, 15.0}, {9.0, 15.0}},
                           inside = {{12.0, 12.0}, {12.0, 14.0}},
                           level_above = {{0.0, 5.0}, {50.0, 5.0}};

  g_assert_true (coterie_label_leader_meets (&through, &box));
  g_assert_true (coterie_label_leader_meets (&inside, &box));
  g_assert_false (coterie_label_leader_meets (&past, &box));
  g_assert_false (coterie_label_leader_meets (&short_of_it, &box));
  g_assert_false (coterie_label_leader_meets (&level_above, &box));
}

static void
test_lines_cross (void)
{
  const CoterieLabelLeader falling = {{0.0, 0.0}, {10.0, 10.0}},
                           rising = {{0.0, 10.0}, {10.0, 0.0}},
                           beside = {{20.0, 0.0}, {20.0, 10.0}},
                           touching = {{0.0, 0.0}, {9.0, 0.0}};

  g_assert_true (coterie_label_leader_crosses (&falling, &rising));
  g_assert_false (coterie_label_leader_crosses (&falling, &beside));
  g_assert_false (coterie_label_leader_crosses (&falling, &touching));
}

/* To the nearest of the ends, from the nearest point of the border. */
static void
test_the_shortest_line_is_taken (void)
{
  const CoterieLabelBox box = {10.0, 10.0, 20.0, 10.0};
  const CoterieLabelPoint points[] = {{100.0, 100.0}, {15.0, 26.0}, {50.0, 15.0}};
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (CoterieLabelPoint));
  CoterieLabelLeader leader;

  g_array_append_vals (ends, points, G_N_ELEMENTS (points));
  leader = coterie_label_leader_find (&box, ends);
  g_assert_cmpfloat (leader.from.x_px, ==, 15.0);
  g_assert_cmpfloat (leader.from.y_px, ==, 20.0);
  g_assert_cmpfloat (leader.to.y_px, ==, 26.0);
  g_assert_cmpfloat (coterie_label_leader_get_length (&leader), ==, 6.0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/label-leaders/none-is-nearer-to-others", test_none_is_nearer_to_others);
  g_test_add_func ("/scene/label-leaders/none-is-nearer-to-others-from-close-by",
                   test_none_is_nearer_to_others_from_close_by);
  g_test_add_func ("/scene/label-leaders/a-name-comes-along-with-what-is-seen",
                   test_a_name_comes_along_with_what_is_seen);
  g_test_add_func ("/scene/label-leaders/lines-meet-neither-names-nor-lines",
                   test_lines_meet_neither_names_nor_lines);
  g_test_add_func ("/scene/label-leaders/a-line-meets-a-box", test_a_line_meets_a_box);
  g_test_add_func ("/scene/label-leaders/lines-cross", test_lines_cross);
  g_test_add_func ("/scene/label-leaders/the-shortest-line-is-taken",
                   test_the_shortest_line_is_taken);
  return g_test_run ();
}
