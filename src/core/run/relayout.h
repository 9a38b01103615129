/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/parallel.h"
#include "core/base/progress.h"
#include "core/recording/frame-positions.h"
#include "core/recording/run-info.h"

G_BEGIN_DECLS

/**
 * CoterieRelayout:
 *
 * Lays the graphs of frames out anew, as often as one likes. Its functions may be called from any thread.
 */
typedef struct _CoterieRelayout CoterieRelayout;

/**
 * CoterieRelayoutFunc:
 * @relayout: the relayout
 * @index: which of the frames
 * @positions: where its nodes are for the time being
 * @data: what was given with the function
 *
 * Called on the thread that works.
 */
typedef void (*CoterieRelayoutFunc) (CoterieRelayout *relayout,
                                     guint index,
                                     const CoterieFramePositions *positions,
                                     gpointer data);

CoterieRelayout *coterie_relayout_new (guint n_threads);
CoterieRelayout *coterie_relayout_ref (CoterieRelayout *relayout);
void coterie_relayout_unref (CoterieRelayout *relayout);
double coterie_relayout_get_fraction (CoterieRelayout *relayout);

void coterie_relayout_execute_async (CoterieRelayout *relayout,
                                     GPtrArray *frames,
                                     CoterieRunInfo *info,
                                     const guint *order,
                                     guint n_order,
                                     CoterieRelayoutFunc func,
                                     gpointer data,
                                     GDestroyNotify destroy,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer callback_data);
GPtrArray *coterie_relayout_execute_finish (GAsyncResult *result, GError **error);

GPtrArray *coterie_relayout_compute (GPtrArray *frames,
                                     const CoterieRunInfo *info,
                                     CoteriePool *pool,
                                     CoterieProgress *progress,
                                     GCancellable *cancellable,
                                     GError **error);
GPtrArray *coterie_relayout_compute_recorded (const char *recording,
                                              const CoterieRunInfo *info,
                                              CoteriePool *pool,
                                              CoterieProgress *progress,
                                              GCancellable *cancellable,
                                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieRelayout, coterie_relayout_unref)

G_END_DECLS
