/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What joins the layers of a frame when all of them are shown: the strongest weights of the network
 * between the nodes of successive layers. A recording need not have the network of every iteration;
 * where it has none, the nearest earlier one stands for it, and says so. */

#include "core/report/layer-weights.h"

static CoterieLayerWeights *
create (gboolean known, guint iteration, guint n_pairs)
{
  CoterieLayerWeights *weights = g_atomic_rc_box_new0 (CoterieLayerWeights);

  weights->known = known;
  weights->iteration = iteration;
  weights->n_pairs = n_pairs;
  weights->pairs = g_new0 (CoterieStrongestWeights *, n_pairs);
  return weights;
}

/* The last frame up to @iteration that has a network; the number of frames if there is none. */
static gboolean
find_network (CoterieRecordingReader *reader, guint iteration, guint *index, GError **error)
{
  guint n_frames = coterie_recording_reader_get_n_frames (reader);
  gboolean found = FALSE;

  *index = n_frames;
  for (guint i = n_frames; i-- > 0 && !found;) {
    if (coterie_recording_reader_get_iteration (reader, i) > iteration)
      continue;
    if (!coterie_recording_reader_has_network (reader, i, &found, error))
      return FALSE;
    if (found)
      *index = i;
  }
  return TRUE;
}

/**
 * coterie_layer_weights_load:
 * @reader: the recording that @frame is of, or was analysed from
 * @frame: a frame
 * @error: return location for a #GError
 *
 * Finds the strongest weights between the nodes of each hidden layer and those of the next,
 * %COTERIE_STRONG_WEIGHTS_PER_NEURON for each neuron of the upper one, in the network of the frame or,
 * if that is not recorded, in the nearest earlier one. Cost: reading that network, and a pass over its
 * weights.
 *
 * Returns: (transfer full): the weights, also if there is no network; %NULL with an error of the
 *   recording's reader
 */
CoterieLayerWeights *
coterie_layer_weights_load (CoterieRecordingReader *reader,
                            const CoterieFrame *frame,
                            GError **error)
{
  g_autoptr (CoterieNetwork) network = NULL;
  CoterieLayerWeights *weights;
  guint index;

  if (!find_network (reader, frame->iteration, &index, error))
    return NULL;
  if (index == coterie_recording_reader_get_n_frames (reader))
    return create (FALSE, 0, 0);

  network = coterie_recording_reader_load_network (reader, index, error);
  if (network == NULL)
    return NULL;
  weights = create (TRUE, coterie_recording_reader_get_iteration (reader, index),
                    frame->n_layers > 0 ? frame->n_layers - 1 : 0);
  for (guint l = 0; l < weights->n_pairs; l++) {
    const CoterieLayerAnalysis *low = frame->layers[l].analysis;
    const CoterieLayerAnalysis *high = frame->layers[l + 1].analysis;

    weights->pairs[l] = coterie_strongest_weights_new (network, low->layer, low->neurons,
                                                       low->n_nodes, high->neurons, high->n_nodes,
                                                       COTERIE_STRONG_WEIGHTS_PER_NEURON);
  }
  return weights;
}

/**
 * coterie_layer_weights_ref:
 * @weights: weights
 *
 * Returns: (transfer full): the same
 */
CoterieLayerWeights *
coterie_layer_weights_ref (CoterieLayerWeights *weights)
{
  return g_atomic_rc_box_acquire (weights);
}

static void
clear (gpointer data)
{
  CoterieLayerWeights *weights = data;

  for (guint l = 0; l < weights->n_pairs; l++)
    g_clear_pointer (&weights->pairs[l], coterie_strongest_weights_unref);
  g_free (weights->pairs);
}

/**
 * coterie_layer_weights_unref:
 * @weights: (transfer full): weights
 */
void
coterie_layer_weights_unref (CoterieLayerWeights *weights)
{
  g_atomic_rc_box_release_full (weights, clear);
}
