/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The context menus of the graph. What their items do are actions, see graph-actions.c. */

#include "app/graph-menu.h"

#include "config.h"

struct _CoterieGraphMenu {
  GtkWidget *node_popover;
  GtkWidget *canvas_popover;
};

static GtkWidget *
make_popover (GtkBuilder *builder, const char *id, GtkWidget *view)
{
  GMenuModel *model = G_MENU_MODEL (gtk_builder_get_object (builder, id));
  GtkWidget *popover = gtk_popover_menu_new_from_model (model);

  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_widget_set_parent (popover, view);
  /* Who chose something goes on where the menu was opened. */
  g_signal_connect_object (popover, "closed", G_CALLBACK (gtk_widget_grab_focus), view,
                           G_CONNECT_SWAPPED);
  return popover;
}

/**
 * coterie_graph_menu_new:
 * @view: the graph; must outlive the menus
 *
 * Returns: (transfer full): its menus
 */
CoterieGraphMenu *
coterie_graph_menu_new (GtkWidget *view)
{
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource (RESOURCE_PREFIX "/ui/graph-menus.ui");
  CoterieGraphMenu *menu = g_new0 (CoterieGraphMenu, 1);

  menu->node_popover = make_popover (builder, "node_menu", view);
  menu->canvas_popover = make_popover (builder, "canvas_menu", view);
  return menu;
}

/**
 * coterie_graph_menu_free:
 * @menu: (transfer full): the menus
 *
 * Frees @menu; the graph has no menus then.
 */
void
coterie_graph_menu_free (CoterieGraphMenu *menu)
{
  gtk_widget_unparent (menu->node_popover);
  gtk_widget_unparent (menu->canvas_popover);
  g_free (menu);
}

/**
 * coterie_graph_menu_popup:
 * @menu: the menus
 * @on_node: whether it is about the selected neurons, not about the graph
 * @x_px: where, pixels from the graph's left
 * @y_px: pixels from the graph's top
 *
 * Shows a menu.
 */
void
coterie_graph_menu_popup (CoterieGraphMenu *menu, gboolean on_node, double x_px, double y_px)
{
  GtkPopover *popover = GTK_POPOVER (on_node ? menu->node_popover : menu->canvas_popover);

  gtk_popover_set_pointing_to (popover, &(GdkRectangle){(int) x_px, (int) y_px, 1, 1});
  gtk_popover_popup (popover);
}
