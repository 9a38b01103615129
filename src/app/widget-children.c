/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every widget with children of its own does when it is disposed of. */

#include "app/widget-children.h"

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
