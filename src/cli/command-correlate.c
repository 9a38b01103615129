/* SPDX-License-Identifier: GPL-3.0-or-later */

/* coterie-cli correlate: how one or several series go together with another one, as a JSON object on
 * standard output. */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "cli/command-status.h"
#include "cli/commands.h"
#include "cli/json-members.h"
#include "cli/number-table.h"
#include "cli/standard-output.h"
#include "core/analysis/correlation.h"
#include "core/dataset/dataset.h"

typedef struct {
  char *x;
  char *y;
  char *x_column;
  char *y_column;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->x);
  g_free (options->y);
  g_free (options->x_column);
  g_free (options->y_column);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
is_missing (const char *path)
{
  return path == NULL || *path == '\0';
}

static gboolean
parse_options (Options *options, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
      {"x", 'x', 0, G_OPTION_ARG_FILENAME, &options->x,
       N_ ("One series, or several side by side below their names, a CSV file"), N_ ("FILE")},
      {"y", 'y', 0, G_OPTION_ARG_FILENAME, &options->y,
       N_ ("The series to correlate each of them with, a CSV file"), N_ ("FILE")},
      {"x-column", 0, 0, G_OPTION_ARG_STRING, &options->x_column,
       N_ ("The only column of -x to read, by its name (default: all)"), N_ ("NAME")},
      {"y-column", 0, 0, G_OPTION_ARG_STRING, &options->y_column,
       N_ ("The column of -y to read, where there are several"), N_ ("NAME")},
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (
      context,
      _ ("Prints Pearson’s and Spearman’s correlation of two series, and how many pairs n they\n"
         "come from, as a JSON object; of several series, an object for each by its name. What\n"
         "is undefined is null."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, error) ||
      !coterie_command_takes_no_more (argc, argv, error))
    return FALSE;
  if (is_missing (options->x) || is_missing (options->y)) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("--x and --y are both needed"));
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_series (const CoterieNumberTable *x,
              const CoterieNumberTable *y,
              const Options *options,
              GError **error)
{
  g_autofree char *x_name = g_filename_display_name (options->x);
  g_autofree char *y_name = g_filename_display_name (options->y);

  if (y->n_columns != 1) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
                 "%s: line 1: %u columns, expected one, or its name as --y-column", y_name,
                 y->n_columns);
    return FALSE;
  }
  if (y->n_rows != x->n_rows) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_MISMATCH,
                 "%s: %" G_GSIZE_FORMAT " numbers, expected %" G_GSIZE_FORMAT " as in %s", y_name,
                 y->n_rows, x->n_rows, x_name);
    return FALSE;
  }
  return TRUE;
}

/* Over the pairs of which both are defined. */
static void
add_correlations (
    JsonBuilder *builder, const char *name, const double *x, const double *y, gsize n_rows)
{
  g_autofree double *x_kept = g_new (double, n_rows);
  g_autofree double *y_kept = g_new (double, n_rows);
  gsize n = 0;

  for (gsize i = 0; i < n_rows; i++)
    if (!isnan (x[i]) && !isnan (y[i])) {
      x_kept[n] = x[i];
      y_kept[n++] = y[i];
    }
  coterie_json_begin_object (builder, name);
  coterie_json_add_real (builder, "pearson", coterie_correlation_pearson (x_kept, y_kept, n));
  coterie_json_add_real (builder, "spearman", coterie_correlation_spearman (x_kept, y_kept, n));
  coterie_json_add_whole (builder, "n", n);
  json_builder_end_object (builder);
}

static gboolean
print_correlations (const Options *options, GError **error)
{
  g_auto (CoterieNumberTable) x = {0};
  g_auto (CoterieNumberTable) y = {0};
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = NULL;

  if (!coterie_number_table_load (&x, options->x, options->x_column, error) ||
      !coterie_number_table_load (&y, options->y, options->y_column, error) ||
      !check_series (&x, &y, options, error))
    return FALSE;

  if (x.n_columns == 1) {
    add_correlations (builder, NULL, x.columns[0], y.columns[0], x.n_rows);
  } else {
    coterie_json_begin_object (builder, NULL);
    for (guint i = 0; i < x.n_columns; i++)
      add_correlations (builder, x.names[i], x.columns[i], y.columns[0], x.n_rows);
    json_builder_end_object (builder);
  }
  text = coterie_json_to_text (builder, FALSE);
  coterie_standard_output_put (text);
  return TRUE;
}

/**
 * coterie_command_correlate:
 * @argc: number of arguments
 * @argv: (array length=argc): the command's name and its options
 *
 * Runs "coterie-cli correlate".
 *
 * Returns: the exit status: 0; 1 with a line on standard error if a file cannot be used; 2 if an
 *   option cannot
 */
int
coterie_command_correlate (int argc, char **argv)
{
  g_auto (Options) options = {0};
  g_autoptr (GError) error = NULL;

  if (!parse_options (&options, argc, argv, &error))
    return coterie_command_misuse (error);
  if (!print_correlations (&options, &error))
    return coterie_command_fail (error);
  return COTERIE_EXIT_DONE;
}
