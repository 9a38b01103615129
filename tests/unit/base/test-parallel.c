/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/base/parallel.h"

#define N_TASKS 1000

typedef struct {
  guint counts[N_TASKS];
  guint n_workers;
} Tally;

static void
count_task (gsize task, guint worker, gpointer data)
{
  Tally *tally = data;

  g_assert_cmpuint (worker, <, tally->n_workers);
  tally->counts[task]++;
}

static void
test_every_task_once (void)
{
  for (guint n_threads = 1; n_threads <= 8; n_threads *= 2) {
    g_autoptr (CoteriePool) pool = coterie_pool_new (n_threads);
    Tally tally = {.n_workers = n_threads};

    g_assert_cmpuint (coterie_pool_get_n_threads (pool), ==, n_threads);
    for (guint job = 0; job < 200; job++)
      coterie_pool_run (pool, N_TASKS, count_task, &tally);
    for (gsize task = 0; task < N_TASKS; task++)
      g_assert_cmpuint (tally.counts[task], ==, 200);
  }
}

static void
test_sleeping_workers_wake (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (3);
  Tally tally = {.n_workers = 3};

  for (guint job = 0; job < 20; job++) {
    coterie_pool_run (pool, 3, count_task, &tally);
    g_usleep (2000);
  }
  g_assert_cmpuint (tally.counts[0] + tally.counts[1] + tally.counts[2], ==, 60);
}

typedef struct {
  guint job;
  guint n_tasks;
  guint done[3];
} ShortJob;

static void
do_short_task (gsize task, guint worker, gpointer data)
{
  ShortJob *job = data;

  g_assert_cmpuint ((guint) task, <, job->n_tasks);
  job->done[task] += job->job;
}

/* More workers than tasks and than processors: most come late, to a job that is over. */
static void
test_late_workers_find_no_task_of_a_past_job (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (8);
  ShortJob jobs[2];

  for (guint i = 1; i <= 20000; i++) {
    ShortJob *job = &jobs[i % 2];

    *job = (ShortJob){.job = i, .n_tasks = 2 + i % 2};
    coterie_pool_run (pool, job->n_tasks, do_short_task, job);
    for (guint task = 0; task < 3; task++)
      g_assert_cmpuint (job->done[task], ==, task < job->n_tasks ? i : 0);
  }
}

static void
hold_first_task (gsize task, guint worker, gpointer data)
{
  guint *n_done = data;

  if (task == 0)
    while (__atomic_load_n (n_done, __ATOMIC_ACQUIRE) < 4)
      g_thread_yield ();
  __atomic_add_fetch (n_done, 1, __ATOMIC_ACQ_REL);
}

/* Whoever has the first task does not end it before the others are done: all the others have to be
 * somebody else's. */
static void
test_others_take_the_tasks_of_the_slow (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (2);

  for (guint i = 0; i < 50; i++) {
    guint n_done = 0;

    coterie_pool_run (pool, 5, hold_first_task, &n_done);
    g_assert_cmpuint (n_done, ==, 5);
  }
}

static void
test_no_tasks (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (2);

  coterie_pool_run (pool, 0, count_task, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/parallel/every-task-once", test_every_task_once);
  g_test_add_func ("/base/parallel/sleeping-workers-wake", test_sleeping_workers_wake);
  g_test_add_func ("/base/parallel/late-workers-find-no-task-of-a-past-job",
                   test_late_workers_find_no_task_of_a_past_job);
  g_test_add_func ("/base/parallel/others-take-the-tasks-of-the-slow",
                   test_others_take_the_tasks_of_the_slow);
  g_test_add_func ("/base/parallel/no-tasks", test_no_tasks);
  return g_test_run ();
}
