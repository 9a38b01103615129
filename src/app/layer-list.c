/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The hidden layers of a network as a list that can be edited: a row for each, with its neurons and
 * its dropout, below headings. Rows keep their place; moving or removing a layer passes the numbers on. Emits
 * "changed". */

#include "app/layer-list.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/shown-value.h"
#include "app/value-row.h"
#include "app/widget-tree.h"

#define DROPOUT_DIGITS 2
#define MOST_DROPOUT 0.95
#define NEW_WIDTH 128
#define NEW_DROPOUT 0.3
#define COLUMN_GAP_PX 6 /* as in rows of libadwaita */

#define WIDTH_TOOLTIP _ ("Neurons, 1 to 65536")
#define DROPOUT_TOOLTIP                                                                            \
  _ ("Dropout: fraction of activations switched off at random while training, 0 to 0.95")

typedef struct {
  AdwActionRow *row;
  GtkSpinButton *width;
  GtkSpinButton *dropout;
  GtkWidget *up;
  GtkWidget *down;
  GtkWidget *remove;
} Layer;

struct _CoterieLayerList {
  AdwPreferencesGroup parent_instance;

  GtkWidget *add_button;
  GtkSizeGroup *width_column;
  GtkSizeGroup *dropout_column;
  GtkSizeGroup *button_column;

  Layer layers[COTERIE_MAX_HIDDEN_LAYERS];
  guint n_layers;
  gboolean setting; /* numbers are not the user's */
};

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CoterieLayerList, coterie_layer_list, ADW_TYPE_PREFERENCES_GROUP)

static void
emit_changed (CoterieLayerList *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static guint
find_layer (CoterieLayerList *self, GtkWidget *widget)
{
  for (guint l = 0; l < self->n_layers; l++)
    if (widget == GTK_WIDGET (self->layers[l].row) ||
        gtk_widget_is_ancestor (widget, GTK_WIDGET (self->layers[l].row)))
      return l;
  return self->n_layers;
}

static void
copy_numbers (CoterieLayerList *self, guint to, guint from)
{
  Layer *layers = self->layers;

  gtk_spin_button_set_value (layers[to].width, gtk_spin_button_get_value (layers[from].width));
  gtk_spin_button_set_value (layers[to].dropout, gtk_spin_button_get_value (layers[from].dropout));
}

static void
swap_numbers (CoterieLayerList *self, guint a, guint b)
{
  double width = gtk_spin_button_get_value (self->layers[a].width);
  double dropout = gtk_spin_button_get_value (self->layers[a].dropout);

  self->setting = TRUE;
  copy_numbers (self, a, b);
  gtk_spin_button_set_value (self->layers[b].width, width);
  gtk_spin_button_set_value (self->layers[b].dropout, dropout);
  self->setting = FALSE;
}

/* Why no layer can be added stands in its button's tooltip, and where it is read without pointing. */
static void
tell_limit (CoterieLayerList *self, gboolean is_full)
{
  const char *meaning = _ ("From input to output; dropout is the fraction of activations that is "
                           "switched off at random while training");
  g_autofree char *limit =
      g_strdup_printf (_ ("More than %d layers are not possible"), COTERIE_MAX_HIDDEN_LAYERS);
  g_autofree char *description = g_strdup_printf ("%s\n%s", meaning, limit);

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         is_full ? description : meaning);
  gtk_widget_set_tooltip_text (self->add_button, is_full ? limit : _ ("Add Layer"));
}

static void
update_buttons (CoterieLayerList *self)
{
  gboolean is_full = self->n_layers == COTERIE_MAX_HIDDEN_LAYERS;

  for (guint l = 0; l < self->n_layers; l++) {
    gtk_widget_set_sensitive (self->layers[l].up, l > 0);
    gtk_widget_set_sensitive (self->layers[l].down, l + 1 < self->n_layers);
    gtk_widget_set_sensitive (self->layers[l].remove, self->n_layers > 1);
  }
  gtk_widget_set_sensitive (self->add_button, !is_full);
  tell_limit (self, is_full);
}

static GtkWidget *
counterpart (CoterieLayerList *self, guint from, guint to, GtkWidget *widget)
{
  const Layer *old = &self->layers[from];
  const Layer *new = &self->layers[to];

  if (widget == old->up)
    return gtk_widget_get_sensitive (new->up) ? new->up : new->down;
  if (widget == old->down)
    return gtk_widget_get_sensitive (new->down) ? new->down : new->up;
  if (widget != NULL && gtk_widget_is_ancestor (widget, GTK_WIDGET (old->dropout)))
    return GTK_WIDGET (new->dropout);
  return GTK_WIDGET (new->width);
}

/* The focus goes with the layer. */
static void
move_layer (CoterieLayerList *self, guint l, int by)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  guint to = l + (guint) by;

  if (l >= self->n_layers || to >= self->n_layers) /* before the first is beyond the last, too */
    return;
  swap_numbers (self, l, to);
  gtk_widget_grab_focus (counterpart (self, l, to, focus));
  emit_changed (self);
}

