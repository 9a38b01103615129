/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/palette.h"
#include "draw/scene/camera.h"
#include "draw/scene/drawing.h"
#include "draw/scene/node-query.h"
#include "draw/scene/scene-graph.h"
#include "draw/scene/scene-legend.h"
#include "draw/scene/scene-style.h"

G_BEGIN_DECLS

/**
 * CoterieScene:
 *
 * The graph as it is shown somewhere between two iterations: two graphs, a style, and what is brought
 * out. Its nodes are those of either graph, ascending by key; its drawings have the same nodes in the
 * same order. Nothing is computed before somebody asks, so that several changes in a row cost as much
 * as one.
 */
typedef struct _CoterieScene CoterieScene;

CoterieScene *coterie_scene_new (void);
CoterieScene *coterie_scene_copy (const CoterieScene *scene);
void coterie_scene_free (CoterieScene *scene);

void coterie_scene_set_graphs (CoterieScene *scene, CoterieSceneGraph *from, CoterieSceneGraph *to);
void coterie_scene_set_blend (CoterieScene *scene, double t_frac);
double coterie_scene_get_blend (CoterieScene *scene);
void coterie_scene_set_style (CoterieScene *scene, const CoterieSceneStyle *style);
const CoterieSceneStyle *coterie_scene_get_style (CoterieScene *scene);
void coterie_scene_set_class_names (CoterieScene *scene, const char *const *class_names);

void coterie_scene_set_hovered (CoterieScene *scene, guint64 key);
guint64 coterie_scene_get_hovered (CoterieScene *scene);
void coterie_scene_set_focus (CoterieScene *scene, guint32 identity);
void coterie_scene_set_search (CoterieScene *scene, CoterieNodeQuery *query);
void coterie_scene_set_filter (CoterieScene *scene, CoterieNodeQuery *query);
void coterie_scene_set_selected (CoterieScene *scene, const guint64 *keys, guint n_keys);
void coterie_scene_set_movers_ringed (CoterieScene *scene, gboolean ringed);
void coterie_scene_set_pinned (CoterieScene *scene,
                               const guint64 *keys,
                               const float *positions,
                               guint n_keys);
void
coterie_scene_set_trail (CoterieScene *scene, const float *points, guint n_points, gboolean ended);

CoterieScene *coterie_scene_new_ahead (CoterieScene *scene,
                                       CoterieSceneGraph *from,
                                       CoterieSceneGraph *to,
                                       double t_frac);
gboolean coterie_scene_adopt (CoterieScene *scene, CoterieScene *ahead);
void coterie_scene_set_held (CoterieScene *scene, gboolean held);
gboolean coterie_scene_get_held (CoterieScene *scene);
gboolean coterie_scene_get_ready (CoterieScene *scene);
gsize coterie_scene_get_size (CoterieScene *scene);
gboolean coterie_scene_wants_same (CoterieScene *scene, CoterieScene *other);
CoterieScene *coterie_scene_copy_wanted (CoterieScene *scene);
gboolean coterie_scene_catch_up (CoterieScene *scene, CoterieScene *computed);

guint coterie_scene_get_n_nodes (CoterieScene *scene);
const guint64 *coterie_scene_get_keys (CoterieScene *scene);
gint coterie_scene_find (CoterieScene *scene, guint64 key);
gboolean coterie_scene_get_shown (CoterieScene *scene, guint node);
guint coterie_scene_get_n_matches (CoterieScene *scene);
CoterieSceneGraph *coterie_scene_get_nearest_graph (CoterieScene *scene);
gboolean coterie_scene_to_layer (CoterieScene *scene, guint layer, double *x, double *y);
CoterieBounds coterie_scene_get_bounds (CoterieScene *scene);
CoterieBounds coterie_scene_get_shown_bounds (CoterieScene *scene);
CoterieSceneLegend *coterie_scene_get_legend (CoterieScene *scene, guint n_most);
CoterieDrawing *coterie_scene_get_drawing (CoterieScene *scene);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieScene, coterie_scene_free)

G_END_DECLS
