/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "draw/scene/picking.h"

G_BEGIN_DECLS

/**
 * CoterieNodeFinder:
 *
 * Says where the nodes of what a widget shows are, however often that changes.
 */
typedef struct _CoterieNodeFinder CoterieNodeFinder;

/**
 * CoterieNodeFinderFunc:
 * @data: what was given to coterie_node_finder_new()
 *
 * Called when nodes that moved can be found where they are now.
 */
typedef void (*CoterieNodeFinderFunc) (gpointer data);

CoterieNodeFinder *
coterie_node_finder_new (GtkWidget *widget, CoterieNodeFinderFunc ready, gpointer data);
void coterie_node_finder_free (CoterieNodeFinder *finder);
void coterie_node_finder_show (CoterieNodeFinder *finder, CoterieDrawing *drawing, gboolean moved);
const CoteriePicking *coterie_node_finder_get (CoterieNodeFinder *finder);
gboolean coterie_node_finder_get_ready (CoterieNodeFinder *finder);

G_END_DECLS
