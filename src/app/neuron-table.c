/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The nodes of the graph that is shown, as a table: what the picture says by place, size and colour,
 * in numbers, to be sorted, selected and read aloud. Rows are made only while the table is on screen;
 * what is selected outlives the iterations, by layer and neuron. */

#include "app/neuron-table.h"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/color-dot.h"
#include "app/neuron-item.h"
#include "app/widget-tree.h"
#include "draw/scene/scene-end.h"
#include "draw/scene/scene-groups.h"

/* Opacity of what does not match. */
#define STEPPED_BACK_FRAC 0.5

struct _CoterieNeuronTable {
  GtkWidget parent_instance;

  GtkColumnView *view;
  GtkLabel *count_label;

  /* owned */
  CoterieSceneGraph *graph;
  CoterieNodeQuery *filter;
  CoterieNodeQuery *search; /* nullable: its matches come first */
  guint8 *matches;          /* [nodes of the graph]; %NULL while nothing is searched */
  GtkSorter *match_sorter;
  char **class_names;
  GListStore *items;
  GtkMultiSelection *selection;
  GHashTable *cells; /* of GtkListItem: those that show a row now */
  GArray *selected;  /* of guint64: keys, ascending, whether or not there is a row for them now */

  CoterieSceneStyle style;
  CoterieColor *colors; /* [nodes of the graph] */
  CoterieShape *shapes; /* [nodes of the graph] */

  gboolean stale;    /* rows are not those of the graph */
  gboolean updating; /* the selection changes by program */
};

G_DEFINE_FINAL_TYPE (CoterieNeuronTable, coterie_neuron_table, GTK_TYPE_WIDGET)

typedef enum {
  SIGNAL_SELECTION_CHANGED,
  SIGNAL_NEURON_ACTIVATED,
  N_SIGNALS,
} CoterieNeuronTableSignal;

static guint signals[N_SIGNALS];

typedef char *(*GetText) (CoterieNeuronTable *self, const CoterieSceneGraph *graph, guint node);
typedef double (*GetNumber) (const CoterieSceneGraph *graph, guint node);

/* A column sorts by a number and shows a text. */
typedef struct {
  const char *title;
  GetText get_text;
  GetNumber get_number;
  gboolean is_text;       /* and no number */
  gboolean has_dot;       /* the colour and the shape that the picture gives it stand before */
  gboolean largest_first; /* when it is first sorted by */
} Column;

static double
get_neuron (const CoterieSceneGraph *graph, guint node)
{
  return (double) graph->keys[node];
}

/* With several layers the neuron's name says which, as in a search. */
static char *
format_neuron (CoterieNeuronTable *self, const CoterieSceneGraph *graph, guint node)
{
  guint64 key = graph->keys[node];
  guint layer = coterie_scene_key_layer (key);

  return graph->n_layers > 1 ? g_strdup_printf ("L%u:%u", layer, coterie_scene_key_neuron (key))
                             : g_strdup_printf ("%u", coterie_scene_key_neuron (key));
}

static double
get_community (const CoterieSceneGraph *graph, guint node)
{
  return (double) graph->identities[node];
}

static char *
format_community (CoterieNeuronTable *self, const CoterieSceneGraph *graph, guint node)
{
  guint32 identity = graph->identities[node];

  if (identity == COTERIE_PALETTE_NO_IDENTITY)
    return g_strdup ("–");
  return coterie_scene_format_community (identity, graph->n_layers);
}

static double
get_class (const CoterieSceneGraph *graph, guint node)
{
  return (double) graph->classes[node];
}

static char *
format_class (CoterieNeuronTable *self, const CoterieSceneGraph *graph, guint node)
{
  return g_strdup (self->class_names[graph->classes[node]]);
}

static double
get_strength (const CoterieSceneGraph *graph, guint node)
{
  return (double) graph->strengths[node];
}

static char *
format_strength (CoterieNeuronTable *self, const CoterieSceneGraph *graph, guint node)
{
  return g_strdup_printf ("%.1f", get_strength (graph, node));
}

static double
get_degree (const CoterieSceneGraph *graph, guint node)
{
  return (double) graph->degrees[node];
}

static char *
format_degree (CoterieNeuronTable *self, const CoterieSceneGraph *graph, guint node)
{
  return g_strdup_printf ("%.0f", get_degree (graph, node));
}

static double
get_entropy (const CoterieSceneGraph *graph, guint node)
{
  return (double) graph->entropies[node];
}

static char *
format_entropy (CoterieNeuronTable *self, const CoterieSceneGraph *graph, guint node)
{
  return g_strdup_printf ("%.2f", get_entropy (graph, node));
}

