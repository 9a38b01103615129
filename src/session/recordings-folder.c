/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where trainings are recorded when nobody was asked: a folder of the user's data, and in it one
 * file a training, named after the data set and the time. */

#include "session/recordings-folder.h"

#include <errno.h>

#include "core/recording/recording-reader.h"
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
make_safe (const char *dataset_name)
{
  return g_strdelimit (g_strdup (dataset_name), "/\\:*?\"<>|\n", '-');
}

static char *
create_name (const char *dataset_name, guint attempt)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d %H.%M.%S");
  g_autofree char *safe = make_safe (dataset_name);

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

/* Something was learnt in it: the first frame is of the untrained network. */
static gboolean
is_worth_showing (const char *path)
{
  g_autoptr (CoterieRecordingReader) reader = coterie_recording_reader_open (path, NULL);

  return reader != NULL && coterie_recording_reader_get_n_frames (reader) > 1;
}

/* Newest first, as the names of one data set end with the time. */
static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) b, *(const char *const *) a);
}

static GPtrArray *
list_names (const char *folder, const char *dataset_name)
{
  g_autofree char *safe = make_safe (dataset_name);
  g_autofree char *beginning = g_strconcat (safe, " ", NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    if (g_str_has_prefix (name, beginning) && g_ascii_isdigit (name[strlen (beginning)]) &&
        g_str_has_suffix (name, COTERIE_RECORDING_SUFFIX))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
find_last (GTask *task, gpointer source_object, gpointer data, GCancellable *cancellable)
{
  g_autofree char *folder = dup_folder ();
  g_autoptr (GPtrArray) names = list_names (folder, data);

  for (guint i = 0; i < names->len; i++) {
    g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

    if (is_worth_showing (path)) {
      g_task_return_pointer (task, g_steal_pointer (&path), g_free);
      return;
    }
  }
  g_task_return_pointer (task, NULL, NULL);
}

/**
 * coterie_recordings_folder_find_last_async:
 * @dataset_name: what was trained on
 * @cancellable: (nullable): ends it
 * @callback: called on the caller's main context
 * @data: passed to @callback
 *
 * Looks in another thread for the last training on that data set which was recorded when nobody was
 * asked where to.
 */
void
coterie_recordings_folder_find_last_async (const char *dataset_name,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, coterie_recordings_folder_find_last_async);
  g_task_set_task_data (task, g_strdup (dataset_name), g_free);
  g_task_run_in_thread (task, find_last);
}

/**
 * coterie_recordings_folder_find_last_finish:
 * @result: what the callback was given
 *
 * Returns: (transfer full) (nullable): the path of a recording with a frame after the untrained network's;
 *   %NULL if there is none
 */
char *
coterie_recordings_folder_find_last_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
