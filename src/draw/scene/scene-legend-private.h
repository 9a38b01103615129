/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/scene-end.h"
#include "draw/scene/scene-groups.h"
#include "draw/scene/scene-legend.h"

G_BEGIN_DECLS

CoterieSceneLegend *coterie_scene_legend_new (const CoterieSceneMerge *merge,
                                              const CoterieSceneEnd *end,
                                              guint which,
                                              const CoterieSceneStyle *style,
                                              const char *const *class_names,
                                              guint n_most);

G_END_DECLS
