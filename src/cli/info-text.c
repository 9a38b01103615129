/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What "info" prints for people: settings, a table of the frames with a line for each layer, and the
 * correlations of the paper's measures with the accuracies. */

#include "config.h"

#include "cli/info-text.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/layout/layout-constraints.h"

#define LABEL_WIDTH 26
#define NUMBER_WIDTH 12

/* Appends text and fills up to width columns: at its left, or with a negative width at its right. */
static void
add_cell (GString *out, const char *text, int width)
{
  int n_blanks = ABS (width) - (int) g_utf8_strlen (text, -1);

  if (width < 0)
    g_string_append (out, text);
  for (int i = 0; i < n_blanks; i++)
    g_string_append_c (out, ' ');
  if (width >= 0)
    g_string_append (out, text);
}

static void G_GNUC_PRINTF (2, 3) add_number (GString *out, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  add_cell (out, text, NUMBER_WIDTH);
}

static void
add_real (GString *out, int n_decimals, double value)
{
  g_autofree char *text = g_strdup_printf ("%.*f", n_decimals, value);

  if (isnan (value))
    add_cell (out, "—", NUMBER_WIDTH);
  else /* what rounds to zero has no sign */
    add_cell (out, *text == '-' && strpbrk (text, "123456789") == NULL ? text + 1 : text,
              NUMBER_WIDTH);
}

static void G_GNUC_PRINTF (3, 4)
    add_setting (GString *out, const char *name, const char *format, ...)
{
  va_list arguments;

  add_cell (out, name, -LABEL_WIDTH);
  va_start (arguments, format);
  g_string_append_vprintf (out, format, arguments);
  va_end (arguments);
  g_string_append_c (out, '\n');
}

static void
add_hidden (GString *out, const CoterieTrainingSettings *training)
{
  g_autoptr (GString) widths = g_string_new (NULL);

  for (guint l = 0; l < training->n_hidden; l++)
    g_string_append_printf (widths, "%s%u", l > 0 ? ", " : "", training->hidden[l]);
  add_setting (out, _ ("Hidden layers"), "%s", widths->str);
}

static void
add_ending (GString *out, const CoterieInfoSubject *subject)
{
  CoterieRecordingReader *reader = subject->reader;
  const char *reason = coterie_recording_reader_get_reason (reader);

  switch (coterie_recording_reader_get_ending (reader)) {
  case COTERIE_RECORDING_ENDING_FINISHED:
    add_setting (out, _ ("Run"), "%s", _ ("complete"));
    break;
  case COTERIE_RECORDING_ENDING_STOPPED:
    add_setting (out, _ ("Run"), "%s", _ ("stopped early"));
    break;
  case COTERIE_RECORDING_ENDING_FAILED:
    add_setting (out, _ ("Run"), _ ("failed: %s"), reason != NULL ? reason : _ ("reason unknown"));
    break;
  case COTERIE_RECORDING_ENDING_RUNNING:
  default:
    add_setting (out, _ ("Run"), "%s",
                 subject->is_abandoned ? _ ("broken off") : _ ("still going on, or broken off"));
    break;
  }
}

static void
add_continuation (GString *out, const CoterieInfoSubject *subject)
{
  if (subject->can_continue)
    add_setting (out, _ ("Can be continued"), _ ("from iteration %u"), subject->continues_from);
  else if (subject->has_diverged)
    add_setting (out, _ ("Can be continued"), "%s", _ ("no, its numbers are no longer finite"));
  else
    add_setting (out, _ ("Can be continued"), "%s",
                 _ ("no, what the training needs to go on is not recorded"));
}

static void
add_dropout (GString *out, const CoterieTrainingSettings *training)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < coterie_training_settings_get_n_dropouts (training); i++)
    g_string_append_printf (text, i > 0 ? ", %g" : "%g", training->dropout[i]);
  add_setting (out, _ ("Dropout"), "%s", text->str);
}

/* Images have pixels; rows of numbers have columns. An image of one row was scaled to be so. */
static gboolean
are_images (const CoterieDatasetInfo *dataset)
{
  return dataset->height > 1 || coterie_dataset_info_is_image_folder (dataset);
}

static void
add_samples (GString *out, const CoterieRunInfo *info)
{
  const CoterieDatasetInfo *dataset = &info->dataset;
  g_autofree char *size =
      are_images (dataset) ? g_strdup_printf (_ ("%u × %u pixels"), dataset->width, dataset->height)
                           : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u column",
                                                           "%u columns", dataset->width),
                                              dataset->width);

  add_setting (out, _ ("Samples"),
               _ ("%" G_GUINT64_FORMAT " training, %" G_GUINT64_FORMAT " test, %s, %u classes"),
               info->n_samples[COTERIE_SPLIT_TRAINING], info->n_samples[COTERIE_SPLIT_TEST], size,
               dataset->n_classes);
  if (dataset->options != NULL && *dataset->options != '\0')
    add_setting (out, _ ("Read with"), "%s", dataset->options);
}

