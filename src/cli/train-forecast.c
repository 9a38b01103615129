/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a training will take, before it begins, so that nobody waits for hours who had minutes in
 * mind. What is over soon is measured briefly, so that it does not take longer than it is worth. */

#include "config.h"

#include "cli/train-forecast.h"

#include <glib/gi18n.h>

#include "core/run/run-pace.h"

/* Multiplications; what takes less is trained within some seconds. */
#define LITTLE_WORK 1.5e11

/* Of a weight for each sample: forward, and backward for the weights and for the layer before. */
#define WAYS_OF_TRAINING 3.0

/* Large networks take longer to measure, and so much longer to train that it does not matter. */
#define MUCH_WORK 2e13
#define MOST_MEASURING_MS 1000
#define MOST_MEASURING_MUCH_MS 4000

/* Iterations that are still to come. */
static CoterieTrainingSettings
get_rest (const CoterieRunInfo *info, guint iteration)
{
  CoterieTrainingSettings training = info->training;

  training.n_iterations -= MIN (iteration, training.n_iterations);
  return training;
}

static double
count_work (const CoterieTrainingSettings *training, CoterieDataset *dataset)
{
  gsize n_features = coterie_dataset_get_n_features (dataset);
  guint n_classes = coterie_dataset_get_info (dataset)->n_classes;
  guint64 n_weights = coterie_training_settings_count_weights (training, n_features, n_classes);

  return WAYS_OF_TRAINING * (double) n_weights * training->n_iterations *
         (double) coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING);
}

static gboolean
hurry_cb (gpointer hurry)
{
  g_cancellable_cancel (hurry);
  return G_SOURCE_CONTINUE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer hurry)
{
  g_cancellable_cancel (hurry);
}

static gboolean
measure_in_time (CoterieRunPace *pace,
                 CoterieDataset *dataset,
                 const CoterieRunInfo *info,
                 guint n_threads,
                 guint most_ms,
                 GCancellable *cancellable)
{
  g_autoptr (GCancellable) hurry = g_cancellable_new ();
  g_autoptr (GSource) source = g_timeout_source_new (most_ms);
  gulong handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                          g_object_ref (hurry), g_object_unref);
  gboolean measured;

  g_source_set_callback (source, hurry_cb, g_object_ref (hurry), g_object_unref);
  g_source_attach (source, NULL);
  measured = coterie_run_pace_measure (pace, dataset, &info->training, &info->analysis, n_threads,
                                       FALSE, hurry, NULL);
  g_source_destroy (source);
  g_cancellable_disconnect (cancellable, handler);
  return measured;
}

/**
 * coterie_train_forecast_measure:
 * @run: a run that has just begun
 * @info: what is being trained
 * @n_threads: of the run
 * @cancellable: of the run; ends the measurement too
 *
 * Measures how long the run will take, on the thread of the run, while the default main context has to be
 * running in another. Cost: mostly half a second, at most about one,
 * or four of a run that takes minutes at least; about a tenth of a second where the run is short.
 *
 * Returns: seconds; negative if the run was cancelled, or is long and could not be measured in that time
 */
double
coterie_train_forecast_measure (CoterieRun *run,
                                const CoterieRunInfo *info,
                                guint n_threads,
                                GCancellable *cancellable)
{
  g_autoptr (CoterieDataset) dataset = coterie_run_dup_dataset (run);
  CoterieRunStatus status;
  CoterieTrainingSettings rest;
  double work;
  guint most_ms;
  CoterieRunPace pace;
  gboolean measured;

  coterie_run_get_status (run, &status);
  rest = get_rest (info, status.iteration);
  work = count_work (&rest, dataset);
  most_ms = work < MUCH_WORK ? MOST_MEASURING_MS : MOST_MEASURING_MUCH_MS;
  if (work < LITTLE_WORK)
    measured = coterie_run_pace_measure (&pace, dataset, &info->training, &info->analysis,
                                         n_threads, TRUE, cancellable, NULL);
  else
    measured = measure_in_time (&pace, dataset, info, n_threads, most_ms, cancellable);
  return measured ? coterie_run_pace_predict (&pace, &rest) : -1.0;
}

/**
 * coterie_train_forecast_measure_rest:
 * @dataset: what would be learnt
 * @info: what would be trained; valid
 * @iteration: how many of its iterations have been trained already
 * @n_threads: of the run
 *
 * Measures how long a run would take that has not begun. Cost: about half a second, and as long as it
 * takes; about a tenth of a second where the run is short.
 *
 * Returns: seconds; negative if it cannot be measured
 */
double
coterie_train_forecast_measure_rest (CoterieDataset *dataset,
                                     const CoterieRunInfo *info,
                                     guint iteration,
                                     guint n_threads)
{
  CoterieTrainingSettings rest = get_rest (info, iteration);
  gboolean is_short = count_work (&rest, dataset) < LITTLE_WORK;
  CoterieRunPace pace;

  return coterie_run_pace_measure (&pace, dataset, &info->training, &info->analysis, n_threads,
                                   is_short, NULL, NULL)
             ? coterie_run_pace_predict (&pace, &rest)
             : -1.0;
}

/**
 * coterie_train_forecast_describe:
 * @seconds: how long a training will take; not negative
 *
 * Says so in steps, since what promises more than is known is not believed.
 *
 * Returns: (transfer full): a line
 */
char *
coterie_train_forecast_describe (double seconds)
{
  guint minutes = (guint) (seconds / 60.0 + 0.5);

  if (seconds < 1.0)
    return g_strdup (_ ("It will take about a second\n"));
  if (seconds < 10.0)
    return g_strdup (_ ("It will take a few seconds\n"));
  if (seconds < 58.0)
    return g_strdup_printf (_ ("It will take about %u s\n"), (guint) (seconds / 5.0 + 0.5) * 5);
  if (minutes < 60)
    return g_strdup_printf (_ ("It will take about %u min\n"), minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf (_ ("It will take about %u h %u min\n"), minutes / 60, minutes % 60);
  return g_strdup_printf (_ ("It will take about %u days\n"), minutes / 60 / 24);
}
