/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CoterieEvaluation:
 * @accuracy: fraction of samples whose class has the highest output, 0 … 1; not-a-number if an output
 *   is not finite, since no class is highest then
 * @loss: mean cross-entropy, nats; not-a-number if an output is not finite
 *
 * How well a network does on one split, dropout off.
 */
typedef struct {
  double accuracy;
  double loss;
} CoterieEvaluation;

gboolean coterie_evaluation_has_exploded (const CoterieEvaluation *evaluation, guint n_classes);

G_END_DECLS
