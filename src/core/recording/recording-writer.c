/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes a recording: one SQLite file, a transaction a frame. The frames go to a log beside the file
 * first, so that a frame costs milliseconds and a killed process loses nothing that was added; when
 * the run ends the log is folded into the file, and one file is left. There is one connection, which
 * both commits and folds: two at once can lose data (SQLite up to 3.51.2). On network file systems,
 * where a log cannot be shared, SQLite's older journal takes its place.
 *
 * Parameters are kept with every frame if they are at most 16 MiB, otherwise with the first frame
 * and every tenth after it. Gigabytes of them would take a minute, and as much again in the log: they
 * can be put into the file ahead of their frame, a transaction a piece. Pieces without a frame are
 * passed over by readers, and taken away again if the frame does not follow.
 *
 * What the training needs to go on is kept with each frame that has its parameters, and with the last one,
 * in the place of what was kept before: it is there once. So a training that is ended early goes on after
 * its last frame, but that of a large network after the last frame with weights.
 *
 * A last frame that is there only because the training ended, and not because its turn had come, gives
 * way to the first frame of the continuation: a training that was continued leaves the recording of one
 * that was not interrupted. */

#include "core/recording/recording-writer.h"

#include "core/recording/recording-check.h"
#include "core/recording/recording-layout-private.h"
#include "core/recording/recording-row.h"
#include "core/recording/recording-rows.h"
#include "core/recording/recording-schema.h"
#include "core/recording/recording-trainer.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 5000

/* How long finishing waits for readers to leave the file, so that the log can be removed. */
#define MAX_FOLD_US 1000000
#define FOLD_INTERVAL_US 2000

struct _CoterieRecordingWriter {
  char *path;
  CoterieRunInfo *info;
  sqlite3 *database; /* %NULL after the end */

  dev_t device; /* these two tell whether the file is still where it was created */
  ino_t inode;
  guint n_frames; /* without the extra one */
  guint last_iteration;
  guint extra_iteration; /* the last frame, if the next one takes its place; otherwise 0 */
  gboolean keeps_all;

  gboolean is_ahead; /* parameters or state are in the file already, of this iteration */
  guint ahead_iteration;
};

/* Why a file could not be written, or 0. SQLite's own function for it knows nothing of a COMMIT, so
 * that the log and the file are asked as well. */
static int
get_system_error (CoterieRecordingWriter *writer)
{
  const int pointers[] = {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER};
  int number = sqlite3_system_errno (writer->database);

  if ((sqlite3_errcode (writer->database) & 0xff) != SQLITE_IOERR)
    return number;
  for (gsize i = 0; i < G_N_ELEMENTS (pointers) && number == 0; i++) {
    sqlite3_file *file = NULL;

    sqlite3_file_control (writer->database, NULL, pointers[i], &file);
    if (file != NULL && file->pMethods != NULL)
      file->pMethods->xFileControl (file, SQLITE_FCNTL_LAST_ERRNO, &number);
  }
  return number;
}

static void
set_error (CoterieRecordingWriter *writer, const char *place, GError **error)
{
  const char *message = sqlite3_errmsg (writer->database);
  int number = get_system_error (writer);

  if (number != 0)
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: %s cannot be written: %s (%s)", writer->path, place, message,
                 g_strerror (number));
  else
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: %s cannot be written: %s", writer->path, place, message);
}

