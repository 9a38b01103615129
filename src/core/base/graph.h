/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CoterieEdge:
 * @source: a node
 * @target: another node, greater than @source
 * @weight: greater than 0, dimensionless
 */
typedef struct {
  guint32 source;
  guint32 target;
  double weight;
} CoterieEdge;

/**
 * CoterieGraph:
 * @n_nodes: number of nodes
 * @n_edges: number of undirected edges
 * @edges: (array length=n_edges): sorted by source, then by target, without repeats
 * @offsets: [n_nodes + 1]: the neighbours of node v stand from offsets[v] to offsets[v + 1] - 1
 * @neighbors: [2 n_edges]: the other end, ascending within a node
 * @weights: [2 n_edges]: the weight of the edge to that neighbour
 * @strengths: [n_nodes]: sum of a node's edge weights, dimensionless
 * @total_weight: sum of all edge weights, each edge once, dimensionless
 *
 * An undirected weighted graph without self-loops, in compressed rows. Immutable and
 * reference-counted; its fields are for reading.
 */
typedef struct {
  guint n_nodes;
  guint n_edges;
  const CoterieEdge *edges;
  const guint32 *offsets;
  const guint32 *neighbors;
  const double *weights;
  const double *strengths;
  double total_weight;
} CoterieGraph;

CoterieGraph *coterie_graph_new (guint n_nodes, const CoterieEdge *edges, guint n_edges);
CoterieGraph *coterie_graph_ref (CoterieGraph *graph);
void coterie_graph_unref (CoterieGraph *graph);
guint coterie_graph_get_degree (const CoterieGraph *graph, guint node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieGraph, coterie_graph_unref)

G_END_DECLS
