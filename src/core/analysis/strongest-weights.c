/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of the hundreds of thousands of weights between two hidden layers are worth drawing: for each
 * neuron of the upper layer the few that are greatest in magnitude among those that come from
 * neurons of interest. Each neuron of the upper layer so has the same number of them, and none goes
 * without because another one's weights are larger throughout. */

#include "core/analysis/strongest-weights.h"

#include <math.h>

/* Of equal magnitudes the one that comes from the lower neuron goes first. */
static gboolean
goes_before (const CoterieStrongWeight *a, const CoterieStrongWeight *b)
{
  float left = fabsf (a->weight), right = fabsf (b->weight);

  return left > right || (left == right && a->source < b->source);
}

/* Keeps the best @n_most in order; @n_kept of them are there. */
static guint
keep_best (CoterieStrongWeight *best, guint n_kept, guint n_most, CoterieStrongWeight weight)
{
  guint slot = n_kept;

  if (n_kept == n_most && !goes_before (&weight, &best[n_kept - 1]))
    return n_kept;
  if (n_kept == n_most)
    slot--;
  else
    n_kept++;
  for (; slot > 0 && goes_before (&weight, &best[slot - 1]); slot--)
    best[slot] = best[slot - 1];
  best[slot] = weight;
  return n_kept;
}

static int
compare_weights (gconstpointer a, gconstpointer b)
{
  const CoterieStrongWeight *left = a, *right = b;

  if (left->source != right->source)
    return left->source < right->source ? -1 : 1;
  return left->target < right->target ? -1 : left->target > right->target;
}

/**
 * coterie_strongest_weights_new:
 * @network: a network with hidden layers @layer and @layer + 1
 * @layer: the lower of the two hidden layers, from 1
 * @sources: (array length=n_sources): neurons of the lower layer, ascending
 * @n_sources: how many
 * @targets: (array length=n_targets): neurons of the upper layer, ascending
 * @n_targets: how many
 * @n_per_target: how many weights a neuron of the upper layer has at the most, at least 1
 *
 * Finds, for each of @targets, its incoming weights of the greatest magnitude among those from
 * @sources; weights of 0, and those that are not finite, are left out. Cost: one pass over
 * n_sources times n_targets weights.
 *
 * Returns: (transfer full): the weights
 */
CoterieStrongestWeights *
coterie_strongest_weights_new (const CoterieNetwork *network,
                               guint layer,
                               const guint32 *sources,
                               guint n_sources,
                               const guint32 *targets,
                               guint n_targets,
                               guint n_per_target)
{
  CoterieStrongestWeights *strongest;
  CoterieStrongWeight *weights;
  guint n_weights = 0;

  g_return_val_if_fail (layer >= 1 && layer + 1 < network->n_layers, NULL);
  g_return_val_if_fail (n_per_target >= 1, NULL);

  weights = g_new (CoterieStrongWeight, (gsize) n_targets * MIN (n_per_target, n_sources));
  for (guint i = 0; i < n_targets; i++) {
    const float *row = network->weights[layer] + (gsize) targets[i] * network->widths[layer];
    guint n_kept = 0;

    for (guint j = 0; j < n_sources; j++)
      if (isfinite (row[sources[j]]) && row[sources[j]] != 0.0f)
        n_kept = keep_best (weights + n_weights, n_kept, n_per_target,
                            (CoterieStrongWeight){sources[j], targets[i], row[sources[j]]});
    n_weights += n_kept;
  }
  if (n_weights > 1)
    qsort (weights, n_weights, sizeof *weights, compare_weights);

  strongest = g_atomic_rc_box_new0 (CoterieStrongestWeights);
  strongest->layer = layer;
  strongest->n_weights = n_weights;
  strongest->weights = weights;
  return strongest;
}

/**
 * coterie_strongest_weights_ref:
 * @strongest: weights
 *
 * Returns: (transfer full): the same
 */
CoterieStrongestWeights *
coterie_strongest_weights_ref (CoterieStrongestWeights *strongest)
{
  return g_atomic_rc_box_acquire (strongest);
}

static void
clear (gpointer data)
{
  CoterieStrongestWeights *strongest = data;

  g_free ((gpointer) strongest->weights);
}

/**
 * coterie_strongest_weights_unref:
 * @strongest: (transfer full): weights
 */
void
coterie_strongest_weights_unref (CoterieStrongestWeights *strongest)
{
  g_atomic_rc_box_release_full (strongest, clear);
}
