/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was run, how it was laid out and what was pinned, as rows of the tables "run", "layout" and
 * "pin": how each is put into its row, and how it is taken from it again, column by column in the same
 * order. */

#include "core/recording/recording-run.h"

static void
put_settings (CoterieRow *row, const CoterieRunInfo *info)
{
  const CoterieTrainingSettings *training = &info->training;
  const CoterieAnalysisSettings *analysis = &info->analysis;
  g_autofree char *limit = g_strdup_printf ("%" G_GUINT64_FORMAT, training->limit);
  g_autofree char *training_seed = g_strdup_printf ("%" G_GUINT64_FORMAT, training->seed);
  g_autofree char *analysis_seed = g_strdup_printf ("%" G_GUINT64_FORMAT, analysis->seed);

  coterie_row_put_integer (row, training->n_hidden);
  coterie_row_put_text (row, coterie_optimizer_kind_to_string (training->optimizer));
  coterie_row_put_real (row, training->learning_rate);
  coterie_row_put_real (row, training->momentum);
  coterie_row_put_integer (row, training->batch);
  coterie_row_put_integer (row, training->n_iterations);
  coterie_row_put_integer (row, training->record_every);
  coterie_row_put_real (row, training->label_noise);
  coterie_row_put_text (row, limit);
  coterie_row_put_text (row, training_seed);
  coterie_row_put_integer (row, analysis->top);
  coterie_row_put_integer (row, analysis->bins);
  coterie_row_put_real (row, analysis->resolution);
  coterie_row_put_text (row, coterie_community_method_to_string (analysis->method));
  coterie_row_put_integer (row, analysis->n_null_graphs);
  coterie_row_put_text (row, analysis_seed);
}

/**
 * coterie_recording_run_put:
 * @row: a new row of the table "run"
 * @info: a run without fault
 *
 * Puts all columns.
 */
void
coterie_recording_run_put (CoterieRow *row, const CoterieRunInfo *info)
{
  coterie_row_put_integer (row, 1);
  coterie_row_put_text (row, info->program);
  coterie_row_put_integer (row, info->started);
  coterie_row_put_text (row, info->dataset.name);
  coterie_row_put_text (row, info->dataset.source);
  coterie_row_put_text (row, info->dataset_hash);
  coterie_row_put_integer (row, info->dataset.width);
  coterie_row_put_integer (row, info->dataset.height);
  coterie_row_put_integer (row, MAX (info->dataset.n_channels, 1));
  coterie_row_put_text (row, info->dataset.options);
  coterie_row_put_integer (row, info->dataset.n_classes);
  coterie_row_put_integer (row, (gint64) info->n_samples[COTERIE_SPLIT_TRAINING]);
  coterie_row_put_integer (row, (gint64) info->n_samples[COTERIE_SPLIT_TEST]);
  put_settings (row, info);
}

/* Numbers that may need all 64 bits are kept as texts. */
static guint64
take_unsigned (CoterieRow *row)
{
  g_autofree char *text = coterie_row_take_text (row);
  guint64 value = 0;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &value, NULL))
    coterie_row_set_fault (row, "\"%s\" is not a number", text);
  return value;
}

static void
take_optimizer (CoterieRow *row, CoterieOptimizerKind *kind)
{
  g_autofree char *text = coterie_row_take_text (row);

  if (text != NULL && !coterie_optimizer_kind_from_string (text, kind))
    coterie_row_set_fault (row, "there is no optimizer \"%s\"", text);
}

static void
take_method (CoterieRow *row, CoterieCommunityMethod *method)
{
  g_autofree char *text = coterie_row_take_text (row);

  if (text != NULL && !coterie_community_method_from_string (text, method))
    coterie_row_set_fault (row, "there is no community method \"%s\"", text);
}

static void
take_settings (CoterieRow *row, CoterieRunInfo *fields)
{
  CoterieTrainingSettings *training = &fields->training;
  CoterieAnalysisSettings *analysis = &fields->analysis;

  training->n_hidden = (guint) coterie_row_take_integer (row, 1, COTERIE_MAX_HIDDEN_LAYERS);
  take_optimizer (row, &training->optimizer);
  training->learning_rate = coterie_row_take_real (row);
  training->momentum = coterie_row_take_real (row);
  training->batch = coterie_row_take_uint (row);
  training->n_iterations = coterie_row_take_uint (row);
  training->record_every = coterie_row_take_uint (row);
  training->label_noise = coterie_row_take_real (row);
  training->limit = take_unsigned (row);
  training->seed = take_unsigned (row);
  analysis->top = coterie_row_take_uint (row);
  analysis->bins = coterie_row_take_uint (row);
  analysis->resolution = coterie_row_take_real (row);
  take_method (row, &analysis->method);
  analysis->n_null_graphs = coterie_row_take_uint (row);
  analysis->seed = take_unsigned (row);
}

