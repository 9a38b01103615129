/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The training of a session: one that begins, or goes on with what was recorded before. */

#include "core/run/run-continuation.h"
#include "session/owned-task.h"
#include "session/session-private.h"

/* Keeps all that the end of a run needs, since the session may show something else by then. */
typedef struct {
  CoterieSession *session;
  CoterieRun *run;
  GCancellable *job;
} RunEnd;

static void
run_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree RunEnd *end = data;
  g_autoptr (CoterieSession) self = end->session;
  g_autoptr (CoterieRun) run = end->run;
  g_autoptr (GCancellable) job = end->job;
  g_autoptr (GError) error = NULL;

  coterie_run_execute_finish (result, &error);
  if (self->job == job)
    coterie_session_take_positions (self, run);
  coterie_session_end_job (self, job, error);
  if (self->job == job && !coterie_run_get_pins_heeded (run))
    coterie_session_catch_up_with_pins (self);
}

static void
run_frame_ready (CoterieRun *run, CoterieRunInfo *info, CoterieFrame *frame, gpointer data)
{
  coterie_session_deliver (data, info, frame, FALSE);
}

static void
start_run (CoterieSession *self, const CoterieRunSettings *settings)
{
  RunEnd *end = g_new0 (RunEnd, 1);

  self->run = coterie_run_new (settings);
  self->described = FALSE;
  end->session = g_object_ref (self);
  end->run = coterie_run_ref (self->run);
  end->job = g_object_ref (self->job);
  coterie_run_execute_async (self->run, run_frame_ready,
                             coterie_session_sender_new (self, self->job, NULL, NULL),
                             coterie_session_sender_unref, self->job, run_ended, end);
}

/**
 * coterie_session_train:
 * @self: the session
 * @settings: what to train and where to record it
 *
 * Starts a training and shows its frames as they are recorded. What goes wrong is told by "failed".
 */
void
coterie_session_train (CoterieSession *self, const CoterieRunSettings *settings)
{
  coterie_session_start_job (self, settings->output);
  start_run (self, settings);
}

/**
 * coterie_session_get_can_continue:
 * @self: the session
 *
 * Returns: whether coterie_session_continue() may be called: all frames are there, nothing is being
 *   trained, analysed, laid out or written, and what is shown is what is recorded; whether the recording has
 *   what the training needs is another matter, see coterie_session_find_continuation_async()
 */
gboolean
coterie_session_get_can_continue (CoterieSession *self)
{
  return coterie_session_get_can_analyse (self) && !coterie_session_get_analysing (self) &&
         self->info != NULL && !coterie_session_get_laying_out (self) && !self->layout.saving &&
         g_queue_is_empty (&self->layout.unsaved) &&
         coterie_analysis_settings_equal (&self->info->analysis,
                                          &coterie_session_get_recorded_info (self)->analysis);
}

static void
find_continuation (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  guint iteration;

  if (coterie_run_continuation_find (data, &iteration, &error))
    g_task_return_int (task, (gssize) iteration);
  else
    g_task_return_error (task, error);
}

/**
 * coterie_session_find_continuation_async:
 * @self: a session that shows a recording
 * @callback: called in the caller's main context
 * @data: passed to @callback
 *
 * Looks, on a thread, from where the training of the recording can go on.
 */
void
coterie_session_find_continuation_async (CoterieSession *self,
                                         GAsyncReadyCallback callback,
                                         gpointer data)
{
  g_autoptr (GTask) task = coterie_owned_task_new (self, NULL, callback, data);

  g_return_if_fail (self->path != NULL);

  g_task_set_source_tag (task, coterie_session_find_continuation_async);
  g_task_set_task_data (task, g_strdup (self->path), g_free);
  g_task_run_in_thread (task, find_continuation);
}

/**
 * coterie_session_find_continuation_finish:
 * @self: the session
 * @result: what the callback was given
 * @iteration: (out): after which iteration the training can go on; not later than the last frame
 * @error: return location for a #GError
 *
 * Returns: %FALSE with a sentence that says why if it cannot go on
 */
gboolean
coterie_session_find_continuation_finish (CoterieSession *self,
                                          GAsyncResult *result,
                                          guint *iteration,
                                          GError **error)
{
  gssize found;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, coterie_session_find_continuation_async),
                        FALSE);

  found = g_task_propagate_int (G_TASK (result), error);
  *iteration = (guint) MAX (found, 0);
  return found >= 0;
}

/**
 * coterie_session_continue:
 * @self: a session for which coterie_session_get_can_continue() holds
 * @n_iterations: how many iterations there shall be in all; more than there are
 * @source: (nullable): where the data set is now; %NULL if it is where the recording says
 *
 * Goes on with the training of the recording that is shown, in the same file. Its frames come after those
 * that are there; one that was there only because the training had ended gives way, told by
 * "frames-replaced". What goes wrong is told by "failed", and what was recorded stays on view.
 */
void
coterie_session_continue (CoterieSession *self, guint n_iterations, const char *source)
{
  CoterieRunSettings settings = {.continued = self->path, .source = source};

  g_return_if_fail (coterie_session_get_can_continue (self));

  settings.training.n_iterations = n_iterations;
  coterie_session_reset_analysis (self);
  coterie_session_clear_analysis (self);
  g_cancellable_cancel (self->job);
  g_clear_object (&self->job);
  self->job = g_cancellable_new ();
  self->n_wanted = n_iterations;
  self->continuing = TRUE;
  self->complete = FALSE;
  self->at_rest = FALSE;
  start_run (self, &settings);
  coterie_session_set_state (self, COTERIE_SESSION_LOADING);
  g_object_notify (G_OBJECT (self), "n-frames");
}

/**
 * coterie_session_get_continuing:
 * @self: the session
 *
 * Returns: whether a training goes on with what was recorded before; still so when its end is told
 */
gboolean
coterie_session_get_continuing (CoterieSession *self)
{
  return self->continuing;
}

/**
 * coterie_session_stop:
 * @self: the session
 *
 * Ends a training; what has been recorded stays on view and in its file. Gives up an analysis that is
 * under way.
 */
void
coterie_session_stop (CoterieSession *self)
{
  coterie_session_stop_analysis (self);
  if (!coterie_session_get_busy (self))
    return;
  coterie_session_set_state (self, COTERIE_SESSION_STOPPING);
  g_cancellable_cancel (self->job);
}

/**
 * coterie_session_get_busy:
 * @self: the session
 *
 * Returns: whether a training of this session has not ended yet
 */
gboolean
coterie_session_get_busy (CoterieSession *self)
{
  return self->run != NULL;
}

/**
 * coterie_session_get_status:
 * @self: the session
 * @status: (out caller-allocates): how far the training is
 *
 * Returns: %FALSE if nothing is being trained
 */
gboolean
coterie_session_get_status (CoterieSession *self, CoterieRunStatus *status)
{
  if (self->run == NULL)
    return FALSE;
  coterie_run_get_status (self->run, status);
  return TRUE;
}

/**
 * coterie_session_get_paused:
 * @self: the session
 *
 * Returns: whether a training is held
 */
gboolean
coterie_session_get_paused (CoterieSession *self)
{
  CoterieRunStatus status;

  return coterie_session_get_status (self, &status) && status.paused;
}

/**
 * coterie_session_set_paused:
 * @self: the session
 * @paused: whether the training shall wait
 *
 * Holds a training or lets it go on; without one, nothing happens.
 */
void
coterie_session_set_paused (CoterieSession *self, gboolean paused)
{
  if (self->run == NULL)
    return;
  coterie_run_set_paused (self->run, paused);
  g_object_notify (G_OBJECT (self), "paused");
}
