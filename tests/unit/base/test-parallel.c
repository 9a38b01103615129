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
  g_test_add_func ("/base/parallel/no-tasks", test_no_tasks);
  return g_test_run ();
}
