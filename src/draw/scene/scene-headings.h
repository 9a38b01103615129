/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/drawing.h"
#include "draw/scene/scene-end.h"

G_BEGIN_DECLS

guint coterie_scene_headings_count (const CoterieSceneEnd ends[2]);
gboolean coterie_scene_headings_fill (CoterieDrawingLabel *labels,
                                      GPtrArray *texts,
                                      const CoterieSceneMerge *merge,
                                      const CoterieSceneEnd ends[2],
                                      guint shown_end,
                                      const CoterieSceneStyle *style);

G_END_DECLS
