/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a recording says of a run and of its frames, row by row. Whoever calls these functions begins and ends
 * the transaction; they return whether they could write, and SQLite knows why not. */

#include "core/recording/recording-rows.h"

#include "core/recording/recording-layer.h"
#include "core/recording/recording-layout-private.h"
#include "core/recording/recording-row.h"
#include "core/recording/recording-run.h"
#include "core/recording/recording-schema.h"

/**
 * coterie_recording_rows_store_run:
 * @database: the recording
 * @info: the run
 *
 * Writes what is recorded of a run as a whole, in the place of what is there.
 *
 * Returns: whether it could
 */
gboolean
coterie_recording_rows_store_run (sqlite3 *database, const CoterieRunInfo *info)
{
  g_autoptr (sqlite3_stmt) statement = coterie_row_prepare (database, "REPLACE", "run");
  g_auto (CoterieRow) row = {0};

  if (statement == NULL)
    return FALSE;

  coterie_row_begin (&row, statement, "run");
  coterie_recording_run_put (&row, info);
  return coterie_row_store (&row) == SQLITE_DONE;
}

static gboolean
write_class (sqlite3 *database, const CoterieRunInfo *info, guint c)
{
  g_autoptr (sqlite3_stmt) statement = coterie_row_prepare (database, "INSERT", "class");
  g_auto (CoterieRow) row = {0};

  if (statement == NULL)
    return FALSE;

  coterie_row_begin (&row, statement, "class");
  coterie_row_put_integer (&row, c);
  coterie_row_put_text (&row, info->dataset.class_names[c]);
  return coterie_row_store (&row) == SQLITE_DONE;
}

static gboolean
write_hidden_layer (sqlite3 *database, const CoterieRunInfo *info, guint layer)
{
  g_autoptr (sqlite3_stmt) statement = coterie_row_prepare (database, "INSERT", "hidden_layer");
  g_auto (CoterieRow) row = {0};

  if (statement == NULL)
    return FALSE;

  coterie_row_begin (&row, statement, "hidden_layer");
  coterie_row_put_integer (&row, layer);
  coterie_row_put_integer (&row, info->training.hidden[layer - 1]);
  coterie_row_put_real (&row, info->training.dropout[layer - 1]);
  return coterie_row_store (&row) == SQLITE_DONE;
}

/**
 * coterie_recording_rows_store_state:
 * @database: the recording
 * @ending: how the run ended, or that it has not
 * @reason: why, for people; empty unless it failed
 * @n_frames: how many frames there are
 *
 * Writes how far the recording is, in the place of what is there.
 *
 * Returns: whether it could
 */
gboolean
coterie_recording_rows_store_state (sqlite3 *database,
                                    CoterieRecordingEnding ending,
                                    const char *reason,
                                    guint n_frames)
{
  g_autoptr (sqlite3_stmt) statement = coterie_row_prepare (database, "REPLACE", "state");
  g_auto (CoterieRow) row = {0};

  if (statement == NULL)
    return FALSE;

  coterie_row_begin (&row, statement, "state");
  coterie_row_put_integer (&row, 1);
  coterie_row_put_text (&row, coterie_recording_ending_to_string (ending));
  coterie_row_put_text (&row, reason);
  coterie_row_put_integer (&row, n_frames);
  return coterie_row_store (&row) == SQLITE_DONE;
}

/**
 * coterie_recording_rows_store_beginning:
 * @database: an empty file
 * @info: the run
 *
 * Makes it a recording without frames, with all that does not change later.
 *
 * Returns: whether it could
 */
gboolean
coterie_recording_rows_store_beginning (sqlite3 *database, const CoterieRunInfo *info)
{
  if (coterie_schema_create (database) != SQLITE_OK ||
      !coterie_recording_rows_store_run (database, info))
    return FALSE;
  for (guint c = 0; c < info->dataset.n_classes; c++)
    if (!write_class (database, info, c))
      return FALSE;
  for (guint l = 1; l <= info->training.n_hidden; l++)
    if (!write_hidden_layer (database, info, l))
      return FALSE;
  return coterie_recording_layout_store (database, info) &&
         coterie_recording_rows_store_state (database, COTERIE_RECORDING_ENDING_RUNNING, "", 0);
}

/**
 * coterie_recording_rows_store_frame:
 * @database: the recording
 * @frame: a frame
 * @network: (nullable): its network, if its parameters are recorded as well
 *
 * Writes what is recorded of a frame as a whole.
 *
 * Returns: whether it could
 */
