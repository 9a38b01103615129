/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A run: trains a network on a data set, and before the first iteration and after each recorded one
 * analyses it, lays its graphs out and writes a frame. In the end, when all graphs are known, all are laid
 * out once more, together. A run that continues a recording begins where that one ended. One thread after
 * the other does all of it, with a pool for the work inside a stage; what others may ask for at any time
 * stands behind a lock. */

#include "core/run/run.h"

#include <glib/gstdio.h>
#include <math.h>

#include "core/network/dense.h"
#include "core/recording/recording-copy.h"
#include "core/recording/recording-writer.h"
#include "core/run/frame-builder.h"
#include "core/run/relayout.h"
#include "core/run/run-clock.h"
#include "core/run/run-continuation.h"
#include "core/run/run-dataset.h"
#include "core/run/run-estimate.h"
#include "core/run/run-output.h"
#include "core/training/trainer.h"

struct _CoterieRun {
  gatomicrefcount ref_count;
  CoterieRunSettings settings;
  CoterieDatasetOptions dataset_options;
  CoterieLayoutSettings layout;
  char *source;
  char *output;
  char *continued;
  CoterieProgress *progress;

  /* behind the lock */
  GMutex mutex;
  CoterieRunEstimate estimate;
  CoterieDatasetReport *dataset_report; /* NULL before the data set is open */
  CoterieDataset *dataset;              /* NULL when it is not open */
  GPtrArray *positions;                 /* NULL before the graphs have been laid out together */
  guint iteration;
  guint diverged;
  guint exploded;
  guint silent; /* the first iteration with a silent layer, and that layer; or 0 */
  guint silent_layer;
  CoteriePin *pins; /* wanted, in the order of coterie_pin_compare(); meaningless before pins_set */
  guint n_pins;
  gboolean pins_set;     /* by whoever watches the run */
  gboolean pins_pending; /* and not heeded yet */
  guint part;            /* of the stage at hand, which has n_parts of equal weight */
  guint n_parts;
  CoterieRunClock clock; /* since the run was made */
};

/* What coterie_run_execute() works with. */
typedef struct {
  CoterieRun *run;
  CoterieRunFunc func;
  gpointer data;
  GCancellable *cancellable;

  CoteriePool *pool;
  CoterieAnalysisMemory *memory;
  CoterieDataset *dataset;
  CoterieTrainer *trainer;
  CoterieRunInfo *info;
  CoterieRecordingWriter *writer;
  CoterieFrameBuilder *builder;
  CoterieRunContinuation continuation;
  guint n_recorded;
  gboolean created; /* the file of the recording, which was not there before */
} Execution;

/* Those after an iteration that is recorded. */
static guint
count_frames (const CoterieTrainingSettings *training, guint last_recorded)
{
  guint n_iterations = training->n_iterations;
  guint record_every = MAX (training->record_every, 1);

  return n_iterations / record_every - last_recorded / record_every +
         (n_iterations % record_every > 0 ? 1 : 0);
}

static gboolean
is_recorded (const CoterieTrainingSettings *training, guint iteration)
{
  return iteration % training->record_every == 0 || iteration == training->n_iterations;
}

/**
 * coterie_run_new:
 * @settings: what to train and where to record it; copied
 *
 * Nothing is checked or done before coterie_run_execute().
 *
 * Returns: (transfer full): a run
 */
CoterieRun *
coterie_run_new (const CoterieRunSettings *settings)
{
  CoterieRun *run = g_new0 (CoterieRun, 1);
  guint n_frames = 1 + count_frames (&settings->training, 0);

  g_atomic_ref_count_init (&run->ref_count);
  run->source = g_strdup (settings->source);
  run->output = g_strdup (settings->output != NULL ? settings->output : settings->continued);
  run->continued = g_strdup (settings->continued);
  run->settings = *settings;
  run->settings.source = run->source;
  run->settings.output = run->output;
  run->settings.continued = run->continued;
  coterie_dataset_options_init (&run->dataset_options);
  if (settings->dataset_options != NULL)
    run->dataset_options = *settings->dataset_options;
  run->settings.dataset_options = &run->dataset_options;
  coterie_layout_settings_init (&run->layout);
  if (settings->layout != NULL)
    run->layout = *settings->layout;
  run->settings.layout = &run->layout;
  run->progress = coterie_progress_new ();

  g_mutex_init (&run->mutex);
  run->n_parts = 1;
  coterie_run_clock_start (&run->clock);
  coterie_run_estimate_init (&run->estimate, settings->training.n_iterations, n_frames, n_frames,
                             coterie_run_clock_read (&run->clock));
  return run;
}

