/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way of a neuron through the last few frames: the whole of it would be a tangle, because layouts of
 * frames that are far apart have little to do with each other. A neuron that represents no class in a frame
 * has no place there; its trail ends where it was last. */

#include "app/neuron-trail.h"

#include "draw/scene/scene-graph.h"

/* How far back it goes, in frames. */
#define N_BEFORE 5

/* Returns: x and y in the frame's layout of the neuron's layer, or %NULL if it is not there. */
static const float *
find_place (CoterieSession *session, guint64 key, guint index)
{
  const CoterieFrame *frame = coterie_session_get_frame (session, index);
  guint layer = coterie_scene_key_layer (key);
  gint node;

  if (layer < 1 || layer > frame->n_layers)
    return NULL;
  node = coterie_layer_analysis_find_node (frame->layers[layer - 1].analysis,
                                           coterie_scene_key_neuron (key));
  return node >= 0 ? frame->layers[layer - 1].positions + 2 * node : NULL;
}

/* The frame nearest to @shown that has the neuron, rather one before it than one after it; @n_frames if
 * there is none. */
static guint
find_nearest (CoterieSession *session, guint64 key, guint shown, guint n_frames)
{
  for (guint i = MIN (shown + 1, n_frames); i > 0; i--)
    if (find_place (session, key, i - 1) != NULL)
      return i - 1;
  for (guint i = shown + 1; i < n_frames; i++)
    if (find_place (session, key, i) != NULL)
      return i;
  return n_frames;
}

/**
 * coterie_neuron_trail_new:
 * @session: whose frames
 * @key: a neuron
 * @shown: the frame that is shown, alone or on the way to the next one
 * @ended: (out): whether the neuron is not in that frame; the last place is then where it was last, or is
 *   first if it was nowhere before
 *
 * The trail of a neuron that is there goes on to the next frame, on the way to which it moves. Frames whose
 * graph does not have it are left out. Cost: a binary search a frame.
 *
 * Returns: (transfer full) (element-type float): two numbers for each place, x and y in layout units,
 *   the oldest first
 */
GArray *
coterie_neuron_trail_new (CoterieSession *session, guint64 key, guint shown, gboolean *ended)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (float));
  guint n_frames = coterie_session_get_n_frames (session);
  guint last = find_nearest (session, key, shown, n_frames);
  guint first = last > N_BEFORE ? last - N_BEFORE : 0;

  *ended = last != shown;
  if (!*ended)
    last++;
  for (guint i = first; i <= last && i < n_frames; i++) {
    const float *place = find_place (session, key, i);

    if (place != NULL)
      g_array_append_vals (points, place, 2);
  }
  return points;
}