gboolean
coterie_recording_rows_store_frame (sqlite3 *database,
                                    const CoterieFrame *frame,
                                    const CoterieNetwork *network)
{
  g_autoptr (sqlite3_stmt) statement = coterie_row_prepare (database, "INSERT", "frame");
  g_auto (CoterieRow) row = {0};

  if (statement == NULL)
    return FALSE;

  coterie_row_begin (&row, statement, "frame");
  coterie_row_put_integer (&row, frame->iteration);
  coterie_row_put_real (&row, frame->evaluations[COTERIE_SPLIT_TRAINING].accuracy);
  coterie_row_put_real (&row, frame->evaluations[COTERIE_SPLIT_TRAINING].loss);
  coterie_row_put_real (&row, frame->evaluations[COTERIE_SPLIT_TEST].accuracy);
  coterie_row_put_real (&row, frame->evaluations[COTERIE_SPLIT_TEST].loss);
  for (guint split = 0; split < COTERIE_N_SPLITS; split++)
    coterie_row_put_array (&row, frame->class_accuracies[split], frame->n_classes, sizeof (double));
  coterie_row_put_real (&row, frame->entropy);
  coterie_row_put_real (&row, frame->mean_live_entropy);
  coterie_row_put_integer (&row, frame->n_layers);
  coterie_row_put_array (&row, network != NULL ? network->widths : NULL,
                         network != NULL ? network->n_layers + 1 : 0, sizeof (guint32));
  return coterie_row_store (&row) == SQLITE_DONE;
}

/**
 * coterie_recording_rows_store_layer:
 * @database: the recording
 * @iteration: of the frame
 * @layer: one of its layers
 *
 * Writes a layer and where its nodes are.
 *
 * Returns: whether it could
 */
gboolean
coterie_recording_rows_store_layer (sqlite3 *database,
                                    guint iteration,
                                    const CoterieFrameLayer *layer)
{
  g_autoptr (sqlite3_stmt) statement = coterie_row_prepare (database, "INSERT", "layer");
  g_auto (CoterieRow) row = {0};

  if (statement == NULL)
    return FALSE;

  coterie_row_begin (&row, statement, "layer");
  coterie_recording_layer_put (&row, iteration, layer);
  return coterie_row_store (&row) == SQLITE_DONE &&
         coterie_recording_positions_store (database, iteration, layer->analysis->layer,
                                            layer->positions, layer->analysis->n_nodes);
}

/**
 * coterie_recording_rows_store_chunk:
 * @database: the recording
 * @iteration: of the frame
 * @chunk: which piece of the parameters, from 0
 * @values: [n_values]: what is in it, dimensionless
 * @n_values: how many, at most COTERIE_RECORDING_CHUNK_BYTES of them
 *
 * Writes a piece of a network's parameters.
 *
 * Returns: whether it could
 */
gboolean
coterie_recording_rows_store_chunk (
    sqlite3 *database, guint iteration, guint chunk, const float *values, gsize n_values)
{
  g_autoptr (sqlite3_stmt) statement = coterie_row_prepare (database, "INSERT", "parameters");
  g_auto (CoterieRow) row = {0};

  if (statement == NULL)
    return FALSE;

  coterie_row_begin (&row, statement, "parameters");
  coterie_row_put_integer (&row, iteration);
  coterie_row_put_integer (&row, chunk);
  coterie_row_put_array (&row, values, n_values, sizeof *values);
  return coterie_row_store (&row) == SQLITE_DONE;
}

/**
 * coterie_recording_rows_store_parameters:
 * @database: the recording
 * @iteration: of the frame
 * @network: its network
 *
 * Writes all parameters of a network.
 *
 * Returns: whether it could
 */
gboolean
coterie_recording_rows_store_parameters (sqlite3 *database,
                                         guint iteration,
                                         const CoterieNetwork *network)
{
  const gsize n_chunk = COTERIE_RECORDING_CHUNK_BYTES / sizeof (float);
  guint chunk = 0;

  for (gsize first = 0; first < network->n_parameters; first += n_chunk)
    if (!coterie_recording_rows_store_chunk (database, iteration, chunk++,
                                             network->parameters + first,
                                             MIN (n_chunk, network->n_parameters - first)))
      return FALSE;
  return TRUE;
}

/**
 * coterie_recording_rows_remove_iteration:
 * @database: the recording
 * @iteration: of a frame
 *
 * Takes away all that is recorded of one iteration.
 *
 * Returns: whether it could
 */
gboolean
coterie_recording_rows_remove_iteration (sqlite3 *database, guint iteration)
{
  const char *tables[] = {"frame", "layer", "positions", "parameters"};

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *sql =
        g_strdup_printf ("DELETE FROM %s WHERE iteration = %u", tables[i], iteration);

    if (sqlite3_exec (database, sql, NULL, NULL, NULL) != SQLITE_OK)
      return FALSE;
  }
  return TRUE;
}

/**
 * coterie_recording_rows_remove_pieces:
 * @database: a recording, in a transaction
 *
 * Removes what a writer that died had put ahead of a frame.
 *
 * Returns: whether it could
 */
gboolean
coterie_recording_rows_remove_pieces (sqlite3 *database)
{
  return sqlite3_exec (
             database,
             "DELETE FROM parameters WHERE iteration NOT IN (SELECT iteration FROM frame);"
             "DELETE FROM trainer_values WHERE iteration NOT IN (SELECT iteration FROM trainer)",
             NULL, NULL, NULL) == SQLITE_OK;
}
