/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The result of analysing a layer at one iteration: an immutable value that the analysis makes, the
 * recording stores and the views read, on any thread. */

#include "core/analysis/layer-analysis.h"

static void
layer_analysis_clear (gpointer pointer)
{
  CoterieLayerAnalysis *analysis = pointer;

  for (guint c = 0; c < analysis->n_classes; c++)
    g_free ((guint32 *) analysis->representatives[c]);
  g_free ((guint32 **) analysis->representatives);
  g_free ((guint32 *) analysis->n_representatives);
  g_free ((float *) analysis->class_means);
  g_free ((float *) analysis->neuron_entropies);
  g_free ((double *) analysis->class_entropies);
  g_free ((guint32 *) analysis->neurons);
  g_free ((guint32 *) analysis->node_classes);
  g_free ((guint32 *) analysis->communities);
  coterie_graph_unref (analysis->graph);
}

static const guint32 *const *
copy_representatives (const CoterieLayerAnalysis *fields)
{
  guint32 **copy = g_new0 (guint32 *, fields->n_classes);

  for (guint c = 0; c < fields->n_classes; c++)
    copy[c] = g_memdup2 (fields->representatives[c],
                         fields->n_representatives[c] * sizeof *fields->representatives[c]);
  return (const guint32 *const *) copy;
}

/**
 * coterie_layer_analysis_new:
 * @fields: all fields, of the sizes the structure tells; the graph has @n_nodes nodes
 *
 * Makes the value. Arrays are copied, the graph is shared by reference. Cost: copying.
 *
 * Returns: (transfer full): the analysis
 */
CoterieLayerAnalysis *
coterie_layer_analysis_new (const CoterieLayerAnalysis *fields)
{
  CoterieLayerAnalysis *analysis = g_atomic_rc_box_new (CoterieLayerAnalysis);
  gsize n_means = (gsize) fields->n_classes * fields->n_neurons;

  g_assert (fields->graph != NULL && fields->graph->n_nodes == fields->n_nodes);

  *analysis = *fields;
  analysis->n_representatives =
      g_memdup2 (fields->n_representatives, fields->n_classes * sizeof (guint32));
  analysis->representatives = copy_representatives (fields);
  analysis->class_means = g_memdup2 (fields->class_means, n_means * sizeof (float));
  analysis->neuron_entropies =
      g_memdup2 (fields->neuron_entropies, fields->n_neurons * sizeof (float));
  analysis->class_entropies =
      g_memdup2 (fields->class_entropies, fields->n_classes * sizeof (double));
  analysis->neurons = g_memdup2 (fields->neurons, fields->n_nodes * sizeof (guint32));
  analysis->node_classes = g_memdup2 (fields->node_classes, fields->n_nodes * sizeof (guint32));
  analysis->communities = g_memdup2 (fields->communities, fields->n_nodes * sizeof (guint32));
  analysis->graph = coterie_graph_ref (fields->graph);
  return analysis;
}

/**
 * coterie_layer_analysis_ref:
 * @analysis: the analysis
 *
 * Returns: (transfer full): @analysis
 */
CoterieLayerAnalysis *
coterie_layer_analysis_ref (CoterieLayerAnalysis *analysis)
{
  return g_atomic_rc_box_acquire (analysis);
}

/**
 * coterie_layer_analysis_unref:
 * @analysis: (transfer full): the analysis
 *
 * Frees @analysis with its last reference.
 */
void
coterie_layer_analysis_unref (CoterieLayerAnalysis *analysis)
{
  g_atomic_rc_box_release_full (analysis, layer_analysis_clear);
}

/**
 * coterie_layer_analysis_is_silent:
 * @analysis: the analysis
 *
 * Returns: whether every neuron is 0 for every sample; never of a layer with bad values
 */
gboolean
coterie_layer_analysis_is_silent (const CoterieLayerAnalysis *analysis)
{
  return analysis->n_bad_values == 0 && analysis->baselines.dead_frac >= 1.0;
}

/**
 * coterie_layer_analysis_find_node:
 * @analysis: the analysis
 * @neuron: a neuron, any number
 *
 * Cost: a binary search.
 *
 * Returns: the node of @neuron, or -1 if it represents no class
 */
gint
coterie_layer_analysis_find_node (const CoterieLayerAnalysis *analysis, guint neuron)
{
  guint first = 0;
  guint end = analysis->n_nodes;

  while (first < end) {
    guint middle = first + (end - first) / 2;

    if (analysis->neurons[middle] == neuron)
      return (gint) middle;
    if (analysis->neurons[middle] < neuron)
      first = middle + 1;
    else
      end = middle;
  }
  return -1;
}
