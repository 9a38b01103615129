/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/run/run-memory.h"

#include "core/analysis/analysis-memory.h"
#include "core/training/trainer.h"

#define MIB (1024 * 1024)

/* MNIST with the default network. */
static CoterieRunInfo
make_info (void)
{
  CoterieRunInfo info = {.dataset = {.width = 28, .height = 28, .n_classes = 10},
                         .n_samples = {60000, 10000}};

  coterie_training_settings_init (&info.training);
  coterie_analysis_settings_init (&info.analysis);
  return info;
}

/* 220 MiB were measured. */
static void
test_mnist_is_as_measured (void)
{
  CoterieRunInfo info = make_info ();
  guint64 n_bytes = coterie_run_estimate_memory (&info, 1, 0);

  g_assert_cmpuint (n_bytes, >, 150 * MIB);
  g_assert_cmpuint (n_bytes, <, 290 * MIB);
}

static void
test_every_part_counts (void)
{
  CoterieRunInfo info = make_info ();
  guint64 n_bytes = coterie_run_estimate_memory (&info, 1, 0);
  guint64 n_adam = coterie_trainer_estimate_memory (784, 10, &info.training);
  guint64 n_values = 784 * (info.n_samples[0] + info.n_samples[1]);

  g_assert_cmpuint (coterie_run_estimate_memory (&info, 4, 0), ==, n_bytes + 3 * n_values);

  info.training.optimizer = COTERIE_OPTIMIZER_SGD;
  info.training.momentum = 0.0;
  g_assert_cmpuint (n_bytes - coterie_run_estimate_memory (&info, 1, 0), ==,
                    n_adam - coterie_trainer_estimate_memory (784, 10, &info.training));
}

static void
test_analysis_takes_what_it_may (void)
{
  CoterieRunInfo info = make_info ();
  guint64 n_little = coterie_run_estimate_memory (&info, 1, 8 * MIB);

  g_assert_cmpuint (coterie_run_estimate_memory (&info, 1, 16 * MIB), ==, n_little + 8 * MIB);
  info.n_samples[COTERIE_SPLIT_TRAINING] *= 100;
  g_assert_cmpuint (coterie_run_estimate_memory (&info, 1, 0), ==,
                    coterie_run_estimate_memory (&info, 1, COTERIE_DEFAULT_MEMORY_BYTES));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-memory/mnist-is-as-measured", test_mnist_is_as_measured);
  g_test_add_func ("/run-memory/every-part-counts", test_every_part_counts);
  g_test_add_func ("/run-memory/analysis-takes-what-it-may", test_analysis_takes_what_it_may);
  return g_test_run ();
}
