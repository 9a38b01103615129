/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds out what a file or folder is that someone picked, dropped or named: a recording to open or a
 * data set to train on. */

#include "session/file-probe.h"

#include <string.h>

#include "core/dataset/catalog.h"
#include "core/dataset/dataset.h"
#include "core/recording/recording.h"

/* How the files of SQLite begin, of which recordings are some. */
#define SQLITE_MAGIC "SQLite format 3"

typedef struct {
  CoterieFileKind kind;
  char *source;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->source);
  g_free (answer);
}

/* What has a recording's name, or begins like one, is for the reader of recordings to judge. */
static gboolean
is_recording (const char *path, GCancellable *cancellable)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  char magic[sizeof SQLITE_MAGIC];
  gsize n_read;

  if (g_str_has_suffix (path, COTERIE_RECORDING_SUFFIX) && !g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;
  stream = g_file_read (file, cancellable, NULL);
  return stream != NULL &&
         g_input_stream_read_all (G_INPUT_STREAM (stream), magic, sizeof magic, &n_read,
                                  cancellable, NULL) &&
         n_read == sizeof magic && memcmp (magic, SQLITE_MAGIC, sizeof magic) == 0;
}

/**
 * coterie_file_probe:
 * @path: a file or folder
 * @source: (out) (transfer full) (nullable): what to open: @path, or the folder of a file that is only
 *   a part of a data set
 * @cancellable: (nullable): ends it
 * @error: return location for a #GError
 *
 * Finds out what @path is from its name and from how it begins; whether it can be opened is not said.
 *
 * Returns: what it is; COTERIE_FILE_NONE with COTERIE_DATASET_ERROR_BAD_MAGIC if it is neither a
 *   recording nor a data set, or with another error if it does not exist or cannot be read
 */
CoterieFileKind
coterie_file_probe (const char *path, char **source, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  *source = NULL;
  if (is_recording (path, cancellable)) {
    *source = g_strdup (path);
    return COTERIE_FILE_RECORDING;
  }
  *source = coterie_dataset_find_source (path, cancellable, &local_error);
  if (*source != NULL)
    return COTERIE_FILE_DATASET;
  if (!g_error_matches (local_error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_MAGIC)) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return COTERIE_FILE_NONE;
  }
  g_set_error (
      error, local_error->domain, local_error->code,
      "%s: is neither a recording nor a data set; expected a recording (" COTERIE_RECORDING_SUFFIX
      "), a file of numbers (.csv, .npz), IDX or CIFAR-10 "
      "(.tar.gz), or a folder with a folder of images for each class",
      path);
  return COTERIE_FILE_NONE;
}

static void
probe_in_thread (GTask *task, gpointer source_object, gpointer data, GCancellable *cancellable)
{
  Answer *answer = g_new0 (Answer, 1);
  GError *error = NULL;

  answer->kind = coterie_file_probe (data, &answer->source, cancellable, &error);
  if (answer->kind != COTERIE_FILE_NONE) {
    g_task_return_pointer (task, answer, answer_free);
    return;
  }
  answer_free (answer);
  g_task_return_error (task, error);
}

/**
 * coterie_file_probe_async:
 * @path: a file or folder
 * @cancellable: (nullable): ends it
 * @callback: called on the caller's main context
 * @data: passed to @callback
 *
 * coterie_file_probe() in another thread.
 */
void
coterie_file_probe_async (const char *path,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, coterie_file_probe_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, probe_in_thread);
}

/**
 * coterie_file_probe_finish:
 * @result: what the callback was given
 * @source: (out) (transfer full) (nullable): as of coterie_file_probe()
 * @error: return location for a #GError
 *
 * Returns: what it is, as coterie_file_probe() says
 */
CoterieFileKind
coterie_file_probe_finish (GAsyncResult *result, char **source, GError **error)
{
  Answer *answer;
  CoterieFileKind kind;

  g_return_val_if_fail (g_task_is_valid (result, NULL), COTERIE_FILE_NONE);

  *source = NULL;
  answer = g_task_propagate_pointer (G_TASK (result), error);
  if (answer == NULL)
    return COTERIE_FILE_NONE;
  kind = answer->kind;
  *source = g_steal_pointer (&answer->source);
  answer_free (answer);
  return kind;
}
