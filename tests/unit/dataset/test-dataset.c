/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>

#include "core/dataset/pixel-fraction.h"
#include "fixtures.h"

/* A data set of two by two pixels that can be spoiled before it is made. */
typedef struct {
  guint width;
  guint height;
  guint n_classes;
  guint16 training_labels[4];
  guint16 test_labels[2];
  gsize n_training;
  gsize n_test;
  gsize n_pixel_bytes;
  gsize n_label_bytes;
} Recipe;

static const Recipe good_recipe = {2, 2, 3, {0, 1, 2, 0}, {1, 1}, 4, 2, 16, 8};

static CoterieDataset *
cook (const Recipe *recipe, GError **error)
{
  static const char *const names[] = {"cat", "dog", "owl", NULL};
  static const guint8 pixels[64] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  const CoterieDatasetInfo info = {
      "Test",        "/folder",      names + 3 - MIN (recipe->n_classes, 3),
      recipe->width, recipe->height, recipe->n_classes};
  g_autoptr (GBytes) training_pixels = g_bytes_new (pixels, recipe->n_pixel_bytes);
  g_autoptr (GBytes) training_labels = g_bytes_new (recipe->training_labels, recipe->n_label_bytes);
  g_autoptr (GBytes) test_pixels = g_bytes_new (pixels, recipe->n_test * 4);
  g_autoptr (GBytes) test_labels = g_bytes_new (recipe->test_labels, recipe->n_test * 2);
  const CoterieSamples splits[] = {{training_pixels, training_labels, recipe->n_training},
                                   {test_pixels, test_labels, recipe->n_test}};

  return coterie_dataset_new (&info, splits, error);
}

static void
assert_refused (const Recipe *recipe, CoterieDatasetError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieDataset) dataset = cook (recipe, &error);

  g_assert_null (dataset);
  g_assert_error (error, COTERIE_DATASET_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, "/folder"));
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_keeps_what_it_was_given (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieDataset) dataset = cook (&good_recipe, &error);
  const CoterieDatasetInfo *info = coterie_dataset_get_info (dataset);

  g_assert_no_error (error);
  g_assert_cmpstr (info->name, ==, "Test");
  g_assert_cmpstr (info->source, ==, "/folder");
  g_assert_cmpstr (info->class_names[2], ==, "owl");
  g_assert_null (info->class_names[3]);
  g_assert_cmpuint (coterie_dataset_get_n_features (dataset), ==, 4);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING), ==, 4);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST), ==, 2);
  g_assert_cmpuint (coterie_dataset_get_labels (dataset, COTERIE_SPLIT_TRAINING)[2], ==, 2);
  g_assert_cmpuint (coterie_dataset_get_pixels (dataset, COTERIE_SPLIT_TRAINING)[9], ==, 9);
}

static void
test_refuses_sizes_that_do_not_fit (void)
{
  Recipe recipe = good_recipe;

  recipe.n_pixel_bytes = 15;
  assert_refused (&recipe, COTERIE_DATASET_ERROR_MISMATCH, "15 bytes of pixels");

  recipe = good_recipe;
  recipe.n_label_bytes = 6;
  assert_refused (&recipe, COTERIE_DATASET_ERROR_MISMATCH, "3 labels for 4 samples");

  recipe = good_recipe;
  recipe.height = 0;
  assert_refused (&recipe, COTERIE_DATASET_ERROR_BAD_SHAPE, "2 × 0");

  recipe = good_recipe;
  recipe.width = recipe.height = G_MAXUINT;
  assert_refused (&recipe, COTERIE_DATASET_ERROR_MISMATCH, "4294967295 × 4294967295");

  recipe = good_recipe;
  recipe.n_test = 0;
  assert_refused (&recipe, COTERIE_DATASET_ERROR_BAD_SHAPE, "the test split has no samples");

  recipe = good_recipe;
  recipe.n_classes = 4;
  assert_refused (&recipe, COTERIE_DATASET_ERROR_MISMATCH, "3 class names for 4 classes");
}

static void
test_refuses_labels_that_do_not_fit (void)
{
  Recipe recipe = good_recipe;

  recipe.training_labels[3] = 3;
  assert_refused (&recipe, COTERIE_DATASET_ERROR_BAD_LABEL, "training sample 4 is 3");

  recipe = good_recipe;
  recipe.test_labels[1] = 7;
  assert_refused (&recipe, COTERIE_DATASET_ERROR_BAD_LABEL, "test sample 2 is 7");
}