/* Where somebody has put neurons: how many in which layer. */
static void
add_pins (GString *out, const CoterieInfoSubject *subject)
{
  const CoterieRunInfo *info = subject->info;
  g_autoptr (GString) counts = g_string_new (NULL);

  for (guint l = 1; l <= info->training.n_hidden; l++) {
    guint n_pinned = coterie_layout_pins_of_layer (info->pins, info->n_pins, l).n_pins;

    if (n_pinned == 0 || (subject->layer != 0 && subject->layer != l))
      continue;
    if (counts->len > 0)
      g_string_append (counts, ", ");
    /* Translators: how many neurons somebody has put somewhere, and in which layer of the network */
    g_string_append_printf (counts, _ ("%u in layer %u"), n_pinned, l);
  }
  if (counts->len > 0)
    add_setting (out, _ ("Pinned neurons"), "%s", counts->str);
}

static void
add_settings (GString *out, const CoterieInfoSubject *subject)
{
  const CoterieRunInfo *info = subject->info;
  const CoterieTrainingSettings *training = &info->training;
  g_autoptr (GDateTime) started = g_date_time_new_from_unix_local (info->started);
  g_autofree char *started_text =
      started != NULL ? g_date_time_format (started, "%Y-%m-%d %H:%M:%S") : g_strdup ("?");

  add_setting (out, _ ("Data set"), "%s (%s)", info->dataset.name, info->dataset.source);
  add_samples (out, info);
  add_hidden (out, training);
  add_dropout (out, training);
  add_setting (out, _ ("Optimizer"), _ ("%s, learning rate %g, momentum %g"),
               coterie_optimizer_kind_to_string (training->optimizer), training->learning_rate,
               training->momentum);
  add_setting (out, _ ("Batch"), "%u", training->batch);
  add_setting (out, _ ("Iterations"), _ ("%u, recorded every %u"), training->n_iterations,
               training->record_every);
  add_setting (out, _ ("Label noise"), "%g", training->label_noise);
  add_setting (out, _ ("Seed"), "%" G_GUINT64_FORMAT, training->seed);
  add_setting (out, _ ("Top neurons per class"), "%u", info->analysis.top);
  add_setting (out, _ ("Entropy bins"), "%u", info->analysis.bins);
  add_setting (out, _ ("Community resolution"), "%g", info->analysis.resolution);
  add_setting (out, _ ("Communities"), "%s",
               coterie_community_method_to_string (info->analysis.method));
  add_setting (out, _ ("Rewired graphs"), "%u", info->analysis.n_null_graphs);
  add_pins (out, subject);
  add_setting (out, _ ("Started"), _ ("%s, by %s"), started_text, info->program);
  add_ending (out, subject);
  add_continuation (out, subject);
}

