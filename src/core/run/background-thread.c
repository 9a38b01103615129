/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Threads for work that takes long: each has its own, since those that GTask shares would be taken from
 * what is over soon.
 *
 * The window comes first: where all processors are busy, a thread that computes, and those of its
 * pool, which inherit from it, wait for the one that answers the user. */

#include "core/run/background-thread.h"

#include <sys/resource.h>

/* Of 19 at the most. */
#define NICENESS 10

/* What goes to the thread and comes back. */
typedef struct {
  GTaskThreadFunc func;
  gpointer call;
  GDestroyNotify free_call;
  GAsyncReadyCallback callback;
  gpointer callback_data;
} Job;

/* Lowers the priority of the calling thread, for good. Where a thread has no priority of its own nothing
 * changes. */
static void
give_way (void)
{
#ifdef __linux__
  setpriority (PRIO_PROCESS, 0, NICENESS);
#endif
}

static gpointer
do_job (gpointer data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);

  give_way ();
  job->func (task, NULL, job->call, g_task_get_cancellable (task));
  return NULL;
}

/* On the caller's main context, so that the call is freed there too. */
static void
deliver (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Job *job = data;

  if (job->callback != NULL)
    job->callback (NULL, result, job->callback_data);
  job->free_call (job->call);
}

/**
 * coterie_background_thread_start:
 * @name: of the thread, for who debugs
 * @func: (scope async): does the work and returns from its task, without a source object
 * @call: passed to @func as its data
 * @free_call: frees @call behind @callback, in the caller's main context
 * @tag: says what the result is of
 * @cancellable: (nullable): passed to @func; work that was complete before it was cancelled succeeds
 * @callback: (nullable): called in the caller's main context at the end, without a source object
 * @callback_data: passed to @callback
 *
 * Calls @func on a thread of its own, which gives way to others.
 */
void
coterie_background_thread_start (const char *name,
                                 GTaskThreadFunc func,
                                 gpointer call,
                                 GDestroyNotify free_call,
                                 gpointer tag,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer callback_data)
{
  Job *job = g_new (Job, 1);
  GTask *task = g_task_new (NULL, cancellable, deliver, job);

  *job = (Job){func, call, free_call, callback, callback_data};
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, job, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_thread_unref (g_thread_new (name, do_job, task));
}
