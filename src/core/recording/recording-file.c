/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opens a recording for reading, from whomever it comes and in whatever state it was left.
 *
 * A finished recording is one file. One that is being written, or whose writer was killed, has its
 * newest frames in a log beside it (-wal), and the index of that log (-shm) is shared with the
 * writer. So there are four ways in, tried in this order:
 *
 * - shared: read-only, with SQLite's locks. The usual way.
 * - recovering: for writing, only because SQLite has to undo half a transaction of a writer that
 *   was killed where logs cannot be used. Nothing else is ever written.
 * - private: without locks and with the log's index in memory, for a recording and its log in a
 *   folder that cannot be written.
 * - immutable: the same, but without a log.
 *
 * The file is never opened other than through SQLite: closing any descriptor of it would drop the
 * locks of a writer in this process. */

#include "core/recording/recording-file.h"

#include "core/recording/recording-schema.h"
#include "core/recording/recording.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* How long to wait for a writer that commits or folds its log into the file. */
#define BUSY_TIMEOUT_MS 5000

/* Up to this size the whole file is looked through when it is opened, as SQLite's authors advise for
 * strangers' files: about 20 ms. Beyond, opening would take too long; the rows' digests stay. */
#define MAX_CHECKED_BYTES (64 * 1024 * 1024)

/* Of any SQLite database. */
#define HEADER_BYTES 100

#define MAX_VALUE_BYTES 1000000000
#define MIN_VALUE_LIMIT_BYTES (1024 * 1024)

typedef enum {
  ACCESS_SHARED,
  ACCESS_RECOVERING,
  ACCESS_PRIVATE,
  ACCESS_IMMUTABLE,
} Access;

/**
 * coterie_recording_file_set_error:
 * @error: return location for a #GError
 * @path: the recording
 * @place: (nullable): where in it: "iteration 3"
 * @database: (nullable): whose last call failed
 * @result: its result
 *
 * Says in the recordings' error domain what SQLite could not read.
 */
void
coterie_recording_file_set_error (
    GError **error, const char *path, const char *place, sqlite3 *database, int result)
{
  const char *message = database != NULL ? sqlite3_errmsg (database) : sqlite3_errstr (result);
  int number = database != NULL ? sqlite3_system_errno (database) : 0;
  g_autofree char *reason = NULL;
  CoterieRecordingError code;

  switch (result & 0xff) {
  case SQLITE_NOTADB:
    code = COTERIE_RECORDING_ERROR_NOT_A_RECORDING;
    reason = g_strdup ("it is not a recording");
    break;
  case SQLITE_CORRUPT:
  case SQLITE_TOOBIG:
    code = COTERIE_RECORDING_ERROR_DAMAGED;
    reason = g_strdup_printf ("it is damaged or cut short: %s", message);
    break;
  case SQLITE_READONLY:
    code = COTERIE_RECORDING_ERROR_CANNOT_READ;
    reason = g_strdup ("its writer was interrupted; copy it and the files beside it to a folder "
                       "that can be written");
    break;
  default:
    code = COTERIE_RECORDING_ERROR_CANNOT_READ;
    reason = number != 0
                 ? g_strdup_printf ("it cannot be read: %s (%s)", message, g_strerror (number))
                 : g_strdup_printf ("it cannot be read: %s", message);
  }
  if (place != NULL)
    g_set_error (error, COTERIE_RECORDING_ERROR, (gint) code, "%s: %s: %s", path, place, reason);
  else
    g_set_error (error, COTERIE_RECORDING_ERROR, (gint) code, "%s: %s", path, reason);
}

