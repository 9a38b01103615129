/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A recording, open: the graph of one layer, the plots beside it and the timeline below. The page
 * tells the graph view which two frames the timeline stands between, and how far from the first to
 * the second it is. */

#include "app/run-page.h"

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/community-legend.h"
#include "app/evolution-panel.h"
#include "app/graph-actions.h"
#include "app/graph-menu.h"
#include "app/graph-source.h"
#include "app/graph-tools.h"
#include "app/layer-switcher.h"
#include "app/minimap.h"
#include "app/neuron-table.h"
#include "app/neuron-trail.h"
#include "app/neuron-words.h"
#include "app/node-card.h"
#include "app/selection-card.h"
#include "app/side-divider.h"
#include "app/timeline-bar.h"
#include "app/training-card.h"
#include "app/widget-tree.h"
#include "draw/picture-legend.h"
#include "draw/plot/scale.h"

/* Distance of the card from the pointer, and of both from the border of the graph. */
#define CARD_OFFSET_PX 16
#define CARD_BORDER_PX 6

/* In less, the legend would cover most of the graph. */
#define NARROW_PX 520

/* No frame, no layer: nothing is shown. */
#define NONE G_MAXUINT

struct _CoterieRunPage {
  GtkWidget parent_instance;

  CoterieSession *session;
  CoterieGraphSource *graph_source;
  CoterieGraphActions *graph_actions;
  CoterieGraphMenu *graph_menu;
  CoterieSideDivider *divider;

  GtkPaned *paned;
  GtkOverlay *overlay;
  GtkWidget *side_panel;
  GtkWidget *zoom_box;
  CoterieGraphView *graph_view;
  GtkWidget *bad_label;
  GtkWidget *weights_label;
  CoterieMinimap *minimap;
  CoterieLayerSwitcher *layer_switcher;
  CoterieGraphTools *graph_tools;
  CoterieCommunityLegend *legend;
  CoterieNodeCard *node_card;
  CoterieTrainingCard *training_card;
  CoterieEvolutionPanel *evolution_panel;
  CoterieNeuronTable *neuron_table;
  CoterieSelectionCard *selection_card;
  GtkStack *side_stack;
  CoterieTimelineBar *timeline_bar;

  guint shown_first;
  guint shown_n_frames;
  guint shown_layer;
  guint listed_frame;
  guint listed_layer;
  guint64 hovered_key;
  double pointer_x_px;
  double pointer_y_px;
  CoterieOverlay legend_room;
  int room_width_px;
  int room_height_px;
  guint overlays_source;
};

G_DEFINE_FINAL_TYPE (CoterieRunPage, coterie_run_page, GTK_TYPE_WIDGET)

static const CoterieFrameLayer *
get_layer (CoterieRunPage *self, guint frame)
{
  guint layer = coterie_session_get_layer (self->session);

  return &coterie_session_get_frame (self->session, frame)->layers[layer - 1];
}

static const CoterieFrameLayer *
get_current_layer (CoterieRunPage *self)
{
  if (coterie_session_get_n_frames (self->session) == 0)
    return NULL;
  return get_layer (self,
                    coterie_timeline_get_frame (coterie_session_get_timeline (self->session)));
}

/* Which layers the graph shows: 0 for all. */
static guint
get_shown_layer (CoterieRunPage *self)
{
  return coterie_session_get_all_layers (self->session) ? 0
                                                        : coterie_session_get_layer (self->session);
}

static void
update_node_card (CoterieRunPage *self)
{
  CoterieFrame *frame = coterie_session_get_current_frame (self->session);
  guint layer = coterie_scene_key_layer (self->hovered_key);
  gboolean shown = self->hovered_key != COTERIE_SELECTION_NO_KEY && frame != NULL &&
                   layer <= frame->n_layers &&
                   coterie_node_card_show (self->node_card, &frame->layers[layer - 1],
                                           coterie_session_get_info (self->session),
                                           coterie_scene_key_neuron (self->hovered_key));

  gtk_widget_set_visible (GTK_WIDGET (self->node_card), shown);
}

