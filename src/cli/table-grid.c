/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lays the tables of a report out for people: words for what a row is about, numbers rounded to a few
 * digits, and Table 2 as one matrix of classes for each run. The rest has runs as columns. Numbers
 * have a point in every locale, so that what is copied into a paper is the same everywhere. */

#include "config.h"

#include "cli/table-grid.h"

#include <glib/gi18n.h>
#include <math.h>

#include "cli/table-notes.h"

static void
line_free (gpointer pointer)
{
  CoterieTableLine *line = pointer;

  g_free (line->heading);
  g_free (line->label);
  g_ptr_array_unref (line->cells);
  g_free (line);
}

/* Takes everything. */
static CoterieTableGrid *
grid_new (char *number, char *title, GPtrArray *notes, GPtrArray *settings)
{
  CoterieTableGrid *grid = g_new0 (CoterieTableGrid, 1);

  grid->number = number;
  grid->title = title;
  grid->columns = g_ptr_array_new_with_free_func (g_free);
  grid->lines = g_ptr_array_new_with_free_func (line_free);
  grid->notes = notes;
  grid->settings = settings;
  return grid;
}

/**
 * coterie_table_grid_free:
 * @grid: (transfer full): the grid
 */
void
coterie_table_grid_free (CoterieTableGrid *grid)
{
  g_free (grid->number);
  g_free (grid->title);
  g_ptr_array_unref (grid->columns);
  g_ptr_array_unref (grid->lines);
  g_ptr_array_unref (grid->notes);
  g_ptr_array_unref (grid->settings);
  g_free (grid);
}

/* Takes heading and label. */
static CoterieTableLine *
add_line (CoterieTableGrid *grid, char *heading, char *label)
{
  CoterieTableLine *line = g_new0 (CoterieTableLine, 1);

  line->heading = heading;
  line->label = label;
  line->cells = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (grid->lines, line);
  return line;
}

static char *
format_number (double number, guint n_decimals)
{
  char format[] = "%.0f";
  char text[G_ASCII_DTOSTR_BUF_SIZE + 310]; /* the greatest double has 309 digits */

  if (!isfinite (number))
    return g_strdup (COTERIE_TABLE_UNDEFINED);
  format[2] = (char) ('0' + n_decimals);
  g_ascii_formatd (text, sizeof text, format, number);
  /* what rounds to zero has no sign */
  return g_strdup (text[0] == '-' && strspn (text, "-0.") == strlen (text) ? text + 1 : text);
}

static char *
format_cell (const CoterieReportRow *row, guint run)
{
  const CoterieMeasureInfo *info = coterie_measure_get_info (row->measure);

  if (coterie_report_statistic_is_correlation (row->statistic))
    return format_number (row->values[run], 2);
  if (row->statistic == COTERIE_REPORT_SCALED)
    return format_number (row->values[run], 4);
  switch (info->unit) {
  case COTERIE_MEASURE_UNIT_COUNT:
    return format_number (row->values[run], 0);
  case COTERIE_MEASURE_UNIT_FRACTION:
    return format_number (100.0 * row->values[run], 2);
  case COTERIE_MEASURE_UNIT_NATS:
    return format_number (row->values[run], 2);
  case COTERIE_MEASURE_UNIT_NONE:
  default:
    return format_number (row->values[run], info->upper <= 1.0 ? 4 : 2);
  }
}

static char *
create_number (CoterieReportTableKind kind)
{
  if (kind == COTERIE_REPORT_BASELINES)
    return NULL;
  if (kind == COTERIE_REPORT_FIGURE_1)
    return g_strdup (_ ("Figure 1"));
  /* Translators: a number */
  return g_strdup_printf (_ ("Table %s"), coterie_report_table_kind_to_string (kind));
}

static gboolean
has_spearman (const CoterieReportTable *table)
{
  for (guint i = 0; i < table->rows->len; i++)
    if (((CoterieReportRow *) g_ptr_array_index (table->rows, i))->statistic ==
        COTERIE_REPORT_SPEARMAN)
      return TRUE;
  return FALSE;
}

