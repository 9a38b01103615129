/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads a recording, also while it is being written, by whomever it was made. Nothing of it is
 * believed: rows must have the digest they say, counts are checked before anything is allocated, and
 * every index before anybody uses it.
 *
 * While the run goes on the file is opened anew for every call: a connection that stayed would keep
 * the writer from folding its log into the file at the end. */

#include "core/recording/recording-reader-private.h"

#include "core/recording/recording-check.h"
#include "core/recording/recording-file.h"
#include "core/recording/recording-layer.h"
#include "core/recording/recording-schema.h"

#include <string.h>

/* Returns FALSE, so that a caller can end with it. */
gboolean
coterie_recording_reader_set_damaged (CoterieRecordingReader *reader,
                                      const char *place,
                                      const char *fault,
                                      GError **error)
{
  g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DAMAGED,
               "%s: it is damaged: %s: %s", reader->path, place, fault);
  return FALSE;
}

/* Whether all that was taken from a row was as it should be. */
gboolean
coterie_recording_reader_is_sound (CoterieRecordingReader *reader,
                                   const CoterieRow *row,
                                   const char *place,
                                   GError **error)
{
  return row->fault == NULL ||
         coterie_recording_reader_set_damaged (reader, place, row->fault, error);
}

static gboolean
begin (CoterieRecordingReader *reader, gboolean first_time, GError **error)
{
  int result;

  if (reader->database == NULL)
    reader->database = coterie_recording_file_open (reader->path, first_time, &reader->size, error);
  if (reader->database == NULL)
    return FALSE;

  result = sqlite3_exec (reader->database, "BEGIN", NULL, NULL, NULL);
  if (result != SQLITE_OK)
    coterie_recording_file_set_error (error, reader->path, NULL, reader->database, result);
  return result == SQLITE_OK;
}

static void
end (CoterieRecordingReader *reader)
{
  if (reader->database != NULL && !sqlite3_get_autocommit (reader->database))
    sqlite3_exec (reader->database, "ROLLBACK", NULL, NULL, NULL);
  if (reader->ending == COTERIE_RECORDING_ENDING_RUNNING)
    g_clear_pointer (&reader->database, sqlite3_close);
}

/* Selects the rows of a table that the condition holds for. */
sqlite3_stmt *
coterie_recording_reader_prepare (CoterieRecordingReader *reader,
                                  const char *table,
                                  const char *condition,
                                  const char *place,
                                  GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s WHERE %s", table, condition);
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (reader->database, sql, -1, &statement, NULL);

  if (result != SQLITE_OK)
    coterie_recording_file_set_error (error, reader->path, place, reader->database, result);
  return statement;
}

/* Opens the one row that has the keys; a condition with one parameter leaves the second unused. */
sqlite3_stmt *
coterie_recording_reader_find_row (CoterieRecordingReader *reader,
                                   const char *table,
                                   const char *condition,
                                   guint key,
                                   guint second_key,
                                   CoterieRow *row,
                                   const char *place,
                                   GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
      coterie_recording_reader_prepare (reader, table, condition, place, error);
  int result;

  if (statement == NULL)
    return NULL;

  sqlite3_bind_int64 (statement, 1, key);
  sqlite3_bind_int64 (statement, 2, second_key);
  result = sqlite3_step (statement);
  if (result == SQLITE_DONE) {
    coterie_recording_reader_set_damaged (reader, place, "it is missing", error);
    return NULL;
  }
  if (result != SQLITE_ROW) {
    coterie_recording_file_set_error (error, reader->path, place, reader->database, result);
    return NULL;
  }
  coterie_row_open (row, statement, table);
  return g_steal_pointer (&statement);
}

typedef struct {
  CoterieRecordingEnding ending;
  char *reason;
  guint n_frames;
} State;

static gboolean
load_state (CoterieRecordingReader *reader, State *state, GError **error)
{
  const char *place = "the state of the run";
  g_auto (CoterieRow) row = {0};
  g_autoptr (sqlite3_stmt) statement =
      coterie_recording_reader_find_row (reader, "state", "id = 1", 0, 0, &row, place, error);
  g_autofree char *ending = NULL;
  g_autofree char *reason = NULL;

  if (statement == NULL)
    return FALSE;

  coterie_row_take_integer (&row, 1, 1);
  ending = coterie_row_take_text (&row);
  reason = coterie_row_take_text (&row);
  state->n_frames = coterie_row_take_uint (&row);
  if (ending != NULL && !coterie_recording_ending_from_string (ending, &state->ending))
    coterie_row_set_fault (&row, "a run cannot be \"%s\"", ending);
  if (!coterie_recording_reader_is_sound (reader, &row, place, error))
    return FALSE;

  state->reason = g_steal_pointer (&reason);
  return TRUE;
}