/* What a file could make SQLite do is narrowed down to what a recording needs. */
static void
distrust (sqlite3 *database)
{
  const struct {
    int id;
    int value;
  } limits[] = {
      {SQLITE_LIMIT_SQL_LENGTH, 65536},   {SQLITE_LIMIT_COLUMN, 64},
      {SQLITE_LIMIT_EXPR_DEPTH, 16},      {SQLITE_LIMIT_COMPOUND_SELECT, 2},
      {SQLITE_LIMIT_VDBE_OP, 25000},      {SQLITE_LIMIT_FUNCTION_ARG, 8},
      {SQLITE_LIMIT_ATTACHED, 0},         {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50},
      {SQLITE_LIMIT_VARIABLE_NUMBER, 64}, {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    sqlite3_limit (database, limits[i].id, limits[i].value);
  sqlite3_db_config (database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_db_config (database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

static int
get_integer (sqlite3 *database, const char *sql, gint64 *value)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (database, sql, -1, &statement, NULL);

  if (result == SQLITE_OK) {
    result = sqlite3_step (statement);
    if (result == SQLITE_ROW) {
      *value = sqlite3_column_int64 (statement, 0);
      result = SQLITE_OK;
    }
  }
  sqlite3_finalize (statement);
  return result;
}

/* Opens, and reads something: only then does SQLite look at the file and its log. */
static int
try_open (const char *path, Access access, sqlite3 **database)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, NULL);
  g_autofree char *immutable = g_strconcat (uri, "?immutable=1", NULL);
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
              (access == ACCESS_RECOVERING ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
              (access == ACCESS_IMMUTABLE ? SQLITE_OPEN_URI : 0);
  gint64 ignored;
  int result = sqlite3_open_v2 (access == ACCESS_IMMUTABLE ? immutable : absolute, database, flags,
                                access == ACCESS_PRIVATE ? "unix-none" : NULL);

  if (result != SQLITE_OK)
    return result;

  distrust (*database);
  sqlite3_busy_timeout (*database, BUSY_TIMEOUT_MS);
  sqlite3_exec (*database, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0", NULL, NULL, NULL);
  if (access == ACCESS_PRIVATE)
    sqlite3_exec (*database, "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL, NULL);
  return get_integer (*database, "SELECT count(*) FROM sqlite_schema", &ignored);
}

static int
open_with (const char *path, Access access, sqlite3 **database)
{
  sqlite3_close (*database);
  *database = NULL;
  return try_open (path, access, database);
}

static gboolean
has_log (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  struct stat status;

  return stat (log, &status) == 0 && status.st_size > 0;
}

/* A missing file beside one can be made in a folder that can be written. */
static gboolean
can_share (const char *path)
{
  const char *const suffixes[] = {"-wal", "-shm"};
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_access (folder, W_OK) != 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *beside = g_strconcat (path, suffixes[i], NULL);

    if (g_access (beside, W_OK) != 0 && errno != ENOENT)
      return FALSE;
  }
  return TRUE;
}

static int
open_somehow (const char *path, sqlite3 **database)
{
  int result = open_with (path, ACCESS_SHARED, database);

  if (result == SQLITE_READONLY_ROLLBACK)
    return open_with (path, ACCESS_RECOVERING, database);
  /* The log's index can be neither used nor made, so that no writer is there. Without locks one must not be
   * there: its log would be made again behind its back. */
  if (((result & 0xff) == SQLITE_CANTOPEN || (result & 0xff) == SQLITE_READONLY) &&
      !can_share (path))
    return open_with (path, has_log (path) ? ACCESS_PRIVATE : ACCESS_IMMUTABLE, database);
  return result;
}

static gboolean
check_is_file (const char *path, GError **error)
{
  struct stat status;

  if (stat (path, &status) != 0) {
    gboolean missing = errno == ENOENT || errno == ENOTDIR;

    g_set_error (error, COTERIE_RECORDING_ERROR,
                 missing ? COTERIE_RECORDING_ERROR_NOT_FOUND : COTERIE_RECORDING_ERROR_CANNOT_READ,
                 "%s: %s", path, g_strerror (errno));
    return FALSE;
  }
  if (!S_ISREG (status.st_mode)) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_A_RECORDING,
                 "%s: it is not a file", path);
    return FALSE;
  }
  /* To SQLite, an empty file is a database without tables. */
  if (status.st_size == 0) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_A_RECORDING,
                 "%s: it is not a recording: the file is empty", path);
    return FALSE;
  }
  if (status.st_size < HEADER_BYTES) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_A_RECORDING,
                 "%s: it is not a recording, or is cut short: the file ends after byte %d", path,
                 (int) status.st_size);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_header (sqlite3 *database, const char *path, GError **error)
{
  gint64 application = 0;
  gint64 version = 0;
  int result = get_integer (database, "PRAGMA application_id", &application);

  if (result == SQLITE_OK)
    result = get_integer (database, "PRAGMA user_version", &version);
  if (result != SQLITE_OK) {
    coterie_recording_file_set_error (error, path, NULL, database, result);
    return FALSE;
  }

  if (application != COTERIE_RECORDING_APPLICATION_ID) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_A_RECORDING,
                 "%s: it is a database of another program: its application id is 0x%08x, "
                 "expected 0x%08x",
                 path, (guint) (application & G_MAXUINT32), COTERIE_RECORDING_APPLICATION_ID);
    return FALSE;
  }
  if (version > COTERIE_RECORDING_VERSION) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NEWER_VERSION,
                 "%s: made by a newer Coterie: it has format %" G_GINT64_FORMAT
                 ", this program reads up to %d",
                 path, version, COTERIE_RECORDING_VERSION);
    return FALSE;
  }
  if (version != COTERIE_RECORDING_VERSION) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DAMAGED,
                 "%s: it is damaged: it has format %" G_GINT64_FORMAT ", expected 1 … %d", path,
                 version, COTERIE_RECORDING_VERSION);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_schema (sqlite3 *database, const char *path, GError **error)
{
  gboolean matches = FALSE;
  int result = coterie_schema_matches (database, &matches);

  if (result != SQLITE_OK) {
    coterie_recording_file_set_error (error, path, NULL, database, result);
    return FALSE;
  }
  if (!matches)
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DAMAGED,
                 "%s: it is damaged: its tables are not those of format %d", path,
                 COTERIE_RECORDING_VERSION);
  return matches;
}

