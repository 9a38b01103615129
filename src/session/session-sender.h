/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/session.h"

G_BEGIN_DECLS

/**
 * CoterieSessionSender:
 * @session: the session, while it is there
 * @job: what the thread does for it
 * @context: where the session lives
 * @work: (nullable): what the thread works on
 * @free_work: (nullable): frees @work
 *
 * A thread's way back to the session, which may be gone, or do something else, before the thread is done.
 * Reference-counted; its fields are for reading.
 */
typedef struct {
  GWeakRef session;
  GCancellable *job;
  GMainContext *context;
  gpointer work;
  GDestroyNotify free_work;
} CoterieSessionSender;

/**
 * CoterieSessionReceiver:
 * @self: the session
 * @job: whose job it was when the parcel was sent; what it waits for now may be another
 * @parcel: what was sent
 *
 * Called where the session lives.
 */
typedef void (*CoterieSessionReceiver) (CoterieSession *self, GCancellable *job, gpointer parcel);

CoterieSessionSender *coterie_session_sender_new (CoterieSession *self,
                                                  GCancellable *job,
                                                  gpointer work,
                                                  GDestroyNotify free_work);
CoterieSessionSender *coterie_session_sender_ref (CoterieSessionSender *sender);
void coterie_session_sender_unref (gpointer sender);
CoterieSession *coterie_session_sender_dup_session (CoterieSessionSender *sender);
void coterie_session_sender_send (CoterieSessionSender *sender,
                                  CoterieSessionReceiver receiver,
                                  gpointer parcel,
                                  GDestroyNotify free_parcel);

G_END_DECLS
