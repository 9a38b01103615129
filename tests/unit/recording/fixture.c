/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Made-up runs: frames with every field filled at random, and comparison field by field. */

#include "fixture.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

void
fixture_place_set_up (FixturePlace *place, gconstpointer data)
{
  place->folder = test_folder_new ();
  place->path = g_build_filename (place->folder, "run.coterie", NULL);
}

void
fixture_place_tear_down (FixturePlace *place, gconstpointer data)
{
  g_free (place->path);
  test_folder_free (place->folder);
}

guint
fixture_count_files (const char *folder)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (entries) != NULL)
    n++;
  return n;
}

static guint
random_below (CoterieRng *rng, guint bound)
{
  return (guint) coterie_rng_below (rng, bound);
}

CoterieRunInfo *
fixture_make_info (CoterieRng *rng, guint n_hidden, guint max_neurons)
{
  const char *class_names[] = {"sandal", "coat", "näh—маш", "", NULL};
  const CoteriePin pins[] = {{1, 0, -2.5, 1e6}, {1, 3, 0.1, -1e-30}};
  CoterieRunInfo fields = {
      .dataset = {.name = "Shoes",
                  .source = "/data/sh\xf6"
                            "es",
                  .class_names = class_names},
      .dataset_hash = "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
      .n_samples = {60000, coterie_rng_below (rng, 10000)},
      .started = 1700000000,
      .program = "Coterie 0.1.0",
  };

  fields.dataset.n_channels = 1 + 2 * random_below (rng, 2);
  fields.dataset.options = "image-size=64x64 split-seed=1";
  fields.dataset.n_classes = G_N_ELEMENTS (class_names) - 1;
  fields.dataset.width = 1 + random_below (rng, 9);
  fields.dataset.height = 1 + random_below (rng, 9);
  coterie_training_settings_init (&fields.training);
  coterie_analysis_settings_init (&fields.analysis);
  coterie_layout_settings_init (&fields.layout);
  fields.layout.mode = COTERIE_LAYOUT_MODE_FIXED;
  fields.layout.force.scaling = 3.5;
  fields.layout.force.strong_gravity = FALSE;
  fields.layout.force.dissuade_hubs = TRUE;
  fields.layout.force.force_error_percent = 2.5;
  fields.layout.seed = G_MAXUINT64 - 2;
  fields.pins = pins;
  fields.n_pins = G_N_ELEMENTS (pins);
  fields.training.n_hidden = n_hidden;
  for (guint l = 0; l < n_hidden; l++)
    fields.training.hidden[l] = max_neurons / 2 + 1 + random_below (rng, max_neurons / 2);
  for (guint l = 0; l < n_hidden; l++)
    fields.training.dropout[l] = 0.05 * l;
  fields.training.optimizer = COTERIE_OPTIMIZER_SGD;
  fields.training.learning_rate = 0.1 + coterie_rng_uniform (rng);
  fields.training.momentum = 0.3;
  fields.training.limit = 59999;
  fields.training.seed = G_MAXUINT64 - 1;
  fields.analysis.resolution = 0.7;
  fields.analysis.method = COTERIE_COMMUNITY_METHOD_LEIDEN;
  fields.analysis.n_null_graphs = 7;
  fields.analysis.seed = coterie_rng_next (rng);
  return coterie_run_info_new (&fields);
}

static guint32 *
random_indices (CoterieRng *rng, guint n, guint bound)
{
  guint32 *values = g_new (guint32, n);

  for (guint i = 0; i < n; i++)
    values[i] = random_below (rng, bound);
  return values;
}

static float *
random_floats (CoterieRng *rng, gsize n)
{
  float *values = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    values[i] = (float) coterie_rng_uniform (rng) - 0.25f;
  return values;
}

static double *
random_doubles (CoterieRng *rng, gsize n)
{
  double *values = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    values[i] = coterie_rng_uniform (rng);
  return values;
}

/* Roughly half of the neurons, ascending. */
static guint32 *
random_nodes (CoterieRng *rng, guint n_neurons, guint *n_nodes)
{
  guint32 *neurons = g_new (guint32, n_neurons);

  *n_nodes = 0;
  for (guint q = 0; q < n_neurons; q++)
    if (random_below (rng, 2) == 0)
      neurons[(*n_nodes)++] = q;
  return neurons;
}

