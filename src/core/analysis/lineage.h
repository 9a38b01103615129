/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/analysis-settings.h"
#include "core/analysis/layer-analysis.h"

G_BEGIN_DECLS

/* What communities too small to be followed have instead of an identity; drawn grey. */
#define COTERIE_LINEAGE_NONE G_MAXUINT32

/**
 * CoterieLineageEventKind:
 * @COTERIE_LINEAGE_BORN: a community appeared that continues none
 * @COTERIE_LINEAGE_CONTINUED: a community is there again
 * @COTERIE_LINEAGE_SPLIT: a new community broke away from another one
 * @COTERIE_LINEAGE_MERGED: a community went into another one
 * @COTERIE_LINEAGE_ENDED: a community is gone; should it come back within three frames, it
 *   continues
 */
typedef enum {
  COTERIE_LINEAGE_BORN,
  COTERIE_LINEAGE_CONTINUED,
  COTERIE_LINEAGE_SPLIT,
  COTERIE_LINEAGE_MERGED,
  COTERIE_LINEAGE_ENDED,
} CoterieLineageEventKind;

#define COTERIE_N_LINEAGE_EVENT_KINDS 5

/**
 * CoterieLineageEvent:
 * @kind: what happened
 * @identity: whom it befell
 * @other: the identity that it broke away from or went into; otherwise %COTERIE_LINEAGE_NONE
 * @n_neurons: how many neurons moved
 * @neurons: [n_neurons]: the neurons that moved, ascending: all members of one that was born or broke
 *   away, those new in one that continued, those that went over into another one, the last members
 *   of one that ended
 *
 * What happened to a community from one frame to the next.
 */
typedef struct {
  CoterieLineageEventKind kind;
  guint32 identity;
  guint32 other;
  guint n_neurons;
  const guint32 *neurons;
} CoterieLineageEvent;

/**
 * CoterieLineageStep:
 * @n_communities: communities that are shown, singletons included
 * @communities: [n_nodes]: community of each node, from 0, the largest first
 * @identities: [n_communities]: identity of each, or %COTERIE_LINEAGE_NONE
 * @n_events: what happened
 * @events: (array length=n_events): it
 *
 * One layer from one frame to the next; clear it with coterie_lineage_step_clear().
 */
typedef struct {
  guint n_communities;
  guint32 *communities;
  guint32 *identities;
  guint n_events;
  CoterieLineageEvent *events;
} CoterieLineageStep;

/**
 * CoterieLineage:
 *
 * Follows the communities of one layer through the frames and gives each an identity for life.
 */
typedef struct _CoterieLineage CoterieLineage;

CoterieLineage *
coterie_lineage_new (CoterieCommunityMethod method, double resolution, guint64 seed);
void coterie_lineage_free (CoterieLineage *lineage);
gboolean coterie_lineage_follow (CoterieLineage *lineage,
                                 const CoterieLayerAnalysis *analysis,
                                 CoterieLineageStep *step,
                                 GCancellable *cancellable,
                                 GError **error);
void coterie_lineage_recall (CoterieLineage *lineage,
                             const CoterieLayerAnalysis *analysis,
                             guint n_communities,
                             const guint32 *communities,
                             const guint32 *identities);
void coterie_lineage_step_clear (CoterieLineageStep *step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieLineage, coterie_lineage_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CoterieLineageStep, coterie_lineage_step_clear)

G_END_DECLS
