/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Analyses the networks of a recording again. The recorded weights and the data set, found again by
 * its path and the hash of its content, say all that an analysis needs, so nothing is trained.
 *
 * What concerns a frame alone comes first, in the order in which somebody wants to see it: its
 * measures, its graphs, and where their nodes are. A graph that is the recorded one keeps its places;
 * any other is laid out from the recorded places on and held there, so that who looks at an iteration
 * finds everything where it was, whatever is changed and in whatever order. A frame of this kind is
 * handed over at once. When all frames are there, communities are followed through them from the first
 * to the last, as a run does. Either way their identities then take the numbers of the recorded ones
 * that they share most neurons with, so that a community keeps its number and its colour through a
 * change of settings. Hence the same settings give what is recorded, byte by byte.
 *
 * Networks that are too large are recorded with every tenth frame only; frames without one are left
 * out. */

#include "core/run/reanalysis.h"

#include <string.h>

#include "core/layout/layout-sequence.h"
#include "core/recording/recording-reader.h"
#include "core/run/background-thread.h"
#include "core/run/frame-builder.h"
#include "core/run/recorded-identities.h"
#include "core/run/run-clock.h"
#include "core/run/run-dataset.h"

/* Shares of the work, for the progress: measures of a frame, against its layout; and all that
 * concerns single frames, against following the communities through them. */
#define MEASURES_FRAC 0.6
#define FRAMES_FRAC 0.95

/* Before that, the time left would be a guess. */
#define KNOWN_FRAC 0.02

struct _CoterieReanalysis {
  gatomicrefcount ref_count;
  char *recording;
  guint n_threads;
  guint64 memory_bytes;
  char *dataset_source; /* where the data set has moved, or %NULL */
  CoterieProgress *progress;

  /* of the one execution that works; others wait */
  GMutex work_mutex;
  CoterieRecordingReader *reader;
  CoterieDataset *dataset;
  CoterieRecordedIdentities *identities;
  CoteriePool *pool;

  /* behind the lock */
  GMutex mutex;
  guint n_done;
  guint n_frames;
  double part_start;     /* fraction of the whole that was done when the part in hand began */
  double part_size;      /* fraction of the whole that it is */
  double highest;        /* fraction that has been told */
  CoterieRunClock clock; /* since the execution began */
};

/* One frame before its communities have been followed. positions: [n_layers][n_nodes][2] */
typedef struct {
  guint iteration;
  CoterieNetworkAnalysis analysis;
  float **positions;
} Item;

typedef struct {
  CoterieReanalysis *reanalysis;
  const CoterieAnalysisSettings *settings;
  CoterieReanalysisFunc func;
  gpointer data;
  GCancellable *cancellable;

  guint n_items;
  Item **items; /* [frames of the recording]; NULL where there is none (yet) */
  GArray *order;
  CoterieAnalysisMemory *memory;
} Execution;

static void
item_free (Item *item)
{
  for (guint l = 0; item->positions != NULL && l < item->analysis.n_layers; l++)
    g_free (item->positions[l]);
  g_free (item->positions);
  coterie_network_analysis_clear (&item->analysis);
  g_free (item);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Item, item_free)

