/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/layout/force-layout.h"
#include "core/layout/graph-sum.h"
#include "core/layout/layout-constraints.h"

G_BEGIN_DECLS

/**
 * CoterieLayoutSequence:
 *
 * Places the graphs of one layer, iteration after iteration, so that a neuron stays where it was
 * unless its neighbourhood changed.
 */
typedef struct _CoterieLayoutSequence CoterieLayoutSequence;

CoterieLayoutSequence *
coterie_layout_sequence_new (const CoterieForceSettings *settings, guint64 seed, CoteriePool *pool);
void coterie_layout_sequence_free (CoterieLayoutSequence *sequence);
void coterie_layout_sequence_set_mode (CoterieLayoutSequence *sequence, CoterieLayoutMode mode);
void coterie_layout_sequence_set_anchoring (CoterieLayoutSequence *sequence, double anchoring);
void coterie_layout_sequence_set_pins (CoterieLayoutSequence *sequence,
                                       const CoterieLayoutPins *pins);
void coterie_layout_sequence_rehearse (CoterieLayoutSequence *sequence,
                                       CoterieLayoutSequence *rehearsal);
gboolean coterie_layout_sequence_prepare (CoterieLayoutSequence *sequence,
                                          CoterieGraphSum *sum,
                                          CoterieProgress *progress,
                                          GCancellable *cancellable,
                                          GError **error);
void coterie_layout_sequence_recall (CoterieLayoutSequence *sequence,
                                     CoterieGraph *graph,
                                     const guint32 *neurons,
                                     const float *positions);
gboolean coterie_layout_sequence_place (CoterieLayoutSequence *sequence,
                                        CoterieGraph *graph,
                                        const guint32 *neurons,
                                        float *positions,
                                        CoterieProgress *progress,
                                        GCancellable *cancellable,
                                        GError **error);
const double *coterie_layout_sequence_get_similarities (CoterieLayoutSequence *sequence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieLayoutSequence, coterie_layout_sequence_free)

G_END_DECLS
