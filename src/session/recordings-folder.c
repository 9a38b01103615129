/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where trainings are recorded when nobody was asked: a folder of the user's data, and in it one
 * file a training, named after the data set and the time. */

#include "session/recordings-folder.h"

#include <errno.h>

#include "core/recording/recording.h"

/* Two trainings in one second get a number; more than these do not happen. */
#define MAX_SAME_NAME 1000

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
  g_autofree char *folder =
      g_build_filename (g_get_user_data_dir (), "coterie", "recordings", NULL);

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
