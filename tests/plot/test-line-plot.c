/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a line plot says without being drawn: values, its sentence and where its parts lie. */

#include <locale.h>
#include <math.h>

#include "draw/plot/line-plot.h"

#define FONT "Sans 15px"

static const double iterations[] = {0.0, 1.0, 2.0, 3.0};

static PangoContext *
create_context (void)
{
  return pango_font_map_create_context (pango_cairo_font_map_get_default ());
}

static CoterieLinePlot *
create_modularity (void)
{
  const double weighted[] = {0.02, 0.2, 0.39, 0.38};
  const double unweighted[] = {0.02, 0.15, 0.2, 0.24};
  const double none[] = {-0.01, 0.1, 0.12, 0.14};
  CoterieLinePlot *plot = coterie_line_plot_new ("Modularity", NULL);

  coterie_line_plot_set_x_title (plot, "iteration");
  coterie_line_plot_set_x_range (plot, 0.0, 20.0);
  coterie_line_plot_add_series (plot, "weighted overlap", 0, FALSE, iterations, weighted, 4);
  coterie_line_plot_add_series (plot, "unweighted overlap", 1, FALSE, iterations, unweighted, 4);
  coterie_line_plot_add_series (plot, "no overlap", 2, TRUE, iterations, none, 4);
  return plot;
}

static void
test_values_lie_on_the_line (void)
{
  const double y[] = {1.0, 3.0, NAN, 5.0};
  g_autoptr (CoterieLinePlot) plot = coterie_line_plot_new ("Plot", NULL);

  coterie_line_plot_add_series (plot, "line", 0, FALSE, iterations, y, 4);
  g_assert_cmpfloat (coterie_line_plot_get_value (plot, 0, 0.0), ==, 1.0);
  g_assert_cmpfloat_with_epsilon (coterie_line_plot_get_value (plot, 0, 0.25), 1.5, 1e-12);
  g_assert_cmpfloat (coterie_line_plot_get_value (plot, 0, 1.0), ==, 3.0);
  g_assert_cmpfloat (coterie_line_plot_get_value (plot, 0, 3.0), ==, 5.0);
}

static void
test_there_is_no_value_in_gaps_and_outside (void)
{
  const double y[] = {1.0, 3.0, NAN, 5.0};
  const double outside[] = {-0.5, 1.5, 2.0, 2.5, 3.5, NAN, INFINITY, -INFINITY};
  g_autoptr (CoterieLinePlot) plot = coterie_line_plot_new ("Plot", NULL);

  coterie_line_plot_add_series (plot, "line", 0, FALSE, iterations, y, 4);
  coterie_line_plot_add_series (plot, "empty", 1, FALSE, NULL, NULL, 0);
  for (guint i = 0; i < G_N_ELEMENTS (outside); i++)
    g_assert_true (isnan (coterie_line_plot_get_value (plot, 0, outside[i])));
  g_assert_true (isnan (coterie_line_plot_get_value (plot, 1, 0.0)));
}

static void
test_the_sentence_tells_the_ends_and_the_top (void)
{
  g_autoptr (CoterieLinePlot) plot = create_modularity ();
  g_autofree char *sentence = coterie_line_plot_describe (plot);

  g_assert_cmpstr (sentence, ==,
                   "Modularity from iteration 0 to 3: "
                   "weighted overlap from 0.02 to 0.38, highest 0.39 at iteration 2; "
                   "unweighted overlap from 0.02 to 0.24, highest 0.24 at iteration 3; "
                   "no overlap from −0.01 to 0.14, highest 0.14 at iteration 3");
}

static void
test_the_sentence_tells_the_unit (void)
{
  const double y[] = {NAN, 80.0, 90.5, 90.0};
  g_autoptr (CoterieLinePlot) plot = coterie_line_plot_new ("Accuracy", "%");
  g_autofree char *sentence = NULL;

  coterie_line_plot_set_y_bounds (plot, 0.0, 100.0);
  coterie_line_plot_add_series (plot, "test", 0, FALSE, iterations, y, 4);
  sentence = coterie_line_plot_describe (plot);
  g_assert_cmpstr (sentence, ==,
                   "Accuracy from 1 to 3: test from 80.0\u00a0% to 90.0\u00a0%, "
                   "highest 90.5\u00a0% at 2");
}

