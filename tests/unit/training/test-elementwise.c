/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/base/rng.h"
#include "core/network/dense.h"
#include "core/training/backpropagation.h"
#include "core/training/denormals.h"

#include <float.h>
#include <math.h>

#include "small-dataset.h"

#define N_VALUES 10007 /* a prime: no vector divides it */

static const CoterieElementwiseKernels *
baseline (void)
{
  return coterie_elementwise_find_kernels ("baseline");
}

static void
fill_random (float *values, guint64 seed)
{
  CoterieRng rng;

  coterie_rng_init (&rng, seed, 0);
  for (gsize i = 0; i < N_VALUES; i++)
    values[i] = (float) (2.0 * coterie_rng_uniform (&rng) - 1.0);
}

/* Every kernel of a variant, one after the other on the same arrays. */
static void
run_all (const CoterieElementwiseKernels *kernels, float *values)
{
  const CoterieAdamStep step = {0.001f, 0.1f, 0.001f, 1e-7f};
  g_autofree float *additions = g_new (float, 2 * N_VALUES);
  g_autofree float *gradient = g_new (float, N_VALUES);
  g_autofree float *means = g_new0 (float, N_VALUES);
  g_autofree float *squares = g_new0 (float, N_VALUES);
  CoterieDropout dropout;

  fill_random (values, 1);
  coterie_backpropagation_init_dropout (&dropout, 0.25, 3, 4, 5);
  kernels->activate (values, N_VALUES, 77, &dropout);
  for (guint t = 0; t < 3; t++) {
    fill_random (additions, 20 + t);
    fill_random (additions + N_VALUES, 30 + t);
    kernels->collect (gradient, additions, N_VALUES, 2, values, N_VALUES, dropout.scale);
    kernels->adam (values, means, squares, gradient, N_VALUES, &step);
    kernels->momentum (values, means, gradient, N_VALUES, 0.01f, 0.9f);
    kernels->descend (values, gradient, N_VALUES, 0.1f);
    kernels->raise_to_outputs (gradient, means, squares, values, 300, 32);
    kernels->descend (values, gradient, 300 * 32, 0.1f);
  }
}

static void
test_same_bytes_for_instruction_sets (void)
{
  g_autofree float *expected = g_new (float, N_VALUES);
  g_autofree float *found = g_new (float, N_VALUES);
  const char *names[] = {"avx2", "avx512"};
  guint n_compared = 0;

  run_all (baseline (), expected);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (coterie_dense_find_kernels (names[i]) == NULL)
      continue;
    run_all (coterie_elementwise_find_kernels (names[i]), found);
    g_assert_cmpmem (found, N_VALUES * sizeof (float), expected, N_VALUES * sizeof (float));
    n_compared++;
  }
  if (n_compared == 0)
    g_test_skip ("this processor has the baseline alone");
}

static void
test_relu_without_dropout (void)
{
  float values[] = {-1.0f, 0.0f, 2.5f, NAN, -INFINITY, INFINITY};
  CoterieDropout dropout;

  coterie_backpropagation_init_dropout (&dropout, 0.0, 1, 1, 1);
  baseline ()->activate (values, G_N_ELEMENTS (values), 0, &dropout);
  g_assert_cmpfloat (values[0], ==, 0.0f);
  g_assert_cmpfloat (values[1], ==, 0.0f);
  g_assert_cmpfloat (values[2], ==, 2.5f);
  g_assert_true (isnan (values[3]));
  g_assert_cmpfloat (values[4], ==, 0.0f);
  g_assert_true (isinf (values[5]));
}

static void
fill_mask (float *mask, double fraction, guint64 update, guint layer)
{
  CoterieDropout dropout;

  for (gsize i = 0; i < N_VALUES; i++)
    mask[i] = 1.0f;
  coterie_backpropagation_init_dropout (&dropout, fraction, 42, update, layer);
  baseline ()->activate (mask, N_VALUES, 0, &dropout);
}

/* Five standard errors of a binomial share. */
static double
share_tolerance (double share)
{
  return 5.0 * sqrt (share * (1.0 - share) / N_VALUES);
}

static void
test_dropout_share_and_scale (void)
{
  g_autofree float *mask = g_new (float, N_VALUES);
  const double fractions[] = {0.1, 0.3, 0.5, 0.95};

  for (guint f = 0; f < G_N_ELEMENTS (fractions); f++)
    for (guint64 update = 1; update <= 10; update++) {
      gsize n_dropped = 0;

      fill_mask (mask, fractions[f], update, 1);
      for (gsize i = 0; i < N_VALUES; i++) {
        n_dropped += mask[i] == 0.0f;
        if (mask[i] != 0.0f)
          g_assert_cmpfloat_with_epsilon ((double) mask[i], 1.0 / (1.0 - fractions[f]), 1e-5);
      }
      g_assert_cmpfloat_with_epsilon ((double) n_dropped / N_VALUES, fractions[f],
                                      share_tolerance (fractions[f]));
    }
}

