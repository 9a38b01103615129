/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/strongest-weights.h"
#include "core/recording/frame.h"
#include "draw/scene/camera.h"
#include "draw/scene/community-hues.h"

G_BEGIN_DECLS

/**
 * COTERIE_SCENE_NO_KEY:
 *
 * No node.
 */
#define COTERIE_SCENE_NO_KEY G_MAXUINT64

/**
 * CoterieSceneEdgeKind:
 * @COTERIE_SCENE_EDGE_PATTERN: an edge of the activation pattern graph of a layer
 * @COTERIE_SCENE_EDGE_NETWORK: a weight of the network between two successive hidden layers
 */
typedef enum {
  COTERIE_SCENE_EDGE_PATTERN,
  COTERIE_SCENE_EDGE_NETWORK,
} CoterieSceneEdgeKind;

/**
 * CoterieSceneGraphEdge:
 * @source: a node
 * @target: another, greater than @source
 * @weight: dimensionless; greater than 0 in a pattern graph, signed in a network
 * @kind: what it is
 */
typedef struct {
  guint32 source;
  guint32 target;
  float weight;
  CoterieSceneEdgeKind kind;
} CoterieSceneGraphEdge;

/**
 * CoterieScenePlacement:
 * @scale: layout units of the graph for one of a layer
 * @shift_x: what is added then, to the right, layout units of the graph
 * @shift_y: upwards
 * @center_x: the middle of the layer's place in the graph, to the right, layout units of the graph
 * @center_y: upwards
 * @silent: whether none of the layer's neurons is active for any sample; then it has no nodes
 *
 * Where a layer's layout lies in a graph.
 */
typedef struct {
  double scale;
  double shift_x;
  double shift_y;
  double center_x;
  double center_y;
  gboolean silent;
} CoterieScenePlacement;

/**
 * CoterieSceneGraph:
 * @n_layers: hidden layers that it shows
 * @n_columns: how many of them stand side by side; the others are in rows below these
 * @first_layer: the first of them, from 1; the others follow; 0 in a graph that is of none
 * @placements: [n_layers]: where their layouts lie
 * @n_classes: classes of the data set
 * @n_nodes: nodes
 * @keys: [n_nodes]: which neuron of which layer each is, ascending; see coterie_scene_key()
 * @positions: [n_nodes][2]: x to the right and y upwards, layout units
 * @strengths: [n_nodes]: sum of a node's edge weights in its layer's pattern graph, dimensionless
 * @degrees: [n_nodes]: edges of a node in its layer's pattern graph
 * @entropies: [n_nodes]: activation pattern entropy, nats
 * @classes: [n_nodes]: the main class of a node: the one that it represents most strongly
 * @represents: [n_classes][n_nodes]: whether a node is one of a class's representatives, 0 or 1
 * @class_means: [n_classes][n_nodes]: mean activation for the samples of a class; not-a-number for a
 *   class without samples
 * @n_communities: communities of all layers
 * @communities: [n_nodes]: community of each node, less than @n_communities, those of a lower layer
 *   first
 * @identities: [n_nodes]: identity of a node's community, the same number in all frames and another
 *   one in each layer, or %COTERIE_LINEAGE_NONE; see coterie_scene_graph_split_identity()
 * @hues: [n_nodes]: colour and shape of a node's community, see coterie_community_hues_get()
 * @n_edges: edges
 * @edges: (array length=n_edges): sorted by source, then by target
 * @bounds: what contains all nodes' centres, layout units
 * @spread: root mean square distance of the nodes from their middle, layout units
 *
 * What is shown of a frame. Immutable and reference-counted; its fields are for reading.
 */
typedef struct {
  guint n_layers;
  guint n_columns;
  guint first_layer;
  const CoterieScenePlacement *placements;
  guint n_classes;
  guint n_nodes;
  const guint64 *keys;
  const float *positions;
  const double *strengths;
  const guint32 *degrees;
  const float *entropies;
  const guint32 *classes;
  const guint8 *represents;
  const float *class_means;
  guint n_communities;
  const guint32 *communities;
  const guint32 *identities;
  const guint32 *hues;
  guint n_edges;
  const CoterieSceneGraphEdge *edges;
  CoterieBounds bounds;
  double spread;
} CoterieSceneGraph;

/**
 * coterie_scene_key:
 * @layer: a hidden layer, from 1
 * @neuron: a neuron of it, from 0
 *
 * Returns: what stands for the neuron in every frame; keys ascend with the layer, then the neuron
 */
static inline guint64
coterie_scene_key (guint layer, guint neuron)
{
  return (guint64) layer << 32 | neuron;
}

/**
 * coterie_scene_key_layer:
 * @key: a key
 *
 * Returns: its hidden layer, from 1
 */
static inline guint
coterie_scene_key_layer (guint64 key)
{
  return (guint) (key >> 32);
}

/**
 * coterie_scene_key_neuron:
 * @key: a key
 *
 * Returns: its neuron in the layer, from 0
 */
static inline guint
coterie_scene_key_neuron (guint64 key)
{
  return (guint) (key & G_MAXUINT32);
}

CoterieSceneGraph *coterie_scene_graph_new_empty (void);
CoterieSceneGraph *coterie_scene_graph_new_from_layer (const CoterieFrameLayer *layer,
                                                       const CoterieCommunityHues *hues);
CoterieSceneGraph *coterie_scene_graph_new_from_layers (const CoterieFrameLayer *layers,
                                                        guint n_layers,
                                                        CoterieStrongestWeights *const *weights,
                                                        const CoterieCommunityHues *hues);
CoterieSceneGraph *coterie_scene_graph_ref (CoterieSceneGraph *graph);
void coterie_scene_graph_unref (CoterieSceneGraph *graph);
gboolean
coterie_scene_graph_to_layer (const CoterieSceneGraph *graph, guint layer, double *x, double *y);
gint coterie_scene_graph_find (const CoterieSceneGraph *graph, guint64 key);
guint32 coterie_scene_graph_join_identity (guint32 identity, guint layer, guint n_layers);
guint32 coterie_scene_graph_split_identity (guint32 identity, guint n_layers, guint *layer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieSceneGraph, coterie_scene_graph_unref)

G_END_DECLS
