/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "draw/scene/node-query.h"
#include "draw/scene/scene-style.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_GRAPH_TOOLS (coterie_graph_tools_get_type ())
G_DECLARE_FINAL_TYPE (CoterieGraphTools, coterie_graph_tools, COTERIE, GRAPH_TOOLS, GtkWidget)

void coterie_graph_tools_set_graph (CoterieGraphTools *self,
                                    CoterieSceneGraph *graph,
                                    const char *const *class_names,
                                    guint n_layers);
void coterie_graph_tools_set_layer (CoterieGraphTools *self, guint layer);
void coterie_graph_tools_set_narrow (CoterieGraphTools *self, gboolean narrow);
void coterie_graph_tools_find (CoterieGraphTools *self);
CoterieSceneStyle coterie_graph_tools_get_style (CoterieGraphTools *self);
CoterieNodeQuery *coterie_graph_tools_get_search (CoterieGraphTools *self);
guint64 *coterie_graph_tools_dup_matches (CoterieGraphTools *self, guint *n_keys);
CoterieNodeQuery *coterie_graph_tools_get_filter (CoterieGraphTools *self);

G_END_DECLS
