/* SPDX-License-Identifier: GPL-3.0-or-later */

/* coterie-cli tables: the tables of the paper, with recordings as columns. */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/command-status.h"
#include "cli/commands.h"
#include "cli/number-text.h"
#include "cli/output-file.h"
#include "cli/standard-output.h"
#include "cli/table-data.h"
#include "cli/table-grid.h"
#include "cli/table-latex.h"
#include "cli/table-text.h"
#include "core/report/report-table.h"

typedef struct {
  char **recordings;
  char **tables;
  char *layer;
  gboolean with_untrained;
  char *correlations;
  char *format;
  char *output;
  gboolean force;
  gboolean fragment;
} Options;

typedef enum {
  FORMAT_TEXT,
  FORMAT_CSV,
  FORMAT_JSON,
  FORMAT_LATEX,
  FORMAT_MARKDOWN,
} Format;

static const char *const format_names[] = {"text", "csv", "json", "latex", "markdown"};

/* layer: 0 if none was asked for. */
typedef struct {
  gboolean wanted[COTERIE_N_REPORT_TABLES];
  guint layer;
  gboolean all_correlations;
  Format format;
} Request;

static void
options_clear (Options *options)
{
  g_strfreev (options->recordings);
  g_strfreev (options->tables);
  g_free (options->layer);
  g_free (options->correlations);
  g_free (options->format);
  g_free (options->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse_options (Options *options, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
      {"table", 't', 0, G_OPTION_ARG_STRING_ARRAY, &options->tables,
       N_ ("Which table: 2, 3, 4, 5, 6 or baselines, or figure1 for its series; may be repeated "
           "(default: all but figure1)"),
       N_ ("TABLE")},
      {"layer", 'l', 0, G_OPTION_ARG_STRING, &options->layer,
       N_ ("Which hidden layer, from 1 (default: the first one in table 2, the whole network in "
           "table 6, all in the others)"),
       N_ ("NUMBER")},
      {"with-iteration-0", 0, 0, G_OPTION_ARG_NONE, &options->with_untrained,
       N_ ("Begin at the untrained network"), NULL},
      {"correlations", 0, 0, G_OPTION_ARG_STRING, &options->correlations,
       N_ ("In tables 3 and 4: printed, as in the paper, with the training accuracy alone; or all, "
           "Pearson’s and Spearman’s with both accuracies (default: printed)"),
       N_ ("WHICH")},
      {"format", 'f', 0, G_OPTION_ARG_STRING, &options->format,
       N_ ("text, csv, json, latex or markdown (default: text)"), N_ ("FORMAT")},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
       N_ ("Where to write; must not exist yet (default: standard output)"), N_ ("FILE")},
      {"force", 0, 0, G_OPTION_ARG_NONE, &options->force, COTERIE_OUTPUT_FILE_FORCE, NULL},
      {"fragment", 0, 0, G_OPTION_ARG_NONE, &options->fragment,
       N_ ("With latex: the tables alone, to be read by \\input, rather than a document"), NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->recordings, NULL,
       N_ ("RECORDING…")},
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (
      context, _ ("Prints the tables of the paper with recordings as columns. Correlations are "
                  "over the\nrecorded iterations from 1 on."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;

  if (options->recordings == NULL) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("0 recordings given, expected at least one"));
    return FALSE;
  }
  if (options->output != NULL && *options->output == '\0') {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("--output: “”, expected the name of a file"));
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_tables (char **names, Request *request, GError **error)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    CoterieReportTableKind kind;

    if (!coterie_report_table_kind_from_string (names[i], &kind)) {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("--table: “%s”, expected 2, 3, 4, 5, 6, baselines or figure1"), names[i]);
      return FALSE;
    }
    request->wanted[kind] = TRUE;
  }
  for (guint i = 0; names == NULL && i < COTERIE_N_REPORT_TABLES; i++)
    request->wanted[i] = i != COTERIE_REPORT_FIGURE_1;
  return TRUE;
}

static gboolean
read_layer (const char *text, guint *layer, GError **error)
{
  if (text == NULL || coterie_number_text_read_uint (text, 1, G_MAXINT, layer, error))
    return TRUE;
  g_prefix_error (error, "--layer: ");
  return FALSE;
}

static gboolean
read_correlations (const char *name, gboolean *all, GError **error)
{
  *all = g_strcmp0 (name, "all") == 0;
  if (name == NULL || *all || g_str_equal (name, "printed"))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("--correlations: “%s”, expected printed or all"), name);
  return FALSE;
}

static gboolean
read_format (const char *name, Format *format, GError **error)
{
  if (name == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (format_names); i++) {
    if (g_str_equal (name, format_names[i])) {
      *format = (Format) i;
      return TRUE;
    }
  }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("--format: “%s”, expected text, csv, json, latex or markdown"), name);
  return FALSE;
}

