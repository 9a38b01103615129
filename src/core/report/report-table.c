/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of the paper with runs as columns: which numbers they hold, in which order. How they
 * look is not decided here.
 *
 * Correlations have the values at the end beside them: memorising random labels raises the accuracy
 * too, so that a measure may follow it as closely as when something is learnt, from one hundredth to
 * two. Table 2 comes in two readings, since what the paper prints is not what it defines: neurons
 * that represent two classes and no other, and all that represent the two. */

#include "core/report/report-table.h"

#include <math.h>

#include "core/analysis/cover.h"
#include "core/base/words.h"

static const char *const kind_names[COTERIE_N_REPORT_TABLES] = {
    [COTERIE_REPORT_TABLE_2] = "2",        [COTERIE_REPORT_TABLE_3] = "3",
    [COTERIE_REPORT_TABLE_4] = "4",        [COTERIE_REPORT_TABLE_5] = "5",
    [COTERIE_REPORT_TABLE_6] = "6",        [COTERIE_REPORT_BASELINES] = "baselines",
    [COTERIE_REPORT_FIGURE_1] = "figure1",
};

static const char *const statistic_names[] = {
    [COTERIE_REPORT_VALUE] = "value",
    [COTERIE_REPORT_PEARSON] = "pearson",
    [COTERIE_REPORT_SPEARMAN] = "spearman",
    [COTERIE_REPORT_SCALED] = "scaled",
};

static const char *const moment_names[] = {
    [COTERIE_REPORT_OVERALL] = "",
    [COTERIE_REPORT_FIRST] = "first",
    [COTERIE_REPORT_LAST] = "last",
    [COTERIE_REPORT_AT] = "at",
};

static const CoterieMeasure modularities[] = {
    COTERIE_MEASURE_KLB_WEIGHTED,     COTERIE_MEASURE_KLB_UNWEIGHTED,
    COTERIE_MEASURE_NO_OVERLAP,       COTERIE_MEASURE_UNWEIGHTED_OVERLAP,
    COTERIE_MEASURE_WEIGHTED_OVERLAP,
};

static const CoterieMeasure baselines[] = {
    COTERIE_MEASURE_SELECTIVITY,       COTERIE_MEASURE_DEAD,         COTERIE_MEASURE_ALWAYS_ACTIVE,
    COTERIE_MEASURE_SPARSITY,          COTERIE_MEASURE_PATTERNS,     COTERIE_MEASURE_REGIONS,
    COTERIE_MEASURE_CLASS_INFORMATION, COTERIE_MEASURE_MODULARITY_Z,
};

/* What the z-score is made of, in one line each. */
static const CoterieMeasure null_baselines[] = {
    COTERIE_MEASURE_LOUVAIN,
    COTERIE_MEASURE_NULL_MODULARITY_MEAN,
    COTERIE_MEASURE_NULL_MODULARITY_DEVIATION,
    COTERIE_MEASURE_NULL_MODULARITY_LOWER,
    COTERIE_MEASURE_NULL_MODULARITY_UPPER,
};

static const CoterieMeasure network_baselines[] = {
    COTERIE_MEASURE_TRAINING_LOSS,
    COTERIE_MEASURE_TEST_LOSS,
    COTERIE_MEASURE_ACCURACY_GAP,
    COTERIE_MEASURE_LOSS_GAP,
};

static const CoterieReportStatistic coefficients[] = {
    COTERIE_REPORT_PEARSON,
    COTERIE_REPORT_SPEARMAN,
};

static const CoterieMeasure accuracies[] = {
    COTERIE_MEASURE_TRAINING_ACCURACY,
    COTERIE_MEASURE_TEST_ACCURACY,
    COTERIE_MEASURE_CLASS_TRAINING_ACCURACY,
    COTERIE_MEASURE_CLASS_TEST_ACCURACY,
};

/* Of accuracies, those of the network. */
#define N_NETWORK_ACCURACIES 2

