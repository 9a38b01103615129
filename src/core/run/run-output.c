/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a recording can be written where it is wanted. The writer would notice too, but only after
 * the work has begun. */

#include "core/run/run-output.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/recording/recording.h"

/**
 * coterie_run_output_check:
 * @output: the path of a recording to be written
 * @error: return location for a #GError
 *
 * Returns: %FALSE with COTERIE_RECORDING_ERROR_CANNOT_WRITE if there is such a file already, or its
 *   folder is missing or cannot be written to
 */
gboolean
coterie_run_output_check (const char *output, GError **error)
{
  if (g_file_test (output, G_FILE_TEST_EXISTS)) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: exists already, expected the name of a new file", output);
    return FALSE;
  }
  return coterie_run_output_check_folder (output, error);
}

/**
 * coterie_run_output_check_folder:
 * @output: the path of a file to be written, which may be there already
 * @error: return location for a #GError
 *
 * Returns: %FALSE with COTERIE_RECORDING_ERROR_CANNOT_WRITE if its folder is missing or cannot be
 *   written to
 */
gboolean
coterie_run_output_check_folder (const char *output, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (output);

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR)) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: there is no folder %s", output, folder);
    return FALSE;
  }
  if (g_access (folder, W_OK) != 0) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: the folder %s cannot be written to", output, folder);
    return FALSE;
  }
  return TRUE;
}

/**
 * coterie_run_output_is_same_file:
 * @path: a path
 * @other: another one
 *
 * Returns: whether both are there and lead to one file, also through a symbolic or a hard link
 */
gboolean
coterie_run_output_is_same_file (const char *path, const char *other)
{
  struct stat status;
  struct stat other_status;

  return stat (path, &status) == 0 && stat (other, &other_status) == 0 &&
         status.st_dev == other_status.st_dev && status.st_ino == other_status.st_ino;
}

/**
 * coterie_run_output_get_free_bytes:
 * @output: the path of a recording to be written
 *
 * Cost: the file system is asked, which may take a while if it is on another machine.
 *
 * Returns: bytes that are free where @output will be; %G_MAXUINT64 if nobody knows
 */
guint64
coterie_run_output_get_free_bytes (const char *output)
{
  g_autofree char *path = g_path_get_dirname (output);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
      g_file_query_filesystem_info (folder, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);

  if (info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE))
    return G_MAXUINT64;
  return g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE);
}
