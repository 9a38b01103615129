/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When a network is so wrong that its training has failed.
 *
 * A network that knows nothing and guesses every class alike has a loss of ln C nats, C being the number of
 * classes; so has one before its training, about, and one that learns random labels stays there. A
 * loss far above it takes large outputs for wrong classes, which only steps that are too large bring
 * about: weights grow until they overflow, or until all neurons are silent and biases swing to and fro. */

#include "core/analysis/evaluation.h"

#include <math.h>

/* Losses of healthy trainings were at most 1.03 times that of guessing, before the first iteration as
 * after it; those of trainings that went wrong 15 times and more. */
#define MOST_GUESSES 10.0

/**
 * coterie_evaluation_has_exploded:
 * @evaluation: of the training samples, after training
 * @n_classes: classes of the data set, at least 2
 *
 * Says whether the loss is more than ten times that of guessing, ln @n_classes nats: the training has
 * diverged, though its numbers are finite. A loss that is not a number is another matter, and known by that.
 *
 * Returns: whether it is
 */
gboolean
coterie_evaluation_has_exploded (const CoterieEvaluation *evaluation, guint n_classes)
{
  return evaluation->loss > MOST_GUESSES * log (MAX (n_classes, 2));
}
