/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a training needs to go on, in its recording. There is the state after one iteration, the newest
 * that was kept: it takes the place of the one before in the transaction of a frame, so that it belongs
 * to a frame whatever happens, and the file does not grow with it. Pieces of a large one may be in the
 * file before; without their row they count for nothing. The weights are those of the frame
 * where that has them. Arrays are written and read in pieces, straight from and into the trainer: at no
 * time is there more than a piece besides. */

#include "core/recording/recording-trainer.h"

#include "core/recording/recording-file.h"
#include "core/recording/recording-row.h"
#include "core/recording/recording-schema.h"
#include "core/recording/recording.h"

#include <string.h>

#define CHUNK_VALUES (COTERIE_RECORDING_CHUNK_BYTES / sizeof (float))

static gboolean
write_row (sqlite3 *database, const CoterieTrainerState *state, gboolean with_parameters)
{
  g_autoptr (sqlite3_stmt) statement = coterie_row_prepare (database, "INSERT", "trainer");
  g_auto (CoterieRow) row = {0};

  if (statement == NULL)
    return FALSE;

  coterie_row_begin (&row, statement, "trainer");
  coterie_row_put_integer (&row, 1);
  coterie_row_put_integer (&row, state->iteration);
  coterie_row_put_integer (&row, state->diverged);
  coterie_row_put_integer (&row, (gint64) state->n_parameters);
  coterie_row_put_integer (&row, state->n_memories);
  coterie_row_put_integer (&row, with_parameters ? 1 : 0);
  return coterie_row_store (&row) == SQLITE_DONE;
}

/**
 * coterie_recording_trainer_count_chunks:
 * @state: from where a training can go on
 *
 * Returns: in how many pieces each of its arrays is written
 */
guint
coterie_recording_trainer_count_chunks (const CoterieTrainerState *state)
{
  return (guint) ((state->n_parameters + CHUNK_VALUES - 1) / CHUNK_VALUES);
}

/**
 * coterie_recording_trainer_write_chunk:
 * @database: a recording
 * @state: from where the training can go on
 * @memory: which of its arrays: 0 for the parameters, otherwise the memory before this number
 * @chunk: which piece of it, from 0
 *
 * Writes a piece of a state. It is passed over by readers until coterie_recording_trainer_write() says
 * that the state is there.
 *
 * Returns: whether it could; SQLite knows why not
 */
gboolean
coterie_recording_trainer_write_chunk (sqlite3 *database,
                                       const CoterieTrainerState *state,
                                       guint memory,
                                       guint chunk)
{
  const float *values = memory == 0 ? state->parameters : state->memories[memory - 1];
  gsize first = chunk * CHUNK_VALUES;
  g_autoptr (sqlite3_stmt) statement = coterie_row_prepare (database, "INSERT", "trainer_values");
  g_auto (CoterieRow) row = {0};

  if (statement == NULL)
    return FALSE;

  coterie_row_begin (&row, statement, "trainer_values");
  coterie_row_put_integer (&row, state->iteration);
  coterie_row_put_integer (&row, memory);
  coterie_row_put_integer (&row, chunk);
  coterie_row_put_array (&row, values + first, MIN (CHUNK_VALUES, state->n_parameters - first),
                         sizeof *values);
  return coterie_row_store (&row) == SQLITE_DONE;
}

static gboolean
write_values (sqlite3 *database, const CoterieTrainerState *state, guint first_memory)
{
  for (guint memory = first_memory; memory <= state->n_memories; memory++)
    for (guint chunk = 0; chunk < coterie_recording_trainer_count_chunks (state); chunk++)
      if (!coterie_recording_trainer_write_chunk (database, state, memory, chunk))
        return FALSE;
  return TRUE;
}

/**
 * coterie_recording_trainer_write:
 * @database: a recording, in a transaction
 * @state: (nullable): from where the training can go on; %NULL leaves nothing
 * @with_parameters: whether its weights are kept with it, as no frame has them
 * @is_ahead: whether all its pieces have been written already
 *
 * Puts a state in the place of the one before. The pieces of that are gone with it; but where the pieces of
 * the new one had been written ahead they stay for coterie_recording_trainer_remove_piece(). Cost: about
 * 8 ms a million bytes that are written.
 *
 * Returns: whether it could; SQLite knows why not
 */
gboolean
coterie_recording_trainer_write (sqlite3 *database,
                                 const CoterieTrainerState *state,
                                 gboolean with_parameters,
                                 gboolean is_ahead)
{
  const char *sql =
      is_ahead ? "DELETE FROM trainer" : "DELETE FROM trainer; DELETE FROM trainer_values";

  if (sqlite3_exec (database, sql, NULL, NULL, NULL) != SQLITE_OK)
    return FALSE;
  if (state == NULL)
    return TRUE;
  return write_row (database, state, with_parameters) &&
         (is_ahead || write_values (database, state, with_parameters ? 0 : 1));
}

