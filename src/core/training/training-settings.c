/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings of a training: their defaults, and what is allowed. */

#include "core/training/training-settings.h"

#include "core/base/words.h"

#define DEFAULT_DROPOUT 0.3

G_DEFINE_QUARK (coterie - settings - error - quark, coterie_settings_error)

static const char *const optimizer_names[] = {
    [COTERIE_OPTIMIZER_ADAM] = "adam",
    [COTERIE_OPTIMIZER_SGD] = "sgd",
};

/**
 * coterie_training_settings_init:
 * @settings: (out caller-allocates): the settings
 *
 * Sets the defaults: what comes nearest to Table 1 of the paper. Two hidden layers of 512 neurons,
 * dropout 0.3, Adam with learning rate 0.001, batches of 32, 20 iterations, all of them recorded.
 */
void
coterie_training_settings_init (CoterieTrainingSettings *settings)
{
  *settings = (CoterieTrainingSettings){
      .n_hidden = 2,
      .hidden = {512, 512},
      .optimizer = COTERIE_OPTIMIZER_ADAM,
      .learning_rate = 0.001,
      .momentum = 0.0,
      .batch = 32,
      .n_iterations = 20,
      .record_every = 1,
      .label_noise = 0.0,
      .limit = 0,
      .seed = 1,
  };
  coterie_training_settings_set_dropout (settings, DEFAULT_DROPOUT);
}

/**
 * coterie_training_settings_set_dropout:
 * @settings: the settings
 * @fraction: of activations to drop, 0 … 0.95
 *
 * Sets the same dropout for every hidden layer, however many there will be.
 */
void
coterie_training_settings_set_dropout (CoterieTrainingSettings *settings, double fraction)
{
  for (guint l = 0; l < COTERIE_MAX_HIDDEN_LAYERS; l++)
    settings->dropout[l] = fraction;
}

/**
 * coterie_training_settings_get_n_dropouts:
 * @settings: the settings
 *
 * Returns: how many numbers are needed to say what the dropout is: 1 if it is the same for all hidden
 *   layers, else one for each
 */
guint
coterie_training_settings_get_n_dropouts (const CoterieTrainingSettings *settings)
{
  for (guint l = 1; l < settings->n_hidden; l++)
    if (settings->dropout[l] != settings->dropout[0])
      return settings->n_hidden;
  return 1;
}

/**
 * coterie_training_settings_count_weights:
 * @settings: the settings
 * @n_features: inputs of the network
 * @n_classes: its outputs
 *
 * Returns: weights of the network, biases included
 */
guint64
coterie_training_settings_count_weights (const CoterieTrainingSettings *settings,
                                         gsize n_features,
                                         guint n_classes)
{
  guint64 n_inputs = n_features;
  guint64 n_weights = 0;

  for (guint l = 0; l < settings->n_hidden; l++) {
    n_weights += (n_inputs + 1) * settings->hidden[l];
    n_inputs = settings->hidden[l];
  }
  return n_weights + (n_inputs + 1) * n_classes;
}

static gboolean
check_whole (const char *name, guint value, guint least, guint most, GError **error)
{
  if (value >= least && value <= most)
    return TRUE;
  g_set_error (error, COTERIE_SETTINGS_ERROR, COTERIE_SETTINGS_ERROR_OUT_OF_RANGE,
               "%s is %u, expected %u to %u", name, value, least, most);
  return FALSE;
}

/* Written so that not-a-number is out of range. */
static gboolean
check_real (const char *name, double value, double least, double most, GError **error)
{
  if (value >= least && value <= most)
    return TRUE;
  g_set_error (error, COTERIE_SETTINGS_ERROR, COTERIE_SETTINGS_ERROR_OUT_OF_RANGE,
               "%s is %g, expected %g to %g", name, value, least, most);
  return FALSE;
}