static void
test_refuses_one_class (void)
{
  Recipe recipe = good_recipe;

  recipe.n_classes = 1;
  memset (recipe.training_labels, 0, sizeof recipe.training_labels);
  memset (recipe.test_labels, 0, sizeof recipe.test_labels);
  assert_refused (&recipe, COTERIE_DATASET_ERROR_BAD_LABEL, "1 class");
}

static void
test_refuses_an_empty_class_by_name (void)
{
  Recipe recipe = good_recipe;

  recipe.training_labels[1] = 2;
  assert_refused (&recipe, COTERIE_DATASET_ERROR_EMPTY_CLASS, "class 1 (dog)");
}

static void
test_gather_divides_by_255 (void)
{
  g_autoptr (CoterieDataset) dataset = test_dataset_new (60, 5, 2);
  const guint32 samples[] = {59, 0, 59};
  const guint8 *pixels = coterie_dataset_get_pixels (dataset, COTERIE_SPLIT_TRAINING);
  float rows[3 * 6 + 1];

  rows[18] = -1.0f;
  coterie_dataset_gather (dataset, COTERIE_SPLIT_TRAINING, samples, 3, rows);
  for (guint row = 0; row < 3; row++)
    for (guint i = 0; i < 6; i++)
      g_assert_cmpfloat (rows[row * 6 + i], ==, (float) pixels[samples[row] * 6 + i] / 255.0f);
  g_assert_cmpfloat (rows[18], ==, -1.0f);
}

static void
test_every_pixel_is_rounded_as_by_division (void)
{
  for (guint pixel = 0; pixel < 256; pixel++)
    g_assert_cmpfloat (COTERIE_PIXEL_FRACTION ((float) pixel), ==, (float) pixel / 255.0f);
}

static void
test_limit_keeps_the_first_samples (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieDataset) dataset = test_dataset_new (60, 5, 3);
  g_autoptr (CoterieDataset) limited = coterie_dataset_with_limit (dataset, 7, &error);
  g_autoptr (CoterieDataset) whole = coterie_dataset_with_limit (dataset, 60, NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (coterie_dataset_get_n_samples (limited, COTERIE_SPLIT_TRAINING), ==, 7);
  g_assert_cmpuint (coterie_dataset_get_n_samples (limited, COTERIE_SPLIT_TEST), ==, 5);
  g_assert_true (coterie_dataset_get_pixels (limited, COTERIE_SPLIT_TRAINING) ==
                 coterie_dataset_get_pixels (dataset, COTERIE_SPLIT_TRAINING));
  g_assert_cmpstr (coterie_dataset_get_hash (limited), ==, coterie_dataset_get_hash (dataset));
  g_assert_true (whole == dataset);
}

static void
test_limit_refuses_what_cannot_be (void)
{
  g_autoptr (CoterieDataset) dataset = test_dataset_new (60, 5, 3);
  const gsize bad[] = {0, 61, G_MAXSIZE};
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_assert_null (coterie_dataset_with_limit (dataset, bad[i], &error));
    g_assert_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE);
    g_clear_error (&error);
  }
  g_assert_null (coterie_dataset_with_limit (dataset, 2, &error));
  g_assert_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_EMPTY_CLASS);
  g_assert_nonnull (strstr (error->message, "class 2"));
}

static void
test_other_labels_share_pixels (void)
{
  g_autoptr (CoterieDataset) dataset = test_dataset_new (4, 2, 3);
  const guint16 labels[] = {2, 2, 1, 1};
  g_autoptr (GBytes) bytes = g_bytes_new (labels, sizeof labels);
  g_autoptr (CoterieDataset) copy = coterie_dataset_with_labels (dataset, bytes, NULL);

  g_assert_cmpmem (coterie_dataset_get_labels (copy, COTERIE_SPLIT_TRAINING), sizeof labels, labels,
                   sizeof labels);
  g_assert_cmpuint (coterie_dataset_get_labels (copy, COTERIE_SPLIT_TEST)[1], ==, 1);
  g_assert_cmpuint (coterie_dataset_get_labels (dataset, COTERIE_SPLIT_TRAINING)[0], ==, 0);
  g_assert_true (coterie_dataset_get_pixels (copy, COTERIE_SPLIT_TRAINING) ==
                 coterie_dataset_get_pixels (dataset, COTERIE_SPLIT_TRAINING));
  g_assert_cmpstr (coterie_dataset_get_hash (copy), ==, coterie_dataset_get_hash (dataset));
}