static gboolean
execute (CoterieRecordingWriter *writer, const char *sql)
{
  return sqlite3_exec (writer->database, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static gboolean
keeps_last_state (const CoterieRecordingWriter *writer, const CoterieTrainerState *state)
{
  return state != NULL && state->iteration == writer->info->training.n_iterations;
}

/* kept: (nullable): the network, if it is recorded with this frame */
static gboolean
write_trainer (CoterieRecordingWriter *writer,
               const CoterieTrainerState *state,
               const CoterieNetwork *kept)
{
  if (state != NULL && kept == NULL && !keeps_last_state (writer, state))
    return TRUE;
  return coterie_recording_trainer_write (writer->database, state, kept == NULL, writer->is_ahead);
}

static gboolean
write_iteration (CoterieRecordingWriter *writer,
                 const CoterieFrame *frame,
                 const CoterieNetwork *network,
                 const CoterieTrainerState *state)
{
  if (writer->extra_iteration > 0 &&
      !coterie_recording_rows_remove_iteration (writer->database, writer->extra_iteration))
    return FALSE;
  if (!coterie_recording_rows_store_frame (writer->database, frame, network))
    return FALSE;
  for (guint l = 0; l < frame->n_layers; l++)
    if (!coterie_recording_rows_store_layer (writer->database, frame->iteration, &frame->layers[l]))
      return FALSE;
  if (network != NULL && !writer->is_ahead &&
      !coterie_recording_rows_store_parameters (writer->database, frame->iteration, network))
    return FALSE;
  if (!write_trainer (writer, state, network))
    return FALSE;
  return coterie_recording_rows_store_state (writer->database, COTERIE_RECORDING_ENDING_RUNNING, "",
                                             writer->n_frames + 1);
}

static guint
count_frames (const CoterieRecordingWriter *writer)
{
  return writer->n_frames + (writer->extra_iteration > 0 ? 1 : 0);
}

static void
roll_back (CoterieRecordingWriter *writer)
{
  if (!sqlite3_get_autocommit (writer->database))
    execute (writer, "ROLLBACK");
}

/* The only number that a query gives; 0 if there is none. */
static gboolean
get_number (CoterieRecordingWriter *writer, const char *sql, guint *number)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (sqlite3_prepare_v2 (writer->database, sql, -1, &statement, NULL) != SQLITE_OK ||
      sqlite3_step (statement) != SQLITE_ROW)
    return FALSE;
  *number = (guint) sqlite3_column_int64 (statement, 0);
  return TRUE;
}

/* Begins a transaction, in which nobody else can write, and in which nobody else has written before:
 * two that continue one recording must not mix their frames. */
static gboolean
begin (CoterieRecordingWriter *writer, const char *place, GError **error)
{
  guint n_frames;

  if (!execute (writer, "BEGIN IMMEDIATE") ||
      !get_number (writer, "SELECT n_frames FROM state", &n_frames)) {
    set_error (writer, place, error);
    roll_back (writer);
    return FALSE;
  }
  if (n_frames == count_frames (writer))
    return TRUE;
  g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
               "%s: %s cannot be written: another program has written to the recording: it has %u "
               "frames, expected %u",
               writer->path, place, n_frames, count_frames (writer));
  roll_back (writer);
  return FALSE;
}

/* A file without a name, or on a disk that was taken out, can often still be written: SQLite would
 * not notice. */
static gboolean
check_still_there (CoterieRecordingWriter *writer, GError **error)
{
  struct stat status;

  if (stat (writer->path, &status) != 0) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: the recording is gone: %s", writer->path, g_strerror (errno));
    return FALSE;
  }
  if (status.st_dev != writer->device || status.st_ino != writer->inode) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: the recording is gone: another file has its name", writer->path);
    return FALSE;
  }
  return TRUE;
}

static gboolean
note_file (CoterieRecordingWriter *writer, int result, const struct stat *status)
{
  if (result != 0)
    return FALSE;
  writer->device = status->st_dev;
  writer->inode = status->st_ino;
  return TRUE;
}

static gboolean
create_file (CoterieRecordingWriter *writer, GError **error)
{
  struct stat status;
  int file = g_open (writer->path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0666);

  if (file < 0) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: the recording cannot be created: %s", writer->path, g_strerror (errno));
    return FALSE;
  }
  note_file (writer, fstat (file, &status), &status);
  close (file);
  return TRUE;
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
start_log (CoterieRecordingWriter *writer)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (is_remote (writer->path))
    return FALSE;
  if (sqlite3_prepare_v2 (writer->database, "PRAGMA journal_mode = WAL", -1, &statement, NULL) !=
          SQLITE_OK ||
      sqlite3_step (statement) != SQLITE_ROW)
    return FALSE;
  return g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "wal") == 0;
}

