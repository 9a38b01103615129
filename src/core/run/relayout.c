/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lays the graphs of frames out anew. Neither weights nor a data set are needed: positions follow from the
 * graphs of all frames, the settings of the layout and the pins, and from nothing else. So a run that ends,
 * one that was continued and whoever asks for the same settings later come to the same bytes.
 *
 * Where somebody waits, frames are first laid out one at a time, each from where its nodes are, in the
 * order in which they are wanted, and handed over for the time being; then all of them together. */

#include "core/run/relayout.h"

#include "core/layout/layout-sequence.h"
#include "core/layout/layout-series.h"
#include "core/recording/recording-reader.h"
#include "core/run/background-thread.h"

/* Of the work, where both is done: what is handed over for the time being. */
#define PROVISIONAL_FRAC 0.2

/* How strongly nodes are held where they are for the time being: in edges of mean weight, a unit of mass. */
#define PROVISIONAL_ANCHORING 1.0

/* Frames of a recording that are kept in memory, as many as fit; others are loaded each time. */
#define KEPT_BYTES (256 * 1024 * 1024)

struct _CoterieRelayout {
  gatomicrefcount ref_count;
  guint n_threads;
  CoterieProgress *progress;

  /* of the one execution that works; others wait */
  GMutex mutex;
  CoteriePool *pool;
};

/* Where frames come from. */
typedef struct {
  guint n_frames;
  CoterieFrame **frames; /* [n_frames]: those that are in memory */
  CoterieRecordingReader *reader;
  gsize n_kept_bytes;
  guint l; /* the layer that is at work, from 0 */
} Source;

static void
source_clear (Source *source)
{
  for (guint i = 0; i < source->n_frames && source->frames != NULL; i++)
    g_clear_pointer (&source->frames[i], coterie_frame_unref);
  g_free (source->frames);
  g_clear_pointer (&source->reader, coterie_recording_reader_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Source, source_clear)

static gsize
measure_frame (const CoterieFrame *frame)
{
  gsize n_bytes = 0;

  for (guint l = 0; l < frame->n_layers; l++) {
    const CoterieLayerAnalysis *analysis = frame->layers[l].analysis;

    n_bytes += analysis->graph->n_edges * (sizeof (CoterieEdge) + 2 * sizeof (double)) +
               (gsize) analysis->n_neurons * (analysis->n_classes + 1) * sizeof (float);
  }
  return n_bytes;
}

static CoterieFrame *
load_frame (Source *source, guint index, GError **error)
{
  CoterieFrame *frame;

  if (source->frames[index] != NULL)
    return coterie_frame_ref (source->frames[index]);
  frame = coterie_recording_reader_load (source->reader, index, error);
  if (frame == NULL)
    return NULL;
  source->n_kept_bytes += measure_frame (frame);
  if (source->n_kept_bytes <= KEPT_BYTES)
    source->frames[index] = coterie_frame_ref (frame);
  return frame;
}

static gboolean
load_graph (guint index, CoterieGraph **graph, guint32 **neurons, gpointer data, GError **error)
{
  Source *source = data;
  g_autoptr (CoterieFrame) frame = load_frame (source, index, error);
  const CoterieLayerAnalysis *analysis;

  if (frame == NULL)
    return FALSE;
  analysis = frame->layers[source->l].analysis;
  *graph = coterie_graph_ref (analysis->graph);
  *neurons = g_memdup2 (analysis->neurons, analysis->n_nodes * sizeof (guint32));
  return TRUE;
}

static GPtrArray *
copy_positions (Source *source, GError **error)
{
  g_autoptr (GPtrArray) all =
      g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_positions_free);

  for (guint i = 0; i < source->n_frames; i++) {
    g_autoptr (CoterieFrame) frame = load_frame (source, i, error);

    if (frame == NULL)
      return NULL;
    g_ptr_array_add (all, coterie_frame_positions_new (frame));
  }
  return g_steal_pointer (&all);
}

