/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/graph.h"
#include "core/base/parallel.h"
#include <gio/gio.h>

G_BEGIN_DECLS

CoterieGraph *coterie_null_model_rewire (const CoterieGraph *graph, guint64 seed, guint index);
gboolean coterie_null_model_compute_z (const CoterieGraph *graph,
                                       double modularity,
                                       double resolution,
                                       guint n_null_graphs,
                                       guint64 seed,
                                       CoteriePool *pool,
                                       GCancellable *cancellable,
                                       double *z,
                                       GError **error);

G_END_DECLS