/**
 * coterie_recording_trainer_remove_piece:
 * @database: a recording, in no transaction
 *
 * Takes away a piece that belongs to no state. What lies behind it moves up and goes through the log, so
 * that all pieces at once would need as much room there as they are long. Cost: some 0.1 s.
 *
 * Returns: whether there was one, and it could
 */
gboolean
coterie_recording_trainer_remove_piece (sqlite3 *database)
{
  const char *sql = "DELETE FROM trainer_values WHERE rowid = (SELECT rowid FROM trainer_values "
                    "WHERE iteration NOT IN (SELECT iteration FROM trainer) LIMIT 1)";

  return sqlite3_exec (database, sql, NULL, NULL, NULL) == SQLITE_OK &&
         sqlite3_changes (database) > 0;
}

/* A recording that is being read. */
typedef struct {
  const char *path;
  sqlite3 *database;
} Source;

/* What the row says. */
typedef struct {
  guint iteration;
  guint diverged;
  guint64 n_parameters;
  guint n_memories;
  gboolean has_parameters;
} Header;

static void
source_clear (Source *source)
{
  sqlite3_close (source->database);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Source, source_clear)

/* Reads in one transaction, as a writer may replace the state meanwhile. */
static gboolean
source_open (Source *source, const char *path, GError **error)
{
  guint64 size;
  int result;

  source->path = path;
  source->database = coterie_recording_file_open (path, FALSE, &size, error);
  if (source->database == NULL)
    return FALSE;
  result = sqlite3_exec (source->database, "BEGIN", NULL, NULL, NULL);
  if (result != SQLITE_OK)
    coterie_recording_file_set_error (error, path, NULL, source->database, result);
  return result == SQLITE_OK;
}

static gboolean
set_damaged (const Source *source, const char *place, const char *fault, GError **error)
{
  g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DAMAGED,
               "%s: it is damaged: %s: %s", source->path, place, fault);
  return FALSE;
}

/* statement: stands on the row, or is %NULL without an error if there is none. A condition leaves the
 * keys unused that it has no parameter for. */
static gboolean
find_row (const Source *source,
          const char *sql,
          guint iteration,
          guint chunk,
          guint memory,
          sqlite3_stmt **statement,
          const char *place,
          GError **error)
{
  int result = sqlite3_prepare_v2 (source->database, sql, -1, statement, NULL);

  if (result == SQLITE_OK) {
    if (sqlite3_bind_parameter_count (*statement) > 0) {
      sqlite3_bind_int64 (*statement, 1, iteration);
      sqlite3_bind_int64 (*statement, 2, chunk);
      sqlite3_bind_int64 (*statement, 3, memory);
    }
    result = sqlite3_step (*statement);
  }
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    coterie_recording_file_set_error (error, source->path, place, source->database, result);
  g_clear_pointer (statement, sqlite3_finalize);
  return result == SQLITE_DONE;
}

static gboolean
read_header (const Source *source, Header *header, gboolean *found, GError **error)
{
  const char *place = "the state of the training";
  g_autoptr (sqlite3_stmt) tables = NULL;
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (sqlite3_stmt) frames = NULL;
  g_auto (CoterieRow) row = {0};

  *found = FALSE;
  if (!find_row (source, "SELECT 1 FROM sqlite_schema WHERE name = 'trainer'", 0, 0, 0, &tables,
                 place, error))
    return FALSE;
  if (tables == NULL)
    return TRUE;
  if (!find_row (source, "SELECT * FROM trainer", 0, 0, 0, &statement, place, error))
    return FALSE;
  if (statement == NULL)
    return TRUE;

  coterie_row_open (&row, statement, "trainer");
  coterie_row_take_integer (&row, 1, 1);
  header->iteration = coterie_row_take_uint (&row);
  header->diverged = (guint) coterie_row_take_integer (&row, 0, header->iteration);
  header->n_parameters = (guint64) coterie_row_take_integer (&row, 0, G_MAXINT64);
  header->n_memories = (guint) coterie_row_take_integer (&row, 0, COTERIE_MAX_OPTIMIZER_MEMORIES);
  header->has_parameters = coterie_row_take_integer (&row, 0, 1) != 0;
  if (row.fault != NULL)
    return set_damaged (source, place, row.fault, error);
  if (!find_row (source, "SELECT 1 FROM frame WHERE iteration >= ?1", header->iteration, 0, 0,
                 &frames, place, error))
    return FALSE;
  *found = frames != NULL;
  return *found || set_damaged (source, place, "it is later than the last frame", error);
}

