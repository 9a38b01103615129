/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/drawing.h"
#include "draw/scene/scene-end.h"
#include "draw/scene/scene-groups.h"

G_BEGIN_DECLS

/**
 * CoterieSceneDecor:
 * @n_hulls: areas behind communities
 * @hulls: [n_hulls]: the largest first
 * @hull_identities: [n_hulls]: the community of each
 * @n_labels: texts
 * @labels: [n_labels]
 * @label_identities: [n_labels]: the community of each, or %COTERIE_PALETTE_NO_IDENTITY for a class
 * @node_labels: (nullable): each [nodes of the merge]: the label that names each node at either end, or
 *   %G_MAXUINT32
 * @texts: owns the texts
 * @points: owns the points of the hulls
 * @changes_half_way: whether a text is another one in the second half of the blend
 *
 * What stands behind and on the nodes. Clear it with coterie_scene_decor_clear().
 */
typedef struct {
  guint n_hulls;
  CoterieDrawingHull *hulls;
  guint32 *hull_identities;
  guint n_labels;
  CoterieDrawingLabel *labels;
  guint32 *label_identities;
  guint32 *node_labels[2];
  GPtrArray *texts;
  float *points;
  gboolean changes_half_way;
} CoterieSceneDecor;

void coterie_scene_decor_init (CoterieSceneDecor *decor,
                               const CoterieSceneMerge *merge,
                               const CoterieSceneEnd ends[2],
                               guint shown_end,
                               const CoterieSceneStyle *style,
                               const char *const *class_names);
void coterie_scene_decor_clear (CoterieSceneDecor *decor);

G_END_DECLS