static void
execution_clear (Execution *execution)
{
  for (guint i = 0; i < execution->n_items; i++)
    g_clear_pointer (&execution->items[i], item_free);
  g_free (execution->items);
  g_clear_pointer (&execution->order, g_array_unref);
  g_clear_pointer (&execution->memory, coterie_analysis_memory_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Execution, execution_clear)

/**
 * coterie_reanalysis_new:
 * @recording: the path of a recording
 * @n_threads: 0 takes as many as the machine has processors; results do not depend on it
 * @memory_bytes: how much an analysis may take besides network and data set; 0 takes 512 MiB; results
 *   do not depend on it
 *
 * Nothing is opened before coterie_reanalysis_execute(); what that opens stays open until the last
 * reference is gone, so that further executions begin at once.
 *
 * Returns: (transfer full): a reanalysis
 */
CoterieReanalysis *
coterie_reanalysis_new (const char *recording, guint n_threads, guint64 memory_bytes)
{
  CoterieReanalysis *reanalysis = g_new0 (CoterieReanalysis, 1);

  g_atomic_ref_count_init (&reanalysis->ref_count);
  reanalysis->recording = g_strdup (recording);
  reanalysis->n_threads = n_threads;
  reanalysis->memory_bytes = memory_bytes;
  reanalysis->progress = coterie_progress_new ();
  g_mutex_init (&reanalysis->work_mutex);
  g_mutex_init (&reanalysis->mutex);
  return reanalysis;
}

/**
 * coterie_reanalysis_set_dataset:
 * @reanalysis: the reanalysis; it must not have been executed yet
 * @source: (nullable): where its data set is now, as for coterie_dataset_open_with(); %NULL if it is
 *   where the recording says
 *
 * Says where a data set has moved. Its content must be the recorded one.
 */
void
coterie_reanalysis_set_dataset (CoterieReanalysis *reanalysis, const char *source)
{
  g_free (reanalysis->dataset_source);
  reanalysis->dataset_source = g_strdup (source);
}

/**
 * coterie_reanalysis_ref:
 * @reanalysis: the reanalysis
 *
 * Returns: (transfer full): @reanalysis
 */
CoterieReanalysis *
coterie_reanalysis_ref (CoterieReanalysis *reanalysis)
{
  g_atomic_ref_count_inc (&reanalysis->ref_count);
  return reanalysis;
}

/**
 * coterie_reanalysis_unref:
 * @reanalysis: (transfer full): the reanalysis
 *
 * Frees @reanalysis with its last reference.
 */
void
coterie_reanalysis_unref (CoterieReanalysis *reanalysis)
{
  if (!g_atomic_ref_count_dec (&reanalysis->ref_count))
    return;

  g_clear_pointer (&reanalysis->reader, coterie_recording_reader_free);
  g_clear_pointer (&reanalysis->dataset, coterie_dataset_unref);
  g_clear_pointer (&reanalysis->identities, coterie_recorded_identities_free);
  g_clear_pointer (&reanalysis->pool, coterie_pool_free);
  coterie_progress_unref (reanalysis->progress);
  g_mutex_clear (&reanalysis->work_mutex);
  g_mutex_clear (&reanalysis->mutex);
  g_free (reanalysis->recording);
  g_free (reanalysis->dataset_source);
  g_free (reanalysis);
}

/**
 * coterie_reanalysis_get_status:
 * @reanalysis: the reanalysis
 * @status: (out caller-allocates): how far the execution is that works now, or the last one
 *
 * May be called from any thread, as often as one likes.
 */
void
coterie_reanalysis_get_status (CoterieReanalysis *reanalysis, CoterieReanalysisStatus *status)
{
  double part_fraction = coterie_progress_get_fraction (reanalysis->progress);
  double fraction;

  g_mutex_lock (&reanalysis->mutex);
  fraction = reanalysis->part_start + reanalysis->part_size * part_fraction;
  reanalysis->highest = CLAMP (fraction, reanalysis->highest, 1.0);
  fraction = reanalysis->highest;
  status->n_done = reanalysis->n_done;
  status->n_frames = reanalysis->n_frames;
  status->fraction = fraction;
  status->seconds_left = -1.0;
  if (fraction >= KNOWN_FRAC)
    status->seconds_left =
        coterie_run_clock_read (&reanalysis->clock) * (1.0 - fraction) / fraction;
  g_mutex_unlock (&reanalysis->mutex);
}

static void
begin_status (CoterieReanalysis *reanalysis)
{
  g_mutex_lock (&reanalysis->mutex);
  reanalysis->n_done = 0;
  reanalysis->n_frames = 0;
  reanalysis->part_start = 0.0;
  reanalysis->part_size = 0.0;
  reanalysis->highest = 0.0;
  coterie_run_clock_start (&reanalysis->clock);
  g_mutex_unlock (&reanalysis->mutex);
}

/* Begins a part of the whole. */
static gboolean
enter_part (Execution *execution, double start, double size, GError **error)
{
  CoterieReanalysis *reanalysis = execution->reanalysis;

  if (!coterie_progress_step (reanalysis->progress, 0.0, execution->cancellable, error))
    return FALSE;
  g_mutex_lock (&reanalysis->mutex);
  reanalysis->part_start = start;
  reanalysis->part_size = size;
  g_mutex_unlock (&reanalysis->mutex);
  return TRUE;
}

/* Begins a part of the frame in hand. */
static gboolean
enter_frame_part (Execution *execution, double start, double size, GError **error)
{
  double frame_frac = FRAMES_FRAC / execution->order->len;
  double frame_start = execution->reanalysis->n_done * frame_frac;

  return enter_part (execution, frame_start + start * frame_frac, size * frame_frac, error);
}

static void
count_frame (CoterieReanalysis *reanalysis)
{
  g_mutex_lock (&reanalysis->mutex);
  reanalysis->n_done++;
  g_mutex_unlock (&reanalysis->mutex);
}

/* Of all frames, so that a number which any of them uses is not given to somebody else. */
static gboolean
load_identities (Execution *execution, GError **error)
{
  CoterieReanalysis *reanalysis = execution->reanalysis;
  CoterieRecordingReader *reader = reanalysis->reader;
  g_autoptr (CoterieRecordedIdentities) identities = NULL;

  if (reanalysis->identities != NULL)
    return TRUE;
  identities = coterie_recorded_identities_new (
      coterie_recording_reader_get_info (reader)->training.n_hidden);
  for (guint i = 0; i < coterie_recording_reader_get_n_frames (reader); i++) {
    g_autoptr (CoterieFrame) frame = NULL;

    if (!enter_part (execution, 0.0, 0.0, error))
      return FALSE;
    frame = coterie_recording_reader_load (reader, i, error);
    if (frame == NULL)
      return FALSE;
    coterie_recorded_identities_add (identities, frame);
  }
  reanalysis->identities = g_steal_pointer (&identities);
  return TRUE;
}

/* Opens what is not open yet. */
static gboolean
prepare (Execution *execution, GError **error)
{
  CoterieReanalysis *reanalysis = execution->reanalysis;

  if (!coterie_analysis_settings_validate (execution->settings, error))
    return FALSE;
  /* Its layout may be another one than last time. */
  g_clear_pointer (&reanalysis->reader, coterie_recording_reader_free);
  reanalysis->reader = coterie_recording_reader_open (reanalysis->recording, error);
  if (reanalysis->reader == NULL)
    return FALSE;
  if (reanalysis->pool == NULL)
    reanalysis->pool = coterie_pool_new (reanalysis->n_threads);
  if (reanalysis->dataset == NULL)
    reanalysis->dataset = coterie_run_dataset_reopen_at (
        reanalysis->dataset_source, coterie_recording_reader_get_info (reanalysis->reader),
        reanalysis->recording, reanalysis->pool, NULL, execution->cancellable, error);
  return reanalysis->dataset != NULL && load_identities (execution, error);
}

static gboolean
append_index (Execution *execution, guint index, gboolean *listed, GError **error)
{
  gboolean has_network;

  if (index >= execution->n_items || listed[index])
    return TRUE;
  listed[index] = TRUE;
  if (!coterie_recording_reader_has_network (execution->reanalysis->reader, index, &has_network,
                                             error))
    return FALSE;
  if (has_network)
    g_array_append_val (execution->order, index);
  return TRUE;
}

/* The frames that can be analysed: first those that are asked for, then the rest. */
static gboolean
make_order (Execution *execution, const guint *order, guint n_order, GError **error)
{
  CoterieReanalysis *reanalysis = execution->reanalysis;
  g_autofree gboolean *listed = NULL;

  execution->n_items = coterie_recording_reader_get_n_frames (reanalysis->reader);
  execution->items = g_new0 (Item *, execution->n_items);
  execution->order = g_array_new (FALSE, FALSE, sizeof (guint));
  listed = g_new0 (gboolean, execution->n_items + 1);
  for (guint i = 0; i < n_order; i++)
    if (!append_index (execution, order[i], listed, error))
      return FALSE;
  for (guint i = 0; i < execution->n_items; i++)
    if (!append_index (execution, i, listed, error))
      return FALSE;

  g_mutex_lock (&reanalysis->mutex);
  reanalysis->n_frames = execution->order->len;
  g_mutex_unlock (&reanalysis->mutex);
  if (execution->order->len == 0)
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_FOUND,
                 "%s: there are no weights in it to analyse", reanalysis->recording);
  return execution->order->len > 0;
}