static void
test_the_sentence_knows_few_values (void)
{
  const double y[] = {0.5, NAN};
  g_autoptr (CoterieLinePlot) plot = coterie_line_plot_new ("Entropy", "nats");
  g_autofree char *none = NULL;
  g_autofree char *one = NULL;

  coterie_line_plot_set_x_title (plot, "iteration");
  coterie_line_plot_add_series (plot, "lowest", 0, FALSE, iterations + 1, y + 1, 1);
  none = coterie_line_plot_describe (plot);
  g_assert_cmpstr (none, ==, "Entropy: no values yet");

  coterie_line_plot_add_series (plot, "mean", 0, FALSE, iterations, y, 2);
  one = coterie_line_plot_describe (plot);
  g_assert_cmpstr (one, ==, "Entropy at iteration 0: lowest without values; mean 0.50\u00a0nats");
}

static void
test_the_sentence_tells_the_subject (void)
{
  const double y[] = {0.5, 0.75};
  g_autoptr (CoterieLinePlot) plot = coterie_line_plot_new ("Entropy", "nats");
  g_autofree char *sentence = NULL;

  coterie_line_plot_set_x_title (plot, "iteration");
  coterie_line_plot_set_subject (plot, "layer 2");
  coterie_line_plot_add_series (plot, "mean", 0, FALSE, iterations, y, 2);
  sentence = coterie_line_plot_describe (plot);
  g_assert_cmpstr (sentence, ==,
                   "Entropy, layer 2 from iteration 0 to 1: mean from 0.50\u00a0nats to "
                   "0.75\u00a0nats, highest 0.75\u00a0nats at iteration 1");
}

static void
test_the_values_at_an_iteration_are_told (void)
{
  const double y[] = {80.0, 90.5, NAN, 90.0};
  g_autoptr (CoterieLinePlot) plot = coterie_line_plot_new ("Accuracy", "%");
  g_autofree char *all = NULL;
  g_autofree char *some = NULL;

  coterie_line_plot_set_x_title (plot, "iteration");
  coterie_line_plot_set_y_bounds (plot, 0.0, 100.0);
  coterie_line_plot_add_series (plot, "training", 0, FALSE, iterations, y, 4);
  coterie_line_plot_add_series (plot, "test", 0, TRUE, iterations, y, 2);
  all = coterie_line_plot_describe_values (plot, 1.0);
  g_assert_cmpstr (all, ==, "iteration 1: training 90.5\u00a0%; test 90.5\u00a0%");
  some = coterie_line_plot_describe_values (plot, 3.0);
  g_assert_cmpstr (some, ==, "iteration 3: training 90.0\u00a0%");
  g_assert_null (coterie_line_plot_describe_values (plot, 2.0));
  g_assert_null (coterie_line_plot_describe_values (plot, 9.0));
}

static void
test_the_sentence_counts_in_whole_numbers (void)
{
  const double y[] = {1200.0, 5400.0, 5100.0};
  g_autoptr (CoterieLinePlot) plot = coterie_line_plot_new ("Edges", NULL);
  g_autofree char *sentence = NULL;

  coterie_line_plot_set_x_title (plot, "iteration");
  coterie_line_plot_add_series (plot, "all", 0, FALSE, iterations, y, 3);
  sentence = coterie_line_plot_describe (plot);
  g_assert_cmpstr (
      sentence, ==,
      "Edges from iteration 0 to 2: all from 1200 to 5100, highest 5400 at iteration 1");
}

static gboolean
overlap (const CoteriePlotRect *a, const CoteriePlotRect *b)
{
  return a->width > 0.0 && b->width > 0.0 && a->x < b->x + b->width && b->x < a->x + a->width &&
         a->y < b->y + b->height && b->y < a->y + a->height;
}

static void
assert_parts_apart (const CoterieLinePlotLayout *layout, double width, double height)
{
  g_assert_cmpfloat (layout->title.width, <=, width);
  g_assert_cmpfloat (layout->area.y + layout->area.height, <=, height);
  g_assert_cmpfloat (layout->area.x + layout->area.width, <=, width);
  g_assert_cmpfloat (layout->area.height, >=, 0.2 * height);
  for (guint k = 0; k < layout->n_legend; k++) {
    const CoteriePlotRect *entry = &layout->legend[k];

    if (entry->width <= 0.0)
      continue;
    g_assert_cmpfloat (entry->x, >=, -1e-6);
    g_assert_cmpfloat (entry->x + entry->width, <=, width + 1e-6);
    g_assert_cmpfloat (entry->y + entry->height, <=, layout->area.y);
    g_assert_false (overlap (entry, &layout->title));
    for (guint other = 0; other < k; other++)
      g_assert_false (overlap (entry, &layout->legend[other]));
  }
}

