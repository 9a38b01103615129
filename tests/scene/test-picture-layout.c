/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where graph and legend go in a saved picture. */

#include <math.h>
#include <string.h>

#include "core/base/rng.h"
#include "draw/picture/picture-layout.h"

#define N_NODES 300

/* Nodes in a square of side 20 around the middle, fewer towards the corners where @roundish. */
static CoterieDrawing *
create_drawing (guint64 seed, gboolean roundish)
{
  CoterieDrawingNode nodes[N_NODES] = {0};
  CoterieRng rng;

  coterie_rng_init (&rng, seed, 0);
  for (guint v = 0; v < N_NODES; v++) {
    double x = 2.0 * coterie_rng_uniform (&rng) - 1.0, y = 2.0 * coterie_rng_uniform (&rng) - 1.0;
    double shrink = roundish ? 10.0 / fmax (hypot (x, y), 1.0) : 10.0;

    for (guint end = 0; end < 2; end++)
      nodes[v].ends[end] = (CoterieDrawingNodeEnd){
          .x = (float) (shrink * x),
          .y = (float) (shrink * y),
          .radius_px = 6.0f,
          .color = {0.5f, 0.5f, 0.5f, 1.0f},
      };
  }
  return coterie_drawing_new (
      &(CoterieDrawingGeometry){.n_nodes = N_NODES, .nodes = nodes, .spreads = {8.0, 8.0}}, 0.0);
}

static CoteriePictureLegend *
create_legend (guint n_rows)
{
  CoterieSceneLegendRow rows[COTERIE_LEGEND_MAX_ROWS] = {0};

  for (guint i = 0; i < n_rows; i++)
    rows[i] = (CoterieSceneLegendRow){
        .name = (char *) "L2 C12", .detail = (char *) "“4” “9”", .n_nodes = 40 - i};
  return coterie_picture_legend_new (&(CoterieSceneLegend){
      .title = (char *) "Communities",
      .n_rows = n_rows,
      .rows = rows,
      .n_rest = 3,
      .size_title = (char *) "Size: strength",
      .size_max = 12.5,
  });
}

/* A height of 0 is the usual one. */
static CoteriePicture
describe_at (CoterieDrawing *drawing,
             const CoteriePictureLegend *legend,
             double width_mm,
             double height_mm,
             double dpi)
{
  CoteriePicture picture = {
      .drawing = drawing,
      .bounds = {-10.0, -10.0, 10.0, 10.0},
      .legend = legend,
  };

  g_assert_true (coterie_picture_size_compute ((CoterieLength){width_mm, COTERIE_LENGTH_MM},
                                               (CoterieLength){height_mm, COTERIE_LENGTH_MM}, dpi,
                                               &picture.size, NULL));
  return picture;
}

static CoteriePicture
describe (CoterieDrawing *drawing, const CoteriePictureLegend *legend, double width_mm)
{
  return describe_at (drawing, legend, width_mm, 0.0, COTERIE_POINTS_PER_INCH);
}

/* How far a node's outline is from the card at the least, pixels; negative where they meet. */
static double
get_distance (const CoterieDrawing *drawing, const CoteriePictureLayout *layout)
{
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, &layout->view);
  const CoterieOverlay *card = &layout->legend;
  double least = G_MAXDOUBLE;

  for (guint v = 0; v < drawing->geometry->n_nodes; v++) {
    CoterieDrawingNodeEnd node = coterie_drawing_blend_node (drawing, v);
    double x_px = metrics.offset_x_px + node.x * metrics.scale_px;
    double y_px = metrics.offset_y_px - node.y * metrics.scale_px;
    double dx = x_px - CLAMP (x_px, card->x_px, card->x_px + card->width_px);
    double dy = y_px - CLAMP (y_px, card->y_px, card->y_px + card->height_px);

    least = fmin (least, hypot (dx, dy) - node.radius_px * metrics.node_scale);
  }
  return least;
}