/**
 * coterie_run_ref:
 * @run: the run
 *
 * Returns: (transfer full): @run
 */
CoterieRun *
coterie_run_ref (CoterieRun *run)
{
  g_atomic_ref_count_inc (&run->ref_count);
  return run;
}

/**
 * coterie_run_unref:
 * @run: (transfer full): the run
 *
 * Frees @run with its last reference.
 */
void
coterie_run_unref (CoterieRun *run)
{
  if (!g_atomic_ref_count_dec (&run->ref_count))
    return;

  coterie_progress_unref (run->progress);
  g_clear_pointer (&run->dataset_report, coterie_dataset_report_unref);
  g_clear_pointer (&run->positions, g_ptr_array_unref);
  g_free (run->pins);
  g_mutex_clear (&run->mutex);
  g_free (run->source);
  g_free (run->output);
  g_free (run->continued);
  g_free (run);
}

/**
 * coterie_run_dup_dataset_report:
 * @run: the run
 *
 * Says what was left out of the data set, for example images that could not be read. Known from the
 * first call of the run's function on.
 *
 * Returns: (transfer full) (nullable): the report, or %NULL before the data set has been opened
 */
CoterieDatasetReport *
coterie_run_dup_dataset_report (CoterieRun *run)
{
  CoterieDatasetReport *report;

  g_mutex_lock (&run->mutex);
  report = run->dataset_report != NULL ? coterie_dataset_report_ref (run->dataset_report) : NULL;
  g_mutex_unlock (&run->mutex);
  return report;
}

/**
 * coterie_run_dup_dataset:
 * @run: the run
 *
 * Gives what is learnt, with the limit and the labels of the run. Known from the first call of the run's
 * function on, until the run ends.
 *
 * Returns: (transfer full) (nullable): the data set, or %NULL while it is not open
 */
CoterieDataset *
coterie_run_dup_dataset (CoterieRun *run)
{
  CoterieDataset *dataset;

  g_mutex_lock (&run->mutex);
  dataset = run->dataset != NULL ? coterie_dataset_ref (run->dataset) : NULL;
  g_mutex_unlock (&run->mutex);
  return dataset;
}

/**
 * coterie_run_dup_positions:
 * @run: the run
 *
 * Says where nodes are in the end, which is not where they were when their frames were recorded.
 *
 * Returns: (transfer full) (nullable) (element-type CoterieFramePositions): where the nodes of every frame
 *   of the recording are, or %NULL if they are still where they were
 */
GPtrArray *
coterie_run_dup_positions (CoterieRun *run)
{
  GPtrArray *positions;

  g_mutex_lock (&run->mutex);
  positions = run->positions != NULL ? g_ptr_array_ref (run->positions) : NULL;
  g_mutex_unlock (&run->mutex);
  return positions;
}

/**
 * coterie_run_get_status:
 * @run: the run
 * @status: (out caller-allocates): how far it is
 *
 * May be called from any thread, as often as one likes. The time left does not count pauses, and
 * moves smoothly.
 */