static char *
create_title (const CoterieReportTable *table, guint layer)
{
  switch (table->kind) {
  case COTERIE_REPORT_TABLE_3:
    if (has_spearman (table))
      return g_strdup (_ ("Sizes of the largest communities at the end, average nodes per "
                          "community, and its Pearson (PCC) and Spearman (SCC) correlations with "
                          "training and test accuracy"));
    return g_strdup (_ ("Sizes of the largest communities at the end, average nodes per "
                        "community, and its Pearson correlation (PCC) with the training accuracy"));
  case COTERIE_REPORT_TABLE_4:
    if (has_spearman (table))
      return g_strdup (_ ("Modularity at the end, and its Pearson (PCC) and Spearman (SCC) "
                          "correlations with training and test accuracy"));
    return g_strdup (_ ("Modularity at the end, and its Pearson correlation (PCC) with "
                        "the training accuracy"));
  case COTERIE_REPORT_TABLE_5:
    return g_strdup (_ ("Entropy at the end, and its Pearson (PCC) and Spearman (SCC) "
                        "correlations with training and test accuracy"));
  case COTERIE_REPORT_TABLE_6:
    if (layer > 0)
      return g_strdup_printf (_ ("Entropy of each class in layer %u, and its Pearson "
                                 "(PCC) and Spearman (SCC) correlations with the accuracies"),
                              layer);
    return g_strdup (_ ("Entropy of each class, and its Pearson (PCC) and Spearman (SCC) "
                        "correlations with the accuracies"));
  case COTERIE_REPORT_FIGURE_1:
    if (layer > 0)
      return g_strdup_printf (_ ("Entropy of layer %u, scaled to 0 to 1 over the run, and "
                                 "the accuracies at every iteration"),
                              layer);
    return g_strdup (_ ("Entropy, scaled to 0 to 1 over the run, and the accuracies at "
                        "every iteration"));
  case COTERIE_REPORT_TABLE_2:
  case COTERIE_REPORT_BASELINES:
  default:
    return g_strdup (_ ("Baselines: Other measures at the end, and their Pearson (PCC) and "
                        "Spearman (SCC) correlations with training and test accuracy"));
  }
}

static const char *
get_coefficient_name (CoterieReportStatistic statistic)
{
  return statistic == COTERIE_REPORT_PEARSON ? _ ("PCC") : _ ("SCC");
}

static char *
create_series_heading (const CoterieReportRow *row)
{
  const CoterieMeasureInfo *info = coterie_measure_get_info (row->measure);
  const char *unit = coterie_measure_unit_to_string (info->unit);

  if (row->statistic == COTERIE_REPORT_SCALED)
    /* Translators: a measure */
    return g_strdup_printf (_ ("%s, scaled"), _ (info->label));
  /* Translators: a measure and its unit */
  return g_strdup_printf (_ ("%s, %s"), _ (info->label), _ (unit));
}

static char *
create_heading (CoterieReportTableKind kind, const CoterieReportRow *row)
{
  const char *unit = coterie_measure_unit_to_string (coterie_measure_get_info (row->measure)->unit);

  if (kind == COTERIE_REPORT_FIGURE_1)
    return create_series_heading (row);
  if (kind != COTERIE_REPORT_TABLE_6)
    return row->layer > 0 ? g_strdup_printf (_ ("Layer %u"), row->layer) : g_strdup (_ ("Network"));
  if (row->statistic == COTERIE_REPORT_VALUE)
    return g_strdup_printf (_ ("Entropy at the end, %s"), _ (unit));
  /* Translators: as in "PCC with training accuracy of the class" */
  return g_strdup_printf (_ ("%s with %s"), get_coefficient_name (row->statistic),
                          _ (coterie_measure_get_info (row->with)->label));
}

