/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The layout of a recording: its settings, its pins, and where the nodes of every frame are. It alone
 * may be made anew after the run has ended, and takes the place of the last one in a single transaction:
 * whatever happens, the file has one layout or the other. */

#include "core/recording/recording-layout.h"

#include "core/recording/recording-check.h"
#include "core/recording/recording-file.h"
#include "core/recording/recording-layer.h"
#include "core/recording/recording-layout-private.h"
#include "core/recording/recording-output.h"
#include "core/recording/recording-rows.h"
#include "core/recording/recording-run.h"

static gboolean
store_settings (sqlite3 *database, const CoterieRunInfo *info)
{
  g_autoptr (sqlite3_stmt) statement = coterie_row_prepare (database, "REPLACE", "layout");
  g_auto (CoterieRow) row = {0};

  if (statement == NULL)
    return FALSE;

  coterie_row_begin (&row, statement, "layout");
  coterie_recording_layout_put (&row, info);
  return coterie_row_store (&row) == SQLITE_DONE;
}

static gboolean
store_pin (sqlite3 *database, const CoteriePin *pin)
{
  g_autoptr (sqlite3_stmt) statement = coterie_row_prepare (database, "INSERT", "pin");
  g_auto (CoterieRow) row = {0};

  if (statement == NULL)
    return FALSE;

  coterie_row_begin (&row, statement, "pin");
  coterie_recording_pin_put (&row, pin);
  return coterie_row_store (&row) == SQLITE_DONE;
}

/**
 * coterie_recording_layout_store:
 * @database: a recording, in a transaction
 * @info: a run without fault
 *
 * Writes the settings of the layout and the pins, instead of those that are there.
 *
 * Returns: whether it could
 */
gboolean
coterie_recording_layout_store (sqlite3 *database, const CoterieRunInfo *info)
{
  if (!store_settings (database, info) ||
      sqlite3_exec (database, "DELETE FROM pin", NULL, NULL, NULL) != SQLITE_OK)
    return FALSE;
  for (guint i = 0; i < info->n_pins; i++)
    if (!store_pin (database, &info->pins[i]))
      return FALSE;
  return TRUE;
}

/**
 * coterie_recording_positions_store:
 * @database: a recording, in a transaction
 * @iteration: of a frame
 * @layer: of the frame, from 1
 * @positions: [n_nodes][2]: where its nodes are; finite
 * @n_nodes: of its graph
 *
 * Writes where the nodes of a layer are.
 *
 * Returns: whether it could
 */
gboolean
coterie_recording_positions_store (
    sqlite3 *database, guint iteration, guint layer, const float *positions, guint n_nodes)
{
  g_autoptr (sqlite3_stmt) statement = coterie_row_prepare (database, "INSERT", "positions");
  g_auto (CoterieRow) row = {0};

  if (statement == NULL)
    return FALSE;

  coterie_row_begin (&row, statement, "positions");
  coterie_recording_positions_put (&row, iteration, layer, positions, n_nodes);
  return coterie_row_store (&row) == SQLITE_DONE;
}

/* In the place of what is there, to the last byte of the file: rows that are replaced come to lie
 * elsewhere. */
static gboolean
update_positions (
    sqlite3 *database, guint iteration, guint layer, const float *positions, guint n_nodes)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_auto (CoterieRow) row = {0};

  if (sqlite3_prepare_v2 (database,
                          "UPDATE positions SET node_positions = ?3, digest = ?4 "
                          "WHERE iteration = ?1 AND layer = ?2",
                          -1, &statement, NULL) != SQLITE_OK)
    return FALSE;

  coterie_row_begin (&row, statement, "positions");
  coterie_recording_positions_put (&row, iteration, layer, positions, n_nodes);
  return coterie_row_store (&row) == SQLITE_DONE;
}

/**
 * coterie_recording_positions_store_all:
 * @database: a recording, in a transaction
 * @positions: (element-type CoterieFramePositions): of frames that it has
 *
 * Writes where the nodes of all these frames are, instead of what is there.
 *
 * Returns: whether it could
 */
gboolean
coterie_recording_positions_store_all (sqlite3 *database, GPtrArray *positions)
{
  for (guint i = 0; i < positions->len; i++) {
    const CoterieFramePositions *frame = g_ptr_array_index (positions, i);

    for (guint l = 0; l < frame->n_layers; l++)
      if (!update_positions (database, frame->iteration, l + 1, frame->positions[l],
                             frame->n_nodes[l]))
        return FALSE;
  }
  return TRUE;
}

/* The number of nodes of a recorded layer, or -1 if there is none. */
static gint64
count_nodes (sqlite3 *database, guint iteration, guint layer)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (sqlite3_prepare_v2 (database, "SELECT n_nodes FROM layer WHERE iteration = ?1 AND layer = ?2",
                          -1, &statement, NULL) != SQLITE_OK)
    return -1;
  sqlite3_bind_int64 (statement, 1, iteration);
  sqlite3_bind_int64 (statement, 2, layer);
  return sqlite3_step (statement) == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : -1;
}

/**
 * coterie_recording_positions_find_misfit:
 * @database: a recording
 * @positions: (element-type CoterieFramePositions): of some of its frames
 *
 * Returns: (transfer full) (nullable): why they cannot be of this recording, or %NULL
 */
