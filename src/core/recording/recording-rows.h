/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/network/network.h"
#include "core/recording/frame.h"
#include "core/recording/recording.h"
#include "core/recording/run-info.h"
#include <sqlite3.h>

G_BEGIN_DECLS

gboolean coterie_recording_rows_store_beginning (sqlite3 *database, const CoterieRunInfo *info);
gboolean coterie_recording_rows_store_run (sqlite3 *database, const CoterieRunInfo *info);
gboolean coterie_recording_rows_store_state (sqlite3 *database,
                                             CoterieRecordingEnding ending,
                                             const char *reason,
                                             guint n_frames);
gboolean coterie_recording_rows_store_frame (sqlite3 *database,
                                             const CoterieFrame *frame,
                                             const CoterieNetwork *network);
gboolean coterie_recording_rows_store_layer (sqlite3 *database,
                                             guint iteration,
                                             const CoterieFrameLayer *layer);
gboolean coterie_recording_rows_store_parameters (sqlite3 *database,
                                                  guint iteration,
                                                  const CoterieNetwork *network);
gboolean coterie_recording_rows_store_chunk (
    sqlite3 *database, guint iteration, guint chunk, const float *values, gsize n_values);
gboolean coterie_recording_rows_remove_iteration (sqlite3 *database, guint iteration);
gboolean coterie_recording_rows_remove_pieces (sqlite3 *database);

G_END_DECLS
