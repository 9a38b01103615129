/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One update of the parameters from one batch of samples.
 *
 *   gather    the samples' pixels, a row for each
 *   spread    the same as [feature][lanes], the form the forward pass reads
 *   forward   each layer: product, ReLU, dropout, and the activations as rows for the gradient
 *   loss      softmax and cross-entropy, and their gradient
 *   backward  each layer from the last to the first: the gradient of its inputs, and only then its
 *             own parameters' gradient, which is applied piece by piece while it is in the cache
 *
 * Every line is one job of the pool (or one a layer), cut into tasks by fixed numbers of neurons,
 * samples or features. A task alone writes its piece, so that the parameters come out the same for
 * any number of threads. Lanes beyond the last sample hold zeros, and change nothing. */

#include "core/training/backpropagation.h"

#include <math.h>

#include "core/base/real-math.h"
#include "core/base/rng.h"

/* Neurons of a task: whole tiles of the dense kernels, and pieces of gradient that fit into the
 * second-level cache; fewer where a neuron has very many weights. */
#define NEURONS_A_TASK 24
#define WIDE_NEURONS_A_TASK 6
#define WIDE_INPUTS 4096
#define INPUTS_A_TASK 48
#define FEATURES_A_TASK 64

/* Streams of the seed from here on are dropout's. */
#define DROPOUT_STREAM (G_GUINT64_CONSTANT (1) << 32)

/* A gradient of the outputs below this is taken as 0: the products with weights that follow must not
 * become denormal numbers, which are slow. */
#define LEAST_GRADIENT 1e-20

#define ALIGNMENT 64

typedef void (*TaskFunc) (CoterieBackpropagation *self, gsize task, guint worker);

struct _CoterieBackpropagation {
  /* owned; l counts weight layers, and activations[0] are the inputs */
  float **activations; /* [n_layers + 1]: [widths[l]][lanes]; the last ones before softmax */
  float **gradients;   /* [n_layers + 1]: of activations[l]; none for the inputs */
  float **rows;        /* [n_layers]: activations[l] as [batch][strides[l]] */
  gsize *strides;
  float **scratch; /* [n_workers]: gradient of the parameters of one task */
  double *losses;  /* one for each COTERIE_LANES lanes */

  /* borrowed */
  CoterieNetwork *network;
  const CoterieDenseKernels *dense;
  const CoterieElementwiseKernels *elementwise;
  CoteriePool *pool;

  /* the update at hand */
  const CoterieBatch *batch;
  CoterieOptimizer *optimizer;
  GCancellable *cancellable;
  gsize lanes;
  TaskFunc task_func;
  guint layer;
  CoterieDropout dropout;
};

static gsize
round_up_to_lanes (gsize n_samples)
{
  return (n_samples + COTERIE_LANES - 1) / COTERIE_LANES * COTERIE_LANES;
}

static gsize
count_tasks (gsize n_items, gsize n_items_a_task)
{
  return (n_items + n_items_a_task - 1) / n_items_a_task;
}

static gsize
neurons_a_task (gsize n_in)
{
  return n_in > WIDE_INPUTS ? WIDE_NEURONS_A_TASK : NEURONS_A_TASK;
}

static float *
new_floats (gsize n_values)
{
  return g_aligned_alloc0 (n_values, sizeof (float), ALIGNMENT);
}

static gsize
largest_task (const CoterieNetwork *network)
{
  gsize largest = 0;

  for (guint l = 0; l < network->n_layers; l++) {
    gsize n_in = network->widths[l];

    largest = MAX (largest, neurons_a_task (n_in) * (n_in + 1));
  }
  return largest;
}

/**
 * coterie_backpropagation_new:
 * @network: what is trained; must outlive the result
 * @batch: the most samples an update will have, at least 1
 * @kernels: the arithmetic
 * @pool: who does the tasks; must outlive the result
 *
 * Memory: 12 bytes for each neuron and sample of a batch.
 *
 * Returns: (transfer full): what updates @network
 */
