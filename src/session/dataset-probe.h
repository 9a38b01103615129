/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset-options.h"
#include "core/dataset/dataset.h"
#include "core/recording/run-info.h"

G_BEGIN_DECLS

void coterie_dataset_probe_async (const char *source,
                                  const CoterieDatasetOptions *options,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
void coterie_dataset_probe_recorded_async (CoterieRunInfo *info,
                                           const char *recording,
                                           const char *moved_to,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer data);
CoterieDataset *coterie_dataset_probe_finish (GAsyncResult *result, GError **error);

G_END_DECLS
