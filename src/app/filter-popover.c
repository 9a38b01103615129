/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Chooses which neurons are shown, by community, class, layer and strength, without a word typed. What
 * there is to choose comes from the graph that is shown when the popover opens. */

#include "app/filter-popover.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "draw/palette.h"
#include "draw/scene/scene-groups.h"

struct _CoterieFilterPopover {
  GtkPopover parent_instance;

  AdwActionRow *search_row;
  AdwComboRow *community_row;
  AdwComboRow *class_row;
  AdwComboRow *layer_row;
  GtkScale *strength_scale;
  GtkWidget *clear_button;

  /* owned */
  CoterieNodeFilter *filter;
  CoterieSceneGraph *graph;
  char **class_names;
  GArray *communities; /* of Community: those of a lower layer first, ascending */

  gboolean filling; /* the values come from the filter, not from the user */
};

G_DEFINE_FINAL_TYPE (CoterieFilterPopover, coterie_filter_popover, GTK_TYPE_POPOVER)

typedef struct {
  guint32 identity; /* in the graph */
  guint layer;      /* 0 in the graph of one layer */
  guint number;     /* what it is called by, from 1 */
} Community;

/* Filling the rows. */

static int
compare_communities (gconstpointer a, gconstpointer b)
{
  const Community *left = a, *right = b;

  if (left->layer != right->layer)
    return left->layer < right->layer ? -1 : 1;
  return left->number < right->number ? -1 : left->number > right->number;
}

static void
find_communities (CoterieFilterPopover *self)
{
  const CoterieSceneGraph *graph = self->graph;
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  g_array_set_size (self->communities, 0);
  for (guint v = 0; graph != NULL && v < graph->n_nodes; v++) {
    Community community = {.identity = graph->identities[v]};

    if (community.identity == COTERIE_PALETTE_NO_IDENTITY ||
        !g_hash_table_add (seen, GUINT_TO_POINTER (community.identity)))
      continue;
    community.number =
        coterie_scene_graph_split_identity (community.identity, graph->n_layers, &community.layer) +
        1;
    g_array_append_val (self->communities, community);
  }
  g_array_sort (self->communities, compare_communities);
}

/* Chooses the entry with the text of the filter's condition, or the first, which stands for any. */
static void
choose (CoterieFilterPopover *self,
        AdwComboRow *row,
        CoterieFilterSubject subject,
        char *(*get_condition) (CoterieFilterPopover *, guint))
{
  const char *condition = coterie_node_filter_get_condition (self->filter, subject);
  guint n_items = g_list_model_get_n_items (adw_combo_row_get_model (row));
  guint selected = 0;

  for (guint i = 1; i < n_items && condition != NULL; i++) {
    g_autofree char *text = get_condition (self, i);

    if (strcmp (text, condition) == 0)
      selected = i;
  }
  adw_combo_row_set_selected (row, selected);
}

static char *
get_community_condition (CoterieFilterPopover *self, guint index)
{
  const Community *community = &g_array_index (self->communities, Community, index - 1);

  return community->layer > 0 ? g_strdup_printf ("L%u C%u", community->layer, community->number)
                              : g_strdup_printf ("community %u", community->number);
}

static char *
get_class_condition (CoterieFilterPopover *self, guint index)
{
  return g_strdup_printf ("main class \"%s\"", self->class_names[index - 1]);
}

static char *
get_layer_condition (CoterieFilterPopover *self, guint index)
{
  return g_strdup_printf ("layer %u", index);
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  guint32 identity = *(const guint32 *) a;
  const CoterieSceneGroup *group = b;

  return identity < group->summary.identity ? -1 : identity > group->summary.identity;
}

/* Its number and its main classes, as its label in the graph and the legend have them. */
static char *
describe_community (CoterieFilterPopover *self, const CoterieSceneGroups *groups, guint32 identity)
{
  const CoterieSceneGroup *group =
      bsearch (&identity, groups->groups, groups->n_groups, sizeof *groups->groups, compare_groups);
  g_autofree char *name = coterie_scene_format_community (identity, self->graph->n_layers);
  g_autofree char *classes = NULL;

  if (group == NULL || self->class_names == NULL)
    return g_steal_pointer (&name);
  classes = coterie_scene_format_classes (&group->summary, (const char *const *) self->class_names);
  return *classes != '\0' ? g_strdup_printf ("%s %s", name, classes) : g_steal_pointer (&name);
}

