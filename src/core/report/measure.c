/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The catalogue of all that is measured: one table says what each measure is called, means and comes
 * from, and one function reads it from a frame. Tables, plots and correlations go by this catalogue,
 * so that a measure that is added here appears in all of them.
 *
 * What a frame does not know is not-a-number, whatever it is stored as. */

#include "core/report/measure.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/analysis/cover.h"
#include "core/layout/layout-measures.h"

#define NETWORK COTERIE_MEASURE_OF_NETWORK
#define LAYER COTERIE_MEASURE_OF_LAYER
#define CLASS COTERIE_MEASURE_OF_CLASS
#define LAYER_AND_CLASS COTERIE_MEASURE_OF_LAYER_AND_CLASS
#define NONE COTERIE_MEASURE_UNIT_NONE
#define FRACTION COTERIE_MEASURE_UNIT_FRACTION
#define NATS COTERIE_MEASURE_UNIT_NATS
#define COUNT COTERIE_MEASURE_UNIT_COUNT

#define MONDAL "Mondal and Mostafa 2022"

#define SIZE_OF_COMMUNITY(nth, name, short_name)                                                   \
  [COTERIE_MEASURE_LARGEST_COMMUNITY + (nth) -1] = {                                               \
      "community_size_" #nth,                                                                      \
      name,                                                                                        \
      short_name,                                                                                  \
      "",                                                                                          \
      N_ ("nodes of a community that Louvain detects at this iteration alone, by size"),           \
      MONDAL ", Table 3",                                                                          \
      LAYER,                                                                                       \
      COUNT,                                                                                       \
      0.0,                                                                                         \
      INFINITY,                                                                                    \
  }