/* first_layer, last_layer: from 1; all that any run has, or the one that was asked for. */
typedef struct {
  CoterieReportTable *table;
  GPtrArray *runs;
  guint first_layer;
  guint last_layer;
  guint n_classes;
  gboolean all_correlations;
} Builder;

/**
 * coterie_report_table_kind_to_string:
 * @kind: which table
 *
 * Returns: what it is called on the command line, not translated
 */
const char *
coterie_report_table_kind_to_string (CoterieReportTableKind kind)
{
  g_return_val_if_fail ((guint) kind < COTERIE_N_REPORT_TABLES, NULL);

  return kind_names[kind];
}

/**
 * coterie_report_table_kind_from_string:
 * @text: any text
 * @kind: (out): the table of that name, unchanged if there is none
 *
 * Returns: whether there is one
 */
gboolean
coterie_report_table_kind_from_string (const char *text, CoterieReportTableKind *kind)
{
  gint index = coterie_words_find (text, kind_names, COTERIE_N_REPORT_TABLES);

  if (index >= 0)
    *kind = (CoterieReportTableKind) index;
  return index >= 0;
}

/**
 * coterie_report_statistic_is_correlation:
 * @statistic: what was made of a measure
 *
 * Returns: whether it comes from several frames and another measure
 */
gboolean
coterie_report_statistic_is_correlation (CoterieReportStatistic statistic)
{
  return statistic == COTERIE_REPORT_PEARSON || statistic == COTERIE_REPORT_SPEARMAN;
}

/**
 * coterie_report_statistic_to_string:
 * @statistic: what was made of a measure
 *
 * Returns: the word for it, for programs
 */
const char *
coterie_report_statistic_to_string (CoterieReportStatistic statistic)
{
  g_return_val_if_fail ((guint) statistic < G_N_ELEMENTS (statistic_names), NULL);

  return statistic_names[statistic];
}

/**
 * coterie_report_moment_to_string:
 * @moment: when something was measured
 *
 * Returns: the word for it, for programs; "" for all iterations
 */
const char *
coterie_report_moment_to_string (CoterieReportMoment moment)
{
  g_return_val_if_fail ((guint) moment < G_N_ELEMENTS (moment_names), NULL);

  return moment_names[moment];
}

static void
row_free (gpointer pointer)
{
  CoterieReportRow *row = pointer;

  g_free (row->values);
  g_free (row->n_frames);
  g_free (row->n_left_out);
  g_free (row->n_silent);
  g_free (row);
}

/**
 * coterie_report_table_free:
 * @table: (transfer full): the table
 */
void
coterie_report_table_free (CoterieReportTable *table)
{
  g_ptr_array_unref (table->rows);
  g_free (table);
}

static gboolean
run_has (const CoterieReportRun *run, const CoterieReportRow *row)
{
  CoterieMeasureScope scope = coterie_measure_get_info (row->measure)->scope;

  if (coterie_measure_scope_has_layers (scope) &&
      row->layer > coterie_series_book_get_n_layers (run->book))
    return FALSE;
  return row->label == COTERIE_REPORT_NO_CLASS ||
         row->label < coterie_series_book_get_n_classes (run->book);
}

static void
fill_cell (CoterieReportRow *row, guint index, const CoterieReportRun *run)
{
  CoterieSeriesKey key = {
      .measure = row->measure,
      .layer_index = row->layer > 0 ? row->layer - 1 : 0,
      .label = row->label != COTERIE_REPORT_NO_CLASS ? row->label : 0,
  };

  if (row->statistic == COTERIE_REPORT_VALUE) {
    CoterieSeries series = coterie_series_book_get (run->book, &key, run->with_untrained);

    row->values[index] = coterie_series_get_last (&series);
  } else {
    CoterieCorrelation correlation =
        coterie_series_book_correlate (run->book, &key, row->with, run->with_untrained);

    row->values[index] =
        row->statistic == COTERIE_REPORT_PEARSON ? correlation.pearson : correlation.spearman;
    row->n_frames[index] = correlation.n_frames;
    row->n_left_out[index] = correlation.n_left_out;
  }
}

