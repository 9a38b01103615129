/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/dataset/idx.h"
#include "fixtures.h"

/* Writes what a split is read from, and reads it. */
static gboolean
load (GByteArray *images, GByteArray *labels, CoterieSamples *samples, GError **error)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *images_path = test_write (folder, "images", images);
  g_autofree char *labels_path = test_write (folder, "labels", labels);
  guint width = 0, height = 0;

  if (!coterie_idx_load_split (images_path, labels_path, samples, &width, &height, NULL, error))
    return FALSE;
  g_assert_cmpuint (width, ==, 4);
  g_assert_cmpuint (height, ==, 3);
  return TRUE;
}

static void
assert_loads (GByteArray *images, GByteArray *labels)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) plain = test_idx_images (5, 3, 4);
  CoterieSamples samples;

  g_assert_true (load (images, labels, &samples, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (samples.n_samples, ==, 5);
  g_assert_cmpmem (g_bytes_get_data (samples.pixels, NULL), g_bytes_get_size (samples.pixels),
                   plain->data + 16, plain->len - 16);
  for (guint s = 0; s < 5; s++)
    g_assert_cmpuint (((const guint16 *) g_bytes_get_data (samples.labels, NULL))[s], ==, s % 2);
  g_bytes_unref (samples.pixels);
  g_bytes_unref (samples.labels);
}

static void
assert_images_refused (GByteArray *images, CoterieDatasetError code, const char *words)
{
  g_autoptr (GByteArray) labels = test_idx_labels (5, 2);
  g_autoptr (GError) error = NULL;
  CoterieSamples samples;

  g_assert_false (load (images, labels, &samples, &error));
  g_assert_error (error, COTERIE_DATASET_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "/images: "));
  g_assert_nonnull (strstr (error->message, words));
}

static void
set_field (GByteArray *bytes, guint field, guint32 value)
{
  guint32 stored = GUINT32_TO_BE (value);

  memcpy (bytes->data + 4 * field, &stored, sizeof stored);
}

static void
test_reads_plain_and_gzip (void)
{
  g_autoptr (GByteArray) images = test_idx_images (5, 3, 4);
  g_autoptr (GByteArray) labels = test_idx_labels (5, 2);
  g_autoptr (GByteArray) packed_images = test_gzip (images);
  g_autoptr (GByteArray) packed_labels = test_gzip (labels);

  assert_loads (images, labels);
  assert_loads (packed_images, packed_labels);
  assert_loads (packed_images, labels);
}

static void
test_reads_several_gzip_members (void)
{
  g_autoptr (GByteArray) whole = test_idx_images (5, 3, 4);
  g_autoptr (GByteArray) labels = test_idx_labels (5, 2);
  g_autoptr (GByteArray) head = g_byte_array_new ();
  g_autoptr (GByteArray) tail = g_byte_array_new ();
  g_autoptr (GByteArray) packed = NULL;
  g_autoptr (GByteArray) packed_tail = NULL;

  g_byte_array_append (head, whole->data, 21);
  g_byte_array_append (tail, whole->data + 21, whole->len - 21);
  packed = test_gzip (head);
  packed_tail = test_gzip (tail);
  g_byte_array_append (packed, packed_tail->data, packed_tail->len);
  assert_loads (packed, labels);
}

/* Larger than the blocks in which files are read and decompressed, and hard to compress. */
static void
test_reads_more_than_a_block (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GByteArray) images = test_idx_images (300, 30, 40);
  g_autoptr (GByteArray) labels = test_idx_labels (300, 7);
  g_autoptr (GByteArray) packed = NULL;
  g_autofree char *images_path = NULL;
  g_autofree char *labels_path = test_write (folder, "labels", labels);
  g_autoptr (GError) error = NULL;
  CoterieSamples samples;
  guint width, height;
  guint32 noise = 1;

  for (guint i = 16; i < images->len; i++) {
    noise = noise * 1664525 + 1013904223;
    images->data[i] = (guint8) (noise >> 24);
  }
  packed = test_gzip (images);
  g_assert_cmpuint (packed->len, >, 4 * 65536);
  images_path = test_write (folder, "images", packed);

  coterie_idx_load_split (images_path, labels_path, &samples, &width, &height, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (samples.pixels, NULL), g_bytes_get_size (samples.pixels),
                   images->data + 16, images->len - 16);
  g_bytes_unref (samples.pixels);
  g_bytes_unref (samples.labels);
}