/* Columns of journals, round and square graphs, few rows and as many as there are at the most. */
static void
test_the_legend_covers_no_node_and_can_be_read (void)
{
  static const double widths_mm[] = {89.0, 122.0, 183.0};

  for (guint i = 0; i < G_N_ELEMENTS (widths_mm); i++)
    for (guint64 seed = 1; seed <= 4; seed++)
      for (guint n_rows = 2; n_rows <= COTERIE_LEGEND_MAX_ROWS; n_rows += 7) {
        g_autoptr (CoterieDrawing) drawing = create_drawing (seed, seed % 2 == 0);
        g_autoptr (CoteriePictureLegend) legend = create_legend (n_rows);
        CoteriePicture picture = describe (drawing, legend, widths_mm[i]);
        CoteriePictureLayout layout;

        coterie_picture_layout_compute (&layout, &picture);
        g_assert_cmpfloat (layout.legend.width_px, >, 0.0);
        g_assert_cmpfloat (get_distance (drawing, &layout), >, 1.0);
        g_assert_cmpfloat (12.0 * layout.unit_px, >=, 6.0 - 1e-9);
        g_assert_cmpfloat (layout.legend.x_px, >, 0.0);
        g_assert_cmpfloat (layout.legend.y_px, >, 0.0);
        g_assert_cmpfloat (layout.legend.x_px + layout.legend.width_px, <, layout.size.width_px);
        g_assert_cmpfloat (layout.legend.y_px + layout.legend.height_px, <, layout.size.height_px);
        g_assert_cmpuint (layout.view.n_overlays, ==, 1);
      }
}

/* Layers beside each other leave no height for all rows below each other. */
static void
test_the_legend_covers_no_node_of_a_flat_graph (void)
{
  for (guint n_rows = 2; n_rows <= COTERIE_LEGEND_MAX_ROWS; n_rows++) {
    g_autoptr (CoterieDrawing) round = create_drawing (1, TRUE);
    CoterieDrawingNode nodes[N_NODES];
    g_autoptr (CoterieDrawing) drawing = NULL;
    g_autoptr (CoteriePictureLegend) legend = create_legend (n_rows);
    CoteriePicture picture;
    CoteriePictureLayout layout;

    memcpy (nodes, round->geometry->nodes, sizeof nodes);
    for (guint v = 0; v < N_NODES; v++)
      for (guint end = 0; end < 2; end++)
        nodes[v].ends[end].y *= 0.12f;
    drawing = coterie_drawing_new (
        &(CoterieDrawingGeometry){.n_nodes = N_NODES, .nodes = nodes, .spreads = {8.0, 8.0}}, 0.0);
    picture = describe (drawing, legend, 89.0);
    picture.bounds.min_y *= 0.12;
    picture.bounds.max_y *= 0.12;
    coterie_picture_layout_compute (&layout, &picture);
    g_assert_cmpfloat (layout.legend.width_px, >, 0.0);
    g_assert_cmpfloat (get_distance (drawing, &layout), >, 1.0);
  }
}

static void
test_the_graph_stays_in_the_picture (void)
{
  for (guint n_rows = 2; n_rows <= COTERIE_LEGEND_MAX_ROWS; n_rows += 7) {
    g_autoptr (CoterieDrawing) drawing = create_drawing (1, FALSE);
    g_autoptr (CoteriePictureLegend) legend = create_legend (n_rows);
    CoteriePicture picture = describe (drawing, legend, 89.0);
    CoteriePictureLayout layout;
    CoterieDrawingMetrics metrics;

    coterie_picture_layout_compute (&layout, &picture);
    metrics = coterie_drawing_measure (drawing, &layout.view);
    for (guint v = 0; v < N_NODES; v++) {
      CoterieDrawingNodeEnd node = coterie_drawing_blend_node (drawing, v);
      double x_px = metrics.offset_x_px + node.x * metrics.scale_px;
      double y_px = metrics.offset_y_px - node.y * metrics.scale_px;

      g_assert_true (x_px > 0.0 && x_px < picture.size.width_px);
      g_assert_true (y_px > 0.0 && y_px < layout.size.height_px);
    }
  }
}

