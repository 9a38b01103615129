/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The options of "train". */

#include "config.h"

#include "cli/train-options.h"

#include <glib/gi18n.h>

#include "cli/setting-options.h"

static gboolean
require (const char *value, const char *option, GError **error)
{
  if (value != NULL && *value != '\0')
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("%s is needed"), option);
  return FALSE;
}

static gboolean
parse_command_line (CoterieTrainOptions *options, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
      {"dataset", 0, 0, G_OPTION_ARG_FILENAME, &options->dataset,
       N_ ("What to learn: a name that “datasets” lists, or a path"), N_ ("NAME|PATH")},
      {"download", 0, 0, G_OPTION_ARG_NONE, &options->download,
       N_ ("Download the data set if it is not on this machine"), NULL},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
       N_ ("Where to record; must not exist yet"), N_ ("FILE")},
      {"json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print one JSON object a line"), NULL},
      {"color", 0, 0, G_OPTION_ARG_NONE, &options->dataset_options.color,
       N_ ("Keep the colour of pictures, which become grey without it"), NULL},
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (CoterieSettingOptions) settings = NULL;

  g_option_context_set_summary (
      context, _ ("Trains a network, analyses it after every iteration and records the result."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  settings = coterie_setting_options_new (COTERIE_SETTINGS_OF_RUNS, context);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (argc > 1) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("unexpected argument “%s”"),
                 argv[1]);
    return FALSE;
  }
  return require (options->dataset, "--dataset", error) && require (options->output, "-o", error) &&
         coterie_setting_options_apply (settings, &options->settings, &options->dataset_options,
                                        error);
}

/**
 * coterie_train_options_parse:
 * @options: (out caller-allocates): what was asked for; clear it in any case
 * @argc: number of arguments
 * @argv: (array length=argc): the command's name and its options
 * @error: return location for a #GError
 *
 * Returns: %FALSE with a sentence naming the option that cannot be used
 */
gboolean
coterie_train_options_parse (CoterieTrainOptions *options, int argc, char **argv, GError **error)
{
  gboolean valid;

  *options = (CoterieTrainOptions){NULL};
  coterie_dataset_options_init (&options->dataset_options);
  coterie_training_settings_init (&options->settings.training);
  coterie_analysis_settings_init (&options->settings.analysis);
  options->settings.analysis.seed = options->settings.training.seed;

  valid = parse_command_line (options, argc, argv, error);
  options->settings.source = options->dataset;
  options->settings.output = options->output;
  options->settings.dataset_options = &options->dataset_options;
  return valid;
}

/**
 * coterie_train_options_clear:
 * @options: the options
 *
 * Frees what @options own.
 */
void
coterie_train_options_clear (CoterieTrainOptions *options)
{
  g_clear_pointer (&options->dataset, g_free);
  g_clear_pointer (&options->output, g_free);
}
