/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables for programs, with all digits: CSV with one line for each row of any table, and
 * JSON with the settings of the runs as well. Names are the same in every language, numbers have a
 * point in every locale, and what is undefined is empty or null. */

#include "cli/table-data.h"

#include <math.h>

#include "cli/json-members.h"
#include "cli/recording-json.h"
#include "core/report/report-table.h"

static void
add_text_field (GString *out, const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL) {
    g_string_append (out, text);
    return;
  }
  g_string_append_c (out, '"');
  for (const char *letter = text; *letter != '\0'; letter++) {
    if (*letter == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *letter);
  }
  g_string_append_c (out, '"');
}

static void
add_class_field (GString *out, guint label)
{
  g_string_append_c (out, ',');
  if (label != COTERIE_REPORT_NO_CLASS)
    g_string_append_printf (out, "%u", label);
}

static const char *
get_class_name (const CoterieReportRun *run, guint label)
{
  return label < run->info->dataset.n_classes ? run->info->dataset.class_names[label] : "";
}

/* What each run calls a class; empty where a row is about none. */
static void
add_class_names (GString *out, GPtrArray *runs, guint label)
{
  for (guint r = 0; r < runs->len; r++) {
    g_string_append_c (out, ',');
    add_text_field (out, get_class_name (g_ptr_array_index (runs, r), label));
  }
}

static void
add_csv_row (GString *out,
             const CoterieReportTable *table,
             const CoterieReportRow *row,
             GPtrArray *runs)
{
  g_string_append_printf (out, "%s,", coterie_report_table_kind_to_string (table->kind));
  if (row->layer > 0)
    g_string_append_printf (out, "%u", row->layer);
  add_class_field (out, row->label);
  add_class_field (out, row->other_label);
  if (row->moment == COTERIE_REPORT_AT)
    g_string_append_printf (out, ",%u", row->iteration);
  else
    g_string_append_printf (out, ",%s", coterie_report_moment_to_string (row->moment));
  g_string_append_printf (out, ",%s,%s,%s", coterie_measure_get_info (row->measure)->id,
                          coterie_report_statistic_to_string (row->statistic),
                          coterie_report_statistic_is_correlation (row->statistic)
                              ? coterie_measure_get_info (row->with)->id
                              : "");
  for (guint r = 0; r < table->n_runs; r++) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append_c (out, ',');
    if (isfinite (row->values[r]))
      g_string_append (out, g_ascii_dtostr (text, sizeof text, row->values[r]));
  }
  for (guint r = 0; r < table->n_runs; r++) {
    g_string_append_c (out, ',');
    if (coterie_report_statistic_is_correlation (row->statistic))
      g_string_append_printf (out, "%" G_GSIZE_FORMAT, row->n_frames[r]);
  }
  for (guint r = 0; r < table->n_runs; r++)
    g_string_append_printf (out, ",%" G_GSIZE_FORMAT, row->n_silent[r]);
  add_class_names (out, runs, row->label);
  add_class_names (out, runs, row->other_label);
  g_string_append_c (out, '\n');
}

static void
add_csv_columns (GString *out, GPtrArray *runs, const char *prefix)
{
  for (guint r = 0; r < runs->len; r++) {
    const CoterieReportRun *run = g_ptr_array_index (runs, r);
    g_autofree char *name = g_strconcat (prefix, run->name, NULL);

    g_string_append_c (out, ',');
    add_text_field (out, name);
  }
}

/**
 * coterie_table_csv_new:
 * @tables: (element-type CoterieReportTable): tables of the same runs
 * @runs: (element-type CoterieReportRun): their columns
 *
 * Returns: (transfer full): a line of names, and one for each row of each table: what it is about, a
 *   number for each run with 17 significant digits, for each run the iterations that a
 *   correlation comes from, and those at which the layer is silent, and for each run what it calls
 *   the classes
 */
char *
coterie_table_csv_new (GPtrArray *tables, GPtrArray *runs)
{
  GString *out = g_string_new ("table,layer,class,other_class,iteration,measure,statistic,with");

  add_csv_columns (out, runs, "");
  add_csv_columns (out, runs, "n of ");
  add_csv_columns (out, runs, "silent of ");
  add_csv_columns (out, runs, "class of ");
  add_csv_columns (out, runs, "other class of ");
  g_string_append_c (out, '\n');
  for (guint t = 0; t < tables->len; t++) {
    const CoterieReportTable *table = g_ptr_array_index (tables, t);

    for (guint i = 0; i < table->rows->len; i++)
      add_csv_row (out, table, g_ptr_array_index (table->rows, i), runs);
  }
  return g_string_free (out, FALSE);
}

