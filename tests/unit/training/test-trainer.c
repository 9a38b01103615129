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

/* Layers of one slot and of several, a batch that fills no vector and one that fills more than two,
 * every optimizer. */
static void
init_case (CoterieTrainingSettings *settings, guint number)
{
  init_settings (settings);
  settings->learning_rate = 0.01;
  if (number % 2 == 1) {
    settings->n_hidden = 3;
    settings->hidden[0] = 523;
    settings->hidden[1] = 301;
    settings->hidden[2] = 40;
    settings->batch = 40;
  }
  if (number >= 2)
    settings->optimizer = COTERIE_OPTIMIZER_SGD;
  if (number >= 4)
    settings->momentum = 0.9;
}

#define N_CASES 6

/* Not the last bit may depend on how many threads there are, or how wide their vectors are: the same
 * seed gives the same recording on every machine. */
static void
test_same_bytes_for_threads_and_instruction_sets (void)
{
  const guint thread_counts[] = {1, 2, 3, 8};
  const char *names[] = {"avx512", "avx2"};

  for (guint number = 0; number < N_CASES; number++) {
    CoterieTrainingSettings settings;
    g_autoptr (CoterieNetwork) expected = NULL;

    init_case (&settings, number);
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      for (guint j = 0; j < G_N_ELEMENTS (thread_counts); j++) {
        const CoterieDenseKernels *kernels = coterie_dense_find_kernels (names[i]);
        g_autoptr (CoterieNetwork) found = NULL;

        if (kernels == NULL)
          continue;
        found = train (&settings, thread_counts[j], 2, kernels);
        if (expected == NULL)
          expected = coterie_network_ref (found);
        g_assert_true (same_bytes (found, expected));
      }
    if (expected == NULL)
      g_test_skip ("this processor has none of them");
  }
}

static void
test_same_bytes_for_threads (gconstpointer name)
{
  const CoterieDenseKernels *kernels = coterie_dense_find_kernels (name);
  const guint thread_counts[] = {2, 3, 8};

  for (guint number = 0; number < N_CASES; number++) {
    CoterieTrainingSettings settings;
    g_autoptr (CoterieNetwork) expected = NULL;
    g_autoptr (CoterieNetwork) untrained = NULL;

    init_case (&settings, number);
    untrained = train (&settings, 1, 0, kernels);
    expected = train (&settings, 1, 1, kernels);
    g_assert_false (same_bytes (expected, untrained));
    for (guint j = 0; j < G_N_ELEMENTS (thread_counts); j++) {
      g_autoptr (CoterieNetwork) found = train (&settings, thread_counts[j], 1, kernels);

      g_assert_true (same_bytes (found, expected));
    }
  }
}

static CoterieTrainer *
new_trainer (CoterieDataset *dataset, const CoterieTrainingSettings *settings, CoteriePool *pool)
{
  g_autoptr (GError) error = NULL;
  CoterieTrainer *trainer = coterie_trainer_new (dataset, settings, pool, &error);

  g_assert_no_error (error);
  return trainer;
}

