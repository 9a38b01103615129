/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said below the tables of a report, since numbers alone could mislead: correlations over a few
 * iterations or not over all, zeros that are no values, classes that are not the same in all columns. */

#include "config.h"

#include "cli/table-notes.h"

#include <glib/gi18n.h>

/* Correlations over fewer iterations are told to say little. */
#define FEW_FRAMES 10

/* Of the communities in its Table 3. */
#define PAPER_RESOLUTION 0.5

static const char *
get_class_name (const CoterieReportRun *run, guint label)
{
  return label < run->info->dataset.n_classes ? run->info->dataset.class_names[label] : NULL;
}

/**
 * coterie_table_notes_have_common_name:
 * @runs: (element-type CoterieReportRun): columns of a report
 * @first_run: the first one to ask
 * @n_runs: how many to ask
 * @label: a class
 * @common: (out) (nullable): the name that all of them give it; %NULL if none of them has the class
 *
 * Returns: whether those that have the class give it the same name
 */
gboolean
coterie_table_notes_have_common_name (
    GPtrArray *runs, guint first_run, guint n_runs, guint label, const char **common)
{
  *common = NULL;
  for (guint r = first_run; r < first_run + n_runs; r++) {
    const char *name = get_class_name (g_ptr_array_index (runs, r), label);

    if (name != NULL && *common != NULL && !g_str_equal (name, *common))
      return FALSE;
    if (name != NULL)
      *common = name;
  }
  return TRUE;
}

/* Rows that are undefined throughout speak for themselves. */
static gsize
count_left_out (const CoterieReportTable *table, guint run, gsize n_frames)
{
  gsize n_most = 0;

  for (guint i = 0; i < table->rows->len; i++) {
    const CoterieReportRow *row = g_ptr_array_index (table->rows, i);

    if (row->n_left_out[run] < n_frames)
      n_most = MAX (n_most, row->n_left_out[run]);
  }
  return n_most;
}

static gboolean
has_correlations (const CoterieReportTable *table)
{
  for (guint i = 0; i < table->rows->len; i++)
    if (coterie_report_statistic_is_correlation (
            ((CoterieReportRow *) g_ptr_array_index (table->rows, i))->statistic))
      return TRUE;
  return FALSE;
}

/* Over how many iterations the correlations are: what is undefined throughout and has none does not
 * count, unless nothing else is there. */
static gboolean
find_n_frames (const CoterieReportTable *table, guint run, gsize *fewest, gsize *most)
{
  gboolean found = FALSE;

  *fewest = *most = 0;
  for (guint i = 0; i < table->rows->len; i++) {
    const CoterieReportRow *row = g_ptr_array_index (table->rows, i);
    gsize n = row->n_frames[run];

    found = found || n + row->n_left_out[run] > 0;
    if (n > 0)
      *fewest = *fewest > 0 ? MIN (*fewest, n) : n;
    *most = MAX (*most, n);
  }
  return found;
}

/* A correlation over a few iterations is easily high by chance. */
static void
warn_of_few (GPtrArray *notes, const CoterieReportTable *table, const char *name, guint run)
{
  gsize fewest, most;
  char *note;

  if (!find_n_frames (table, run, &fewest, &most) || fewest >= FEW_FRAMES)
    return;
  if (most < COTERIE_MIN_CORRELATED_FRAMES)
    note = g_strdup_printf (
        _ ("%s: too few iterations for correlations: %" G_GSIZE_FORMAT ", expected at least %d"),
        name, most, COTERIE_MIN_CORRELATED_FRAMES);
  else if (fewest < most)
    note = g_strdup_printf (_ ("%s: correlations over %" G_GSIZE_FORMAT " to %" G_GSIZE_FORMAT
                               " iterations; over few of them they say little"),
                            name, fewest, most);
  else
    note = g_strdup_printf (
        _ ("%s: correlations over %" G_GSIZE_FORMAT " iterations alone, which says little"), name,
        most);
  g_ptr_array_add (notes, note);
}

static gboolean
speaks_of_layer (const CoterieReportTable *table, guint layer)
{
  for (guint i = 0; i < table->rows->len; i++) {
    const CoterieReportRow *row = g_ptr_array_index (table->rows, i);

    if (row->layer == 0 || row->layer == layer)
      return TRUE;
  }
  return FALSE;
}

static gsize
count_frames (const CoterieReportRun *run)
{
  const CoterieSeriesKey key = {COTERIE_MEASURE_TRAINING_ACCURACY, 0, 0};

  return coterie_series_book_get (run->book, &key, run->with_untrained).n_frames;
}

static void
add_silence (GPtrArray *notes,
             const CoterieReportTable *table,
             const CoterieReportRun *run,
             guint layer)
{
  const char *format =
      has_correlations (table)
          ? _ ("%s: layer %u is silent in %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
               " iterations, first at iteration %u: its numbers there mean nothing, but stay in "
               "the "
               "correlations")
          : _ ("%s: layer %u is silent in %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
               " iterations, first at iteration %u: its numbers there mean nothing");
  guint first = 0;
  gsize n_silent = coterie_report_run_count_silent (run, layer, &first);

  if (n_silent > 0)
    g_ptr_array_add (
        notes, g_strdup_printf (format, run->name, layer, n_silent, count_frames (run), first));
}

