/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trains a network on a data set. An iteration shuffles the samples and updates the network with one
 * batch of them after another. Weights, order and dropout are drawn from streams of their own of the
 * seed: the same settings lead to the same weights, whatever the number of threads. */

#include "core/training/trainer.h"

#include <math.h>
#include <unistd.h>

#include "core/training/backpropagation.h"

#define WEIGHTS_STREAM 1
#define ORDER_STREAM 2

struct _CoterieTrainer {
  /* owned */
  CoterieDataset *dataset;
  CoterieNetwork *network;
  CoterieOptimizer *optimizer;
  CoterieBackpropagation *backpropagation;
  guint32 *order;

  /* borrowed */
  CoteriePool *pool;

  CoterieTrainingSettings settings;
  CoterieRng order_rng;
  gsize n_samples;
  guint iteration;
  guint diverged; /* in which iteration; 0 if not */
  guint64 n_updates;
};

/* Inputs, hidden layers and outputs. */
static void
collect_widths (guint *widths,
                gsize n_features,
                guint n_classes,
                const CoterieTrainingSettings *settings)
{
  widths[0] = (guint) n_features;
  for (guint l = 0; l < settings->n_hidden; l++)
    widths[l + 1] = settings->hidden[l];
  widths[settings->n_hidden + 1] = n_classes;
}

/**
 * coterie_trainer_estimate_memory:
 * @n_features: inputs of the network, greater than 0
 * @n_classes: its outputs, greater than 0
 * @settings: of the training; valid
 *
 * Adds up the parameters, what the optimizer keeps of each, and the activations of one batch. Cost:
 * constant.
 *
 * Returns: bytes that a trainer takes, besides its data set
 */
guint64
coterie_trainer_estimate_memory (gsize n_features,
                                 guint n_classes,
                                 const CoterieTrainingSettings *settings)
{
  guint64 parameter_bytes = sizeof (float) + coterie_optimizer_count_memory (settings);
  guint64 n_bytes = 0;
  guint widths[COTERIE_MAX_HIDDEN_LAYERS + 2];

  collect_widths (widths, n_features, n_classes, settings);
  for (guint l = 0; l <= settings->n_hidden; l++) {
    n_bytes += ((guint64) widths[l] + 1) * widths[l + 1] * parameter_bytes;
    n_bytes += 3 * sizeof (float) * (guint64) settings->batch * widths[l];
  }
  return n_bytes;
}

/**
 * coterie_trainer_check_memory:
 * @n_features: inputs of the network, greater than 0
 * @n_classes: its outputs, greater than 0
 * @settings: of the training; valid
 * @error: return location for a #GError
 *
 * Asked for before anything is allocated: 65,536 neurons twice are 17 gigabytes of weights, and a
 * program that allocates more than there is does not get an answer but an end. An estimate, see
 * coterie_trainer_estimate_memory(). Cost: constant.
 *
 * Returns: %FALSE with COTERIE_SETTINGS_ERROR_OUT_OF_RANGE if the network is larger than the machine
 */
gboolean
coterie_trainer_check_memory (gsize n_features,
                              guint n_classes,
                              const CoterieTrainingSettings *settings,
                              GError **error)
{
  double available = (double) sysconf (_SC_PHYS_PAGES) * (double) sysconf (_SC_PAGESIZE);
  double needed = (double) coterie_trainer_estimate_memory (n_features, n_classes, settings);

  if (available <= 0.0 || needed <= available)
    return TRUE;
  g_set_error (error, COTERIE_SETTINGS_ERROR, COTERIE_SETTINGS_ERROR_OUT_OF_RANGE,
               "hidden layers need %.1f GB of memory, expected at most the %.1f GB of this machine",
               needed / 1e9, available / 1e9);
  return FALSE;
}

/**
 * coterie_trainer_new:
 * @dataset: what to learn; its training split must not be empty
 * @settings: of the training; limit and label noise are @dataset's affair
 * @pool: who does the work; must outlive the trainer
 * @error: return location for a #GError
 *
 * Memory: 12 bytes a parameter with Adam, 8 with momentum, 4 without.
 *
 * Returns: (transfer full): a trainer at iteration 0, its network drawn from the seed; %NULL with
 *   COTERIE_SETTINGS_ERROR_OUT_OF_RANGE if a setting is, or the network is larger than the machine
 */
