/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A run's settings and its frames as JSON objects: what "info --json" prints at once, and
 * "train --json" while it goes on. */

#include "cli/recording-json.h"

#include "cli/json-members.h"

static void
add_training (JsonBuilder *builder, const CoterieTrainingSettings *training)
{
  coterie_json_begin_array (builder, "hidden");
  for (guint l = 0; l < training->n_hidden; l++)
    coterie_json_add_whole (builder, NULL, training->hidden[l]);
  json_builder_end_array (builder);

  coterie_json_add_real (builder, "dropout", training->dropout);
  coterie_json_add_text (builder, "optimizer",
                         coterie_optimizer_kind_to_string (training->optimizer));
  coterie_json_add_real (builder, "learning_rate", training->learning_rate);
  coterie_json_add_real (builder, "momentum", training->momentum);
  coterie_json_add_whole (builder, "batch", training->batch);
  coterie_json_add_whole (builder, "iterations", training->n_iterations);
  coterie_json_add_whole (builder, "record_every", training->record_every);
  coterie_json_add_real (builder, "label_noise", training->label_noise);
  coterie_json_add_whole (builder, "seed", training->seed);
  coterie_json_add_whole (builder, "limit", training->limit);
}

static void
add_dataset (JsonBuilder *builder, const CoterieRunInfo *info)
{
  coterie_json_add_text (builder, "dataset", info->dataset.source);
  coterie_json_add_text (builder, "dataset_name", info->dataset.name);
  coterie_json_add_text (builder, "dataset_hash", info->dataset_hash);
  coterie_json_add_whole (builder, "width", info->dataset.width);
  coterie_json_add_whole (builder, "height", info->dataset.height);
  coterie_json_add_whole (builder, "classes", info->dataset.n_classes);
  coterie_json_add_whole (builder, "training_samples", info->n_samples[COTERIE_SPLIT_TRAINING]);
  coterie_json_add_whole (builder, "test_samples", info->n_samples[COTERIE_SPLIT_TEST]);
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

  coterie_json_begin_object (builder, "settings");
  add_dataset (builder, info);
  add_training (builder, &info->training);
  coterie_json_add_whole (builder, "top", info->analysis.top);
  coterie_json_add_whole (builder, "bins", info->analysis.bins);
  coterie_json_add_real (builder, "resolution", info->analysis.resolution);
  coterie_json_add_text (builder, "started", started_text);
  coterie_json_add_text (builder, "program", info->program);
  json_builder_end_object (builder);
}

static void
add_layer (JsonBuilder *builder, const CoterieLayerAnalysis *layer)
{
  const CoterieModularities *modularity = &layer->modularity;

  coterie_json_begin_object (builder, NULL);
  coterie_json_add_whole (builder, "layer", layer->layer);
  coterie_json_add_whole (builder, "neurons", layer->n_neurons);
  coterie_json_add_whole (builder, "nodes", layer->n_nodes);
  coterie_json_add_whole (builder, "edges", layer->graph->n_edges);
  coterie_json_add_real (builder, "entropy", layer->entropy);
  coterie_json_add_real (builder, "mean_live_entropy", layer->mean_live_entropy);
  coterie_json_add_whole (builder, "communities", layer->n_communities);

  coterie_json_begin_object (builder, "modularity");
  coterie_json_add_real (builder, "no_overlap", modularity->no_overlap);
  coterie_json_add_real (builder, "unweighted_overlap", modularity->unweighted_overlap);
  coterie_json_add_real (builder, "weighted_overlap", modularity->weighted_overlap);
  coterie_json_add_real (builder, "louvain", modularity->louvain);
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

  coterie_json_add_whole (builder, "iteration", frame->iteration);
  coterie_json_add_real (builder, "training_accuracy", training->accuracy);
  coterie_json_add_real (builder, "test_accuracy", test->accuracy);
  coterie_json_add_real (builder, "training_loss", training->loss);
  coterie_json_add_real (builder, "test_loss", test->loss);
  coterie_json_add_real (builder, "entropy", frame->entropy);
  coterie_json_add_real (builder, "mean_live_entropy", frame->mean_live_entropy);

  coterie_json_begin_array (builder, "layers");
  for (guint l = 0; l < frame->n_layers; l++)
    add_layer (builder, frame->layers[l].analysis);
  json_builder_end_array (builder);
}
