/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The recording of a session with other settings of the analysis. Frames are replaced where they
 * stand, the one that is shown first, then its neighbours on both sides; when all are there, those
 * through which the communities have been followed take their place together. What fails or is given
 * up leaves the last analysis that was whole. */

#include "core/recording/recording-layout.h"
#include "core/run/reanalysis-writer.h"
#include "session/owned-task.h"
#include "session/session-private.h"

static void
view_set (CoterieSessionView *view, GPtrArray *frames, CoterieRunInfo *info)
{
  GPtrArray *old_frames = view->frames;
  CoterieRunInfo *old_info = view->info;

  view->frames = frames != NULL ? g_ptr_array_ref (frames) : NULL;
  view->info = info != NULL ? coterie_run_info_ref (info) : NULL;
  g_clear_pointer (&old_frames, g_ptr_array_unref);
  g_clear_pointer (&old_info, coterie_run_info_unref);
}

static void
tell_frames_replaced (CoterieSession *self)
{
  g_signal_emit_by_name (self, "frames-replaced");
}

static void
tell_analysing (CoterieSession *self)
{
  g_object_notify (G_OBJECT (self), "analysing");
}

/* For the layout too. */
void
coterie_session_replace_info (CoterieSession *self, CoterieRunInfo *info)
{
  CoterieRunInfo *old = self->info;

  self->info = coterie_run_info_ref (info);
  coterie_run_info_unref (old);
  g_object_notify (G_OBJECT (self), "info");
}

/* For the layout too. Where frames are left out, or come back, the timeline goes where the same iteration is now. */
void
coterie_session_replace_frames (CoterieSession *self, GPtrArray *frames)
{
  guint n_before = self->frames->len;
  double iteration =
      coterie_session_get_iteration_at (self, coterie_timeline_get_position (self->timeline));

  g_ptr_array_set_size (self->frames, 0);
  for (guint i = 0; i < frames->len; i++)
    g_ptr_array_add (self->frames, coterie_frame_ref (g_ptr_array_index (frames, i)));

  if (frames->len != n_before) {
    coterie_timeline_set_n_frames (self->timeline, frames->len);
    coterie_timeline_scrub (self->timeline, coterie_session_get_position_of (self, iteration));
    coterie_timeline_settle (self->timeline);
    g_object_notify (G_OBJECT (self), "n-frames");
  }
  tell_frames_replaced (self);
}

/* For the layout too: the one of the same iteration. */
void
coterie_session_replace_frame (CoterieSession *self, CoterieFrame *frame)
{
  for (guint i = 0; i < self->frames->len; i++) {
    CoterieFrame *shown = g_ptr_array_index (self->frames, i);

    if (shown->iteration != frame->iteration)
      continue;
    g_ptr_array_index (self->frames, i) = coterie_frame_ref (frame);
    coterie_frame_unref (shown);
    tell_frames_replaced (self);
    return;
  }
}

static void
receive_frame (CoterieSession *self, GCancellable *job, gpointer frame)
{
  if (self->analysis.job != job)
    return;
  coterie_session_replace_frame (self, frame);
  tell_analysing (self);
}

/* On the thread that works. */
static void
frame_ready (CoterieReanalysis *reanalysis, guint index, CoterieFrame *frame, gpointer sender)
{
  coterie_session_sender_send (sender, receive_frame, coterie_frame_ref (frame),
                               (GDestroyNotify) coterie_frame_unref);
}

/* Ends what is under way; what has been replaced by it stays. */
static gboolean
cancel (CoterieSession *self)
{
  if (self->analysis.job == NULL)
    return FALSE;
  g_cancellable_cancel (self->analysis.job);
  g_clear_object (&self->analysis.job);
  return TRUE;
}

static void
show (CoterieSession *self, const CoterieSessionView *view)
{
  coterie_session_replace_info (self, view->info);
  coterie_session_replace_frames (self, view->frames);
}

