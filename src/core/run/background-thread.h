/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void coterie_background_thread_start (const char *name,
                                      GTaskThreadFunc func,
                                      gpointer call,
                                      GDestroyNotify free_call,
                                      gpointer tag,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer callback_data);

G_END_DECLS
