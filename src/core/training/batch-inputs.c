/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/training/batch-inputs.h"

#include <string.h>

#include "core/base/float-array.h"

#define CACHE_LINE 64 /* bytes */

/* As many can do no better together than each for itself. */
#define FEW 2

/* The samples as one worker has read them, or all together. */
typedef struct {
  float *features;
  float *rows;
  guint64 number; /* of the batch that it holds */
} Copy;

struct _CoterieBatchInputs {
  /* owned */
  Copy *copies; /* [n_copies]: one for each worker, or one for all */

  /* borrowed */
  const CoterieElementwiseKernels *kernels;
  const CoterieBatch *batch;

  guint n_copies;
  gboolean shared;
  gsize n_features;
  gsize stride;
  gsize lanes;
  guint64 number;
};

static gsize
count_groups_of_lanes (gsize n_samples)
{
  return (n_samples + COTERIE_LANES - 1) / COTERIE_LANES;
}

/**
 * coterie_batch_inputs_new:
 * @kernels: the arithmetic
 * @n_features: of a sample, at least 1
 * @batch: the most samples of a batch, at least 1
 * @n_workers: how many ask for them
 *
 * Memory: 8 bytes for each feature and sample, for each worker if few would share in the reading.
 *
 * Returns: (transfer full): inputs without a batch
 */
CoterieBatchInputs *
coterie_batch_inputs_new (const CoterieElementwiseKernels *kernels,
                          gsize n_features,
                          gsize batch,
                          guint n_workers)
{
  CoterieBatchInputs *inputs = g_new0 (CoterieBatchInputs, 1);
  gsize n_groups = count_groups_of_lanes (batch);
  gsize lanes = n_groups * COTERIE_LANES;

  inputs->kernels = kernels;
  inputs->n_features = n_features;
  /* A cache line more than needed: rows a power of two apart would all fall into the same few sets of
   * the cache. */
  inputs->stride = count_groups_of_lanes (n_features) * COTERIE_LANES + COTERIE_LANES;
  inputs->shared = MIN (n_groups, n_workers) > FEW;
  inputs->n_copies = inputs->shared ? 1 : n_workers;
  inputs->copies = g_new0 (Copy, inputs->n_copies);
  for (guint i = 0; i < inputs->n_copies; i++) {
    inputs->copies[i].features = coterie_float_array_new (n_features * lanes);
    inputs->copies[i].rows = coterie_float_array_new (inputs->stride * lanes);
  }
  return inputs;
}

/**
 * coterie_batch_inputs_free:
 * @inputs: (transfer full): the inputs
 *
 * Frees @inputs.
 */
void
coterie_batch_inputs_free (CoterieBatchInputs *inputs)
{
  for (guint i = 0; i < inputs->n_copies; i++) {
    coterie_float_array_free (inputs->copies[i].features);
    coterie_float_array_free (inputs->copies[i].rows);
  }
  g_free (inputs->copies);
  g_free (inputs);
}

/**
 * coterie_batch_inputs_get_stride:
 * @inputs: the inputs
 *
 * Returns: how many numbers a row has, with those after the last feature, which mean nothing
 */
gsize
coterie_batch_inputs_get_stride (CoterieBatchInputs *inputs)
{
  return inputs->stride;
}

/**
 * coterie_batch_inputs_begin:
 * @inputs: the inputs
 * @batch: what to read; must not go away before the next one
 *
 * Goes on to another batch. No worker may be using the one before.
 *
 * Returns: into how many tasks reading it is cut, all of which are to be done, by any worker, before
 *   anyone asks for it; 0 if each worker reads it when it asks
 */
gsize
coterie_batch_inputs_begin (CoterieBatchInputs *inputs, const CoterieBatch *batch)
{
  gsize n_groups = count_groups_of_lanes (batch->n_samples);

  inputs->batch = batch;
  inputs->lanes = n_groups * COTERIE_LANES;
  inputs->number++;
  return inputs->shared ? n_groups : 0;
}

/* Samples lie anywhere in the data set: while one is read, the processor fetches the next. */
static void
prefetch_sample (CoterieBatchInputs *inputs, gsize s)
{
  const CoterieBatch *batch = inputs->batch;
  const guint8 *pixels = coterie_dataset_get_pixels (batch->dataset, COTERIE_SPLIT_TRAINING);

  if (pixels == NULL || s >= batch->n_samples)
    return;
  for (gsize i = 0; i < inputs->n_features; i += CACHE_LINE)
    __builtin_prefetch (pixels + batch->samples[s] * inputs->n_features + i);
}

static void
read_sample (CoterieBatchInputs *inputs, gsize s, float *row)
{
  CoterieDataset *dataset = inputs->batch->dataset;
  const guint8 *pixels = coterie_dataset_get_pixels (dataset, COTERIE_SPLIT_TRAINING);
  const guint32 *sample = inputs->batch->samples + s;
  gsize n_features = inputs->n_features;

  if (pixels != NULL)
    inputs->kernels->read_bytes (row, pixels + *sample * n_features, n_features);
  else
    coterie_dataset_gather (dataset, COTERIE_SPLIT_TRAINING, sample, 1, row);
}

/* The samples of COTERIE_LANES lanes. */
static void
read_lanes (CoterieBatchInputs *inputs, gsize first, Copy *copy)
{
  gsize end = first + COTERIE_LANES;
  gsize end_of_samples = MIN (end, inputs->batch->n_samples);
  gsize stride = inputs->stride;

  for (gsize s = first; s < end_of_samples; s++) {
    prefetch_sample (inputs, s + 1);
    read_sample (inputs, s, copy->rows + s * stride);
  }
  for (gsize s = end_of_samples; s < end; s++)
    memset (copy->rows + s * stride, 0, inputs->n_features * sizeof (float));
  inputs->kernels->transpose (copy->features + first, inputs->lanes, copy->rows + first * stride,
                              stride, COTERIE_LANES, inputs->n_features);
}

/**
 * coterie_batch_inputs_read:
 * @inputs: the inputs
 * @task: one of those that coterie_batch_inputs_begin() has counted
 *
 * Reads some of the samples for all workers. May run beside other tasks.
 */
void
coterie_batch_inputs_read (CoterieBatchInputs *inputs, gsize task)
{
  read_lanes (inputs, task * COTERIE_LANES, &inputs->copies[0]);
}

/**
 * coterie_batch_inputs_get:
 * @inputs: the inputs
 * @worker: who asks; each from one thread at a time
 *
 * Cost: where each worker reads for itself, the first time that of reading the batch.
 *
 * Returns: the batch at hand
 */
CoterieInputs
coterie_batch_inputs_get (CoterieBatchInputs *inputs, guint worker)
{
  Copy *copy = &inputs->copies[inputs->shared ? 0 : worker];

  if (!inputs->shared && copy->number != inputs->number) {
    for (gsize first = 0; first < inputs->lanes; first += COTERIE_LANES)
      read_lanes (inputs, first, copy);
    copy->number = inputs->number;
  }
  return (CoterieInputs){.features = copy->features, .rows = copy->rows};
}
