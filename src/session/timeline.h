/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define COTERIE_TYPE_TIMELINE (coterie_timeline_get_type ())
G_DECLARE_FINAL_TYPE (CoterieTimeline, coterie_timeline, COTERIE, TIMELINE, GObject)

CoterieTimeline *coterie_timeline_new (void);
void coterie_timeline_reset (CoterieTimeline *self);

guint coterie_timeline_get_n_frames (CoterieTimeline *self);
void coterie_timeline_set_n_frames (CoterieTimeline *self, guint n_frames);
double coterie_timeline_get_position (CoterieTimeline *self);
double coterie_timeline_get_target (CoterieTimeline *self);
guint coterie_timeline_get_frame (CoterieTimeline *self);
gboolean coterie_timeline_get_following (CoterieTimeline *self);
gboolean coterie_timeline_get_playing (CoterieTimeline *self);
gboolean coterie_timeline_get_moving (CoterieTimeline *self);
double coterie_timeline_get_speed (CoterieTimeline *self);
void coterie_timeline_set_speed (CoterieTimeline *self, double frames_per_second);

void coterie_timeline_scrub (CoterieTimeline *self, double position);
void coterie_timeline_go_to (CoterieTimeline *self, double position);
void coterie_timeline_step (CoterieTimeline *self, int n_frames);
void coterie_timeline_go_to_first (CoterieTimeline *self);
void coterie_timeline_go_to_last (CoterieTimeline *self);
void coterie_timeline_settle (CoterieTimeline *self);
void coterie_timeline_set_playing (CoterieTimeline *self, gboolean playing);
gboolean coterie_timeline_advance (CoterieTimeline *self, double elapsed_s);

G_END_DECLS