static const CoterieMeasureInfo infos[COTERIE_N_MEASURES] = {
    [COTERIE_MEASURE_TRAINING_ACCURACY] =
        {"training_accuracy", N_ ("training accuracy"), N_ ("training"), "",
         N_ ("training samples that the network knows, without dropout"), MONDAL ", Table 1",
         NETWORK, FRACTION, 0.0, 1.0},
    [COTERIE_MEASURE_TEST_ACCURACY] = {"test_accuracy", N_ ("test accuracy"), N_ ("test"), "",
                                       N_ ("test samples that the network knows"),
                                       MONDAL ", Table 1", NETWORK, FRACTION, 0.0, 1.0},
    [COTERIE_MEASURE_TRAINING_LOSS] =
        {"training_loss", N_ ("training loss"), N_ ("training loss"), "",
         N_ ("mean cross-entropy over the training samples, without dropout"), "", NETWORK, NATS,
         0.0, INFINITY},
    [COTERIE_MEASURE_TEST_LOSS] = {"test_loss", N_ ("test loss"), N_ ("test loss"), "",
                                   N_ ("mean cross-entropy over the test samples"), "", NETWORK,
                                   NATS, 0.0, INFINITY},
    [COTERIE_MEASURE_ACCURACY_GAP] = {"accuracy_gap", N_ ("generalisation gap, accuracy"),
                                      N_ ("gap, accuracy"), "",
                                      N_ ("training accuracy less test accuracy"), "", NETWORK,
                                      FRACTION, -1.0, 1.0},
    [COTERIE_MEASURE_LOSS_GAP] = {"loss_gap", N_ ("generalisation gap, loss"), N_ ("gap, loss"), "",
                                  N_ ("test loss less training loss"), "", NETWORK, NATS, -INFINITY,
                                  INFINITY},
    [COTERIE_MEASURE_ENTROPY] = {"entropy", N_ ("entropy, sum"), N_ ("sum"), "E",
                                 N_ ("activation pattern entropy, sum over all hidden neurons"),
                                 MONDAL ", section 5.2", NETWORK, NATS, 0.0, INFINITY},
    [COTERIE_MEASURE_MEAN_LIVE_ENTROPY] =
        {"mean_live_entropy", N_ ("entropy, mean over live neurons"), N_ ("live neurons"), "",
         N_ ("activation pattern entropy, mean over the hidden neurons that are active for more "
             "than one sample"),
         "", NETWORK, NATS, 0.0, INFINITY},

    [COTERIE_MEASURE_LAYER_ENTROPY] =
        {"layer_entropy", N_ ("entropy, sum"), N_ ("sum"), "E",
         N_ ("activation pattern entropy, sum over the layer’s neurons"), MONDAL ", section 5.2",
         LAYER, NATS, 0.0, INFINITY},
    [COTERIE_MEASURE_LAYER_MEAN_ENTROPY] =
        {"layer_mean_entropy", N_ ("entropy, mean over all neurons"), N_ ("all neurons"), "",
         N_ ("activation pattern entropy, mean over the layer’s neurons"), "", LAYER, NATS, 0.0,
         INFINITY},
    [COTERIE_MEASURE_LAYER_MEAN_LIVE_ENTROPY] =
        {"layer_mean_live_entropy", N_ ("entropy, mean over live neurons"), N_ ("live neurons"), "",
         N_ ("activation pattern entropy, mean over the layer’s neurons that are active for more "
             "than one sample"),
         "", LAYER, NATS, 0.0, INFINITY},
    [COTERIE_MEASURE_WEIGHTED_OVERLAP] =
        {"weighted_overlap", N_ ("modularity, weighted overlap"), N_ ("weighted overlap"), "Q",
         N_ ("modularity of the classes’ representatives, shared by edge weight"),
         "Chen et al. 2010, Eq. 3", LAYER, NONE, -INFINITY, 1.0},
    [COTERIE_MEASURE_UNWEIGHTED_OVERLAP] =
        {"unweighted_overlap", N_ ("modularity, unweighted overlap"), N_ ("unweighted overlap"),
         "Q", N_ ("modularity of the classes’ representatives, shared equally"),
         "Shen et al. 2009, Eq. 2", LAYER, NONE, -INFINITY, 1.0},
    [COTERIE_MEASURE_NO_OVERLAP] =
        {"no_overlap", N_ ("modularity, no overlap"), N_ ("no overlap"), "Q",
         N_ ("modularity with every node in the class that it represents most strongly"),
         "Newman and Girvan 2004, Eq. 1", LAYER, NONE, -INFINITY, 1.0},
    [COTERIE_MEASURE_LOUVAIN] =
        {"louvain", N_ ("modularity, Louvain"), N_ ("Louvain"), "Q",
         N_ ("modularity of the communities that Louvain detects, with edge weights"),
         "Blondel et al. 2008", LAYER, NONE, -INFINITY, 1.0},
    [COTERIE_MEASURE_KLB_WEIGHTED] =
        {"klb_weighted", N_ ("modularity, weighted bisection"), N_ ("weighted bisection"), "Q",
         N_ ("modularity of the halves of a Kernighan–Lin bisection, with edge weights"),
         "Kernighan and Lin 1970", LAYER, NONE, -INFINITY, 1.0},
    [COTERIE_MEASURE_KLB_UNWEIGHTED] =
        {"klb_unweighted", N_ ("modularity, unweighted bisection"), N_ ("unweighted bisection"),
         "Q", N_ ("modularity of the halves of a Kernighan–Lin bisection, every edge counted once"),
         "Kernighan and Lin 1970", LAYER, NONE, -INFINITY, 1.0},
    [COTERIE_MEASURE_NODES] = {"nodes", N_ ("nodes"), N_ ("nodes"), "n",
                               N_ ("neurons that represent a class"), MONDAL ", section 5.1", LAYER,
                               COUNT, 0.0, INFINITY},
    [COTERIE_MEASURE_EDGES] = {"edges", N_ ("edges"), N_ ("edges"), "m",
                               N_ ("pairs of representatives of a class that are ever above their "
                                   "means together"),
                               MONDAL ", Eq. 6", LAYER, COUNT, 0.0, INFINITY},
    [COTERIE_MEASURE_UNIQUE_NEURONS] = {"unique_neurons", N_ ("unique neurons"),
                                        N_ ("unique neurons"), "",
                                        N_ ("neurons that represent one class alone"),
                                        MONDAL ", Table 2", LAYER, COUNT, 0.0, INFINITY},
    [COTERIE_MEASURE_SHARED_NEURONS] =
        {"shared_neurons", N_ ("shared neurons"), N_ ("shared neurons"), "",
         N_ ("neurons that two classes have in common, sum over the pairs of classes"),
         MONDAL ", Table 2", LAYER, COUNT, 0.0, INFINITY},
    [COTERIE_MEASURE_SHOWN_COMMUNITIES] =
        {"shown_communities", N_ ("communities shown"), N_ ("communities shown"), "",
         N_ ("communities that the graph is coloured by and that are followed"), "", LAYER, COUNT,
         0.0, INFINITY},
    [COTERIE_MEASURE_COMMUNITIES] =
        {"communities", N_ ("communities detected"), N_ ("communities detected"), "",
         N_ ("communities that Louvain detects at this iteration alone, singletons included"),
         MONDAL ", section 7.1", LAYER, COUNT, 0.0, INFINITY},
    [COTERIE_MEASURE_AVERAGE_NODES] = {"average_nodes", N_ ("average nodes per community"),
                                       N_ ("average nodes"), "",
                                       N_ ("nodes divided by the communities that Louvain detects"),
                                       MONDAL ", Table 3", LAYER, NONE, 0.0, INFINITY},
    SIZE_OF_COMMUNITY (1, N_ ("size of the largest community"), N_ ("largest")),
    SIZE_OF_COMMUNITY (2, N_ ("size of the 2nd largest community"), N_ ("2nd largest")),
    SIZE_OF_COMMUNITY (3, N_ ("size of the 3rd largest community"), N_ ("3rd largest")),
    SIZE_OF_COMMUNITY (4, N_ ("size of the 4th largest community"), N_ ("4th largest")),
    SIZE_OF_COMMUNITY (5, N_ ("size of the 5th largest community"), N_ ("5th largest")),
    SIZE_OF_COMMUNITY (6, N_ ("size of the 6th largest community"), N_ ("6th largest")),
    SIZE_OF_COMMUNITY (7, N_ ("size of the 7th largest community"), N_ ("7th largest")),
    SIZE_OF_COMMUNITY (8, N_ ("size of the 8th largest community"), N_ ("8th largest")),
    [COTERIE_MEASURE_SELECTIVITY] =
        {"selectivity", N_ ("class selectivity"), N_ ("selectivity"), "",
         N_ ("how much more a neuron is active for one class than for the others, mean over the "
             "neurons that are ever active"),
         "Morcos et al. 2018", LAYER, NONE, 0.0, 1.0},
    [COTERIE_MEASURE_DEAD] = {"dead", N_ ("dead neurons"), N_ ("dead neurons"), "",
                              N_ ("neurons that are 0 for every training sample"), "", LAYER,
                              FRACTION, 0.0, 1.0},
    [COTERIE_MEASURE_ALWAYS_ACTIVE] = {"always_active", N_ ("always active neurons"),
                                       N_ ("always active"), "",
                                       N_ ("neurons that are above 0 for every training sample"),
                                       "", LAYER, FRACTION, 0.0, 1.0},
    [COTERIE_MEASURE_SPARSITY] = {"sparsity", N_ ("sparsity"), N_ ("sparsity"), "",
                                  N_ ("activations that are 0"), "", LAYER, FRACTION, 0.0, 1.0},
    [COTERIE_MEASURE_PATTERNS] =
        {"patterns", N_ ("activation patterns"), N_ ("patterns"), "",
         N_ ("distinct sets of active neurons that the training samples make in the layer"), "",
         LAYER, COUNT, 0.0, INFINITY},
    [COTERIE_MEASURE_REGIONS] =
        {"regions", N_ ("linear regions"), N_ ("regions"), "",
         N_ ("the same of all layers up to this one: linear regions that the data meet"),
         "Montúfar et al. 2014", LAYER, COUNT, 0.0, INFINITY},
    [COTERIE_MEASURE_CLASS_INFORMATION] =
        {"class_information", N_ ("class information"), N_ ("class information"), "NMI",
         N_ ("normalised mutual information of the detected communities with the classes that the "
             "nodes represent"),
         "Danon et al. 2005", LAYER, NONE, 0.0, 1.0},
    [COTERIE_MEASURE_MODULARITY_Z] = {"modularity_z", N_ ("z-score of the modularity"),
                                      N_ ("z-score"), "z",
                                      N_ ("by how many standard deviations the modularity of the "
                                          "detected communities lies above "
                                          "the mean of rewired graphs of the same degrees"),
                                      "Maslov and Sneppen 2002", LAYER, NONE, -INFINITY, INFINITY},
    [COTERIE_MEASURE_NULL_MODULARITY_MEAN] =
        {"null_modularity_mean", N_ ("modularity of rewired graphs, mean"), N_ ("rewired, mean"),
         "Q",
         N_ ("modularity of the communities that are detected in rewired graphs of the same "
             "degrees, mean"),
         "Maslov and Sneppen 2002", LAYER, NONE, -INFINITY, 1.0},
    [COTERIE_MEASURE_NULL_MODULARITY_DEVIATION] =
        {"null_modularity_deviation", N_ ("modularity of rewired graphs, standard deviation"),
         N_ ("rewired, deviation"), "s",
         N_ ("standard deviation of the modularities of the rewired graphs"),
         "Maslov and Sneppen 2002", LAYER, NONE, 0.0, 1.0},
    [COTERIE_MEASURE_NULL_MODULARITY_LOWER] =
        {"null_modularity_lower", N_ ("modularity of rewired graphs, 95 % from"),
         N_ ("rewired, 95 % from"), "Q",
         N_ ("mean of the rewired graphs less 1.96 standard deviations: 95 % of them lie between "
             "this and the next, if they are distributed normally"),
         "Maslov and Sneppen 2002", LAYER, NONE, -INFINITY, 1.0},
    [COTERIE_MEASURE_NULL_MODULARITY_UPPER] =
        {"null_modularity_upper", N_ ("modularity of rewired graphs, 95 % to"),
         N_ ("rewired, 95 % to"), "Q",
         N_ ("mean of the rewired graphs and 1.96 standard deviations"), "Maslov and Sneppen 2002",
         LAYER, NONE, -INFINITY, 1.0},
    [COTERIE_MEASURE_LAYOUT_SEPARATION] = {"layout_separation", N_ ("separation of the layout"),
                                           N_ ("separation"), "",
                                           N_ ("mean distance of two nodes of one shown community "
                                               "over that of two of different ones: "
                                               "1 without structure"),
                                           "", LAYER, NONE, 0.0, INFINITY},
    [COTERIE_MEASURE_LAYOUT_MOVE] =
        {"layout_move", N_ ("move of the layout"), N_ ("move"), "",
         N_ ("how far nodes have moved since the frame before, in the mean, over the radius of the "
             "picture: the less, the steadier"),
         "", LAYER, NONE, 0.0, INFINITY},

    [COTERIE_MEASURE_CLASS_TRAINING_ACCURACY] =
        {"class_training_accuracy", N_ ("training accuracy of the class"), N_ ("training"), "",
         N_ ("training samples of the class that the network knows, without dropout"), "", CLASS,
         FRACTION, 0.0, 1.0},
    [COTERIE_MEASURE_CLASS_TEST_ACCURACY] =
        {"class_test_accuracy", N_ ("test accuracy of the class"), N_ ("test"), "",
         N_ ("test samples of the class that the network knows"), "", CLASS, FRACTION, 0.0, 1.0},
    [COTERIE_MEASURE_CLASS_ENTROPY] =
        {"class_entropy", N_ ("entropy of the class, sum"), N_ ("sum"), "E",
         N_ ("activation pattern entropy over the samples of one class, sum over all hidden "
             "neurons"),
         MONDAL ", Table 6", CLASS, NATS, 0.0, INFINITY},

    [COTERIE_MEASURE_LAYER_CLASS_ENTROPY] =
        {"layer_class_entropy", N_ ("entropy of the class, sum"), N_ ("sum"), "E",
         N_ ("activation pattern entropy over the samples of one class, sum over the layer’s "
             "neurons"),
         MONDAL ", Table 6", LAYER_AND_CLASS, NATS, 0.0, INFINITY},
};

