/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one window shows: the frames of a recording, where on the timeline it stands, and which
 * layer is chosen. A training and an opened file look the same from here: frames arrive, each at
 * the end of the list. The object lives on the main thread; threads hand frames over as deliveries
 * to its main context, marked with the job they belong to, and those of a job that has been
 * replaced meanwhile are dropped. */

#include "session/session.h"

#include "core/recording/recording-reader.h"
#include "core/run/run-continuation.h"
#include "session/session-private.h"
#include "session/session-sender.h"

/* How often a recording that somebody else is still writing is asked for new frames. */
#define REFRESH_INTERVAL_US G_USEC_PER_SEC

typedef enum {
  PROP_STATE = 1,
  PROP_PAUSED,
  PROP_INFO,
  PROP_N_FRAMES,
  PROP_LAYER,
  PROP_ALL_LAYERS,
  PROP_ANALYSING,
  PROP_LAYING_OUT,
} CoterieSessionProperty;

static GParamSpec *properties[PROP_LAYING_OUT + 1];

enum {
  SIGNAL_FAILED,
  SIGNAL_TRAINING_ENDED,
  SIGNAL_FRAMES_REPLACED,
  SIGNAL_PINS_CHANGED,
  SIGNAL_WEIGHTS_LOADED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CoterieSession, coterie_session, G_TYPE_OBJECT)

/* What a thread hands over: the description of the run first, then frames; and, when all that was in
 * a file has been handed over, nothing more than that. */
typedef struct {
  CoterieRunInfo *info;
  CoterieFrame *frame;
  gboolean at_rest;
} Parcel;

static void
parcel_free (gpointer data)
{
  Parcel *parcel = data;

  coterie_run_info_unref (parcel->info);
  g_clear_pointer (&parcel->frame, coterie_frame_unref);
  g_free (parcel);
}

static void
notify (CoterieSession *self, CoterieSessionProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_state (CoterieSession *self, CoterieSessionState state)
{
  if (self->state == state)
    return;
  self->state = state;
  notify (self, PROP_STATE);
}

static void
set_info (CoterieSession *self, CoterieRunInfo *info)
{
  g_clear_pointer (&self->info, coterie_run_info_unref);
  self->info = coterie_run_info_ref (info);
  if (self->layer == 0 || self->layer > info->training.n_hidden)
    self->layer = info->training.n_hidden;
  notify (self, PROP_INFO);
  notify (self, PROP_LAYER);
}

/* A last frame that is there only because the training had ended gives way to one that follows. */
static gboolean
remove_frame_out_of_turn (CoterieSession *self)
{
  guint n_frames = self->frames->len;
  const CoterieFrame *last = n_frames > 0 ? g_ptr_array_index (self->frames, n_frames - 1) : NULL;

  if (last == NULL || last->iteration % self->info->training.record_every == 0)
    return FALSE;
  g_ptr_array_set_size (self->frames, (int) n_frames - 1);
  return TRUE;
}

/* A frame of somebody who writes on belongs to the recorded ones. */
static void
add_frame (CoterieSession *self, CoterieFrame *frame)
{
  gboolean replaces;

  coterie_session_reset_analysis (self);
  coterie_session_clear_analysis (self);
  replaces = remove_frame_out_of_turn (self);
  g_ptr_array_add (self->frames, coterie_frame_ref (frame));
  self->at_rest = FALSE;
  coterie_timeline_set_n_frames (self->timeline, self->frames->len);
  if (replaces)
    g_signal_emit (self, signals[SIGNAL_FRAMES_REPLACED], 0);
  notify (self, PROP_N_FRAMES);
}

static void
come_to_rest (CoterieSession *self)
{
  self->at_rest = TRUE;
  notify (self, PROP_N_FRAMES);
}

static void
receive (CoterieSession *self, GCancellable *job, gpointer data)
{
  const Parcel *parcel = data;

  if (self->job != job)
    return;

  if (self->info == NULL || (self->run != NULL && self->info != parcel->info))
    set_info (self, parcel->info);
  if (parcel->frame != NULL)
    add_frame (self, parcel->frame);
  if (parcel->at_rest)
    come_to_rest (self);
  if (self->state == COTERIE_SESSION_LOADING && self->run != NULL)
    set_state (self, COTERIE_SESSION_TRAINING);
  else if (self->state == COTERIE_SESSION_LOADING && parcel->frame != NULL)
    set_state (self, COTERIE_SESSION_SHOWING);
}

static void
deliver (CoterieSessionSender *sender, CoterieRunInfo *info, CoterieFrame *frame, gboolean at_rest)
{
  Parcel *parcel = g_new (Parcel, 1);

  parcel->info = coterie_run_info_ref (info);
  parcel->frame = frame != NULL ? coterie_frame_ref (frame) : NULL;
  parcel->at_rest = at_rest;
  coterie_session_sender_send (sender, receive, parcel, parcel_free);
}

/* What has been recorded stays on view; a failure before the first frame leaves nothing. */
static void
show_what_there_is (CoterieSession *self)
{
  set_state (self, self->frames->len > 0 ? COTERIE_SESSION_SHOWING : COTERIE_SESSION_EMPTY);
}

static void
end_job (CoterieSession *self, GCancellable *job, const GError *error)
{
  gboolean was_training = self->run != NULL;

  if (self->job != job)
    return;

  g_clear_pointer (&self->run, coterie_run_unref);
  self->complete = TRUE;
  notify (self, PROP_PAUSED);
  notify (self, PROP_N_FRAMES);
  show_what_there_is (self);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
  else if (was_training && self->frames->len > 0)
    g_signal_emit (self, signals[SIGNAL_TRAINING_ENDED], 0);
  self->continuing = FALSE;
}

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

  coterie_run_execute_finish (run, result, &error);
  if (self->job == job)
    coterie_session_take_positions (self, run);
  end_job (self, job, error);
}