static void
settle (CoterieSession *self, GPtrArray *frames)
{
  CoterieSessionAnalysis *analysis = &self->analysis;

  analysis->n_left_out = analysis->recorded.frames->len - frames->len;
  view_set (&analysis->settled, frames, self->info);
  show (self, &analysis->settled);
}

static void
analysis_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  CoterieSessionSender *sender = data;
  g_autoptr (CoterieSession) self = coterie_session_sender_dup_session (sender);
  gboolean waits = self != NULL && self->analysis.job == sender->job;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) frames = coterie_reanalysis_execute_finish (result, &error);

  coterie_session_sender_unref (sender);
  if (!waits)
    return;

  g_clear_object (&self->analysis.job);
  if (frames != NULL) {
    settle (self, frames);
    coterie_session_follow_layout (self);
  } else {
    show (self, &self->analysis.settled);
  }
  tell_analysing (self);
  if (error != NULL)
    g_signal_emit_by_name (self, "failed", error);
}

/* Index in the recording of the frame that is shown now. */
static guint
find_current (CoterieSession *self)
{
  const CoterieFrame *current = coterie_session_get_current_frame (self);
  GPtrArray *recorded = self->analysis.recorded.frames;

  for (guint i = 0; i < recorded->len; i++)
    if (((CoterieFrame *) g_ptr_array_index (recorded, i))->iteration == current->iteration)
      return i;
  return 0;
}

/* [n_frames]: nearest to the current frame first, of two the later. */
static guint *
order_from (guint current, guint n_frames)
{
  guint *order = g_new (guint, n_frames);
  guint n = 0;

  order[n++] = current;
  for (guint distance = 1; distance < n_frames; distance++) {
    if (current + distance < n_frames)
      order[n++] = current + distance;
    if (distance <= current)
      order[n++] = current - distance;
  }
  return order;
}

static void
start (CoterieSession *self)
{
  CoterieSessionAnalysis *analysis = &self->analysis;
  guint n_frames = analysis->recorded.frames->len;
  g_autofree guint *order = order_from (find_current (self), n_frames);
  CoterieSessionSender *sender;

  if (analysis->reanalysis == NULL)
    analysis->reanalysis = coterie_reanalysis_new (self->path, 0, 0);
  analysis->job = g_cancellable_new ();
  g_clear_pointer (&analysis->shown, g_ptr_array_unref);
  analysis->shown = coterie_frames_copy (self->frames);
  sender = coterie_session_sender_new (self, analysis->job, NULL, NULL);
  coterie_reanalysis_execute_async (analysis->reanalysis, &self->info->analysis, order, n_frames,
                                    frame_ready, sender, coterie_session_sender_unref,
                                    analysis->job, analysis_ended,
                                    coterie_session_sender_ref (sender));
  tell_analysing (self);
}

/**
 * coterie_session_get_can_analyse:
 * @self: the session
 *
 * Returns: whether coterie_session_analyse() may be called: all frames are there, and nothing is being
 *   trained
 */
gboolean
coterie_session_get_can_analyse (CoterieSession *self)
{
  return self->state == COTERIE_SESSION_SHOWING && self->frames->len > 0 &&
         (self->complete || self->at_rest);
}

/* For the layout too: keeps what is shown, which is what is recorded, to go back to. */
void
coterie_session_remember_recorded (CoterieSession *self)
{
  CoterieSessionAnalysis *analysis = &self->analysis;
  g_autoptr (GPtrArray) frames = NULL;

  if (analysis->recorded.frames != NULL)
    return;
  frames = coterie_frames_copy (self->frames);
  view_set (&analysis->recorded, frames, self->info);
  view_set (&analysis->settled, frames, self->info);
}

/**
 * coterie_session_analyse:
 * @self: a session for which coterie_session_get_can_analyse() holds
 * @settings: of the analysis
 *
 * Analyses the networks of the recording again and shows the result instead of what is shown; the file
 * stays as it is. The settings in force are those of coterie_session_get_info() from now on. Frames
 * are replaced as they are ready, told by "frames-replaced", beginning with the current one; "analysing"
 * holds until all are. Frames whose weights are not recorded are gone in the end. Another call takes
 * the place of this one. What goes wrong is told by "failed", and then what was shown is shown again.
 */
