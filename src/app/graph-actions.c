/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done with the selected neurons: select more or others, go there, copy their numbers. The
 * context menu, the card of the selection and the keyboard use the same actions. What belongs together
 * is read from the frame that is shown. */

#include "app/graph-actions.h"

#include "config.h"

#include "draw/scene/scene-graph.h"

struct _CoterieGraphActions {
  GSimpleActionGroup *group;
  CoterieSession *session;

  CoterieGraphView *view; /* outlives the actions */
  CoterieGraphActionsFunc show_table;
  gpointer data;
};

static CoterieSelection *
get_selection (CoterieGraphActions *actions)
{
  return coterie_session_get_selection (actions->session);
}

/* Which nodes of a layer's graph are selected. */
static gboolean *
find_selected_nodes (CoterieGraphActions *actions, const CoterieFrameLayer *layer)
{
  const CoterieLayerAnalysis *analysis = layer->analysis;
  gboolean *selected = g_new0 (gboolean, analysis->n_nodes);

  for (guint v = 0; v < analysis->n_nodes; v++)
    selected[v] = coterie_selection_contains (
        get_selection (actions), coterie_scene_key (analysis->layer, analysis->neurons[v]));
  return selected;
}

static void
add_nodes (const CoterieFrameLayer *layer, const gboolean *chosen, GArray *keys)
{
  const CoterieLayerAnalysis *analysis = layer->analysis;

  for (guint v = 0; v < analysis->n_nodes; v++)
    if (chosen[v]) {
      guint64 key = coterie_scene_key (analysis->layer, analysis->neurons[v]);

      g_array_append_val (keys, key);
    }
}

/* All nodes of the communities in which there is one of @selected. */
static gboolean *
find_communities (const CoterieFrameLayer *layer, const gboolean *selected)
{
  guint n_nodes = layer->analysis->n_nodes;
  gboolean *chosen = g_new0 (gboolean, n_nodes);
  g_autofree gboolean *whole = g_new0 (gboolean, layer->n_communities);

  for (guint v = 0; v < n_nodes; v++)
    whole[layer->communities[v]] |= selected[v];
  for (guint v = 0; v < n_nodes; v++)
    chosen[v] = whole[layer->communities[v]];
  return chosen;
}

/* @selected, and all nodes that share an edge with one of them. */
static gboolean *
find_neighbors (const CoterieFrameLayer *layer, const gboolean *selected)
{
  const CoterieGraph *graph = layer->analysis->graph;
  gboolean *chosen = g_memdup2 (selected, layer->analysis->n_nodes * sizeof *selected);

  for (guint e = 0; e < graph->n_edges; e++) {
    chosen[graph->edges[e].source] |= selected[graph->edges[e].target];
    chosen[graph->edges[e].target] |= selected[graph->edges[e].source];
  }
  return chosen;
}

typedef gboolean *(*FindNodes) (const CoterieFrameLayer *layer, const gboolean *selected);

/* What belongs to the selected neurons is selected too, in each of their layers. */
static void
extend_selection (CoterieGraphActions *actions, FindNodes find)
{
  const CoterieFrame *frame = coterie_session_get_current_frame (actions->session);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint64));

  if (frame == NULL)
    return;
  for (guint l = 0; l < frame->n_layers; l++) {
    g_autofree gboolean *selected = find_selected_nodes (actions, &frame->layers[l]);
    g_autofree gboolean *chosen = find (&frame->layers[l], selected);

    add_nodes (&frame->layers[l], chosen, keys);
  }
  coterie_selection_add (get_selection (actions), (const guint64 *) (gconstpointer) keys->data,
                         keys->len);
}

static void
select_all (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CoterieGraphActions *actions = data;

  coterie_graph_view_select_all (actions->view);
}

static void
select_community (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  extend_selection (data, find_communities);
}

static void
select_neighbors (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  extend_selection (data, find_neighbors);
}

static void
clear_selection (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  coterie_selection_clear (get_selection (data));
}

static void
fit_selection (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CoterieGraphActions *actions = data;

  coterie_graph_view_fit_selection (actions->view);
}

