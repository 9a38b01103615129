/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tasks for threads, on behalf of what must not end in one. A thread drops its task after the task has
 * been delivered: were a widget or a session the task's source object and nobody else's any more, it
 * would be taken apart there, beside the main loop. */

#include "session/owned-task.h"

typedef struct {
  GObject *owner; /* a reference */
  GAsyncReadyCallback callback;
  gpointer data;
} Delivery;

static void
deliver (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Delivery *delivery = data;

  delivery->callback (delivery->owner, result, delivery->data);
  g_object_unref (delivery->owner);
}

/**
 * coterie_owned_task_new:
 * @owner: (type GObject.Object): who wants the result; kept until it has been delivered, and let go of
 *   in the main context
 * @cancellable: (nullable): passed to the thread's function
 * @callback: called once, in the main context, with @owner as its source
 * @data: passed to @callback
 *
 * Has to be run, or be returned from: otherwise @owner is never let go of.
 *
 * Returns: (transfer full): a task for g_task_run_in_thread(), without a source object of its own
 */
GTask *
coterie_owned_task_new (gpointer owner,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer data)
{
  Delivery *delivery = g_new (Delivery, 1);

  *delivery = (Delivery){g_object_ref (owner), callback, data};
  return g_task_new (NULL, cancellable, deliver, delivery);
}
