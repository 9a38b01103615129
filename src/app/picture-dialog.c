/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks what a picture of the graph shall be: its format, its size on the screen or on paper, and what it
 * shows; and says what that comes to before it is saved. Emits "save" when the user is done. What was
 * chosen is kept for the next time. */

#include "app/picture-dialog.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/picture-settings.h"
#include "app/shown-value.h"
#include "app/widget-tree.h"

struct _CoteriePictureDialog {
  AdwWindow parent_instance;

  GSettings *settings;

  GtkWidget *header_bar;
  GtkWidget *save_button;
  AdwComboRow *format_row;
  AdwComboRow *size_row;
  GtkWidget *width_row;
  GtkSpinButton *width;
  AdwComboRow *proportions_row;
  GtkWidget *height_row;
  GtkSpinButton *height;
  AdwComboRow *unit_row;
  GtkWidget *dpi_row;
  GtkSpinButton *dpi;
  AdwComboRow *background_row;
  AdwComboRow *seen_row;
  GtkSwitch *legend_switch;
  GtkWidget *labels_row;
  GtkSwitch *labels_switch;
  GtkLabel *outcome_label;

  CoteriePictureChoice choice;
  double window_width_px;
  double window_height_px;
  gboolean filling; /* the values come from the choice, not from the user */
};

enum { SIGNAL_SAVE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CoteriePictureDialog, coterie_picture_dialog, ADW_TYPE_WINDOW)

/* --- the rows: the window, the columns, an own width --- */

static guint
count_columns (void)
{
  guint n_columns;

  coterie_column_list (&n_columns);
  return n_columns;
}

static guint
get_size_place (const CoteriePictureChoice *choice)
{
  switch (choice->room) {
  case COTERIE_PICTURE_ROOM_COLUMN:
    return 1 + choice->column;
  case COTERIE_PICTURE_ROOM_OWN:
    return 1 + count_columns ();
  case COTERIE_PICTURE_ROOM_WINDOW:
  default:
    return 0;
  }
}

static void
set_size_place (CoteriePictureChoice *choice, guint place)
{
  if (place == 0) {
    choice->room = COTERIE_PICTURE_ROOM_WINDOW;
  } else if (place > count_columns ()) {
    choice->room = COTERIE_PICTURE_ROOM_OWN;
  } else {
    choice->room = COTERIE_PICTURE_ROOM_COLUMN;
    choice->column = place - 1;
  }
}

static void
list_sizes (CoteriePictureDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n_columns;
  const CoterieColumn *columns = coterie_column_list (&n_columns);

  gtk_string_list_append (names, _ ("As in the Window"));
  for (guint i = 0; i < n_columns; i++)
    gtk_string_list_append (names, _ (columns[i].title));
  gtk_string_list_append (names, _ ("Own Width"));
  adw_combo_row_set_model (self->size_row, G_LIST_MODEL (names));
}

/* --- from the choice to the rows and back --- */

static void
set_length (GtkSpinButton *button, CoteriePictureUnit unit, double value)
{
  static const struct {
    guint n_digits;
    double step;
  } forms[COTERIE_N_PICTURE_UNITS] = {
      [COTERIE_PICTURE_UNIT_MM] = {1, 1.0},
      [COTERIE_PICTURE_UNIT_INCH] = {2, 0.1},
      [COTERIE_PICTURE_UNIT_PX] = {0, 10.0},
  };

  gtk_spin_button_set_digits (button, forms[unit].n_digits);
  gtk_spin_button_set_increments (button, forms[unit].step, 10.0 * forms[unit].step);
  gtk_spin_button_set_value (button, value);
}

