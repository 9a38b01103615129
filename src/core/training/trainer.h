/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/parallel.h"
#include "core/base/progress.h"
#include "core/dataset/dataset.h"
#include "core/network/dense.h"
#include "core/network/network.h"
#include "core/training/optimizer.h"
#include "core/training/training-settings.h"

G_BEGIN_DECLS

/**
 * CoterieTrainer:
 *
 * Trains a network on a data set, an iteration at a time, on the calling thread and its pool.
 */
typedef struct _CoterieTrainer CoterieTrainer;

/**
 * CoterieTrainerState:
 * @iteration: complete iterations
 * @diverged: as coterie_trainer_get_diverged() says
 * @n_parameters: parameters of the network
 * @parameters: [n_parameters]: they
 * @n_memories: how many numbers the optimizer remembers of each parameter
 * @memories: [n_memories][n_parameters]: these numbers
 *
 * All that a training goes on from. The order of the samples, the number of updates and what is
 * dropped follow from the settings and the iteration.
 */
typedef struct {
  guint iteration;
  guint diverged;
  gsize n_parameters;
  float *parameters;
  guint n_memories;
  float *memories[COTERIE_MAX_OPTIMIZER_MEMORIES];
} CoterieTrainerState;

guint64 coterie_trainer_estimate_memory (gsize n_features,
                                         guint n_classes,
                                         const CoterieTrainingSettings *settings);
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
void coterie_trainer_get_state (CoterieTrainer *trainer, CoterieTrainerState *state);
void coterie_trainer_resume (CoterieTrainer *trainer, guint iteration, guint diverged);
const CoterieNetwork *coterie_trainer_get_network (CoterieTrainer *trainer);
guint coterie_trainer_get_iteration (CoterieTrainer *trainer);
guint coterie_trainer_get_diverged (CoterieTrainer *trainer);
gboolean coterie_trainer_run_iteration (CoterieTrainer *trainer,
                                        CoterieProgress *progress,
                                        GCancellable *cancellable,
                                        GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieTrainer, coterie_trainer_free)

G_END_DECLS
