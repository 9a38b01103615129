/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file that a recording is written into, and the log beside it. There is one connection, which
 * both commits and folds the log into the file: two at once can lose data (SQLite up to 3.51.2). On
 * network file systems, where a log cannot be shared, SQLite's older journal takes its place. */

#include "core/recording/recording-output.h"

#include "core/recording/recording-row.h"
#include "core/recording/recording.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 5000

/* How often folding tries to find the file without readers, so that the log can be removed. It takes a
 * second; more on a busy machine, where readers take longer as well. */
#define N_FOLDS 500
#define FOLD_INTERVAL_US 2000

/* Every commit reaches the disk: what is used where there is no log. */
#define USE_JOURNAL "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL"

/* Why a file could not be written, or 0. SQLite's own function for it knows nothing of a COMMIT, so
 * that the log and the file are asked as well. */
static int
get_system_error (CoterieRecordingOutput *output)
{
  const int pointers[] = {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER};
  int number = sqlite3_system_errno (output->database);

  if ((sqlite3_errcode (output->database) & 0xff) != SQLITE_IOERR)
    return number;
  for (gsize i = 0; i < G_N_ELEMENTS (pointers) && number == 0; i++) {
    sqlite3_file *file = NULL;

    sqlite3_file_control (output->database, NULL, pointers[i], &file);
    if (file != NULL && file->pMethods != NULL)
      file->pMethods->xFileControl (file, SQLITE_FCNTL_LAST_ERRNO, &number);
  }
  return number;
}

/**
 * coterie_recording_output_set_error:
 * @output: an open file
 * @place: what was to be written: "iteration 3"
 * @error: return location for a #GError
 *
 * Says with COTERIE_RECORDING_ERROR_CANNOT_WRITE why the last call of SQLite failed.
 */
void
coterie_recording_output_set_error (CoterieRecordingOutput *output,
                                    const char *place,
                                    GError **error)
{
  const char *message = sqlite3_errmsg (output->database);
  int number = get_system_error (output);

  if (number != 0)
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: %s cannot be written: %s (%s)", output->path, place, message,
                 g_strerror (number));
  else
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: %s cannot be written: %s", output->path, place, message);
}

/**
 * coterie_recording_output_execute:
 * @output: an open file
 * @sql: statements that give nothing back
 *
 * Returns: whether all were done
 */
gboolean
coterie_recording_output_execute (CoterieRecordingOutput *output, const char *sql)
{
  return sqlite3_exec (output->database, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/**
 * coterie_recording_output_get_number:
 * @output: an open file
 * @sql: a query for one number
 * @number: (out): what it gives; 0 for NULL
 *
 * Returns: %FALSE if there is no row, or it cannot be read
 */
gboolean
coterie_recording_output_get_number (CoterieRecordingOutput *output, const char *sql, guint *number)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (sqlite3_prepare_v2 (output->database, sql, -1, &statement, NULL) != SQLITE_OK ||
      sqlite3_step (statement) != SQLITE_ROW)
    return FALSE;
  *number = (guint) sqlite3_column_int64 (statement, 0);
  return TRUE;
}

/**
 * coterie_recording_output_roll_back:
 * @output: an open file
 *
 * Undoes the transaction that has begun, if SQLite has not done so itself.
 */
void
coterie_recording_output_roll_back (CoterieRecordingOutput *output)
{
  if (!sqlite3_get_autocommit (output->database))
    coterie_recording_output_execute (output, "ROLLBACK");
}

/**
 * coterie_recording_output_check_there:
 * @output: the file
 * @error: return location for a #GError
 *
 * A file without a name, or on a disk that was taken out, can often still be written: SQLite would
 * not notice.
 *
 * Returns: %FALSE with COTERIE_RECORDING_ERROR_CANNOT_WRITE if the file has lost its name
 */
gboolean
coterie_recording_output_check_there (CoterieRecordingOutput *output, GError **error)
{
  struct stat status;

  if (stat (output->path, &status) != 0) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: the recording is gone: %s", output->path, g_strerror (errno));
    return FALSE;
  }
  if (status.st_dev != output->device || status.st_ino != output->inode) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: the recording is gone: another file has its name", output->path);
    return FALSE;
  }
  return TRUE;
}

static void
note_file (CoterieRecordingOutput *output, const struct stat *status)
{
  output->device = status->st_dev;
  output->inode = status->st_ino;
}

static gboolean
open_database (CoterieRecordingOutput *output, GError **error)
{
  if (sqlite3_open_v2 (output->path, &output->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                       NULL) != SQLITE_OK) {
    coterie_recording_output_set_error (output, "the recording", error);
    return FALSE;
  }
  sqlite3_busy_timeout (output->database, BUSY_TIMEOUT_MS);
  return TRUE;
}

