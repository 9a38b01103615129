/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/frame.h"

G_BEGIN_DECLS

/**
 * CoterieCommunityHues:
 *
 * Which colour and shape the communities of all layers have, for life.
 */
typedef struct _CoterieCommunityHues CoterieCommunityHues;

CoterieCommunityHues *coterie_community_hues_new (void);
CoterieCommunityHues *coterie_community_hues_new_like (const CoterieCommunityHues *model);
void coterie_community_hues_free (CoterieCommunityHues *hues);
void coterie_community_hues_add (CoterieCommunityHues *hues,
                                 const CoterieFrameLayer *layers,
                                 guint n_layers);
guint32
coterie_community_hues_get (const CoterieCommunityHues *hues, guint layer, guint32 identity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieCommunityHues, coterie_community_hues_free)

G_END_DECLS