static CoterieGraph *
random_graph (CoterieRng *rng, guint n_nodes, gboolean edges_wanted)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (CoterieEdge));

  for (guint v = 0; v < n_nodes && edges_wanted; v++) {
    for (guint w = v + 1; w < n_nodes; w++) {
      CoterieEdge edge = {v, w, 0.001 + coterie_rng_uniform (rng)};

      if (random_below (rng, 4) == 0)
        g_array_append_val (edges, edge);
    }
  }
  return coterie_graph_new (n_nodes, (const CoterieEdge *) (gpointer) edges->data, edges->len);
}

static void
fill_classes (CoterieRng *rng, CoterieLayerAnalysis *fields, FixtureShape shape)
{
  guint n_classes = fields->n_classes;
  guint32 *counts = random_indices (rng, n_classes, fields->n_neurons + 1);
  guint32 **representatives = g_new (guint32 *, n_classes);
  float *means = random_floats (rng, (gsize) n_classes * fields->n_neurons);

  if (shape == FIXTURE_EMPTY_CLASS) {
    counts[1] = 0;
    for (guint q = 0; q < fields->n_neurons; q++)
      means[fields->n_neurons + q] = NAN;
  }
  for (guint c = 0; c < n_classes; c++)
    representatives[c] = random_indices (rng, counts[c], fields->n_neurons);
  fields->n_representatives = counts;
  fields->representatives = (const guint32 *const *) representatives;
  fields->class_means = means;
  fields->neuron_entropies = random_floats (rng, fields->n_neurons);
  fields->class_entropies = random_doubles (rng, n_classes);
}

static void
fill_nodes (CoterieRng *rng, CoterieLayerAnalysis *fields, FixtureShape shape)
{
  guint32 *communities;

  fields->neurons = random_nodes (rng, fields->n_neurons, &fields->n_nodes);
  if (shape == FIXTURE_NO_NODES)
    fields->n_nodes = 0;
  fields->node_classes = random_indices (rng, fields->n_nodes, fields->n_classes);
  fields->graph = random_graph (rng, fields->n_nodes, shape != FIXTURE_NO_EDGES);
  fields->n_communities = (fields->n_nodes + 2) / 3;
  communities = g_new (guint32, fields->n_nodes);
  for (guint v = 0; v < fields->n_nodes; v++)
    communities[v] = v % fields->n_communities;
  fields->communities = communities;
}

static CoterieLayerAnalysis *
make_analysis (CoterieRng *rng, const CoterieRunInfo *info, guint layer, FixtureShape shape)
{
  CoterieLayerAnalysis *analysis;
  CoterieLayerAnalysis fields = {
      .layer = layer,
      .n_neurons = info->training.hidden[layer - 1],
      .n_classes = info->dataset.n_classes,
      .entropy = 100.0 * coterie_rng_uniform (rng),
      .mean_live_entropy = coterie_rng_uniform (rng),
      .modularity = {coterie_rng_uniform (rng), -0.25, 0.0, coterie_rng_uniform (rng), 0.125, NAN},
      .n_bad_values = coterie_rng_below (rng, 3),
      .baselines = {coterie_rng_uniform (rng),
                    0.5,
                    0.25,
                    coterie_rng_uniform (rng),
                    coterie_rng_below (rng, 60000),
                    G_MAXINT64,
                    NAN,
                    {0.25, 0.0625, coterie_rng_uniform (rng)}},
  };

  fill_classes (rng, &fields, shape);
  fill_nodes (rng, &fields, shape);
  analysis = coterie_layer_analysis_new (&fields);
  for (guint c = 0; c < fields.n_classes; c++)
    g_free ((gpointer) fields.representatives[c]);
  g_free ((gpointer) fields.representatives);
  g_free ((gpointer) fields.n_representatives);
  g_free ((gpointer) fields.class_means);
  g_free ((gpointer) fields.neuron_entropies);
  g_free ((gpointer) fields.class_entropies);
  g_free ((gpointer) fields.neurons);
  g_free ((gpointer) fields.node_classes);
  g_free ((gpointer) fields.communities);
  coterie_graph_unref (fields.graph);
  return analysis;
}