static gboolean
place_layer (Source *source,
             const CoterieRunInfo *info,
             GPtrArray *all,
             CoteriePool *pool,
             CoterieProgress *progress,
             GCancellable *cancellable,
             GError **error)
{
  const CoterieLayoutSeries series = {source->n_frames, load_graph, source, source->l + 1};
  g_autofree float **positions = g_new0 (float *, source->n_frames + 1);

  if (!coterie_layout_series_place (&series, &info->layout, info->pins, info->n_pins, positions,
                                    pool, progress, cancellable, error))
    return FALSE;
  for (guint i = 0; i < source->n_frames; i++) {
    CoterieFramePositions *frame = g_ptr_array_index (all, i);

    g_free (frame->positions[source->l]);
    frame->positions[source->l] = positions[i];
  }
  return TRUE;
}

static GPtrArray *
place_all (Source *source,
           const CoterieRunInfo *info,
           CoteriePool *pool,
           CoterieProgress *progress,
           GCancellable *cancellable,
           GError **error)
{
  guint n_layers = info->training.n_hidden;
  g_autoptr (GPtrArray) all = copy_positions (source, error);

  if (all == NULL)
    return NULL;
  for (source->l = 0; source->l < n_layers; source->l++) {
    CoterieProgressRange range =
        coterie_progress_enter_range (progress, (double) source->l / n_layers, 1.0 / n_layers);
    gboolean placed = place_layer (source, info, all, pool, progress, cancellable, error);

    coterie_progress_leave_range (progress, range);
    if (!placed)
      return NULL;
  }
  return g_steal_pointer (&all);
}

static void
take_frames (Source *source, GPtrArray *frames)
{
  source->n_frames = frames->len;
  source->frames = g_new0 (CoterieFrame *, frames->len + 1);
  for (guint i = 0; i < frames->len; i++)
    source->frames[i] = coterie_frame_ref (g_ptr_array_index (frames, i));
}

/**
 * coterie_relayout_compute:
 * @frames: (element-type CoterieFrame): all frames of a run, in the order of iterations
 * @info: the run; what counts are the settings of the layout and the pins
 * @pool: works on the layouts; results do not depend on its number of threads
 * @progress: (nullable): how far it is, a fraction from 0 to 1, and where it is paused
 * @cancellable: (nullable): ends it, within a step
 * @error: return location for a #GError
 *
 * Lays all graphs out. Where their nodes are does not matter. Cost: that of coterie_layout_series_place()
 * for each layer.
 *
 * Returns: (transfer full) (element-type CoterieFramePositions): where the nodes of every frame are, or
 *   %NULL with %G_IO_ERROR_CANCELLED
 */
GPtrArray *
coterie_relayout_compute (GPtrArray *frames,
                          const CoterieRunInfo *info,
                          CoteriePool *pool,
                          CoterieProgress *progress,
                          GCancellable *cancellable,
                          GError **error)
{
  g_auto (Source) source = {0};

  take_frames (&source, frames);
  return place_all (&source, info, pool, progress, cancellable, error);
}

/**
 * coterie_relayout_compute_recorded:
 * @recording: the path of a recording, which may still be written
 * @info: its run; what counts are the settings of the layout and the pins
 * @pool: works on the layouts; results do not depend on its number of threads
 * @progress: (nullable): how far it is, a fraction from 0 to 1, and where it is paused
 * @cancellable: (nullable): ends it, within a step
 * @error: return location for a #GError
 *
 * Does coterie_relayout_compute() with the frames of a recording, which is left as it is, and which need
 * not fit into memory.
 *
 * Returns: (transfer full) (element-type CoterieFramePositions): where the nodes of every frame are, or
 *   %NULL with an error of the recording, or with %G_IO_ERROR_CANCELLED
 */
GPtrArray *
coterie_relayout_compute_recorded (const char *recording,
                                   const CoterieRunInfo *info,
                                   CoteriePool *pool,
                                   CoterieProgress *progress,
                                   GCancellable *cancellable,
                                   GError **error)
{
  g_auto (Source) source = {0};

  source.reader = coterie_recording_reader_open (recording, error);
  if (source.reader == NULL)
    return NULL;
  source.n_frames = coterie_recording_reader_get_n_frames (source.reader);
  source.frames = g_new0 (CoterieFrame *, source.n_frames + 1);
  return place_all (&source, info, pool, progress, cancellable, error);
}