/* A screen reader says which neuron the keyboard is on, or else that this is the graph. */
static void
update_spoken (CoterieRunPage *self)
{
  CoterieFrame *frame = coterie_session_get_current_frame (self->session);
  guint64 key = coterie_selection_get_focus (coterie_session_get_selection (self->session));
  guint layer = coterie_scene_key_layer (key);
  g_autofree char *words = NULL;

  if (key != COTERIE_SELECTION_NO_KEY && frame != NULL && layer <= frame->n_layers)
    words = coterie_neuron_words_sentence (&frame->layers[layer - 1],
                                           coterie_session_get_info (self->session),
                                           coterie_scene_key_neuron (key));
  else
    words = g_strdup (_ ("Graph of the Layer"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->graph_view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

static gboolean
are_pinned (CoterieRunPage *self, const guint64 *keys, gsize n_keys)
{
  for (gsize i = 0; i < n_keys; i++)
    if (coterie_session_find_pin (self->session, coterie_scene_key_layer (keys[i]),
                                  coterie_scene_key_neuron (keys[i])) == NULL)
      return FALSE;
  return n_keys > 0;
}

static void
update_selection_card (CoterieRunPage *self)
{
  gsize n_keys;
  const guint64 *keys =
      coterie_selection_get_keys (coterie_session_get_selection (self->session), &n_keys);

  coterie_selection_card_show (self->selection_card,
                               coterie_session_get_current_frame (self->session),
                               coterie_session_get_info (self->session),
                               coterie_graph_source_get_hues (self->graph_source), keys, n_keys);
  coterie_selection_card_set_pinned (self->selection_card, are_pinned (self, keys, n_keys));
}

/* Where the weights between the layers come from, if that is not the frame itself; %NULL if it is. */
static char *
describe_weights (CoterieRunPage *self)
{
  CoterieTimeline *timeline = coterie_session_get_timeline (self->session);
  CoterieFrame *frame = coterie_session_get_current_frame (self->session);
  CoterieLayerWeights *weights;

  if (!coterie_session_get_all_layers (self->session))
    return NULL;
  weights =
      coterie_session_get_layer_weights (self->session, coterie_timeline_get_frame (timeline));
  if (weights == NULL || weights->iteration == frame->iteration)
    return NULL;
  if (!weights->known)
    return g_strdup (_ ("The recording has no weights of this iteration or before"));
  return g_strdup_printf (_ ("Between layers: weights of iteration %u"), weights->iteration);
}

static void
update_weights_label (CoterieRunPage *self)
{
  g_autofree char *text =
      coterie_session_get_n_frames (self->session) > 0 ? describe_weights (self) : NULL;

  gtk_widget_set_visible (self->weights_label, text != NULL);
  if (text != NULL)
    gtk_label_set_label (GTK_LABEL (self->weights_label), text);
}

static char *
describe_all_layers (CoterieRunPage *self, const CoterieFrame *frame)
{
  const CoterieSceneGraph *graph =
      coterie_scene_get_nearest_graph (coterie_graph_view_get_scene (self->graph_view));

  return g_strdup_printf (
      _ ("Iteration %u, all %u layers side by side: %u neurons, %u edges, %u communities"),
      frame->iteration, frame->n_layers, graph->n_nodes, graph->n_edges, graph->n_communities);
}

static void
describe_graph (CoterieRunPage *self, const CoterieFrameLayer *layer)
{
  CoterieFrame *frame = coterie_session_get_current_frame (self->session);
  g_autofree char *overlap = coterie_scale_format (layer->analysis->modularity.weighted_overlap, 2);
  g_autofree char *description = NULL;

  if (coterie_session_get_all_layers (self->session))
    description = describe_all_layers (self, frame);
  else if (layer->analysis->n_bad_values > 0)
    description = g_strdup_printf (_ ("Iteration %u, layer %u: activations are not numbers"),
                                   frame->iteration, layer->analysis->layer);
  else
    description = g_strdup_printf (
        _ ("Iteration %u, layer %u: %u neurons, %u edges, %u communities; modularity with weighted "
           "overlap %s"),
        frame->iteration, layer->analysis->layer, layer->analysis->n_nodes,
        layer->analysis->graph->n_edges, layer->n_communities, overlap);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->graph_view),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

static void
update_table (CoterieRunPage *self, const CoterieFrameLayer *layer)
{
  CoterieRunInfo *info = coterie_session_get_info (self->session);
  const char *const *class_names = info != NULL ? info->dataset.class_names : NULL;
  CoterieTimeline *timeline = coterie_session_get_timeline (self->session);
  CoterieSceneGraph *graph =
      layer != NULL
          ? coterie_graph_source_get (self->graph_source, coterie_timeline_get_frame (timeline))
          : NULL;

  coterie_neuron_table_set_graph (self->neuron_table, graph, class_names);
  coterie_graph_tools_set_graph (self->graph_tools, graph, class_names);
}

static void
update_legend (CoterieRunPage *self)
{
  CoterieScene *scene = coterie_graph_view_get_scene (self->graph_view);
  g_autoptr (CoterieSceneLegend) legend = coterie_scene_get_legend (scene, COTERIE_LEGEND_MAX_ROWS);

  coterie_community_legend_show (
      self->legend, coterie_scene_get_nearest_graph (scene)->n_nodes > 0 ? legend : NULL);
}

/* A layer without any edge says why. */
static void
update_bad_label (CoterieRunPage *self, const CoterieFrameLayer *layer)
{
  gboolean shown = layer != NULL && get_shown_layer (self) > 0;
  gboolean bad = shown && layer->analysis->n_bad_values > 0;
  gboolean silent = shown && coterie_layer_analysis_is_silent (layer->analysis);

  if (bad)
    gtk_label_set_label (GTK_LABEL (self->bad_label),
                         _ ("This layer’s activations are not numbers at this iteration"));
  else if (silent)
    gtk_label_set_label (GTK_LABEL (self->bad_label),
                         _ ("All neurons of this layer are silent at this iteration"));
  /* a silent layer still has nodes, which lie about the middle */
  gtk_widget_set_valign (self->bad_label, silent ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->bad_label, bad || silent);
}

/* What belongs to the nearest frame and does not blend: the legend, the table and the words. */
static void
update_lists (CoterieRunPage *self)
{
  const CoterieFrameLayer *layer = get_current_layer (self);

  update_bad_label (self, layer);
  update_legend (self);
  update_weights_label (self);
  update_table (self, layer);
  if (layer != NULL)
    describe_graph (self, layer);
  update_node_card (self);
  update_selection_card (self);
  update_spoken (self);
}

static void
update_nearest (CoterieRunPage *self)
{
  guint frame = coterie_session_get_n_frames (self->session) > 0
                    ? coterie_timeline_get_frame (coterie_session_get_timeline (self->session))
                    : NONE;
  guint layer = get_shown_layer (self);

  if (frame == self->listed_frame && layer == self->listed_layer)
    return;
  self->listed_frame = frame;
  self->listed_layer = layer;
  update_lists (self);
}

/* A single selected neuron has a trail, up to the end of the blend, on which it moves. */
static void
update_trail (CoterieRunPage *self)
{
  CoterieScene *scene = coterie_graph_view_get_scene (self->graph_view);
  gsize n_keys;
  const guint64 *keys =
      coterie_selection_get_keys (coterie_session_get_selection (self->session), &n_keys);
  g_autoptr (GArray) points = NULL;

  if (n_keys == 1 && self->shown_first != NONE &&
      coterie_scene_key_layer (keys[0]) == self->shown_layer) {
    points = coterie_neuron_trail_new (self->session, keys[0], self->shown_first + 1);
    coterie_scene_set_trail (scene, (const float *) (gconstpointer) points->data, points->len / 2);
  } else {
    coterie_scene_set_trail (scene, NULL, 0);
  }
}

static CoterieSceneGraph *
get_graph (CoterieRunPage *self, guint frame)
{
  return frame < coterie_session_get_n_frames (self->session)
             ? coterie_graph_source_get (self->graph_source, frame)
             : NULL;
}

/* Shows the graphs of frame @first and the next one, @t_frac of the way. Returns whether others were
 * shown before. */
static gboolean
update_graphs (CoterieRunPage *self, guint first, double t_frac)
{
  guint n_frames = coterie_session_get_n_frames (self->session);
  guint layer = get_shown_layer (self);
  gboolean last = first + 1 >= n_frames;

  if (first == self->shown_first && layer == self->shown_layer &&
      last == (first + 1 >= self->shown_n_frames)) {
    coterie_graph_view_set_blend (self->graph_view, t_frac);
    return FALSE;
  }
  self->shown_first = first;
  self->shown_layer = layer;
  self->shown_n_frames = n_frames;
  update_trail (self);
  coterie_graph_view_set_graphs (self->graph_view, get_graph (self, first),
                                 get_graph (self, first + 1), t_frac);
  return TRUE;
}

/* The graph of a frame that is not shown yet: without the weights between its layers it would have to
 * be made again. */
static CoterieSceneGraph *
get_graph_ahead (CoterieRunPage *self, guint frame)
{
  if (frame >= coterie_session_get_n_frames (self->session) ||
      (coterie_session_get_all_layers (self->session) &&
       coterie_session_get_layer_weights (self->session, frame) == NULL))
    return NULL;
  return get_graph (self, frame);
}

/* Has what may come next prepared: the other half of the way, and the ways after and before it. Where
 * the timeline comes to rest no rings are drawn. */
static void
update_ahead (CoterieRunPage *self, guint first, double t_frac)
{
  CoterieTimeline *timeline = coterie_session_get_timeline (self->session);
  double target =
      coterie_timeline_get_playing (timeline) ? -1.0 : coterie_timeline_get_target (timeline);
  gboolean next_is_last = first + 2 >= coterie_session_get_n_frames (self->session);
  CoterieSceneGraph *from = get_graph (self, first), *to = get_graph (self, first + 1);
  CoterieSceneGraph *before = first > 0 ? get_graph_ahead (self, first - 1) : NULL;
  CoterieSceneGraph *after = get_graph_ahead (self, first + 2);
  CoterieSceneWish wishes[COTERIE_SCENE_AHEAD_MOST];
  guint n_wishes = 0;

  if (to != NULL)
    wishes[n_wishes++] = (CoterieSceneWish){
        .from = from, .to = to, .t_frac = t_frac < 0.5 ? 1.0 : 0.0, .movers_ringed = TRUE};
  if (to != NULL && (after != NULL || next_is_last))
    wishes[n_wishes++] =
        (CoterieSceneWish){.from = to, .to = after, .movers_ringed = target != first + 1.0};
  if (before != NULL)
    wishes[n_wishes++] =
        (CoterieSceneWish){.from = before, .to = from, .t_frac = 1.0, .movers_ringed = TRUE};
  coterie_graph_view_set_ahead (self->graph_view, wishes, n_wishes);
}

static void
update_graph (CoterieRunPage *self)
{
  double position = coterie_timeline_get_position (coterie_session_get_timeline (self->session));
  guint n_frames = coterie_session_get_n_frames (self->session);
  guint first;
  gboolean changed;

  if (n_frames == 0) {
    coterie_graph_view_set_ahead (self->graph_view, NULL, 0);
    coterie_graph_view_clear (self->graph_view);
    self->shown_first = NONE;
    update_nearest (self);
    return;
  }

  first = MIN ((guint) floor (position), n_frames - 1);
  changed = update_graphs (self, first, position - first);
  update_nearest (self);
  /* Where frames fly by, what is next is not known, and there is no time. */
  if (!changed)
    update_ahead (self, first, position - first);
}

/* The same iterations, analysed in another way. */
static void
show_replaced (CoterieRunPage *self)
{
  coterie_graph_source_forget (self->graph_source);
  self->shown_first = NONE;
  self->listed_frame = NONE;
  update_graph (self);
}

/* They may be those of any frame that was asked for. */
static void
show_weights (CoterieRunPage *self)
{
  if (coterie_graph_source_get_incomplete (self->graph_source))
    show_replaced (self);
  else
    update_weights_label (self);
}

static void
show_info (CoterieRunPage *self)
{
  CoterieRunInfo *info = coterie_session_get_info (self->session);

  coterie_scene_set_class_names (coterie_graph_view_get_scene (self->graph_view),
                                 info != NULL ? info->dataset.class_names : NULL);
}

static void
node_hovered (CoterieRunPage *self, guint64 key, double x_px, double y_px)
{
  self->hovered_key = key;
  self->pointer_x_px = x_px;
  self->pointer_y_px = y_px;
  update_node_card (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self->overlay));
}

static void
community_pointed (CoterieRunPage *self, guint identity)
{
  coterie_graph_view_set_focus (self->graph_view, identity);
}

static void
style_changed (CoterieRunPage *self)
{
  CoterieSceneStyle style = coterie_graph_tools_get_style (self->graph_tools);

  coterie_scene_set_style (coterie_graph_view_get_scene (self->graph_view), &style);
  coterie_graph_view_refresh (self->graph_view);
  if (self->session != NULL)
    update_lists (self);
}

static void
search_changed (CoterieRunPage *self)
{
  coterie_scene_set_search (coterie_graph_view_get_scene (self->graph_view),
                            coterie_graph_tools_get_search (self->graph_tools));
  coterie_graph_view_refresh (self->graph_view);
}

static void
filter_changed (CoterieRunPage *self)
{
  CoterieNodeQuery *filter = coterie_graph_tools_get_filter (self->graph_tools);

  coterie_scene_set_filter (coterie_graph_view_get_scene (self->graph_view), filter);
  coterie_graph_view_refresh (self->graph_view);
  coterie_neuron_table_set_filter (self->neuron_table, filter);
}

static gboolean
is_in_view (CoterieRunPage *self, guint64 key)
{
  double x_px, y_px;

  return coterie_graph_view_get_node_point (self->graph_view, key, &x_px, &y_px) && x_px >= 0.0 &&
         y_px >= 0.0 && x_px < gtk_widget_get_width (GTK_WIDGET (self->graph_view)) &&
         y_px < gtk_widget_get_height (GTK_WIDGET (self->graph_view));
}

static void
match_shown (CoterieRunPage *self, guint64 key)
{
  coterie_selection_set (coterie_session_get_selection (self->session), &key, 1);
  if (!is_in_view (self, key))
    coterie_graph_view_fit_selection (self->graph_view);
}

static void
find_closed (CoterieRunPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->graph_view));
}

