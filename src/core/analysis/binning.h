/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/entropy.h"

G_BEGIN_DECLS

/**
 * CoterieBinning:
 * @bins: R, number of bins; 0 if there is nothing to count
 * @sum: what activations are divided by
 * @low: where the bins begin, on the quotients
 * @span: how far they reach, on the quotients
 * @lowest: where they begin, on the activations
 * @scale: bins for each 1 of activation
 * @margin: nearer than this to the edge of a bin, of 1, the quick way may be wrong
 *
 * How the non-zero activations of one neuron fall into bins. The first four members say it; the
 * others are a quick way to the same answer.
 */
typedef struct {
  guint bins;
  double sum;
  double low;
  double span;
  float lowest;
  float scale;
  float margin;
} CoterieBinning;

void coterie_binning_init (CoterieBinning *binning,
                           const CoterieEntropySpec *spec,
                           float lowest,
                           float highest,
                           double sum,
                           double top);

/* bin = floor ((x - low) / (high - low) R) of x = activation / column sum, the highest value in the
 * last bin. Computed on the quotients, in this order: the value of a product or a factored form
 * would differ in the last place and now and then fall into another bin. */
static inline guint32
coterie_binning_find (const CoterieBinning *binning, float activation)
{
  double share = (double) activation / binning->sum;
  guint32 bin = (guint32) ((share - binning->low) / binning->span * binning->bins);

  return MIN (bin, binning->bins - 1);
}

G_END_DECLS
