/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands in the corner of the graph: how it looks, which of its neurons are shown, and the search
 * for some of them. */

#include "app/graph-tools.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/appearance-popover.h"
#include "app/filter-chips.h"
#include "app/filter-popover.h"
#include "app/find-bar.h"
#include "app/popover-place.h"
#include "app/widget-tree.h"

struct _CoterieGraphTools {
  GtkWidget parent_instance;

  GtkWidget *tools;
  GtkLabel *appearance_label;
  CoterieAppearancePopover *appearance_popover;
  CoterieFilterPopover *filter_popover;
  CoterieFindBar *find_bar;
  CoterieFilterChips *chips;

  CoterieNodeFilter *filter; /* owned */
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (CoterieGraphTools, coterie_graph_tools, GTK_TYPE_WIDGET)

typedef enum {
  SIGNAL_STYLE_CHANGED,
  SIGNAL_SEARCH_CHANGED,
  SIGNAL_FILTER_CHANGED,
  SIGNAL_MATCH_SHOWN,
  SIGNAL_LAYER_WANTED,
  SIGNAL_CLOSED,
  N_SIGNALS,
} CoterieGraphToolsSignal;

static guint signals[N_SIGNALS];

static char *
format_appearance (CoterieGraphTools *self, const char *name)
{
  if (self->narrow)
    return g_markup_printf_escaped ("<b>%s</b>", name);
  /* Translators: what the colours of the graph mean, as in "Colour by Community"; %s is markup */
  return g_markup_printf_escaped (_ ("Colour by <b>%s</b>"), name);
}

/* Room for the longest of what the label says: the popover would move with its button at each choice. */
static int
measure_appearance (CoterieGraphTools *self)
{
  g_auto (GStrv) names = coterie_appearance_popover_list (self->appearance_popover);
  g_autoptr (PangoLayout) layout =
      gtk_widget_create_pango_layout (GTK_WIDGET (self->appearance_label), NULL);
  int widest_px = 0;

  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *markup = format_appearance (self, names[i]);
    int width_px;

    pango_layout_set_markup (layout, markup, -1);
    pango_layout_get_pixel_size (layout, &width_px, NULL);
    widest_px = MAX (widest_px, width_px);
  }
  return widest_px;
}

static void
describe_appearance (CoterieGraphTools *self)
{
  g_autofree char *name = coterie_appearance_popover_describe (self->appearance_popover);
  g_autofree char *markup = format_appearance (self, name);

  gtk_label_set_markup (self->appearance_label, markup);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->appearance_label), name);
  gtk_widget_set_size_request (GTK_WIDGET (self->appearance_label), measure_appearance (self), -1);
}

static void
style_changed_cb (CoterieGraphTools *self)
{
  describe_appearance (self);
  g_signal_emit (self, signals[SIGNAL_STYLE_CHANGED], 0);
}

static void
query_changed_cb (CoterieGraphTools *self)
{
  g_signal_emit (self, signals[SIGNAL_SEARCH_CHANGED], 0);
}

static void
match_shown_cb (CoterieGraphTools *self, guint64 key)
{
  g_signal_emit (self, signals[SIGNAL_MATCH_SHOWN], 0, key);
}

static void
layer_wanted_cb (CoterieGraphTools *self, guint layer)
{
  g_signal_emit (self, signals[SIGNAL_LAYER_WANTED], 0, layer);
}

static void
filter_wanted_cb (CoterieGraphTools *self, const char *text)
{
  coterie_node_filter_set_condition (self->filter, COTERIE_FILTER_SEARCH, text);
}

static void
all_wanted_cb (CoterieGraphTools *self)
{
  coterie_node_filter_clear (self->filter);
}