/* The recording's file says both; nobody has compared them yet. */
static gboolean
check_network (Execution *execution, const CoterieNetwork *network, guint iteration, GError **error)
{
  CoterieDataset *dataset = execution->reanalysis->dataset;
  gsize n_features = coterie_dataset_get_n_features (dataset);
  guint n_classes = coterie_dataset_get_info (dataset)->n_classes;

  if (network->widths[0] == n_features && coterie_network_get_n_classes (network) == n_classes)
    return TRUE;
  g_set_error (
      error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DAMAGED,
      "%s: it is damaged: iteration %u: the network has %u inputs and %u outputs, its data "
      "set has %" G_GSIZE_FORMAT " features and %u classes",
      execution->reanalysis->recording, iteration, network->widths[0],
      coterie_network_get_n_classes (network), n_features, n_classes);
  return FALSE;
}

static gboolean
measure (Execution *execution, Item *item, guint index, GError **error)
{
  CoterieReanalysis *reanalysis = execution->reanalysis;
  g_autoptr (CoterieNetwork) network =
      coterie_recording_reader_load_network (reanalysis->reader, index, error);

  if (network == NULL || !check_network (execution, network, item->iteration, error))
    return FALSE;
  if (coterie_network_analysis_compute_within (
          &item->analysis, network, reanalysis->dataset, execution->settings, execution->memory,
          reanalysis->pool, reanalysis->progress, execution->cancellable, error))
    return TRUE;
  if (error != NULL && !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_prefix_error (error, "%s: iteration %u: ", reanalysis->recording, item->iteration);
  return FALSE;
}

static gboolean
is_recorded_graph (const CoterieLayerAnalysis *analysis, const CoterieLayerAnalysis *recorded)
{
  const CoterieGraph *graph = analysis->graph;

  return analysis->n_nodes == recorded->n_nodes && graph->n_edges == recorded->graph->n_edges &&
         (analysis->n_nodes == 0 || memcmp (analysis->neurons, recorded->neurons,
                                            analysis->n_nodes * sizeof *analysis->neurons) == 0) &&
         (graph->n_edges == 0 || memcmp (graph->edges, recorded->graph->edges,
                                         graph->n_edges * sizeof *graph->edges) == 0);
}

static gboolean
place_layer (
    Execution *execution, Item *item, guint l, const CoterieFrameLayer *recorded, GError **error)
{
  CoterieReanalysis *reanalysis = execution->reanalysis;
  const CoterieRunInfo *info = coterie_recording_reader_get_info (reanalysis->reader);
  const CoterieLayerAnalysis *analysis = item->analysis.layers[l];
  gsize n_values = 2 * (gsize) analysis->n_nodes;
  g_autoptr (CoterieLayoutSequence) sequence = NULL;
  CoterieLayoutPins pins = coterie_layout_pins_of_layer (info->pins, info->n_pins, l + 1);

  item->positions[l] = g_new0 (float, n_values + 1);
  if (is_recorded_graph (analysis, recorded->analysis)) {
    if (n_values > 0)
      memcpy (item->positions[l], recorded->positions, n_values * sizeof (float));
    return TRUE;
  }

  sequence =
      coterie_layout_sequence_new (&info->layout.force, info->layout.seed + l, reanalysis->pool);
  coterie_layout_sequence_set_pins (sequence, &pins);
  coterie_layout_sequence_recall (sequence, recorded->analysis->graph, recorded->analysis->neurons,
                                  recorded->positions);
  return coterie_layout_sequence_place (sequence, analysis->graph, analysis->neurons,
                                        item->positions[l], reanalysis->progress,
                                        execution->cancellable, error);
}

static gboolean
place (Execution *execution, Item *item, const CoterieFrame *recorded, GError **error)
{
  guint n_layers = item->analysis.n_layers;
  double layer_frac = (1.0 - MEASURES_FRAC) / n_layers;

  item->positions = g_new0 (float *, n_layers);
  for (guint l = 0; l < n_layers; l++)
    if (!enter_frame_part (execution, MEASURES_FRAC + l * layer_frac, layer_frac, error) ||
        !place_layer (execution, item, l, &recorded->layers[l], error))
      return FALSE;
  return TRUE;
}

/* Follows the communities of all layers into the next frame. */
static CoterieFrame *
follow (Execution *execution, CoterieFrameBuilder *builder, const Item *item, GError **error)
{
  coterie_frame_builder_begin (builder, item->iteration, &item->analysis);
  for (guint l = 0; l < item->analysis.n_layers; l++)
    if (!coterie_frame_builder_follow (builder, l, item->positions[l], execution->cancellable,
                                       error))
      return NULL;
  return coterie_frame_builder_end (builder);
}

static CoterieFrameBuilder *
new_builder (Execution *execution)
{
  CoterieReanalysis *reanalysis = execution->reanalysis;
  const CoterieRunInfo *info = coterie_recording_reader_get_info (reanalysis->reader);

  return coterie_frame_builder_new (info->training.n_hidden, execution->settings, &info->layout,
                                    reanalysis->pool);
}

/* What happens to communities is not known of a frame alone, in which all are new. */
static CoterieFrame *
drop_events (const CoterieFrame *frame)
{
  CoterieFrame fields = *frame;
  g_autofree CoterieFrameLayer *layers =
      g_memdup2 (frame->layers, frame->n_layers * sizeof *frame->layers);

  fields.layers = layers;
  for (guint l = 0; l < frame->n_layers; l++) {
    layers[l].n_events = 0;
    layers[l].events = NULL;
  }
  return coterie_frame_new (&fields);
}

static gboolean
hand_over (Execution *execution, guint index, const Item *item, GError **error)
{
  g_autoptr (CoterieFrameBuilder) builder = NULL;
  g_autoptr (GPtrArray) frames = NULL;
  g_autoptr (GPtrArray) renamed = NULL;
  g_autoptr (CoterieFrame) provisional = NULL;
  CoterieFrame *frame;

  if (execution->func == NULL)
    return TRUE;
  builder = new_builder (execution);
  frame = follow (execution, builder, item, error);
  if (frame == NULL)
    return FALSE;
  frames = g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_unref);
  g_ptr_array_add (frames, frame);
  renamed = coterie_recorded_identities_rename (execution->reanalysis->identities, frames);
  provisional = drop_events (g_ptr_array_index (renamed, 0));
  execution->func (execution->reanalysis, index, provisional, execution->data);
  return TRUE;
}

