/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "draw/scene/node-query.h"
#include "draw/scene/scene-graph.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_FIND_BAR (coterie_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (CoterieFindBar, coterie_find_bar, COTERIE, FIND_BAR, GtkWidget)

void coterie_find_bar_set_graph (CoterieFindBar *self,
                                 CoterieSceneGraph *graph,
                                 const char *const *class_names,
                                 guint n_layers);
void coterie_find_bar_set_filter (CoterieFindBar *self, CoterieNodeQuery *filter);
void coterie_find_bar_set_narrow (CoterieFindBar *self, gboolean narrow);
void coterie_find_bar_open (CoterieFindBar *self);
CoterieNodeQuery *coterie_find_bar_get_query (CoterieFindBar *self);
guint64 *coterie_find_bar_dup_matches (CoterieFindBar *self, guint *n_keys);

G_END_DECLS
