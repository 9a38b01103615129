/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes a recording: one SQLite file, a transaction a frame. The frames go to a log beside the file
 * first, so that a frame costs milliseconds and a killed process loses nothing that was added; when
 * the run ends the log is folded into the file, and one file is left.
 *
 * Parameters are kept with every frame if they are at most 16 MiB, otherwise with the first frame
 * and every tenth after it, and are then put into the file ahead of their frame.
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
#include "core/recording/recording-rows.h"
#include "core/recording/recording-trainer.h"
#include "core/recording/recording-writer-private.h"

/* For the writer itself: a run that has come to its end can be continued, however large the network. */
gboolean
coterie_recording_writer_keeps_last_state (const CoterieRecordingWriter *writer,
                                           const CoterieTrainerState *state)
{
  return state != NULL && state->iteration == writer->info->training.n_iterations;
}

/* kept: (nullable): the network, if it is recorded with this frame */
static gboolean
write_trainer (CoterieRecordingWriter *writer,
               const CoterieTrainerState *state,
               const CoterieNetwork *kept)
{
  if (state != NULL && kept == NULL && !coterie_recording_writer_keeps_last_state (writer, state))
    return TRUE;
  return coterie_recording_trainer_write (writer->output.database, state, kept == NULL,
                                          writer->is_ahead);
}

static gboolean
write_iteration (CoterieRecordingWriter *writer,
                 const CoterieFrame *frame,
                 const CoterieNetwork *network,
                 const CoterieTrainerState *state)
{
  sqlite3 *database = writer->output.database;

  if (writer->extra_iteration > 0 &&
      !coterie_recording_rows_remove_iteration (database, writer->extra_iteration))
    return FALSE;
  if (!coterie_recording_rows_store_frame (database, frame, network))
    return FALSE;
  for (guint l = 0; l < frame->n_layers; l++)
    if (!coterie_recording_rows_store_layer (database, frame->iteration, &frame->layers[l]))
      return FALSE;
  if (network != NULL && !writer->is_ahead &&
      !coterie_recording_rows_store_parameters (database, frame->iteration, network))
    return FALSE;
  if (!write_trainer (writer, state, network))
    return FALSE;
  return coterie_recording_rows_store_state (database, COTERIE_RECORDING_ENDING_RUNNING, "",
                                             writer->n_frames + 1);
}

/* For the writer itself: how many frames the file has. */
guint
coterie_recording_writer_count_frames (const CoterieRecordingWriter *writer)
{
  return writer->n_frames + (writer->extra_iteration > 0 ? 1 : 0);
}

/* For the writer itself: begins a transaction, in which nobody else can write, and in which nobody else has
 * written before: two that continue one recording must not mix their frames. */
gboolean
coterie_recording_writer_begin (CoterieRecordingWriter *writer, const char *place, GError **error)
{
  CoterieRecordingOutput *output = &writer->output;
  guint n_expected = coterie_recording_writer_count_frames (writer);
  guint n_frames;

  if (!coterie_recording_output_execute (output, "BEGIN IMMEDIATE") ||
      !coterie_recording_output_get_number (output, "SELECT n_frames FROM state", &n_frames)) {
    coterie_recording_output_set_error (output, place, error);
    coterie_recording_output_roll_back (output);
    return FALSE;
  }
  if (n_frames == n_expected)
    return TRUE;
  g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
               "%s: %s cannot be written: another program has written to the recording: it has %u "
               "frames, expected %u",
               writer->output.path, place, n_frames, n_expected);
  coterie_recording_output_roll_back (output);
  return FALSE;
}

/* For the writer itself: says why a frame could not be written, and undoes what was written of it. */
void
coterie_recording_writer_set_frame_error (CoterieRecordingWriter *writer,
                                          guint iteration,
                                          GError **error)
{
  g_autofree char *place = g_strdup_printf ("iteration %u", iteration);

  coterie_recording_output_set_error (&writer->output, place, error);
  coterie_recording_output_roll_back (&writer->output);
}

/* Of a large network: what was kept until the next state was whole. What cannot be taken away now counts
 * for nothing, and goes with the next one. */
static void
remove_last_state (CoterieRecordingWriter *writer)
{
  while (coterie_recording_trainer_remove_piece (writer->output.database))
    continue;
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
  if (writer->output.database != NULL)
    coterie_recording_writer_take_back (writer);
  coterie_recording_output_close (&writer->output);
  coterie_run_info_unref (writer->info);
  g_free (writer->output.path);
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
               "%s: iteration %u cannot be recorded: %s", writer->output.path, frame->iteration,
               fault);
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
  const CoterieNetwork *kept = NULL;

  g_return_val_if_fail (writer->output.database != NULL, FALSE);

  if (!check_fits (writer, frame, network, error))
    return FALSE;
  if (network == NULL || frame->iteration != writer->ahead_iteration)
    coterie_recording_writer_take_back (writer);

  if (network != NULL && coterie_recording_writer_keeps_parameters (writer, network))
    kept = network;
  if (!coterie_recording_writer_begin (writer, place, error))
    return FALSE;
  if (!write_iteration (writer, frame, kept, state) ||
      !coterie_recording_output_execute (&writer->output, "COMMIT")) {
    coterie_recording_writer_set_frame_error (writer, frame->iteration, error);
    return FALSE;
  }

  if (writer->is_ahead)
    remove_last_state (writer);
  writer->is_ahead = FALSE;
  writer->n_frames++;
  writer->last_iteration = frame->iteration;
  writer->extra_iteration = 0;
  return coterie_recording_output_check_there (&writer->output, error);
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

  g_return_val_if_fail (writer->output.database != NULL, FALSE);

  fault = coterie_run_info_find_fault (info);
  if (fault == NULL)
    fault = coterie_recording_positions_find_misfit (writer->output.database, positions);
  if (fault != NULL) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: the layout cannot be written: %s", writer->output.path, fault);
    return FALSE;
  }
  if (!coterie_recording_output_execute (&writer->output, "BEGIN IMMEDIATE") ||
      !coterie_recording_layout_store (writer->output.database, info) ||
      !coterie_recording_positions_store_all (writer->output.database, positions) ||
      !coterie_recording_output_execute (&writer->output, "COMMIT")) {
    coterie_recording_output_set_error (&writer->output, "the layout", error);
    coterie_recording_output_roll_back (&writer->output);
    return FALSE;
  }
  return coterie_recording_output_check_there (&writer->output, error);
}

static gboolean
end (CoterieRecordingWriter *writer,
     CoterieRecordingEnding ending,
     const char *reason,
     GError **error)
{
  coterie_recording_writer_take_back (writer);
  /* In this order: readers that see the end may stay, and would keep the log from being removed. */
  coterie_recording_output_fold_log (&writer->output);
  if (!coterie_recording_rows_store_state (writer->output.database, ending, reason,
                                           coterie_recording_writer_count_frames (writer))) {
    coterie_recording_output_set_error (&writer->output, "the end of the run", error);
    /* by its log one sees that nobody writes it any more */
    coterie_recording_output_start_log (&writer->output);
    return FALSE;
  }
  coterie_recording_output_close (&writer->output);
  return coterie_recording_output_check_there (&writer->output, error);
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
  g_return_val_if_fail (writer->output.database != NULL, FALSE);

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
  g_return_val_if_fail (writer->output.database != NULL, FALSE);

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

  g_return_val_if_fail (writer->output.database != NULL, FALSE);

  return end (writer, COTERIE_RECORDING_ENDING_FAILED, text, error);
}
