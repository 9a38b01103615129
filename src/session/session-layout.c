/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the nodes of a session's frames are, and which of them the user has pinned. Other settings or pins
 * are laid out on a thread: with other settings frames are replaced where they stand, the one that is shown
 * first, and when all have been laid out together these take their place. The result is written into the recording, one layout
 * after the other, the last one always; unless what is shown is another analysis than the recorded one,
 * which is saved as a recording of its own. What is given up leaves the last layout that was whole. Pins that
 * are put back where they were bring back the layout that was shown then. */

#include "core/recording/recording-layout.h"
#include "session/owned-task.h"
#include "session/session-private.h"

/* Nodes of all frames of the layouts that are remembered, some 16 bytes each. */
#define MAX_REMEMBERED_NODES (4 * 1024 * 1024)

/* What is being written. */
typedef struct {
  char *path;
  CoterieRunInfo *info;
  GPtrArray *positions;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  g_free (save->path);
  coterie_run_info_unref (save->info);
  g_ptr_array_unref (save->positions);
  g_free (save);
}

static void
write_layout (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Save *save = data;
  GError *error = NULL;

  if (coterie_recording_lay_out (save->path, save->info, save->positions, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static GPtrArray *
copy_positions (GPtrArray *frames)
{
  GPtrArray *positions =
      g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_positions_free);

  for (guint i = 0; i < frames->len; i++)
    g_ptr_array_add (positions, coterie_frame_positions_new (g_ptr_array_index (frames, i)));
  return positions;
}

static void
tell_laying_out (CoterieSession *self)
{
  g_object_notify (G_OBJECT (self), "laying-out");
}

static void start_next (CoterieSession *self);

/* What has to wait for the file to be written is told in the same way as what has to wait for the layout. */
static void
saving_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  CoterieSession *self = COTERIE_SESSION (source);
  const Save *save = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  self->layout.saving = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error) &&
      g_strcmp0 (save->path, self->path) == 0)
    g_signal_emit_by_name (self, "failed", error);
  start_next (self);
  tell_laying_out (self);
}

/* One at a time: the last one has to be the one that stays. The task keeps the session until all are
 * written, whatever is opened or closed meanwhile. */
static void
start_next (CoterieSession *self)
{
  g_autoptr (GTask) task = NULL;
  Save *save;

  if (self->layout.saving)
    return;
  save = g_queue_pop_head (&self->layout.unsaved);
  if (save == NULL)
    return;
  self->layout.saving = TRUE;
  task = coterie_owned_task_new (self, NULL, saving_ended, NULL);
  g_task_set_task_data (task, save, save_free);
  g_task_run_in_thread (task, write_layout);
}

static gboolean
shows_recorded_analysis (CoterieSession *self)
{
  CoterieRunInfo *recorded = coterie_session_get_recorded_info (self);

  return coterie_analysis_settings_equal (&self->info->analysis, &recorded->analysis);
}

static void
save_layout (CoterieSession *self)
{
  Save *last = g_queue_peek_tail (&self->layout.unsaved);
  Save *save;

  if (!shows_recorded_analysis (self))
    return;
  if (last != NULL && g_str_equal (last->path, self->path))
    save_free (g_queue_pop_tail (&self->layout.unsaved));
  save = g_new0 (Save, 1);
  save->path = g_strdup (self->path);
  save->info = coterie_run_info_ref (self->info);
  save->positions = copy_positions (self->frames);
  g_queue_push_tail (&self->layout.unsaved, save);
  start_next (self);
}

static void
receive_frame (CoterieSession *self, GCancellable *job, gpointer frame)
{
  if (self->layout.job != job)
    return;
  coterie_session_replace_frame (self, frame);
  tell_laying_out (self);
}

/* On the thread that works. */
static void
positions_ready (CoterieRelayout *relayout,
                 guint index,
                 const CoterieFramePositions *positions,
                 gpointer data)
{
  CoterieSessionSender *sender = data;
  CoterieFrame *frame = g_ptr_array_index ((GPtrArray *) sender->work, index);

  coterie_session_sender_send (sender, receive_frame,
                               coterie_frame_positions_apply (positions, frame),
                               (GDestroyNotify) coterie_frame_unref);
}

