/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

#include <math.h>

#include "core/report/report-table.h"

#define N_FRAMES 5

static const double accuracies[N_FRAMES] = {0.5, 0.6, 0.7, 0.8, 0.9};

static CoterieRunInfo *
create_info (const char *name, double label_noise)
{
  const char *class_names[] = {"a", "b", "c", NULL};
  CoterieRunInfo fields = {
      .dataset = {.name = name, .class_names = class_names, .n_classes = FIXTURE_N_CLASSES},
  };

  coterie_training_settings_init (&fields.training);
  coterie_analysis_settings_init (&fields.analysis);
  coterie_layout_settings_init (&fields.layout);
  fields.training.n_hidden = FIXTURE_N_LAYERS;
  fields.training.label_noise = label_noise;
  return coterie_run_info_new (&fields);
}

/* A run whose measures follow the accuracy in the first layer and oppose it in the second. */
static CoterieReportRun *
create_run (const char *name, double label_noise, gboolean with_untrained)
{
  g_autoptr (CoterieRunInfo) info = create_info (name, label_noise);
  CoterieReportRun *run = coterie_report_run_new ("/tmp/run.coterie", info, with_untrained);

  for (guint i = 0; i < N_FRAMES; i++) {
    FixtureLayer layers[FIXTURE_N_LAYERS];
    g_autoptr (CoterieFrame) frame = NULL;

    for (guint l = 0; l < FIXTURE_N_LAYERS; l++) {
      double direction = l == 0 ? 1.0 : -1.0;

      fixture_layer_init (&layers[l], l + 1);
      layers[l].fields.entropy = 10.0 + direction * accuracies[i];
      layers[l].fields.modularity.weighted_overlap = direction * accuracies[i];
      layers[l].fields.baselines.selectivity = direction * accuracies[i];
      layers[l].class_entropies[1] = 5.0 - accuracies[i];
    }
    frame = fixture_frame_new (i, accuracies[i], layers);
    coterie_report_run_add (run, frame);
  }
  return run;
}

static GPtrArray *
create_runs (void)
{
  GPtrArray *runs = g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_report_run_free);

  g_ptr_array_add (runs, create_run ("Shoes", 0.0, FALSE));
  g_ptr_array_add (runs, create_run ("Shoes", 1.0, FALSE));
  return runs;
}

/* The only row like this one. */
static const CoterieReportRow *
find_row (const CoterieReportTable *table, const CoterieReportRow *like)
{
  const CoterieReportRow *found = NULL;

  for (guint i = 0; i < table->rows->len; i++) {
    const CoterieReportRow *row = g_ptr_array_index (table->rows, i);

    if (row->measure == like->measure && row->layer == like->layer && row->label == like->label &&
        row->other_label == like->other_label && row->moment == like->moment &&
        row->statistic == like->statistic &&
        (row->statistic == COTERIE_REPORT_VALUE || row->with == like->with)) {
      g_assert_null (found);
      found = row;
    }
  }
  g_assert_nonnull (found);
  return found;
}

static double
find_value (const CoterieReportTable *table, CoterieMeasure measure, guint layer, guint label)
{
  const CoterieReportRow like = {
      .measure = measure,
      .layer = layer,
      .label = label,
      .other_label = COTERIE_REPORT_NO_CLASS,
      .moment = COTERIE_REPORT_LAST,
  };

  return find_row (table, &like)->values[0];
}

static double
find_coefficient (const CoterieReportTable *table,
                  CoterieMeasure measure,
                  guint layer,
                  guint label,
                  CoterieReportStatistic statistic,
                  CoterieMeasure with)
{
  const CoterieReportRow like = {
      .measure = measure,
      .layer = layer,
      .label = label,
      .other_label = COTERIE_REPORT_NO_CLASS,
      .statistic = statistic,
      .with = with,
  };

  return find_row (table, &like)->values[0];
}

static double
find_count (const CoterieReportTable *table, CoterieMeasure reading, guint i, guint j)
{
  const CoterieReportRow like = {
      .measure = reading,
      .layer = 1,
      .label = i,
      .other_label = j,
      .moment = COTERIE_REPORT_LAST,
  };

  return find_row (table, &like)->values[0];
}

