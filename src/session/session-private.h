/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/run/reanalysis.h"
#include "core/run/relayout.h"
#include "session/layout-memory.h"
#include "session/session-sender.h"
#include "session/session.h"

G_BEGIN_DECLS

/* Frames of the same iterations, all or some, and what was done to get them. */
typedef struct {
  GPtrArray *frames;
  CoterieRunInfo *info;
} CoterieSessionView;

/* What is known of other analyses of the recording. */
typedef struct {
  CoterieReanalysis *reanalysis;
  GCancellable *job; /* of the one under way, else %NULL */
  GPtrArray *shown;  /* frames that were shown when it began */
  guint n_left_out;  /* frames that cannot be analysed */

  CoterieSessionView recorded; /* empty until something else has been asked for */
  CoterieSessionView settled;  /* the last one that is whole */
} CoterieSessionAnalysis;

/* What is being done about where nodes are. */
typedef struct {
  CoterieRelayout *relayout;
  GCancellable *job; /* of the one under way, else %NULL */
  GQueue unsaved;    /* layouts to be written, the next one first */
  gboolean saving;   /* a thread writes one */
  CoterieLayoutMemory *memory;
} CoterieSessionLayout;

/* What joins the layers of the frames. */
typedef struct {
  GHashTable *loaded; /* of CoterieLayerWeights, or %NULL, by frame */
  GQueue waiting;     /* of CoterieFrame */
  GCancellable *job;  /* of the one that is being read, else %NULL */
} CoterieSessionWeights;

struct _CoterieSession {
  GObject parent_instance;

  CoterieTimeline *timeline;
  CoterieSelection *selection;
  GPtrArray *frames;
  CoterieRunInfo *info;
  CoterieRun *run;
  GCancellable *job;
  char *path;
  CoterieSessionAnalysis analysis;
  CoterieSessionWeights weights;
  CoterieSessionLayout layout;

  CoterieSessionState state;
  guint layer;
  guint n_wanted;      /* iterations that a training goes on to, until it says so itself */
  gboolean continuing; /* what was recorded before */
  gboolean described;  /* the run has said what it is */
  gboolean complete;   /* no frames will come */
  gboolean at_rest;    /* all frames are here and none has come since, so that perhaps none will */
  gboolean all_layers;
};

void coterie_session_set_state (CoterieSession *self, CoterieSessionState state);
void coterie_session_start_job (CoterieSession *self, const char *path);
void coterie_session_deliver (CoterieSessionSender *sender,
                              CoterieRunInfo *info,
                              CoterieFrame *frame,
                              gboolean at_rest);
void coterie_session_end_job (CoterieSession *self, GCancellable *job, const GError *error);

void coterie_session_clear_analysis (CoterieSession *self);
void coterie_session_clear_weights (CoterieSession *self);
void coterie_session_replace_info (CoterieSession *self, CoterieRunInfo *info);
void coterie_session_remember_recorded (CoterieSession *self);
void coterie_session_settle_layout (CoterieSession *self, GPtrArray *frames, CoterieRunInfo *info);
void coterie_session_show_settled (CoterieSession *self);
void coterie_session_replace_frames (CoterieSession *self, GPtrArray *frames);
void coterie_session_replace_frame (CoterieSession *self, CoterieFrame *frame);
guint *coterie_session_order_frames (CoterieSession *self);

void coterie_session_take_positions (CoterieSession *self, CoterieRun *run);
CoterieFrame *coterie_session_obey_pins (CoterieSession *self, CoterieFrame *frame);
void coterie_session_catch_up_with_pins (CoterieSession *self);
void coterie_session_give_layout_up (CoterieSession *self);
void coterie_session_follow_layout (CoterieSession *self);
void coterie_session_finish_layout (CoterieSession *self);
void coterie_session_clear_layout (CoterieSession *self);

G_END_DECLS
