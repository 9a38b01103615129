/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All keys that do something. GTK writes on the caps of keys what their symbols are called, where no
 * translation says what people call them; here they are written as on a keyboard. */

#include "app/shortcuts-window.h"

#include "config.h"

#include <glib/gi18n.h>

static void
write_caps (GtkWidget *widget)
{
  g_autofree char *name = NULL;

  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "keycap")) {
    name = g_strdup (gtk_label_get_label (GTK_LABEL (widget)));
    gtk_label_set_label (GTK_LABEL (widget), g_strdelimit (name, "_", ' '));
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    write_caps (child);
}

static void
build (GtkApplicationWindow *parent)
{
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource (RESOURCE_PREFIX "/ui/shortcuts-window.ui");
  GtkWidget *window = GTK_WIDGET (gtk_builder_get_object (builder, "shortcuts_window"));

  write_caps (window);
  gtk_application_window_set_help_overlay (parent, GTK_SHORTCUTS_WINDOW (window));
}

/**
 * coterie_shortcuts_window_show:
 * @parent: the window whose keys are shown
 *
 * Shows them. The window is made when it is first asked for: one that GTK keeps hidden from the start,
 * as it does with a help overlay in the resources, has no place in the accessibility tree yet, and GTK
 * 4.8 crashes when a screen reader is handed it after a dialog has closed.
 */
void
coterie_shortcuts_window_show (GtkApplicationWindow *parent)
{
  if (gtk_application_window_get_help_overlay (parent) == NULL)
    build (parent);
  gtk_window_present (GTK_WINDOW (gtk_application_window_get_help_overlay (parent)));
}
