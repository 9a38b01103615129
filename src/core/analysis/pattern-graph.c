/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The activation pattern graph (section 5.1 of the paper): its nodes are the representatives of all
 * classes, and the weight of an edge is how often its two neurons are above their class means
 * together, delta / |D_i|, summed over the classes (Eq. 6). */

#include "core/analysis/pattern-graph.h"

static double
get_divisor (const CoterieLayerTally *tally, CoterieEdgeNorm norm, guint top, guint label)
{
  const CoterieClassOrder *order = coterie_layer_tally_get_order (tally);

  switch (norm) {
  case COTERIE_EDGE_NORM_CLASS:
    return (double) coterie_class_order_get_size (order, label);
  case COTERIE_EDGE_NORM_ALL:
    return (double) order->n_samples;
  case COTERIE_EDGE_NORM_TOP:
    return top;
  case COTERIE_EDGE_NORM_NONE:
    return 1.0;
  default:
    g_return_val_if_reached (1.0);
  }
}

/* weights[v][w], v < w, of all pairs of nodes. */
static void
add_class (double *weights,
           const CoterieCover *cover,
           const CoterieCoactivation *coactivation,
           double divisor)
{
  const guint32 *count = coactivation->counts;

  for (guint i = 0; i < coactivation->n_neurons; i++) {
    gsize row = (gsize) cover->node_of_neuron[coactivation->neurons[i]] * cover->n_nodes;

    for (guint j = i + 1; j < coactivation->n_neurons; j++)
      weights[row + (gsize) cover->node_of_neuron[coactivation->neurons[j]]] += *count++ / divisor;
  }
}

static CoterieGraph *
build_graph (const double *weights, guint n_nodes)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (CoterieEdge));

  for (guint v = 0; v < n_nodes; v++)
    for (guint w = v + 1; w < n_nodes; w++) {
      CoterieEdge edge = {v, w, weights[(gsize) v * n_nodes + w]};

      if (edge.weight > 0.0)
        g_array_append_val (edges, edge);
    }
  return coterie_graph_new (n_nodes, (const CoterieEdge *) edges->data, edges->len);
}

/**
 * coterie_pattern_graph_new:
 * @tally: a tally that has counted pairs
 * @norm: what delta is divided by; the paper's is the class's number of samples
 * @top: S, for COTERIE_EDGE_NORM_TOP
 *
 * Builds the graph of Eq. 6 on the nodes of the tally's cover, with an edge where the weight is
 * greater than 0. Weights are dimensionless; with the paper's divisor at most the number of classes.
 * Cost: the square of the number of nodes, in time and, while it runs, in memory.
 *
 * Returns: (transfer full): the graph; without edges if no two neurons fire together
 */
CoterieGraph *
coterie_pattern_graph_new (const CoterieLayerTally *tally, CoterieEdgeNorm norm, guint top)
{
  const CoterieCover *cover = coterie_layer_tally_get_cover (tally);
  const CoterieCoactivation *coactivations = coterie_layer_tally_get_coactivations (tally);
  g_autofree double *weights = g_new0 (double, (gsize) cover->n_nodes * cover->n_nodes);

  for (guint c = 0; c < cover->n_classes; c++)
    add_class (weights, cover, &coactivations[c], get_divisor (tally, norm, top, c));
  return build_graph (weights, cover->n_nodes);
}