static void
table_selection_changed (CoterieRunPage *self)
{
  guint n_keys;
  g_autofree guint64 *keys = coterie_neuron_table_dup_selected (self->neuron_table, &n_keys);

  coterie_selection_set (coterie_session_get_selection (self->session), keys, n_keys);
}

static void
selection_changed (CoterieRunPage *self)
{
  gsize n_keys;
  const guint64 *keys =
      coterie_selection_get_keys (coterie_session_get_selection (self->session), &n_keys);

  coterie_neuron_table_set_selected (self->neuron_table, keys, (guint) n_keys);
  update_trail (self);
  update_selection_card (self);
}

/* Goes where a neuron of the table is. */
static void
neuron_activated (CoterieRunPage *self, guint64 key)
{
  CoterieSelection *selection = coterie_session_get_selection (self->session);

  coterie_selection_set (selection, &key, 1);
  coterie_selection_set_focus (selection, key);
  coterie_graph_view_fit_selection (self->graph_view);
}

static void
community_requested (CoterieRunPage *self, guint64 key)
{
  coterie_graph_actions_select_community (self->graph_actions, key);
}

static void
nodes_moved (CoterieRunPage *self, const CoteriePinPlace *places, gulong n_places)
{
  /* Side by side, layers have other units of length than in their own layouts: there nodes go back. */
  if (!coterie_session_get_all_layers (self->session))
    coterie_graph_actions_place (self->graph_actions, places, n_places);
}