static gboolean
analyse_frame (Execution *execution, guint index, GError **error)
{
  CoterieRecordingReader *reader = execution->reanalysis->reader;
  g_autoptr (Item) item = g_new0 (Item, 1);
  g_autoptr (CoterieFrame) recorded = NULL;

  item->iteration = coterie_recording_reader_get_iteration (reader, index);
  if (!enter_frame_part (execution, 0.0, MEASURES_FRAC, error) ||
      !measure (execution, item, index, error))
    return FALSE;
  recorded = coterie_recording_reader_load (reader, index, error);
  if (recorded == NULL || !place (execution, item, recorded, error) ||
      !hand_over (execution, index, item, error))
    return FALSE;
  execution->items[index] = g_steal_pointer (&item);
  count_frame (execution->reanalysis);
  return TRUE;
}

static gboolean
analyse_frames (Execution *execution, GError **error)
{
  for (guint i = 0; i < execution->order->len; i++)
    if (!analyse_frame (execution, g_array_index (execution->order, guint, i), error))
      return FALSE;
  return TRUE;
}

static GPtrArray *
follow_all (Execution *execution, GError **error)
{
  g_autoptr (CoterieFrameBuilder) builder = new_builder (execution);
  g_autoptr (GPtrArray) frames =
      g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_unref);

  for (guint i = 0; i < execution->n_items; i++) {
    double done = (double) i / execution->n_items;
    CoterieFrame *frame;

    if (execution->items[i] == NULL)
      continue;
    if (!enter_part (execution, FRAMES_FRAC + (1.0 - FRAMES_FRAC) * done, 0.0, error))
      return NULL;
    frame = follow (execution, builder, execution->items[i], error);
    if (frame == NULL)
      return NULL;
    g_ptr_array_add (frames, frame);
  }
  if (!enter_part (execution, 1.0, 0.0, error))
    return NULL;
  return coterie_recorded_identities_rename (execution->reanalysis->identities, frames);
}