CoterieTrainer *
coterie_trainer_new (CoterieDataset *dataset,
                     const CoterieTrainingSettings *settings,
                     CoteriePool *pool,
                     GError **error)
{
  guint widths[COTERIE_MAX_HIDDEN_LAYERS + 2];
  CoterieTrainer *trainer;
  CoterieRng rng;
  gsize n_features;
  guint n_classes;

  if (!coterie_training_settings_validate (settings, error))
    return NULL;
  n_features = coterie_dataset_get_n_features (dataset);
  n_classes = coterie_dataset_get_info (dataset)->n_classes;
  if (!coterie_trainer_check_memory (n_features, n_classes, settings, error))
    return NULL;
  collect_widths (widths, n_features, n_classes, settings);

  trainer = g_new0 (CoterieTrainer, 1);
  trainer->dataset = coterie_dataset_ref (dataset);
  trainer->settings = *settings;
  trainer->pool = pool;

  trainer->network = coterie_network_new (widths, settings->n_hidden + 2);
  coterie_rng_init (&rng, settings->seed, WEIGHTS_STREAM);
  coterie_network_fill_glorot_uniform (trainer->network, &rng);

  trainer->n_samples = coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING);
  trainer->order = g_new (guint32, trainer->n_samples);
  for (gsize s = 0; s < trainer->n_samples; s++)
    trainer->order[s] = (guint32) s;
  coterie_rng_init (&trainer->order_rng, settings->seed, ORDER_STREAM);

  coterie_trainer_use_kernels (trainer, coterie_dense_get_kernels ());
  return trainer;
}

/**
 * coterie_trainer_use_kernels:
 * @trainer: a trainer at iteration 0
 * @kernels: the arithmetic to use
 *
 * Takes other kernels than coterie_dense_get_kernels() has chosen, to compare them.
 */
void
coterie_trainer_use_kernels (CoterieTrainer *trainer, const CoterieDenseKernels *kernels)
{
  const CoterieTrainingSettings *settings = &trainer->settings;

  g_return_if_fail (trainer->iteration == 0);

  g_clear_pointer (&trainer->optimizer, coterie_optimizer_free);
  g_clear_pointer (&trainer->backpropagation, coterie_backpropagation_free);
  trainer->optimizer =
      coterie_optimizer_new (settings, trainer->network->n_parameters, kernels->name);
  trainer->backpropagation = coterie_backpropagation_new (
      trainer->network, MIN (settings->batch, MAX (trainer->n_samples, 1)), kernels, trainer->pool);
}

/**
 * coterie_trainer_free:
 * @trainer: (transfer full): the trainer
 *
 * Frees @trainer.
 */
void
coterie_trainer_free (CoterieTrainer *trainer)
{
  coterie_backpropagation_free (trainer->backpropagation);
  coterie_optimizer_free (trainer->optimizer);
  coterie_network_unref (trainer->network);
  coterie_dataset_unref (trainer->dataset);
  g_free (trainer->order);
  g_free (trainer);
}

/**
 * coterie_trainer_get_state:
 * @trainer: a trainer between two iterations
 * @state: (out caller-allocates): all that it goes on from; the arrays are its own, not copies
 *
 * What a recording keeps, or fills before coterie_trainer_resume().
 */
void
coterie_trainer_get_state (CoterieTrainer *trainer, CoterieTrainerState *state)
{
  *state = (CoterieTrainerState){
      .iteration = trainer->iteration,
      .diverged = trainer->diverged,
      .n_parameters = trainer->network->n_parameters,
      .parameters = trainer->network->parameters,
  };
  state->n_memories = coterie_optimizer_get_memories (trainer->optimizer, state->memories);
}

/**
 * coterie_trainer_resume:
 * @trainer: a trainer at iteration 0, the arrays of whose coterie_trainer_get_state() hold what they
 *   held after @iteration in a trainer of the same data set and settings
 * @iteration: how many iterations are behind it
 * @diverged: what coterie_trainer_get_diverged() said then
 *
 * Goes on from there as if nothing had been between: the samples are shuffled as often as they were.
 * The settings' number of iterations may differ. Cost: about 8 ns a sample and iteration.
 */
