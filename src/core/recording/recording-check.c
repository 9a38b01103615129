/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What must hold of a recorded frame, so that whoever reads one may index without looking. The same
 * is asked of what is written and of what is read: what was recorded can be opened, and a file made
 * to do harm cannot reach past an array. The functions return a sentence on the first fault, or
 * %NULL. */

#include "core/recording/recording-check.h"

#include <math.h>

#include "core/analysis/lineage.h"

/* Between 0001 and 9999, where a GDateTime can go. */
#define FIRST_SECOND G_GINT64_CONSTANT (-62135596800)
#define LAST_SECOND G_GINT64_CONSTANT (253402300799)
#define MAX_CLASSES 1000
#define MAX_IMAGE_SIDE_PX 65535

static char *
dup_message_and_free (GError *error)
{
  char *message = g_strdup (error->message);

  g_error_free (error);
  return message;
}

static char *
find_fault_in_texts (const CoterieRunInfo *info)
{
  if (!g_utf8_validate (info->dataset.name, -1, NULL))
    return g_strdup ("the data set's name is not valid UTF-8");
  if (!g_utf8_validate (info->dataset.options, -1, NULL))
    return g_strdup ("the data set's options are not valid UTF-8");
  if (!g_utf8_validate (info->dataset_hash, -1, NULL))
    return g_strdup ("the data set's hash is not valid UTF-8");
  if (!g_utf8_validate (info->program, -1, NULL))
    return g_strdup ("the program's name is not valid UTF-8");
  for (guint c = 0; c < info->dataset.n_classes; c++)
    if (!g_utf8_validate (info->dataset.class_names[c], -1, NULL))
      return g_strdup_printf ("the name of class %u is not valid UTF-8", c);
  return NULL;
}

static char *
find_fault_in_pins (const CoterieRunInfo *info)
{
  for (guint i = 0; i < info->n_pins; i++) {
    const CoteriePin *pin = &info->pins[i];

    if (pin->layer < 1 || pin->layer > info->training.n_hidden)
      return g_strdup_printf ("pin %u is in layer %u, expected 1 … %u", i, pin->layer,
                              info->training.n_hidden);
    if (pin->neuron >= info->training.hidden[pin->layer - 1])
      return g_strdup_printf ("pin %u is of neuron %u of %u", i, pin->neuron,
                              info->training.hidden[pin->layer - 1]);
    if (!(fabs (pin->x) <= COTERIE_MAX_PIN_DISTANCE && fabs (pin->y) <= COTERIE_MAX_PIN_DISTANCE))
      return g_strdup_printf ("pin %u is at %g, %g, expected at most %g either way", i, pin->x,
                              pin->y, COTERIE_MAX_PIN_DISTANCE);
    if (i > 0 && coterie_pin_compare (pin - 1, pin) >= 0)
      return g_strdup_printf ("pin %u is out of order", i);
  }
  return NULL;
}

/**
 * coterie_run_info_find_fault:
 * @info: what a run is, from coterie_run_info_new()
 *
 * Returns: (transfer full) (nullable): what is wrong with it, or %NULL
 */
char *
coterie_run_info_find_fault (const CoterieRunInfo *info)
{
  const CoterieDatasetInfo *dataset = &info->dataset;
  GError *error = NULL;
  char *fault;

  if (dataset->n_classes < 2 || dataset->n_classes > MAX_CLASSES)
    return g_strdup_printf ("there are %u classes, expected 2 … %d", dataset->n_classes,
                            MAX_CLASSES);
  if (dataset->width < 1 || dataset->width > MAX_IMAGE_SIDE_PX || dataset->height < 1 ||
      dataset->height > MAX_IMAGE_SIDE_PX)
    return g_strdup_printf ("images are %u × %u pixels, expected 1 … %d each way", dataset->width,
                            dataset->height, MAX_IMAGE_SIDE_PX);
  if (info->started < FIRST_SECOND || info->started > LAST_SECOND)
    return g_strdup_printf ("it was started at %" G_GINT64_FORMAT
                            " seconds since 1970, expected a year from 1 to 9999",
                            info->started);
  if (!coterie_training_settings_validate (&info->training, &error) ||
      !coterie_analysis_settings_validate (&info->analysis, &error) ||
      !coterie_layout_settings_validate (&info->layout, &error))
    return dup_message_and_free (error);
  fault = find_fault_in_pins (info);
  return fault != NULL ? fault : find_fault_in_texts (info);
}

