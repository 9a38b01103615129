/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the analysis uses the memory it may take: first what it cannot do without, then histograms of
 * as many neurons at a time as fit, and with the rest it keeps activations, which need not be
 * computed again then. */

#include "core/analysis/memory-plan.h"

/* With fewer neurons at a time, sweeps would be too many. */
#define LEAST_SWEEP_NEURONS 64

/**
 * coterie_memory_plan_make:
 * @plan: (out caller-allocates): the plan
 * @memory_bytes: how much there is; less than coterie_memory_plan_get_least_bytes() counts as that
 * @fixed_bytes: what is needed in any case
 * @n_neurons: how many neurons there are in all layers, may be 0
 * @neuron_bytes: what the histograms of one neuron take
 * @max_sweep_neurons: neurons of one sweep at most, at least 1
 */
void
coterie_memory_plan_make (CoterieMemoryPlan *plan,
                          guint64 memory_bytes,
                          guint64 fixed_bytes,
                          guint64 n_neurons,
                          guint64 neuron_bytes,
                          guint64 max_sweep_neurons)
{
  guint64 room = memory_bytes > fixed_bytes ? memory_bytes - fixed_bytes : 0;
  guint64 n_fitting = MAX (LEAST_SWEEP_NEURONS, room / MAX (1, neuron_bytes));
  guint64 sweep_bytes;

  plan->fixed_bytes = fixed_bytes;
  plan->sweep_neurons = MAX (1, MIN (MIN (n_fitting, max_sweep_neurons), n_neurons));
  plan->n_sweeps = MAX (1, (n_neurons + plan->sweep_neurons - 1) / plan->sweep_neurons);
  sweep_bytes = plan->sweep_neurons * neuron_bytes;
  plan->kept_bytes = room > sweep_bytes ? room - sweep_bytes : 0;
}

/**
 * coterie_memory_plan_get_least_bytes:
 * @fixed_bytes: what is needed in any case
 * @n_neurons: how many neurons there are in all layers
 * @neuron_bytes: what the histograms of one neuron take
 *
 * Returns: the least that a plan comes out with
 */
guint64
coterie_memory_plan_get_least_bytes (guint64 fixed_bytes, guint64 n_neurons, guint64 neuron_bytes)
{
  return fixed_bytes + MIN (LEAST_SWEEP_NEURONS, n_neurons) * neuron_bytes;
}
