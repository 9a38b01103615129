/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/dataset/npz-dataset.h"

#include <math.h>

#include "fixtures.h"

#define N_TRAINING 6
#define N_TEST 3

/* Header and values of each of x_train, y_train, x_test, y_test; NULL leaves an array out. */
typedef struct {
  const char *descr;
  const char *sample_shape;
  const char *label_descr;
  const char *label_shape;
  const char *names[4];
} Variant;

static const Variant keras = {
    "|u1", ", 2, 3", "|u1", "", {"x_train.npy", "y_train.npy", "x_test.npy", "y_test.npy"},
};

static GByteArray *
make_array (const char *descr, guint n_samples, const char *shape, gconstpointer values, gsize size)
{
  g_autofree char *header =
      g_strdup_printf ("{'descr': '%s', 'fortran_order': False, 'shape': (%u,%s), }\n", descr,
                       n_samples, *shape == ',' ? shape + 1 : shape);

  return test_npy (header, values, size);
}

/* One value of that type. */
static void
append_value (GByteArray *bytes, const char *descr, double value)
{
  guint8 u1 = (guint8) value;
  gint64 i8 = GINT64_TO_LE ((gint64) value);
  float f4 = (float) value;

  if (g_str_equal (descr, "|u1"))
    g_byte_array_append (bytes, &u1, sizeof u1);
  else if (g_str_equal (descr, "<i8"))
    g_byte_array_append (bytes, (const guint8 *) &i8, sizeof i8);
  else if (g_str_equal (descr, "<f4"))
    g_byte_array_append (bytes, (const guint8 *) &f4, sizeof f4);
  else
    g_byte_array_append (bytes, (const guint8 *) &value, sizeof value);
}

/* One-hot where there are three columns. */
static void
append_label (GByteArray *labels, const Variant *variant, guint label)
{
  if (!g_str_equal (variant->label_shape, "3")) {
    append_value (labels, variant->label_descr, label);
    return;
  }
  for (guint c = 0; c < 3; c++)
    append_value (labels, variant->label_descr, c == label ? 1.0 : 0.0);
}

/* Value i is i times 10, modulo 256, times @scale; labels are 0, 1, 2, 0 … */
static void
make_members (const Variant *variant, guint n_features, double scale, TestMember members[4])
{
  const guint n_samples[] = {N_TRAINING, N_TEST};

  for (guint split = 0; split < 2; split++) {
    g_autoptr (GByteArray) values = g_byte_array_new ();
    g_autoptr (GByteArray) labels = g_byte_array_new ();

    for (guint i = 0; i < n_samples[split] * n_features; i++)
      append_value (values, variant->descr, i * 10 % 256 * scale);
    for (guint s = 0; s < n_samples[split]; s++)
      append_label (labels, variant, s % 3);
    members[2 * split] = (TestMember){
        variant->names[2 * split],
        make_array (variant->descr, n_samples[split], variant->sample_shape, values->data,
                    values->len),
    };
    members[2 * split + 1] = (TestMember){
        variant->names[2 * split + 1],
        make_array (variant->label_descr, n_samples[split], variant->label_shape, labels->data,
                    labels->len),
    };
  }
}

static void
members_free (TestMember members[4])
{
  for (guint i = 0; i < 4; i++)
    g_byte_array_unref (members[i].bytes);
}

static CoterieDataset *
open_variant (const Variant *variant, guint n_features, double scale, gboolean color)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = NULL;
  CoterieDatasetOptions options;
  TestMember members[4];

  coterie_dataset_options_init (&options);
  options.color = color;
  make_members (variant, n_features, scale, members);
  path = test_write_zip (folder, "things.npz", members, 4, FALSE);
  members_free (members);
  return test_open (path, &options);
}