/**
 * coterie_relayout_new:
 * @n_threads: 0 takes as many as the machine has processors; results do not depend on it
 *
 * Returns: (transfer full): a relayout
 */
CoterieRelayout *
coterie_relayout_new (guint n_threads)
{
  CoterieRelayout *relayout = g_new0 (CoterieRelayout, 1);

  g_atomic_ref_count_init (&relayout->ref_count);
  relayout->n_threads = n_threads;
  relayout->progress = coterie_progress_new ();
  g_mutex_init (&relayout->mutex);
  return relayout;
}

/**
 * coterie_relayout_ref:
 * @relayout: the relayout
 *
 * Returns: (transfer full): @relayout
 */
CoterieRelayout *
coterie_relayout_ref (CoterieRelayout *relayout)
{
  g_atomic_ref_count_inc (&relayout->ref_count);
  return relayout;
}

/**
 * coterie_relayout_unref:
 * @relayout: (transfer full): the relayout
 *
 * Frees @relayout with its last reference.
 */
void
coterie_relayout_unref (CoterieRelayout *relayout)
{
  if (!g_atomic_ref_count_dec (&relayout->ref_count))
    return;

  g_clear_pointer (&relayout->pool, coterie_pool_free);
  coterie_progress_unref (relayout->progress);
  g_mutex_clear (&relayout->mutex);
  g_free (relayout);
}

/**
 * coterie_relayout_get_fraction:
 * @relayout: the relayout
 *
 * Returns: how much is done of the execution that works now, or was the last, a fraction from 0 to 1
 */
double
coterie_relayout_get_fraction (CoterieRelayout *relayout)
{
  return coterie_progress_get_fraction (relayout->progress);
}

/* What coterie_relayout_execute_async() hands over to its thread and back. */
typedef struct {
  CoterieRelayout *relayout;
  GPtrArray *frames;
  CoterieRunInfo *info;
  guint *order;
  guint n_order;
  CoterieRelayoutFunc func;
  gpointer data;
  GDestroyNotify destroy;
} Call;

static void
call_free (gpointer data)
{
  g_autofree Call *call = data;

  if (call->destroy != NULL)
    call->destroy (call->data);
  g_ptr_array_unref (call->frames);
  coterie_run_info_unref (call->info);
  coterie_relayout_unref (call->relayout);
  g_free (call->order);
}

/* Lays a graph out from where its nodes are. */
static gboolean
place_from_there (const Call *call,
                  const CoterieFrameLayer *layer,
                  guint l,
                  float *positions,
                  GCancellable *cancellable,
                  GError **error)
{
  const CoterieLayoutSettings *settings = &call->info->layout;
  CoterieLayoutPins pins =
      coterie_layout_pins_of_layer (call->info->pins, call->info->n_pins, l + 1);
  CoterieLayerAnalysis *analysis = layer->analysis;
  g_autoptr (CoterieLayoutSequence) sequence =
      coterie_layout_sequence_new (&settings->force, settings->seed + l, call->relayout->pool);

  coterie_layout_sequence_set_mode (sequence, settings->mode);
  coterie_layout_sequence_set_anchoring (sequence, PROVISIONAL_ANCHORING);
  coterie_layout_sequence_set_pins (sequence, &pins);
  coterie_layout_sequence_recall (sequence, analysis->graph, analysis->neurons, layer->positions);
  return coterie_layout_sequence_place (sequence, analysis->graph, analysis->neurons, positions,
                                        call->relayout->progress, cancellable, error);
}

static gboolean
hand_over (const Call *call, guint index, GCancellable *cancellable, GError **error)
{
  const CoterieFrame *frame = g_ptr_array_index (call->frames, index);
  g_autoptr (CoterieFramePositions) positions = coterie_frame_positions_new (frame);

  for (guint l = 0; l < frame->n_layers; l++)
    if (!place_from_there (call, &frame->layers[l], l, positions->positions[l], cancellable, error))
      return FALSE;
  call->func (call->relayout, index, positions, call->data);
  return TRUE;
}

