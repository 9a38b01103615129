/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compares the weight-update kernels with their naive twins and with each other. */

#include "core/training/weight-update.h"

#include <math.h>

#include "core/base/rng.h"
#include "core/network/dense.h"

#define N_STEPS 3

typedef struct {
  gsize n_out;
  gsize n_in;
  gsize n_samples;
  gsize lanes;
} Shape;

/* Sizes on, below and above those of tiles and vectors. */
static const Shape shapes[] = {
    {1, 1, 1, 16},   {2, 5, 16, 16},    {6, 64, 32, 32},   {7, 65, 20, 32},
    {13, 31, 9, 16}, {20, 130, 33, 48}, {128, 80, 32, 32}, {5, 783, 40, 48},
};

typedef struct {
  float *weights;
  float *first;
  float *second;
  float *sums;
} State;

static void
state_clear (State *state)
{
  g_free (state->weights);
  g_free (state->first);
  g_free (state->second);
  g_free (state->sums);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (State, state_clear)

static float *
random_floats (CoterieRng *rng, gsize n_values)
{
  float *values = g_new (float, n_values);

  for (gsize i = 0; i < n_values; i++)
    values[i] = (float) (2.0 * coterie_rng_uniform (rng) - 1.0);
  return values;
}

typedef void (*StepFunc) (const CoterieWeightUpdateKernels *kernels,
                          State *state,
                          const CoterieWeightGradient *gradient);

static void
descend (const CoterieWeightUpdateKernels *kernels,
         State *state,
         const CoterieWeightGradient *gradient)
{
  kernels->descend (state->weights, gradient, 0.05f);
}

static void
gain_momentum (const CoterieWeightUpdateKernels *kernels,
               State *state,
               const CoterieWeightGradient *gradient)
{
  kernels->momentum (state->weights, state->first, gradient, 0.05f, 0.9f);
}

static void
adapt (const CoterieWeightUpdateKernels *kernels,
       State *state,
       const CoterieWeightGradient *gradient)
{
  kernels->adam (state->weights, state->first, state->second, gradient,
                 &(CoterieAdamStep){0.02f, 0.1f, 0.001f, 1e-7f});
}

/* Some steps from the same state and with the same gradients, whoever takes them. Behind the weights
 * lies one that is not theirs. */
static State
take_steps (const char *name, StepFunc func, const Shape *shape)
{
  const CoterieWeightUpdateKernels *kernels = coterie_weight_update_find_kernels (name);
  gsize n_weights = shape->n_out * shape->n_in;
  gsize in_stride = (shape->n_in + 15) / 16 * 16 + 16;
  State state;
  CoterieRng rng;

  coterie_rng_init (&rng, 3, 0);
  state.weights = random_floats (&rng, n_weights + 1);
  state.first = g_new0 (float, n_weights + 1);
  state.second = g_new0 (float, n_weights + 1);
  state.sums = g_new0 (float, shape->n_out);
  state.weights[n_weights] = state.first[n_weights] = state.second[n_weights] = 77.0f;

  for (guint t = 0; t < N_STEPS; t++) {
    g_autofree float *out_grad = random_floats (&rng, shape->n_out * shape->lanes);
    g_autofree float *in_rows = random_floats (&rng, shape->n_samples * in_stride);
    CoterieWeightGradient gradient = {
        .out_grad = out_grad,
        .in_rows = in_rows,
        .n_out = shape->n_out,
        .n_in = shape->n_in,
        .weights_stride = shape->n_in,
        .n_samples = shape->n_samples,
        .lanes = shape->lanes,
        .in_stride = in_stride,
    };

    func (kernels, &state, &gradient);
    kernels->sum_lanes (state.sums, out_grad, shape->n_out, shape->lanes);
  }
  return state;
}

static void
assert_close (const float *found, const float *expected, gsize n_values, double tolerance)
{
  for (gsize i = 0; i < n_values; i++)
    g_assert_cmpfloat_with_epsilon ((double) found[i], (double) expected[i], tolerance);
}

static const StepFunc step_funcs[] = {descend, gain_momentum, adapt};

/* Gradients are sums of up to 48 terms of at most 1, each rounded once; Adam's squares of them are up
 * to some hundreds. */
static void
test_same_as_naive (gconstpointer name)
{
  if (coterie_dense_find_kernels (name) == NULL) {
    g_test_skip ("not for this processor");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    for (guint f = 0; f < G_N_ELEMENTS (step_funcs); f++) {
      gsize n_weights = shapes[i].n_out * shapes[i].n_in;
      g_auto (State) found = take_steps (name, step_funcs[f], &shapes[i]);
      g_auto (State) expected = take_steps ("naive", step_funcs[f], &shapes[i]);

      assert_close (found.weights, expected.weights, n_weights + 1, 1e-5);
      assert_close (found.first, expected.first, n_weights + 1, 1e-5);
      assert_close (found.second, expected.second, n_weights + 1, 1e-5);
      assert_close (found.sums, expected.sums, shapes[i].n_out, 1e-5);
    }
}

static void
test_same_bytes_for_instruction_sets (void)
{
  if (coterie_dense_find_kernels ("avx512") == NULL) {
    g_test_skip ("this processor has not both");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    for (guint f = 0; f < G_N_ELEMENTS (step_funcs); f++) {
      gsize n_bytes = shapes[i].n_out * shapes[i].n_in * sizeof (float);
      g_auto (State) a = take_steps ("avx512", step_funcs[f], &shapes[i]);
      g_auto (State) b = take_steps ("avx2", step_funcs[f], &shapes[i]);

      g_assert_cmpmem (a.weights, n_bytes, b.weights, n_bytes);
      g_assert_cmpmem (a.first, n_bytes, b.first, n_bytes);
      g_assert_cmpmem (a.second, n_bytes, b.second, n_bytes);
      g_assert_cmpmem (a.sums, shapes[i].n_out * sizeof (float), b.sums,
                       shapes[i].n_out * sizeof (float));
    }
}

/* One weight, one sample: a step of the whole step size against the gradient, however large or small,
 * until epsilon is larger than the gradient. */
static void
test_adam_in_all_magnitudes (gconstpointer name)
{
  const CoterieAdamStep step = {1.0f, 1.0f, 1.0f, 1e-7f};

  if (coterie_dense_find_kernels (name) == NULL) {
    g_test_skip ("not for this processor");
    return;
  }
  for (int exponent = -30; exponent <= 18; exponent++) {
    float out_grad[16] = {(float) pow (10.0, exponent)};
    float in_rows[32] = {1.0f};
    float weight = 0.0f;
    float mean = 0.0f;
    float square = 0.0f;
    double g = (double) out_grad[0];
    double root = sqrt ((double) (out_grad[0] * out_grad[0]));
    CoterieWeightGradient gradient = {out_grad, in_rows, 1, 1, 1, 1, 16, 32};

    coterie_weight_update_find_kernels (name)->adam (&weight, &mean, &square, &gradient, &step);
    g_assert_cmpfloat_with_epsilon ((double) weight, -g / (root + 1e-7), 1e-6 * (1.0 + g / root));
  }
}

static void
test_adam_without_gradient_stays (gconstpointer name)
{
  const CoterieAdamStep step = {1.0f, 0.1f, 0.001f, 1e-7f};
  float out_grad[16] = {0.0f};
  float in_rows[32] = {1.0f};
  float weight = 0.5f;
  float mean = 0.0f;
  float square = 0.0f;
  CoterieWeightGradient gradient = {out_grad, in_rows, 1, 1, 1, 1, 16, 32};

  if (coterie_dense_find_kernels (name) == NULL) {
    g_test_skip ("not for this processor");
    return;
  }
  coterie_weight_update_find_kernels (name)->adam (&weight, &mean, &square, &gradient, &step);
  g_assert_cmpfloat (weight, ==, 0.5f);
  g_assert_cmpfloat (mean, ==, 0.0f);
  g_assert_cmpfloat (square, ==, 0.0f);
}

/* Two neurons, two inputs, two samples. */
static void
test_naive_by_hand (void)
{
  const float out_grad[2 * 16] = {1, 3, [16] = -1};
  const float in_rows[2 * 16] = {5, 7, [16] = 6, 8};
  float weights[] = {0, 0, 0, 0};
  float sums[2];
  CoterieWeightGradient gradient = {out_grad, in_rows, 2, 2, 2, 2, 16, 16};

  coterie_weight_update_kernels_naive.descend (weights, &gradient, 1.0f);
  g_assert_cmpfloat (weights[0], ==, -(1 * 5 + 3 * 6));
  g_assert_cmpfloat (weights[1], ==, -(1 * 7 + 3 * 8));
  g_assert_cmpfloat (weights[2], ==, 5);
  g_assert_cmpfloat (weights[3], ==, 7);
  coterie_weight_update_kernels_naive.sum_lanes (sums, out_grad, 2, 16);
  g_assert_cmpfloat (sums[0], ==, 4);
  g_assert_cmpfloat (sums[1], ==, -1);
}

static void
test_finds_by_name (void)
{
  g_assert_cmpstr (coterie_weight_update_find_kernels ("naive")->name, ==, "naive");
  g_assert_cmpstr (coterie_weight_update_find_kernels ("abacus")->name, ==, "baseline");
}

static void
add_for_each_variant (const char *what, GTestDataFunc func)
{
  const char *names[] = {"avx512", "avx2", "baseline"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_strdup_printf ("/training/weight-update/%s-%s", names[i], what);

    g_test_add_data_func (path, names[i], func);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_for_each_variant ("same-as-naive", test_same_as_naive);
  add_for_each_variant ("adam-in-all-magnitudes", test_adam_in_all_magnitudes);
  add_for_each_variant ("adam-without-gradient-stays", test_adam_without_gradient_stays);
  g_test_add_func ("/training/weight-update/same-bytes-for-instruction-sets",
                   test_same_bytes_for_instruction_sets);
  g_test_add_func ("/training/weight-update/naive-by-hand", test_naive_by_hand);
  g_test_add_func ("/training/weight-update/finds-by-name", test_finds_by_name);
  return g_test_run ();
}
