/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A recording as a column of a report: all its series, and the two frames between which the paper
 * compares. Frames in between are read and let go, since their graphs may fill the memory. */

#include "core/report/report-run.h"

static char *
create_name (const CoterieRunInfo *info)
{
  double label_noise = info->training.label_noise;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (label_noise <= 0.0)
    return g_strdup (info->dataset.name);
  if (label_noise >= 1.0)
    return g_strdup_printf ("%s mixed", info->dataset.name);
  g_ascii_formatd (number, sizeof number, "%g", label_noise);
  return g_strdup_printf ("%s noise %s", info->dataset.name, number);
}

/**
 * coterie_report_run_new:
 * @path: the recording, for messages and names
 * @info: how it was made; gets a reference
 * @with_untrained: whether its series begin at iteration 0
 *
 * Returns: (transfer full): a run without frames, named by its data set: "mixed" after it if all
 *   labels are random, or "noise 0.5" if so many are
 */
CoterieReportRun *
coterie_report_run_new (const char *path, CoterieRunInfo *info, gboolean with_untrained)
{
  CoterieReportRun *run = g_new0 (CoterieReportRun, 1);

  run->path = g_strdup (path);
  run->name = create_name (info);
  run->info = coterie_run_info_ref (info);
  run->with_untrained = with_untrained;
  run->book = coterie_series_book_new (info->training.n_hidden, info->dataset.n_classes);
  return run;
}

/**
 * coterie_report_run_free:
 * @run: (transfer full): the run
 */
void
coterie_report_run_free (CoterieReportRun *run)
{
  g_free (run->path);
  g_free (run->name);
  coterie_run_info_unref (run->info);
  coterie_series_book_free (run->book);
  g_clear_pointer (&run->first, coterie_frame_unref);
  g_clear_pointer (&run->last, coterie_frame_unref);
  g_free (run);
}

/**
 * coterie_report_run_add:
 * @run: the run
 * @frame: its next frame
 *
 * Adds the frame to the series, and keeps it if it is the first or, for the time being, the last.
 * Iteration 0 counts only if the run was made with it.
 */
void
coterie_report_run_add (CoterieReportRun *run, CoterieFrame *frame)
{
  coterie_series_book_add (run->book, frame);
  if (frame->iteration == 0 && !run->with_untrained)
    return;
  if (run->first == NULL)
    run->first = coterie_frame_ref (frame);
  g_clear_pointer (&run->last, coterie_frame_unref);
  run->last = coterie_frame_ref (frame);
}

static double
get_layer_value (const CoterieReportRun *run,
                 CoterieMeasure measure,
                 guint layer_index,
                 gsize frame)
{
  const CoterieSeriesKey key = {.measure = measure, .layer_index = layer_index};

  return coterie_series_book_get (run->book, &key, run->with_untrained).values[frame];
}

/* Of a layer with bad values this is not known. */
static gboolean
is_silent (const CoterieReportRun *run, guint layer_index, gsize frame)
{
  return get_layer_value (run, COTERIE_MEASURE_DEAD, layer_index, frame) >= 1.0;
}

static gboolean
is_edgeless (const CoterieReportRun *run, guint layer_index, gsize frame)
{
  return get_layer_value (run, COTERIE_MEASURE_EDGES, layer_index, frame) == 0.0 &&
         !is_silent (run, layer_index, frame);
}

static gsize
count_frames (const CoterieReportRun *run,
              guint layer,
              gboolean (*is) (const CoterieReportRun *run, guint layer_index, gsize frame),
              guint *first)
{
  const CoterieSeriesKey key = {.measure = COTERIE_MEASURE_TRAINING_ACCURACY};
  CoterieSeries series = coterie_series_book_get (run->book, &key, run->with_untrained);
  gsize n_found = 0;

  for (gsize i = 0; i < series.n_frames; i++) {
    gboolean found = FALSE;

    for (guint l = 0; l < coterie_series_book_get_n_layers (run->book); l++)
      found = found || ((layer == 0 || layer == l + 1) && is (run, l, i));
    if (found && n_found++ == 0 && first != NULL)
      *first = series.iterations[i];
  }
  return n_found;
}

/**
 * coterie_report_run_count_silent:
 * @run: a run
 * @layer: a hidden layer, from 1, or 0 for any of them
 * @first: (out) (optional): the first such iteration, unchanged if there is none
 *
 * Counts the iterations at which every neuron of the layer is 0 for every sample, so that its measures
 * mean nothing. Cost: a look at each frame and layer.
 *
 * Returns: how many of the iterations of its series; 0 of a layer that the run has not
 */
gsize
coterie_report_run_count_silent (const CoterieReportRun *run, guint layer, guint *first)
{
  return count_frames (run, layer, is_silent, first);
}

/**
 * coterie_report_run_count_edgeless:
 * @run: a run
 * @layer: a hidden layer, from 1, or 0 for any of them
 * @first: (out) (optional): the first such iteration, unchanged if there is none
 *
 * Counts the iterations at which the layer is not silent, but its graph has no edge, so that all its
 * modularities are 0 by definition: as where neurons have the same activation for every sample. Cost: a
 * look at each frame and layer.
 *
 * Returns: how many of the iterations of its series; 0 of a layer that the run has not
 */