/* Fixed neurons would stay where they are, which is not where they will be. */
static gboolean
hand_all_over (const Call *call, GCancellable *cancellable, GError **error)
{
  CoterieProgress *progress = call->relayout->progress;

  if (call->info->layout.mode == COTERIE_LAYOUT_MODE_FIXED)
    return TRUE;
  for (guint i = 0; i < call->n_order; i++) {
    CoterieProgressRange range = coterie_progress_enter_range (
        progress, PROVISIONAL_FRAC * i / call->n_order, PROVISIONAL_FRAC / call->n_order);
    gboolean placed = hand_over (call, call->order[i], cancellable, error);

    coterie_progress_leave_range (progress, range);
    if (!placed)
      return FALSE;
  }
  return TRUE;
}

static GPtrArray *
execute (const Call *call, GCancellable *cancellable, GError **error)
{
  CoterieRelayout *relayout = call->relayout;
  CoterieProgressRange range;
  double first_frac;
  GPtrArray *all;

  if (relayout->pool == NULL)
    relayout->pool = coterie_pool_new (relayout->n_threads);
  if (!coterie_layout_settings_validate (&call->info->layout, error) ||
      !hand_all_over (call, cancellable, error))
    return NULL;
  first_frac = call->n_order > 0 ? PROVISIONAL_FRAC : 0.0;
  range = coterie_progress_enter_range (relayout->progress, first_frac, 1.0 - first_frac);
  all = coterie_relayout_compute (call->frames, call->info, relayout->pool, relayout->progress,
                                  cancellable, error);
  coterie_progress_leave_range (relayout->progress, range);
  return all;
}

static void
execute_call (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;
  GError *error = NULL;
  GPtrArray *all;

  g_mutex_lock (&call->relayout->mutex);
  coterie_progress_step (call->relayout->progress, 0.0, NULL, NULL);
  all = execute (call, cancellable, &error);
  g_mutex_unlock (&call->relayout->mutex);
  if (all != NULL)
    g_task_return_pointer (task, all, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * coterie_relayout_execute_async:
 * @relayout: the relayout
 * @frames: (element-type CoterieFrame): all frames of a run, in the order of iterations; must not change
 * @info: the run; what counts are the settings of the layout and the pins
 * @order: (array length=n_order) (nullable): frames, from 0, to hand over for the time being; copied
 * @n_order: how many
 * @func: (nullable) (scope notified): told of them, on the thread that works; %NULL if @n_order is 0
 * @data: (closure func): passed to @func
 * @destroy: (nullable): frees @data at the end, in the caller's main context
 * @cancellable: (nullable): ends it early
 * @callback: (nullable): called in the caller's main context at the end, without a source object
 * @callback_data: passed to @callback
 *
 * Does coterie_relayout_compute() on a thread of its own, after one execution that may be at work. Frames
 * are handed over before as they look with the new settings from where their nodes are.
 */
void
coterie_relayout_execute_async (CoterieRelayout *relayout,
                                GPtrArray *frames,
                                CoterieRunInfo *info,
                                const guint *order,
                                guint n_order,
                                CoterieRelayoutFunc func,
                                gpointer data,
                                GDestroyNotify destroy,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer callback_data)
{
  Call *call = g_new (Call, 1);

  *call = (Call){
      .relayout = coterie_relayout_ref (relayout),
      .frames = g_ptr_array_ref (frames),
      .info = coterie_run_info_ref (info),
      .order = g_memdup2 (order, n_order * sizeof *order),
      .n_order = n_order,
      .func = func,
      .data = data,
      .destroy = destroy,
  };
  coterie_background_thread_start ("coterie-layout", execute_call, call, call_free,
                                   coterie_relayout_execute_async, cancellable, callback,
                                   callback_data);
}

/**
 * coterie_relayout_execute_finish:
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type CoterieFramePositions): as for coterie_relayout_compute()
 */
GPtrArray *
coterie_relayout_execute_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, coterie_relayout_execute_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
