/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the weight-update kernels that go with the dense kernels in use, and holds their naive twins:
 * what the fast ones are compared with, and what to read first. */

#include "core/training/weight-update.h"

#include <math.h>

static float
sum_products (const CoterieWeightGradient *gradient, gsize o, gsize i)
{
  float sum = 0.0f;

  for (gsize s = 0; s < gradient->n_samples; s++)
    sum += gradient->out_grad[o * gradient->lanes + s] *
           gradient->in_rows[s * gradient->in_stride + i];
  return sum;
}

static void
descend (float *weights, const CoterieWeightGradient *gradient, float learning_rate)
{
  for (gsize o = 0; o < gradient->n_out; o++)
    for (gsize i = 0; i < gradient->n_in; i++)
      weights[o * gradient->weights_stride + i] -= learning_rate * sum_products (gradient, o, i);
}

static void
momentum (float *weights,
          float *velocities,
          const CoterieWeightGradient *gradient,
          float learning_rate,
          float momentum_factor)
{
  for (gsize o = 0; o < gradient->n_out; o++)
    for (gsize i = 0; i < gradient->n_in; i++) {
      gsize w = o * gradient->weights_stride + i;

      velocities[w] =
          momentum_factor * velocities[w] - learning_rate * sum_products (gradient, o, i);
      weights[w] += velocities[w];
    }
}

static void
adam (float *weights,
      float *means,
      float *squares,
      const CoterieWeightGradient *gradient,
      const CoterieAdamStep *step)
{
  for (gsize o = 0; o < gradient->n_out; o++)
    for (gsize i = 0; i < gradient->n_in; i++) {
      gsize w = o * gradient->weights_stride + i;
      float g = sum_products (gradient, o, i);

      means[w] += (g - means[w]) * step->mean_rate;
      squares[w] += (g * g - squares[w]) * step->square_rate;
      weights[w] -= means[w] * step->step_size / (sqrtf (squares[w]) + step->epsilon);
    }
}

static void
sum_lanes (float *sums, const float *out_grad, gsize n_out, gsize lanes)
{
  for (gsize o = 0; o < n_out; o++) {
    sums[o] = 0.0f;
    for (gsize s = 0; s < lanes; s++)
      sums[o] += out_grad[o * lanes + s];
  }
}

const CoterieWeightUpdateKernels coterie_weight_update_kernels_naive = {
    "naive", descend, momentum, adam, sum_lanes,
};

static const CoterieWeightUpdateKernels *const variants[] = {
#ifdef __x86_64__
    &coterie_weight_update_kernels_avx512,
    &coterie_weight_update_kernels_avx2,
#endif
    &coterie_weight_update_kernels_baseline,
    &coterie_weight_update_kernels_naive,
};

/**
 * coterie_weight_update_find_kernels:
 * @name: the name of dense kernels that this processor can execute
 *
 * Returns: the weight-update kernels for the same instruction set; "baseline" where there are none of
 *   that name
 */
const CoterieWeightUpdateKernels *
coterie_weight_update_find_kernels (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    if (g_strcmp0 (name, variants[i]->name) == 0)
      return variants[i];
  return &coterie_weight_update_kernels_baseline;
}
