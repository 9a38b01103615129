/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fast weight updates, written with GCC's vector types and compiled once for each instruction
 * set.
 *
 * A tile of TILE_ROWS neurons x TILE_VECTORS vectors of inputs sums its gradient over the samples in
 * registers, while the processor fetches what the step of the next tile needs; then the step is made
 * and written back. A strip of the inputs, as wide as a tile, is worked through by all neurons before
 * the next, so that its samples stay in the first-level cache.
 *
 * Each weight's gradient is summed in the order of the samples, and what is fused is written down:
 * instruction sets with fused multiply-add give the same bytes. */

#include "core/training/weight-update.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

/* Sums take most of the vector registers: 24 of 32 with AVX-512, 12 of 16 otherwise. */
#if defined(__AVX512F__)
#define VECTOR_FLOATS 16
#define TILE_VECTORS 4
#elif defined(__AVX2__)
#define VECTOR_FLOATS 8
#define TILE_VECTORS 2
#else
#define VECTOR_FLOATS 4
#define TILE_VECTORS 2
#endif
#define TILE_ROWS 6
#define TILE_COLUMNS (TILE_VECTORS * VECTOR_FLOATS)
#define SOME_ROWS 4
#define FEW_ROWS 2
#define CACHE_LINE_FLOATS 16
#define SAMPLES_A_FETCH 4 /* between a row of the next tile and the following one */
#define N_FOURS 4         /* in COTERIE_LANES */

typedef float Vector __attribute__ ((vector_size (VECTOR_FLOATS * 4), aligned (4), may_alias));
typedef float Four __attribute__ ((vector_size (16), aligned (4), may_alias));
typedef gint32 FourPlaces __attribute__ ((vector_size (16)));
typedef gint32 Whole __attribute__ ((vector_size (VECTOR_FLOATS * 4), aligned (4), may_alias));

#define ALWAYS_INLINE static inline __attribute__ ((always_inline))

typedef enum {
  STEP_DESCEND,
  STEP_MOMENTUM,
  STEP_ADAM,
} StepKind;

/* kind is a constant wherever this is used, and the questions about it dissolve. */
typedef struct {
  StepKind kind;
  float *weights;
  float *first;  /* velocities, or means */
  float *second; /* squares */
  float learning_rate;
  float momentum;
  CoterieAdamStep adam;
} Step;

/* Of a tile, from the next sample on. */
typedef struct {
  const float *in;
  const float *out_grad;
  gsize in_stride;
  gsize lanes;
} Samples;

#define FOR_VECTORS(v) _Pragma ("GCC unroll 4") for (int v = 0; v < n_vectors; v++)

/* sum + a * b and from - a * b, with one rounding where the processor can. The compiler is not left to
 * choose what to fuse: its choice may depend on the width of the vectors. */

ALWAYS_INLINE Vector
add_product (Vector sum, Vector a, Vector b)
{
#if defined(__AVX512F__)
  return (Vector) _mm512_fmadd_ps ((__m512) a, (__m512) b, (__m512) sum);
#elif defined(__AVX2__)
  return (Vector) _mm256_fmadd_ps ((__m256) a, (__m256) b, (__m256) sum);
#elif defined(__aarch64__)
  return (Vector) vfmaq_f32 ((float32x4_t) sum, (float32x4_t) a, (float32x4_t) b);
#else
  return sum + a * b;
#endif
}

ALWAYS_INLINE Vector
subtract_product (Vector from, Vector a, Vector b)
{
#if defined(__AVX512F__)
  return (Vector) _mm512_fnmadd_ps ((__m512) a, (__m512) b, (__m512) from);
#elif defined(__AVX2__)
  return (Vector) _mm256_fnmadd_ps ((__m256) a, (__m256) b, (__m256) from);
#elif defined(__aarch64__)
  return (Vector) vfmsq_f32 ((float32x4_t) from, (float32x4_t) a, (float32x4_t) b);
#else
  return from - a * b;
#endif
}

/* Less zero, which the compiler knows to be nothing; more zero is not, for -0. */
ALWAYS_INLINE Vector
all (float value)
{
  return value - (Vector){0};
}