/**
 * coterie_reanalysis_execute:
 * @reanalysis: the reanalysis
 * @settings: of the analysis
 * @order: (array length=n_order) (nullable): frames of the recording, from 0, to analyse first, in this
 *   order; the others follow in theirs
 * @n_order: how many
 * @func: (nullable) (scope call): told of every frame as soon as it has been analysed, on the calling
 *   thread
 * @data: passed to @func
 * @cancellable: (nullable): ends it early, within a batch or step
 * @error: return location for a #GError
 *
 * Analyses all frames of the recording whose weights are recorded. Other calls wait until this one has
 * ended. Results depend neither on @order nor on the number of threads, and are those of the recording
 * if the settings are; otherwise they are those of a run with these settings, but for the numbers of
 * identities, which are those of the recording wherever a community is mostly a recorded one. Cost: for each frame that of coterie_network_analysis_compute(), and a layout
 * of each graph that is not the recorded one.
 *
 * Returns: (transfer full) (element-type CoterieFrame): the frames in the order of iterations, or
 *   %NULL with an error of the settings, the recording, as of coterie_run_dataset_reopen() or of the
 *   analysis, or with %G_IO_ERROR_CANCELLED
 */
GPtrArray *
coterie_reanalysis_execute (CoterieReanalysis *reanalysis,
                            const CoterieAnalysisSettings *settings,
                            const guint *order,
                            guint n_order,
                            CoterieReanalysisFunc func,
                            gpointer data,
                            GCancellable *cancellable,
                            GError **error)
{
  g_auto (Execution) execution = {
      .reanalysis = reanalysis,
      .settings = settings,
      .func = func,
      .data = data,
      .cancellable = cancellable,
      .memory = coterie_analysis_memory_new (reanalysis->memory_bytes),
  };
  GPtrArray *frames = NULL;
  GError *local_error = NULL;

  g_mutex_lock (&reanalysis->work_mutex);
  begin_status (reanalysis);
  if (enter_part (&execution, 0.0, 0.0, &local_error) && prepare (&execution, &local_error) &&
      make_order (&execution, order, n_order, &local_error) &&
      analyse_frames (&execution, &local_error))
    frames = follow_all (&execution, &local_error);
  g_mutex_unlock (&reanalysis->work_mutex);

  if (frames == NULL)
    g_propagate_error (error, local_error);
  return frames;
}

