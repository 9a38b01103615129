/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads a data set without training on it, so that one knows what it is before anything starts. */

#include "session/dataset-probe.h"

#include "core/dataset/catalog.h"
#include "core/run/run-dataset.h"

typedef struct {
  char *source;
  CoterieDatasetOptions options;
} Probe;

static void
probe_free (gpointer data)
{
  Probe *question = data;

  g_free (question->source);
  g_free (question);
}

static void
probe (GTask *task, gpointer source_object, gpointer data, GCancellable *cancellable)
{
  const Probe *question = data;
  g_autoptr (CoteriePool) pool = coterie_pool_new (0);
  GError *error = NULL;
  CoterieDataset *dataset = coterie_dataset_open_with (question->source, &question->options, pool,
                                                       NULL, cancellable, &error);

  if (dataset == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, dataset, (GDestroyNotify) coterie_dataset_unref);
}

/**
 * coterie_dataset_probe_async:
 * @source: what coterie_dataset_open_with() would open
 * @options: how to read it
 * @cancellable: (nullable): ends it
 * @callback: called on the caller's main context
 * @data: passed to @callback
 *
 * Opens a data set in another thread.
 */
void
coterie_dataset_probe_async (const char *source,
                             const CoterieDatasetOptions *options,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Probe *question = g_new (Probe, 1);

  g_task_set_source_tag (task, coterie_dataset_probe_async);
  question->source = g_strdup (source);
  question->options = *options;
  g_task_set_task_data (task, question, probe_free);
  g_task_run_in_thread (task, probe);
}

typedef struct {
  CoterieRunInfo *info;
  char *recording;
  char *moved_to;
} RecordedProbe;

static void
recorded_probe_free (gpointer data)
{
  RecordedProbe *question = data;

  coterie_run_info_unref (question->info);
  g_free (question->recording);
  g_free (question->moved_to);
  g_free (question);
}

static void
probe_recorded (GTask *task, gpointer source_object, gpointer data, GCancellable *cancellable)
{
  const RecordedProbe *question = data;
  g_autoptr (CoteriePool) pool = coterie_pool_new (0);
  GError *error = NULL;
  CoterieDataset *dataset = coterie_run_dataset_reopen_at (
      question->moved_to, question->info, question->recording, pool, NULL, cancellable, &error);

  if (dataset == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, dataset, (GDestroyNotify) coterie_dataset_unref);
}

/**
 * coterie_dataset_probe_recorded_async:
 * @info: what is recorded of a run
 * @recording: the path of its recording
 * @moved_to: (nullable): where its data set is now; %NULL if it is where the run found it
 * @cancellable: (nullable): ends it
 * @callback: called on the caller's main context
 * @data: passed to @callback
 *
 * Opens the data set of a recorded run in another thread; coterie_dataset_probe_finish() gives it.
 */
void
coterie_dataset_probe_recorded_async (CoterieRunInfo *info,
                                      const char *recording,
                                      const char *moved_to,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  RecordedProbe *question = g_new (RecordedProbe, 1);

  g_task_set_source_tag (task, coterie_dataset_probe_recorded_async);
  question->info = coterie_run_info_ref (info);
  question->recording = g_strdup (recording);
  question->moved_to = g_strdup (moved_to);
  g_task_set_task_data (task, question, recorded_probe_free);
  g_task_run_in_thread (task, probe_recorded);
}

/**
 * coterie_dataset_probe_finish:
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the data set, or %NULL with the reason why it cannot be opened
 */
CoterieDataset *
coterie_dataset_probe_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