ALWAYS_INLINE Vector
take_square_root (Vector x)
{
#if defined(__AVX512F__)
  return (Vector) _mm512_sqrt_ps ((__m512) x);
#elif defined(__AVX2__)
  return (Vector) _mm256_sqrt_ps ((__m256) x);
#elif defined(__x86_64__)
  return (Vector) _mm_sqrt_ps ((__m128) x);
#elif defined(__aarch64__)
  return (Vector) vsqrtq_f32 ((float32x4_t) x);
#else
  for (int i = 0; i < VECTOR_FLOATS; i++)
    x[i] = sqrtf (x[i]);
  return x;
#endif
}

/* For x from 1e-38 to 1e38: y / (1 - e) = y (1 + e + e^2 + ...) with e = 1 - x y, from a y that is at
 * most 13 % off because it treats the bits of a float as its logarithm. The result is off by some
 * units in the last place, and the same everywhere; a division would keep the processor from the next
 * square root. */
ALWAYS_INLINE void
take_reciprocals (Vector *y, const Vector *x, const int n_vectors)
{
  Vector e[TILE_VECTORS];
  Vector terms[TILE_VECTORS];

  FOR_VECTORS (v) y[v] = (Vector) (0x7ef311c7 - (Whole) x[v]);
#pragma GCC unroll 2
  for (int i = 0; i < 2; i++) {
    FOR_VECTORS (v) e[v] = subtract_product (all (1.0f), x[v], y[v]);
    FOR_VECTORS (v) terms[v] = add_product (e[v], e[v], e[v]);
    FOR_VECTORS (v) y[v] = add_product (y[v], y[v], terms[v]);
  }
}

/* A vector of which n_values, at most VECTOR_FLOATS, are there. */
ALWAYS_INLINE Vector
load (const float *values, gsize n_values)
{
  Vector vector = {0};

  if (n_values == VECTOR_FLOATS)
    return *(const Vector *) values;
  memcpy (&vector, values, n_values * sizeof *values);
  return vector;
}

ALWAYS_INLINE void
store (float *values, Vector vector, gsize n_values)
{
  if (n_values == VECTOR_FLOATS)
    *(Vector *) values = vector;
  else
    memcpy (values, &vector, n_values * sizeof *values);
}

ALWAYS_INLINE void
take_descent_step (
    const Step *step, gsize at, const Vector *gradient, const int n_vectors, gsize n_values)
{
  FOR_VECTORS (v)
  {
    float *weights = step->weights + at + v * VECTOR_FLOATS;

    Vector weight = load (weights, n_values);

    store (weights, subtract_product (weight, gradient[v], all (step->learning_rate)), n_values);
  }
}

ALWAYS_INLINE void
take_momentum_step (
    const Step *step, gsize at, const Vector *gradient, const int n_vectors, gsize n_values)
{
  FOR_VECTORS (v)
  {
    float *weights = step->weights + at + v * VECTOR_FLOATS;
    float *velocities = step->first + at + v * VECTOR_FLOATS;
    Vector velocity = load (velocities, n_values) * step->momentum;

    velocity = subtract_product (velocity, gradient[v], all (step->learning_rate));
    store (velocities, velocity, n_values);
    store (weights, load (weights, n_values) + velocity, n_values);
  }
}

/* Kingma and Ba 2015, Algorithm 1, in the order of its last remark: the correction of the bias is
 * part of the step size, as in Keras. */
