/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/parallel.h"
#include "core/network/dense.h"
#include "core/network/network.h"
#include "core/training/batch-inputs.h"
#include "core/training/optimizer.h"

G_BEGIN_DECLS

/**
 * CoterieBackpropagation:
 *
 * One update of a network after another, with the memory that an update needs.
 */
typedef struct _CoterieBackpropagation CoterieBackpropagation;

CoterieBackpropagation *coterie_backpropagation_new (CoterieNetwork *network,
                                                     gsize batch,
                                                     const CoterieDenseKernels *kernels,
                                                     CoteriePool *pool);
void coterie_backpropagation_free (CoterieBackpropagation *self);
double coterie_backpropagation_update (CoterieBackpropagation *self,
                                       const CoterieBatch *batch,
                                       CoterieOptimizer *optimizer,
                                       GCancellable *cancellable);
void coterie_backpropagation_init_dropout (
    CoterieDropout *dropout, double fraction, guint64 seed, guint64 update, guint layer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieBackpropagation, coterie_backpropagation_free)

G_END_DECLS
