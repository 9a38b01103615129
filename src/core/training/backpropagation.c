/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One update of the parameters from one batch of samples.
 *
 *   read      the samples' pixels, if not each thread reads them when it first needs them
 *   forward   each layer: product, ReLU, dropout, and the activations as rows for the gradient
 *   loss      softmax and cross-entropy, and their gradient; a last layer of few neurons is cut by
 *             samples, and belongs to this job
 *   backward  each layer from the last to the first, in slots of neurons: what the slot adds to the
 *             gradient of the layer's inputs, and then its own parameters' gradient and the step they
 *             take, while its weights are in the cache
 *   collect   each layer: the sum of what its slots have added, in the order of the slots, through
 *             dropout and ReLU
 *
 * Few slots are cut by their inputs, too, so that no thread has long to wait for the last of them. A
 * layer of one slot only is cut by its inputs instead, and collects each piece of them at once. Where
 * the layer before has slots, each of them collects the gradient of its own neurons, and then finds
 * it in the cache; there is no job for it.
 *
 * Every line is one job of the pool (or one a layer), cut into tasks by fixed numbers of neurons,
 * samples or features. A task alone writes its piece, so that the parameters come out the same for
 * any number of threads; and it is mostly the same thread that has the same weights forward and
 * backward, and in the next update. Lanes beyond the last sample hold zeros, and change nothing. */

#include "core/training/backpropagation.h"

#include <math.h>
#include <string.h>

#include "core/base/float-array.h"
#include "core/base/real-math.h"
#include "core/base/rng.h"
#include "core/training/denormals.h"

#define NEURONS_A_TASK 64

/* A layer's slots: of at least so many neurons, and so many at the most. Fewer would share the work
 * out badly; each costs a gradient of the inputs to write and to read again. */
#define LEAST_NEURONS_A_SLOT 128
#define MAX_SLOTS 16

/* Weights of a slot that are worked through at once: they are read, and then read and written, and
 * stay in the second-level cache meanwhile. */
#define WEIGHTS_A_PIECE (128 * 1024)

/* Neurons of a layer without inputs that have a gradient: nothing is to be added up. */
#define NEURONS_A_FIRST_SLOT 64

#define INPUTS_A_TASK 64

/* Slots are cut by their inputs until there are so many tasks, into parts of at least so many inputs. */
#define ENOUGH_TASKS 16
#define LEAST_INPUTS_A_PART 128

/* Streams of the seed from here on are dropout's. */
#define DROPOUT_STREAM (G_GUINT64_CONSTANT (1) << 32)

typedef void (*TaskFunc) (CoterieBackpropagation *self, gsize task, guint worker);

struct _CoterieBackpropagation {
  /* owned; l counts weight layers, and what would be activations[0] are the inputs */
  CoterieBatchInputs *inputs;
  float **activations; /* [n_layers + 1]: [widths[l]][lanes]; the last ones before softmax */
  float **gradients;   /* [n_layers + 1]: of activations[l] */
  float **rows;        /* [n_layers]: activations[l] as [lanes][strides[l]] */
  gsize *strides;
  float *
      additions[2]; /* [slots][widths[l]][lanes]: to gradients[l], of the slots of layers in turn */
  float *bias_gradients; /* [widest]: of the layer */
  double *losses;        /* one for each COTERIE_LANES lanes */

  /* borrowed */
  CoterieNetwork *network;
  const CoterieDenseKernels *dense;
  const CoterieElementwiseKernels *elementwise;
  const CoterieWeightUpdateKernels *weight_update;
  CoteriePool *pool;

