/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/base/rng.h"
#include "core/network/dense.h"

#include <math.h>
#include <string.h>

typedef struct {
  gsize n_out;
  gsize n_in;
  gsize lanes;
  gsize n_samples;
} Shape;

/* Sizes on, below and above those of tiles, vectors and blocks. */
static const Shape shapes[] = {
    {1, 1, 16, 1},    {3, 2, 16, 16},    {10, 17, 32, 32}, {12, 64, 48, 40},    {13, 65, 16, 9},
    {25, 31, 80, 77}, {37, 300, 32, 32}, {61, 16, 32, 20}, {300, 15, 16, 16},   {24, 784, 32, 32},
    {7, 513, 48, 33}, {523, 40, 32, 31}, {2, 8, 272, 258}, {49, 257, 304, 300},
};

static const char *const variant_names[] = {"avx512", "avx2", "baseline"};

static float *
random_floats (CoterieRng *rng, gsize n_values)
{
  float *values = g_new (float, n_values);

  for (gsize i = 0; i < n_values; i++)
    values[i] = (float) (2.0 * coterie_rng_uniform (rng) - 1.0);
  return values;
}

typedef struct {
  float *forward;
  float *backward;
  float *weight_grad;
  float *bias_grad;
} Results;

static void
results_clear (Results *results)
{
  g_free (results->forward);
  g_free (results->backward);
  g_free (results->weight_grad);
  g_free (results->bias_grad);
}

/* Outputs start as not-a-number, so that an element nobody wrote is seen. */
static float *
unwritten_floats (gsize n_values)
{
  float *values = g_new (float, n_values);

  for (gsize i = 0; i < n_values; i++)
    values[i] = NAN;
  return values;
}

static void
compute (Results *results, const CoterieDenseKernels *kernels, const Shape *shape)
{
  gsize stride = shape->n_in + 5;
  gsize split = shape->n_in / 3;
  CoterieRng rng;
  g_autofree float *weights = NULL;
  g_autofree float *biases = NULL;
  g_autofree float *in = NULL;
  g_autofree float *out_grad = NULL;
  g_autofree float *rows = NULL;

  coterie_rng_init (&rng, 7, 0);
  weights = random_floats (&rng, shape->n_out * shape->n_in);
  biases = random_floats (&rng, shape->n_out);
  in = random_floats (&rng, shape->n_in * shape->lanes);
  out_grad = random_floats (&rng, shape->n_out * shape->lanes);
  rows = random_floats (&rng, shape->n_samples * stride);

  results->forward = unwritten_floats (shape->n_out * shape->lanes);
  results->backward = unwritten_floats (shape->n_in * shape->lanes);
  results->weight_grad = unwritten_floats (shape->n_out * shape->n_in);
  results->bias_grad = unwritten_floats (shape->n_out);

  kernels->forward (results->forward, in, weights, biases, shape->n_out, shape->n_in, shape->lanes);
  kernels->backward (results->backward, out_grad, weights, shape->n_out, shape->n_in, 0, split,
                     shape->lanes);
  kernels->backward (results->backward, out_grad, weights, shape->n_out, shape->n_in, split,
                     shape->n_in, shape->lanes);
  kernels->gradient (results->weight_grad, results->bias_grad, out_grad, rows, shape->n_out,
                     shape->n_in, stride, shape->n_samples, shape->lanes);
}

/* Sums of n terms of at most 1 each, rounded once a term. */
static void
assert_close (const float *found, const float *expected, gsize n_values, gsize n_terms)
{
  double tolerance = 6e-8 * (double) n_terms * sqrt ((double) n_terms + 1.0) + 1e-6;

  for (gsize i = 0; i < n_values; i++)
    g_assert_cmpfloat_with_epsilon ((double) found[i], (double) expected[i], tolerance);
}

static void
test_same_as_naive (gconstpointer name)
{
  const CoterieDenseKernels *kernels = coterie_dense_find_kernels (name);
  const CoterieDenseKernels *naive = coterie_dense_find_kernels ("naive");

  if (kernels == NULL) {
    g_test_skip ("not for this processor");
    return;
  }

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    const Shape *shape = &shapes[i];
    Results found;
    Results expected;

    compute (&found, kernels, shape);
    compute (&expected, naive, shape);
    assert_close (found.forward, expected.forward, shape->n_out * shape->lanes, shape->n_in);
    assert_close (found.backward, expected.backward, shape->n_in * shape->lanes, shape->n_out);
    assert_close (found.weight_grad, expected.weight_grad, shape->n_out * shape->n_in,
                  shape->n_samples);
    assert_close (found.bias_grad, expected.bias_grad, shape->n_out, shape->n_samples);
    results_clear (&found);
    results_clear (&expected);
  }
}