/* A new file has nothing to lose, so that its beginning needs no journal. What is taken away from the
 * file's end makes it shorter. */
static gboolean
set_up (CoterieRecordingWriter *writer, GError **error)
{
  if (sqlite3_open_v2 (writer->path, &writer->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                       NULL) != SQLITE_OK) {
    set_error (writer, "the recording", error);
    return FALSE;
  }

  sqlite3_busy_timeout (writer->database, BUSY_TIMEOUT_MS);
  if (!execute (writer, "PRAGMA auto_vacuum = FULL; PRAGMA journal_mode = MEMORY; BEGIN") ||
      !coterie_recording_rows_store_beginning (writer->database, writer->info) ||
      !execute (writer, "COMMIT")) {
    set_error (writer, "the recording", error);
    return FALSE;
  }
  execute (writer, start_log (writer) ? "PRAGMA synchronous = NORMAL"
                                      : "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL");
  return TRUE;
}

/* Readers hold the file for a few milliseconds at a time. If one stays (the shell, say), the
 * recording is whole all the same, with a log beside it. */
static void
fold_log (CoterieRecordingWriter *writer)
{
  gint64 deadline_us = g_get_monotonic_time () + MAX_FOLD_US;

  sqlite3_busy_timeout (writer->database, 0);
  for (;;) {
    sqlite3_wal_checkpoint_v2 (writer->database, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    if (execute (writer, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL") ||
        sqlite3_errcode (writer->database) != SQLITE_BUSY || g_get_monotonic_time () >= deadline_us)
      break;
    g_usleep (FOLD_INTERVAL_US);
  }
  sqlite3_busy_timeout (writer->database, BUSY_TIMEOUT_MS);
}

static void
set_frame_error (CoterieRecordingWriter *writer, guint iteration, GError **error)
{
  g_autofree char *place = g_strdup_printf ("iteration %u", iteration);

  set_error (writer, place, error);
  roll_back (writer);
}

/* In vain where nothing can be written any more; readers pass over the pieces then. */
static void
take_back (CoterieRecordingWriter *writer)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM parameters WHERE iteration = %u; DELETE "
                                          "FROM trainer_values WHERE iteration = %u",
                                          writer->ahead_iteration, writer->ahead_iteration);

  if (writer->is_ahead)
    execute (writer, sql);
  writer->is_ahead = FALSE;
}

/* Of a large network: what was kept until the next state was whole. What cannot be taken away now counts
 * for nothing, and goes with the next one. */
static void
remove_last_state (CoterieRecordingWriter *writer)
{
  while (coterie_recording_trainer_remove_piece (writer->database))
    continue;
}

static void
close_database (CoterieRecordingWriter *writer)
{
  sqlite3_close (writer->database);
  writer->database = NULL;
}

/**
 * coterie_recording_writer_new:
 * @path: where to; must not exist
 * @info: what is being recorded
 * @error: return location for a #GError
 *
 * Creates a recording without frames. Other processes can read it from now on.
 *
 * Returns: (transfer full): the writer, or %NULL with COTERIE_RECORDING_ERROR_CANNOT_WRITE if the
 *   file exists, cannot be written, or @info has values out of range; nothing is left behind then
 */
CoterieRecordingWriter *
coterie_recording_writer_new (const char *path, const CoterieRunInfo *info, GError **error)
{
  g_autofree char *fault = NULL;
  CoterieRecordingWriter *writer = g_new0 (CoterieRecordingWriter, 1);

  writer->path = g_canonicalize_filename (path, NULL);
  writer->info = coterie_run_info_new (info);
  fault = coterie_run_info_find_fault (writer->info);
  if (fault != NULL) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: the recording cannot be created: %s", path, fault);
    coterie_recording_writer_free (writer);
    return NULL;
  }
  if (!create_file (writer, error)) {
    coterie_recording_writer_free (writer);
    return NULL;
  }
  if (!set_up (writer, error)) {
    close_database (writer);
    g_unlink (writer->path);
    coterie_recording_writer_free (writer);
    return NULL;
  }
  return writer;
}

