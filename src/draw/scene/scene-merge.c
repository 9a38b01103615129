/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two graphs as one: a node of the merge is a neuron that either graph has, an edge is a pair that
 * either has. Nodes ascend by key in both graphs, and edges by their nodes, so that both are merged
 * like sorted lists. */

#include "draw/scene/scene-merge.h"

static void
merge_nodes (CoterieSceneMerge *merge,
             const CoterieSceneGraph *from,
             const CoterieSceneGraph *to,
             guint32 *slots[2])
{
  guint i = 0, j = 0;

  while (i < from->n_nodes || j < to->n_nodes) {
    guint64 left = i < from->n_nodes ? from->keys[i] : G_MAXUINT64;
    guint64 right = j < to->n_nodes ? to->keys[j] : G_MAXUINT64;
    guint n = merge->n_nodes++;

    merge->keys[n] = MIN (left, right);
    merge->nodes[0][n] = left <= right ? (gint32) i : -1;
    merge->nodes[1][n] = right <= left ? (gint32) j : -1;
    if (left <= right)
      slots[0][i++] = n;
    if (right <= left)
      slots[1][j++] = n;
  }
}

/* Both ends of an edge in the merge's numbering, such that edges compare as they are sorted. */
static guint64
get_place (const CoterieSceneGraph *graph, guint e, const guint32 *slots)
{
  if (e >= graph->n_edges)
    return G_MAXUINT64;
  return (guint64) slots[graph->edges[e].source] << 32 | slots[graph->edges[e].target];
}

static void
merge_edges (CoterieSceneMerge *merge,
             const CoterieSceneGraph *from,
             const CoterieSceneGraph *to,
             guint32 *slots[2])
{
  guint i = 0, j = 0;

  while (i < from->n_edges || j < to->n_edges) {
    guint64 left = get_place (from, i, slots[0]);
    guint64 right = get_place (to, j, slots[1]);
    guint64 place = MIN (left, right);

    merge->edges[merge->n_edges++] = (CoterieMergedEdge){
        .source = (guint32) (place >> 32),
        .target = (guint32) place,
        .edges = {left <= right ? (gint32) i++ : -1, right <= left ? (gint32) j++ : -1},
    };
  }
}

/**
 * coterie_scene_merge_init:
 * @merge: (out caller-allocates): what becomes of them
 * @from: a graph
 * @to: another, or the same
 *
 * Cost: one pass over the nodes and edges of both.
 */
void
coterie_scene_merge_init (CoterieSceneMerge *merge,
                          const CoterieSceneGraph *from,
                          const CoterieSceneGraph *to)
{
  gsize n_most = (gsize) from->n_nodes + to->n_nodes;
  guint32 *slots[2] = {g_new (guint32, from->n_nodes), g_new (guint32, to->n_nodes)};

  *merge = (CoterieSceneMerge){
      .keys = g_new (guint64, n_most),
      .nodes = {g_new (gint32, n_most), g_new (gint32, n_most)},
      .edges = g_new (CoterieMergedEdge, (gsize) from->n_edges + to->n_edges),
  };
  merge_nodes (merge, from, to, slots);
  merge_edges (merge, from, to, slots);
  for (guint end = 0; end < 2; end++)
    g_free (slots[end]);
}

/**
 * coterie_scene_merge_clear:
 * @merge: a merge, or zeroed
 */
void
coterie_scene_merge_clear (CoterieSceneMerge *merge)
{
  g_free (merge->keys);
  for (guint end = 0; end < 2; end++)
    g_free (merge->nodes[end]);
  g_free (merge->edges);
  *merge = (CoterieSceneMerge){0};
}

/**
 * coterie_scene_merge_find:
 * @merge: a merge
 * @key: a neuron
 *
 * Returns: its node in the merge, or -1. Cost: a binary search.
 */
gint
coterie_scene_merge_find (const CoterieSceneMerge *merge, guint64 key)
{
  guint low = 0, high = merge->n_nodes;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (merge->keys[middle] < key)
      low = middle + 1;
    else
      high = middle;
  }
  return low < merge->n_nodes && merge->keys[low] == key ? (gint) low : -1;
}
