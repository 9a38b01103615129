/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "draw/scene/label-painter.h"

#include <math.h>

#include "core/base/rng.h"
#include "draw/scene/label-core.h"

#define N_LABELS 80

static const CoterieDrawingView view = {{0.0, 0.0, 1.0}, 600, 400, 1.0};

/* Labels at random places of the picture, all of one size, in pixels. */
static CoterieDrawing *
make_drawing (guint64 seed, guint n_labels, double spread_frac)
{
  g_autofree CoterieDrawingLabel *labels = g_new0 (CoterieDrawingLabel, n_labels);
  CoterieRng rng;

  coterie_rng_init (&rng, seed, 0);
  for (guint i = 0; i < n_labels; i++) {
    labels[i].text = "label";
    labels[i].size_px = 10.0f;
    for (guint end = 0; end < 2; end++) {
      labels[i].x[end] = (float) (600.0 * spread_frac * (coterie_rng_uniform (&rng) - 0.5));
      labels[i].y[end] = (float) (400.0 * spread_frac * (coterie_rng_uniform (&rng) - 0.5));
      labels[i].opacities[end] = 1.0f;
    }
    labels[i].priority = (float) (i % 7);
  }
  return coterie_drawing_new (
      &(CoterieDrawingGeometry){.n_labels = n_labels, .labels = labels, .spreads = {100.0, 100.0}},
      0.0);
}

static void
measure (guint label, double *width_px, double *height_px, gpointer data)
{
  *width_px = 60.0 + label % 5;
  *height_px = 14.0;
}

static CoterieLabelPlace *
place_in (const CoterieDrawing *drawing, const CoterieDrawingView *seen, const guint *preferred)
{
  CoterieLabelPlace *places = g_new0 (CoterieLabelPlace, drawing->geometry->n_labels);

  coterie_label_placement_compute (drawing, seen, measure, NULL, preferred, places);
  return places;
}

static CoterieLabelPlace *
place (const CoterieDrawing *drawing, const guint *preferred)
{
  return place_in (drawing, &view, preferred);
}

static gboolean
overlap (const CoterieLabelPlace *a, const CoterieLabelPlace *b)
{
  return a->x_px < b->x_px + b->width_px && b->x_px < a->x_px + a->width_px &&
         a->y_px < b->y_px + b->height_px && b->y_px < a->y_px + a->height_px;
}

static void
test_none_overlap (void)
{
  for (guint64 seed = 1; seed <= 10; seed++) {
    g_autoptr (CoterieDrawing) drawing = make_drawing (seed, N_LABELS, 0.8);
    g_autofree CoterieLabelPlace *places = place (drawing, NULL);
    guint n_shown = 0;

    for (guint i = 0; i < N_LABELS; i++) {
      if (places[i].candidate == COTERIE_LABEL_NOWHERE)
        continue;
      n_shown++;
      for (guint j = 0; j < i; j++)
        if (places[j].candidate != COTERIE_LABEL_NOWHERE)
          g_assert_false (overlap (&places[i], &places[j]));
    }
    g_assert_cmpuint (n_shown, >, N_LABELS / 3);
  }
}

static void
test_all_lie_in_the_picture (void)
{
  g_autoptr (CoterieDrawing) drawing = make_drawing (3, N_LABELS, 1.4);
  g_autofree CoterieLabelPlace *places = place (drawing, NULL);
  guint n_left_out = 0;

  for (guint i = 0; i < N_LABELS; i++) {
    n_left_out += places[i].candidate == COTERIE_LABEL_NOWHERE;
    if (places[i].candidate == COTERIE_LABEL_NOWHERE)
      continue;
    /* And keep off its border. */
    g_assert_cmpfloat (places[i].x_px, >=, 6.0);
    g_assert_cmpfloat (places[i].y_px, >=, 6.0);
    g_assert_cmpfloat (places[i].x_px + places[i].width_px, <=, 594.0);
    g_assert_cmpfloat (places[i].y_px + places[i].height_px, <=, 394.0);
  }
  g_assert_cmpuint (n_left_out, >, 0);
}