void
coterie_run_get_status (CoterieRun *run, CoterieRunStatus *status)
{
  double part_fraction = coterie_progress_get_fraction (run->progress);

  g_mutex_lock (&run->mutex);
  status->stage = run->estimate.stage;
  status->iteration = run->iteration;
  status->n_iterations = run->settings.training.n_iterations;
  status->stage_fraction = CLAMP ((run->part + part_fraction) / run->n_parts, 0.0, 1.0);
  coterie_run_estimate_look (&run->estimate, status->stage_fraction,
                             coterie_run_clock_read (&run->clock), &status->seconds_left,
                             &status->fraction);
  status->paused = coterie_run_clock_get_paused (&run->clock);
  status->diverged = run->diverged;
  status->exploded = run->exploded;
  status->silent = run->silent;
  status->silent_layer = run->silent_layer;
  g_mutex_unlock (&run->mutex);
}

/**
 * coterie_run_set_paused:
 * @run: the run
 * @paused: whether it shall wait
 *
 * Holds the run at the end of the batch or step at hand, or lets it go on.
 */
void
coterie_run_set_paused (CoterieRun *run, gboolean paused)
{
  g_mutex_lock (&run->mutex);
  coterie_run_clock_set_paused (&run->clock, paused);
  coterie_progress_set_paused (run->progress, paused);
  g_mutex_unlock (&run->mutex);
}

/**
 * coterie_run_set_pins:
 * @run: the run
 * @pins: (array length=n_pins): all neurons that shall be pinned, in the order of coterie_pin_compare();
 *   each of a layer of the run, and finite; copied
 * @n_pins: how many
 *
 * Pins these neurons and no others. From the next frame on they are where they shall be, the recording
 * has them, and in the end the graphs of all frames are laid out about them. May be called from any
 * thread, as often as one likes.
 */
void
coterie_run_set_pins (CoterieRun *run, const CoteriePin *pins, guint n_pins)
{
  g_mutex_lock (&run->mutex);
  g_free (run->pins);
  run->pins = g_memdup2 (pins, n_pins * sizeof *pins);
  run->n_pins = n_pins;
  run->pins_set = TRUE;
  run->pins_pending = TRUE;
  g_mutex_unlock (&run->mutex);
}

/**
 * coterie_run_get_pins_heeded:
 * @run: a run that has ended
 *
 * Returns: whether the graphs of all frames have been laid out about the pins that were set last;
 *   %TRUE if none were set
 */
gboolean
coterie_run_get_pins_heeded (CoterieRun *run)
{
  gboolean heeded;

  g_mutex_lock (&run->mutex);
  heeded = !run->pins_set || (!run->pins_pending && run->positions != NULL);
  g_mutex_unlock (&run->mutex);
  return heeded;
}

static void
set_stage (CoterieRun *run, CoterieRunStage stage, guint n_parts)
{
  g_mutex_lock (&run->mutex);
  run->part = 0;
  run->n_parts = n_parts;
  coterie_run_estimate_enter (&run->estimate, stage, coterie_run_clock_read (&run->clock));
  g_mutex_unlock (&run->mutex);
}

static void
set_part (CoterieRun *run, guint part)
{
  g_mutex_lock (&run->mutex);
  run->part = part;
  g_mutex_unlock (&run->mutex);
}

/* Waits here while paused. */
static gboolean
enter_stage (Execution *execution, CoterieRunStage stage, guint n_parts, GError **error)
{
  if (!coterie_progress_step (execution->run->progress, 0.0, execution->cancellable, error))
    return FALSE;
  set_stage (execution->run, stage, n_parts);
  return TRUE;
}

static CoterieRunInfo *
describe_run (Execution *execution)
{
  const CoterieRunSettings *settings = &execution->run->settings;
  CoterieDataset *dataset = execution->dataset;
  CoterieRunInfo fields = {
      .dataset = *coterie_dataset_get_info (dataset),
      .dataset_hash = coterie_dataset_get_hash (dataset),
      .training = settings->training,
      .analysis = settings->analysis,
      .layout = *settings->layout,
      .started = g_get_real_time () / G_USEC_PER_SEC,
      .program = "Coterie " COTERIE_VERSION,
  };

  for (guint split = 0; split < COTERIE_N_SPLITS; split++)
    fields.n_samples[split] = coterie_dataset_get_n_samples (dataset, (CoterieSplit) split);
  return coterie_run_info_new (&fields);
}

