/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Adam (Kingma and Ba 2015) and stochastic gradient descent with momentum, both as Keras has them.
 * An update is begun once and then applied to any ranges of the parameters, in any order. */

#include "core/training/optimizer.h"

#include <math.h>

#include "core/base/float-array.h"

#define ADAM_BETA_1 0.9
#define ADAM_BETA_2 0.999
#define ADAM_EPSILON 1e-7

struct _CoterieOptimizer {
  /* [n_parameters] each; NULL where the kind has no such memory */
  float *means;
  float *squares;
  float *velocities;

  const CoterieElementwiseKernels *elementwise;
  const CoterieWeightUpdateKernels *weight_update;
  CoterieOptimizerKind kind;
  double learning_rate;
  float momentum;
  double beta_1_power;
  double beta_2_power;
  CoterieAdamStep adam_step;
};

/**
 * coterie_optimizer_new:
 * @settings: valid settings, of which optimizer, learning rate and momentum count
 * @n_parameters: how many parameters there are to update
 * @kernels: the name of the dense kernels in use, so that others of their kind are taken
 *
 * Returns: (transfer full): an optimizer that has seen no gradient yet
 */
CoterieOptimizer *
coterie_optimizer_new (const CoterieTrainingSettings *settings,
                       gsize n_parameters,
                       const char *kernels)
{
  CoterieOptimizer *optimizer = g_new0 (CoterieOptimizer, 1);

  optimizer->elementwise = coterie_elementwise_find_kernels (kernels);
  optimizer->weight_update = coterie_weight_update_find_kernels (kernels);
  optimizer->kind = settings->optimizer;
  optimizer->learning_rate = settings->learning_rate;
  optimizer->momentum = (float) settings->momentum;
  optimizer->beta_1_power = 1.0;
  optimizer->beta_2_power = 1.0;

  if (settings->optimizer == COTERIE_OPTIMIZER_ADAM) {
    optimizer->means = coterie_float_array_new (n_parameters);
    optimizer->squares = coterie_float_array_new (n_parameters);
  } else if (settings->momentum > 0.0) {
    optimizer->velocities = coterie_float_array_new (n_parameters);
  }
  return optimizer;
}

/**
 * coterie_optimizer_free:
 * @optimizer: (transfer full): the optimizer
 *
 * Frees @optimizer.
 */
void
coterie_optimizer_free (CoterieOptimizer *optimizer)
{
  coterie_float_array_free (optimizer->means);
  coterie_float_array_free (optimizer->squares);
  coterie_float_array_free (optimizer->velocities);
  g_free (optimizer);
}

/**
 * coterie_optimizer_count_memory:
 * @settings: valid settings
 *
 * Returns: the bytes that an optimizer with @settings remembers of each parameter
 */
gsize
coterie_optimizer_count_memory (const CoterieTrainingSettings *settings)
{
  if (settings->optimizer == COTERIE_OPTIMIZER_ADAM)
    return 2 * sizeof (float);
  return settings->momentum > 0.0 ? sizeof (float) : 0;
}

/**
 * coterie_optimizer_get_memories:
 * @optimizer: the optimizer
 * @memories: (out): what it remembers, [n_parameters] each, dimensionless: Adam's means and squares,
 *   or the velocities of momentum; the optimizer's own, to be read and written between two updates
 *
 * Returns: how many it has: 2, 1 or 0
 */
guint
coterie_optimizer_get_memories (CoterieOptimizer *optimizer,
                                float *memories[static COTERIE_MAX_OPTIMIZER_MEMORIES])
{
  if (optimizer->kind == COTERIE_OPTIMIZER_ADAM) {
    memories[0] = optimizer->means;
    memories[1] = optimizer->squares;
    return 2;
  }
  memories[0] = optimizer->velocities;
  return optimizer->velocities != NULL ? 1 : 0;
}

/**
 * coterie_optimizer_resume:
 * @optimizer: an optimizer that has seen no gradient yet
 * @n_updates: how many updates are behind what its memories have been filled with
 *
 * Goes on from there: the powers that Adam's step size hangs on are multiplied up as they were then,
 * so that they are the same to the last bit. Cost: about 2 ns an update.
 */
