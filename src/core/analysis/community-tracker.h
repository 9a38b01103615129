/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/analysis-settings.h"
#include "core/analysis/layer-analysis.h"

G_BEGIN_DECLS

/**
 * CoterieCommunityTracker:
 *
 * Decides which communities of one layer are shown, frame after frame.
 */
typedef struct _CoterieCommunityTracker CoterieCommunityTracker;

CoterieCommunityTracker *
coterie_community_tracker_new (CoterieCommunityMethod method, double resolution, guint64 seed);
void coterie_community_tracker_free (CoterieCommunityTracker *tracker);
void coterie_community_tracker_recall (CoterieCommunityTracker *tracker,
                                       const CoterieLayerAnalysis *analysis,
                                       const guint32 *communities);
guint32 *coterie_community_tracker_find (CoterieCommunityTracker *tracker,
                                         const CoterieLayerAnalysis *analysis,
                                         guint *n_communities,
                                         GCancellable *cancellable,
                                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieCommunityTracker, coterie_community_tracker_free)

G_END_DECLS