static void
fill (CoteriePictureDialog *self)
{
  const CoteriePictureChoice *choice = &self->choice;

  self->filling = TRUE;
  adw_combo_row_set_selected (self->format_row, choice->format);
  adw_combo_row_set_selected (self->size_row, get_size_place (choice));
  set_length (self->width, choice->unit, choice->width);
  adw_combo_row_set_selected (self->proportions_row, choice->own_height ? 1 : 0);
  set_length (self->height, choice->unit, choice->height);
  adw_combo_row_set_selected (self->unit_row, choice->unit);
  gtk_spin_button_set_value (self->dpi, choice->dpi);
  adw_combo_row_set_selected (self->background_row, choice->background);
  adw_combo_row_set_selected (self->seen_row, choice->whole_graph ? 1 : 0);
  gtk_switch_set_active (self->legend_switch, choice->legend);
  gtk_switch_set_active (self->labels_switch, choice->labels);
  self->filling = FALSE;
}

static void
read_rows (CoteriePictureDialog *self)
{
  CoteriePictureChoice *choice = &self->choice;

  choice->format = (CoteriePictureFormat) adw_combo_row_get_selected (self->format_row);
  set_size_place (choice, adw_combo_row_get_selected (self->size_row));
  choice->width = coterie_get_shown_value (self->width);
  choice->own_height = adw_combo_row_get_selected (self->proportions_row) == 1;
  choice->height = coterie_get_shown_value (self->height);
  choice->unit = (CoteriePictureUnit) adw_combo_row_get_selected (self->unit_row);
  choice->dpi = coterie_get_shown_value (self->dpi);
  choice->background = (CoteriePictureBackground) adw_combo_row_get_selected (self->background_row);
  choice->whole_graph = adw_combo_row_get_selected (self->seen_row) == 1;
  choice->legend = gtk_switch_get_active (self->legend_switch);
  choice->labels = gtk_switch_get_active (self->labels_switch);
}

/* Rows that have no influence are not shown. */
static void
show_dependent (CoteriePictureDialog *self)
{
  const CoteriePictureChoice *choice = &self->choice;
  gboolean own_width = choice->room == COTERIE_PICTURE_ROOM_OWN;
  gboolean has_width = choice->room != COTERIE_PICTURE_ROOM_WINDOW;
  gboolean own_height = has_width && choice->own_height;

  gtk_widget_set_visible (self->width_row, own_width);
  gtk_widget_set_visible (GTK_WIDGET (self->proportions_row), has_width);
  gtk_widget_set_visible (self->height_row, own_height);
  gtk_widget_set_visible (GTK_WIDGET (self->unit_row), own_width || own_height);
  gtk_widget_set_visible (self->dpi_row, coterie_picture_choice_needs_dpi (choice));
}

static void
show_outcome (CoteriePictureDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *outcome = NULL;
  CoteriePictureSize size;
  gboolean possible = coterie_picture_choice_get_size (&self->choice, self->window_width_px,
                                                       self->window_height_px, &size, &error);

  if (possible)
    outcome = coterie_picture_size_describe (
        &size, coterie_picture_format_is_vector (self->choice.format));
  else
    /* Translators: %s says how large a side would be, and how large it may be */
    outcome = g_strdup_printf (_ ("There can be no such picture: %s."), error->message);
  gtk_label_set_label (self->outcome_label, outcome);
  if (possible)
    gtk_widget_remove_css_class (GTK_WIDGET (self->outcome_label), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->outcome_label), "error");
  gtk_widget_set_sensitive (self->save_button, possible);
}

static void
show_choice (CoteriePictureDialog *self)
{
  show_dependent (self);
  show_outcome (self);
}

/* --- what the user changes --- */

static void
changed_cb (CoteriePictureDialog *self)
{
  if (self->filling)
    return;
  read_rows (self);
  show_choice (self);
}

/* The lengths stay; their numbers do not. */
static void
unit_changed_cb (CoteriePictureDialog *self)
{
  CoteriePictureChoice *choice = &self->choice;
  CoteriePictureUnit old = choice->unit;
  double dpi =
      coterie_picture_format_is_vector (choice->format) ? COTERIE_POINTS_PER_INCH : choice->dpi;

  if (self->filling)
    return;
  read_rows (self);
  choice->width = coterie_picture_unit_convert (choice->width, old, choice->unit, dpi);
  choice->height = coterie_picture_unit_convert (choice->height, old, choice->unit, dpi);
  fill (self);
  show_choice (self);
}