static CoterieDataset *
open_source (Execution *execution, GError **error)
{
  CoterieRun *run = execution->run;
  const CoterieRunSettings *settings = &run->settings;

  if (settings->continued != NULL)
    return coterie_run_dataset_reopen_at (run->source, execution->continuation.info,
                                          settings->continued, execution->pool, run->progress,
                                          execution->cancellable, error);
  return coterie_run_dataset_open (settings->source, settings->dataset_options, &settings->training,
                                   execution->pool, run->progress, execution->cancellable, error);
}

static gboolean
check_options (Execution *execution, GError **error)
{
  const CoterieDatasetInfo *info = coterie_dataset_get_info (execution->dataset);

  if (coterie_dataset_options_check_used (execution->run->settings.required, info->options, error))
    return TRUE;
  g_prefix_error (error, "%s: ", info->source);
  return FALSE;
}

static gboolean
open_dataset (Execution *execution, GError **error)
{
  CoterieRun *run = execution->run;

  execution->dataset = open_source (execution, error);
  if (execution->dataset == NULL || !check_options (execution, error))
    return FALSE;
  g_mutex_lock (&run->mutex);
  run->dataset_report =
      coterie_dataset_report_ref (coterie_dataset_get_report (execution->dataset));
  run->dataset = coterie_dataset_ref (execution->dataset);
  g_mutex_unlock (&run->mutex);
  return TRUE;
}

/* Takes the settings of the recording that goes on. */
static gboolean
open_continuation (Execution *execution, GError **error)
{
  CoterieRun *run = execution->run;
  CoterieRunContinuation *continuation = &execution->continuation;
  const CoterieTrainingSettings *training;

  if (!coterie_run_continuation_open (continuation, run->continued,
                                      run->settings.training.n_iterations, run->source, error))
    return FALSE;

  training = &continuation->info->training;
  g_mutex_lock (&run->mutex);
  run->settings.training = *training;
  run->settings.analysis = continuation->info->analysis;
  run->layout = continuation->info->layout;
  run->iteration = continuation->iteration;
  coterie_run_estimate_init (&run->estimate, training->n_iterations - continuation->iteration,
                             count_frames (training, continuation->last_recorded),
                             1 + count_frames (training, 0), coterie_run_clock_read (&run->clock));
  g_mutex_unlock (&run->mutex);
  return TRUE;
}

static gboolean
check_settings (Execution *execution, GError **error)
{
  const CoterieRunSettings *settings = &execution->run->settings;

  if (settings->continued != NULL && !open_continuation (execution, error))
    return FALSE;
  if (!coterie_training_settings_validate (&settings->training, error) ||
      !coterie_analysis_settings_validate (&settings->analysis, error) ||
      !coterie_layout_settings_validate (settings->layout, error))
    return FALSE;
  return g_strcmp0 (settings->output, settings->continued) == 0 ||
         coterie_run_output_check (settings->output, error);
}

static gboolean
create_recording (Execution *execution, GError **error)
{
  execution->info = describe_run (execution);
  execution->writer = coterie_recording_writer_new (execution->run->output, execution->info, error);
  execution->created = execution->writer != NULL;
  return execution->created;
}

/* Of the frames that are there; whoever goes on with them is to know. */
static void
note_earlier_failure (CoterieRun *run, const CoterieFailure *failure)
{
  g_mutex_lock (&run->mutex);
  if (failure->kind == COTERIE_FAILURE_EXPLODED)
    run->exploded = failure->iteration;
  if (failure->kind == COTERIE_FAILURE_SILENT) {
    run->silent = failure->iteration;
    run->silent_layer = failure->layer;
  }
  g_mutex_unlock (&run->mutex);
}

