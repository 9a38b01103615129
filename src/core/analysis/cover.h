/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/graph.h"

G_BEGIN_DECLS

/**
 * CoterieCover:
 * @n_neurons: neurons of the layer
 * @n_classes: number of classes
 * @n_nodes: neurons that represent at least one class
 * @neurons: [n_nodes]: the neuron of each node, ascending
 * @node_of_neuron: [n_neurons]: its node, or -1
 * @offsets: [n_classes + 1]: the members of class c stand from offsets[c] to offsets[c + 1] - 1
 * @members: [offsets[n_classes]]: nodes, those of a class in the order of its representatives
 * @n_overlaps: [n_nodes]: O_v, how many classes a node represents, at least 1
 *
 * The classes' representatives as overlapping communities of the activation pattern graph.
 * Immutable; its fields are for reading.
 */
typedef struct {
  guint n_neurons;
  guint n_classes;
  guint n_nodes;
  const guint32 *neurons;
  const gint32 *node_of_neuron;
  const guint32 *offsets;
  const guint32 *members;
  const guint32 *n_overlaps;
} CoterieCover;

CoterieCover *coterie_cover_new (guint n_neurons,
                                 guint n_classes,
                                 const guint32 *n_representatives,
                                 const guint32 *const *representatives);
void coterie_cover_free (CoterieCover *cover);

void coterie_cover_fill_best_member_class (const CoterieCover *cover,
                                           const double *class_means,
                                           guint32 *node_classes);
void coterie_cover_fill_best_class (const CoterieCover *cover,
                                    const double *class_means,
                                    guint32 *node_classes);
void coterie_cover_fill_equal_shares (const CoterieCover *cover, double *shares);
void
coterie_cover_fill_alpha (const CoterieCover *cover, const CoterieGraph *graph, double *shares);
void coterie_cover_count_unique (const CoterieCover *cover, guint32 *counts);
void coterie_cover_count_shared (const CoterieCover *cover, guint32 *counts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieCover, coterie_cover_free)

G_END_DECLS
