/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A run on a thread of its own. */

#include "core/run/background-thread.h"
#include "core/run/run.h"

/* What coterie_run_execute_async() hands over to its thread and back. */
typedef struct {
  CoterieRun *run;
  CoterieRunFunc func;
  gpointer data;
  GDestroyNotify destroy;
} Call;

static void
call_free (gpointer data)
{
  g_autofree Call *call = data;

  if (call->destroy != NULL)
    call->destroy (call->data);
  coterie_run_unref (call->run);
}

static void
execute_call (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;
  GError *error = NULL;

  if (coterie_run_execute (call->run, call->func, call->data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * coterie_run_execute_async:
 * @run: a run that has not been executed before
 * @func: (nullable) (scope notified): told of the start and of every frame, on the run's own thread
 * @data: (closure func): passed to @func
 * @destroy: (nullable): frees @data when the run has ended, in the caller's main context
 * @cancellable: (nullable): ends the run early
 * @callback: (nullable): called in the caller's main context when the run has ended, without a
 *   source object
 * @callback_data: passed to @callback
 *
 * Does coterie_run_execute() on a thread of its own. A run that was complete before it was cancelled
 * succeeds.
 */
void
coterie_run_execute_async (CoterieRun *run,
                           CoterieRunFunc func,
                           gpointer data,
                           GDestroyNotify destroy,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer callback_data)
{
  Call *call = g_new (Call, 1);

  *call = (Call){coterie_run_ref (run), func, data, destroy};
  coterie_background_thread_start ("coterie-run", execute_call, call, call_free,
                                   coterie_run_execute_async, cancellable, callback, callback_data);
}

/**
 * coterie_run_execute_finish:
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: what coterie_run_execute() would have
 */
gboolean
coterie_run_execute_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, coterie_run_execute_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