static void
assert_pixels (CoterieDataset *dataset, guint width, guint height)
{
  const CoterieDatasetInfo *info = coterie_dataset_get_info (dataset);
  const guint8 *pixels = coterie_dataset_get_pixels (dataset, COTERIE_SPLIT_TRAINING);

  g_assert_cmpstr (info->name, ==, "things");
  g_assert_cmpstr (info->options, ==, "");
  g_assert_cmpuint (info->n_classes, ==, 3);
  g_assert_cmpuint (info->width, ==, width);
  g_assert_cmpuint (info->height, ==, height);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING), ==,
                    N_TRAINING);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST), ==, N_TEST);
  g_assert_cmpuint (coterie_dataset_get_labels (dataset, COTERIE_SPLIT_TRAINING)[5], ==, 2);
  for (guint i = 0; i < N_TRAINING * width * height; i++)
    g_assert_cmpuint (pixels[i], ==, i * 10 % 256);
}

static void
test_stored_and_deflated_are_the_same (void)
{
  for (guint compressed = 0; compressed < 2; compressed++) {
    g_autoptr (TestFolder) folder = test_folder_new ();
    g_autofree char *path = NULL;
    g_autoptr (CoterieDataset) dataset = NULL;
    TestMember members[4];

    make_members (&keras, 6, 1.0, members);
    path = test_write_zip (folder, compressed ? "things.npz" : "things.zip", members, 4,
                           compressed != 0);
    members_free (members);
    dataset = test_open (path, NULL);
    assert_pixels (dataset, 3, 2);
  }
}

static void
test_every_type_and_shape_is_read (void)
{
  const Variant variants[] = {
      {"<i8", ", 2, 3", "<i8", "", {"x_train.npy", "y_train.npy", "x_test.npy", "y_test.npy"}},
      {"<f4", ", 2, 3, 1", "|u1", "1", {"x_train.npy", "y_train.npy", "x_test.npy", "y_test.npy"}},
      {"|u1", ", 2, 3", "<f4", "", {"x_train.npy", "y_train.npy", "x_test.npy", "y_test.npy"}},
      {"|u1", ", 2, 3", "<f8", "1", {"x_train.npy", "y_train.npy", "x_test.npy", "y_test.npy"}},
      {"|u1", ", 2, 3", "|u1", "3", {"x_train.npy", "y_train.npy", "x_test.npy", "y_test.npy"}},
      {"|u1", ", 2, 3", "<f4", "3", {"x_train.npy", "y_train.npy", "x_test.npy", "y_test.npy"}},
      {"<f8",
       ", 2, 3",
       "<i8",
       "1",
       {"train_images.npy", "train_labels.npy", "test_images.npy", "test_labels.npy"}},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (variants); i++) {
    g_autoptr (CoterieDataset) dataset = open_variant (&variants[i], 6, 1.0, FALSE);

    assert_pixels (dataset, 3, 2);
  }
}

static void
test_rows_of_bytes_may_be_images (void)
{
  Variant variant = keras;
  g_autoptr (CoterieDataset) image = NULL;
  g_autoptr (CoterieDataset) row = NULL;

  variant.sample_shape = ", 64";
  image = open_variant (&variant, 64, 1.0, FALSE);
  assert_pixels (image, 8, 8);

  variant.sample_shape = ", 5";
  row = open_variant (&variant, 5, 1.0, FALSE);
  g_assert_cmpuint (coterie_dataset_get_info (row)->width, ==, 5);
  g_assert_cmpuint (coterie_dataset_get_info (row)->height, ==, 1);
  g_assert_nonnull (coterie_dataset_get_values (row, COTERIE_SPLIT_TRAINING));
}

/* From 0 to 1 they stay as they are, else the greatest for training becomes 1. */
static void
test_floats_are_scaled (void)
{
  Variant variant = keras;
  g_autoptr (CoterieDataset) fractions = NULL;
  g_autoptr (CoterieDataset) others = NULL;

  variant.descr = "<f8";
  fractions = open_variant (&variant, 6, 1.0 / 512.0, FALSE);
  others = open_variant (&variant, 6, -0.5, FALSE);
  for (guint i = 0; i < N_TRAINING * 6; i++) {
    double level = i * 10 % 256;

    g_assert_cmpfloat (coterie_dataset_get_values (fractions, COTERIE_SPLIT_TRAINING)[i], ==,
                       (float) (level / 512.0));
    /* the greatest level of 36 values is 250 */
    g_assert_cmpfloat_with_epsilon (coterie_dataset_get_values (others, COTERIE_SPLIT_TRAINING)[i],
                                    1.0 - level / 250.0, 1e-6);
  }
}

