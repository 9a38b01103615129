/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *coterie_recordings_folder_propose (const char *dataset_name, GError **error);

void coterie_recordings_folder_ask_free_async (GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer data);
gboolean coterie_recordings_folder_ask_free_finish (GAsyncResult *result, guint64 *n_bytes);

void coterie_recordings_folder_find_last_async (const char *dataset_name,
                                                GCancellable *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer data);
char *coterie_recordings_folder_find_last_finish (GAsyncResult *result);

G_END_DECLS
