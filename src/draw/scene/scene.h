/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/layer-analysis.h"
#include "draw/palette.h"
#include "draw/scene/camera.h"
#include "draw/scene/drawing.h"

G_BEGIN_DECLS

/**
 * CoterieSceneState:
 * @analysis: one layer at one iteration
 * @positions: [n_nodes][2]: x to the right and y upwards, layout units
 * @communities: [n_nodes]: community of each node
 * @identities: [communities]: identity of each community, or %COTERIE_PALETTE_NO_IDENTITY
 * @node_identities: (nullable): [n_nodes]: colours each node by this number instead of by its
 *   community, for example by the class it represents
 *
 * What a scene shows at one end of a blend. Only read while it is set.
 */
typedef struct {
  const CoterieLayerAnalysis *analysis;
  const float *positions;
  const guint32 *communities;
  const guint32 *identities;
  const guint32 *node_identities;
} CoterieSceneState;

/**
 * CoterieSceneEdge:
 * @source: a node of the scene
 * @target: another, greater than @source
 */
typedef struct {
  guint32 source;
  guint32 target;
} CoterieSceneEdge;

/**
 * CoterieScene:
 * @n_nodes: nodes of either state
 * @neurons: [n_nodes]: the neuron of each node, ascending
 * @positions: [n_nodes][2]: layout units, y upwards
 * @radii_px: [n_nodes]: radius before the node scale of the view, 0 where it is not there yet
 * @colors: [n_nodes]: fill; alpha below 1 while a node appears or vanishes
 * @order: [n_nodes]: nodes in the order in which they are drawn, the topmost last
 * @n_edges: edges of either state
 * @edges: [n_edges]: sorted by source, then by target
 * @edge_colors: [n_edges]: alpha is the edge's density
 * @bounds: what contains all nodes' centres, layout units, blended
 * @spread: root mean square distance of the nodes from their middle, layout units, blended
 * @dark: which appearance
 *
 * The graph as it is shown somewhere between two iterations. Its fields are for reading; they change
 * with the functions below.
 */
typedef struct {
  guint n_nodes;
  const guint32 *neurons;
  const float *positions;
  const float *radii_px;
  const CoterieColor *colors;
  const guint32 *order;
  guint n_edges;
  const CoterieSceneEdge *edges;
  const CoterieColor *edge_colors;
  CoterieBounds bounds;
  double spread;
  gboolean dark;
} CoterieScene;

CoterieScene *coterie_scene_new (void);
void coterie_scene_free (CoterieScene *scene);
void coterie_scene_set_states (CoterieScene *scene,
                               const CoterieSceneState *from,
                               const CoterieSceneState *to,
                               gboolean dark);
void coterie_scene_set_blend (CoterieScene *scene, double t_frac);
double coterie_scene_get_blend (CoterieScene *scene);
void coterie_scene_set_dark (CoterieScene *scene, gboolean dark);
void coterie_scene_set_highlight (CoterieScene *scene, gint node);
gint coterie_scene_get_highlight (CoterieScene *scene);
void coterie_scene_set_focus (CoterieScene *scene, guint32 identity);
void coterie_scene_set_marked (CoterieScene *scene, const guint32 *neurons, guint n_neurons);
gint coterie_scene_find_neuron (const CoterieScene *scene, guint neuron);
CoterieDrawing *coterie_scene_get_drawing (CoterieScene *scene);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieScene, coterie_scene_free)

G_END_DECLS
