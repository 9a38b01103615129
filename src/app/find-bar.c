/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds neurons by number, community, class or value. What matches is lit in the graph while one
 * types; Enter steps through the matches, the strongest first. A search that is worth keeping becomes
 * a filter. */

#include "app/find-bar.h"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/widget-tree.h"

struct _CoterieFindBar {
  GtkWidget parent_instance;

  GtkEditable *entry;
  GtkWidget *previous_button;
  GtkWidget *next_button;
  GtkButton *only_button; /* or shows all again where the filter hides what is searched */
  GtkBox *entry_row;
  GtkWidget *step_box;
  GtkBox *result_row;
  GtkLabel *result_label;

  /* owned */
  CoterieSceneGraph *graph;
  CoterieNodeQuery *filter;
  CoterieNodeQuery *query; /* nullable: nothing is searched, or it cannot be understood */
  char **class_names;
  GArray *matches; /* of guint: nodes of the graph, the strongest first */
  guint n_hidden;  /* what would match, but for the filter */
  guint64 current; /* what was stepped to last, or COTERIE_SCENE_NO_KEY */

  guint n_layers; /* of the network */
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (CoterieFindBar, coterie_find_bar, GTK_TYPE_WIDGET)

typedef enum {
  SIGNAL_QUERY_CHANGED,
  SIGNAL_MATCH_SHOWN,
  SIGNAL_LAYER_WANTED,
  SIGNAL_FILTER_WANTED,
  SIGNAL_ALL_WANTED,
  SIGNAL_CLOSED,
  N_SIGNALS,
} CoterieFindBarSignal;

static guint signals[N_SIGNALS];

static int
compare_strengths (gconstpointer a, gconstpointer b, gpointer data)
{
  const CoterieSceneGraph *graph = data;
  guint v = *(const guint *) a, w = *(const guint *) b;

  if (graph->strengths[v] != graph->strengths[w])
    return graph->strengths[v] > graph->strengths[w] ? -1 : 1;
  return v < w ? -1 : v > w;
}

static gboolean
is_shown (CoterieFindBar *self, guint node)
{
  return self->filter == NULL || coterie_node_query_matches (self->filter, self->graph, node);
}

static void
find_matches (CoterieFindBar *self)
{
  g_array_set_size (self->matches, 0);
  self->n_hidden = 0;
  if (self->query == NULL || self->graph == NULL)
    return;

  for (guint v = 0; v < self->graph->n_nodes; v++)
    if (coterie_node_query_matches (self->query, self->graph, v)) {
      if (is_shown (self, v))
        g_array_append_val (self->matches, v);
      else
        self->n_hidden++;
    }
  g_array_sort_with_data (self->matches, compare_strengths, self->graph);
}

/* Returns: where the current neuron stands among the matches, or -1. */
static gint
find_current (CoterieFindBar *self)
{
  for (guint i = 0; i < self->matches->len; i++)
    if (self->graph->keys[g_array_index (self->matches, guint, i)] == self->current)
      return (gint) i;
  return -1;
}

static guint
get_layer (CoterieFindBar *self, guint match)
{
  return coterie_scene_key_layer (self->graph->keys[g_array_index (self->matches, guint, match)]);
}

/* In how many layers there are matches: a number of a neuron or of a community means others in each. */
static guint
count_layers (CoterieFindBar *self)
{
  g_autofree guint8 *seen = g_new0 (guint8, G_MAXUINT8 + 1);
  guint n_layers = 0;

  for (guint i = 0; i < self->matches->len; i++) {
    guint layer = MIN (get_layer (self, i), G_MAXUINT8);

    n_layers += !seen[layer];
    seen[layer] = TRUE;
  }
  return n_layers;
}

/* The layer that is asked for and not shown; 0 for none. */
static guint
find_other_layer (CoterieFindBar *self)
{
  guint layer = self->query != NULL ? coterie_node_query_get_layer (self->query) : 0;

  if (self->graph == NULL || self->graph->n_layers != 1 || layer == self->graph->first_layer ||
      layer > self->n_layers)
    return 0;
  return layer;
}

/* Whether the filter hides all that is searched. */
static gboolean
is_hidden (CoterieFindBar *self)
{
  return self->matches->len == 0 && self->n_hidden > 0 && find_other_layer (self) == 0;
}

static char *
describe_matches (CoterieFindBar *self)
{
  guint other_layer = find_other_layer (self);
  guint n_matches = self->matches->len;
  guint n_layers = count_layers (self);
  gint current = find_current (self);

  if (other_layer > 0)
    /* Translators: what is searched is in a layer that is not shown */
    return g_strdup_printf (_ ("In layer %u: Enter shows it"), other_layer);
  if (is_hidden (self))
    return g_strdup_printf (ngettext ("%u match is hidden by the filter",
                                      "%u matches are hidden by the filter", self->n_hidden),
                            self->n_hidden);
  if (n_matches == 0)
    return g_strdup (_ ("No neuron of this graph matches"));
  if (current >= 0 && n_layers > 1)
    return g_strdup_printf (_ ("Match %d of %u, layer %u"), current + 1, n_matches,
                            get_layer (self, (guint) current));
  if (current >= 0)
    /* Translators: which of the neurons that match a search is shown, as in "Match 3 of 12" */
    return g_strdup_printf (_ ("Match %d of %u"), current + 1, n_matches);
  if (n_layers > 1)
    /* Translators: there are always several of both, as in "12 neurons in 2 layers" */
    return g_strdup_printf (_ ("%u neurons in %u layers"), n_matches, n_layers);
  return g_strdup_printf (ngettext ("%u neuron", "%u neurons", n_matches), n_matches);
}

/* The bar has the same size before something is typed and after it. */
static const char *
get_hint (void)
{
  /* Translators: below what is typed to search; "and", "or", "not" and "class" stay, "main" too */
  return _ ("Join with and, or, not; “main class 7” as the legend counts");
}

static void
show_button (CoterieFindBar *self, gboolean found)
{
  gboolean hidden = is_hidden (self);

  gtk_button_set_label (self->only_button, hidden ? _ ("Show All") : _ ("Show Only"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->only_button),
                               hidden ? _ ("Hide No Neurons (Ctrl+Enter)")
                                      : _ ("Hide All Other Neurons (Ctrl+Enter)"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->only_button), found || hidden);
}

static void
show_result (CoterieFindBar *self, const char *problem)
{
  g_autofree char *text = problem != NULL       ? g_strdup (problem)
                          : self->query != NULL ? describe_matches (self)
                                                : g_strdup (get_hint ());
  gboolean found = self->matches->len > 0;

  gtk_label_set_label (self->result_label, text);
  gtk_widget_set_sensitive (self->previous_button, found);
  gtk_widget_set_sensitive (self->next_button, found);
  show_button (self, found);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t")] == '\0';
}

static void
text_changed_cb (CoterieFindBar *self)
{
  const char *text = gtk_editable_get_text (self->entry);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->query, coterie_node_query_unref);
  self->current = COTERIE_SCENE_NO_KEY;
  if (!is_blank (text))
    self->query = coterie_node_query_parse (text, (const char *const *) self->class_names, &error);
  find_matches (self);
  show_result (self, error != NULL ? error->message : NULL);
  g_signal_emit (self, signals[SIGNAL_QUERY_CHANGED], 0);
}

