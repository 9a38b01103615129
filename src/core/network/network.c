/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A fully connected network: its parameters in one piece of memory, and its forward pass. Dropout
 * belongs to training and is not here. */

#include "core/network/network.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "core/base/float-array.h"
#include "core/network/dense.h"

/* Of a size that every processor has: wider ones would be taken apart, value by value. */
#define VECTOR_FLOATS 4

typedef float Vector __attribute__ ((vector_size (VECTOR_FLOATS * 4), aligned (4), may_alias));
typedef gint32 Mask __attribute__ ((vector_size (VECTOR_FLOATS * 4)));

G_STATIC_ASSERT (COTERIE_LANES % VECTOR_FLOATS == 0);

typedef struct {
  CoterieNetwork network;
  guint *widths;
  float **weights;
  float **biases;
} NetworkData;

static void
network_data_clear (gpointer pointer)
{
  NetworkData *data = pointer;

  g_free (data->widths);
  g_free (data->weights);
  g_free (data->biases);
  coterie_float_array_free (data->network.parameters);
}

static gsize
count_parameters (const guint *widths, guint n_layers)
{
  gsize n_parameters = 0;

  for (guint l = 0; l < n_layers; l++)
    n_parameters += ((gsize) widths[l] + 1) * widths[l + 1];
  return n_parameters;
}

static void
point_at_parameters (NetworkData *data)
{
  float *next = data->network.parameters;

  for (guint l = 0; l < data->network.n_layers; l++) {
    data->weights[l] = next;
    next += (gsize) data->widths[l] * data->widths[l + 1];
    data->biases[l] = next;
    next += data->widths[l + 1];
  }
}

/**
 * coterie_network_new:
 * @widths: (array length=n_widths): inputs, neurons of each hidden layer, classes; each at least 1
 * @n_widths: at least 2
 *
 * Cost: 4 bytes a parameter.
 *
 * Returns: (transfer full): a network whose parameters are all 0; they begin at a multiple of 64
 *   bytes
 */
CoterieNetwork *
coterie_network_new (const guint *widths, guint n_widths)
{
  NetworkData *data;
  CoterieNetwork *network;

  g_return_val_if_fail (n_widths >= 2, NULL);

  data = g_atomic_rc_box_new0 (NetworkData);
  network = &data->network;
  data->widths = g_memdup2 (widths, n_widths * sizeof *widths);
  data->weights = g_new (float *, n_widths - 1);
  data->biases = g_new (float *, n_widths - 1);

  network->n_layers = n_widths - 1;
  network->n_parameters = count_parameters (widths, network->n_layers);
  network->parameters = coterie_float_array_new (network->n_parameters);
  network->widths = data->widths;
  network->weights = data->weights;
  network->biases = data->biases;
  point_at_parameters (data);
  return network;
}

/**
 * coterie_network_copy:
 * @network: a network
 *
 * Returns: (transfer full): another with the same shape and parameters, which share no memory
 */
CoterieNetwork *
coterie_network_copy (const CoterieNetwork *network)
{
  CoterieNetwork *copy = coterie_network_new (network->widths, network->n_layers + 1);

  memcpy (copy->parameters, network->parameters, network->n_parameters * sizeof (float));
  return copy;
}

/**
 * coterie_network_ref:
 * @network: the network
 *
 * Returns: (transfer full): @network
 */
CoterieNetwork *
coterie_network_ref (CoterieNetwork *network)
{
  return g_atomic_rc_box_acquire (network);
}

/**
 * coterie_network_unref:
 * @network: (transfer full): the network
 *
 * Frees @network with its last reference.
 */
void
coterie_network_unref (CoterieNetwork *network)
{
  g_atomic_rc_box_release_full (network, network_data_clear);
}

/**
 * coterie_network_fill_glorot_uniform:
 * @network: the network
 * @rng: where the weights come from; one number is drawn for each, in the order of the parameters
 *
 * Draws the weights of each layer uniformly from -a to a with a = sqrt (6 / (inputs + outputs)), and
 * sets the biases to 0 (Glorot and Bengio 2010, Eq. 16), as Keras does by default.
 */
void
coterie_network_fill_glorot_uniform (CoterieNetwork *network, CoterieRng *rng)
{
  for (guint l = 0; l < network->n_layers; l++) {
    gsize n_in = network->widths[l];
    gsize n_out = network->widths[l + 1];
    double limit = sqrt (6.0 / (double) (n_in + n_out));

    for (gsize i = 0; i < n_in * n_out; i++)
      network->weights[l][i] = (float) ((2.0 * coterie_rng_uniform (rng) - 1.0) * limit);
    memset (network->biases[l], 0, n_out * sizeof (float));
  }
}