/* No value can be longer than the file it is in: SQLite allocates what a file claims. */
static int
limit_values (sqlite3 *database, guint64 *size)
{
  gint64 n_pages = 0;
  gint64 page_bytes = 0;
  int result = get_integer (database, "PRAGMA page_count", &n_pages);

  if (result == SQLITE_OK)
    result = get_integer (database, "PRAGMA page_size", &page_bytes);
  *size = (guint64) n_pages * (guint64) page_bytes;
  sqlite3_limit (database, SQLITE_LIMIT_LENGTH,
                 (int) CLAMP (*size, MIN_VALUE_LIMIT_BYTES, MAX_VALUE_BYTES));
  return result;
}

static gboolean
check_pages (sqlite3 *database, const char *path, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (database, "PRAGMA quick_check(1)", -1, &statement, NULL);
  const char *found;
  gboolean sound;

  if (result == SQLITE_OK)
    result = sqlite3_step (statement);
  if (result != SQLITE_ROW) {
    coterie_recording_file_set_error (error, path, NULL, database, result);
    sqlite3_finalize (statement);
    return FALSE;
  }

  found = (const char *) sqlite3_column_text (statement, 0);
  sound = g_strcmp0 (found, "ok") == 0;
  if (!sound) {
    g_autofree char *message = g_utf8_make_valid (found != NULL ? found : "", -1);

    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DAMAGED,
                 "%s: it is damaged or cut short: %s", path, g_strdelimit (message, "\n", ' '));
  }
  sqlite3_finalize (statement);
  return sound;
}

static gboolean
check (sqlite3 *database, const char *path, gboolean whole, guint64 *size, GError **error)
{
  int result;

  if (!check_header (database, path, error) || !check_schema (database, path, error))
    return FALSE;

  result = limit_values (database, size);
  if (result != SQLITE_OK) {
    coterie_recording_file_set_error (error, path, NULL, database, result);
    return FALSE;
  }
  return !whole || *size > MAX_CHECKED_BYTES || check_pages (database, path, error);
}

/**
 * coterie_recording_file_open:
 * @path: a recording
 * @whole: whether to look through all of it for damage, if it is not too long for that
 * @size: (out): its length with the log, bytes
 * @error: return location for a #GError
 *
 * Opens a recording read-only, without trusting it. Cost: about 0.1 ms, and 20 ms to look through
 * 64 MiB.
 *
 * Returns: (transfer full): the database, or %NULL with an error that is not CANNOT_WRITE
 */
sqlite3 *
coterie_recording_file_open (const char *path, gboolean whole, guint64 *size, GError **error)
{
  sqlite3 *database = NULL;
  int result;

  if (!check_is_file (path, error))
    return NULL;

  result = open_somehow (path, &database);
  if (result != SQLITE_OK) {
    coterie_recording_file_set_error (error, path, NULL, database, result);
    sqlite3_close (database);
    return NULL;
  }
  if (!check (database, path, whole, size, error)) {
    sqlite3_close (database);
    return NULL;
  }
  return database;
}
