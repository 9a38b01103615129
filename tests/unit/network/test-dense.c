/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/base/rng.h"
#include "core/network/dense.h"

#include <math.h>
#include <string.h>

typedef struct {
  gsize n_out;
  gsize n_in;
  gsize lanes;
} Shape;

/* Sizes on, below and above those of tiles, vectors and blocks. */
static const Shape shapes[] = {
    {1, 1, 16},   {3, 2, 16},    {10, 17, 32}, {12, 64, 48},   {13, 65, 16},
    {25, 31, 80}, {37, 300, 32}, {61, 16, 32}, {300, 15, 16},  {24, 784, 32},
    {7, 513, 48}, {523, 40, 32}, {2, 8, 272},  {49, 257, 304},
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
} Results;

static void
results_clear (Results *results)
{
  g_free (results->forward);
  g_free (results->backward);
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
  gsize split = shape->n_out / 3;
  gsize in_split = shape->n_in / 2;
  CoterieRng rng;
  g_autofree float *weights = NULL;
  g_autofree float *biases = NULL;
  g_autofree float *in = NULL;
  g_autofree float *out_grad = NULL;

  coterie_rng_init (&rng, 7, 0);
  weights = random_floats (&rng, shape->n_out * shape->n_in);
  biases = random_floats (&rng, shape->n_out);
  in = random_floats (&rng, shape->n_in * shape->lanes);
  out_grad = random_floats (&rng, shape->n_out * shape->lanes);

  results->forward = unwritten_floats (shape->n_out * shape->lanes);
  results->backward = unwritten_floats (shape->n_in * shape->lanes);

  /* The first samples, and then the others. */
  kernels->forward (results->forward, in, weights, biases, shape->n_out, shape->n_in, shape->lanes,
                    16);
  if (shape->lanes > 16)
    kernels->forward (results->forward + 16, in + 16, weights, biases, shape->n_out, shape->n_in,
                      shape->lanes, shape->lanes - 16);
  /* The gradient of the inputs in four pieces: twice some of the outputs, each for some of the inputs. */
  for (guint part = 0; part < 4; part++) {
    gsize first_in = part % 2 == 0 ? 0 : in_split;
    gsize n_in = part % 2 == 0 ? in_split : shape->n_in - in_split;
    gsize first_out = part < 2 ? 0 : split;
    gsize n_out = part < 2 ? split : shape->n_out - split;

    kernels->backward (results->backward + first_in * shape->lanes,
                       out_grad + first_out * shape->lanes,
                       weights + first_out * shape->n_in + first_in, n_out, n_in, shape->n_in,
                       shape->lanes, part >= 2);
  }
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
    Results a;
    Results b;

    compute (&a, wide, shape);
    compute (&b, narrow, shape);
    g_assert_cmpmem (a.forward, shape->n_out * shape->lanes * sizeof (float), b.forward,
                     shape->n_out * shape->lanes * sizeof (float));
    g_assert_cmpmem (a.backward, shape->n_in * shape->lanes * sizeof (float), b.backward,
                     shape->n_in * shape->lanes * sizeof (float));
    results_clear (&a);
    results_clear (&b);
  }
}

/* Some inputs are 0 for all samples, some for one half of them, and some are minus 0. */
static void
silence (float *in, const Shape *shape)
{
  for (gsize i = 0; i < shape->n_in; i++)
    for (gsize s = 0; s < shape->lanes; s++)
      if (i % 5 < 2 || (i % 5 == 2 && s < shape->lanes / 2) || (i + s) % 3 == 0)
        in[i * shape->lanes + s] = i % 2 == 0 ? 0.0f : -0.0f;
}

static void
assert_sparse_equals_dense (const CoterieDenseKernels *kernels, const Shape *shape)
{
  gsize n_outputs = shape->n_out * shape->lanes;
  g_autofree float *weights = NULL;
  g_autofree float *biases = NULL;
  g_autofree float *in = NULL;
  g_autofree float *dense = unwritten_floats (n_outputs);
  g_autofree float *sparse = unwritten_floats (n_outputs);
  CoterieRng rng;

  coterie_rng_init (&rng, 8, 0);
  weights = random_floats (&rng, shape->n_out * shape->n_in);
  biases = random_floats (&rng, shape->n_out);
  in = random_floats (&rng, shape->n_in * shape->lanes);
  silence (in, shape);
  in[shape->n_in / 2 * shape->lanes] = NAN;

  kernels->forward (dense, in, weights, biases, shape->n_out, shape->n_in, shape->lanes,
                    shape->lanes);
  kernels->forward_sparse (sparse, in, weights, biases, shape->n_out, shape->n_in, shape->lanes,
                           shape->lanes);
  g_assert_true (isnan (sparse[0]));
  g_assert_cmpmem (sparse, n_outputs * sizeof (float), dense, n_outputs * sizeof (float));
}