static const Column columns[] = {
    {N_ ("Neuron"), format_neuron, get_neuron, FALSE, TRUE, FALSE},
    {N_ ("Community"), format_community, get_community, TRUE, FALSE, FALSE},
    {N_ ("Main class"), format_class, get_class, TRUE, FALSE, FALSE},
    {N_ ("Strength"), format_strength, get_strength, FALSE, FALSE, TRUE},
    {N_ ("Degree"), format_degree, get_degree, FALSE, FALSE, TRUE},
    {N_ ("Entropy"), format_entropy, get_entropy, FALSE, FALSE, TRUE},
};

static gboolean
is_match (CoterieNeuronTable *self, CoterieNeuronItem *item)
{
  return self->matches != NULL && coterie_neuron_item_get_graph (item) == self->graph &&
         self->matches[coterie_neuron_item_get_node (item)];
}

/* Sorting. What is searched comes first; among it, and else, the columns decide. */

static int
compare_matches (gconstpointer a, gconstpointer b, gpointer data)
{
  gboolean left = is_match (data, (CoterieNeuronItem *) a);
  gboolean right = is_match (data, (CoterieNeuronItem *) b);

  return gtk_ordering_from_cmpfunc (right - left);
}

/* A view begins with what it takes to be ascending order. */

static int
compare_items (gconstpointer a, gconstpointer b, gpointer data)
{
  const Column *column = data;
  CoterieNeuronItem *left = (CoterieNeuronItem *) a, *right = (CoterieNeuronItem *) b;
  double x = column->get_number (coterie_neuron_item_get_graph (left),
                                 coterie_neuron_item_get_node (left));
  double y = column->get_number (coterie_neuron_item_get_graph (right),
                                 coterie_neuron_item_get_node (right));

  return gtk_ordering_from_cmpfunc ((x < y ? -1 : x > y) * (column->largest_first ? -1 : 1));
}

/* Cells. */

static void
create_cell (const Column *column, GtkListItem *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = gtk_label_new (NULL);

  if (column->has_dot)
    gtk_box_append (GTK_BOX (box), coterie_color_dot_new ());
  gtk_label_set_xalign (GTK_LABEL (label), column->is_text ? 0.0f : 1.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           column->is_text ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 12);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (list_item, box);
}

/* The cells of a row that matches the search stand out, and those of the others step back, as their nodes
 * do in the graph. */
static void
mark_cell (CoterieNeuronTable *self, GtkListItem *list_item)
{
  GtkWidget *box = gtk_list_item_get_child (list_item);
  GtkWidget *cell = gtk_widget_get_parent (box);
  gboolean match = is_match (self, gtk_list_item_get_item (list_item));

  gtk_widget_set_opacity (box, self->search != NULL && !match ? STEPPED_BACK_FRAC : 1.0);
  if (cell == NULL)
    return;
  if (match)
    gtk_widget_add_css_class (cell, "match");
  else
    gtk_widget_remove_css_class (cell, "match");
}

static void
bind_cell (CoterieNeuronTable *self, const Column *column, GtkListItem *list_item)
{
  GtkWidget *box = gtk_list_item_get_child (list_item);
  CoterieNeuronItem *item = gtk_list_item_get_item (list_item);
  const CoterieSceneGraph *graph = coterie_neuron_item_get_graph (item);
  guint node = coterie_neuron_item_get_node (item);
  g_autofree char *text = column->get_text (self, graph, node);

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), text);
  if (column->has_dot && graph == self->graph) {
    CoterieColorDot *dot = COTERIE_COLOR_DOT (gtk_widget_get_first_child (box));

    coterie_color_dot_set_color (dot, self->colors[node]);
    coterie_color_dot_set_shape (dot, self->shapes[node]);
  }
  mark_cell (self, list_item);
}

static void
cell_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  create_cell (data, list_item);
}

static void
cell_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  CoterieNeuronTable *self = data;

  g_hash_table_add (self->cells, list_item);
  bind_cell (self, g_object_get_data (G_OBJECT (factory), "column"), list_item);
}

static void
cell_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  CoterieNeuronTable *self = data;

  g_hash_table_remove (self->cells, list_item);
}