static char *
find_fault_in_shape (const CoterieLayerAnalysis *analysis, const CoterieRunInfo *info)
{
  guint n_hidden = info->training.n_hidden;
  guint expected;

  if (analysis->layer < 1 || analysis->layer > n_hidden)
    return g_strdup_printf ("the layer's number is %u, expected 1 … %u", analysis->layer, n_hidden);

  expected = info->training.hidden[analysis->layer - 1];
  if (analysis->n_neurons != expected)
    return g_strdup_printf ("it has %u neurons, the run has %u", analysis->n_neurons, expected);
  if (analysis->n_classes != info->dataset.n_classes)
    return g_strdup_printf ("it has %u classes, the run has %u", analysis->n_classes,
                            info->dataset.n_classes);
  return NULL;
}

static char *
find_fault_in_classes (const CoterieLayerAnalysis *analysis)
{
  for (guint c = 0; c < analysis->n_classes; c++) {
    if (analysis->n_representatives[c] > analysis->n_neurons)
      return g_strdup_printf ("class %u has %u representatives of %u neurons", c,
                              analysis->n_representatives[c], analysis->n_neurons);
    for (guint i = 0; i < analysis->n_representatives[c]; i++)
      if (analysis->representatives[c][i] >= analysis->n_neurons)
        return g_strdup_printf ("representative %u of class %u is neuron %u of %u", i, c,
                                analysis->representatives[c][i], analysis->n_neurons);
  }
  for (gsize i = 0; i < (gsize) analysis->n_classes * analysis->n_neurons; i++)
    if (isinf (analysis->class_means[i]))
      return g_strdup_printf ("class mean %" G_GSIZE_FORMAT " is infinite", i);
  for (guint q = 0; q < analysis->n_neurons; q++)
    if (isinf (analysis->neuron_entropies[q]))
      return g_strdup_printf ("the entropy of neuron %u is infinite", q);
  for (guint c = 0; c < analysis->n_classes; c++)
    if (isinf (analysis->class_entropies[c]))
      return g_strdup_printf ("the entropy of class %u is infinite", c);
  return NULL;
}

static char *
find_fault_in_nodes (const CoterieLayerAnalysis *analysis)
{
  for (guint v = 0; v < analysis->n_nodes; v++) {
    if (analysis->neurons[v] >= analysis->n_neurons)
      return g_strdup_printf ("node %u is neuron %u of %u", v, analysis->neurons[v],
                              analysis->n_neurons);
    if (v > 0 && analysis->neurons[v] <= analysis->neurons[v - 1])
      return g_strdup_printf ("node %u is neuron %u, expected one greater than %u", v,
                              analysis->neurons[v], analysis->neurons[v - 1]);
    if (analysis->node_classes[v] >= analysis->n_classes)
      return g_strdup_printf ("node %u is of class %u of %u", v, analysis->node_classes[v],
                              analysis->n_classes);
  }
  return NULL;
}

/**
 * coterie_positions_find_fault:
 * @positions: [n_nodes][2]: any numbers
 * @n_nodes: number of nodes
 *
 * Returns: (transfer full) (nullable): what is wrong with them, or %NULL
 */
char *
coterie_positions_find_fault (const float *positions, guint n_nodes)
{
  for (guint v = 0; v < n_nodes; v++)
    if (!isfinite (positions[2 * v]) || !isfinite (positions[2 * v + 1]))
      return g_strdup_printf ("the position of node %u is not finite", v);
  return NULL;
}

static int
compare_u32 (gconstpointer a, gconstpointer b)
{
  guint32 left = *(const guint32 *) a;
  guint32 right = *(const guint32 *) b;

  return left < right ? -1 : left > right;
}

