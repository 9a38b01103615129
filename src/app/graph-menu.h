/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * CoterieGraphMenu:
 *
 * The context menus of the graph: of its nodes and of the canvas.
 */
typedef struct _CoterieGraphMenu CoterieGraphMenu;

CoterieGraphMenu *coterie_graph_menu_new (GtkWidget *view);
void coterie_graph_menu_free (CoterieGraphMenu *menu);
void coterie_graph_menu_popup (CoterieGraphMenu *menu, gboolean on_node, double x_px, double y_px);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieGraphMenu, coterie_graph_menu_free)

G_END_DECLS
