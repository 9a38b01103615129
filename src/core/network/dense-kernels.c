/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fast dense kernels, written with GCC's vector types and compiled once for each instruction
 * set; dense.c chooses among the results when the program runs.
 *
 * All kernels are one matrix product,
 *
 *   out[r][c] = start[r][c] + sum over k of factors[r * row_step + k * inner_step] * in[k][c],
 *
 * whose columns c are samples, side by side in vectors. A tile of TILE_ROWS x TILE_VECTORS sums stays
 * in registers; a block of INNER_BLOCK rows of the input is worked through by all rows before the
 * next, so that it stays in the first-level cache. Between blocks the sums rest in out, as floats. So
 * every sum is made in the order of k, one rounding a term, whatever the width of a vector:
 * instruction sets with fused multiply-add give the same bytes. This file is compiled with
 * -ffp-contract=fast, which turns each a + b * c of vectors into one.
 *
 * Of inputs that are often 0, as those of one class are at the edge of a picture and behind a silent
 * neuron, the sparse kernel copies the rows that are not 0 throughout a strip of columns next to each
 * other, and takes the sums over these alone. */

#include "core/network/dense-private.h"

#include <string.h>

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
#define CACHE_LINE_FLOATS 16
#define INNER_BLOCK 192
#define STRIDED_BLOCK 128 /* where each step of k is in another row of the weights */
#define SPARSE_BLOCK 256  /* of which fewer stay */
#define SPARSE_BLOCK_LINES (SPARSE_BLOCK / CACHE_LINE_FLOATS)
#define SIGN_BITS G_GUINT64_CONSTANT (0x8000000080000000)

typedef float Vector __attribute__ ((vector_size (VECTOR_FLOATS * 4), aligned (4), may_alias));
typedef gint32 Bits __attribute__ ((vector_size (VECTOR_FLOATS * 4), aligned (4), may_alias));

#define ALWAYS_INLINE static inline __attribute__ ((always_inline))

typedef struct {
  float *out;
  gsize out_stride;
  const float *start; /* of each row; NULL starts from 0 */
  gboolean add;       /* start from what is in out already */
  const float *factors;
  gsize row_step;
  gsize inner_step;
  const guint32
      *places; /* [n_inner]: where in a row of the factors that of each k is; NULL: at k */
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

/* The same where only some of a block of the factors are wanted: a cache line at every step, so that
 * there are enough unless most are left out. block: the next tile's */
ALWAYS_INLINE void
prefetch_next_block (const Product *p, const float *block, gsize k)
{
  __builtin_prefetch (block + k / SPARSE_BLOCK_LINES * p->row_step +
                          k % SPARSE_BLOCK_LINES * CACHE_LINE_FLOATS,
                      0, 2);
}

/* The sums of n_rows x n_vectors from row and column on, over k in [k_first, k_end). The two sizes,
 * and whether there are places, are constants wherever this is used, and the loops over them
 * dissolve. */
ALWAYS_INLINE void
add_tile (const Product *p,
          gsize inner_step,
          const gboolean has_places,
          const int n_rows,
          const int n_vectors,
          gsize row,
          gsize column,
          gsize k_first,
          gsize k_end)
{
  gsize row_step = p->row_step;
  gsize in_stride = p->in_stride;
  const float *first_factors = p->factors + row * row_step;
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
    const float *factors = first_factors + (has_places ? p->places[k] : k * inner_step);
    Vector values[TILE_VECTORS];

    if (has_places)
      prefetch_next_block (p, first_factors + TILE_ROWS * row_step, k);
    else
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
    in += in_stride;
  }

#pragma GCC unroll 16
  for (int r = 0; r < n_rows; r++)
#pragma GCC unroll 4
    for (int v = 0; v < n_vectors; v++)
      *(Vector *) (out + (gsize) r * p->out_stride + v * VECTOR_FLOATS) = sums[r][v];
}

/* As many tiles of n_rows as there is room for, from row on. Returns the row after them. */
ALWAYS_INLINE gsize
add_tiles (const Product *p,
           gsize inner_step,
           const gboolean has_places,
           const int n_rows,
           const int n_vectors,
           gsize row,
           gsize column,
           gsize k_first,
           gsize k_end)
{
  for (; row + (gsize) n_rows <= p->n_rows; row += (gsize) n_rows)
    add_tile (p, inner_step, has_places, n_rows, n_vectors, row, column, k_first, k_end);
  return row;
}

/* All rows of a strip of columns that is n_vectors wide. Of few rows every step waits for the one
 * before, so that a tile of one takes as long as a tile of four: what the large tiles leave, ten
 * classes perhaps, goes into few tiles. */
