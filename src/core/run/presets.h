/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/run/run.h"

G_BEGIN_DECLS

/**
 * CoteriePreset:
 * @identifier: what people type: "paper-mnist-mixed"
 * @name: what people read: "Paper: MNIST, mixed"; to be translated
 * @dataset: identifier of the known set that it is meant for
 * @n_hidden: number of hidden layers
 * @hidden: neurons of each hidden layer
 * @optimizer: how parameters are updated
 * @learning_rate: dimensionless, greater than 0
 * @n_iterations: passes over the training set
 * @record_every: iterations between two recorded frames
 * @side_px: width and height to which images of a folder are scaled; 0 leaves that as it is
 * @label_noise: fraction of samples whose label is drawn at random, 0 … 1
 *
 * Settings under one name; all others are the defaults. Constant.
 */
typedef struct {
  const char *identifier;
  const char *name;
  const char *dataset;
  guint n_hidden;
  guint hidden[COTERIE_MAX_HIDDEN_LAYERS];
  CoterieOptimizerKind optimizer;
  double learning_rate;
  guint n_iterations;
  guint record_every;
  guint side_px;
  double label_noise;
} CoteriePreset;

const CoteriePreset *coterie_presets_list (guint *n_presets);
const CoteriePreset *coterie_presets_find (const char *identifier);
void coterie_preset_apply (const CoteriePreset *preset,
                           CoterieTrainingSettings *training,
                           CoterieAnalysisSettings *analysis,
                           CoterieDatasetOptions *dataset_options);

G_END_DECLS