/* Two for one spot, of which only one has it. */
static guint
find_winner (CoterieDrawingLabel first, CoterieDrawingLabel second)
{
  const CoterieDrawingLabel labels[2] = {first, second};
  g_autoptr (CoterieDrawing) drawing = coterie_drawing_new (
      &(CoterieDrawingGeometry){.n_labels = 2, .labels = labels, .spreads = {1.0, 1.0}}, 0.0);
  g_autofree CoterieLabelPlace *places = place (drawing, NULL);

  g_assert_cmpint (places[0].candidate == 0, !=, places[1].candidate == 0);
  return places[0].candidate != 0;
}

/* By priority, then by size, then by number. */
/* A card at the left and one on the top, in logical pixels of a screen of two pixels for each. */
static void
test_none_lies_below_an_overlay (void)
{
  CoterieDrawingView covered = {
      .camera = {0.0, 0.0, 0.5},
      .width_px = 600,
      .height_px = 400,
      .scale = 2.0,
      .n_overlays = 3,
      .overlays = {{6.0, 80.0, 100.0, 114.0}, {190.0, 6.0, 104.0, 30.0}, {0.0, 0.0, 300.0, 0.0}},
  };
  guint n_placed = 0;

  for (guint64 seed = 1; seed <= 10; seed++) {
    g_autoptr (CoterieDrawing) drawing = make_drawing (seed, N_LABELS, 1.0);
    g_autofree CoterieLabelPlace *places = place_in (drawing, &covered, NULL);

    for (guint i = 0; i < N_LABELS; i++) {
      if (places[i].candidate == COTERIE_LABEL_NOWHERE)
        continue;
      n_placed++;
      for (guint j = 0; j < covered.n_overlays; j++) {
        const CoterieOverlay *overlay = &covered.overlays[j];
        CoterieLabelPlace cover = {
            .x_px = 2.0 * overlay->x_px,
            .y_px = 2.0 * overlay->y_px,
            .width_px = 2.0 * overlay->width_px,
            .height_px = 2.0 * overlay->height_px,
        };

        g_assert_false (overlay->height_px > 0.0 && overlap (&places[i], &cover));
      }
    }
  }
  g_assert_cmpuint (n_placed, >, 100);
}

/* The card begins right below the anchor: the label goes above. */
static void
test_a_covered_label_goes_elsewhere (void)
{
  CoterieDrawingView covered = view;
  CoterieDrawingLabel label = {.text = "label", .size_px = 10.0f, .opacities = {1.0f, 1.0f}};
  g_autoptr (CoterieDrawing) drawing =
      coterie_drawing_new (&(CoterieDrawingGeometry){.n_labels = 1, .labels = &label}, 0.0);
  g_autofree CoterieLabelPlace *free_place = place_in (drawing, &covered, NULL);
  g_autofree CoterieLabelPlace *covered_place = NULL;

  covered.n_overlays = 1;
  covered.overlays[0] = (CoterieOverlay){100.0, 203.0, 400.0, 180.0};
  covered_place = place_in (drawing, &covered, NULL);
  g_assert_cmpuint (free_place->candidate, ==, 0);
  g_assert_cmpuint (covered_place->candidate, !=, 0);
  g_assert_cmpuint (covered_place->candidate, !=, COTERIE_LABEL_NOWHERE);
}

static void
test_important_ones_come_first (void)
{
  CoterieDrawingLabel label = {
      .text = "label", .size_px = 10.0f, .priority = 1.0f, .opacities = {1.0f, 1.0f}};
  CoterieDrawingLabel large = label, important = label;

  large.size_px = 20.0f;
  important.priority = 2.0f;
  g_assert_cmpuint (find_winner (label, label), ==, 0);
  g_assert_cmpuint (find_winner (label, large), ==, 1);
  g_assert_cmpuint (find_winner (large, important), ==, 1);
  g_assert_cmpuint (find_winner (important, large), ==, 0);
}

