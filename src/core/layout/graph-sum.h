/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/graph.h"

G_BEGIN_DECLS

/**
 * CoterieGraphSum:
 *
 * The mean of the graphs of one layer over many iterations: between two neurons, the mean weight of
 * their edge, 0 counting where there is none.
 */
typedef struct _CoterieGraphSum CoterieGraphSum;

CoterieGraphSum *coterie_graph_sum_new (void);
void coterie_graph_sum_free (CoterieGraphSum *sum);
void
coterie_graph_sum_add (CoterieGraphSum *sum, const CoterieGraph *graph, const guint32 *neurons);
CoterieGraph *coterie_graph_sum_make_mean (CoterieGraphSum *sum, guint32 **neurons);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieGraphSum, coterie_graph_sum_free)

G_END_DECLS