/* Of each frame of which there are positions; others stay as they are. */
static GPtrArray *
move_frames (GPtrArray *frames, GPtrArray *positions)
{
  GPtrArray *moved = g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_unref);
  guint next = 0;

  for (guint i = 0; i < frames->len; i++) {
    CoterieFrame *frame = g_ptr_array_index (frames, i);
    const CoterieFramePositions *there = NULL;

    while (next < positions->len &&
           ((CoterieFramePositions *) g_ptr_array_index (positions, next))->iteration <
               frame->iteration)
      next++;
    if (next < positions->len)
      there = g_ptr_array_index (positions, next);
    g_ptr_array_add (moved, there != NULL && there->iteration == frame->iteration
                                ? coterie_frame_positions_apply (there, frame)
                                : coterie_frame_ref (frame));
  }
  return moved;
}

static void
layout_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  CoterieSessionSender *sender = data;
  g_autoptr (CoterieSession) self = coterie_session_sender_dup_session (sender);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) positions = NULL;

  positions = coterie_relayout_execute_finish (result, &error);
  if (self == NULL || self->layout.job != sender->job) {
    coterie_session_sender_unref (sender);
    return;
  }
  g_clear_object (&self->layout.job);
  if (positions != NULL) {
    g_autoptr (GPtrArray) frames = move_frames (sender->work, positions);

    coterie_session_settle_layout (self, frames, self->info);
    save_layout (self);
  } else {
    coterie_session_show_settled (self);
  }
  coterie_session_sender_unref (sender);
  tell_laying_out (self);
  if (error != NULL)
    g_signal_emit_by_name (self, "failed", error);
}

static gboolean
cancel (CoterieSession *self)
{
  if (self->layout.job == NULL)
    return FALSE;
  g_cancellable_cancel (self->layout.job);
  g_clear_object (&self->layout.job);
  return TRUE;
}

/* at_once: frames are replaced one by one beforehand. About pins most of them stay as they are, and would
 * only move here and back. */
static void
start (CoterieSession *self, gboolean at_once)
{
  CoterieSessionLayout *layout = &self->layout;
  g_autoptr (GPtrArray) frames = coterie_frames_copy (self->frames);
  g_autofree guint *order = coterie_session_order_frames (self);
  CoterieSessionSender *sender;

  cancel (self);
  if (layout->relayout == NULL)
    layout->relayout = coterie_relayout_new (0);
  layout->job = g_cancellable_new ();
  sender = coterie_session_sender_new (self, layout->job, g_ptr_array_ref (frames),
                                       (GDestroyNotify) g_ptr_array_unref);
  coterie_relayout_execute_async (layout->relayout, frames, self->info, order,
                                  at_once ? frames->len : 0, positions_ready, sender,
                                  coterie_session_sender_unref, layout->job, layout_ended,
                                  coterie_session_sender_ref (sender));
  tell_laying_out (self);
}

/**
 * coterie_session_get_can_lay_out:
 * @self: the session
 *
 * Returns: whether the layout and the pins can be changed: all frames are there, nothing is being trained, and no analysis
 *   is under way
 */
gboolean
coterie_session_get_can_lay_out (CoterieSession *self)
{
  return coterie_session_get_can_analyse (self) && !coterie_session_get_analysing (self);
}

/**
 * coterie_session_lay_out:
 * @self: a session for which coterie_session_get_can_lay_out() holds
 * @settings: of the layout
 *
 * Lays out all graphs with other settings. These are those of coterie_session_get_info() from now on.
 * Frames are replaced as they are ready, told by "frames-replaced", beginning with the current one;
 * "laying-out" holds until all are. Then the layout is kept in the recording, unless what is shown is
 * another analysis than the recorded one. Another call takes the place of this one. What goes wrong is told
 * by "failed", and then what was shown is shown again.
 */
