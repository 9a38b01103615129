/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CoterieDropout:
 * @key: what this layer's random numbers of this update hang on
 * @threshold: an activation is dropped if its 32-bit random number is below this
 * @scale: what the others are multiplied by, 1 / (1 - dropout)
 *
 * Inverted dropout of one layer in one update. The random number of an activation is a hash of @key
 * and the activation's place alone, so that it does not matter who computes it, and when.
 */
typedef struct {
  guint64 key;
  guint32 threshold;
  float scale;
} CoterieDropout;

/**
 * CoterieAdamStep:
 * @step_size: learning rate with the correction of the bias of both moments
 * @mean_rate: 1 - beta 1
 * @square_rate: 1 - beta 2
 * @epsilon: added to the root of the second moment
 */
typedef struct {
  float step_size;
  float mean_rate;
  float square_rate;
  float epsilon;
} CoterieAdamStep;

/**
 * CoterieElementwiseKernels:
 * @name: "avx512", "avx2" or "baseline"
 * @activate: ReLU, then dropout, on the values of places first, first + 1, …
 * @collect: adds up n_additions arrays, stride apart, at least one, in their order, and makes of
 *   this gradient that of the values before @activate: times scale where the activation is greater
 *   than 0, and 0 elsewhere
 * @raise_to_outputs: of softmax, for 16 lanes: highest[s] = the highest of outputs[c][s], powers[c][s]
 *   = e^(outputs[c][s] - highest[s]) and sums[s] = the sum of these; powers and outputs are
 *   [n_classes][lanes]. The relative error is below 1e-6; what is no number becomes a sum that is none
 * @adam: one step of Adam
 * @momentum: one step of gradient descent with momentum
 * @descend: one step of gradient descent without
 * @read_bytes: bytes divided by 255, as coterie_dataset_gather() gives them
 * @transpose: out[c][r] = in[r][c], rows of out being out_stride apart, of in in_stride, at least as
 *   much as they are long
 *
 * What training does to each number by itself. Arrays are [n_values] and do not overlap. The four
 * operations and the root, each rounded by itself: the same bytes from all instruction sets.
 */
typedef struct {
  const char *name;
  void (*activate) (float *values, gsize n_values, guint32 first, const CoterieDropout *dropout);
  void (*collect) (float *gradient,
                   const float *additions,
                   gsize stride,
                   gsize n_additions,
                   const float *activations,
                   gsize n_values,
                   float scale);
  void (*raise_to_outputs) (float *powers,
                            float *highest,
                            float *sums,
                            const float *outputs,
                            gsize n_classes,
                            gsize lanes);
  void (*adam) (float *parameters,
                float *means,
                float *squares,
                const float *gradient,
                gsize n_values,
                const CoterieAdamStep *step);
  void (*momentum) (float *parameters,
                    float *velocities,
                    const float *gradient,
                    gsize n_values,
                    float learning_rate,
                    float momentum);
  void (*descend) (float *parameters, const float *gradient, gsize n_values, float learning_rate);
  void (*read_bytes) (float *values, const guint8 *bytes, gsize n_values);
  void (*transpose) (float *out,
                     gsize out_stride,
                     const float *in,
                     gsize in_stride,
                     gsize n_rows,
                     gsize n_columns);
} CoterieElementwiseKernels;

extern const CoterieElementwiseKernels coterie_elementwise_kernels_baseline;
#ifdef __x86_64__
extern const CoterieElementwiseKernels coterie_elementwise_kernels_avx2;
extern const CoterieElementwiseKernels coterie_elementwise_kernels_avx512;
#endif

const CoterieElementwiseKernels *coterie_elementwise_find_kernels (const char *name);

G_END_DECLS
