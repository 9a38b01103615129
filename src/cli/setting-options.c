/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The settings of data set, training, analysis and layout as options: one table says how each is called, what it
 * means and what it sets. Every option is checked as soon as it is set, so that an error names the
 * option that caused it. */

#include "config.h"

#include "cli/setting-options.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/number-text.h"

#define MAX_THREADS 1024
#define MAX_MEMORY_MIB (1024 * 1024)
#define MIB_BYTES ((guint64) 1024 * 1024)

typedef enum {
  SETTING_OF_DATASET,
  SETTING_OF_TRAINING,
  SETTING_OF_ANALYSIS,
  SETTING_OF_LAYOUT,
  SETTING_OF_WORK, /* has no influence on results */
} SettingKind;

typedef struct {
  const char *name;
  gboolean (*apply) (const char *text, CoterieRunSettings *settings, GError **error);
  const char *description;
  const char *usual; /* what it is unless it is given, or %NULL */
  const char *value_name;
  SettingKind kind;
  gboolean (*apply_to_dataset) (const char *text, CoterieDatasetOptions *options, GError **error);
  gboolean (*apply_to_layout) (const char *text, CoterieLayoutSettings *layout, GError **error);
} SettingOption;

/* Of a layout's options where they stand among those of a run. */
#define LAYOUT_PREFIX "layout-"

/* JSON and the recording hold whole numbers with a sign. */
static gboolean
read_guint64 (const char *text, guint64 *value, GError **error)
{
  return coterie_number_text_read_whole (text, 0, G_MAXINT64, value, error);
}

static gboolean
fail_hidden (const char *text, GError **error)
{
  g_set_error (
      error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
      _ ("“%s”, expected up to %d whole numbers from 1 to %d with commas between them, such "
         "as 512,512"),
      text, COTERIE_MAX_HIDDEN_LAYERS, COTERIE_MAX_HIDDEN_WIDTH);
  return FALSE;
}

static gboolean
apply_hidden (const char *text, CoterieRunSettings *settings, GError **error)
{
  CoterieTrainingSettings *training = &settings->training;
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  guint n_words = g_strv_length (words);

  if (n_words < 1 || n_words > COTERIE_MAX_HIDDEN_LAYERS)
    return fail_hidden (text, error);
  for (guint l = 0; l < n_words; l++)
    if (!coterie_number_text_read_uint (words[l], 1, COTERIE_MAX_HIDDEN_WIDTH, &training->hidden[l],
                                        NULL))
      return fail_hidden (text, error);
  training->n_hidden = n_words;
  return TRUE;
}

static gboolean
apply_dropouts (char **words, guint n_words, CoterieTrainingSettings *training, GError **error)
{
  if (n_words != training->n_hidden) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 g_dngettext (GETTEXT_PACKAGE, "%u numbers, expected one for the %u hidden layer",
                              "%u numbers, expected one for all %u hidden layers, or one for each",
                              training->n_hidden),
                 n_words, training->n_hidden);
    return FALSE;
  }
  for (guint l = 0; l < n_words; l++)
    if (!coterie_number_text_read_real (words[l], 0.0, COTERIE_MAX_DROPOUT, &training->dropout[l],
                                        error))
      return FALSE;
  return TRUE;
}

/* The hidden layers stand before the dropout in the table, so their number is known here. */
static gboolean
apply_dropout (const char *text, CoterieRunSettings *settings, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  guint n_words = g_strv_length (words);
  double fraction;

  if (n_words > 1)
    return apply_dropouts (words, n_words, &settings->training, error);
  if (!coterie_number_text_read_real (text, 0.0, COTERIE_MAX_DROPOUT, &fraction, error))
    return FALSE;
  coterie_training_settings_set_dropout (&settings->training, fraction);
  return TRUE;
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
  return coterie_number_text_read_positive (text, COTERIE_MAX_LEARNING_RATE,
                                            &settings->training.learning_rate, error);
}