static void
add_json_run (JsonBuilder *builder, const CoterieReportRun *run)
{
  const CoterieSeriesKey key = {COTERIE_MEASURE_TRAINING_ACCURACY, 0, 0};
  CoterieSeries series = coterie_series_book_get (run->book, &key, run->with_untrained);

  coterie_json_begin_object (builder, NULL);
  coterie_json_add_text (builder, "name", run->name);
  coterie_json_add_text (builder, "recording", run->path);
  coterie_json_begin_array (builder, "iterations");
  for (gsize i = 0; i < series.n_frames; i++)
    coterie_json_add_whole (builder, NULL, series.iterations[i]);
  json_builder_end_array (builder);
  coterie_json_begin_array (builder, "class_names");
  for (guint c = 0; c < run->info->dataset.n_classes; c++)
    coterie_json_add_text (builder, NULL, run->info->dataset.class_names[c]);
  json_builder_end_array (builder);
  coterie_recording_json_add_settings (builder, run->info);
  json_builder_end_object (builder);
}

static void
add_json_counts (JsonBuilder *builder, const char *name, const gsize *counts, guint n_runs)
{
  coterie_json_begin_array (builder, name);
  for (guint r = 0; r < n_runs; r++)
    coterie_json_add_whole (builder, NULL, counts[r]);
  json_builder_end_array (builder);
}

static void
add_json_values (JsonBuilder *builder, const CoterieReportRow *row, guint n_runs)
{
  coterie_json_add_reals (builder, "values", row->values, n_runs);
  add_json_counts (builder, "silent", row->n_silent, n_runs);
  if (!coterie_report_statistic_is_correlation (row->statistic))
    return;

  add_json_counts (builder, "n", row->n_frames, n_runs);
  add_json_counts (builder, "left_out", row->n_left_out, n_runs);
}

static void
add_json_row (JsonBuilder *builder, const CoterieReportRow *row, guint n_runs)
{
  coterie_json_begin_object (builder, NULL);
  if (row->layer > 0)
    coterie_json_add_whole (builder, "layer", row->layer);
  if (row->label != COTERIE_REPORT_NO_CLASS)
    coterie_json_add_whole (builder, "class", row->label);
  if (row->other_label != COTERIE_REPORT_NO_CLASS)
    coterie_json_add_whole (builder, "other_class", row->other_label);
  if (row->moment == COTERIE_REPORT_AT)
    coterie_json_add_whole (builder, "iteration", row->iteration);
  else if (row->moment != COTERIE_REPORT_OVERALL)
    coterie_json_add_text (builder, "iteration", coterie_report_moment_to_string (row->moment));
  coterie_json_add_text (builder, "measure", coterie_measure_get_info (row->measure)->id);
  coterie_json_add_text (builder, "statistic", coterie_report_statistic_to_string (row->statistic));
  if (coterie_report_statistic_is_correlation (row->statistic))
    coterie_json_add_text (builder, "with", coterie_measure_get_info (row->with)->id);
  add_json_values (builder, row, n_runs);
  json_builder_end_object (builder);
}

/**
 * coterie_table_json_new:
 * @tables: (element-type CoterieReportTable): tables of the same runs
 * @runs: (element-type CoterieReportRun): their columns
 *
 * Returns: (transfer full): an object with the members "runs" and "tables"; in the latter, an array
 *   of rows by the name of each table
 */
char *
coterie_table_json_new (GPtrArray *tables, GPtrArray *runs)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  coterie_json_begin_object (builder, NULL);
  coterie_json_begin_array (builder, "runs");
  for (guint r = 0; r < runs->len; r++)
    add_json_run (builder, g_ptr_array_index (runs, r));
  json_builder_end_array (builder);

  coterie_json_begin_object (builder, "tables");
  for (guint t = 0; t < tables->len; t++) {
    const CoterieReportTable *table = g_ptr_array_index (tables, t);

    coterie_json_begin_array (builder, coterie_report_table_kind_to_string (table->kind));
    for (guint i = 0; i < table->rows->len; i++)
      add_json_row (builder, g_ptr_array_index (table->rows, i), table->n_runs);
    json_builder_end_array (builder);
  }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return coterie_json_to_text (builder, TRUE);
}