static void
test_color_becomes_grey_or_planes (void)
{
  const char *const types[] = {"|u1", "<f8"};

  for (guint t = 0; t < 2; t++) {
    Variant variant = keras;
    g_autoptr (CoterieDataset) grey = NULL;
    g_autoptr (CoterieDataset) colored = NULL;
    double scale = t == 0 ? 1.0 : 1.0 / 255.0;
    guint32 sample = 1;
    float rows[12];

    variant.descr = types[t];
    variant.sample_shape = ", 2, 2, 3";
    grey = open_variant (&variant, 12, scale, FALSE);
    colored = open_variant (&variant, 12, scale, TRUE);
    g_assert_cmpuint (coterie_dataset_get_n_features (grey), ==, 4);
    g_assert_cmpuint (coterie_dataset_get_n_features (colored), ==, 12);
    g_assert_cmpuint (coterie_dataset_get_info (colored)->n_channels, ==, 3);
    g_assert_cmpstr (coterie_dataset_get_info (colored)->options, ==, "color");

    coterie_dataset_gather (colored, COTERIE_SPLIT_TRAINING, &sample, 1, rows);
    for (guint plane = 0; plane < 3; plane++)
      for (guint i = 0; i < 4; i++)
        g_assert_cmpfloat_with_epsilon (rows[4 * plane + i],
                                        (12 + 3 * i + plane) * 10 % 256 / 255.0, 1e-6);
    coterie_dataset_gather (grey, COTERIE_SPLIT_TRAINING, &sample, 1, rows);
    for (guint i = 0; i < 4; i++) {
      guint red = 12 + 3 * i;
      double expected = 0.299 * (red * 10 % 256) + 0.587 * ((red + 1) * 10 % 256) +
                        0.114 * ((red + 2) * 10 % 256);

      g_assert_cmpfloat_with_epsilon (rows[i], expected / 255.0, 0.5 / 255.0 + 1e-6);
    }
  }
}

static void
test_split_is_drawn_without_test_arrays (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = NULL;
  g_autoptr (CoterieDataset) dataset = NULL;
  TestMember members[4];

  make_members (&keras, 6, 1.0, members);
  path = test_write_zip (folder, "things.npz", members, 2, TRUE);
  members_free (members);
  dataset = test_open (path, NULL);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING), ==, 3);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST), ==, 3);
  g_assert_cmpstr (coterie_dataset_get_info (dataset)->options, ==,
                   "test-fraction=0.2 split-seed=1");
}

/* Puts other bytes in the place of one array. */
static void
assert_replaced_refused (
    guint replaced, const char *header, gsize size, CoterieDatasetError code, const char *words)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree guint8 *values = g_malloc0 (size + 1);
  g_autofree char *path = NULL;
  TestMember members[4];

  make_members (&keras, 6, 1.0, members);
  g_byte_array_unref (members[replaced].bytes);
  memset (values, 0xff, g_str_equal (words, "finite") ? size : 0);
  members[replaced].bytes = test_npy (header, values, size);
  path = test_write_zip (folder, "things.npz", members, 4, FALSE);
  members_free (members);
  test_assert_refused (path, NULL, code, path, keras.names[replaced], words, NULL);
}

