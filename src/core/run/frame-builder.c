/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the analysis of a network to a frame. What a frame has beyond its analysis depends on the
 * frames before it: communities that keep their identities, and nodes that stay where they were. */

#include "core/run/frame-builder.h"

#include <math.h>

#include "core/analysis/lineage.h"
#include "core/layout/layout-sequence.h"

struct _CoterieFrameBuilder {
  guint n_layers;
  CoterieLayoutSequence **sequences; /* [n_layers] */
  CoterieLineage **lineages;         /* [n_layers] */

  /* The frame in hand. Its layers' analyses are borrowed until it is made. */
  CoterieFrame fields;
  CoterieFrameLayer *layers; /* [n_layers] */
  CoterieLineageStep *steps; /* [n_layers] */
};

/**
 * coterie_frame_builder_new:
 * @n_layers: hidden layers
 * @settings: of the analysis
 * @layout: settings of the layout
 * @pool: who lays out; must outlive the builder; frames do not depend on its number of threads
 *
 * Returns: (transfer full): a builder that has seen no iteration
 */
CoterieFrameBuilder *
coterie_frame_builder_new (guint n_layers,
                           const CoterieAnalysisSettings *settings,
                           const CoterieLayoutSettings *layout,
                           CoteriePool *pool)
{
  CoterieFrameBuilder *builder = g_new0 (CoterieFrameBuilder, 1);

  builder->n_layers = n_layers;
  builder->sequences = g_new0 (CoterieLayoutSequence *, n_layers);
  builder->lineages = g_new0 (CoterieLineage *, n_layers);
  builder->layers = g_new0 (CoterieFrameLayer, n_layers);
  builder->steps = g_new0 (CoterieLineageStep, n_layers);
  for (guint l = 0; l < n_layers; l++) {
    builder->sequences[l] = coterie_layout_sequence_new (&layout->force, layout->seed + l, pool);
    coterie_layout_sequence_set_mode (builder->sequences[l], layout->mode);
    builder->lineages[l] =
        coterie_lineage_new (settings->method, settings->resolution, settings->seed);
  }
  return builder;
}

/**
 * coterie_frame_builder_set_pins:
 * @builder: a builder with no frame in hand
 * @pins: (array length=n_pins): pins of all layers, in the order of coterie_pin_compare(); must outlive
 *   the builder
 * @n_pins: how many
 *
 * Says where some neurons are in all frames to come that are laid out here.
 */
void
coterie_frame_builder_set_pins (CoterieFrameBuilder *builder, const CoteriePin *pins, guint n_pins)
{
  for (guint l = 0; l < builder->n_layers; l++) {
    CoterieLayoutPins pins_of_layer = coterie_layout_pins_of_layer (pins, n_pins, l + 1);

    coterie_layout_sequence_set_pins (builder->sequences[l], &pins_of_layer);
  }
}

static void
clear_layers (CoterieFrameBuilder *builder)
{
  for (guint l = 0; l < builder->n_layers; l++) {
    coterie_lineage_step_clear (&builder->steps[l]);
    g_free ((gpointer) builder->layers[l].positions);
    builder->layers[l] = (CoterieFrameLayer){0};
  }
}

/**
 * coterie_frame_builder_free:
 * @builder: (transfer full): the builder
 */
void
coterie_frame_builder_free (CoterieFrameBuilder *builder)
{
  clear_layers (builder);
  for (guint l = 0; l < builder->n_layers; l++) {
    coterie_layout_sequence_free (builder->sequences[l]);
    coterie_lineage_free (builder->lineages[l]);
  }
  g_free (builder->sequences);
  g_free (builder->lineages);
  g_free (builder->layers);
  g_free (builder->steps);
  g_free (builder);
}

/* Over all layers: their sum of entropies, and that sum for each live neuron. A layer has as many live
 * neurons as its own sum holds its own mean. */
static void
sum_entropies (CoterieFrame *frame, const CoterieNetworkAnalysis *analysis)
{
  double n_live = 0.0;
  gboolean has_live = FALSE;

  for (guint l = 0; l < analysis->n_layers; l++) {
    const CoterieLayerAnalysis *layer = analysis->layers[l];

    frame->entropy += layer->entropy;
    if (layer->mean_live_entropy > 0.0)
      n_live += round (layer->entropy / layer->mean_live_entropy);
    has_live = has_live || !isnan (layer->mean_live_entropy);
  }
  if (isnan (frame->entropy) || !has_live)
    frame->mean_live_entropy = NAN;
  else
    frame->mean_live_entropy = n_live > 0.0 ? frame->entropy / n_live : 0.0;
}

/**
 * coterie_frame_builder_begin:
 * @builder: a builder with no frame in hand
 * @iteration: later than that of the last frame
 * @analysis: of the network at that iteration; must live until coterie_frame_builder_end()
 *
 * Begins a frame.
 */