void
coterie_session_lay_out (CoterieSession *self, const CoterieLayoutSettings *settings)
{
  g_autoptr (CoterieRunInfo) info = NULL;
  CoterieRunInfo fields;

  g_return_if_fail (coterie_session_get_can_lay_out (self));

  if (coterie_layout_settings_equal (settings, &self->info->layout))
    return;
  coterie_session_remember_recorded (self);
  fields = *self->info;
  fields.layout = *settings;
  info = coterie_run_info_new (&fields);
  coterie_session_replace_info (self, info);
  start (self, TRUE);
}

/**
 * coterie_session_get_laying_out:
 * @self: the session
 *
 * Returns: whether a layout is under way
 */
gboolean
coterie_session_get_laying_out (CoterieSession *self)
{
  return self->layout.job != NULL;
}

/**
 * coterie_session_get_layout_fraction:
 * @self: the session
 *
 * Returns: how much of the layout under way is done, a fraction from 0 to 1; 1 if there is none
 */
double
coterie_session_get_layout_fraction (CoterieSession *self)
{
  return self->layout.job != NULL ? coterie_relayout_get_fraction (self->layout.relayout) : 1.0;
}

/**
 * coterie_session_get_pins:
 * @self: the session
 * @n_pins: (out): how many
 *
 * Returns: (transfer none) (array length=n_pins): the pinned neurons of all layers, in the order of
 *   coterie_pin_compare(); valid until they change
 */
const CoteriePin *
coterie_session_get_pins (CoterieSession *self, guint *n_pins)
{
  *n_pins = self->info != NULL ? self->info->n_pins : 0;
  return self->info != NULL ? self->info->pins : NULL;
}

/**
 * coterie_session_find_pin:
 * @self: the session
 * @layer: a hidden layer, from 1
 * @neuron: a neuron
 *
 * Returns: (transfer none) (nullable): where it is pinned, or %NULL if it is not; valid until pins change
 */
const CoteriePin *
coterie_session_find_pin (CoterieSession *self, guint layer, guint32 neuron)
{
  guint n_pins;
  const CoteriePin *pins = coterie_session_get_pins (self, &n_pins);

  for (guint i = 0; i < n_pins; i++)
    if (pins[i].layer == layer && pins[i].neuron == neuron)
      return &pins[i];
  return NULL;
}

static gboolean
is_among (const CoteriePin *pins, guint n_pins, const CoteriePin *pin)
{
  for (guint i = 0; i < n_pins; i++)
    if (coterie_pin_compare (&pins[i], pin) == 0)
      return TRUE;
  return FALSE;
}

/* The pins that are there but for the ones given, and these as well if they are new. */
static CoterieRunInfo *
describe_pins (CoterieRunInfo *info, const CoteriePin *pins, guint n_pins, gboolean pinned)
{
  CoterieRunInfo fields = *info;
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (CoteriePin));

  for (guint i = 0; i < info->n_pins; i++)
    if (!is_among (pins, n_pins, &info->pins[i]))
      g_array_append_val (all, info->pins[i]);
  if (pinned && n_pins > 0)
    g_array_append_vals (all, pins, n_pins);
  g_array_sort (all, coterie_pin_compare);
  fields.pins = (const CoteriePin *) all->data;
  fields.n_pins = all->len;
  return coterie_run_info_new (&fields);
}

/* Puts pinned neurons where they belong. Returns whether any of them was elsewhere. */
static gboolean
obey_pins (CoterieFramePositions *positions, const CoterieFrame *frame, const CoterieRunInfo *info)
{
  gboolean moved = FALSE;

  for (guint i = 0; i < info->n_pins; i++) {
    const CoteriePin *pin = &info->pins[i];
    gint node =
        coterie_layer_analysis_find_node (frame->layers[pin->layer - 1].analysis, pin->neuron);
    float *place;

    if (node < 0)
      continue;
    place = positions->positions[pin->layer - 1] + 2 * (gsize) node;
    moved = moved || place[0] != (float) pin->x || place[1] != (float) pin->y;
    place[0] = (float) pin->x;
    place[1] = (float) pin->y;
  }
  return moved;
}