/**
 * coterie_recording_run_take:
 * @row: an opened row of the table "run"; gets a fault if a value cannot be one
 * @fields: filled but for the classes' names and what other tables say; its texts are the caller's
 *
 * Takes all columns.
 */
void
coterie_recording_run_take (CoterieRow *row, CoterieRunInfo *fields)
{
  coterie_row_take_integer (row, 1, 1);
  fields->program = coterie_row_take_text (row);
  fields->started = coterie_row_take_integer (row, G_MININT64, G_MAXINT64);
  fields->dataset.name = coterie_row_take_text (row);
  fields->dataset.source = coterie_row_take_path (row);
  fields->dataset_hash = coterie_row_take_text (row);
  fields->dataset.width = coterie_row_take_uint (row);
  fields->dataset.height = coterie_row_take_uint (row);
  fields->dataset.n_channels = (guint) coterie_row_take_integer (row, 1, 3);
  fields->dataset.options = coterie_row_take_text (row);
  fields->dataset.n_classes = (guint) coterie_row_take_integer (row, 2, 1000);
  fields->n_samples[COTERIE_SPLIT_TRAINING] =
      (guint64) coterie_row_take_integer (row, 0, G_MAXINT64);
  fields->n_samples[COTERIE_SPLIT_TEST] = (guint64) coterie_row_take_integer (row, 0, G_MAXINT64);
  take_settings (row, fields);
}

/**
 * coterie_recording_layout_put:
 * @row: a new row of the table "layout"
 * @info: a run without fault
 *
 * Puts all columns.
 */
void
coterie_recording_layout_put (CoterieRow *row, const CoterieRunInfo *info)
{
  const CoterieLayoutSettings *layout = &info->layout;
  const CoterieForceSettings *force = &layout->force;
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, layout->seed);

  coterie_row_put_integer (row, 1);
  coterie_row_put_text (row, coterie_layout_mode_to_string (layout->mode));
  coterie_row_put_real (row, force->scaling);
  coterie_row_put_real (row, force->gravity);
  coterie_row_put_integer (row, force->strong_gravity != FALSE);
  coterie_row_put_integer (row, force->lin_log != FALSE);
  coterie_row_put_integer (row, force->dissuade_hubs != FALSE);
  coterie_row_put_real (row, force->weight_influence);
  coterie_row_put_integer (row, force->prevent_overlap != FALSE);
  coterie_row_put_real (row, force->force_error_percent);
  coterie_row_put_text (row, seed);
  coterie_row_put_integer (row, info->n_pins);
}

static void
take_mode (CoterieRow *row, CoterieLayoutMode *mode)
{
  g_autofree char *text = coterie_row_take_text (row);

  if (text != NULL && !coterie_layout_mode_from_string (text, mode))
    coterie_row_set_fault (row, "there is no layout mode \"%s\"", text);
}

/**
 * coterie_recording_layout_take:
 * @row: an opened row of the table "layout"; gets a fault if a value cannot be one
 * @fields: gets the settings of the layout, and the number of pins
 *
 * Takes all columns.
 */
void
coterie_recording_layout_take (CoterieRow *row, CoterieRunInfo *fields)
{
  CoterieLayoutSettings *layout = &fields->layout;
  CoterieForceSettings *force = &layout->force;

  coterie_layout_settings_init (layout);
  coterie_row_take_integer (row, 1, 1);
  take_mode (row, &layout->mode);
  force->scaling = coterie_row_take_real (row);
  force->gravity = coterie_row_take_real (row);
  force->strong_gravity = (gboolean) coterie_row_take_integer (row, 0, 1);
  force->lin_log = (gboolean) coterie_row_take_integer (row, 0, 1);
  force->dissuade_hubs = (gboolean) coterie_row_take_integer (row, 0, 1);
  force->weight_influence = coterie_row_take_real (row);
  force->prevent_overlap = (gboolean) coterie_row_take_integer (row, 0, 1);
  force->force_error_percent = coterie_row_take_real (row);
  layout->seed = take_unsigned (row);
  fields->n_pins = (guint) coterie_row_take_integer (row, 0, COTERIE_MAX_PINS);
}

/**
 * coterie_recording_pin_put:
 * @row: a new row of the table "pin"
 * @pin: a pin without fault
 *
 * Puts all columns.
 */
void
coterie_recording_pin_put (CoterieRow *row, const CoteriePin *pin)
{
  coterie_row_put_integer (row, pin->layer);
  coterie_row_put_integer (row, pin->neuron);
  coterie_row_put_real (row, pin->x);
  coterie_row_put_real (row, pin->y);
}

/**
 * coterie_recording_pin_take:
 * @row: an opened row of the table "pin"; gets a fault if a value cannot be one
 * @pin: (out): the pin
 *
 * Takes all columns.
 */
void
coterie_recording_pin_take (CoterieRow *row, CoteriePin *pin)
{
  pin->layer = coterie_row_take_uint (row);
  pin->neuron = coterie_row_take_uint (row);
  pin->x = coterie_row_take_real (row);
  pin->y = coterie_row_take_real (row);
}