CoterieBackpropagation *
coterie_backpropagation_new (CoterieNetwork *network,
                             gsize batch,
                             const CoterieDenseKernels *kernels,
                             CoteriePool *pool)
{
  CoterieBackpropagation *self = g_new0 (CoterieBackpropagation, 1);
  gsize lanes = round_up_to_lanes (batch);
  guint n_layers = network->n_layers;

  self->network = network;
  self->dense = kernels;
  self->elementwise = coterie_elementwise_find_kernels (kernels->name);
  self->pool = pool;

  self->activations = g_new0 (float *, n_layers + 1);
  self->gradients = g_new0 (float *, n_layers + 1);
  self->rows = g_new0 (float *, n_layers);
  self->strides = g_new0 (gsize, n_layers);
  for (guint l = 0; l <= n_layers; l++) {
    self->activations[l] = new_floats (network->widths[l] * lanes);
    if (l > 0)
      self->gradients[l] = new_floats (network->widths[l] * lanes);
  }
  for (guint l = 0; l < n_layers; l++) {
    /* A cache line more than needed: rows a power of two apart would all fall into the same few
     * sets of the cache. */
    self->strides[l] = round_up_to_lanes (network->widths[l]) + COTERIE_LANES;
    self->rows[l] = new_floats (self->strides[l] * batch);
  }

  self->scratch = g_new0 (float *, coterie_pool_get_n_threads (pool));
  for (guint worker = 0; worker < coterie_pool_get_n_threads (pool); worker++)
    self->scratch[worker] = new_floats (largest_task (network));
  self->losses = g_new0 (double, lanes / COTERIE_LANES);
  return self;
}

/**
 * coterie_backpropagation_free:
 * @self: (transfer full): what updates a network
 *
 * Frees @self.
 */
void
coterie_backpropagation_free (CoterieBackpropagation *self)
{
  for (guint l = 0; l <= self->network->n_layers; l++) {
    g_aligned_free (self->activations[l]);
    g_aligned_free (self->gradients[l]);
  }
  for (guint l = 0; l < self->network->n_layers; l++)
    g_aligned_free (self->rows[l]);
  for (guint worker = 0; worker < coterie_pool_get_n_threads (self->pool); worker++)
    g_aligned_free (self->scratch[worker]);

  g_free (self->activations);
  g_free (self->gradients);
  g_free (self->rows);
  g_free (self->strides);
  g_free (self->scratch);
  g_free (self->losses);
  g_free (self);
}

/**
 * coterie_backpropagation_init_dropout:
 * @dropout: (out caller-allocates): what drops activations of one layer in one update
 * @fraction: how many to drop, 0 … 0.95
 * @seed: of the training
 * @update: which update, from 1
 * @layer: which hidden layer, from 1
 *
 * The place by which an activation's random number is found is neuron times lanes plus lane.
 */
void
coterie_backpropagation_init_dropout (
    CoterieDropout *dropout, double fraction, guint64 seed, guint64 update, guint layer)
{
  CoterieRng rng;

  coterie_rng_init (&rng, seed, DROPOUT_STREAM + update * 256 + layer);
  dropout->key = coterie_rng_next (&rng);
  dropout->threshold = (guint32) (fraction * 4294967296.0);
  dropout->scale = (float) (1.0 / (1.0 - fraction));
}

static void
run_task (gsize task, guint worker, gpointer data)
{
  CoterieBackpropagation *self = data;

  if (!g_cancellable_is_cancelled (self->cancellable))
    self->task_func (self, task, worker);
}

static void
run_tasks (CoterieBackpropagation *self, gsize n_tasks, TaskFunc task_func)
{
  self->task_func = task_func;
  coterie_pool_run (self->pool, n_tasks, run_task, self);
}

static void
gather_sample (CoterieBackpropagation *self, gsize task, guint worker)
{
  coterie_dataset_gather (self->batch->dataset, COTERIE_SPLIT_TRAINING, self->batch->samples + task,
                          1, self->rows[0] + task * self->strides[0]);
}

