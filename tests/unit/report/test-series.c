/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

#include <math.h>

#include "core/analysis/correlation.h"

#define N_FRAMES 6

static const double accuracies[N_FRAMES] = {0.5, 0.6, 0.9, 0.8, 0.85, 0.7};
static const double modularities[N_FRAMES] = {9.0, 0.1, 0.3, 0.35, 0.2, 0.25};

/* Frames of iterations 0, 2, 4, …; in the second layer activations are bad from bad on. */
static CoterieSeriesBook *
create_book (guint n_frames, guint bad)
{
  CoterieSeriesBook *book = coterie_series_book_new (FIXTURE_N_LAYERS, FIXTURE_N_CLASSES);

  for (guint i = 0; i < n_frames; i++) {
    FixtureLayer layers[FIXTURE_N_LAYERS];
    g_autoptr (CoterieFrame) frame = NULL;

    fixture_layer_init (&layers[0], 1);
    fixture_layer_init (&layers[1], 2);
    layers[1].fields.modularity.weighted_overlap = modularities[i];
    layers[1].fields.n_bad_values = i >= bad ? 5 : 0;
    layers[1].class_entropies[2] = 100.0 - accuracies[i];
    frame = fixture_frame_new (2 * i, accuracies[i], layers);
    coterie_series_book_add (book, frame);
  }
  return book;
}

static const CoterieSeriesKey overlap_key = {COTERIE_MEASURE_WEIGHTED_OVERLAP, 1, 0};

static void
test_a_series_holds_the_frames_from_iteration_1_on (void)
{
  g_autoptr (CoterieSeriesBook) book = create_book (N_FRAMES, N_FRAMES);
  CoterieSeries series = coterie_series_book_get (book, &overlap_key, FALSE);

  g_assert_cmpuint (series.n_frames, ==, N_FRAMES - 1);
  for (guint i = 0; i < series.n_frames; i++) {
    g_assert_cmpuint (series.iterations[i], ==, 2 * (i + 1));
    g_assert_cmpfloat (series.values[i], ==, modularities[i + 1]);
  }
  g_assert_cmpfloat (coterie_series_get_last (&series), ==, modularities[N_FRAMES - 1]);
}

static void
test_a_series_begins_at_iteration_0_on_demand (void)
{
  g_autoptr (CoterieSeriesBook) book = create_book (N_FRAMES, N_FRAMES);
  CoterieSeries series = coterie_series_book_get (book, &overlap_key, TRUE);

  g_assert_cmpuint (series.n_frames, ==, N_FRAMES);
  g_assert_cmpuint (series.iterations[0], ==, 0);
  g_assert_cmpfloat (series.values[0], ==, 9.0);
}

static void
test_every_key_finds_its_own_series (void)
{
  g_autoptr (CoterieSeriesBook) book = create_book (1, 1);
  FixtureLayer layers[FIXTURE_N_LAYERS];
  g_autoptr (CoterieFrame) frame = NULL;
  guint n_of_layers_and_classes = 0;

  fixture_layer_init (&layers[0], 1);
  fixture_layer_init (&layers[1], 2);
  frame = fixture_frame_new (7, 0.3, layers);
  coterie_series_book_add (book, frame);

  for (guint i = 0; i < coterie_series_book_get_n_keys (book); i++) {
    CoterieSeriesKey key = coterie_series_book_get_key (book, i);
    CoterieSeries series = coterie_series_book_get (book, &key, FALSE);
    /* Nodes are where they were in the frame before. */
    double value =
        key.measure == COTERIE_MEASURE_LAYOUT_MOVE
            ? 0.0
            : coterie_measure_get_value (key.measure, frame, NULL, key.layer_index, key.label);

    g_assert_cmpuint (series.n_frames, ==, 1);
    g_assert_true (series.values[0] == value || (isnan (series.values[0]) && isnan (value)));
    n_of_layers_and_classes +=
        coterie_measure_get_info (key.measure)->scope == COTERIE_MEASURE_OF_LAYER_AND_CLASS;
  }
  g_assert_cmpuint (n_of_layers_and_classes, ==, FIXTURE_N_LAYERS * FIXTURE_N_CLASSES);
}

static void
test_correlates_with_both_accuracies (void)
{
  g_autoptr (CoterieSeriesBook) book = create_book (N_FRAMES, N_FRAMES);
  const CoterieMeasure others[] = {COTERIE_MEASURE_TRAINING_ACCURACY,
                                   COTERIE_MEASURE_TEST_ACCURACY};

  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    CoterieCorrelation found = coterie_series_book_correlate (book, &overlap_key, others[i], FALSE);

    g_assert_cmpfloat_with_epsilon (
        found.pearson, coterie_correlation_pearson (modularities + 1, accuracies + 1, N_FRAMES - 1),
        1e-12);
    g_assert_cmpfloat_with_epsilon (found.spearman, 0.5, 1e-12);
    g_assert_cmpuint (found.n_frames, ==, N_FRAMES - 1);
    g_assert_cmpuint (found.n_left_out, ==, 0);
  }
}

static void
test_the_untrained_network_counts_on_demand (void)
{
  g_autoptr (CoterieSeriesBook) book = create_book (N_FRAMES, N_FRAMES);
  CoterieCorrelation found =
      coterie_series_book_correlate (book, &overlap_key, COTERIE_MEASURE_TRAINING_ACCURACY, TRUE);

  g_assert_cmpfloat_with_epsilon (
      found.pearson, coterie_correlation_pearson (modularities, accuracies, N_FRAMES), 1e-12);
  g_assert_cmpuint (found.n_frames, ==, N_FRAMES);
}