static char *
find_fault_in_partition (const guint32 *communities, guint n_communities, guint n_nodes)
{
  g_autofree gboolean *inhabited = NULL;

  if (n_communities > n_nodes)
    return g_strdup_printf ("there are %u communities of %u nodes", n_communities, n_nodes);

  inhabited = g_new0 (gboolean, n_communities);
  for (guint v = 0; v < n_nodes; v++) {
    if (communities[v] >= n_communities)
      return g_strdup_printf ("node %u is in community %u of %u", v, communities[v], n_communities);
    inhabited[communities[v]] = TRUE;
  }
  for (guint k = 0; k < n_communities; k++)
    if (!inhabited[k])
      return g_strdup_printf ("community %u is empty", k);
  return NULL;
}

static char *
find_fault_in_identities (const guint32 *identities, guint n)
{
  g_autofree guint32 *sorted = NULL;

  sorted = g_memdup2 (identities, n * sizeof *sorted);
  if (n > 0)
    qsort (sorted, n, sizeof *sorted, compare_u32);
  for (guint k = 1; k < n; k++)
    if (sorted[k] == sorted[k - 1] && sorted[k] != COTERIE_LINEAGE_NONE)
      return g_strdup_printf ("two communities have the identity %u", sorted[k]);
  return NULL;
}

static char *
find_fault_in_events (const CoterieFrameLayer *layer)
{
  for (guint i = 0; i < layer->n_events; i++) {
    const CoterieLineageEvent *event = &layer->events[i];

    if ((guint) event->kind >= COTERIE_N_LINEAGE_EVENT_KINDS)
      return g_strdup_printf ("event %u is of kind %u, expected less than %d", i,
                              (guint) event->kind, COTERIE_N_LINEAGE_EVENT_KINDS);
    for (guint j = 0; j < event->n_neurons; j++)
      if (event->neurons[j] >= layer->analysis->n_neurons)
        return g_strdup_printf ("event %u has neuron %u of %u", i, event->neurons[j],
                                layer->analysis->n_neurons);
  }
  return NULL;
}

static char *
find_fault_in_edges (const CoterieEdge *edges, guint n_edges, guint n_nodes)
{
  for (guint e = 0; e < n_edges; e++) {
    const CoterieEdge *edge = &edges[e];
    const CoterieEdge *last = e > 0 ? edge - 1 : NULL;

    if (edge->source >= edge->target || edge->target >= n_nodes)
      return g_strdup_printf ("edge %u goes from node %u to node %u, expected from a lower to a "
                              "higher of %u",
                              e, edge->source, edge->target, n_nodes);
    if (last != NULL && (edge->source < last->source ||
                         (edge->source == last->source && edge->target <= last->target)))
      return g_strdup_printf ("edge %u is out of order", e);
    if (!isfinite (edge->weight) || edge->weight <= 0.0)
      return g_strdup_printf ("the weight of edge %u is %g, expected a positive number", e,
                              edge->weight);
  }
  return NULL;
}

static char *
find_fault_in_statistics (const CoterieLayerAnalysis *analysis)
{
  const CoterieModularities *modularity = &analysis->modularity;
  const CoterieLayerBaselines *baselines = &analysis->baselines;
  const double statistics[] = {
      analysis->entropy,
      analysis->mean_live_entropy,
      modularity->no_overlap,
      modularity->unweighted_overlap,
      modularity->weighted_overlap,
      modularity->louvain,
      modularity->klb_weighted,
      modularity->klb_unweighted,
      baselines->selectivity,
      baselines->dead_frac,
      baselines->always_active_frac,
      baselines->sparsity,
      baselines->class_information,
      baselines->null.mean,
      baselines->null.deviation,
      baselines->null.z,
  };

  for (guint i = 0; i < G_N_ELEMENTS (statistics); i++)
    if (isinf (statistics[i]))
      return g_strdup ("one of its statistics is infinite");
  return NULL;
}

/**
 * coterie_layer_find_fault:
 * @layer: a layer; its positions and the graph of its analysis are not looked at
 * @edges: (array length=n_edges): edges of the graph
 * @n_edges: how many
 * @info: the run it belongs to
 *
 * Arrays must have the lengths the counts of @layer and its analysis say. Cost: one pass over everything.
 *
 * Returns: (transfer full) (nullable): what is wrong with the layer, or %NULL
 */
