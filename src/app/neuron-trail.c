/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way of a neuron through the frames. */

#include "app/neuron-trail.h"

#include "draw/scene/scene-graph.h"

/**
 * coterie_neuron_trail_new:
 * @session: whose frames
 * @key: a neuron
 * @last: the frame at which the trail ends
 *
 * Frames whose graph does not have the neuron are left out. Cost: a binary search a frame.
 *
 * Returns: (transfer full) (element-type float): two numbers for each place, x and y in layout units,
 *   the oldest first
 */
GArray *
coterie_neuron_trail_new (CoterieSession *session, guint64 key, guint last)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (float));
  guint n_frames = coterie_session_get_n_frames (session);
  guint layer = coterie_scene_key_layer (key);

  for (guint i = 0; i <= last && i < n_frames; i++) {
    const CoterieFrame *frame = coterie_session_get_frame (session, i);
    gint node = -1;

    if (layer >= 1 && layer <= frame->n_layers)
      node = coterie_layer_analysis_find_node (frame->layers[layer - 1].analysis,
                                               coterie_scene_key_neuron (key));
    if (node >= 0)
      g_array_append_vals (points, frame->layers[layer - 1].positions + 2 * node, 2);
  }
  return points;
}