static guint32 *
make_identities (CoterieRng *rng, guint n)
{
  guint32 *identities = g_new (guint32, n);

  for (guint k = 0; k < n; k++)
    identities[k] = 10 * k + random_below (rng, 10);
  return identities;
}

/* One community less than Louvain has, and an event of each kind in turn. */
static void
fill_communities (CoterieRng *rng, CoterieFrameLayer *layer)
{
  const CoterieLayerAnalysis *analysis = layer->analysis;
  guint32 *communities = g_new (guint32, analysis->n_nodes);
  CoterieLineageEvent *events;

  layer->n_communities = MAX (analysis->n_communities, 2) - 1;
  if (analysis->n_nodes == 0)
    layer->n_communities = 0;
  for (guint v = 0; v < analysis->n_nodes; v++)
    communities[v] = v % layer->n_communities;
  layer->communities = communities;
  layer->identities = make_identities (rng, layer->n_communities);

  layer->n_events = random_below (rng, 2 * COTERIE_N_LINEAGE_EVENT_KINDS);
  layer->events = events = g_new0 (CoterieLineageEvent, layer->n_events);
  for (guint i = 0; i < layer->n_events; i++) {
    events[i].kind = (CoterieLineageEventKind) (i % COTERIE_N_LINEAGE_EVENT_KINDS);
    events[i].identity = random_below (rng, 100);
    events[i].other = i % 2 == 0 ? COTERIE_LINEAGE_NONE : random_below (rng, 100);
    events[i].n_neurons = random_below (rng, 5);
    events[i].neurons = random_indices (rng, events[i].n_neurons, analysis->n_neurons);
  }
}

static void
clear_layer (CoterieFrameLayer *layer)
{
  for (guint i = 0; i < layer->n_events; i++)
    g_free ((gpointer) layer->events[i].neurons);
  g_free ((gpointer) layer->events);
  g_free ((gpointer) layer->communities);
  g_free ((gpointer) layer->identities);
  g_free ((gpointer) layer->positions);
}

CoterieFrame *
fixture_make_frame (CoterieRng *rng,
                    const CoterieRunInfo *info,
                    guint iteration,
                    FixtureShape shape)
{
  CoterieFrameLayer layers[COTERIE_MAX_HIDDEN_LAYERS];
  CoterieFrame *frame;
  CoterieFrame fields = {
      .iteration = iteration,
      .evaluations = {{coterie_rng_uniform (rng), coterie_rng_uniform (rng)}, {0.5, INFINITY}},
      .entropy = coterie_rng_uniform (rng),
      .mean_live_entropy = coterie_rng_uniform (rng),
      .n_layers = info->training.n_hidden,
      .layers = layers,
  };

  fields.n_classes = info->dataset.n_classes;
  for (guint split = 0; split < COTERIE_N_SPLITS; split++)
    fields.class_accuracies[split] = random_doubles (rng, fields.n_classes);
  if (iteration % 2 == 1)
    fields.evaluations[COTERIE_SPLIT_TEST].loss = NAN;
  for (guint l = 0; l < fields.n_layers; l++) {
    layers[l].analysis = make_analysis (rng, info, l + 1, shape);
    fill_communities (rng, &layers[l]);
    layers[l].positions = random_floats (rng, 2 * (gsize) layers[l].analysis->n_nodes);
  }
  frame = coterie_frame_new (&fields);
  for (guint l = 0; l < fields.n_layers; l++) {
    coterie_layer_analysis_unref (layers[l].analysis);
    clear_layer (&layers[l]);
  }
  for (guint split = 0; split < COTERIE_N_SPLITS; split++)
    g_free ((gpointer) fields.class_accuracies[split]);
  return frame;
}

