/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Nodes that are worked on together: as many as a leaf of the tree holds. */
#define COTERIE_LEAF_NODES 32

/* Terms of a cell's expansion: its mass, and the moments of order 2 and up. The moment of order 1 about
 * the centre of mass is 0. */
#define COTERIE_N_MOMENTS 4

/* A group of nodes, seen from afar. Cells stand in preorder. */
typedef struct {
  float x; /* centre of mass */
  float y;
  float radius;  /* of a circle about it that holds all nodes */
  guint32 first; /* leaf */
  guint32 n_leaves;
  guint32 end; /* the first cell behind this one's subtree */

  /* Of (z - centre)^k, each node by its mass, over radius^k: real and imaginary parts. */
  float moments[COTERIE_N_MOMENTS][2];
} CoterieCell;

/* Nodes, each place as the sum of two floats: nodes that are close together repel each other strongly,
 * and one float would not tell exactly how close they are. */
typedef struct {
  float *x;
  float *y;
  float *x_rest;
  float *y_rest;
  float *masses;
} CoterieNodePlaces;

/* Both kernels add to sums_x and sums_y what repels the COTERIE_LEAF_NODES nodes from first on, a unit
 * of mass. Each sum is added up in the order of what repels. */
typedef struct {
  const char *name;
  void (*repel_by_nodes) (float *sums_x,
                          float *sums_y,
                          const CoterieNodePlaces *nodes,
                          gsize first,
                          const CoterieNodePlaces *others,
                          gsize first_other,
                          gsize n_others);
  void (*repel_by_cells) (float *sums_x,
                          float *sums_y,
                          const CoterieNodePlaces *nodes,
                          gsize first,
                          const CoterieCell *cells,
                          const guint32 *chosen,
                          gsize n_chosen);
} CoterieRepulsionKernels;

extern const CoterieRepulsionKernels coterie_repulsion_kernels_baseline;
#ifdef __x86_64__
extern const CoterieRepulsionKernels coterie_repulsion_kernels_avx2;
extern const CoterieRepulsionKernels coterie_repulsion_kernels_avx512;
#endif

G_END_DECLS