static void
menu_requested (CoterieRunPage *self, guint64 key, double x_px, double y_px)
{
  coterie_graph_menu_popup (self->graph_menu, key != COTERIE_SELECTION_NO_KEY, x_px, y_px);
}

/* Shows the selected rows, also where the plots were hidden. */
static void
show_table (gpointer data)
{
  CoterieRunPage *self = data;

  if (!gtk_widget_get_visible (self->side_panel))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-sidebar", NULL);
  gtk_stack_set_visible_child_name (self->side_stack, "neurons");
}

static CoterieOverlay
find_overlay (CoterieRunPage *self, GtkWidget *widget)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_visible (widget) ||
      !gtk_widget_compute_bounds (widget, GTK_WIDGET (self->overlay), &bounds))
    return (CoterieOverlay){0};
  return (CoterieOverlay){
      .x_px = (double) bounds.origin.x,
      .y_px = (double) bounds.origin.y,
      .width_px = (double) bounds.size.width,
      .height_px = (double) bounds.size.height,
  };
}

/* The legend is not the same size at every iteration. The graph keeps out of the largest since the
 * window or the legend got another shape, so that it does not move with every step. */
static CoterieOverlay
find_legend (CoterieRunPage *self)
{
  CoterieOverlay legend = find_overlay (self, GTK_WIDGET (self->legend));
  CoterieOverlay *room = &self->legend_room;
  double bottom_px = legend.y_px + legend.height_px;

  if (coterie_community_legend_get_folded (self->legend)) {
    *room = (CoterieOverlay){0};
    return legend;
  }
  legend.width_px = room->width_px = MAX (room->width_px, legend.width_px);
  legend.height_px = room->height_px = MAX (room->height_px, legend.height_px);
  legend.y_px = bottom_px - legend.height_px;
  return legend;
}

