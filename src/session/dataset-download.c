/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Downloads a known data set in another thread, and says on the caller's how far that is: not at
 * every block of bytes, of which there are thousands a second, but often enough for a bar to move. */

#include "session/dataset-download.h"

#define PROGRESS_INTERVAL_US 100000

typedef struct {
  const CoterieKnownSet *set;
  CoterieDownloadProgress progress;
  gpointer progress_data;

  /* of the download's thread */
  GMainContext *context; /* borrowed */
  gint64 told_at;
} Job;

/* On its way to the caller's thread. */
typedef struct {
  CoterieDownloadProgress progress;
  gpointer progress_data;
  guint64 n_done;
  guint64 n_total;
} Message;

static gboolean
deliver_cb (gpointer data)
{
  Message *message = data;

  message->progress (message->n_done, message->n_total, message->progress_data);
  return G_SOURCE_REMOVE;
}

/* With the priority of the task's own end, which comes behind it then. */
static void
progress_cb (guint64 n_done, guint64 n_total, gpointer data)
{
  Job *job = data;
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GSource) source = NULL;
  Message *message;

  if (job->progress == NULL || (n_done < n_total && now < job->told_at + PROGRESS_INTERVAL_US))
    return;
  job->told_at = now;

  message = g_new (Message, 1);
  *message = (Message){job->progress, job->progress_data, n_done, n_total};
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, message, g_free);
  g_source_attach (source, job->context);
}

static void
download (GTask *task, gpointer source_object, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  char *path;

  job->context = g_task_get_context (task);
  path = coterie_known_set_download (job->set, progress_cb, job, cancellable, &error);
  if (path == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, path, g_free);
}

/**
 * coterie_dataset_download_async:
 * @set: a known set that can be downloaded
 * @progress: (nullable): told how many bytes of how many have come, on the caller's main context;
 *   never again once @callback has been called
 * @progress_data: passed to @progress
 * @cancellable: (nullable): ends it; what has come is kept for the next time
 * @callback: called on the caller's main context
 * @data: passed to @callback
 *
 * Downloads a data set in another thread. Nothing is looked for elsewhere on this machine first; see
 * coterie_known_set_find_local().
 */
void
coterie_dataset_download_async (const CoterieKnownSet *set,
                                CoterieDownloadProgress progress,
                                gpointer progress_data,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->set = set;
  job->progress = progress;
  job->progress_data = progress_data;
  g_task_set_source_tag (task, coterie_dataset_download_async);
  g_task_set_task_data (task, job, g_free);
  g_task_run_in_thread (task, download);
}

/**
 * coterie_dataset_download_finish:
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full): what coterie_dataset_open() opens the data set by; %NULL with an error of
 *   COTERIE_DOWNLOAD_ERROR, whose sentence can be shown, or with %G_IO_ERROR_CANCELLED
 */
char *
coterie_dataset_download_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
