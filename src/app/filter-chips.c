/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The conditions that hide neurons, each on a chip with a button that takes it back: what is hidden
 * is never hidden silently. */

#include "app/filter-chips.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/widget-tree.h"

struct _CoterieFilterChips {
  GtkWidget parent_instance;

  CoterieNodeFilter *filter;
};

G_DEFINE_FINAL_TYPE (CoterieFilterChips, coterie_filter_chips, GTK_TYPE_WIDGET)

static void
remove_cb (CoterieFilterChips *self, GtkWidget *button)
{
  gpointer subject = g_object_get_data (G_OBJECT (button), "subject");

  coterie_node_filter_set_condition (self->filter, GPOINTER_TO_UINT (subject), NULL);
}

static void
add_chip (CoterieFilterChips *self, CoterieFilterSubject subject, const char *text)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* Translators: %s is a condition, as in "Show What Is Not “class 7” Again" */
  g_autofree char *name = g_strdup_printf (_ ("Show What Is Not “%s” Again"), text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "subject", GUINT_TO_POINTER (subject));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_cb), self);

  gtk_widget_add_css_class (chip, "overlay-card");
  gtk_widget_add_css_class (chip, "filter-chip");
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), button);
  gtk_widget_set_parent (chip, GTK_WIDGET (self));
}

static void
update (CoterieFilterChips *self)
{
  gboolean any = FALSE;

  coterie_widget_unparent_children (GTK_WIDGET (self));
  for (guint subject = 0; subject < COTERIE_N_FILTER_SUBJECTS; subject++) {
    const char *text = coterie_node_filter_get_condition (self->filter, subject);

    if (text != NULL)
      add_chip (self, subject, text);
    any = any || text != NULL;
  }
  gtk_widget_set_visible (GTK_WIDGET (self), any);
}

static void
coterie_filter_chips_dispose (GObject *object)
{
  CoterieFilterChips *self = COTERIE_FILTER_CHIPS (object);

  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_data (self->filter, self);
  g_clear_object (&self->filter);
  coterie_widget_unparent_children (GTK_WIDGET (self));
  G_OBJECT_CLASS (coterie_filter_chips_parent_class)->dispose (object);
}

static void
coterie_filter_chips_class_init (CoterieFilterChipsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = coterie_filter_chips_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
coterie_filter_chips_init (CoterieFilterChips *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * coterie_filter_chips_set_filter:
 * @self: the chips
 * @filter: whose conditions they show; set once
 *
 * Connects the chips with what they show.
 */
void
coterie_filter_chips_set_filter (CoterieFilterChips *self, CoterieNodeFilter *filter)
{
  g_return_if_fail (self->filter == NULL);

  self->filter = g_object_ref (filter);
  g_signal_connect_swapped (filter, "changed", G_CALLBACK (update), self);
  update (self);
}