static void
test_same_labels_same_places (void)
{
  g_autoptr (CoterieDrawing) drawing = make_drawing (5, N_LABELS, 0.8);
  g_autofree CoterieLabelPlace *places = place (drawing, NULL);
  g_autofree CoterieLabelPlace *again = place (drawing, NULL);

  g_assert_cmpmem (places, N_LABELS * sizeof *places, again, N_LABELS * sizeof *again);
}

static void
test_stays_where_it_was (void)
{
  g_autoptr (CoterieDrawing) drawing = make_drawing (1, 1, 0.2);

  for (guint candidate = 0; candidate < 9; candidate++) {
    g_autofree CoterieLabelPlace *places = place (drawing, &candidate);

    g_assert_cmpuint (places[0].candidate, ==, candidate);
  }
}

/* A node on the anchor: the label goes above it. */
static void
test_a_label_covers_no_node (void)
{
  CoterieDrawingLabel label = {.text = "label", .size_px = 10.0f, .opacities = {1.0f, 1.0f}};
  CoterieDrawingNode node = {0};
  g_autoptr (CoterieDrawing) drawing = NULL;
  g_autofree CoterieLabelPlace *places = NULL;
  guint before = 0;
  g_autofree CoterieLabelPlace *steady = NULL;

  for (guint end = 0; end < 2; end++) {
    node.ends[end].radius_px = 4.0f;
    node.ends[end].color.alpha = 1.0f;
  }
  drawing = coterie_drawing_new (
      &(CoterieDrawingGeometry){
          .n_nodes = 1, .nodes = &node, .n_labels = 1, .labels = &label, .spreads = {100.0, 100.0}},
      0.0);
  places = place (drawing, NULL);
  steady = place (drawing, &before);
  g_assert_cmpuint (places->candidate, !=, COTERIE_LABEL_NOWHERE);
  g_assert_cmpfloat (places->y_px + places->height_px, <=, 196.0);
  g_assert_cmpuint (steady->candidate, ==, before);
}

/* In the middle of many nodes: it stands there where it names many more than it hides, or asks for nothing. */
static void
test_a_label_does_not_hide_what_it_names (void)
{
  enum { N_SIDE = 80 };
  g_autofree CoterieDrawingNode *nodes = g_new0 (CoterieDrawingNode, N_SIDE * N_SIDE);
  const guint named[] = {0, 20, N_SIDE * N_SIDE};

  for (guint v = 0; v < N_SIDE * N_SIDE; v++)
    for (guint end = 0; end < 2; end++) {
      nodes[v].ends[end].x = 5.0f * ((float) (v % N_SIDE) - 0.5f * N_SIDE);
      nodes[v].ends[end].y = 5.0f * ((float) (v / N_SIDE) - 0.5f * N_SIDE);
      nodes[v].ends[end].radius_px = 4.0f;
      nodes[v].ends[end].color.alpha = 1.0f;
    }
  for (guint i = 0; i < G_N_ELEMENTS (named); i++) {
    CoterieDrawingLabel label = {
        .text = "label", .size_px = 10.0f, .n_named = named[i], .opacities = {1.0f, 1.0f}};
    g_autoptr (CoterieDrawing) drawing =
        coterie_drawing_new (&(CoterieDrawingGeometry){.n_nodes = N_SIDE * N_SIDE,
                                                       .nodes = nodes,
                                                       .n_labels = 1,
                                                       .labels = &label,
                                                       .spreads = {100.0, 100.0}},
                             0.0);
    g_autofree CoterieLabelPlace *places = place (drawing, NULL);

    g_assert_cmpint (places->candidate == COTERIE_LABEL_NOWHERE, ==, named[i] == 20);
  }
}