void
coterie_trainer_resume (CoterieTrainer *trainer, guint iteration, guint diverged)
{
  gsize batch = trainer->settings.batch;

  g_return_if_fail (trainer->iteration == 0 && trainer->n_updates == 0);

  for (guint i = 0; i < iteration; i++)
    coterie_rng_shuffle (&trainer->order_rng, trainer->order, trainer->n_samples);
  trainer->n_updates = (guint64) iteration * ((trainer->n_samples + batch - 1) / batch);
  coterie_optimizer_resume (trainer->optimizer, trainer->n_updates);
  trainer->iteration = iteration;
  trainer->diverged = diverged;
}

/**
 * coterie_trainer_get_network:
 * @trainer: the trainer
 *
 * Returns: (transfer none): the network as it is now; coterie_trainer_run_iteration() changes it, so
 *   whoever wants to keep it takes a copy
 */
const CoterieNetwork *
coterie_trainer_get_network (CoterieTrainer *trainer)
{
  return trainer->network;
}

/**
 * coterie_trainer_get_iteration:
 * @trainer: the trainer
 *
 * Returns: how many iterations are complete
 */
guint
coterie_trainer_get_iteration (CoterieTrainer *trainer)
{
  return trainer->iteration;
}

/**
 * coterie_trainer_get_diverged:
 * @trainer: the trainer
 *
 * A training diverges when its loss or a weight is no longer a finite number; from then on the
 * network knows nothing, and learns nothing. A smaller learning rate helps.
 *
 * Returns: the iteration in which that happened, or 0 if it did not
 */
guint
coterie_trainer_get_diverged (CoterieTrainer *trainer)
{
  return trainer->diverged;
}

static void
note_divergence (CoterieTrainer *trainer)
{
  if (trainer->diverged == 0)
    trainer->diverged = trainer->iteration + 1;
}

static gboolean
run_batch (CoterieTrainer *trainer, gsize first, GCancellable *cancellable, GError **error)
{
  const CoterieTrainingSettings *settings = &trainer->settings;
  CoterieBatch batch = {
      .dataset = trainer->dataset,
      .samples = trainer->order + first,
      .n_samples = MIN (settings->batch, trainer->n_samples - first),
      .dropout = settings->dropout,
      .seed = settings->seed,
      .update = ++trainer->n_updates,
  };
  double loss = coterie_backpropagation_update (trainer->backpropagation, &batch,
                                                trainer->optimizer, cancellable);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!isfinite (loss))
    note_divergence (trainer);
  return TRUE;
}

/* The loss of a batch is that before its update, so the last update of an iteration is looked at
 * here. */
static void
check_parameters (CoterieTrainer *trainer)
{
  const CoterieNetwork *network = trainer->network;

  for (gsize i = 0; i < network->n_parameters && trainer->diverged == 0; i++)
    if (!isfinite (network->parameters[i]))
      note_divergence (trainer);
}

/**
 * coterie_trainer_run_iteration:
 * @trainer: the trainer
 * @progress: (nullable): told before each batch which fraction of the iteration is done; may pause
 * @cancellable: (nullable): ends the training within a batch
 * @error: return location for a #GError
 *
 * Trains one iteration: every sample once, in a new order. The last batch may have fewer samples. A
 * data set without samples changes nothing. A training that diverges goes on; ask
 * coterie_trainer_get_diverged(). After an error the network is of no use, and the trainer is only
 * to be freed.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED
 */
gboolean
coterie_trainer_run_iteration (CoterieTrainer *trainer,
                               CoterieProgress *progress,
                               GCancellable *cancellable,
                               GError **error)
{
  coterie_rng_shuffle (&trainer->order_rng, trainer->order, trainer->n_samples);

  for (gsize first = 0; first < trainer->n_samples; first += trainer->settings.batch) {
    double fraction = (double) first / (double) trainer->n_samples;

    if (!coterie_progress_step (progress, fraction, cancellable, error) ||
        !run_batch (trainer, first, cancellable, error))
      return FALSE;
  }
  check_parameters (trainer);
  trainer->iteration++;
  return coterie_progress_step (progress, 1.0, cancellable, error);
}
