/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures what a frame costs by making some. A network is analysed with few samples and with many: the
 * difference is that of the samples, and the rest that of the graphs. The graphs of both are laid out, the
 * second from where the first are, as in a run, and then together, as at its end. What they are recorded in
 * is a file of its own that is removed again. */

#include "core/run/frame-pace.h"

#include "core/recording/recording-writer.h"
#include "core/run/frame-builder.h"
#include "core/run/relayout.h"
#include "core/run/scratch-recording.h"

typedef struct {
  const CoterieNetwork *network;
  CoterieDataset *few;
  CoterieDataset *many;
  const CoterieRunInfo *info;
  CoteriePool *pool;
  GCancellable *cancellable;

  CoterieAnalysisMemory *memory;
  CoterieNetworkAnalysis analyses[2]; /* with many samples, and with few */
  GPtrArray *frames;                  /* of both */
} Work;

static void
work_clear (Work *work)
{
  for (guint i = 0; i < G_N_ELEMENTS (work->analyses); i++)
    coterie_network_analysis_clear (&work->analyses[i]);
  coterie_analysis_memory_free (work->memory);
  g_ptr_array_unref (work->frames);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static double
now_s (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

static double
count_samples (CoterieDataset *dataset)
{
  return (double) coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING) +
         (double) coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST);
}

static gboolean
analyse (const Work *work,
         CoterieDataset *dataset,
         CoterieNetworkAnalysis *analysis,
         double *seconds,
         GError **error)
{
  double began = now_s ();

  if (!coterie_network_analysis_compute_within (analysis, work->network, dataset,
                                                &work->info->analysis, work->memory, work->pool,
                                                NULL, work->cancellable, error))
    return FALSE;
  *seconds = now_s () - began;
  return TRUE;
}

/* The first one gets the memory that all later ones use, and is not counted. */
static gboolean
measure_analysis (Work *work, CoterieFramePace *pace, GError **error)
{
  g_auto (CoterieNetworkAnalysis) unused = {0};
  double n_few = count_samples (work->few);
  double n_many = count_samples (work->many);
  double few_s, many_s;

  if (!analyse (work, work->many, &unused, &many_s, error) ||
      !analyse (work, work->many, &work->analyses[0], &many_s, error) ||
      !analyse (work, work->few, &work->analyses[1], &few_s, error))
    return FALSE;
  pace->sample_s = n_many > n_few ? MAX (many_s - few_s, 0.0) / (n_many - n_few) : many_s / n_many;
  pace->graphs_s = MAX (many_s - n_many * pace->sample_s, 0.0);
  return TRUE;
}

static gboolean
lay_out (Work *work, CoterieFrameBuilder *builder, guint index, double *seconds)
{
  double began = now_s ();

  coterie_frame_builder_begin (builder, index, &work->analyses[index]);
  for (guint l = 0; l < work->analyses[index].n_layers; l++)
    if (!coterie_frame_builder_place (builder, l, NULL, work->cancellable, NULL))
      return FALSE;
  g_ptr_array_add (work->frames, coterie_frame_builder_end (builder));
  *seconds = now_s () - began;
  return TRUE;
}

/* In turn, and then both together. */
static gboolean
measure_layout (Work *work, CoterieFramePace *pace)
{
  g_autoptr (CoterieFrameBuilder) builder = coterie_frame_builder_new (
      work->info->training.n_hidden, &work->info->analysis, &work->info->layout, work->pool);
  g_autoptr (GPtrArray) positions = NULL;
  double seconds, began;

  if (!lay_out (work, builder, 0, &seconds) || !lay_out (work, builder, 1, &seconds))
    return FALSE;
  began = now_s ();
  positions = coterie_relayout_compute (work->frames, work->info, work->pool, NULL,
                                        work->cancellable, NULL);
  if (positions == NULL)
    return FALSE;
  pace->layout_s = seconds + (now_s () - began) / work->frames->len;
  return TRUE;
}

/* network: (nullable): the network, if it is recorded too */
static gboolean
add_frame (const Work *work,
           CoterieRecordingWriter *writer,
           guint index,
           const CoterieNetwork *network)
{
  return !g_cancellable_is_cancelled (work->cancellable) &&
         coterie_recording_writer_add (writer, g_ptr_array_index (work->frames, index), network,
                                       NULL, NULL);
}

/* What is still in the log in the end belongs to the weights, most of it. */
static void
write_frames (const Work *work, CoterieRecordingWriter *writer, CoterieFramePace *pace)
{
  double began = now_s ();
  double first_s;

  if (!add_frame (work, writer, 0, NULL))
    return;
  first_s = now_s () - began;

  began = now_s ();
  if (!add_frame (work, writer, 1, work->network) ||
      !coterie_recording_writer_finish (writer, NULL))
    return;
  pace->writing_s = first_s;
  pace->weights_s = MAX (now_s () - began - first_s, 0.0);
}

static void
measure_writing (const Work *work, CoterieFramePace *pace)
{
  g_autoptr (CoterieScratchRecording) scratch = NULL;
  CoterieRecordingWriter *writer;

  coterie_scratch_recording_remove_abandoned (g_get_tmp_dir ());
  scratch = coterie_scratch_recording_new (g_get_tmp_dir ());
  if (scratch == NULL)
    return;
  writer =
      coterie_recording_writer_new (coterie_scratch_recording_get_path (scratch), work->info, NULL);
  if (writer == NULL)
    return;
  coterie_recording_writer_keep_all (writer);
  write_frames (work, writer, pace);
  coterie_recording_writer_free (writer);
}

/**
 * coterie_frame_pace_measure:
 * @pace: (out caller-allocates): what was measured
 * @network: a network
 * @few: some samples for it, of each class at least one
 * @many: more of them
 * @info: the run, as far as it is about such a network
 * @pool: works on it
 * @cancellable: (nullable): ends the measurement
 * @error: return location for a #GError
 *
 * Measures how fast this machine makes frames: twice with @many samples and once with @few. If it is
 * cancelled after they were analysed, or there is nowhere to write them, the rest counts for nothing. Cost:
 * that of three frames, and as many bytes in the folder for temporary files as @network has.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED, or if @network cannot be analysed
 */
gboolean
coterie_frame_pace_measure (CoterieFramePace *pace,
                            const CoterieNetwork *network,
                            CoterieDataset *few,
                            CoterieDataset *many,
                            const CoterieRunInfo *info,
                            CoteriePool *pool,
                            GCancellable *cancellable,
                            GError **error)
{
  g_auto (Work) work = {
      .network = network,
      .few = few,
      .many = many,
      .info = info,
      .pool = pool,
      .cancellable = cancellable,
      .memory = coterie_analysis_memory_new (0),
      .frames = g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_unref),
  };

  *pace = (CoterieFramePace){0};
  if (!measure_analysis (&work, pace, error))
    return FALSE;
  if (measure_layout (&work, pace))
    measure_writing (&work, pace);
  return TRUE;
}
