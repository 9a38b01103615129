/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/network/network.h"

#include <math.h>

static const guint widths[] = {5, 7, 3};

static CoterieNetwork *
filled_network (guint64 seed)
{
  CoterieNetwork *network = coterie_network_new (widths, G_N_ELEMENTS (widths));
  CoterieRng rng;

  coterie_rng_init (&rng, seed, 0);
  coterie_network_fill_glorot_uniform (network, &rng);
  return network;
}

static void
test_shape (void)
{
  g_autoptr (CoterieNetwork) network = coterie_network_new (widths, G_N_ELEMENTS (widths));

  g_assert_cmpuint (network->n_layers, ==, 2);
  g_assert_cmpuint (network->n_parameters, ==, 5 * 7 + 7 + 7 * 3 + 3);
  g_assert_cmpuint (coterie_network_get_widest (network), ==, 7);
  g_assert_cmpuint ((gsize) network->parameters % 64, ==, 0);
  g_assert_true (network->weights[0] == network->parameters);
  g_assert_true (network->biases[0] == network->parameters + 35);
  g_assert_true (network->weights[1] == network->biases[0] + 7);
  g_assert_true (network->biases[1] + 3 == network->parameters + network->n_parameters);
  for (gsize i = 0; i < network->n_parameters; i++)
    g_assert_cmpfloat (network->parameters[i], ==, 0.0f);
}

static void
test_copy_is_apart (void)
{
  g_autoptr (CoterieNetwork) network = filled_network (1);
  g_autoptr (CoterieNetwork) copy = coterie_network_copy (network);
  float kept = network->parameters[3];

  g_assert_cmpmem (copy->parameters, copy->n_parameters * sizeof (float), network->parameters,
                   network->n_parameters * sizeof (float));
  copy->weights[0][3] = 9.0f;
  g_assert_cmpfloat (network->parameters[3], ==, kept);
}

static void
test_copy_outlives_original (void)
{
  CoterieNetwork *network = filled_network (1);
  g_autoptr (CoterieNetwork) copy = coterie_network_copy (network);

  g_assert_true (coterie_network_ref (network) == network);
  coterie_network_unref (network);
  coterie_network_unref (network);
  g_assert_cmpuint (copy->widths[1], ==, 7);
}

static void
test_glorot_limits (void)
{
  const guint wide[] = {300, 100, 50};
  g_autoptr (CoterieNetwork) network = coterie_network_new (wide, G_N_ELEMENTS (wide));
  CoterieRng rng;

  coterie_rng_init (&rng, 4, 0);
  network->biases[0][0] = 1.0f;
  coterie_network_fill_glorot_uniform (network, &rng);
  g_assert_cmpfloat (network->biases[0][0], ==, 0.0f);

  for (guint l = 0; l < 2; l++) {
    gsize n_weights = (gsize) wide[l] * wide[l + 1];
    double limit = sqrt (6.0 / (wide[l] + wide[l + 1]));
    double sum = 0.0;
    double square_sum = 0.0;
    double largest = 0.0;

    for (gsize i = 0; i < n_weights; i++) {
      double weight = (double) network->weights[l][i];

      sum += weight;
      square_sum += weight * weight;
      largest = MAX (largest, fabs (weight));
    }
    /* Uniform on (-a, a): mean 0, variance a^2 / 3; five standard errors of each. */
    g_assert_cmpfloat (largest, <=, limit * (1.0 + 1e-6));
    g_assert_cmpfloat (largest, >, 0.99 * limit);
    g_assert_cmpfloat (fabs (sum) / (double) n_weights, <,
                       5.0 * limit / sqrt (3.0 * (double) n_weights));
    g_assert_cmpfloat_with_epsilon (square_sum / (double) n_weights, limit * limit / 3.0,
                                    5.0 * 0.3 * limit * limit / sqrt ((double) n_weights));
  }
}

static void
test_seeds_decide (void)
{
  g_autoptr (CoterieNetwork) a = filled_network (1);
  g_autoptr (CoterieNetwork) b = filled_network (1);
  g_autoptr (CoterieNetwork) c = filled_network (2);

  g_assert_cmpmem (a->parameters, a->n_parameters * sizeof (float), b->parameters,
                   b->n_parameters * sizeof (float));
  g_assert_cmpfloat (a->parameters[0], !=, c->parameters[0]);
}

