/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CoterieMemoryPlan:
 * @fixed_bytes: what is needed in any case
 * @sweep_neurons: neurons whose histograms are made in one sweep
 * @n_sweeps: how many sweeps there are, at least 1
 * @kept_bytes: what is left for the activations of the first pass
 *
 * How an amount of memory is used.
 */
typedef struct {
  guint64 fixed_bytes;
  guint64 sweep_neurons;
  guint64 n_sweeps;
  guint64 kept_bytes;
} CoterieMemoryPlan;

void coterie_memory_plan_make (CoterieMemoryPlan *plan,
                               guint64 memory_bytes,
                               guint64 fixed_bytes,
                               guint64 n_neurons,
                               guint64 neuron_bytes,
                               guint64 max_sweep_neurons);
guint64
coterie_memory_plan_get_least_bytes (guint64 fixed_bytes, guint64 n_neurons, guint64 neuron_bytes);

G_END_DECLS
