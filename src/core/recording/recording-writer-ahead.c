/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a frame is written ahead of it. Gigabytes of parameters would take a minute, and as much again in
 * the log: they are put into the file before their frame, a transaction a piece. Pieces without a frame are
 * passed over by readers, and taken away again if the frame does not follow. */

#include "core/recording/recording-rows.h"
#include "core/recording/recording-schema.h"
#include "core/recording/recording-trainer.h"
#include "core/recording/recording-writer-private.h"

/* For the writer itself: removes the pieces whose frame has not come. In vain where nothing can be written
 * any more; readers pass over the pieces then. */
void
coterie_recording_writer_take_back (CoterieRecordingWriter *writer)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM parameters WHERE iteration = %u; DELETE "
                                          "FROM trainer_values WHERE iteration = %u",
                                          writer->ahead_iteration, writer->ahead_iteration);

  if (writer->is_ahead)
    coterie_recording_output_execute (&writer->output, sql);
  writer->is_ahead = FALSE;
}

static gboolean
is_large (const CoterieNetwork *network)
{
  return network->n_parameters > COTERIE_RECORDING_CHUNK_BYTES / sizeof (float);
}

/* For the writer itself: whether the next frame has its parameters. */
gboolean
coterie_recording_writer_keeps_parameters (const CoterieRecordingWriter *writer,
                                           const CoterieNetwork *network)
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

  if (memory > 0 || !coterie_recording_writer_keeps_parameters (writer, network))
    return coterie_recording_trainer_write_chunk (writer->output.database, state, memory, chunk);
  return coterie_recording_rows_store_chunk (writer->output.database, writer->ahead_iteration,
                                             chunk, network->parameters + first,
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
      coterie_recording_writer_set_frame_error (writer, writer->ahead_iteration, error);
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
  g_return_val_if_fail (writer->output.database != NULL, FALSE);

  coterie_recording_writer_take_back (writer);
  if (!is_large (network) || !(coterie_recording_writer_keeps_parameters (writer, network) ||
                               coterie_recording_writer_keeps_last_state (writer, state)))
    return TRUE;

  writer->is_ahead = TRUE;
  writer->ahead_iteration = iteration;
  if (put_chunks (writer, network, state, progress, cancellable, error))
    return TRUE;
  coterie_recording_writer_take_back (writer);
  return FALSE;
}