static void
test_sparse_same_bytes_as_dense (gconstpointer name)
{
  const CoterieDenseKernels *kernels = coterie_dense_find_kernels (name);

  if (kernels == NULL) {
    g_test_skip ("not for this processor");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    assert_sparse_equals_dense (kernels, &shapes[i]);
}

static void
test_sparse_of_nothing_is_the_biases (gconstpointer name)
{
  const CoterieDenseKernels *kernels = coterie_dense_find_kernels (name);
  const float weights[2 * 300] = {3.0f, 4.0f};
  const float biases[] = {10.0f, 20.0f};
  const float in[300 * 16] = {0.0f};
  float out[2 * 16];

  if (kernels == NULL) {
    g_test_skip ("not for this processor");
    return;
  }
  kernels->forward_sparse (out, in, weights, biases, 2, 300, 16, 16);
  for (guint s = 0; s < 16; s++) {
    g_assert_cmpfloat (out[s], ==, 10.0f);
    g_assert_cmpfloat (out[16 + s], ==, 20.0f);
  }
}

static void
test_naive_closed_form (void)
{
  const CoterieDenseKernels *naive = coterie_dense_find_kernels ("naive");
  const float weights[] = {1, 2, 3, 4}; /* [2][2] */
  const float biases[] = {10, 20};
  float in[2 * 16] = {0};
  float out[2 * 16];
  float in_grad[2 * 16];
  float out_grad[2 * 16] = {0};

  in[0] = 5; /* in[0][0] */
  in[16] = 7;
  naive->forward (out, in, weights, biases, 2, 2, 16, 16);
  g_assert_cmpfloat (out[0], ==, 10 + 1 * 5 + 2 * 7);
  g_assert_cmpfloat (out[16], ==, 20 + 3 * 5 + 4 * 7);
  g_assert_cmpfloat (out[1], ==, 10);

  out_grad[0] = 1;
  out_grad[1] = 3;
  out_grad[16] = -1;
  naive->backward (in_grad, out_grad, weights, 2, 2, 2, 16, FALSE);
  g_assert_cmpfloat (in_grad[0], ==, 1 * 1 - 3 * 1);
  g_assert_cmpfloat (in_grad[16], ==, 2 * 1 - 4 * 1);
  g_assert_cmpfloat (in_grad[1], ==, 1 * 3);

  naive->backward (in_grad, out_grad, weights, 2, 2, 2, 16, TRUE);
  g_assert_cmpfloat (in_grad[1], ==, 2 * 1 * 3);
}

static void
test_finds_by_name (void)
{
  g_autofree char *names = coterie_dense_dup_kernel_names ();

  g_assert_null (coterie_dense_find_kernels ("abacus"));
  g_assert_null (coterie_dense_find_kernels (NULL));
  g_assert_cmpstr (coterie_dense_find_kernels ("baseline")->name, ==, "baseline");
  g_assert_nonnull (coterie_dense_get_kernels ());
  g_assert_true (g_str_has_suffix (names, "baseline, naive"));
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
    const char *name = variant_names[i];
    g_autofree char *same = g_strdup_printf ("/network/dense/%s-same-as-naive", name);
    g_autofree char *sparse = g_strdup_printf ("/network/dense/%s-sparse-same-bytes", name);
    g_autofree char *nothing = g_strdup_printf ("/network/dense/%s-sparse-of-nothing", name);

    g_test_add_data_func (same, name, test_same_as_naive);
    g_test_add_data_func (sparse, name, test_sparse_same_bytes_as_dense);
    g_test_add_data_func (nothing, name, test_sparse_of_nothing_is_the_biases);
  }
  g_test_add_func ("/network/dense/same-bytes-for-instruction-sets",
                   test_same_bytes_for_instruction_sets);
  g_test_add_func ("/network/dense/finds-by-name", test_finds_by_name);
  g_test_add_func ("/network/dense/environment-forces", test_environment_forces);
  return g_test_run ();
}