static gboolean
update_overlays (gpointer data)
{
  CoterieRunPage *self = data;
  GtkWidget *tools = GTK_WIDGET (self->graph_tools);
  int width_px = gtk_widget_get_width (GTK_WIDGET (self->overlay));
  int height_px = gtk_widget_get_height (GTK_WIDGET (self->overlay));
  CoterieOverlay overlays[COTERIE_MAX_OVERLAYS];
  guint n_overlays = 0, n_lasting;

  self->overlays_source = 0;
  coterie_community_legend_set_narrow (self->legend, width_px < NARROW_PX);
  if (width_px != self->room_width_px || height_px != self->room_height_px)
    self->legend_room = (CoterieOverlay){0};
  self->room_width_px = width_px;
  self->room_height_px = height_px;

  overlays[n_overlays++] = find_overlay (self, GTK_WIDGET (self->layer_switcher));
  overlays[n_overlays++] = find_legend (self);
  overlays[n_overlays++] = find_overlay (self, self->zoom_box);
  overlays[n_overlays++] = find_overlay (self, GTK_WIDGET (self->minimap));
  overlays[n_overlays++] = find_overlay (self, gtk_widget_get_first_child (tools));
  n_lasting = n_overlays;

  /* The search and the conditions come and go below the tools; the graph does not move for them. */
  overlays[n_overlays++] = find_overlay (self, self->weights_label);
  for (GtkWidget *child = gtk_widget_get_next_sibling (gtk_widget_get_first_child (tools));
       child != NULL && n_overlays < G_N_ELEMENTS (overlays);
       child = gtk_widget_get_next_sibling (child))
    overlays[n_overlays++] = find_overlay (self, child);
  coterie_graph_view_set_overlays (self->graph_view, overlays, n_overlays, n_lasting);
  return G_SOURCE_REMOVE;
}

