/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CoterieMetricsInput:
 * @n_samples: number of samples, at least 1
 * @n_neurons: number of neurons, at least 1
 * @n_classes: number of classes, at least 1
 * @activations: [n_samples][n_neurons]: finite, 0 or more, dimensionless
 * @labels: [n_samples]: less than @n_classes
 *
 * The activations of one layer and the classes of its samples.
 */
typedef struct {
  gsize n_samples;
  guint n_neurons;
  guint n_classes;
  float *activations;
  guint16 *labels;
} CoterieMetricsInput;

gboolean coterie_metrics_input_load (CoterieMetricsInput *input,
                                     const char *activations_path,
                                     const char *labels_path,
                                     guint n_classes,
                                     GError **error);
void coterie_metrics_input_clear (CoterieMetricsInput *input);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CoterieMetricsInput, coterie_metrics_input_clear)

G_END_DECLS
