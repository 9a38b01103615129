/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All layers at once, and the weights of the network that join them. Weights are read from the
 * recording for the frames that are asked for, one after the other and away from the main thread;
 * while one is being read, the last few that were asked for wait. What cannot be read has none. */

#include "core/recording/recording-reader.h"
#include "session/owned-task.h"
#include "session/session-private.h"

/* Who scrubs on does not wait for what he has passed. */
#define MAX_WAITING 4

/* Frames whose weights are kept. */
#define MAX_LOADED 64

typedef struct {
  char *path;
  CoterieFrame *frame;
} Wish;

static void start_loading (CoterieSession *self);

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->path);
  coterie_frame_unref (wish->frame);
  g_free (wish);
}

static void
unref_if_any (gpointer weights)
{
  if (weights != NULL)
    coterie_layer_weights_unref (weights);
}

static void
load_weights (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Wish *wish = data;
  GError *error = NULL;
  g_autoptr (CoterieRecordingReader) reader = coterie_recording_reader_open (wish->path, &error);
  CoterieLayerWeights *weights =
      reader != NULL ? coterie_layer_weights_load (reader, wish->frame, &error) : NULL;

  if (weights != NULL)
    g_task_return_pointer (task, weights, unref_if_any);
  else
    g_task_return_error (task, error);
}

static void
weights_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  CoterieSession *self = COTERIE_SESSION (source);
  CoterieSessionWeights *state = &self->weights;
  Wish *wish = g_task_get_task_data (G_TASK (result));
  CoterieLayerWeights *weights = g_task_propagate_pointer (G_TASK (result), NULL);

  if (state->job != g_task_get_cancellable (G_TASK (result))) {
    unref_if_any (weights);
    return;
  }
  g_clear_object (&state->job);
  if (g_hash_table_size (state->loaded) >= MAX_LOADED)
    g_hash_table_remove_all (state->loaded);
  g_hash_table_insert (state->loaded, coterie_frame_ref (wish->frame), weights);
  start_loading (self);
  g_signal_emit_by_name (self, "weights-loaded");
}

static void
start_loading (CoterieSession *self)
{
  CoterieSessionWeights *state = &self->weights;
  g_autoptr (GTask) task = NULL;
  CoterieFrame *frame;
  Wish *wish;

  if (state->job != NULL || g_queue_is_empty (&state->waiting))
    return;

  frame = g_queue_pop_tail (&state->waiting);
  wish = g_new (Wish, 1);
  wish->path = g_strdup (self->path);
  wish->frame = frame;
  state->job = g_cancellable_new ();
  task = coterie_owned_task_new (self, state->job, weights_loaded, NULL);
  g_task_set_task_data (task, wish, wish_free);
  g_task_run_in_thread (task, load_weights);
}

static void
want (CoterieSession *self, CoterieFrame *frame)
{
  CoterieSessionWeights *state = &self->weights;

  if (g_queue_find (&state->waiting, frame) != NULL)
    return;
  g_queue_push_tail (&state->waiting, coterie_frame_ref (frame));
  if (g_queue_get_length (&state->waiting) > MAX_WAITING)
    coterie_frame_unref (g_queue_pop_head (&state->waiting));
  start_loading (self);
}

/* Forgets what belongs to a recording that is not shown any more. */
void
coterie_session_clear_weights (CoterieSession *self)
{
  CoterieSessionWeights *state = &self->weights;

  if (state->job != NULL)
    g_cancellable_cancel (state->job);
  g_clear_object (&state->job);
  g_queue_clear_full (&state->waiting, (GDestroyNotify) coterie_frame_unref);
  g_clear_pointer (&state->loaded, g_hash_table_unref);
}

/**
 * coterie_session_get_layer_weights:
 * @self: the session
 * @index: less than the number of frames
 *
 * What is not there yet is read; "weights-loaded" tells when something has come.
 *
 * Returns: (transfer none) (nullable): what joins the layers of the frame, as far as it is known now;
 *   valid until the frames change
 */
CoterieLayerWeights *
coterie_session_get_layer_weights (CoterieSession *self, guint index)
{
  CoterieFrame *frame = coterie_session_get_frame (self, index);
  CoterieSessionWeights *state = &self->weights;
  gpointer weights;

  g_return_val_if_fail (frame != NULL, NULL);

  if (state->loaded == NULL)
    state->loaded = g_hash_table_new_full (g_direct_hash, g_direct_equal,
                                           (GDestroyNotify) coterie_frame_unref, unref_if_any);
  if (g_hash_table_lookup_extended (state->loaded, frame, NULL, &weights))
    return weights;
  want (self, frame);
  return NULL;
}

/**
 * coterie_session_get_all_layers:
 * @self: the session
 *
 * Returns: whether all layers are shown at once, if there are several; then the layer that is chosen is
 *   the one that plots and texts are about
 */
gboolean
coterie_session_get_all_layers (CoterieSession *self)
{
  return self->all_layers && coterie_session_get_n_layers (self) > 1;
}

/**
 * coterie_session_set_all_layers:
 * @self: the session
 * @all_layers: whether to show all layers at once
 */
void
coterie_session_set_all_layers (CoterieSession *self, gboolean all_layers)
{
  if (!self->all_layers == !all_layers)
    return;
  self->all_layers = all_layers;
  g_object_notify (G_OBJECT (self), "all-layers");
}
