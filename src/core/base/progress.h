/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CoterieProgress:
 *
 * The one thread-safe line between a long computation and whoever watches it: the worker reports
 * how far it is, the watcher may ask it to pause. Reference-counted.
 */
typedef struct _CoterieProgress CoterieProgress;

/**
 * CoterieProgressRange:
 * @start: fraction of the whole that was done before
 * @size: fraction of the whole that it is
 *
 * A part of a computation that counts its own steps. A value.
 */
typedef struct {
  double start;
  double size;
} CoterieProgressRange;

CoterieProgress *coterie_progress_new (void);
CoterieProgress *coterie_progress_ref (CoterieProgress *progress);
void coterie_progress_unref (CoterieProgress *progress);

double coterie_progress_get_fraction (CoterieProgress *progress);
void coterie_progress_set_paused (CoterieProgress *progress, gboolean paused);
CoterieProgressRange
coterie_progress_enter_range (CoterieProgress *progress, double start, double size);
void coterie_progress_leave_range (CoterieProgress *progress, CoterieProgressRange range);
gboolean coterie_progress_step (CoterieProgress *progress,
                                double fraction,
                                GCancellable *cancellable,
                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieProgress, coterie_progress_unref)

G_END_DECLS
