/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset.h"
#include "core/recording/run-info.h"
#include <gio/gio.h>

G_BEGIN_DECLS

CoterieDataset *coterie_run_dataset_open (const char *source,
                                          const CoterieTrainingSettings *training,
                                          GCancellable *cancellable,
                                          GError **error);
CoterieDataset *coterie_run_dataset_reopen (const CoterieRunInfo *info,
                                            const char *recording,
                                            GCancellable *cancellable,
                                            GError **error);

G_END_DECLS