  /* the update at hand */
  const CoterieBatch *batch;
  CoterieOptimizer *optimizer;
  GCancellable *cancellable;
  gsize lanes;
  TaskFunc task_func;
  guint layer;
  gboolean collects; /* slots collect what the layer after has added */
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

/* Neurons of each slot of a layer but perhaps the last. */
static gsize
neurons_a_slot (const CoterieNetwork *network, guint l)
{
  gsize n_out = network->widths[l + 1];

  if (l == 0)
    return NEURONS_A_FIRST_SLOT;
  return MAX (LEAST_NEURONS_A_SLOT, round_up_to_lanes (count_tasks (n_out, MAX_SLOTS)));
}

static gsize
count_slots (const CoterieNetwork *network, guint l)
{
  return count_tasks (network->widths[l + 1], neurons_a_slot (network, l));
}

/* Whether the last layer would be one task, if it were cut by its neurons. */
static gboolean
ends_in_few_neurons (const CoterieNetwork *network)
{
  return count_tasks (network->widths[network->n_layers], NEURONS_A_TASK) == 1;
}

/* The most gradients of inputs that the slots of a layer write. */
static gsize
count_additions (const CoterieNetwork *network)
{
  gsize most = 0;

  for (guint l = 1; l < network->n_layers; l++)
    most = MAX (most, count_slots (network, l) * network->widths[l]);
  return most;
}

/**
 * coterie_backpropagation_new:
 * @network: what is trained; must outlive the result
 * @batch: the most samples an update will have, at least 1
 * @kernels: the arithmetic
 * @pool: who does the tasks; must outlive the result
 *
 * Memory: 12 bytes for each neuron and sample of a batch, 8 more for each slot of the layer that takes
 * most, and the #CoterieBatchInputs.
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
  self->weight_update = coterie_weight_update_find_kernels (kernels->name);
  self->pool = pool;

  self->inputs = coterie_batch_inputs_new (self->elementwise, network->widths[0], batch,
                                           coterie_pool_get_n_threads (pool));
  self->activations = g_new0 (float *, n_layers + 1);
  self->gradients = g_new0 (float *, n_layers + 1);
  self->rows = g_new0 (float *, n_layers);
  self->strides = g_new0 (gsize, n_layers);
  for (guint l = 1; l <= n_layers; l++) {
    self->activations[l] = coterie_float_array_new (network->widths[l] * lanes);
    self->gradients[l] = coterie_float_array_new (network->widths[l] * lanes);
  }
  self->strides[0] = coterie_batch_inputs_get_stride (self->inputs);
  for (guint l = 1; l < n_layers; l++) {
    /* A cache line more than needed, as the inputs have. */
    self->strides[l] = round_up_to_lanes (network->widths[l]) + COTERIE_LANES;
    self->rows[l] = coterie_float_array_new (self->strides[l] * lanes);
  }

  for (gsize i = 0; i < G_N_ELEMENTS (self->additions); i++)
    self->additions[i] = coterie_float_array_new (count_additions (network) * lanes);
  self->bias_gradients = coterie_float_array_new (coterie_network_get_widest (network));
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
  coterie_batch_inputs_free (self->inputs);
  for (guint l = 0; l <= self->network->n_layers; l++) {
    coterie_float_array_free (self->activations[l]);
    coterie_float_array_free (self->gradients[l]);
  }
  for (guint l = 0; l < self->network->n_layers; l++)
    coterie_float_array_free (self->rows[l]);
  for (gsize i = 0; i < G_N_ELEMENTS (self->additions); i++)
    coterie_float_array_free (self->additions[i]);
  coterie_float_array_free (self->bias_gradients);

  g_free (self->activations);
  g_free (self->gradients);
  g_free (self->rows);
  g_free (self->strides);
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
  CoterieFloatMode mode;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  mode = coterie_denormals_flush ();
  self->task_func (self, task, worker);
  coterie_denormals_restore (mode);
}

static void
run_tasks (CoterieBackpropagation *self, gsize n_tasks, TaskFunc task_func)
{
  self->task_func = task_func;
  coterie_pool_run (self->pool, n_tasks, run_task, self);
}

static void
read_inputs (CoterieBackpropagation *self, gsize task, guint worker)
{
  coterie_batch_inputs_read (self->inputs, task);
}

/* What layer l is given: [widths[l]][lanes]. */
static const float *
get_inputs (CoterieBackpropagation *self, guint l, guint worker)
{
  return l == 0 ? coterie_batch_inputs_get (self->inputs, worker).features : self->activations[l];
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
  const float *in = get_inputs (self, l, worker);

  self->dense->forward (out, in, network->weights[l] + first * n_in, network->biases[l] + first,
                        n_here, n_in, self->lanes, self->lanes);
  if (l + 1 == network->n_layers)
    return;
  self->elementwise->activate (out, n_here * self->lanes, (guint32) (first * self->lanes),
                               &self->dropout);
  self->elementwise->transpose (self->rows[l + 1] + first, self->strides[l + 1], out, self->lanes,
                                n_here, self->lanes);
}

/* The last layer, for COTERIE_LANES lanes. */
static void
forward_lanes (CoterieBackpropagation *self, gsize first, guint worker)
{
  const CoterieNetwork *network = self->network;
  guint l = network->n_layers - 1;

  self->dense->forward (self->activations[l + 1] + first, get_inputs (self, l, worker) + first,
                        network->weights[l], network->biases[l], network->widths[l + 1],
                        network->widths[l], self->lanes, COTERIE_LANES);
}

/* Makes the powers of softmax of one sample, which add up to sum, the gradient of the mean loss of the
 * batch with respect to the outputs. */
static void
make_gradient (CoterieBackpropagation *self, gsize s, gsize label, double sum)
{
  guint n_layers = self->network->n_layers;
  float *gradient = self->gradients[n_layers] + s;
  double n_samples = (double) self->batch->n_samples;

  for (gsize c = 0; c < self->network->widths[n_layers]; c++) {
    double probability = (double) gradient[c * self->lanes] / sum;

    gradient[c * self->lanes] = (float) ((probability - (c == label ? 1.0 : 0.0)) / n_samples);
  }
}

