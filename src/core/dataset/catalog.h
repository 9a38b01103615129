/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/parallel.h"
#include "core/base/progress.h"
#include "core/dataset/dataset-options.h"
#include "core/dataset/dataset.h"

G_BEGIN_DECLS

CoterieDataset *
coterie_dataset_open (const char *source, GCancellable *cancellable, GError **error);
CoterieDataset *coterie_dataset_open_with (const char *source,
                                           const CoterieDatasetOptions *options,
                                           CoteriePool *pool,
                                           CoterieProgress *progress,
                                           GCancellable *cancellable,
                                           GError **error);

char *coterie_dataset_find_source (const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
