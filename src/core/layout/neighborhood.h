/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/graph.h"
#include "core/base/parallel.h"

G_BEGIN_DECLS

void coterie_neighborhood_compare (const CoterieGraph *old_graph,
                                   const guint32 *old_neurons,
                                   const CoterieGraph *graph,
                                   const guint32 *neurons,
                                   double *similarities,
                                   CoteriePool *pool);

G_END_DECLS
