/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where trainings are recorded when nobody was asked: a folder of the user's data, and in it one
 * file a training, named after the data set and the time. */

#include "session/recordings-folder.h"

#include <errno.h>

#include "core/recording/recording.h"
#include "core/run/run-output.h"

/* Two trainings in one second get a number; more than these do not happen. */
#define MAX_SAME_NAME 1000

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "coterie", "recordings", NULL);
}

static char *
create_name (const char *dataset_name, guint attempt)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d %H.%M.%S");
  g_autofree char *safe = g_strdelimit (g_strdup (dataset_name), "/\\:*?\"<>|\n", '-');

  if (attempt == 0)
    return g_strdup_printf ("%s %s" COTERIE_RECORDING_SUFFIX, safe, time);
  return g_strdup_printf ("%s %s (%u)" COTERIE_RECORDING_SUFFIX, safe, time, attempt + 1);
}

/**
 * coterie_recordings_folder_propose:
 * @dataset_name: what is trained on
 * @error: return location for a #GError
 *
 * Makes the folder if it is not there.
 *
 * Returns: (transfer full): the path of a recording that does not exist yet, or %NULL with the
 *   reason why the folder cannot be made
 */
char *
coterie_recordings_folder_propose (const char *dataset_name, GError **error)
{
  g_autofree char *folder = dup_folder ();

  if (g_mkdir_with_parents (folder, 0755) != 0) {
    int reason = errno;

    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (reason),
                 "%s: cannot make the folder for recordings: %s", folder, g_strerror (reason));
    return NULL;
  }

  for (guint attempt = 0; attempt < MAX_SAME_NAME; attempt++) {
    g_autofree char *name = create_name (dataset_name, attempt);
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      return g_steal_pointer (&path);
  }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "%s: too many recordings of this second",
               folder);
  return NULL;
}

/* The folder may not be there yet; it will be where the first one above it is. */
static char *
dup_path_beside (void)
{
  g_autofree char *path = dup_folder ();
  g_autofree char *above = g_path_get_dirname (path);

  while (!g_file_test (above, G_FILE_TEST_IS_DIR) && !g_str_equal (above, path)) {
    g_free (path);
    path = g_steal_pointer (&above);
    above = g_path_get_dirname (path);
  }
  return g_steal_pointer (&path);
}

static void
find_free (GTask *task, gpointer source_object, gpointer data, GCancellable *cancellable)
{
  g_autofree char *path = dup_path_beside ();
  guint64 n_bytes = coterie_run_output_get_free_bytes (path);

  g_task_return_pointer (task, g_memdup2 (&n_bytes, sizeof n_bytes), g_free);
}

/**
 * coterie_recordings_folder_ask_free_async:
 * @cancellable: (nullable): ends it
 * @callback: called on the caller's main context
 * @data: passed to @callback
 *
 * Asks how much room there is for recordings, in another thread.
 */
void
coterie_recordings_folder_ask_free_async (GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, coterie_recordings_folder_ask_free_async);
  g_task_run_in_thread (task, find_free);
}

/**
 * coterie_recordings_folder_ask_free_finish:
 * @result: what the callback was given
 * @n_bytes: (out): how much is free; %G_MAXUINT64 if nobody knows
 *
 * Returns: %FALSE if it was cancelled
 */
gboolean
coterie_recordings_folder_ask_free_finish (GAsyncResult *result, guint64 *n_bytes)
{
  g_autofree guint64 *found = g_task_propagate_pointer (G_TASK (result), NULL);

  *n_bytes = found != NULL ? *found : G_MAXUINT64;
  return found != NULL;
}
