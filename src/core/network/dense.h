/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (CoterieDenseForward) (float *out,
                                    const float *in,
                                    const float *weights,
                                    const float *biases,
                                    gsize n_out,
                                    gsize n_in,
                                    gsize stride,
                                    gsize lanes);

/**
 * CoterieDenseKernels:
 * @name: "avx512", "avx2", "baseline" or "naive"
 * @forward: outputs of a fully connected layer, before its ReLU
 * @forward_sparse: the same, to the bit but for the sign of a 0, in less time if many inputs are 0 for
 *   neighbouring samples; weights must be finite
 * @backward: gradient with respect to the layer's inputs
 *
 * The arithmetic of fully connected layers. All pointers are to distinct, non-overlapping memory;
 * nothing is allocated and nothing fails. lanes is a multiple of 16. All kernels but the naive ones
 * add in the same order with fused multiply-adds, where the processor has them. What a layer's
 * gradient does to its weights is in weight-update.h of core/training.
 *
 * forward:  out[o][s] = biases[o] + sum over i of weights[o][i] * in[i][s]; of lanes samples, whose
 *           rows are stride apart: they may be some of more
 *   out [n_out][stride]   in [n_in][stride]   weights [n_out][n_in]   biases [n_out]
 * backward: in_grad[i][s] = sum over o of weights[o][i] * out_grad[o][s]; with add, what in_grad
 *           holds comes first in the sum: the outputs may be given piece by piece, and so may the
 *           inputs, the rows of weights being weights_stride apart
 *   in_grad [n_in][lanes]   out_grad [n_out][lanes]   weights [n_out][weights_stride]
 */
typedef struct {
  const char *name;
  CoterieDenseForward *forward;
  CoterieDenseForward *forward_sparse;
  void (*backward) (float *in_grad,
                    const float *out_grad,
                    const float *weights,
                    gsize n_out,
                    gsize n_in,
                    gsize weights_stride,
                    gsize lanes,
                    gboolean add);
} CoterieDenseKernels;

const CoterieDenseKernels *coterie_dense_get_kernels (void);
const CoterieDenseKernels *coterie_dense_find_kernels (const char *name);
char *coterie_dense_dup_kernel_names (void);
gboolean coterie_dense_check_kernels (GError **error);

G_END_DECLS
