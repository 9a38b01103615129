/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/training/training-settings.h"
#include "core/training/weight-update.h"

G_BEGIN_DECLS

/* Adam's means and squares. */
#define COTERIE_MAX_OPTIMIZER_MEMORIES 2

/**
 * CoterieOptimizer:
 *
 * Turns gradients into new parameters, and keeps what it remembers of each parameter from update to
 * update.
 */
typedef struct _CoterieOptimizer CoterieOptimizer;

CoterieOptimizer *coterie_optimizer_new (const CoterieTrainingSettings *settings,
                                         gsize n_parameters,
                                         const char *kernels);
void coterie_optimizer_free (CoterieOptimizer *optimizer);
gsize coterie_optimizer_count_memory (const CoterieTrainingSettings *settings);
guint coterie_optimizer_get_memories (CoterieOptimizer *optimizer,
                                      float *memories[static COTERIE_MAX_OPTIMIZER_MEMORIES]);
void coterie_optimizer_resume (CoterieOptimizer *optimizer, guint64 n_updates);
void coterie_optimizer_begin_update (CoterieOptimizer *optimizer);
void coterie_optimizer_apply (CoterieOptimizer *optimizer,
                              float *parameters,
                              gsize first,
                              const float *gradient,
                              gsize n_values);
void coterie_optimizer_apply_to_weights (CoterieOptimizer *optimizer,
                                         float *parameters,
                                         gsize first,
                                         const CoterieWeightGradient *gradient);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieOptimizer, coterie_optimizer_free)

G_END_DECLS
