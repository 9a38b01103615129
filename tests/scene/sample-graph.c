/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small graph whose positions, communities and weights are known by formula. */

#include "sample-graph.h"

#include <math.h>

#define MEMBER_CIRCLE_FRAC 0.22

static void
place (SampleGraph *sample, guint n_communities, guint n_members, double radius)
{
  for (guint v = 0; v < n_communities * n_members; v++) {
    guint k = v / n_members, i = v % n_members;
    double around = 2.0 * G_PI * k / n_communities;
    double within = 2.0 * G_PI * i / n_members + 0.3;

    sample->positions[2 * v] =
        (float) (radius * (cos (around) + MEMBER_CIRCLE_FRAC * cos (within)));
    sample->positions[2 * v + 1] =
        (float) (radius * (sin (around) + MEMBER_CIRCLE_FRAC * sin (within)));
  }
}

static CoterieGraph *
connect (guint n_communities, guint n_members)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (CoterieEdge));

  for (guint k = 0; k < n_communities; k++)
    for (guint i = 0; i < n_members; i++)
      for (guint j = i + 1; j < n_members; j++) {
        CoterieEdge edge = {k * n_members + i, k * n_members + j, 1.0 / (1.0 + i)};

        g_array_append_val (edges, edge);
      }
  for (guint k = 0; k + 1 < n_communities; k++) {
    CoterieEdge edge = {k * n_members, (k + 1) * n_members + n_members / 2, 0.4};

    g_array_append_val (edges, edge);
  }
  return coterie_graph_new (n_communities * n_members, (const CoterieEdge *) (void *) edges->data,
                            edges->len);
}

/* Each community stands for a class of its own; its neurons are active for that class alone. */
static void
fill_neurons (SampleGraph *sample, guint n_communities, guint n_members, guint first_neuron)
{
  CoterieLayerAnalysis *analysis = &sample->analysis;

  analysis->n_classes = n_communities;
  analysis->n_neurons = first_neuron + n_communities * n_members;
  sample->node_classes = g_new (guint32, analysis->n_nodes);
  sample->class_means = g_new0 (float, (gsize) analysis->n_classes * analysis->n_neurons);
  sample->entropies = g_new0 (float, analysis->n_neurons);
  for (guint v = 0; v < analysis->n_nodes; v++) {
    guint k = v / n_members;

    sample->node_classes[v] = k;
    sample->class_means[(gsize) k * analysis->n_neurons + first_neuron + v] = 1.0f + (float) v;
    sample->entropies[first_neuron + v] = 0.25f * (float) v;
  }
  sample->n_representatives = g_new (guint32, n_communities);
  sample->representatives = g_new (const guint32 *, n_communities);
  for (guint k = 0; k < n_communities; k++) {
    sample->n_representatives[k] = n_members;
    sample->representatives[k] = sample->neurons + k * n_members;
  }
  analysis->n_representatives = sample->n_representatives;
  analysis->representatives = sample->representatives;
  analysis->node_classes = sample->node_classes;
  analysis->class_means = sample->class_means;
  analysis->neuron_entropies = sample->entropies;
}

/* Neurons first_neuron, first_neuron + 1 and so on; communities with the identities 0, 1 and so on. */
SampleGraph *
sample_graph_new (guint n_communities, guint n_members, guint first_neuron, double radius)
{
  SampleGraph *sample = g_new0 (SampleGraph, 1);
  guint n_nodes = n_communities * n_members;

  sample->neurons = g_new (guint32, n_nodes);
  sample->communities = g_new (guint32, n_nodes);
  sample->identities = g_new (guint32, n_communities);
  sample->positions = g_new (float, 2 * (gsize) n_nodes);
  for (guint v = 0; v < n_nodes; v++) {
    sample->neurons[v] = first_neuron + v;
    sample->communities[v] = v / n_members;
  }
  for (guint k = 0; k < n_communities; k++)
    sample->identities[k] = k;
  place (sample, n_communities, n_members, radius);

  sample->analysis.layer = 1;
  sample->analysis.n_nodes = n_nodes;
  sample->analysis.neurons = sample->neurons;
  sample->analysis.n_communities = n_communities;
  sample->analysis.communities = sample->communities;
  sample->analysis.graph = connect (n_communities, n_members);
  fill_neurons (sample, n_communities, n_members, first_neuron);
  sample->layer = (CoterieFrameLayer){
      .analysis = &sample->analysis,
      .n_communities = n_communities,
      .communities = sample->communities,
      .identities = sample->identities,
      .positions = sample->positions,
  };
  return sample;
}

void
sample_graph_free (SampleGraph *sample)
{
  coterie_graph_unref (sample->analysis.graph);
  g_free (sample->neurons);
  g_free (sample->communities);
  g_free (sample->identities);
  g_free (sample->node_classes);
  g_free (sample->n_representatives);
  g_free ((gpointer) sample->representatives);
  g_free (sample->class_means);
  g_free (sample->entropies);
  g_free (sample->positions);
  g_free (sample);
}

/* Left becomes right. */
void
sample_graph_mirror (SampleGraph *sample)
{
  for (guint v = 0; v < sample->analysis.n_nodes; v++)
    sample->positions[2 * v] = -sample->positions[2 * v];
}

/* @to may be NULL. */
void
sample_graph_show (CoterieScene *scene, const SampleGraph *from, const SampleGraph *to)
{
  g_autoptr (CoterieSceneGraph) first = coterie_scene_graph_new_from_layer (&from->layer, NULL);
  g_autoptr (CoterieSceneGraph) second =
      to != NULL ? coterie_scene_graph_new_from_layer (&to->layer, NULL) : NULL;

  coterie_scene_set_graphs (scene, first, second);
}