static void
add_column (CoterieNeuronTable *self, const Column *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *view_column;
  g_autoptr (GtkSorter) sorter =
      GTK_SORTER (gtk_custom_sorter_new (compare_items, (gpointer) column, NULL));

  g_object_set_data (G_OBJECT (factory), "column", (gpointer) column);
  g_signal_connect (factory, "setup", G_CALLBACK (cell_setup_cb), (gpointer) column);
  g_signal_connect_object (factory, "bind", G_CALLBACK (cell_bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (cell_unbind_cb), self, 0);
  view_column = gtk_column_view_column_new (_ (column->title), factory);
  gtk_column_view_column_set_sorter (view_column, sorter);
  gtk_column_view_column_set_expand (view_column, TRUE);
  gtk_column_view_append_column (self->view, view_column);
  g_object_unref (view_column);
}

/* Stands over the values, at the same side as they do. */
static void
align_heading (GtkWidget *heading, const Column *column)
{
  GtkWidget *content = gtk_widget_get_first_child (heading);

  if (column->is_text || column->has_dot || content == NULL)
    return;
  gtk_widget_set_halign (content, GTK_ALIGN_END);
  gtk_widget_add_css_class (heading, "number");
}

/* The arrow of a column whose ascending order is that of the smallest last points the other way. */
static void
mark_headings (CoterieNeuronTable *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *heading = gtk_widget_get_first_child (header);

  for (guint i = 0; i < G_N_ELEMENTS (columns) && heading != NULL; i++) {
    if (columns[i].largest_first)
      gtk_widget_add_css_class (heading, "largest-first");
    align_heading (heading, &columns[i]);
    heading = gtk_widget_get_next_sibling (heading);
  }
}

/* Rows and what of them is selected. */

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  guint64 left = *(const guint64 *) a, right = *(const guint64 *) b;

  return left < right ? -1 : left > right;
}

static gboolean
is_selected (CoterieNeuronTable *self, guint64 key)
{
  return bsearch (&key, self->selected->data, self->selected->len, sizeof key, compare_keys) !=
         NULL;
}

static guint64
get_row_key (CoterieNeuronTable *self, guint row)
{
  g_autoptr (CoterieNeuronItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), row);

  return coterie_neuron_item_get_key (item);
}

static void
show_selected (CoterieNeuronTable *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, n_rows);
  g_autoptr (GtkBitset) chosen = gtk_bitset_new_empty ();

  for (guint row = 0; row < n_rows && self->selected->len > 0; row++)
    if (is_selected (self, get_row_key (self, row)))
      gtk_bitset_add (chosen, row);
  self->updating = TRUE;
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), chosen, all);
  self->updating = FALSE;
}

/* The list in a GtkColumnView scrolls by an action of its own. */
static void
scroll_to (CoterieNeuronTable *self, guint row)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      gtk_widget_activate_action (child, "list.scroll-to-item", "u", row);
}

static void
scroll_to_selected (CoterieNeuronTable *self)
{
  g_autoptr (GtkBitset) rows =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  if (!gtk_bitset_is_empty (rows) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    scroll_to (self, gtk_bitset_get_minimum (rows));
}

/* Who sorts or searches wants to see what comes first. */
static void
show_first (CoterieNeuronTable *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    scroll_to (self, 0);
}

static guint
count_matches (CoterieNeuronTable *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint n_matches = 0;

  for (guint row = 0; row < n_rows; row++) {
    g_autoptr (CoterieNeuronItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), row);

    n_matches += is_match (self, item);
  }
  return n_matches;
}

static void
show_count (CoterieNeuronTable *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint n_nodes = self->graph != NULL ? self->graph->n_nodes : 0;
  g_autofree char *text = NULL;

  if (self->search != NULL)
    /* Translators: how many rows match a search, as in "12 of 512 neurons match" */
    text = g_strdup_printf (_ ("%u of %u neurons match"), count_matches (self), n_rows);
  else if (n_rows == n_nodes)
    text = g_strdup_printf (ngettext ("%u neuron", "%u neurons", n_nodes), n_nodes);
  else
    /* Translators: how many rows a filter leaves, as in "12 of 512 neurons shown" */
    text = g_strdup_printf (_ ("%u of %u neurons shown"), n_rows, n_nodes);
  gtk_label_set_label (self->count_label, text);
}

static void
paint_nodes (CoterieNeuronTable *self)
{
  guint n_nodes = self->graph != NULL ? self->graph->n_nodes : 0;

  g_free (self->colors);
  g_free (self->shapes);
  self->colors = g_new (CoterieColor, n_nodes);
  self->shapes = g_new (CoterieShape, n_nodes);
  if (self->graph != NULL)
    coterie_scene_end_paint (self->graph, &self->style, self->colors, self->shapes);
}

