/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fast dense kernels, written with GCC's vector types and compiled once for each instruction
 * set; dense.c chooses among the results when the program runs.
 *
 * Both kernels are one matrix product,
 *
 *   out[r][c] = start[r][c] + sum over k of factors[r * row_step + k * inner_step] * in[k][c],
 *
 * whose columns c are samples, side by side in vectors. A tile of TILE_ROWS x TILE_VECTORS sums stays
 * in registers; a block of INNER_BLOCK rows of the input is worked through by all rows before the
 * next, so that it stays in the first-level cache. Between blocks the sums rest in out, as floats. So
 * every sum is made in the order of k, one rounding a term, whatever the width of a vector:
 * instruction sets with fused multiply-add give the same bytes. This file is compiled with
 * -ffp-contract=fast, which turns each a + b * c of vectors into one. */

#include "core/network/dense-private.h"

/* Sums take most of the vector registers: 24 of 32 with AVX-512, 12 of 16 otherwise. */
#if defined(__AVX512F__)
#define VECTOR_FLOATS 16
#define TILE_ROWS 12
#elif defined(__AVX2__)
#define VECTOR_FLOATS 8
#define TILE_ROWS 6
#else
#define VECTOR_FLOATS 4
#define TILE_ROWS 6
#endif
#define TILE_VECTORS 2
#define TILE_COLUMNS (TILE_VECTORS * VECTOR_FLOATS)
#define FEW_ROWS 4
#define CACHE_LINE_FLOATS 16
#define INNER_BLOCK 192
#define STRIDED_BLOCK 128 /* where each step of k is in another row of the weights */

typedef float Vector __attribute__ ((vector_size (VECTOR_FLOATS * 4), aligned (4), may_alias));

#define ALWAYS_INLINE static inline __attribute__ ((always_inline))

typedef struct {
  float *out;
  gsize out_stride;
  const float *start; /* of each row; NULL starts from 0 */
  gboolean add;       /* start from what is in out already */
  const float *factors;
  gsize row_step;
  gsize inner_step;
  const float *in;
  gsize in_stride;
  gsize n_rows;
  gsize n_inner;
  gsize n_columns;
} Product;

/* Into the second-level cache, what the next tile wants of the factors: where they lie in a row, a
 * cache line of each row when the last is used up, otherwise the end of its rows at every step. */
ALWAYS_INLINE void
prefetch_next_tile (
    const Product *p, gsize inner_step, const int n_rows, const float *factors, gsize k)
{
  if (inner_step != 1)
    __builtin_prefetch (factors + 2 * n_rows - 1, 0, 2);
  else if (n_rows == TILE_ROWS && k % CACHE_LINE_FLOATS < TILE_ROWS)
    __builtin_prefetch (factors + (TILE_ROWS + k % CACHE_LINE_FLOATS) * p->row_step, 0, 2);
}

/* The sums of n_rows x n_vectors from row and column on, over k in [k_first, k_end). The two sizes
 * are constants wherever this is used, and the loops over them dissolve. */