/* Takes the file for itself: a writer that is still there holds its log, so that the file cannot leave
 * the mode that has one. What the log of a dead one holds is folded into the file. */
static gboolean
take_over (CoterieRecordingWriter *writer, GError **error)
{
  fold_log (writer);
  if (sqlite3_errcode (writer->database) == SQLITE_BUSY) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: the recording cannot be continued: another program is writing or reading it",
                 writer->path);
    return FALSE;
  }
  execute (writer, start_log (writer) ? "PRAGMA synchronous = NORMAL"
                                      : "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL");
  return TRUE;
}

static gboolean
find_last_frames (CoterieRecordingWriter *writer, guint n_frames)
{
  guint last;
  g_autofree char *sql = NULL;

  if (!get_number (writer, "SELECT max(iteration) FROM frame", &last))
    return FALSE;
  writer->n_frames = n_frames;
  writer->last_iteration = last;
  if (last % writer->info->training.record_every == 0)
    return TRUE;

  writer->n_frames--;
  writer->extra_iteration = last;
  sql = g_strdup_printf ("SELECT max(iteration) FROM frame WHERE iteration < %u", last);
  return get_number (writer, sql, &writer->last_iteration);
}

/* What a writer that died had put ahead. */
static gboolean
remove_pieces (CoterieRecordingWriter *writer)
{
  return execute (
      writer, "DELETE FROM parameters WHERE iteration NOT IN (SELECT iteration FROM frame);"
              "DELETE FROM trainer_values WHERE iteration NOT IN (SELECT iteration FROM trainer)");
}

static gboolean
open_again (CoterieRecordingWriter *writer, guint n_frames, GError **error)
{
  const char *place = "the recording";
  struct stat status;

  if (!note_file (writer, stat (writer->path, &status), &status)) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: the recording cannot be continued: %s", writer->path, g_strerror (errno));
    return FALSE;
  }
  if (sqlite3_open_v2 (writer->path, &writer->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                       NULL) != SQLITE_OK) {
    set_error (writer, place, error);
    return FALSE;
  }
  sqlite3_db_config (writer->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (writer->database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  if (!take_over (writer, error))
    return FALSE;
  if (!find_last_frames (writer, n_frames)) {
    set_error (writer, place, error);
    return FALSE;
  }
  if (!begin (writer, place, error))
    return FALSE;
  if (!remove_pieces (writer) ||
      !coterie_recording_rows_store_run (writer->database, writer->info) ||
      !coterie_recording_rows_store_state (writer->database, COTERIE_RECORDING_ENDING_RUNNING, "",
                                           count_frames (writer)) ||
      !execute (writer, "COMMIT")) {
    set_error (writer, place, error);
    roll_back (writer);
    return FALSE;
  }
  return TRUE;
}

/**
 * coterie_recording_writer_continue:
 * @path: a recording that coterie_recording_reader_open() has found sound
 * @info: what is being recorded from now on: the same, with another number of iterations
 * @n_frames: how many frames it said there are, at least 1
 * @error: return location for a #GError
 *
 * Goes on with a recording, whose run looks unfinished again from now on. If its last frame is there only
 * because the run ended, it gives way to the next one. Frames that are there stay as they are.
 *
 * Returns: (transfer full): the writer, or %NULL with COTERIE_RECORDING_ERROR_CANNOT_WRITE if the file
 *   cannot be written, somebody else is writing it, or @info has values out of range; the recording is
 *   then as before
 */
CoterieRecordingWriter *
coterie_recording_writer_continue (const char *path,
                                   const CoterieRunInfo *info,
                                   guint n_frames,
                                   GError **error)
{
  g_autofree char *fault = NULL;
  CoterieRecordingWriter *writer = g_new0 (CoterieRecordingWriter, 1);

  writer->path = g_canonicalize_filename (path, NULL);
  writer->info = coterie_run_info_new (info);
  fault = coterie_run_info_find_fault (writer->info);
  if (fault != NULL)
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: the recording cannot be continued: %s", path, fault);
  if (fault != NULL || !open_again (writer, n_frames, error)) {
    coterie_recording_writer_free (writer);
    return NULL;
  }
  return writer;
}

/**
 * coterie_recording_writer_keep_all:
 * @writer: a writer without frames
 *
 * Has the parameters of every network recorded that is added, however many they are.
 */
void
coterie_recording_writer_keep_all (CoterieRecordingWriter *writer)
{
  writer->keeps_all = TRUE;
}

/**
 * coterie_recording_writer_free:
 * @writer: (transfer full): the writer
 *
 * Closes the recording. Unless it was finished, stopped or failed before, it looks like one whose
 * writer died.
 */
void
coterie_recording_writer_free (CoterieRecordingWriter *writer)
{
  if (writer->database != NULL) {
    take_back (writer);
    fold_log (writer);
  }
  close_database (writer);
  coterie_run_info_unref (writer->info);
  g_free (writer->path);
  g_free (writer);
}

static gboolean
check_fits (CoterieRecordingWriter *writer,
            const CoterieFrame *frame,
            const CoterieNetwork *network,
            GError **error)
{
  g_autofree char *fault = NULL;

  if (writer->n_frames > 0 && frame->iteration <= writer->last_iteration)
    fault = g_strdup_printf ("it comes after iteration %u", writer->last_iteration);
  else
    fault = coterie_frame_find_fault (frame, network, writer->info);
  if (fault == NULL)
    return TRUE;

  g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
               "%s: iteration %u cannot be recorded: %s", writer->path, frame->iteration, fault);
  return FALSE;
}

