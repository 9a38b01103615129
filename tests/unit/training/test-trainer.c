/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/training/trainer.h"

#include <math.h>

#include "small-dataset.h"

/* Sizes that leave remainders everywhere: 103 samples in batches of 20, layers that are no multiple
 * of a task. */
static void
init_settings (CoterieTrainingSettings *settings)
{
  coterie_training_settings_init (settings);
  settings->hidden[0] = 61;
  settings->hidden[1] = 50;
  settings->batch = 20;
}

/* Trains for some iterations; returns the network at the end. */
static CoterieNetwork *
train (const CoterieTrainingSettings *settings,
       guint n_threads,
       guint n_iterations,
       const CoterieDenseKernels *kernels)
{
  g_autoptr (CoterieDataset) dataset = small_dataset_new (103, 37, 4);
  g_autoptr (CoteriePool) pool = coterie_pool_new (n_threads);
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieTrainer) trainer = coterie_trainer_new (dataset, settings, pool, &error);

  g_assert_no_error (error);
  if (kernels != NULL)
    coterie_trainer_use_kernels (trainer, kernels);
  for (guint t = 0; t < n_iterations; t++) {
    g_assert_cmpuint (coterie_trainer_get_iteration (trainer), ==, t);
    g_assert_true (coterie_trainer_run_iteration (trainer, NULL, NULL, &error));
  }
  return coterie_network_copy (coterie_trainer_get_network (trainer));
}

static gboolean
same_bytes (const CoterieNetwork *a, const CoterieNetwork *b)
{
  return memcmp (a->parameters, b->parameters, a->n_parameters * sizeof (float)) == 0;
}

static void
test_same_bytes_for_thread_counts (void)
{
  CoterieTrainingSettings settings;
  g_autoptr (CoterieNetwork) expected = NULL;
  g_autoptr (CoterieNetwork) untrained = NULL;
  const guint counts[] = {2, 3, 8};

  init_settings (&settings);
  expected = train (&settings, 1, 3, NULL);
  untrained = train (&settings, 1, 0, NULL);
  g_assert_false (same_bytes (expected, untrained));
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++) {
    g_autoptr (CoterieNetwork) found = train (&settings, counts[i], 3, NULL);

    g_assert_true (same_bytes (found, expected));
  }
}

static void
test_same_bytes_for_instruction_sets (void)
{
  const CoterieDenseKernels *wide = coterie_dense_find_kernels ("avx512");
  const CoterieDenseKernels *narrow = coterie_dense_find_kernels ("avx2");

  if (wide == NULL || narrow == NULL) {
    g_test_skip ("this processor has not both");
    return;
  }
  for (guint optimizer = 0; optimizer < 2; optimizer++) {
    CoterieTrainingSettings settings;
    g_autoptr (CoterieNetwork) a = NULL;
    g_autoptr (CoterieNetwork) b = NULL;

    init_settings (&settings);
    settings.optimizer = (CoterieOptimizerKind) optimizer;
    settings.momentum = 0.9;
    settings.learning_rate = 0.01;
    a = train (&settings, 2, 3, wide);
    b = train (&settings, 1, 3, narrow);
    g_assert_true (same_bytes (a, b));
  }
}

static void
test_seed_decides (void)
{
  CoterieTrainingSettings settings;
  g_autoptr (CoterieNetwork) a = NULL;
  g_autoptr (CoterieNetwork) b = NULL;
  g_autoptr (CoterieNetwork) c = NULL;

  init_settings (&settings);
  a = train (&settings, 1, 1, NULL);
  b = train (&settings, 1, 1, NULL);
  settings.seed++;
  c = train (&settings, 1, 1, NULL);
  g_assert_true (same_bytes (a, b));
  g_assert_false (same_bytes (a, c));
}

