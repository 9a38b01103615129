/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/training/elementwise.h"

G_BEGIN_DECLS

/**
 * CoterieWeightGradient:
 * @out_grad: [n_out][lanes]: gradient with respect to the neurons' values before ReLU
 * @in_rows: [n_samples][in_stride]: the activations that the neurons had as inputs
 * @n_out: neurons
 * @n_in: inputs of each, or as many of them as are meant
 * @weights_stride: inputs of each, all of them: how far apart the rows of weights are
 * @n_samples: at most lanes
 * @lanes: a multiple of 16
 * @in_stride: at least n_in rounded up to a multiple of 16
 *
 * What the gradient of the weights of some neurons is made of; it is never written down itself:
 * gradient[o][i] = sum over s of out_grad[o][s] * in_rows[s][i], in the order of s.
 */
typedef struct {
  const float *out_grad;
  const float *in_rows;
  gsize n_out;
  gsize n_in;
  gsize weights_stride;
  gsize n_samples;
  gsize lanes;
  gsize in_stride;
} CoterieWeightGradient;

/**
 * CoterieWeightUpdateKernels:
 * @name: "avx512", "avx2", "baseline" or "naive"
 * @descend: one step of gradient descent
 * @momentum: one step of gradient descent with momentum
 * @adam: one step of Adam
 * @sum_lanes: gradient of the biases: sums[o] = sum over s of out_grad[o][s], sums being [n_out];
 *   lanes beyond the last sample hold zeros
 *
 * The gradient of the weights and what is done with it, in one: a piece of the gradient never leaves
 * the registers. weights, velocities, means and squares are [n_out][weights_stride], of which each
 * row's first n_in change; nothing overlaps. All kernels but the naive ones round alike, where the processor has fused multiply-adds.
 */
typedef struct {
  const char *name;
  void (*descend) (float *weights, const CoterieWeightGradient *gradient, float learning_rate);
  void (*momentum) (float *weights,
                    float *velocities,
                    const CoterieWeightGradient *gradient,
                    float learning_rate,
                    float momentum);
  void (*adam) (float *weights,
                float *means,
                float *squares,
                const CoterieWeightGradient *gradient,
                const CoterieAdamStep *step);
  void (*sum_lanes) (float *sums, const float *out_grad, gsize n_out, gsize lanes);
} CoterieWeightUpdateKernels;

extern const CoterieWeightUpdateKernels coterie_weight_update_kernels_naive;
extern const CoterieWeightUpdateKernels coterie_weight_update_kernels_baseline;
#ifdef __x86_64__
extern const CoterieWeightUpdateKernels coterie_weight_update_kernels_avx2;
extern const CoterieWeightUpdateKernels coterie_weight_update_kernels_avx512;
#endif

const CoterieWeightUpdateKernels *coterie_weight_update_find_kernels (const char *name);

G_END_DECLS