static char *
create_label (CoterieReportTableKind kind, const CoterieReportRow *row)
{
  const CoterieMeasureInfo *info = coterie_measure_get_info (row->measure);
  const char *unit = coterie_measure_unit_to_string (info->unit);

  if (kind == COTERIE_REPORT_FIGURE_1)
    return g_strdup_printf (_ ("Iteration %u"), row->iteration);
  if (row->statistic == COTERIE_REPORT_VALUE && kind == COTERIE_REPORT_TABLE_3)
    return g_strdup (_ (info->short_label));
  if (row->statistic == COTERIE_REPORT_VALUE)
    return *unit == '\0'
               ? g_strdup_printf (_ ("%s, at the end"), _ (info->short_label))
               /* Translators: a measure and its unit */
               : g_strdup_printf (_ ("%s, at the end, %s"), _ (info->short_label), _ (unit));
  /* Translators: a measure, a correlation, an accuracy, as in "sum, PCC, training" */
  return g_strdup_printf (_ ("%s, %s, %s"), _ (info->short_label),
                          get_coefficient_name (row->statistic),
                          _ (coterie_measure_get_info (row->with)->short_label));
}

/* The number is left alone where the name says nothing else, or is not the same in all runs. */
static char *
create_class_label (GPtrArray *runs, guint first_run, guint n_runs, guint label)
{
  g_autofree char *number = g_strdup_printf ("%u", label);
  const char *common;

  if (!coterie_table_notes_have_common_name (runs, first_run, n_runs, label, &common))
    return g_steal_pointer (&number);
  if (common == NULL || *common == '\0' || g_str_equal (common, number))
    return g_steal_pointer (&number);
  return g_strdup_printf ("%s %s", number, common);
}

static gboolean
begins_section (CoterieReportTableKind kind,
                const CoterieReportRow *row,
                const CoterieReportRow *before)
{
  if (before == NULL)
    return TRUE;
  if (kind == COTERIE_REPORT_TABLE_6)
    return row->statistic != before->statistic || row->with != before->with;
  if (kind == COTERIE_REPORT_FIGURE_1)
    return row->statistic != before->statistic || row->measure != before->measure;
  return row->layer != before->layer;
}

static void
append_real (GString *out, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (text, sizeof text, "%g", number));
}

static void
append_training (GString *out, const CoterieTrainingSettings *training)
{
  g_string_append (out, _ ("hidden layers "));
  for (guint l = 0; l < training->n_hidden; l++)
    g_string_append_printf (out, "%s%u", l > 0 ? ", " : "", training->hidden[l]);
  g_string_append_printf (out, _ ("; %s, learning rate "),
                          coterie_optimizer_kind_to_string (training->optimizer));
  append_real (out, training->learning_rate);
  if (training->momentum > 0.0) {
    g_string_append (out, _ (", momentum "));
    append_real (out, training->momentum);
  }
  g_string_append (out, _ ("; dropout "));
  for (guint i = 0; i < coterie_training_settings_get_n_dropouts (training); i++) {
    g_string_append (out, i > 0 ? ", " : "");
    append_real (out, training->dropout[i]);
  }
  g_string_append_printf (out, _ ("; batch %u; seed %" G_GUINT64_FORMAT), training->batch,
                          training->seed);
  if (training->limit > 0)
    g_string_append_printf (out, _ ("; first %" G_GUINT64_FORMAT " samples"), training->limit);
}

static char *
create_settings (const CoterieReportRun *run)
{
  const CoterieSeriesKey key = {COTERIE_MEASURE_TRAINING_ACCURACY, 0, 0};
  CoterieSeries series = coterie_series_book_get (run->book, &key, run->with_untrained);
  GString *out = g_string_new (NULL);

  append_training (out, &run->info->training);
  g_string_append_printf (out, _ ("; top %u neurons per class; %u bins; resolution "),
                          run->info->analysis.top, run->info->analysis.bins);
  append_real (out, run->info->analysis.resolution);
  g_string_append_printf (out, _ ("; %u rewired graphs"), run->info->analysis.n_null_graphs);
  g_string_append_printf (out, _ ("; iterations %u to %u, %" G_GSIZE_FORMAT " of them recorded"),
                          series.iterations[0], series.iterations[series.n_frames - 1],
                          series.n_frames);
  return g_string_free (out, FALSE);
}

