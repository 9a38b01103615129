/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset-options.h"
#include "core/dataset/dataset-report.h"
#include "core/recording/frame.h"
#include "core/recording/run-info.h"

G_BEGIN_DECLS

/**
 * CoterieRunSettings:
 * @source: what coterie_dataset_open_with() opens
 * @output: the recording's path; must not exist yet
 * @training: settings of the training
 * @analysis: settings of the analysis
 * @n_threads: 0 takes as many as the machine has processors; results do not depend on it
 * @memory_bytes: how much an analysis may take besides network and data set; 0 takes 512 MiB;
 *   results do not depend on it
 * @dataset_options: (nullable): how to read @source; %NULL takes the defaults
 * @required: those of them that somebody has asked for: where one has no influence on the data set, the
 *   run fails
 * @layout: (nullable): how to lay the graphs out; %NULL takes the defaults
 * @continued: (nullable): a recording whose training goes on; then its settings count, and here only
 *   the number of iterations in all (0 for as many as were wanted before), @source where the data set
 *   has been moved (otherwise %NULL), and @output for a copy that goes on in its stead (otherwise
 *   %NULL)
 * @leaves_state_out: whether not to record what continuing the training would need
 *
 * What to train, and where to record it.
 */
typedef struct {
  const char *source;
  const char *output;
  CoterieTrainingSettings training;
  CoterieAnalysisSettings analysis;
  guint n_threads;
  guint64 memory_bytes;
  const CoterieDatasetOptions *dataset_options;
  CoterieDatasetOptionFlags required;
  const CoterieLayoutSettings *layout;
  const char *continued;
  gboolean leaves_state_out;
} CoterieRunSettings;

/**
 * CoterieRunStage:
 * @COTERIE_RUN_STAGE_OPENING: reads the data set
 * @COTERIE_RUN_STAGE_PREPARATION: makes the network, or restores the one that is continued
 * @COTERIE_RUN_STAGE_TRAINING: trains for an iteration
 * @COTERIE_RUN_STAGE_ANALYSIS: analyses the network
 * @COTERIE_RUN_STAGE_LAYOUT: lays out its graphs
 * @COTERIE_RUN_STAGE_WRITING: writes the frame
 * @COTERIE_RUN_STAGE_REFINEMENT: lays out the graphs of all frames together
 * @COTERIE_RUN_STAGE_ENDED: nothing any more
 *
 * What a run does, in this order; training to writing again and again.
 */
typedef enum {
  COTERIE_RUN_STAGE_OPENING,
  COTERIE_RUN_STAGE_PREPARATION,
  COTERIE_RUN_STAGE_TRAINING,
  COTERIE_RUN_STAGE_ANALYSIS,
  COTERIE_RUN_STAGE_LAYOUT,
  COTERIE_RUN_STAGE_WRITING,
  COTERIE_RUN_STAGE_REFINEMENT,
  COTERIE_RUN_STAGE_ENDED,
} CoterieRunStage;

/**
 * CoterieRunStatus:
 * @stage: what it does now
 * @iteration: the iteration it works on; 0 is the untrained network
 * @n_iterations: the last iteration
 * @stage_fraction: how much of the stage is done, 0 … 1
 * @fraction: how much of the whole run is done, 0 … 1
 * @seconds_left: estimated time to the end, seconds; negative while unknown
 * @paused: whether it has been asked to pause
 * @diverged: the iteration in which its numbers ceased to be finite, 0 if they did not
 * @exploded: the first recorded iteration of this run whose loss had exploded, see
 *   coterie_frame_has_exploded(); 0 if there was none
 * @silent: the first recorded iteration with a silent layer, see coterie_layer_analysis_is_silent(); 0 if
 *   there was none, and the untrained network does not count
 * @silent_layer: the first such layer, counted from 1; 0 if there was none
 */
typedef struct {
  CoterieRunStage stage;
  guint iteration;
  guint n_iterations;
  double stage_fraction;
  double fraction;
  double seconds_left;
  gboolean paused;
  guint diverged;
  guint exploded;
  guint silent;
  guint silent_layer;
} CoterieRunStatus;

/**
 * CoterieRun:
 *
 * Trains, analyses, lays out and records, iteration by iteration. Its functions may be called from
 * any thread.
 */
typedef struct _CoterieRun CoterieRun;

/**
 * CoterieRunFunc:
 * @run: the run
 * @info: what is being trained
 * @frame: (nullable): a frame that has just been recorded; %NULL once, before the first
 * @data: what was given with the function
 *
 * Called on the thread of the run.
 */
typedef void (*CoterieRunFunc) (CoterieRun *run,
                                CoterieRunInfo *info,
                                CoterieFrame *frame,
                                gpointer data);

CoterieRun *coterie_run_new (const CoterieRunSettings *settings);
CoterieRun *coterie_run_ref (CoterieRun *run);
void coterie_run_unref (CoterieRun *run);
CoterieDatasetReport *coterie_run_dup_dataset_report (CoterieRun *run);
CoterieDataset *coterie_run_dup_dataset (CoterieRun *run);
GPtrArray *coterie_run_dup_positions (CoterieRun *run);
void coterie_run_get_status (CoterieRun *run, CoterieRunStatus *status);
void coterie_run_set_pins (CoterieRun *run, const CoteriePin *pins, guint n_pins);
gboolean coterie_run_get_pins_heeded (CoterieRun *run);
void coterie_run_set_paused (CoterieRun *run, gboolean paused);

gboolean coterie_run_execute (
    CoterieRun *run, CoterieRunFunc func, gpointer data, GCancellable *cancellable, GError **error);
void coterie_run_execute_async (CoterieRun *run,
                                CoterieRunFunc func,
                                gpointer data,
                                GDestroyNotify destroy,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer callback_data);
gboolean coterie_run_execute_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieRun, coterie_run_unref)

G_END_DECLS