static gboolean
continue_recording (Execution *execution, GError **error)
{
  CoterieRun *run = execution->run;
  CoterieRunContinuation *continuation = &execution->continuation;

  execution->info = coterie_run_info_ref (continuation->info);
  coterie_frame_builder_set_pins (execution->builder, continuation->info->pins,
                                  continuation->info->n_pins);
  if (!coterie_run_continuation_restore (continuation, execution->trainer, execution->builder,
                                         run->progress, execution->cancellable, error))
    return FALSE;
  note_earlier_failure (run, &continuation->failure);
  if (g_strcmp0 (run->output, run->continued) != 0) {
    execution->created = coterie_recording_copy (run->continued, run->output, run->progress,
                                                 execution->cancellable, error);
    if (!execution->created)
      return FALSE;
  }
  execution->writer = coterie_recording_writer_continue (run->output, execution->info,
                                                         continuation->n_frames, error);
  return execution->writer != NULL;
}

static gboolean
prepare (Execution *execution, GError **error)
{
  const CoterieRunSettings *settings = &execution->run->settings;

  if (!coterie_dense_check_kernels (error) || !check_settings (execution, error))
    return FALSE;

  execution->pool = coterie_pool_new (settings->n_threads);
  execution->memory = coterie_analysis_memory_new (settings->memory_bytes);
  if (!open_dataset (execution, error) ||
      !enter_stage (execution, COTERIE_RUN_STAGE_PREPARATION, 1, error))
    return FALSE;
  execution->trainer =
      coterie_trainer_new (execution->dataset, &settings->training, execution->pool, error);
  if (execution->trainer == NULL)
    return FALSE;
  execution->builder = coterie_frame_builder_new (settings->training.n_hidden, &settings->analysis,
                                                  settings->layout, execution->pool);
  return settings->continued != NULL ? continue_recording (execution, error)
                                     : create_recording (execution, error);
}

static void
close_dataset (Execution *execution)
{
  CoterieRun *run = execution->run;

  g_mutex_lock (&run->mutex);
  g_clear_pointer (&run->dataset, coterie_dataset_unref);
  g_mutex_unlock (&run->mutex);
  g_clear_pointer (&execution->dataset, coterie_dataset_unref);
}

static void
execution_clear (Execution *execution)
{
  g_clear_pointer (&execution->builder, coterie_frame_builder_free);
  g_clear_pointer (&execution->writer, coterie_recording_writer_free);
  g_clear_pointer (&execution->info, coterie_run_info_unref);
  g_clear_pointer (&execution->trainer, coterie_trainer_free);
  close_dataset (execution);
  g_clear_pointer (&execution->memory, coterie_analysis_memory_free);
  g_clear_pointer (&execution->pool, coterie_pool_free);
  coterie_run_continuation_clear (&execution->continuation);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Execution, execution_clear)

/* The description of the run with the pins that are wanted now, or NULL if it has these. */
static CoterieRunInfo *
describe_pins (Execution *execution)
{
  CoterieRun *run = execution->run;
  CoterieRunInfo fields = *execution->info;
  CoterieRunInfo *info = NULL;

  g_mutex_lock (&run->mutex);
  if (run->pins_pending) {
    fields.pins = run->pins;
    fields.n_pins = run->n_pins;
    info = coterie_run_info_new (&fields);
  }
  run->pins_pending = FALSE;
  g_mutex_unlock (&run->mutex);
  return info;
}

/* Pins what somebody has pinned since the last frame, in the recording as well. */
static gboolean
heed_pins (Execution *execution, GError **error)
{
  g_autoptr (CoterieRunInfo) info = describe_pins (execution);
  g_autoptr (GPtrArray) nowhere = g_ptr_array_new ();

  if (info == NULL)
    return TRUE;
  coterie_frame_builder_set_pins (execution->builder, info->pins, info->n_pins);
  coterie_run_info_unref (execution->info);
  execution->info = g_steal_pointer (&info);
  return coterie_recording_writer_lay_out (execution->writer, execution->info, nowhere, error);
}

static CoterieFrame *
lay_out (Execution *execution, const CoterieNetworkAnalysis *analysis, GError **error)
{
  CoterieRun *run = execution->run;

  coterie_frame_builder_begin (execution->builder,
                               coterie_trainer_get_iteration (execution->trainer), analysis);
  for (guint l = 0; l < analysis->n_layers; l++) {
    set_part (run, l);
    if (!coterie_frame_builder_place (execution->builder, l, run->progress, execution->cancellable,
                                      error))
      return NULL;
  }
  return coterie_frame_builder_end (execution->builder);
}