static void
run_frame_ready (CoterieRun *run, CoterieRunInfo *info, CoterieFrame *frame, gpointer data)
{
  deliver (data, info, frame, FALSE);
}

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
    deliver (sender, coterie_recording_reader_get_info (reader), frame, FALSE);
    *last = frame->iteration;
    (*n_loaded)++;
  }
  return TRUE;
}

/* Loads all frames, then waits for more while the recording is not finished. */
static void
load_recording (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  CoterieSessionSender *sender = data;
  GError *error = NULL;
  guint n_loaded = 0;
  guint last = 0;
  gboolean waiting = FALSE;
  g_autoptr (CoterieRecordingReader) reader = coterie_recording_reader_open (sender->work, &error);

  if (reader == NULL) {
    g_task_return_error (task, error);
    return;
  }
  deliver (sender, coterie_recording_reader_get_info (reader), NULL, FALSE);

  while (load_frames (reader, sender, &n_loaded, &last, &error)) {
    if (coterie_recording_reader_get_finished (reader)) {
      g_task_return_boolean (task, TRUE);
      return;
    }
    if (!waiting)
      deliver (sender, coterie_recording_reader_get_info (reader), NULL, TRUE);
    waiting = TRUE;
    for (guint i = 0; i < 10 && !g_cancellable_is_cancelled (cancellable); i++)
      g_usleep (REFRESH_INTERVAL_US / 10);
    if (!coterie_recording_reader_refresh (reader, &error))
      break;
  }
  g_task_return_error (task, error);
}

static void
recording_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  CoterieSession *self = COTERIE_SESSION (source);
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  end_job (self, g_task_get_cancellable (G_TASK (result)), error);
}

static void
clear_job (CoterieSession *self)
{
  g_cancellable_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_pointer (&self->run, coterie_run_unref);
  coterie_session_clear_layout (self);
  coterie_session_clear_analysis (self);
  coterie_session_clear_weights (self);
  g_clear_pointer (&self->info, coterie_run_info_unref);
  g_clear_pointer (&self->path, g_free);
  g_ptr_array_set_size (self->frames, 0);
  self->layer = 0;
  self->continuing = FALSE;
  self->complete = FALSE;
  self->at_rest = FALSE;
}

static void
forget_recording (CoterieSession *self)
{
  clear_job (self);
  coterie_timeline_reset (self->timeline);
  coterie_selection_clear (self->selection);
  coterie_selection_set_focus (self->selection, COTERIE_SELECTION_NO_KEY);
}

static void
start_job (CoterieSession *self, const char *path)
{
  g_autofree char *kept = g_strdup (path);

  forget_recording (self);
  self->job = g_cancellable_new ();
  self->path = g_steal_pointer (&kept);
  notify (self, PROP_N_FRAMES);
  notify (self, PROP_INFO);
  set_state (self, COTERIE_SESSION_LOADING);
}