void
coterie_session_analyse (CoterieSession *self, const CoterieAnalysisSettings *settings)
{
  g_autoptr (CoterieRunInfo) info = NULL;

  g_return_if_fail (coterie_session_get_can_analyse (self));

  if (coterie_analysis_settings_equal (settings, &self->info->analysis))
    return;
  coterie_session_remember_recorded (self);
  if (coterie_analysis_settings_equal (settings, &self->analysis.recorded.info->analysis)) {
    coterie_session_reset_analysis (self);
    return;
  }
  cancel (self);
  coterie_session_give_layout_up (self);
  info = coterie_reanalysis_describe (self->info, settings);
  coterie_session_replace_info (self, info);
  start (self);
}

/**
 * coterie_session_reset_analysis:
 * @self: the session
 *
 * Shows what is recorded again, at once.
 */
void
coterie_session_reset_analysis (CoterieSession *self)
{
  CoterieSessionAnalysis *analysis = &self->analysis;

  if (analysis->recorded.frames == NULL)
    return;
  cancel (self);
  coterie_session_give_layout_up (self);
  analysis->n_left_out = 0;
  view_set (&analysis->settled, analysis->recorded.frames, analysis->recorded.info);
  show (self, &analysis->settled);
  tell_analysing (self);
}

/**
 * coterie_session_stop_analysis:
 * @self: the session
 *
 * Gives up the analysis under way, if there is one, and shows the last one that was whole.
 */
void
coterie_session_stop_analysis (CoterieSession *self)
{
  if (!cancel (self))
    return;
  show (self, &self->analysis.settled);
  tell_analysing (self);
}

/**
 * coterie_session_get_analysing:
 * @self: the session
 *
 * Returns: whether an analysis is under way
 */
gboolean
coterie_session_get_analysing (CoterieSession *self)
{
  return self->analysis.job != NULL;
}

/**
 * coterie_session_get_analysis_status:
 * @self: the session
 * @status: (out caller-allocates): how far the analysis is
 *
 * Returns: %FALSE if none is under way
 */
gboolean
coterie_session_get_analysis_status (CoterieSession *self, CoterieReanalysisStatus *status)
{
  if (self->analysis.job == NULL)
    return FALSE;
  coterie_reanalysis_get_status (self->analysis.reanalysis, status);
  return TRUE;
}

/**
 * coterie_session_get_recorded_info:
 * @self: the session
 *
 * Returns: (nullable) (transfer none): what the recording says of itself, whatever settings are in
 *   force; %NULL until known
 */
CoterieRunInfo *
coterie_session_get_recorded_info (CoterieSession *self)
{
  return self->analysis.recorded.info != NULL ? self->analysis.recorded.info : self->info;
}

/**
 * coterie_session_get_recorded_frames:
 * @self: the session
 *
 * Returns: (nullable) (transfer none) (element-type CoterieFrame): the frames as they are recorded, as
 *   soon as something else has been asked for, %NULL before
 */
GPtrArray *
coterie_session_get_recorded_frames (CoterieSession *self)
{
  return self->analysis.recorded.frames;
}

/**
 * coterie_session_get_n_left_out:
 * @self: the session
 *
 * Returns: how many frames of the recording are not shown, as their weights are not recorded
 */
guint
coterie_session_get_n_left_out (CoterieSession *self)
{
  return self->analysis.n_left_out;
}

/**
 * coterie_session_get_outdated:
 * @self: the session
 * @index: a frame that is shown
 *
 * Returns: whether it has other settings than those in force, as its turn in the analysis under way is
 *   still to come
 */
gboolean
coterie_session_get_outdated (CoterieSession *self, guint index)
{
  GPtrArray *shown = self->analysis.shown;

  return self->analysis.job != NULL && index < shown->len &&
         g_ptr_array_index (shown, index) == coterie_session_get_frame (self, index);
}