static void
spread_features (CoterieBackpropagation *self, gsize task, guint worker)
{
  const float *rows = self->rows[0];
  gsize stride = self->strides[0];
  gsize n_samples = self->batch->n_samples;
  gsize first = task * FEATURES_A_TASK;
  gsize end = MIN (first + FEATURES_A_TASK, self->network->widths[0]);

  for (gsize i = first; i < end; i++) {
    float *lane = self->activations[0] + i * self->lanes;

    for (gsize s = 0; s < n_samples; s++)
      lane[s] = rows[s * stride + i];
    for (gsize s = n_samples; s < self->lanes; s++)
      lane[s] = 0.0f;
  }
}

/* activations[l][first … first + n_neurons - 1] into the rows of the samples. */
static void
copy_to_rows (CoterieBackpropagation *self, guint l, gsize first, gsize n_neurons)
{
  const float *lanes = self->activations[l] + first * self->lanes;

  for (gsize s = 0; s < self->batch->n_samples; s++) {
    float *row = self->rows[l] + s * self->strides[l] + first;

    for (gsize q = 0; q < n_neurons; q++)
      row[q] = lanes[q * self->lanes + s];
  }
}

static void
forward_neurons (CoterieBackpropagation *self, gsize task, guint worker)
{
  const CoterieNetwork *network = self->network;
  guint l = self->layer;
  gsize n_in = network->widths[l];
  gsize first = task * NEURONS_A_TASK;
  gsize n_here = MIN (NEURONS_A_TASK, network->widths[l + 1] - first);
  float *out = self->activations[l + 1] + first * self->lanes;

  self->dense->forward (out, self->activations[l], network->weights[l] + first * n_in,
                        network->biases[l] + first, n_here, n_in, self->lanes);
  if (l + 1 == network->n_layers)
    return;
  self->elementwise->activate (out, n_here * self->lanes, (guint32) (first * self->lanes),
                               &self->dropout);
  copy_to_rows (self, l + 1, first, n_here);
}

/* Softmax and cross-entropy of one sample. Writes the gradient of the mean loss of the batch with
 * respect to the outputs, and returns the sample's loss, nats. */
static double
lose_sample (CoterieBackpropagation *self, gsize s)
{
  guint n_layers = self->network->n_layers;
  gsize n_classes = self->network->widths[n_layers];
  gsize lanes = self->lanes;
  gsize n_samples = self->batch->n_samples;
  const float *outputs = self->activations[n_layers] + s;
  float *gradient = self->gradients[n_layers] + s;
  const guint16 *labels = coterie_dataset_get_labels (self->batch->dataset, COTERIE_SPLIT_TRAINING);
  gsize label = labels[self->batch->samples[s]];
  double highest = (double) outputs[0];
  double sum = 0.0;

  for (gsize c = 1; c < n_classes; c++)
    highest = MAX (highest, (double) outputs[c * lanes]);
  for (gsize c = 0; c < n_classes; c++) {
    double power = coterie_exp ((double) outputs[c * lanes] - highest);

    gradient[c * lanes] = (float) power;
    sum += power;
  }
  for (gsize c = 0; c < n_classes; c++) {
    double probability = (double) gradient[c * lanes] / sum;
    double slope = (probability - (c == label ? 1.0 : 0.0)) / (double) n_samples;

    gradient[c * lanes] = fabs (slope) < LEAST_GRADIENT ? 0.0f : (float) slope;
  }
  return coterie_log (sum) - ((double) outputs[label * lanes] - highest);
}

static void
lose_lanes (CoterieBackpropagation *self, gsize task, guint worker)
{
  guint n_layers = self->network->n_layers;
  gsize first = task * COTERIE_LANES;
  gsize end = first + COTERIE_LANES;
  gsize end_of_samples = MIN (end, self->batch->n_samples);

  self->losses[task] = 0.0;
  for (gsize s = first; s < end_of_samples; s++)
    self->losses[task] += lose_sample (self, s);
  for (gsize s = end_of_samples; s < end; s++)
    for (gsize c = 0; c < self->network->widths[n_layers]; c++)
      self->gradients[n_layers][c * self->lanes + s] = 0.0f;
}

