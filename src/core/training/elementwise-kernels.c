/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The elementwise kernels in plain loops, which the compiler makes vectors of; compiled once for each
 * instruction set, and with -ffp-contract=off like everything but the dense kernels. */

#include "core/training/elementwise.h"

#include <math.h>
#include <string.h>

/* A multiple of the widest vector: sums that stay in registers. */
#define COLLECTED_AT_ONCE 128

/* COTERIE_LANES. */
#define LANES_AT_ONCE 16

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
collect (float *restrict gradient,
         const float *restrict additions,
         gsize stride,
         gsize n_additions,
         const float *restrict activations,
         gsize n_values,
         float scale)
{
  for (gsize first = 0; first < n_values; first += COLLECTED_AT_ONCE) {
    gsize n_here = MIN (COLLECTED_AT_ONCE, n_values - first);
    float sums[COLLECTED_AT_ONCE];

    for (gsize i = 0; i < n_here; i++)
      sums[i] = additions[first + i];
    for (gsize a = 1; a < n_additions; a++)
      for (gsize i = 0; i < n_here; i++)
        sums[i] += additions[a * stride + first + i];
    for (gsize i = 0; i < n_here; i++)
      gradient[first + i] = activations[first + i] > 0.0f ? sums[i] * scale : 0.0f;
  }
}

/* e^x for x at most 0, with a relative error below 3e-7; 0 below -87, and not-a-number for itself.
 * x = n ln 2 + r with whole n and |r| at most ln 2 / 2; then e^x = 2^n e^r, e^r by its series. Adding
 * and taking away 1.5 * 2^23 rounds to a whole number, which then stands in the last bits of the sum. */
static inline float
raise_e (float x)
{
  const float rounder = 0x1.8p23f;
  float rounded = x * 1.44269504f + rounder;
  float n = rounded - rounder;
  float r = (x - n * 0x1.62e4p-1f) - n * 0x1.7f7d1cp-20f;
  float series = 1.0f / 720.0f;
  guint32 rounded_bits;
  guint32 bits;
  float power;

  series = series * r + 1.0f / 120.0f;
  series = series * r + 1.0f / 24.0f;
  series = series * r + 1.0f / 6.0f;
  series = series * r + 0.5f;
  series = series * r + 1.0f;
  series = series * r + 1.0f;
  memcpy (&rounded_bits, &rounded, sizeof rounded_bits);
  memcpy (&bits, &series, sizeof bits);
  bits += rounded_bits << 23; /* 2^n: into the exponent */
  memcpy (&power, &bits, sizeof power);
  power = x < -87.0f ? 0.0f : power;
  return x <= 0.0f ? power : NAN;
}

static void
raise_to_outputs (float *restrict powers,
                  float *restrict highest,
                  float *restrict sums,
                  const float *restrict outputs,
                  gsize n_classes,
                  gsize lanes)
{
  for (gsize s = 0; s < LANES_AT_ONCE; s++) {
    highest[s] = outputs[s];
    sums[s] = 0.0f;
  }
  for (gsize c = 1; c < n_classes; c++)
    for (gsize s = 0; s < LANES_AT_ONCE; s++)
      highest[s] = outputs[c * lanes + s] > highest[s] ? outputs[c * lanes + s] : highest[s];
  for (gsize c = 0; c < n_classes; c++)
    for (gsize s = 0; s < LANES_AT_ONCE; s++) {
      powers[c * lanes + s] = raise_e (outputs[c * lanes + s] - highest[s]);
      sums[s] += powers[c * lanes + s];
    }
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
    float g = gradient[i];
    float mean = means[i] + (g - means[i]) * mean_rate;
    float square = squares[i] + (g * g - squares[i]) * square_rate;

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
    float velocity = momentum_factor * velocities[i] - learning_rate * gradient[i];

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

/* The same as in the data set, which divides by 255 too. */
static void
read_bytes (float *restrict values, const guint8 *restrict bytes, gsize n_values)
{
  for (gsize i = 0; i < n_values; i++)
    values[i] = (float) bytes[i] / 255.0f;
}

/* Four by four, in vectors of four, which all instruction sets have; two shuffles a vector. */
static inline void
transpose_block (float *restrict out, gsize out_stride, const float *restrict in, gsize in_stride)
{
  typedef float Four __attribute__ ((vector_size (16), aligned (4), may_alias));
  typedef gint32 Places __attribute__ ((vector_size (16)));
  const Places low = {0, 4, 1, 5};
  const Places high = {2, 6, 3, 7};
  const Places first_halves = {0, 1, 4, 5};
  const Places second_halves = {2, 3, 6, 7};
  Four row_0 = *(const Four *) in;
  Four row_1 = *(const Four *) (in + in_stride);
  Four row_2 = *(const Four *) (in + 2 * in_stride);
  Four row_3 = *(const Four *) (in + 3 * in_stride);
  Four low_01 = __builtin_shuffle (row_0, row_1, low);
  Four high_01 = __builtin_shuffle (row_0, row_1, high);
  Four low_23 = __builtin_shuffle (row_2, row_3, low);
  Four high_23 = __builtin_shuffle (row_2, row_3, high);

  *(Four *) out = __builtin_shuffle (low_01, low_23, first_halves);
  *(Four *) (out + out_stride) = __builtin_shuffle (low_01, low_23, second_halves);
  *(Four *) (out + 2 * out_stride) = __builtin_shuffle (high_01, high_23, first_halves);
  *(Four *) (out + 3 * out_stride) = __builtin_shuffle (high_01, high_23, second_halves);
}

static void
transpose (float *restrict out,
           gsize out_stride,
           const float *restrict in,
           gsize in_stride,
           gsize n_rows,
           gsize n_columns)
{
  gsize n_blocked_rows = n_rows - n_rows % 4;
  gsize n_blocked_columns = n_columns - n_columns % 4;

  for (gsize c = 0; c < n_blocked_columns; c += 4)
    for (gsize r = 0; r < n_blocked_rows; r += 4)
      transpose_block (out + c * out_stride + r, out_stride, in + r * in_stride + c, in_stride);
  for (gsize r = 0; r < n_rows; r++)
    for (gsize c = r < n_blocked_rows ? n_blocked_columns : 0; c < n_columns; c++)
      out[c * out_stride + r] = in[r * in_stride + c];
}

#define PASTE(a, b) a##b
#define KERNELS_SYMBOL(name) PASTE (coterie_elementwise_kernels_, name)

const CoterieElementwiseKernels KERNELS_SYMBOL (COTERIE_KERNELS_NAME) = {
    G_STRINGIFY (COTERIE_KERNELS_NAME),
    activate,
    collect,
    raise_to_outputs,
    adam,
    momentum,
    descend,
    read_bytes,
    transpose,
};
