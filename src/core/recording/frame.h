/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/activation-pass.h"
#include "core/analysis/lineage.h"

G_BEGIN_DECLS

/**
 * CoterieFrameLayer:
 * @analysis: what is known about the layer
 * @n_communities: communities that are shown, singletons included
 * @communities: [n_nodes of @analysis]: their members: community of each node, from 0, the largest
 *   first
 * @identities: [n_communities]: identity of each community, the same number through all frames of a
 *   recording for as long as it lives, or %COTERIE_LINEAGE_NONE
 * @n_events: what happened to identities since the last frame
 * @events: (array length=n_events): it
 * @positions: [n_nodes of @analysis][2]: x to the right and y upwards, in the layout's unit of length
 *
 * One hidden layer of a frame.
 */
typedef struct {
  CoterieLayerAnalysis *analysis;
  guint n_communities;
  const guint32 *communities;
  const guint32 *identities;
  guint n_events;
  const CoterieLineageEvent *events;
  const float *positions;
} CoterieFrameLayer;

/**
 * CoterieFrame:
 * @iteration: 0 is the untrained network
 * @evaluations: one for each #CoterieSplit
 * @n_classes: classes of the data set
 * @class_accuracies: [n_classes] for each #CoterieSplit: fraction of a class's samples that the
 *   network knows, 0 … 1; not-a-number for a class without samples
 * @entropy: activation pattern entropy, sum over all hidden neurons, nats
 * @mean_live_entropy: mean over live neurons of all hidden layers, nats; not-a-number
 *   without any
 * @n_layers: hidden layers
 * @layers: (array length=n_layers): from the input towards the output
 *
 * What a recording holds for one iteration. Immutable and reference-counted; fields are for reading.
 */
typedef struct {
  guint iteration;
  CoterieEvaluation evaluations[COTERIE_N_SPLITS];
  guint n_classes;
  const double *class_accuracies[COTERIE_N_SPLITS];
  double entropy;
  double mean_live_entropy;
  guint n_layers;
  const CoterieFrameLayer *layers;
} CoterieFrame;

CoterieFrame *coterie_frame_new (const CoterieFrame *fields);
CoterieFrame *coterie_frame_ref (CoterieFrame *frame);
void coterie_frame_unref (CoterieFrame *frame);
gboolean coterie_frame_has_exploded (const CoterieFrame *frame);
gboolean coterie_frame_has_diverged (const CoterieFrame *frame);
GPtrArray *coterie_frames_copy (GPtrArray *frames);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieFrame, coterie_frame_unref)

G_END_DECLS
