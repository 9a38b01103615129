/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/dataset/cifar.h"

#include <glib/gstdio.h>

#include "fixtures.h"

#define N_PIXELS 1024
#define RECORD_SIZE 3073
#define N_RECORDS 4
#define N_FILES 7
#define META 6

static const char *const file_names[N_FILES] = {
    "data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin",
    "data_batch_5.bin", "test_batch.bin",   "batches.meta.txt",
};

/* The files as bytes, to be spoilt. */
typedef struct {
  GByteArray *files[N_FILES];
} Files;

static guint8
make_byte (guint batch, guint record, guint plane, guint pixel)
{
  return (guint8) (batch * 31 + record * 57 + plane * 101 + pixel * 7);
}

/* Four records in each batch, whose labels are 0, 1, 2, 0. */
static void
files_init (Files *files)
{
  static const char names[] = "plane\ncar \n\nbird\n";

  for (guint b = 0; b < META; b++) {
    files->files[b] = g_byte_array_new ();
    for (guint r = 0; r < N_RECORDS; r++) {
      guint8 record[RECORD_SIZE] = {(guint8) (r % 3)};

      for (guint i = 0; i < 3 * N_PIXELS; i++)
        record[1 + i] = make_byte (b, r, i / N_PIXELS, i % N_PIXELS);
      g_byte_array_append (files->files[b], record, sizeof record);
    }
  }
  files->files[META] = g_byte_array_new ();
  g_byte_array_append (files->files[META], (const guint8 *) names, sizeof names - 1);
}

static void
files_clear (Files *files)
{
  for (guint i = 0; i < N_FILES; i++)
    g_clear_pointer (&files->files[i], g_byte_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Files, files_clear)

static void
write_folder (const Files *files, const char *folder)
{
  for (guint i = 0; i < N_FILES; i++)
    if (files->files[i] != NULL) {
      g_autofree char *path = test_write (folder, file_names[i], files->files[i]);
    }
}

/* In another order than they are numbered, as in the original. */
static char *
write_archive (const Files *files, const char *folder)
{
  static const guint order[N_FILES] = {3, 5, 0, META, 4, 1, 2};
  TestMember members[N_FILES];
  g_auto (GStrv) names = g_new0 (char *, N_FILES + 1);

  for (guint i = 0; i < N_FILES; i++) {
    names[i] = g_strconcat ("cifar-10-batches-bin/", file_names[order[i]], NULL);
    members[i] = (TestMember){names[i], files->files[order[i]]};
  }
  return test_write_tar_gz (folder, "cifar-10-binary.tar.gz", members, N_FILES);
}

static void
assert_is_fixture (CoterieDataset *dataset, gboolean color)
{
  const CoterieDatasetInfo *info = coterie_dataset_get_info (dataset);
  const guint8 *pixels = coterie_dataset_get_pixels (dataset, COTERIE_SPLIT_TRAINING);
  gsize n_features = color ? 3 * N_PIXELS : N_PIXELS;

  g_assert_cmpstr (info->name, ==, "CIFAR-10");
  g_assert_cmpstr (info->class_names[1], ==, "car");
  g_assert_cmpuint (info->n_classes, ==, 3);
  g_assert_cmpuint (info->width, ==, 32);
  g_assert_cmpuint (info->height, ==, 32);
  g_assert_cmpuint (info->n_channels, ==, color ? 3 : 1);
  g_assert_cmpstr (info->options, ==, color ? "color" : "");
  g_assert_cmpuint (coterie_dataset_get_n_features (dataset), ==, n_features);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING), ==, 20);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST), ==, 4);
  g_assert_cmpuint (coterie_dataset_get_labels (dataset, COTERIE_SPLIT_TRAINING)[6], ==, 2);

  for (guint s = 0; s < 20; s++)
    for (guint i = 0; i < n_features; i++) {
      guint pixel = i % N_PIXELS;
      double grey = 0.299 * make_byte (s / 4, s % 4, 0, pixel) +
                    0.587 * make_byte (s / 4, s % 4, 1, pixel) +
                    0.114 * make_byte (s / 4, s % 4, 2, pixel);

      if (color)
        g_assert_cmpuint (pixels[s * n_features + i], ==,
                          make_byte (s / 4, s % 4, i / N_PIXELS, pixel));
      else
        g_assert_cmpfloat_with_epsilon (pixels[s * n_features + i], grey, 0.5 + 1e-9);
    }
}

