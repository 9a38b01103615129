/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One hidden layer of a frame as a row of the table "layer", and where its nodes are as a row of the table
 * "positions": how it is put into the row, and how it is taken from it again, column by column in the
 * same order. */

#include "core/recording/recording-layer.h"

#include "core/recording/recording-check.h"

/* Of neurons, classes, nodes and communities: the product of two does not overflow. */
#define MAX_COUNT G_MAXINT32
#define MAX_EDGES (1 << 30)

static void
put_counts (CoterieRow *row, guint iteration, const CoterieFrameLayer *layer)
{
  const CoterieLayerAnalysis *analysis = layer->analysis;

  coterie_row_put_integer (row, iteration);
  coterie_row_put_integer (row, analysis->layer);
  coterie_row_put_integer (row, analysis->n_neurons);
  coterie_row_put_integer (row, analysis->n_classes);
  coterie_row_put_integer (row, analysis->n_nodes);
  coterie_row_put_integer (row, analysis->graph->n_edges);
  coterie_row_put_integer (row, (gint64) analysis->n_bad_values);
  coterie_row_put_integer (row, layer->n_communities);
  coterie_row_put_integer (row, analysis->n_communities);
  coterie_row_put_integer (row, layer->n_events);
}

static void
put_measures (CoterieRow *row, const CoterieLayerAnalysis *analysis)
{
  const CoterieLayerBaselines *baselines = &analysis->baselines;

  coterie_row_put_real (row, analysis->entropy);
  coterie_row_put_real (row, analysis->mean_live_entropy);
  coterie_row_put_real (row, analysis->modularity.no_overlap);
  coterie_row_put_real (row, analysis->modularity.unweighted_overlap);
  coterie_row_put_real (row, analysis->modularity.weighted_overlap);
  coterie_row_put_real (row, analysis->modularity.louvain);
  coterie_row_put_real (row, analysis->modularity.klb_weighted);
  coterie_row_put_real (row, analysis->modularity.klb_unweighted);
  coterie_row_put_real (row, baselines->selectivity);
  coterie_row_put_real (row, baselines->dead_frac);
  coterie_row_put_real (row, baselines->always_active_frac);
  coterie_row_put_real (row, baselines->sparsity);
  coterie_row_put_integer (row, (gint64) baselines->n_patterns);
  coterie_row_put_integer (row, (gint64) baselines->n_regions);
  coterie_row_put_real (row, baselines->class_information);
  coterie_row_put_real (row, baselines->null.mean);
  coterie_row_put_real (row, baselines->null.deviation);
  coterie_row_put_real (row, baselines->null.z);
}

static void
put_classes (CoterieRow *row, const CoterieLayerAnalysis *analysis)
{
  g_autoptr (GArray) representatives = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint c = 0; c < analysis->n_classes; c++)
    if (analysis->n_representatives[c] > 0)
      g_array_append_vals (representatives, analysis->representatives[c],
                           analysis->n_representatives[c]);

  coterie_row_put_array (row, analysis->n_representatives, analysis->n_classes, sizeof (guint32));
  coterie_row_put_array (row, representatives->data, representatives->len, sizeof (guint32));
  coterie_row_put_array (row, analysis->class_means,
                         (gsize) analysis->n_classes * analysis->n_neurons, sizeof (float));
  coterie_row_put_array (row, analysis->neuron_entropies, analysis->n_neurons, sizeof (float));
  coterie_row_put_array (row, analysis->class_entropies, analysis->n_classes, sizeof (double));
}

static void
put_edges (CoterieRow *row, const CoterieGraph *graph)
{
  g_autofree guint32 *sources = g_new (guint32, graph->n_edges);
  g_autofree guint32 *targets = g_new (guint32, graph->n_edges);
  g_autofree double *weights = g_new (double, graph->n_edges);

  for (guint e = 0; e < graph->n_edges; e++) {
    sources[e] = graph->edges[e].source;
    targets[e] = graph->edges[e].target;
    weights[e] = graph->edges[e].weight;
  }
  coterie_row_put_array (row, sources, graph->n_edges, sizeof *sources);
  coterie_row_put_array (row, targets, graph->n_edges, sizeof *targets);
  coterie_row_put_array (row, weights, graph->n_edges, sizeof *weights);
}

static void
put_nodes (CoterieRow *row, const CoterieFrameLayer *layer)
{
  const CoterieLayerAnalysis *analysis = layer->analysis;

  coterie_row_put_array (row, analysis->neurons, analysis->n_nodes, sizeof (guint32));
  coterie_row_put_array (row, analysis->node_classes, analysis->n_nodes, sizeof (guint32));
  coterie_row_put_array (row, layer->communities, analysis->n_nodes, sizeof (guint32));
  coterie_row_put_array (row, analysis->communities, analysis->n_nodes, sizeof (guint32));
  coterie_row_put_array (row, layer->identities, layer->n_communities, sizeof (guint32));
}