/**
 * coterie_network_get_n_hidden:
 * @network: the network
 *
 * Returns: the number of hidden layers
 */
guint
coterie_network_get_n_hidden (const CoterieNetwork *network)
{
  return network->n_layers - 1;
}

/**
 * coterie_network_get_n_classes:
 * @network: the network
 *
 * Returns: the number of outputs
 */
guint
coterie_network_get_n_classes (const CoterieNetwork *network)
{
  return network->widths[network->n_layers];
}

/**
 * coterie_network_count_hidden_neurons:
 * @network: the network
 *
 * Returns: the number of neurons in all hidden layers together
 */
gsize
coterie_network_count_hidden_neurons (const CoterieNetwork *network)
{
  gsize n_neurons = 0;

  for (guint l = 0; l < coterie_network_get_n_hidden (network); l++)
    n_neurons += network->widths[l + 1];
  return n_neurons;
}

/**
 * coterie_network_get_widest:
 * @network: the network
 *
 * Returns: the greatest of its widths, the inputs included
 */
guint
coterie_network_get_widest (const CoterieNetwork *network)
{
  guint widest = 0;

  for (guint l = 0; l <= network->n_layers; l++)
    widest = MAX (widest, network->widths[l]);
  return widest;
}

/* n_values is a multiple of COTERIE_LANES. Not-a-number passes through, so that it is seen at the
 * output and not hidden in a silent neuron. Vectors, as a branch for each value would be guessed
 * wrong half of the time, and take as long as a third of the layer's products. */
static void
apply_relu (float *values, gsize n_values)
{
  for (gsize i = 0; i < n_values; i += VECTOR_FLOATS) {
    Vector *vector = (Vector *) (values + i);

    *vector = (Vector) ((Mask) *vector & ~(*vector <= 0.0f));
  }
}

/**
 * coterie_network_is_finite:
 * @network: the network
 *
 * Cost: one pass over the parameters.
 *
 * Returns: whether no parameter is infinite or not-a-number
 */
gboolean
coterie_network_is_finite (const CoterieNetwork *network)
{
  gboolean is_finite = TRUE;

  for (gsize i = 0; i < network->n_parameters; i++)
    is_finite &= fabsf (network->parameters[i]) <= FLT_MAX;
  return is_finite;
}

static void
pass_forward (const CoterieNetwork *network,
              CoterieDenseForward *forward,
              const float *inputs,
              float *const *outputs,
              gsize lanes)
{
  const float *in = inputs;

  for (guint l = 0; l < network->n_layers; l++) {
    forward (outputs[l], in, network->weights[l], network->biases[l], network->widths[l + 1],
             network->widths[l], lanes, lanes);
    if (l + 1 < network->n_layers)
      apply_relu (outputs[l], network->widths[l + 1] * lanes);
    in = outputs[l];
  }
}

/**
 * coterie_network_forward:
 * @network: the network
 * @inputs: [widths[0]][@lanes]
 * @outputs: [n_layers]: outputs[l] is [widths[l + 1]][@lanes] and receives the activations of hidden
 *   layer l + 1, after ReLU; the last receives the output layer's values before softmax
 * @lanes: samples side by side, a multiple of %COTERIE_LANES; blocks of 32 to 64 are fastest
 *
 * Passes a block of samples through the network, dropout off, on the calling thread. No two of the
 * arrays may overlap. Cost: one multiplication and addition for each weight and sample.
 */
void
coterie_network_forward (const CoterieNetwork *network,
                         const float *inputs,
                         float *const *outputs,
                         gsize lanes)
{
  g_return_if_fail (lanes % COTERIE_LANES == 0);

  pass_forward (network, coterie_dense_get_kernels ()->forward, inputs, outputs, lanes);
}

/**
 * coterie_network_forward_sparse:
 * @network: the network, finite
 * @inputs: [widths[0]][@lanes]
 * @outputs: [n_layers]: as for coterie_network_forward()
 * @lanes: a multiple of %COTERIE_LANES
 *
 * The same as coterie_network_forward(), to the bit but for the sign of a 0 that the output layer
 * gives. Takes less time if there are inputs or neurons that are 0 for neighbouring samples, as there
 * are where these are of one class.
 */
void
coterie_network_forward_sparse (const CoterieNetwork *network,
                                const float *inputs,
                                float *const *outputs,
                                gsize lanes)
{
  g_return_if_fail (lanes % COTERIE_LANES == 0);

  pass_forward (network, coterie_dense_get_kernels ()->forward_sparse, inputs, outputs, lanes);
}
