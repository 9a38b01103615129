/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What lies on the graph: where it stands, and how the graph makes room for it. */

#include "app/run-page-private.h"
#include "draw/scene/free-place.h"

/* Distance of the card from the pointer, and of both from the border of the graph. */
#define CARD_OFFSET_PX 16
#define CARD_BORDER_PX 6

/* Of the overlays, to the border of the graph. */
#define MARGIN_PX 12

/* In less, the legend would cover most of the graph. */
#define NARROW_PX 520

/* In less, a card in which nothing stands would leave the plots too little. */
#define LOW_PX 500

/* To the top of the graph, where nothing lies above. */
#define NOTE_TOP_PX 72

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

/* Where the layers and the tools do not fit beside each other, the tools are below. */
static void
place_tools (CoterieRunPage *self, int width_px)
{
  GtkWidget *tools = GTK_WIDGET (self->graph_tools);
  CoterieOverlay layers = find_overlay (self, GTK_WIDGET (self->layer_switcher));
  CoterieOverlay card = find_overlay (self, gtk_widget_get_first_child (tools));
  gboolean fit = layers.width_px + card.width_px + 3 * MARGIN_PX <= width_px;
  int top_px = fit ? MARGIN_PX : (int) (layers.y_px + layers.height_px) + MARGIN_PX / 2;

  if (card.width_px > 0.0)
    gtk_widget_set_margin_top (tools, top_px);
}

/* Why there is nothing else to see, below all that lies at the top. */
static void
place_note (CoterieRunPage *self)
{
  CoterieOverlay tools = find_overlay (self, GTK_WIDGET (self->graph_tools));
  int top_px = (int) (tools.y_px + tools.height_px) + MARGIN_PX;

  gtk_widget_set_margin_top (self->bad_label, MAX (top_px, NOTE_TOP_PX));
}

/* A fitted graph makes room for the bar in which is typed what is searched, whatever that is: it moves once
 * as the bar opens, and back when it closes. From one that the user has moved, what is searched comes out
 * from below the bar when there is something else to see or the bar has got another size. */
static void
make_room_for_search (CoterieRunPage *self)
{
  GtkWidget *tools = GTK_WIDGET (self->graph_tools);
  CoterieOverlay bar =
      find_overlay (self, gtk_widget_get_next_sibling (gtk_widget_get_first_child (tools)));
  gboolean same = bar.x_px == self->search_bar.x_px && bar.y_px == self->search_bar.y_px &&
                  bar.width_px == self->search_bar.width_px &&
                  bar.height_px == self->search_bar.height_px;
  g_autofree guint64 *keys = NULL;
  guint n_keys;

  if (bar.width_px <= 0.0)
    return;
  coterie_graph_view_begin_clearing (self->graph_view);
  if ((same && !self->search_unseen) || coterie_graph_tools_get_search (self->graph_tools) == NULL)
    return;
  self->search_unseen = FALSE;
  self->search_bar = bar;
  keys = coterie_graph_tools_dup_matches (self->graph_tools, &n_keys);
  coterie_graph_view_clear_covered (self->graph_view, keys, n_keys);
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
  coterie_community_legend_set_room (self->legend, height_px);
  coterie_graph_tools_set_narrow (self->graph_tools, width_px < NARROW_PX);
  coterie_layer_switcher_set_room (self->layer_switcher, width_px - 2 * MARGIN_PX);
  coterie_selection_card_set_low (self->selection_card, height_px < LOW_PX);
  place_tools (self, width_px);
  place_note (self);
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

  /* The search and the conditions come and go below the tools; the graph moves for the search alone. */
  overlays[n_overlays++] = find_overlay (self, self->weights_label);
  overlays[n_overlays++] = find_overlay (self, self->bad_label);
  for (GtkWidget *child = gtk_widget_get_next_sibling (gtk_widget_get_first_child (tools));
       child != NULL && n_overlays < G_N_ELEMENTS (overlays);
       child = gtk_widget_get_next_sibling (child))
    overlays[n_overlays++] = find_overlay (self, child);
  coterie_graph_view_set_overlays (self->graph_view, overlays, n_overlays, n_lasting);
  make_room_for_search (self);
  return G_SOURCE_REMOVE;
}

/* Overlays are being placed: when they are, the graph makes room for them, before the next picture. */
void
coterie_run_page_queue_overlays (CoterieRunPage *self)
{
  if (self->overlays_source == 0)
    self->overlays_source = g_idle_add_full (GDK_PRIORITY_REDRAW - 10, update_overlays, self, NULL);
}

/* What lies on the graph for good keeps its place, and is not covered. */
static void
place_toasts (CoterieRunPage *self, int width_px, int height_px, GdkRectangle *allocation)
{
  GtkWidget *toasts = GTK_WIDGET (self->toasts);
  CoterieViewport viewport = {.width_px = (double) width_px, .height_px = (double) height_px};
  const CoterieOverlay overlays[] = {
      find_overlay (self, GTK_WIDGET (self->layer_switcher)),
      find_overlay (self, GTK_WIDGET (self->graph_tools)),
      find_overlay (self, GTK_WIDGET (self->legend)),
      find_overlay (self, self->zoom_box),
      find_overlay (self, GTK_WIDGET (self->minimap)),
  };
  CoterieOverlay place;
  int wanted_width_px, wanted_height_px;

  gtk_widget_measure (toasts, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wanted_width_px, NULL, NULL);
  wanted_width_px = MIN (wanted_width_px, width_px);
  gtk_widget_measure (toasts, GTK_ORIENTATION_VERTICAL, wanted_width_px, NULL, &wanted_height_px,
                      NULL, NULL);
  place = coterie_free_place_find (&viewport, (double) wanted_width_px, (double) wanted_height_px,
                                   overlays, G_N_ELEMENTS (overlays));
  *allocation = (GdkRectangle){(int) place.x_px, (int) place.y_px, (int) place.width_px,
                               (int) place.height_px};
}

/**
 * coterie_run_page_place_overlay:
 * @self: the page
 * @child: what lies on the graph
 * @allocation: (out): where the card of a neuron or a toast stands
 *
 * The card stands right below the pointer, or on its other side where there is no room; a toast where
 * it covers none of the others, which stand where the template says.
 *
 * Returns: whether @allocation is set
 */
gboolean
coterie_run_page_place_overlay (CoterieRunPage *self, GtkWidget *child, GdkRectangle *allocation)
{
  GtkRequisition size;
  int width = gtk_widget_get_width (GTK_WIDGET (self->overlay));
  int height = gtk_widget_get_height (GTK_WIDGET (self->overlay));
  int x = (int) self->pointer_x_px + CARD_OFFSET_PX;
  int y = (int) self->pointer_y_px + CARD_OFFSET_PX;

  if (child == GTK_WIDGET (self->toasts)) {
    place_toasts (self, width, height, allocation);
    return TRUE;
  }
  if (child != GTK_WIDGET (self->node_card)) {
    coterie_run_page_queue_overlays (self);
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
