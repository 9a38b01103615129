/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done with the selected neurons: select more or others, go there, pin them or let them go,
 * copy their numbers. The context menu, the card of the selection and the keyboard use the same actions.
 * What belongs together is read from the frame that is shown. What is pinned or let go can be undone. */

#include "app/graph-actions.h"

#include "config.h"

#include "draw/scene/scene-graph.h"

struct _CoterieGraphActions {
  GSimpleActionGroup *group;
  CoterieSession *session;
  CoteriePinHistory *history;

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

/* Pins. */

static CoteriePinPlace
get_pin_place (CoterieGraphActions *actions, guint64 key)
{
  const CoteriePin *pin = coterie_session_find_pin (actions->session, coterie_scene_key_layer (key),
                                                    coterie_scene_key_neuron (key));

  if (pin == NULL)
    return (CoteriePinPlace){.key = key};
  return (CoteriePinPlace){.key = key, .pinned = TRUE, .x = pin->x, .y = pin->y};
}

/* Puts neurons where the history says, in one go what is pinned and in one what is let go. */
static void
apply_places (CoterieGraphActions *actions, const CoteriePinPlace *places, gulong n_places)
{
  g_autofree CoteriePin *pins = g_new (CoteriePin, n_places);
  guint n_pinned = 0, n_free = 0;

  for (gulong i = 0; i < n_places; i++) {
    CoteriePin pin = {coterie_scene_key_layer (places[i].key),
                      coterie_scene_key_neuron (places[i].key), places[i].x, places[i].y};

    if (places[i].pinned)
      pins[n_pinned++] = pin;
    else
      pins[n_places - ++n_free] = pin;
  }
  if (n_pinned > 0)
    coterie_session_set_pins (actions->session, pins, n_pinned);
  if (n_free > 0)
    coterie_session_unset_pins (actions->session, pins + n_pinned, n_free);
}

/* Where the selected neurons that are @pinned, or are not, are pinned or shown. */
static GArray *
find_selected_places (CoterieGraphActions *actions, gboolean pinned)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (CoteriePinPlace));
  gsize n_keys;
  const guint64 *keys = coterie_selection_get_keys (get_selection (actions), &n_keys);

  for (gsize i = 0; i < n_keys; i++) {
    CoteriePinPlace place = get_pin_place (actions, keys[i]);

    if (place.pinned == pinned &&
        (pinned || coterie_graph_view_get_layer_place (actions->view, keys[i], &place.x, &place.y)))
      g_array_append_val (places, place);
  }
  return places;
}

static void
change_pins (CoterieGraphActions *actions, gboolean pin)
{
  g_autoptr (GArray) places = find_selected_places (actions, !pin);

  for (guint i = 0; i < places->len; i++)
    g_array_index (places, CoteriePinPlace, i).pinned = pin;
  coterie_graph_actions_place (actions, (const CoteriePinPlace *) (gconstpointer) places->data,
                               places->len);
}

static void
pin_selection (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  change_pins (data, TRUE);
}

static void
unpin_selection (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  change_pins (data, FALSE);
}

/* One key for both: pins what is not pinned, or lets all go if all are. */
static void
toggle_pins (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GArray) places = find_selected_places (data, FALSE);

  change_pins (data, places->len > 0);
}

static void
undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CoterieGraphActions *actions = data;

  coterie_pin_history_undo (actions->history);
}

static void
redo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CoterieGraphActions *actions = data;

  coterie_pin_history_redo (actions->history);
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
  gboolean can_pin = coterie_session_get_can_pin (actions->session);
  g_autoptr (GArray) unpinned = find_selected_places (actions, FALSE);
  g_autoptr (GArray) pinned = find_selected_places (actions, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (need_selection); i++)
    set_enabled (actions, need_selection[i], any);
  set_enabled (actions, "pin", can_pin && unpinned->len > 0);
  set_enabled (actions, "unpin", can_pin && pinned->len > 0);
  set_enabled (actions, "toggle-pins", can_pin && any);
  set_enabled (actions, "undo", can_pin && coterie_pin_history_get_can_undo (actions->history));
  set_enabled (actions, "redo", can_pin && coterie_pin_history_get_can_redo (actions->history));
  coterie_graph_view_set_can_move (actions->view, can_pin);
}

