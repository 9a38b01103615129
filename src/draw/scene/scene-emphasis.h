/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/scene-end.h"

G_BEGIN_DECLS

/**
 * CoterieSceneAttention:
 * @hovered: what is under the pointer, or %COTERIE_SCENE_NO_KEY
 * @focus: identity of the community to bring out, or %COTERIE_PALETTE_NO_IDENTITY
 * @search: (nullable): what matches is brought out
 *
 * What is asked for. What comes first here goes before the others.
 */
typedef struct {
  guint64 hovered;
  guint32 focus;
  CoterieNodeQuery *search;
} CoterieSceneAttention;

/**
 * CoterieSceneEmphasis:
 * @any: whether anything is brought out, so that the rest steps back
 * @hovered: the node under the pointer, or -1
 * @lit: [2][n_nodes]: what is brought out, at either end
 *
 * What is brought out. Clear it with coterie_scene_emphasis_clear().
 */
typedef struct {
  gboolean any;
  gint hovered;
  guint8 *lit[2];
} CoterieSceneEmphasis;

void coterie_scene_emphasis_init (CoterieSceneEmphasis *emphasis,
                                  const CoterieSceneMerge *merge,
                                  const CoterieSceneEnd ends[2],
                                  const CoterieSceneAttention *attention);
void coterie_scene_emphasis_clear (CoterieSceneEmphasis *emphasis);
CoterieColor coterie_scene_emphasis_tint_node (const CoterieSceneEmphasis *emphasis,
                                               guint which,
                                               guint node,
                                               CoterieColor color,
                                               CoterieColor canvas);
CoterieColor coterie_scene_emphasis_tint_edge (const CoterieSceneEmphasis *emphasis,
                                               guint which,
                                               const CoterieMergedEdge *edge,
                                               CoterieColor color,
                                               CoterieColor hovered_color);
CoterieColor coterie_scene_emphasis_bring_out (CoterieColor edge_color, CoterieColor color);

G_END_DECLS