gsize
coterie_report_run_count_edgeless (const CoterieReportRun *run, guint layer, guint *first)
{
  return count_frames (run, layer, is_edgeless, first);
}

/**
 * coterie_report_run_count_exploded:
 * @run: a run
 * @first: (out) (optional): the first such iteration, unchanged if there is none
 *
 * Counts the iterations at which the training has diverged although its numbers are finite: see
 * coterie_evaluation_has_exploded(). Cost: a look at each frame.
 *
 * Returns: how many of the iterations of its series
 */
gsize
coterie_report_run_count_exploded (const CoterieReportRun *run, guint *first)
{
  const CoterieSeriesKey key = {.measure = COTERIE_MEASURE_TRAINING_LOSS};
  CoterieSeries series = coterie_series_book_get (run->book, &key, run->with_untrained);
  gsize n_found = 0;

  for (gsize i = 0; i < series.n_frames; i++) {
    const CoterieEvaluation evaluation = {.loss = series.values[i]};

    if (series.iterations[i] > 0 &&
        coterie_evaluation_has_exploded (&evaluation, run->info->dataset.n_classes) &&
        n_found++ == 0 && first != NULL)
      *first = series.iterations[i];
  }
  return n_found;
}

/**
 * coterie_report_run_load:
 * @path: a recording, which may still grow
 * @with_untrained: whether its series begin at iteration 0
 * @error: return location for a #GError
 *
 * Reads all frames that are there by now, one after the other.
 *
 * Returns: (transfer full): the run; %NULL with an error that names the file: of
 *   #CoterieRecordingError if it cannot be read, and COTERIE_RECORDING_ERROR_NOT_FOUND if it has no
 *   frame that counts
 */
CoterieReportRun *
coterie_report_run_load (const char *path, gboolean with_untrained, GError **error)
{
  g_autoptr (CoterieRecordingReader) reader = coterie_recording_reader_open (path, error);
  g_autoptr (CoterieReportRun) run = NULL;
  g_autofree char *display_name = NULL;

  if (reader == NULL)
    return NULL;
  run = coterie_report_run_new (path, coterie_recording_reader_get_info (reader), with_untrained);
  for (guint i = 0; i < coterie_recording_reader_get_n_frames (reader); i++) {
    g_autoptr (CoterieFrame) frame = coterie_recording_reader_load (reader, i, error);

    if (frame == NULL)
      return NULL;
    coterie_report_run_add (run, frame);
  }
  if (run->last != NULL)
    return g_steal_pointer (&run);

  display_name = g_filename_display_name (path);
  g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_FOUND,
               with_untrained ? "%s: no iteration is recorded, expected at least one"
                              : "%s: no iteration after 0 is recorded, expected at least one",
               display_name);
  return NULL;
}

static guint
count_namesakes (GPtrArray *names, const char *name, guint n_names)
{
  guint n = 0;

  for (guint i = 0; i < n_names; i++)
    n += g_str_equal (g_ptr_array_index (names, i), name);
  return n;
}

static char *
create_longer_name (const CoterieReportRun *run)
{
  g_autofree char *base_name = g_filename_display_basename (run->path);

  if (g_str_has_suffix (base_name, COTERIE_RECORDING_SUFFIX))
    base_name[strlen (base_name) - strlen (COTERIE_RECORDING_SUFFIX)] = '\0';
  return g_strdup_printf ("%s (%s)", run->name, base_name);
}

static GPtrArray *
copy_names (GPtrArray *runs)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < runs->len; i++)
    g_ptr_array_add (names, g_strdup (((CoterieReportRun *) g_ptr_array_index (runs, i))->name));
  return names;
}

/**
 * coterie_report_runs_tell_apart:
 * @runs: (element-type CoterieReportRun): the columns of a report
 *
 * Gives runs of the same name longer ones: with the name of their file, and with a number if that is
 * the same too.
 */
void
coterie_report_runs_tell_apart (GPtrArray *runs)
{
  g_autoptr (GPtrArray) names = copy_names (runs);
  g_autoptr (GPtrArray) longer_names = NULL;

  for (guint i = 0; i < runs->len; i++) {
    CoterieReportRun *run = g_ptr_array_index (runs, i);

    if (count_namesakes (names, g_ptr_array_index (names, i), runs->len) > 1) {
      char *longer_name = create_longer_name (run);

      g_free (run->name);
      run->name = longer_name;
    }
  }

  longer_names = copy_names (runs);
  for (guint i = 0; i < runs->len; i++) {
    CoterieReportRun *run = g_ptr_array_index (runs, i);
    guint nth = count_namesakes (longer_names, run->name, i);

    if (nth > 0) {
      char *numbered = g_strdup_printf ("%s %u", run->name, nth + 1);

      g_free (run->name);
      run->name = numbered;
    }
  }
}
