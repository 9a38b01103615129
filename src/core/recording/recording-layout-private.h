/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/frame-positions.h"
#include "core/recording/run-info.h"
#include <sqlite3.h>

G_BEGIN_DECLS

/* These write rows and return whether they could; SQLite knows why not. Whoever calls them begins and
 * ends the transaction. */

gboolean coterie_recording_layout_store (sqlite3 *database, const CoterieRunInfo *info);
gboolean coterie_recording_positions_store (
    sqlite3 *database, guint iteration, guint layer, const float *positions, guint n_nodes);
gboolean coterie_recording_positions_store_all (sqlite3 *database, GPtrArray *positions);
char *coterie_recording_positions_find_misfit (sqlite3 *database, GPtrArray *positions);

G_END_DECLS
