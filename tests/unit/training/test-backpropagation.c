/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compares the gradient that an update follows with finite differences of the loss, computed by a
 * network in doubles. With gradient descent at learning rate 1, the parameters change by it. */

#include "core/training/backpropagation.h"

#include <math.h>

#include "small-dataset.h"

#define N_FEATURES 5
#define N_CLASSES 3
#define N_SAMPLES 19
#define LANES 32
#define SEED 6
#define UPDATE 9

static const guint widths[] = {N_FEATURES, 8, 7, N_CLASSES};

typedef struct {
  CoterieDataset *dataset;
  guint32 samples[N_SAMPLES];
  float masks[2][8 * LANES]; /* of each hidden layer, [neuron][LANES]: 0 or the scale */
  double *parameters;        /* [n_parameters], in the network's order */
} Reference;

static void
fill_masks (Reference *reference, const double dropout[2])
{
  for (guint layer = 0; layer < 2; layer++) {
    CoterieDropout drop;

    for (guint i = 0; i < 8 * LANES; i++)
      reference->masks[layer][i] = 1.0f;
    coterie_backpropagation_init_dropout (&drop, dropout[layer], SEED, UPDATE, layer + 1);
    coterie_elementwise_find_kernels ("baseline")
        ->activate (reference->masks[layer], 8 * LANES, 0, &drop);
  }
}

/* One layer of one sample. Returns the parameters of the next. */
static const double *
pass_layer (const double *parameters, const double *in, guint n_in, double *out, guint n_out)
{
  for (guint o = 0; o < n_out; o++) {
    out[o] = parameters[n_in * n_out + o];
    for (guint i = 0; i < n_in; i++)
      out[o] += parameters[o * n_in + i] * in[i];
  }
  return parameters + n_in * n_out + n_out;
}

static double
sample_loss (const Reference *reference, guint lane)
{
  const double *next = reference->parameters;
  guint32 sample = reference->samples[lane];
  guint label = coterie_dataset_get_labels (reference->dataset, COTERIE_SPLIT_TRAINING)[sample];
  float pixels[N_FEATURES];
  double values[2][8];
  double sum = 0.0;

  coterie_dataset_gather (reference->dataset, COTERIE_SPLIT_TRAINING, &sample, 1, pixels);
  for (guint i = 0; i < N_FEATURES; i++)
    values[0][i] = (double) pixels[i];
  for (guint l = 0; l < 3; l++) {
    next = pass_layer (next, values[l % 2], widths[l], values[1 - l % 2], widths[l + 1]);
    for (guint q = 0; l < 2 && q < widths[l + 1]; q++)
      values[1 - l % 2][q] =
          fmax (values[1 - l % 2][q], 0.0) * (double) reference->masks[l][q * LANES + lane];
  }
  for (guint c = 0; c < N_CLASSES; c++)
    sum += exp (values[1][c]);
  return log (sum) - values[1][label];
}

static double
mean_loss (const Reference *reference)
{
  double loss = 0.0;

  for (guint lane = 0; lane < N_SAMPLES; lane++)
    loss += sample_loss (reference, lane);
  return loss / N_SAMPLES;
}

static double
finite_difference (Reference *reference, gsize p)
{
  const double step = 1e-6;
  double kept = reference->parameters[p];
  double above;
  double below;

  reference->parameters[p] = kept + step;
  above = mean_loss (reference);
  reference->parameters[p] = kept - step;
  below = mean_loss (reference);
  reference->parameters[p] = kept;
  return (above - below) / (2.0 * step);
}

static double
update_once (CoterieNetwork *network, const CoterieBatch *batch, const CoterieDenseKernels *kernels)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (2);
  g_autoptr (CoterieBackpropagation) backpropagation =
      coterie_backpropagation_new (network, 23, kernels, pool);
  g_autoptr (CoterieOptimizer) optimizer = NULL;
  CoterieTrainingSettings settings;

  coterie_training_settings_init (&settings);
  settings.optimizer = COTERIE_OPTIMIZER_SGD;
  settings.learning_rate = 1.0;
  optimizer = coterie_optimizer_new (&settings, network->n_parameters, kernels->name);
  return coterie_backpropagation_update (backpropagation, batch, optimizer, NULL);
}

static CoterieNetwork *
new_network (void)
{
  CoterieNetwork *network = coterie_network_new (widths, G_N_ELEMENTS (widths));
  CoterieRng rng;

  coterie_rng_init (&rng, 2, 0);
  coterie_network_fill_glorot_uniform (network, &rng);
  for (guint l = 0; l < network->n_layers; l++)
    for (guint o = 0; o < network->widths[l + 1]; o++)
      network->biases[l][o] = (float) (0.2 * coterie_rng_uniform (&rng));
  return network;
}

static void
check_gradient (const double dropout[2], const CoterieDenseKernels *kernels)
{
  g_autoptr (CoterieDataset) dataset = small_dataset_new (40, N_FEATURES, N_CLASSES);
  g_autoptr (CoterieNetwork) network = new_network ();
  g_autofree double *parameters = g_new (double, network->n_parameters);
  Reference reference = {.dataset = dataset, .parameters = parameters};
  guint n_used = 0;
  double loss;

  for (guint i = 0; i < N_SAMPLES; i++)
    reference.samples[i] = (i * 7) % 40;
  for (gsize p = 0; p < network->n_parameters; p++)
    parameters[p] = (double) network->parameters[p];
  fill_masks (&reference, dropout);

  loss = update_once (network,
                      &(CoterieBatch){
                          .dataset = dataset,
                          .samples = reference.samples,
                          .n_samples = N_SAMPLES,
                          .dropout = dropout,
                          .seed = SEED,
                          .update = UPDATE,
                      },
                      kernels);

  g_assert_cmpfloat_with_epsilon (loss, mean_loss (&reference), 1e-6);
  for (gsize p = 0; p < network->n_parameters; p++) {
    double followed = parameters[p] - (double) network->parameters[p];

    g_assert_cmpfloat_with_epsilon (followed, finite_difference (&reference, p), 1e-6);
    n_used += fabs (followed) > 1e-4;
  }
  g_assert_cmpuint (n_used, >, network->n_parameters / 2);
}

static void
test_gradient (gconstpointer name)
{
  const CoterieDenseKernels *kernels = coterie_dense_find_kernels (name);

  if (kernels == NULL) {
    g_test_skip ("not for this processor");
    return;
  }
  check_gradient ((double[]){0.0, 0.0}, kernels);
  check_gradient ((double[]){0.3, 0.3}, kernels);
  check_gradient ((double[]){0.5, 0.2}, kernels);
}

int
main (int argc, char *argv[])
{
  const char *names[] = {"avx512", "avx2", "baseline", "naive"};

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path =
        g_strdup_printf ("/training/backpropagation/%s-gradient-is-finite-difference", names[i]);

    g_test_add_data_func (path, names[i], test_gradient);
  }
  return g_test_run ();
}