ALWAYS_INLINE void
take_adam_step (
    const Step *step, gsize at, const Vector *gradient, const int n_vectors, gsize n_values)
{
  float *weights = step->weights + at;
  float *means = step->first + at;
  float *squares = step->second + at;
  Vector mean[TILE_VECTORS];
  Vector square[TILE_VECTORS];
  Vector change[TILE_VECTORS];
  Vector root[TILE_VECTORS];
  Vector inverse[TILE_VECTORS];
  Vector weight[TILE_VECTORS];

  FOR_VECTORS (v) square[v] = load (squares + v * VECTOR_FLOATS, n_values);
  FOR_VECTORS (v) change[v] = subtract_product (square[v], gradient[v], gradient[v]);
  FOR_VECTORS (v) square[v] = subtract_product (square[v], change[v], all (step->adam.square_rate));
  FOR_VECTORS (v) store (squares + v * VECTOR_FLOATS, square[v], n_values);
  FOR_VECTORS (v) root[v] = take_square_root (square[v]);
  FOR_VECTORS (v) root[v] = root[v] + step->adam.epsilon;
  take_reciprocals (inverse, root, n_vectors);

  FOR_VECTORS (v) mean[v] = load (means + v * VECTOR_FLOATS, n_values);
  FOR_VECTORS (v) change[v] = gradient[v] - mean[v];
  FOR_VECTORS (v) mean[v] = add_product (mean[v], change[v], all (step->adam.mean_rate));
  FOR_VECTORS (v) store (means + v * VECTOR_FLOATS, mean[v], n_values);
  FOR_VECTORS (v) mean[v] = mean[v] * step->adam.step_size;
  FOR_VECTORS (v) weight[v] = load (weights + v * VECTOR_FLOATS, n_values);
  FOR_VECTORS (v) weight[v] = subtract_product (weight[v], mean[v], inverse[v]);
  FOR_VECTORS (v) store (weights + v * VECTOR_FLOATS, weight[v], n_values);
}

/* Of n_vectors vectors of weights from at on, each with n_values. */
ALWAYS_INLINE void
take_step (const Step *step, gsize at, const Vector *gradient, const int n_vectors, gsize n_values)
{
  if (step->kind == STEP_DESCEND)
    take_descent_step (step, at, gradient, n_vectors, n_values);
  else if (step->kind == STEP_MOMENTUM)
    take_momentum_step (step, at, gradient, n_vectors, n_values);
  else
    take_adam_step (step, at, gradient, n_vectors, n_values);
}

/* For a step that takes little beside the sums. */
ALWAYS_INLINE void
take_steps_at_once (const Step *step,
                    gsize at,
                    gsize stride,
                    Vector sums[][TILE_VECTORS],
                    const int n_rows,
                    const int n_vectors,
                    gsize n_values)
{
#pragma GCC unroll 8
  for (int r = 0; r < n_rows; r++)
    take_step (step, at + (gsize) r * stride, sums[r], n_vectors, n_values);
}

/* For a step that wants the registers for itself: the sums wait in the first-level cache. */
ALWAYS_INLINE void
take_steps_in_turn (const Step *step,
                    gsize at,
                    gsize stride,
                    Vector sums[][TILE_VECTORS],
                    const int n_rows,
                    const int n_vectors,
                    gsize n_values)
{
  Vector gradient[TILE_ROWS][TILE_VECTORS] __attribute__ ((aligned (64)));

#pragma GCC unroll 8
  for (int r = 0; r < n_rows; r++)
#pragma GCC unroll 4
    for (int v = 0; v < n_vectors; v++)
      gradient[r][v] = sums[r][v];
#pragma GCC unroll 1
  for (int r = 0; r < n_rows; r++)
    take_step (step, at + (gsize) r * stride, gradient[r], n_vectors, n_values);
}

/* Into the second-level cache, what the step of n_vectors from at on needs. */
ALWAYS_INLINE void
fetch (const Step *step, gsize at, const int n_vectors)
{
#pragma GCC unroll 4
  for (int v = 0; v < n_vectors; v += CACHE_LINE_FLOATS / VECTOR_FLOATS) {
    gsize line = at + (gsize) v * VECTOR_FLOATS;

    __builtin_prefetch (step->weights + line, 0, 2);
    if (step->kind != STEP_DESCEND)
      __builtin_prefetch (step->first + line, 0, 2);
    if (step->kind == STEP_ADAM)
      __builtin_prefetch (step->second + line, 0, 2);
  }
}

