/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a training will come to, before it begins: its weights, how long its recording can become, and
 * the time it will take. The first two are counted at once. The time needs a measurement, which is
 * made in another thread once the settings have been the same for a moment, takes at most some
 * seconds, and is given up when they change. What was measured is kept, so that the same network on the
 * same data is measured once. */

#include "session/training-forecast.h"

#include "core/recording/recording-size.h"
#include "core/run/run-pace.h"

#define SETTLING_MS 300
#define MOST_MEASURING_MS 4000 /* mostly a quarter of that; the rest is for busy machines */

struct _CoterieTrainingForecast {
  GObject parent_instance;

  GHashTable *paces;       /* from what was measured, as text, to CoterieRunPace */
  CoterieDataset *dataset; /* or %NULL: the time cannot be measured */
  GCancellable *measuring;

  CoterieTrainingSettings training; /* of what is still to be trained */
  CoterieAnalysisSettings analysis;
  guint64 n_weights;
  guint64 n_bytes;
  guint64 n_room_bytes;
  gboolean keeps_every_network;
  double seconds;
  gboolean known;
  guint settling_source;
};

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CoterieTrainingForecast, coterie_training_forecast, G_TYPE_OBJECT)

/* What a measurement needs, and what it is known by. */
typedef struct {
  char *key;
  CoterieDataset *dataset;
  CoterieTrainingSettings training;
  CoterieAnalysisSettings analysis;
  GCancellable *hurry; /* when it has taken long enough */
  guint hurry_source;
} Measurement;

static void
measurement_free (gpointer data)
{
  Measurement *measurement = data;

  g_free (measurement->key);
  coterie_dataset_unref (measurement->dataset);
  g_object_unref (measurement->hurry);
  g_free (measurement);
}

/* All that has an influence on how fast a training is. */
static char *
describe_work (CoterieTrainingForecast *self)
{
  const CoterieTrainingSettings *training = &self->training;
  const CoterieAnalysisSettings *analysis = &self->analysis;
  GString *text = g_string_new (coterie_dataset_get_hash (self->dataset));

  for (guint l = 0; l < training->n_hidden; l++)
    g_string_append_printf (text, " %u %d", training->hidden[l], training->dropout[l] > 0.0);
  g_string_append_printf (text, ", %d %d %u", training->optimizer, training->momentum > 0.0,
                          training->batch);
  g_string_append_printf (text, ", %u %u %d %u", analysis->top, analysis->bins, analysis->method,
                          analysis->n_null_graphs);
  return g_string_free (text, FALSE);
}

static void
predict (CoterieTrainingForecast *self, const CoterieRunPace *pace)
{
  self->seconds = coterie_run_pace_predict (pace, &self->training);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
measure_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Measurement *measurement = data;
  CoterieRunPace pace;
  GError *error = NULL;

  if (coterie_run_pace_measure (&pace, measurement->dataset, &measurement->training,
                                &measurement->analysis, 0, FALSE, measurement->hurry, &error))
    g_task_return_pointer (task, g_memdup2 (&pace, sizeof pace), g_free);
  else
    g_task_return_error (task, error);
}

/* A network that cannot be trained, or not even measured in that time, has no forecast. */
static void
measured (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CoterieTrainingForecast) self = data;
  Measurement *measurement = g_task_get_task_data (G_TASK (result));
  g_autofree CoterieRunPace *pace = g_task_propagate_pointer (G_TASK (result), NULL);

  g_clear_handle_id (&measurement->hurry_source, g_source_remove);
  if (pace == NULL || g_task_get_cancellable (G_TASK (result)) != self->measuring)
    return;
  g_hash_table_replace (self->paces, g_strdup (measurement->key), g_memdup2 (pace, sizeof *pace));
  predict (self, pace);
}

static void
cancelled_cb (GCancellable *measuring, gpointer hurry)
{
  g_cancellable_cancel (hurry);
}

static gboolean
hurry_cb (gpointer data)
{
  Measurement *measurement = data;

  measurement->hurry_source = 0;
  g_cancellable_cancel (measurement->hurry);
  return G_SOURCE_REMOVE;
}

static void
begin_measuring (CoterieTrainingForecast *self)
{
  Measurement *measurement = g_new (Measurement, 1);
  g_autoptr (GTask) task = NULL;

  self->measuring = g_cancellable_new ();
  task = g_task_new (NULL, self->measuring, measured, g_object_ref (self));
  *measurement = (Measurement){
      .key = describe_work (self),
      .dataset = coterie_dataset_ref (self->dataset),
      .training = self->training,
      .analysis = self->analysis,
      .hurry = g_cancellable_new (),
  };
  measurement->hurry_source = g_timeout_add (MOST_MEASURING_MS, hurry_cb, measurement);
  g_cancellable_connect (self->measuring, G_CALLBACK (cancelled_cb),
                         g_object_ref (measurement->hurry), g_object_unref);
  g_task_set_source_tag (task, begin_measuring);
  g_task_set_task_data (task, measurement, measurement_free);
  g_task_run_in_thread (task, measure_in_thread);
}

static gboolean
settled_cb (gpointer data)
{
  CoterieTrainingForecast *self = data;

  self->settling_source = 0;
  begin_measuring (self);
  return G_SOURCE_REMOVE;
}

static void
count (CoterieTrainingForecast *self, const CoterieRunInfo *run)
{
  self->n_weights = coterie_training_settings_count_weights (
      &run->training, coterie_dataset_info_get_n_features (&run->dataset), run->dataset.n_classes);
  self->n_bytes = coterie_recording_estimate_size (run, TRUE);
  self->n_room_bytes = coterie_recording_estimate_room (run, TRUE);
  self->keeps_every_network = coterie_recording_keeps_every_network (run);
}