static GPtrArray *
move_pinned (GPtrArray *frames, const CoterieRunInfo *info)
{
  GPtrArray *moved = g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_unref);

  for (guint i = 0; i < frames->len; i++) {
    CoterieFrame *frame = g_ptr_array_index (frames, i);
    g_autoptr (CoterieFramePositions) positions = coterie_frame_positions_new (frame);

    g_ptr_array_add (moved, obey_pins (positions, frame, info)
                                ? coterie_frame_positions_apply (positions, frame)
                                : coterie_frame_ref (frame));
  }
  return moved;
}

/* Shows pinned neurons where they belong; the others arrange themselves about them. */
static void
lay_out_about_pins (CoterieSession *self, CoterieRunInfo *info)
{
  g_autoptr (GPtrArray) frames = move_pinned (self->frames, info);

  coterie_session_settle_layout (self, frames, info);
  save_layout (self);
  start (self, FALSE);
}

/* The layout that is shown, if it is whole. */
static void
remember_layout (CoterieSession *self)
{
  CoterieSessionLayout *layout = &self->layout;

  if (layout->job != NULL)
    return;
  if (layout->memory == NULL)
    layout->memory = coterie_layout_memory_new (MAX_REMEMBERED_NODES);
  coterie_layout_memory_put (layout->memory, self->frames, self->info);
}

/* Shows what was shown with these pins before. Returns whether that is known. */
static gboolean
bring_layout_back (CoterieSession *self, CoterieRunInfo *info)
{
  CoterieSessionLayout *layout = &self->layout;
  g_autoptr (GPtrArray) frames =
      layout->memory != NULL ? coterie_layout_memory_find (layout->memory, self->frames, info)
                             : NULL;
  gboolean was_laying_out;

  if (frames == NULL)
    return FALSE;
  was_laying_out = cancel (self);
  coterie_session_settle_layout (self, frames, info);
  save_layout (self);
  if (was_laying_out)
    tell_laying_out (self);
  return TRUE;
}

/* The same while a training goes on, which lays its frames out itself. */
static void
train_with_pins (CoterieSession *self, CoterieRunInfo *info)
{
  g_autoptr (GPtrArray) frames = move_pinned (self->frames, info);

  coterie_run_set_pins (self->run, info->pins, info->n_pins);
  coterie_session_replace_info (self, info);
  coterie_session_replace_frames (self, frames);
}

static void
change_pins (CoterieSession *self, const CoteriePin *pins, guint n_pins, gboolean pinned)
{
  g_autoptr (CoterieRunInfo) info = NULL;

  g_return_if_fail (coterie_session_get_can_pin (self));

  info = describe_pins (self->info, pins, n_pins, pinned);
  if (coterie_pins_equal (info->pins, info->n_pins, self->info->pins, self->info->n_pins))
    return;
  if (self->run != NULL) {
    train_with_pins (self, info);
  } else {
    remember_layout (self);
    if (!bring_layout_back (self, info))
      lay_out_about_pins (self, info);
  }
  g_signal_emit_by_name (self, "pins-changed");
}

/**
 * coterie_session_get_can_pin:
 * @self: the session
 *
 * Returns: whether pins can be changed: as coterie_session_get_can_lay_out(), or something is being trained
 *   and there is a frame
 */
gboolean
coterie_session_get_can_pin (CoterieSession *self)
{
  if (self->state == COTERIE_SESSION_TRAINING && self->frames->len > 0)
    return TRUE;
  return coterie_session_get_can_lay_out (self);
}

/**
 * coterie_session_set_pins:
 * @self: a session for which coterie_session_get_can_pin() holds
 * @pins: (array length=n_pins): neurons of its layers, each at most once, and where they shall be, in
 *   the layout's unit of length
 * @n_pins: how many
 *
 * Pins neurons, or moves pinned ones elsewhere; other pins stay. They are there at once, in all frames,
 * told by "frames-replaced" and then "pins-changed". The others arrange themselves about them, as
 * coterie_session_lay_out() does it; while something is being trained they do so in the frames to come, and
 * in all when it ends. The pins are kept in the recording, unless what is shown is another analysis than
 * the recorded one. Where they were pinned before, all neurons go back to where they were then.
 */
