/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <unistd.h>

#include "core/dataset/catalog.h"
#include "fixtures.h"

static void
assert_opens (const char *source, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieDataset) dataset = coterie_dataset_open (source, NULL, &error);
  const CoterieDatasetInfo *info;

  g_assert_no_error (error);
  info = coterie_dataset_get_info (dataset);
  g_assert_cmpstr (info->name, ==, name);
  g_assert_cmpstr (info->source, ==, source);
  g_assert_cmpuint (info->width, ==, 3);
  g_assert_cmpuint (info->height, ==, 2);
  g_assert_cmpuint (info->n_classes, ==, 4);
  g_assert_cmpstr (info->class_names[3], ==, "3");
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING), ==, 12);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST), ==, 5);
}

static void
assert_refused (const char *source, CoterieDatasetError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieDataset) dataset = coterie_dataset_open (source, NULL, &error);

  g_assert_null (dataset);
  g_assert_error (error, COTERIE_DATASET_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, source));
  g_assert_nonnull (strstr (error->message, words));
}

static void
remove_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
test_digits_are_built_in (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieDataset) dataset = coterie_dataset_open ("digits", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (coterie_dataset_get_info (dataset)->source, ==, "digits");
  g_assert_cmpuint (coterie_dataset_get_n_features (dataset), ==, 784);
}

static void
test_finds_files_where_others_put_them (void)
{
  const char *const subfolders[] = {".", "raw", "MNIST/raw", "FashionMNIST/raw"};
  const char *const names[] = {"mine", "mine", "MNIST", "FashionMNIST"};

  for (guint i = 0; i < G_N_ELEMENTS (subfolders); i++) {
    g_autoptr (TestFolder) folder = test_folder_new ();
    g_autofree char *root = g_build_filename (folder, "mine", NULL);
    g_autofree char *inside = g_build_filename (root, subfolders[i], NULL);

    test_write_idx_dataset (inside, i % 2 == 0);
    assert_opens (root, names[i]);
  }
}

static void
test_finds_files_with_a_dot_before_the_type (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *old_path = g_build_filename (folder, "train-images-idx3-ubyte.gz", NULL);
  g_autofree char *new_path = g_build_filename (folder, "train-images.idx3-ubyte", NULL);
  g_autofree char *name = g_path_get_basename (folder);

  test_write_idx_dataset (folder, TRUE);
  g_assert_cmpint (g_rename (old_path, new_path), ==, 0);
  assert_opens (folder, name);
}

static void
test_source_is_absolute (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *before = g_get_current_dir ();
  g_autofree char *inside = g_build_filename (folder, "digits", NULL);
  g_autofree char *here = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieDataset) dataset = NULL;

  test_write_idx_dataset (inside, FALSE);
  g_assert_cmpint (g_chdir (folder), ==, 0);
  here = g_get_current_dir ();
  expected = g_build_filename (here, "digits", NULL);
  dataset = coterie_dataset_open ("./digits", NULL, &error);
  g_assert_cmpint (g_chdir (before), ==, 0);

  g_assert_no_error (error);
  g_assert_cmpstr (coterie_dataset_get_info (dataset)->source, ==, expected);
}

static void
write_images (const char *folder, const char *name, guint n_images)
{
  g_autoptr (GByteArray) images = test_idx_images (n_images, 2, 3);
  g_autofree char *path = test_write (folder, name, images);
}

static void
write_labels (const char *folder, const char *name, guint n_labels, guint n_classes)
{
  g_autoptr (GByteArray) labels = test_idx_labels (n_labels, n_classes);
  g_autofree char *path = test_write (folder, name, labels);
}

