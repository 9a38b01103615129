/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The options of "train": one table says how each is called, what it means and what it sets. Every
 * option is checked as soon as it is set, so that an error names the option that caused it. */

#include "config.h"

#include "cli/train-options.h"

#include <glib/gi18n.h>

#include "cli/number-text.h"

#define MAX_THREADS 1024
#define MAX_MEMORY_MIB (1024 * 1024)
#define MIB_BYTES ((guint64) 1024 * 1024)

typedef struct {
  const char *name;
  gboolean (*apply) (const char *text, CoterieRunSettings *settings, GError **error);
  const char *description;
  const char *value_name;
} SettingOption;

static gboolean
fail_whole (const char *text, guint64 most, GError **error)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("“%s”, expected a whole number from 0 to %" G_GUINT64_FORMAT), text, most);
  return FALSE;
}

static gboolean
parse_guint (const char *text, guint *value, GError **error)
{
  guint64 number;

  if (!coterie_number_text_parse_whole (text, G_MAXUINT, &number))
    return fail_whole (text, G_MAXUINT, error);
  *value = (guint) number;
  return TRUE;
}

/* JSON and the recording hold whole numbers with a sign. */
static gboolean
parse_guint64 (const char *text, guint64 *value, GError **error)
{
  return coterie_number_text_parse_whole (text, G_MAXINT64, value) ||
         fail_whole (text, G_MAXINT64, error);
}

static gboolean
parse_real (const char *text, double *value, GError **error)
{
  if (coterie_number_text_parse_real (text, value))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("“%s”, expected a number such as 0.5"), text);
  return FALSE;
}

static gboolean
apply_hidden (const char *text, CoterieRunSettings *settings, GError **error)
{
  CoterieTrainingSettings *training = &settings->training;
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  guint n_words = g_strv_length (words);

  if (n_words > COTERIE_MAX_HIDDEN_LAYERS) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("%u layers, expected at most %d"), n_words, COTERIE_MAX_HIDDEN_LAYERS);
    return FALSE;
  }
  for (guint l = 0; l < n_words; l++) {
    guint64 width;

    if (!coterie_number_text_parse_whole (words[l], G_MAXUINT, &width)) {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("“%s”, expected whole numbers with commas between them, such as 512,512"),
                   text);
      return FALSE;
    }
    training->hidden[l] = (guint) width;
  }
  training->n_hidden = n_words;
  return TRUE;
}

static gboolean
apply_dropout (const char *text, CoterieRunSettings *settings, GError **error)
{
  return parse_real (text, &settings->training.dropout, error);
}

static gboolean
apply_optimizer (const char *text, CoterieRunSettings *settings, GError **error)
{
  if (coterie_optimizer_kind_from_string (text, &settings->training.optimizer))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s”, expected adam or sgd"),
               text);
  return FALSE;
}

static gboolean
apply_learning_rate (const char *text, CoterieRunSettings *settings, GError **error)
{
  return parse_real (text, &settings->training.learning_rate, error);
}

/* The optimizer stands before the momentum in the table, so it is known here. */
static gboolean
apply_momentum (const char *text, CoterieRunSettings *settings, GError **error)
{
  CoterieTrainingSettings *training = &settings->training;

  if (!parse_real (text, &training->momentum, error))
    return FALSE;
  if (training->optimizer == COTERIE_OPTIMIZER_SGD || training->momentum == 0.0)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("“%s”, but Adam has no momentum; expected --optimizer sgd"), text);
  return FALSE;
}

static gboolean
apply_batch (const char *text, CoterieRunSettings *settings, GError **error)
{
  return parse_guint (text, &settings->training.batch, error);
}

static gboolean
apply_iterations (const char *text, CoterieRunSettings *settings, GError **error)
{
  return parse_guint (text, &settings->training.n_iterations, error);
}

static gboolean
apply_record_every (const char *text, CoterieRunSettings *settings, GError **error)
{
  return parse_guint (text, &settings->training.record_every, error);
}

static gboolean
apply_label_noise (const char *text, CoterieRunSettings *settings, GError **error)
{
  return parse_real (text, &settings->training.label_noise, error);
}

static gboolean
apply_seed (const char *text, CoterieRunSettings *settings, GError **error)
{
  if (!parse_guint64 (text, &settings->training.seed, error))
    return FALSE;
  settings->analysis.seed = settings->training.seed;
  return TRUE;
}

static gboolean
apply_top (const char *text, CoterieRunSettings *settings, GError **error)
{
  return parse_guint (text, &settings->analysis.top, error);
}

static gboolean
apply_bins (const char *text, CoterieRunSettings *settings, GError **error)
{
  return parse_guint (text, &settings->analysis.bins, error);
}