ALWAYS_INLINE void
add_strip (const Product *p,
           gsize inner_step,
           const gboolean has_places,
           const int n_vectors,
           gsize column,
           gsize k_first,
           gsize k_end)
{
  gsize row = 0;

#define ADD_TILES(n_rows)                                                                          \
  row = add_tiles (p, inner_step, has_places, n_rows, n_vectors, row, column, k_first, k_end)
  ADD_TILES (TILE_ROWS);
  if (TILE_ROWS > 6)
    ADD_TILES (6);
  ADD_TILES (4);
  ADD_TILES (2);
  ADD_TILES (1);
#undef ADD_TILES
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
      add_strip (p, inner_step, FALSE, TILE_VECTORS, column, k_first, k_end);
    for (; column < p->n_columns; column += VECTOR_FLOATS)
      add_strip (p, inner_step, FALSE, 1, column, k_first, k_end);
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
         gsize stride,
         gsize lanes)
{
  Product product = {
      .out = out,
      .out_stride = stride,
      .start = biases,
      .factors = weights,
      .row_step = n_in,
      .inner_step = 1,
      .in = in,
      .in_stride = stride,
      .n_rows = n_out,
      .n_inner = n_in,
      .n_columns = lanes,
  };

  multiply (&product, 1);
}

/* Whether a row of a strip is 0 throughout, of either sign. */
ALWAYS_INLINE gboolean
is_zero (const float *row, const int n_vectors)
{
  guint64 words[VECTOR_FLOATS / 2];
  guint64 any = 0;
  Bits bits = {0};

#pragma GCC unroll 4
  for (int v = 0; v < n_vectors; v++)
    bits |= *(const Bits *) (row + v * VECTOR_FLOATS);
  memcpy (words, &bits, sizeof words);
#pragma GCC unroll 8
  for (int i = 0; i < VECTOR_FLOATS / 2; i++)
    any |= words[i];
  return (any & ~SIGN_BITS) == 0;
}

/* Copies the rows of a strip that are not 0, of those from k_first to k_end - 1, next to each other,
 * and counts them. Every row is copied, but the next takes the place of one that is 0: a branch
 * would be guessed wrong too often. Factors of the block are counted from its first. */
ALWAYS_INLINE gsize
pack_strip (const Product *p,
            const int n_vectors,
            gsize column,
            gsize k_first,
            gsize k_end,
            float *packed,
            guint32 *places)
{
  gsize n_packed = 0;

  for (gsize k = k_first; k < k_end; k++) {
    const float *row = p->in + k * p->in_stride + column;
    float *copy = packed + n_packed * (gsize) n_vectors * VECTOR_FLOATS;

#pragma GCC unroll 4
    for (int v = 0; v < n_vectors; v++)
      *(Vector *) (copy + v * VECTOR_FLOATS) = *(const Vector *) (row + v * VECTOR_FLOATS);
    places[n_packed] = (guint32) (k - k_first);
    n_packed += is_zero (row, n_vectors) ? 0 : 1;
  }
  return n_packed;
}

/* All rows of a strip, over what is not 0 in a block of the input. */
ALWAYS_INLINE void
add_sparse_strip (const Product *p, const int n_vectors, gsize column, gsize k_first, gsize k_end)
{
  float packed[SPARSE_BLOCK * TILE_COLUMNS] __attribute__ ((aligned (64)));
  guint32 places[SPARSE_BLOCK];
  Product strip = *p;

  strip.out = p->out + column;
  strip.add = k_first > 0;
  strip.factors = p->factors + k_first;
  strip.places = places;
  strip.in = packed;
  strip.in_stride = (gsize) n_vectors * VECTOR_FLOATS;
  strip.n_inner = pack_strip (p, n_vectors, column, k_first, k_end, packed, places);
  add_strip (&strip, 1, TRUE, n_vectors, 0, 0, strip.n_inner);
}

static void
forward_sparse (float *out,
                const float *in,
                const float *weights,
                const float *biases,
                gsize n_out,
                gsize n_in,
                gsize stride,
                gsize lanes)
{
  Product product = {
      .out = out,
      .out_stride = stride,
      .start = biases,
      .factors = weights,
      .row_step = n_in,
      .inner_step = 1,
      .in = in,
      .in_stride = stride,
      .n_rows = n_out,
      .n_inner = n_in,
      .n_columns = lanes,
  };
  gsize n_tiled = lanes - lanes % TILE_COLUMNS;

  for (gsize k = 0; k < n_in; k += SPARSE_BLOCK) {
    gsize k_end = MIN (k + SPARSE_BLOCK, n_in);

    for (gsize column = 0; column < n_tiled; column += TILE_COLUMNS)
      add_sparse_strip (&product, TILE_VECTORS, column, k, k_end);
    for (gsize column = n_tiled; column < lanes; column += VECTOR_FLOATS)
      add_sparse_strip (&product, 1, column, k, k_end);
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
    forward_sparse,
    backward,
};
