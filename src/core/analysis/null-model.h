/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/graph.h"
#include "core/base/parallel.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CoterieNullComparison:
 * @mean: of the modularities of the null graphs, dimensionless
 * @deviation: their sample standard deviation, dimensionless, at least 0
 * @z: by how many of these deviations the modularity lies above the mean, dimensionless
 *
 * A modularity beside those of null graphs; each not-a-number where it is undefined.
 */
typedef struct {
  double mean;
  double deviation;
  double z;
} CoterieNullComparison;

CoterieGraph *coterie_null_model_rewire (const CoterieGraph *graph, guint64 seed, guint index);
gboolean coterie_null_model_compare (const CoterieGraph *graph,
                                     double modularity,
                                     double resolution,
                                     guint n_null_graphs,
                                     guint64 seed,
                                     CoteriePool *pool,
                                     GCancellable *cancellable,
                                     CoterieNullComparison *comparison,
                                     GError **error);
void coterie_null_comparison_get_interval (const CoterieNullComparison *comparison,
                                           double *lower,
                                           double *upper);

G_END_DECLS
