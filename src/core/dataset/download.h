/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/download-error.h"

G_BEGIN_DECLS

/**
 * CoterieDownload:
 * @addresses: (array zero-terminated): where the file is to be had, http or https; tried in turn
 * @path: where it is to be
 * @size: its bytes
 * @sha256: its SHA-256 in hexadecimal, in small letters
 * @timeout_seconds: how long a server may be silent; 0 means 30 seconds
 *
 * A file to download whose content is known.
 */
typedef struct {
  const char *const *addresses;
  const char *path;
  guint64 size;
  const char *sha256;
  guint timeout_seconds;
} CoterieDownload;

/**
 * CoterieDownloadProgress:
 * @n_done: bytes that have come
 * @n_total: bytes there will be
 * @data: what was passed with the function
 *
 * Called on the thread of the download, many times a second.
 */
typedef void (*CoterieDownloadProgress) (guint64 n_done, guint64 n_total, gpointer data);

gboolean coterie_download_may_follow (GUri *from, GUri *to);
gboolean coterie_download_run (const CoterieDownload *download,
                               CoterieDownloadProgress progress,
                               gpointer data,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
