/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a data set is read, as a row that opens: those of the options that have a say in it. Emits
 * "changed" when the user changes one. */

#include "app/dataset-options-row.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/shown-value.h"
#include "app/widget-tree.h"

#define MOST_SPLIT_SEED 999999999
#define LEAST_TEST_PERCENT 0.1

struct _CoterieDatasetOptionsRow {
  AdwExpanderRow parent_instance;

  CoterieDatasetOptions options;

  GtkWidget *size_row;
  GtkSpinButton *width;
  GtkSpinButton *height;
  GtkWidget *color_row;
  GtkSwitch *color;
  GtkWidget *test_row;
  GtkSpinButton *test_percent;
  GtkWidget *seed_row;
  GtkSpinButton *split_seed;
  GtkWidget *label_row;

  gboolean setting; /* options are not the user's */
};

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CoterieDatasetOptionsRow, coterie_dataset_options_row, ADW_TYPE_EXPANDER_ROW)

static void
options_changed (CoterieDatasetOptionsRow *self)
{
  CoterieDatasetOptions *options = &self->options;
  const char *column;

  if (self->setting)
    return;
  options->width_px = (guint) gtk_spin_button_get_value_as_int (self->width);
  options->height_px = (guint) gtk_spin_button_get_value_as_int (self->height);
  options->color = gtk_switch_get_active (self->color);
  options->test_frac = coterie_get_shown_value (self->test_percent) / 100.0;
  options->split_seed = (guint64) gtk_spin_button_get_value_as_int (self->split_seed);
  column = gtk_editable_get_text (GTK_EDITABLE (self->label_row));
  if (coterie_dataset_options_set_label_column (options, column, NULL))
    gtk_widget_remove_css_class (self->label_row, "error");
  else
    gtk_widget_add_css_class (self->label_row, "error");
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static AdwActionRow *
add_row (CoterieDatasetOptionsRow *self, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  return ADW_ACTION_ROW (row);
}

static GtkSpinButton *
add_spin (
    CoterieDatasetOptionsRow *self, AdwActionRow *row, const char *name, double least, double most)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (least, most, 1.0);

  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  coterie_widget_ignore_wheel (spin);
  adw_action_row_add_suffix (row, spin);
  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (options_changed), self);
  return GTK_SPIN_BUTTON (spin);
}

static void
add_image_options (CoterieDatasetOptionsRow *self)
{
  AdwActionRow *row = add_row (self, _ ("Image Size"),
                               _ ("Width and height that images are scaled to, 1–4096 pixels"));

  self->size_row = GTK_WIDGET (row);
  self->width = add_spin (self, row, _ ("Image Width"), 1, COTERIE_DATASET_MAX_SIDE_PX);
  self->height = add_spin (self, row, _ ("Image Height"), 1, COTERIE_DATASET_MAX_SIDE_PX);

  row = add_row (self, _ ("Colour"), _ ("Keep red, green and blue; else images become grey"));
  self->color_row = GTK_WIDGET (row);
  self->color = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->color), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (row, GTK_WIDGET (self->color));
  adw_action_row_set_activatable_widget (row, GTK_WIDGET (self->color));
  g_signal_connect_swapped (self->color, "notify::active", G_CALLBACK (options_changed), self);
}

static void
add_split_options (CoterieDatasetOptionsRow *self)
{
  AdwActionRow *row =
      add_row (self, _ ("Test Samples"),
               _ ("Per cent of each class, 0.1–90, unless the data has a test set"));

  self->test_row = GTK_WIDGET (row);
  self->test_percent = add_spin (self, row, _ ("Test Samples"), LEAST_TEST_PERCENT,
                                 100.0 * COTERIE_DATASET_MAX_TEST_FRAC);
  gtk_spin_button_set_digits (self->test_percent, 1);

  row = add_row (self, _ ("Seed of the Choice"),
                 _ ("Keeps the same samples for testing; 0–999999999"));
  self->seed_row = GTK_WIDGET (row);
  self->split_seed = add_spin (self, row, _ ("Seed of the Choice"), 0, MOST_SPLIT_SEED);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->test_percent), 9);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->split_seed), 9);
}

