/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/activation-pass.h"
#include "core/base/parallel.h"
#include "core/base/progress.h"
#include "core/layout/layout-settings.h"
#include "core/recording/frame.h"

G_BEGIN_DECLS

/**
 * CoterieFrameBuilder:
 *
 * Makes frames out of the analyses of a network, iteration after iteration: follows the communities
 * of every layer and lays its graphs out.
 */
typedef struct _CoterieFrameBuilder CoterieFrameBuilder;

CoterieFrameBuilder *coterie_frame_builder_new (guint n_layers,
                                                const CoterieAnalysisSettings *settings,
                                                const CoterieLayoutSettings *layout,
                                                CoteriePool *pool);
void coterie_frame_builder_free (CoterieFrameBuilder *builder);

void
coterie_frame_builder_set_pins (CoterieFrameBuilder *builder, const CoteriePin *pins, guint n_pins);
void coterie_frame_builder_begin (CoterieFrameBuilder *builder,
                                  guint iteration,
                                  const CoterieNetworkAnalysis *analysis);
gboolean coterie_frame_builder_follow (CoterieFrameBuilder *builder,
                                       guint layer,
                                       const float *positions,
                                       GCancellable *cancellable,
                                       GError **error);
gboolean coterie_frame_builder_place (CoterieFrameBuilder *builder,
                                      guint layer,
                                      CoterieProgress *progress,
                                      GCancellable *cancellable,
                                      GError **error);
void coterie_frame_builder_recall (CoterieFrameBuilder *builder, const CoterieFrame *frame);
CoterieFrame *coterie_frame_builder_end (CoterieFrameBuilder *builder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieFrameBuilder, coterie_frame_builder_free)

G_END_DECLS
