/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a recorded run goes on from. The trainer is filled with what was recorded of it; communities,
 * their identities and the places of nodes follow from the frames. A last frame that is there only
 * because the run had ended is passed over, since a run that had not ended would not have it: what is
 * recorded from now on is the same, to the last bit, as if nothing had been between. */

#include "core/run/run-continuation.h"

#include "core/recording/recording-trainer.h"

static gboolean
find_state (const char *path, guint *iteration, GError **error)
{
  gboolean found;

  if (!coterie_recording_trainer_find (path, &found, iteration, error))
    return FALSE;
  if (!found) {
    g_set_error (
        error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_FOUND,
        "%s: the training cannot be continued: what it needs to go on is not recorded; it is "
        "missing in recordings of an earlier version, of another analysis, and of “train "
        "--no-state”",
        path);
    return FALSE;
  }
  return TRUE;
}

/* From which iteration on the numbers of a training are not finite; 0 if those of the last frame are. */
static gboolean
find_divergence (CoterieRecordingReader *reader, guint *iteration, GError **error)
{
  *iteration = 0;
  for (guint i = coterie_recording_reader_get_n_frames (reader); i > 0; i--) {
    g_autoptr (CoterieFrame) frame = coterie_recording_reader_load (reader, i - 1, error);

    if (frame == NULL)
      return FALSE;
    if (coterie_frame_find_failure (frame).kind != COTERIE_FAILURE_DIVERGED)
      return TRUE;
    *iteration = frame->iteration;
  }
  return TRUE;
}

/* A weight that is not a number stays so, and whatever is computed of it. */
static gboolean
check_numbers (CoterieRecordingReader *reader, const char *path, GError **error)
{
  guint diverged;

  if (!find_divergence (reader, &diverged, error))
    return FALSE;
  if (diverged == 0)
    return TRUE;
  g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DIVERGED,
               "%s: the training cannot be continued: it has diverged, from iteration %u on its "
               "numbers are not finite, and further iterations would not change that; train anew "
               "with a smaller learning rate",
               path, diverged);
  return FALSE;
}

/**
 * coterie_run_continuation_find:
 * @path: a recording
 * @iteration: (out): after which iteration its training can go on
 * @error: return location for a #GError
 *
 * Finds out from where a training could go on. Cost: that of opening the recording, and of loading its
 * last frame; of loading more if it has diverged.
 *
 * Returns: %FALSE with a sentence that says why and COTERIE_RECORDING_ERROR_NOT_FOUND if what it needs is
 *   not recorded, with COTERIE_RECORDING_ERROR_DIVERGED if its numbers are no longer finite, or
 *   with an error as of coterie_recording_reader_open() or coterie_recording_reader_load()
 */
gboolean
coterie_run_continuation_find (const char *path, guint *iteration, GError **error)
{
  g_autoptr (CoterieRecordingReader) reader = NULL;

  if (!find_state (path, iteration, error))
    return FALSE;
  reader = coterie_recording_reader_open (path, error);
  return reader != NULL && check_numbers (reader, path, error);
}

static CoterieRunInfo *
describe (const CoterieRunInfo *recorded, guint n_iterations, const char *source)
{
  CoterieRunInfo fields = *recorded;

  if (n_iterations > 0)
    fields.training.n_iterations = n_iterations;
  if (source != NULL)
    fields.dataset.source = source;
  return coterie_run_info_new (&fields);
}

/* The last frame that a run which had not ended would have too. */
static guint
find_last_recorded (CoterieRecordingReader *reader, guint record_every)
{
  guint index = coterie_recording_reader_get_n_frames (reader) - 1;

  if (index > 0 && coterie_recording_reader_get_iteration (reader, index) % record_every != 0)
    index--;
  return coterie_recording_reader_get_iteration (reader, index);
}

static gboolean
report_complete (const CoterieRunContinuation *continuation,
                 guint last,
                 guint n_wanted,
                 GError **error)
{
  if (n_wanted == 0)
    g_set_error (error, COTERIE_SETTINGS_ERROR, COTERIE_SETTINGS_ERROR_OUT_OF_RANGE,
                 "%s: has all %u iterations that were wanted; to go on, add --iterations with a "
                 "number greater than %u",
                 continuation->path, last, last);
  else
    g_set_error (error, COTERIE_SETTINGS_ERROR, COTERIE_SETTINGS_ERROR_OUT_OF_RANGE,
                 "%s: has %u iterations already, and %u in all were asked for; to go on, ask for "
                 "more than %u",
                 continuation->path, last, n_wanted, last);
  return FALSE;
}

/* @n_wanted: iterations that somebody has asked for now, or 0 */
static gboolean
check_frames (const CoterieRunContinuation *continuation, guint n_wanted, GError **error)
{
  guint n_iterations = continuation->info->training.n_iterations;
  guint last;

  if (continuation->n_frames == 0) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DAMAGED,
                 "%s: it is damaged: there is a state of the training, but no frame",
                 continuation->path);
    return FALSE;
  }
  last = coterie_recording_reader_get_iteration (continuation->reader, continuation->n_frames - 1);
  return n_iterations > last || report_complete (continuation, last, n_wanted, error);
}