CoterieNetwork *
fixture_make_network (CoterieRng *rng, const CoterieRunInfo *info)
{
  guint widths[COTERIE_MAX_HIDDEN_LAYERS + 2] = {
      (guint) coterie_dataset_info_get_n_features (&info->dataset)};
  guint n_hidden = info->training.n_hidden;
  CoterieNetwork *network;

  memcpy (widths + 1, info->training.hidden, n_hidden * sizeof *widths);
  widths[n_hidden + 1] = info->dataset.n_classes;
  network = coterie_network_new (widths, n_hidden + 2);
  for (gsize i = 0; i < network->n_parameters; i++)
    network->parameters[i] = (float) coterie_rng_uniform (rng) - 0.5f;
  return network;
}

CoterieFrame *
fixture_make_nth_frame (guint64 seed, const CoterieRunInfo *info, guint iteration)
{
  CoterieRng rng;

  coterie_rng_init (&rng, seed, 1 + iteration);
  return fixture_make_frame (&rng, info, iteration, FIXTURE_PLAIN);
}

CoterieNetwork *
fixture_make_nth_network (guint64 seed, const CoterieRunInfo *info, guint iteration)
{
  CoterieRng rng;

  coterie_rng_init (&rng, seed + 1, iteration);
  return fixture_make_network (&rng, info);
}

CoterieRunInfo *
fixture_make_seeded_info (guint64 seed)
{
  CoterieRng rng;

  coterie_rng_init (&rng, seed, 0);
  return fixture_make_info (&rng, 2, 20);
}

/* 16.3 MiB of parameters: two pieces. */
CoterieRunInfo *
fixture_make_large_info (void)
{
  const char *class_names[] = {"no", "yes", NULL};
  CoterieRunInfo fields = {
      .dataset = {.class_names = class_names, .width = 62, .height = 1, .n_classes = 2}};

  coterie_training_settings_init (&fields.training);
  coterie_analysis_settings_init (&fields.analysis);
  coterie_layout_settings_init (&fields.layout);
  fields.training.n_hidden = 1;
  fields.training.hidden[0] = 65536;
  return coterie_run_info_new (&fields);
}

CoterieRecordingWriter *
fixture_start (const char *path, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (seed);
  CoterieRecordingWriter *writer = coterie_recording_writer_new (path, info, &error);

  g_assert_no_error (error);
  return writer;
}

void
fixture_add (CoterieRecordingWriter *writer, guint64 seed, guint iteration, GError **error)
{
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (seed);
  g_autoptr (CoterieFrame) frame = fixture_make_nth_frame (seed, info, iteration);
  g_autoptr (CoterieNetwork) network = fixture_make_nth_network (seed, info, iteration);

  coterie_recording_writer_add (writer, frame, network, NULL, error);
}

char *
fixture_write (const char *folder, guint64 seed, guint n_frames)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (path, seed);

  for (guint i = 0; i < n_frames; i++) {
    fixture_add (writer, seed, i, &error);
    g_assert_no_error (error);
  }
  coterie_recording_writer_finish (writer, &error);
  g_assert_no_error (error);
  return path;
}

CoterieRecordingReader *
fixture_open (const char *path)
{
  g_autoptr (GError) error = NULL;
  CoterieRecordingReader *reader = coterie_recording_reader_open (path, &error);

  g_assert_no_error (error);
  return reader;
}