/**
 * coterie_measure_get_info:
 * @measure: a measure
 *
 * Returns: what is to be known about it
 */
const CoterieMeasureInfo *
coterie_measure_get_info (CoterieMeasure measure)
{
  g_return_val_if_fail ((guint) measure < COTERIE_N_MEASURES, NULL);

  return &infos[measure];
}

/**
 * coterie_measure_from_id:
 * @id: any text
 * @measure: (out): the measure of that id, unchanged if there is none
 *
 * Returns: whether there is one
 */
gboolean
coterie_measure_from_id (const char *id, CoterieMeasure *measure)
{
  for (guint i = 0; i < COTERIE_N_MEASURES; i++) {
    if (g_strcmp0 (id, infos[i].id) == 0) {
      *measure = (CoterieMeasure) i;
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * coterie_measure_scope_has_layers:
 * @scope: of a measure
 *
 * Returns: whether the measure has a value for each hidden layer
 */
gboolean
coterie_measure_scope_has_layers (CoterieMeasureScope scope)
{
  return scope == COTERIE_MEASURE_OF_LAYER || scope == COTERIE_MEASURE_OF_LAYER_AND_CLASS;
}

/**
 * coterie_measure_scope_has_classes:
 * @scope: of a measure
 *
 * Returns: whether the measure has a value for each class
 */
gboolean
coterie_measure_scope_has_classes (CoterieMeasureScope scope)
{
  return scope == COTERIE_MEASURE_OF_CLASS || scope == COTERIE_MEASURE_OF_LAYER_AND_CLASS;
}

/**
 * coterie_measure_unit_to_string:
 * @unit: a unit
 *
 * Returns: its name after a number, to be translated; "" where there is none to say. A fraction is
 *   "%", after a hundred times its value
 */
const char *
coterie_measure_unit_to_string (CoterieMeasureUnit unit)
{
  switch (unit) {
  case COTERIE_MEASURE_UNIT_FRACTION:
    return "%";
  case COTERIE_MEASURE_UNIT_NATS:
    return N_ ("nats");
  case COTERIE_MEASURE_UNIT_NONE:
  case COTERIE_MEASURE_UNIT_COUNT:
  default:
    return "";
  }
}

/* Communities are numbered by size. */
static double
get_community_size (const CoterieLayerAnalysis *layer, guint community)
{
  guint size = 0;

  if (community >= layer->n_communities)
    return NAN;
  for (guint v = 0; v < layer->n_nodes; v++)
    size += layer->communities[v] == community;
  return size;
}

static double
count_neurons (const CoterieLayerAnalysis *layer, CoterieMeasure measure)
{
  g_autoptr (CoterieCover) cover = coterie_cover_new (
      layer->n_neurons, layer->n_classes, layer->n_representatives, layer->representatives);
  double n_unique = 0.0;
  double n_shared = 0.0;

  for (guint v = 0; v < cover->n_nodes; v++) {
    double n_classes = cover->n_overlaps[v];

    n_unique += cover->n_overlaps[v] == 1;
    n_shared += n_classes * (n_classes - 1.0) / 2.0;
  }
  return measure == COTERIE_MEASURE_UNIQUE_NEURONS ? n_unique : n_shared;
}

/* There is at least one pattern as soon as there is a sample, so 0 means that none were counted. */
static double
get_counted (guint64 count)
{
  return count > 0 ? (double) count : NAN;
}

#define ANALYSIS(field) offsetof (CoterieLayerAnalysis, field)

/* Where the measures that a layer's analysis holds as they are lie in it; 0 for all others. */
static const gsize analysis_offsets[COTERIE_N_MEASURES] = {
    [COTERIE_MEASURE_LAYER_ENTROPY] = ANALYSIS (entropy),
    [COTERIE_MEASURE_LAYER_MEAN_LIVE_ENTROPY] = ANALYSIS (mean_live_entropy),
    [COTERIE_MEASURE_WEIGHTED_OVERLAP] = ANALYSIS (modularity.weighted_overlap),
    [COTERIE_MEASURE_UNWEIGHTED_OVERLAP] = ANALYSIS (modularity.unweighted_overlap),
    [COTERIE_MEASURE_NO_OVERLAP] = ANALYSIS (modularity.no_overlap),
    [COTERIE_MEASURE_LOUVAIN] = ANALYSIS (modularity.louvain),
    [COTERIE_MEASURE_KLB_WEIGHTED] = ANALYSIS (modularity.klb_weighted),
    [COTERIE_MEASURE_KLB_UNWEIGHTED] = ANALYSIS (modularity.klb_unweighted),
    [COTERIE_MEASURE_SELECTIVITY] = ANALYSIS (baselines.selectivity),
    [COTERIE_MEASURE_DEAD] = ANALYSIS (baselines.dead_frac),
    [COTERIE_MEASURE_ALWAYS_ACTIVE] = ANALYSIS (baselines.always_active_frac),
    [COTERIE_MEASURE_SPARSITY] = ANALYSIS (baselines.sparsity),
    [COTERIE_MEASURE_CLASS_INFORMATION] = ANALYSIS (baselines.class_information),
    [COTERIE_MEASURE_MODULARITY_Z] = ANALYSIS (baselines.null.z),
    [COTERIE_MEASURE_NULL_MODULARITY_MEAN] = ANALYSIS (baselines.null.mean),
    [COTERIE_MEASURE_NULL_MODULARITY_DEVIATION] = ANALYSIS (baselines.null.deviation),
};

static double
get_null_bound (const CoterieLayerAnalysis *layer, CoterieMeasure measure)
{
  double lower, upper;

  coterie_null_comparison_get_interval (&layer->baselines.null, &lower, &upper);
  return measure == COTERIE_MEASURE_NULL_MODULARITY_LOWER ? lower : upper;
}

static double *
copy_positions (const CoterieFrameLayer *layer)
{
  gsize n_values = 2 * (gsize) layer->analysis->n_nodes;
  double *positions = g_new (double, n_values + 1);

  for (gsize i = 0; i < n_values; i++)
    positions[i] = (double) layer->positions[i];
  return positions;
}

static double
get_separation (const CoterieFrameLayer *layer)
{
  g_autofree double *positions = copy_positions (layer);

  return coterie_layout_measure_separation (positions, layer->communities,
                                            layer->analysis->n_nodes);
}

static double
get_move (const CoterieFrameLayer *layer, const CoterieFrameLayer *before)
{
  g_autofree double *positions = copy_positions (layer);
  g_autofree double *old = NULL;

  if (before == NULL || layer->analysis->n_nodes == 0 || before->analysis->n_nodes == 0)
    return NAN;
  old = copy_positions (before);
  return coterie_layout_measure_move (old, before->analysis->neurons, before->analysis->n_nodes,
                                      positions, layer->analysis->neurons,
                                      layer->analysis->n_nodes);
}

static double
get_layer_value (CoterieMeasure measure,
                 const CoterieFrameLayer *frame_layer,
                 const CoterieFrameLayer *before)
{
  const CoterieLayerAnalysis *layer = frame_layer->analysis;
  guint nth = (guint) measure - COTERIE_MEASURE_LARGEST_COMMUNITY;

  if (layer->n_bad_values > 0)
    return NAN;
  if (analysis_offsets[measure] > 0)
    return G_STRUCT_MEMBER (double, layer, analysis_offsets[measure]);
  if (nth < COTERIE_N_LARGEST_COMMUNITIES)
    return get_community_size (layer, nth);
  if (measure == COTERIE_MEASURE_LAYER_MEAN_ENTROPY)
    return layer->entropy / layer->n_neurons;
  if (measure == COTERIE_MEASURE_NODES)
    return layer->n_nodes;
  if (measure == COTERIE_MEASURE_EDGES)
    return layer->graph->n_edges;
  if (measure == COTERIE_MEASURE_COMMUNITIES)
    return layer->n_communities;
  if (measure == COTERIE_MEASURE_SHOWN_COMMUNITIES)
    return frame_layer->n_communities;
  if (measure == COTERIE_MEASURE_AVERAGE_NODES)
    return layer->n_communities > 0 ? (double) layer->n_nodes / layer->n_communities : NAN;
  if (measure == COTERIE_MEASURE_PATTERNS)
    return get_counted (layer->baselines.n_patterns);
  if (measure == COTERIE_MEASURE_REGIONS)
    return get_counted (layer->baselines.n_regions);
  if (measure == COTERIE_MEASURE_NULL_MODULARITY_LOWER ||
      measure == COTERIE_MEASURE_NULL_MODULARITY_UPPER)
    return get_null_bound (layer, measure);
  if (measure == COTERIE_MEASURE_LAYOUT_SEPARATION)
    return get_separation (frame_layer);
  if (measure == COTERIE_MEASURE_LAYOUT_MOVE)
    return get_move (frame_layer, before);
  return count_neurons (layer, measure);
}

static double
get_network_value (CoterieMeasure measure, const CoterieFrame *frame)
{
  const CoterieEvaluation *training = &frame->evaluations[COTERIE_SPLIT_TRAINING];
  const CoterieEvaluation *test = &frame->evaluations[COTERIE_SPLIT_TEST];

  if (measure == COTERIE_MEASURE_TRAINING_ACCURACY)
    return training->accuracy;
  if (measure == COTERIE_MEASURE_TEST_ACCURACY)
    return test->accuracy;
  if (measure == COTERIE_MEASURE_TRAINING_LOSS)
    return training->loss;
  if (measure == COTERIE_MEASURE_TEST_LOSS)
    return test->loss;
  if (measure == COTERIE_MEASURE_ACCURACY_GAP)
    return training->accuracy - test->accuracy;
  if (measure == COTERIE_MEASURE_LOSS_GAP)
    return test->loss - training->loss;

  for (guint l = 0; l < frame->n_layers; l++)
    if (frame->layers[l].analysis->n_bad_values > 0)
      return NAN;
  return measure == COTERIE_MEASURE_ENTROPY ? frame->entropy : frame->mean_live_entropy;
}

static double
get_layer_class_entropy (const CoterieLayerAnalysis *layer, guint label)
{
  return layer->n_bad_values > 0 ? NAN : layer->class_entropies[label];
}

static double
get_class_value (CoterieMeasure measure, const CoterieFrame *frame, guint label)
{
  double sum = 0.0;

  if (measure == COTERIE_MEASURE_CLASS_TRAINING_ACCURACY)
    return frame->class_accuracies[COTERIE_SPLIT_TRAINING][label];
  if (measure == COTERIE_MEASURE_CLASS_TEST_ACCURACY)
    return frame->class_accuracies[COTERIE_SPLIT_TEST][label];

  for (guint l = 0; l < frame->n_layers; l++)
    sum += get_layer_class_entropy (frame->layers[l].analysis, label);
  return sum;
}

/**
 * coterie_measure_get_value:
 * @measure: a measure
 * @frame: the frame to read it from
 * @before: (nullable): the frame before it, which tells how far nodes have moved
 * @layer_index: which hidden layer, from 0; of no account unless the measure is one of layers
 * @label: which class, from 0; of no account unless the measure is one of classes
 *
 * Cost: at most one pass over the nodes and representatives of the layer.
 *
 * Returns: the value in the measure's unit; not-a-number if the frame does not know it: activations
 *   were not numbers, it was not computed, or there is no such community or frame before
 */
double
coterie_measure_get_value (CoterieMeasure measure,
                           const CoterieFrame *frame,
                           const CoterieFrame *before,
                           guint layer_index,
                           guint label)
{
  CoterieMeasureScope scope;

  g_return_val_if_fail ((guint) measure < COTERIE_N_MEASURES, NAN);
  scope = infos[measure].scope;
  g_return_val_if_fail (!coterie_measure_scope_has_layers (scope) || layer_index < frame->n_layers,
                        NAN);
  g_return_val_if_fail (!coterie_measure_scope_has_classes (scope) || label < frame->n_classes,
                        NAN);

  switch (scope) {
  case COTERIE_MEASURE_OF_LAYER:
    return get_layer_value (measure, &frame->layers[layer_index],
                            before != NULL ? &before->layers[layer_index] : NULL);
  case COTERIE_MEASURE_OF_CLASS:
    return get_class_value (measure, frame, label);
  case COTERIE_MEASURE_OF_LAYER_AND_CLASS:
    return get_layer_class_entropy (frame->layers[layer_index].analysis, label);
  case COTERIE_MEASURE_OF_NETWORK:
  default:
    return get_network_value (measure, frame);
  }
}
