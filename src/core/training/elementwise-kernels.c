/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The elementwise kernels in plain loops, which the compiler makes vectors of; compiled once for each
 * instruction set, and with -ffp-contract=off like everything but the dense kernels. */

#include "core/training/elementwise.h"

#include <math.h>
#include <string.h>

#include "core/dataset/pixel-fraction.h"

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

static void
read_bytes (float *restrict values, const guint8 *restrict bytes, gsize n_values)
{
  for (gsize i = 0; i < n_values; i++)
    values[i] = COTERIE_PIXEL_FRACTION ((float) bytes[i]);
}

/* Rows r and r + 4 side by side: a vector of eight is two halves, in which the shuffles work alike. */
#define TRANSPOSED_ROWS 8
#define TRANSPOSED_COLUMNS 4

typedef float Four __attribute__ ((vector_size (16), aligned (4), may_alias));
typedef float Eight __attribute__ ((vector_size (32), aligned (4), may_alias));
typedef gint32 EightPlaces __attribute__ ((vector_size (32)));

static inline void
load_halves (Eight *row, const float *first, const float *second)
{
  *row = __builtin_shufflevector (*(const Four *) first, *(const Four *) second, 0, 1, 2, 3, 4, 5,
                                  6, 7);
}

/* Eight rows of four to four of eight; two shuffles a vector. */
static inline void
transpose_block (float *restrict out, gsize out_stride, const float *restrict in, gsize in_stride)
{
  const EightPlaces low = {0, 8, 1, 9, 4, 12, 5, 13};
  const EightPlaces high = {2, 10, 3, 11, 6, 14, 7, 15};
  const EightPlaces first_pairs = {0, 1, 8, 9, 4, 5, 12, 13};
  const EightPlaces second_pairs = {2, 3, 10, 11, 6, 7, 14, 15};
  Eight rows[TRANSPOSED_COLUMNS];
  Eight low_01;
  Eight high_01;
  Eight low_23;
  Eight high_23;

  for (gsize r = 0; r < TRANSPOSED_COLUMNS; r++)
    load_halves (&rows[r], in + r * in_stride, in + (r + 4) * in_stride);
  low_01 = __builtin_shuffle (rows[0], rows[1], low);
  high_01 = __builtin_shuffle (rows[0], rows[1], high);
  low_23 = __builtin_shuffle (rows[2], rows[3], low);
  high_23 = __builtin_shuffle (rows[2], rows[3], high);

  *(Eight *) out = __builtin_shuffle (low_01, low_23, first_pairs);
  *(Eight *) (out + out_stride) = __builtin_shuffle (low_01, low_23, second_pairs);
  *(Eight *) (out + 2 * out_stride) = __builtin_shuffle (high_01, high_23, first_pairs);
  *(Eight *) (out + 3 * out_stride) = __builtin_shuffle (high_01, high_23, second_pairs);
}

static void
transpose (float *restrict out,
           gsize out_stride,
           const float *restrict in,
           gsize in_stride,
           gsize n_rows,
           gsize n_columns)
{
  gsize n_blocked_rows = n_rows - n_rows % TRANSPOSED_ROWS;
  gsize n_blocked_columns = n_columns - n_columns % TRANSPOSED_COLUMNS;

  for (gsize c = 0; c < n_blocked_columns; c += TRANSPOSED_COLUMNS)
    for (gsize r = 0; r < n_blocked_rows; r += TRANSPOSED_ROWS)
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
