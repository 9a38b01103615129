/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define COTERIE_SETTINGS_ERROR (coterie_settings_error_quark ())

typedef enum {
  COTERIE_SETTINGS_ERROR_OUT_OF_RANGE,
} CoterieSettingsError;

GQuark coterie_settings_error_quark (void);

typedef enum {
  COTERIE_OPTIMIZER_ADAM,
  COTERIE_OPTIMIZER_SGD,
} CoterieOptimizerKind;

#define COTERIE_MAX_HIDDEN_LAYERS 16
#define COTERIE_MAX_HIDDEN_WIDTH 65536
#define COTERIE_MAX_DROPOUT 0.95
#define COTERIE_MAX_LEARNING_RATE 10.0
#define COTERIE_MAX_MOMENTUM 0.999
#define COTERIE_MAX_BATCH 4096
#define COTERIE_MAX_ITERATIONS 10000

/**
 * CoterieTrainingSettings:
 * @n_hidden: number of hidden layers, 1 … 16
 * @hidden: neurons of each hidden layer, 1 … 65536
 * @dropout: fraction of activations dropped after each hidden layer while training, 0 … 0.95
 * @optimizer: how parameters are updated
 * @learning_rate: dimensionless, greater than 0, at most 10
 * @momentum: of SGD, 0 … 0.999; Adam has none
 * @batch: samples behind one update, 1 … 4096
 * @n_iterations: passes over the training set, 1 … 10000
 * @record_every: iterations between two recorded frames, at least 1; the untrained network and the
 *   last iteration are always recorded
 * @label_noise: fraction of samples whose label is drawn uniformly at random, 0 … 1
 * @limit: train on the first so many samples; 0 takes all
 * @seed: of weights, order, dropout and label noise
 *
 * Everything a training depends on besides the data set. A value; a copy is an assignment.
 */
typedef struct {
  guint n_hidden;
  guint hidden[COTERIE_MAX_HIDDEN_LAYERS];
  double dropout[COTERIE_MAX_HIDDEN_LAYERS];
  CoterieOptimizerKind optimizer;
  double learning_rate;
  double momentum;
  guint batch;
  guint n_iterations;
  guint record_every;
  double label_noise;
  guint64 limit;
  guint64 seed;
} CoterieTrainingSettings;

void coterie_training_settings_init (CoterieTrainingSettings *settings);
void coterie_training_settings_set_dropout (CoterieTrainingSettings *settings, double fraction);
guint coterie_training_settings_get_n_dropouts (const CoterieTrainingSettings *settings);
guint64 coterie_training_settings_count_weights (const CoterieTrainingSettings *settings,
                                                 gsize n_features,
                                                 guint n_classes);
gboolean coterie_training_settings_validate (const CoterieTrainingSettings *settings,
                                             GError **error);
const char *coterie_optimizer_kind_to_string (CoterieOptimizerKind kind);
gboolean coterie_optimizer_kind_from_string (const char *text, CoterieOptimizerKind *kind);

G_END_DECLS
