/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset.h"
#include "core/network/network.h"
#include "core/training/elementwise.h"

G_BEGIN_DECLS

/**
 * CoterieBatch:
 * @dataset: where the samples are
 * @samples: [n_samples]: which samples of its training split
 * @n_samples: at least 1, at most what memory was made for
 * @dropout: fraction of activations to drop after each hidden layer, 0 … 0.95
 * @seed: of dropout
 * @update: which update this is, from 1; dropout hangs on it too
 *
 * What one update learns from.
 */
typedef struct {
  CoterieDataset *dataset;
  const guint32 *samples;
  gsize n_samples;
  const double *dropout;
  guint64 seed;
  guint64 update;
} CoterieBatch;

/**
 * CoterieInputs:
 * @features: [n_features][lanes], which the forward pass reads
 * @rows: [lanes][stride], which the gradient of the weights is made of
 *
 * The samples of a batch, twice; 0 in the lanes beyond the last one.
 */
typedef struct {
  const float *features;
  const float *rows;
} CoterieInputs;

/**
 * CoterieBatchInputs:
 *
 * The samples of one batch after another, as the first layer needs them. Where no more than two
 * workers would share in the reading, each reads all of them for itself: that takes two no longer,
 * since neither has to wait for lines of memory that the other has just read, and what it goes on to
 * multiply lies in its own cache.
 */
typedef struct _CoterieBatchInputs CoterieBatchInputs;

CoterieBatchInputs *coterie_batch_inputs_new (const CoterieElementwiseKernels *kernels,
                                              gsize n_features,
                                              gsize batch,
                                              guint n_workers);
void coterie_batch_inputs_free (CoterieBatchInputs *inputs);
gsize coterie_batch_inputs_get_stride (CoterieBatchInputs *inputs);
gsize coterie_batch_inputs_begin (CoterieBatchInputs *inputs, const CoterieBatch *batch);
void coterie_batch_inputs_read (CoterieBatchInputs *inputs, gsize task);
CoterieInputs coterie_batch_inputs_get (CoterieBatchInputs *inputs, guint worker);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieBatchInputs, coterie_batch_inputs_free)

G_END_DECLS