/* Masks of two updates, of two layers, and of neighbouring places drop together as often as if they
 * had nothing to do with each other. */
static void
test_dropout_independent (void)
{
  g_autofree float *first = g_new (float, N_VALUES);
  g_autofree float *second = g_new (float, N_VALUES);

  for (guint64 update = 1; update <= 20; update++) {
    gsize n_both = 0;
    gsize n_neighbors = 0;

    fill_mask (first, 0.5, update, 1);
    fill_mask (second, 0.5, update % 2 == 0 ? update + 1 : update, update % 2 == 0 ? 1 : 2);
    for (gsize i = 0; i < N_VALUES; i++) {
      n_both += first[i] == 0.0f && second[i] == 0.0f;
      n_neighbors += first[i] == 0.0f && first[(i + 1) % N_VALUES] == 0.0f;
    }
    g_assert_cmpfloat_with_epsilon ((double) n_both / N_VALUES, 0.25, share_tolerance (0.25));
    g_assert_cmpfloat_with_epsilon ((double) n_neighbors / N_VALUES, 0.25,
                                    1.3 * share_tolerance (0.25));
  }
}

static void
test_dropout_pieces_same_as_whole (void)
{
  g_autofree float *whole = g_new (float, N_VALUES);
  g_autofree float *pieces = g_new (float, N_VALUES);
  CoterieDropout dropout;

  fill_random (whole, 8);
  fill_random (pieces, 8);
  coterie_backpropagation_init_dropout (&dropout, 0.3, 1, 2, 1);
  baseline ()->activate (whole, N_VALUES, 0, &dropout);
  baseline ()->activate (pieces + 1000, N_VALUES - 1000, 1000, &dropout);
  baseline ()->activate (pieces, 1000, 0, &dropout);
  g_assert_cmpmem (whole, N_VALUES * sizeof (float), pieces, N_VALUES * sizeof (float));
}

static void
test_vanishing_gradient_leaves_no_denormals (void)
{
  const CoterieAdamStep step = {0.001f, 0.1f, 0.001f, 1e-7f};
  float parameter = 1.0f;
  float mean = 0.0f;
  float square = 0.0f;
  float velocity = 0.0f;
  float gradient = 1e-3f;
  CoterieFloatMode mode = coterie_denormals_flush ();

  for (guint t = 0; t < 200000; t++) {
    baseline ()->adam (&parameter, &mean, &square, &gradient, 1, &step);
    baseline ()->momentum (&parameter, &velocity, &gradient, 1, 0.01f, 0.9f);
    g_assert_true (fpclassify (mean) != FP_SUBNORMAL);
    g_assert_true (fpclassify (square) != FP_SUBNORMAL);
    g_assert_true (fpclassify (velocity) != FP_SUBNORMAL);
    gradient = 0.0f;
  }
  coterie_denormals_restore (mode);
  g_assert_cmpfloat (mean, <, 1e-36f);
  g_assert_cmpfloat (square, <, 1e-34f);
  g_assert_cmpfloat (velocity, ==, 0.0f);
}

static void
test_denormals_come_back (void)
{
  volatile float least = FLT_MIN;
  CoterieFloatMode mode = coterie_denormals_flush ();

#if defined(__x86_64__) || defined(__aarch64__)
  g_assert_cmpfloat (least / 2.0f, ==, 0.0f);
#endif
  coterie_denormals_restore (mode);
  g_assert_cmpfloat (least / 2.0f, >, 0.0f);
}

static void
test_softmax_is_exponential (void)
{
  const float differences[] = {0.0f, -1e-6f, -0.3f, -0.35f, -1.0f, -20.0f, -86.9f, -88.0f, -1e30f};
  const gsize n_classes = G_N_ELEMENTS (differences);
  float outputs[G_N_ELEMENTS (differences) * 32] = {0};
  float powers[G_N_ELEMENTS (differences) * 32];
  float highest[16];
  float sums[16];

  for (gsize c = 0; c < n_classes; c++)
    outputs[c * 32 + 3] = differences[(c + 4) % n_classes];
  baseline ()->raise_to_outputs (powers, highest, sums, outputs, n_classes, 32);
  g_assert_cmpfloat (highest[3], ==, 0.0f);
  g_assert_cmpfloat (sums[0], ==, (float) n_classes);
  for (gsize c = 0; c < n_classes; c++) {
    double difference = (double) outputs[c * 32 + 3];
    double expected = difference < -87.0 ? 0.0 : exp (difference);

    g_assert_cmpfloat_with_epsilon ((double) powers[c * 32 + 3], expected, 1e-6 * expected + 1e-40);
    sums[3] -= powers[c * 32 + 3];
  }
  g_assert_cmpfloat_with_epsilon ((double) sums[3], 0.0, 1e-6);
}