static void
test_parts_keep_apart (void)
{
  const double heights[] = {90.0, 120.0, 150.0, 400.0};
  PangoContext *context = create_context ();

  for (guint with_cursor = 0; with_cursor < 2; with_cursor++)
    for (guint i = 0; i < G_N_ELEMENTS (heights); i++)
      for (double width = 160.0; width <= 1200.0; width += 40.0) {
        g_autoptr (CoterieLinePlot) plot = create_modularity ();
        g_autoptr (CoterieLinePlotLayout) layout = NULL;

        coterie_line_plot_set_show_x (plot, i % 2 == 0);
        coterie_line_plot_set_cursor (plot, with_cursor ? 2.5 : NAN);
        layout = coterie_line_plot_layout (plot, context, width, heights[i], FONT);
        assert_parts_apart (layout, width, heights[i]);
      }
  g_object_unref (context);
}

static void
test_a_wide_plot_names_all_beside_its_title (void)
{
  PangoContext *context = create_context ();
  g_autoptr (CoterieLinePlot) plot = create_modularity ();
  g_autoptr (CoterieLinePlotLayout) layout =
      coterie_line_plot_layout (plot, context, 900.0, 150.0, FONT);

  for (guint k = 0; k < 3; k++) {
    g_assert_cmpfloat (layout->legend[k].width, >, 0.0);
    g_assert_cmpfloat (layout->legend[k].y, <, layout->title.height);
  }
  g_assert_cmpfloat_with_epsilon (layout->legend[2].x + layout->legend[2].width, 900.0, 1e-6);
  g_object_unref (context);
}

static void
test_a_moving_cursor_moves_nothing_else (void)
{
  PangoContext *context = create_context ();
  g_autoptr (CoterieLinePlot) plot = create_modularity ();
  g_autoptr (CoterieLinePlotLayout) first = NULL;

  coterie_line_plot_set_cursor (plot, 0.0);
  first = coterie_line_plot_layout (plot, context, 360.0, 150.0, FONT);
  for (double x = 0.0; x <= 8.0; x += 0.25) {
    g_autoptr (CoterieLinePlotLayout) layout = NULL;

    coterie_line_plot_set_cursor (plot, x);
    coterie_line_plot_set_hover (plot, x > 4.0 ? x - 4.0 : NAN);
    layout = coterie_line_plot_layout (plot, context, 360.0, 150.0, FONT);
    g_assert_cmpmem (&layout->area, sizeof layout->area, &first->area, sizeof first->area);
    g_assert_cmpmem (layout->legend, 3 * sizeof *layout->legend, first->legend,
                     3 * sizeof *first->legend);
  }
  g_object_unref (context);
}

static void
test_a_stack_begins_at_one_place (void)
{
  const double y[] = {1000.0, 20000.0, 30000.0, 40000.0};
  PangoContext *context = create_context ();
  g_autoptr (CoterieLinePlot) narrow = create_modularity ();
  g_autoptr (CoterieLinePlot) wide = coterie_line_plot_new ("Edges", NULL);
  g_autoptr (CoterieLinePlotLayout) narrow_layout = NULL;
  g_autoptr (CoterieLinePlotLayout) wide_layout = NULL;
  double narrow_left, wide_left;

  coterie_line_plot_set_x_range (wide, 0.0, 20.0);
  coterie_line_plot_set_show_x (wide, TRUE);
  coterie_line_plot_add_series (wide, "number", 0, FALSE, iterations, y, 4);
  narrow_left = coterie_line_plot_measure_left (narrow, context, 360.0, 150.0, FONT);
  wide_left = coterie_line_plot_measure_left (wide, context, 360.0, 150.0, FONT);
  g_assert_cmpfloat (narrow_left, <, wide_left);

  coterie_line_plot_set_left_margin (narrow, wide_left);
  g_assert_cmpfloat (coterie_line_plot_measure_left (narrow, context, 360.0, 150.0, FONT), ==,
                     narrow_left);
  narrow_layout = coterie_line_plot_layout (narrow, context, 360.0, 150.0, FONT);
  wide_layout = coterie_line_plot_layout (wide, context, 360.0, 150.0, FONT);
  g_assert_cmpfloat (narrow_layout->area.x, ==, wide_layout->area.x);
  g_assert_cmpfloat (narrow_layout->area.width, ==, wide_layout->area.width);
  g_object_unref (context);
}

