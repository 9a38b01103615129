/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One toggle button for each hidden layer, and one for all of them. With many layers only their
 * numbers stand on them. */

#include "app/layer-switcher.h"

#include "config.h"

#include <glib/gi18n.h>

#define MAX_SPELLED_OUT 4

struct _CoterieLayerSwitcher {
  GtkWidget parent_instance;

  CoterieSession *session;
  GPtrArray *buttons;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (CoterieLayerSwitcher, coterie_layer_switcher, GTK_TYPE_WIDGET)

static void
button_toggled (CoterieLayerSwitcher *self, GtkToggleButton *button)
{
  guint index;

  if (self->updating || !gtk_toggle_button_get_active (button))
    return;
  if (!g_ptr_array_find (self->buttons, button, &index))
    return;
  if (index + 1 < self->buttons->len)
    coterie_session_set_layer (self->session, index + 1);
  coterie_session_set_all_layers (self->session, index + 1 == self->buttons->len);
}

static void
add_button (CoterieLayerSwitcher *self, const char *label, const char *name)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_focus_on_click (button, FALSE);
  if (self->buttons->len > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), g_ptr_array_index (self->buttons, 0));
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (button_toggled), self);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  g_ptr_array_add (self->buttons, button);
}

static void
add_buttons (CoterieLayerSwitcher *self, guint n_layers)
{
  g_ptr_array_set_size (self->buttons, 0);
  for (guint layer = 1; layer <= n_layers; layer++) {
    g_autofree char *name = g_strdup_printf (_ ("Layer %u"), layer);
    g_autofree char *number = g_strdup_printf ("%u", layer);

    add_button (self, n_layers > MAX_SPELLED_OUT ? number : name, name);
  }
  if (n_layers > 0)
    add_button (self, _ ("All layers"), _ ("All layers"));
}

static void
update (CoterieLayerSwitcher *self)
{
  guint n_layers = coterie_session_get_n_layers (self->session);
  guint layer = coterie_session_get_layer (self->session);
  gboolean all = coterie_session_get_all_layers (self->session);

  self->updating = TRUE;
  if (self->buttons->len != (n_layers > 0 ? n_layers + 1 : 0))
    add_buttons (self, n_layers);
  if (layer > 0)
    gtk_toggle_button_set_active (g_ptr_array_index (self->buttons, all ? n_layers : layer - 1),
                                  TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), n_layers > 1);
  self->updating = FALSE;
}

static void
coterie_layer_switcher_dispose (GObject *object)
{
  CoterieLayerSwitcher *self = COTERIE_LAYER_SWITCHER (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  G_OBJECT_CLASS (coterie_layer_switcher_parent_class)->dispose (object);
}

static void
coterie_layer_switcher_class_init (CoterieLayerSwitcherClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_layer_switcher_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "/ui/layer-switcher.ui");
}

static void
coterie_layer_switcher_init (CoterieLayerSwitcher *self)
{
  self->buttons = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * coterie_layer_switcher_set_session:
 * @self: the switcher
 * @session: whose layer is chosen; set once
 *
 * Connects the switcher with what it shows.
 */
void
coterie_layer_switcher_set_session (CoterieLayerSwitcher *self, CoterieSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "notify::info", G_CALLBACK (update), self);
  g_signal_connect_swapped (session, "notify::layer", G_CALLBACK (update), self);
  g_signal_connect_swapped (session, "notify::all-layers", G_CALLBACK (update), self);
  update (self);
}