static void
backward_inputs (CoterieBackpropagation *self, gsize task, guint worker)
{
  const CoterieNetwork *network = self->network;
  guint l = self->layer;
  gsize first = task * INPUTS_A_TASK;
  gsize end = MIN (first + INPUTS_A_TASK, network->widths[l]);
  gsize offset = first * self->lanes;

  self->dense->backward (self->gradients[l], self->gradients[l + 1], network->weights[l],
                         network->widths[l + 1], network->widths[l], first, end, self->lanes);
  self->elementwise->mask (self->gradients[l] + offset, self->activations[l] + offset,
                           (end - first) * self->lanes, self->dropout.scale);
}

static void
update_neurons (CoterieBackpropagation *self, gsize task, guint worker)
{
  CoterieNetwork *network = self->network;
  guint l = self->layer;
  gsize n_in = network->widths[l];
  gsize first = task * neurons_a_task (n_in);
  gsize n_here = MIN (neurons_a_task (n_in), network->widths[l + 1] - first);
  gsize weights_at = (gsize) (network->weights[l] - network->parameters) + first * n_in;
  gsize biases_at = (gsize) (network->biases[l] - network->parameters) + first;
  float *weight_gradient = self->scratch[worker];
  float *bias_gradient = weight_gradient + n_here * n_in;

  self->dense->gradient (weight_gradient, bias_gradient,
                         self->gradients[l + 1] + first * self->lanes, self->rows[l], n_here, n_in,
                         self->strides[l], self->batch->n_samples, self->lanes);
  coterie_optimizer_apply (self->optimizer, network->parameters, weights_at, weight_gradient,
                           n_here * n_in);
  coterie_optimizer_apply (self->optimizer, network->parameters, biases_at, bias_gradient, n_here);
}

static void
run_forward (CoterieBackpropagation *self)
{
  const CoterieNetwork *network = self->network;
  const CoterieBatch *batch = self->batch;

  run_tasks (self, batch->n_samples, gather_sample);
  run_tasks (self, count_tasks (network->widths[0], FEATURES_A_TASK), spread_features);
  for (self->layer = 0; self->layer < network->n_layers; self->layer++) {
    coterie_backpropagation_init_dropout (&self->dropout, batch->dropout, batch->seed,
                                          batch->update, self->layer + 1);
    run_tasks (self, count_tasks (network->widths[self->layer + 1], NEURONS_A_TASK),
               forward_neurons);
  }
}

static void
run_backward (CoterieBackpropagation *self)
{
  const CoterieNetwork *network = self->network;

  for (self->layer = network->n_layers; self->layer-- > 0;) {
    gsize n_in = network->widths[self->layer];
    gsize n_out = network->widths[self->layer + 1];

    if (self->layer > 0)
      run_tasks (self, count_tasks (n_in, INPUTS_A_TASK), backward_inputs);
    run_tasks (self, count_tasks (n_out, neurons_a_task (n_in)), update_neurons);
  }
}

/**
 * coterie_backpropagation_update:
 * @self: what updates the network
 * @batch: what to learn from
 * @optimizer: how
 * @cancellable: (nullable): once cancelled, the rest of the update is left out, and neither network
 *   nor result mean anything
 *
 * Updates the network once. Cost: three times a forward pass of the batch.
 *
 * Returns: the mean cross-entropy of the batch before the update, nats, with dropout; not finite if
 *   training has diverged
 */
double
coterie_backpropagation_update (CoterieBackpropagation *self,
                                const CoterieBatch *batch,
                                CoterieOptimizer *optimizer,
                                GCancellable *cancellable)
{
  gsize n_loss_tasks;
  double loss = 0.0;

  self->batch = batch;
  self->optimizer = optimizer;
  self->cancellable = cancellable;
  self->lanes = round_up_to_lanes (batch->n_samples);
  n_loss_tasks = self->lanes / COTERIE_LANES;

  coterie_optimizer_begin_update (optimizer);
  run_forward (self);
  run_tasks (self, n_loss_tasks, lose_lanes);
  run_backward (self);

  for (gsize task = 0; task < n_loss_tasks; task++)
    loss += self->losses[task];
  return loss / (double) batch->n_samples;
}
