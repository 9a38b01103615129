/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/palette.h"
#include "draw/scene/node-query.h"
#include "draw/scene/scene-merge.h"
#include "draw/scene/scene-style.h"
#include "draw/scene/shape.h"

G_BEGIN_DECLS

/**
 * COTERIE_SCENE_EDGE_BEND:
 *
 * How far the middle of a curved edge is off the straight line, as a fraction of its length. Slight: an
 * edge is seen as a line, but edges that cross do so at an angle.
 */
#define COTERIE_SCENE_EDGE_BEND 0.09f

/**
 * CoterieSceneEndNode:
 * @x: layout units
 * @y: the same, upwards
 * @radius_px: before the drawing's node scale; 0 where it is not shown
 * @category: what its colour stands for, if that is a thing and not a quantity; nodes of one category
 *   belong together; else %COTERIE_PALETTE_NO_IDENTITY
 * @color: opaque
 * @shape: its outline
 * @present: whether the graph has it
 * @shown: whether it is present and no filter hides it
 */
typedef struct {
  float x;
  float y;
  float radius_px;
  guint32 category;
  CoterieColor color;
  CoterieShape shape;
  gboolean present;
  gboolean shown;
} CoterieSceneEndNode;

/**
 * CoterieSceneEnd:
 * @graph: (transfer none): the graph of this end
 * @nodes: [nodes of the merge]
 * @edge_colors: [edges of the merge]: alpha is the density, 0 where it is not shown
 * @edge_weights_frac: [edges of the merge]: fraction of the greatest weight of its kind
 * @color_min: lower end of the ramp, in the quantity's unit
 * @color_max: its upper end
 * @size_min: the quantity that has no area
 * @size_max: the quantity of the largest node
 *
 * How a scene looks at one end of the blend, before anything is brought out. Clear it with
 * coterie_scene_end_clear().
 */
typedef struct {
  const CoterieSceneGraph *graph;
  CoterieSceneEndNode *nodes;
  CoterieColor *edge_colors;
  float *edge_weights_frac;
  double color_min;
  double color_max;
  double size_min;
  double size_max;
} CoterieSceneEnd;

void coterie_scene_end_init (CoterieSceneEnd *end,
                             const CoterieSceneGraph *graph,
                             const CoterieSceneMerge *merge,
                             guint which,
                             const CoterieSceneStyle *style,
                             const CoterieNodeQuery *filter);
void coterie_scene_end_paint (const CoterieSceneGraph *graph,
                              const CoterieSceneStyle *style,
                              CoterieColor *colors,
                              CoterieShape *shapes);
void coterie_scene_end_complete (CoterieSceneEnd *end,
                                 const CoterieSceneEnd *other,
                                 const CoterieSceneMerge *merge);
void coterie_scene_end_clear (CoterieSceneEnd *end);
gboolean coterie_scene_style_has_ramp (const CoterieSceneStyle *style);

G_END_DECLS
