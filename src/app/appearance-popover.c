/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the graph looks: what colours and sizes mean, which edges are shown and how strongly, what lies
 * behind and above the nodes. Everything applies at once and is kept for the next time, but for the
 * class whose activation is shown: that belongs to a data set.
 *
 * Among all layers colours mean something else, which is kept apart: communities of different layers
 * have nothing to do with each other, also where they have the same number and colour. And they can mean
 * layers there, while one layer alone would have one colour. */

#include "app/appearance-popover.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _CoterieAppearancePopover {
  GtkPopover parent_instance;

  AdwComboRow *color_row;
  AdwComboRow *class_row;
  AdwComboRow *size_row;
  AdwComboRow *labels_row;
  GtkScale *within_scale;
  GtkScale *across_scale;
  GtkScale *threshold_scale;
  GtkSwitch *curved_switch;
  GtkSwitch *hulls_switch;
  GtkSwitch *shapes_switch;
  GtkWidget *reset_button;

  /* owned */
  GSettings *settings;
  char **class_names;
  char *layer_name; /* of the choice that only all layers have */

  CoterieSceneStyle style;
  gboolean all_layers;
  gboolean filling; /* the values come from the style, not from the user */
};

G_DEFINE_FINAL_TYPE (CoterieAppearancePopover, coterie_appearance_popover, GTK_TYPE_POPOVER)

typedef enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
} CoterieAppearancePopoverSignal;

static guint signals[N_SIGNALS];