static void
test_table_2_has_both_readings (void)
{
  g_autoptr (GPtrArray) runs = create_runs ();
  g_autoptr (CoterieReportTable) table =
      coterie_report_table_new (COTERIE_REPORT_TABLE_2, runs, 0, FALSE);

  /* all three classes share neuron 1, so that no pair has it for itself */
  g_assert_cmpuint (table->rows->len, ==, 4 * 6);
  for (guint i = 0; i < FIXTURE_N_CLASSES; i++)
    for (guint j = i; j < FIXTURE_N_CLASSES; j++) {
      double n_alone = i == j ? 1.0 : 0.0;

      g_assert_cmpfloat (find_count (table, COTERIE_MEASURE_UNIQUE_NEURONS, i, j), ==, n_alone);
      g_assert_cmpfloat (find_count (table, COTERIE_MEASURE_SHARED_NEURONS, i, j), ==, 1.0);
    }
}

static void
test_table_3_has_sizes_and_a_correlation (void)
{
  g_autoptr (GPtrArray) runs = create_runs ();
  g_autoptr (CoterieReportTable) table =
      coterie_report_table_new (COTERIE_REPORT_TABLE_3, runs, 0, FALSE);

  g_assert_cmpuint (table->rows->len, ==, 2 * 11);
  for (guint layer = 1; layer <= FIXTURE_N_LAYERS; layer++) {
    g_assert_cmpfloat (
        find_value (table, COTERIE_MEASURE_LARGEST_COMMUNITY, layer, COTERIE_REPORT_NO_CLASS), ==,
        3.0);
    g_assert_true (isnan (
        find_value (table, COTERIE_MEASURE_LARGEST_COMMUNITY + 2, layer, COTERIE_REPORT_NO_CLASS)));
    g_assert_cmpfloat (
        find_value (table, COTERIE_MEASURE_AVERAGE_NODES, layer, COTERIE_REPORT_NO_CLASS), ==, 2.0);
    /* a constant has no correlation */
    g_assert_true (isnan (find_coefficient (table, COTERIE_MEASURE_AVERAGE_NODES, layer,
                                            COTERIE_REPORT_NO_CLASS, COTERIE_REPORT_PEARSON,
                                            COTERIE_MEASURE_TRAINING_ACCURACY)));
  }
}

static void
test_table_4_has_values_beside_correlations (void)
{
  g_autoptr (GPtrArray) runs = create_runs ();
  g_autoptr (CoterieReportTable) table =
      coterie_report_table_new (COTERIE_REPORT_TABLE_4, runs, 0, FALSE);

  g_assert_cmpuint (table->rows->len, ==, 2 * 5 * 2);
  for (guint layer = 1; layer <= FIXTURE_N_LAYERS; layer++) {
    double direction = layer == 1 ? 1.0 : -1.0;

    g_assert_cmpfloat_with_epsilon (
        find_value (table, COTERIE_MEASURE_WEIGHTED_OVERLAP, layer, COTERIE_REPORT_NO_CLASS),
        0.9 * direction, 1e-12);
    g_assert_cmpfloat_with_epsilon (
        find_coefficient (table, COTERIE_MEASURE_WEIGHTED_OVERLAP, layer, COTERIE_REPORT_NO_CLASS,
                          COTERIE_REPORT_PEARSON, COTERIE_MEASURE_TRAINING_ACCURACY),
        direction, 1e-9);
  }
}

static void
test_tables_3_and_4_may_have_all_correlations (void)
{
  g_autoptr (GPtrArray) runs = create_runs ();
  g_autoptr (CoterieReportTable) sizes =
      coterie_report_table_new (COTERIE_REPORT_TABLE_3, runs, 0, TRUE);
  g_autoptr (CoterieReportTable) modularities =
      coterie_report_table_new (COTERIE_REPORT_TABLE_4, runs, 0, TRUE);

  g_assert_cmpuint (sizes->rows->len, ==, 2 * (9 + 5));
  g_assert_cmpuint (modularities->rows->len, ==, 2 * 5 * 5);
  g_assert_cmpfloat_with_epsilon (
      find_coefficient (modularities, COTERIE_MEASURE_WEIGHTED_OVERLAP, 2, COTERIE_REPORT_NO_CLASS,
                        COTERIE_REPORT_SPEARMAN, COTERIE_MEASURE_TEST_ACCURACY),
      -1.0, 1e-9);
}

