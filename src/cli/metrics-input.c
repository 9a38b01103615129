/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads the two NumPy files of the metrics command and checks that they fit each other. */

#include "cli/metrics-input.h"

#include "core/analysis/analysis-settings.h"
#include "core/analysis/layer-tally.h"
#include "core/dataset/dataset.h"
#include "core/dataset/npy-labels.h"

#include <math.h>

#define MAX_NEURONS 65536
#define MAX_CLASSES 1000

static gboolean
check_shapes (const CoterieNpy *activations,
              const char *activations_path,
              const CoterieNpy *labels,
              const char *labels_path,
              GError **error)
{
  const gsize *shape = coterie_npy_get_shape (activations);

  if (coterie_npy_get_n_dims (activations) != 2) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
                 "%s: has %u dimensions, expected 2: samples × neurons", activations_path,
                 coterie_npy_get_n_dims (activations));
    return FALSE;
  }
  if (shape[0] < 1 || shape[0] > G_MAXUINT32 || shape[1] < 1 || shape[1] > MAX_NEURONS) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
                 "%s: %" G_GSIZE_FORMAT " samples × %" G_GSIZE_FORMAT
                 " neurons, expected 1 to %u samples and 1 to %d neurons",
                 activations_path, shape[0], shape[1], G_MAXUINT32, MAX_NEURONS);
    return FALSE;
  }
  if (coterie_npy_get_n_dims (labels) != 1) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
                 "%s: has %u dimensions, expected 1: one label for each sample", labels_path,
                 coterie_npy_get_n_dims (labels));
    return FALSE;
  }
  if (coterie_npy_get_n_values (labels) != shape[0]) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_MISMATCH,
                 "%s: %" G_GSIZE_FORMAT " labels for the %" G_GSIZE_FORMAT " samples of %s",
                 labels_path, coterie_npy_get_n_values (labels), shape[0], activations_path);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_activations (const CoterieMetricsInput *input, const char *path, GError **error)
{
  for (gsize s = 0; s < input->n_samples; s++)
    for (guint q = 0; q < input->n_neurons; q++) {
      float activation = input->activations[s * input->n_neurons + q];

      if (coterie_activation_is_valid (activation))
        continue;
      g_set_error (error, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_BAD_VALUE,
                   "%s: row %" G_GSIZE_FORMAT ", column %u (both from 0): %g, expected an "
                   "activation after ReLU: finite, and 0 or more",
                   path, s, q, (double) activation);
      return FALSE;
    }
  return TRUE;
}

/* Sets the number of classes, or checks the labels against the one that was asked for. */
static gboolean
check_labels (CoterieMetricsInput *input, const char *path, guint n_classes, GError **error)
{
  guint limit = n_classes > 0 ? n_classes : MAX_CLASSES;
  guint highest = 0;

  for (gsize s = 0; s < input->n_samples; s++) {
    if (input->labels[s] >= limit) {
      g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_LABEL,
                   "%s: the label at index %" G_GSIZE_FORMAT " is %u, expected less than %u", path,
                   s, input->labels[s], limit);
      return FALSE;
    }
    highest = MAX (highest, input->labels[s]);
  }
  input->n_classes = n_classes > 0 ? n_classes : highest + 1;
  return TRUE;
}

static gboolean
fill_input (CoterieMetricsInput *input,
            const char *activations_path,
            const char *labels_path,
            guint n_classes,
            GError **error)
{
  g_autoptr (CoterieNpy) activations = coterie_npy_load (activations_path, error);
  g_autoptr (CoterieNpy) labels = NULL;

  if (activations == NULL)
    return FALSE;
  labels = coterie_npy_load (labels_path, error);
  if (labels == NULL || !check_shapes (activations, activations_path, labels, labels_path, error))
    return FALSE;

  input->n_samples = coterie_npy_get_shape (activations)[0];
  input->n_neurons = (guint) coterie_npy_get_shape (activations)[1];
  input->activations = coterie_npy_dup_floats (activations);
  input->labels = coterie_npy_dup_labels (labels, error);
  return input->labels != NULL && check_labels (input, labels_path, n_classes, error) &&
         check_activations (input, activations_path, error);
}

/**
 * coterie_metrics_input_load:
 * @input: (out caller-allocates): what was read; empty on failure
 * @activations_path: a NumPy file of samples × neurons
 * @labels_path: a NumPy file of as many whole numbers
 * @n_classes: number of classes; 0 takes the highest label + 1
 * @error: return location for a #GError
 *
 * Returns: %FALSE with an error that names the file, the place and what was expected: of the NumPy
 *   reader, of #CoterieDatasetError for shapes and labels, or COTERIE_ANALYSIS_ERROR_BAD_VALUE for
 *   an activation that cannot be one
 */
gboolean
coterie_metrics_input_load (CoterieMetricsInput *input,
                            const char *activations_path,
                            const char *labels_path,
                            guint n_classes,
                            GError **error)
{
  memset (input, 0, sizeof *input);
  if (fill_input (input, activations_path, labels_path, n_classes, error))
    return TRUE;
  coterie_metrics_input_clear (input);
  return FALSE;
}

/**
 * coterie_metrics_input_clear:
 * @input: what coterie_metrics_input_load() filled, or zeros
 */
void
coterie_metrics_input_clear (CoterieMetricsInput *input)
{
  g_free (input->activations);
  g_free (input->labels);
  memset (input, 0, sizeof *input);
}
