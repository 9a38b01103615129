/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A run's settings and its frames as JSON objects: what "info --json" prints at once, and
 * "train --json" while it goes on. */

#include "cli/recording-json.h"

#include "cli/json-members.h"

#include <math.h>

/* Communities whose sizes are told, as in Table 3. */
#define N_LARGEST 8

static void
add_training (JsonBuilder *builder, const CoterieTrainingSettings *training)
{
  coterie_json_begin_array (builder, "hidden");
  for (guint l = 0; l < training->n_hidden; l++)
    coterie_json_add_whole (builder, NULL, training->hidden[l]);
  json_builder_end_array (builder);

  coterie_json_begin_array (builder, "dropout");
  for (guint l = 0; l < training->n_hidden; l++)
    coterie_json_add_real (builder, NULL, training->dropout[l]);
  json_builder_end_array (builder);
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
  coterie_json_add_whole (builder, "channels", MAX (info->dataset.n_channels, 1));
  coterie_json_add_text (builder, "dataset_options", info->dataset.options);
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
  coterie_json_add_text (builder, "community_method",
                         coterie_community_method_to_string (info->analysis.method));
  coterie_json_add_whole (builder, "null_graphs", info->analysis.n_null_graphs);
  coterie_json_add_text (builder, "started", started_text);
  coterie_json_add_text (builder, "program", info->program);
  json_builder_end_object (builder);
}

static void
add_modularities (JsonBuilder *builder, const CoterieModularities *modularity)
{
  coterie_json_begin_object (builder, "modularity");
  coterie_json_add_real (builder, "no_overlap", modularity->no_overlap);
  coterie_json_add_real (builder, "unweighted_overlap", modularity->unweighted_overlap);
  coterie_json_add_real (builder, "weighted_overlap", modularity->weighted_overlap);
  coterie_json_add_real (builder, "louvain", modularity->louvain);
  coterie_json_add_real (builder, "klb_weighted", modularity->klb_weighted);
  coterie_json_add_real (builder, "klb_unweighted", modularity->klb_unweighted);
  json_builder_end_object (builder);
}

/**
 * coterie_recording_json_add_null:
 * @builder: inside an object
 * @comparison: a modularity beside those of rewired graphs
 * @n_graphs: how many there were
 *
 * Adds a member "rewired" with their number, mean, standard deviation and 95 % interval, and the
 * z-score of the modularity.
 */
void
coterie_recording_json_add_null (JsonBuilder *builder,
                                 const CoterieNullComparison *comparison,
                                 guint n_graphs)
{
  double interval[2];

  coterie_null_comparison_get_interval (comparison, &interval[0], &interval[1]);
  coterie_json_begin_object (builder, "rewired");
  coterie_json_add_whole (builder, "graphs", n_graphs);
  coterie_json_add_real (builder, "mean", comparison->mean);
  coterie_json_add_real (builder, "deviation", comparison->deviation);
  coterie_json_add_reals (builder, "interval_95", interval, G_N_ELEMENTS (interval));
  coterie_json_add_real (builder, "z", comparison->z);
  json_builder_end_object (builder);
}

/* Where activations are not numbers, nothing was counted. */
static void
add_count (JsonBuilder *builder, const char *name, const CoterieLayerAnalysis *layer, guint64 count)
{
  if (layer->n_bad_values == 0)
    coterie_json_add_whole (builder, name, (gint64) count);
  else
    coterie_json_add_real (builder, name, NAN);
}

static void
add_baselines (JsonBuilder *builder, const CoterieLayerAnalysis *layer)
{
  const CoterieLayerBaselines *baselines = &layer->baselines;

  coterie_json_begin_object (builder, "baselines");
  coterie_json_add_real (builder, "selectivity", baselines->selectivity);
  coterie_json_add_real (builder, "dead", baselines->dead_frac);
  coterie_json_add_real (builder, "always_active", baselines->always_active_frac);
  coterie_json_add_real (builder, "sparsity", baselines->sparsity);
  add_count (builder, "patterns", layer, baselines->n_patterns);
  add_count (builder, "regions", layer, baselines->n_regions);
  coterie_json_add_real (builder, "class_information", baselines->class_information);
  coterie_json_add_real (builder, "modularity_z", baselines->null.z);
  json_builder_end_object (builder);
}

/* The communities of Table 3. They are numbered by size. */
static void
add_louvain (JsonBuilder *builder, const CoterieLayerAnalysis *layer, guint n_null_graphs)
{
  g_autofree guint *sizes = g_new0 (guint, layer->n_communities + 1);

  for (guint v = 0; v < layer->n_nodes; v++)
    sizes[layer->communities[v]]++;

  coterie_json_begin_object (builder, "louvain");
  coterie_json_add_whole (builder, "communities", layer->n_communities);
  coterie_json_add_real (builder, "average_nodes",
                         layer->n_communities > 0 ? (double) layer->n_nodes / layer->n_communities
                                                  : NAN);
  coterie_json_add_wholes (builder, "sizes_8_largest", sizes,
                           MIN (layer->n_communities, N_LARGEST));
  coterie_recording_json_add_null (builder, &layer->baselines.null, n_null_graphs);
  json_builder_end_object (builder);
}