static gboolean
check_learning_rate (double value, GError **error)
{
  if (value > 0.0 && value <= COTERIE_MAX_LEARNING_RATE)
    return TRUE;
  g_set_error (error, COTERIE_SETTINGS_ERROR, COTERIE_SETTINGS_ERROR_OUT_OF_RANGE,
               "learning rate is %g, expected more than 0 and at most %g", value,
               COTERIE_MAX_LEARNING_RATE);
  return FALSE;
}

static gboolean
check_hidden (const CoterieTrainingSettings *settings, GError **error)
{
  if (!check_whole ("number of hidden layers", settings->n_hidden, 1, COTERIE_MAX_HIDDEN_LAYERS,
                    error))
    return FALSE;

  for (guint l = 0; l < settings->n_hidden; l++) {
    g_autofree char *name = g_strdup_printf ("number of neurons of hidden layer %u", l + 1);

    if (!check_whole (name, settings->hidden[l], 1, COTERIE_MAX_HIDDEN_WIDTH, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_dropout (const CoterieTrainingSettings *settings, GError **error)
{
  for (guint l = 0; l < settings->n_hidden; l++) {
    g_autofree char *name = g_strdup_printf ("dropout of hidden layer %u", l + 1);

    if (!check_real (name, settings->dropout[l], 0.0, COTERIE_MAX_DROPOUT, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_optimizer (CoterieOptimizerKind kind, GError **error)
{
  if (coterie_optimizer_kind_to_string (kind) != NULL)
    return TRUE;
  g_set_error (error, COTERIE_SETTINGS_ERROR, COTERIE_SETTINGS_ERROR_OUT_OF_RANGE,
               "optimizer is number %d, expected 0 to %d", (int) kind,
               (int) G_N_ELEMENTS (optimizer_names) - 1);
  return FALSE;
}

/**
 * coterie_training_settings_validate:
 * @settings: the settings
 * @error: return location for a #GError
 *
 * Checks every setting against its range, which training-settings.h gives.
 *
 * Returns: %FALSE with COTERIE_SETTINGS_ERROR_OUT_OF_RANGE, naming the first setting that does not
 *   fit, its value and its range
 */
gboolean
coterie_training_settings_validate (const CoterieTrainingSettings *settings, GError **error)
{
  return check_hidden (settings, error) && check_dropout (settings, error) &&
         check_optimizer (settings->optimizer, error) &&
         check_learning_rate (settings->learning_rate, error) &&
         check_real ("momentum", settings->momentum, 0.0, COTERIE_MAX_MOMENTUM, error) &&
         check_whole ("batch", settings->batch, 1, COTERIE_MAX_BATCH, error) &&
         check_whole ("number of iterations", settings->n_iterations, 1, COTERIE_MAX_ITERATIONS,
                      error) &&
         check_whole ("iterations between two frames", settings->record_every, 1, G_MAXUINT,
                      error) &&
         check_real ("label noise", settings->label_noise, 0.0, 1.0, error);
}

/**
 * coterie_optimizer_kind_to_string:
 * @kind: which optimizer
 *
 * Returns: (nullable): "adam" or "sgd", as recordings and the command line have it; %NULL for a
 *   number that is no optimizer
 */
const char *
coterie_optimizer_kind_to_string (CoterieOptimizerKind kind)
{
  return (guint) kind < G_N_ELEMENTS (optimizer_names) ? optimizer_names[kind] : NULL;
}

/**
 * coterie_optimizer_kind_from_string:
 * @text: (nullable): "adam" or "sgd"
 * @kind: (out): which optimizer; untouched on failure
 *
 * Returns: %FALSE if @text is neither
 */
gboolean
coterie_optimizer_kind_from_string (const char *text, CoterieOptimizerKind *kind)
{
  gint index = coterie_words_find (text, optimizer_names, G_N_ELEMENTS (optimizer_names));

  if (index >= 0)
    *kind = (CoterieOptimizerKind) index;
  return index >= 0;
}