/* Of the frame's weights, or of what the trainer has of its own. */
static gboolean
read_chunk (const Source *source,
            guint iteration,
            gint memory,
            guint chunk,
            float *values,
            gsize n_values,
            GError **error)
{
  gboolean of_frame = memory < 0;
  const char *table = of_frame ? "parameters" : "trainer_values";
  const char *sql = of_frame ? "SELECT * FROM parameters WHERE iteration = ?1 AND chunk = ?2"
                             : "SELECT * FROM trainer_values "
                               "WHERE iteration = ?1 AND chunk = ?2 AND memory = ?3";
  g_autofree char *place =
      of_frame
          ? g_strdup_printf ("iteration %u, piece %u of the weights", iteration, chunk)
          : g_strdup_printf ("the state of the training, piece %u of memory %d", chunk, memory);
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_auto (CoterieRow) row = {0};
  g_autofree float *read = NULL;

  if (!find_row (source, sql, iteration, chunk, (guint) MAX (memory, 0), &statement, place, error))
    return FALSE;
  if (statement == NULL)
    return set_damaged (source, place, "it is missing", error);

  coterie_row_open (&row, statement, table);
  coterie_row_take_integer (&row, iteration, iteration);
  if (!of_frame)
    coterie_row_take_integer (&row, memory, memory);
  coterie_row_take_integer (&row, chunk, chunk);
  read = coterie_row_take_array (&row, n_values, sizeof *read);
  if (row.fault != NULL)
    return set_damaged (source, place, row.fault, error);
  memcpy (values, read, n_values * sizeof *read);
  return TRUE;
}

static gboolean
read_values (const Source *source, const Header *header, gint memory, float *values, GError **error)
{
  guint chunk = 0;

  for (gsize first = 0; first < header->n_parameters; first += CHUNK_VALUES)
    if (!read_chunk (source, header->iteration, memory, chunk++, values + first,
                     MIN (CHUNK_VALUES, header->n_parameters - first), error))
      return FALSE;
  return TRUE;
}

static gboolean
read_state (const Source *source, const Header *header, CoterieTrainerState *state, GError **error)
{
  if (!read_values (source, header, header->has_parameters ? 0 : -1, state->parameters, error))
    return FALSE;
  for (guint i = 0; i < state->n_memories; i++)
    if (!read_values (source, header, (gint) i + 1, state->memories[i], error))
      return FALSE;
  state->iteration = header->iteration;
  state->diverged = header->diverged;
  return TRUE;
}

/**
 * coterie_recording_trainer_find:
 * @path: a recording
 * @found: (out): whether its training can go on
 * @iteration: (out): after which iteration, if it can; not later than the last frame
 * @error: return location for a #GError
 *
 * Says whether a recording has what its training needs to go on. Cost: a row is read.
 *
 * Returns: %FALSE with an error as of coterie_recording_reader_open()
 */
gboolean
coterie_recording_trainer_find (const char *path, gboolean *found, guint *iteration, GError **error)
{
  g_auto (Source) source = {0};
  Header header = {0};

  *found = FALSE;
  if (!source_open (&source, path, error) || !read_header (&source, &header, found, error))
    return FALSE;
  *iteration = header.iteration;
  return TRUE;
}

/**
 * coterie_recording_trainer_load:
 * @path: a recording
 * @state: (inout): what coterie_trainer_get_state() says of a trainer for the recording's data set and
 *   settings, which is at iteration 0; gets iteration and divergence, and its arrays are filled
 * @error: return location for a #GError
 *
 * Loads what a training needs to go on; coterie_trainer_resume() is what comes next. After an error the
 * trainer is only to be freed. Cost: about 4 ms a million bytes; 16 MiB of memory at a time.
 *
 * Returns: %FALSE with COTERIE_RECORDING_ERROR_NOT_FOUND if it was not recorded, with
 *   COTERIE_RECORDING_ERROR_DAMAGED if it is not that of such a trainer, or with another error as of
 *   coterie_recording_reader_open()
 */
gboolean
coterie_recording_trainer_load (const char *path, CoterieTrainerState *state, GError **error)
{
  g_auto (Source) source = {0};
  g_autofree char *fault = NULL;
  Header header = {0};
  gboolean found;

  if (!source_open (&source, path, error) || !read_header (&source, &header, &found, error))
    return FALSE;
  if (!found) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_FOUND,
                 "%s: what the training needs to go on is not recorded", path);
    return FALSE;
  }
  if (header.n_parameters != state->n_parameters || header.n_memories != state->n_memories)
    fault = g_strdup_printf ("it is of %" G_GUINT64_FORMAT " parameters with %u numbers each, "
                             "expected %" G_GSIZE_FORMAT " with %u",
                             header.n_parameters, header.n_memories, state->n_parameters,
                             state->n_memories);
  if (fault != NULL)
    return set_damaged (&source, "the state of the training", fault, error);
  return read_state (&source, &header, state, error);
}
