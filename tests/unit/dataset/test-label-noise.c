/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/dataset/label-noise.h"
#include "fixtures.h"

#define N_TRAINING 10000
#define N_TEST 2000
#define N_CLASSES 10

static guint
count_changes (CoterieDataset *before, CoterieDataset *after, CoterieSplit split)
{
  const guint16 *old_labels = coterie_dataset_get_labels (before, split);
  const guint16 *new_labels = coterie_dataset_get_labels (after, split);
  guint n_changes = 0;

  for (gsize s = 0; s < coterie_dataset_get_n_samples (before, split); s++)
    n_changes += old_labels[s] != new_labels[s];
  return n_changes;
}

static void
test_none_is_the_same_data_set (void)
{
  g_autoptr (CoterieDataset) dataset = test_dataset_new (100, 10, 2);
  g_autoptr (CoterieDataset) same = coterie_dataset_with_label_noise (dataset, 0.0, 1);

  g_assert_true (same == dataset);
}

static void
test_all_labels_are_drawn_evenly (void)
{
  g_autoptr (CoterieDataset) dataset = test_dataset_new (N_TRAINING, N_TEST, N_CLASSES);
  g_autoptr (CoterieDataset) noisy = coterie_dataset_with_label_noise (dataset, 1.0, 5);
  const guint16 *labels = coterie_dataset_get_labels (noisy, COTERIE_SPLIT_TRAINING);
  guint counts[N_CLASSES] = {0};
  guint n_changed = count_changes (dataset, noisy, COTERIE_SPLIT_TRAINING);

  for (guint s = 0; s < N_TRAINING; s++)
    counts[labels[s]]++;
  /* 1,000 expected of each, standard deviation 30: five of them */
  for (guint c = 0; c < N_CLASSES; c++) {
    g_assert_cmpuint (counts[c], >, 850);
    g_assert_cmpuint (counts[c], <, 1150);
  }
  /* one in ten gets the label that it had: 9,000 expected to change, standard deviation 30 */
  g_assert_cmpuint (n_changed, >, 8850);
  g_assert_cmpuint (n_changed, <, 9150);
}

/* With 1000 classes nearly every redrawn label differs, so the changes show how many were drawn. */
static void
test_fraction_is_exact (void)
{
  g_autoptr (CoterieDataset) dataset = test_dataset_new (N_TRAINING, N_TEST, 1000);
  g_autoptr (CoterieDataset) quarter = coterie_dataset_with_label_noise (dataset, 0.25, 3);
  g_autoptr (CoterieDataset) trace = coterie_dataset_with_label_noise (dataset, 0.00004, 3);
  guint n_training = count_changes (dataset, quarter, COTERIE_SPLIT_TRAINING);
  guint n_test = count_changes (dataset, quarter, COTERIE_SPLIT_TEST);

  g_assert_cmpuint (n_training, <=, 2500);
  g_assert_cmpuint (n_training, >=, 2480);
  g_assert_cmpuint (n_test, <=, 500);
  g_assert_cmpuint (n_test, >=, 490);
  g_assert_cmpuint (count_changes (dataset, trace, COTERIE_SPLIT_TRAINING), ==, 0);
}

static void
test_seed_decides (void)
{
  g_autoptr (CoterieDataset) dataset = test_dataset_new (N_TRAINING, N_TEST, N_CLASSES);
  g_autoptr (CoterieDataset) first = coterie_dataset_with_label_noise (dataset, 0.5, 8);
  g_autoptr (CoterieDataset) again = coterie_dataset_with_label_noise (dataset, 0.5, 8);
  g_autoptr (CoterieDataset) other = coterie_dataset_with_label_noise (dataset, 0.5, 9);

  for (CoterieSplit split = 0; split < COTERIE_N_SPLITS; split++) {
    g_assert_cmpuint (count_changes (first, again, split), ==, 0);
    g_assert_cmpuint (count_changes (first, other, split), >, 0);
  }
}

static void
test_more_noise_keeps_earlier_changes (void)
{
  g_autoptr (CoterieDataset) dataset = test_dataset_new (N_TRAINING, N_TEST, N_CLASSES);
  g_autoptr (CoterieDataset) little = coterie_dataset_with_label_noise (dataset, 0.2, 8);
  g_autoptr (CoterieDataset) more = coterie_dataset_with_label_noise (dataset, 0.6, 8);
  const guint16 *labels = coterie_dataset_get_labels (dataset, COTERIE_SPLIT_TRAINING);
  const guint16 *little_labels = coterie_dataset_get_labels (little, COTERIE_SPLIT_TRAINING);
  const guint16 *more_labels = coterie_dataset_get_labels (more, COTERIE_SPLIT_TRAINING);

  for (guint s = 0; s < N_TRAINING; s++)
    if (little_labels[s] != labels[s])
      g_assert_cmpuint (more_labels[s], ==, little_labels[s]);
}

static void
test_pixels_and_hash_stay (void)
{
  g_autoptr (CoterieDataset) dataset = test_dataset_new (100, 10, 2);
  g_autoptr (CoterieDataset) noisy = coterie_dataset_with_label_noise (dataset, 1.0, 1);

  g_assert_true (coterie_dataset_get_pixels (noisy, COTERIE_SPLIT_TEST) ==
                 coterie_dataset_get_pixels (dataset, COTERIE_SPLIT_TEST));
  g_assert_cmpstr (coterie_dataset_get_hash (noisy), ==, coterie_dataset_get_hash (dataset));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dataset/label-noise/none-is-the-same-data-set",
                   test_none_is_the_same_data_set);
  g_test_add_func ("/dataset/label-noise/all-labels-are-drawn-evenly",
                   test_all_labels_are_drawn_evenly);
  g_test_add_func ("/dataset/label-noise/fraction-is-exact", test_fraction_is_exact);
  g_test_add_func ("/dataset/label-noise/seed-decides", test_seed_decides);
  g_test_add_func ("/dataset/label-noise/more-noise-keeps-earlier-changes",
                   test_more_noise_keeps_earlier_changes);
  g_test_add_func ("/dataset/label-noise/pixels-and-hash-stay", test_pixels_and_hash_stay);
  return g_test_run ();
}