static gboolean
is_dark (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

/* What a graph looks like unless somebody wants another style. */
static CoterieSceneStyle
get_usual_style (gboolean dark, gboolean all_layers)
{
  CoterieSceneStyle style = coterie_scene_style_get_default (dark);

  style.color_by = coterie_scene_color_by_get_default (all_layers);
  return style;
}

/* The settings that outlive the program. */

static const char *
get_color_key (gboolean all_layers)
{
  return all_layers ? "color-layers-by" : "color-by";
}

static void
load_color_by (GSettings *settings, gboolean all_layers, CoterieSceneColorBy *color_by)
{
  g_autofree char *text = g_settings_get_string (settings, get_color_key (all_layers));

  coterie_scene_color_by_from_string (text, color_by);
  if (!all_layers && *color_by == COTERIE_SCENE_COLOR_LAYER)
    *color_by = coterie_scene_color_by_get_default (FALSE);
}

static CoterieSceneStyle
load_style (GSettings *settings, gboolean all_layers)
{
  CoterieSceneStyle style = get_usual_style (is_dark (), all_layers);
  g_autofree char *size_by = g_settings_get_string (settings, "size-by");
  g_autofree char *labels = g_settings_get_string (settings, "labels");

  load_color_by (settings, all_layers, &style.color_by);
  coterie_scene_size_by_from_string (size_by, &style.size_by);
  coterie_scene_labels_from_string (labels, &style.labels);
  style.within_edges_frac = g_settings_get_double (settings, "within-edges");
  style.across_edges_frac = g_settings_get_double (settings, "across-edges");
  style.edge_threshold_frac = g_settings_get_double (settings, "edge-threshold");
  style.curved = g_settings_get_boolean (settings, "curved-edges");
  style.hulls = g_settings_get_boolean (settings, "areas");
  style.shapes = g_settings_get_boolean (settings, "shapes");
  return style;
}

static void
save_style (GSettings *settings, gboolean all_layers, const CoterieSceneStyle *style)
{
  g_settings_set_string (settings, get_color_key (all_layers),
                         coterie_scene_color_by_to_string (style->color_by));
  g_settings_set_string (settings, "size-by", coterie_scene_size_by_to_string (style->size_by));
  g_settings_set_string (settings, "labels", coterie_scene_labels_to_string (style->labels));
  g_settings_set_double (settings, "within-edges", style->within_edges_frac);
  g_settings_set_double (settings, "across-edges", style->across_edges_frac);
  g_settings_set_double (settings, "edge-threshold", style->edge_threshold_frac);
  g_settings_set_boolean (settings, "curved-edges", style->curved);
  g_settings_set_boolean (settings, "areas", style->hulls);
  g_settings_set_boolean (settings, "shapes", style->shapes);
}

/* From the style to the rows and back. */

/* Where a meaning of colours stands in the list. */
static guint
find_color_item (CoterieAppearancePopover *self, CoterieSceneColorBy color_by)
{
  return color_by - (!self->all_layers && color_by > COTERIE_SCENE_COLOR_LAYER);
}

static CoterieSceneColorBy
read_color_item (CoterieAppearancePopover *self)
{
  guint item = adw_combo_row_get_selected (self->color_row);

  return (CoterieSceneColorBy) (item + (!self->all_layers && item >= COTERIE_SCENE_COLOR_LAYER));
}

/* The template has all of them. */
static void
list_color_items (CoterieAppearancePopover *self)
{
  GtkStringList *names = GTK_STRING_LIST (adw_combo_row_get_model (self->color_row));
  const char *const added[] = {self->layer_name, NULL};
  gboolean listed = g_list_model_get_n_items (G_LIST_MODEL (names)) == COTERIE_N_SCENE_COLORS;

  if (!self->all_layers == !listed)
    return;
  self->filling = TRUE;
  gtk_string_list_splice (names, COTERIE_SCENE_COLOR_LAYER, listed, listed ? NULL : added);
  self->filling = FALSE;
}

static void
show_dependent (CoterieAppearancePopover *self)
{
  CoterieSceneStyle usual = get_usual_style (self->style.dark, self->all_layers);

  usual.activation_class = self->style.activation_class;
  gtk_widget_set_visible (GTK_WIDGET (self->class_row),
                          self->style.color_by == COTERIE_SCENE_COLOR_ACTIVATION);
  gtk_widget_set_sensitive (self->reset_button, !coterie_scene_style_equal (&self->style, &usual));
}

static void
fill (CoterieAppearancePopover *self)
{
  const CoterieSceneStyle *style = &self->style;

  self->filling = TRUE;
  adw_combo_row_set_selected (self->color_row, find_color_item (self, style->color_by));
  adw_combo_row_set_selected (self->class_row, style->activation_class);
  adw_combo_row_set_selected (self->size_row, style->size_by);
  adw_combo_row_set_selected (self->labels_row, style->labels);
  gtk_range_set_value (GTK_RANGE (self->within_scale), 100.0 * style->within_edges_frac);
  gtk_range_set_value (GTK_RANGE (self->across_scale), 100.0 * style->across_edges_frac);
  gtk_range_set_value (GTK_RANGE (self->threshold_scale), 100.0 * style->edge_threshold_frac);
  gtk_switch_set_active (self->curved_switch, style->curved);
  gtk_switch_set_active (self->hulls_switch, style->hulls);
  gtk_switch_set_active (self->shapes_switch, style->shapes);
  self->filling = FALSE;
  show_dependent (self);
}

static double
get_frac (GtkScale *scale)
{
  return gtk_range_get_value (GTK_RANGE (scale)) / 100.0;
}

static CoterieSceneStyle
read_rows (CoterieAppearancePopover *self)
{
  guint class_index = adw_combo_row_get_selected (self->class_row);

  return (CoterieSceneStyle){
      .dark = self->style.dark,
      .color_by = read_color_item (self),
      .size_by = (CoterieSceneSizeBy) adw_combo_row_get_selected (self->size_row),
      .activation_class = class_index == GTK_INVALID_LIST_POSITION ? 0 : class_index,
      .shapes = gtk_switch_get_active (self->shapes_switch),
      .within_edges_frac = get_frac (self->within_scale),
      .across_edges_frac = get_frac (self->across_scale),
      .edge_threshold_frac = get_frac (self->threshold_scale),
      .curved = gtk_switch_get_active (self->curved_switch),
      .hulls = gtk_switch_get_active (self->hulls_switch),
      .labels = (CoterieSceneLabels) adw_combo_row_get_selected (self->labels_row),
  };
}

static void
changed_cb (CoterieAppearancePopover *self)
{
  CoterieSceneStyle style;

  if (self->filling)
    return;
  style = read_rows (self);
  if (coterie_scene_style_equal (&style, &self->style))
    return;

  self->style = style;
  save_style (self->settings, self->all_layers, &style);
  show_dependent (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
reset_cb (CoterieAppearancePopover *self)
{
  guint class_index = self->style.activation_class;

  self->style = get_usual_style (is_dark (), self->all_layers);
  self->style.activation_class = class_index;
  save_style (self->settings, self->all_layers, &self->style);
  fill (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
dark_changed_cb (CoterieAppearancePopover *self)
{
  self->style.dark = is_dark ();
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* A scale's value is a percentage. */
static char *
format_percent_cb (GtkScale *scale, double value, gpointer data)
{
  /* Translators: a percentage */
  return g_strdup_printf (_ ("%.0f %%"), value);
}

static void
coterie_appearance_popover_dispose (GObject *object)
{
  g_signal_handlers_disconnect_by_data (adw_style_manager_get_default (), object);
  G_OBJECT_CLASS (coterie_appearance_popover_parent_class)->dispose (object);
}

static void
coterie_appearance_popover_finalize (GObject *object)
{
  CoterieAppearancePopover *self = COTERIE_APPEARANCE_POPOVER (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->class_names, g_strfreev);
  g_clear_pointer (&self->layer_name, g_free);
  G_OBJECT_CLASS (coterie_appearance_popover_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CoterieAppearancePopover, color_row);
  gtk_widget_class_bind_template_child (widget_class, CoterieAppearancePopover, class_row);
  gtk_widget_class_bind_template_child (widget_class, CoterieAppearancePopover, size_row);
  gtk_widget_class_bind_template_child (widget_class, CoterieAppearancePopover, labels_row);
  gtk_widget_class_bind_template_child (widget_class, CoterieAppearancePopover, within_scale);
  gtk_widget_class_bind_template_child (widget_class, CoterieAppearancePopover, across_scale);
  gtk_widget_class_bind_template_child (widget_class, CoterieAppearancePopover, threshold_scale);
  gtk_widget_class_bind_template_child (widget_class, CoterieAppearancePopover, curved_switch);
  gtk_widget_class_bind_template_child (widget_class, CoterieAppearancePopover, hulls_switch);
  gtk_widget_class_bind_template_child (widget_class, CoterieAppearancePopover, shapes_switch);
  gtk_widget_class_bind_template_child (widget_class, CoterieAppearancePopover, reset_button);
}

static void
coterie_appearance_popover_class_init (CoterieAppearancePopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = coterie_appearance_popover_dispose;
  object_class->finalize = coterie_appearance_popover_finalize;

  /**
   * CoterieAppearancePopover::changed:
   * @self: the popover
   *
   * The graph is to look otherwise.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", COTERIE_TYPE_APPEARANCE_POPOVER,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "/ui/appearance-popover.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
}

static void
coterie_appearance_popover_init (CoterieAppearancePopover *self)
{
  GtkScale **scales[] = {&self->within_scale, &self->across_scale, &self->threshold_scale};
  GtkStringList *names;

  self->settings = g_settings_new (APPLICATION_ID);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    gtk_scale_set_format_value_func (*scales[i], format_percent_cb, NULL, NULL);
  self->style = load_style (self->settings, FALSE);
  names = GTK_STRING_LIST (adw_combo_row_get_model (self->color_row));
  self->layer_name = g_strdup (gtk_string_list_get_string (names, COTERIE_SCENE_COLOR_LAYER));
  list_color_items (self);
  fill (self);
  g_signal_connect_swapped (adw_style_manager_get_default (), "notify::dark",
                            G_CALLBACK (dark_changed_cb), self);
}

/**
 * coterie_appearance_popover_set_class_names:
 * @self: the popover
 * @class_names: (nullable): names of the classes whose activation can be shown; copied
 *
 * Says what the classes of the data set are called. The class that is shown becomes the first if the
 * names are others than before.
 */
void
coterie_appearance_popover_set_class_names (CoterieAppearancePopover *self,
                                            const char *const *class_names)
{
  g_autoptr (GtkStringList) names = NULL;

  if (class_names == NULL ? self->class_names == NULL
                          : self->class_names != NULL &&
                                g_strv_equal ((const char *const *) self->class_names, class_names))
    return;

  g_strfreev (self->class_names);
  self->class_names = g_strdupv ((char **) class_names);
  names = gtk_string_list_new (class_names);
  self->filling = TRUE;
  adw_combo_row_set_model (self->class_row, G_LIST_MODEL (names));
  self->style.activation_class = 0;
  self->filling = FALSE;
  fill (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * coterie_appearance_popover_set_all_layers:
 * @self: the popover
 * @all_layers: whether the graph is that of all layers
 *
 * Goes over to what colours mean among all layers, or in one. Does not emit
 * #CoterieAppearancePopover::changed, because another graph is about to be shown.
 */
void
coterie_appearance_popover_set_all_layers (CoterieAppearancePopover *self, gboolean all_layers)
{
  if (!all_layers == !self->all_layers)
    return;
  self->all_layers = all_layers;
  list_color_items (self);
  load_color_by (self->settings, all_layers, &self->style.color_by);
  fill (self);
}

/**
 * coterie_appearance_popover_get_style:
 * @self: the popover
 *
 * Returns: how the graph is to look
 */
CoterieSceneStyle
coterie_appearance_popover_get_style (CoterieAppearancePopover *self)
{
  return self->style;
}

/**
 * coterie_appearance_popover_describe:
 * @self: the popover
 *
 * Returns: (transfer full): what the colours mean, in a few words, for the button that opens it
 */
char *
coterie_appearance_popover_describe (CoterieAppearancePopover *self)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (self->color_row);
  guint class_index = self->style.activation_class;

  if (self->style.color_by == COTERIE_SCENE_COLOR_ACTIVATION && self->class_names != NULL &&
      class_index < g_strv_length (self->class_names))
    /* Translators: %s is the name of a class */
    return g_strdup_printf (_ ("Activation for “%s”"), self->class_names[class_index]);
  return g_strdup (item != NULL ? gtk_string_object_get_string (item) : "");
}

/**
 * coterie_appearance_popover_list:
 * @self: the popover
 *
 * Returns: (transfer full) (array zero-terminated=1): all that colours can mean, for the room on the button
 *   that opens it
 */
char **
coterie_appearance_popover_list (CoterieAppearancePopover *self)
{
  GListModel *model = adw_combo_row_get_model (self->color_row);
  guint n_items = g_list_model_get_n_items (model);
  char **names = g_new0 (char *, n_items + 1);

  for (guint i = 0; i < n_items; i++) {
    g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

    names[i] = g_strdup (gtk_string_object_get_string (item));
  }
  return names;
}