/* What is being saved. */
typedef struct {
  char *recording;
  char *output;
  CoterieRunInfo *info;
  GPtrArray *frames;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  g_free (save->recording);
  g_free (save->output);
  coterie_run_info_unref (save->info);
  g_ptr_array_unref (save->frames);
  g_free (save);
}

/* The recording knows nothing of a layout that was made for this analysis. */
static gboolean
write_layout (const Save *save, GError **error)
{
  g_autoptr (GPtrArray) positions =
      g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_positions_free);

  for (guint i = 0; i < save->frames->len; i++)
    g_ptr_array_add (positions, coterie_frame_positions_new (g_ptr_array_index (save->frames, i)));
  return coterie_recording_lay_out (save->output, save->info, positions, error);
}

static void
save_analysis (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Save *save = data;
  GError *error = NULL;

  if (coterie_reanalysis_write (save->recording, &save->info->analysis, save->frames, save->output,
                                TRUE, cancellable, &error) &&
      write_layout (save, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * coterie_session_save_analysis_async:
 * @self: a session in which no analysis is under way
 * @output: the path of a new recording; a file of that name is replaced, unless it is the recording
 *   itself
 * @callback: called when it is there, or cannot be
 * @data: passed to @callback
 *
 * Writes what is shown as a recording of its own, with the same weights.
 */
void
coterie_session_save_analysis_async (CoterieSession *self,
                                     const char *output,
                                     GAsyncReadyCallback callback,
                                     gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Save *save;

  g_return_if_fail (coterie_session_get_can_analyse (self) && self->analysis.job == NULL);

  save = g_new0 (Save, 1);
  save->recording = g_strdup (self->path);
  save->output = g_strdup (output);
  save->info = coterie_run_info_ref (self->info);
  coterie_session_remember_recorded (self);
  save->frames = g_ptr_array_ref (self->analysis.settled.frames);
  task = coterie_owned_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, coterie_session_save_analysis_async);
  g_task_set_task_data (task, save, save_free);
  g_task_run_in_thread (task, save_analysis);
}

/**
 * coterie_session_save_analysis_finish:
 * @self: the session
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: %FALSE with an error as of coterie_reanalysis_write()
 */
gboolean
coterie_session_save_analysis_finish (CoterieSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, coterie_session_save_analysis_async),
                        FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* For the session itself: forgets all that belongs to this recording. */
void
coterie_session_clear_analysis (CoterieSession *self)
{
  gboolean was_analysing = cancel (self);

  g_clear_pointer (&self->analysis.reanalysis, coterie_reanalysis_unref);
  g_clear_pointer (&self->analysis.shown, g_ptr_array_unref);
  view_set (&self->analysis.recorded, NULL, NULL);
  view_set (&self->analysis.settled, NULL, NULL);
  self->analysis.n_left_out = 0;
  if (was_analysing)
    tell_analysing (self);
}

/* For the layout: the frames that are shown, which are whole, have other places now. */
void
coterie_session_settle_layout (CoterieSession *self, GPtrArray *frames, CoterieRunInfo *info)
{
  CoterieSessionAnalysis *analysis = &self->analysis;
  gboolean is_recorded;

  coterie_session_remember_recorded (self);
  is_recorded = analysis->settled.frames == analysis->recorded.frames;
  view_set (&analysis->settled, frames, info);
  if (is_recorded)
    view_set (&analysis->recorded, frames, info);
  show (self, &analysis->settled);
}

/* For the layout: shows what was whole last. */
void
coterie_session_show_settled (CoterieSession *self)
{
  show (self, &self->analysis.settled);
}

/* For the layout: [n_frames]: indices of the frames that are shown, nearest to the current one first. */
guint *
coterie_session_order_frames (CoterieSession *self)
{
  return order_from (coterie_timeline_get_frame (self->timeline), self->frames->len);
}