static gboolean
reals_equal (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

gboolean
fixture_infos_equal (const CoterieRunInfo *a, const CoterieRunInfo *b)
{
  const CoterieTrainingSettings *s = &a->training;
  const CoterieTrainingSettings *t = &b->training;

  return g_str_equal (a->dataset.name, b->dataset.name) &&
         g_str_equal (a->dataset.source, b->dataset.source) &&
         a->dataset.n_channels == b->dataset.n_channels &&
         g_str_equal (a->dataset.options, b->dataset.options) &&
         g_strv_equal (a->dataset.class_names, b->dataset.class_names) &&
         a->dataset.width == b->dataset.width && a->dataset.height == b->dataset.height &&
         a->dataset.n_classes == b->dataset.n_classes &&
         g_str_equal (a->dataset_hash, b->dataset_hash) &&
         memcmp (a->n_samples, b->n_samples, sizeof a->n_samples) == 0 &&
         a->started == b->started && g_str_equal (a->program, b->program) &&
         s->n_hidden == t->n_hidden &&
         memcmp (s->hidden, t->hidden, s->n_hidden * sizeof *s->hidden) == 0 &&
         memcmp (s->dropout, t->dropout, s->n_hidden * sizeof *s->dropout) == 0 &&
         s->optimizer == t->optimizer && s->learning_rate == t->learning_rate &&
         s->momentum == t->momentum && s->batch == t->batch && s->n_iterations == t->n_iterations &&
         s->record_every == t->record_every && s->label_noise == t->label_noise &&
         s->limit == t->limit && s->seed == t->seed && a->analysis.top == b->analysis.top &&
         a->analysis.bins == b->analysis.bins && a->analysis.resolution == b->analysis.resolution &&
         a->analysis.method == b->analysis.method &&
         a->analysis.n_null_graphs == b->analysis.n_null_graphs &&
         a->analysis.seed == b->analysis.seed &&
         coterie_layout_settings_equal (&a->layout, &b->layout) &&
         coterie_pins_equal (a->pins, a->n_pins, b->pins, b->n_pins);
}

static gboolean
arrays_equal (gconstpointer a, gconstpointer b, gsize n, gsize size)
{
  return n == 0 || memcmp (a, b, n * size) == 0;
}

static gboolean
graphs_equal (const CoterieGraph *a, const CoterieGraph *b)
{
  if (a->n_nodes != b->n_nodes || a->n_edges != b->n_edges || a->total_weight != b->total_weight)
    return FALSE;
  for (guint e = 0; e < a->n_edges; e++)
    if (a->edges[e].source != b->edges[e].source || a->edges[e].target != b->edges[e].target ||
        a->edges[e].weight != b->edges[e].weight)
      return FALSE;
  return TRUE;
}

static gboolean
classes_equal (const CoterieLayerAnalysis *a, const CoterieLayerAnalysis *b)
{
  gsize n_means = (gsize) a->n_classes * a->n_neurons;

  if (!arrays_equal (a->n_representatives, b->n_representatives, a->n_classes, sizeof (guint32)))
    return FALSE;
  for (guint c = 0; c < a->n_classes; c++)
    if (!arrays_equal (a->representatives[c], b->representatives[c], a->n_representatives[c],
                       sizeof (guint32)))
      return FALSE;
  return arrays_equal (a->class_means, b->class_means, n_means, sizeof (float)) &&
         arrays_equal (a->neuron_entropies, b->neuron_entropies, a->n_neurons, sizeof (float)) &&
         arrays_equal (a->class_entropies, b->class_entropies, a->n_classes, sizeof (double));
}

static gboolean
baselines_equal (const CoterieLayerBaselines *a, const CoterieLayerBaselines *b)
{
  return reals_equal (a->selectivity, b->selectivity) && reals_equal (a->dead_frac, b->dead_frac) &&
         reals_equal (a->always_active_frac, b->always_active_frac) &&
         reals_equal (a->sparsity, b->sparsity) && a->n_patterns == b->n_patterns &&
         a->n_regions == b->n_regions && reals_equal (a->class_information, b->class_information) &&
         reals_equal (a->null.mean, b->null.mean) &&
         reals_equal (a->null.deviation, b->null.deviation) && reals_equal (a->null.z, b->null.z);
}

static gboolean
layers_equal (const CoterieFrameLayer *a, const CoterieFrameLayer *b)
{
  gsize n_nodes = a->analysis->n_nodes;

  if (a->n_communities != b->n_communities || a->n_events != b->n_events)
    return FALSE;
  for (guint i = 0; i < a->n_events; i++) {
    const CoterieLineageEvent *left = &a->events[i];
    const CoterieLineageEvent *right = &b->events[i];

    if (left->kind != right->kind || left->identity != right->identity ||
        left->other != right->other || left->n_neurons != right->n_neurons ||
        !arrays_equal (left->neurons, right->neurons, left->n_neurons, sizeof (guint32)))
      return FALSE;
  }
  return arrays_equal (a->communities, b->communities, n_nodes, sizeof (guint32)) &&
         arrays_equal (a->identities, b->identities, a->n_communities, sizeof (guint32)) &&
         arrays_equal (a->positions, b->positions, 2 * n_nodes, sizeof (float));
}

static gboolean
analyses_equal (const CoterieLayerAnalysis *a, const CoterieLayerAnalysis *b)
{
  return a->layer == b->layer && a->n_neurons == b->n_neurons && a->n_classes == b->n_classes &&
         a->n_nodes == b->n_nodes && a->n_communities == b->n_communities &&
         a->entropy == b->entropy && a->mean_live_entropy == b->mean_live_entropy &&
         a->modularity.no_overlap == b->modularity.no_overlap &&
         a->modularity.unweighted_overlap == b->modularity.unweighted_overlap &&
         a->modularity.weighted_overlap == b->modularity.weighted_overlap &&
         a->modularity.louvain == b->modularity.louvain &&
         reals_equal (a->modularity.klb_weighted, b->modularity.klb_weighted) &&
         reals_equal (a->modularity.klb_unweighted, b->modularity.klb_unweighted) &&
         a->n_bad_values == b->n_bad_values && baselines_equal (&a->baselines, &b->baselines) &&
         classes_equal (a, b) &&
         arrays_equal (a->neurons, b->neurons, a->n_nodes, sizeof (guint32)) &&
         arrays_equal (a->node_classes, b->node_classes, a->n_nodes, sizeof (guint32)) &&
         arrays_equal (a->communities, b->communities, a->n_nodes, sizeof (guint32)) &&
         graphs_equal (a->graph, b->graph);
}

gboolean
fixture_frames_equal (const CoterieFrame *a, const CoterieFrame *b)
{
  if (a->iteration != b->iteration || a->entropy != b->entropy ||
      a->mean_live_entropy != b->mean_live_entropy || a->n_layers != b->n_layers ||
      a->n_classes != b->n_classes)
    return FALSE;
  for (guint split = 0; split < COTERIE_N_SPLITS; split++)
    if (!arrays_equal (a->class_accuracies[split], b->class_accuracies[split], a->n_classes,
                       sizeof (double)) ||
        !reals_equal (a->evaluations[split].accuracy, b->evaluations[split].accuracy) ||
        !reals_equal (a->evaluations[split].loss, b->evaluations[split].loss))
      return FALSE;
  for (guint l = 0; l < a->n_layers; l++)
    if (!analyses_equal (a->layers[l].analysis, b->layers[l].analysis) ||
        !layers_equal (&a->layers[l], &b->layers[l]))
      return FALSE;
  return TRUE;
}

gboolean
fixture_networks_equal (const CoterieNetwork *a, const CoterieNetwork *b)
{
  return a->n_layers == b->n_layers && a->n_parameters == b->n_parameters &&
         arrays_equal (a->widths, b->widths, a->n_layers + 1, sizeof (guint)) &&
         arrays_equal (a->parameters, b->parameters, a->n_parameters, sizeof (float));
}

/* The recording has at least n_frames frames, and all it has are what fixture_make_nth_frame() makes. */
void
fixture_assert_holds (const char *path, guint64 seed, guint n_frames)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRecordingReader) reader = fixture_open (path);

  g_assert_cmpuint (coterie_recording_reader_get_n_frames (reader), >=, n_frames);
  for (guint i = 0; i < coterie_recording_reader_get_n_frames (reader); i++) {
    g_autoptr (CoterieFrame) frame = coterie_recording_reader_load (reader, i, &error);
    g_autoptr (CoterieFrame) expected =
        fixture_make_nth_frame (seed, coterie_recording_reader_get_info (reader), i);

    g_assert_no_error (error);
    g_assert_true (fixture_frames_equal (frame, expected));
  }
}

void
fixture_assert_frame (CoterieRecordingReader *reader, guint index, const CoterieFrame *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieFrame) frame = coterie_recording_reader_load (reader, index, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (coterie_recording_reader_get_iteration (reader, index), ==,
                    expected->iteration);
  g_assert_true (fixture_frames_equal (frame, expected));
}

void
fixture_assert_network (CoterieRecordingReader *reader, guint index, const CoterieNetwork *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieNetwork) network =
      coterie_recording_reader_load_network (reader, index, &error);

  g_assert_no_error (error);
  g_assert_true (fixture_networks_equal (network, expected));
}