static gboolean
apply_resolution (const char *text, CoterieRunSettings *settings, GError **error)
{
  return parse_real (text, &settings->analysis.resolution, error);
}

static gboolean
apply_community_method (const char *text, CoterieRunSettings *settings, GError **error)
{
  if (coterie_community_method_from_string (text, &settings->analysis.method))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("“%s”, expected tracked, louvain or leiden"), text);
  return FALSE;
}

static gboolean
apply_null_graphs (const char *text, CoterieRunSettings *settings, GError **error)
{
  return parse_guint (text, &settings->analysis.n_null_graphs, error);
}

static gboolean
apply_threads (const char *text, CoterieRunSettings *settings, GError **error)
{
  guint64 number;

  if (!coterie_number_text_parse_whole (text, MAX_THREADS, &number))
    return fail_whole (text, MAX_THREADS, error);
  settings->n_threads = (guint) number;
  return TRUE;
}

static gboolean
apply_memory (const char *text, CoterieRunSettings *settings, GError **error)
{
  guint64 number;

  if (!coterie_number_text_parse_whole (text, MAX_MEMORY_MIB, &number))
    return fail_whole (text, MAX_MEMORY_MIB, error);
  settings->memory_bytes = number * MIB_BYTES;
  return TRUE;
}

static gboolean
apply_limit (const char *text, CoterieRunSettings *settings, GError **error)
{
  return parse_guint64 (text, &settings->training.limit, error);
}

/* The options of the data set, on their own, as they are what the run's settings point to. */
typedef struct {
  const char *name;
  gboolean (*apply) (const char *text, CoterieDatasetOptions *options, GError **error);
  const char *description;
  const char *value_name;
} DatasetOption;

static gboolean
apply_test_fraction (const char *text, CoterieDatasetOptions *options, GError **error)
{
  return parse_real (text, &options->test_frac, error);
}

static gboolean
apply_split_seed (const char *text, CoterieDatasetOptions *options, GError **error)
{
  return parse_guint64 (text, &options->split_seed, error);
}

static gboolean
apply_image_size (const char *text, CoterieDatasetOptions *options, GError **error)
{
  return coterie_dataset_options_parse_image_size (text, options, error);
}

static gboolean
apply_label_column (const char *text, CoterieDatasetOptions *options, GError **error)
{
  return coterie_dataset_options_set_label_column (options, text, error);
}

/* In the order of --help, before those of the training. */
static const DatasetOption dataset_options[] = {
    {"image-size", apply_image_size, N_ ("Size that pictures of a folder are scaled to (64x64)"),
     N_ ("WIDTHxHEIGHT")},
    {"test-fraction", apply_test_fraction,
     N_ ("Fraction kept for testing where the data has no test set (0.2)"), N_ ("NUMBER")},
    {"split-seed", apply_split_seed, N_ ("Seed of that choice (1)"), N_ ("NUMBER")},
    {"label-column", apply_label_column, N_ ("Column of a CSV file that holds the class"),
     N_ ("NAME|NUMBER")},
};

#define N_DATASET_OPTIONS G_N_ELEMENTS (dataset_options)

/* In the order of --help. */
static const SettingOption setting_options[] = {
    {"hidden", apply_hidden, N_ ("Neurons of each hidden layer (512,512)"), N_ ("NUMBER,…")},
    {"dropout", apply_dropout, N_ ("Fraction of activations dropped (0.3)"), N_ ("NUMBER")},
    {"optimizer", apply_optimizer, N_ ("How weights are updated (adam)"), "adam|sgd"},
    {"learning-rate", apply_learning_rate, N_ ("Learning rate (0.001)"), N_ ("NUMBER")},
    {"momentum", apply_momentum, N_ ("Momentum of sgd (0)"), N_ ("NUMBER")},
    {"batch", apply_batch, N_ ("Samples behind one update (32)"), N_ ("NUMBER")},
    {"iterations", apply_iterations, N_ ("Passes over the training set (20)"), N_ ("NUMBER")},
    {"record-every", apply_record_every, N_ ("Iterations from frame to frame (1)"), N_ ("NUMBER")},
    {"label-noise", apply_label_noise, N_ ("Fraction of random labels (0)"), N_ ("NUMBER")},
    {"seed", apply_seed, N_ ("Seed of everything random (1)"), N_ ("NUMBER")},
    {"top", apply_top, N_ ("Top neurons per class (50)"), N_ ("NUMBER")},
    {"bins", apply_bins, N_ ("Bins of the entropy (100)"), N_ ("NUMBER")},
    {"resolution", apply_resolution, N_ ("Resolution of communities (0.5)"), N_ ("NUMBER")},
    {"communities", apply_community_method, N_ ("How communities are found (tracked)"),
     "tracked|louvain|leiden"},
    {"null-graphs", apply_null_graphs, N_ ("Rewired graphs to compare with (20)"), N_ ("NUMBER")},
    {"threads", apply_threads, N_ ("Threads; 0 takes all processors (0)"), N_ ("NUMBER")},
    {"memory", apply_memory, N_ ("Memory of the analysis; 0 takes 512 (0)"), N_ ("MIB")},
    {"limit", apply_limit, N_ ("Train on the first samples only; 0 takes all (0)"), N_ ("NUMBER")},
};