static void
add_label_option (CoterieDatasetOptionsRow *self)
{
  self->label_row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->label_row),
                                 _ ("Column of the Class: Name or Number; Empty Finds It"));
  g_signal_connect_swapped (self->label_row, "changed", G_CALLBACK (options_changed), self);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->label_row);
}

/* What has just been opened may lie below the edge of the page. */
static void
revealed (CoterieDatasetOptionsRow *self, GParamSpec *spec, GtkRevealer *revealer)
{
  if (gtk_revealer_get_child_revealed (revealer))
    coterie_widget_scroll_into_view (GTK_WIDGET (self));
}

static GtkWidget *
find_revealer (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_REVEALER (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_revealer (child);
  return found;
}

static void
coterie_dataset_options_row_class_init (CoterieDatasetOptionsRowClass *klass)
{
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
coterie_dataset_options_row_init (CoterieDatasetOptionsRow *self)
{
  CoterieDatasetOptions defaults;
  GtkWidget *revealer = find_revealer (GTK_WIDGET (self));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("How It Is Read"));
  if (revealer != NULL)
    g_signal_connect_object (revealer, "notify::child-revealed", G_CALLBACK (revealed), self,
                             G_CONNECT_SWAPPED);
  self->setting = TRUE;
  add_image_options (self);
  add_split_options (self);
  add_label_option (self);
  coterie_dataset_options_init (&defaults);
  coterie_dataset_options_row_set_options (self, &defaults);
}

/**
 * coterie_dataset_options_row_new:
 *
 * Returns: (transfer floating): a row with the defaults
 */
CoterieDatasetOptionsRow *
coterie_dataset_options_row_new (void)
{
  return g_object_new (COTERIE_TYPE_DATASET_OPTIONS_ROW, NULL);
}

/**
 * coterie_dataset_options_row_set_options:
 * @self: the row
 * @options: how to read
 *
 * Shows @options; "changed" is not emitted.
 */
void
coterie_dataset_options_row_set_options (CoterieDatasetOptionsRow *self,
                                         const CoterieDatasetOptions *options)
{
  self->options = *options;
  self->setting = TRUE;
  gtk_spin_button_set_value (self->width, options->width_px);
  gtk_spin_button_set_value (self->height, options->height_px);
  gtk_switch_set_active (self->color, options->color);
  gtk_spin_button_set_value (self->test_percent, 100.0 * options->test_frac);
  gtk_spin_button_set_value (self->split_seed, (double) options->split_seed);
  gtk_editable_set_text (GTK_EDITABLE (self->label_row), options->label_column);
  self->setting = FALSE;
}

/**
 * coterie_dataset_options_row_get_options:
 * @self: the row
 *
 * Returns: (transfer none): how to read
 */
const CoterieDatasetOptions *
coterie_dataset_options_row_get_options (CoterieDatasetOptionsRow *self)
{
  return &self->options;
}

/**
 * coterie_dataset_options_row_offer:
 * @self: the row
 * @which: the options that may have a say; 0 hides the row
 *
 * Shows those, and hides the others.
 */
void
coterie_dataset_options_row_offer (CoterieDatasetOptionsRow *self, CoterieDatasetOptionFlags which)
{
  gtk_widget_set_visible (self->size_row, which & COTERIE_DATASET_OPTION_IMAGE_SIZE);
  gtk_widget_set_visible (self->color_row, which & COTERIE_DATASET_OPTION_COLOR);
  gtk_widget_set_visible (self->test_row, which & COTERIE_DATASET_OPTION_TEST_FRAC);
  gtk_widget_set_visible (self->seed_row, which & COTERIE_DATASET_OPTION_SPLIT_SEED);
  gtk_widget_set_visible (self->label_row, which & COTERIE_DATASET_OPTION_LABEL_COLUMN);
  gtk_widget_set_visible (GTK_WIDGET (self), which != 0);
}
