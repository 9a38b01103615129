/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A pool of threads for short jobs. A training update is a dozen jobs of some microseconds each, so
 * whoever has nothing to do looks for news for a moment before it sleeps, and the caller works too.
 *
 * The caller waits for the tasks, not for the workers: one that is asleep, or that the machine has
 * taken off its processor, is not missed as long as it holds no task. On a busy machine a job then
 * goes on with the workers that are there. Each worker has a share of the tasks, and when it is
 * through with that it helps the others: in job after job it is mostly the same worker that has the
 * same piece of the data, in its own cache. A share is handed out by one number, the ticket: which job
 * it is, and how many tasks of the share are still to be had. A worker that comes late finds tickets
 * without tasks, or of a later job, and can never mistake the one for the other.
 *
 * In the end it is left to chance who gets which task; results are the same for any number of threads
 * because tasks do not depend on it and never share what they write. */

#include "core/base/parallel.h"

/* How long to look before sleeping: longer than the gap between two jobs of an update, short enough
 * to leave a busy machine to others. */
#define LOOK_US 50
#define LOOKS_BETWEEN_CLOCKS 16

#define CACHE_LINE 64 /* bytes */

#define TASK_BITS 32
#define TASK_MASK G_GUINT64_CONSTANT (0xffffffff)

/* ticket is the number of the job, and in the lower TASK_BITS how many of the share's tasks nobody has
 * taken yet; written with release order when a new job is ready. end is where the share ends, and
 * changes only while no task is to be had. */
typedef struct {
  guint64 ticket __attribute__ ((aligned (CACHE_LINE)));
  gsize end;
} Share;

struct _CoteriePool {
  guint n_threads;
  GThread **threads;

  GMutex mutex;
  GCond wake;
  GCond done;
  guint n_sleeping;
  gboolean caller_sleeps;
  gboolean quit;

  /* The job. All of it changes only while no task is to be had, but for the last. */
  CoteriePoolFunc func;
  gpointer data;

  guint64 job;
  gsize n_unfinished __attribute__ ((aligned (CACHE_LINE)));

  Share *shares; /* [n_threads], owned */
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

static inline gboolean
has_tasks (CoteriePool *pool)
{
  for (guint i = 0; i < pool->n_threads; i++)
    if ((__atomic_load_n (&pool->shares[i].ticket, __ATOMIC_ACQUIRE) & TASK_MASK) > 0)
      return TRUE;
  return FALSE;
}

static inline gboolean
is_finished (CoteriePool *pool)
{
  return __atomic_load_n (&pool->n_unfinished, __ATOMIC_ACQUIRE) == 0;
}

/* Looks for a moment whether test has come true. */
static gboolean
look_for (CoteriePool *pool, gboolean (*test) (CoteriePool *pool))
{
  gint64 until = 0;

  for (;;) {
    for (guint i = 0; i < LOOKS_BETWEEN_CLOCKS; i++) {
      if (test (pool))
        return TRUE;
      relax ();
    }
    if (until == 0)
      until = g_get_monotonic_time () + LOOK_US;
    else if (g_get_monotonic_time () >= until)
      return FALSE;
  }
}

/* As long as the task is not done, its job is the one at hand. */
static gboolean
take_task (Share *share, gsize *task)
{
  guint64 ticket = __atomic_load_n (&share->ticket, __ATOMIC_ACQUIRE);

  do
    if ((ticket & TASK_MASK) == 0)
      return FALSE;
  while (!__atomic_compare_exchange_n (&share->ticket, &ticket, ticket - 1, TRUE, __ATOMIC_ACQUIRE,
                                       __ATOMIC_ACQUIRE));
  *task = share->end - (gsize) (ticket & TASK_MASK);
  return TRUE;
}

/* Does tasks until there are none left, the worker's own first. Returns whether it was the last of the
 * job to be done. */
static gboolean
do_tasks (CoteriePool *pool, guint worker)
{
  gboolean last = FALSE;

  for (guint i = 0; i < pool->n_threads; i++) {
    Share *share = &pool->shares[(worker + i) % pool->n_threads];
    gsize task;

    while (take_task (share, &task)) {
      pool->func (task, worker, pool->data);
      last = __atomic_sub_fetch (&pool->n_unfinished, 1, __ATOMIC_ACQ_REL) == 0;
    }
  }
  return last;
}

static void
wake_caller (CoteriePool *pool)
{
  g_mutex_lock (&pool->mutex);
  if (pool->caller_sleeps)
    g_cond_signal (&pool->done);
  g_mutex_unlock (&pool->mutex);
}

/* Returns FALSE when the pool quits. */
static gboolean
sleep_until_job (CoteriePool *pool)
{
  gboolean quit;

  g_mutex_lock (&pool->mutex);
  pool->n_sleeping++;
  while (!has_tasks (pool) && !pool->quit)
    g_cond_wait (&pool->wake, &pool->mutex);
  pool->n_sleeping--;
  quit = pool->quit;
  g_mutex_unlock (&pool->mutex);
  return !quit;
}

static gpointer
worker_main (gpointer data)
{
  g_autofree WorkerStart *start = data;
  CoteriePool *pool = start->pool;

  while (look_for (pool, has_tasks) || sleep_until_job (pool))
    if (do_tasks (pool, start->worker))
      wake_caller (pool);
  return NULL;
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
  CoteriePool *pool = g_aligned_alloc0 (1, sizeof *pool, CACHE_LINE);

  pool->n_threads = n_threads > 0 ? n_threads : g_get_num_processors ();
  g_mutex_init (&pool->mutex);
  g_cond_init (&pool->wake);
  g_cond_init (&pool->done);

  pool->shares = g_aligned_alloc0 (pool->n_threads, sizeof *pool->shares, CACHE_LINE);
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
  g_aligned_free (pool->shares);
  g_aligned_free (pool);
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

/* Under the lock, so that no worker falls asleep between looking and being counted. */
static void
offer_tasks (CoteriePool *pool, gsize n_tasks)
{
  gsize first = 0;

  pool->job++;
  __atomic_store_n (&pool->n_unfinished, n_tasks, __ATOMIC_RELAXED);
  g_mutex_lock (&pool->mutex);
  for (guint i = 0; i < pool->n_threads; i++) {
    Share *share = &pool->shares[i];
    gsize end = n_tasks * (i + 1) / pool->n_threads;

    share->end = end;
    __atomic_store_n (&share->ticket, pool->job << TASK_BITS | (end - first), __ATOMIC_RELEASE);
    first = end;
  }
  if (pool->n_sleeping > 0)
    g_cond_broadcast (&pool->wake);
  g_mutex_unlock (&pool->mutex);
}

/**
 * coterie_pool_run:
 * @pool: the pool; must not run a job already
 * @n_tasks: how many tasks, less than 2^32; 0 returns at once
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
  offer_tasks (pool, n_tasks);
  if (do_tasks (pool, 0) || look_for (pool, is_finished))
    return;

  g_mutex_lock (&pool->mutex);
  pool->caller_sleeps = TRUE;
  while (!is_finished (pool))
    g_cond_wait (&pool->done, &pool->mutex);
  pool->caller_sleeps = FALSE;
  g_mutex_unlock (&pool->mutex);
}
