/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/frame.h"
#include "core/recording/recording-row.h"
#include "core/recording/run-info.h"

G_BEGIN_DECLS

void coterie_recording_layer_put (CoterieRow *row, guint iteration, const CoterieFrameLayer *layer);
void coterie_recording_layer_take (CoterieRow *row,
                                   guint iteration,
                                   guint number,
                                   const CoterieRunInfo *info,
                                   CoterieFrameLayer *layer);
void coterie_recording_positions_put (
    CoterieRow *row, guint iteration, guint layer, const float *positions, guint n_nodes);
void coterie_recording_positions_take (CoterieRow *row,
                                       guint iteration,
                                       guint number,
                                       CoterieFrameLayer *layer);
void coterie_recording_layer_clear (CoterieFrameLayer *layer);

G_END_DECLS