static const char *
get_event_name (CoterieLineageEventKind kind)
{
  static const char *const names[COTERIE_N_LINEAGE_EVENT_KINDS] = {
      [COTERIE_LINEAGE_BORN] = "born",   [COTERIE_LINEAGE_CONTINUED] = "continued",
      [COTERIE_LINEAGE_SPLIT] = "split", [COTERIE_LINEAGE_MERGED] = "merged",
      [COTERIE_LINEAGE_ENDED] = "ended",
  };

  return names[kind];
}

/* A new community may be what others went into: they are told with its birth. */
static void
add_origins (JsonBuilder *builder, const CoterieFrameLayer *layer, guint32 identity)
{
  coterie_json_begin_array (builder, "from");
  for (guint i = 0; i < layer->n_events; i++)
    if (layer->events[i].kind == COTERIE_LINEAGE_MERGED && layer->events[i].other == identity)
      coterie_json_add_whole (builder, NULL, layer->events[i].identity);
  json_builder_end_array (builder);
}

static void
add_events (JsonBuilder *builder, const CoterieFrameLayer *layer)
{
  coterie_json_begin_array (builder, "events");
  for (guint i = 0; i < layer->n_events; i++) {
    const CoterieLineageEvent *event = &layer->events[i];

    coterie_json_begin_object (builder, NULL);
    coterie_json_add_text (builder, "kind", get_event_name (event->kind));
    coterie_json_add_whole (builder, "community", event->identity);
    if (event->other != COTERIE_LINEAGE_NONE)
      coterie_json_add_whole (builder, "other", event->other);
    if (event->kind == COTERIE_LINEAGE_BORN)
      add_origins (builder, layer, event->identity);
    coterie_json_add_wholes (builder, "neurons", event->neurons, event->n_neurons);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_layer (JsonBuilder *builder, const CoterieFrameLayer *frame_layer, guint n_null_graphs)
{
  const CoterieLayerAnalysis *layer = frame_layer->analysis;

  coterie_json_begin_object (builder, NULL);
  coterie_json_add_whole (builder, "layer", layer->layer);
  coterie_json_add_whole (builder, "neurons", layer->n_neurons);
  coterie_json_add_whole (builder, "nodes", layer->n_nodes);
  coterie_json_add_whole (builder, "edges", layer->graph->n_edges);
  coterie_json_add_real (builder, "entropy", layer->entropy);
  coterie_json_add_real (builder, "mean_live_entropy", layer->mean_live_entropy);
  coterie_json_add_reals (builder, "class_entropies", layer->class_entropies, layer->n_classes);
  coterie_json_add_whole (builder, "bad_values", (gint64) layer->n_bad_values);
  coterie_json_add_whole (builder, "communities", frame_layer->n_communities);
  add_modularities (builder, &layer->modularity);
  add_louvain (builder, layer, n_null_graphs);
  add_baselines (builder, layer);
  add_events (builder, frame_layer);
  json_builder_end_object (builder);
}

/**
 * coterie_recording_json_add_frame:
 * @builder: inside an object
 * @info: the run that it belongs to
 * @frame: the frame
 *
 * Adds the members of a frame: accuracies as fractions, losses and entropies in nats.
 */
void
coterie_recording_json_add_frame (JsonBuilder *builder,
                                  const CoterieRunInfo *info,
                                  const CoterieFrame *frame)
{
  const CoterieEvaluation *training = &frame->evaluations[COTERIE_SPLIT_TRAINING];
  const CoterieEvaluation *test = &frame->evaluations[COTERIE_SPLIT_TEST];

  coterie_json_add_whole (builder, "iteration", frame->iteration);
  coterie_json_add_real (builder, "training_accuracy", training->accuracy);
  coterie_json_add_real (builder, "test_accuracy", test->accuracy);
  coterie_json_add_real (builder, "training_loss", training->loss);
  coterie_json_add_real (builder, "test_loss", test->loss);
  coterie_json_add_boolean (builder, "diverged", coterie_frame_has_diverged (frame));
  coterie_json_add_real (builder, "entropy", frame->entropy);
  coterie_json_add_real (builder, "mean_live_entropy", frame->mean_live_entropy);

  coterie_json_add_reals (builder, "training_class_accuracies",
                          frame->class_accuracies[COTERIE_SPLIT_TRAINING], frame->n_classes);
  coterie_json_add_reals (builder, "test_class_accuracies",
                          frame->class_accuracies[COTERIE_SPLIT_TEST], frame->n_classes);

  coterie_json_begin_array (builder, "layers");
  for (guint l = 0; l < frame->n_layers; l++)
    add_layer (builder, &frame->layers[l], info->analysis.n_null_graphs);
  json_builder_end_array (builder);
}