static void
test_folder_and_archive_are_the_same (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *inside = g_build_filename (folder, "unpacked", "cifar-10-batches-bin", NULL);
  g_autofree char *parent = g_build_filename (folder, "unpacked", NULL);
  g_auto (Files) files = {NULL};
  g_autofree char *archive = NULL;
  g_autofree char *hash = NULL;

  files_init (&files);
  write_folder (&files, inside);
  archive = write_archive (&files, folder);
  for (guint i = 0; i < 4; i++) {
    const char *const sources[] = {inside, parent, archive, folder};
    g_autoptr (CoterieDataset) dataset = test_open (sources[i], NULL);

    assert_is_fixture (dataset, FALSE);
    g_assert_cmpstr (coterie_dataset_get_info (dataset)->source, ==, sources[i]);
    if (hash == NULL)
      hash = g_strdup (coterie_dataset_get_hash (dataset));
    g_assert_cmpstr (coterie_dataset_get_hash (dataset), ==, hash);
  }
}

static void
test_color_is_kept_when_asked_for (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_auto (Files) files = {NULL};
  g_autoptr (CoterieDataset) grey = NULL;
  g_autoptr (CoterieDataset) colored = NULL;
  CoterieDatasetOptions options;

  files_init (&files);
  write_folder (&files, folder);
  coterie_dataset_options_init (&options);
  options.color = TRUE;
  grey = test_open (folder, NULL);
  colored = test_open (folder, &options);
  assert_is_fixture (colored, TRUE);
  g_assert_cmpstr (coterie_dataset_get_hash (grey), !=, coterie_dataset_get_hash (colored));
}

static void
test_usual_names_stand_in (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_auto (Files) files = {NULL};
  g_autoptr (CoterieDataset) dataset = NULL;

  files_init (&files);
  g_clear_pointer (&files.files[META], g_byte_array_unref);
  for (guint b = 0; b < META; b++)
    for (guint r = 0; r < N_RECORDS; r++)
      files.files[b]->data[r * RECORD_SIZE] = (guint8) ((b * N_RECORDS + r) % 10);
  write_folder (&files, folder);
  dataset = test_open (folder, NULL);
  g_assert_cmpstr (coterie_dataset_get_info (dataset)->class_names[9], ==, "truck");
}

static void
test_wrong_files_are_refused (void)
{
  const struct {
    guint file;
    guint size;
    CoterieDatasetError code;
    const char *words;
  } cases[] = {
      {1, N_RECORDS * RECORD_SIZE - 1, COTERIE_DATASET_ERROR_TRUNCATED,
       "within record 4, after 3072"},
      {5, 17, COTERIE_DATASET_ERROR_TRUNCATED, "within record 1, after 17"},
      {0, 0, COTERIE_DATASET_ERROR_TRUNCATED, "is empty"},
      {META, 6, COTERIE_DATASET_ERROR_BAD_VALUE, "has 1 names of classes"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TestFolder) folder = test_folder_new ();
    g_auto (Files) files = {NULL};
    g_autofree char *archive = NULL;

    files_init (&files);
    g_byte_array_set_size (files.files[cases[i].file], cases[i].size);
    archive = write_archive (&files, folder);
    test_assert_refused (archive, NULL, cases[i].code, archive, file_names[cases[i].file],
                         cases[i].words, NULL);
    write_folder (&files, folder);
    test_assert_refused (folder, NULL, cases[i].code, folder, file_names[cases[i].file],
                         cases[i].words, NULL);
  }
}

static void
test_label_beyond_the_classes_is_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_auto (Files) files = {NULL};

  files_init (&files);
  files.files[4]->data[2 * RECORD_SIZE] = 3;
  write_folder (&files, folder);
  test_assert_refused (folder, NULL, COTERIE_DATASET_ERROR_BAD_LABEL, "data_batch_5.bin",
                       "record 3, at byte 6146, is 3, expected 0 to 2", NULL);
}

static void
test_missing_file_is_named (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_auto (Files) files = {NULL};

  files_init (&files);
  g_clear_pointer (&files.files[2], g_byte_array_unref);
  g_clear_pointer (&files.files[5], g_byte_array_unref);
  write_folder (&files, folder);
  test_assert_refused (folder, NULL, COTERIE_DATASET_ERROR_NOT_FOUND, folder,
                       "found no data_batch_3.bin, test_batch.bin", NULL);
}

