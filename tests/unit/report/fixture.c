/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames made by hand, of two small layers. */

#include "fixture.h"

#include <math.h>

static const guint32 first_class[] = {0, 1};
static const guint32 second_class[] = {2, 1};
static const guint32 third_class[] = {4, 1};
static const guint32 *const representatives[] = {first_class, second_class, third_class};
static const guint32 n_representatives[] = {2, 2, 2};
static const guint32 neurons[] = {0, 1, 2, 4};
static const guint32 node_classes[] = {0, 0, 1, 2};
static const guint32 communities[] = {0, 0, 0, 1};
static const guint32 identities[] = {0, 1};
static const float class_means[FIXTURE_N_CLASSES * FIXTURE_N_NEURONS];
static const float neuron_entropies[FIXTURE_N_NEURONS];
static const float positions[2 * G_N_ELEMENTS (neurons)] = {0, 0, 1, 0, 0, 1, 5, 0};

void
fixture_layer_init (FixtureLayer *layer, guint number)
{
  memset (layer, 0, sizeof *layer);
  for (guint c = 0; c < FIXTURE_N_CLASSES; c++)
    layer->class_entropies[c] = number + 0.125 * c;
  layer->fields = (CoterieLayerAnalysis){
      .layer = number,
      .n_neurons = FIXTURE_N_NEURONS,
      .n_classes = FIXTURE_N_CLASSES,
      .n_representatives = n_representatives,
      .representatives = representatives,
      .class_means = class_means,
      .neuron_entropies = neuron_entropies,
      .entropy = 12.0 * number,
      .mean_live_entropy = 3.0 * number,
      .n_nodes = G_N_ELEMENTS (neurons),
      .neurons = neurons,
      .node_classes = node_classes,
      .n_communities = 2,
      .communities = communities,
      .modularity = {.no_overlap = 0.1,
                     .unweighted_overlap = 0.2,
                     .weighted_overlap = 0.3,
                     .louvain = 0.4,
                     .klb_weighted = 0.5,
                     .klb_unweighted = 0.6},
      .baselines = {.selectivity = 0.7,
                    .dead_frac = 0.8,
                    .always_active_frac = 0.0625,
                    .sparsity = 0.9,
                    .n_patterns = 11,
                    .n_regions = 13,
                    .class_information = 0.75,
                    .null = {.mean = 0.45, .deviation = 0.02, .z = -2.5}},
  };
}

static CoterieLayerAnalysis *
create_analysis (const FixtureLayer *layer)
{
  const CoterieEdge edges[] = {{0, 1, 1.0}, {1, 2, 0.5}, {1, 3, 0.25}};
  g_autoptr (CoterieGraph) graph = coterie_graph_new (
      layer->fields.n_nodes, edges, layer->has_no_edges ? 0 : G_N_ELEMENTS (edges));
  CoterieLayerAnalysis fields = layer->fields;

  fields.graph = graph;
  fields.class_entropies = layer->class_entropies;
  return coterie_layer_analysis_new (&fields);
}

CoterieFrame *
fixture_frame_new (guint iteration, double accuracy, const FixtureLayer *layers)
{
  CoterieFrameLayer frame_layers[FIXTURE_N_LAYERS] = {0};
  double class_accuracies[COTERIE_N_SPLITS][FIXTURE_N_CLASSES];
  CoterieFrame fields = {
      .iteration = iteration,
      .n_classes = FIXTURE_N_CLASSES,
      .class_accuracies = {class_accuracies[0], class_accuracies[1]},
      .n_layers = FIXTURE_N_LAYERS,
      .layers = frame_layers,
  };
  CoterieFrame *frame;

  for (guint split = 0; split < COTERIE_N_SPLITS; split++) {
    fields.evaluations[split].accuracy = accuracy - 0.1 * split;
    fields.evaluations[split].loss = 1.0 - accuracy + 0.25 * split;
    for (guint c = 0; c < FIXTURE_N_CLASSES; c++)
      class_accuracies[split][c] = fields.evaluations[split].accuracy + 0.01 * c;
  }
  for (guint l = 0; l < FIXTURE_N_LAYERS; l++) {
    frame_layers[l].analysis = create_analysis (&layers[l]);
    frame_layers[l].n_communities = 2;
    frame_layers[l].communities = communities;
    frame_layers[l].identities = identities;
    frame_layers[l].positions = positions;
    fields.entropy += layers[l].fields.entropy;
    fields.mean_live_entropy += layers[l].fields.mean_live_entropy / FIXTURE_N_LAYERS;
  }
  frame = coterie_frame_new (&fields);
  for (guint l = 0; l < FIXTURE_N_LAYERS; l++)
    coterie_layer_analysis_unref (frame_layers[l].analysis);
  return frame;
}
