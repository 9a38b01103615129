/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/graph.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CoterieCommunities:
 * @n_nodes: nodes of the graph
 * @n_communities: how many communities, singletons included
 * @membership: [n_nodes]: community of each node, from 0, the largest first; of equal ones the one
 *   with the lowest node
 * @sizes: [n_communities]: nodes of each, descending
 * @quality: Gephi's "modularity with resolution" r, dimensionless: r Q at gamma = 1 / r
 * @modularity: the usual modularity of the same partition, with edge weights, dimensionless
 *
 * What the detection found; clear it with coterie_communities_clear().
 */
typedef struct {
  guint n_nodes;
  guint n_communities;
  guint32 *membership;
  guint32 *sizes;
  double quality;
  double modularity;
} CoterieCommunities;

gboolean coterie_communities_detect (CoterieCommunities *communities,
                                     const CoterieGraph *graph,
                                     double resolution,
                                     guint64 seed,
                                     GCancellable *cancellable,
                                     GError **error);
gboolean coterie_communities_detect_leiden (CoterieCommunities *communities,
                                            const CoterieGraph *graph,
                                            double resolution,
                                            guint n_starts,
                                            guint64 seed,
                                            GCancellable *cancellable,
                                            GError **error);
gboolean coterie_communities_improve (CoterieCommunities *communities,
                                      const CoterieGraph *graph,
                                      const guint32 *start,
                                      double resolution,
                                      guint64 seed,
                                      GCancellable *cancellable,
                                      GError **error);
void coterie_communities_clear (CoterieCommunities *communities);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CoterieCommunities, coterie_communities_clear)

G_END_DECLS
