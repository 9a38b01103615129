/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the nodes of a session's frames are, and which of them the user has pinned. What changes is shown
 * at once, and written into the recording by a thread, one layout after the other, the last one always;
 * unless what is shown is another analysis than the recorded one, which is saved as a recording of its
 * own. */

#include "core/recording/recording-layout.h"
#include "session/session-private.h"

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

static void start_next (CoterieSession *self);

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
}

static void
start_next (CoterieSession *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->layout.saving || self->layout.unsaved == NULL)
    return;
  self->layout.saving = TRUE;
  task = g_task_new (self, NULL, saving_ended, NULL);
  g_task_set_task_data (task, g_steal_pointer (&self->layout.unsaved), save_free);
  g_task_run_in_thread (task, write_layout);
}

/* One at a time: the last one has to be the one that stays. It is written even if something else is
 * opened meanwhile. */
static void
save_layout (CoterieSession *self)
{
  Save *save = g_new0 (Save, 1);

  save->path = g_strdup (self->path);
  save->info = coterie_run_info_ref (self->info);
  save->positions = copy_positions (self->frames);
  g_clear_pointer (&self->layout.unsaved, save_free);
  self->layout.unsaved = save;
  start_next (self);
}

/**
 * coterie_session_get_can_lay_out:
 * @self: the session
 *
 * Returns: whether pins can be changed: all frames are there, nothing is being trained, and no analysis
 *   is under way
 */
gboolean
coterie_session_get_can_lay_out (CoterieSession *self)
{
  return coterie_session_get_can_analyse (self) && !coterie_session_get_analysing (self);
}

static gboolean
shows_recorded_analysis (CoterieSession *self)
{
  CoterieRunInfo *recorded = coterie_session_get_recorded_info (self);

  return coterie_analysis_settings_equal (&self->info->analysis, &recorded->analysis);
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

static void
move_pinned (GPtrArray *frames, const CoterieRunInfo *info)
{
  for (guint i = 0; i < frames->len; i++) {
    CoterieFrame *frame = g_ptr_array_index (frames, i);
    g_autoptr (CoterieFramePositions) positions = coterie_frame_positions_new (frame);

    if (!obey_pins (positions, frame, info))
      continue;
    g_ptr_array_index (frames, i) = coterie_frame_positions_apply (positions, frame);
    coterie_frame_unref (frame);
  }
}

static void
change_pins (CoterieSession *self, const CoteriePin *pins, guint n_pins, gboolean pinned)
{
  g_autoptr (CoterieRunInfo) info = NULL;

  g_return_if_fail (coterie_session_get_can_lay_out (self));

  info = describe_pins (self->info, pins, n_pins, pinned);
  if (coterie_pins_equal (info->pins, info->n_pins, self->info->pins, self->info->n_pins))
    return;
  move_pinned (self->frames, info);
  coterie_session_replace_layout (self, info);
  if (shows_recorded_analysis (self))
    save_layout (self);
  g_signal_emit_by_name (self, "pins-changed");
}

/**
 * coterie_session_set_pins:
 * @self: a session for which coterie_session_get_can_lay_out() holds
 * @pins: (array length=n_pins): neurons of its layers, each at most once, and where they shall be, in
 *   the layout's unit of length
 * @n_pins: how many
 *
 * Pins neurons, or moves pinned ones elsewhere; other pins stay. They are there at once, in all frames,
 * told by "frames-replaced" and then "pins-changed". The pins are kept in the recording.
 */
void
coterie_session_set_pins (CoterieSession *self, const CoteriePin *pins, guint n_pins)
{
  change_pins (self, pins, n_pins, TRUE);
}

/**
 * coterie_session_unset_pins:
 * @self: a session for which coterie_session_get_can_lay_out() holds
 * @pins: (array length=n_pins): neurons; where they are does not matter
 * @n_pins: how many
 *
 * Lets neurons go. Told by "pins-changed".
 */
void
coterie_session_unset_pins (CoterieSession *self, const CoteriePin *pins, guint n_pins)
{
  change_pins (self, pins, n_pins, FALSE);
}

/**
 * coterie_session_set_pin:
 * @self: a session for which coterie_session_get_can_lay_out() holds
 * @layer: a hidden layer, from 1
 * @neuron: a neuron of it
 * @x: where it shall be, to the right, in the layout's unit of length
 * @y: upwards
 *
 * Does coterie_session_set_pins() with a single pin.
 */
void
coterie_session_set_pin (CoterieSession *self, guint layer, guint32 neuron, double x, double y)
{
  CoteriePin pin = {layer, neuron, x, y};

  coterie_session_set_pins (self, &pin, 1);
}

/**
 * coterie_session_unset_pin:
 * @self: a session for which coterie_session_get_can_lay_out() holds
 * @layer: a hidden layer, from 1
 * @neuron: a neuron of it
 *
 * Does coterie_session_unset_pins() with a single pin.
 */
void
coterie_session_unset_pin (CoterieSession *self, guint layer, guint32 neuron)
{
  CoteriePin pin = {.layer = layer, .neuron = neuron};

  coterie_session_unset_pins (self, &pin, 1);
}