static void
add_heading (GString *out)
{
  const char *const names[] = {
      _ ("iteration"), _ ("training %"), _ ("test %"),     _ ("layer"),    _ ("communities"),
      _ ("entropy"),   _ ("no overlap"), _ ("unweighted"), _ ("weighted"), _ ("Louvain"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    add_cell (out, names[i], NUMBER_WIDTH);
  g_string_append_c (out, '\n');
}

static void
add_layer (GString *out, const CoterieFrameLayer *frame_layer)
{
  const CoterieLayerAnalysis *layer = frame_layer->analysis;

  add_number (out, "%u", layer->layer);
  add_real (out, 0, layer->n_bad_values > 0 ? NAN : frame_layer->n_communities);
  add_real (out, 2, layer->entropy);
  add_real (out, 4, layer->modularity.no_overlap);
  add_real (out, 4, layer->modularity.unweighted_overlap);
  add_real (out, 4, layer->modularity.weighted_overlap);
  add_real (out, 4, layer->modularity.louvain);
  g_string_append_c (out, '\n');
}

static void
add_frame (GString *out, const CoterieFrame *frame)
{
  for (guint l = 0; l < frame->n_layers; l++) {
    if (l == 0) {
      add_number (out, "%u", frame->iteration);
      add_real (out, 2, 100.0 * frame->evaluations[COTERIE_SPLIT_TRAINING].accuracy);
      add_real (out, 2, 100.0 * frame->evaluations[COTERIE_SPLIT_TEST].accuracy);
    } else {
      add_cell (out, "", 3 * NUMBER_WIDTH);
    }
    add_layer (out, &frame->layers[l]);
  }
}

static gboolean
is_marked (const CoterieFrame *frame)
{
  for (guint l = 0; l < frame->n_layers; l++)
    if (frame->layers[l].analysis->n_bad_values > 0)
      return TRUE;
  return FALSE;
}

/* The first frame that is of no use says when the training diverged. */
static void
add_divergence (GString *out, GPtrArray *frames)
{
  for (guint i = 0; i < frames->len; i++) {
    const CoterieFrame *frame = g_ptr_array_index (frames, i);

    if (is_marked (frame)) {
      g_string_append_printf (
          out,
          _ ("The training diverged: from iteration %u on activations are not "
             "numbers,\none of which is enough to leave all measures of its layer undefined\n"),
          frame->iteration);
      return;
    }
  }
}

/* Its numbers are finite, and mean little. */
static void
add_explosion (GString *out, GPtrArray *frames)
{
  const CoterieFrame *first = NULL;
  guint n_exploded = 0;

  for (guint i = frames->len; i > 0; i--) {
    const CoterieFrame *frame = g_ptr_array_index (frames, i - 1);

    if (!coterie_frame_has_exploded (frame))
      continue;
    n_exploded++;
    first = frame;
  }
  if (first != NULL)
    g_string_append_printf (
        out,
        _ ("The training diverged: in %u of %u frames the training loss is more than ten times "
           "that of guessing,\nfirst at iteration %u: %.3g nats\n"),
        n_exploded, frames->len, first->iteration, first->evaluations[COTERIE_SPLIT_TRAINING].loss);
}

/* One value is enough to void a layer, so that it matters how many there are. */
static void
add_bad_values (GString *out, GPtrArray *frames, guint layer_index)
{
  const CoterieFrame *first = NULL;
  const CoterieLayerAnalysis *layer;
  guint n_bad = 0;

  for (guint i = frames->len; i > 0; i--) {
    const CoterieFrame *frame = g_ptr_array_index (frames, i - 1);

    if (frame->layers[layer_index].analysis->n_bad_values == 0)
      continue;
    n_bad++;
    first = frame;
  }
  if (first == NULL)
    return;

  layer = first->layers[layer_index].analysis;
  g_string_append_printf (out,
                          _ ("Layer %u: %" G_GUINT64_FORMAT
                             " activations are not finite in iteration %u, the first of "
                             "%u such frames\n"),
                          layer->layer, layer->n_bad_values, first->iteration, n_bad);
}

/* Its zeros could be taken for values. */
static void
add_silence (GString *out, GPtrArray *frames, guint layer_index)
{
  guint n_silent = 0, first = 0, layer = 0;

  for (guint i = frames->len; i > 0; i--) {
    const CoterieFrame *frame = g_ptr_array_index (frames, i - 1);
    const CoterieLayerAnalysis *analysis = frame->layers[layer_index].analysis;

    if (!coterie_layer_analysis_is_silent (analysis))
      continue;
    n_silent++;
    first = frame->iteration;
    layer = analysis->layer;
  }
  if (n_silent > 0)
    g_string_append_printf (out,
                            _ ("Layer %u is silent in %u of %u frames, first at iteration %u: all "
                               "its neurons are 0 for\nevery sample\n"),
                            layer, n_silent, frames->len, first);
}

static void
add_frames (GString *out, GPtrArray *frames)
{
  const CoterieFrame *first = g_ptr_array_index (frames, 0);

  g_string_append_c (out, '\n');
  g_string_append (out,
                   _ ("Frames: entropy is the sum over the layer's neurons, in nats; modularities "
                      "are those of\n"
                      "the classes' representatives (three forms) and of communities found "
                      "afresh (Louvain);\n"
                      "the communities counted are those that are shown\n"));
  add_divergence (out, frames);
  add_explosion (out, frames);
  for (guint l = 0; l < first->n_layers; l++)
    add_bad_values (out, frames, l);
  for (guint l = 0; l < first->n_layers; l++)
    add_silence (out, frames, l);
  add_heading (out);
  for (guint i = 0; i < frames->len; i++)
    add_frame (out, g_ptr_array_index (frames, i));
}

static void
add_coefficients (GString *out,
                  const CoterieSeriesBook *book,
                  const CoterieSeriesKey *key,
                  CoterieMeasure accuracy)
{
  CoterieCorrelation correlation = coterie_series_book_correlate (book, key, accuracy, FALSE);

  add_real (out, 4, correlation.pearson);
  add_real (out, 4, correlation.spearman);
  add_number (out, "%" G_GSIZE_FORMAT, correlation.n_frames);
}

static void
add_correlation (GString *out,
                 const CoterieSeriesBook *book,
                 const char *name,
                 CoterieMeasure measure,
                 guint layer_index)
{
  const CoterieSeriesKey key = {measure, layer_index, 0};

  add_cell (out, name, -LABEL_WIDTH);
  add_coefficients (out, book, &key, COTERIE_MEASURE_TRAINING_ACCURACY);
  add_coefficients (out, book, &key, COTERIE_MEASURE_TEST_ACCURACY);
  g_string_append_c (out, '\n');
}

static void
add_layer_correlations (GString *out, const CoterieSeriesBook *book, guint layer_index)
{
  const CoterieMeasure modularities[] = {
      COTERIE_MEASURE_NO_OVERLAP,       COTERIE_MEASURE_UNWEIGHTED_OVERLAP,
      COTERIE_MEASURE_WEIGHTED_OVERLAP, COTERIE_MEASURE_LOUVAIN,
      COTERIE_MEASURE_KLB_WEIGHTED,     COTERIE_MEASURE_KLB_UNWEIGHTED,
  };

  g_string_append_printf (out, _ ("Layer %u\n"), layer_index + 1);
  add_correlation (out, book, _ ("  entropy"), COTERIE_MEASURE_LAYER_ENTROPY, layer_index);
  for (guint i = 0; i < G_N_ELEMENTS (modularities); i++) {
    const CoterieMeasureInfo *info = coterie_measure_get_info (modularities[i]);
    g_autofree char *name = g_strdup_printf ("  %s", _ (info->short_label));

    add_correlation (out, book, name, modularities[i], layer_index);
  }
}

static void
add_correlations (GString *out, const CoterieSeriesBook *book, guint layer)
{
  g_string_append_c (out, '\n');
  g_string_append_printf (
      out,
      _ ("Correlation with the training and the test accuracy, from iteration 1 "
         "on, over n iterations;\nundefined with fewer than %d of them\n"),
      COTERIE_MIN_CORRELATED_FRAMES);
  add_cell (out, "", -LABEL_WIDTH);
  add_cell (out, _ ("training:"), NUMBER_WIDTH);
  add_cell (out, "", 2 * NUMBER_WIDTH);
  add_cell (out, _ ("test:"), NUMBER_WIDTH);
  g_string_append_c (out, '\n');
  add_cell (out, "", -LABEL_WIDTH);
  for (guint split = 0; split < COTERIE_N_SPLITS; split++) {
    add_cell (out, _ ("Pearson"), NUMBER_WIDTH);
    add_cell (out, _ ("Spearman"), NUMBER_WIDTH);
    add_cell (out, "n", NUMBER_WIDTH);
  }
  g_string_append_c (out, '\n');
  add_correlation (out, book, _ ("Entropy"), COTERIE_MEASURE_ENTROPY, 0);
  for (guint l = 0; l < coterie_series_book_get_n_layers (book); l++)
    if (layer == 0 || layer == l + 1)
      add_layer_correlations (out, book, l);
}

/* What chance gives a graph of these degrees, at the last frame. */
static void
add_null_layer (GString *out, const CoterieLayerAnalysis *layer)
{
  const CoterieNullComparison *null = &layer->baselines.null;
  double lower, upper;

  coterie_null_comparison_get_interval (null, &lower, &upper);
  add_number (out, "%u", layer->layer);
  add_real (out, 4, layer->modularity.louvain);
  add_real (out, 4, null->mean);
  add_real (out, 4, null->deviation);
  add_real (out, 4, lower);
  add_real (out, 4, upper);
  add_real (out, 2, null->z);
  g_string_append_c (out, '\n');
}

static void
add_null (GString *out, const CoterieInfoSubject *subject)
{
  const CoterieFrame *frame = g_ptr_array_index (subject->frames, subject->frames->len - 1);
  const char *const names[] = {
      _ ("layer"),     _ ("Louvain"), _ ("mean"),    _ ("deviation"),
      _ ("95 % from"), _ ("95 % to"), _ ("z-score"),
  };

  g_string_append_c (out, '\n');
  g_string_append_printf (
      out,
      _ ("Modularity of the communities found afresh (Louvain) at iteration %u, beside %u rewired "
         "graphs\nof the same degrees: their mean and standard deviation, where 95 %% of such "
         "graphs lie if they are\ndistributed normally, and how many deviations Louvain lies above "
         "the mean (z-score)\n"),
      frame->iteration, subject->info->analysis.n_null_graphs);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    add_cell (out, names[i], NUMBER_WIDTH);
  g_string_append_c (out, '\n');
  for (guint l = 0; l < frame->n_layers; l++)
    add_null_layer (out, frame->layers[l].analysis);
}

/**
 * coterie_info_text_new:
 * @subject: a recording
 * @book: the measures of its frames
 *
 * Returns: (transfer full): everything "info" knows of it, in lines
 */
char *
coterie_info_text_new (const CoterieInfoSubject *subject, const CoterieSeriesBook *book)
{
  GString *out = g_string_new (NULL);

  add_settings (out, subject);
  if (subject->frames->len > 0) {
    add_frames (out, subject->frames);
    add_null (out, subject);
    add_correlations (out, book, subject->layer);
  }
  return g_string_free (out, FALSE);
}
