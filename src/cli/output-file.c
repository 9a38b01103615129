/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that commands write. One rule holds for all of them: a file that is there already is refused,
 * before any work is done, unless --force says that it may be replaced. Even so it is refused if it is
 * what the command reads, by whatever path, and a recording that a training writes is never replaced:
 * neither could be had again. */

#include "config.h"

#include "cli/output-file.h"

#include <glib/gi18n.h>

#include "core/run/run-output.h"

/* System errors that GLib tells apart have lower numbers on every system. */
#define LAST_ERRNO 255

/**
 * coterie_output_file_check:
 * @path: what was given after -o
 * @force: whether a file that is there may be replaced
 * @inputs: (array zero-terminated=1): paths of what is read, which may not be replaced in any case;
 *   what is no path of a file is of no account
 * @error: return location for a #GError
 *
 * Returns: %FALSE with %G_FILE_ERROR_EXIST if there is such a file already and it may not be replaced,
 *   %G_FILE_ERROR_ISDIR if it is a folder, or COTERIE_RECORDING_ERROR_CANNOT_WRITE if its folder is
 *   missing or cannot be written to
 */
gboolean
coterie_output_file_check (const char *path,
                           gboolean force,
                           const char *const *inputs,
                           GError **error)
{
  for (guint i = 0; inputs[i] != NULL; i++)
    if (coterie_run_output_is_same_file (path, inputs[i])) {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                   _ ("%s: exists already and is what is read, expected another name"), path);
      return FALSE;
    }
  if (force && g_file_test (path, G_FILE_TEST_IS_DIR)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR,
                 _ ("%s: is a folder, expected the name of a file"), path);
    return FALSE;
  }
  if (force || !g_file_test (path, G_FILE_TEST_EXISTS))
    return coterie_run_output_check_folder (path, error);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
               _ ("%s: exists already, expected the name of a new file, or --force to replace it"),
               path);
  return FALSE;
}

/* What GLib says names the file that it writes first, of which nobody has heard. */
static const char *
describe (const GError *error)
{
  for (int number = 1; error->code != G_FILE_ERROR_FAILED && number <= LAST_ERRNO; number++)
    if (g_file_error_from_errno (number) == (GFileError) error->code)
      return g_strerror (number);
  return error->message;
}

/**
 * coterie_output_file_write:
 * @path: where to write
 * @force: whether a file that is there may be replaced
 * @inputs: (array zero-terminated=1): paths of what was read, which may not be replaced in any case
 * @data: (array length=n_bytes): what to write
 * @n_bytes: how much it is
 * @error: return location for a #GError
 *
 * Writes a file, which appears complete or not at all; one that is replaced stays until then.
 *
 * Returns: %FALSE with an error that names @path
 */
gboolean
coterie_output_file_write (const char *path,
                           gboolean force,
                           const char *const *inputs,
                           const char *data,
                           gsize n_bytes,
                           GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!coterie_output_file_check (path, force, inputs, error))
    return FALSE;
  if (g_file_set_contents (path, data, (gssize) n_bytes, &local_error))
    return TRUE;
  g_set_error (error, local_error->domain, local_error->code, _ ("%s: it cannot be written: %s"),
               path, describe (local_error));
  return FALSE;
}