static int
compare_iterations (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *) a;
  guint right = *(const guint *) b;

  return (left > right) - (left < right);
}

/* Those of any run, ascending, each once. */
static GArray *
list_iterations (GPtrArray *runs)
{
  const CoterieSeriesKey key = {COTERIE_MEASURE_TRAINING_ACCURACY, 0, 0};
  GArray *all = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_kept = 0;

  for (guint r = 0; r < runs->len; r++) {
    const CoterieReportRun *run = g_ptr_array_index (runs, r);
    CoterieSeries series = coterie_series_book_get (run->book, &key, run->with_untrained);

    g_array_append_vals (all, series.iterations, (guint) series.n_frames);
  }
  g_array_sort (all, compare_iterations);
  for (guint i = 0; i < all->len; i++)
    if (n_kept == 0 || g_array_index (all, guint, n_kept - 1) != g_array_index (all, guint, i))
      g_array_index (all, guint, n_kept++) = g_array_index (all, guint, i);
  return g_array_set_size (all, n_kept);
}

/* All values are not-a-number at first. */
static CoterieReportRow *
append_row (Builder *builder, const CoterieReportRow *fields)
{
  guint n_runs = builder->table->n_runs;
  CoterieReportRow *row = g_memdup2 (fields, sizeof *fields);

  row->values = g_new (double, n_runs);
  row->n_frames = g_new0 (gsize, n_runs);
  row->n_left_out = g_new0 (gsize, n_runs);
  row->n_silent = g_new0 (gsize, n_runs);
  for (guint r = 0; r < n_runs; r++)
    row->values[r] = NAN;
  g_ptr_array_add (builder->table->rows, row);
  return row;
}

static void
add_row (Builder *builder, const CoterieReportRow *fields)
{
  CoterieReportRow *row = append_row (builder, fields);

  for (guint r = 0; r < builder->table->n_runs; r++) {
    const CoterieReportRun *run = g_ptr_array_index (builder->runs, r);

    if (run_has (run, row))
      fill_cell (row, r, run);
  }
}

static void
add_value (Builder *builder, CoterieMeasure measure, guint layer, guint label)
{
  const CoterieReportRow fields = {
      .measure = measure,
      .layer = layer,
      .label = label,
      .other_label = COTERIE_REPORT_NO_CLASS,
      .moment = COTERIE_REPORT_LAST,
  };

  add_row (builder, &fields);
}

static void
add_coefficient (Builder *builder,
                 CoterieMeasure measure,
                 guint layer,
                 guint label,
                 CoterieReportStatistic statistic,
                 CoterieMeasure with)
{
  const CoterieReportRow fields = {
      .measure = measure,
      .layer = layer,
      .label = label,
      .other_label = COTERIE_REPORT_NO_CLASS,
      .statistic = statistic,
      .with = with,
  };

  add_row (builder, &fields);
}

/* Value, then both coefficients with the first so many accuracies. */
static void
add_measure (Builder *builder, CoterieMeasure measure, guint layer, guint n_accuracies)
{
  add_value (builder, measure, layer, COTERIE_REPORT_NO_CLASS);
  for (guint a = 0; a < n_accuracies; a++)
    for (guint i = 0; i < G_N_ELEMENTS (coefficients); i++)
      add_coefficient (builder, measure, layer, COTERIE_REPORT_NO_CLASS, coefficients[i],
                       accuracies[a]);
}

/* Tables 3 and 4 of the paper have one coefficient. */
static void
add_as_printed (Builder *builder, CoterieMeasure measure, guint layer)
{
  if (builder->all_correlations) {
    add_measure (builder, measure, layer, N_NETWORK_ACCURACIES);
    return;
  }
  add_value (builder, measure, layer, COTERIE_REPORT_NO_CLASS);
  add_coefficient (builder, measure, layer, COTERIE_REPORT_NO_CLASS, COTERIE_REPORT_PEARSON,
                   COTERIE_MEASURE_TRAINING_ACCURACY);
}

