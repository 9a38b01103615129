/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/base/progress.h"

typedef struct {
  CoterieProgress *progress;
  GCancellable *cancellable;
  guint n_steps;
} Worker;

static gpointer
work (gpointer data)
{
  Worker *worker = data;
  g_autoptr (GError) error = NULL;

  while (coterie_progress_step (worker->progress, 0.25, worker->cancellable, &error))
    g_atomic_int_inc (&worker->n_steps);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  return NULL;
}

static void
test_pauses_and_resumes (void)
{
  g_autoptr (CoterieProgress) progress = coterie_progress_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Worker worker = {progress, cancellable, 0};
  GThread *thread;

  coterie_progress_set_paused (progress, TRUE);
  thread = g_thread_new ("worker", work, &worker);
  while (coterie_progress_get_fraction (progress) < 0.25)
    g_usleep (100);
  g_assert_cmpint (g_atomic_int_get (&worker.n_steps), ==, 0);

  coterie_progress_set_paused (progress, FALSE);
  while (g_atomic_int_get (&worker.n_steps) == 0)
    g_usleep (100);
  g_cancellable_cancel (cancellable);
  g_thread_join (thread);
}

static void
test_cancel_ends_a_pause (void)
{
  g_autoptr (CoterieProgress) progress = coterie_progress_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Worker worker = {progress, cancellable, 0};
  GThread *thread;

  coterie_progress_set_paused (progress, TRUE);
  thread = g_thread_new ("worker", work, &worker);
  g_cancellable_cancel (cancellable);
  g_thread_join (thread);
  g_assert_cmpint (worker.n_steps, ==, 0);
}

static void
test_ranges_count_within_ranges (void)
{
  g_autoptr (CoterieProgress) progress = coterie_progress_new ();
  CoterieProgressRange whole = coterie_progress_enter_range (progress, 0.5, 0.5);
  CoterieProgressRange half;

  coterie_progress_step (progress, 0.5, NULL, NULL);
  g_assert_cmpfloat (coterie_progress_get_fraction (progress), ==, 0.75);
  half = coterie_progress_enter_range (progress, 0.5, 0.25);
  coterie_progress_step (progress, 1.0, NULL, NULL);
  g_assert_cmpfloat (coterie_progress_get_fraction (progress), ==, 0.875);
  coterie_progress_leave_range (progress, half);
  coterie_progress_step (progress, 1.0, NULL, NULL);
  g_assert_cmpfloat (coterie_progress_get_fraction (progress), ==, 1.0);
  coterie_progress_leave_range (progress, whole);
  coterie_progress_step (progress, 0.25, NULL, NULL);
  g_assert_cmpfloat (coterie_progress_get_fraction (progress), ==, 0.25);
  coterie_progress_leave_range (NULL, coterie_progress_enter_range (NULL, 0.0, 1.0));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/progress/pauses-and-resumes", test_pauses_and_resumes);
  g_test_add_func ("/base/progress/cancel-ends-a-pause", test_cancel_ends_a_pause);
  g_test_add_func ("/base/progress/ranges-count-within-ranges", test_ranges_count_within_ranges);
  return g_test_run ();
}
