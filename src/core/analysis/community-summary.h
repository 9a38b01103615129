/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/layer-analysis.h"

G_BEGIN_DECLS

#define COTERIE_MAX_COMMUNITY_CLASSES 3

/**
 * CoterieCommunitySummary:
 * @identity: the community's identity
 * @size: its nodes
 * @classes: the classes that most of its nodes represent, the commonest first
 * @n_classes: how many of them there are, at least 1
 *
 * One detected community, in brief.
 */
typedef struct {
  guint32 identity;
  guint size;
  guint classes[COTERIE_MAX_COMMUNITY_CLASSES];
  guint n_classes;
} CoterieCommunitySummary;

/**
 * CoterieShownCommunities:
 * @analysis: one layer at one iteration
 * @n_communities: number of communities
 * @communities: [n_nodes]: community of each node, the largest first
 * @identities: [n_communities]: identity of each community, or %COTERIE_LINEAGE_NONE
 *
 * The communities in which a layer is shown.
 */
typedef struct {
  const CoterieLayerAnalysis *analysis;
  guint n_communities;
  const guint32 *communities;
  const guint32 *identities;
} CoterieShownCommunities;

void coterie_community_summary_choose_classes (CoterieCommunitySummary *summary,
                                               guint *counts,
                                               guint n_classes);
CoterieCommunitySummary coterie_community_summarize (const CoterieShownCommunities *shown,
                                                     guint community);
CoterieCommunitySummary *coterie_community_summarize_largest (const CoterieShownCommunities *shown,
                                                              guint most,
                                                              guint *n_summaries);

G_END_DECLS
