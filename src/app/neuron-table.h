/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "draw/scene/node-query.h"
#include "draw/scene/scene-graph.h"
#include "draw/scene/scene-style.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_NEURON_TABLE (coterie_neuron_table_get_type ())
G_DECLARE_FINAL_TYPE (CoterieNeuronTable, coterie_neuron_table, COTERIE, NEURON_TABLE, GtkWidget)

void coterie_neuron_table_set_graph (CoterieNeuronTable *self,
                                     CoterieSceneGraph *graph,
                                     const char *const *class_names);
void coterie_neuron_table_set_style (CoterieNeuronTable *self, const CoterieSceneStyle *style);
void coterie_neuron_table_set_filter (CoterieNeuronTable *self, CoterieNodeQuery *filter);
void coterie_neuron_table_set_search (CoterieNeuronTable *self, CoterieNodeQuery *search);
void
coterie_neuron_table_set_selected (CoterieNeuronTable *self, const guint64 *keys, guint n_keys);
guint64 *coterie_neuron_table_dup_selected (CoterieNeuronTable *self, guint *n_keys);

G_END_DECLS
