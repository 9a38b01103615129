/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening a recording: its frames are read away from the main thread, one after the other, and while
 * somebody else still writes it, it is asked for new ones from time to time. */

#include "core/recording/recording-abandoned.h"
#include "core/recording/recording-reader.h"
#include "session/owned-task.h"
#include "session/session-private.h"

/* How often a recording that somebody else is still writing is asked for new frames. */
#define REFRESH_INTERVAL_US G_USEC_PER_SEC

/* How soon one that is waited for in vain is let go. */
#define NAP_US (REFRESH_INTERVAL_US / 10)

static gboolean
load_frames (CoterieRecordingReader *reader,
             CoterieSessionSender *sender,
             guint *n_loaded,
             guint *last,
             GError **error)
{
  /* one out of turn may have been replaced */
  if (*n_loaded > 0 && coterie_recording_reader_get_iteration (reader, *n_loaded - 1) != *last)
    (*n_loaded)--;
  while (*n_loaded < coterie_recording_reader_get_n_frames (reader)) {
    g_autoptr (CoterieFrame) frame = NULL;

    if (g_cancellable_set_error_if_cancelled (sender->job, error))
      return FALSE;
    frame = coterie_recording_reader_load (reader, *n_loaded, error);
    if (frame == NULL)
      return FALSE;
    coterie_session_deliver (sender, coterie_recording_reader_get_info (reader), frame, FALSE);
    *last = frame->iteration;
    (*n_loaded)++;
  }
  return TRUE;
}

/* Whether there is somebody to wait for. Whoever is gone may have ended the run properly meanwhile. */
static gboolean
look_for_more (CoterieRecordingReader *reader, const char *path, gboolean *is_over, GError **error)
{
  gboolean is_abandoned =
      !coterie_recording_reader_get_finished (reader) && coterie_recording_is_abandoned (path);

  if (!coterie_recording_reader_refresh (reader, error))
    return FALSE;
  *is_over = is_abandoned || coterie_recording_reader_get_finished (reader);
  return TRUE;
}

static void
wait_a_moment (GCancellable *cancellable)
{
  for (gulong slept_us = 0;
       slept_us < REFRESH_INTERVAL_US && !g_cancellable_is_cancelled (cancellable);
       slept_us += NAP_US)
    g_usleep (NAP_US);
}

/* Nobody can look at a recording without frames. */
static gboolean
check_frames (guint n_loaded, const char *path, GError **error)
{
  if (n_loaded > 0)
    return TRUE;
  g_set_error (
      error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_FOUND,
      "%s: there are no iterations in it: its training ended before the first was recorded, "
      "or it was copied without the file %s-wal that was beside it",
      path, path);
  return FALSE;
}

/* Loads all frames, then waits for more while somebody writes them. The result is whether the run has said
 * how it ended. */
static void
load_recording (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  CoterieSessionSender *sender = data;
  GError *error = NULL;
  guint n_loaded = 0;
  guint last = 0;
  gboolean waiting = FALSE;
  gboolean is_over = FALSE;
  g_autoptr (CoterieRecordingReader) reader = coterie_recording_reader_open (sender->work, &error);

  if (reader == NULL) {
    g_task_return_error (task, error);
    return;
  }
  coterie_session_deliver (sender, coterie_recording_reader_get_info (reader), NULL, FALSE);

  while (look_for_more (reader, sender->work, &is_over, &error) &&
         load_frames (reader, sender, &n_loaded, &last, &error)) {
    if (is_over) {
      if (check_frames (n_loaded, sender->work, &error))
        g_task_return_boolean (task, coterie_recording_reader_get_finished (reader));
      else
        g_task_return_error (task, error);
      return;
    }
    if (!waiting)
      coterie_session_deliver (sender, coterie_recording_reader_get_info (reader), NULL, TRUE);
    waiting = TRUE;
    wait_a_moment (cancellable);
  }
  g_task_return_error (task, error);
}

static void
recording_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  CoterieSession *self = COTERIE_SESSION (source);
  GCancellable *job = g_task_get_cancellable (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean has_ended = g_task_propagate_boolean (G_TASK (result), &error);

  coterie_session_end_job (self, job, error);
  if (!has_ended && error == NULL && self->job == job)
    coterie_session_finish_layout (self);
}

/**
 * coterie_session_open:
 * @self: the session
 * @path: a recording
 *
 * Shows a recording instead of what was shown. Frames arrive one after the other; while another
 * program still writes it, further ones do. If that was killed when only the layout of all graphs together
 * was missing, they are laid out, and the recording is complete. What goes wrong is told by "failed".
 */
void
coterie_session_open (CoterieSession *self, const char *path)
{
  g_autoptr (GTask) task = NULL;

  coterie_session_start_job (self, path);
  task = coterie_owned_task_new (self, self->job, recording_ended, NULL);
  g_task_set_task_data (task,
                        coterie_session_sender_new (self, self->job, g_strdup (self->path), g_free),
                        coterie_session_sender_unref);
  g_task_run_in_thread (task, load_recording);
}