void
coterie_session_set_pins (CoterieSession *self, const CoteriePin *pins, guint n_pins)
{
  change_pins (self, pins, n_pins, TRUE);
}

/**
 * coterie_session_unset_pins:
 * @self: a session for which coterie_session_get_can_pin() holds
 * @pins: (array length=n_pins): neurons; where they are does not matter
 * @n_pins: how many
 *
 * Lets neurons go. Told by "pins-changed". Where they were free before, and all others pinned as now, all
 * go back to where they were then.
 */
void
coterie_session_unset_pins (CoterieSession *self, const CoteriePin *pins, guint n_pins)
{
  change_pins (self, pins, n_pins, FALSE);
}

/* For the session itself: a run has ended, and its nodes are elsewhere in the end. */
void
coterie_session_take_positions (CoterieSession *self, CoterieRun *run)
{
  g_autoptr (GPtrArray) positions = coterie_run_dup_positions (run);
  g_autoptr (GPtrArray) frames = NULL;

  if (positions == NULL)
    return;
  frames = move_frames (self->frames, positions);
  coterie_session_replace_frames (self, frames);
}

/* For the session itself: a frame of a run that may not know of the newest pins yet. */
CoterieFrame *
coterie_session_obey_pins (CoterieSession *self, CoterieFrame *frame)
{
  g_autoptr (CoterieFramePositions) positions = NULL;

  if (self->run == NULL || self->info->n_pins == 0)
    return coterie_frame_ref (frame);
  positions = coterie_frame_positions_new (frame);
  return obey_pins (positions, frame, self->info) ? coterie_frame_positions_apply (positions, frame)
                                                  : coterie_frame_ref (frame);
}

/* For the session itself: a run has ended before it could lay all frames out about the newest pins. */
void
coterie_session_catch_up_with_pins (CoterieSession *self)
{
  if (coterie_session_get_can_lay_out (self))
    lay_out_about_pins (self, self->info);
}

/* For the analysis: shows what was whole last if another layout is under way. */
void
coterie_session_give_layout_up (CoterieSession *self)
{
  if (!cancel (self))
    return;
  coterie_session_show_settled (self);
  tell_laying_out (self);
}

/* For the analysis: its frames are laid out with the recorded settings and pins, which is not what is
 * wanted if others were chosen for another analysis. */
void
coterie_session_follow_layout (CoterieSession *self)
{
  CoterieRunInfo *recorded = coterie_session_get_recorded_info (self);

  if (!coterie_layout_settings_equal (&self->info->layout, &recorded->layout) ||
      !coterie_pins_equal (self->info->pins, self->info->n_pins, recorded->pins, recorded->n_pins))
    start (self, TRUE);
}

/* For the session itself: the run was broken off. If it had come to its last iteration, all graphs are laid
 * out together, as it would have done. */
void
coterie_session_finish_layout (CoterieSession *self)
{
  guint n_frames = self->frames->len;
  const CoterieFrame *last = n_frames > 0 ? g_ptr_array_index (self->frames, n_frames - 1) : NULL;

  if (last == NULL || last->iteration < self->info->training.n_iterations ||
      !coterie_session_get_can_lay_out (self))
    return;
  coterie_session_remember_recorded (self);
  start (self, TRUE);
}

/* For the session itself: forgets all that belongs to this recording, but not what has to be written. */
void
coterie_session_clear_layout (CoterieSession *self)
{
  gboolean was_laying_out = cancel (self);

  g_clear_pointer (&self->layout.relayout, coterie_relayout_unref);
  g_clear_pointer (&self->layout.memory, coterie_layout_memory_free);
  if (was_laying_out)
    tell_laying_out (self);
}
