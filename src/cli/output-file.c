/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that commands write. One rule holds for all of them: a file that is there already is refused,
 * before any work is done, unless --force says that it may be replaced. A recording that a training
 * writes is never replaced, since it could not be had again. */

#include "config.h"

#include "cli/output-file.h"

#include <glib/gi18n.h>

/**
 * coterie_output_file_check:
 * @path: what was given after -o
 * @force: whether a file that is there may be replaced
 * @error: return location for a #GError
 *
 * Returns: %FALSE with %G_FILE_ERROR_EXIST if there is such a file already and it may not be replaced
 */
gboolean
coterie_output_file_check (const char *path, gboolean force, GError **error)
{
  if (force || !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
               _ ("%s: exists already, expected the name of a new file, or --force to replace it"),
               path);
  return FALSE;
}

/**
 * coterie_output_file_write:
 * @path: where to write
 * @force: whether a file that is there may be replaced
 * @data: (array length=n_bytes): what to write
 * @n_bytes: how much it is
 * @error: return location for a #GError
 *
 * Writes a file, which appears complete or not at all; one that is replaced stays until then.
 *
 * Returns: %FALSE with an error that names @path
 */
gboolean
coterie_output_file_write (
    const char *path, gboolean force, const char *data, gsize n_bytes, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!coterie_output_file_check (path, force, error))
    return FALSE;
  if (g_file_set_contents (path, data, (gssize) n_bytes, &local_error))
    return TRUE;
  g_set_error (error, local_error->domain, local_error->code, _ ("%s: it cannot be written: %s"),
               path, local_error->message);
  return FALSE;
}