static double
accuracy (const CoterieNetwork *network)
{
  g_autoptr (CoterieDataset) dataset = small_dataset_new (103, 37, 4);
  const guint16 *labels = coterie_dataset_get_labels (dataset, COTERIE_SPLIT_TRAINING);
  guint n_right = 0;

  for (guint32 s = 0; s < 103; s++) {
    float row[37];
    float inputs[37 * COTERIE_LANES] = {0};
    float first[61 * COTERIE_LANES];
    float second[50 * COTERIE_LANES];
    float out[4 * COTERIE_LANES];
    float *outputs[] = {first, second, out};
    guint best = 0;

    coterie_dataset_gather (dataset, COTERIE_SPLIT_TRAINING, &s, 1, row);
    for (guint i = 0; i < 37; i++)
      inputs[i * COTERIE_LANES] = row[i];
    coterie_network_forward (network, inputs, outputs, COTERIE_LANES);
    for (guint c = 1; c < 4; c++)
      if (out[c * COTERIE_LANES] > out[best * COTERIE_LANES])
        best = c;
    n_right += best == labels[s];
  }
  return n_right / 103.0;
}

static void
check_learns (CoterieOptimizerKind optimizer, double learning_rate, double momentum)
{
  CoterieTrainingSettings settings;
  g_autoptr (CoterieNetwork) untrained = NULL;
  g_autoptr (CoterieNetwork) trained = NULL;

  init_settings (&settings);
  settings.optimizer = optimizer;
  settings.learning_rate = learning_rate;
  settings.momentum = momentum;
  untrained = train (&settings, 2, 0, NULL);
  trained = train (&settings, 2, 30, NULL);
  g_assert_cmpfloat (accuracy (untrained), <, 0.9);
  g_assert_cmpfloat (accuracy (trained), ==, 1.0);
}

static void
test_learns_separable_classes (void)
{
  check_learns (COTERIE_OPTIMIZER_ADAM, 0.001, 0.0);
  check_learns (COTERIE_OPTIMIZER_SGD, 0.1, 0.0);
  check_learns (COTERIE_OPTIMIZER_SGD, 0.01, 0.9);
}

static void
test_divergence_is_reported (void)
{
  g_autoptr (CoterieDataset) dataset = small_dataset_new (103, 37, 4);
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieTrainer) trainer = NULL;
  g_autoptr (GError) error = NULL;
  CoterieTrainingSettings settings;

  init_settings (&settings);
  settings.optimizer = COTERIE_OPTIMIZER_SGD;
  settings.learning_rate = 10.0;
  settings.momentum = 0.999;
  settings.dropout = 0.0;
  trainer = coterie_trainer_new (dataset, &settings, pool, &error);
  coterie_trainer_get_network (trainer)->weights[0][5] = 1e38f;
  for (guint t = 0; t < 100 && error == NULL; t++)
    coterie_trainer_run_iteration (trainer, NULL, NULL, &error);

  g_assert_error (error, COTERIE_TRAINING_ERROR, COTERIE_TRAINING_ERROR_DIVERGED);
  g_assert_nonnull (strstr (error->message, "diverged in iteration"));
  g_assert_nonnull (strstr (error->message, "learning rate smaller than 10"));
}

static void
test_bad_settings_are_refused (void)
{
  g_autoptr (CoterieDataset) dataset = small_dataset_new (8, 4, 2);
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (GError) error = NULL;
  CoterieTrainingSettings settings;

  init_settings (&settings);
  settings.batch = 0;
  g_assert_null (coterie_trainer_new (dataset, &settings, pool, &error));
  g_assert_error (error, COTERIE_SETTINGS_ERROR, COTERIE_SETTINGS_ERROR_OUT_OF_RANGE);
}