/* The numbers of neurons of one layer, or, with several layers, in the way the search knows. */
static void
copy_numbers (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CoterieGraphActions *actions = data;
  gsize n_keys;
  const guint64 *keys = coterie_selection_get_keys (get_selection (actions), &n_keys);
  gboolean one_layer =
      n_keys > 0 && coterie_scene_key_layer (keys[0]) == coterie_scene_key_layer (keys[n_keys - 1]);
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < n_keys; i++) {
    if (i > 0)
      g_string_append_c (text, ' ');
    if (!one_layer)
      g_string_append_printf (text, "L%u:", coterie_scene_key_layer (keys[i]));
    g_string_append_printf (text, "%u", coterie_scene_key_neuron (keys[i]));
  }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (actions->view)), text->str);
}

static void
show_in_table (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CoterieGraphActions *actions = data;

  actions->show_table (actions->data);
}

static void
set_enabled (CoterieGraphActions *actions, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (actions->group), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_enabled (CoterieGraphActions *actions)
{
  static const char *const need_selection[] = {
      "select-community", "select-neighbors", "clear-selection",
      "fit-selection",    "copy-numbers",     "show-in-table",
  };
  gboolean any = coterie_selection_get_n_keys (get_selection (actions)) > 0;

  for (guint i = 0; i < G_N_ELEMENTS (need_selection); i++)
    set_enabled (actions, need_selection[i], any);
}

/**
 * coterie_graph_actions_new:
 * @session: whose selection it is
 * @view: shows the graph; must outlive the actions
 * @show_table: called when the table shall be shown
 * @data: passed to @show_table
 *
 * Returns: (transfer full): the actions
 */
CoterieGraphActions *
coterie_graph_actions_new (CoterieSession *session,
                           CoterieGraphView *view,
                           CoterieGraphActionsFunc show_table,
                           gpointer data)
{
  static const GActionEntry entries[] = {
      {.name = "select-all", .activate = select_all},
      {.name = "select-community", .activate = select_community},
      {.name = "select-neighbors", .activate = select_neighbors},
      {.name = "clear-selection", .activate = clear_selection},
      {.name = "fit-selection", .activate = fit_selection},
      {.name = "copy-numbers", .activate = copy_numbers},
      {.name = "show-in-table", .activate = show_in_table},
  };
  CoterieGraphActions *actions = g_new0 (CoterieGraphActions, 1);

  actions->group = g_simple_action_group_new ();
  actions->session = g_object_ref (session);
  actions->view = view;
  actions->show_table = show_table;
  actions->data = data;
  g_action_map_add_action_entries (G_ACTION_MAP (actions->group), entries, G_N_ELEMENTS (entries),
                                   actions);
  g_signal_connect_swapped (get_selection (actions), "changed", G_CALLBACK (update_enabled),
                            actions);
  update_enabled (actions);
  return actions;
}

/**
 * coterie_graph_actions_free:
 * @actions: (transfer full): the actions, no longer in any widget
 *
 * Frees @actions.
 */
void
coterie_graph_actions_free (CoterieGraphActions *actions)
{
  g_signal_handlers_disconnect_by_data (get_selection (actions), actions);
  g_object_unref (actions->group);
  g_object_unref (actions->session);
  g_free (actions);
}

/**
 * coterie_graph_actions_add_to:
 * @actions: the actions
 * @widget: contains all widgets that use them
 *
 * Lets @widget and what is in it use the actions, and gives them keys that work in the whole window as
 * long as nothing else there has a use for them.
 */
void
coterie_graph_actions_add_to (CoterieGraphActions *actions, GtkWidget *widget)
{
  static const struct {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
      {GDK_KEY_a, GDK_CONTROL_MASK, "graph.select-all"},
      {GDK_KEY_c, GDK_CONTROL_MASK, "graph.copy-numbers"},
      {GDK_KEY_c, 0, "graph.select-community"},
      {GDK_KEY_n, 0, "graph.select-neighbors"},
      {GDK_KEY_f, 0, "graph.fit-selection"},
      {GDK_KEY_t, 0, "graph.show-in-table"},
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_widget_insert_action_group (widget, "graph", G_ACTION_GROUP (actions->group));
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_MANAGED);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                          gtk_named_action_new (keys[i].action)));
  gtk_widget_add_controller (widget, controller);
}

/**
 * coterie_graph_actions_select_community:
 * @actions: the actions
 * @key: a neuron
 *
 * Selects the community that @key is in now, and nothing else.
 */
void
coterie_graph_actions_select_community (CoterieGraphActions *actions, guint64 key)
{
  coterie_selection_set (get_selection (actions), &key, 1);
  extend_selection (actions, find_communities);
}
