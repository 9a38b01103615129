/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CoteriePool:
 *
 * A fixed number of threads that work on the numbered tasks of one job at a time.
 */
typedef struct _CoteriePool CoteriePool;

/**
 * CoteriePoolFunc:
 * @task: from 0 to the number of tasks less 1; each is called exactly once
 * @worker: from 0 to the number of threads less 1, for scratch memory; a result must not depend on it
 * @data: what was given to coterie_pool_run()
 */
typedef void (*CoteriePoolFunc) (gsize task, guint worker, gpointer data);

CoteriePool *coterie_pool_new (guint n_threads);
void coterie_pool_free (CoteriePool *pool);
guint coterie_pool_get_n_threads (CoteriePool *pool);
void coterie_pool_run (CoteriePool *pool, gsize n_tasks, CoteriePoolFunc func, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoteriePool, coterie_pool_free)

G_END_DECLS