static void
test_data_widen_the_range_of_iterations (void)
{
  PangoContext *context = create_context ();
  g_autoptr (CoterieLinePlot) plot = create_modularity ();
  g_autoptr (CoterieLinePlotLayout) before = NULL;
  g_autoptr (CoterieLinePlotLayout) after = NULL;
  const double x = 25.0, y = 0.1;

  before = coterie_line_plot_layout (plot, context, 360.0, 150.0, FONT);
  g_assert_cmpfloat (before->x_scale.upper, ==, 20.0);
  coterie_line_plot_add_series (plot, "late", 0, FALSE, &x, &y, 1);
  after = coterie_line_plot_layout (plot, context, 360.0, 150.0, FONT);
  g_assert_cmpfloat (after->x_scale.upper, ==, 25.0);
  g_object_unref (context);
}

static void
test_values_outside_the_range_get_a_strip (void)
{
  const double y[] = {11.0, 96.0, 98.0, 99.0};
  PangoContext *context = create_context ();
  g_autoptr (CoterieLinePlot) plot = coterie_line_plot_new ("Accuracy", "%");
  g_autoptr (CoterieLinePlotLayout) whole = NULL;
  g_autoptr (CoterieLinePlotLayout) broken = NULL;
  double end;

  coterie_line_plot_add_series (plot, "test", 0, FALSE, iterations, y, 4);
  coterie_line_plot_set_y_range (plot, 0.0, 100.0);
  whole = coterie_line_plot_layout (plot, context, 360.0, 150.0, FONT);
  g_assert_cmpfloat (whole->above.height, ==, 0.0);
  g_assert_cmpfloat (whole->below.height, ==, 0.0);

  coterie_line_plot_set_y_range (plot, 95.0, 100.0);
  broken = coterie_line_plot_layout (plot, context, 360.0, 150.0, FONT);
  end = broken->area.y + broken->area.height;
  g_assert_cmpfloat (broken->above.height, ==, 0.0);
  g_assert_cmpfloat (broken->below.height, >, 10.0);
  g_assert_cmpfloat (broken->below.y, ==, end);
  g_assert_cmpfloat (end + broken->below.height, ==, whole->area.y + whole->area.height);
  g_assert_cmpfloat (broken->y_scale.lower, ==, 95.0);
  g_object_unref (context);
}

static void
test_room_behind_the_title_moves_the_legend (void)
{
  PangoContext *context = create_context ();

  for (double width = 120.0; width <= 1200.0; width += 60.0) {
    g_autoptr (CoterieLinePlot) plot = create_modularity ();
    g_autoptr (CoterieLinePlotLayout) plain = NULL;
    g_autoptr (CoterieLinePlotLayout) roomy = NULL;

    plain = coterie_line_plot_layout (plot, context, width, 300.0, FONT);
    coterie_line_plot_set_title_room (plot, 24.0);
    roomy = coterie_line_plot_layout (plot, context, width, 300.0, FONT);
    g_assert_cmpfloat (roomy->title.width, <=, MAX (width, 24.0));
    if (plain->title.width + 24.0 <= width)
      g_assert_cmpfloat_with_epsilon (roomy->title.width, plain->title.width + 24.0, 1e-9);
    for (guint k = 0; k < roomy->n_legend; k++)
      if (roomy->legend[k].width > 0.0 &&
          roomy->legend[k].y < roomy->title.y + 0.5 * roomy->title.height)
        g_assert_cmpfloat (roomy->legend[k].x, >=, roomy->title.width);
  }
  g_object_unref (context);
}

static void
test_gaps_are_told_by_their_iterations (void)
{
  const double gaps[] = {1.0, 7.0};
  g_autoptr (CoterieLinePlot) plot = create_modularity ();

  g_assert_false (coterie_line_plot_is_gap (plot, 1.0));
  coterie_line_plot_set_gaps (plot, gaps, G_N_ELEMENTS (gaps));
  g_assert_true (coterie_line_plot_is_gap (plot, 1.0));
  g_assert_true (coterie_line_plot_is_gap (plot, 7.0));
  g_assert_false (coterie_line_plot_is_gap (plot, 2.0));
  g_assert_false (coterie_line_plot_is_gap (plot, NAN));
  coterie_line_plot_set_gaps (plot, NULL, 0);
  g_assert_false (coterie_line_plot_is_gap (plot, 7.0));
}

static void
test_silent_iterations_are_no_gaps (void)
{
  const double silent[] = {2.0};
  g_autoptr (CoterieLinePlot) plot = create_modularity ();

  coterie_line_plot_set_silent (plot, silent, 1);
  g_assert_true (coterie_line_plot_is_silent (plot, 2.0));
  g_assert_false (coterie_line_plot_is_silent (plot, 1.0));
  g_assert_false (coterie_line_plot_is_gap (plot, 2.0));
}