static const CoterieLayerAnalysis *
get_analysis (const CoterieReportRun *run, CoterieReportMoment moment, guint layer)
{
  const CoterieFrame *frame = moment == COTERIE_REPORT_FIRST ? run->first : run->last;

  return layer <= frame->n_layers ? frame->layers[layer - 1].analysis : NULL;
}

/* counts: [n_classes of the run][the same], or %NULL where there are none to count. */
static guint32 *
count_neurons (const CoterieLayerAnalysis *analysis, CoterieMeasure reading)
{
  g_autoptr (CoterieCover) cover = NULL;
  guint32 *counts;

  if (analysis == NULL || analysis->n_bad_values > 0)
    return NULL;
  cover = coterie_cover_new (analysis->n_neurons, analysis->n_classes, analysis->n_representatives,
                             analysis->representatives);
  counts = g_new (guint32, (gsize) analysis->n_classes * analysis->n_classes);
  if (reading == COTERIE_MEASURE_UNIQUE_NEURONS)
    coterie_cover_count_unique (cover, counts);
  else
    coterie_cover_count_shared (cover, counts);
  return counts;
}

/* The rows of classes i and j follow one another, j from i on. */
static void
fill_counts (
    Builder *builder, guint first_row, guint index, const guint32 *counts, guint n_run_classes)
{
  guint row = first_row;

  for (guint i = 0; i < builder->n_classes; i++)
    for (guint j = i; j < builder->n_classes; j++, row++)
      if (j < n_run_classes) {
        CoterieReportRow *cells = g_ptr_array_index (builder->table->rows, row);

        cells->values[index] = counts[(gsize) i * n_run_classes + j];
      }
}

static void
add_matrix (Builder *builder, CoterieMeasure reading, CoterieReportMoment moment)
{
  guint first_row = builder->table->rows->len;

  for (guint i = 0; i < builder->n_classes; i++)
    for (guint j = i; j < builder->n_classes; j++) {
      const CoterieReportRow fields = {
          .measure = reading,
          .layer = builder->first_layer,
          .label = i,
          .other_label = j,
          .moment = moment,
      };

      append_row (builder, &fields);
    }

  for (guint r = 0; r < builder->table->n_runs; r++) {
    const CoterieLayerAnalysis *analysis =
        get_analysis (g_ptr_array_index (builder->runs, r), moment, builder->first_layer);
    g_autofree guint32 *counts = count_neurons (analysis, reading);

    if (counts != NULL)
      fill_counts (builder, first_row, r, counts, analysis->n_classes);
  }
}

static void
build_table_2 (Builder *builder)
{
  const CoterieMeasure readings[] = {COTERIE_MEASURE_UNIQUE_NEURONS,
                                     COTERIE_MEASURE_SHARED_NEURONS};

  for (guint i = 0; i < G_N_ELEMENTS (readings); i++) {
    add_matrix (builder, readings[i], COTERIE_REPORT_FIRST);
    add_matrix (builder, readings[i], COTERIE_REPORT_LAST);
  }
}

static void
build_table_3 (Builder *builder)
{
  for (guint layer = builder->first_layer; layer <= builder->last_layer; layer++) {
    for (guint k = 0; k < COTERIE_N_LARGEST_COMMUNITIES; k++)
      add_value (builder, COTERIE_MEASURE_LARGEST_COMMUNITY + k, layer, COTERIE_REPORT_NO_CLASS);
    add_value (builder, COTERIE_MEASURE_COMMUNITIES, layer, COTERIE_REPORT_NO_CLASS);
    add_as_printed (builder, COTERIE_MEASURE_AVERAGE_NODES, layer);
  }
}

static void
build_table_4 (Builder *builder)
{
  for (guint layer = builder->first_layer; layer <= builder->last_layer; layer++)
    for (guint i = 0; i < G_N_ELEMENTS (modularities); i++)
      add_as_printed (builder, modularities[i], layer);
}

