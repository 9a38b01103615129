/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "draw/scene/scene.h"

G_BEGIN_DECLS

#define COTERIE_SCENE_AHEAD_MOST 3

/**
 * CoterieSceneWish:
 * @from: what is shown at blend 0
 * @to: (nullable): what is shown at blend 1; %NULL shows @from throughout
 * @t_frac: how far from @from to @to, a fraction from 0 to 1
 * @movers_ringed: whether neurons have rings that change their community
 *
 * What may have to be shown soon.
 */
typedef struct {
  CoterieSceneGraph *from;
  CoterieSceneGraph *to;
  double t_frac;
  gboolean movers_ringed;
} CoterieSceneWish;

/**
 * CoterieSceneAhead:
 *
 * Has the pictures of a scene computed by workers, the next ones before anybody gets there.
 */
typedef struct _CoterieSceneAhead CoterieSceneAhead;

typedef void (*CoterieSceneAheadFunc) (gpointer data);

CoterieSceneAhead *coterie_scene_ahead_new (GtkWidget *widget,
                                            CoterieScene *scene,
                                            CoterieSceneAheadFunc caught_up,
                                            gpointer data);
void coterie_scene_ahead_free (CoterieSceneAhead *ahead);
void
coterie_scene_ahead_wish (CoterieSceneAhead *ahead, const CoterieSceneWish *wishes, guint n_wishes);
void coterie_scene_ahead_take (CoterieSceneAhead *ahead);
void coterie_scene_ahead_hold (CoterieSceneAhead *ahead);
void coterie_scene_ahead_follow (CoterieSceneAhead *ahead);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieSceneAhead, coterie_scene_ahead_free)

G_END_DECLS