static void
test_wrong_arrays_are_refused (void)
{
#define HEADER(descr, shape)                                                                       \
  "{'descr': '" descr "', 'fortran_order': False, 'shape': " shape ", }\n"
  assert_replaced_refused (0, HEADER ("|O", "(6, 2, 3)"), 36, COTERIE_DATASET_ERROR_BAD_VALUE,
                           "elements of type \"|O\"");
  assert_replaced_refused (0, HEADER ("|u1", "(6,)"), 6, COTERIE_DATASET_ERROR_BAD_SHAPE,
                           "has the shape [6]");
  assert_replaced_refused (0, HEADER ("|u1", "(6, 1, 3, 2)"), 36, COTERIE_DATASET_ERROR_BAD_SHAPE,
                           "has the shape [6, 1, 3, 2]");
  assert_replaced_refused (0, HEADER ("|u1", "(1, 1, 5000)"), 5000, COTERIE_DATASET_ERROR_BAD_SHAPE,
                           "sides of 1 to 4096");
  assert_replaced_refused (0, HEADER ("|u1", "(6, 0, 3)"), 0, COTERIE_DATASET_ERROR_BAD_SHAPE,
                           "has the shape [6, 0, 3]");
  assert_replaced_refused (0, HEADER ("|u1", "(6, 2, 3)"), 35, COTERIE_DATASET_ERROR_TRUNCATED,
                           "ends too early");
  assert_replaced_refused (0, HEADER ("<f4", "(6, 2, 3)"), 144, COTERIE_DATASET_ERROR_BAD_VALUE,
                           "finite");
  assert_replaced_refused (1, HEADER ("|u1", "(5,)"), 5, COTERIE_DATASET_ERROR_MISMATCH,
                           "5 labels for 6 samples");
  assert_replaced_refused (1, HEADER ("|u1", "(6, 10)"), 60, COTERIE_DATASET_ERROR_BAD_LABEL,
                           "row at index 0 has no 1, expected a single 1");
  assert_replaced_refused (1, HEADER ("|u1", "(2, 3)"), 6, COTERIE_DATASET_ERROR_MISMATCH,
                           "2 labels for 6 samples");
  assert_replaced_refused (1, HEADER ("|u1", "(6, 1, 1)"), 6, COTERIE_DATASET_ERROR_BAD_SHAPE,
                           "has 3 dimensions, but labels must be whole numbers");
  assert_replaced_refused (1, HEADER ("|O", "(6,)"), 6, COTERIE_DATASET_ERROR_BAD_VALUE,
                           "one for each sample, or one-hot rows");
  assert_replaced_refused (2, HEADER ("|u1", "(3, 3, 2)"), 18, COTERIE_DATASET_ERROR_BAD_SHAPE,
                           "expected that of the training samples");
  assert_replaced_refused (2, HEADER ("|u1", "()"), 1, COTERIE_DATASET_ERROR_BAD_SHAPE,
                           "has the shape []");
  assert_replaced_refused (2, HEADER ("|u1", "(0, 2, 3)"), 0, COTERIE_DATASET_ERROR_BAD_SHAPE,
                           "at least one sample");
}

static void
test_a_value_that_is_none_is_named_by_its_sample (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = NULL;
  float values[6][2][3] = {0};
  TestMember members[4];

  values[4][1][2] = NAN;
  make_members (&keras, 6, 1.0, members);
  g_byte_array_unref (members[0].bytes);
  members[0].bytes = test_npy (HEADER ("<f4", "(6, 2, 3)"), (const guint8 *) values, sizeof values);
  path = test_write_zip (folder, "things.npz", members, 4, FALSE);
  members_free (members);
  test_assert_refused (path, NULL, COTERIE_DATASET_ERROR_BAD_VALUE, path, keras.names[0],
                       "sample 5 has a value that is not a number, at index [4, 1, 2]", NULL);
}

static void
test_missing_arrays_are_named (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *without_labels = NULL;
  g_autofree char *with_others = NULL;
  TestMember members[4];

  make_members (&keras, 6, 1.0, members);
  without_labels = test_write_zip (folder, "three.npz", members, 3, FALSE);
  test_assert_refused (without_labels, NULL, COTERIE_DATASET_ERROR_NOT_FOUND, without_labels,
                       "found no array y_test", NULL);
  for (guint i = 0; i < 4; i++)
    members[i].name = "arr_0.npy";
  with_others = test_write_zip (folder, "others.npz", members, 1, FALSE);
  members_free (members);
  test_assert_refused (with_others, NULL, COTERIE_DATASET_ERROR_NOT_FOUND,
                       "found no array x_train, y_train", NULL);
}

