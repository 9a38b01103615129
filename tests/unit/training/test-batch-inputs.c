/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Few workers read a batch each for themselves, many together; all find the same. */

#include "core/training/batch-inputs.h"

#include "small-dataset.h"

#define N_FEATURES 21
#define N_OF_DATASET 120

static void
check_sample (
    const CoterieInputs *inputs, gsize stride, gsize lanes, gsize s, const float *expected)
{
  for (gsize i = 0; i < N_FEATURES; i++) {
    g_assert_cmpfloat (inputs->features[i * lanes + s], ==, expected[i]);
    g_assert_cmpfloat (inputs->rows[s * stride + i], ==, expected[i]);
  }
}

static void
check_inputs (CoterieBatchInputs *inputs, const CoterieBatch *batch, guint worker)
{
  CoterieInputs found = coterie_batch_inputs_get (inputs, worker);
  gsize stride = coterie_batch_inputs_get_stride (inputs);
  gsize lanes = (batch->n_samples + COTERIE_LANES - 1) / COTERIE_LANES * COTERIE_LANES;

  for (gsize s = 0; s < lanes; s++) {
    float expected[N_FEATURES] = {0.0f};

    if (s < batch->n_samples)
      coterie_dataset_gather (batch->dataset, COTERIE_SPLIT_TRAINING, batch->samples + s, 1,
                              expected);
    check_sample (&found, stride, lanes, s, expected);
  }
}

static void
check_batches (gsize batch_size, guint n_workers, gboolean shared)
{
  g_autoptr (CoterieDataset) dataset = small_dataset_new (N_OF_DATASET, N_FEATURES, 3);
  g_autoptr (CoterieBatchInputs) inputs = coterie_batch_inputs_new (
      coterie_elementwise_find_kernels ("baseline"), N_FEATURES, batch_size, n_workers);
  guint32 samples[N_OF_DATASET];

  for (guint i = 0; i < N_OF_DATASET; i++)
    samples[i] = i * 7 % N_OF_DATASET;

  /* The last one has fewer samples, and leaves nothing of the one before. */
  for (gsize first = 0; first < 2 * batch_size; first += batch_size) {
    gsize n_samples = first == 0 ? batch_size : batch_size - COTERIE_LANES - 3;
    CoterieBatch batch = {.dataset = dataset, .samples = samples + first, .n_samples = n_samples};
    gsize n_tasks = coterie_batch_inputs_begin (inputs, &batch);

    g_assert_cmpint (n_tasks > 0, ==, shared);
    for (gsize task = 0; task < n_tasks; task++)
      coterie_batch_inputs_read (inputs, task);
    for (guint worker = 0; worker < n_workers; worker++)
      check_inputs (inputs, &batch, worker);
  }
}

static void
test_few_workers (void)
{
  check_batches (50, 1, FALSE);
  check_batches (50, 2, FALSE);
}

static void
test_few_lanes (void)
{
  check_batches (2 * COTERIE_LANES, 5, FALSE);
}

static void
test_many (void)
{
  check_batches (50, 3, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/batch-inputs/few-workers-read-for-themselves", test_few_workers);
  g_test_add_func ("/training/batch-inputs/of-few-lanes-are-read-by-each", test_few_lanes);
  g_test_add_func ("/training/batch-inputs/many-read-together", test_many);
  return g_test_run ();
}