static gboolean
take_iteration (CoterieRecordingReader *reader,
                sqlite3_stmt *statement,
                GArray *iterations,
                GError **error)
{
  g_autofree char *place =
      g_strdup_printf ("iteration %" G_GINT64_FORMAT, (gint64) sqlite3_column_int64 (statement, 0));
  g_auto (CoterieRow) row = {0};
  guint iteration;

  coterie_row_open (&row, statement, "frame");
  iteration = coterie_row_take_uint (&row);
  if (!coterie_recording_reader_is_sound (reader, &row, place, error))
    return FALSE;
  g_array_append_val (iterations, iteration);
  return TRUE;
}

/* Appends the iterations that have come after those known. */
static gboolean
load_iterations (CoterieRecordingReader *reader, GArray *iterations, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = coterie_recording_reader_prepare (
      reader, "frame", "iteration > ?1 ORDER BY iteration", "the frames", error);
  gint64 last =
      iterations->len > 0 ? g_array_index (iterations, guint, iterations->len - 1) : G_MININT64;
  int result;

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, last);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    if (!take_iteration (reader, statement, iterations, error))
      return FALSE;
  if (result != SQLITE_DONE)
    coterie_recording_file_set_error (error, reader->path, "the frames", reader->database, result);
  return result == SQLITE_DONE;
}

/* A last frame that is there only because the run had ended gives way when the run is continued. */
static gboolean
may_give_way (CoterieRecordingReader *reader, guint n_known)
{
  return n_known > 0 && g_array_index (reader->iterations, guint, n_known - 1) %
                                reader->info->training.record_every !=
                            0;
}

/* Makes the list of iterations as long as the state says, or leaves it as it was. */
static gboolean
extend_iterations (CoterieRecordingReader *reader, guint n_frames, GError **error)
{
  guint n_known = reader->iterations->len;
  gboolean unsure = may_give_way (reader, n_known);
  g_autoptr (GArray) iterations = NULL;
  g_autofree char *fault = NULL;

  if (n_frames == n_known && !unsure)
    return TRUE;
  iterations = g_array_copy (reader->iterations);
  if (unsure)
    g_array_set_size (iterations, n_known - 1);
  if (!load_iterations (reader, iterations, error))
    return FALSE;
  if (iterations->len == n_frames) {
    g_array_unref (reader->iterations);
    reader->iterations = g_steal_pointer (&iterations);
    return TRUE;
  }
  fault = g_strdup_printf ("there are %u, expected %u", iterations->len, n_frames);
  return coterie_recording_reader_set_damaged (reader, "the frames", fault, error);
}

static gboolean
load_progress (CoterieRecordingReader *reader, GError **error)
{
  State state = {0};

  if (!load_state (reader, &state, error))
    return FALSE;
  if (!extend_iterations (reader, state.n_frames, error)) {
    g_free (state.reason);
    return FALSE;
  }

  reader->ending = state.ending;
  g_free (reader->reason);
  reader->reason = state.reason;
  return TRUE;
}

/**
 * coterie_recording_reader_open:
 * @path: a recording; it may be one that is being written, that was left by a process that died, or
 *   that cannot be written
 * @error: return location for a #GError
 *
 * Opens a recording, with the frames it has now. The file is not changed, except that SQLite undoes
 * half a transaction of a writer that died on a network file system. Cost: about 1 ms, and 20 ms to
 * look for damage in a file of 64 MiB; longer files are checked as they are read.
 *
 * Returns: (transfer full): the reader, or %NULL with COTERIE_RECORDING_ERROR_NOT_FOUND,
 *   NOT_A_RECORDING, NEWER_VERSION, DAMAGED or CANNOT_READ
 */
CoterieRecordingReader *
coterie_recording_reader_open (const char *path, GError **error)
{
  CoterieRecordingReader *reader = g_new0 (CoterieRecordingReader, 1);
  gboolean opened;

  reader->path = g_canonicalize_filename (path, NULL);
  reader->iterations = g_array_new (FALSE, FALSE, sizeof (guint));
  opened = begin (reader, TRUE, error) && coterie_recording_reader_load_info (reader, error) &&
           load_progress (reader, error);
  end (reader);
  if (!opened)
    g_clear_pointer (&reader, coterie_recording_reader_free);
  return reader;
}