/* The optimizer stands before the momentum in the table, so it is known here. */
static gboolean
apply_momentum (const char *text, CoterieRunSettings *settings, GError **error)
{
  CoterieTrainingSettings *training = &settings->training;

  if (!coterie_number_text_read_real (text, 0.0, COTERIE_MAX_MOMENTUM, &training->momentum, error))
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
  return coterie_number_text_read_uint (text, 1, COTERIE_MAX_BATCH, &settings->training.batch,
                                        error);
}

static gboolean
apply_iterations (const char *text, CoterieRunSettings *settings, GError **error)
{
  return coterie_number_text_read_uint (text, 1, COTERIE_MAX_ITERATIONS,
                                        &settings->training.n_iterations, error);
}

static gboolean
apply_record_every (const char *text, CoterieRunSettings *settings, GError **error)
{
  return coterie_number_text_read_uint (text, 1, G_MAXUINT, &settings->training.record_every,
                                        error);
}

static gboolean
apply_label_noise (const char *text, CoterieRunSettings *settings, GError **error)
{
  return coterie_number_text_read_share (text, TRUE, 1.0, &settings->training.label_noise, error);
}

static gboolean
apply_seed (const char *text, CoterieRunSettings *settings, GError **error)
{
  if (!read_guint64 (text, &settings->training.seed, error))
    return FALSE;
  settings->analysis.seed = settings->training.seed;
  return TRUE;
}

static gboolean
apply_top (const char *text, CoterieRunSettings *settings, GError **error)
{
  return coterie_number_text_read_uint (text, 1, COTERIE_MAX_TOP, &settings->analysis.top, error);
}

static gboolean
apply_bins (const char *text, CoterieRunSettings *settings, GError **error)
{
  return coterie_number_text_read_uint (text, COTERIE_MIN_BINS, COTERIE_MAX_BINS,
                                        &settings->analysis.bins, error);
}

static gboolean
apply_resolution (const char *text, CoterieRunSettings *settings, GError **error)
{
  return coterie_number_text_read_positive (text, COTERIE_MAX_RESOLUTION,
                                            &settings->analysis.resolution, error);
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
  return coterie_number_text_read_uint (text, 0, COTERIE_MAX_NULL_GRAPHS,
                                        &settings->analysis.n_null_graphs, error);
}

static gboolean
apply_threads (const char *text, CoterieRunSettings *settings, GError **error)
{
  return coterie_number_text_read_uint (text, 0, MAX_THREADS, &settings->n_threads, error);
}

static gboolean
apply_memory (const char *text, CoterieRunSettings *settings, GError **error)
{
  guint64 number;

  if (!coterie_number_text_read_whole (text, 0, MAX_MEMORY_MIB, &number, error))
    return FALSE;
  settings->memory_bytes = number * MIB_BYTES;
  return TRUE;
}

static gboolean
apply_limit (const char *text, CoterieRunSettings *settings, GError **error)
{
  return read_guint64 (text, &settings->training.limit, error);
}

static gboolean
apply_test_fraction (const char *text, CoterieDatasetOptions *options, GError **error)
{
  return coterie_number_text_read_share (text, FALSE, COTERIE_DATASET_MAX_TEST_FRAC,
                                         &options->test_frac, error);
}

static gboolean
apply_split_seed (const char *text, CoterieDatasetOptions *options, GError **error)
{
  return read_guint64 (text, &options->split_seed, error);
}

static gboolean
apply_mode (const char *text, CoterieLayoutSettings *layout, GError **error)
{
  if (coterie_layout_mode_from_string (text, &layout->mode))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("“%s”, expected free, anchored or fixed"), text);
  return FALSE;
}

static gboolean
read_choice (const char *text, gboolean *choice, GError **error)
{
  if (g_str_equal (text, "yes") || g_str_equal (text, "no")) {
    *choice = g_str_equal (text, "yes");
    return TRUE;
  }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s”, expected yes or no"),
               text);
  return FALSE;
}

