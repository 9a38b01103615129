/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One toggle button for each hidden layer, and one for all of them. With many layers only their
 * numbers stand on them; where even these do not fit beside each other there is a list to open. */

#include "app/layer-switcher.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/widget-tree.h"

#define MAX_SPELLED_OUT 4

/* Of the card around the buttons. */
#define CARD_BORDER_PX 8

struct _CoterieLayerSwitcher {
  GtkWidget parent_instance;

  CoterieSession *session;
  GPtrArray *buttons;
  GtkDropDown *list;
  int buttons_width_px; /* what they take beside each other */
  int room_px;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (CoterieLayerSwitcher, coterie_layer_switcher, GTK_TYPE_WIDGET)

static void
choose (CoterieLayerSwitcher *self, guint index)
{
  if (index + 1 < self->buttons->len)
    coterie_session_set_layer (self->session, index + 1);
  coterie_session_set_all_layers (self->session, index + 1 == self->buttons->len);
}

static void
button_toggled (CoterieLayerSwitcher *self, GtkToggleButton *button)
{
  guint index;

  if (self->updating || !gtk_toggle_button_get_active (button))
    return;
  if (g_ptr_array_find (self->buttons, button, &index))
    choose (self, index);
}

static void
item_chosen (CoterieLayerSwitcher *self)
{
  guint index = gtk_drop_down_get_selected (self->list);

  if (!self->updating && index < self->buttons->len)
    choose (self, index);
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

static int
get_natural_width (GtkWidget *widget)
{
  int width_px;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width_px, NULL, NULL);
  return width_px;
}

/* Shows the buttons or the list; only what is shown has a width. */
static void
show_what_fits (CoterieLayerSwitcher *self)
{
  gboolean fit = self->room_px <= 0 || self->buttons_width_px <= self->room_px;

  gtk_widget_set_visible (GTK_WIDGET (self->list), !fit);
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->buttons, i), fit);
}

static void
add_item (CoterieLayerSwitcher *self, GtkStringList *items, const char *label, const char *name)
{
  add_button (self, label, name);
  gtk_string_list_append (items, name);
}

static void
add_items (CoterieLayerSwitcher *self, guint n_layers)
{
  g_autoptr (GtkStringList) items = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->buttons, 0);
  self->buttons_width_px = CARD_BORDER_PX;
  for (guint layer = 1; layer <= n_layers; layer++) {
    g_autofree char *name = g_strdup_printf (_ ("Layer %u"), layer);
    g_autofree char *number = g_strdup_printf ("%u", layer);

    add_item (self, items, n_layers > MAX_SPELLED_OUT ? number : name, name);
  }
  if (n_layers > 0)
    add_item (self, items, _ ("All layers"), _ ("All layers"));
  for (guint i = 0; i < self->buttons->len; i++)
    self->buttons_width_px += get_natural_width (g_ptr_array_index (self->buttons, i));
  gtk_drop_down_set_model (self->list, G_LIST_MODEL (items));
  show_what_fits (self);
}

static void
update (CoterieLayerSwitcher *self)
{
  guint n_layers = coterie_session_get_n_layers (self->session);
  guint layer = coterie_session_get_layer (self->session);
  guint index = coterie_session_get_all_layers (self->session) ? n_layers : layer - 1;

  self->updating = TRUE;
  if (self->buttons->len != (n_layers > 0 ? n_layers + 1 : 0))
    add_items (self, n_layers);
  if (layer > 0) {
    gtk_toggle_button_set_active (g_ptr_array_index (self->buttons, index), TRUE);
    gtk_drop_down_set_selected (self->list, index);
  }
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
  coterie_widget_unparent_children (GTK_WIDGET (self));
  G_OBJECT_CLASS (coterie_layer_switcher_parent_class)->dispose (object);
}

static void
coterie_layer_switcher_class_init (CoterieLayerSwitcherClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_layer_switcher_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "/ui/layer-switcher.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieLayerSwitcher, list);
  gtk_widget_class_bind_template_callback (widget_class, item_chosen);
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

/**
 * coterie_layer_switcher_set_room:
 * @self: the switcher
 * @room_px: pixels across that there are for it, or 0 for all that it wants
 *
 * Has the layers in a list to open where their buttons do not fit beside each other.
 */
void
coterie_layer_switcher_set_room (CoterieLayerSwitcher *self, int room_px)
{
  if (room_px == self->room_px)
    return;
  self->room_px = room_px;
  show_what_fits (self);
}
