/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/known-sets.h"

G_BEGIN_DECLS

void coterie_dataset_download_async (const CoterieKnownSet *set,
                                     CoterieDownloadProgress progress,
                                     gpointer progress_data,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
char *coterie_dataset_download_finish (GAsyncResult *result, GError **error);

G_END_DECLS