static gboolean
apply_scaling (const char *text, CoterieLayoutSettings *layout, GError **error)
{
  return coterie_number_text_read_real (text, 0.0, COTERIE_MAX_FORCE_STRENGTH,
                                        &layout->force.scaling, error);
}

static gboolean
apply_gravity (const char *text, CoterieLayoutSettings *layout, GError **error)
{
  return coterie_number_text_read_real (text, 0.0, COTERIE_MAX_FORCE_STRENGTH,
                                        &layout->force.gravity, error);
}

static gboolean
apply_strong_gravity (const char *text, CoterieLayoutSettings *layout, GError **error)
{
  return read_choice (text, &layout->force.strong_gravity, error);
}

static gboolean
apply_lin_log (const char *text, CoterieLayoutSettings *layout, GError **error)
{
  return read_choice (text, &layout->force.lin_log, error);
}

static gboolean
apply_dissuade_hubs (const char *text, CoterieLayoutSettings *layout, GError **error)
{
  return read_choice (text, &layout->force.dissuade_hubs, error);
}

static gboolean
apply_weight_influence (const char *text, CoterieLayoutSettings *layout, GError **error)
{
  return coterie_number_text_read_real (text, 0.0, COTERIE_MAX_WEIGHT_INFLUENCE,
                                        &layout->force.weight_influence, error);
}

static gboolean
apply_prevent_overlap (const char *text, CoterieLayoutSettings *layout, GError **error)
{
  return read_choice (text, &layout->force.prevent_overlap, error);
}

static gboolean
apply_force_error (const char *text, CoterieLayoutSettings *layout, GError **error)
{
  return coterie_number_text_read_real (text, 0.0, COTERIE_MAX_FORCE_ERROR_PERCENT,
                                        &layout->force.force_error_percent, error);
}

static gboolean
apply_layout_seed (const char *text, CoterieLayoutSettings *layout, GError **error)
{
  return read_guint64 (text, &layout->seed, error);
}

/* What the data set says of a text does not repeat it. */
static gboolean
name_text (const char *text, GError **error)
{
  g_prefix_error (error, "“%s”: ", text);
  return FALSE;
}

static gboolean
apply_image_size (const char *text, CoterieDatasetOptions *options, GError **error)
{
  return coterie_dataset_options_parse_image_size (text, options, error);
}

static gboolean
apply_label_column (const char *text, CoterieDatasetOptions *options, GError **error)
{
  return coterie_dataset_options_set_label_column (options, text, error) || name_text (text, error);
}

