/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/parallel.h"
#include "core/base/progress.h"
#include "core/dataset/dataset-options.h"
#include "core/dataset/dataset.h"
#include "core/recording/run-info.h"
#include <gio/gio.h>

G_BEGIN_DECLS

CoterieDataset *coterie_run_dataset_open (const char *source,
                                          const CoterieDatasetOptions *options,
                                          const CoterieTrainingSettings *training,
                                          CoteriePool *pool,
                                          CoterieProgress *progress,
                                          GCancellable *cancellable,
                                          GError **error);
CoterieDataset *coterie_run_dataset_reopen_at (const char *moved_to,
                                               const CoterieRunInfo *info,
                                               const char *recording,
                                               CoteriePool *pool,
                                               CoterieProgress *progress,
                                               GCancellable *cancellable,
                                               GError **error);
CoterieDataset *coterie_run_dataset_reopen (const CoterieRunInfo *info,
                                            const char *recording,
                                            CoteriePool *pool,
                                            CoterieProgress *progress,
                                            GCancellable *cancellable,
                                            GError **error);

G_END_DECLS
