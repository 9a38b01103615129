/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the nodes of a frame are, apart from all else that a frame holds: the one part of it that can
 * be made anew without the network. */

#include "core/recording/frame-positions.h"

/**
 * coterie_frame_positions_new:
 * @frame: a frame
 *
 * Returns: (transfer full): where its nodes are
 */
CoterieFramePositions *
coterie_frame_positions_new (const CoterieFrame *frame)
{
  CoterieFramePositions *positions = g_new (CoterieFramePositions, 1);

  positions->iteration = frame->iteration;
  positions->n_layers = frame->n_layers;
  positions->n_nodes = g_new (guint, frame->n_layers);
  positions->positions = g_new (float *, frame->n_layers);
  for (guint l = 0; l < frame->n_layers; l++) {
    const CoterieFrameLayer *layer = &frame->layers[l];
    gsize n_values = 2 * (gsize) layer->analysis->n_nodes;

    positions->n_nodes[l] = layer->analysis->n_nodes;
    positions->positions[l] = g_memdup2 (layer->positions, n_values * sizeof (float));
  }
  return positions;
}

/**
 * coterie_frame_positions_free:
 * @positions: (transfer full): positions
 *
 * Frees @positions.
 */
void
coterie_frame_positions_free (CoterieFramePositions *positions)
{
  for (guint l = 0; l < positions->n_layers; l++)
    g_free (positions->positions[l]);
  g_free (positions->positions);
  g_free (positions->n_nodes);
  g_free (positions);
}

/**
 * coterie_frame_positions_apply:
 * @positions: where nodes are
 * @frame: a frame with these nodes
 *
 * Returns: (transfer full): @frame with its nodes there
 */
CoterieFrame *
coterie_frame_positions_apply (const CoterieFramePositions *positions, const CoterieFrame *frame)
{
  CoterieFrame fields = *frame;
  g_autofree CoterieFrameLayer *layers = NULL;

  g_return_val_if_fail (positions->n_layers == frame->n_layers, NULL);

  layers = g_memdup2 (frame->layers, frame->n_layers * sizeof *layers);
  for (guint l = 0; l < frame->n_layers; l++) {
    g_return_val_if_fail (positions->n_nodes[l] == layers[l].analysis->n_nodes, NULL);
    layers[l].positions = positions->positions[l];
  }
  fields.layers = layers;
  return coterie_frame_new (&fields);
}
