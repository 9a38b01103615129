/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/scene-graph.h"

G_BEGIN_DECLS

/**
 * CoterieMergedEdge:
 * @source: a node of the merge
 * @target: another, greater than @source
 * @edges: the edge in either graph, or -1
 */
typedef struct {
  guint32 source;
  guint32 target;
  gint32 edges[2];
} CoterieMergedEdge;

/**
 * CoterieSceneMerge:
 * @n_nodes: nodes that either graph has
 * @keys: [n_nodes]: their keys, ascending
 * @nodes: [2][n_nodes]: the node in either graph, or -1
 * @n_edges: edges that either graph has
 * @edges: [n_edges]: sorted by source, then by target
 *
 * Two graphs as one, so that what is in both can move from the one to the other. Clear it with
 * coterie_scene_merge_clear().
 */
typedef struct {
  guint n_nodes;
  guint64 *keys;
  gint32 *nodes[2];
  guint n_edges;
  CoterieMergedEdge *edges;
} CoterieSceneMerge;

void coterie_scene_merge_init (CoterieSceneMerge *merge,
                               const CoterieSceneGraph *from,
                               const CoterieSceneGraph *to);
void coterie_scene_merge_clear (CoterieSceneMerge *merge);
gint coterie_scene_merge_find (const CoterieSceneMerge *merge, guint64 key);

G_END_DECLS
