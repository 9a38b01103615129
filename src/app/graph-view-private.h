/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/camera-mover.h"
#include "app/graph-view.h"
#include "app/node-finder.h"
#include "core/base/parallel.h"
#include "draw/scene/gl-renderer.h"
#include "draw/scene/label-painter.h"
#include "session/pin-history.h"
#include "session/selection.h"

G_BEGIN_DECLS

/* What a press that has moved does. */
typedef enum {
  COTERIE_DRAG_NONE,
  COTERIE_DRAG_PAN,
  COTERIE_DRAG_BAND,
  COTERIE_DRAG_NODES,
  COTERIE_DRAG_OVER, /* nothing more, until it is let go */
} CoterieDrag;

/* Where the pointer is, and what it is doing. */
typedef struct {
  double x_px;
  double y_px;
  gboolean inside;
  gboolean unanswered; /* it has moved, and what is under it is not known yet */

  guint n_presses; /* that belong together: 2 is a double click */
  guint32 press_ms;
  double press_x_px;
  double press_y_px;
  gboolean button_down; /* and may become a click */

  CoterieDrag drag;
  GtkGesture *drag_gesture;
  double start_x_px;
  double start_y_px;
  guint64 pressed; /* the node under the press, or %COTERIE_SELECTION_NO_KEY */
  gboolean adding; /* the band adds to what was selected before */
  GArray *before;  /* of guint64: what was selected before the band was drawn */
  GArray *moving;  /* of CoteriePinPlace: where the dragged nodes are */
  double moved_x;  /* how far they have been dragged, layout units */
  double moved_y;
  gboolean was_following;
  CoterieBounds bounds_before; /* of the graph, when the drag began */

  double vx_px_s;
  double vy_px_s;
  double last_dx_px;
  double last_dy_px;
  guint32 last_ms;
} CoterieGraphPointer;

/* Nodes on their way from one layout to another. */
typedef struct {
  AdwAnimation *animation;      /* %NULL while they are not */
  CoterieSceneGraph *graphs[2]; /* what is shown in the end */
  double t_frac;
} CoterieGraphGlide;

struct _CoterieGraphView {
  GtkWidget parent_instance;

  /* owned */
  CoterieScene *scene;
  CoterieSceneAhead *ahead;
  CoterieGlRenderer *renderer;
  GdkTexture *texture;
  CoterieDrawing *painted;  /* what the texture shows */
  CoterieDrawing *painting; /* what the worker paints */
  CoterieCameraMover *mover;
  CoterieNodeFinder *finder;
  CoteriePool *pool;
  CoterieLabelPainter *labels;
  GtkWidget *gl_area;
  CoterieSelection *selection;
  GArray *pinned; /* of guint64, ascending */

  CoterieGraphPointer pointer;
  CoterieGraphGlide glide;
  CoterieDrawingView texture_view;
  CoterieGlEdges gl_edges; /* where OpenGL draws them; on the processor the worker does */
  CoterieOverlay overlays[COTERIE_MAX_OVERLAYS];
  guint n_overlays;
  guint n_lasting; /* of the overlays, those that a fitted graph keeps out of */
  CoterieCamera
      cleared;   /* where the camera was moved for what was covered, while the graph was fitted */
  double aspect; /* how many times as wide as high what is shown is, about */
  guint64 hovered;
  guint update_source;
  guint rest_source;
  guint shown_layer;
  gint64 painting_began_us;
  gint64 painting_us; /* how long the last picture took */
  gint64 whole_us;    /* and the last one with all edges */

  gboolean gl_has_drawn;
  gboolean in_rows; /* the layers stand in several */
  gboolean has_states;
  gboolean can_move;
  gboolean telling_moved;
  gboolean places_changed;
  gboolean clearing;      /* a fitted graph keeps out of all overlays */
  gboolean filter_unseen; /* the camera has not gone to what a new filter leaves */
  gboolean look_awaited;  /* what has changed in the look is being computed */
  gboolean look_unseen;   /* it has been computed, and is being painted */
  gboolean painting_look; /* it was known when the picture was begun that is being painted */
  gboolean settled;       /* the last picture is as it stays */
  gboolean resting;       /* nothing has changed since the last picture */
  gboolean picture_running;
  gboolean picture_wanted;
};

typedef enum {
  COTERIE_GRAPH_VIEW_NODE_HOVERED,
  COTERIE_GRAPH_VIEW_COMMUNITY_REQUESTED,
  COTERIE_GRAPH_VIEW_MENU_REQUESTED,
  COTERIE_GRAPH_VIEW_NODES_MOVED,
  COTERIE_GRAPH_VIEW_LOOK_CHANGED,
  COTERIE_GRAPH_VIEW_CHANGED,
  COTERIE_GRAPH_VIEW_OPENGL_FAILED,
  COTERIE_GRAPH_VIEW_N_SIGNALS,
} CoterieGraphViewSignal;

void coterie_graph_view_add_canvas (CoterieGraphView *self);
void coterie_graph_view_redraw (CoterieGraphView *self);
CoterieDrawing *coterie_graph_view_get_painted (CoterieGraphView *self, CoterieCamera *camera);
void coterie_graph_view_snapshot_picture (CoterieGraphView *self, GtkSnapshot *snapshot);

void coterie_graph_view_emit (CoterieGraphView *self, CoterieGraphViewSignal signal, ...);
void coterie_graph_view_queue_update (CoterieGraphView *self);
void coterie_graph_view_show_look (CoterieGraphView *self);
guint64 coterie_graph_view_find_key_at (CoterieGraphView *self, double x_px, double y_px);
guint64 coterie_graph_view_get_key (CoterieGraphView *self, gint node);
gint coterie_graph_view_find_node (CoterieGraphView *self, guint64 key);

gboolean coterie_graph_view_choose_insets (CoterieGraphView *self);
void coterie_graph_view_drop_glide (CoterieGraphView *self);
void coterie_graph_view_end_glide (CoterieGraphView *self);
gboolean
coterie_graph_view_get_resting_place (CoterieGraphView *self, guint64 key, double *x, double *y);

void coterie_graph_view_show_pinned (CoterieGraphView *self);
void coterie_graph_view_tell_moved (CoterieGraphView *self, const GArray *places);
GArray *coterie_graph_view_get_movable (CoterieGraphView *self, guint64 key, gboolean at_rest);
void coterie_graph_view_show_hovered (CoterieGraphView *self);

void coterie_graph_view_add_pointer (CoterieGraphView *self);
void coterie_graph_view_clear_pointer (CoterieGraphView *self);
void coterie_graph_view_pick (CoterieGraphView *self, gboolean moved);
void coterie_graph_view_select_within (CoterieGraphView *self,
                                       CoterieBounds bounds,
                                       const GArray *before);
gboolean coterie_graph_view_cancel_drag (CoterieGraphView *self);
void coterie_graph_view_snapshot_band (CoterieGraphView *self, GtkSnapshot *snapshot);

void coterie_graph_view_add_keys (CoterieGraphView *self);
gboolean coterie_graph_view_enter_nodes (CoterieGraphView *self);
void coterie_graph_view_snapshot_focus (CoterieGraphView *self, GtkSnapshot *snapshot);

G_END_DECLS