static void
build_table_5 (Builder *builder, gboolean with_network)
{
  if (with_network) {
    add_measure (builder, COTERIE_MEASURE_ENTROPY, 0, N_NETWORK_ACCURACIES);
    add_measure (builder, COTERIE_MEASURE_MEAN_LIVE_ENTROPY, 0, N_NETWORK_ACCURACIES);
  }
  for (guint layer = builder->first_layer; layer <= builder->last_layer; layer++) {
    add_measure (builder, COTERIE_MEASURE_LAYER_ENTROPY, layer, N_NETWORK_ACCURACIES);
    add_measure (builder, COTERIE_MEASURE_LAYER_MEAN_LIVE_ENTROPY, layer, N_NETWORK_ACCURACIES);
  }
}

/* By statistic and then by class, as the paper's columns. */
static void
build_table_6 (Builder *builder, guint layer)
{
  CoterieMeasure measure =
      layer > 0 ? COTERIE_MEASURE_LAYER_CLASS_ENTROPY : COTERIE_MEASURE_CLASS_ENTROPY;

  for (guint c = 0; c < builder->n_classes; c++)
    add_value (builder, measure, layer, c);
  for (guint a = 0; a < G_N_ELEMENTS (accuracies); a++)
    for (guint i = 0; i < G_N_ELEMENTS (coefficients); i++)
      for (guint c = 0; c < builder->n_classes; c++)
        add_coefficient (builder, measure, layer, c, coefficients[i], accuracies[a]);
}

static void
build_baselines (Builder *builder, gboolean with_network)
{
  for (guint i = 0; with_network && i < G_N_ELEMENTS (network_baselines); i++)
    add_measure (builder, network_baselines[i], 0, N_NETWORK_ACCURACIES);
  for (guint layer = builder->first_layer; layer <= builder->last_layer; layer++) {
    for (guint i = 0; i < G_N_ELEMENTS (baselines); i++)
      add_measure (builder, baselines[i], layer, N_NETWORK_ACCURACIES);
    for (guint i = 0; i < G_N_ELEMENTS (null_baselines); i++)
      add_value (builder, null_baselines[i], layer, COTERIE_REPORT_NO_CLASS);
  }
}

/* The rows from first on are those of a series at all iterations. */
static void
fill_series (Builder *builder, guint first, const GArray *iterations, guint run_index)
{
  const CoterieReportRun *run = g_ptr_array_index (builder->runs, run_index);
  const CoterieReportRow *like = g_ptr_array_index (builder->table->rows, first);
  const CoterieSeriesKey key = {like->measure, like->layer > 0 ? like->layer - 1 : 0, 0};
  g_autofree double *scaled = NULL;
  CoterieSeries series;
  guint i = 0;

  if (!run_has (run, like))
    return;
  series = coterie_series_book_get (run->book, &key, run->with_untrained);
  scaled = g_new (double, series.n_frames);
  coterie_series_scale (&series, scaled);
  for (gsize t = 0; t < series.n_frames; t++) {
    while (g_array_index (iterations, guint, i) < series.iterations[t])
      i++;
    ((CoterieReportRow *) g_ptr_array_index (builder->table->rows, first + i))->values[run_index] =
        like->statistic == COTERIE_REPORT_SCALED ? scaled[t] : series.values[t];
  }
}

static void
add_series (Builder *builder,
            const GArray *iterations,
            CoterieMeasure measure,
            guint layer,
            CoterieReportStatistic statistic)
{
  guint first = builder->table->rows->len;

  for (guint i = 0; i < iterations->len; i++) {
    const CoterieReportRow fields = {
        .measure = measure,
        .layer = layer,
        .label = COTERIE_REPORT_NO_CLASS,
        .other_label = COTERIE_REPORT_NO_CLASS,
        .moment = COTERIE_REPORT_AT,
        .iteration = g_array_index (iterations, guint, i),
        .statistic = statistic,
    };

    append_row (builder, &fields);
  }
  for (guint r = 0; r < builder->table->n_runs; r++)
    fill_series (builder, first, iterations, r);
}

