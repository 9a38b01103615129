/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GTask *coterie_owned_task_new (gpointer owner,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);

G_END_DECLS
