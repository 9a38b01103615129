/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A pool of threads for short jobs. A training update is a dozen jobs of some microseconds each, so
 * a worker that has run out of tasks looks for the next job for a moment before it sleeps, and the
 * caller works too. Which worker gets which task is left to chance; results are the same for any
 * number of threads because tasks do not depend on it and never share what they write. */

#include "core/base/parallel.h"

/* About 20 microseconds of looking before sleeping: longer than the gap between two jobs of an
 * update, short enough to leave a busy machine to others. */
#define SPINS_BEFORE_SLEEP 4000

struct _CoteriePool {
  guint n_threads;
  GThread **threads;

  GMutex mutex;
  GCond wake;
  GCond done;
  guint n_sleeping;
  gboolean quit;

  /* The job. generation changes last, and with release order, when a new one is ready. */
  guint generation;
  CoteriePoolFunc func;
  gpointer data;
  gsize n_tasks;
  gsize next_task;
  guint n_busy;
  gboolean caller_sleeps;
};

typedef struct {
  CoteriePool *pool;
  guint worker;
} WorkerStart;

static inline void
relax (void)
{
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause ();
#endif
}

static void
take_tasks (CoteriePool *pool, guint worker)
{
  for (;;) {
    gsize task = __atomic_fetch_add (&pool->next_task, 1, __ATOMIC_RELAXED);

    if (task >= pool->n_tasks)
      return;
    pool->func (task, worker, pool->data);
  }
}

/* Returns the generation of the next job, which is seen's own only when the pool quits. */
static guint
await_job (CoteriePool *pool, guint seen)
{
  guint generation;

  for (guint i = 0; i < SPINS_BEFORE_SLEEP; i++) {
    generation = __atomic_load_n (&pool->generation, __ATOMIC_ACQUIRE);
    if (generation != seen)
      return generation;
    relax ();
  }

  g_mutex_lock (&pool->mutex);
  pool->n_sleeping++;
  while ((generation = __atomic_load_n (&pool->generation, __ATOMIC_ACQUIRE)) == seen &&
         !pool->quit)
    g_cond_wait (&pool->wake, &pool->mutex);
  pool->n_sleeping--;
  g_mutex_unlock (&pool->mutex);
  return generation;
}

static gpointer
worker_main (gpointer data)
{
  g_autofree WorkerStart *start = data;
  CoteriePool *pool = start->pool;
  guint seen = 0;

  for (;;) {
    guint generation = await_job (pool, seen);

    if (generation == seen)
      return NULL;
    seen = generation;
    take_tasks (pool, start->worker);

    if (__atomic_sub_fetch (&pool->n_busy, 1, __ATOMIC_ACQ_REL) == 0) {
      g_mutex_lock (&pool->mutex);
      if (pool->caller_sleeps)
        g_cond_signal (&pool->done);
      g_mutex_unlock (&pool->mutex);
    }
  }
}

/**
 * coterie_pool_new:
 * @n_threads: how many threads work, the caller of coterie_pool_run() included; 0 takes as many as
 *   the machine has processors
 *
 * Returns: (transfer full): a pool, with @n_threads - 1 threads of its own
 */
CoteriePool *
coterie_pool_new (guint n_threads)
{
  CoteriePool *pool = g_new0 (CoteriePool, 1);

  pool->n_threads = n_threads > 0 ? n_threads : g_get_num_processors ();
  g_mutex_init (&pool->mutex);
  g_cond_init (&pool->wake);
  g_cond_init (&pool->done);

  pool->threads = g_new0 (GThread *, pool->n_threads);
  for (guint worker = 1; worker < pool->n_threads; worker++) {
    WorkerStart *start = g_new0 (WorkerStart, 1);

    start->pool = pool;
    start->worker = worker;
    pool->threads[worker] = g_thread_new ("coterie-pool", worker_main, start);
  }
  return pool;
}

/**
 * coterie_pool_free:
 * @pool: (transfer full): a pool that runs no job
 *
 * Ends the threads of @pool and frees it.
 */
void
coterie_pool_free (CoteriePool *pool)
{
  g_mutex_lock (&pool->mutex);
  pool->quit = TRUE;
  g_cond_broadcast (&pool->wake);
  g_mutex_unlock (&pool->mutex);

  for (guint worker = 1; worker < pool->n_threads; worker++)
    g_thread_join (pool->threads[worker]);

  g_mutex_clear (&pool->mutex);
  g_cond_clear (&pool->wake);
  g_cond_clear (&pool->done);
  g_free (pool->threads);
  g_free (pool);
}

/**
 * coterie_pool_get_n_threads:
 * @pool: the pool
 *
 * Returns: the number of workers, at least 1
 */
guint
coterie_pool_get_n_threads (CoteriePool *pool)
{
  return pool->n_threads;
}

/**
 * coterie_pool_run:
 * @pool: the pool; must not run a job already
 * @n_tasks: how many tasks; 0 returns at once
 * @func: (scope call): does one task
 * @data: passed to @func
 *
 * Calls @func once for every task and returns when all are done. What the tasks wrote is visible to
 * the caller, and what the caller wrote before is visible to the tasks.
 */
void
coterie_pool_run (CoteriePool *pool, gsize n_tasks, CoteriePoolFunc func, gpointer data)
{
  if (pool->n_threads == 1 || n_tasks <= 1) {
    for (gsize task = 0; task < n_tasks; task++)
      func (task, 0, data);
    return;
  }

  pool->func = func;
  pool->data = data;
  pool->n_tasks = n_tasks;
  __atomic_store_n (&pool->next_task, 0, __ATOMIC_RELAXED);
  __atomic_store_n (&pool->n_busy, pool->n_threads - 1, __ATOMIC_RELAXED);

  g_mutex_lock (&pool->mutex);
  __atomic_store_n (&pool->generation, pool->generation + 1, __ATOMIC_RELEASE);
  if (pool->n_sleeping > 0)
    g_cond_broadcast (&pool->wake);
  g_mutex_unlock (&pool->mutex);

  take_tasks (pool, 0);

  for (guint i = 0; i < SPINS_BEFORE_SLEEP; i++) {
    if (__atomic_load_n (&pool->n_busy, __ATOMIC_ACQUIRE) == 0)
      return;
    relax ();
  }

  g_mutex_lock (&pool->mutex);
  pool->caller_sleeps = TRUE;
  while (__atomic_load_n (&pool->n_busy, __ATOMIC_ACQUIRE) > 0)
    g_cond_wait (&pool->done, &pool->mutex);
  pool->caller_sleeps = FALSE;
  g_mutex_unlock (&pool->mutex);
}
