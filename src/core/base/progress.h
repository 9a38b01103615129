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

CoterieProgress *coterie_progress_new (void);
CoterieProgress *coterie_progress_ref (CoterieProgress *progress);
void coterie_progress_unref (CoterieProgress *progress);

double coterie_progress_get_fraction (CoterieProgress *progress);
void coterie_progress_set_paused (CoterieProgress *progress, gboolean paused);
gboolean coterie_progress_get_paused (CoterieProgress *progress);
gboolean coterie_progress_step (CoterieProgress *progress,
                                double fraction,
                                GCancellable *cancellable,
                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieProgress, coterie_progress_unref)

G_END_DECLS