static void
put_events (CoterieRow *row, const CoterieFrameLayer *layer)
{
  guint n = layer->n_events;
  g_autofree guint32 *columns = g_new (guint32, 4 * (gsize) n);
  g_autoptr (GArray) neurons = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < n; i++) {
    const CoterieLineageEvent *event = &layer->events[i];

    columns[i] = event->kind;
    columns[n + i] = event->identity;
    columns[2 * n + i] = event->other;
    columns[3 * n + i] = event->n_neurons;
    if (event->n_neurons > 0)
      g_array_append_vals (neurons, event->neurons, event->n_neurons);
  }
  for (guint column = 0; column < 4; column++)
    coterie_row_put_array (row, columns + (gsize) column * n, n, sizeof *columns);
  coterie_row_put_array (row, neurons->data, neurons->len, sizeof (guint32));
}

/**
 * coterie_recording_layer_put:
 * @row: a new row of the table "layer"
 * @iteration: of the frame
 * @layer: a layer without fault
 *
 * Puts all columns.
 */
void
coterie_recording_layer_put (CoterieRow *row, guint iteration, const CoterieFrameLayer *layer)
{
  put_counts (row, iteration, layer);
  put_measures (row, layer->analysis);
  put_classes (row, layer->analysis);
  put_nodes (row, layer);
  put_events (row, layer);
  put_edges (row, layer->analysis->graph);
}

/* The arrays of a layer before they are known to be sound. Those that the values passed on have as
 * constants are owned here. */
typedef struct {
  CoterieLayerAnalysis fields;
  guint32 *representatives;
  gsize n_representatives;
  guint n_edges;
  CoterieEdge *edges;
  guint n_communities;
  guint32 *communities;
  guint32 *identities;
  guint n_events;
  CoterieLineageEvent *events;
} LayerData;

static void
free_events (CoterieLineageEvent *events, guint n_events)
{
  for (guint i = 0; events != NULL && i < n_events; i++)
    g_free ((gpointer) events[i].neurons);
  g_free (events);
}

static void
layer_data_clear (LayerData *data)
{
  g_free ((gpointer) data->fields.n_representatives);
  g_free ((gpointer) data->fields.representatives);
  g_free ((gpointer) data->fields.class_means);
  g_free ((gpointer) data->fields.neuron_entropies);
  g_free ((gpointer) data->fields.class_entropies);
  g_free ((gpointer) data->fields.neurons);
  g_free ((gpointer) data->fields.node_classes);
  g_free ((gpointer) data->fields.communities);
  g_clear_pointer (&data->fields.graph, coterie_graph_unref);
  g_free (data->representatives);
  g_free (data->edges);
  g_free (data->communities);
  g_free (data->identities);
  free_events (data->events, data->n_events);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LayerData, layer_data_clear)

static void
take_counts (CoterieRow *row, guint iteration, guint layer, LayerData *data)
{
  CoterieLayerAnalysis *fields = &data->fields;

  coterie_row_take_integer (row, iteration, iteration);
  fields->layer = (guint) coterie_row_take_integer (row, layer, layer);
  fields->n_neurons = (guint) coterie_row_take_integer (row, 0, MAX_COUNT);
  fields->n_classes = (guint) coterie_row_take_integer (row, 0, MAX_COUNT);
  fields->n_nodes = (guint) coterie_row_take_integer (row, 0, MAX_COUNT);
  data->n_edges = (guint) coterie_row_take_integer (row, 0, MAX_EDGES);
  fields->n_bad_values = (guint64) coterie_row_take_integer (row, 0, G_MAXINT64);
  data->n_communities = (guint) coterie_row_take_integer (row, 0, MAX_COUNT);
  fields->n_communities = (guint) coterie_row_take_integer (row, 0, MAX_COUNT);
  data->n_events = (guint) coterie_row_take_integer (row, 0, MAX_COUNT);
}

static void
take_measures (CoterieRow *row, CoterieLayerAnalysis *fields)
{
  CoterieLayerBaselines *baselines = &fields->baselines;

  fields->entropy = coterie_row_take_real (row);
  fields->mean_live_entropy = coterie_row_take_real (row);
  fields->modularity.no_overlap = coterie_row_take_real (row);
  fields->modularity.unweighted_overlap = coterie_row_take_real (row);
  fields->modularity.weighted_overlap = coterie_row_take_real (row);
  fields->modularity.louvain = coterie_row_take_real (row);
  fields->modularity.klb_weighted = coterie_row_take_real (row);
  fields->modularity.klb_unweighted = coterie_row_take_real (row);
  baselines->selectivity = coterie_row_take_real (row);
  baselines->dead_frac = coterie_row_take_real (row);
  baselines->always_active_frac = coterie_row_take_real (row);
  baselines->sparsity = coterie_row_take_real (row);
  baselines->n_patterns = (guint64) coterie_row_take_integer (row, 0, G_MAXINT64);
  baselines->n_regions = (guint64) coterie_row_take_integer (row, 0, G_MAXINT64);
  baselines->class_information = coterie_row_take_real (row);
  baselines->null.mean = coterie_row_take_real (row);
  baselines->null.deviation = coterie_row_take_real (row);
  baselines->null.z = coterie_row_take_real (row);
}