static void
step (CoterieFindBar *self, gint direction)
{
  guint other_layer = find_other_layer (self);
  gint n_matches, index;

  if (other_layer > 0)
    g_signal_emit (self, signals[SIGNAL_LAYER_WANTED], 0, other_layer);
  n_matches = (gint) self->matches->len;
  index = find_current (self);
  if (n_matches == 0)
    return;
  index =
      index < 0 ? (direction > 0 ? 0 : n_matches - 1) : (index + direction + n_matches) % n_matches;
  self->current = self->graph->keys[g_array_index (self->matches, guint, index)];
  show_result (self, NULL);
  g_signal_emit (self, signals[SIGNAL_MATCH_SHOWN], 0, self->current);
}

static void
next_cb (CoterieFindBar *self)
{
  step (self, 1);
}

static void
previous_cb (CoterieFindBar *self)
{
  step (self, -1);
}

/* Nothing is searched any more; the text stays for the next time. */
static void
close_bar (CoterieFindBar *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_clear_pointer (&self->query, coterie_node_query_unref);
  find_matches (self);
  g_signal_emit (self, signals[SIGNAL_QUERY_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
only_cb (CoterieFindBar *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (self->entry));

  if (is_hidden (self)) {
    g_signal_emit (self, signals[SIGNAL_ALL_WANTED], 0);
    return;
  }
  if (self->matches->len == 0)
    return;
  g_signal_emit (self, signals[SIGNAL_FILTER_WANTED], 0, g_strstrip (text));
  close_bar (self);
}

static void
close_cb (CoterieFindBar *self)
{
  close_bar (self);
}

static gboolean
key_cb (CoterieFindBar *self, guint keyval, guint keycode, GdkModifierType state)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter)
    return FALSE;
  if (modifiers == GDK_SHIFT_MASK)
    step (self, -1);
  else if (modifiers == GDK_CONTROL_MASK)
    only_cb (self);
  else
    return FALSE;
  return TRUE;
}