static void
save_cb (CoteriePictureDialog *self)
{
  coterie_picture_settings_save (self->settings, &self->choice);
  g_signal_emit (self, signals[SIGNAL_SAVE], 0);
}

static void
coterie_picture_dialog_dispose (GObject *object)
{
  g_clear_object (&COTERIE_PICTURE_DIALOG (object)->settings);
  G_OBJECT_CLASS (coterie_picture_dialog_parent_class)->dispose (object);
}

static void
bind_rows (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CoteriePictureDialog, format_row);
  gtk_widget_class_bind_template_child (widget_class, CoteriePictureDialog, size_row);
  gtk_widget_class_bind_template_child (widget_class, CoteriePictureDialog, width_row);
  gtk_widget_class_bind_template_child (widget_class, CoteriePictureDialog, width);
  gtk_widget_class_bind_template_child (widget_class, CoteriePictureDialog, proportions_row);
  gtk_widget_class_bind_template_child (widget_class, CoteriePictureDialog, height_row);
  gtk_widget_class_bind_template_child (widget_class, CoteriePictureDialog, height);
  gtk_widget_class_bind_template_child (widget_class, CoteriePictureDialog, unit_row);
  gtk_widget_class_bind_template_child (widget_class, CoteriePictureDialog, dpi_row);
  gtk_widget_class_bind_template_child (widget_class, CoteriePictureDialog, dpi);
  gtk_widget_class_bind_template_child (widget_class, CoteriePictureDialog, background_row);
  gtk_widget_class_bind_template_child (widget_class, CoteriePictureDialog, seen_row);
  gtk_widget_class_bind_template_child (widget_class, CoteriePictureDialog, legend_switch);
  gtk_widget_class_bind_template_child (widget_class, CoteriePictureDialog, labels_row);
  gtk_widget_class_bind_template_child (widget_class, CoteriePictureDialog, labels_switch);
}

static void
coterie_picture_dialog_class_init (CoteriePictureDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_picture_dialog_dispose;

  /**
   * CoteriePictureDialog::save:
   * @self: the dialog
   *
   * The user is done, and wants to say where to save.
   */
  signals[SIGNAL_SAVE] = g_signal_new ("save", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "/ui/picture-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CoteriePictureDialog, header_bar);
  gtk_widget_class_bind_template_child (widget_class, CoteriePictureDialog, save_button);
  bind_rows (widget_class);
  gtk_widget_class_bind_template_child (widget_class, CoteriePictureDialog, outcome_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, unit_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
coterie_picture_dialog_init (CoteriePictureDialog *self)
{
  self->settings = g_settings_new (APPLICATION_ID);
  self->choice = coterie_picture_settings_load (self->settings);

  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  coterie_widget_name_buttons_once (self->header_bar);
  coterie_widget_open_lists_at_choice (GTK_WIDGET (self));
  list_sizes (self);
  fill (self);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->save_button);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->format_row));
}

/**
 * coterie_picture_dialog_new:
 * @parent: the window that asks
 * @width_px: how wide it shows the graph, pixels
 * @height_px: how high, pixels
 * @labelled: whether it shows texts in the graph
 *
 * Returns: (transfer none): the dialog, with what was chosen the last time
 */
CoteriePictureDialog *
coterie_picture_dialog_new (GtkWindow *parent, double width_px, double height_px, gboolean labelled)
{
  CoteriePictureDialog *self =
      g_object_new (COTERIE_TYPE_PICTURE_DIALOG, "transient-for", parent, NULL);

  self->window_width_px = MAX (width_px, 1.0);
  self->window_height_px = MAX (height_px, 1.0);
  gtk_widget_set_visible (self->labels_row, labelled);
  show_choice (self);
  return self;
}

/**
 * coterie_picture_dialog_get_choice:
 * @self: the dialog
 *
 * Returns: what was chosen
 */
CoteriePictureChoice
coterie_picture_dialog_get_choice (CoteriePictureDialog *self)
{
  return self->choice;
}