#define N_SETTINGS G_N_ELEMENTS (setting_options)

/* The texts of the options, as they were given: those of the data set first. */
#define N_TEXTS (N_DATASET_OPTIONS + N_SETTINGS)

static gboolean
apply_dataset_option (const DatasetOption *option,
                      const char *text,
                      CoterieDatasetOptions *options,
                      GError **error)
{
  if (option->apply (text, options, error) && coterie_dataset_options_validate (options, error))
    return TRUE;
  g_prefix_error (error, "--%s: ", option->name);
  return FALSE;
}

static gboolean
apply_setting (const SettingOption *option,
               const char *text,
               CoterieRunSettings *settings,
               GError **error)
{
  if (option->apply (text, settings, error) &&
      coterie_training_settings_validate (&settings->training, error) &&
      coterie_analysis_settings_validate (&settings->analysis, error))
    return TRUE;
  g_prefix_error (error, "--%s: ", option->name);
  return FALSE;
}

static gboolean
require (const char *value, const char *option, GError **error)
{
  if (value != NULL && *value != '\0')
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("%s is needed"), option);
  return FALSE;
}

static GOptionEntry
make_entry (guint i, char **text)
{
  GOptionEntry entry = {.arg = G_OPTION_ARG_STRING, .arg_data = text};

  if (i < N_DATASET_OPTIONS) {
    entry.long_name = dataset_options[i].name;
    entry.description = dataset_options[i].description;
    entry.arg_description = dataset_options[i].value_name;
  } else {
    const SettingOption *option = &setting_options[i - N_DATASET_OPTIONS];

    entry.long_name = option->name;
    entry.description = option->description;
    entry.arg_description = option->value_name;
  }
  return entry;
}

static gboolean
apply_text (CoterieTrainOptions *options, guint i, const char *text, GError **error)
{
  if (i < N_DATASET_OPTIONS)
    return apply_dataset_option (&dataset_options[i], text, &options->dataset_options, error);
  return apply_setting (&setting_options[i - N_DATASET_OPTIONS], text, &options->settings, error);
}

static gboolean
parse_command_line (
    CoterieTrainOptions *options, char **texts, int argc, char **argv, GError **error)
{
  GOptionEntry entries[N_TEXTS + 6] = {
      {"dataset", 0, 0, G_OPTION_ARG_FILENAME, &options->dataset,
       N_ ("What to learn: a name that “datasets” lists, or a path"), N_ ("NAME|PATH")},
      {"download", 0, 0, G_OPTION_ARG_NONE, &options->download,
       N_ ("Download the data set if it is not on this machine"), NULL},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
       N_ ("Where to record; must not exist yet"), N_ ("FILE")},
      {"json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print one JSON object a line"), NULL},
      {"color", 0, 0, G_OPTION_ARG_NONE, &options->dataset_options.color,
       N_ ("Keep the colour of pictures, which become grey without it"), NULL},
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  for (guint i = 0; i < N_TEXTS; i++)
    entries[5 + i] = make_entry (i, &texts[i]);
  g_option_context_set_summary (
      context, _ ("Trains a network, analyses it after every iteration and records the result."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (argc > 1) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("unexpected argument “%s”"),
                 argv[1]);
    return FALSE;
  }
  return require (options->dataset, "--dataset", error) && require (options->output, "-o", error);
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
  char *texts[N_TEXTS] = {NULL};
  gboolean valid;

  *options = (CoterieTrainOptions){NULL};
  coterie_dataset_options_init (&options->dataset_options);
  coterie_training_settings_init (&options->settings.training);
  coterie_analysis_settings_init (&options->settings.analysis);
  options->settings.analysis.seed = options->settings.training.seed;

  valid = parse_command_line (options, texts, argc, argv, error);
  for (guint i = 0; i < N_TEXTS; i++) {
    if (valid && texts[i] != NULL)
      valid = apply_text (options, i, texts[i], error);
    g_free (texts[i]);
  }
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