static gboolean
is_large (const CoterieNetwork *network)
{
  return network->n_parameters > COTERIE_RECORDING_CHUNK_BYTES / sizeof (float);
}

static gboolean
keeps_parameters (CoterieRecordingWriter *writer, const CoterieNetwork *network)
{
  return writer->keeps_all || !is_large (network) ||
         writer->n_frames % COTERIE_RECORDING_KEY_FRAME == 0;
}

static gboolean
put_chunk (CoterieRecordingWriter *writer,
           const CoterieNetwork *network,
           const CoterieTrainerState *state,
           guint memory,
           guint chunk)
{
  const gsize n_chunk = COTERIE_RECORDING_CHUNK_BYTES / sizeof (float);
  gsize first = chunk * n_chunk;

  if (memory > 0 || !keeps_parameters (writer, network))
    return coterie_recording_trainer_write_chunk (writer->database, state, memory, chunk);
  return coterie_recording_rows_store_chunk (writer->database, writer->ahead_iteration, chunk,
                                             network->parameters + first,
                                             MIN (n_chunk, network->n_parameters - first));
}

static gboolean
put_chunks (CoterieRecordingWriter *writer,
            const CoterieNetwork *network,
            const CoterieTrainerState *state,
            CoterieProgress *progress,
            GCancellable *cancellable,
            GError **error)
{
  const gsize n_chunk = COTERIE_RECORDING_CHUNK_BYTES / sizeof (float);
  guint n_chunks = (guint) ((network->n_parameters + n_chunk - 1) / n_chunk);
  guint n_arrays = 1 + (state != NULL ? state->n_memories : 0);

  for (guint i = 0; i < n_arrays * n_chunks; i++) {
    double done = (double) (i % n_chunks * n_chunk) / (double) network->n_parameters;

    if (!coterie_progress_step (progress, (i / n_chunks + done) / n_arrays, cancellable, error))
      return FALSE;
    if (!put_chunk (writer, network, state, i / n_chunks, i % n_chunks)) {
      set_frame_error (writer, writer->ahead_iteration, error);
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * coterie_recording_writer_put_ahead:
 * @writer: a writer that has not ended
 * @iteration: of the frame that will be added next
 * @network: the network at that iteration
 * @state: (nullable): from where the training goes on after it
 * @progress: (nullable): told what fraction is written; may pause
 * @cancellable: (nullable): ends the writing between two pieces of 16 MiB
 * @error: return location for a #GError
 *
 * Records the parameters of a large network and the state of its training ahead of its frame, in pieces,
 * so that one can see how far it is, and end it. Of what coterie_recording_writer_add() would not record,
 * or would write in one piece, nothing is done. Readers see both with the frame; if another frame is added
 * or the recording ends, they are taken away again. The state before stays until then, so that for a
 * while there are two. Cost: what the disk takes for writing twice as many bytes.
 *
 * Returns: %FALSE with COTERIE_RECORDING_ERROR_CANNOT_WRITE or %G_IO_ERROR_CANCELLED; earlier frames
 *   stay readable
 */
gboolean
coterie_recording_writer_put_ahead (CoterieRecordingWriter *writer,
                                    guint iteration,
                                    const CoterieNetwork *network,
                                    const CoterieTrainerState *state,
                                    CoterieProgress *progress,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_return_val_if_fail (writer->database != NULL, FALSE);

  take_back (writer);
  if (!is_large (network) ||
      !(keeps_parameters (writer, network) || keeps_last_state (writer, state)))
    return TRUE;

  writer->is_ahead = TRUE;
  writer->ahead_iteration = iteration;
  if (put_chunks (writer, network, state, progress, cancellable, error))
    return TRUE;
  take_back (writer);
  return FALSE;
}

/**
 * coterie_recording_writer_add:
 * @writer: a writer that has not ended
 * @frame: the next frame, of a later iteration than the last
 * @network: (nullable): the network at that iteration; its parameters, dimensionless, are recorded
 *   if they are at most 16 MiB, or otherwise with the first and every tenth frame after it
 * @state: (nullable): from where the training goes on after that iteration; recorded with a frame that
 *   has its parameters and with the last one; %NULL leaves a recording that cannot be continued
 * @error: return location for a #GError
 *
 * Records a frame, all of it or nothing. When this returns the frame survives the death of the
 * process, and readers can see it. What coterie_recording_writer_put_ahead() has put into the file is not
 * written again. After an error one may try again. Cost: about 20 ms for two layers of 400 nodes, 12,000
 * edges, and 670,000 parameters, and as much again for each number that the optimizer remembers of a
 * parameter.
 *
 * Returns: %FALSE with COTERIE_RECORDING_ERROR_CANNOT_WRITE if the frame does not fit the run, the
 *   disk is full, or the file is gone; earlier frames stay readable
 */
gboolean
coterie_recording_writer_add (CoterieRecordingWriter *writer,
                              const CoterieFrame *frame,
                              const CoterieNetwork *network,
                              const CoterieTrainerState *state,
                              GError **error)
{
  g_autofree char *place = g_strdup_printf ("iteration %u", frame->iteration);
  const CoterieNetwork *kept;

  g_return_val_if_fail (writer->database != NULL, FALSE);

  if (!check_fits (writer, frame, network, error))
    return FALSE;
  if (network == NULL || frame->iteration != writer->ahead_iteration)
    take_back (writer);

  kept = network != NULL && keeps_parameters (writer, network) ? network : NULL;
  if (!begin (writer, place, error))
    return FALSE;
  if (!write_iteration (writer, frame, kept, state) || !execute (writer, "COMMIT")) {
    set_frame_error (writer, frame->iteration, error);
    return FALSE;
  }

  if (writer->is_ahead)
    remove_last_state (writer);
  writer->is_ahead = FALSE;
  writer->n_frames++;
  writer->last_iteration = frame->iteration;
  writer->extra_iteration = 0;
  return check_still_there (writer, error);
}

/**
 * coterie_recording_writer_lay_out:
 * @writer: a writer that has not ended
 * @info: the run; written are the settings of the layout and the pins
 * @positions: (element-type CoterieFramePositions): of the frames that were added
 * @error: return location for a #GError
 *
 * Puts another layout in the place of the one that is there. All of it is written, or nothing. Cost:
 * some 0.1 ms a frame.
 *
 * Returns: %FALSE with COTERIE_RECORDING_ERROR_CANNOT_WRITE if @positions are not those of the frames
 *   or the disk is full; the frames stay as they were
 */
gboolean
coterie_recording_writer_lay_out (CoterieRecordingWriter *writer,
                                  const CoterieRunInfo *info,
                                  GPtrArray *positions,
                                  GError **error)
{
  g_autofree char *fault = NULL;

  g_return_val_if_fail (writer->database != NULL, FALSE);

  fault = coterie_run_info_find_fault (info);
  if (fault == NULL)
    fault = coterie_recording_positions_find_misfit (writer->database, positions);
  if (fault != NULL) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: the layout cannot be written: %s", writer->path, fault);
    return FALSE;
  }
  if (!execute (writer, "BEGIN IMMEDIATE") ||
      !coterie_recording_layout_store (writer->database, info) ||
      !coterie_recording_positions_store_all (writer->database, positions) ||
      !execute (writer, "COMMIT")) {
    set_error (writer, "the layout", error);
    roll_back (writer);
    return FALSE;
  }
  return check_still_there (writer, error);
}

static gboolean
end (CoterieRecordingWriter *writer,
     CoterieRecordingEnding ending,
     const char *reason,
     GError **error)
{
  take_back (writer);
  /* In this order: readers that see the end may stay, and would keep the log from being removed. */
  fold_log (writer);
  if (!coterie_recording_rows_store_state (writer->database, ending, reason,
                                           count_frames (writer))) {
    set_error (writer, "the end of the run", error);
    return FALSE;
  }
  close_database (writer);
  return check_still_there (writer, error);
}

/**
 * coterie_recording_writer_finish:
 * @writer: a writer that has not ended
 * @error: return location for a #GError
 *
 * Says that the run did all its iterations, and leaves one file. After an error one may try again.
 * Cost: copying what is still in the log; waits up to a second for readers.
 *
 * Returns: %FALSE with COTERIE_RECORDING_ERROR_CANNOT_WRITE if that could not be written; all frames
 *   stay readable
 */
gboolean
coterie_recording_writer_finish (CoterieRecordingWriter *writer, GError **error)
{
  g_return_val_if_fail (writer->database != NULL, FALSE);

  return end (writer, COTERIE_RECORDING_ENDING_FINISHED, "", error);
}

/**
 * coterie_recording_writer_stop:
 * @writer: a writer that has not ended
 * @error: return location for a #GError
 *
 * Like coterie_recording_writer_finish(), for a run that was ended early by whoever started it.
 *
 * Returns: %FALSE with COTERIE_RECORDING_ERROR_CANNOT_WRITE
 */
gboolean
coterie_recording_writer_stop (CoterieRecordingWriter *writer, GError **error)
{
  g_return_val_if_fail (writer->database != NULL, FALSE);

  return end (writer, COTERIE_RECORDING_ENDING_STOPPED, "", error);
}

/**
 * coterie_recording_writer_fail:
 * @writer: a writer that has not ended
 * @reason: why the run could not go on, for people
 * @error: return location for a #GError
 *
 * Like coterie_recording_writer_finish(), for a run that could not go on.
 *
 * Returns: %FALSE with COTERIE_RECORDING_ERROR_CANNOT_WRITE
 */
gboolean
coterie_recording_writer_fail (CoterieRecordingWriter *writer, const char *reason, GError **error)
{
  g_autofree char *text = g_utf8_make_valid (reason, -1);

  g_return_val_if_fail (writer->database != NULL, FALSE);

  return end (writer, COTERIE_RECORDING_ENDING_FAILED, text, error);
}
