/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Identities for the communities of a frame alone. What a community is called, and its colour, follow
 * from the frames before it; as long as these are not there, it borrows the identity of the recorded
 * community of the same iteration which it resembles most, so that colours stay where they were. */

#include "core/run/borrowed-identities.h"

#include "core/analysis/assignment.h"

/* gains: [n_communities of the layer][n_communities of the recorded layer]: neurons in common, of
 * communities that are followed. */
static double *
count_shared (const CoterieFrameLayer *layer, const CoterieFrameLayer *recorded)
{
  double *gains = g_new0 (double, (gsize) layer->n_communities * recorded->n_communities + 1);

  for (guint v = 0; v < layer->analysis->n_nodes; v++) {
    gint node = coterie_layer_analysis_find_node (recorded->analysis, layer->analysis->neurons[v]);
    guint k = layer->communities[v];

    if (node >= 0 && layer->identities[k] != COTERIE_LINEAGE_NONE &&
        recorded->identities[recorded->communities[node]] != COTERIE_LINEAGE_NONE)
      gains[(gsize) k * recorded->n_communities + recorded->communities[node]] += 1.0;
  }
  return gains;
}

/* [n_communities]: of each community that is followed, the identity of the recorded community that it
 * shares neurons with, so that as many neurons as possible keep theirs; a number that is not in use
 * where there is none. */
static guint32 *
borrow_identities (const CoterieFrameLayer *layer, const CoterieFrameLayer *recorded)
{
  g_autofree double *gains = count_shared (layer, recorded);
  g_autofree guint *assigned = g_new (guint, layer->n_communities + 1);
  guint32 *identities = g_new (guint32, layer->n_communities + 1);
  guint32 next = 0;

  for (guint k = 0; k < recorded->n_communities; k++)
    if (recorded->identities[k] != COTERIE_LINEAGE_NONE)
      next = MAX (next, recorded->identities[k] + 1);
  coterie_assignment_compute (gains, layer->n_communities, recorded->n_communities, assigned);

  for (guint k = 0; k < layer->n_communities; k++) {
    guint match = assigned[k];

    if (layer->identities[k] == COTERIE_LINEAGE_NONE)
      identities[k] = COTERIE_LINEAGE_NONE;
    else if (match != COTERIE_ASSIGNMENT_NONE &&
             gains[(gsize) k * recorded->n_communities + match] > 0.0)
      identities[k] = recorded->identities[match];
    else
      identities[k] = next++;
  }
  return identities;
}

/**
 * coterie_borrowed_identities_apply:
 * @frame: a frame
 * @recorded: another analysis of the same network
 *
 * Each community that is followed gets the identity of a recorded one, so that as many neurons as
 * possible keep theirs, or a number that is not in use where it shares no neuron with any. Cost: the
 * matching of the communities of every layer.
 *
 * Returns: (transfer full): @frame with these identities, and without events
 */
CoterieFrame *
coterie_borrowed_identities_apply (const CoterieFrame *frame, const CoterieFrame *recorded)
{
  CoterieFrame fields = *frame;
  g_autofree CoterieFrameLayer *layers = g_new (CoterieFrameLayer, frame->n_layers);
  CoterieFrame *lent;

  fields.layers = layers;
  for (guint l = 0; l < frame->n_layers; l++) {
    layers[l] = frame->layers[l];
    layers[l].identities = borrow_identities (&frame->layers[l], &recorded->layers[l]);
    layers[l].n_events = 0;
    layers[l].events = NULL;
  }
  lent = coterie_frame_new (&fields);
  for (guint l = 0; l < frame->n_layers; l++)
    g_free ((gpointer) layers[l].identities);
  return lent;
}