/* Overlays are being placed: when they are, the graph makes room for them, before the next picture. */
static void
queue_overlays (CoterieRunPage *self)
{
  if (self->overlays_source == 0)
    self->overlays_source = g_idle_add_full (GDK_PRIORITY_REDRAW - 10, update_overlays, self, NULL);
}

/* The card stands right below the pointer, or on its other side where there is no room. The other
 * overlays stand where the template says. */
static gboolean
place_overlay (CoterieRunPage *self, GtkWidget *child, GdkRectangle *allocation)
{
  GtkRequisition size;
  int width = gtk_widget_get_width (GTK_WIDGET (self->overlay));
  int height = gtk_widget_get_height (GTK_WIDGET (self->overlay));
  int x = (int) self->pointer_x_px + CARD_OFFSET_PX;
  int y = (int) self->pointer_y_px + CARD_OFFSET_PX;

  if (child != GTK_WIDGET (self->node_card)) {
    queue_overlays (self);
    return FALSE;
  }

  gtk_widget_get_preferred_size (child, NULL, &size);
  if (x + size.width > width - CARD_BORDER_PX)
    x = (int) self->pointer_x_px - CARD_OFFSET_PX - size.width;
  if (y + size.height > height - CARD_BORDER_PX)
    y = (int) self->pointer_y_px - CARD_OFFSET_PX - size.height;
  *allocation =
      (GdkRectangle){MAX (x, CARD_BORDER_PX), MAX (y, CARD_BORDER_PX), size.width, size.height};
  return TRUE;
}