/* Communities of one drawing, in pixels from the middle of the view: the first has the most nodes. */
typedef struct {
  float x;
  float y;
  guint n_nodes;
  float spacing;
  float reach; /* of the core; 0 for the whole */
} Block;

/* Every block is a square of nodes, and has a name. */
static CoterieDrawing *
draw_blocks (const Block *blocks, guint n_blocks)
{
  g_autofree CoterieDrawingLabel *labels = g_new0 (CoterieDrawingLabel, n_blocks);
  g_autoptr (GArray) nodes = g_array_new (FALSE, TRUE, sizeof (CoterieDrawingNode));
  g_autoptr (GArray) owners = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 0; i < n_blocks; i++) {
    const Block *block = &blocks[i];
    guint n_side = (guint) ceil (sqrt (block->n_nodes));
    float half = 0.5f * block->spacing * (float) (n_side - 1);

    labels[i] = (CoterieDrawingLabel){
        .text = "label",
        .size_px = 10.0f,
        .priority = (float) block->n_nodes,
        .n_named = block->n_nodes,
        .opacities = {1.0f, 1.0f},
    };
    for (guint v = 0; v < block->n_nodes; v++) {
      CoterieDrawingNodeEnd end = {
          .x = block->x - half + block->spacing * (float) (v % n_side),
          .y = block->y - half + block->spacing * (float) (v / n_side),
          .radius_px = 4.0f,
          .color = {.alpha = 1.0f},
      };

      g_array_append_val (nodes, ((CoterieDrawingNode){.ends = {end, end}}));
      g_array_append_val (owners, i);
    }
    for (guint end = 0; end < 2; end++) {
      labels[i].x[end] = block->x;
      labels[i].y[end] = block->y;
      labels[i].left[end] = labels[i].right[end] = labels[i].below[end] = labels[i].above[end] =
          block->reach > 0.0f ? block->reach : half;
      labels[i].clearance_px[end] = 4.0f;
    }
  }
  return coterie_drawing_new (
      &(CoterieDrawingGeometry){
          .n_nodes = nodes->len,
          .nodes = (const CoterieDrawingNode *) (const void *) nodes->data,
          .n_labels = n_blocks,
          .labels = labels,
          .node_labels = {(const guint32 *) (const void *) owners->data,
                          (const guint32 *) (const void *) owners->data},
          .spreads = {100.0, 100.0},
      },
      0.0);
}