/**
 * coterie_run_continuation_open:
 * @continuation: (out caller-allocates): what to go on from; clear it in any case
 * @path: a recording
 * @n_iterations: how many iterations there shall be in all; 0 takes as many as were wanted before
 * @source: (nullable): where the data set is now; %NULL if it is where it was
 * @error: return location for a #GError
 *
 * Finds out from where a training goes on. Cost: that of opening the recording.
 *
 * Returns: %FALSE with COTERIE_SETTINGS_ERROR_OUT_OF_RANGE if there are as many iterations already, or
 *   with an error as of coterie_run_continuation_find()
 */
gboolean
coterie_run_continuation_open (CoterieRunContinuation *continuation,
                               const char *path,
                               guint n_iterations,
                               const char *source,
                               GError **error)
{
  CoterieRecordingReader *reader = coterie_recording_reader_open (path, error);

  *continuation = (CoterieRunContinuation){.reader = reader, .path = g_strdup (path)};
  if (reader == NULL || !find_state (path, &continuation->iteration, error))
    return FALSE;

  continuation->info = describe (coterie_recording_reader_get_info (reader), n_iterations, source);
  /* whoever is still writing may have added some meanwhile */
  if (!coterie_recording_reader_refresh (reader, error))
    return FALSE;
  continuation->n_frames = coterie_recording_reader_get_n_frames (reader);
  if (!check_numbers (reader, path, error) ||
      !coterie_training_settings_validate (&continuation->info->training, error) ||
      !check_frames (continuation, n_iterations, error))
    return FALSE;
  continuation->last_recorded =
      find_last_recorded (reader, continuation->info->training.record_every);
  return TRUE;
}

/* A failure lasts from the first of the frames that show it without a gap. */
static void
recall_failure (CoterieRunContinuation *continuation, const CoterieFrame *frame)
{
  CoterieFailure failure = coterie_frame_find_failure (frame);

  if (failure.kind != continuation->failure.kind || failure.layer != continuation->failure.layer)
    continuation->failure = failure;
}

static gboolean
recall_frames (CoterieRunContinuation *continuation,
               CoterieFrameBuilder *builder,
               CoterieProgress *progress,
               GCancellable *cancellable,
               GError **error)
{
  CoterieRecordingReader *reader = continuation->reader;

  for (guint i = 0; i < continuation->n_frames; i++) {
    g_autoptr (CoterieFrame) frame = NULL;

    if (coterie_recording_reader_get_iteration (reader, i) > continuation->last_recorded)
      break;
    if (!coterie_progress_step (progress, (double) i / continuation->n_frames, cancellable, error))
      return FALSE;
    frame = coterie_recording_reader_load (reader, i, error);
    if (frame == NULL)
      return FALSE;
    coterie_frame_builder_recall (builder, frame);
    recall_failure (continuation, frame);
  }
  return TRUE;
}

/**
 * coterie_run_continuation_restore:
 * @continuation: what to go on from; its recording is closed
 * @trainer: a trainer at iteration 0, for the recording's data set and settings; gets to the iteration
 *   that @continuation names
 * @builder: a builder that has seen no iteration, for the recording's settings; gets to the last frame
 *   that need not be recorded again
 * @progress: (nullable): told how far it is; may pause it
 * @cancellable: (nullable): ends it
 * @error: return location for a #GError
 *
 * Brings both to where they were. Cost: 3 ms a frame, and reading the state.
 *
 * Returns: %FALSE with an error as of coterie_recording_trainer_load() or
 *   coterie_recording_reader_load(), or with %G_IO_ERROR_CANCELLED
 */
gboolean
coterie_run_continuation_restore (CoterieRunContinuation *continuation,
                                  CoterieTrainer *trainer,
                                  CoterieFrameBuilder *builder,
                                  CoterieProgress *progress,
                                  GCancellable *cancellable,
                                  GError **error)
{
  CoterieTrainerState state;

  if (!recall_frames (continuation, builder, progress, cancellable, error))
    return FALSE;
  coterie_trainer_get_state (trainer, &state);
  if (!coterie_recording_trainer_load (continuation->path, &state, error))
    return FALSE;
  coterie_trainer_resume (trainer, state.iteration, state.diverged);
  continuation->iteration = state.iteration;
  g_clear_pointer (&continuation->reader, coterie_recording_reader_free);
  return TRUE;
}

/**
 * coterie_run_continuation_clear:
 * @continuation: a continuation, or zeros
 *
 * Frees what it holds. May be called twice.
 */
void
coterie_run_continuation_clear (CoterieRunContinuation *continuation)
{
  g_clear_pointer (&continuation->reader, coterie_recording_reader_free);
  g_clear_pointer (&continuation->info, coterie_run_info_unref);
  g_clear_pointer (&continuation->path, g_free);
}