static void
test_hash_sees_shape_labels_and_pixels (void)
{
  g_autoptr (CoterieDataset) dataset = cook (&good_recipe, NULL);
  g_autoptr (CoterieDataset) same = cook (&good_recipe, NULL);
  g_autoptr (CoterieDataset) other_labels = NULL;
  g_autoptr (CoterieDataset) other_shape = NULL;
  g_autoptr (CoterieDataset) fewer = NULL;
  Recipe recipe = good_recipe;

  recipe.test_labels[0] = 2;
  other_labels = cook (&recipe, NULL);
  recipe = good_recipe;
  recipe.width = 4;
  recipe.height = 1;
  other_shape = cook (&recipe, NULL);
  recipe = good_recipe;
  recipe.n_test = 1;
  fewer = cook (&recipe, NULL);

  g_assert_cmpuint (strlen (coterie_dataset_get_hash (dataset)), ==, 64);
  g_assert_cmpstr (coterie_dataset_get_hash (dataset), ==, coterie_dataset_get_hash (same));
  g_assert_cmpstr (coterie_dataset_get_hash (dataset), !=, coterie_dataset_get_hash (other_labels));
  g_assert_cmpstr (coterie_dataset_get_hash (dataset), !=, coterie_dataset_get_hash (other_shape));
  g_assert_cmpstr (coterie_dataset_get_hash (dataset), !=, coterie_dataset_get_hash (fewer));
}

/* Computed independently of the program: the header line, the labels as little-endian 16-bit
 * numbers and the pixels, first of the training split, then of the test split. */
static void
test_hash_is_the_same_everywhere (void)
{
  g_autoptr (CoterieDataset) dataset = cook (&good_recipe, NULL);

  g_assert_cmpstr (coterie_dataset_get_hash (dataset), ==,
                   "9fea32d190288a652fcda361bd817b073b886ddccbf2e88f98829e6fd6832905");
}

static gpointer
ask_for_hash (gpointer dataset)
{
  return (gpointer) coterie_dataset_get_hash (dataset);
}

static void
test_hash_is_computed_once (void)
{
  g_autoptr (CoterieDataset) dataset = test_dataset_new (20000, 100, 2);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("hash", ask_for_hash, dataset);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_true (g_thread_join (threads[i]) == coterie_dataset_get_hash (dataset));
}

/* Four samples of three numbers in two classes, in both splits. */
static CoterieDataset *
make_rows (float odd_one, GError **error)
{
  static const char *const names[] = {"a", "b", NULL};
  const CoterieDatasetInfo info = {"Rows", "/rows", names, 1, 1, 2, 3, "label-column=c"};
  const float values[12] = {0.0f, 0.25f, 1.0f, 0.5f, odd_one};
  const guint16 labels[] = {0, 1, 0, 1};
  g_autoptr (CoterieDatasetReport) report = coterie_dataset_report_new ();
  CoterieSamples splits[COTERIE_N_SPLITS] = {{NULL}};
  CoterieDataset *dataset;

  coterie_dataset_report_add (report, "/rows/bad", "is damaged");
  for (guint i = 0; i < COTERIE_N_SPLITS; i++) {
    splits[i].n_samples = 4;
    splits[i].values = g_bytes_new (values, sizeof values);
    splits[i].labels = g_bytes_new (labels, sizeof labels);
  }
  dataset = coterie_dataset_new_with_report (&info, splits, report, error);
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    coterie_samples_clear (&splits[i]);
  return dataset;
}