/* Cuts the representatives, which are stored in one piece, into those of each class. */
static void
cut_representatives (CoterieRow *row, LayerData *data)
{
  const guint32 **cut;
  gsize first = 0;

  if (row->fault != NULL)
    return;

  cut = g_new (const guint32 *, data->fields.n_classes);
  data->fields.representatives = cut;
  for (guint c = 0; c < data->fields.n_classes; c++) {
    cut[c] = data->representatives + first;
    first += data->fields.n_representatives[c];
    if (first > data->n_representatives)
      break;
  }
  if (first != data->n_representatives)
    coterie_row_set_fault (row,
                           "the number of representatives is %" G_GSIZE_FORMAT
                           ", not that of all classes together",
                           data->n_representatives);
}

static void
take_classes (CoterieRow *row, LayerData *data)
{
  CoterieLayerAnalysis *fields = &data->fields;
  guint64 n_means = (guint64) fields->n_classes * fields->n_neurons;

  fields->n_representatives = coterie_row_take_array (row, fields->n_classes, sizeof (guint32));
  data->representatives =
      coterie_row_take_any_array (row, &data->n_representatives, sizeof (guint32));
  fields->class_means = coterie_row_take_array (row, n_means, sizeof (float));
  fields->neuron_entropies = coterie_row_take_array (row, fields->n_neurons, sizeof (float));
  fields->class_entropies = coterie_row_take_array (row, fields->n_classes, sizeof (double));
  cut_representatives (row, data);
}

static void
take_nodes (CoterieRow *row, LayerData *data)
{
  CoterieLayerAnalysis *fields = &data->fields;

  fields->neurons = coterie_row_take_array (row, fields->n_nodes, sizeof (guint32));
  fields->node_classes = coterie_row_take_array (row, fields->n_nodes, sizeof (guint32));
  data->communities = coterie_row_take_array (row, fields->n_nodes, sizeof (guint32));
  fields->communities = coterie_row_take_array (row, fields->n_nodes, sizeof (guint32));
  data->identities = coterie_row_take_array (row, data->n_communities, sizeof (guint32));
}

/* Cuts the neurons, which are stored in one piece, into those of each event. */
static void
cut_event_neurons (CoterieRow *row, LayerData *data, const guint32 *neurons, gsize n_neurons)
{
  gsize first = 0;

  for (guint i = 0; i < data->n_events; i++) {
    CoterieLineageEvent *event = &data->events[i];

    if (event->n_neurons > n_neurons - first) {
      coterie_row_set_fault (row, "event %u has %u neurons, the column has %" G_GSIZE_FORMAT, i,
                             event->n_neurons, n_neurons - first);
      return;
    }
    event->neurons = g_memdup2 (neurons + first, event->n_neurons * sizeof *neurons);
    first += event->n_neurons;
  }
  if (first != n_neurons)
    coterie_row_set_fault (
        row, "event_neurons holds %" G_GSIZE_FORMAT " neurons, the events %" G_GSIZE_FORMAT,
        n_neurons, first);
}

static void
take_events (CoterieRow *row, LayerData *data)
{
  guint n = data->n_events;
  g_autofree guint32 *kinds = coterie_row_take_array (row, n, sizeof *kinds);
  g_autofree guint32 *identities = coterie_row_take_array (row, n, sizeof *identities);
  g_autofree guint32 *others = coterie_row_take_array (row, n, sizeof *others);
  g_autofree guint32 *counts = coterie_row_take_array (row, n, sizeof *counts);
  gsize n_neurons;
  g_autofree guint32 *neurons = coterie_row_take_any_array (row, &n_neurons, sizeof *neurons);

  if (row->fault != NULL)
    return;

  data->events = g_new0 (CoterieLineageEvent, n);
  for (guint i = 0; i < n; i++)
    data->events[i] = (CoterieLineageEvent){(CoterieLineageEventKind) kinds[i], identities[i],
                                            others[i], counts[i], NULL};
  cut_event_neurons (row, data, neurons, n_neurons);
}