ALWAYS_INLINE void
add_tile (const Product *p,
          gsize inner_step,
          const int n_rows,
          const int n_vectors,
          gsize row,
          gsize column,
          gsize k_first,
          gsize k_end)
{
  gsize row_step = p->row_step;
  gsize in_stride = p->in_stride;
  const float *factors = p->factors + row * row_step + k_first * inner_step;
  const float *in = p->in + k_first * in_stride + column;
  float *out = p->out + row * p->out_stride + column;
  Vector sums[TILE_ROWS][TILE_VECTORS];

#pragma GCC unroll 16
  for (int r = 0; r < n_rows; r++)
#pragma GCC unroll 4
    for (int v = 0; v < n_vectors; v++) {
      if (k_first > 0 || p->add)
        sums[r][v] = *(const Vector *) (out + (gsize) r * p->out_stride + v * VECTOR_FLOATS);
      else
        sums[r][v] = (Vector){0} + (p->start != NULL ? p->start[row + (gsize) r] : 0.0f);
    }

  for (gsize k = k_first; k < k_end; k++) {
    Vector values[TILE_VECTORS];

    prefetch_next_tile (p, inner_step, n_rows, factors, k);
#pragma GCC unroll 4
    for (int v = 0; v < n_vectors; v++)
      values[v] = *(const Vector *) (in + v * VECTOR_FLOATS);
#pragma GCC unroll 16
    for (int r = 0; r < n_rows; r++) {
      float factor = factors[(gsize) r * row_step];

#pragma GCC unroll 4
      for (int v = 0; v < n_vectors; v++)
        sums[r][v] = sums[r][v] + factor * values[v];
    }
    factors += inner_step;
    in += in_stride;
  }

#pragma GCC unroll 16
  for (int r = 0; r < n_rows; r++)
#pragma GCC unroll 4
    for (int v = 0; v < n_vectors; v++)
      *(Vector *) (out + (gsize) r * p->out_stride + v * VECTOR_FLOATS) = sums[r][v];
}

/* All rows of a strip of columns that is n_vectors wide. */
ALWAYS_INLINE void
add_strip (const Product *p,
           gsize inner_step,
           const int n_vectors,
           gsize column,
           gsize k_first,
           gsize k_end)
{
  gsize row = 0;

  for (; row + TILE_ROWS <= p->n_rows; row += TILE_ROWS)
    add_tile (p, inner_step, TILE_ROWS, n_vectors, row, column, k_first, k_end);
  for (; row + FEW_ROWS <= p->n_rows; row += FEW_ROWS)
    add_tile (p, inner_step, FEW_ROWS, n_vectors, row, column, k_first, k_end);
  for (; row < p->n_rows; row++)
    add_tile (p, inner_step, 1, n_vectors, row, column, k_first, k_end);
}

/* inner_step is p's own, given apart so that it is a constant where it is 1. */
ALWAYS_INLINE void
multiply (const Product *p, gsize inner_step)
{
  gsize n_tiled = p->n_columns - p->n_columns % TILE_COLUMNS;
  gsize block = inner_step == 1 ? INNER_BLOCK : STRIDED_BLOCK;
  gsize k_first = 0;

  do {
    gsize k_end = MIN (k_first + block, p->n_inner);
    gsize column = 0;

    for (; column < n_tiled; column += TILE_COLUMNS)
      add_strip (p, inner_step, TILE_VECTORS, column, k_first, k_end);
    for (; column < p->n_columns; column += VECTOR_FLOATS)
      add_strip (p, inner_step, 1, column, k_first, k_end);
    k_first = k_end;
  } while (k_first < p->n_inner);
}

static void
forward (float *out,
         const float *in,
         const float *weights,
         const float *biases,
         gsize n_out,
         gsize n_in,
         gsize lanes)
{
  Product product = {
      .out = out,
      .out_stride = lanes,
      .start = biases,
      .factors = weights,
      .row_step = n_in,
      .inner_step = 1,
      .in = in,
      .in_stride = lanes,
      .n_rows = n_out,
      .n_inner = n_in,
      .n_columns = lanes,
  };

  multiply (&product, 1);
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
  Product product = {
      .out = in_grad,
      .out_stride = lanes,
      .add = add,
      .factors = weights,
      .row_step = 1,
      .inner_step = weights_stride,
      .in = out_grad,
      .in_stride = lanes,
      .n_rows = n_in,
      .n_inner = n_out,
      .n_columns = lanes,
  };

  multiply (&product, weights_stride);
}

#define PASTE(a, b) a##b
#define KERNELS_SYMBOL(name) PASTE (coterie_dense_kernels_, name)

const CoterieDenseKernels KERNELS_SYMBOL (COTERIE_KERNELS_NAME) = {
    G_STRINGIFY (COTERIE_KERNELS_NAME),
    forward,
    backward,
};
