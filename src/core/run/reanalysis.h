/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/frame.h"
#include "core/recording/run-info.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CoterieReanalysisStatus:
 * @n_done: frames that have been analysed
 * @n_frames: frames that will be; 0 while unknown
 * @fraction: how much of the whole is done, 0 … 1
 * @seconds_left: estimated time to the end, seconds; negative while unknown
 */
typedef struct {
  guint n_done;
  guint n_frames;
  double fraction;
  double seconds_left;
} CoterieReanalysisStatus;

/**
 * CoterieReanalysis:
 *
 * Analyses the networks of a recording again, with other settings, as often as one likes. Its
 * functions may be called from any thread.
 */
typedef struct _CoterieReanalysis CoterieReanalysis;

/**
 * CoterieReanalysisFunc:
 * @reanalysis: the reanalysis
 * @index: which frame of the recording
 * @frame: the same iteration with the new settings, for the time being: its communities have
 *   the identities of the recorded communities of this iteration that they share most neurons with, and
 *   it has no events
 * @data: what was given with the function
 *
 * Called on the thread that works.
 */
typedef void (*CoterieReanalysisFunc) (CoterieReanalysis *reanalysis,
                                       guint index,
                                       CoterieFrame *frame,
                                       gpointer data);

CoterieReanalysis *
coterie_reanalysis_new (const char *recording, guint n_threads, guint64 memory_bytes);
void coterie_reanalysis_set_dataset (CoterieReanalysis *reanalysis, const char *source);
CoterieReanalysis *coterie_reanalysis_ref (CoterieReanalysis *reanalysis);
void coterie_reanalysis_unref (CoterieReanalysis *reanalysis);
void coterie_reanalysis_get_status (CoterieReanalysis *reanalysis, CoterieReanalysisStatus *status);

GPtrArray *coterie_reanalysis_execute (CoterieReanalysis *reanalysis,
                                       const CoterieAnalysisSettings *settings,
                                       const guint *order,
                                       guint n_order,
                                       CoterieReanalysisFunc func,
                                       gpointer data,
                                       GCancellable *cancellable,
                                       GError **error);
void coterie_reanalysis_execute_async (CoterieReanalysis *reanalysis,
                                       const CoterieAnalysisSettings *settings,
                                       const guint *order,
                                       guint n_order,
                                       CoterieReanalysisFunc func,
                                       gpointer data,
                                       GDestroyNotify destroy,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer callback_data);
GPtrArray *coterie_reanalysis_execute_finish (GAsyncResult *result, GError **error);

CoterieRunInfo *coterie_reanalysis_describe (const CoterieRunInfo *info,
                                             const CoterieAnalysisSettings *settings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieReanalysis, coterie_reanalysis_unref)

G_END_DECLS
