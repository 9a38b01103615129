/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The elementwise kernels in plain loops, which the compiler makes vectors of; compiled once for each
 * instruction set, and with -ffp-contract=off like everything but the dense kernels. */

#include "core/training/elementwise.h"

#include <math.h>

/* A mixing of 32 bits in the manner of Wellons' hash prospector ("lowbias32"), the second half of the
 * key put in between. */
static inline guint32
hash_place (guint32 place, guint32 key_low, guint32 key_high)
{
  guint32 x = place ^ key_low;

  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x += key_high;
  x *= 0x846ca68bu;
  x ^= x >> 16;
  return x;
}

/* Not-a-number passes the ReLU, so that a training that has diverged is seen to have. */
static void
activate (float *restrict values, gsize n_values, guint32 first, const CoterieDropout *dropout)
{
  guint32 key_low = (guint32) dropout->key;
  guint32 key_high = (guint32) (dropout->key >> 32);
  guint32 threshold = dropout->threshold;
  float scale = dropout->scale;

  if (threshold == 0) {
    for (gsize i = 0; i < n_values; i++)
      values[i] = values[i] <= 0.0f ? 0.0f : values[i];
    return;
  }

  for (guint32 i = 0; i < (guint32) n_values; i++) {
    float positive = values[i] <= 0.0f ? 0.0f : values[i] * scale;

    values[i] = hash_place (first + i, key_low, key_high) < threshold ? 0.0f : positive;
  }
}

static void
mask (float *restrict gradient, const float *restrict activations, gsize n_values, float scale)
{
  for (gsize i = 0; i < n_values; i++)
    gradient[i] = activations[i] > 0.0f ? gradient[i] * scale : 0.0f;
}

/* What is too small to matter becomes 0. Where a gradient vanishes, its decaying averages would sooner
 * or later be denormal numbers, with which processors compute a hundred times slower. The bounds are
 * such that no product below falls under FLT_MIN either, and far beneath what epsilon lets pass. */
#define LEAST_GRADIENT 1e-18f
#define LEAST_MEAN 1e-30f
#define LEAST_SQUARE 1e-34f

static inline float
drop_below (float value, float least)
{
  return fabsf (value) < least ? 0.0f : value;
}

/* Kingma and Ba 2015, Algorithm 1, in the order of its last remark: the correction of the bias is
 * part of the step size, as in Keras. */
static void
adam (float *restrict parameters,
      float *restrict means,
      float *restrict squares,
      const float *restrict gradient,
      gsize n_values,
      const CoterieAdamStep *step)
{
  float step_size = step->step_size;
  float mean_rate = step->mean_rate;
  float square_rate = step->square_rate;
  float epsilon = step->epsilon;

  for (gsize i = 0; i < n_values; i++) {
    float g = drop_below (gradient[i], LEAST_GRADIENT);
    float mean = drop_below (means[i] + (g - means[i]) * mean_rate, LEAST_MEAN);
    float square = drop_below (squares[i] + (g * g - squares[i]) * square_rate, LEAST_SQUARE);

    means[i] = mean;
    squares[i] = square;
    parameters[i] -= mean * step_size / (sqrtf (square) + epsilon);
  }
}

static void
momentum (float *restrict parameters,
          float *restrict velocities,
          const float *restrict gradient,
          gsize n_values,
          float learning_rate,
          float momentum_factor)
{
  for (gsize i = 0; i < n_values; i++) {
    float g = drop_below (gradient[i], LEAST_GRADIENT);
    float velocity = drop_below (momentum_factor * velocities[i] - learning_rate * g, LEAST_MEAN);

    velocities[i] = velocity;
    parameters[i] += velocity;
  }
}

static void
descend (float *restrict parameters,
         const float *restrict gradient,
         gsize n_values,
         float learning_rate)
{
  for (gsize i = 0; i < n_values; i++)
    parameters[i] -= learning_rate * gradient[i];
}

#define PASTE(a, b) a##b
#define KERNELS_SYMBOL(name) PASTE (coterie_elementwise_kernels_, name)

const CoterieElementwiseKernels KERNELS_SYMBOL (COTERIE_KERNELS_NAME) = {
    G_STRINGIFY (COTERIE_KERNELS_NAME), activate, mask, adam, momentum, descend,
};