static void
test_exploded_iterations_are_marked_and_drawn (void)
{
  const double exploded[] = {2.0};
  g_autoptr (CoterieLinePlot) plot = create_modularity ();

  coterie_line_plot_set_exploded (plot, exploded, 1);
  g_assert_true (coterie_line_plot_has_exploded (plot, 2.0));
  g_assert_false (coterie_line_plot_has_exploded (plot, 1.0));
  g_assert_false (coterie_line_plot_is_silent (plot, 2.0));
  g_assert_false (coterie_line_plot_is_gap (plot, 2.0));
}

static void
test_pale_values_are_not_joined_with_others (void)
{
  const double x[] = {0.0, 1.0, 2.0, 3.0};
  const double y[] = {1.0, 2.0, 4.0, 5.0};
  const gboolean pale[] = {TRUE, TRUE, FALSE, FALSE};
  g_autoptr (CoterieLinePlot) plot = coterie_line_plot_new ("Modularity", NULL);
  guint series = coterie_line_plot_add_series (plot, "first", 0, FALSE, x, y, 4);

  g_assert_cmpuint (series, ==, 0);
  g_assert_cmpfloat (coterie_line_plot_get_value (plot, series, 1.5), ==, 3.0);
  coterie_line_plot_set_pale (plot, series, pale);
  g_assert_true (isnan (coterie_line_plot_get_value (plot, series, 1.5)));
  g_assert_cmpfloat (coterie_line_plot_get_value (plot, series, 0.5), ==, 1.5);
  g_assert_cmpfloat (coterie_line_plot_get_value (plot, series, 1.0), ==, 2.0);
  g_assert_cmpfloat (coterie_line_plot_get_value (plot, series, 2.5), ==, 4.5);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plot/line-plot/values-lie-on-the-line", test_values_lie_on_the_line);
  g_test_add_func ("/plot/line-plot/there-is-no-value-in-gaps-and-outside",
                   test_there_is_no_value_in_gaps_and_outside);
  g_test_add_func ("/plot/line-plot/the-sentence-tells-the-ends-and-the-top",
                   test_the_sentence_tells_the_ends_and_the_top);
  g_test_add_func ("/plot/line-plot/the-sentence-tells-the-unit", test_the_sentence_tells_the_unit);
  g_test_add_func ("/plot/line-plot/the-sentence-knows-few-values",
                   test_the_sentence_knows_few_values);
  g_test_add_func ("/plot/line-plot/the-sentence-tells-the-subject",
                   test_the_sentence_tells_the_subject);
  g_test_add_func ("/plot/line-plot/the-values-at-an-iteration-are-told",
                   test_the_values_at_an_iteration_are_told);
  g_test_add_func ("/plot/line-plot/the-sentence-counts-in-whole-numbers",
                   test_the_sentence_counts_in_whole_numbers);
  g_test_add_func ("/plot/line-plot/parts-keep-apart", test_parts_keep_apart);
  g_test_add_func ("/plot/line-plot/a-wide-plot-names-all-beside-its-title",
                   test_a_wide_plot_names_all_beside_its_title);
  g_test_add_func ("/plot/line-plot/a-moving-cursor-moves-nothing-else",
                   test_a_moving_cursor_moves_nothing_else);
  g_test_add_func ("/plot/line-plot/room-behind-the-title-moves-the-legend",
                   test_room_behind_the_title_moves_the_legend);
  g_test_add_func ("/plot/line-plot/gaps-are-told-by-their-iterations",
                   test_gaps_are_told_by_their_iterations);
  g_test_add_func ("/plot/line-plot/silent-iterations-are-no-gaps",
                   test_silent_iterations_are_no_gaps);
  g_test_add_func ("/plot/line-plot/exploded-iterations-are-marked-and-drawn",
                   test_exploded_iterations_are_marked_and_drawn);
  g_test_add_func ("/plot/line-plot/pale-values-are-not-joined-with-others",
                   test_pale_values_are_not_joined_with_others);
  g_test_add_func ("/plot/line-plot/a-stack-begins-at-one-place", test_a_stack_begins_at_one_place);
  g_test_add_func ("/plot/line-plot/data-widen-the-range-of-iterations",
                   test_data_widen_the_range_of_iterations);
  g_test_add_func ("/plot/line-plot/values-outside-the-range-get-a-strip",
                   test_values_outside_the_range_get_a_strip);
  return g_test_run ();
}