/* In a column of some height sixteen rows have no room below each other: they stand beside each other, or the
 * largest alone, and the graph keeps much of its size. */
static void
test_many_rows_leave_the_graph_its_room (void)
{
  g_autoptr (CoterieDrawing) drawing = create_drawing (1, FALSE);
  g_autoptr (CoteriePictureLegend) legend = create_legend (COTERIE_LEGEND_MAX_ROWS);
  CoteriePicture alone = describe_at (drawing, NULL, 89.0, 55.0, COTERIE_POINTS_PER_INCH);
  CoteriePicture picture = describe_at (drawing, legend, 89.0, 55.0, COTERIE_POINTS_PER_INCH);
  CoteriePictureLayout without, with;

  coterie_picture_layout_compute (&without, &alone);
  coterie_picture_layout_compute (&with, &picture);
  g_assert_cmpfloat (without.legend.width_px, ==, 0.0);
  g_assert_true (with.form.n_columns > 1 || with.form.n_rows < COTERIE_LEGEND_MAX_ROWS);
  g_assert_cmpfloat (with.view.camera.scale, >=, 0.5 * without.view.camera.scale);
}

/* Where the height is free the graph is larger than it would be without a legend, which is below it. */
static void
test_a_narrow_picture_grows_for_its_legend (void)
{
  for (guint n_rows = 2; n_rows <= 9; n_rows += 7) {
    g_autoptr (CoterieDrawing) drawing = create_drawing (1, FALSE);
    g_autoptr (CoteriePictureLegend) legend = create_legend (n_rows);
    CoteriePicture alone = describe (drawing, NULL, 89.0);
    CoteriePicture picture = describe (drawing, legend, 89.0);
    CoteriePictureLayout without, with;

    coterie_picture_layout_compute (&without, &alone);
    coterie_picture_layout_compute (&with, &picture);
    g_assert_cmpint (without.size.height_px, ==, alone.size.height_px);
    g_assert_cmpint (with.size.width_px, ==, picture.size.width_px);
    g_assert_cmpint (with.size.height_px, >, picture.size.height_px);
    g_assert_cmpint (with.size.height_px, <=, with.size.width_px);
    g_assert_cmpint (with.view.height_px, ==, with.size.height_px);
    g_assert_cmpfloat (with.view.camera.scale, >=, without.view.camera.scale);
    g_assert_cmpuint (with.form.n_rows, ==, n_rows);
    g_assert_cmpfloat (with.legend.y_px, >, 0.5 * with.size.height_px);
    g_assert_cmpfloat (with.unit_px, ==, picture.size.text_scale);
  }
}

/* Neither where somebody says how high, nor where there is width enough. */
static void
test_other_pictures_keep_their_height (void)
{
  g_autoptr (CoterieDrawing) drawing = create_drawing (1, FALSE);
  g_autoptr (CoteriePictureLegend) legend = create_legend (9);
  CoteriePicture given = describe_at (drawing, legend, 89.0, 60.0, COTERIE_POINTS_PER_INCH);
  CoteriePicture wide = describe (drawing, legend, 183.0);
  CoteriePictureLayout layout;

  coterie_picture_layout_compute (&layout, &given);
  g_assert_cmpint (layout.size.height_px, ==, given.size.height_px);
  coterie_picture_layout_compute (&layout, &wide);
  g_assert_cmpint (layout.size.height_px, ==, wide.size.height_px);
}