static void
test_files_left_out_are_listed_each_with_its_reason (void)
{
  g_autoptr (CoterieDatasetReport) report = coterie_dataset_report_new ();
  g_autofree char *nothing = coterie_dataset_report_dup_list (report);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *list = NULL;

  g_assert_cmpstr (nothing, ==, "");
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *path = g_strdup_printf ("/images/%u.png", i);

    coterie_dataset_report_add (report, path, "is cut\nshort\n");
    g_string_append_printf (expected, "%s: is cut short\n", path);
  }
  list = coterie_dataset_report_dup_list (report);
  g_assert_cmpstr (list, ==, expected->str);
}

static void
test_numbers_are_kept_as_they_are (void)
{
  const guint32 wanted[] = {1, 0};
  const float expected[] = {0.5f, 0.125f, 0.0f, 0.0f, 0.25f, 1.0f};
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieDataset) dataset = make_rows (0.125f, &error);
  g_autoptr (CoterieDataset) other = make_rows (0.1875f, &error);
  g_autoptr (CoterieDataset) limited = NULL;
  CoterieDatasetReport *report = coterie_dataset_get_report (dataset);
  float rows[6];

  g_assert_no_error (error);
  g_assert_cmpuint (coterie_dataset_get_n_features (dataset), ==, 3);
  g_assert_cmpuint (coterie_dataset_get_info (dataset)->n_channels, ==, 3);
  g_assert_cmpstr (coterie_dataset_get_info (dataset)->options, ==, "label-column=c");
  g_assert_null (coterie_dataset_get_pixels (dataset, COTERIE_SPLIT_TEST));
  g_assert_cmpuint (coterie_dataset_report_get_n_files (report), ==, 1);
  g_assert_cmpstr (coterie_dataset_report_get_path (report, 0), ==, "/rows/bad");

  limited = coterie_dataset_with_limit (dataset, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (coterie_dataset_get_n_samples (limited, COTERIE_SPLIT_TRAINING), ==, 2);
  coterie_dataset_gather (limited, COTERIE_SPLIT_TRAINING, wanted, 2, rows);
  g_assert_cmpmem (rows, sizeof rows, expected, sizeof expected);
  g_assert_cmpstr (coterie_dataset_get_hash (limited), ==, coterie_dataset_get_hash (dataset));
  g_assert_cmpstr (coterie_dataset_get_hash (dataset), !=, coterie_dataset_get_hash (other));
}

static void
test_numbers_are_checked (void)
{
  const float bad[] = {-0.001f, 1.001f, NAN, INFINITY};

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (make_rows (bad[i], &error));
    g_assert_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE);
    g_assert_nonnull (strstr (error->message, "number 2 of training sample 2"));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dataset/keeps-what-it-was-given", test_keeps_what_it_was_given);
  g_test_add_func ("/dataset/refuses-sizes-that-do-not-fit", test_refuses_sizes_that_do_not_fit);
  g_test_add_func ("/dataset/refuses-labels-that-do-not-fit", test_refuses_labels_that_do_not_fit);
  g_test_add_func ("/dataset/refuses-one-class", test_refuses_one_class);
  g_test_add_func ("/dataset/refuses-an-empty-class-by-name", test_refuses_an_empty_class_by_name);
  g_test_add_func ("/dataset/gather/divides-by-255", test_gather_divides_by_255);
  g_test_add_func ("/dataset/gather/every-pixel-is-rounded-as-by-division",
                   test_every_pixel_is_rounded_as_by_division);
  g_test_add_func ("/dataset/limit/keeps-the-first-samples", test_limit_keeps_the_first_samples);
  g_test_add_func ("/dataset/limit/refuses-what-cannot-be", test_limit_refuses_what_cannot_be);
  g_test_add_func ("/dataset/labels/other-labels-share-pixels", test_other_labels_share_pixels);
  g_test_add_func ("/dataset/hash/sees-shape-labels-and-pixels",
                   test_hash_sees_shape_labels_and_pixels);
  g_test_add_func ("/dataset/hash/is-the-same-everywhere", test_hash_is_the_same_everywhere);
  g_test_add_func ("/dataset/hash/is-computed-once", test_hash_is_computed_once);
  g_test_add_func ("/dataset/report/lists-each-file-with-its-reason",
                   test_files_left_out_are_listed_each_with_its_reason);
  g_test_add_func ("/dataset/numbers/are-kept-as-they-are", test_numbers_are_kept_as_they_are);
  g_test_add_func ("/dataset/numbers/are-checked", test_numbers_are_checked);
  return g_test_run ();
}
