/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a recording holds for one iteration, as a value that threads may share: it never changes,
 * shares the layers' analyses and owns everything else. */

#include "core/recording/frame.h"

static void
frame_clear (gpointer pointer)
{
  CoterieFrame *frame = pointer;

  for (guint l = 0; l < frame->n_layers; l++) {
    coterie_layer_analysis_unref (frame->layers[l].analysis);
    g_free ((gpointer) frame->layers[l].identities);
    g_free ((gpointer) frame->layers[l].positions);
  }
  g_free ((gpointer) frame->layers);
}

/**
 * coterie_frame_new:
 * @fields: what the frame shall hold; the analyses get a reference each, the arrays are copied.
 *   Arrays without elements may be %NULL
 *
 * Cost: copies 12 bytes a node and nothing of the graphs.
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
    gsize n_communities = layer->analysis->n_communities;
    gsize n_nodes = layer->analysis->n_nodes;

    layers[l].analysis = coterie_layer_analysis_ref (layer->analysis);
    layers[l].identities = g_memdup2 (layer->identities, n_communities * sizeof (guint32));
    layers[l].positions = g_memdup2 (layer->positions, n_nodes * 2 * sizeof (float));
  }
  frame->layers = layers;
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
