/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/network/network.h"
#include "core/recording/frame.h"
#include "core/recording/run-info.h"

G_BEGIN_DECLS

char *coterie_run_info_find_fault (const CoterieRunInfo *info);
char *coterie_positions_find_fault (const float *positions, guint n_nodes);
char *coterie_layer_find_fault (const CoterieFrameLayer *layer,
                                const CoterieEdge *edges,
                                guint n_edges,
                                const CoterieRunInfo *info);
char *coterie_widths_find_fault (const guint32 *widths, gsize n_widths, const CoterieRunInfo *info);
char *coterie_frame_find_fault (const CoterieFrame *frame,
                                const CoterieNetwork *network,
                                const CoterieRunInfo *info);

G_END_DECLS
