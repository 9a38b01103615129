/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The options of "train". */

#include "config.h"

#include "cli/train-options.h"

#include <glib/gi18n.h>

#include "cli/command-status.h"
#include "cli/setting-options.h"
#include "core/run/presets.h"

static gboolean
require (const char *value, const char *option, GError **error)
{
  if (value != NULL && *value != '\0')
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("%s is needed"), option);
  return FALSE;
}

static void
describe_preset (GString *text, const CoteriePreset *preset)
{
  g_string_append_printf (text, "\n  %-27s", preset->identifier);
  for (guint l = 0; l < preset->n_hidden; l++)
    g_string_append_printf (text, l > 0 ? ",%u" : "%u", preset->hidden[l]);
  g_string_append_printf (text, _ ("; %s %g; %u iterations"),
                          coterie_optimizer_kind_to_string (preset->optimizer),
                          preset->learning_rate, preset->n_iterations);
  if (preset->label_noise > 0.0)
    g_string_append (text, _ ("; random labels"));
}

static char *
describe_presets (void)
{
  GString *text = g_string_new (_ ("Presets:"));
  guint n_presets;
  const CoteriePreset *presets = coterie_presets_list (&n_presets);

  for (guint i = 0; i < n_presets; i++)
    describe_preset (text, &presets[i]);
  return g_string_free (text, FALSE);
}

/* The preset's values are what the other options change. */
static gboolean
apply_preset (CoterieTrainOptions *options, GError **error)
{
  gboolean color = options->dataset_options.color;
  const CoteriePreset *preset;

  if (options->preset == NULL)
    return TRUE;
  preset = coterie_presets_find (options->preset);
  if (preset == NULL) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("--preset: there is no preset “%s”; --help lists them"), options->preset);
    return FALSE;
  }
  coterie_preset_apply (preset, &options->settings.training, &options->settings.analysis,
                        &options->dataset_options);
  options->settings.analysis.seed = options->settings.training.seed;
  options->dataset_options.color = color;
  if (options->dataset == NULL)
    options->dataset = g_strdup (preset->dataset);
  return TRUE;
}

static gboolean
refuse (const char *option, GError **error)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("--%s cannot be given with --continue: the recording says it"), option);
  return FALSE;
}

/* All but the number of iterations is what the recording says. Without that number, too. */
static gboolean
apply_continuation (CoterieTrainOptions *options,
                    const CoterieSettingOptions *settings,
                    GError **error)
{
  const char *recorded = coterie_setting_options_find_recorded (settings);

  if (options->preset != NULL)
    return refuse ("preset", error);
  if (options->dataset_options.color)
    return refuse ("color", error);
  if (recorded != NULL)
    return refuse (recorded, error);
  if (options->output == NULL)
    options->output = g_strdup (options->continued);
  if (!require (options->continued, "--continue", error) ||
      !coterie_setting_options_apply (settings, &options->settings, &options->dataset_options,
                                      error))
    return FALSE;
  if (!coterie_setting_options_is_given (settings, "iterations"))
    options->settings.training.n_iterations = 0;
  return TRUE;
}

static gboolean
apply_run (CoterieTrainOptions *options, const CoterieSettingOptions *settings, GError **error)
{
  if (!apply_preset (options, error) || !require (options->dataset, "--dataset", error) ||
      (!options->estimates && !require (options->output, "-o", error)) ||
      !coterie_setting_options_apply (settings, &options->settings, &options->dataset_options,
                                      error))
    return FALSE;
  options->settings.required = coterie_setting_options_get_dataset_options (settings);
  if (options->dataset_options.label_column[0] == '\0')
    options->settings.required &= ~COTERIE_DATASET_OPTION_LABEL_COLUMN;
  if (options->dataset_options.color)
    options->settings.required |= COTERIE_DATASET_OPTION_COLOR;
  options->layout.seed = options->settings.training.seed;
  return coterie_setting_options_apply_layout (settings, &options->layout, error);
}

static gboolean
parse_command_line (CoterieTrainOptions *options, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
      {"dataset", 0, 0, G_OPTION_ARG_FILENAME, &options->dataset,
       N_ ("What to learn: a name that “datasets” lists, or a path"), N_ ("NAME|PATH")},
      {"preset", 0, 0, G_OPTION_ARG_STRING, &options->preset,
       N_ ("Train as the paper did; other options change what the preset says"), N_ ("PRESET")},
      {"download", 0, 0, G_OPTION_ARG_NONE, &options->download,
       N_ ("Download the data set if it is not on this machine"), NULL},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
       N_ ("Where to record; must not exist yet"), N_ ("FILE")},
      {"continue", 0, 0, G_OPTION_ARG_FILENAME, &options->continued,
       N_ ("Go on with the training of a recording, in the same file unless -o names another"),
       N_ ("FILE")},
      {"no-state", 0, 0, G_OPTION_ARG_NONE, &options->settings.leaves_state_out,
       N_ ("Do not record what continuing the training would need"), NULL},
      {"estimate", 0, 0, G_OPTION_ARG_NONE, &options->estimates,
       N_ ("Say how large the training is and how long it will take, and start nothing"), NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print one JSON object a line"), NULL},
      {"color", 0, 0, G_OPTION_ARG_NONE, &options->dataset_options.color,
       N_ ("Keep the colour of pictures, which become grey without it"), NULL},
      {"list-left-out", 0, 0, G_OPTION_ARG_NONE, &options->lists_left_out,
       N_ ("Name all files that cannot be read and are left out, not only the first ten"), NULL},
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (CoterieSettingOptions) settings = NULL;
  g_autofree char *presets = describe_presets ();

  g_option_context_set_summary (
      context, _ ("Trains a network, analyses it after every iteration and records the result."));
  g_option_context_set_description (context, presets);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  settings = coterie_setting_options_new (COTERIE_SETTINGS_OF_RUNS, context);
  if (!g_option_context_parse (context, &argc, &argv, error) ||
      !coterie_command_takes_no_more (argc, argv, error))
    return FALSE;
  return options->continued != NULL ? apply_continuation (options, settings, error)
                                    : apply_run (options, settings, error);
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
  coterie_layout_settings_init (&options->layout);
  options->settings.analysis.seed = options->settings.training.seed;

  valid = parse_command_line (options, argc, argv, error);
  options->settings.source = options->dataset;
  options->settings.output = options->output;
  options->settings.continued = options->continued;
  options->settings.dataset_options = &options->dataset_options;
  options->settings.layout = &options->layout;
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
  g_clear_pointer (&options->preset, g_free);
  g_clear_pointer (&options->output, g_free);
  g_clear_pointer (&options->continued, g_free);
}