static void
test_same_bytes_for_instruction_sets (void)
{
  const CoterieDenseKernels *wide = coterie_dense_find_kernels ("avx512");
  const CoterieDenseKernels *narrow = coterie_dense_find_kernels ("avx2");

  if (wide == NULL || narrow == NULL) {
    g_test_skip ("this processor has not both");
    return;
  }

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    const Shape *shape = &shapes[i];
    gsize n_weights = shape->n_out * shape->n_in;
    Results a;
    Results b;

    compute (&a, wide, shape);
    compute (&b, narrow, shape);
    g_assert_cmpmem (a.forward, shape->n_out * shape->lanes * sizeof (float), b.forward,
                     shape->n_out * shape->lanes * sizeof (float));
    g_assert_cmpmem (a.backward, shape->n_in * shape->lanes * sizeof (float), b.backward,
                     shape->n_in * shape->lanes * sizeof (float));
    g_assert_cmpmem (a.weight_grad, n_weights * sizeof (float), b.weight_grad,
                     n_weights * sizeof (float));
    g_assert_cmpmem (a.bias_grad, shape->n_out * sizeof (float), b.bias_grad,
                     shape->n_out * sizeof (float));
    results_clear (&a);
    results_clear (&b);
  }
}

static void
test_naive_closed_form (void)
{
  const CoterieDenseKernels *naive = coterie_dense_find_kernels ("naive");
  const float weights[] = {1, 2, 3, 4}; /* [2][2] */
  const float biases[] = {10, 20};
  float in[2 * 16] = {0};
  float rows[2 * 2] = {5, 7, 6, 8}; /* two samples of two inputs */
  float out[2 * 16];
  float in_grad[2 * 16];
  float out_grad[2 * 16] = {0};
  float weight_grad[4];
  float bias_grad[2];

  in[0] = 5; /* in[0][0] */
  in[16] = 7;
  naive->forward (out, in, weights, biases, 2, 2, 16);
  g_assert_cmpfloat (out[0], ==, 10 + 1 * 5 + 2 * 7);
  g_assert_cmpfloat (out[16], ==, 20 + 3 * 5 + 4 * 7);
  g_assert_cmpfloat (out[1], ==, 10);

  out_grad[0] = 1;
  out_grad[1] = 3;
  out_grad[16] = -1;
  naive->backward (in_grad, out_grad, weights, 2, 2, 0, 2, 16);
  g_assert_cmpfloat (in_grad[0], ==, 1 * 1 - 3 * 1);
  g_assert_cmpfloat (in_grad[16], ==, 2 * 1 - 4 * 1);
  g_assert_cmpfloat (in_grad[1], ==, 1 * 3);

  naive->gradient (weight_grad, bias_grad, out_grad, rows, 2, 2, 2, 2, 16);
  g_assert_cmpfloat (weight_grad[0], ==, 1 * 5 + 3 * 6);
  g_assert_cmpfloat (weight_grad[1], ==, 1 * 7 + 3 * 8);
  g_assert_cmpfloat (weight_grad[2], ==, -5);
  g_assert_cmpfloat (bias_grad[0], ==, 4);
  g_assert_cmpfloat (bias_grad[1], ==, -1);
}

static void
test_finds_by_name (void)
{
  g_assert_null (coterie_dense_find_kernels ("abacus"));
  g_assert_null (coterie_dense_find_kernels (NULL));
  g_assert_cmpstr (coterie_dense_find_kernels ("baseline")->name, ==, "baseline");
  g_assert_nonnull (coterie_dense_get_kernels ());
}

static void
test_environment_forces (void)
{
  if (g_test_subprocess ()) {
    g_setenv ("COTERIE_KERNELS", "baseline", TRUE);
    g_assert_cmpstr (coterie_dense_get_kernels ()->name, ==, "baseline");
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network/dense/naive-closed-form", test_naive_closed_form);
  for (guint i = 0; i < G_N_ELEMENTS (variant_names); i++) {
    g_autofree char *path = g_strdup_printf ("/network/dense/%s-same-as-naive", variant_names[i]);

    g_test_add_data_func (path, variant_names[i], test_same_as_naive);
  }
  g_test_add_func ("/network/dense/same-bytes-for-instruction-sets",
                   test_same_bytes_for_instruction_sets);
  g_test_add_func ("/network/dense/finds-by-name", test_finds_by_name);
  g_test_add_func ("/network/dense/environment-forces", test_environment_forces);
  return g_test_run ();
}
