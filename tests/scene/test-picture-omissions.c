/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a picture lacks, and what is said about it. */

#include "draw/picture/picture-omissions.h"

#define N_LABELS 9

/* Nine nodes on a grid, each with a label; the last label is not to be seen. */
static CoterieDrawing *
create_drawing (void)
{
  static const char *const texts[N_LABELS] = {"C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9"};
  CoterieDrawingNode nodes[N_LABELS] = {0};
  CoterieDrawingLabel labels[N_LABELS] = {0};

  for (guint i = 0; i < N_LABELS; i++) {
    float x = (float) (i % 3), y = (float) (i / 3);
    float opacity = i + 1 < N_LABELS ? 1.0f : 0.0f;

    labels[i] = (CoterieDrawingLabel){.text = texts[i],
                                      .x = {x, x},
                                      .y = {y, y},
                                      .opacities = {opacity, opacity},
                                      .size_px = 13.0f,
                                      .color = {0.0f, 0.0f, 0.0f, 1.0f}};
    for (guint end = 0; end < 2; end++)
      nodes[i].ends[end] = (CoterieDrawingNodeEnd){
          .x = x, .y = y, .radius_px = 4.0f, .color = {0.5f, 0.5f, 0.5f, 1.0f}};
  }
  return coterie_drawing_new (&(CoterieDrawingGeometry){.n_nodes = N_LABELS,
                                                        .nodes = nodes,
                                                        .n_labels = N_LABELS,
                                                        .labels = labels,
                                                        .spreads = {1.0, 1.0}},
                              0.0);
}

static CoteriePictureLegend *
create_legend (guint n_rows)
{
  CoterieSceneLegendRow rows[N_LABELS] = {0};

  for (guint i = 0; i < n_rows; i++)
    rows[i] = (CoterieSceneLegendRow){.name = (char *) "C1", .n_nodes = 1};
  return coterie_picture_legend_new (
      &(CoterieSceneLegend){.title = (char *) "Communities", .n_rows = n_rows, .rows = rows});
}

static CoteriePictureOmissions
find (double width_mm, const CoteriePictureLegend *legend)
{
  g_autoptr (CoterieDrawing) drawing = create_drawing ();
  CoteriePicture picture = {.drawing = drawing, .bounds = {0.0, 0.0, 2.0, 2.0}, .legend = legend};
  CoteriePictureOmissions omissions;

  g_assert_true (coterie_picture_size_compute ((CoterieLength){width_mm, COTERIE_LENGTH_MM},
                                               (CoterieLength){0.0, COTERIE_LENGTH_MM}, 72.0,
                                               &picture.size, NULL));
  coterie_picture_omissions_find (&omissions, &picture);
  return omissions;
}

static void
test_a_large_picture_lacks_nothing (void)
{
  g_autoptr (CoteriePictureLegend) legend = create_legend (N_LABELS);
  CoteriePictureOmissions omissions = find (183.0, legend);

  g_assert_false (omissions.legend);
  g_assert_cmpuint (omissions.n_left_out, ==, 0);
  g_assert_cmpuint (omissions.n_labels, ==, N_LABELS - 1);
}

static void
test_a_tiny_picture_lacks_legend_and_labels (void)
{
  g_autoptr (CoteriePictureLegend) legend = create_legend (N_LABELS);
  CoteriePictureOmissions omissions = find (12.0, legend);

  g_assert_true (omissions.legend);
  g_assert_cmpuint (omissions.n_left_out, >, 0);
  g_assert_cmpuint (omissions.n_left_out, <=, N_LABELS - 1);
}

static void
test_nobody_misses_a_legend_that_says_nothing (void)
{
  g_autoptr (CoteriePictureLegend) legend = create_legend (0);

  g_assert_false (find (12.0, legend).legend);
  g_assert_false (find (12.0, NULL).legend);
}

static void
check_words (gboolean legend, guint n_left_out, guint n_labels, const char *expected)
{
  g_autofree char *words =
      coterie_picture_omissions_describe (&(CoteriePictureOmissions){legend, n_left_out, n_labels});

  g_assert_cmpstr (words, ==, expected);
}

static void
test_words (void)
{
  check_words (FALSE, 0, 9, NULL);
  check_words (TRUE, 0, 9, "no room for the legend");
  check_words (FALSE, 1, 1, "no room for 1 of 1 label");
  check_words (FALSE, 2, 9, "no room for 2 of 9 labels");
  check_words (TRUE, 2, 9, "no room for the legend and for 2 of 9 labels");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/picture-omissions/a-large-picture-lacks-nothing",
                   test_a_large_picture_lacks_nothing);
  g_test_add_func ("/scene/picture-omissions/a-tiny-picture-lacks-legend-and-labels",
                   test_a_tiny_picture_lacks_legend_and_labels);
  g_test_add_func ("/scene/picture-omissions/nobody-misses-a-legend-that-says-nothing",
                   test_nobody_misses_a_legend_that_says_nothing);
  g_test_add_func ("/scene/picture-omissions/words", test_words);
  return g_test_run ();
}