static void
find_matches (CoterieNeuronTable *self)
{
  CoterieSceneGraph *graph = self->graph;

  g_clear_pointer (&self->matches, g_free);
  if (self->search == NULL || graph == NULL)
    return;
  self->matches = g_new (guint8, graph->n_nodes);
  for (guint v = 0; v < graph->n_nodes; v++)
    self->matches[v] = (guint8) coterie_node_query_matches (self->search, graph, v);
}

static void
update_rows (CoterieNeuronTable *self)
{
  CoterieSceneGraph *graph = self->graph;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (!self->stale || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  paint_nodes (self);
  find_matches (self);
  for (guint v = 0; graph != NULL && v < graph->n_nodes; v++)
    if (self->filter == NULL || coterie_node_query_matches (self->filter, graph, v))
      g_ptr_array_add (items, coterie_neuron_item_new (graph, v));

  self->updating = TRUE;
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata, items->len);
  self->updating = FALSE;
  self->stale = FALSE;
  show_selected (self);
  show_count (self);
}

static void
queue_rows (CoterieNeuronTable *self)
{
  self->stale = TRUE;
  update_rows (self);
}

/* Takes over what the user has selected among the rows; what has no row now stays selected only while
 * the user adds to it. */
static void
selection_changed_cb (CoterieNeuronTable *self)
{
  g_autoptr (GtkBitset) rows = NULL;
  GtkBitsetIter iter;
  guint row;

  if (self->updating)
    return;

  rows = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_array_set_size (self->selected, 0);
  for (gboolean more = gtk_bitset_iter_init_first (&iter, rows, &row); more;
       more = gtk_bitset_iter_next (&iter, &row)) {
    guint64 key = get_row_key (self, row);

    g_array_append_val (self->selected, key);
  }
  g_array_sort (self->selected, compare_keys);
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

static void
row_activated_cb (CoterieNeuronTable *self, guint row)
{
  g_signal_emit (self, signals[SIGNAL_NEURON_ACTIVATED], 0, get_row_key (self, row));
}

/* The widget. */

static void
coterie_neuron_table_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (coterie_neuron_table_parent_class)->map (widget);
  update_rows (COTERIE_NEURON_TABLE (widget));
}

static void
coterie_neuron_table_dispose (GObject *object)
{
  CoterieNeuronTable *self = COTERIE_NEURON_TABLE (object);

  coterie_widget_unparent_children (GTK_WIDGET (self));
  G_OBJECT_CLASS (coterie_neuron_table_parent_class)->dispose (object);
}

static void
coterie_neuron_table_finalize (GObject *object)
{
  CoterieNeuronTable *self = COTERIE_NEURON_TABLE (object);

  g_clear_pointer (&self->graph, coterie_scene_graph_unref);
  g_clear_pointer (&self->filter, coterie_node_query_unref);
  g_clear_pointer (&self->search, coterie_node_query_unref);
  g_clear_pointer (&self->class_names, g_strfreev);
  g_clear_pointer (&self->colors, g_free);
  g_clear_pointer (&self->shapes, g_free);
  g_clear_pointer (&self->matches, g_free);
  g_clear_object (&self->items);
  g_clear_object (&self->selection);
  g_clear_object (&self->match_sorter);
  g_array_unref (self->selected);
  g_hash_table_unref (self->cells);
  G_OBJECT_CLASS (coterie_neuron_table_parent_class)->finalize (object);
}

static void
coterie_neuron_table_class_init (CoterieNeuronTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = coterie_neuron_table_dispose;
  object_class->finalize = coterie_neuron_table_finalize;
  widget_class->map = coterie_neuron_table_map;

  /**
   * CoterieNeuronTable::selection-changed:
   * @self: the table
   *
   * The user has selected other rows.
   */
  signals[SIGNAL_SELECTION_CHANGED] =
      g_signal_new ("selection-changed", COTERIE_TYPE_NEURON_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);

  /**
   * CoterieNeuronTable::neuron-activated:
   * @self: the table
   * @key: layer and neuron, see coterie_scene_key()
   *
   * The user wants to see where a neuron is.
   */
  signals[SIGNAL_NEURON_ACTIVATED] =
      g_signal_new ("neuron-activated", COTERIE_TYPE_NEURON_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "/ui/neuron-table.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieNeuronTable, view);
  gtk_widget_class_bind_template_child (widget_class, CoterieNeuronTable, count_label);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
coterie_neuron_table_init (CoterieNeuronTable *self)
{
  GtkMultiSorter *sorter = gtk_multi_sorter_new ();
  GtkSortListModel *sorted;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->selected = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->cells = g_hash_table_new (NULL, NULL);
  self->items = g_list_store_new (COTERIE_TYPE_NEURON_ITEM);
  self->match_sorter = GTK_SORTER (gtk_custom_sorter_new (compare_matches, self, NULL));
  gtk_multi_sorter_append (sorter, g_object_ref (self->match_sorter));
  gtk_multi_sorter_append (sorter, g_object_ref (gtk_column_view_get_sorter (self->view)));
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->items)), GTK_SORTER (sorter));
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (sorted));
  g_signal_connect_swapped (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb),
                            self);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    add_column (self, &columns[i]);
  mark_headings (self);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (show_first), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/**
 * coterie_neuron_table_set_graph:
 * @self: the table
 * @graph: (nullable): what to list, or %NULL for nothing
 * @class_names: names of its classes; copied
 *
 * Shows other values. Costs nothing while the table is not on screen.
 */