/**
 * coterie_recording_reader_free:
 * @reader: (transfer full): the reader
 *
 * Closes the recording. What was loaded stays.
 */
void
coterie_recording_reader_free (CoterieRecordingReader *reader)
{
  sqlite3_close (reader->database);
  g_clear_pointer (&reader->info, coterie_run_info_unref);
  g_array_unref (reader->iterations);
  g_free (reader->reason);
  g_free (reader->path);
  g_free (reader);
}

/**
 * coterie_recording_reader_get_info:
 * @reader: the reader
 *
 * Returns: (transfer none): what was recorded
 */
CoterieRunInfo *
coterie_recording_reader_get_info (CoterieRecordingReader *reader)
{
  return reader->info;
}

/**
 * coterie_recording_reader_refresh:
 * @reader: the reader
 * @error: return location for a #GError
 *
 * Looks for frames that have been added, and whether the run has ended. Cost: 0.1 ms; nothing
 * once it has ended.
 *
 * Returns: %FALSE with an error as of coterie_recording_reader_open(); what was known stays known
 */
gboolean
coterie_recording_reader_refresh (CoterieRecordingReader *reader, GError **error)
{
  gboolean refreshed;

  if (coterie_recording_reader_get_finished (reader))
    return TRUE;

  refreshed = begin (reader, FALSE, error) && load_progress (reader, error);
  end (reader);
  return refreshed;
}

/**
 * coterie_recording_reader_get_finished:
 * @reader: the reader
 *
 * Returns: whether the run had ended, in whatever way, at the last refresh, so that no frame will be
 *   added; %FALSE while it goes on, and for ever if its writer died, which
 *   coterie_recording_is_abandoned() tells
 */
gboolean
coterie_recording_reader_get_finished (CoterieRecordingReader *reader)
{
  return reader->ending != COTERIE_RECORDING_ENDING_RUNNING;
}

/**
 * coterie_recording_reader_get_ending:
 * @reader: the reader
 *
 * Returns: how the run had ended at the last refresh
 */
CoterieRecordingEnding
coterie_recording_reader_get_ending (CoterieRecordingReader *reader)
{
  return reader->ending;
}

/**
 * coterie_recording_reader_get_reason:
 * @reader: the reader
 *
 * Returns: why the run failed, for people; empty if it did not
 */
const char *
coterie_recording_reader_get_reason (CoterieRecordingReader *reader)
{
  return reader->reason;
}

/**
 * coterie_recording_reader_get_n_frames:
 * @reader: the reader
 *
 * Returns: how many frames there were at the last refresh
 */
guint
coterie_recording_reader_get_n_frames (CoterieRecordingReader *reader)
{
  return reader->iterations->len;
}

/**
 * coterie_recording_reader_get_iteration:
 * @reader: the reader
 * @index: less than the number of frames
 *
 * Returns: the iteration of a frame; greater than that of the frame before
 */
guint
coterie_recording_reader_get_iteration (CoterieRecordingReader *reader, guint index)
{
  g_return_val_if_fail (index < reader->iterations->len, 0);

  return g_array_index (reader->iterations, guint, index);
}

static gboolean
load_positions (CoterieRecordingReader *reader,
                guint iteration,
                guint layer,
                CoterieFrameLayer *result,
                GError **error)
{
  g_autofree char *place =
      g_strdup_printf ("iteration %u, positions of layer %u", iteration, layer);
  g_auto (CoterieRow) row = {0};
  g_autoptr (sqlite3_stmt) statement = coterie_recording_reader_find_row (
      reader, "positions", "iteration = ?1 AND layer = ?2", iteration, layer, &row, place, error);

  if (statement == NULL)
    return FALSE;

  coterie_recording_positions_take (&row, iteration, layer, result);
  return coterie_recording_reader_is_sound (reader, &row, place, error);
}

static gboolean
load_layer (CoterieRecordingReader *reader,
            guint iteration,
            guint layer,
            CoterieFrameLayer *result,
            GError **error)
{
  g_autofree char *place = g_strdup_printf ("iteration %u, layer %u", iteration, layer);
  g_auto (CoterieRow) row = {0};
  g_autoptr (sqlite3_stmt) statement = coterie_recording_reader_find_row (
      reader, "layer", "iteration = ?1 AND layer = ?2", iteration, layer, &row, place, error);

  if (statement == NULL)
    return FALSE;

  coterie_recording_layer_take (&row, iteration, layer, reader->info, result);
  if (!coterie_recording_reader_is_sound (reader, &row, place, error))
    return FALSE;
  if (load_positions (reader, iteration, layer, result, error))
    return TRUE;
  coterie_recording_layer_clear (result);
  return FALSE;
}