/* The next n_samples samples of a tile. */
ALWAYS_INLINE void
add_samples (Vector sums[][TILE_VECTORS],
             Samples *samples,
             gsize n_samples,
             const int n_rows,
             const int n_vectors)
{
#pragma GCC unroll 1
  for (gsize s = 0; s < n_samples; s++) {
    Vector values[TILE_VECTORS];

#pragma GCC unroll 4
    for (int v = 0; v < n_vectors; v++)
      values[v] = *(const Vector *) (samples->in + v * VECTOR_FLOATS);
#pragma GCC unroll 8
    for (int r = 0; r < n_rows; r++) {
      Vector factor = all (samples->out_grad[(gsize) r * samples->lanes]);

#pragma GCC unroll 4
      for (int v = 0; v < n_vectors; v++)
        sums[r][v] = add_product (sums[r][v], factor, values[v]);
    }
    samples->in += samples->in_stride;
    samples->out_grad++;
  }
}

/* The weights of n_rows neurons from row on, and of n_columns inputs from column on, which n_vectors
 * hold. next: where the weights of the next tile begin. What it needs is fetched a row at a time: the
 * processor can only wait for a dozen lines at once, and stands still when it is to fetch more. */
ALWAYS_INLINE void
update_tile (const Step *step,
             const CoterieWeightGradient *g,
             const int n_rows,
             const int n_vectors,
             gsize row,
             gsize column,
             gsize n_columns,
             gsize next)
{
  gsize at = row * g->weights_stride + column;
  gsize n_left = g->n_samples;
  Samples samples = {
      .in = g->in_rows + column,
      .out_grad = g->out_grad + row * g->lanes,
      .in_stride = g->in_stride,
      .lanes = g->lanes,
  };
  Vector sums[TILE_ROWS][TILE_VECTORS];

#pragma GCC unroll 8
  for (int r = 0; r < n_rows; r++)
#pragma GCC unroll 4
    for (int v = 0; v < n_vectors; v++)
      sums[r][v] = (Vector){0};

#pragma GCC unroll 1
  for (int r = 0; r < n_rows && n_left >= SAMPLES_A_FETCH; r++) {
    fetch (step, next + (gsize) r * g->weights_stride, n_vectors);
    add_samples (sums, &samples, SAMPLES_A_FETCH, n_rows, n_vectors);
    n_left -= SAMPLES_A_FETCH;
  }
  add_samples (sums, &samples, n_left, n_rows, n_vectors);

  if (step->kind == STEP_DESCEND)
    take_steps_at_once (step, at, g->weights_stride, sums, n_rows, n_vectors,
                        n_vectors > 1 ? VECTOR_FLOATS : n_columns);
  else
    take_steps_in_turn (step, at, g->weights_stride, sums, n_rows, n_vectors,
                        n_vectors > 1 ? VECTOR_FLOATS : n_columns);
}

/* As many tiles of n_rows neurons as there are from *row on, of a strip of the inputs. After the last
 * one the next strip begins. */
ALWAYS_INLINE void
update_tiles (const Step *step,
              const CoterieWeightGradient *g,
              const int n_rows,
              const int n_vectors,
              gsize *row,
              gsize column,
              gsize n_columns)
{
  for (; *row + (gsize) n_rows <= g->n_out; *row += (gsize) n_rows) {
    gsize next_row = *row + (gsize) n_rows;
    gsize next = next_row < g->n_out ? next_row * g->weights_stride + column : column + n_columns;

    update_tile (step, g, n_rows, n_vectors, *row, column, n_columns, next);
  }
}

/* All neurons, of a strip of the inputs. */
ALWAYS_INLINE void
update_strip (const Step *step,
              const CoterieWeightGradient *g,
              const int n_vectors,
              gsize column,
              gsize n_columns)
{
  gsize row = 0;

  update_tiles (step, g, TILE_ROWS, n_vectors, &row, column, n_columns);
  update_tiles (step, g, SOME_ROWS, n_vectors, &row, column, n_columns);
  update_tiles (step, g, FEW_ROWS, n_vectors, &row, column, n_columns);
  update_tiles (step, g, 1, n_vectors, &row, column, n_columns);
}

