/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/modularity.h"
#include "core/base/parallel.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CoterieBisection:
 * @n_nodes: nodes of the graph
 * @membership: [n_nodes]: the half of each node, 0 or 1; half 0 is the smaller one or, of equal
 *   ones, that of node 0
 * @sizes: nodes of each half: half of @n_nodes, rounded down and rounded up
 * @cut: weight of the edges between the halves, or their number; dimensionless
 * @modularity: of the halves, with the same reading of the edges, dimensionless; 0 without edges
 *
 * A graph in two halves; clear it with coterie_bisection_clear().
 */
typedef struct {
  guint n_nodes;
  guint32 *membership;
  guint32 sizes[2];
  double cut;
  double modularity;
} CoterieBisection;

gboolean coterie_bisection_find (CoterieBisection *bisection,
                                 const CoterieGraph *graph,
                                 CoterieEdgeReading reading,
                                 guint64 seed,
                                 CoteriePool *pool,
                                 GCancellable *cancellable,
                                 GError **error);
void coterie_bisection_improve (const CoterieGraph *graph,
                                CoterieEdgeReading reading,
                                guint32 *membership);
double coterie_bisection_compute_cut (const CoterieGraph *graph,
                                      const guint32 *membership,
                                      CoterieEdgeReading reading);
void coterie_bisection_clear (CoterieBisection *bisection);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CoterieBisection, coterie_bisection_clear)

G_END_DECLS