static void
coterie_session_dispose (GObject *object)
{
  CoterieSession *self = COTERIE_SESSION (object);

  clear_job (self);
  g_clear_object (&self->timeline);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (coterie_session_parent_class)->dispose (object);
}

static void
coterie_session_finalize (GObject *object)
{
  CoterieSession *self = COTERIE_SESSION (object);

  g_ptr_array_unref (self->frames);
  G_OBJECT_CLASS (coterie_session_parent_class)->finalize (object);
}

static void
coterie_session_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  CoterieSession *self = COTERIE_SESSION (object);

  switch ((CoterieSessionProperty) prop_id) {
  case PROP_STATE:
    g_value_set_int (value, (int) self->state);
    break;
  case PROP_PAUSED:
    g_value_set_boolean (value, coterie_session_get_paused (self));
    break;
  case PROP_INFO:
    g_value_set_pointer (value, self->info);
    break;
  case PROP_N_FRAMES:
    g_value_set_uint (value, self->frames->len);
    break;
  case PROP_LAYER:
    g_value_set_uint (value, self->layer);
    break;
  case PROP_ALL_LAYERS:
    g_value_set_boolean (value, self->all_layers);
    break;
  case PROP_ANALYSING:
    g_value_set_boolean (value, coterie_session_get_analysing (self));
    break;
  case PROP_LAYING_OUT:
    g_value_set_boolean (value, coterie_session_get_laying_out (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
coterie_session_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  CoterieSession *self = COTERIE_SESSION (object);

  if (prop_id == PROP_LAYER)
    coterie_session_set_layer (self, g_value_get_uint (value));
  else if (prop_id == PROP_ALL_LAYERS)
    coterie_session_set_all_layers (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
coterie_session_class_init (CoterieSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = coterie_session_dispose;
  object_class->finalize = coterie_session_finalize;
  object_class->get_property = coterie_session_get_property;
  object_class->set_property = coterie_session_set_property;

  properties[PROP_STATE] =
      g_param_spec_int ("state", NULL, NULL, COTERIE_SESSION_EMPTY, COTERIE_SESSION_SHOWING,
                        COTERIE_SESSION_EMPTY, readable);
  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, readable);
  properties[PROP_INFO] = g_param_spec_pointer ("info", NULL, NULL, readable);
  properties[PROP_N_FRAMES] = g_param_spec_uint ("n-frames", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_LAYER] =
      g_param_spec_uint ("layer", NULL, NULL, 0, COTERIE_MAX_HIDDEN_LAYERS, 0,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_ALL_LAYERS] =
      g_param_spec_boolean ("all-layers", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_ANALYSING] = g_param_spec_boolean ("analysing", NULL, NULL, FALSE, readable);
  properties[PROP_LAYING_OUT] = g_param_spec_boolean ("laying-out", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNAL_TRAINING_ENDED] =
      g_signal_new ("training-ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PINS_CHANGED] =
      g_signal_new ("pins-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FRAMES_REPLACED] =
      g_signal_new ("frames-replaced", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_WEIGHTS_LOADED] =
      g_signal_new ("weights-loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 0);
}

static void
coterie_session_init (CoterieSession *self)
{
  self->timeline = coterie_timeline_new ();
  self->selection = coterie_selection_new ();
  self->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_unref);
}

/**
 * coterie_session_new:
 *
 * Returns: (transfer full): a session in which nothing is open
 */
CoterieSession *
coterie_session_new (void)
{
  return g_object_new (COTERIE_TYPE_SESSION, NULL);
}

/**
 * coterie_session_open:
 * @self: the session
 * @path: a recording
 *
 * Shows a recording instead of what was shown. Frames arrive one after the other; while another
 * program still writes it, further ones do. What goes wrong is told by "failed".
 */
void
coterie_session_open (CoterieSession *self, const char *path)
{
  g_autoptr (GTask) task = NULL;

  start_job (self, path);
  task = g_task_new (self, self->job, recording_ended, NULL);
  g_task_set_task_data (task,
                        coterie_session_sender_new (self, self->job, g_strdup (self->path), g_free),
                        coterie_session_sender_unref);
  g_task_run_in_thread (task, load_recording);
}

static void
start_run (CoterieSession *self, const CoterieRunSettings *settings)
{
  RunEnd *end = g_new0 (RunEnd, 1);

  self->run = coterie_run_new (settings);
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
  start_job (self, settings->output);
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
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

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

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
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
  self->continuing = TRUE;
  self->complete = FALSE;
  self->at_rest = FALSE;
  start_run (self, &settings);
  set_state (self, COTERIE_SESSION_LOADING);
  notify (self, PROP_N_FRAMES);
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
  set_state (self, COTERIE_SESSION_STOPPING);
  g_cancellable_cancel (self->job);
}

/**
 * coterie_session_close:
 * @self: the session
 *
 * Shows nothing any more, and ends what was going on.
 */
void
coterie_session_close (CoterieSession *self)
{
  forget_recording (self);
  notify (self, PROP_N_FRAMES);
  notify (self, PROP_INFO);
  set_state (self, COTERIE_SESSION_EMPTY);
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
  notify (self, PROP_PAUSED);
}

/**
 * coterie_session_get_state:
 * @self: the session
 *
 * Returns: what the session does
 */
CoterieSessionState
coterie_session_get_state (CoterieSession *self)
{
  return self->state;
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
 * coterie_session_get_path:
 * @self: the session
 *
 * Returns: (nullable): the recording's file
 */
const char *
coterie_session_get_path (CoterieSession *self)
{
  return self->path;
}

/**
 * coterie_session_get_info:
 * @self: the session
 *
 * Returns: (nullable) (transfer none): what was trained, and how; %NULL until that is known
 */
CoterieRunInfo *
coterie_session_get_info (CoterieSession *self)
{
  return self->info;
}

/**
 * coterie_session_get_timeline:
 * @self: the session
 *
 * Returns: (transfer none): where on the way through the frames it stands
 */
CoterieTimeline *
coterie_session_get_timeline (CoterieSession *self)
{
  return self->timeline;
}

/**
 * coterie_session_get_selection:
 * @self: the session
 *
 * Returns: (transfer none): the neurons that are selected in every view of the recording
 */
CoterieSelection *
coterie_session_get_selection (CoterieSession *self)
{
  return self->selection;
}

/**
 * coterie_session_get_n_frames:
 * @self: the session
 *
 * Returns: the number of frames that have arrived
 */
guint
coterie_session_get_n_frames (CoterieSession *self)
{
  return self->frames->len;
}

/**
 * coterie_session_get_frame:
 * @self: the session
 * @index: less than the number of frames
 *
 * Returns: (transfer none): a frame
 */
CoterieFrame *
coterie_session_get_frame (CoterieSession *self, guint index)
{
  g_return_val_if_fail (index < self->frames->len, NULL);

  return g_ptr_array_index (self->frames, index);
}

/**
 * coterie_session_get_current_frame:
 * @self: the session
 *
 * Returns: (transfer none) (nullable): the frame nearest to where the timeline stands
 */
CoterieFrame *
coterie_session_get_current_frame (CoterieSession *self)
{
  if (self->frames->len == 0)
    return NULL;
  return coterie_session_get_frame (self, coterie_timeline_get_frame (self->timeline));
}

/**
 * coterie_session_get_complete:
 * @self: the session
 *
 * Returns: whether no further frames will come
 */
gboolean
coterie_session_get_complete (CoterieSession *self)
{
  return self->complete;
}

/**
 * coterie_session_get_n_layers:
 * @self: the session
 *
 * Returns: hidden layers of the network; 0 until known
 */
guint
coterie_session_get_n_layers (CoterieSession *self)
{
  return self->info != NULL ? self->info->training.n_hidden : 0;
}

/**
 * coterie_session_get_layer:
 * @self: the session
 *
 * Returns: the hidden layer that is shown, from 1; 0 until a recording is open
 */
guint
coterie_session_get_layer (CoterieSession *self)
{
  return self->layer;
}

/**
 * coterie_session_set_layer:
 * @self: the session
 * @layer: a hidden layer, from 1
 *
 * Chooses the layer that is shown.
 */
void
coterie_session_set_layer (CoterieSession *self, guint layer)
{
  if (layer == self->layer || layer < 1 || layer > coterie_session_get_n_layers (self))
    return;
  self->layer = layer;
  notify (self, PROP_LAYER);
}