static void
fill_communities (CoterieFilterPopover *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_auto (CoterieSceneGroups) groups = {0};

  find_communities (self);
  if (self->communities->len > 0)
    coterie_scene_groups_init (&groups, self->graph, self->graph->identities, NULL);
  gtk_string_list_append (names, _ ("Any"));
  for (guint i = 0; i < self->communities->len; i++)
    gtk_string_list_take (
        names, describe_community (self, &groups,
                                   g_array_index (self->communities, Community, i).identity));
  adw_combo_row_set_model (self->community_row, G_LIST_MODEL (names));
  choose (self, self->community_row, COTERIE_FILTER_COMMUNITY, get_community_condition);
}

static void
fill_classes (CoterieFilterPopover *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Any"));
  for (guint c = 0; self->class_names != NULL && self->class_names[c] != NULL; c++)
    gtk_string_list_append (names, self->class_names[c]);
  adw_combo_row_set_model (self->class_row, G_LIST_MODEL (names));
  choose (self, self->class_row, COTERIE_FILTER_CLASS, get_class_condition);
}

static void
fill_layers (CoterieFilterPopover *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n_layers = self->graph != NULL ? self->graph->n_layers : 0;

  gtk_string_list_append (names, _ ("Any"));
  for (guint layer = 1; layer <= n_layers; layer++)
    gtk_string_list_take (names, g_strdup_printf (_ ("Layer %u"), layer));
  adw_combo_row_set_model (self->layer_row, G_LIST_MODEL (names));
  choose (self, self->layer_row, COTERIE_FILTER_LAYER, get_layer_condition);
  gtk_widget_set_visible (GTK_WIDGET (self->layer_row), n_layers > 1);
}

static double
find_greatest_strength (const CoterieSceneGraph *graph)
{
  double greatest = 0.0;

  for (guint v = 0; graph != NULL && v < graph->n_nodes; v++)
    greatest = fmax (greatest, graph->strengths[v]);
  return greatest;
}

static void
fill_strength (CoterieFilterPopover *self)
{
  const char *condition = coterie_node_filter_get_condition (self->filter, COTERIE_FILTER_STRENGTH);
  const char *number = condition != NULL ? strrchr (condition, ' ') : NULL;
  double least = number != NULL ? g_ascii_strtod (number, NULL) : 0.0;

  gtk_range_set_range (GTK_RANGE (self->strength_scale), 0.0,
                       fmax (ceil (find_greatest_strength (self->graph)), fmax (least, 1.0)));
  gtk_range_set_value (GTK_RANGE (self->strength_scale), least);
}

/* What *Show Only* has made of a search. */
static void
fill_search (CoterieFilterPopover *self)
{
  const char *text = coterie_node_filter_get_condition (self->filter, COTERIE_FILTER_SEARCH);

  adw_action_row_set_subtitle (self->search_row, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->search_row), text != NULL);
}

static void
show_clear_button (CoterieFilterPopover *self)
{
  gtk_widget_set_sensitive (self->clear_button,
                            coterie_node_filter_get_query (self->filter) != NULL);
}

static void
fill (CoterieFilterPopover *self)
{
  if (self->filter == NULL || self->filling)
    return;
  self->filling = TRUE;
  fill_search (self);
  fill_communities (self);
  fill_classes (self);
  fill_layers (self);
  fill_strength (self);
  self->filling = FALSE;
  show_clear_button (self);
}

/* What the user chooses. */

static void
apply (CoterieFilterPopover *self, CoterieFilterSubject subject, const char *condition)
{
  /* What the filter tells back must not fill the row that the user holds. */
  self->filling = TRUE;
  coterie_node_filter_set_condition (self->filter, subject, condition);
  self->filling = FALSE;
  show_clear_button (self);
}

