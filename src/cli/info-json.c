/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What "info --json" prints: settings, ending, frames and correlations of a recording. */

#include "cli/info-json.h"

#include "cli/frame-series.h"
#include "cli/json-members.h"
#include "cli/recording-json.h"

static void
add_correlation (JsonBuilder *builder,
                 const char *name,
                 GPtrArray *frames,
                 CoterieFrameMeasure measure,
                 guint layer)
{
  CoterieCorrelation correlation = coterie_frame_series_correlate (frames, measure, layer);

  coterie_json_begin_object (builder, name);
  coterie_json_add_real (builder, "pearson", correlation.pearson);
  coterie_json_add_real (builder, "spearman", correlation.spearman);
  json_builder_end_object (builder);
}

static void
add_layer_correlations (JsonBuilder *builder, GPtrArray *frames, guint layer)
{
  coterie_json_begin_object (builder, NULL);
  coterie_json_add_whole (builder, "layer", layer + 1);
  add_correlation (builder, "entropy", frames, COTERIE_FRAME_MEASURE_LAYER_ENTROPY, layer);

  coterie_json_begin_object (builder, "modularity");
  add_correlation (builder, "no_overlap", frames, COTERIE_FRAME_MEASURE_NO_OVERLAP, layer);
  add_correlation (builder, "unweighted_overlap", frames, COTERIE_FRAME_MEASURE_UNWEIGHTED_OVERLAP,
                   layer);
  add_correlation (builder, "weighted_overlap", frames, COTERIE_FRAME_MEASURE_WEIGHTED_OVERLAP,
                   layer);
  add_correlation (builder, "louvain", frames, COTERIE_FRAME_MEASURE_LOUVAIN, layer);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_correlations (JsonBuilder *builder, GPtrArray *frames, guint n_layers)
{
  coterie_json_begin_object (builder, "correlations");
  coterie_json_add_text (builder, "with", "training_accuracy");
  add_correlation (builder, "entropy", frames, COTERIE_FRAME_MEASURE_ENTROPY, 0);
  coterie_json_begin_array (builder, "layers");
  for (guint l = 0; l < n_layers; l++)
    add_layer_correlations (builder, frames, l);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_ending (JsonBuilder *builder, CoterieRecordingReader *reader)
{
  CoterieRecordingEnding ending = coterie_recording_reader_get_ending (reader);
  const char *reason = coterie_recording_reader_get_reason (reader);

  coterie_json_add_boolean (builder, "finished", coterie_recording_reader_get_finished (reader));
  coterie_json_add_text (builder, "ending", coterie_recording_ending_to_string (ending));
  if (reason != NULL)
    coterie_json_add_text (builder, "reason", reason);
}

/**
 * coterie_info_json_new:
 * @reader: a recording
 * @frames: (element-type CoterieFrame): all its frames
 *
 * Returns: (transfer full): everything "info" knows of it, as an indented JSON object with a line
 *   break at its end
 */
char *
coterie_info_json_new (CoterieRecordingReader *reader, GPtrArray *frames)
{
  CoterieRunInfo *info = coterie_recording_reader_get_info (reader);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  coterie_json_begin_object (builder, NULL);
  coterie_recording_json_add_settings (builder, info);
  add_ending (builder, reader);

  coterie_json_begin_array (builder, "frames");
  for (guint i = 0; i < frames->len; i++) {
    coterie_json_begin_object (builder, NULL);
    coterie_recording_json_add_frame (builder, g_ptr_array_index (frames, i));
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);

  if (frames->len > 0)
    add_correlations (builder, frames, info->training.n_hidden);
  json_builder_end_object (builder);
  return coterie_json_to_text (builder, TRUE);
}