/* 15 times 65,536 x 65,536 weights are 773 gigabytes with Adam. */
static void
test_too_large_network_is_refused (void)
{
  g_autoptr (CoterieDataset) dataset = small_dataset_new (8, 4, 2);
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (GError) error = NULL;
  CoterieTrainingSettings settings;

  init_settings (&settings);
  settings.n_hidden = COTERIE_MAX_HIDDEN_LAYERS;
  for (guint l = 0; l < COTERIE_MAX_HIDDEN_LAYERS; l++)
    settings.hidden[l] = 65536;
  g_assert_null (coterie_trainer_new (dataset, &settings, pool, &error));
  g_assert_error (error, COTERIE_SETTINGS_ERROR, COTERIE_SETTINGS_ERROR_OUT_OF_RANGE);
  g_assert_nonnull (strstr (error->message, "GB of memory"));
}

static void
test_memory_is_checked_without_data (void)
{
  g_autoptr (GError) error = NULL;
  CoterieTrainingSettings settings;

  coterie_training_settings_init (&settings);
  g_assert_true (coterie_trainer_check_memory (784, 10, &settings, &error));
  g_assert_no_error (error);
  for (guint l = 0; l < 2; l++)
    settings.hidden[l] = 65536;
  g_assert_false (coterie_trainer_check_memory (100000000, 10, &settings, &error));
  g_assert_error (error, COTERIE_SETTINGS_ERROR, COTERIE_SETTINGS_ERROR_OUT_OF_RANGE);
}

typedef struct {
  CoterieTrainer *trainer;
  CoterieProgress *progress;
  GCancellable *cancellable;
  GError *error;
  gboolean ended;
} Training;

static gpointer
train_until_cancelled (gpointer data)
{
  Training *training = data;

  while (coterie_trainer_run_iteration (training->trainer, training->progress,
                                        training->cancellable, &training->error))
    ;
  g_atomic_int_set (&training->ended, TRUE);
  return NULL;
}

static void
test_pauses_and_cancels (void)
{
  g_autoptr (CoterieDataset) dataset = small_dataset_new (103, 37, 4);
  g_autoptr (CoteriePool) pool = coterie_pool_new (2);
  g_autoptr (CoterieProgress) progress = coterie_progress_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CoterieTrainer) trainer = NULL;
  Training training = {.progress = progress, .cancellable = cancellable};
  CoterieTrainingSettings settings;
  GThread *thread;
  g_autoptr (CoterieNetwork) paused = NULL;

  init_settings (&settings);
  trainer = coterie_trainer_new (dataset, &settings, pool, NULL);
  training.trainer = trainer;
  paused = coterie_network_copy (coterie_trainer_get_network (trainer));

  coterie_progress_set_paused (progress, TRUE);
  thread = g_thread_new ("training", train_until_cancelled, &training);
  g_usleep (20000);
  g_assert_true (same_bytes (coterie_trainer_get_network (trainer), paused));

  coterie_progress_set_paused (progress, FALSE);
  while (coterie_progress_get_fraction (progress) < 0.3)
    g_usleep (50);
  g_cancellable_cancel (cancellable);
  g_thread_join (thread);
  g_assert_true (training.ended);
  g_assert_error (training.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (same_bytes (coterie_trainer_get_network (trainer), paused));
  g_clear_error (&training.error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/trainer/same-bytes-for-thread-counts",
                   test_same_bytes_for_thread_counts);
  g_test_add_func ("/training/trainer/same-bytes-for-instruction-sets",
                   test_same_bytes_for_instruction_sets);
  g_test_add_func ("/training/trainer/seed-decides", test_seed_decides);
  g_test_add_func ("/training/trainer/learns-separable-classes", test_learns_separable_classes);
  g_test_add_func ("/training/trainer/divergence-is-reported", test_divergence_is_reported);
  g_test_add_func ("/training/trainer/bad-settings-are-refused", test_bad_settings_are_refused);
  g_test_add_func ("/training/trainer/too-large-network-is-refused",
                   test_too_large_network_is_refused);
  g_test_add_func ("/training/trainer/memory-is-checked-without-data",
                   test_memory_is_checked_without_data);
  g_test_add_func ("/training/trainer/pauses-and-cancels", test_pauses_and_cancels);
  return g_test_run ();
}
