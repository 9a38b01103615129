/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/scene-decor.h"
#include "draw/scene/scene-emphasis.h"
#include "draw/scene/scene-end.h"
#include "draw/scene/scene-merge.h"
#include "draw/scene/scene.h"

G_BEGIN_DECLS

/* How far the last computation still holds. */
typedef enum {
  COTERIE_SCENE_FRESH_NOTHING,
  COTERIE_SCENE_FRESH_MERGE,
  COTERIE_SCENE_FRESH_ENDS,
  COTERIE_SCENE_FRESH_DECOR,
  COTERIE_SCENE_FRESH_DRAWING,
} CoterieSceneFreshness;

/* Where a neuron stands, layout units. */
typedef struct {
  guint64 key;
  float x;
  float y;
} CoterieScenePlace;

struct _CoterieScene {
  /* What is asked for. */
  CoterieSceneGraph *graphs[2];
  CoterieSceneStyle style;
  GStrv class_names;
  CoterieSceneAttention attention;
  CoterieNodeQuery *filter;
  GArray *selected; /* of guint64 */
  GArray *pinned;   /* the same */
  GArray *places;   /* of CoterieScenePlace: where pinned neurons stand */
  GArray *trail;    /* of float */
  double t_frac;
  gboolean movers_ringed;
  gboolean trail_ended;

  /* What is computed of that. */
  CoterieSceneFreshness freshness;
  gboolean held;
  gboolean whole;                 /* all that was computed belongs together */
  CoterieSceneGraph *computed[2]; /* what it was computed of; %NULL before */
  CoterieSceneStyle computed_style;
  guint decor_end; /* which end was nearer when the decor was made */
  CoterieSceneMerge merge;
  CoterieSceneEnd ends[2];
  CoterieBounds bounds[2];
  CoterieBounds shown_bounds[2];
  guint32 *order;
  CoterieSceneDecor decor;
  CoterieDrawing *drawing;
};

double coterie_scene_ease (double t_frac);
guint coterie_scene_get_nearest_end (const CoterieScene *scene);
guint coterie_scene_get_computed_end (const CoterieScene *scene);
gboolean coterie_scene_changes_half_way (const CoterieScene *scene);
void coterie_scene_forget (CoterieScene *scene, CoterieSceneFreshness freshness);
void coterie_scene_refresh (CoterieScene *scene, CoterieSceneFreshness wanted);
void coterie_scene_blend_drawing (CoterieScene *scene);
void coterie_scene_clear_computed (CoterieScene *scene);

G_END_DECLS