char *
coterie_layer_find_fault (const CoterieFrameLayer *layer,
                          const CoterieEdge *edges,
                          guint n_edges,
                          const CoterieRunInfo *info)
{
  const CoterieLayerAnalysis *analysis = layer->analysis;
  char *fault = find_fault_in_shape (analysis, info);

  if (fault == NULL)
    fault = find_fault_in_classes (analysis);
  if (fault == NULL)
    fault = find_fault_in_nodes (analysis);
  if (fault == NULL)
    fault = find_fault_in_partition (layer->communities, layer->n_communities, analysis->n_nodes);
  if (fault == NULL)
    fault =
        find_fault_in_partition (analysis->communities, analysis->n_communities, analysis->n_nodes);
  if (fault == NULL)
    fault = find_fault_in_identities (layer->identities, layer->n_communities);
  if (fault == NULL)
    fault = find_fault_in_events (layer);
  if (fault == NULL)
    fault = find_fault_in_edges (edges, n_edges, analysis->n_nodes);
  if (fault == NULL)
    fault = find_fault_in_statistics (analysis);
  return fault;
}

/**
 * coterie_widths_find_fault:
 * @widths: [n_widths]: inputs, neurons of each hidden layer, classes
 * @n_widths: how many
 * @info: the run the network belongs to
 *
 * Returns: (transfer full) (nullable): what is wrong with a network of these widths, or %NULL
 */
char *
coterie_widths_find_fault (const guint32 *widths, gsize n_widths, const CoterieRunInfo *info)
{
  guint n_hidden = info->training.n_hidden;

  if (n_widths != (gsize) n_hidden + 2)
    return g_strdup_printf ("the network has %" G_GSIZE_FORMAT " widths, expected %u", n_widths,
                            n_hidden + 2);
  if (widths[0] == 0)
    return g_strdup ("the network has no inputs");
  for (guint l = 0; l < n_hidden; l++)
    if (widths[l + 1] != info->training.hidden[l])
      return g_strdup_printf ("layer %u of the network has %u neurons, the run has %u", l + 1,
                              widths[l + 1], info->training.hidden[l]);
  if (widths[n_hidden + 1] != info->dataset.n_classes)
    return g_strdup_printf ("the network has %u outputs, the run has %u classes",
                            widths[n_hidden + 1], info->dataset.n_classes);
  return NULL;
}

/**
 * coterie_frame_find_fault:
 * @frame: a frame
 * @network: (nullable): the network it describes
 * @info: the run it belongs to
 *
 * Returns: (transfer full) (nullable): what is wrong with the frame or its network, or %NULL
 */
char *
coterie_frame_find_fault (const CoterieFrame *frame,
                          const CoterieNetwork *network,
                          const CoterieRunInfo *info)
{
  if (isinf (frame->entropy) || isinf (frame->mean_live_entropy))
    return g_strdup ("its entropy is infinite");
  if (frame->n_classes != info->dataset.n_classes)
    return g_strdup_printf ("it has accuracies of %u classes, the run has %u", frame->n_classes,
                            info->dataset.n_classes);
  if (frame->n_layers != info->training.n_hidden)
    return g_strdup_printf ("it has %u layers, the run has %u", frame->n_layers,
                            info->training.n_hidden);

  for (guint l = 0; l < frame->n_layers; l++) {
    const CoterieFrameLayer *layer = &frame->layers[l];
    const CoterieGraph *graph = layer->analysis->graph;
    g_autofree char *fault = NULL;

    if (layer->analysis->layer != l + 1)
      return g_strdup_printf ("layer %u has the number %u", l + 1, layer->analysis->layer);
    if (graph->n_nodes != layer->analysis->n_nodes)
      return g_strdup_printf ("layer %u has %u nodes, its graph %u", l + 1,
                              layer->analysis->n_nodes, graph->n_nodes);
    fault = coterie_layer_find_fault (layer, graph->edges, graph->n_edges, info);
    if (fault == NULL)
      fault = coterie_positions_find_fault (layer->positions, graph->n_nodes);
    if (fault != NULL)
      return g_strdup_printf ("layer %u: %s", l + 1, fault);
  }
  return network != NULL ? coterie_widths_find_fault (network->widths, network->n_layers + 1, info)
                         : NULL;
}
