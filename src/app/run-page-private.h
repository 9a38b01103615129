/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/community-legend.h"
#include "app/evolution-panel.h"
#include "app/graph-actions.h"
#include "app/graph-menu.h"
#include "app/graph-source.h"
#include "app/graph-tools.h"
#include "app/layer-switcher.h"
#include "app/minimap.h"
#include "app/neuron-table.h"
#include "app/node-card.h"
#include "app/run-page.h"
#include "app/selection-card.h"
#include "app/side-divider.h"
#include "app/timeline-bar.h"
#include "app/training-card.h"

G_BEGIN_DECLS

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
  AdwToastOverlay *toasts;
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
  CoterieOverlay search_bar; /* where it was when the graph last moved aside for it */
  int room_width_px;
  int room_height_px;
  guint overlays_source;
  gboolean search_unseen; /* the graph has not moved aside for its matches */
  gboolean replacing;     /* other frames of the same iterations are shown */
};

guint coterie_run_page_get_shown_layer (CoterieRunPage *self);

/* run-page-overlays.c */
void coterie_run_page_queue_overlays (CoterieRunPage *self);
gboolean
coterie_run_page_place_overlay (CoterieRunPage *self, GtkWidget *child, GdkRectangle *allocation);

/* run-page-words.c */
void coterie_run_page_update_spoken (CoterieRunPage *self);
void coterie_run_page_update_weights_label (CoterieRunPage *self);
void coterie_run_page_describe_graph (CoterieRunPage *self, const CoterieFrameLayer *layer);
void coterie_run_page_update_bad_label (CoterieRunPage *self, const CoterieFrameLayer *layer);

G_END_DECLS
