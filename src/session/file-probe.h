/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CoterieFileKind:
 * @COTERIE_FILE_NONE: nothing that can be opened
 * @COTERIE_FILE_RECORDING: a recording
 * @COTERIE_FILE_DATASET: a data set, or a part of one
 *
 * What a file or folder that someone picked is.
 */
typedef enum {
  COTERIE_FILE_NONE,
  COTERIE_FILE_RECORDING,
  COTERIE_FILE_DATASET,
} CoterieFileKind;

CoterieFileKind
coterie_file_probe (const char *path, char **source, GCancellable *cancellable, GError **error);
void coterie_file_probe_async (const char *path,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);
CoterieFileKind coterie_file_probe_finish (GAsyncResult *result, char **source, GError **error);

G_END_DECLS