void
coterie_optimizer_resume (CoterieOptimizer *optimizer, guint64 n_updates)
{
  for (guint64 update = 0; update < n_updates; update++) {
    optimizer->beta_1_power *= ADAM_BETA_1;
    optimizer->beta_2_power *= ADAM_BETA_2;
  }
}

/**
 * coterie_optimizer_begin_update:
 * @optimizer: the optimizer
 *
 * Goes on to the next update. For update t, counted from 1, Adam's step size becomes
 * learning rate sqrt (1 - beta_2^t) / (1 - beta_1^t).
 */
void
coterie_optimizer_begin_update (CoterieOptimizer *optimizer)
{
  optimizer->beta_1_power *= ADAM_BETA_1;
  optimizer->beta_2_power *= ADAM_BETA_2;
  optimizer->adam_step = (CoterieAdamStep){
      .step_size = (float) (optimizer->learning_rate * sqrt (1.0 - optimizer->beta_2_power) /
                            (1.0 - optimizer->beta_1_power)),
      .mean_rate = (float) (1.0 - ADAM_BETA_1),
      .square_rate = (float) (1.0 - ADAM_BETA_2),
      .epsilon = (float) ADAM_EPSILON,
  };
}

/**
 * coterie_optimizer_apply:
 * @optimizer: the optimizer
 * @parameters: all parameters
 * @first: the first of the parameters to update
 * @gradient: (array length=n_values): gradient of the loss with respect to parameters @first,
 *   @first + 1, …
 * @n_values: how many to update
 *
 * Updates some of the parameters. Each is to be updated once between two calls of
 * coterie_optimizer_begin_update(); several threads may update different ones at the same time.
 *
 * Adam: m += (g - m) (1 - beta_1); v += (g^2 - v) (1 - beta_2); w -= step size m / (sqrt v + epsilon),
 * with beta_1 = 0.9, beta_2 = 0.999, epsilon = 1e-7. SGD: v = momentum v - learning rate g; w += v.
 */
void
coterie_optimizer_apply (CoterieOptimizer *optimizer,
                         float *parameters,
                         gsize first,
                         const float *gradient,
                         gsize n_values)
{
  const CoterieElementwiseKernels *kernels = optimizer->elementwise;
  float learning_rate = (float) optimizer->learning_rate;

  if (optimizer->kind == COTERIE_OPTIMIZER_ADAM)
    kernels->adam (parameters + first, optimizer->means + first, optimizer->squares + first,
                   gradient, n_values, &optimizer->adam_step);
  else if (optimizer->velocities != NULL)
    kernels->momentum (parameters + first, optimizer->velocities + first, gradient, n_values,
                       learning_rate, optimizer->momentum);
  else
    kernels->descend (parameters + first, gradient, n_values, learning_rate);
}

/**
 * coterie_optimizer_apply_to_weights:
 * @optimizer: the optimizer
 * @parameters: all parameters
 * @first: the first of the weights to update
 * @gradient: what their gradient is made of
 *
 * coterie_optimizer_apply() for the weights of some neurons of a layer, [n_out][n_in] from @first on,
 * whose gradient is computed on the way.
 */
void
coterie_optimizer_apply_to_weights (CoterieOptimizer *optimizer,
                                    float *parameters,
                                    gsize first,
                                    const CoterieWeightGradient *gradient)
{
  const CoterieWeightUpdateKernels *kernels = optimizer->weight_update;
  float learning_rate = (float) optimizer->learning_rate;

  if (optimizer->kind == COTERIE_OPTIMIZER_ADAM)
    kernels->adam (parameters + first, optimizer->means + first, optimizer->squares + first,
                   gradient, &optimizer->adam_step);
  else if (optimizer->velocities != NULL)
    kernels->momentum (parameters + first, optimizer->velocities + first, gradient, learning_rate,
                       optimizer->momentum);
  else
    kernels->descend (parameters + first, gradient, learning_rate);
}