static void
test_one_sample_of_each_class_is_refused (void)
{
  static const guint8 values[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  static const guint8 labels[] = {0, 1};
  g_autoptr (TestFolder) folder = test_folder_new ();
  TestMember members[] = {
      {"x_train.npy", test_npy (HEADER ("|u1", "(2, 2, 3)"), values, sizeof values)},
      {"y_train.npy", test_npy (HEADER ("|u1", "(2,)"), labels, sizeof labels)},
  };
  g_autofree char *path = test_write_zip (folder, "two.npz", members, 2, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_byte_array_unref (members[i].bytes);
  test_assert_refused (path, NULL, COTERIE_DATASET_ERROR_EMPTY_CLASS, path,
                       "one sample of each class", "x_test and y_test", NULL);
}

/* A megabyte of zeros, and then some, in a few kilobytes. */
static void
test_too_much_expansion_is_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = NULL;
  g_autofree guint8 *zeros = g_malloc0 (4 << 20);
  TestMember members[4];

  make_members (&keras, 6, 1.0, members);
  g_byte_array_unref (members[0].bytes);
  members[0].bytes = test_npy (HEADER ("|u1", "(4, 1024, 1024)"), zeros, 4 << 20);
  path = test_write_zip (folder, "bomb.npz", members, 4, TRUE);
  members_free (members);
  test_assert_refused (path, NULL, COTERIE_DATASET_ERROR_TOO_LARGE, path, "x_train.npy",
                       "more than 100 times", NULL);
}

/* Without the list at its end a zip file still has all arrays, and these are then the same. */
static void
test_broken_files_are_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = NULL;
  g_autofree char *contents = NULL;
  g_autofree char *text = test_write_text (folder, "words.npz", "These are words.");
  g_autoptr (CoterieDataset) whole = NULL;
  TestMember members[4];
  gsize n_opened = 0;
  gsize size;

  test_assert_refused (text, NULL, COTERIE_DATASET_ERROR_BAD_MAGIC, text, NULL);

  make_members (&keras, 6, 1.0, members);
  path = test_write_zip (folder, "things.npz", members, 4, FALSE);
  members_free (members);
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  whole = test_open (path, NULL);
  for (gsize kept = 0; kept < size; kept += 7) {
    g_autoptr (GError) error = NULL;
    g_autoptr (CoterieDataset) dataset = NULL;

    g_assert_true (g_file_set_contents (path, contents, (gssize) kept, NULL));
    dataset = coterie_dataset_open (path, NULL, &error);
    if (dataset != NULL) {
      g_assert_cmpstr (coterie_dataset_get_hash (dataset), ==, coterie_dataset_get_hash (whole));
      n_opened++;
    } else {
      g_assert_nonnull (strstr (error->message, path));
    }
  }
  g_assert_cmpuint (n_opened, <, size / 7 / 2);
}

static void
test_can_be_cancelled (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  CoterieDatasetOptions options;
  CoterieDatasetRequest request = {folder, &options, pool, NULL, cancellable};
  TestMember members[4];

  coterie_dataset_options_init (&options);
  make_members (&keras, 6, 1.0, members);
  path = test_write_zip (folder, "things.npz", members, 4, TRUE);
  members_free (members);
  g_cancellable_cancel (cancellable);
  g_assert_null (coterie_npz_dataset_open (&request, path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/dataset/npz/" name, function)
  ADD ("stored-and-deflated-are-the-same", test_stored_and_deflated_are_the_same);
  ADD ("every-type-and-shape-is-read", test_every_type_and_shape_is_read);
  ADD ("rows-of-bytes-may-be-images", test_rows_of_bytes_may_be_images);
  ADD ("floats-are-scaled", test_floats_are_scaled);
  ADD ("color-becomes-grey-or-planes", test_color_becomes_grey_or_planes);
  ADD ("split-is-drawn-without-test-arrays", test_split_is_drawn_without_test_arrays);
  ADD ("wrong-arrays-are-refused", test_wrong_arrays_are_refused);
  ADD ("missing-arrays-are-named", test_missing_arrays_are_named);
  ADD ("one-sample-of-each-class-is-refused", test_one_sample_of_each_class_is_refused);
  ADD ("too-much-expansion-is-refused", test_too_much_expansion_is_refused);
  ADD ("broken-files-are-refused", test_broken_files_are_refused);
  ADD ("a-value-that-is-none-is-named-by-its-sample",
       test_a_value_that_is_none_is_named_by_its_sample);
  ADD ("can-be-cancelled", test_can_be_cancelled);
  return g_test_run ();
}