/* In the order of --help. */
static const SettingOption setting_options[] = {
    {"image-size", NULL, N_ ("Size that pictures of a folder are scaled to"), "64x64",
     N_ ("WIDTHxHEIGHT"), SETTING_OF_DATASET, apply_image_size, NULL},
    {"test-fraction", NULL, N_ ("Fraction kept for testing where the data has no test set"), "0.2",
     N_ ("NUMBER"), SETTING_OF_DATASET, apply_test_fraction, NULL},
    {"split-seed", NULL, N_ ("Seed of that choice"), "1", N_ ("NUMBER"), SETTING_OF_DATASET,
     apply_split_seed, NULL},
    {"label-column", NULL, N_ ("Column of a CSV file that holds the class"), NULL,
     N_ ("NAME|NUMBER"), SETTING_OF_DATASET, apply_label_column, NULL},
    {"hidden", apply_hidden, N_ ("Neurons of each hidden layer"), "512,512", N_ ("NUMBER,…"),
     SETTING_OF_TRAINING, NULL, NULL},
    {"dropout", apply_dropout, N_ ("Fraction of activations dropped"), "0.3", N_ ("NUMBER,…"),
     SETTING_OF_TRAINING, NULL, NULL},
    {"optimizer", apply_optimizer, N_ ("How weights are updated"), "adam", "adam|sgd",
     SETTING_OF_TRAINING, NULL, NULL},
    {"learning-rate", apply_learning_rate, N_ ("Learning rate"), "0.001", N_ ("NUMBER"),
     SETTING_OF_TRAINING, NULL, NULL},
    {"momentum", apply_momentum, N_ ("Momentum of sgd"), "0", N_ ("NUMBER"), SETTING_OF_TRAINING,
     NULL, NULL},
    {"batch", apply_batch, N_ ("Samples behind one update"), "32", N_ ("NUMBER"),
     SETTING_OF_TRAINING, NULL, NULL},
    {"iterations", apply_iterations, N_ ("Passes over the training set"), "20", N_ ("NUMBER"),
     SETTING_OF_TRAINING, NULL, NULL},
    {"record-every", apply_record_every, N_ ("Iterations from frame to frame"), "1", N_ ("NUMBER"),
     SETTING_OF_TRAINING, NULL, NULL},
    {"label-noise", apply_label_noise, N_ ("Fraction of random labels"), "0", N_ ("NUMBER"),
     SETTING_OF_TRAINING, NULL, NULL},
    {"seed", apply_seed, N_ ("Seed of everything random"), "1", N_ ("NUMBER"), SETTING_OF_TRAINING,
     NULL, NULL},
    {"top", apply_top, N_ ("Top neurons per class"), "50", N_ ("NUMBER"), SETTING_OF_ANALYSIS, NULL,
     NULL},
    {"bins", apply_bins, N_ ("Bins of the entropy"), "100", N_ ("NUMBER"), SETTING_OF_ANALYSIS,
     NULL, NULL},
    {"resolution", apply_resolution, N_ ("Resolution of communities"), "0.5", N_ ("NUMBER"),
     SETTING_OF_ANALYSIS, NULL, NULL},
    {"communities", apply_community_method, N_ ("How communities are found"), "tracked",
     "tracked|louvain|leiden", SETTING_OF_ANALYSIS, NULL, NULL},
    {"null-graphs", apply_null_graphs, N_ ("Rewired graphs to compare with"), "20", N_ ("NUMBER"),
     SETTING_OF_ANALYSIS, NULL, NULL},
    {LAYOUT_PREFIX "mode", NULL, N_ ("What neurons do from frame to frame"), "anchored",
     "free|anchored|fixed", SETTING_OF_LAYOUT, NULL, apply_mode},
    {"scaling", NULL, N_ ("Repulsion of the layout; 0 goes by the number of nodes"), "0",
     N_ ("NUMBER"), SETTING_OF_LAYOUT, NULL, apply_scaling},
    {"gravity", NULL, N_ ("What draws nodes to the middle"), "0.1", N_ ("NUMBER"),
     SETTING_OF_LAYOUT, NULL, apply_gravity},
    {"strong-gravity", NULL, N_ ("Gravity grows with the distance"), "yes", "yes|no",
     SETTING_OF_LAYOUT, NULL, apply_strong_gravity},
    {"lin-log", NULL, N_ ("Attraction grows with the logarithm of the distance"), "no", "yes|no",
     SETTING_OF_LAYOUT, NULL, apply_lin_log},
    {"dissuade-hubs", NULL, N_ ("Nodes with many edges move outwards"), "no", "yes|no",
     SETTING_OF_LAYOUT, NULL, apply_dissuade_hubs},
    {"weight-influence", NULL, N_ ("Power of an edge's weight; 0 makes all alike"), "1",
     N_ ("NUMBER"), SETTING_OF_LAYOUT, NULL, apply_weight_influence},
    {"prevent-overlap", NULL, N_ ("Nodes do not overlap"), "no", "yes|no", SETTING_OF_LAYOUT, NULL,
     apply_prevent_overlap},
    {"force-error", NULL, N_ ("Error of the repulsion; 0 is exact"), "1", N_ ("PERCENT"),
     SETTING_OF_LAYOUT, NULL, apply_force_error},
    {LAYOUT_PREFIX "seed", NULL, N_ ("Seed of the layout"), NULL, N_ ("NUMBER"), SETTING_OF_LAYOUT,
     NULL, apply_layout_seed},
    {"threads", apply_threads, N_ ("Threads; 0 takes all processors"), "0", N_ ("NUMBER"),
     SETTING_OF_WORK, NULL, NULL},
    {"memory", apply_memory, N_ ("Memory of the analysis; 0 takes 512"), "0", N_ ("MIB"),
     SETTING_OF_WORK, NULL, NULL},
    {"limit", apply_limit, N_ ("Train on the first samples only; 0 takes all"), "0", N_ ("NUMBER"),
     SETTING_OF_TRAINING, NULL, NULL},
};