static void
clear_frame_row (CoterieFrame *fields)
{
  for (guint split = 0; split < COTERIE_N_SPLITS; split++)
    g_free ((gpointer) fields->class_accuracies[split]);
}

/* The classes' accuracies are to be freed with clear_frame_row(), also on failure. */
static gboolean
load_frame_row (CoterieRecordingReader *reader,
                guint iteration,
                CoterieFrame *fields,
                guint32 **widths,
                gsize *n_widths,
                GError **error)
{
  g_autofree char *place = g_strdup_printf ("iteration %u", iteration);
  guint n_hidden = reader->info->training.n_hidden;
  g_auto (CoterieRow) row = {0};
  g_autoptr (sqlite3_stmt) statement = coterie_recording_reader_find_row (
      reader, "frame", "iteration = ?1", iteration, 0, &row, place, error);

  if (statement == NULL)
    return FALSE;

  fields->iteration = (guint) coterie_row_take_integer (&row, iteration, iteration);
  for (guint split = 0; split < COTERIE_N_SPLITS; split++) {
    fields->evaluations[split].accuracy = coterie_row_take_real (&row);
    fields->evaluations[split].loss = coterie_row_take_real (&row);
  }
  fields->n_classes = reader->info->dataset.n_classes;
  for (guint split = 0; split < COTERIE_N_SPLITS; split++)
    fields->class_accuracies[split] =
        coterie_row_take_array (&row, fields->n_classes, sizeof (double));
  fields->entropy = coterie_row_take_real (&row);
  fields->mean_live_entropy = coterie_row_take_real (&row);
  fields->n_layers = (guint) coterie_row_take_integer (&row, n_hidden, n_hidden);
  *widths = coterie_row_take_any_array (&row, n_widths, sizeof **widths);
  return coterie_recording_reader_is_sound (reader, &row, place, error);
}

static CoterieFrame *
load_frame (CoterieRecordingReader *reader, guint iteration, GError **error)
{
  CoterieFrameLayer layers[COTERIE_MAX_HIDDEN_LAYERS] = {0};
  CoterieFrame fields = {0};
  CoterieFrame *frame = NULL;
  g_autofree guint32 *widths = NULL;
  gsize n_widths;
  guint n_loaded = 0;

  fields.layers = layers;
  if (!load_frame_row (reader, iteration, &fields, &widths, &n_widths, error)) {
    clear_frame_row (&fields);
    return NULL;
  }

  while (n_loaded < fields.n_layers &&
         load_layer (reader, iteration, n_loaded + 1, &layers[n_loaded], error))
    n_loaded++;
  if (n_loaded == fields.n_layers)
    frame = coterie_frame_new (&fields);
  for (guint l = 0; l < n_loaded; l++)
    coterie_recording_layer_clear (&layers[l]);
  clear_frame_row (&fields);
  return frame;
}

/**
 * coterie_recording_reader_load:
 * @reader: the reader
 * @index: less than the number of frames
 * @error: return location for a #GError
 *
 * Loads a frame. All its indices are in range, its weights and positions finite, and its statistics
 * finite or not-a-number; evaluations may be anything. Cost: about 3 ms for two layers of 400 nodes and 12,000
 * edges.
 *
 * Returns: (transfer full): the frame, or %NULL with COTERIE_RECORDING_ERROR_DAMAGED, or as
 *   coterie_recording_reader_open() if the file is gone
 */
CoterieFrame *
coterie_recording_reader_load (CoterieRecordingReader *reader, guint index, GError **error)
{
  CoterieFrame *frame = NULL;

  g_return_val_if_fail (index < reader->iterations->len, NULL);

  if (begin (reader, FALSE, error))
    frame = load_frame (reader, g_array_index (reader->iterations, guint, index), error);
  end (reader);
  return frame;
}

/**
 * coterie_recording_reader_has_network:
 * @reader: the reader
 * @index: less than the number of frames
 * @has_network: (out): whether the weights of that frame are recorded
 * @error: return location for a #GError
 *
 * Says whether coterie_recording_reader_load_network() would find something. Cost: a row is read.
 *
 * Returns: %FALSE with an error as of coterie_recording_reader_load()
 */
