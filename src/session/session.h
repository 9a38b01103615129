/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/frame-failure.h"
#include "core/recording/run-info.h"
#include "core/report/layer-weights.h"
#include "core/run/reanalysis.h"
#include "core/run/run.h"
#include "session/selection.h"
#include "session/timeline.h"

G_BEGIN_DECLS

/**
 * CoterieSessionState:
 * @COTERIE_SESSION_EMPTY: nothing is open
 * @COTERIE_SESSION_LOADING: a recording is being opened, or a training prepared; no frame yet
 * @COTERIE_SESSION_TRAINING: frames arrive from a training of this session
 * @COTERIE_SESSION_STOPPING: a training of this session was asked to stop and is about to end
 * @COTERIE_SESSION_SHOWING: a recording is shown that this session does not write (any more)
 */
typedef enum {
  COTERIE_SESSION_EMPTY,
  COTERIE_SESSION_LOADING,
  COTERIE_SESSION_TRAINING,
  COTERIE_SESSION_STOPPING,
  COTERIE_SESSION_SHOWING,
} CoterieSessionState;

#define COTERIE_TYPE_SESSION (coterie_session_get_type ())
G_DECLARE_FINAL_TYPE (CoterieSession, coterie_session, COTERIE, SESSION, GObject)

CoterieSession *coterie_session_new (void);

void coterie_session_open (CoterieSession *self, const char *path);
void coterie_session_train (CoterieSession *self, const CoterieRunSettings *settings);
gboolean coterie_session_get_can_continue (CoterieSession *self);
void coterie_session_find_continuation_async (CoterieSession *self,
                                              GAsyncReadyCallback callback,
                                              gpointer data);
gboolean coterie_session_find_continuation_finish (CoterieSession *self,
                                                   GAsyncResult *result,
                                                   guint *iteration,
                                                   GError **error);
void coterie_session_continue (CoterieSession *self, guint n_iterations, const char *source);
gboolean coterie_session_get_continuing (CoterieSession *self);
void coterie_session_stop (CoterieSession *self);
void coterie_session_close (CoterieSession *self);
gboolean coterie_session_get_paused (CoterieSession *self);
void coterie_session_set_paused (CoterieSession *self, gboolean paused);

CoterieSessionState coterie_session_get_state (CoterieSession *self);
gboolean coterie_session_get_busy (CoterieSession *self);
gboolean coterie_session_get_status (CoterieSession *self, CoterieRunStatus *status);
const char *coterie_session_get_path (CoterieSession *self);
CoterieRunInfo *coterie_session_get_info (CoterieSession *self);
CoterieTimeline *coterie_session_get_timeline (CoterieSession *self);
CoterieSelection *coterie_session_get_selection (CoterieSession *self);

guint coterie_session_get_n_frames (CoterieSession *self);
CoterieFrame *coterie_session_get_frame (CoterieSession *self, guint index);
CoterieFailure coterie_session_get_failure (CoterieSession *self);
CoterieFrame *coterie_session_get_current_frame (CoterieSession *self);
guint coterie_session_get_n_planned_frames (CoterieSession *self);
guint coterie_session_get_last_iteration (CoterieSession *self);
gboolean coterie_session_get_complete (CoterieSession *self);
guint coterie_session_get_planned_iteration (CoterieSession *self, guint index);
double coterie_session_get_iteration_at (CoterieSession *self, double position);
double coterie_session_get_position_of (CoterieSession *self, double iteration);

guint coterie_session_get_n_layers (CoterieSession *self);
guint coterie_session_get_layer (CoterieSession *self);
void coterie_session_set_layer (CoterieSession *self, guint layer);
gboolean coterie_session_get_all_layers (CoterieSession *self);
void coterie_session_set_all_layers (CoterieSession *self, gboolean all_layers);
CoterieLayerWeights *coterie_session_get_layer_weights (CoterieSession *self, guint index);

gboolean coterie_session_get_can_analyse (CoterieSession *self);
void coterie_session_analyse (CoterieSession *self, const CoterieAnalysisSettings *settings);
void coterie_session_reset_analysis (CoterieSession *self);
void coterie_session_stop_analysis (CoterieSession *self);
gboolean coterie_session_get_analysing (CoterieSession *self);
gboolean coterie_session_get_analysis_status (CoterieSession *self,
                                              CoterieReanalysisStatus *status);
CoterieRunInfo *coterie_session_get_recorded_info (CoterieSession *self);
GPtrArray *coterie_session_get_recorded_frames (CoterieSession *self);
guint coterie_session_get_n_left_out (CoterieSession *self);
gboolean coterie_session_get_outdated (CoterieSession *self, guint index);
void coterie_session_save_analysis_async (CoterieSession *self,
                                          const char *output,
                                          GAsyncReadyCallback callback,
                                          gpointer data);
gboolean
coterie_session_save_analysis_finish (CoterieSession *self, GAsyncResult *result, GError **error);

gboolean coterie_session_get_can_lay_out (CoterieSession *self);
void coterie_session_lay_out (CoterieSession *self, const CoterieLayoutSettings *settings);
gboolean coterie_session_get_laying_out (CoterieSession *self);
double coterie_session_get_layout_fraction (CoterieSession *self);
gboolean coterie_session_get_can_pin (CoterieSession *self);
const CoteriePin *coterie_session_get_pins (CoterieSession *self, guint *n_pins);
const CoteriePin *coterie_session_find_pin (CoterieSession *self, guint layer, guint32 neuron);
void coterie_session_set_pins (CoterieSession *self, const CoteriePin *pins, guint n_pins);
void coterie_session_unset_pins (CoterieSession *self, const CoteriePin *pins, guint n_pins);

G_END_DECLS
