/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bins of a neuron's histogram (section 5.2 of the paper).
 *
 * What decides is the expression of coterie_binning_find(), with its two divisions. Almost always
 * one subtraction and one multiplication of floats give the same bin: (x - lowest) scale. Its three
 * roundings move it by less than 3 · 2^-24 R, and those of the doubles move the expression by less
 * than 2^-26 R even if all activations agree in their leading bits. So where the quick value lies
 * further than 2^-21 R from a whole number, both lie in the same bin, and elsewhere the expression
 * itself is computed. Both are the same for every processor. */

#include "core/analysis/binning.h"

#include <float.h>

#define MARGIN_PER_BIN 0x1p-21f

/* Every value is near an edge. */
#define MARGIN_OF_ALL 2.0f

static void
init_quick_way (CoterieBinning *binning, double lowest, double reach)
{
  double scale = binning->bins / reach;

  /* beyond these it would be rounded more than counted on */
  if (scale >= (double) FLT_MIN && scale <= (double) FLT_MAX) {
    binning->lowest = (float) lowest;
    binning->scale = (float) scale;
    binning->margin = (float) binning->bins * MARGIN_PER_BIN;
  } else {
    binning->lowest = 0.0f;
    binning->scale = 0.0f;
    binning->margin = MARGIN_OF_ALL;
  }
}

/**
 * coterie_binning_init:
 * @binning: (out caller-allocates): the bins
 * @spec: how many, and what they span
 * @lowest: the smallest activation that is not 0, greater than 0
 * @highest: the largest activation, finite
 * @sum: of all activations of the neuron
 * @top: the largest quotient of activation and sum among all neurons, 0 … 1; for
 *   COTERIE_ENTROPY_RANGE_ZERO_TOP
 *
 * With fewer than two distinct non-zero activations, that is @highest not above @lowest, there is
 * nothing to count and the entropy is 0.
 */
void
coterie_binning_init (CoterieBinning *binning,
                      const CoterieEntropySpec *spec,
                      float lowest,
                      float highest,
                      double sum,
                      double top)
{
  double low = 0.0, high = top;

  *binning = (CoterieBinning){0};
  if (!(lowest < highest))
    return;
  if (spec->range != COTERIE_ENTROPY_RANGE_ZERO_TOP)
    high = (double) highest / sum;
  if (spec->range == COTERIE_ENTROPY_RANGE_MIN_MAX)
    low = (double) lowest / sum;

  binning->bins = spec->bins;
  binning->sum = sum;
  binning->low = low;
  binning->span = high - low;
  if (spec->range == COTERIE_ENTROPY_RANGE_MIN_MAX)
    init_quick_way (binning, (double) lowest, (double) highest - (double) lowest);
  else
    init_quick_way (binning, 0.0, high * sum);
}