static void
show_pins (CoterieGraphActions *actions)
{
  guint n_pins;
  const CoteriePin *pins = coterie_session_get_pins (actions->session, &n_pins);
  g_autofree guint64 *keys = g_new (guint64, n_pins);

  /* In the order of coterie_pin_compare(), which is that of the keys. */
  for (guint i = 0; i < n_pins; i++)
    keys[i] = coterie_scene_key (pins[i].layer, pins[i].neuron);
  coterie_graph_view_set_pinned (actions->view, keys, n_pins);
  update_enabled (actions);
}

static void
state_changed (CoterieGraphActions *actions)
{
  if (coterie_session_get_state (actions->session) == COTERIE_SESSION_LOADING)
    coterie_pin_history_forget (actions->history);
  show_pins (actions);
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
      {.name = "pin", .activate = pin_selection},
      {.name = "unpin", .activate = unpin_selection},
      {.name = "toggle-pins", .activate = toggle_pins},
      {.name = "undo", .activate = undo},
      {.name = "redo", .activate = redo},
  };
  CoterieGraphActions *actions = g_new0 (CoterieGraphActions, 1);

  actions->group = g_simple_action_group_new ();
  actions->session = g_object_ref (session);
  actions->history = coterie_pin_history_new ();
  actions->view = view;
  actions->show_table = show_table;
  actions->data = data;
  g_action_map_add_action_entries (G_ACTION_MAP (actions->group), entries, G_N_ELEMENTS (entries),
                                   actions);
  g_signal_connect_swapped (get_selection (actions), "changed", G_CALLBACK (update_enabled),
                            actions);
  g_signal_connect_swapped (session, "pins-changed", G_CALLBACK (show_pins), actions);
  g_signal_connect_swapped (session, "notify::state", G_CALLBACK (state_changed), actions);
  g_signal_connect_swapped (session, "notify::n-frames", G_CALLBACK (update_enabled), actions);
  g_signal_connect_swapped (session, "notify::analysing", G_CALLBACK (update_enabled), actions);
  g_signal_connect_swapped (actions->history, "apply", G_CALLBACK (apply_places), actions);
  g_signal_connect_swapped (actions->history, "changed", G_CALLBACK (update_enabled), actions);
  show_pins (actions);
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
  g_signal_handlers_disconnect_by_data (actions->session, actions);
  g_object_unref (actions->history);
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
      {GDK_KEY_Escape, 0, "graph.clear-selection"},
      {GDK_KEY_c, GDK_CONTROL_MASK, "graph.copy-numbers"},
      {GDK_KEY_c, 0, "graph.select-community"},
      {GDK_KEY_n, 0, "graph.select-neighbors"},
      {GDK_KEY_f, 0, "graph.fit-selection"},
      {GDK_KEY_t, 0, "graph.show-in-table"},
      {GDK_KEY_p, 0, "graph.toggle-pins"},
      {GDK_KEY_z, GDK_CONTROL_MASK, "graph.undo"},
      {GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "graph.redo"},
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
 * coterie_graph_actions_place:
 * @actions: the actions
 * @places: (array length=n_places): neurons, and where they shall be pinned, or that they shall not be
 * @n_places: how many; with none nothing happens
 *
 * Pins neurons or lets them go, as one step that can be undone.
 */
void
coterie_graph_actions_place (CoterieGraphActions *actions,
                             const CoteriePinPlace *places,
                             gsize n_places)
{
  g_autofree CoteriePinPlace *before = g_new (CoteriePinPlace, n_places);

  for (gsize i = 0; i < n_places; i++)
    before[i] = get_pin_place (actions, places[i].key);
  if (n_places > 0)
    coterie_pin_history_do (actions->history, before, places, n_places);
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