static void
test_a_class_is_compared_with_its_own_accuracy (void)
{
  g_autoptr (CoterieSeriesBook) book = create_book (N_FRAMES, N_FRAMES);
  const CoterieSeriesKey key = {COTERIE_MEASURE_LAYER_CLASS_ENTROPY, 1, 2};
  CoterieCorrelation found =
      coterie_series_book_correlate (book, &key, COTERIE_MEASURE_CLASS_TRAINING_ACCURACY, FALSE);

  g_assert_cmpfloat_with_epsilon (found.pearson, -1.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (found.spearman, -1.0, 1e-9);
}

static void
test_undefined_values_are_left_out_and_counted (void)
{
  g_autoptr (CoterieSeriesBook) book = create_book (N_FRAMES, N_FRAMES - 2);
  CoterieCorrelation found =
      coterie_series_book_correlate (book, &overlap_key, COTERIE_MEASURE_TRAINING_ACCURACY, FALSE);
  CoterieSeries series = coterie_series_book_get (book, &overlap_key, FALSE);

  g_assert_cmpuint (found.n_frames, ==, N_FRAMES - 3);
  g_assert_cmpuint (found.n_left_out, ==, 2);
  g_assert_cmpfloat_with_epsilon (
      found.pearson, coterie_correlation_pearson (modularities + 1, accuracies + 1, N_FRAMES - 3),
      1e-12);
  g_assert_true (isnan (coterie_series_get_last (&series)));
}

static void
test_infinite_values_are_left_out (void)
{
  const guint iterations[] = {1, 2, 3, 4, 5};
  const double x[] = {1.0, INFINITY, 2.0, 3.0, 4.0};
  const double y[] = {2.0, 5.0, 4.0, -INFINITY, 8.0};
  CoterieSeries a = {5, iterations, x};
  CoterieSeries b = {5, iterations, y};
  CoterieCorrelation found = coterie_series_correlate (&a, &b);

  g_assert_cmpfloat_with_epsilon (found.pearson, 1.0, 1e-12);
  g_assert_cmpuint (found.n_left_out, ==, 2);
}

static void
test_too_few_frames_are_undefined (void)
{
  for (guint n_frames = 0; n_frames <= COTERIE_MIN_CORRELATED_FRAMES; n_frames++) {
    g_autoptr (CoterieSeriesBook) book = create_book (n_frames, N_FRAMES);
    CoterieSeries series = coterie_series_book_get (book, &overlap_key, FALSE);
    CoterieCorrelation found = coterie_series_book_correlate (
        book, &overlap_key, COTERIE_MEASURE_TRAINING_ACCURACY, FALSE);

    g_assert_cmpuint (found.n_frames, ==, n_frames > 0 ? n_frames - 1 : 0);
    g_assert_true (isnan (found.pearson) && isnan (found.spearman));
    g_assert_true (isnan (coterie_series_get_last (&series)) == (n_frames < 2));
  }
}

static void
test_scaling_goes_from_0_to_1 (void)
{
  const guint iterations[] = {1, 2, 3, 4, 5};
  const double values[] = {4.0, NAN, 2.0, INFINITY, 3.0};
  const double expected[] = {1.0, NAN, 0.0, NAN, 0.5};
  CoterieSeries series = {G_N_ELEMENTS (values), iterations, values};
  double scaled[G_N_ELEMENTS (values)];

  coterie_series_scale (&series, scaled);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_true (scaled[i] == expected[i] || (isnan (scaled[i]) && isnan (expected[i])));
}

static void
test_scaling_a_constant_is_undefined (void)
{
  const guint iterations[] = {1, 2};
  const double values[] = {4.0, 4.0};
  CoterieSeries series = {G_N_ELEMENTS (values), iterations, values};
  double scaled[G_N_ELEMENTS (values)];

  coterie_series_scale (&series, scaled);
  g_assert_true (isnan (scaled[0]) && isnan (scaled[1]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/series/holds-the-frames-from-iteration-1-on",
                   test_a_series_holds_the_frames_from_iteration_1_on);
  g_test_add_func ("/report/series/begins-at-iteration-0-on-demand",
                   test_a_series_begins_at_iteration_0_on_demand);
  g_test_add_func ("/report/series/every-key-finds-its-own", test_every_key_finds_its_own_series);
  g_test_add_func ("/report/series/correlates-with-both-accuracies",
                   test_correlates_with_both_accuracies);
  g_test_add_func ("/report/series/the-untrained-network-counts-on-demand",
                   test_the_untrained_network_counts_on_demand);
  g_test_add_func ("/report/series/a-class-is-compared-with-its-own-accuracy",
                   test_a_class_is_compared_with_its_own_accuracy);
  g_test_add_func ("/report/series/undefined-values-are-left-out-and-counted",
                   test_undefined_values_are_left_out_and_counted);
  g_test_add_func ("/report/series/infinite-values-are-left-out",
                   test_infinite_values_are_left_out);
  g_test_add_func ("/report/series/too-few-frames-are-undefined",
                   test_too_few_frames_are_undefined);
  g_test_add_func ("/report/series/scaling-goes-from-0-to-1", test_scaling_goes_from_0_to_1);
  g_test_add_func ("/report/series/scaling-a-constant-is-undefined",
                   test_scaling_a_constant_is_undefined);
  return g_test_run ();
}
