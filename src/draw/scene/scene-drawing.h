/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/drawing.h"
#include "draw/scene/scene-decor.h"
#include "draw/scene/scene-emphasis.h"

G_BEGIN_DECLS

/**
 * CoterieSceneLook:
 * @merge: both graphs
 * @ends: how they look
 * @order: [n_nodes]: the nodes, the topmost last
 * @decor: what stands behind and on the nodes
 * @emphasis: what is brought out
 * @focus: identity of the community that is brought out, or %COTERIE_PALETTE_NO_IDENTITY
 * @style: how it is to look
 * @shown_end: which end is nearer, 0 or 1
 * @selected: of guint64: neurons that are selected
 * @movers_ringed: whether neurons that change their community have a ring
 * @pinned: of guint64: neurons that have a dot
 * @trail: [n_trail][2]: layout units
 * @n_trail: points of the trail
 * @trail_ended: whether a ring marks its end
 *
 * All that a drawing is made of.
 */
typedef struct {
  const CoterieSceneMerge *merge;
  const CoterieSceneEnd *ends;
  const guint32 *order;
  const CoterieSceneDecor *decor;
  const CoterieSceneEmphasis *emphasis;
  guint32 focus;
  const CoterieSceneStyle *style;
  guint shown_end;
  GArray *selected;
  gboolean movers_ringed;
  GArray *pinned;
  const float *trail;
  guint n_trail;
  gboolean trail_ended;
} CoterieSceneLook;

guint32 *coterie_scene_sort_nodes (const CoterieSceneEnd ends[2], guint n_nodes);
CoterieDrawing *coterie_scene_look_draw (const CoterieSceneLook *look, double s_frac);

G_END_DECLS