char *
coterie_recording_positions_find_misfit (sqlite3 *database, GPtrArray *positions)
{
  for (guint i = 0; i < positions->len; i++) {
    const CoterieFramePositions *frame = g_ptr_array_index (positions, i);

    for (guint l = 0; l < frame->n_layers; l++) {
      g_autofree char *fault =
          coterie_positions_find_fault (frame->positions[l], frame->n_nodes[l]);
      gint64 n_nodes = count_nodes (database, frame->iteration, l + 1);

      if (n_nodes != frame->n_nodes[l])
        return g_strdup_printf ("iteration %u, layer %u: %u nodes, expected %" G_GINT64_FORMAT,
                                frame->iteration, l + 1, frame->n_nodes[l], MAX (n_nodes, 0));
      if (fault != NULL)
        return g_strdup_printf ("iteration %u, layer %u: %s", frame->iteration, l + 1, fault);
    }
  }
  return NULL;
}

static gboolean
set_error (const char *path, const char *reason, GError **error)
{
  g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
               "%s: the layout cannot be written: %s", path, reason);
  return FALSE;
}

static gboolean
is_running (CoterieRecordingOutput *output)
{
  guint n_running = 0;

  return coterie_recording_output_get_number (
             output, "SELECT count (*) FROM state WHERE ending = 'running'", &n_running) &&
         n_running > 0;
}

/* What a dead writer would have done. */
static gboolean
end_run (CoterieRecordingOutput *output, const CoterieRunInfo *info)
{
  guint n_frames, last;

  if (!coterie_recording_output_get_number (output, "SELECT n_frames FROM state", &n_frames) ||
      !coterie_recording_output_get_number (output, "SELECT max (iteration) FROM frame", &last))
    return FALSE;
  return coterie_recording_rows_remove_pieces (output->database) &&
         coterie_recording_rows_store_state (output->database,
                                             last == info->training.n_iterations
                                                 ? COTERIE_RECORDING_ENDING_FINISHED
                                                 : COTERIE_RECORDING_ENDING_STOPPED,
                                             "", n_frames);
}

/* A writer at work would write its own layout in the end. One that died has left its log; where there can be
 * none, nobody knows. */
static gboolean
take_over (CoterieRecordingOutput *output, GError **error)
{
  if (!is_running (output))
    return TRUE;
  if (!coterie_recording_output_has_log (output))
    return set_error (output->path, "the run has not ended, or was broken off", error);
  return coterie_recording_output_take_over (output) ||
         set_error (output->path,
                    "the run has not ended: another program is writing or reading the recording",
                    error);
}

static gboolean
write_layout (CoterieRecordingOutput *output, const CoterieRunInfo *info, GPtrArray *positions)
{
  return coterie_recording_layout_store (output->database, info) &&
         coterie_recording_positions_store_all (output->database, positions) &&
         (!is_running (output) || end_run (output, info)) &&
         coterie_recording_output_execute (output, "COMMIT");
}

static gboolean
store (CoterieRecordingOutput *output,
       const CoterieRunInfo *info,
       GPtrArray *positions,
       GError **error)
{
  g_autofree char *fault = NULL;

  if (!take_over (output, error))
    return FALSE;
  if (!coterie_recording_output_execute (output, "BEGIN IMMEDIATE")) {
    coterie_recording_output_set_error (output, "the layout", error);
    return FALSE;
  }
  fault = coterie_recording_positions_find_misfit (output->database, positions);
  if (fault != NULL)
    return set_error (output->path, fault, error);
  if (!write_layout (output, info, positions)) {
    coterie_recording_output_set_error (output, "the layout", error);
    return FALSE;
  }
  return TRUE;
}

/**
 * coterie_recording_lay_out:
 * @path: a recording whose run has ended, or was broken off
 * @info: its run; written are the settings of the layout and the pins
 * @positions: (element-type CoterieFramePositions): of all of its frames
 * @error: return location for a #GError
 *
 * Puts another layout in the place of the one that is there. All of it is written, or nothing. If the run
 * was broken off the recording says from now on that it was stopped, or, if it had come to its last
 * iteration, that it is complete; what the log of its writer holds is put into the file. Cost: some 0.1 ms a
 * frame.
 *
 * Returns: %FALSE with COTERIE_RECORDING_ERROR_CANNOT_WRITE if the file cannot be written, somebody else
 *   is writing it, or @positions are not those of its frames; or as coterie_recording_reader_open()
 */
gboolean
coterie_recording_lay_out (const char *path,
                           const CoterieRunInfo *info,
                           GPtrArray *positions,
                           GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *fault = coterie_run_info_find_fault (info);
  CoterieRecordingOutput output = {.path = absolute};
  sqlite3 *database;
  guint64 size;
  gboolean stored;

  if (fault != NULL)
    return set_error (path, fault, error);
  /* What it is has to be known before it is written to. */
  database = coterie_recording_file_open (path, FALSE, &size, error);
  if (database == NULL)
    return FALSE;
  sqlite3_close (database);

  stored =
      coterie_recording_output_open (&output, error) && store (&output, info, positions, error);
  if (output.database != NULL)
    coterie_recording_output_roll_back (&output);
  coterie_recording_output_close (&output);
  return stored;
}
