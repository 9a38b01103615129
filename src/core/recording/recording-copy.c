/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Copies a recording, with what is still in the log beside it, which a copy of the file alone would
 * lose. */

#include "core/recording/recording-copy.h"

#include "core/recording/recording-file.h"
#include "core/recording/recording.h"

#include <glib/gstdio.h>

/* 4 MiB at a time. */
#define STEP_PAGES 1024

static gboolean
set_error (const char *output, sqlite3 *database, GError **error)
{
  g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
               "%s: the recording cannot be copied there: %s", output, sqlite3_errmsg (database));
  return FALSE;
}

static gboolean
copy_pages (sqlite3 *source,
            sqlite3 *target,
            const char *output,
            CoterieProgress *progress,
            GCancellable *cancellable,
            GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (target, "main", source, "main");
  int result = SQLITE_OK;
  double fraction = 0.0;

  if (backup == NULL)
    return set_error (output, target, error);

  while (result == SQLITE_OK) {
    if (!coterie_progress_step (progress, fraction, cancellable, error)) {
      sqlite3_backup_finish (backup);
      return FALSE;
    }
    result = sqlite3_backup_step (backup, STEP_PAGES);
    fraction = 1.0 - (double) sqlite3_backup_remaining (backup) /
                         MAX (sqlite3_backup_pagecount (backup), 1);
  }
  sqlite3_backup_finish (backup);
  return result == SQLITE_DONE || set_error (output, target, error);
}

/**
 * coterie_recording_copy:
 * @path: a recording
 * @output: the path of the copy; must not exist
 * @progress: (nullable): told how far it is
 * @cancellable: (nullable): ends it
 * @error: return location for a #GError
 *
 * Copies a recording. Cost: reading and writing the file.
 *
 * Returns: %FALSE with COTERIE_RECORDING_ERROR_CANNOT_WRITE, with %G_IO_ERROR_CANCELLED, or with an
 *   error as of coterie_recording_reader_open(); nothing is left behind then
 */
gboolean
coterie_recording_copy (const char *path,
                        const char *output,
                        CoterieProgress *progress,
                        GCancellable *cancellable,
                        GError **error)
{
  guint64 size;
  sqlite3 *source = coterie_recording_file_open (path, FALSE, &size, error);
  sqlite3 *target = NULL;
  gboolean copied;

  if (source == NULL)
    return FALSE;

  if (sqlite3_open_v2 (output, &target,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                       NULL) == SQLITE_OK)
    copied = copy_pages (source, target, output, progress, cancellable, error);
  else
    copied = set_error (output, target, error);
  sqlite3_close (source);
  sqlite3_close (target);
  if (!copied)
    g_unlink (output);
  return copied;
}