static gboolean
write_frame (Execution *execution, CoterieFrame *frame, GError **error)
{
  CoterieRun *run = execution->run;
  const CoterieNetwork *network = coterie_trainer_get_network (execution->trainer);
  CoterieTrainerState state;
  const CoterieTrainerState *kept = run->settings.leaves_state_out ? NULL : &state;

  coterie_trainer_get_state (execution->trainer, &state);
  return coterie_recording_writer_put_ahead (execution->writer, frame->iteration, network, kept,
                                             run->progress, execution->cancellable, error) &&
         coterie_recording_writer_add (execution->writer, frame, network, kept, error);
}

/* Nothing is learnt through a layer that passes nothing on. */
static void
note_silence (CoterieRun *run, guint iteration, const CoterieNetworkAnalysis *analysis)
{
  guint l = 0;

  while (l < analysis->n_layers && !coterie_layer_analysis_is_silent (analysis->layers[l]))
    l++;
  if (iteration == 0 || l == analysis->n_layers)
    return;
  g_mutex_lock (&run->mutex);
  if (run->silent == 0) {
    run->silent = iteration;
    run->silent_layer = analysis->layers[l]->layer;
  }
  g_mutex_unlock (&run->mutex);
}

static void
note_explosion (CoterieRun *run, const CoterieFrame *frame)
{
  if (!coterie_frame_has_exploded (frame))
    return;
  g_mutex_lock (&run->mutex);
  if (run->exploded == 0)
    run->exploded = frame->iteration;
  g_mutex_unlock (&run->mutex);
}

/* Analyses the network as it is, lays its graphs out, and writes the frame. */
static gboolean
record_frame (Execution *execution, GError **error)
{
  CoterieRun *run = execution->run;
  const CoterieNetwork *network = coterie_trainer_get_network (execution->trainer);
  g_auto (CoterieNetworkAnalysis) analysis = {0};
  g_autoptr (CoterieFrame) frame = NULL;

  if (!enter_stage (execution, COTERIE_RUN_STAGE_ANALYSIS, 1, error) ||
      !coterie_network_analysis_compute_within (
          &analysis, network, execution->dataset, &run->settings.analysis, execution->memory,
          execution->pool, run->progress, execution->cancellable, error))
    return FALSE;
  note_silence (run, coterie_trainer_get_iteration (execution->trainer), &analysis);

  if (!enter_stage (execution, COTERIE_RUN_STAGE_LAYOUT, analysis.n_layers, error) ||
      !heed_pins (execution, error))
    return FALSE;
  frame = lay_out (execution, &analysis, error);
  if (frame == NULL || !enter_stage (execution, COTERIE_RUN_STAGE_WRITING, 1, error) ||
      !write_frame (execution, frame, error))
    return FALSE;

  execution->n_recorded++;
  note_explosion (run, frame);
  if (execution->func != NULL)
    execution->func (run, execution->info, frame, execution->data);
  return TRUE;
}

static void
set_iteration (CoterieRun *run, guint iteration)
{
  g_mutex_lock (&run->mutex);
  run->iteration = iteration;
  g_mutex_unlock (&run->mutex);
}

static void
set_diverged (CoterieRun *run, guint iteration)
{
  g_mutex_lock (&run->mutex);
  run->diverged = iteration;
  g_mutex_unlock (&run->mutex);
}

