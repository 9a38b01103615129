/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/community-summary.h"
#include "draw/scene/scene-graph.h"

G_BEGIN_DECLS

/**
 * CoterieSceneGroup:
 * @summary: its identity, its size and its classes
 * @members: (array length=summary.size): nodes of the graph, ascending
 *
 * Nodes that belong together.
 */
typedef struct {
  CoterieCommunitySummary summary;
  const guint32 *members;
} CoterieSceneGroup;

/**
 * CoterieSceneGroups:
 * @n_groups: how many
 * @groups: [n_groups]: by identity, ascending
 * @members: the members of all
 *
 * Clear it with coterie_scene_groups_clear().
 */
typedef struct {
  guint n_groups;
  CoterieSceneGroup *groups;
  guint32 *members;
} CoterieSceneGroups;

void coterie_scene_groups_init (CoterieSceneGroups *groups,
                                const CoterieSceneGraph *graph,
                                const guint32 *identities,
                                const guint8 *shown);
void coterie_scene_groups_clear (CoterieSceneGroups *groups);

char *coterie_scene_format_community (guint32 identity, guint n_layers);
char *coterie_scene_format_classes (const CoterieCommunitySummary *summary,
                                    const char *const *class_names);
char *coterie_scene_format_class (guint class_index, const char *const *class_names);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CoterieSceneGroups, coterie_scene_groups_clear)

G_END_DECLS
