/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What "info --json" prints: settings, ending, frames and correlations of a recording. */

#include "cli/info-json.h"

#include "cli/json-members.h"
#include "cli/recording-json.h"
#include "core/report/series.h"

static void
add_coefficients (JsonBuilder *builder, const CoterieCorrelation *correlation)
{
  coterie_json_add_real (builder, "pearson", correlation->pearson);
  coterie_json_add_real (builder, "spearman", correlation->spearman);
  coterie_json_add_whole (builder, "n", correlation->n_frames);
}

static void
add_correlation (JsonBuilder *builder,
                 const char *name,
                 const CoterieSeriesBook *book,
                 CoterieMeasure measure,
                 guint layer_index)
{
  const CoterieSeriesKey key = {measure, layer_index, 0};
  CoterieCorrelation correlation =
      coterie_series_book_correlate (book, &key, COTERIE_MEASURE_TRAINING_ACCURACY, FALSE);

  coterie_json_begin_object (builder, name);
  add_coefficients (builder, &correlation);
  json_builder_end_object (builder);
}

static void
add_layer_correlations (JsonBuilder *builder, const CoterieSeriesBook *book, guint layer_index)
{
  const CoterieMeasure modularities[] = {
      COTERIE_MEASURE_NO_OVERLAP,
      COTERIE_MEASURE_UNWEIGHTED_OVERLAP,
      COTERIE_MEASURE_WEIGHTED_OVERLAP,
      COTERIE_MEASURE_LOUVAIN,
  };

  coterie_json_begin_object (builder, NULL);
  coterie_json_add_whole (builder, "layer", layer_index + 1);
  add_correlation (builder, "entropy", book, COTERIE_MEASURE_LAYER_ENTROPY, layer_index);
  coterie_json_begin_object (builder, "modularity");
  for (guint i = 0; i < G_N_ELEMENTS (modularities); i++)
    add_correlation (builder, coterie_measure_get_info (modularities[i])->id, book, modularities[i],
                     layer_index);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_counted_correlation (JsonBuilder *builder,
                         const CoterieSeriesBook *book,
                         const CoterieSeriesKey *key,
                         CoterieMeasure other)
{
  CoterieCorrelation correlation = coterie_series_book_correlate (book, key, other, FALSE);

  coterie_json_begin_object (builder, coterie_measure_get_info (other)->id);
  add_coefficients (builder, &correlation);
  coterie_json_add_whole (builder, "left_out", correlation.n_left_out);
  json_builder_end_object (builder);
}

static void
add_measure (JsonBuilder *builder, const CoterieSeriesBook *book, const CoterieSeriesKey *key)
{
  const CoterieMeasureInfo *info = coterie_measure_get_info (key->measure);
  CoterieSeries series = coterie_series_book_get (book, key, TRUE);

  coterie_json_begin_object (builder, NULL);
  coterie_json_add_text (builder, "measure", info->id);
  if (coterie_measure_scope_has_layers (info->scope))
    coterie_json_add_whole (builder, "layer", key->layer_index + 1);
  if (coterie_measure_scope_has_classes (info->scope))
    coterie_json_add_whole (builder, "class", key->label);
  coterie_json_add_real (builder, "last", coterie_series_get_last (&series));
  add_counted_correlation (builder, book, key, COTERIE_MEASURE_TRAINING_ACCURACY);
  add_counted_correlation (builder, book, key, COTERIE_MEASURE_TEST_ACCURACY);
  if (coterie_measure_scope_has_classes (info->scope)) {
    add_counted_correlation (builder, book, key, COTERIE_MEASURE_CLASS_TRAINING_ACCURACY);
    add_counted_correlation (builder, book, key, COTERIE_MEASURE_CLASS_TEST_ACCURACY);
  }
  json_builder_end_object (builder);
}

static gboolean
is_told (const CoterieSeriesKey *key, guint layer)
{
  return layer == 0 || layer == key->layer_index + 1 ||
         !coterie_measure_scope_has_layers (coterie_measure_get_info (key->measure)->scope);
}

static void
add_correlations (JsonBuilder *builder, const CoterieSeriesBook *book, guint layer)
{
  coterie_json_begin_object (builder, "correlations");
  coterie_json_add_text (builder, "with", "training_accuracy");
  add_correlation (builder, "entropy", book, COTERIE_MEASURE_ENTROPY, 0);
  coterie_json_begin_array (builder, "layers");
  for (guint l = 0; l < coterie_series_book_get_n_layers (book); l++)
    if (layer == 0 || layer == l + 1)
      add_layer_correlations (builder, book, l);
  json_builder_end_array (builder);

  coterie_json_begin_array (builder, "measures");
  for (guint i = 0; i < coterie_series_book_get_n_keys (book); i++) {
    CoterieSeriesKey key = coterie_series_book_get_key (book, i);

    if (is_told (&key, layer))
      add_measure (builder, book, &key);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_ending (JsonBuilder *builder, const CoterieInfoSubject *subject)
{
  CoterieRecordingReader *reader = subject->reader;
  CoterieRecordingEnding ending = coterie_recording_reader_get_ending (reader);
  const char *reason = coterie_recording_reader_get_reason (reader);

  coterie_json_add_boolean (builder, "finished", coterie_recording_reader_get_finished (reader));
  coterie_json_add_text (builder, "ending", coterie_recording_ending_to_string (ending));
  coterie_json_add_boolean (builder, "broken_off", subject->is_abandoned);
  if (reason != NULL)
    coterie_json_add_text (builder, "reason", reason);
}

static void
add_continuation (JsonBuilder *builder, const CoterieInfoSubject *subject)
{
  if (subject->can_continue) {
    coterie_json_add_whole (builder, "continues_from", subject->continues_from);
  } else {
    json_builder_set_member_name (builder, "continues_from");
    json_builder_add_null_value (builder);
  }
}

static void
add_pins (JsonBuilder *builder, const CoterieRunInfo *info, guint layer)
{
  coterie_json_begin_array (builder, "pins");
  for (guint i = 0; i < info->n_pins; i++) {
    const CoteriePin *pin = &info->pins[i];

    if (layer != 0 && layer != pin->layer)
      continue;
    coterie_json_begin_object (builder, NULL);
    coterie_json_add_whole (builder, "layer", pin->layer);
    coterie_json_add_whole (builder, "neuron", pin->neuron);
    coterie_json_add_real (builder, "x", pin->x);
    coterie_json_add_real (builder, "y", pin->y);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

/**
 * coterie_info_json_new:
 * @subject: a recording
 * @book: the measures of its frames
 *
 * Returns: (transfer full): everything "info" knows of it, as an indented JSON object with a line
 *   break at its end
 */
char *
coterie_info_json_new (const CoterieInfoSubject *subject, const CoterieSeriesBook *book)
{
  GPtrArray *frames = subject->frames;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  coterie_json_begin_object (builder, NULL);
  coterie_recording_json_add_settings (builder, subject->info);
  add_ending (builder, subject);
  add_continuation (builder, subject);
  add_pins (builder, subject->info, subject->layer);

  coterie_json_begin_array (builder, "frames");
  for (guint i = 0; i < frames->len; i++) {
    coterie_json_begin_object (builder, NULL);
    coterie_recording_json_add_frame (builder, subject->info, g_ptr_array_index (frames, i));
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);

  if (frames->len > 0)
    add_correlations (builder, book, subject->layer);
  json_builder_end_object (builder);
  return coterie_json_to_text (builder, TRUE);
}