static void
move_up (CoterieLayerList *self, GtkWidget *button)
{
  move_layer (self, find_layer (self, button), -1);
}

static void
move_down (CoterieLayerList *self, GtkWidget *button)
{
  move_layer (self, find_layer (self, button), 1);
}

static void
drop_last_row (CoterieLayerList *self)
{
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                GTK_WIDGET (self->layers[--self->n_layers].row));
}

static void
remove_layer (CoterieLayerList *self, GtkWidget *button)
{
  guint removed = find_layer (self, button);

  if (removed >= self->n_layers || self->n_layers == 1)
    return;
  self->setting = TRUE;
  for (guint l = removed; l + 1 < self->n_layers; l++)
    copy_numbers (self, l, l + 1);
  self->setting = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->layers[removed > 0 ? removed - 1 : 0].width));
  drop_last_row (self);
  update_buttons (self);
  emit_changed (self);
}

static gboolean
shortcut_moves (GtkWidget *row, GVariant *by, gpointer data)
{
  move_layer (data, find_layer (data, row), g_variant_get_int32 (by));
  return TRUE;
}

static void
add_shortcut (CoterieLayerList *self, GtkEventController *controller, const char *keys, int by)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys),
                                            gtk_callback_action_new (shortcut_moves, self, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (by));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

static void
name_widget (GtkWidget *widget, const char *name, const char *tooltip)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_tooltip_text (widget, tooltip);
}

static GtkSpinButton *
add_number (CoterieLayerList *self,
            Layer *layer,
            GtkSizeGroup *column,
            GtkAdjustment *adjustment,
            guint digits)
{
  GtkWidget *spin = gtk_spin_button_new (adjustment, 1.0, digits);

  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_spin_button_set_update_policy (GTK_SPIN_BUTTON (spin), GTK_UPDATE_IF_VALID);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 5);
  coterie_widget_ignore_wheel (spin);
  gtk_size_group_add_widget (column, spin);
  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (emit_changed), self);
  adw_action_row_add_suffix (layer->row, spin);
  return GTK_SPIN_BUTTON (spin);
}

static GtkWidget *
add_button (CoterieLayerList *self, GtkWidget *box, const char *icon, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
name_layer (const Layer *layer, guint number)
{
  g_autofree char *title = g_strdup_printf (_ ("Layer %u"), number);
  g_autofree char *width = g_strdup_printf (_ ("Neurons of Layer %u"), number);
  g_autofree char *dropout = g_strdup_printf (_ ("Dropout of Layer %u"), number);
  g_autofree char *up = g_strdup_printf (_ ("Move Layer %u Up"), number);
  g_autofree char *down = g_strdup_printf (_ ("Move Layer %u Down"), number);
  g_autofree char *remove = g_strdup_printf (_ ("Remove Layer %u"), number);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (layer->row), title);
  name_widget (GTK_WIDGET (layer->width), width, WIDTH_TOOLTIP);
  name_widget (GTK_WIDGET (layer->dropout), dropout, DROPOUT_TOOLTIP);
  name_widget (layer->up, up, _ ("Move Up (Alt+Up)"));
  name_widget (layer->down, down, _ ("Move Down (Alt+Down)"));
  name_widget (layer->remove, remove, _ ("Remove"));
}

static void
append_row (CoterieLayerList *self, guint width, double dropout)
{
  Layer *layer = &self->layers[self->n_layers++];
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, COLUMN_GAP_PX);

  layer->row = g_object_new (COTERIE_TYPE_VALUE_ROW, NULL);
  layer->width =
      add_number (self, layer, self->width_column,
                  gtk_adjustment_new (width, 1, COTERIE_MAX_HIDDEN_WIDTH, 16, 128, 0), 0);
  layer->dropout =
      add_number (self, layer, self->dropout_column,
                  gtk_adjustment_new (dropout, 0.0, MOST_DROPOUT, 0.05, 0.1, 0), DROPOUT_DIGITS);
  layer->up = add_button (self, buttons, "go-up-symbolic", G_CALLBACK (move_up));
  layer->down = add_button (self, buttons, "go-down-symbolic", G_CALLBACK (move_down));
  layer->remove = add_button (self, buttons, "user-trash-symbolic", G_CALLBACK (remove_layer));
  gtk_size_group_add_widget (self->button_column, buttons);
  adw_action_row_add_suffix (layer->row, buttons);
  name_layer (layer, self->n_layers);

  add_shortcut (self, shortcuts, "<Alt>Up", -1);
  add_shortcut (self, shortcuts, "<Alt>Down", 1);
  gtk_event_controller_set_propagation_phase (shortcuts, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (layer->row), shortcuts);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (layer->row));
}

