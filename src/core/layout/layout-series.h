/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/graph.h"
#include "core/base/parallel.h"
#include "core/base/progress.h"
#include "core/layout/layout-settings.h"

G_BEGIN_DECLS

/**
 * CoterieLayoutLoadFunc:
 * @index: which graph of the series, from 0
 * @graph: (out) (transfer full): it
 * @neurons: (out) (transfer full): [n_nodes]: the neuron of each node, ascending
 * @data: what was given with the function
 * @error: return location for a #GError
 *
 * Gives a graph of a series; asked for each several times.
 *
 * Returns: %FALSE with an error if it cannot be had
 */
typedef gboolean (*CoterieLayoutLoadFunc) (
    guint index, CoterieGraph **graph, guint32 **neurons, gpointer data, GError **error);

/**
 * CoterieLayoutSeries:
 * @n_graphs: how many
 * @load: gives one of them
 * @data: passed to @load
 * @layer: the hidden layer they are of, from 1
 *
 * The graphs of one layer, in the order of iterations, all known beforehand.
 */
typedef struct {
  guint n_graphs;
  CoterieLayoutLoadFunc load;
  gpointer data;
  guint layer;
} CoterieLayoutSeries;

gboolean coterie_layout_series_place (const CoterieLayoutSeries *series,
                                      const CoterieLayoutSettings *settings,
                                      const CoteriePin *pins,
                                      guint n_pins,
                                      float **positions,
                                      CoteriePool *pool,
                                      CoterieProgress *progress,
                                      GCancellable *cancellable,
                                      GError **error);

G_END_DECLS