#define N_SETTINGS G_N_ELEMENTS (setting_options)

struct _CoterieSettingOptions {
  CoterieSettingScope scope;
  char *texts[N_SETTINGS]; /* as given, or %NULL */
  char *descriptions[N_SETTINGS];
};

static gboolean
is_offered (const SettingOption *option, CoterieSettingScope scope)
{
  switch (scope) {
  case COTERIE_SETTINGS_OF_RECORDINGS:
    return option->kind == SETTING_OF_ANALYSIS || option->kind == SETTING_OF_WORK;
  case COTERIE_SETTINGS_OF_LAYOUTS:
    return option->kind == SETTING_OF_LAYOUT || option->apply == apply_threads;
  case COTERIE_SETTINGS_OF_RUNS:
  default:
    return TRUE;
  }
}

/* Where there are options of layouts only, they need not say so. */
static const char *
get_name (const SettingOption *option, CoterieSettingScope scope)
{
  if (scope == COTERIE_SETTINGS_OF_LAYOUTS && g_str_has_prefix (option->name, LAYOUT_PREFIX))
    return option->name + strlen (LAYOUT_PREFIX);
  return option->name;
}

/* Who analyses a recording again, or lays it out, starts from its own settings. */
static char *
describe (const SettingOption *option, CoterieSettingScope scope)
{
  gboolean recorded = scope != COTERIE_SETTINGS_OF_RUNS && option->kind != SETTING_OF_WORK;

  if (option->usual == NULL && !recorded)
    return g_strdup (_ (option->description));
  return g_strdup_printf ("%s (%s)", _ (option->description),
                          recorded ? _ ("as recorded") : option->usual);
}

/**
 * coterie_setting_options_new:
 * @scope: whether a run is to be set, or the analysis or the layout of a recording
 * @context: the command's, which gets the options; @options must outlive its parsing
 *
 * Returns: (transfer full): the options, none of them given
 */
CoterieSettingOptions *
coterie_setting_options_new (CoterieSettingScope scope, GOptionContext *context)
{
  CoterieSettingOptions *options = g_new0 (CoterieSettingOptions, 1);
  GOptionEntry entries[N_SETTINGS + 1] = {{NULL}};
  guint n_entries = 0;

  for (guint i = 0; i < N_SETTINGS; i++) {
    if (!is_offered (&setting_options[i], scope))
      continue;
    options->scope = scope;
    options->descriptions[i] = describe (&setting_options[i], scope);
    entries[n_entries++] = (GOptionEntry){.long_name = get_name (&setting_options[i], scope),
                                          .arg = G_OPTION_ARG_STRING,
                                          .arg_data = &options->texts[i],
                                          .description = options->descriptions[i],
                                          .arg_description = setting_options[i].value_name};
  }
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return options;
}

/**
 * coterie_setting_options_free:
 * @options: (transfer full): the options
 */
void
coterie_setting_options_free (CoterieSettingOptions *options)
{
  for (guint i = 0; i < N_SETTINGS; i++) {
    g_free (options->texts[i]);
    g_free (options->descriptions[i]);
  }
  g_free (options);
}

static gboolean
apply_setting (const SettingOption *option,
               const char *text,
               CoterieRunSettings *settings,
               CoterieDatasetOptions *dataset_options,
               GError **error)
{
  if (option->kind == SETTING_OF_DATASET
          ? option->apply_to_dataset (text, dataset_options, error) &&
                coterie_dataset_options_validate (dataset_options, error)
          : option->apply (text, settings, error) &&
                coterie_training_settings_validate (&settings->training, error) &&
                coterie_analysis_settings_validate (&settings->analysis, error))
    return TRUE;
  g_prefix_error (error, "--%s: ", option->name);
  return FALSE;
}