static gboolean
check_fragment (gboolean fragment, Format format, GError **error)
{
  if (!fragment || format == FORMAT_LATEX)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("--fragment: %s has none, expected --format latex"), format_names[format]);
  return FALSE;
}

static gboolean
read_request (const Options *options, Request *request, GError **error)
{
  return read_tables (options->tables, request, error) &&
         read_layer (options->layer, &request->layer, error) &&
         read_correlations (options->correlations, &request->all_correlations, error) &&
         read_format (options->format, &request->format, error) &&
         check_fragment (options->fragment, request->format, error);
}

static gboolean
check_layer (GPtrArray *runs, guint layer, GError **error)
{
  guint n_layers = 0;

  for (guint i = 0; i < runs->len; i++) {
    const CoterieReportRun *run = g_ptr_array_index (runs, i);

    n_layers = MAX (n_layers, coterie_series_book_get_n_layers (run->book));
  }
  if (layer <= n_layers)
    return TRUE;
  g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_FOUND,
               _ ("%s: there is no layer %u, expected one of %u hidden layers"),
               ((CoterieReportRun *) g_ptr_array_index (runs, 0))->path, layer, n_layers);
  return FALSE;
}

static GPtrArray *
load_runs (const Options *options, guint layer, GError **error)
{
  g_autoptr (GPtrArray) runs =
      g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_report_run_free);

  for (guint i = 0; options->recordings[i] != NULL; i++) {
    CoterieReportRun *run =
        coterie_report_run_load (options->recordings[i], options->with_untrained, error);

    if (run == NULL)
      return NULL;
    g_ptr_array_add (runs, run);
  }
  if (!check_layer (runs, layer, error))
    return NULL;
  coterie_report_runs_tell_apart (runs);
  return g_steal_pointer (&runs);
}

static GPtrArray *
compute_tables (const Request *request, GPtrArray *runs)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_report_table_free);

  for (guint i = 0; i < COTERIE_N_REPORT_TABLES; i++)
    if (request->wanted[i])
      g_ptr_array_add (tables,
                       coterie_report_table_new ((CoterieReportTableKind) i, runs, request->layer,
                                                 request->all_correlations));
  return tables;
}

static GPtrArray *
lay_out (GPtrArray *tables, GPtrArray *runs)
{
  GPtrArray *grids = g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_table_grid_free);

  for (guint i = 0; i < tables->len; i++)
    g_ptr_array_extend_and_steal (grids,
                                  coterie_table_grids_new (g_ptr_array_index (tables, i), runs));
  return grids;
}

static char *
format_tables (GPtrArray *tables, GPtrArray *runs, Format format, gboolean fragment)
{
  g_autoptr (GPtrArray) grids = lay_out (tables, runs);
  g_autoptr (GPtrArray) settings = coterie_table_grid_list_settings (runs);

  switch (format) {
  case FORMAT_CSV:
    return coterie_table_csv_new (tables, runs);
  case FORMAT_JSON:
    return coterie_table_json_new (tables, runs);
  case FORMAT_LATEX:
    return coterie_table_latex_new (grids, fragment);
  case FORMAT_MARKDOWN:
    return coterie_table_markdown_new (grids, settings);
  case FORMAT_TEXT:
  default:
    return coterie_table_text_new (grids, settings);
  }
}

static gboolean
write_text (const char *text, const Options *options, Format format, GError **error)
{
  if (options->output != NULL)
    return coterie_output_file_write (options->output, options->force,
                                      (const char *const *) options->recordings, text,
                                      strlen (text), error);
  if (format == FORMAT_TEXT)
    coterie_standard_output_print (text);
  else
    coterie_standard_output_put (text);
  return TRUE;
}

static gboolean
print_tables (const Options *options, const Request *request, GError **error)
{
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GPtrArray) tables = NULL;
  g_autofree char *text = NULL;

  if (options->output != NULL &&
      !coterie_output_file_check (options->output, options->force,
                                  (const char *const *) options->recordings, error))
    return FALSE;
  runs = load_runs (options, request->layer, error);
  if (runs == NULL)
    return FALSE;
  tables = compute_tables (request, runs);
  text = format_tables (tables, runs, request->format, options->fragment);
  return write_text (text, options, request->format, error);
}

/**
 * coterie_command_tables:
 * @argc: number of arguments
 * @argv: (array length=argc): the command's name, its options and recordings
 *
 * Runs "coterie-cli tables".
 *
 * Returns: the exit status: 0; 1 with a line on standard error if a recording cannot be read or has
 *   no frame that counts, none has the layer, or the tables cannot be written; 2 if an option cannot
 *   be used
 */
int
coterie_command_tables (int argc, char **argv)
{
  g_auto (Options) options = {0};
  g_autoptr (GError) error = NULL;
  Request request = {0};

  if (!parse_options (&options, argc, argv, &error) || !read_request (&options, &request, &error))
    return coterie_command_misuse (error);
  if (!print_tables (&options, &request, &error))
    return coterie_command_fail (error);
  return COTERIE_EXIT_DONE;
}