static void
coterie_run_page_dispose (GObject *object)
{
  CoterieRunPage *self = COTERIE_RUN_PAGE (object);

  g_clear_handle_id (&self->overlays_source, g_source_remove);
  g_clear_pointer (&self->graph_menu, coterie_graph_menu_free);
  g_clear_pointer (&self->divider, coterie_side_divider_free);
  g_clear_pointer (&self->graph_actions, coterie_graph_actions_free);
  if (self->session != NULL) {
    g_signal_handlers_disconnect_by_data (self->session, self);
    g_signal_handlers_disconnect_by_data (coterie_session_get_timeline (self->session), self);
    g_signal_handlers_disconnect_by_data (coterie_session_get_selection (self->session), self);
  }
  g_clear_pointer (&self->graph_source, coterie_graph_source_free);
  g_clear_object (&self->session);
  coterie_widget_unparent_children (GTK_WIDGET (self));
  G_OBJECT_CLASS (coterie_run_page_parent_class)->dispose (object);
}

static void
coterie_run_page_class_init (CoterieRunPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_run_page_dispose;

  g_type_ensure (COTERIE_TYPE_GRAPH_VIEW);
  g_type_ensure (COTERIE_TYPE_LAYER_SWITCHER);
  g_type_ensure (COTERIE_TYPE_GRAPH_TOOLS);
  g_type_ensure (COTERIE_TYPE_COMMUNITY_LEGEND);
  g_type_ensure (COTERIE_TYPE_MINIMAP);
  g_type_ensure (COTERIE_TYPE_NODE_CARD);
  g_type_ensure (COTERIE_TYPE_SELECTION_CARD);
  g_type_ensure (COTERIE_TYPE_TRAINING_CARD);
  g_type_ensure (COTERIE_TYPE_EVOLUTION_PANEL);
  g_type_ensure (COTERIE_TYPE_NEURON_TABLE);
  g_type_ensure (COTERIE_TYPE_TIMELINE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "/ui/run-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, paned);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, overlay);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, side_panel);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, zoom_box);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, graph_view);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, bad_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, weights_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, minimap);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, layer_switcher);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, graph_tools);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, legend);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, node_card);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, training_card);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, evolution_panel);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, neuron_table);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, selection_card);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, side_stack);
  gtk_widget_class_bind_template_child (widget_class, CoterieRunPage, timeline_bar);
  gtk_widget_class_bind_template_callback (widget_class, node_hovered);
  gtk_widget_class_bind_template_callback (widget_class, update_legend);
  gtk_widget_class_bind_template_callback (widget_class, neuron_activated);
  gtk_widget_class_bind_template_callback (widget_class, community_requested);
  gtk_widget_class_bind_template_callback (widget_class, menu_requested);
  gtk_widget_class_bind_template_callback (widget_class, nodes_moved);
  gtk_widget_class_bind_template_callback (widget_class, community_pointed);
  gtk_widget_class_bind_template_callback (widget_class, style_changed);
  gtk_widget_class_bind_template_callback (widget_class, search_changed);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, match_shown);
  gtk_widget_class_bind_template_callback (widget_class, find_closed);
  gtk_widget_class_bind_template_callback (widget_class, place_overlay);
  gtk_widget_class_bind_template_callback (widget_class, table_selection_changed);
}

