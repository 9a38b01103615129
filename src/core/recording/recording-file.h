/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

sqlite3 *
coterie_recording_file_open (const char *path, gboolean whole, guint64 *size, GError **error);
void coterie_recording_file_set_error (
    GError **error, const char *path, const char *place, sqlite3 *database, int result);

G_END_DECLS
