/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How threads hand over what they have got: parcels go to the session one after the other, on the main
 * context that it lives in, and are dropped when it is gone. */

#include "session/session-sender.h"

typedef struct {
  CoterieSessionSender *sender;
  CoterieSessionReceiver receiver;
  gpointer parcel;
  GDestroyNotify free_parcel;
} Delivery;

/**
 * coterie_session_sender_new:
 * @self: the session
 * @job: what a thread is about to do for it
 * @work: (transfer full) (nullable): what the thread works on
 * @free_work: (nullable): frees @work; %NULL if there is none
 *
 * Returns: (transfer full): a way back to the session, to the main context that is now the thread's default
 */
CoterieSessionSender *
coterie_session_sender_new (CoterieSession *self,
                            GCancellable *job,
                            gpointer work,
                            GDestroyNotify free_work)
{
  CoterieSessionSender *sender = g_atomic_rc_box_new0 (CoterieSessionSender);

  g_weak_ref_init (&sender->session, self);
  sender->job = g_object_ref (job);
  sender->context = g_main_context_ref_thread_default ();
  sender->work = work;
  sender->free_work = free_work;
  return sender;
}

/**
 * coterie_session_sender_ref:
 * @sender: the sender
 *
 * Returns: (transfer full): @sender
 */
CoterieSessionSender *
coterie_session_sender_ref (CoterieSessionSender *sender)
{
  return g_atomic_rc_box_acquire (sender);
}

static void
sender_clear (gpointer data)
{
  CoterieSessionSender *sender = data;

  g_weak_ref_clear (&sender->session);
  g_object_unref (sender->job);
  g_main_context_unref (sender->context);
  if (sender->free_work != NULL)
    sender->free_work (sender->work);
}

/**
 * coterie_session_sender_unref:
 * @sender: (transfer full): the sender
 *
 * Frees @sender with its last reference.
 */
void
coterie_session_sender_unref (gpointer sender)
{
  g_atomic_rc_box_release_full (sender, sender_clear);
}

/**
 * coterie_session_sender_dup_session:
 * @sender: the sender
 *
 * Returns: (transfer full) (nullable): the session, or %NULL if it is gone
 */
CoterieSession *
coterie_session_sender_dup_session (CoterieSessionSender *sender)
{
  return g_weak_ref_get (&sender->session);
}

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  coterie_session_sender_unref (delivery->sender);
  delivery->free_parcel (delivery->parcel);
  g_free (delivery);
}

static gboolean
deliver (gpointer data)
{
  Delivery *delivery = data;
  g_autoptr (CoterieSession) self = coterie_session_sender_dup_session (delivery->sender);

  if (self != NULL)
    delivery->receiver (self, delivery->sender->job, delivery->parcel);
  return G_SOURCE_REMOVE;
}

/**
 * coterie_session_sender_send:
 * @sender: the sender
 * @receiver: (scope async): takes the parcel where the session lives, unless the session is gone
 * @parcel: (transfer full): what is sent
 * @free_parcel: frees @parcel
 *
 * Hands something over. May be called from any thread; what one thread sends arrives in that order.
 */
void
coterie_session_sender_send (CoterieSessionSender *sender,
                             CoterieSessionReceiver receiver,
                             gpointer parcel,
                             GDestroyNotify free_parcel)
{
  Delivery *delivery = g_new (Delivery, 1);

  *delivery = (Delivery){coterie_session_sender_ref (sender), receiver, parcel, free_parcel};
  g_main_context_invoke_full (sender->context, G_PRIORITY_DEFAULT, deliver, delivery,
                              delivery_free);
}
