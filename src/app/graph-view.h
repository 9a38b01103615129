/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/scene-ahead.h"
#include "draw/scene/drawing.h"
#include "draw/scene/insets.h"
#include "draw/scene/scene.h"
#include "session/selection.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_GRAPH_VIEW (coterie_graph_view_get_type ())

G_DECLARE_FINAL_TYPE (CoterieGraphView, coterie_graph_view, COTERIE, GRAPH_VIEW, GtkWidget)

void coterie_graph_view_set_graphs (CoterieGraphView *self,
                                    CoterieSceneGraph *from,
                                    CoterieSceneGraph *to,
                                    double t_frac);
void coterie_graph_view_replace_graphs (CoterieGraphView *self,
                                        CoterieSceneGraph *from,
                                        CoterieSceneGraph *to,
                                        double t_frac);
void coterie_graph_view_clear (CoterieGraphView *self);
void coterie_graph_view_set_blend (CoterieGraphView *self, double t_frac);
void coterie_graph_view_set_ahead (CoterieGraphView *self,
                                   const CoterieSceneWish *wishes,
                                   guint n_wishes);
void coterie_graph_view_set_overlays (CoterieGraphView *self,
                                      const CoterieOverlay *overlays,
                                      guint n_overlays,
                                      guint n_lasting);
void coterie_graph_view_set_selection (CoterieGraphView *self, CoterieSelection *selection);
void coterie_graph_view_set_focus (CoterieGraphView *self, guint32 identity);
void coterie_graph_view_set_pinned (CoterieGraphView *self, const guint64 *keys, gsize n_keys);
void coterie_graph_view_set_can_move (CoterieGraphView *self, gboolean can_move);
void coterie_graph_view_zoom_in (CoterieGraphView *self);
void coterie_graph_view_zoom_out (CoterieGraphView *self);
void coterie_graph_view_fit (CoterieGraphView *self);
void coterie_graph_view_fit_selection (CoterieGraphView *self);
void coterie_graph_view_reveal (CoterieGraphView *self, guint64 key);
void coterie_graph_view_clear_covered (CoterieGraphView *self, const guint64 *keys, gsize n_keys);
void coterie_graph_view_begin_clearing (CoterieGraphView *self);
void coterie_graph_view_end_clearing (CoterieGraphView *self);
CoterieBounds coterie_graph_view_get_bounds (CoterieGraphView *self);
CoterieBounds coterie_graph_view_get_seen (CoterieGraphView *self);
void coterie_graph_view_look_at (CoterieGraphView *self, double x, double y);
CoterieScene *coterie_graph_view_get_scene (CoterieGraphView *self);
void coterie_graph_view_set_filter (CoterieGraphView *self, CoterieNodeQuery *filter);
void coterie_graph_view_refresh (CoterieGraphView *self);
void coterie_graph_view_select_all (CoterieGraphView *self);
gboolean
coterie_graph_view_get_node_place (CoterieGraphView *self, guint64 key, double *x, double *y);
gboolean
coterie_graph_view_get_layer_place (CoterieGraphView *self, guint64 key, double *x, double *y);
gboolean
coterie_graph_view_get_node_point (CoterieGraphView *self, guint64 key, double *x_px, double *y_px);
gboolean coterie_graph_view_get_view (CoterieGraphView *self, CoterieDrawingView *view);

G_END_DECLS