static void
test_table_5_has_network_and_layers (void)
{
  g_autoptr (GPtrArray) runs = create_runs ();
  g_autoptr (CoterieReportTable) table =
      coterie_report_table_new (COTERIE_REPORT_TABLE_5, runs, 0, FALSE);
  g_autoptr (CoterieReportTable) of_layer =
      coterie_report_table_new (COTERIE_REPORT_TABLE_5, runs, 2, FALSE);

  g_assert_cmpuint (table->rows->len, ==, 3 * 2 * 5);
  g_assert_cmpuint (of_layer->rows->len, ==, 2 * 5);
  g_assert_cmpfloat_with_epsilon (
      find_value (table, COTERIE_MEASURE_ENTROPY, 0, COTERIE_REPORT_NO_CLASS), 20.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (
      find_coefficient (of_layer, COTERIE_MEASURE_LAYER_ENTROPY, 2, COTERIE_REPORT_NO_CLASS,
                        COTERIE_REPORT_SPEARMAN, COTERIE_MEASURE_TEST_ACCURACY),
      -1.0, 1e-9);
}

static void
test_table_6_compares_classes_with_themselves (void)
{
  g_autoptr (GPtrArray) runs = create_runs ();
  g_autoptr (CoterieReportTable) table =
      coterie_report_table_new (COTERIE_REPORT_TABLE_6, runs, 0, FALSE);
  g_autoptr (CoterieReportTable) of_layer =
      coterie_report_table_new (COTERIE_REPORT_TABLE_6, runs, 2, FALSE);

  g_assert_cmpuint (table->rows->len, ==, FIXTURE_N_CLASSES * (1 + 4 * 2));
  g_assert_cmpfloat_with_epsilon (find_value (table, COTERIE_MEASURE_CLASS_ENTROPY, 0, 1), 8.2,
                                  1e-12);
  g_assert_cmpfloat_with_epsilon (find_value (of_layer, COTERIE_MEASURE_LAYER_CLASS_ENTROPY, 2, 1),
                                  4.1, 1e-12);
  g_assert_cmpfloat_with_epsilon (find_coefficient (table, COTERIE_MEASURE_CLASS_ENTROPY, 0, 1,
                                                    COTERIE_REPORT_PEARSON,
                                                    COTERIE_MEASURE_CLASS_TEST_ACCURACY),
                                  -1.0, 1e-9);
}

static void
test_baselines_are_all_there (void)
{
  g_autoptr (GPtrArray) runs = create_runs ();
  g_autoptr (CoterieReportTable) table =
      coterie_report_table_new (COTERIE_REPORT_BASELINES, runs, 0, FALSE);

  g_assert_cmpuint (table->rows->len, ==, (4 + 2 * 8) * 5 + 2 * 5);
  g_assert_cmpfloat (find_value (table, COTERIE_MEASURE_PATTERNS, 2, COTERIE_REPORT_NO_CLASS), ==,
                     11.0);
  g_assert_cmpfloat_with_epsilon (
      find_coefficient (table, COTERIE_MEASURE_SELECTIVITY, 2, COTERIE_REPORT_NO_CLASS,
                        COTERIE_REPORT_SPEARMAN, COTERIE_MEASURE_TRAINING_ACCURACY),
      -1.0, 1e-9);
}

static void
test_what_a_run_lacks_is_undefined (void)
{
  g_autoptr (GPtrArray) runs = create_runs ();

  for (guint i = 0; i < COTERIE_N_REPORT_TABLES; i++) {
    g_autoptr (CoterieReportTable) table =
        coterie_report_table_new ((CoterieReportTableKind) i, runs, FIXTURE_N_LAYERS + 1, FALSE);

    for (guint r = 0; r < table->rows->len; r++) {
      const CoterieReportRow *row = g_ptr_array_index (table->rows, r);

      /* accuracies stand in Figure 1 whatever the layer */
      g_assert_true (row->layer == 0 || (isnan (row->values[0]) && isnan (row->values[1])));
    }
  }
}

static void
test_figure_1_goes_from_0_to_1_over_each_run (void)
{
  g_autoptr (GPtrArray) runs = create_runs ();
  g_autoptr (CoterieReportTable) table =
      coterie_report_table_new (COTERIE_REPORT_FIGURE_1, runs, 1, FALSE);

  for (guint r = 0; r < runs->len; r++) {
    double lowest = INFINITY, highest = -INFINITY;

    for (guint i = 0; i < table->rows->len; i++) {
      const CoterieReportRow *row = g_ptr_array_index (table->rows, i);

      g_assert_cmpint (row->moment, ==, COTERIE_REPORT_AT);
      g_assert_cmpuint (row->iteration, >, 0);
      if (row->statistic == COTERIE_REPORT_SCALED && !isnan (row->values[r])) {
        lowest = MIN (lowest, row->values[r]);
        highest = MAX (highest, row->values[r]);
      }
    }
    g_assert_cmpfloat (lowest, ==, 0.0);
    g_assert_cmpfloat (highest, ==, 1.0);
  }
}

/* Silent in layer 2 at iterations 2 and 4, without edges at 3; bad values in layer 1 at iteration 4. */
static CoterieReportRun *
create_hollow_run (void)
{
  g_autoptr (CoterieRunInfo) info = create_info ("Shoes", 0.0);
  CoterieReportRun *run = coterie_report_run_new ("/tmp/run.coterie", info, FALSE);

  for (guint i = 0; i < N_FRAMES; i++) {
    FixtureLayer layers[FIXTURE_N_LAYERS];
    g_autoptr (CoterieFrame) frame = NULL;

    for (guint l = 0; l < FIXTURE_N_LAYERS; l++)
      fixture_layer_init (&layers[l], l + 1);
    if (i == 2 || i == 4)
      layers[1].fields.baselines.dead_frac = 1.0;
    layers[1].has_no_edges = i >= 2;
    if (i == 4) {
      layers[0].fields.n_bad_values = 1;
      layers[0].fields.baselines.dead_frac = NAN;
    }
    frame = fixture_frame_new (i, accuracies[i], layers);
    coterie_report_run_add (run, frame);
  }
  return run;
}

static void
test_counts_where_a_layer_is_silent (void)
{
  g_autoptr (CoterieReportRun) run = create_hollow_run ();
  guint first = 99;

  g_assert_cmpuint (coterie_report_run_count_silent (run, 1, &first), ==, 0);
  g_assert_cmpuint (coterie_report_run_count_edgeless (run, 1, &first), ==, 0);
  g_assert_cmpuint (coterie_report_run_count_silent (run, FIXTURE_N_LAYERS + 1, &first), ==, 0);
  g_assert_cmpuint (first, ==, 99);
  g_assert_cmpuint (coterie_report_run_count_silent (run, 2, &first), ==, 2);
  g_assert_cmpuint (first, ==, 2);
  g_assert_cmpuint (coterie_report_run_count_silent (run, 0, NULL), ==, 2);
  g_assert_cmpuint (coterie_report_run_count_edgeless (run, 2, &first), ==, 1);
  g_assert_cmpuint (first, ==, 3);
}

/* Their zeros are values, so that they stay in correlations. */
static void
test_silent_iterations_are_told_and_not_left_out (void)
{
  g_autoptr (GPtrArray) runs =
      g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_report_run_free);
  g_autoptr (CoterieReportTable) table = NULL;

  g_ptr_array_add (runs, create_hollow_run ());
  table = coterie_report_table_new (COTERIE_REPORT_TABLE_5, runs, 0, FALSE);
  for (guint i = 0; i < table->rows->len; i++) {
    const CoterieReportRow *row = g_ptr_array_index (table->rows, i);

    g_assert_cmpuint (row->n_silent[0], ==, row->layer == 1 ? 0 : 2);
    if (row->layer == 2 && row->statistic != COTERIE_REPORT_VALUE)
      g_assert_cmpuint (row->n_left_out[0], ==, 0);
    if (row->layer == 1 && row->statistic != COTERIE_REPORT_VALUE)
      g_assert_cmpuint (row->n_left_out[0], ==, 1);
  }
}

