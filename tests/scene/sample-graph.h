/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/scene-graph.h"
#include "draw/scene/scene.h"

G_BEGIN_DECLS

/* A graph to draw: communities in a circle, complete inside, a ring of edges between them. */
typedef struct {
  CoterieLayerAnalysis analysis;
  guint32 *neurons;
  guint32 *communities;
  guint32 *identities;
  guint32 *node_classes;
  guint32 *n_representatives;
  const guint32 **representatives;
  float *class_means;
  float *entropies;
  float *positions;
  CoterieFrameLayer layer;
} SampleGraph;

SampleGraph *
sample_graph_new (guint n_communities, guint n_members, guint first_neuron, double radius);
void sample_graph_free (SampleGraph *sample);
void sample_graph_mirror (SampleGraph *sample);
void sample_graph_show (CoterieScene *scene, const SampleGraph *from, const SampleGraph *to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SampleGraph, sample_graph_free)

G_END_DECLS