static void
test_softmax_keeps_what_is_no_number (void)
{
  const float bad[] = {NAN, INFINITY};

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    for (gsize place = 0; place < 3; place++) {
      float outputs[3 * 16] = {0};
      float powers[3 * 16];
      float highest[16];
      float sums[16];

      outputs[place * 16] = bad[i];
      baseline ()->raise_to_outputs (powers, highest, sums, outputs, 3, 16);
      g_assert_true (isnan (sums[0]));
      g_assert_cmpfloat (sums[1], ==, 3.0f);
    }
}

static void
test_collect_by_hand (void)
{
  const float additions[] = {1.0f, 2.0f, 3.0f, -9.0f, 0.5f, 1.0f, 1.5f, -9.0f};
  const float activations[] = {0.5f, 0.0f, 1e-30f};
  float gradient[3];

  baseline ()->collect (gradient, additions, 4, 2, activations, 3, 2.0f);
  g_assert_cmpfloat (gradient[0], ==, 3.0f);
  g_assert_cmpfloat (gradient[1], ==, 0.0f);
  g_assert_cmpfloat (gradient[2], ==, 9.0f);
  baseline ()->collect (gradient, additions, 4, 1, activations, 3, 2.0f);
  g_assert_cmpfloat (gradient[0], ==, 2.0f);
}

static void
check_transpose (gsize n_rows, gsize n_columns)
{
  gsize in_stride = n_columns + 3;
  gsize out_stride = n_rows + 2;
  g_autofree float *in = g_new (float, n_rows *in_stride);
  g_autofree float *out = g_new0 (float, n_columns *out_stride);

  for (gsize i = 0; i < n_rows * in_stride; i++)
    in[i] = (float) (i + 1);
  baseline ()->transpose (out, out_stride, in, in_stride, n_rows, n_columns);
  for (gsize c = 0; c < n_columns; c++)
    for (gsize r = 0; r < out_stride; r++)
      g_assert_cmpfloat (out[c * out_stride + r], ==, r < n_rows ? in[r * in_stride + c] : 0.0f);
}

static void
test_transpose_of_any_size (void)
{
  for (gsize n_rows = 1; n_rows < 11; n_rows++)
    for (gsize n_columns = 1; n_columns < 11; n_columns++)
      check_transpose (n_rows, n_columns);
}

static void
test_bytes_as_the_data_set_has_them (void)
{
  g_autoptr (CoterieDataset) dataset = small_dataset_new (40, 37, 4);
  const guint8 *pixels = coterie_dataset_get_pixels (dataset, COTERIE_SPLIT_TRAINING);
  const char *names[] = {"avx512", "avx2", "baseline"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint32 sample = 0; coterie_dense_find_kernels (names[i]) && sample < 40; sample++) {
      float expected[37];
      float found[37];

      coterie_dataset_gather (dataset, COTERIE_SPLIT_TRAINING, &sample, 1, expected);
      coterie_elementwise_find_kernels (names[i])->read_bytes (found, pixels + sample * 37, 37);
      g_assert_cmpmem (found, sizeof found, expected, sizeof expected);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/elementwise/same-bytes-for-instruction-sets",
                   test_same_bytes_for_instruction_sets);
  g_test_add_func ("/training/elementwise/relu-without-dropout", test_relu_without_dropout);
  g_test_add_func ("/training/elementwise/dropout-share-and-scale", test_dropout_share_and_scale);
  g_test_add_func ("/training/elementwise/dropout-independent", test_dropout_independent);
  g_test_add_func ("/training/elementwise/dropout-pieces-same-as-whole",
                   test_dropout_pieces_same_as_whole);
  g_test_add_func ("/training/elementwise/vanishing-gradient-leaves-no-denormals",
                   test_vanishing_gradient_leaves_no_denormals);
  g_test_add_func ("/training/elementwise/denormals-come-back", test_denormals_come_back);
  g_test_add_func ("/training/elementwise/softmax-is-exponential", test_softmax_is_exponential);
  g_test_add_func ("/training/elementwise/softmax-keeps-what-is-no-number",
                   test_softmax_keeps_what_is_no_number);
  g_test_add_func ("/training/elementwise/collect-by-hand", test_collect_by_hand);
  g_test_add_func ("/training/elementwise/transpose-of-any-size", test_transpose_of_any_size);
  g_test_add_func ("/training/elementwise/bytes-as-the-data-set-has-them",
                   test_bytes_as_the_data_set_has_them);
  return g_test_run ();
}