/* Everything is where it is in vectors, but for parts of a point. */
static void
test_pixels_have_the_layout_of_vectors (void)
{
  g_autoptr (CoterieDrawing) drawing = create_drawing (2, TRUE);
  g_autoptr (CoteriePictureLegend) legend = create_legend (9);
  CoteriePicture vectors = describe_at (drawing, legend, 89.0, 0.0, COTERIE_POINTS_PER_INCH);
  CoteriePicture pixels = describe_at (drawing, legend, 89.0, 0.0, 600.0);
  double ratio = 600.0 / COTERIE_POINTS_PER_INCH;
  CoteriePictureLayout in_points, in_pixels;

  coterie_picture_layout_compute (&in_points, &vectors);
  coterie_picture_layout_compute (&in_pixels, &pixels);
  g_assert_cmpfloat_with_epsilon (in_pixels.size.height_px / ratio, in_points.size.height_px, 1.0);
  g_assert_cmpfloat_with_epsilon (in_pixels.legend.y_px / ratio, in_points.legend.y_px, 1.0);
  g_assert_cmpfloat_with_epsilon (in_pixels.legend.x_px / ratio, in_points.legend.x_px, 1.0);
  g_assert_cmpuint (in_pixels.form.n_columns, ==, in_points.form.n_columns);
}

/* In a picture that is higher than the graph needs it is in the middle of what the legend leaves. */
static void
test_the_graph_is_in_the_middle_of_its_room (void)
{
  g_autoptr (CoterieDrawing) drawing = create_drawing (1, FALSE);
  g_autoptr (CoteriePictureLegend) legend = create_legend (9);
  CoteriePicture picture = describe_at (drawing, legend, 89.0, 267.0, COTERIE_POINTS_PER_INCH);
  CoteriePicture alone = describe_at (drawing, NULL, 89.0, 267.0, COTERIE_POINTS_PER_INCH);
  CoteriePictureLayout with, without;
  double top_px, bottom_px, shift_px;

  coterie_picture_layout_compute (&with, &picture);
  coterie_picture_layout_compute (&without, &alone);
  g_assert_cmpfloat_with_epsilon (with.view.camera.scale, without.view.camera.scale, 1e-9);
  top_px =
      with.legend.y_px < 0.5 * with.size.height_px ? with.legend.y_px + with.legend.height_px : 0.0;
  bottom_px = top_px > 0.0 ? with.size.height_px : with.legend.y_px;
  shift_px = 0.5 * (top_px + bottom_px) - 0.5 * with.size.height_px;
  g_assert_cmpfloat_with_epsilon (
      with.view.camera.center_y * with.view.camera.scale * with.view.scale, shift_px, 8.0);
}

static void
test_a_tiny_picture_has_no_legend (void)
{
  g_autoptr (CoterieDrawing) drawing = create_drawing (1, FALSE);
  g_autoptr (CoteriePictureLegend) legend = create_legend (9);
  CoteriePicture picture = describe (drawing, legend, 20.0);
  CoteriePictureLayout layout;

  coterie_picture_layout_compute (&layout, &picture);
  g_assert_cmpfloat (layout.legend.width_px, ==, 0.0);
  g_assert_cmpuint (layout.view.n_overlays, ==, 0);
  g_assert_cmpfloat (layout.frame.width_px, ==, picture.size.width_px);
}

