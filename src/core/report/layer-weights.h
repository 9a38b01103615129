/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/strongest-weights.h"
#include "core/recording/recording-reader.h"

G_BEGIN_DECLS

/**
 * CoterieLayerWeights:
 * @known: whether the recording has a network of this iteration or of an earlier one
 * @iteration: the iteration of that network
 * @n_pairs: pairs of successive hidden layers; 0 if it is not known
 * @pairs: [n_pairs]: the strongest weights between the nodes of one layer and those of the next
 *
 * What joins the layers of a frame. Immutable and reference-counted; its fields are for reading.
 */
typedef struct {
  gboolean known;
  guint iteration;
  guint n_pairs;
  CoterieStrongestWeights **pairs;
} CoterieLayerWeights;

CoterieLayerWeights *coterie_layer_weights_load (CoterieRecordingReader *reader,
                                                 const CoterieFrame *frame,
                                                 GError **error);
CoterieLayerWeights *coterie_layer_weights_ref (CoterieLayerWeights *weights);
void coterie_layer_weights_unref (CoterieLayerWeights *weights);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieLayerWeights, coterie_layer_weights_unref)

G_END_DECLS