/* Like the last one, which is where networks become narrower. */
static void
add_layer (CoterieLayerList *self)
{
  guint width = NEW_WIDTH;
  double dropout = NEW_DROPOUT;

  if (self->n_layers > 0) {
    width = (guint) gtk_spin_button_get_value_as_int (self->layers[self->n_layers - 1].width);
    dropout = gtk_spin_button_get_value (self->layers[self->n_layers - 1].dropout);
  }
  append_row (self, width, dropout);
  gtk_widget_grab_focus (GTK_WIDGET (self->layers[self->n_layers - 1].width));
  update_buttons (self);
  emit_changed (self);
}

static void
add_heading (
    GtkWidget *box, GtkSizeGroup *column, const char *text, const char *range, const char *tooltip)
{
  g_autofree char *markup =
      g_markup_printf_escaped ("%s <span weight=\"normal\">%s</span>", text, range);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_widget_set_tooltip_text (label, tooltip);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_size_group_add_widget (column, label);
  gtk_box_append (GTK_BOX (box), label);
}

static void
add_headings (CoterieLayerList *self)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, COLUMN_GAP_PX);
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0); /* above the buttons */

  gtk_widget_add_css_class (box, "layer-headings");
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  add_heading (box, self->width_column, _ ("Neurons"), "1–65536", WIDTH_TOOLTIP);
  add_heading (box, self->dropout_column, _ ("Dropout"), "0–0.95", DROPOUT_TOOLTIP);
  gtk_size_group_add_widget (self->button_column, space);
  gtk_box_append (GTK_BOX (box), space);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_can_focus (row, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static gboolean
is_in_a_layer (CoterieLayerList *self, GtkWidget *widget)
{
  for (guint l = 0; widget != NULL && l < self->n_layers; l++)
    if (gtk_widget_is_ancestor (widget, GTK_WIDGET (self->layers[l].row)))
      return TRUE;
  return FALSE;
}

/* A list is passed over on the way forward if its first row, here that of the headings, cannot be
 * focused. */
static gboolean
coterie_layer_list_focus (GtkWidget *widget, GtkDirectionType direction)
{
  CoterieLayerList *self = COTERIE_LAYER_LIST (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  gboolean forward = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_DOWN;

  if (GTK_WIDGET_CLASS (coterie_layer_list_parent_class)->focus (widget, direction))
    return TRUE;
  if (!forward || root == NULL || is_in_a_layer (self, gtk_root_get_focus (root)))
    return FALSE;
  return gtk_widget_child_focus (GTK_WIDGET (self->layers[0].row), direction);
}

static void
coterie_layer_list_finalize (GObject *object)
{
  CoterieLayerList *self = COTERIE_LAYER_LIST (object);

  g_object_unref (self->width_column);
  g_object_unref (self->dropout_column);
  g_object_unref (self->button_column);
  G_OBJECT_CLASS (coterie_layer_list_parent_class)->finalize (object);
}

static void
coterie_layer_list_class_init (CoterieLayerListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = coterie_layer_list_finalize;
  GTK_WIDGET_CLASS (klass)->focus = coterie_layer_list_focus;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
coterie_layer_list_init (CoterieLayerList *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  adw_preferences_group_set_title (group, _ ("Hidden Layers"));
  self->add_button = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_add_css_class (self->add_button, "flat");
  gtk_widget_set_valign (self->add_button, GTK_ALIGN_CENTER);
  name_widget (self->add_button, _ ("Add Layer"), _ ("Add Layer"));
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (add_layer), self);
  adw_preferences_group_set_header_suffix (group, self->add_button);

  self->width_column = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->dropout_column = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->button_column = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  add_headings (self);
}

/**
 * coterie_layer_list_set_layers:
 * @self: the list
 * @settings: whose hidden layers and dropout to show
 *
 * Replaces all layers; "changed" is not emitted.
 */
void
coterie_layer_list_set_layers (CoterieLayerList *self, const CoterieTrainingSettings *settings)
{
  self->setting = TRUE;
  while (self->n_layers > settings->n_hidden)
    drop_last_row (self);
  for (guint l = 0; l < settings->n_hidden; l++) {
    if (l == self->n_layers)
      append_row (self, settings->hidden[l], settings->dropout[l]);
    gtk_spin_button_set_value (self->layers[l].width, settings->hidden[l]);
    gtk_spin_button_set_value (self->layers[l].dropout, settings->dropout[l]);
  }
  self->setting = FALSE;
  update_buttons (self);
}

/**
 * coterie_layer_list_get_layers:
 * @self: the list
 * @settings: gets the hidden layers and their dropout
 *
 * Tells what the user wants.
 */
void
coterie_layer_list_get_layers (CoterieLayerList *self, CoterieTrainingSettings *settings)
{
  settings->n_hidden = self->n_layers;
  for (guint l = 0; l < self->n_layers; l++) {
    settings->hidden[l] = (guint) gtk_spin_button_get_value_as_int (self->layers[l].width);
    settings->dropout[l] = coterie_get_shown_value (self->layers[l].dropout);
  }
}
