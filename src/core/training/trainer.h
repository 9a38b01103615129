/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/parallel.h"
#include "core/base/progress.h"
#include "core/dataset/dataset.h"
#include "core/network/dense.h"
#include "core/network/network.h"
#include "core/training/training-settings.h"

G_BEGIN_DECLS

/**
 * CoterieTrainer:
 *
 * Trains a network on a data set, an iteration at a time, on the calling thread and its pool.
 */
typedef struct _CoterieTrainer CoterieTrainer;

gboolean coterie_trainer_check_memory (gsize n_features,
                                       guint n_classes,
                                       const CoterieTrainingSettings *settings,
                                       GError **error);
CoterieTrainer *coterie_trainer_new (CoterieDataset *dataset,
                                     const CoterieTrainingSettings *settings,
                                     CoteriePool *pool,
                                     GError **error);
void coterie_trainer_free (CoterieTrainer *trainer);
void coterie_trainer_use_kernels (CoterieTrainer *trainer, const CoterieDenseKernels *kernels);
const CoterieNetwork *coterie_trainer_get_network (CoterieTrainer *trainer);
guint coterie_trainer_get_iteration (CoterieTrainer *trainer);
guint coterie_trainer_get_diverged (CoterieTrainer *trainer);
gboolean coterie_trainer_run_iteration (CoterieTrainer *trainer,
                                        CoterieProgress *progress,
                                        GCancellable *cancellable,
                                        GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieTrainer, coterie_trainer_free)

G_END_DECLS