static void
test_every_truncation_is_reported (void)
{
  g_autoptr (GByteArray) whole = test_idx_images (5, 3, 4);
  g_autoptr (GByteArray) packed = test_gzip (whole);

  for (guint length = 0; length < whole->len; length++) {
    g_autoptr (GByteArray) cut = g_byte_array_new ();

    g_byte_array_append (cut, whole->data, length);
    assert_images_refused (cut, COTERIE_DATASET_ERROR_TRUNCATED, "end");
  }
  for (guint length = 2; length < packed->len; length++) {
    g_autoptr (GByteArray) cut = g_byte_array_new ();

    g_byte_array_append (cut, packed->data, length);
    assert_images_refused (cut, COTERIE_DATASET_ERROR_TRUNCATED, "cut off");
  }
}

static void
test_truncation_inside_gzip_is_reported (void)
{
  g_autoptr (GByteArray) images = test_idx_images (5, 3, 4);
  g_autoptr (GByteArray) packed = NULL;

  g_byte_array_set_size (images, images->len - 1);
  packed = test_gzip (images);
  assert_images_refused (packed, COTERIE_DATASET_ERROR_TRUNCATED, "announces 60 bytes of images");
}

static void
test_trailing_bytes_are_reported (void)
{
  g_autoptr (GByteArray) images = test_idx_images (5, 3, 4);
  g_autoptr (GByteArray) packed = NULL;

  g_byte_array_append (images, (const guint8 *) "x", 1);
  assert_images_refused (images, COTERIE_DATASET_ERROR_MISMATCH, "at byte 76");
  packed = test_gzip (images);
  assert_images_refused (packed, COTERIE_DATASET_ERROR_MISMATCH, "at byte 76");
}

static void
test_bytes_after_gzip_are_reported (void)
{
  g_autoptr (GByteArray) images = test_idx_images (5, 3, 4);
  g_autoptr (GByteArray) packed = test_gzip (images);

  g_byte_array_append (packed, (const guint8 *) "garbage", 7);
  assert_images_refused (packed, COTERIE_DATASET_ERROR_BAD_VALUE, "gzip data is damaged");
}

static void
test_gzip_checksum_is_compared (void)
{
  g_autoptr (GByteArray) images = test_idx_images (5, 3, 4);
  g_autoptr (GByteArray) packed = test_gzip (images);

  packed->data[packed->len - 8] ^= 1;
  assert_images_refused (packed, COTERIE_DATASET_ERROR_BAD_VALUE, "gzip data is damaged");
}

static void
test_damaged_gzip_never_reads_as_something_else (void)
{
  g_autoptr (GByteArray) images = test_idx_images (5, 3, 4);
  g_autoptr (GByteArray) packed = test_gzip (images);

  /* from behind the header, whose time stamp and system may be anything */
  for (guint i = 10; i < packed->len; i++) {
    g_autoptr (GByteArray) labels = test_idx_labels (5, 2);
    g_autoptr (GError) error = NULL;
    CoterieSamples samples;

    packed->data[i] ^= 0x55;
    g_assert_false (load (packed, labels, &samples, &error));
    g_assert_true (error->domain == COTERIE_DATASET_ERROR);
    packed->data[i] ^= 0x55;
  }
}

static void
test_wrong_magic_is_reported_in_hex (void)
{
  g_autoptr (GByteArray) images = test_idx_images (5, 3, 4);

  set_field (images, 0, 0x00000d03);
  assert_images_refused (images, COTERIE_DATASET_ERROR_BAD_MAGIC,
                         "magic is 0x00000d03, expected 0x00000803");
  set_field (images, 0, 0x00000801);
  assert_images_refused (images, COTERIE_DATASET_ERROR_BAD_SHAPE, "has 1 dimensions, expected 3");
}

