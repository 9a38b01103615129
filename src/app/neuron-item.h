/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "draw/scene/scene-graph.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_NEURON_ITEM (coterie_neuron_item_get_type ())
G_DECLARE_FINAL_TYPE (CoterieNeuronItem, coterie_neuron_item, COTERIE, NEURON_ITEM, GObject)

CoterieNeuronItem *coterie_neuron_item_new (CoterieSceneGraph *graph, guint node);
CoterieSceneGraph *coterie_neuron_item_get_graph (CoterieNeuronItem *self);
guint coterie_neuron_item_get_node (CoterieNeuronItem *self);
guint64 coterie_neuron_item_get_key (CoterieNeuronItem *self);

G_END_DECLS