/**
 * coterie_recording_output_create:
 * @output: its path; must not exist
 * @error: return location for a #GError
 *
 * Creates an empty file and opens it.
 *
 * Returns: %FALSE with COTERIE_RECORDING_ERROR_CANNOT_WRITE if it exists or cannot be written; nothing is
 *   left behind then
 */
gboolean
coterie_recording_output_create (CoterieRecordingOutput *output, GError **error)
{
  struct stat status;
  int file = g_open (output->path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0666);

  if (file < 0) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: the recording cannot be created: %s", output->path, g_strerror (errno));
    return FALSE;
  }
  if (fstat (file, &status) == 0)
    note_file (output, &status);
  close (file);
  if (open_database (output, error))
    return TRUE;
  coterie_recording_output_close (output);
  g_unlink (output->path);
  return FALSE;
}

/**
 * coterie_recording_output_open:
 * @output: its path
 * @error: return location for a #GError
 *
 * Opens a recording to write on in it.
 *
 * Returns: %FALSE with COTERIE_RECORDING_ERROR_CANNOT_WRITE if it is not there or cannot be written
 */
gboolean
coterie_recording_output_open (CoterieRecordingOutput *output, GError **error)
{
  struct stat status;

  if (stat (output->path, &status) != 0) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: the recording cannot be written: %s", output->path, g_strerror (errno));
    return FALSE;
  }
  note_file (output, &status);
  if (!open_database (output, error))
    return FALSE;
  sqlite3_db_config (output->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (output->database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  return TRUE;
}

/**
 * coterie_recording_output_close:
 * @output: the file
 *
 * Closes the connection, if there is one.
 */
void
coterie_recording_output_close (CoterieRecordingOutput *output)
{
  sqlite3_close (output->database);
  output->database = NULL;
}

static gboolean
is_remote (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
      g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_REMOTE, NULL, NULL);

  return info != NULL &&
         g_file_info_get_attribute_boolean (info, G_FILE_ATTRIBUTE_FILESYSTEM_REMOTE);
}

static gboolean
gives_log (CoterieRecordingOutput *output, const char *sql)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  return sqlite3_prepare_v2 (output->database, sql, -1, &statement, NULL) == SQLITE_OK &&
         sqlite3_step (statement) == SQLITE_ROW &&
         g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "wal") == 0;
}

/**
 * coterie_recording_output_has_log:
 * @output: an open file
 *
 * Returns: whether what is written goes to a log, or went there when its last writer died
 */
gboolean
coterie_recording_output_has_log (CoterieRecordingOutput *output)
{
  return gives_log (output, "PRAGMA journal_mode");
}

/**
 * coterie_recording_output_start_log:
 * @output: an open file
 *
 * Has what is written from now on go to a log beside the file, or to the file itself where there can be
 * none.
 */
void
coterie_recording_output_start_log (CoterieRecordingOutput *output)
{
  gboolean has_log = !is_remote (output->path) && gives_log (output, "PRAGMA journal_mode = WAL");

  coterie_recording_output_execute (output, has_log ? "PRAGMA synchronous = NORMAL" : USE_JOURNAL);
}

/* Only the one writer may copy out of the log while others are there. */
static void
leave_log (CoterieRecordingOutput *output, gboolean is_writer)
{
  sqlite3_busy_timeout (output->database, 0);
  for (guint i = 0; i < N_FOLDS; i++) {
    if (is_writer)
      sqlite3_wal_checkpoint_v2 (output->database, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    if (coterie_recording_output_execute (output, USE_JOURNAL) ||
        sqlite3_errcode (output->database) != SQLITE_BUSY)
      break;
    g_usleep (FOLD_INTERVAL_US);
  }
  sqlite3_busy_timeout (output->database, BUSY_TIMEOUT_MS);
}

/**
 * coterie_recording_output_fold_log:
 * @output: an open file, which nobody else writes
 *
 * Puts what the log holds into the file and removes the log. Readers hold the file for a few milliseconds
 * at a time. If one stays (the shell, say), the recording is whole all the same, with a log beside it. Waits
 * a second, and on a busy machine more.
 */
void
coterie_recording_output_fold_log (CoterieRecordingOutput *output)
{
  leave_log (output, TRUE);
}

/**
 * coterie_recording_output_take_over:
 * @output: an open file
 *
 * Takes the file for itself: a writer that is still there holds its log, so that the file cannot leave the
 * mode that has one. What the log of a dead one holds is put into the file, and the log is removed. Waits as
 * coterie_recording_output_fold_log() does.
 *
 * Returns: %FALSE if another program is writing or reading it; nothing has changed then
 */
gboolean
coterie_recording_output_take_over (CoterieRecordingOutput *output)
{
  leave_log (output, FALSE);
  return sqlite3_errcode (output->database) != SQLITE_BUSY;
}