/* It lies at the upper border below a card that leaves it no room above, and between two others. */
static void
test_the_largest_has_a_label_at_the_border (void)
{
  const Block blocks[] = {{0.0f, 150.0f, 49, 12.0f, 0.0f},
                          {90.0f, 150.0f, 25, 12.0f, 0.0f},
                          {-90.0f, 150.0f, 25, 12.0f, 0.0f},
                          {0.0f, -100.0f, 9, 12.0f, 0.0f}};
  g_autoptr (CoterieDrawing) drawing = draw_blocks (blocks, G_N_ELEMENTS (blocks));
  CoterieDrawingView covered = view;
  g_autofree CoterieLabelPlace *places = NULL;

  covered.n_overlays = 1;
  covered.overlays[0] = (CoterieOverlay){150.0, 0.0, 300.0, 16.0};
  places = place_in (drawing, &covered, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    g_assert_cmpuint (places[i].candidate, !=, COTERIE_LABEL_NOWHERE);
  g_assert_cmpfloat (ABS (places[0].x_px + 0.5 * places[0].width_px - 300.0), <=, 40.0);
  g_assert_cmpfloat (places[0].y_px, <, 100.0);
}

/* In the middle of the largest, whose nodes lie far apart, is another one. Its name stands right below or above
 * one of its nodes, at once when the view is at rest, and stays there while something moves. */
static void
test_the_largest_has_a_label_where_it_is_scattered (void)
{
  const Block blocks[] = {{0.0f, 0.0f, 16, 100.0f, 20.0f}, {0.0f, 0.0f, 15, 14.0f, 0.0f}};
  const guint nowhere[] = {COTERIE_LABEL_NOWHERE, COTERIE_LABEL_NOWHERE};
  g_autoptr (CoterieDrawing) drawing = draw_blocks (blocks, G_N_ELEMENTS (blocks));
  g_autofree CoterieLabelPlace *places = place (drawing, NULL);
  const guint kept[] = {places[0].candidate, places[1].candidate};
  g_autofree CoterieLabelPlace *moved = place (drawing, kept);
  g_autofree CoterieLabelPlace *moved_first = place (drawing, nowhere);

  g_assert_cmpuint (places[0].candidate, >=, COTERIE_LABEL_BESIDE);
  g_assert_cmpuint (places[0].candidate, <, COTERIE_LABEL_AWAY);
  g_assert_cmpuint (places[1].candidate, <, COTERIE_LABEL_BESIDE);
  g_assert_cmpfloat (fabs (fabs (places[0].x_px + 0.5 * places[0].width_px - 300.0) - 50.0), <=,
                     1.0);
  g_assert_cmpfloat (fabs (places[0].y_px + 0.5 * places[0].height_px - 200.0), >, 50.0);
  g_assert_cmpfloat (fabs (places[0].y_px + 0.5 * places[0].height_px - 200.0), <, 70.0);
  g_assert_cmpuint (moved[0].candidate, ==, places[0].candidate);
  g_assert_cmpfloat (moved[0].y_px, ==, places[0].y_px);
  g_assert_cmpuint (moved_first[0].candidate, ==, COTERIE_LABEL_NOWHERE);
}

/* Right above it is another community: it goes below. */
static void
test_a_label_stands_among_what_it_names (void)
{
  const Block blocks[] = {{0.0f, 0.0f, 49, 9.0f, 0.0f}, {0.0f, 95.0f, 49, 12.0f, 0.0f}};
  g_autoptr (CoterieDrawing) drawing = draw_blocks (blocks, G_N_ELEMENTS (blocks));
  g_autofree CoterieLabelPlace *places = place (drawing, NULL);

  g_assert_cmpuint (places[0].candidate, !=, COTERIE_LABEL_NOWHERE);
  g_assert_cmpfloat (places[0].y_px, >, 200.0);
  g_assert_cmpuint (places[1].candidate, !=, COTERIE_LABEL_NOWHERE);
  g_assert_cmpfloat (places[1].y_px + places[1].height_px, <, 90.0);
}

/* The first would stand below a card, and the others do as it does; names keep off all of them. */
/* What a label names reaches less far up and down than it says: there the label would be away from it, while to
 * the right it is near. */
static void
test_a_label_stands_near_to_what_it_names (void)
{
  const Block block = {.n_nodes = 144, .spacing = 10.0f, .reach = 64.0f};
  g_autoptr (CoterieDrawing) far = draw_blocks (&block, 1);
  CoterieDrawingLabel label = far->geometry->labels[0];
  CoterieDrawingGeometry geometry = *far->geometry;
  g_autoptr (CoterieDrawing) near = NULL;
  g_autofree CoterieLabelPlace *places = NULL;
  g_autofree CoterieLabelPlace *nearer_places = NULL;

  places = place (far, NULL);
  g_assert_cmpfloat (places->y_px + places->height_px, <, 200.0 - 55.0);

  label.right[0] = label.right[1] = 55.0f;
  geometry.labels = &label;
  near = coterie_drawing_new (&geometry, 0.0);
  nearer_places = place (near, NULL);
  g_assert_cmpfloat (nearer_places->x_px, >, 300.0 + 55.0);
}

static void
test_headings_stand_at_one_height (void)
{
  CoterieDrawingLabel labels[4];
  g_autoptr (CoterieDrawing) drawing = NULL;
  CoterieDrawingView covered = view;
  g_autofree CoterieLabelPlace *places = NULL;

  for (guint i = 0; i < 4; i++) {
    labels[i] = (CoterieDrawingLabel){
        .text = "label",
        .size_px = 10.0f,
        .heading = i < 3,
        .x = {-150.0f + 150.0f * (float) i, 0.0f},
        .y = {190.0f, 190.0f},
        .priority = (float) i,
        .opacities = {1.0f, 1.0f},
    };
  }
  labels[3].x[0] = 0.0f;
  labels[3].y[0] = 150.0f;
  drawing = coterie_drawing_new (&(CoterieDrawingGeometry){.n_labels = 4, .labels = labels}, 0.0);
  covered.n_overlays = 1;
  covered.overlays[0] = (CoterieOverlay){100.0, 0.0, 60.0, 20.0};
  places = place_in (drawing, &covered, NULL);
  for (guint i = 0; i < 3; i++) {
    g_assert_cmpuint (places[i].candidate, ==, 0);
    g_assert_cmpfloat (places[i].y_px, ==, 22.0);
  }
  g_assert_cmpuint (places[3].candidate, !=, COTERIE_LABEL_NOWHERE);
  g_assert_cmpfloat (places[3].y_px, >=, 22.0 + 14.0 + 8.0);
}

/* What lies on the first row moves that row alone. */
static void
test_rows_of_headings_move_alone (void)
{
  CoterieDrawingLabel labels[4];
  g_autoptr (CoterieDrawing) drawing = NULL;
  CoterieDrawingView covered = view;
  g_autofree CoterieLabelPlace *places = NULL;

  for (guint i = 0; i < 4; i++)
    labels[i] = (CoterieDrawingLabel){
        .text = "label",
        .size_px = 10.0f,
        .heading = TRUE,
        .x = {i % 2 == 0 ? -150.0f : 150.0f, 0.0f},
        .y = {i < 2 ? 190.0f : 0.0f, i < 2 ? 190.0f : 0.0f},
        .opacities = {1.0f, 1.0f},
    };
  drawing = coterie_drawing_new (&(CoterieDrawingGeometry){.n_labels = 4, .labels = labels}, 0.0);
  covered.n_overlays = 1;
  covered.overlays[0] = (CoterieOverlay){100.0, 0.0, 60.0, 20.0};
  places = place_in (drawing, &covered, NULL);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat (places[i].y_px, ==, i < 2 ? 22.0 : 200.0 - 14.0 - 2.0);
}

static void
test_the_core_stays_where_most_are (void)
{
  enum { N_NODES = 41 };
  float positions[2 * N_NODES];
  guint32 members[N_NODES];
  CoterieLabelCore core, point, nothing;

  for (guint32 v = 0; v < N_NODES; v++) {
    members[v] = v;
    positions[2 * v] = (float) (v % 6);
    positions[2 * v + 1] = (float) (v / 6 % 6);
  }
  /* One farther away than all the others are wide, and four beside each other. */
  for (guint v = 36; v < N_NODES; v++) {
    positions[2 * v] = v == 40 ? 500.0f : 60.0f;
    positions[2 * v + 1] = 2.5f;
  }
  core = coterie_label_core_find (positions, members, N_NODES);
  g_assert_cmpfloat (fabsf (core.x - 2.5f), <, 0.8f);
  g_assert_cmpfloat (fabsf (core.y - 2.5f), <, 0.1f);
  g_assert_cmpfloat (core.x + core.right, ==, 5.0f);
  g_assert_cmpfloat (core.x - core.left, ==, 0.0f);
  g_assert_cmpfloat (core.y + core.above, ==, 5.0f);
  g_assert_cmpfloat (core.y - core.below, ==, 0.0f);

  point = coterie_label_core_find (positions, members + 7, 1);
  g_assert_cmpfloat (point.x, ==, 1.0f);
  g_assert_cmpfloat (point.y, ==, 1.0f);
  g_assert_cmpfloat (point.right, ==, 0.0f);
  nothing = coterie_label_core_find (positions, members, 0);
  g_assert_cmpfloat (nothing.x, ==, 0.0f);
}

static void
test_labels_have_a_scale_of_their_own (void)
{
  g_autoptr (CoterieDrawing) drawing = make_drawing (1, 1, 0.2);
  g_autoptr (CoterieLabelPainter) painter = coterie_label_painter_new ();
  CoterieDrawingView small = view;
  CoterieLabelPlace at_scale, larger;

  small.scale = 0.5;
  at_scale = *coterie_label_painter_place (painter, drawing, &small);
  small.label_scale = 1.0;
  larger = *coterie_label_painter_place (painter, drawing, &small);
  g_assert_cmpfloat (larger.width_px, >, 1.5 * at_scale.width_px);
  g_assert_cmpfloat (larger.height_px, >, 1.5 * at_scale.height_px);
}

static void
test_anchor_moves_with_the_blend (void)
{
  g_autoptr (CoterieDrawing) drawing = make_drawing (4, 1, 0.5);
  g_autoptr (CoterieDrawing) halfway = coterie_drawing_with_blend (drawing, 0.5);
  g_autoptr (CoterieDrawing) end = coterie_drawing_with_blend (drawing, 1.0);
  g_autofree CoterieLabelPlace *first = place (drawing, NULL);
  g_autofree CoterieLabelPlace *middle = place (halfway, NULL);
  g_autofree CoterieLabelPlace *last = place (end, NULL);

  /* Each is rounded to a whole pixel. */
  g_assert_cmpfloat (ABS (0.5 * (first->x_px + last->x_px) - middle->x_px), <=, 1.0);
  g_assert_cmpfloat (ABS (0.5 * (first->y_px + last->y_px) - middle->y_px), <=, 1.0);
  g_assert_cmpfloat (ABS (first->x_px - last->x_px), >, 4.0);
}

static void
test_unseen_ones_take_no_room (void)
{
  CoterieDrawingLabel labels[2] = {
      {.text = "unseen", .size_px = 10.0f, .priority = 2.0f},
      {.text = "seen", .size_px = 10.0f, .priority = 1.0f, .opacities = {0.5f, 1.0f}},
  };
  g_autoptr (CoterieDrawing) drawing = coterie_drawing_new (
      &(CoterieDrawingGeometry){.n_labels = 2, .labels = labels, .spreads = {1.0, 1.0}}, 0.0);
  g_autofree CoterieLabelPlace *places = place (drawing, NULL);

  g_assert_cmpuint (places[0].candidate, ==, COTERIE_LABEL_NOWHERE);
  g_assert_cmpuint (places[1].candidate, ==, 0);
  g_assert_cmpfloat (places[1].opacity, ==, 0.5);
}

static void
assert_same_places (const CoterieLabelPlace *places, const CoterieLabelPlace *expected)
{
  for (guint i = 0; i < N_LABELS; i++) {
    g_assert_cmpuint (places[i].candidate, ==, expected[i].candidate);
    if (places[i].candidate == COTERIE_LABEL_NOWHERE)
      continue;
    g_assert_cmpfloat (places[i].x_px, ==, expected[i].x_px);
    g_assert_cmpfloat (places[i].y_px, ==, expected[i].y_px);
  }
}

/* On the way labels keep their places; the first picture that does not move puts them where a painter
 * has them that has seen nothing else. */
static void
test_settle_when_nothing_moves (void)
{
  g_autoptr (CoterieDrawing) drawing = make_drawing (6, N_LABELS, 1.0);
  g_autoptr (CoterieLabelPainter) painter = coterie_label_painter_new ();
  g_autoptr (CoterieLabelPainter) fresh = coterie_label_painter_new ();
  CoterieDrawingView near = view;

  near.camera.scale = 1.6;
  coterie_label_painter_place (painter, drawing, &view);
  g_assert_true (coterie_label_painter_get_settled (painter));
  coterie_label_painter_place (painter, drawing, &near);
  g_assert_false (coterie_label_painter_get_settled (painter));
  assert_same_places (coterie_label_painter_place (painter, drawing, &near),
                      coterie_label_painter_place (fresh, drawing, &near));
  g_assert_true (coterie_label_painter_get_settled (painter));
}

static void
test_without_labels_nothing_has_to_settle (void)
{
  g_autoptr (CoterieDrawing) drawing = make_drawing (6, N_LABELS, 1.0);
  g_autoptr (CoterieDrawing) empty = make_drawing (6, 0, 1.0);
  g_autoptr (CoterieLabelPainter) painter = coterie_label_painter_new ();
  CoterieDrawingView near = view;

  near.camera.scale = 1.6;
  coterie_label_painter_place (painter, drawing, &view);
  coterie_label_painter_place (painter, empty, &near);
  g_assert_true (coterie_label_painter_get_settled (painter));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/label-placement/none-overlap", test_none_overlap);
  g_test_add_func ("/scene/label-placement/all-lie-in-the-picture", test_all_lie_in_the_picture);
  g_test_add_func ("/scene/label-placement/none-lies-below-an-overlay",
                   test_none_lies_below_an_overlay);
  g_test_add_func ("/scene/label-placement/a-covered-label-goes-elsewhere",
                   test_a_covered_label_goes_elsewhere);
  g_test_add_func ("/scene/label-placement/important-ones-come-first",
                   test_important_ones_come_first);
  g_test_add_func ("/scene/label-placement/same-labels-same-places", test_same_labels_same_places);
  g_test_add_func ("/scene/label-placement/stays-where-it-was", test_stays_where_it_was);
  g_test_add_func ("/scene/label-placement/a-label-covers-no-node", test_a_label_covers_no_node);
  g_test_add_func ("/scene/label-placement/a-label-does-not-hide-what-it-names",
                   test_a_label_does_not_hide_what_it_names);
  g_test_add_func ("/scene/label-placement/the-largest-has-a-label-at-the-border",
                   test_the_largest_has_a_label_at_the_border);
  g_test_add_func ("/scene/label-placement/a-label-stands-among-what-it-names",
                   test_a_label_stands_among_what_it_names);
  g_test_add_func ("/scene/label-placement/the-largest-has-a-label-where-it-is-scattered",
                   test_the_largest_has_a_label_where_it_is_scattered);
  g_test_add_func ("/scene/label-placement/a-label-stands-near-to-what-it-names",
                   test_a_label_stands_near_to_what_it_names);
  g_test_add_func ("/scene/label-placement/headings-stand-at-one-height",
                   test_headings_stand_at_one_height);
  g_test_add_func ("/scene/label-placement/rows-of-headings-move-alone",
                   test_rows_of_headings_move_alone);
  g_test_add_func ("/scene/label-core/stays-where-most-are", test_the_core_stays_where_most_are);
  g_test_add_func ("/scene/label-painter/labels-have-a-scale-of-their-own",
                   test_labels_have_a_scale_of_their_own);
  g_test_add_func ("/scene/label-placement/anchor-moves-with-the-blend",
                   test_anchor_moves_with_the_blend);
  g_test_add_func ("/scene/label-placement/unseen-ones-take-no-room",
                   test_unseen_ones_take_no_room);
  g_test_add_func ("/scene/label-painter/settle-when-nothing-moves",
                   test_settle_when_nothing_moves);
  g_test_add_func ("/scene/label-painter/without-labels-nothing-has-to-settle",
                   test_without_labels_nothing_has_to_settle);
  return g_test_run ();
}