static void
test_the_untrained_network_is_first_on_demand (void)
{
  g_autoptr (CoterieReportRun) plain = create_run ("Shoes", 0.0, FALSE);
  g_autoptr (CoterieReportRun) untrained = create_run ("Shoes", 0.0, TRUE);

  g_assert_cmpuint (plain->first->iteration, ==, 1);
  g_assert_cmpuint (untrained->first->iteration, ==, 0);
  g_assert_cmpuint (plain->last->iteration, ==, N_FRAMES - 1);
  g_assert_cmpuint (untrained->last->iteration, ==, N_FRAMES - 1);
}

static void
test_runs_are_named_by_data_set_and_noise (void)
{
  g_autoptr (CoterieReportRun) plain = create_run ("Shoes", 0.0, FALSE);
  g_autoptr (CoterieReportRun) noisy = create_run ("Shoes", 0.5, FALSE);
  g_autoptr (CoterieReportRun) mixed = create_run ("Shoes", 1.0, FALSE);

  g_assert_cmpstr (plain->name, ==, "Shoes");
  g_assert_cmpstr (noisy->name, ==, "Shoes noise 0.5");
  g_assert_cmpstr (mixed->name, ==, "Shoes mixed");
}

static void
test_runs_of_one_name_are_told_apart (void)
{
  g_autoptr (GPtrArray) runs = create_runs ();

  g_ptr_array_add (runs, create_run ("Shoes", 0.0, FALSE));
  g_ptr_array_add (runs, create_run ("Shoes", 0.0, FALSE));
  g_free (((CoterieReportRun *) g_ptr_array_index (runs, 3))->path);
  ((CoterieReportRun *) g_ptr_array_index (runs, 3))->path = g_strdup ("other.coterie");
  coterie_report_runs_tell_apart (runs);

  g_assert_cmpstr (((CoterieReportRun *) runs->pdata[0])->name, ==, "Shoes (run)");
  g_assert_cmpstr (((CoterieReportRun *) runs->pdata[1])->name, ==, "Shoes mixed");
  g_assert_cmpstr (((CoterieReportRun *) runs->pdata[2])->name, ==, "Shoes (run) 2");
  g_assert_cmpstr (((CoterieReportRun *) runs->pdata[3])->name, ==, "Shoes (other)");
}