static gboolean
train_and_record (Execution *execution, GError **error)
{
  CoterieRun *run = execution->run;
  const CoterieTrainingSettings *training = &run->settings.training;

  if (execution->func != NULL)
    execution->func (run, execution->info, NULL, execution->data);
  if (run->continued == NULL && !record_frame (execution, error))
    return FALSE;

  set_diverged (run, coterie_trainer_get_diverged (execution->trainer));
  for (guint iteration = coterie_trainer_get_iteration (execution->trainer) + 1;
       iteration <= training->n_iterations; iteration++) {
    if (!enter_stage (execution, COTERIE_RUN_STAGE_TRAINING, 1, error))
      return FALSE;
    set_iteration (run, iteration);
    if (!coterie_trainer_run_iteration (execution->trainer, run->progress, execution->cancellable,
                                        error))
      return FALSE;
    set_diverged (run, coterie_trainer_get_diverged (execution->trainer));
    if (is_recorded (training, iteration) && iteration > execution->continuation.last_recorded &&
        !record_frame (execution, error))
      return FALSE;
  }
  return TRUE;
}

/* Lays out all graphs together, now that they are known. Who has had enough has a recording that is
 * complete all the same. */
static gboolean
refine (Execution *execution, GError **error)
{
  CoterieRun *run = execution->run;
  g_autoptr (GPtrArray) positions = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!heed_pins (execution, error))
    return FALSE;
  if (enter_stage (execution, COTERIE_RUN_STAGE_REFINEMENT, 1, &local_error))
    positions =
        coterie_relayout_compute_recorded (run->output, execution->info, execution->pool,
                                           run->progress, execution->cancellable, &local_error);
  if (positions == NULL) {
    if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      return TRUE;
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (!coterie_recording_writer_lay_out (execution->writer, execution->info, positions, error))
    return FALSE;
  g_mutex_lock (&run->mutex);
  run->positions = g_steal_pointer (&positions);
  g_mutex_unlock (&run->mutex);
  return TRUE;
}

/* Closes the recording and says in it how the run ended. */
static gboolean
end_recording (Execution *execution, gboolean complete, GError **error)
{
  CoterieRecordingWriter *writer = execution->writer;

  if (complete)
    return coterie_recording_writer_finish (writer, error);

  if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    coterie_recording_writer_stop (writer, NULL);
  else
    coterie_recording_writer_fail (writer, (*error)->message, NULL);
  return FALSE;
}

/* A recording without frames, and a copy to which nothing was added, are of no use to anybody, and their
 * name would be taken. */
static void
remove_useless (Execution *execution)
{
  if (!execution->created || execution->n_recorded > 0)
    return;
  g_clear_pointer (&execution->writer, coterie_recording_writer_free);
  g_unlink (execution->run->output);
}

/**
 * coterie_run_execute:
 * @run: a run that has not been executed before
 * @func: (nullable) (scope call): told of the start and of every frame, on the calling thread
 * @data: passed to @func
 * @cancellable: (nullable): ends the run early, within a batch or step
 * @error: return location for a #GError
 *
 * Does the whole run on the calling thread and a pool of its own. Recorded are the untrained network,
 * every so many iterations, and the last one; after it all graphs are laid out together. However the run
 * ends, the frames recorded until then stay readable, and the recording says how it ended; without any, no
 * file is left. A run that continues a recording adds to its frames, to the last bit as if the training had
 * not ended in between. A training that diverges goes on until it is cancelled, and its frames say that they
 * are of no use, see coterie_frame_has_diverged().
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED, or with the error of settings, data set, training,
 *   analysis or recording that ended the run
 */
gboolean
coterie_run_execute (
    CoterieRun *run, CoterieRunFunc func, gpointer data, GCancellable *cancellable, GError **error)
{
  g_auto (Execution) execution = {
      .run = run,
      .func = func,
      .data = data,
      .cancellable = cancellable,
  };
  g_autoptr (GError) local_error = NULL;
  gboolean succeeded = FALSE;

  if (prepare (&execution, &local_error)) {
    succeeded = train_and_record (&execution, &local_error) && refine (&execution, &local_error);
    succeeded = end_recording (&execution, succeeded, &local_error);
  }
  set_stage (run, COTERIE_RUN_STAGE_ENDED, 1);
  if (!succeeded) {
    remove_useless (&execution);
    g_propagate_error (error, g_steal_pointer (&local_error));
  }
  return succeeded;
}