/* The whole network for one sample, in doubles. */
static void
forward_one (const CoterieNetwork *network, const double *in, double *hidden, double *out)
{
  for (guint o = 0; o < network->widths[1]; o++) {
    hidden[o] = (double) network->biases[0][o];
    for (guint i = 0; i < network->widths[0]; i++)
      hidden[o] += (double) network->weights[0][o * network->widths[0] + i] * in[i];
    hidden[o] = MAX (hidden[o], 0.0);
  }
  for (guint o = 0; o < network->widths[2]; o++) {
    out[o] = (double) network->biases[1][o];
    for (guint i = 0; i < network->widths[1]; i++)
      out[o] += (double) network->weights[1][o * network->widths[1] + i] * hidden[i];
  }
}

static void
test_forward_same_as_doubles (void)
{
  enum { LANES = 32 };
  g_autoptr (CoterieNetwork) network = filled_network (3);
  float inputs[5 * LANES];
  float hidden[7 * LANES];
  float out[3 * LANES];
  float *outputs[] = {hidden, out};
  guint n_silent = 0;
  CoterieRng rng;

  coterie_rng_init (&rng, 9, 0);
  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    inputs[i] = (float) coterie_rng_uniform (&rng);
  for (guint o = 0; o < 7; o++)
    network->biases[0][o] = 0.1f * (float) o - 0.3f;
  network->biases[1][1] = 0.5f;
  coterie_network_forward (network, inputs, outputs, LANES);

  for (guint s = 0; s < LANES; s++) {
    double in[5];
    double expected_hidden[7];
    double expected_out[3];

    for (guint i = 0; i < 5; i++)
      in[i] = (double) inputs[i * LANES + s];
    forward_one (network, in, expected_hidden, expected_out);
    for (guint o = 0; o < 7; o++) {
      n_silent += hidden[o * LANES + s] == 0.0f;
      g_assert_cmpfloat_with_epsilon ((double) hidden[o * LANES + s], expected_hidden[o], 1e-6);
    }
    for (guint o = 0; o < 3; o++)
      g_assert_cmpfloat_with_epsilon ((double) out[o * LANES + s], expected_out[o], 1e-6);
  }
  g_assert_cmpuint (n_silent, >, 0);
}

static void
test_not_a_number_is_not_hidden (void)
{
  g_autoptr (CoterieNetwork) network = filled_network (3);
  float inputs[5 * COTERIE_LANES] = {0};
  float hidden[7 * COTERIE_LANES];
  float out[3 * COTERIE_LANES];
  float *outputs[] = {hidden, out};

  inputs[2] = NAN;
  coterie_network_forward (network, inputs, outputs, COTERIE_LANES);
  g_assert_true (isnan (out[2]));
  g_assert_false (isnan (out[3]));
}

static void
test_sparse_same_as_dense (void)
{
  g_autoptr (CoterieNetwork) network = filled_network (3);
  float inputs[5 * COTERIE_LANES] = {0};
  float hidden[2][7 * COTERIE_LANES];
  float out[2][3 * COTERIE_LANES];
  float *outputs[2][2] = {{hidden[0], out[0]}, {hidden[1], out[1]}};

  for (guint s = 0; s < COTERIE_LANES; s++)
    inputs[COTERIE_LANES + s] = 0.1f * (float) s;
  network->biases[0][2] = -0.0f;
  coterie_network_forward (network, inputs, outputs[0], COTERIE_LANES);
  coterie_network_forward_sparse (network, inputs, outputs[1], COTERIE_LANES);
  g_assert_cmpmem (hidden[1], sizeof hidden[1], hidden[0], sizeof hidden[0]);
  g_assert_cmpmem (out[1], sizeof out[1], out[0], sizeof out[0]);
}

static void
test_knows_whether_it_is_finite (void)
{
  const float others[] = {INFINITY, -INFINITY, NAN};
  g_autoptr (CoterieNetwork) network = filled_network (3);

  network->parameters[network->n_parameters - 1] = -G_MAXFLOAT;
  g_assert_true (coterie_network_is_finite (network));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    network->parameters[network->n_parameters - 1] = others[i];
    g_assert_false (coterie_network_is_finite (network));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network/shape", test_shape);
  g_test_add_func ("/network/copy-is-apart", test_copy_is_apart);
  g_test_add_func ("/network/copy-outlives-original", test_copy_outlives_original);
  g_test_add_func ("/network/glorot-limits", test_glorot_limits);
  g_test_add_func ("/network/seeds-decide", test_seeds_decide);
  g_test_add_func ("/network/forward-same-as-doubles", test_forward_same_as_doubles);
  g_test_add_func ("/network/not-a-number-is-not-hidden", test_not_a_number_is_not_hidden);
  g_test_add_func ("/network/sparse-same-as-dense", test_sparse_same_as_dense);
  g_test_add_func ("/network/knows-whether-it-is-finite", test_knows_whether_it_is_finite);
  return g_test_run ();
}