gboolean
coterie_recording_reader_has_network (CoterieRecordingReader *reader,
                                      guint index,
                                      gboolean *has_network,
                                      GError **error)
{
  CoterieFrame ignored = {0};
  g_autofree guint32 *widths = NULL;
  gsize n_widths = 0;
  gboolean loaded;

  g_return_val_if_fail (index < reader->iterations->len, FALSE);

  loaded = begin (reader, FALSE, error) &&
           load_frame_row (reader, g_array_index (reader->iterations, guint, index), &ignored,
                           &widths, &n_widths, error);
  end (reader);
  clear_frame_row (&ignored);
  *has_network = n_widths > 0;
  return loaded;
}

static guint64
count_parameters (const guint32 *widths, gsize n_widths)
{
  guint64 n_parameters = 0;

  for (gsize l = 1; l < n_widths; l++)
    n_parameters += ((guint64) widths[l - 1] + 1) * widths[l];
  return n_parameters;
}

static gboolean
check_widths (CoterieRecordingReader *reader,
              guint iteration,
              const guint32 *widths,
              gsize n_widths,
              GError **error)
{
  g_autofree char *place = g_strdup_printf ("iteration %u", iteration);
  g_autofree char *fault = NULL;

  if (n_widths == 0) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_FOUND,
                 "%s: the weights of iteration %u are not recorded", reader->path, iteration);
    return FALSE;
  }

  fault = coterie_widths_find_fault (widths, n_widths, reader->info);
  if (fault == NULL && count_parameters (widths, n_widths) > reader->size / sizeof (float))
    fault = g_strdup_printf ("the network has %" G_GUINT64_FORMAT
                             " parameters, more than the file can hold",
                             count_parameters (widths, n_widths));
  return fault == NULL || coterie_recording_reader_set_damaged (reader, place, fault, error);
}

static gboolean
load_chunk (CoterieRecordingReader *reader,
            guint iteration,
            guint chunk,
            float *parameters,
            gsize n_parameters,
            GError **error)
{
  g_autofree char *place =
      g_strdup_printf ("iteration %u, piece %u of the weights", iteration, chunk);
  g_auto (CoterieRow) row = {0};
  g_autoptr (sqlite3_stmt) statement = coterie_recording_reader_find_row (
      reader, "parameters", "iteration = ?1 AND chunk = ?2", iteration, chunk, &row, place, error);
  g_autofree float *values = NULL;

  if (statement == NULL)
    return FALSE;

  coterie_row_take_integer (&row, iteration, iteration);
  coterie_row_take_integer (&row, chunk, chunk);
  values = coterie_row_take_array (&row, n_parameters, sizeof *values);
  if (!coterie_recording_reader_is_sound (reader, &row, place, error))
    return FALSE;
  memcpy (parameters, values, n_parameters * sizeof *values);
  return TRUE;
}

static CoterieNetwork *
load_network (CoterieRecordingReader *reader, guint iteration, GError **error)
{
  const gsize n_chunk = COTERIE_RECORDING_CHUNK_BYTES / sizeof (float);
  CoterieFrame ignored = {0};
  g_autofree guint32 *widths = NULL;
  gsize n_widths;
  g_autoptr (CoterieNetwork) network = NULL;
  gboolean loaded = load_frame_row (reader, iteration, &ignored, &widths, &n_widths, error);
  guint chunk = 0;

  clear_frame_row (&ignored);
  if (!loaded || !check_widths (reader, iteration, widths, n_widths, error))
    return NULL;

  network = coterie_network_new (widths, (guint) n_widths);
  for (gsize first = 0; first < network->n_parameters; first += n_chunk)
    if (!load_chunk (reader, iteration, chunk++, network->parameters + first,
                     MIN (n_chunk, network->n_parameters - first), error))
      return NULL;
  return g_steal_pointer (&network);
}

/**
 * coterie_recording_reader_load_network:
 * @reader: the reader
 * @index: less than the number of frames
 * @error: return location for a #GError
 *
 * Loads the network of a frame. Small networks are recorded with every frame, those of more than
 * 16 MiB with the first frame and every tenth after it. Parameters may be any number. Cost: about
 * 4 ms a million bytes.
 *
 * Returns: (transfer full): the network, or %NULL with COTERIE_RECORDING_ERROR_NOT_FOUND if its
 *   weights are not recorded, DAMAGED, or as coterie_recording_reader_open() if the file is gone
 */
CoterieNetwork *
coterie_recording_reader_load_network (CoterieRecordingReader *reader, guint index, GError **error)
{
  CoterieNetwork *network = NULL;

  g_return_val_if_fail (index < reader->iterations->len, NULL);

  if (begin (reader, FALSE, error))
    network = load_network (reader, g_array_index (reader->iterations, guint, index), error);
  end (reader);
  return network;
}