static void
take_edges (CoterieRow *row, LayerData *data)
{
  g_autofree guint32 *sources = coterie_row_take_array (row, data->n_edges, sizeof *sources);
  g_autofree guint32 *targets = coterie_row_take_array (row, data->n_edges, sizeof *targets);
  g_autofree double *weights = coterie_row_take_array (row, data->n_edges, sizeof *weights);

  if (row->fault != NULL)
    return;

  data->edges = g_new (CoterieEdge, data->n_edges);
  for (guint e = 0; e < data->n_edges; e++)
    data->edges[e] = (CoterieEdge){sources[e], targets[e], weights[e]};
}

/* The layer as it would be: its arrays stay the data's, and its analysis is the data's fields. */
static void
fill_layer (LayerData *data, CoterieFrameLayer *layer)
{
  *layer = (CoterieFrameLayer){
      .analysis = &data->fields,
      .n_communities = data->n_communities,
      .communities = data->communities,
      .identities = data->identities,
      .n_events = data->n_events,
      .events = data->events,
  };
}

static void
check (CoterieRow *row, LayerData *data, const CoterieRunInfo *info)
{
  g_autofree char *fault = NULL;

  if (row->fault == NULL) {
    CoterieFrameLayer layer;

    fill_layer (data, &layer);
    fault = coterie_layer_find_fault (&layer, data->edges, data->n_edges, info);
  }
  if (fault != NULL)
    coterie_row_set_fault (row, "%s", fault);
}

/**
 * coterie_recording_layer_take:
 * @row: an opened row of the table "layer"; gets a fault if the layer has one
 * @iteration: which it should be of
 * @number: of the layer, from 1, which it should be
 * @info: the run it is of
 * @layer: (out): the layer, to be freed with coterie_recording_layer_clear(); unchanged if the row
 *   has a fault
 *
 * Takes all columns. The positions of the layer's nodes are elsewhere.
 */
void
coterie_recording_layer_take (CoterieRow *row,
                              guint iteration,
                              guint number,
                              const CoterieRunInfo *info,
                              CoterieFrameLayer *layer)
{
  g_auto (LayerData) data = {0};

  take_counts (row, iteration, number, &data);
  take_measures (row, &data.fields);
  take_classes (row, &data);
  take_nodes (row, &data);
  take_events (row, &data);
  take_edges (row, &data);
  check (row, &data, info);
  if (row->fault != NULL)
    return;

  data.fields.graph = coterie_graph_new (data.fields.n_nodes, data.edges, data.n_edges);
  fill_layer (&data, layer);
  layer->analysis = coterie_layer_analysis_new (&data.fields);
  data.communities = NULL;
  data.identities = NULL;
  data.events = NULL;
}

/**
 * coterie_recording_positions_put:
 * @row: a new row of the table "positions"
 * @iteration: of the frame
 * @layer: the layer's number, from 1
 * @positions: [n_nodes][2]: finite
 * @n_nodes: of the layer's graph
 *
 * Puts all columns.
 */
void
coterie_recording_positions_put (
    CoterieRow *row, guint iteration, guint layer, const float *positions, guint n_nodes)
{
  coterie_row_put_integer (row, iteration);
  coterie_row_put_integer (row, layer);
  coterie_row_put_array (row, positions, 2 * (gsize) n_nodes, sizeof *positions);
}

/**
 * coterie_recording_positions_take:
 * @row: an opened row of the table "positions"; gets a fault if they have one
 * @iteration: which they should be of
 * @number: of the layer, from 1, which they should be of
 * @layer: gets the positions; unchanged if the row has a fault
 *
 * Takes all columns.
 */
void
coterie_recording_positions_take (CoterieRow *row,
                                  guint iteration,
                                  guint number,
                                  CoterieFrameLayer *layer)
{
  guint n_nodes = layer->analysis->n_nodes;
  g_autofree float *positions = NULL;
  g_autofree char *fault = NULL;

  coterie_row_take_integer (row, iteration, iteration);
  coterie_row_take_integer (row, number, number);
  positions = coterie_row_take_array (row, 2 * (guint64) n_nodes, sizeof *positions);
  if (row->fault == NULL)
    fault = coterie_positions_find_fault (positions, n_nodes);
  if (fault != NULL)
    coterie_row_set_fault (row, "%s", fault);
  if (row->fault == NULL)
    layer->positions = g_steal_pointer (&positions);
}

/**
 * coterie_recording_layer_clear:
 * @layer: a layer from coterie_recording_layer_take(), with its positions or without
 *
 * Frees what it owns.
 */
void
coterie_recording_layer_clear (CoterieFrameLayer *layer)
{
  g_clear_pointer (&layer->analysis, coterie_layer_analysis_unref);
  g_clear_pointer ((gpointer *) &layer->communities, g_free);
  g_clear_pointer ((gpointer *) &layer->identities, g_free);
  free_events ((CoterieLineageEvent *) layer->events, layer->n_events);
  layer->events = NULL;
  g_clear_pointer ((gpointer *) &layer->positions, g_free);
}