/* A window of 320 by 200 pixels, without a legend: the same section, larger. */
static void
test_shows_what_the_window_shows (void)
{
  g_autoptr (CoterieDrawing) drawing = create_drawing (1, FALSE);
  const CoterieDrawingView seen = {
      .camera = {.center_x = 3.0, .center_y = 4.0, .scale = 10.0},
      .width_px = 640,
      .height_px = 400,
      .scale = 2.0,
  };
  CoteriePicture picture = {
      .drawing = drawing,
      .seen = &seen,
      .size = {.width_px = 320, .height_px = 200, .scale = 0.5, .text_scale = 1.0},
  };
  CoteriePictureLayout layout;

  coterie_picture_layout_compute (&layout, &picture);
  g_assert_cmpfloat_with_epsilon (layout.view.camera.center_x, 3.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (layout.view.camera.center_y, 4.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (layout.view.camera.scale, 20.0, 1e-9);
}

/* Nodes everywhere: the section has a frame, and the legend is beside it. Where the section leaves a
 * corner free, the legend goes there and the frame is the whole picture. */
static void
test_a_section_is_not_covered (void)
{
  g_autoptr (CoterieDrawing) drawing = create_drawing (1, FALSE);
  g_autoptr (CoteriePictureLegend) legend = create_legend (4);
  CoterieDrawingView seen = {
      .camera = {.scale = 35.0}, .width_px = 700, .height_px = 437, .scale = 1.0};
  CoteriePicture picture = describe (drawing, legend, 183.0);
  CoteriePictureLayout full, free_corner;

  picture.seen = &seen;
  coterie_picture_layout_compute (&full, &picture);
  seen.camera = (CoterieCamera){-16.0, -16.0, 25.0};
  coterie_picture_layout_compute (&free_corner, &picture);

  g_assert_cmpfloat (full.legend.width_px, >, 0.0);
  g_assert_true (full.frame.x_px >= full.legend.x_px + full.legend.width_px ||
                 full.frame.x_px + full.frame.width_px <= full.legend.x_px ||
                 full.frame.y_px >= full.legend.y_px + full.legend.height_px ||
                 full.frame.y_px + full.frame.height_px <= full.legend.y_px);
  g_assert_cmpfloat (free_corner.frame.width_px, ==, picture.size.width_px);
  g_assert_cmpfloat (free_corner.frame.height_px, ==, picture.size.height_px);
  g_assert_cmpfloat (get_distance (drawing, &free_corner), >, 1.0);
}

/* In a picture of few pixels the names have the size of the legend's letters. */
static void
test_names_can_be_read_in_a_small_picture (void)
{
  g_autoptr (CoterieDrawing) drawing = create_drawing (1, TRUE);
  CoteriePicture picture = describe (drawing, NULL, 89.0);
  CoteriePictureLayout layout;

  g_assert_true (coterie_picture_size_compute ((CoterieLength){800.0, COTERIE_LENGTH_PX},
                                               (CoterieLength){0}, 300.0, &picture.size, NULL));
  coterie_picture_layout_compute (&layout, &picture);
  g_assert_cmpfloat (layout.view.scale, <, 1.0);
  g_assert_cmpfloat (layout.view.label_scale, >=, 1.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/picture-layout/the-legend-covers-no-node-and-can-be-read",
                   test_the_legend_covers_no_node_and_can_be_read);
  g_test_add_func ("/scene/picture-layout/the-legend-covers-no-node-of-a-flat-graph",
                   test_the_legend_covers_no_node_of_a_flat_graph);
  g_test_add_func ("/scene/picture-layout/the-graph-stays-in-the-picture",
                   test_the_graph_stays_in_the_picture);
  g_test_add_func ("/scene/picture-layout/many-rows-leave-the-graph-its-room",
                   test_many_rows_leave_the_graph_its_room);
  g_test_add_func ("/scene/picture-layout/a-narrow-picture-grows-for-its-legend",
                   test_a_narrow_picture_grows_for_its_legend);
  g_test_add_func ("/scene/picture-layout/other-pictures-keep-their-height",
                   test_other_pictures_keep_their_height);
  g_test_add_func ("/scene/picture-layout/pixels-have-the-layout-of-vectors",
                   test_pixels_have_the_layout_of_vectors);
  g_test_add_func ("/scene/picture-layout/the-graph-is-in-the-middle-of-its-room",
                   test_the_graph_is_in_the_middle_of_its_room);
  g_test_add_func ("/scene/picture-layout/a-tiny-picture-has-no-legend",
                   test_a_tiny_picture_has_no_legend);
  g_test_add_func ("/scene/picture-layout/shows-what-the-window-shows",
                   test_shows_what_the_window_shows);
  g_test_add_func ("/scene/picture-layout/a-section-is-not-covered", test_a_section_is_not_covered);
  g_test_add_func ("/scene/picture-layout/names-can-be-read-in-a-small-picture",
                   test_names_can_be_read_in_a_small_picture);
  return g_test_run ();
}