static void
test_fashion_is_known_by_its_folder (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *inside = g_build_filename (folder, "My-Fashion-Things", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieDataset) dataset = NULL;
  const CoterieDatasetInfo *info;

  test_write_idx_dataset (inside, FALSE);
  write_labels (inside, "train-labels-idx1-ubyte", 12, 10);
  dataset = coterie_dataset_open (inside, NULL, &error);
  g_assert_no_error (error);
  info = coterie_dataset_get_info (dataset);
  g_assert_cmpstr (info->name, ==, "Fashion-MNIST");
  g_assert_cmpstr (info->class_names[0], ==, "T-shirt/top");
  g_assert_cmpstr (info->class_names[9], ==, "Ankle boot");
}

static void
test_missing_folder_is_named (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "nothing", NULL);

  assert_refused (path, COTERIE_DATASET_ERROR_NOT_FOUND, "no such folder");
}

static void
test_file_is_not_a_folder (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "t10k-images-idx3-ubyte", NULL);

  test_write_idx_dataset (folder, FALSE);
  assert_refused (path, COTERIE_DATASET_ERROR_NOT_FOUND, "is not a folder");
}

static void
test_folder_without_permission (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *inside = g_build_filename (folder, "closed", NULL);

  if (geteuid () == 0) {
    g_test_skip ("root may read everything");
    return;
  }
  test_write_idx_dataset (inside, FALSE);
  g_assert_cmpint (g_chmod (inside, 0000), ==, 0);
  assert_refused (inside, COTERIE_DATASET_ERROR_NOT_FOUND, "cannot be read");
  g_assert_cmpint (g_chmod (inside, 0700), ==, 0);
}

static void
test_empty_folder_says_what_was_looked_for (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();

  assert_refused (folder, COTERIE_DATASET_ERROR_NOT_FOUND, "train-images-idx3-ubyte");
  assert_refused (folder, COTERIE_DATASET_ERROR_NOT_FOUND, "t10k-labels-idx1-ubyte");
  assert_refused (folder, COTERIE_DATASET_ERROR_NOT_FOUND, "MNIST/raw");
}

static void
test_incomplete_folder_says_what_is_missing (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();

  test_write_idx_dataset (folder, FALSE);
  remove_file (folder, "t10k-images-idx3-ubyte");
  assert_refused (folder, COTERIE_DATASET_ERROR_NOT_FOUND, "found no t10k-images-idx3-ubyte (");
}

static void
test_two_data_sets_are_not_guessed_between (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *mnist = g_build_filename (folder, "MNIST", "raw", NULL);
  g_autofree char *fashion = g_build_filename (folder, "FashionMNIST", "raw", NULL);

  test_write_idx_dataset (mnist, TRUE);
  test_write_idx_dataset (fashion, TRUE);
  assert_refused (folder, COTERIE_DATASET_ERROR_MISMATCH, mnist);
  assert_refused (folder, COTERIE_DATASET_ERROR_MISMATCH, fashion);
}

static void
test_splits_must_have_the_same_shape (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GByteArray) images = test_idx_images (5, 3, 2);
  g_autofree char *path = NULL;

  test_write_idx_dataset (folder, FALSE);
  path = test_write (folder, "t10k-images-idx3-ubyte", images);
  assert_refused (folder, COTERIE_DATASET_ERROR_BAD_SHAPE,
                  "2 × 3 pixels, those for training 3 × 2");
}

static void
test_labels_must_make_classes (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GByteArray) gap = test_idx_labels (12, 4);
  g_autofree char *path = NULL;

  test_write_idx_dataset (folder, FALSE);
  write_labels (folder, "t10k-labels-idx1-ubyte", 5, 5);
  assert_refused (folder, COTERIE_DATASET_ERROR_BAD_LABEL,
                  "t10k-labels-idx1-ubyte: sample 5 has the label 4");

  test_write_idx_dataset (folder, FALSE);
  write_images (folder, "t10k-images-idx3-ubyte", 40);
  write_labels (folder, "t10k-labels-idx1-ubyte", 40, 3);
  write_labels (folder, "train-labels-idx1-ubyte", 12, 4);
  assert_refused (folder, COTERIE_DATASET_ERROR_BAD_LABEL,
                  "train-labels-idx1-ubyte: sample 4 has the label 3, expected 0 to 2");

  test_write_idx_dataset (folder, FALSE);
  write_labels (folder, "train-labels-idx1-ubyte", 12, 1);
  assert_refused (folder, COTERIE_DATASET_ERROR_BAD_LABEL, "1 class");

  for (guint i = 8; i < gap->len; i++)
    if (gap->data[i] == 2)
      gap->data[i] = 3;
  test_write_idx_dataset (folder, FALSE);
  path = test_write (folder, "train-labels-idx1-ubyte", gap);
  assert_refused (folder, COTERIE_DATASET_ERROR_EMPTY_CLASS, "class 2 (2)");
}