ALWAYS_INLINE void
update (const Step *step, const CoterieWeightGradient *g)
{
  gsize column = 0;

  for (; column + TILE_COLUMNS <= g->n_in; column += TILE_COLUMNS)
    update_strip (step, g, TILE_VECTORS, column, TILE_COLUMNS);
  for (; column + VECTOR_FLOATS <= g->n_in; column += VECTOR_FLOATS)
    update_strip (step, g, 1, column, VECTOR_FLOATS);
  if (column < g->n_in)
    update_strip (step, g, 1, column, g->n_in - column);
}

static void
descend (float *weights, const CoterieWeightGradient *gradient, float learning_rate)
{
  Step step = {.kind = STEP_DESCEND, .weights = weights, .learning_rate = learning_rate};

  update (&step, gradient);
}

static void
momentum (float *weights,
          float *velocities,
          const CoterieWeightGradient *gradient,
          float learning_rate,
          float momentum_factor)
{
  Step step = {
      .kind = STEP_MOMENTUM,
      .weights = weights,
      .first = velocities,
      .learning_rate = learning_rate,
      .momentum = momentum_factor,
  };

  update (&step, gradient);
}

static void
adam (float *weights,
      float *means,
      float *squares,
      const CoterieWeightGradient *gradient,
      const CoterieAdamStep *adam_step)
{
  Step step = {
      .kind = STEP_ADAM,
      .weights = weights,
      .first = means,
      .second = squares,
      .adam = *adam_step,
  };

  update (&step, gradient);
}

/* In vectors of four, which all instruction sets have: the sums of every fourth lane, which are themselves
 * the sums of four sums side by side, so that no addition waits for another. */
ALWAYS_INLINE Four
sum_every_fourth (const float *values, gsize lanes)
{
  Four partial[N_FOURS] = {{0}};

  for (gsize first = 0; first < lanes; first += 4 * N_FOURS)
#pragma GCC unroll 4
    for (gsize i = 0; i < N_FOURS; i++)
      partial[i] += *(const Four *) (values + first + 4 * i);
  return (partial[0] + partial[2]) + (partial[1] + partial[3]);
}

/* Four neurons' sums of every fourth lane to their sums: a, b, c and d each x[0] + x[2] + (x[1] + x[3]). */
ALWAYS_INLINE Four
sum_fours (Four a, Four b, Four c, Four d)
{
  const FourPlaces low = {0, 4, 1, 5};
  const FourPlaces high = {2, 6, 3, 7};
  const FourPlaces first_halves = {0, 1, 4, 5};
  const FourPlaces second_halves = {2, 3, 6, 7};
  Four ab = __builtin_shuffle (a, b, low) + __builtin_shuffle (a, b, high);
  Four cd = __builtin_shuffle (c, d, low) + __builtin_shuffle (c, d, high);

  return __builtin_shuffle (ab, cd, first_halves) + __builtin_shuffle (ab, cd, second_halves);
}

static void
sum_lanes (float *sums, const float *out_grad, gsize n_out, gsize lanes)
{
  gsize o = 0;

  for (; o + 4 <= n_out; o += 4) {
    const float *grad = out_grad + o * lanes;

    *(Four *) (sums + o) = sum_fours (
        sum_every_fourth (grad, lanes), sum_every_fourth (grad + lanes, lanes),
        sum_every_fourth (grad + 2 * lanes, lanes), sum_every_fourth (grad + 3 * lanes, lanes));
  }
  for (; o < n_out; o++) {
    Four sum = sum_every_fourth (out_grad + o * lanes, lanes);

    sums[o] = (sum[0] + sum[2]) + (sum[1] + sum[3]);
  }
}

#define PASTE(a, b) a##b
#define KERNELS_SYMBOL(name) PASTE (coterie_weight_update_kernels_, name)

const CoterieWeightUpdateKernels KERNELS_SYMBOL (COTERIE_KERNELS_NAME) = {
    G_STRINGIFY (COTERIE_KERNELS_NAME), descend, momentum, adam, sum_lanes,
};