static void
apply_row (CoterieFilterPopover *self,
           AdwComboRow *row,
           CoterieFilterSubject subject,
           char *(*get_condition) (CoterieFilterPopover *, guint))
{
  guint selected = adw_combo_row_get_selected (row);
  g_autofree char *condition = NULL;

  if (self->filling || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (selected > 0)
    condition = get_condition (self, selected);
  apply (self, subject, condition);
}

static void
community_chosen_cb (CoterieFilterPopover *self)
{
  apply_row (self, self->community_row, COTERIE_FILTER_COMMUNITY, get_community_condition);
}

static void
class_chosen_cb (CoterieFilterPopover *self)
{
  apply_row (self, self->class_row, COTERIE_FILTER_CLASS, get_class_condition);
}

static void
layer_chosen_cb (CoterieFilterPopover *self)
{
  apply_row (self, self->layer_row, COTERIE_FILTER_LAYER, get_layer_condition);
}

static void
strength_chosen_cb (CoterieFilterPopover *self)
{
  double least = gtk_range_get_value (GTK_RANGE (self->strength_scale));
  g_autofree char *condition = NULL;

  if (self->filling)
    return;
  if (least >= 0.5)
    condition = g_strdup_printf ("strength >= %.0f", least);
  apply (self, COTERIE_FILTER_STRENGTH, condition);
}

static void
search_cleared_cb (CoterieFilterPopover *self)
{
  coterie_node_filter_set_condition (self->filter, COTERIE_FILTER_SEARCH, NULL);
}

static void
clear_cb (CoterieFilterPopover *self)
{
  coterie_node_filter_clear (self->filter);
  fill (self);
}

static void
coterie_filter_popover_finalize (GObject *object)
{
  CoterieFilterPopover *self = COTERIE_FILTER_POPOVER (object);

  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_data (self->filter, self);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->graph, coterie_scene_graph_unref);
  g_clear_pointer (&self->class_names, g_strfreev);
  g_array_unref (self->communities);
  G_OBJECT_CLASS (coterie_filter_popover_parent_class)->finalize (object);
}

static void
coterie_filter_popover_class_init (CoterieFilterPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = coterie_filter_popover_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "/ui/filter-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieFilterPopover, search_row);
  gtk_widget_class_bind_template_child (widget_class, CoterieFilterPopover, community_row);
  gtk_widget_class_bind_template_child (widget_class, CoterieFilterPopover, class_row);
  gtk_widget_class_bind_template_child (widget_class, CoterieFilterPopover, layer_row);
  gtk_widget_class_bind_template_child (widget_class, CoterieFilterPopover, strength_scale);
  gtk_widget_class_bind_template_child (widget_class, CoterieFilterPopover, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, fill);
  gtk_widget_class_bind_template_callback (widget_class, community_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, class_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, layer_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, strength_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cleared_cb);
}

static void
coterie_filter_popover_init (CoterieFilterPopover *self)
{
  self->communities = g_array_new (FALSE, FALSE, sizeof (Community));
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * coterie_filter_popover_set_filter:
 * @self: the popover
 * @filter: what it changes; set once
 *
 * Connects the popover with its filter.
 */
void
coterie_filter_popover_set_filter (CoterieFilterPopover *self, CoterieNodeFilter *filter)
{
  g_return_if_fail (self->filter == NULL);

  self->filter = g_object_ref (filter);
  g_signal_connect_swapped (filter, "changed", G_CALLBACK (fill), self);
}

/**
 * coterie_filter_popover_set_graph:
 * @self: the popover
 * @graph: (nullable): what there is to choose from
 * @class_names: names of its classes; copied
 *
 * Takes effect when the popover opens.
 */
void
coterie_filter_popover_set_graph (CoterieFilterPopover *self,
                                  CoterieSceneGraph *graph,
                                  const char *const *class_names)
{
  g_clear_pointer (&self->graph, coterie_scene_graph_unref);
  if (graph != NULL)
    self->graph = coterie_scene_graph_ref (graph);
  g_strfreev (self->class_names);
  self->class_names = g_strdupv ((char **) class_names);
}