/**
 * coterie_table_grid_list_settings:
 * @runs: (element-type CoterieReportRun): columns of a report, each with a frame that counts
 *
 * Returns: (transfer full) (element-type utf8): how they were made: a line for all runs that were
 *   made alike, with their names before it
 */
GPtrArray *
coterie_table_grid_list_settings (GPtrArray *runs)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) settings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint r = 0; r < runs->len; r++) {
    const CoterieReportRun *run = g_ptr_array_index (runs, r);
    char *text = create_settings (run);
    guint index;

    if (g_ptr_array_find_with_equal_func (settings, text, g_str_equal, &index)) {
      char *longer =
          g_strdup_printf ("%s, %s", (char *) g_ptr_array_index (names, index), run->name);

      g_free (g_ptr_array_index (names, index));
      g_ptr_array_index (names, index) = longer;
      g_free (text);
    } else {
      g_ptr_array_add (settings, text);
      g_ptr_array_add (names, g_strdup (run->name));
    }
  }
  for (guint i = 0; i < settings->len; i++)
    g_ptr_array_add (lines, g_strdup_printf ("%s: %s", (char *) g_ptr_array_index (names, i),
                                             (char *) g_ptr_array_index (settings, i)));
  return lines;
}

static CoterieTableGrid *
create_grid (const CoterieReportTable *table, GPtrArray *runs)
{
  const CoterieReportRow *before = NULL;
  CoterieTableGrid *grid = NULL;

  for (guint i = 0; i < table->rows->len; i++) {
    const CoterieReportRow *row = g_ptr_array_index (table->rows, i);
    gboolean begins = begins_section (table->kind, row, before);
    CoterieTableLine *line;

    if (grid == NULL)
      grid = grid_new (create_number (table->kind), create_title (table, row->layer),
                       coterie_table_notes_new (table, runs, NULL),
                       coterie_table_grid_list_settings (runs));
    line = add_line (grid, begins ? create_heading (table->kind, row) : NULL,
                     table->kind == COTERIE_REPORT_TABLE_6
                         ? create_class_label (runs, 0, runs->len, row->label)
                         : create_label (table->kind, row));
    for (guint r = 0; r < runs->len; r++)
      g_ptr_array_add (line->cells, format_cell (row, r));
    before = row;
  }
  for (guint r = 0; r < runs->len; r++)
    g_ptr_array_add (grid->columns,
                     g_strdup (((CoterieReportRun *) g_ptr_array_index (runs, r))->name));
  return grid;
}

/* One matrix of Table 2: its rows in the table begin at first and go by class and, from it on, by
 * other class. */
typedef struct {
  const CoterieReportTable *table;
  guint first;
  guint n_table_classes;
  guint run;
  guint n_classes;
} Matrix;

static double
get_count (const Matrix *matrix, guint i, guint j)
{
  guint low = MIN (i, j), high = MAX (i, j);
  guint row = matrix->first + low * matrix->n_table_classes - low * (low + 1) / 2 + high;

  return ((CoterieReportRow *) g_ptr_array_index (matrix->table->rows, row))->values[matrix->run];
}

static char *
create_matrix_heading (const Matrix *matrix, const CoterieReportRun *run)
{
  const CoterieReportRow *row = g_ptr_array_index (matrix->table->rows, matrix->first);
  const CoterieFrame *frame = row->moment == COTERIE_REPORT_FIRST ? run->first : run->last;
  double n_unique = 0.0, n_pairs = 0.0;

  for (guint i = 0; i < matrix->n_classes; i++) {
    n_unique += get_count (matrix, i, i);
    for (guint j = i + 1; j < matrix->n_classes; j++)
      n_pairs += get_count (matrix, i, j);
  }
  if (isnan (n_unique))
    return g_strdup_printf (_ ("Iteration %u"), frame->iteration);
  return g_strdup_printf (_ ("Iteration %u: %.0f on the diagonal, %.0f in the pairs"),
                          frame->iteration, n_unique, n_pairs);
}

