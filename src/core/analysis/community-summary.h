/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/frame.h"

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

CoterieCommunitySummary coterie_community_summarize (const CoterieFrameLayer *layer,
                                                     guint community);
CoterieCommunitySummary *coterie_community_summarize_largest (const CoterieFrameLayer *layer,
                                                              guint most,
                                                              guint *n_summaries);

G_END_DECLS
