/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What widgets with children of their own have in common. */

#include "app/widget-tree.h"

/**
 * coterie_widget_unparent_children:
 * @widget: a widget that is being disposed of
 *
 * Lets go of all children of @widget; calling it twice does nothing the second time.
 */
void
coterie_widget_unparent_children (GtkWidget *widget)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}

/**
 * coterie_widget_name_buttons_once:
 * @widget: a widget whose template is complete
 *
 * Gives every button below @widget that has a label exactly this as its accessible name. Without,
 * GTK 4.8 would have screen readers say it twice, and the first time with its underscore.
 */
void
coterie_widget_name_buttons_once (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    coterie_widget_name_buttons_once (child);
}