void
coterie_neuron_table_set_graph (CoterieNeuronTable *self,
                                CoterieSceneGraph *graph,
                                const char *const *class_names)
{
  if (graph == self->graph)
    return;
  g_clear_pointer (&self->graph, coterie_scene_graph_unref);
  if (graph != NULL)
    self->graph = coterie_scene_graph_ref (graph);
  g_strfreev (self->class_names);
  self->class_names = g_strdupv ((char **) class_names);
  queue_rows (self);
}

/**
 * coterie_neuron_table_set_style:
 * @self: the table
 * @style: how the graph looks
 *
 * Has the dots look as the nodes do.
 */
void
coterie_neuron_table_set_style (CoterieNeuronTable *self, const CoterieSceneStyle *style)
{
  gboolean same = style->dark == self->style.dark && style->color_by == self->style.color_by &&
                  style->activation_class == self->style.activation_class &&
                  style->shapes == self->style.shapes;

  self->style = *style;
  if (!same)
    queue_rows (self);
}

/**
 * coterie_neuron_table_set_filter:
 * @self: the table
 * @filter: (nullable): what the rows have to match
 *
 * Leaves only some of the rows.
 */
void
coterie_neuron_table_set_filter (CoterieNeuronTable *self, CoterieNodeQuery *filter)
{
  g_clear_pointer (&self->filter, coterie_node_query_unref);
  if (filter != NULL)
    self->filter = coterie_node_query_ref (filter);
  queue_rows (self);
}

/**
 * coterie_neuron_table_set_search:
 * @self: the table
 * @search: (nullable): what is searched
 *
 * Marks the rows that match, and has them come first. Costs nothing while the table is not on screen.
 */
void
coterie_neuron_table_set_search (CoterieNeuronTable *self, CoterieNodeQuery *search)
{
  GHashTableIter iter;
  gpointer list_item;

  if (search == NULL && self->search == NULL)
    return;
  g_clear_pointer (&self->search, coterie_node_query_unref);
  if (search != NULL)
    self->search = coterie_node_query_ref (search);
  if (self->stale || !gtk_widget_get_mapped (GTK_WIDGET (self))) {
    self->stale = TRUE;
    return;
  }
  find_matches (self);
  gtk_sorter_changed (self->match_sorter, GTK_SORTER_CHANGE_DIFFERENT);
  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &list_item, NULL))
    mark_cell (self, list_item);
  show_count (self);
  show_first (self);
}

/**
 * coterie_neuron_table_set_selected:
 * @self: the table
 * @keys: (array length=n_keys): layers and neurons, ascending
 * @n_keys: how many
 *
 * Selects their rows and no others, now and for all graphs to come, and shows the first of them. Does
 * not emit #CoterieNeuronTable::selection-changed.
 */
void
coterie_neuron_table_set_selected (CoterieNeuronTable *self, const guint64 *keys, guint n_keys)
{
  if (n_keys == self->selected->len &&
      (n_keys == 0 || memcmp (keys, self->selected->data, n_keys * sizeof *keys) == 0))
    return;
  g_array_set_size (self->selected, 0);
  if (n_keys > 0)
    g_array_append_vals (self->selected, keys, n_keys);
  show_selected (self);
  scroll_to_selected (self);
}

/**
 * coterie_neuron_table_dup_selected:
 * @self: the table
 * @n_keys: (out): how many
 *
 * Returns: (transfer full) (array length=n_keys): what is selected, ascending
 */
guint64 *
coterie_neuron_table_dup_selected (CoterieNeuronTable *self, guint *n_keys)
{
  *n_keys = self->selected->len;
  return g_memdup2 (self->selected->data, self->selected->len * sizeof (guint64));
}