static void
add_matrix (CoterieTableGrid *grid, const Matrix *matrix, GPtrArray *runs)
{
  const CoterieReportRun *run = g_ptr_array_index (runs, matrix->run);

  for (guint i = 0; i < matrix->n_classes; i++) {
    CoterieTableLine *line = add_line (grid, i == 0 ? create_matrix_heading (matrix, run) : NULL,
                                       create_class_label (runs, matrix->run, 1, i));

    for (guint j = 0; j < matrix->n_classes; j++)
      g_ptr_array_add (line->cells, format_number (get_count (matrix, i, j), 0));
  }
}

static char *
create_matrix_number (const CoterieReportRow *row)
{
  return g_strdup (row->measure == COTERIE_MEASURE_UNIQUE_NEURONS ? _ ("Table 2, by its definition")
                                                                  : _ ("Table 2, as printed"));
}

static char *
create_matrix_title (const CoterieReportRow *row, const CoterieReportRun *run)
{
  if (row->measure == COTERIE_MEASURE_UNIQUE_NEURONS)
    return g_strdup_printf (_ ("%s, layer %u, neurons that represent "
                               "two classes and no other; on the diagonal, one class alone"),
                            run->name, row->layer);
  return g_strdup_printf (_ ("%s, layer %u, neurons that represent two "
                             "classes; on the diagonal, one class alone"),
                          run->name, row->layer);
}

/* Both moments of a run and a reading stand in one grid, which begins at the row first. */
static CoterieTableGrid *
create_matrix_grid (const CoterieReportTable *table, GPtrArray *runs, guint run_index, guint first)
{
  const CoterieReportRun *run = g_ptr_array_index (runs, run_index);
  guint n_matrix_rows = table->rows->len / 4;
  g_autoptr (GPtrArray) run_alone = g_ptr_array_new ();
  CoterieTableGrid *grid;
  Matrix matrix = {
      .table = table,
      .first = first,
      .run = run_index,
      .n_classes = run->info->dataset.n_classes,
  };

  g_ptr_array_add (run_alone, (gpointer) run);
  grid = grid_new (create_matrix_number (g_ptr_array_index (table->rows, first)),
                   create_matrix_title (g_ptr_array_index (table->rows, first), run),
                   coterie_table_notes_new (table, runs, run),
                   coterie_table_grid_list_settings (run_alone));
  while (matrix.n_table_classes * (matrix.n_table_classes + 1) / 2 < n_matrix_rows)
    matrix.n_table_classes++;
  for (guint c = 0; c < matrix.n_classes; c++)
    g_ptr_array_add (grid->columns, g_strdup_printf ("%u", c));
  add_matrix (grid, &matrix, runs);
  matrix.first += n_matrix_rows;
  add_matrix (grid, &matrix, runs);
  return grid;
}

/**
 * coterie_table_grids_new:
 * @table: a table
 * @runs: (element-type CoterieReportRun): its columns
 *
 * Returns: (transfer full) (element-type CoterieTableGrid): one grid; for Table 2 two for each run,
 *   by its definition and as it was printed
 */
GPtrArray *
coterie_table_grids_new (const CoterieReportTable *table, GPtrArray *runs)
{
  GPtrArray *grids = g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_table_grid_free);

  if (table->kind != COTERIE_REPORT_TABLE_2) {
    g_ptr_array_add (grids, create_grid (table, runs));
    return grids;
  }
  for (guint r = 0; r < runs->len; r++) {
    g_ptr_array_add (grids, create_matrix_grid (table, runs, r, 0));
    g_ptr_array_add (grids, create_matrix_grid (table, runs, r, table->rows->len / 2));
  }
  return grids;
}
