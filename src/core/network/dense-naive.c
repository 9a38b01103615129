/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The dense kernels as dense.h defines them, in plain loops: what the fast ones are compared with,
 * and what to read first. */

#include "core/network/dense-private.h"

static void
forward (float *out,
         const float *in,
         const float *weights,
         const float *biases,
         gsize n_out,
         gsize n_in,
         gsize stride,
         gsize lanes)
{
  for (gsize o = 0; o < n_out; o++)
    for (gsize s = 0; s < lanes; s++) {
      float sum = biases[o];

      for (gsize i = 0; i < n_in; i++)
        sum += weights[o * n_in + i] * in[i * stride + s];
      out[o * stride + s] = sum;
    }
}

static void
backward (float *in_grad,
          const float *out_grad,
          const float *weights,
          gsize n_out,
          gsize n_in,
          gsize weights_stride,
          gsize lanes,
          gboolean add)
{
  for (gsize i = 0; i < n_in; i++)
    for (gsize s = 0; s < lanes; s++) {
      float sum = add ? in_grad[i * lanes + s] : 0.0f;

      for (gsize o = 0; o < n_out; o++)
        sum += weights[o * weights_stride + i] * out_grad[o * lanes + s];
      in_grad[i * lanes + s] = sum;
    }
}

const CoterieDenseKernels coterie_dense_kernels_naive = {"naive", forward, forward, backward};
