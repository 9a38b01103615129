/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/frame.h"

G_BEGIN_DECLS

/**
 * CoterieFramePositions:
 * @iteration: of the frame
 * @n_layers: hidden layers
 * @n_nodes: [n_layers]: of the graph of each layer
 * @positions: [n_layers][n_nodes][2]: x to the right and y upwards, in the layout's unit of length
 *
 * Where the nodes of a frame are.
 */
typedef struct {
  guint iteration;
  guint n_layers;
  guint *n_nodes;
  float **positions;
} CoterieFramePositions;

CoterieFramePositions *coterie_frame_positions_new (const CoterieFrame *frame);
void coterie_frame_positions_free (CoterieFramePositions *positions);
CoterieFrame *coterie_frame_positions_apply (const CoterieFramePositions *positions,
                                             const CoterieFrame *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieFramePositions, coterie_frame_positions_free)

G_END_DECLS