/**
 * coterie_setting_options_is_given:
 * @options: the options, parsed
 * @name: one of them, without dashes
 *
 * Returns: whether it was given
 */
gboolean
coterie_setting_options_is_given (const CoterieSettingOptions *options, const char *name)
{
  for (guint i = 0; i < N_SETTINGS; i++)
    if (g_str_equal (setting_options[i].name, name))
      return options->texts[i] != NULL;
  return FALSE;
}

/**
 * coterie_setting_options_get_dataset_options:
 * @options: the options, parsed
 *
 * Returns: those of the data set that were given
 */
CoterieDatasetOptionFlags
coterie_setting_options_get_dataset_options (const CoterieSettingOptions *options)
{
  static const struct {
    const char *name;
    CoterieDatasetOptionFlags flag;
  } flags[] = {
      {"image-size", COTERIE_DATASET_OPTION_IMAGE_SIZE},
      {"test-fraction", COTERIE_DATASET_OPTION_TEST_FRAC},
      {"split-seed", COTERIE_DATASET_OPTION_SPLIT_SEED},
      {"label-column", COTERIE_DATASET_OPTION_LABEL_COLUMN},
  };
  CoterieDatasetOptionFlags given = (CoterieDatasetOptionFlags) 0;

  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    if (coterie_setting_options_is_given (options, flags[i].name))
      given |= flags[i].flag;
  return given;
}

/**
 * coterie_setting_options_find_recorded:
 * @options: the options, parsed
 *
 * Says what cannot be chosen when the training of a recording goes on. Only the number of iterations
 * can, and what has no influence on results.
 *
 * Returns: (nullable): the name of an option that was given although the recording has its value, or
 *   %NULL
 */
const char *
coterie_setting_options_find_recorded (const CoterieSettingOptions *options)
{
  for (guint i = 0; i < N_SETTINGS; i++)
    if (options->texts[i] != NULL && setting_options[i].kind != SETTING_OF_WORK &&
        setting_options[i].apply != apply_iterations)
      return setting_options[i].name;
  return NULL;
}

/**
 * coterie_setting_options_apply:
 * @options: the options, parsed
 * @settings: what they change, but for the layout
 * @dataset_options: (nullable): the same, of the data set; %NULL with the settings of a recording
 * @error: return location for a #GError
 *
 * Returns: %FALSE with a sentence naming the option that cannot be used
 */
gboolean
coterie_setting_options_apply (const CoterieSettingOptions *options,
                               CoterieRunSettings *settings,
                               CoterieDatasetOptions *dataset_options,
                               GError **error)
{
  for (guint i = 0; i < N_SETTINGS; i++)
    if (options->texts[i] != NULL && setting_options[i].kind != SETTING_OF_LAYOUT &&
        !apply_setting (&setting_options[i], options->texts[i], settings, dataset_options, error))
      return FALSE;
  return TRUE;
}

/**
 * coterie_setting_options_apply_layout:
 * @options: the options, parsed
 * @layout: what they change
 * @error: return location for a #GError
 *
 * Returns: %FALSE with a sentence naming the option that cannot be used
 */
gboolean
coterie_setting_options_apply_layout (const CoterieSettingOptions *options,
                                      CoterieLayoutSettings *layout,
                                      GError **error)
{
  for (guint i = 0; i < N_SETTINGS; i++) {
    const SettingOption *option = &setting_options[i];

    if (options->texts[i] == NULL || option->kind != SETTING_OF_LAYOUT ||
        option->apply_to_layout (options->texts[i], layout, error))
      continue;
    g_prefix_error (error, "--%s: ", get_name (option, options->scope));
    return FALSE;
  }
  return TRUE;
}
