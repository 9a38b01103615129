/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/layout/force-layout.h"
#include "core/layout/repulsion.h"

G_BEGIN_DECLS

/* Nodes that are worked on together. */
#define COTERIE_FORCE_BLOCK_NODES 64

/* What the nodes of a block add to the sums over all. */
typedef struct {
  double swing;
  double traction;
  double way;
  double x; /* from the last middle */
  double y;
  double square;
} CoterieForceSums;

struct _CoterieForceLayout {
  CoterieGraph *graph;
  CoterieRepulsion *repulsion;
  CoteriePool *pool; /* the caller's */
  CoterieForceSettings settings;

  guint n_nodes;
  guint n_fixed;
  double *positions; /* [n_nodes][2] */
  double *masses;
  double *pulls; /* [2 n_edges]: how strongly the edge to each neighbour pulls */
  double *anchors;
  double *stiffnesses;
  double *sizes;
  guint8 *fixed;
  double *forces;     /* [n_nodes][2] */
  double *old_forces; /* [n_nodes][2] */
  double *swings;
  CoterieForceSums *sums; /* [blocks] */

  double speed;
  double speed_efficiency;
  double middle[2];
  double radius;
  double heat;
  guint n_steps;
  guint n_still;
  guint n_parting_steps;
  gboolean at_rest; /* of the forces: what may follow is that discs part */
  gboolean settled;
};

void coterie_force_layout_measure_radius (CoterieForceLayout *layout);
void coterie_force_layout_start_over (CoterieForceLayout *layout);

G_END_DECLS
