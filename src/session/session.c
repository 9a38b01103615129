/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one window shows: the frames of a recording, where on the timeline it stands, and which
 * layer is chosen. A training and an opened file look the same from here: frames arrive, each at
 * the end of the list. The object lives on the main thread; threads hand frames over as deliveries
 * to its main context, marked with the job they belong to, and those of a job that has been
 * replaced meanwhile are dropped. */

#include "session/session.h"

#include "session/session-private.h"

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

/* For loading and training too. */
void
coterie_session_set_state (CoterieSession *self, CoterieSessionState state)
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

  /* Afterwards only the pins change, and they do so here first. */
  if (self->info == NULL || (self->run != NULL && !self->described))
    set_info (self, parcel->info);
  self->described = TRUE;
  if (parcel->frame != NULL) {
    g_autoptr (CoterieFrame) frame = coterie_session_obey_pins (self, parcel->frame);

    add_frame (self, frame);
  }
  if (parcel->at_rest)
    come_to_rest (self);
  if (self->state == COTERIE_SESSION_LOADING && self->run != NULL)
    coterie_session_set_state (self, COTERIE_SESSION_TRAINING);
  else if (self->state == COTERIE_SESSION_LOADING && parcel->frame != NULL)
    coterie_session_set_state (self, COTERIE_SESSION_SHOWING);
}

/* For the threads that load and train: hands over what there is now. */
void
coterie_session_deliver (CoterieSessionSender *sender,
                         CoterieRunInfo *info,
                         CoterieFrame *frame,
                         gboolean at_rest)
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
  coterie_session_set_state (self, self->frames->len > 0 ? COTERIE_SESSION_SHOWING
                                                         : COTERIE_SESSION_EMPTY);
}

/* For loading and training: what was going on has ended, unless it has been replaced before. */
void
coterie_session_end_job (CoterieSession *self, GCancellable *job, const GError *error)
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

/* For loading and training: forgets what was shown, and waits for what a recording gives. */
void
coterie_session_start_job (CoterieSession *self, const char *path)
{
  g_autofree char *kept = g_strdup (path);

  forget_recording (self);
  self->job = g_cancellable_new ();
  self->path = g_steal_pointer (&kept);
  notify (self, PROP_N_FRAMES);
  notify (self, PROP_INFO);
  coterie_session_set_state (self, COTERIE_SESSION_LOADING);
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
  coterie_session_set_state (self, COTERIE_SESSION_EMPTY);
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
 * coterie_session_get_failure:
 * @self: the session
 *
 * Returns: how and when the training failed, as far as its frames have arrived; see
 *   coterie_frames_find_failure()
 */
CoterieFailure
coterie_session_get_failure (CoterieSession *self)
{
  return coterie_frames_find_failure (self->frames);
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
