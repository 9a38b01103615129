/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/parallel.h"
#include "core/layout/repulsion-private.h"

G_BEGIN_DECLS

/* Leaves that are worked on together. */
#define COTERIE_LEAVES_PER_TASK 4

/* So often the nodes are split on all threads; then each has parts of its own. */
#define COTERIE_N_PARALLEL_SPLITS 5

/* A node on its way into a leaf. */
typedef struct {
  double x; /* from the middle of all nodes */
  double y;
  guint32 node;
} CoterieRepulsionPoint;

typedef struct {
  guint32 first; /* leaf */
  guint32 n_leaves;
} CoterieRepulsionRange;

/**
 * CoterieRepulsionTree:
 * @pool: the caller's
 * @n_nodes: number of nodes
 * @n_leaves: number of leaves
 * @n_cells: number of cells, 0 where there are none
 * @masses: [n_nodes]
 * @points: [n_leaves * COTERIE_LEAF_NODES]: in the order of the leaves
 * @nodes: the same nodes as kernels want them, the last leaf filled up with nodes of mass 0
 * @cells: (nullable): [n_cells]: in preorder
 * @leaf_cells: (nullable): [n_leaves]: the cell that a leaf is
 * @positions: the caller's, during an update
 * @middle: of all nodes
 * @sorted: whether the nodes have been sorted
 * @n_updates: since they were
 * @sorted_radius: of all leaves together, when they were
 * @ranges: what is being sorted
 *
 * Nodes in leaves, and cells over them. Whoever includes this reads it, and writes nothing.
 */
typedef struct {
  CoteriePool *pool;
  guint n_nodes;
  guint n_leaves;
  guint n_cells;

  double *masses;
  CoterieRepulsionPoint *points;
  CoterieNodePlaces nodes;
  CoterieCell *cells;
  guint32 *leaf_cells;

  const double *positions;
  double middle[2];
  gboolean sorted;
  guint n_updates;
  double sorted_radius;
  CoterieRepulsionRange ranges[1 << COTERIE_N_PARALLEL_SPLITS];
} CoterieRepulsionTree;

void coterie_repulsion_tree_init (CoterieRepulsionTree *tree,
                                  guint n_nodes,
                                  const double *masses,
                                  gboolean has_cells,
                                  CoteriePool *pool);
void coterie_repulsion_tree_clear (CoterieRepulsionTree *tree);
void coterie_repulsion_tree_start_over (CoterieRepulsionTree *tree);
void coterie_repulsion_tree_update (CoterieRepulsionTree *tree, const double *positions);
gsize coterie_repulsion_tree_count_tasks (const CoterieRepulsionTree *tree);

G_END_DECLS