static void
closed_cb (CoterieGraphTools *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
filter_changed_cb (CoterieGraphTools *self)
{
  coterie_find_bar_set_filter (self->find_bar, coterie_node_filter_get_query (self->filter));
  g_signal_emit (self, signals[SIGNAL_FILTER_CHANGED], 0);
}

static void
coterie_graph_tools_dispose (GObject *object)
{
  CoterieGraphTools *self = COTERIE_GRAPH_TOOLS (object);

  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_data (self->filter, self);
  g_clear_object (&self->filter);
  coterie_widget_unparent_children (GTK_WIDGET (self));
  G_OBJECT_CLASS (coterie_graph_tools_parent_class)->dispose (object);
}

static void
add_signals (GType type)
{
  /**
   * CoterieGraphTools::style-changed:
   * @self: the tools
   *
   * The graph is to look otherwise.
   */
  signals[SIGNAL_STYLE_CHANGED] =
      g_signal_new ("style-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * CoterieGraphTools::search-changed:
   * @self: the tools
   *
   * Something else is searched, or nothing.
   */
  signals[SIGNAL_SEARCH_CHANGED] =
      g_signal_new ("search-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * CoterieGraphTools::filter-changed:
   * @self: the tools
   *
   * Other neurons are shown.
   */
  signals[SIGNAL_FILTER_CHANGED] =
      g_signal_new ("filter-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * CoterieGraphTools::match-shown:
   * @self: the tools
   * @key: a layer and a neuron, see coterie_scene_key()
   *
   * The user stepped to a neuron that was searched.
   */
  signals[SIGNAL_MATCH_SHOWN] = g_signal_new ("match-shown", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                              NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);

  /**
   * CoterieGraphTools::layer-wanted:
   * @self: the tools
   * @layer: from 1
   *
   * What is searched is in a layer that is not shown, and the user wants to see it.
   */
  signals[SIGNAL_LAYER_WANTED] = g_signal_new ("layer-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                               NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  /**
   * CoterieGraphTools::closed:
   * @self: the tools
   *
   * The search has ended; the keyboard belongs to the graph again.
   */
  signals[SIGNAL_CLOSED] =
      g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
coterie_graph_tools_class_init (CoterieGraphToolsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_graph_tools_dispose;
  add_signals (G_TYPE_FROM_CLASS (klass));

  g_type_ensure (COTERIE_TYPE_APPEARANCE_POPOVER);
  g_type_ensure (COTERIE_TYPE_FILTER_POPOVER);
  g_type_ensure (COTERIE_TYPE_FIND_BAR);
  g_type_ensure (COTERIE_TYPE_FILTER_CHIPS);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "/ui/graph-tools.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieGraphTools, tools);
  gtk_widget_class_bind_template_child (widget_class, CoterieGraphTools, appearance_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieGraphTools, appearance_popover);
  gtk_widget_class_bind_template_child (widget_class, CoterieGraphTools, filter_popover);
  gtk_widget_class_bind_template_child (widget_class, CoterieGraphTools, find_bar);
  gtk_widget_class_bind_template_child (widget_class, CoterieGraphTools, chips);
  gtk_widget_class_bind_template_callback (widget_class, style_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, match_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, layer_wanted_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_wanted_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_wanted_cb);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
}

static void
coterie_graph_tools_init (CoterieGraphTools *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  coterie_popover_place_beside (GTK_POPOVER (self->appearance_popover), self->tools);
  coterie_popover_place_beside (GTK_POPOVER (self->filter_popover), self->tools);
  self->filter = coterie_node_filter_new ();
  coterie_filter_popover_set_filter (self->filter_popover, self->filter);
  coterie_filter_chips_set_filter (self->chips, self->filter);
  g_signal_connect_swapped (self->filter, "changed", G_CALLBACK (filter_changed_cb), self);
  describe_appearance (self);
}

/**
 * coterie_graph_tools_set_graph:
 * @self: the tools
 * @graph: (nullable): what is shown
 * @class_names: names of its classes; copied
 * @n_layers: hidden layers of the network, shown or not
 *
 * Says what there is to find and to choose from.
 */
void
coterie_graph_tools_set_graph (CoterieGraphTools *self,
                               CoterieSceneGraph *graph,
                               const char *const *class_names,
                               guint n_layers)
{
  coterie_appearance_popover_set_class_names (self->appearance_popover, class_names);
  coterie_node_filter_set_class_names (self->filter, class_names);
  coterie_filter_popover_set_graph (self->filter_popover, graph, class_names);
  coterie_find_bar_set_graph (self->find_bar, graph, class_names, n_layers);
}

/**
 * coterie_graph_tools_set_layer:
 * @self: the tools
 * @layer: whose graph is shown, from 1; 0 for that of all layers
 *
 * Changes what colours mean, without emitting #CoterieGraphTools::style-changed, and which conditions
 * hold.
 */
void
coterie_graph_tools_set_layer (CoterieGraphTools *self, guint layer)
{
  coterie_appearance_popover_set_all_layers (self->appearance_popover, layer == 0);
  describe_appearance (self);
  coterie_node_filter_set_layer (self->filter, layer);
}

/**
 * coterie_graph_tools_set_narrow:
 * @self: the tools
 * @narrow: whether there is little room
 *
 * Says in a word or in three what colours mean, and has the search in two rows or in one.
 */
void
coterie_graph_tools_set_narrow (CoterieGraphTools *self, gboolean narrow)
{
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  coterie_find_bar_set_narrow (self->find_bar, narrow);
  describe_appearance (self);
}

/**
 * coterie_graph_tools_find:
 * @self: the tools
 *
 * Opens the search.
 */
void
coterie_graph_tools_find (CoterieGraphTools *self)
{
  coterie_find_bar_open (self->find_bar);
}

/**
 * coterie_graph_tools_get_style:
 * @self: the tools
 *
 * Returns: how the graph is to look
 */
CoterieSceneStyle
coterie_graph_tools_get_style (CoterieGraphTools *self)
{
  return coterie_appearance_popover_get_style (self->appearance_popover);
}

/**
 * coterie_graph_tools_get_search:
 * @self: the tools
 *
 * Returns: (transfer none) (nullable): what is searched
 */
CoterieNodeQuery *
coterie_graph_tools_get_search (CoterieGraphTools *self)
{
  return coterie_find_bar_get_query (self->find_bar);
}

/**
 * coterie_graph_tools_dup_matches:
 * @self: the tools
 * @n_keys: (out): how many
 *
 * Returns: (transfer full) (array length=n_keys): what the search has found, the strongest first
 */
guint64 *
coterie_graph_tools_dup_matches (CoterieGraphTools *self, guint *n_keys)
{
  return coterie_find_bar_dup_matches (self->find_bar, n_keys);
}

/**
 * coterie_graph_tools_get_filter:
 * @self: the tools
 *
 * Returns: (transfer none) (nullable): what neurons have to match to be shown
 */
CoterieNodeQuery *
coterie_graph_tools_get_filter (CoterieGraphTools *self)
{
  return coterie_node_filter_get_query (self->filter);
}