/* What coterie_reanalysis_execute_async() hands over to its thread and back. */
typedef struct {
  CoterieReanalysis *reanalysis;
  CoterieAnalysisSettings settings;
  guint *order;
  guint n_order;
  CoterieReanalysisFunc func;
  gpointer data;
  GDestroyNotify destroy;
} Call;

static void
call_free (gpointer data)
{
  g_autofree Call *call = data;

  if (call->destroy != NULL)
    call->destroy (call->data);
  coterie_reanalysis_unref (call->reanalysis);
  g_free (call->order);
}

static void
execute_call (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;
  GError *error = NULL;
  GPtrArray *frames =
      coterie_reanalysis_execute (call->reanalysis, &call->settings, call->order, call->n_order,
                                  call->func, call->data, cancellable, &error);

  if (frames != NULL)
    g_task_return_pointer (task, frames, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * coterie_reanalysis_execute_async:
 * @reanalysis: the reanalysis
 * @settings: of the analysis; copied
 * @order: (array length=n_order) (nullable): as for coterie_reanalysis_execute(); copied
 * @n_order: how many
 * @func: (nullable) (scope notified): told of every frame, on the thread that works
 * @data: (closure func): passed to @func
 * @destroy: (nullable): frees @data at the end, in the caller's main context
 * @cancellable: (nullable): ends it early
 * @callback: (nullable): called in the caller's main context at the end, without a source object
 * @callback_data: passed to @callback
 *
 * Does coterie_reanalysis_execute() on a thread of its own.
 */
void
coterie_reanalysis_execute_async (CoterieReanalysis *reanalysis,
                                  const CoterieAnalysisSettings *settings,
                                  const guint *order,
                                  guint n_order,
                                  CoterieReanalysisFunc func,
                                  gpointer data,
                                  GDestroyNotify destroy,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer callback_data)
{
  Call *call = g_new (Call, 1);

  *call = (Call){
      .reanalysis = coterie_reanalysis_ref (reanalysis),
      .settings = *settings,
      .order = g_memdup2 (order, n_order * sizeof *order),
      .n_order = n_order,
      .func = func,
      .data = data,
      .destroy = destroy,
  };
  coterie_background_thread_start ("coterie-analysis", execute_call, call, call_free,
                                   coterie_reanalysis_execute_async, cancellable, callback,
                                   callback_data);
}

/**
 * coterie_reanalysis_execute_finish:
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type CoterieFrame): what coterie_reanalysis_execute() would have
 */
GPtrArray *
coterie_reanalysis_execute_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, coterie_reanalysis_execute_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * coterie_reanalysis_describe:
 * @info: a recorded run
 * @settings: of another analysis of it
 *
 * Returns: (transfer full): what to record with the frames of that analysis
 */
CoterieRunInfo *
coterie_reanalysis_describe (const CoterieRunInfo *info, const CoterieAnalysisSettings *settings)
{
  CoterieRunInfo fields = *info;

  fields.analysis = *settings;
  fields.program = "Coterie " COTERIE_VERSION;
  return coterie_run_info_new (&fields);
}
