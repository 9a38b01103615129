/* SPDX-License-Identifier: GPL-3.0-or-later */

/* coterie-cli metrics: every measure of one layer, from activations and labels that any program may
 * have written, as one JSON object on standard output. */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/command-status.h"
#include "cli/commands.h"
#include "cli/metrics-report.h"
#include "cli/number-text.h"
#include "cli/standard-output.h"

#define MAX_CLASSES 1000

/* As they were typed; NULL where the default holds. */
typedef struct {
  char *activations;
  char *labels;
  char *classes;
  char *top;
  char *bins;
  char *resolution;
  char *null_graphs;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->activations);
  g_free (options->labels);
  g_free (options->classes);
  g_free (options->top);
  g_free (options->bins);
  g_free (options->resolution);
  g_free (options->null_graphs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse_options (Options *options, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
      {"activations", 'a', 0, G_OPTION_ARG_FILENAME, &options->activations,
       N_ ("Activations of one layer after ReLU, samples × neurons, a NumPy file"), N_ ("FILE")},
      {"labels", 'l', 0, G_OPTION_ARG_FILENAME, &options->labels,
       N_ ("Class of each sample from 0, a NumPy file"), N_ ("FILE")},
      {"classes", 'c', 0, G_OPTION_ARG_STRING, &options->classes,
       N_ ("Number of classes (default: the highest label and one more)"), N_ ("NUMBER")},
      {"top", 's', 0, G_OPTION_ARG_STRING, &options->top,
       N_ ("Top neurons per class (default: 50)"), N_ ("NUMBER")},
      {"bins", 'b', 0, G_OPTION_ARG_STRING, &options->bins,
       N_ ("Bins of the entropy, one number or several (default: 100)"), N_ ("NUMBER,…")},
      {"resolution", 'r', 0, G_OPTION_ARG_STRING, &options->resolution,
       N_ ("Resolution of the communities, as in Gephi (default: 0.5)"), N_ ("NUMBER")},
      {"null-graphs", 0, 0, G_OPTION_ARG_STRING, &options->null_graphs,
       N_ ("Rewired graphs to compare their modularity with (default: 20)"), N_ ("NUMBER")},
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, _ ("Prints every measure of one layer as a JSON object."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, error) ||
      !coterie_command_takes_no_more (argc, argv, error))
    return FALSE;
  if (options->activations == NULL || options->labels == NULL) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("--activations and --labels are both needed"));
    return FALSE;
  }
  return TRUE;
}

static gboolean
name_option (const char *option, GError **error)
{
  g_prefix_error (error, "%s: ", option);
  return FALSE;
}

/* Leaves the value alone if nothing was typed. */
static gboolean
read_whole (
    const char *text, const char *option, guint least, guint most, guint *value, GError **error)
{
  return text == NULL || coterie_number_text_read_uint (text, least, most, value, error) ||
         name_option (option, error);
}

static gboolean
check_new (guint value, const GArray *bins, GError **error)
{
  for (guint i = 0; i < bins->len; i++)
    if (g_array_index (bins, guint, i) == value) {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("--bins: %u twice, expected different numbers"), value);
      return FALSE;
    }
  return TRUE;
}

/* Appends the numbers of "5,10,20". The entropy has a name for each number. */
static gboolean
read_bins (const char *text, GArray *bins, GError **error)
{
  g_auto (GStrv) words = g_strsplit (*text == '\0' ? " " : text, ",", -1);

  for (guint i = 0; words[i] != NULL; i++) {
    guint value = 0;

    if (!read_whole (words[i], "--bins", COTERIE_MIN_BINS, COTERIE_MAX_BINS, &value, error) ||
        !check_new (value, bins, error))
      return FALSE;
    g_array_append_val (bins, value);
  }
  return TRUE;
}

static gboolean
read_settings (const Options *options,
               CoterieAnalysisSettings *settings,
               GArray *bins,
               GError **error)
{
  if (!read_whole (options->top, "--top", 1, COTERIE_MAX_TOP, &settings->top, error) ||
      !read_whole (options->null_graphs, "--null-graphs", 0, COTERIE_MAX_NULL_GRAPHS,
                   &settings->n_null_graphs, error))
    return FALSE;
  if (options->resolution != NULL &&
      !coterie_number_text_read_positive (options->resolution, COTERIE_MAX_RESOLUTION,
                                          &settings->resolution, error))
    return name_option ("--resolution", error);

  if (options->bins != NULL)
    return read_bins (options->bins, bins, error);
  g_array_append_val (bins, settings->bins);
  return TRUE;
}

/* @n_classes is 0 if it was not given. */
static gboolean
print_report (const Options *options,
              guint n_classes,
              const CoterieMetricsSettings *settings,
              GError **error)
{
  g_auto (CoterieMetricsInput) input = {0};
  g_autofree char *text = NULL;

  if (!coterie_metrics_input_load (&input, options->activations, options->labels, n_classes, error))
    return FALSE;
  text = coterie_metrics_report_new (&input, settings, error);
  if (text == NULL)
    return FALSE;
  coterie_standard_output_put (text);
  return TRUE;
}

/**
 * coterie_command_metrics:
 * @argc: number of arguments
 * @argv: (array length=argc): the command's name and its options
 *
 * Runs "coterie-cli metrics".
 *
 * Returns: the exit status: 0; 1 with a line on standard error if a file cannot be used; 2 if an
 *   option cannot
 */
int
coterie_command_metrics (int argc, char **argv)
{
  g_auto (Options) options = {0};
  g_autoptr (GArray) bins = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GError) error = NULL;
  CoterieMetricsSettings settings = {0};
  guint n_classes = 0;

  coterie_analysis_settings_init (&settings.analysis);
  if (!parse_options (&options, argc, argv, &error) ||
      !read_whole (options.classes, "--classes", 1, MAX_CLASSES, &n_classes, &error) ||
      !read_settings (&options, &settings.analysis, bins, &error))
    return coterie_command_misuse (error);

  settings.bins = (const guint *) bins->data;
  settings.n_bins = bins->len;
  if (!print_report (&options, n_classes, &settings, &error))
    return coterie_command_fail (error);
  return COTERIE_EXIT_DONE;
}
