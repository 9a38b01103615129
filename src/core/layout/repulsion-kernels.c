/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What repels the nodes of a leaf, with GCC's vector types, compiled once for each instruction set;
 * repulsion.c chooses among the results when the program runs.
 *
 * The nodes that are repelled stand side by side in vectors, and each is added to by one other node or
 * cell after the other. So a sum does not depend on the width of a vector. Nothing is fused and nothing
 * approximated (a division, no estimate of a reciprocal): all instruction sets give the same bytes.
 *
 * In complex numbers, a mass m at w repels a node at z with the conjugate of m / (z - w). A cell about
 * c, the moments of which are a_k = sum of m (w - c)^k, does so with that of
 *
 *   sum over k of a_k / (z - c)^(k + 1) = u (a_0 + u (a_1 + u (a_2 + …))),  u = 1 / (z - c),
 *
 * as long as z is farther from c than every w is (Greengard and Rokhlin, J. Comput. Phys. 73, 1987,
 * equation 2.9, for the field). */

#include "core/layout/repulsion-private.h"

#if defined(__AVX512F__)
#define VECTOR_FLOATS 16
#elif defined(__AVX2__)
#define VECTOR_FLOATS 8
#else
#define VECTOR_FLOATS 4
#endif

typedef float Vector __attribute__ ((vector_size (VECTOR_FLOATS * 4), aligned (4), may_alias));

/* Keeps the repulsion of nodes at the same place finite: it is 0. */
#define MIN_DISTANCE_SQUARED 1e-20f

#define PASTE(a, b) a##b
#define KERNELS_NAME(name) PASTE (coterie_repulsion_kernels_, name)
#define STRING(name) #name
#define NAME_STRING(name) STRING (name)

static inline __attribute__ ((always_inline)) Vector
load (const float *at)
{
  return *(const Vector *) at;
}

static void
repel_by_nodes (float *sums_x,
                float *sums_y,
                const CoterieNodePlaces *nodes,
                gsize first,
                const CoterieNodePlaces *others,
                gsize first_other,
                gsize n_others)
{
  for (gsize i = 0; i < COTERIE_LEAF_NODES; i += VECTOR_FLOATS) {
    Vector x = load (nodes->x + first + i), x_rest = load (nodes->x_rest + first + i);
    Vector y = load (nodes->y + first + i), y_rest = load (nodes->y_rest + first + i);
    Vector sum_x = load (sums_x + i), sum_y = load (sums_y + i);

    for (gsize w = first_other; w < first_other + n_others; w++) {
      Vector dx = (x - others->x[w]) + (x_rest - others->x_rest[w]);
      Vector dy = (y - others->y[w]) + (y_rest - others->y_rest[w]);
      Vector mass = (Vector){0.0f} + others->masses[w];
      Vector share = mass / (dx * dx + dy * dy + MIN_DISTANCE_SQUARED);

      sum_x += dx * share;
      sum_y += dy * share;
    }
    *(Vector *) (sums_x + i) = sum_x;
    *(Vector *) (sums_y + i) = sum_y;
  }
}

static void
repel_by_cells (float *sums_x,
                float *sums_y,
                const CoterieNodePlaces *nodes,
                gsize first,
                const CoterieCell *cells,
                const guint32 *chosen,
                gsize n_chosen)
{
  for (gsize i = 0; i < COTERIE_LEAF_NODES; i += VECTOR_FLOATS) {
    Vector x = load (nodes->x + first + i), y = load (nodes->y + first + i);
    Vector sum_x = load (sums_x + i), sum_y = load (sums_y + i);

    for (gsize c = 0; c < n_chosen; c++) {
      const CoterieCell *cell = &cells[chosen[c]];
      const float (*a)[2] = cell->moments;
      Vector dx = x - cell->x, dy = y - cell->y;
      Vector inverse = 1.0f / (dx * dx + dy * dy + MIN_DISTANCE_SQUARED);
      Vector u_re = dx * inverse, u_im = -dy * inverse;
      Vector t_re = cell->radius * u_re, t_im = cell->radius * u_im;
      Vector re = (Vector){0.0f} + a[COTERIE_N_MOMENTS - 1][0];
      Vector im = (Vector){0.0f} + a[COTERIE_N_MOMENTS - 1][1];

#pragma GCC unroll 8
      for (int k = COTERIE_N_MOMENTS - 2; k >= 0; k--) {
        Vector product = re * t_re - im * t_im;

        im = re * t_im + im * t_re;
        re = product;
        if (k != 1) { /* the moment of order 1 is 0 */
          re += a[k][0];
          im += a[k][1];
        }
      }
      sum_x += re * u_re - im * u_im;
      sum_y -= re * u_im + im * u_re;
    }
    *(Vector *) (sums_x + i) = sum_x;
    *(Vector *) (sums_y + i) = sum_y;
  }
}

const CoterieRepulsionKernels KERNELS_NAME (COTERIE_KERNELS_NAME) = {
    .name = NAME_STRING (COTERIE_KERNELS_NAME),
    .repel_by_nodes = repel_by_nodes,
    .repel_by_cells = repel_by_cells,
};
