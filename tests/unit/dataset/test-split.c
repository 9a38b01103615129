/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/dataset/natural-order.h"
#include "core/dataset/stratified-split.h"

#define N_SAMPLES 100
#define N_CLASSES 4

/* 50 of class 0, 40 of class 1, 9 of class 2, 1 of class 3, in that order. */
static void
fill_labels (guint16 labels[N_SAMPLES])
{
  for (guint s = 0; s < N_SAMPLES; s++)
    labels[s] = s < 50 ? 0 : (s < 90 ? 1 : (s < 99 ? 2 : 3));
}

static void
count_classes (const guint16 *labels, const CoterieSampleOrder *order, guint counts[N_CLASSES])
{
  for (gsize s = 0; s < order->n_samples; s++)
    counts[labels[order->samples[s]]]++;
}

static void
test_keeps_the_fraction_of_each_class (void)
{
  const guint expected[] = {10, 8, 2, 0};
  guint16 labels[N_SAMPLES];
  guint test_counts[N_CLASSES] = {0};
  gboolean seen[N_SAMPLES] = {FALSE};
  CoterieSampleOrder orders[COTERIE_N_SPLITS];
  CoterieDatasetOptions options;

  fill_labels (labels);
  coterie_dataset_options_init (&options);
  coterie_stratified_split (labels, N_SAMPLES, N_CLASSES, &options, orders);
  g_assert_cmpuint (orders[COTERIE_SPLIT_TRAINING].n_samples, ==, 80);
  g_assert_cmpuint (orders[COTERIE_SPLIT_TEST].n_samples, ==, 20);
  count_classes (labels, &orders[COTERIE_SPLIT_TEST], test_counts);
  g_assert_cmpmem (test_counts, sizeof test_counts, expected, sizeof expected);

  for (guint i = 0; i < COTERIE_N_SPLITS; i++) {
    for (gsize s = 0; s < orders[i].n_samples; s++) {
      g_assert_false (seen[orders[i].samples[s]]);
      seen[orders[i].samples[s]] = TRUE;
    }
    coterie_sample_order_clear (&orders[i]);
  }
}

static void
test_every_class_is_trained_and_tested (void)
{
  const guint16 labels[] = {0, 0, 1, 1, 2, 2};
  const double fractions[] = {0.001, 0.9};

  for (guint f = 0; f < 2; f++) {
    CoterieSampleOrder orders[COTERIE_N_SPLITS];
    CoterieDatasetOptions options;

    coterie_dataset_options_init (&options);
    options.test_frac = fractions[f];
    coterie_stratified_split (labels, 6, 3, &options, orders);
    for (guint i = 0; i < COTERIE_N_SPLITS; i++) {
      guint counts[N_CLASSES] = {0};

      count_classes (labels, &orders[i], counts);
      for (guint c = 0; c < 3; c++)
        g_assert_cmpuint (counts[c], ==, 1);
      coterie_sample_order_clear (&orders[i]);
    }
  }
}

static void
test_seed_decides (void)
{
  guint16 labels[N_SAMPLES];
  CoterieDatasetOptions options;
  CoterieSampleOrder first[COTERIE_N_SPLITS], same[COTERIE_N_SPLITS], other[COTERIE_N_SPLITS];

  fill_labels (labels);
  coterie_dataset_options_init (&options);
  coterie_stratified_split (labels, N_SAMPLES, N_CLASSES, &options, first);
  coterie_stratified_split (labels, N_SAMPLES, N_CLASSES, &options, same);
  options.split_seed = 2;
  coterie_stratified_split (labels, N_SAMPLES, N_CLASSES, &options, other);

  for (guint i = 0; i < COTERIE_N_SPLITS; i++) {
    gsize size = first[i].n_samples * sizeof (guint32);

    g_assert_cmpmem (first[i].samples, size, same[i].samples, size);
    g_assert_cmpint (memcmp (first[i].samples, other[i].samples, size), !=, 0);
    coterie_sample_order_clear (&first[i]);
    coterie_sample_order_clear (&same[i]);
    coterie_sample_order_clear (&other[i]);
  }
}

/* Or else a limit to the first samples would leave classes out. */
static void
test_first_samples_are_of_all_classes (void)
{
  guint16 labels[N_SAMPLES];
  guint counts[N_CLASSES] = {0};
  CoterieSampleOrder orders[COTERIE_N_SPLITS];
  CoterieDatasetOptions options;

  for (guint s = 0; s < N_SAMPLES; s++)
    labels[s] = (guint16) (s / 25);
  coterie_dataset_options_init (&options);
  coterie_stratified_split (labels, N_SAMPLES, N_CLASSES, &options, orders);
  orders[COTERIE_SPLIT_TRAINING].n_samples = 20;
  count_classes (labels, &orders[COTERIE_SPLIT_TRAINING], counts);
  for (guint c = 0; c < N_CLASSES; c++)
    g_assert_cmpuint (counts[c], >, 0);
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    coterie_sample_order_clear (&orders[i]);
}

static void
test_natural_order (void)
{
  const char *const ordered[] = {
      "",
      "-10",
      "-9",
      "-2.5",
      "0",
      "00",
      "1",
      "1a",
      "2",
      "10",
      "10b",
      "A",
      "a",
      "class 2",
      "class 02b",
      "class 10",
      "class 10 b",
      "x",
      "x1y",
      "x01y2",
      "x2",
      "x99999999999999999999998",
      "x99999999999999999999999",
      "é",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ordered); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (ordered); j++) {
      int order = coterie_natural_order_compare (ordered[i], ordered[j]);

      if ((order > 0) - (order < 0) != (i > j) - (i < j))
        g_error ("“%s” and “%s”: %d", ordered[i], ordered[j], order);
      g_assert_cmpint (coterie_natural_order_compare_pointers (&ordered[i], &ordered[j]), ==,
                       order);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dataset/split/keeps-the-fraction-of-each-class",
                   test_keeps_the_fraction_of_each_class);
  g_test_add_func ("/dataset/split/every-class-is-trained-and-tested",
                   test_every_class_is_trained_and_tested);
  g_test_add_func ("/dataset/split/seed-decides", test_seed_decides);
  g_test_add_func ("/dataset/split/first-samples-are-of-all-classes",
                   test_first_samples_are_of_all_classes);
  g_test_add_func ("/dataset/natural-order/numbers-count-as-numbers", test_natural_order);
  return g_test_run ();
}