static void
coterie_find_bar_dispose (GObject *object)
{
  coterie_widget_unparent_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (coterie_find_bar_parent_class)->dispose (object);
}

static void
coterie_find_bar_finalize (GObject *object)
{
  CoterieFindBar *self = COTERIE_FIND_BAR (object);

  g_clear_pointer (&self->graph, coterie_scene_graph_unref);
  g_clear_pointer (&self->filter, coterie_node_query_unref);
  g_clear_pointer (&self->query, coterie_node_query_unref);
  g_clear_pointer (&self->class_names, g_strfreev);
  g_array_unref (self->matches);
  G_OBJECT_CLASS (coterie_find_bar_parent_class)->finalize (object);
}

static void
add_signals (GType type)
{
  /**
   * CoterieFindBar::query-changed:
   * @self: the bar
   *
   * Something else is searched, or nothing.
   */
  signals[SIGNAL_QUERY_CHANGED] =
      g_signal_new ("query-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * CoterieFindBar::match-shown:
   * @self: the bar
   * @key: a layer and a neuron, see coterie_scene_key()
   *
   * The user stepped to a match.
   */
  signals[SIGNAL_MATCH_SHOWN] = g_signal_new ("match-shown", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                              NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);

  /**
   * CoterieFindBar::layer-wanted:
   * @self: the bar
   * @layer: from 1
   *
   * What is searched is in a layer that is not shown, and the user wants to see it.
   */
  signals[SIGNAL_LAYER_WANTED] = g_signal_new ("layer-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                               NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  /**
   * CoterieFindBar::filter-wanted:
   * @self: the bar
   * @text: a query that has matches
   *
   * Everything else is to be hidden.
   */
  signals[SIGNAL_FILTER_WANTED] = g_signal_new ("filter-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * CoterieFindBar::all-wanted:
   * @self: the bar
   *
   * What is searched is hidden, and the user wants to see it.
   */
  signals[SIGNAL_ALL_WANTED] =
      g_signal_new ("all-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * CoterieFindBar::closed:
   * @self: the bar
   *
   * The bar has gone; the keyboard belongs elsewhere.
   */
  signals[SIGNAL_CLOSED] =
      g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
coterie_find_bar_class_init (CoterieFindBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = coterie_find_bar_dispose;
  object_class->finalize = coterie_find_bar_finalize;
  add_signals (G_TYPE_FROM_CLASS (klass));

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "/ui/find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieFindBar, entry);
  gtk_widget_class_bind_template_child (widget_class, CoterieFindBar, previous_button);
  gtk_widget_class_bind_template_child (widget_class, CoterieFindBar, next_button);
  gtk_widget_class_bind_template_child (widget_class, CoterieFindBar, only_button);
  gtk_widget_class_bind_template_child (widget_class, CoterieFindBar, entry_row);
  gtk_widget_class_bind_template_child (widget_class, CoterieFindBar, step_box);
  gtk_widget_class_bind_template_child (widget_class, CoterieFindBar, result_row);
  gtk_widget_class_bind_template_child (widget_class, CoterieFindBar, result_label);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, only_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
coterie_find_bar_init (CoterieFindBar *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->matches = g_array_new (FALSE, FALSE, sizeof (guint));
  self->current = COTERIE_SCENE_NO_KEY;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  show_result (self, NULL);
}

/**
 * coterie_find_bar_set_graph:
 * @self: the bar
 * @graph: (nullable): where to search
 * @class_names: names of its classes; copied
 * @n_layers: hidden layers of the network, shown or not
 *
 * Searches the same in another graph.
 */
void
coterie_find_bar_set_graph (CoterieFindBar *self,
                            CoterieSceneGraph *graph,
                            const char *const *class_names,
                            guint n_layers)
{
  self->n_layers = n_layers;
  if (graph == self->graph)
    return;
  g_clear_pointer (&self->graph, coterie_scene_graph_unref);
  if (graph != NULL)
    self->graph = coterie_scene_graph_ref (graph);
  g_strfreev (self->class_names);
  self->class_names = g_strdupv ((char **) class_names);
  find_matches (self);
  if (self->query != NULL)
    show_result (self, NULL);
}

/**
 * coterie_find_bar_set_filter:
 * @self: the bar
 * @filter: (nullable): what else matches have to match
 *
 * Leaves out what is hidden.
 */
void
coterie_find_bar_set_filter (CoterieFindBar *self, CoterieNodeQuery *filter)
{
  g_clear_pointer (&self->filter, coterie_node_query_unref);
  if (filter != NULL)
    self->filter = coterie_node_query_ref (filter);
  find_matches (self);
  if (self->query != NULL)
    show_result (self, NULL);
}

/**
 * coterie_find_bar_set_narrow:
 * @self: the bar
 * @narrow: whether there is little room
 *
 * Leaves the first row to what is searched, and has the button that keeps it stand in the second.
 */
void
coterie_find_bar_set_narrow (CoterieFindBar *self, gboolean narrow)
{
  GtkBox *from = narrow ? self->entry_row : self->result_row;
  GtkBox *to = narrow ? self->result_row : self->entry_row;

  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  g_object_ref (self->only_button);
  gtk_box_remove (from, GTK_WIDGET (self->only_button));
  gtk_box_insert_child_after (to, GTK_WIDGET (self->only_button),
                              narrow ? GTK_WIDGET (self->result_label) : self->step_box);
  g_object_unref (self->only_button);
}

/**
 * coterie_find_bar_open:
 * @self: the bar
 *
 * Shows the bar and gives it the keyboard, its text selected.
 */
void
coterie_find_bar_open (CoterieFindBar *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
  text_changed_cb (self);
}

/**
 * coterie_find_bar_get_query:
 * @self: the bar
 *
 * Returns: (transfer none) (nullable): what is searched
 */
CoterieNodeQuery *
coterie_find_bar_get_query (CoterieFindBar *self)
{
  return self->query;
}

/**
 * coterie_find_bar_dup_matches:
 * @self: the bar
 * @n_keys: (out): how many
 *
 * Returns: (transfer full) (array length=n_keys): what matches, the strongest first; see coterie_scene_key()
 */
guint64 *
coterie_find_bar_dup_matches (CoterieFindBar *self, guint *n_keys)
{
  guint64 *keys = g_new (guint64, self->matches->len);

  for (guint i = 0; i < self->matches->len; i++)
    keys[i] = self->graph->keys[g_array_index (self->matches, guint, i)];
  *n_keys = self->matches->len;
  return keys;
}