static void
run_iterations (CoterieTrainer *trainer, guint n_iterations)
{
  g_autoptr (GError) error = NULL;

  for (guint t = 0; t < n_iterations; t++)
    coterie_trainer_run_iteration (trainer, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Fills another trainer of the same settings with what one goes on from. */
static void
hand_over (CoterieTrainer *from, CoterieTrainer *to)
{
  CoterieTrainerState source, target;

  coterie_trainer_get_state (from, &source);
  coterie_trainer_get_state (to, &target);
  g_assert_cmpuint (target.n_parameters, ==, source.n_parameters);
  g_assert_cmpuint (target.n_memories, ==, source.n_memories);
  memcpy (target.parameters, source.parameters, source.n_parameters * sizeof (float));
  for (guint i = 0; i < source.n_memories; i++)
    memcpy (target.memories[i], source.memories[i], source.n_parameters * sizeof (float));
  coterie_trainer_resume (to, source.iteration, source.diverged);
}

/* With every optimizer, with dropout, with a last batch of fewer samples, and with other numbers of
 * threads: weights and memories after five iterations do not tell that another trainer took over
 * after three. */
static void
test_resumed_goes_on_alike (void)
{
  for (guint number = 0; number < N_CASES; number++) {
    g_autoptr (CoterieDataset) dataset = small_dataset_new (103, 37, 4);
    g_autoptr (CoteriePool) pool = coterie_pool_new (1);
    g_autoptr (CoteriePool) other_pool = coterie_pool_new (3);
    g_autoptr (CoterieTrainer) whole = NULL;
    g_autoptr (CoterieTrainer) resumed = NULL;
    CoterieTrainingSettings settings;
    CoterieTrainerState expected, found;

    init_case (&settings, number);
    coterie_training_settings_set_dropout (&settings, 0.3);
    whole = new_trainer (dataset, &settings, pool);
    resumed = new_trainer (dataset, &settings, other_pool);
    run_iterations (whole, 3);
    hand_over (whole, resumed);
    run_iterations (whole, 2);
    run_iterations (resumed, 2);

    coterie_trainer_get_state (whole, &expected);
    coterie_trainer_get_state (resumed, &found);
    g_assert_cmpuint (found.iteration, ==, 5);
    g_assert_cmpmem (found.parameters, found.n_parameters * sizeof (float), expected.parameters,
                     expected.n_parameters * sizeof (float));
    for (guint i = 0; i < expected.n_memories; i++)
      g_assert_cmpmem (found.memories[i], found.n_parameters * sizeof (float), expected.memories[i],
                       expected.n_parameters * sizeof (float));
  }
}

static void
test_state_has_the_memories_of_the_optimizer (void)
{
  const guint expected[N_CASES] = {2, 2, 0, 0, 1, 1};

  for (guint number = 0; number < N_CASES; number++) {
    g_autoptr (CoterieDataset) dataset = small_dataset_new (103, 37, 4);
    g_autoptr (CoteriePool) pool = coterie_pool_new (1);
    g_autoptr (CoterieTrainer) trainer = NULL;
    CoterieTrainingSettings settings;
    CoterieTrainerState state;

    init_case (&settings, number);
    trainer = new_trainer (dataset, &settings, pool);
    coterie_trainer_get_state (trainer, &state);
    g_assert_cmpuint (state.n_memories, ==, expected[number]);
    g_assert_cmpuint (state.iteration, ==, 0);
    g_assert_cmpuint (state.diverged, ==, 0);
  }
}

/* The fast kernels and their naive twins round differently, and so end close to each other. */
static void
test_close_to_naive (void)
{
  for (guint number = 0; number < N_CASES; number++) {
    CoterieTrainingSettings settings;
    g_autoptr (CoterieNetwork) fast = NULL;
    g_autoptr (CoterieNetwork) naive = NULL;

    init_case (&settings, number);
    settings.optimizer = COTERIE_OPTIMIZER_SGD;
    fast = train (&settings, 2, 1, NULL);
    naive = train (&settings, 2, 1, coterie_dense_find_kernels ("naive"));
    for (gsize p = 0; p < fast->n_parameters; p++)
      g_assert_cmpfloat_with_epsilon ((double) fast->parameters[p], (double) naive->parameters[p],
                                      1e-5);
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
  guint diverged;

  init_settings (&settings);
  settings.optimizer = COTERIE_OPTIMIZER_SGD;
  settings.learning_rate = 10.0;
  settings.momentum = 0.999;
  coterie_training_settings_set_dropout (&settings, 0.0);
  trainer = coterie_trainer_new (dataset, &settings, pool, &error);
  coterie_trainer_get_network (trainer)->weights[0][5] = 1e38f;
  g_assert_cmpuint (coterie_trainer_get_diverged (trainer), ==, 0);
  for (guint t = 0; t < 100 && coterie_trainer_get_diverged (trainer) == 0; t++)
    coterie_trainer_run_iteration (trainer, NULL, NULL, &error);
  diverged = coterie_trainer_get_diverged (trainer);

  g_assert_no_error (error);
  g_assert_cmpuint (diverged, ==, coterie_trainer_get_iteration (trainer));
  g_assert_true (coterie_trainer_run_iteration (trainer, NULL, NULL, &error));
  g_assert_cmpuint (coterie_trainer_get_diverged (trainer), ==, diverged);
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
  g_test_add_func ("/training/trainer/same-bytes-for-threads-and-instruction-sets",
                   test_same_bytes_for_threads_and_instruction_sets);
  g_test_add_data_func ("/training/trainer/same-bytes-for-threads/baseline", "baseline",
                        test_same_bytes_for_threads);
  g_test_add_data_func ("/training/trainer/same-bytes-for-threads/naive", "naive",
                        test_same_bytes_for_threads);
  g_test_add_func ("/training/trainer/resumed-goes-on-alike", test_resumed_goes_on_alike);
  g_test_add_func ("/training/trainer/state-has-the-memories-of-the-optimizer",
                   test_state_has_the_memories_of_the_optimizer);
  g_test_add_func ("/training/trainer/close-to-naive", test_close_to_naive);
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
