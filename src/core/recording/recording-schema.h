/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* In the file's header, where file(1) and others look: "Ctri". */
#define COTERIE_RECORDING_APPLICATION_ID 0x43747269
#define COTERIE_RECORDING_VERSION 1

/* Parameters are cut into pieces so that no blob needs more memory than this, and are kept with
 * every frame only if they fit into one. */
#define COTERIE_RECORDING_CHUNK_BYTES (16 * 1024 * 1024)
#define COTERIE_RECORDING_KEY_FRAME 10

int coterie_schema_create (sqlite3 *database);
int coterie_schema_matches (sqlite3 *database, gboolean *matches);

G_END_DECLS