/* Softmax and cross-entropy of COTERIE_LANES lanes: their gradient, and the sum of the losses, nats. */
static void
lose_lanes (CoterieBackpropagation *self, gsize task, guint worker)
{
  guint n_layers = self->network->n_layers;
  gsize n_classes = self->network->widths[n_layers];
  gsize first = task * COTERIE_LANES;
  gsize end = first + COTERIE_LANES;
  gsize end_of_samples = MIN (end, self->batch->n_samples);
  const guint16 *labels = coterie_dataset_get_labels (self->batch->dataset, COTERIE_SPLIT_TRAINING);
  const float *outputs = self->activations[n_layers];
  float highest[COTERIE_LANES];
  float sums[COTERIE_LANES];

  if (ends_in_few_neurons (self->network))
    forward_lanes (self, first, worker);
  self->elementwise->raise_to_outputs (self->gradients[n_layers] + first, highest, sums,
                                       outputs + first, n_classes, self->lanes);
  self->losses[task] = 0.0;
  for (gsize s = first; s < end_of_samples; s++) {
    gsize label = labels[self->batch->samples[s]];
    double sum = (double) sums[s - first];

    make_gradient (self, s, label, sum);
    self->losses[task] += coterie_log (sum) -
                          ((double) outputs[label * self->lanes + s] - (double) highest[s - first]);
  }
  for (gsize s = end_of_samples; s < end; s++)
    for (gsize c = 0; c < n_classes; c++)
      self->gradients[n_layers][c * self->lanes + s] = 0.0f;
}

static void
update_biases (CoterieBackpropagation *self, gsize first, gsize n_neurons)
{
  CoterieNetwork *network = self->network;
  guint l = self->layer;
  float *gradient = self->bias_gradients + first;
  gsize biases_at = (gsize) (network->biases[l] - network->parameters) + first;

  self->weight_update->sum_lanes (gradient, self->gradients[l + 1] + first * self->lanes, n_neurons,
                                  self->lanes);
  coterie_optimizer_apply (self->optimizer, network->parameters, biases_at, gradient, n_neurons);
}

/* Some neurons of the layer, and some of its inputs. */
typedef struct {
  gsize first_out;
  gsize n_out;
  gsize first_in;
  gsize n_in;
} Piece;

/* What the neurons add to the gradient of the inputs, and then the step of the weights between them,
 * which that gradient is made with. */
static void
backward_piece (CoterieBackpropagation *self,
                const Piece *piece,
                const float *in_rows,
                float *addition,
                gboolean add)
{
  CoterieNetwork *network = self->network;
  guint l = self->layer;
  gsize stride = network->widths[l];
  gsize weights_at = (gsize) (network->weights[l] - network->parameters) +
                     piece->first_out * stride + piece->first_in;
  CoterieWeightGradient gradient = {
      .out_grad = self->gradients[l + 1] + piece->first_out * self->lanes,
      .in_rows = in_rows + piece->first_in,
      .n_out = piece->n_out,
      .n_in = piece->n_in,
      .weights_stride = stride,
      .n_samples = self->batch->n_samples,
      .lanes = self->lanes,
      .in_stride = self->strides[l],
  };

  if (addition != NULL)
    self->dense->backward (addition, gradient.out_grad, network->parameters + weights_at,
                           piece->n_out, piece->n_in, stride, self->lanes, add);
  coterie_optimizer_apply_to_weights (self->optimizer, network->parameters, weights_at, &gradient);
}

/* What the slots of a layer add to the gradient of its inputs. */
static float *
get_additions (CoterieBackpropagation *self, guint l)
{
  return self->additions[l % G_N_ELEMENTS (self->additions)];
}

/* The gradient of the inputs of a layer, from first to end, of what its slots have added to it. */
static void
collect (CoterieBackpropagation *self, guint l, gsize first, gsize end, gsize n_slots)
{
  gsize offset = first * self->lanes;

  self->elementwise->collect (self->gradients[l] + offset, get_additions (self, l) + offset,
                              self->network->widths[l] * self->lanes, n_slots,
                              self->activations[l] + offset, (end - first) * self->lanes,
                              self->dropout.scale);
}

/* Inputs of each part of a slot of the layer at hand but perhaps the last. One that collects has one
 * part, since what it collects would be needed for all of them. */
static gsize
inputs_a_part (CoterieBackpropagation *self)
{
  guint l = self->layer;
  gsize n_in = self->network->widths[l];

  if (self->collects || l == 0)
    return n_in;
  return MAX (LEAST_INPUTS_A_PART, round_up_to_lanes (count_tasks (
                                       n_in * count_slots (self->network, l), ENOUGH_TASKS)));
}

