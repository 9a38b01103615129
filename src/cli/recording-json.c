/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A run's settings and its frames as JSON objects: what "info --json" prints at once, and
 * "train --json" while it goes on. Numbers have all their digits, and a point in every locale. */

#include "cli/recording-json.h"

#include <math.h>

static void
add_whole (JsonBuilder *builder, const char *name, guint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64) value);
}

/**
 * coterie_recording_json_add_text:
 * @builder: inside an object
 * @name: name of the member
 * @value: any text, a file's name too; bytes that are not UTF-8, which JSON must be, are replaced
 */
void
coterie_recording_json_add_text (JsonBuilder *builder, const char *name, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, valid);
}

/**
 * coterie_recording_json_add_real:
 * @builder: inside an object
 * @name: name of the member
 * @value: any number; not-a-number and infinity, which JSON has not, become null
 */
void
coterie_recording_json_add_real (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_training (JsonBuilder *builder, const CoterieTrainingSettings *training)
{
  json_builder_set_member_name (builder, "hidden");
  json_builder_begin_array (builder);
  for (guint l = 0; l < training->n_hidden; l++)
    json_builder_add_int_value (builder, training->hidden[l]);
  json_builder_end_array (builder);

  coterie_recording_json_add_real (builder, "dropout", training->dropout);
  coterie_recording_json_add_text (builder, "optimizer",
                                   coterie_optimizer_kind_to_string (training->optimizer));
  coterie_recording_json_add_real (builder, "learning_rate", training->learning_rate);
  coterie_recording_json_add_real (builder, "momentum", training->momentum);
  add_whole (builder, "batch", training->batch);
  add_whole (builder, "iterations", training->n_iterations);
  add_whole (builder, "record_every", training->record_every);
  coterie_recording_json_add_real (builder, "label_noise", training->label_noise);
  add_whole (builder, "seed", training->seed);
  add_whole (builder, "limit", training->limit);
}

static void
add_dataset (JsonBuilder *builder, const CoterieRunInfo *info)
{
  coterie_recording_json_add_text (builder, "dataset", info->dataset.source);
  coterie_recording_json_add_text (builder, "dataset_name", info->dataset.name);
  coterie_recording_json_add_text (builder, "dataset_hash", info->dataset_hash);
  add_whole (builder, "width", info->dataset.width);
  add_whole (builder, "height", info->dataset.height);
  add_whole (builder, "classes", info->dataset.n_classes);
  add_whole (builder, "training_samples", info->n_samples[COTERIE_SPLIT_TRAINING]);
  add_whole (builder, "test_samples", info->n_samples[COTERIE_SPLIT_TEST]);
}

/**
 * coterie_recording_json_add_settings:
 * @builder: inside an object
 * @info: what was trained
 *
 * Adds a member "settings" whose members are named as the options of "train" are, with underscores,
 * and a few more about the data set and the program.
 */
void
coterie_recording_json_add_settings (JsonBuilder *builder, const CoterieRunInfo *info)
{
  g_autoptr (GDateTime) started = g_date_time_new_from_unix_utc (info->started);
  g_autofree char *started_text = started != NULL ? g_date_time_format_iso8601 (started) : NULL;

  json_builder_set_member_name (builder, "settings");
  json_builder_begin_object (builder);
  add_dataset (builder, info);
  add_training (builder, &info->training);
  add_whole (builder, "top", info->analysis.top);
  add_whole (builder, "bins", info->analysis.bins);
  coterie_recording_json_add_real (builder, "resolution", info->analysis.resolution);
  coterie_recording_json_add_text (builder, "started", started_text);
  coterie_recording_json_add_text (builder, "program", info->program);
  json_builder_end_object (builder);
}

static void
add_layer (JsonBuilder *builder, const CoterieLayerAnalysis *layer)
{
  const CoterieModularities *modularity = &layer->modularity;

  json_builder_begin_object (builder);
  add_whole (builder, "layer", layer->layer);
  add_whole (builder, "neurons", layer->n_neurons);
  add_whole (builder, "nodes", layer->n_nodes);
  add_whole (builder, "edges", layer->graph->n_edges);
  coterie_recording_json_add_real (builder, "entropy", layer->entropy);
  coterie_recording_json_add_real (builder, "mean_live_entropy", layer->mean_live_entropy);
  add_whole (builder, "communities", layer->n_communities);

  json_builder_set_member_name (builder, "modularity");
  json_builder_begin_object (builder);
  coterie_recording_json_add_real (builder, "no_overlap", modularity->no_overlap);
  coterie_recording_json_add_real (builder, "unweighted_overlap", modularity->unweighted_overlap);
  coterie_recording_json_add_real (builder, "weighted_overlap", modularity->weighted_overlap);
  coterie_recording_json_add_real (builder, "louvain", modularity->louvain);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

/**
 * coterie_recording_json_add_frame:
 * @builder: inside an object
 * @frame: the frame
 *
 * Adds the members of a frame: accuracies as fractions, losses and entropies in nats.
 */
void
coterie_recording_json_add_frame (JsonBuilder *builder, const CoterieFrame *frame)
{
  const CoterieEvaluation *training = &frame->evaluations[COTERIE_SPLIT_TRAINING];
  const CoterieEvaluation *test = &frame->evaluations[COTERIE_SPLIT_TEST];

  add_whole (builder, "iteration", frame->iteration);
  coterie_recording_json_add_real (builder, "training_accuracy", training->accuracy);
  coterie_recording_json_add_real (builder, "test_accuracy", test->accuracy);
  coterie_recording_json_add_real (builder, "training_loss", training->loss);
  coterie_recording_json_add_real (builder, "test_loss", test->loss);
  coterie_recording_json_add_real (builder, "entropy", frame->entropy);
  coterie_recording_json_add_real (builder, "mean_live_entropy", frame->mean_live_entropy);

  json_builder_set_member_name (builder, "layers");
  json_builder_begin_array (builder);
  for (guint l = 0; l < frame->n_layers; l++)
    add_layer (builder, frame->layers[l].analysis);
  json_builder_end_array (builder);
}

/**
 * coterie_recording_json_to_text:
 * @builder: a complete value
 * @pretty: whether to indent; otherwise all stands on one line
 *
 * Returns: (transfer full): the JSON, without a line break at its end
 */
char *
coterie_recording_json_to_text (JsonBuilder *builder, gboolean pretty)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return json_to_string (root, pretty);
}