void
coterie_frame_builder_begin (CoterieFrameBuilder *builder,
                             guint iteration,
                             const CoterieNetworkAnalysis *analysis)
{
  CoterieFrame *fields = &builder->fields;

  g_assert (analysis->n_layers == builder->n_layers);

  clear_layers (builder);
  *fields = (CoterieFrame){
      .iteration = iteration,
      .n_classes = analysis->n_classes,
      .n_layers = builder->n_layers,
      .layers = builder->layers,
  };
  for (guint split = 0; split < COTERIE_N_SPLITS; split++) {
    fields->evaluations[split] = analysis->evaluations[split];
    fields->class_accuracies[split] = analysis->class_accuracies[split];
  }
  for (guint l = 0; l < builder->n_layers; l++)
    builder->layers[l].analysis = analysis->layers[l];
  sum_entropies (fields, analysis);
}

static gboolean
follow (CoterieFrameBuilder *builder, guint layer, GCancellable *cancellable, GError **error)
{
  CoterieFrameLayer *followed = &builder->layers[layer];
  CoterieLineageStep *step = &builder->steps[layer];

  if (!coterie_lineage_follow (builder->lineages[layer], followed->analysis, step, cancellable,
                               error))
    return FALSE;

  followed->n_communities = step->n_communities;
  followed->communities = step->communities;
  followed->identities = step->identities;
  followed->n_events = step->n_events;
  followed->events = step->events;
  return TRUE;
}

/**
 * coterie_frame_builder_follow:
 * @builder: a builder with a frame in hand
 * @layer: the next layer, from 0
 * @positions: [n_nodes][2]: where the nodes of its graph are, in the layout's unit of length
 * @cancellable: (nullable): ends the search for communities
 * @error: return location for a #GError
 *
 * Follows the communities of a layer whose graph is laid out already. One builder is used either with
 * this or with coterie_frame_builder_place(). Cost: that of coterie_lineage_follow().
 *
 * Returns: %FALSE with COTERIE_ANALYSIS_ERROR_NO_CONVERGENCE if the communities cannot be found, with
 *   %G_IO_ERROR_CANCELLED if cancelled
 */
gboolean
coterie_frame_builder_follow (CoterieFrameBuilder *builder,
                              guint layer,
                              const float *positions,
                              GCancellable *cancellable,
                              GError **error)
{
  CoterieFrameLayer *followed = &builder->layers[layer];

  followed->positions =
      g_memdup2 (positions, 2 * (gsize) followed->analysis->n_nodes * sizeof *positions);
  return follow (builder, layer, cancellable, error);
}

/**
 * coterie_frame_builder_place:
 * @builder: a builder with a frame in hand
 * @layer: the next layer, from 0
 * @progress: (nullable): told how far the layout is
 * @cancellable: (nullable): ends the layout
 * @error: return location for a #GError
 *
 * Follows the communities of a layer and lays its graph out. Cost: the layout's, some tenths of a
 * second.
 *
 * Returns: %FALSE with COTERIE_ANALYSIS_ERROR_NO_CONVERGENCE if the communities cannot be found, with
 *   %G_IO_ERROR_CANCELLED if cancelled
 */
gboolean
coterie_frame_builder_place (CoterieFrameBuilder *builder,
                             guint layer,
                             CoterieProgress *progress,
                             GCancellable *cancellable,
                             GError **error)
{
  CoterieLayerAnalysis *analysis = builder->layers[layer].analysis;
  float *positions = g_new0 (float, 2 * (gsize) analysis->n_nodes);

  builder->layers[layer].positions = positions;
  return follow (builder, layer, cancellable, error) &&
         coterie_layout_sequence_place (builder->sequences[layer], analysis->graph,
                                        analysis->neurons, positions, progress, cancellable, error);
}

/**
 * coterie_frame_builder_end:
 * @builder: a builder with a frame all layers of which have been placed
 *
 * Returns: (transfer full): the frame
 */
CoterieFrame *
coterie_frame_builder_end (CoterieFrameBuilder *builder)
{
  CoterieFrame *frame = coterie_frame_new (&builder->fields);

  clear_layers (builder);
  return frame;
}

/**
 * coterie_frame_builder_recall:
 * @builder: a builder with no frame in hand
 * @frame: what coterie_frame_builder_end() once made, later than the last frame
 *
 * Takes in a frame that is recorded already. Once all frames of a recording are recalled, in their order,
 * the communities of the next are, to the last bit, as if nothing had been between; its nodes start from
 * where those of the last one are in the recording. Cost: a pass over its nodes.
 */
void
coterie_frame_builder_recall (CoterieFrameBuilder *builder, const CoterieFrame *frame)
{
  g_assert (frame->n_layers == builder->n_layers);

  for (guint l = 0; l < builder->n_layers; l++) {
    const CoterieFrameLayer *layer = &frame->layers[l];

    coterie_lineage_recall (builder->lineages[l], layer->analysis, layer->n_communities,
                            layer->communities, layer->identities);
    coterie_layout_sequence_recall (builder->sequences[l], layer->analysis->graph,
                                    layer->analysis->neurons, layer->positions);
  }
}
