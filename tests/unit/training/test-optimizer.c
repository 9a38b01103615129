/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/training/optimizer.h"

#include <math.h>

#define N_PARAMETERS 3

static const float gradients[2][N_PARAMETERS] = {{0.5f, -2.0f, 0.0f}, {0.25f, 4.0f, 0.0f}};

static CoterieOptimizer *
new_optimizer (CoterieOptimizerKind kind, double learning_rate, double momentum)
{
  CoterieTrainingSettings settings;

  coterie_training_settings_init (&settings);
  settings.optimizer = kind;
  settings.learning_rate = learning_rate;
  settings.momentum = momentum;
  return coterie_optimizer_new (&settings, N_PARAMETERS, "baseline");
}

static void
update (CoterieOptimizer *optimizer, float *parameters, const float *gradient)
{
  coterie_optimizer_begin_update (optimizer);
  coterie_optimizer_apply (optimizer, parameters, 0, gradient, N_PARAMETERS);
}

/* v = 0.5 v - 0.1 g, w += v: v is -0.05 and -0.05, or 0.2 and -0.3. */
static void
test_momentum_by_hand (void)
{
  g_autoptr (CoterieOptimizer) optimizer = new_optimizer (COTERIE_OPTIMIZER_SGD, 0.1, 0.5);
  float parameters[N_PARAMETERS] = {1.0f, 1.0f, 1.0f};

  update (optimizer, parameters, gradients[0]);
  g_assert_cmpfloat_with_epsilon ((double) parameters[0], 0.95, 1e-6);
  g_assert_cmpfloat_with_epsilon ((double) parameters[1], 1.2, 1e-6);
  update (optimizer, parameters, gradients[1]);
  g_assert_cmpfloat_with_epsilon ((double) parameters[0], 0.90, 1e-6);
  g_assert_cmpfloat_with_epsilon ((double) parameters[1], 0.9, 1e-6);
  g_assert_cmpfloat (parameters[2], ==, 1.0f);
}

static void
test_descent_by_hand (void)
{
  g_autoptr (CoterieOptimizer) optimizer = new_optimizer (COTERIE_OPTIMIZER_SGD, 0.1, 0.0);
  float parameters[N_PARAMETERS] = {1.0f, 1.0f, 1.0f};

  update (optimizer, parameters, gradients[0]);
  update (optimizer, parameters, gradients[1]);
  g_assert_cmpfloat_with_epsilon ((double) parameters[0], 1.0 - 0.075, 1e-6);
  g_assert_cmpfloat_with_epsilon ((double) parameters[1], 1.0 - 0.2, 1e-6);
}

/* After one update the corrected moments are g and g^2, so that a step has the length of the learning
 * rate whatever the gradient. */
static void
test_adam_by_hand (void)
{
  g_autoptr (CoterieOptimizer) optimizer = new_optimizer (COTERIE_OPTIMIZER_ADAM, 0.01, 0.0);
  float parameters[N_PARAMETERS] = {1.0f, 1.0f, 1.0f};
  double mean = 0.1 * 0.9 * 0.5 + 0.1 * 0.25;
  double square = 0.001 * 0.999 * 0.25 + 0.001 * 0.0625;
  double corrected_mean = mean / (1.0 - 0.81);
  double corrected_square = square / (1.0 - 0.999 * 0.999);

  update (optimizer, parameters, gradients[0]);
  g_assert_cmpfloat_with_epsilon ((double) parameters[0], 0.99, 1e-6);
  g_assert_cmpfloat_with_epsilon ((double) parameters[1], 1.01, 1e-6);
  update (optimizer, parameters, gradients[1]);
  g_assert_cmpfloat_with_epsilon ((double) parameters[0],
                                  0.99 - 0.01 * corrected_mean / sqrt (corrected_square), 1e-6);
  g_assert_cmpfloat (parameters[2], ==, 1.0f);
}

static void
test_pieces_same_as_whole (void)
{
  g_autoptr (CoterieOptimizer) whole = new_optimizer (COTERIE_OPTIMIZER_ADAM, 0.01, 0.0);
  g_autoptr (CoterieOptimizer) pieces = new_optimizer (COTERIE_OPTIMIZER_ADAM, 0.01, 0.0);
  float a[N_PARAMETERS] = {1.0f, 2.0f, 3.0f};
  float b[N_PARAMETERS] = {1.0f, 2.0f, 3.0f};

  for (guint t = 0; t < 2; t++) {
    update (whole, a, gradients[t]);
    coterie_optimizer_begin_update (pieces);
    coterie_optimizer_apply (pieces, b, 1, gradients[t] + 1, 2);
    coterie_optimizer_apply (pieces, b, 0, gradients[t], 1);
  }
  g_assert_cmpmem (a, sizeof a, b, sizeof b);
}

/* Three neurons of one input, one sample: their weights' gradient is that of the neurons. */
static void
check_weights_same_as_others (CoterieOptimizerKind kind, double momentum)
{
  g_autoptr (CoterieOptimizer) of_weights = new_optimizer (kind, 0.01, momentum);
  g_autoptr (CoterieOptimizer) of_others = new_optimizer (kind, 0.01, momentum);
  const float in_rows[16] = {1.0f};
  float a[N_PARAMETERS] = {1.0f, 2.0f, 3.0f};
  float b[N_PARAMETERS] = {1.0f, 2.0f, 3.0f};

  for (guint t = 0; t < 2; t++) {
    float out_grad[N_PARAMETERS * 16] = {0};

    for (guint o = 0; o < N_PARAMETERS; o++)
      out_grad[o * 16] = gradients[t][o];
    coterie_optimizer_begin_update (of_weights);
    coterie_optimizer_apply_to_weights (
        of_weights, a, 1,
        &(CoterieWeightGradient){out_grad + 16, in_rows, N_PARAMETERS - 1, 1, 1, 1, 16, 16});
    coterie_optimizer_begin_update (of_others);
    coterie_optimizer_apply (of_others, b, 1, gradients[t] + 1, N_PARAMETERS - 1);
  }
  g_assert_cmpfloat (a[1], !=, 2.0f);
  for (guint o = 0; o < N_PARAMETERS; o++)
    g_assert_cmpfloat_with_epsilon ((double) a[o], (double) b[o], 1e-6);
}

static void
test_weights_same_as_others (void)
{
  check_weights_same_as_others (COTERIE_OPTIMIZER_ADAM, 0.0);
  check_weights_same_as_others (COTERIE_OPTIMIZER_SGD, 0.0);
  check_weights_same_as_others (COTERIE_OPTIMIZER_SGD, 0.9);
}

static void
test_memory_counted (void)
{
  CoterieTrainingSettings settings;

  coterie_training_settings_init (&settings);
  g_assert_cmpuint (coterie_optimizer_count_memory (&settings), ==, 8);
  settings.optimizer = COTERIE_OPTIMIZER_SGD;
  g_assert_cmpuint (coterie_optimizer_count_memory (&settings), ==, 0);
  settings.momentum = 0.9;
  g_assert_cmpuint (coterie_optimizer_count_memory (&settings), ==, 4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/optimizer/momentum-by-hand", test_momentum_by_hand);
  g_test_add_func ("/training/optimizer/descent-by-hand", test_descent_by_hand);
  g_test_add_func ("/training/optimizer/adam-by-hand", test_adam_by_hand);
  g_test_add_func ("/training/optimizer/pieces-same-as-whole", test_pieces_same_as_whole);
  g_test_add_func ("/training/optimizer/weights-same-as-others", test_weights_same_as_others);
  g_test_add_func ("/training/optimizer/memory-counted", test_memory_counted);
  return g_test_run ();
}
