/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/cover.h"
#include "core/base/graph.h"

G_BEGIN_DECLS

/**
 * CoterieEdgeReading:
 * @COTERIE_EDGES_WEIGHTED: edges count with their weights
 * @COTERIE_EDGES_UNWEIGHTED: every edge counts 1
 *
 * What a modularity takes the adjacency, the strengths and the total from.
 */
typedef enum {
  COTERIE_EDGES_WEIGHTED,
  COTERIE_EDGES_UNWEIGHTED,
} CoterieEdgeReading;

double coterie_modularity_of_partition (const CoterieGraph *graph,
                                        const guint32 *membership,
                                        CoterieEdgeReading reading,
                                        double gamma);
double coterie_modularity_of_cover (const CoterieGraph *graph,
                                    const CoterieCover *cover,
                                    const double *shares,
                                    CoterieEdgeReading reading);

G_END_DECLS