static void
test_absurd_sizes_allocate_nothing (void)
{
  g_autoptr (GByteArray) images = test_idx_images (5, 3, 4);
  g_autoptr (GByteArray) packed = NULL;

  set_field (images, 1, G_MAXUINT32);
  assert_images_refused (images, COTERIE_DATASET_ERROR_TOO_LARGE, "51539607540 bytes of images");
  set_field (images, 2, 4097);
  assert_images_refused (images, COTERIE_DATASET_ERROR_TOO_LARGE, "4097 pixels high (byte 8)");
  set_field (images, 2, G_MAXUINT32);
  set_field (images, 3, G_MAXUINT32);
  assert_images_refused (images, COTERIE_DATASET_ERROR_TOO_LARGE, "4294967295 pixels high");

  /* within the limit, but no gzip file of this size can hold as much */
  set_field (images, 1, 100000000);
  set_field (images, 2, 3);
  set_field (images, 3, 4);
  packed = test_gzip (images);
  assert_images_refused (packed, COTERIE_DATASET_ERROR_TRUNCATED, "1200000000 bytes of images");
}

static void
test_empty_dimensions_are_reported (void)
{
  for (guint field = 1; field <= 3; field++) {
    g_autoptr (GByteArray) images = test_idx_images (5, 3, 4);

    set_field (images, field, 0);
    assert_images_refused (images, COTERIE_DATASET_ERROR_BAD_SHAPE, "is 0");
  }
}

static void
test_different_counts_are_reported (void)
{
  g_autoptr (GByteArray) images = test_idx_images (6, 3, 4);

  assert_images_refused (images, COTERIE_DATASET_ERROR_MISMATCH, "6 images, but 5 labels");
}

static void
test_missing_file_is_named (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "nothing", NULL);
  g_autoptr (GError) error = NULL;
  CoterieSamples samples;
  guint width, height;

  g_assert_false (coterie_idx_load_split (path, path, &samples, &width, &height, NULL, &error));
  g_assert_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, path));
  g_clear_error (&error);

  g_assert_false (coterie_idx_load_split (folder, path, &samples, &width, &height, NULL, &error));
  g_assert_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND);
}

static void
test_can_be_cancelled (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GByteArray) images = test_idx_images (5, 3, 4);
  g_autofree char *path = test_write (folder, "images", images);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  CoterieSamples samples;
  guint width, height;

  g_cancellable_cancel (cancellable);
  g_assert_false (
      coterie_idx_load_split (path, path, &samples, &width, &height, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dataset/idx/reads-plain-and-gzip", test_reads_plain_and_gzip);
  g_test_add_func ("/dataset/idx/reads-several-gzip-members", test_reads_several_gzip_members);
  g_test_add_func ("/dataset/idx/reads-more-than-a-block", test_reads_more_than_a_block);
  g_test_add_func ("/dataset/idx/every-truncation-is-reported", test_every_truncation_is_reported);
  g_test_add_func ("/dataset/idx/truncation-inside-gzip-is-reported",
                   test_truncation_inside_gzip_is_reported);
  g_test_add_func ("/dataset/idx/trailing-bytes-are-reported", test_trailing_bytes_are_reported);
  g_test_add_func ("/dataset/idx/bytes-after-gzip-are-reported",
                   test_bytes_after_gzip_are_reported);
  g_test_add_func ("/dataset/idx/gzip-checksum-is-compared", test_gzip_checksum_is_compared);
  g_test_add_func ("/dataset/idx/damaged-gzip-never-reads-as-something-else",
                   test_damaged_gzip_never_reads_as_something_else);
  g_test_add_func ("/dataset/idx/wrong-magic-is-reported-in-hex",
                   test_wrong_magic_is_reported_in_hex);
  g_test_add_func ("/dataset/idx/absurd-sizes-allocate-nothing",
                   test_absurd_sizes_allocate_nothing);
  g_test_add_func ("/dataset/idx/empty-dimensions-are-reported",
                   test_empty_dimensions_are_reported);
  g_test_add_func ("/dataset/idx/different-counts-are-reported",
                   test_different_counts_are_reported);
  g_test_add_func ("/dataset/idx/missing-file-is-named", test_missing_file_is_named);
  g_test_add_func ("/dataset/idx/can-be-cancelled", test_can_be_cancelled);
  return g_test_run ();
}