static void
test_broken_archives_are_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_auto (Files) files = {NULL};
  g_autofree char *path = NULL;
  g_autofree char *rewritten = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *contents = NULL;
  gsize size;

  files_init (&files);
  path = write_archive (&files, folder);
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));

  g_byte_array_append (bytes, (const guint8 *) contents, (guint) size / 2);
  rewritten = test_write (folder, "cifar-10-binary.tar.gz", bytes);
  test_assert_refused (path, NULL, COTERIE_DATASET_ERROR_TRUNCATED, path, "cut off", NULL);

  g_byte_array_set_size (bytes, 0);
  g_byte_array_append (bytes, (const guint8 *) contents, (guint) size);
  for (guint i = 0; i < 64; i++)
    bytes->data[size / 2 + i] ^= 0x55;
  g_free (rewritten);
  rewritten = test_write (folder, "cifar-10-binary.tar.gz", bytes);
  test_assert_refused (path, NULL, COTERIE_DATASET_ERROR_BAD_VALUE, path, NULL);

  text = test_write_text (folder, "words.tar.gz", "These are words, not an archive.");
  test_assert_refused (text, NULL, COTERIE_DATASET_ERROR_BAD_MAGIC, text, NULL);
}

/* Which may be all that somebody has of a data set of images. */
static void
test_other_archive_is_told_apart (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const TestMember members[] = {{"imgs/cat/1.png", bytes}, {"imgs/dog/1.png", bytes}};
  g_autofree char *path = NULL;

  g_byte_array_append (bytes, (const guint8 *) "an image", 8);
  path = test_write_tar_gz (folder, "imgs.tar.gz", members, G_N_ELEMENTS (members));
  test_assert_refused (path, NULL, COTERIE_DATASET_ERROR_NOT_FOUND, path, "unpack it", "folder",
                       NULL);
}

static void
test_python_version_is_told_apart (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *inside = g_build_filename (folder, "cifar-10-batches-py", NULL);
  g_autofree char *batch = test_write_text (inside, "data_batch_1", "pickle");
  g_autofree char *meta = test_write_text (inside, "batches.meta", "pickle");

  test_assert_refused (folder, NULL, COTERIE_DATASET_ERROR_MISMATCH, folder, "Python",
                       "binary version", NULL);
  test_assert_refused (inside, NULL, COTERIE_DATASET_ERROR_MISMATCH, inside, "Python", NULL);
}

static void
test_can_be_cancelled (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  CoterieDatasetOptions options;
  CoterieDatasetRequest request = {folder, &options, pool, NULL, cancellable};
  g_auto (Files) files = {NULL};

  coterie_dataset_options_init (&options);
  files_init (&files);
  write_folder (&files, folder);
  g_cancellable_cancel (cancellable);
  g_assert_null (coterie_cifar_open (&request, folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_opens_the_real_one (void)
{
  const guint first_counts[] = {1005, 974, 1032, 1016, 999, 937, 1030, 1001, 1025, 981};
  g_autofree char *folder = test_find_shared ("cifar-10");
  g_autoptr (CoterieDataset) dataset = NULL;
  const guint16 *labels;
  guint counts[10] = {0};

  if (folder == NULL) {
    g_test_skip ("CIFAR-10 is not here");
    return;
  }
  dataset = test_open (folder, NULL);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING), ==, 50000);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST), ==, 10000);
  g_assert_cmpstr (coterie_dataset_get_info (dataset)->class_names[0], ==, "airplane");
  g_assert_cmpstr (coterie_dataset_get_info (dataset)->class_names[9], ==, "truck");
  labels = coterie_dataset_get_labels (dataset, COTERIE_SPLIT_TRAINING);
  for (guint s = 0; s < 10000; s++)
    counts[labels[s]]++;
  g_assert_cmpmem (counts, sizeof counts, first_counts, sizeof first_counts);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dataset/cifar/folder-and-archive-are-the-same",
                   test_folder_and_archive_are_the_same);
  g_test_add_func ("/dataset/cifar/color-is-kept-when-asked-for",
                   test_color_is_kept_when_asked_for);
  g_test_add_func ("/dataset/cifar/usual-names-stand-in", test_usual_names_stand_in);
  g_test_add_func ("/dataset/cifar/wrong-files-are-refused", test_wrong_files_are_refused);
  g_test_add_func ("/dataset/cifar/label-beyond-the-classes-is-refused",
                   test_label_beyond_the_classes_is_refused);
  g_test_add_func ("/dataset/cifar/missing-file-is-named", test_missing_file_is_named);
  g_test_add_func ("/dataset/cifar/broken-archives-are-refused", test_broken_archives_are_refused);
  g_test_add_func ("/dataset/cifar/other-archive-is-told-apart", test_other_archive_is_told_apart);
  g_test_add_func ("/dataset/cifar/python-version-is-told-apart",
                   test_python_version_is_told_apart);
  g_test_add_func ("/dataset/cifar/can-be-cancelled", test_can_be_cancelled);
  g_test_add_func ("/dataset/cifar/opens-the-real-one", test_opens_the_real_one);
  return g_test_run ();
}