/* Of the network, or of one layer. */
static void
build_figure_1 (Builder *builder, guint layer)
{
  g_autoptr (GArray) iterations = list_iterations (builder->runs);
  CoterieMeasure entropy = layer > 0 ? COTERIE_MEASURE_LAYER_ENTROPY : COTERIE_MEASURE_ENTROPY;

  add_series (builder, iterations, entropy, layer, COTERIE_REPORT_SCALED);
  add_series (builder, iterations, COTERIE_MEASURE_TRAINING_ACCURACY, 0, COTERIE_REPORT_VALUE);
  add_series (builder, iterations, COTERIE_MEASURE_TEST_ACCURACY, 0, COTERIE_REPORT_VALUE);
  add_series (builder, iterations, entropy, layer, COTERIE_REPORT_VALUE);
}

static void
count_silent (const Builder *builder)
{
  for (guint i = 0; i < builder->table->rows->len; i++) {
    CoterieReportRow *row = g_ptr_array_index (builder->table->rows, i);

    for (guint r = 0; r < builder->runs->len; r++)
      row->n_silent[r] =
          coterie_report_run_count_silent (g_ptr_array_index (builder->runs, r), row->layer, NULL);
  }
}

static void
count_layers_and_classes (Builder *builder)
{
  builder->first_layer = 1;
  for (guint r = 0; r < builder->runs->len; r++) {
    const CoterieReportRun *run = g_ptr_array_index (builder->runs, r);

    builder->last_layer = MAX (builder->last_layer, coterie_series_book_get_n_layers (run->book));
    builder->n_classes = MAX (builder->n_classes, coterie_series_book_get_n_classes (run->book));
  }
}

/**
 * coterie_report_table_new:
 * @kind: which table
 * @runs: (element-type CoterieReportRun): its columns, at least one, each with a frame that counts
 * @layer: the hidden layer to speak of, from 1; 0 for the first one in Table 2, the network in
 *   Table 6 and Figure 1, and all in the others
 * @all_correlations: whether Tables 3 and 4 have Pearson's and Spearman's correlation with both
 *   accuracies, as the others have, rather than the one that the paper prints
 *
 * Computes what the table holds. Runs may have different layers and classes. Cost: for Table 2, its
 * numbers; for the others some sorting for each.
 *
 * Returns: (transfer full): the table
 */
CoterieReportTable *
coterie_report_table_new (CoterieReportTableKind kind,
                          GPtrArray *runs,
                          guint layer,
                          gboolean all_correlations)
{
  CoterieReportTable *table = g_new0 (CoterieReportTable, 1);
  Builder builder = {.table = table, .runs = runs, .all_correlations = all_correlations};

  table->kind = kind;
  table->n_runs = runs->len;
  table->rows = g_ptr_array_new_with_free_func (row_free);
  count_layers_and_classes (&builder);
  if (layer > 0)
    builder.first_layer = builder.last_layer = layer;

  switch (kind) {
  case COTERIE_REPORT_TABLE_2:
    build_table_2 (&builder);
    break;
  case COTERIE_REPORT_TABLE_3:
    build_table_3 (&builder);
    break;
  case COTERIE_REPORT_TABLE_4:
    build_table_4 (&builder);
    break;
  case COTERIE_REPORT_TABLE_5:
    build_table_5 (&builder, layer == 0);
    break;
  case COTERIE_REPORT_TABLE_6:
    build_table_6 (&builder, layer);
    break;
  case COTERIE_REPORT_FIGURE_1:
    build_figure_1 (&builder, layer);
    break;
  case COTERIE_REPORT_BASELINES:
  default:
    build_baselines (&builder, layer == 0);
    break;
  }
  count_silent (&builder);
  return table;
}