static void
add_explosion (GPtrArray *notes, const CoterieReportRun *run)
{
  guint first = 0;
  gsize n_exploded = coterie_report_run_count_exploded (run, &first);

  if (n_exploded > 0)
    g_ptr_array_add (
        notes, g_strdup_printf (_ ("%s: the training diverged: in %" G_GSIZE_FORMAT
                                   " of %" G_GSIZE_FORMAT " iterations, first at iteration %u, its "
                                   "loss is more than ten times that of guessing"),
                                run->name, n_exploded, count_frames (run), first));
}

static gboolean
has_modularities (const CoterieReportTable *table)
{
  return table->kind == COTERIE_REPORT_TABLE_4 || table->kind == COTERIE_REPORT_BASELINES;
}

static void
add_missing_edges (GPtrArray *notes, const CoterieReportRun *run, guint layer)
{
  guint first = 0;
  gsize n_edgeless = coterie_report_run_count_edgeless (run, layer, &first);

  if (n_edgeless > 0)
    g_ptr_array_add (
        notes, g_strdup_printf (_ ("%s: the graph of layer %u has no edges in %" G_GSIZE_FORMAT
                                   " of %" G_GSIZE_FORMAT " iterations, first at iteration "
                                   "%u: its modularities there are 0"),
                                run->name, layer, n_edgeless, count_frames (run), first));
}

/* Their zeros could be taken for values. */
static void
add_hollow_layers (GPtrArray *notes, const CoterieReportTable *table, const CoterieReportRun *run)
{
  for (guint layer = 1; layer <= coterie_series_book_get_n_layers (run->book); layer++) {
    if (!speaks_of_layer (table, layer))
      continue;
    add_silence (notes, table, run, layer);
    if (has_modularities (table))
      add_missing_edges (notes, run, layer);
  }
}

static gboolean
have_common_names (GPtrArray *runs)
{
  const char *common;

  for (guint r = 0; r < runs->len; r++) {
    const CoterieReportRun *run = g_ptr_array_index (runs, r);

    for (guint c = 0; c < run->info->dataset.n_classes; c++)
      if (!coterie_table_notes_have_common_name (runs, 0, runs->len, c, &common))
        return FALSE;
  }
  return TRUE;
}

/* Where a number is not the same class in all runs, each run says what its own are. */
static void
add_class_names (GPtrArray *notes, GPtrArray *runs)
{
  if (have_common_names (runs))
    return;
  g_ptr_array_add (notes, g_strdup (_ ("Equal numbers are not the same class in all columns")));
  for (guint r = 0; r < runs->len; r++) {
    const CoterieReportRun *run = g_ptr_array_index (runs, r);
    g_autoptr (GString) names = g_string_new (NULL);

    for (guint c = 0; c < run->info->dataset.n_classes; c++)
      g_string_append_printf (names, "%s%u %s", c > 0 ? ", " : "", c,
                              run->info->dataset.class_names[c]);
    /* Translators: a column, and its classes with their numbers */
    g_ptr_array_add (notes, g_strdup_printf (_ ("%s: classes %s"), run->name, names->str));
  }
}

static void
add_left_out (GPtrArray *notes,
              const CoterieReportTable *table,
              const CoterieReportRun *run,
              guint run_index)
{
  gsize n_frames = count_frames (run);
  gsize n_left_out = count_left_out (table, run_index, n_frames);

  if (n_left_out > 0)
    g_ptr_array_add (notes, g_strdup_printf (_ ("%s: up to %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                                                " iterations left out, where a value is undefined"),
                                             run->name, n_left_out, n_frames));
}

/* Sizes of communities hang on it. */
static void
add_resolution (GPtrArray *notes, const CoterieReportRun *run)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (run->info->analysis.resolution != PAPER_RESOLUTION)
    g_ptr_array_add (
        notes, g_strdup_printf (
                   _ ("%s: communities at resolution %s, where the paper has 0.5"), run->name,
                   g_ascii_formatd (text, sizeof text, "%g", run->info->analysis.resolution)));
}

/**
 * coterie_table_notes_new:
 * @table: a table
 * @runs: (element-type CoterieReportRun): its columns
 * @only: (nullable): the one of them that is spoken of, or %NULL for all
 *
 * Returns: (transfer full) (element-type utf8): what is to be said about single columns: a sentence each
 */
GPtrArray *
coterie_table_notes_new (const CoterieReportTable *table,
                         GPtrArray *runs,
                         const CoterieReportRun *only)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func (g_free);

  if (table->kind == COTERIE_REPORT_TABLE_6)
    add_class_names (notes, runs);
  for (guint r = 0; r < runs->len; r++) {
    const CoterieReportRun *run = g_ptr_array_index (runs, r);

    if (only != NULL && run != only)
      continue;
    if (table->kind == COTERIE_REPORT_TABLE_3)
      add_resolution (notes, run);
    warn_of_few (notes, table, run->name, r);
    add_left_out (notes, table, run, r);
    add_explosion (notes, run);
    add_hollow_layers (notes, table, run);
  }
  return notes;
}