static void
coterie_run_page_init (CoterieRunPage *self)
{
  self->shown_first = NONE;
  self->listed_frame = NONE;
  self->hovered_key = COTERIE_SELECTION_NO_KEY;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->divider = coterie_side_divider_new (self->paned);
  style_changed (self);
}

/**
 * coterie_run_page_set_session:
 * @self: the page
 * @session: what is shown; set once
 *
 * Connects the page and all its parts with what they show.
 */
void
coterie_run_page_set_session (CoterieRunPage *self, CoterieSession *session)
{
  CoterieTimeline *timeline = coterie_session_get_timeline (session);

  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  self->graph_source = coterie_graph_source_new (session);
  self->graph_menu = coterie_graph_menu_new (GTK_WIDGET (self->graph_view));
  self->graph_actions = coterie_graph_actions_new (session, self->graph_view, show_table, self);
  coterie_graph_actions_add_to (self->graph_actions, GTK_WIDGET (self));
  coterie_minimap_set_view (self->minimap, self->graph_view);
  coterie_graph_view_set_selection (self->graph_view, coterie_session_get_selection (session));
  coterie_layer_switcher_set_session (self->layer_switcher, session);
  coterie_training_card_set_session (self->training_card, session);
  coterie_evolution_panel_set_session (self->evolution_panel, session);
  coterie_timeline_bar_set_session (self->timeline_bar, session);
  g_signal_connect_swapped (session, "notify::info", G_CALLBACK (show_info), self);
  g_signal_connect_swapped (session, "notify::n-frames", G_CALLBACK (update_graph), self);
  g_signal_connect_swapped (session, "notify::layer", G_CALLBACK (update_graph), self);
  g_signal_connect_swapped (session, "notify::all-layers", G_CALLBACK (update_graph), self);
  g_signal_connect_swapped (session, "weights-loaded", G_CALLBACK (show_weights), self);
  g_signal_connect_swapped (session, "frames-replaced", G_CALLBACK (show_replaced), self);
  g_signal_connect_swapped (session, "pins-changed", G_CALLBACK (update_selection_card), self);
  g_signal_connect_swapped (timeline, "notify::position", G_CALLBACK (update_graph), self);
  g_signal_connect_swapped (coterie_session_get_selection (session), "changed",
                            G_CALLBACK (selection_changed), self);
  g_signal_connect_swapped (coterie_session_get_selection (session), "focus-changed",
                            G_CALLBACK (update_spoken), self);
}

/**
 * coterie_run_page_set_show_sidebar:
 * @self: the page
 * @show: whether the plots are shown
 *
 * Shows or hides what is beside the graph.
 */
void
coterie_run_page_set_show_sidebar (CoterieRunPage *self, gboolean show)
{
  gtk_widget_set_visible (self->side_panel, show);
}

/**
 * coterie_run_page_get_graph_view:
 * @self: the page
 *
 * Returns: (transfer none): the graph
 */
CoterieGraphView *
coterie_run_page_get_graph_view (CoterieRunPage *self)
{
  return self->graph_view;
}

/**
 * coterie_run_page_find:
 * @self: the page
 *
 * Opens the search for neurons.
 */
void
coterie_run_page_find (CoterieRunPage *self)
{
  coterie_graph_tools_find (self->graph_tools);
}
