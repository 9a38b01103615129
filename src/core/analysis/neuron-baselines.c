/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures of single neurons that are known from elsewhere: class selectivity, and how many neurons
 * are dead, always active, or active now and then. */

#include "core/analysis/neuron-baselines.h"

#include <math.h>

/**
 * coterie_selectivity_compute:
 * @class_means: mean activation of one neuron for each class, @stride apart, dimensionless, 0 or
 *   more; not-a-number for a class without samples, which is left out
 * @n_classes: how many
 * @stride: how far the mean of a class lies from that of the next
 *
 * (mu_max - mu_rest) / (mu_max + mu_rest), where mu_max is the highest class mean and mu_rest the
 * mean of the means of all other classes (Morcos, Barrett, Rabinowitz and Botvinick 2018, On the
 * importance of single directions for generalization, section 2.3).
 *
 * Returns: class selectivity, dimensionless: 0 if the neuron is as active for all classes, 1 if it
 *   is active for one alone; not-a-number if it never is, or with fewer than two classes
 */
double
coterie_selectivity_compute (const double *class_means, guint n_classes, gsize stride)
{
  double highest = 0.0, rest = 0.0;
  guint n_with_samples = 0;

  for (guint c = 0; c < n_classes; c++) {
    double mean = class_means[c * stride];

    if (isnan (mean))
      continue;
    /* whichever is not the highest so far belongs to the rest */
    rest += n_with_samples > 0 ? MIN (mean, highest) : 0.0;
    highest = MAX (highest, mean);
    n_with_samples++;
  }
  if (n_with_samples < 2 || highest <= 0.0)
    return NAN;
  /* rounding may lift the mean of equal numbers above them */
  rest = MIN (rest / (n_with_samples - 1), highest);
  return (highest - rest) / (highest + rest);
}

static double
compute_mean_selectivity (const CoterieLayerTally *tally)
{
  const CoterieCover *cover = coterie_layer_tally_get_cover (tally);
  const double *means = coterie_layer_tally_get_class_means (tally);
  double sum = 0.0;
  guint n = 0;

  for (guint q = 0; q < cover->n_neurons; q++) {
    double selectivity =
        coterie_selectivity_compute (means + q, cover->n_classes, cover->n_neurons);

    if (isnan (selectivity))
      continue;
    sum += selectivity;
    n++;
  }
  return n > 0 ? sum / n : (double) NAN;
}

/**
 * coterie_neuron_baselines_fill:
 * @baselines: (out caller-allocates): selectivity, dead_frac, always_active_frac and sparsity are
 *   set, the others are left alone
 * @tally: a tally that has chosen
 *
 * Averages over the neurons of a layer. In a layer with a bad value all are not-a-number. Cost: one
 * pass over the class means.
 */
void
coterie_neuron_baselines_fill (CoterieLayerBaselines *baselines, const CoterieLayerTally *tally)
{
  guint n_neurons = coterie_layer_tally_get_cover (tally)->n_neurons;
  gsize n_samples = coterie_layer_tally_get_order (tally)->n_samples;
  gboolean is_bad = coterie_layer_tally_get_n_bad_values (tally) > 0;
  double n_active = 0.0;
  guint n_dead = 0, n_always_active = 0;

  for (guint q = 0; q < n_neurons; q++) {
    guint32 n_nonzero = coterie_layer_tally_get_n_nonzero (tally, q);

    n_active += n_nonzero;
    n_dead += n_nonzero == 0;
    n_always_active += n_nonzero == n_samples;
  }
  baselines->selectivity = compute_mean_selectivity (tally);
  baselines->dead_frac = is_bad ? (double) NAN : (double) n_dead / n_neurons;
  baselines->always_active_frac = is_bad ? (double) NAN : (double) n_always_active / n_neurons;
  baselines->sparsity =
      is_bad ? (double) NAN : 1.0 - n_active / ((double) n_neurons * (double) n_samples);
}