static void
coterie_training_forecast_dispose (GObject *object)
{
  CoterieTrainingForecast *self = COTERIE_TRAINING_FORECAST (object);

  coterie_training_forecast_stop (self);
  g_clear_pointer (&self->paces, g_hash_table_unref);
  G_OBJECT_CLASS (coterie_training_forecast_parent_class)->dispose (object);
}

static void
coterie_training_forecast_class_init (CoterieTrainingForecastClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = coterie_training_forecast_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
coterie_training_forecast_init (CoterieTrainingForecast *self)
{
  self->paces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->seconds = -1.0;
}

/**
 * coterie_training_forecast_new:
 *
 * Returns: (transfer full): a forecast of nothing yet; "changed" says that it knows more
 */
CoterieTrainingForecast *
coterie_training_forecast_new (void)
{
  return g_object_new (COTERIE_TYPE_TRAINING_FORECAST, NULL);
}

/**
 * coterie_training_forecast_stop:
 * @self: the forecast
 *
 * Forgets what was asked for, and ends its measurement.
 */
void
coterie_training_forecast_stop (CoterieTrainingForecast *self)
{
  g_clear_handle_id (&self->settling_source, g_source_remove);
  g_cancellable_cancel (self->measuring);
  g_clear_object (&self->measuring);
  g_clear_pointer (&self->dataset, coterie_dataset_unref);
  self->seconds = -1.0;
  self->known = FALSE;
}

static void
ask_for_time (CoterieTrainingForecast *self)
{
  g_autofree char *key = describe_work (self);
  CoterieRunPace *pace = g_hash_table_lookup (self->paces, key);

  if (pace != NULL)
    predict (self, pace);
  else
    self->settling_source = g_timeout_add (SETTLING_MS, settled_cb, self);
}

/**
 * coterie_training_forecast_ask_run:
 * @self: the forecast
 * @run: the run; training and analysis must be valid, and fit into the machine; hash and program do
 *   not matter
 * @iteration: how many of its iterations have been trained already
 * @dataset: (nullable): its data set; %NULL if that is not at hand
 *
 * Asks what such a run comes to. What can be counted is known when this returns, the time of the
 * iterations to come sometimes, else "changed" is emitted when it is, and never without @dataset.
 */
void
coterie_training_forecast_ask_run (CoterieTrainingForecast *self,
                                   const CoterieRunInfo *run,
                                   guint iteration,
                                   CoterieDataset *dataset)
{
  if (dataset != NULL)
    coterie_dataset_ref (dataset);
  coterie_training_forecast_stop (self);
  self->dataset = dataset;
  self->training = run->training;
  self->training.n_iterations -= MIN (iteration, self->training.n_iterations);
  self->analysis = run->analysis;
  count (self, run);
  self->known = TRUE;
  if (dataset != NULL)
    ask_for_time (self);
}

/**
 * coterie_training_forecast_ask:
 * @self: the forecast
 * @dataset: what will be learnt
 * @settings: of the run; training and analysis must be valid, and fit into the machine
 *
 * Asks what such a run comes to. What can be counted is known when this returns, the time sometimes,
 * else "changed" is emitted when it is.
 */
void
coterie_training_forecast_ask (CoterieTrainingForecast *self,
                               CoterieDataset *dataset,
                               const CoterieRunSettings *settings)
{
  const CoterieRunInfo run = {
      .dataset = *coterie_dataset_get_info (dataset),
      .n_samples = {coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING),
                    coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST)},
      .training = settings->training,
      .analysis = settings->analysis,
  };

  coterie_training_forecast_ask_run (self, &run, 0, dataset);
}

/**
 * coterie_training_forecast_get_known:
 * @self: the forecast
 *
 * Returns: whether it was asked about a run
 */
gboolean
coterie_training_forecast_get_known (CoterieTrainingForecast *self)
{
  return self->known;
}

/**
 * coterie_training_forecast_get_n_weights:
 * @self: the forecast of a run
 *
 * Returns: weights of the network, biases included
 */
guint64
coterie_training_forecast_get_n_weights (CoterieTrainingForecast *self)
{
  return self->n_weights;
}

/**
 * coterie_training_forecast_get_n_bytes:
 * @self: the forecast of a run
 *
 * Returns: how long the recording can become
 */
guint64
coterie_training_forecast_get_n_bytes (CoterieTrainingForecast *self)
{
  return self->n_bytes;
}

/**
 * coterie_training_forecast_get_n_room_bytes:
 * @self: the forecast of a run
 *
 * Returns: how much room on the disk the recording can take while it is being written, which is more
 *   than it has in the end
 */
guint64
coterie_training_forecast_get_n_room_bytes (CoterieTrainingForecast *self)
{
  return self->n_room_bytes;
}

/**
 * coterie_training_forecast_get_keeps_every_network:
 * @self: the forecast of a run
 *
 * Returns: whether the recording will have the weights of every frame
 */
gboolean
coterie_training_forecast_get_keeps_every_network (CoterieTrainingForecast *self)
{
  return self->keeps_every_network;
}

/**
 * coterie_training_forecast_get_seconds:
 * @self: the forecast of a run
 *
 * Returns: how long the run will take; negative while that is not known
 */
double
coterie_training_forecast_get_seconds (CoterieTrainingForecast *self)
{
  return self->seconds;
}
