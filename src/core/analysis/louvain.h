/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/graph.h"
#include <gio/gio.h>

G_BEGIN_DECLS

gboolean coterie_louvain_find (const CoterieGraph *graph,
                               double gamma,
                               guint64 seed,
                               GCancellable *cancellable,
                               guint32 *membership);

G_END_DECLS
