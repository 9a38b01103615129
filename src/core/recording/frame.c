/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a recording holds for one iteration, as a value that threads may share: it never changes,
 * shares the layers' analyses and owns everything else. */

#include "core/recording/frame.h"

#include <math.h>

static void
free_events (const CoterieFrameLayer *layer)
{
  for (guint i = 0; i < layer->n_events; i++)
    g_free ((gpointer) layer->events[i].neurons);
  g_free ((gpointer) layer->events);
}

static void
frame_clear (gpointer pointer)
{
  CoterieFrame *frame = pointer;

  for (guint l = 0; l < frame->n_layers; l++) {
    coterie_layer_analysis_unref (frame->layers[l].analysis);
    g_free ((gpointer) frame->layers[l].communities);
    g_free ((gpointer) frame->layers[l].identities);
    free_events (&frame->layers[l]);
    g_free ((gpointer) frame->layers[l].positions);
  }
  g_free ((gpointer) frame->layers);
  for (guint split = 0; split < COTERIE_N_SPLITS; split++)
    g_free ((gpointer) frame->class_accuracies[split]);
}

static CoterieLineageEvent *
copy_events (const CoterieFrameLayer *layer)
{
  CoterieLineageEvent *events = g_memdup2 (layer->events, layer->n_events * sizeof *events);

  for (guint i = 0; i < layer->n_events; i++)
    events[i].neurons = g_memdup2 (events[i].neurons, events[i].n_neurons * sizeof (guint32));
  return events;
}

/**
 * coterie_frame_new:
 * @fields: what the frame shall hold; the analyses get a reference each, the arrays are copied.
 *   Arrays without elements may be %NULL
 *
 * Cost: copies some 20 bytes a node and nothing of the graphs.
 *
 * Returns: (transfer full): the frame
 */
CoterieFrame *
coterie_frame_new (const CoterieFrame *fields)
{
  CoterieFrame *frame = g_atomic_rc_box_new (CoterieFrame);
  CoterieFrameLayer *layers = g_new (CoterieFrameLayer, fields->n_layers);

  *frame = *fields;
  for (guint l = 0; l < fields->n_layers; l++) {
    const CoterieFrameLayer *layer = &fields->layers[l];
    gsize n_nodes = layer->analysis->n_nodes;

    layers[l].analysis = coterie_layer_analysis_ref (layer->analysis);
    layers[l].n_communities = layer->n_communities;
    layers[l].communities = g_memdup2 (layer->communities, n_nodes * sizeof (guint32));
    layers[l].identities = g_memdup2 (layer->identities, layer->n_communities * sizeof (guint32));
    layers[l].n_events = layer->n_events;
    layers[l].events = copy_events (layer);
    layers[l].positions = g_memdup2 (layer->positions, n_nodes * 2 * sizeof (float));
  }
  frame->layers = layers;
  for (guint split = 0; split < COTERIE_N_SPLITS; split++)
    frame->class_accuracies[split] =
        g_memdup2 (fields->class_accuracies[split], fields->n_classes * sizeof (double));
  return frame;
}

/**
 * coterie_frame_ref:
 * @frame: the frame
 *
 * Returns: (transfer full): @frame
 */
CoterieFrame *
coterie_frame_ref (CoterieFrame *frame)
{
  return g_atomic_rc_box_acquire (frame);
}

/**
 * coterie_frame_unref:
 * @frame: (transfer full): the frame
 *
 * Frees @frame with its last reference.
 */
void
coterie_frame_unref (CoterieFrame *frame)
{
  g_atomic_rc_box_release_full (frame, frame_clear);
}

static gpointer
copy_frame (gconstpointer frame, gpointer data)
{
  return coterie_frame_ref ((CoterieFrame *) frame);
}

/**
 * coterie_frame_has_exploded:
 * @frame: the frame
 *
 * Says whether the training has diverged although the loss of its samples is a number: see
 * coterie_evaluation_has_exploded(). The untrained network has not.
 *
 * Returns: whether it has
 */
gboolean
coterie_frame_has_exploded (const CoterieFrame *frame)
{
  return frame->iteration > 0 && coterie_evaluation_has_exploded (
                                     &frame->evaluations[COTERIE_SPLIT_TRAINING], frame->n_classes);
}

/**
 * coterie_frame_has_diverged:
 * @frame: the frame
 *
 * Says whether the frame is of no use: its training loss has exploded, or a loss or an activation of any
 * layer is no finite number. Cost: a look at each layer.
 *
 * Returns: whether it is
 */
gboolean
coterie_frame_has_diverged (const CoterieFrame *frame)
{
  if (coterie_frame_has_exploded (frame))
    return TRUE;
  for (guint split = 0; split < COTERIE_N_SPLITS; split++)
    if (!isfinite (frame->evaluations[split].loss))
      return TRUE;
  for (guint l = 0; l < frame->n_layers; l++)
    if (frame->layers[l].analysis->n_bad_values > 0)
      return TRUE;
  return FALSE;
}

/**
 * coterie_frames_copy:
 * @frames: (element-type CoterieFrame): frames
 *
 * Returns: (transfer full) (element-type CoterieFrame): the same frames in an array of its own, which
 *   lets go of them when it is freed
 */
GPtrArray *
coterie_frames_copy (GPtrArray *frames)
{
  GPtrArray *copy = g_ptr_array_copy (frames, copy_frame, NULL);

  g_ptr_array_set_free_func (copy, (GDestroyNotify) coterie_frame_unref);
  return copy;
}
