/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A node of a graph as an element of a list. */

#include "app/neuron-item.h"

struct _CoterieNeuronItem {
  GObject parent_instance;

  CoterieSceneGraph *graph; /* owned */
  guint node;
};

G_DEFINE_FINAL_TYPE (CoterieNeuronItem, coterie_neuron_item, G_TYPE_OBJECT)

static void
coterie_neuron_item_finalize (GObject *object)
{
  CoterieNeuronItem *self = COTERIE_NEURON_ITEM (object);

  coterie_scene_graph_unref (self->graph);
  G_OBJECT_CLASS (coterie_neuron_item_parent_class)->finalize (object);
}

static void
coterie_neuron_item_class_init (CoterieNeuronItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = coterie_neuron_item_finalize;
}

static void
coterie_neuron_item_init (CoterieNeuronItem *self)
{
}

/**
 * coterie_neuron_item_new:
 * @graph: a graph
 * @node: one of its nodes
 *
 * Returns: (transfer full): the item
 */
CoterieNeuronItem *
coterie_neuron_item_new (CoterieSceneGraph *graph, guint node)
{
  CoterieNeuronItem *self = g_object_new (COTERIE_TYPE_NEURON_ITEM, NULL);

  self->graph = coterie_scene_graph_ref (graph);
  self->node = node;
  return self;
}

/**
 * coterie_neuron_item_get_graph:
 * @self: the item
 *
 * Returns: (transfer none): the graph whose node it is
 */
CoterieSceneGraph *
coterie_neuron_item_get_graph (CoterieNeuronItem *self)
{
  return self->graph;
}

/**
 * coterie_neuron_item_get_node:
 * @self: the item
 *
 * Returns: the node in its graph
 */
guint
coterie_neuron_item_get_node (CoterieNeuronItem *self)
{
  return self->node;
}

/**
 * coterie_neuron_item_get_key:
 * @self: the item
 *
 * Returns: layer and neuron, see coterie_scene_key()
 */
guint64
coterie_neuron_item_get_key (CoterieNeuronItem *self)
{
  return self->graph->keys[self->node];
}