static void
test_can_be_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (coterie_dataset_open ("digits", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
assert_label_counts (CoterieDataset *dataset, const guint *expected)
{
  const guint16 *labels = coterie_dataset_get_labels (dataset, COTERIE_SPLIT_TRAINING);
  guint counts[10] = {0};

  for (guint s = 0; s < 60000; s++)
    counts[labels[s]]++;
  g_assert_cmpmem (counts, sizeof counts, expected, sizeof counts);
}

static void
test_opens_real_mnist (void)
{
  const guint counts[] = {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949};
  g_autofree char *folder = test_find_shared ("mnist");
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieDataset) dataset = NULL;
  const CoterieDatasetInfo *info;

  if (folder == NULL) {
    g_test_skip ("MNIST is not here");
    return;
  }
  dataset = coterie_dataset_open (folder, NULL, &error);
  g_assert_no_error (error);
  info = coterie_dataset_get_info (dataset);
  g_assert_cmpstr (info->name, ==, "MNIST");
  g_assert_cmpstr (info->class_names[9], ==, "9");
  g_assert_cmpuint (info->width, ==, 28);
  g_assert_cmpuint (info->height, ==, 28);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING), ==, 60000);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST), ==, 10000);
  assert_label_counts (dataset, counts);
}

static void
test_opens_real_fashion_mnist (void)
{
  const guint counts[] = {6000, 6000, 6000, 6000, 6000, 6000, 6000, 6000, 6000, 6000};
  g_autofree char *folder = test_find_shared ("fashion-mnist");
  g_autoptr (TestFolder) elsewhere = test_folder_new ();
  g_autofree char *link = g_build_filename (elsewhere, "clothes", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieDataset) dataset = NULL;

  if (folder == NULL) {
    g_test_skip ("Fashion-MNIST is not here");
    return;
  }
  /* under another name, so that only the labels tell */
  g_assert_cmpint (symlink (folder, link), ==, 0);
  dataset = coterie_dataset_open (link, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (coterie_dataset_get_info (dataset)->name, ==, "Fashion-MNIST");
  g_assert_cmpstr (coterie_dataset_get_info (dataset)->class_names[5], ==, "Sandal");
  assert_label_counts (dataset, counts);
}

static void
assert_found (const char *path, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *source = coterie_dataset_find_source (path, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (source, ==, expected);
}

static void
assert_nothing_found (const char *path, CoterieDatasetError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *source = coterie_dataset_find_source (path, NULL, &error);

  g_assert_null (source);
  g_assert_error (error, COTERIE_DATASET_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_part_of_a_data_set_stands_for_its_folder (void)
{
  g_autoptr (TestFolder) test_folder = test_folder_new ();
  const char *folder = test_folder;
  static const guint8 idx_labels[] = {0, 0, 8, 1, 0, 0, 0, 0};
  static const char *const parts[] = {"train-labels-idx1-ubyte", "labels-under-another-name",
                                      "data_batch_3.bin", "batches.meta.txt"};

  assert_found (folder, folder);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *path = g_build_filename (folder, parts[i], NULL);

    g_assert_true (g_file_set_contents (path, i < 2 ? (const char *) idx_labels : "x",
                                        i < 2 ? sizeof idx_labels : 1, NULL));
    assert_found (path, folder);
  }
}

static void
test_picked_file_is_known_by_its_ending_or_beginning (void)
{
  g_autoptr (TestFolder) test_folder = test_folder_new ();
  const char *folder = test_folder;
  static const struct {
    const char *name;
    const char *content;
    gboolean known;
  } files[] = {
      {"iris.csv", "a,b\n1,2\n", TRUE},
      {"EMPTY.TSV.gz", "", TRUE},
      {"cifar.tar.gz", "cut off", TRUE},
      {"mnist.npz", "PK\3\4", TRUE},
      {"mnist", "PK\3\4 of numpy", TRUE},
      {"paper.pdf", "%PDF-1.7", FALSE},
      {"empty", "", FALSE},
      {"run.coterie", "SQLite format 3", FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = g_build_filename (folder, files[i].name, NULL);

    g_assert_true (g_file_set_contents (path, files[i].content, -1, NULL));
    if (files[i].known)
      assert_found (path, path);
    else
      assert_nothing_found (path, COTERIE_DATASET_ERROR_BAD_MAGIC,
                            "nothing that can be learnt from");
  }
}

static void
test_picked_file_must_exist (void)
{
  g_autoptr (TestFolder) test_folder = test_folder_new ();
  const char *folder = test_folder;
  g_autofree char *path = g_build_filename (folder, "iris.csv", NULL);

  assert_nothing_found (path, COTERIE_DATASET_ERROR_NOT_FOUND, "iris.csv");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dataset/catalog/digits-are-built-in", test_digits_are_built_in);
  g_test_add_func ("/dataset/catalog/finds-files-where-others-put-them",
                   test_finds_files_where_others_put_them);
  g_test_add_func ("/dataset/catalog/finds-files-with-a-dot-before-the-type",
                   test_finds_files_with_a_dot_before_the_type);
  g_test_add_func ("/dataset/catalog/source-is-absolute", test_source_is_absolute);
  g_test_add_func ("/dataset/catalog/fashion-is-known-by-its-folder",
                   test_fashion_is_known_by_its_folder);
  g_test_add_func ("/dataset/catalog/missing-folder-is-named", test_missing_folder_is_named);
  g_test_add_func ("/dataset/catalog/file-is-not-a-folder", test_file_is_not_a_folder);
  g_test_add_func ("/dataset/catalog/folder-without-permission", test_folder_without_permission);
  g_test_add_func ("/dataset/catalog/empty-folder-says-what-was-looked-for",
                   test_empty_folder_says_what_was_looked_for);
  g_test_add_func ("/dataset/catalog/incomplete-folder-says-what-is-missing",
                   test_incomplete_folder_says_what_is_missing);
  g_test_add_func ("/dataset/catalog/two-data-sets-are-not-guessed-between",
                   test_two_data_sets_are_not_guessed_between);
  g_test_add_func ("/dataset/catalog/splits-must-have-the-same-shape",
                   test_splits_must_have_the_same_shape);
  g_test_add_func ("/dataset/catalog/labels-must-make-classes", test_labels_must_make_classes);
  g_test_add_func ("/dataset/catalog/can-be-cancelled", test_can_be_cancelled);
  g_test_add_func ("/dataset/catalog/part-of-a-data-set-stands-for-its-folder",
                   test_part_of_a_data_set_stands_for_its_folder);
  g_test_add_func ("/dataset/catalog/picked-file-is-known-by-its-ending-or-beginning",
                   test_picked_file_is_known_by_its_ending_or_beginning);
  g_test_add_func ("/dataset/catalog/picked-file-must-exist", test_picked_file_must_exist);
  g_test_add_func ("/dataset/catalog/opens-real-mnist", test_opens_real_mnist);
  g_test_add_func ("/dataset/catalog/opens-real-fashion-mnist", test_opens_real_fashion_mnist);
  return g_test_run ();
}