static gsize
count_parts (CoterieBackpropagation *self)
{
  return count_tasks (self->network->widths[self->layer], inputs_a_part (self));
}

/* A part of a slot. Piece by piece, so that the weights of each stay in the cache. */
static void
backward_slot (CoterieBackpropagation *self, gsize task, guint worker)
{
  const CoterieNetwork *network = self->network;
  guint l = self->layer;
  gsize n_in = network->widths[l];
  gsize slot = task / count_parts (self);
  gsize first = slot * neurons_a_slot (network, l);
  gsize end = MIN (first + neurons_a_slot (network, l), network->widths[l + 1]);
  gsize first_in = task % count_parts (self) * inputs_a_part (self);
  gsize end_in = MIN (first_in + inputs_a_part (self), n_in);
  gsize n_at_once = MAX (WEIGHTS_A_PIECE / n_in / COTERIE_LANES, 1) * COTERIE_LANES;
  float *addition = l > 0 ? get_additions (self, l) + (slot * n_in + first_in) * self->lanes : NULL;
  const float *rows = l == 0 ? coterie_batch_inputs_get (self->inputs, worker).rows : self->rows[l];

  if (self->collects)
    collect (self, l + 1, first, end, count_slots (network, l + 1));
  for (gsize at = first; at < end; at += n_at_once) {
    Piece piece = {
        .first_out = at,
        .n_out = MIN (n_at_once, end - at),
        .first_in = first_in,
        .n_in = end_in - first_in,
    };

    backward_piece (self, &piece, rows, addition, at > first);
  }
  if (first_in == 0)
    update_biases (self, first, end - first);
}

static void
collect_inputs (CoterieBackpropagation *self, gsize task, guint worker)
{
  gsize first = task * INPUTS_A_TASK;
  gsize end = MIN (first + INPUTS_A_TASK, self->network->widths[self->layer]);

  collect (self, self->layer, first, end, count_slots (self->network, self->layer));
}

/* All neurons of a layer of one slot, and some of its inputs. */
static void
backward_inputs (CoterieBackpropagation *self, gsize task, guint worker)
{
  const CoterieNetwork *network = self->network;
  guint l = self->layer;
  gsize first = task * INPUTS_A_TASK;
  gsize end = MIN (first + INPUTS_A_TASK, network->widths[l]);
  Piece piece = {.n_out = network->widths[l + 1], .first_in = first, .n_in = end - first};

  backward_piece (self, &piece, self->rows[l], get_additions (self, l) + first * self->lanes,
                  FALSE);
  collect (self, l, first, end, 1);
  if (task == 0)
    update_biases (self, 0, piece.n_out);
}

/* Neither ReLU nor dropout comes after the last layer. */
static void
set_dropout (CoterieBackpropagation *self, guint layer)
{
  const CoterieBatch *batch = self->batch;
  double fraction = layer < self->network->n_layers ? batch->dropout[layer - 1] : 0.0;

  coterie_backpropagation_init_dropout (&self->dropout, fraction, batch->seed, batch->update,
                                        layer);
}

static void
run_forward (CoterieBackpropagation *self)
{
  const CoterieNetwork *network = self->network;
  guint n_layers = network->n_layers - (ends_in_few_neurons (network) ? 1 : 0);

  run_tasks (self, coterie_batch_inputs_begin (self->inputs, self->batch), read_inputs);
  for (self->layer = 0; self->layer < n_layers; self->layer++) {
    set_dropout (self, self->layer + 1);
    run_tasks (self, count_tasks (network->widths[self->layer + 1], NEURONS_A_TASK),
               forward_neurons);
  }
}

static gboolean
is_cut_by_inputs (const CoterieNetwork *network, guint l)
{
  return l > 0 && count_slots (network, l) == 1;
}

/* Slots that collect do so for the layer after theirs, whose dropout stays set until then. */
static void
run_backward (CoterieBackpropagation *self)
{
  const CoterieNetwork *network = self->network;

  self->collects = FALSE;
  for (self->layer = network->n_layers; self->layer-- > 0;) {
    guint l = self->layer;

    if (is_cut_by_inputs (network, l)) {
      set_dropout (self, l);
      run_tasks (self, count_tasks (network->widths[l], INPUTS_A_TASK), backward_inputs);
      self->collects = FALSE;
      continue;
    }
    run_tasks (self, count_slots (network, l) * count_parts (self), backward_slot);
    if (l == 0)
      break;
    set_dropout (self, l);
    self->collects = !is_cut_by_inputs (network, l - 1);
    if (!self->collects)
      run_tasks (self, count_tasks (network->widths[l], INPUTS_A_TASK), collect_inputs);
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