static void
test_names_of_tables_are_read_back (void)
{
  CoterieReportTableKind kind = COTERIE_REPORT_TABLE_4;

  g_assert_false (coterie_report_table_kind_from_string ("1", &kind));
  g_assert_false (coterie_report_table_kind_from_string ("", &kind));
  g_assert_cmpuint (kind, ==, COTERIE_REPORT_TABLE_4);
  for (guint i = 0; i < COTERIE_N_REPORT_TABLES; i++) {
    const char *name = coterie_report_table_kind_to_string ((CoterieReportTableKind) i);

    g_assert_true (coterie_report_table_kind_from_string (name, &kind));
    g_assert_cmpuint (kind, ==, i);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/table/table-2-has-both-readings", test_table_2_has_both_readings);
  g_test_add_func ("/report/table/table-3-has-sizes-and-a-correlation",
                   test_table_3_has_sizes_and_a_correlation);
  g_test_add_func ("/report/table/table-4-has-values-beside-correlations",
                   test_table_4_has_values_beside_correlations);
  g_test_add_func ("/report/table/3-and-4-may-have-all-correlations",
                   test_tables_3_and_4_may_have_all_correlations);
  g_test_add_func ("/report/table/table-5-has-network-and-layers",
                   test_table_5_has_network_and_layers);
  g_test_add_func ("/report/table/table-6-compares-classes-with-themselves",
                   test_table_6_compares_classes_with_themselves);
  g_test_add_func ("/report/table/baselines-are-all-there", test_baselines_are_all_there);
  g_test_add_func ("/report/table/what-a-run-lacks-is-undefined",
                   test_what_a_run_lacks_is_undefined);
  g_test_add_func ("/report/table/figure-1-goes-from-0-to-1-over-each-run",
                   test_figure_1_goes_from_0_to_1_over_each_run);
  g_test_add_func ("/report/table/names-are-read-back", test_names_of_tables_are_read_back);
  g_test_add_func ("/report/run/the-untrained-network-is-first-on-demand",
                   test_the_untrained_network_is_first_on_demand);
  g_test_add_func ("/report/run/is-named-by-data-set-and-noise",
                   test_runs_are_named_by_data_set_and_noise);
  g_test_add_func ("/report/run/of-one-name-is-told-apart", test_runs_of_one_name_are_told_apart);
  g_test_add_func ("/report/run/counts-where-a-layer-is-silent",
                   test_counts_where_a_layer_is_silent);
  g_test_add_func ("/report/table/silent-iterations-are-told-and-not-left-out",
                   test_silent_iterations_are_told_and_not_left_out);
  return g_test_run ();
}
