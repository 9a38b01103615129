/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small data sets, and files to read and to spoil, for the tests of this folder. */

#include "fixtures.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <zlib.h>

#define WIDTH 3
#define HEIGHT 2

/* Makes the folder too; returns the file's path. */
char *
test_write (const char *folder, const char *name, GByteArray *bytes)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_file_set_contents (path, (const char *) bytes->data, (gssize) bytes->len, &error);
  g_assert_no_error (error);
  return path;
}

char *
test_write_text (const char *folder, const char *name, const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
  return test_write (folder, name, bytes);
}

char *
test_find_shared (const char *name)
{
  const char *shared = g_getenv ("COTERIE_SHARED_DIR");
  g_autofree char *path = shared != NULL ? g_build_filename (shared, "data", name, NULL) : NULL;

  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  return g_canonicalize_filename (path, NULL);
}

GByteArray *
test_gzip (const GByteArray *plain)
{
  GByteArray *packed = g_byte_array_new ();
  z_stream deflater = {0};

  g_byte_array_set_size (packed, (guint) compressBound (plain->len) + 64);
  g_assert_cmpint (deflateInit2 (&deflater, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY),
                   ==, Z_OK);
  deflater.next_in = plain->data;
  deflater.avail_in = plain->len;
  deflater.next_out = packed->data;
  deflater.avail_out = packed->len;
  g_assert_cmpint (deflate (&deflater, Z_FINISH), ==, Z_STREAM_END);
  g_byte_array_set_size (packed, (guint) deflater.total_out);
  deflateEnd (&deflater);
  return packed;
}

static void
append_field (GByteArray *bytes, guint32 value)
{
  guint32 field = GUINT32_TO_BE (value);

  g_byte_array_append (bytes, (const guint8 *) &field, sizeof field);
}

/* Pixel i of the file is i modulo 251, which is prime, so that rows do not repeat. */
GByteArray *
test_idx_images (guint n_images, guint height, guint width)
{
  GByteArray *bytes = g_byte_array_new ();

  append_field (bytes, 0x803);
  append_field (bytes, n_images);
  append_field (bytes, height);
  append_field (bytes, width);
  for (guint i = 0; i < n_images * height * width; i++) {
    guint8 pixel = (guint8) (i % 251);

    g_byte_array_append (bytes, &pixel, 1);
  }
  return bytes;
}

GByteArray *
test_idx_labels (guint n_labels, guint n_classes)
{
  GByteArray *bytes = g_byte_array_new ();

  append_field (bytes, 0x801);
  append_field (bytes, n_labels);
  for (guint i = 0; i < n_labels; i++) {
    guint8 label = (guint8) (i % n_classes);

    g_byte_array_append (bytes, &label, 1);
  }
  return bytes;
}

static void
write_either (const char *folder, const char *name, GByteArray *plain, gboolean compressed)
{
  g_autoptr (GByteArray) packed = compressed ? test_gzip (plain) : g_byte_array_ref (plain);
  g_autofree char *file_name = g_strconcat (name, compressed ? ".gz" : "", NULL);
  g_autofree char *path = test_write (folder, file_name, packed);
}

/* Twelve training and five test samples of 2 x 3 pixels in four classes. */
void
test_write_idx_dataset (const char *folder, gboolean compressed)
{
  g_autoptr (GByteArray) training_images = test_idx_images (12, HEIGHT, WIDTH);
  g_autoptr (GByteArray) training_labels = test_idx_labels (12, 4);
  g_autoptr (GByteArray) test_images = test_idx_images (5, HEIGHT, WIDTH);
  g_autoptr (GByteArray) test_labels = test_idx_labels (5, 4);

  write_either (folder, "train-images-idx3-ubyte", training_images, compressed);
  write_either (folder, "train-labels-idx1-ubyte", training_labels, compressed);
  write_either (folder, "t10k-images-idx3-ubyte", test_images, compressed);
  write_either (folder, "t10k-labels-idx1-ubyte", test_labels, compressed);
}

GByteArray *
test_npy (const char *header, gconstpointer values, gsize n_bytes)
{
  GByteArray *bytes = g_byte_array_new ();
  gsize length = strlen (header);
  const guint8 prefix[] = {
      0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (guint8) length, (guint8) (length >> 8)};

  g_byte_array_append (bytes, prefix, sizeof prefix);
  g_byte_array_append (bytes, (const guint8 *) header, (guint) length);
  g_byte_array_append (bytes, values, (guint) n_bytes);
  return bytes;
}

static char *
write_archive (struct archive *writer,
               const char *folder,
               const char *name,
               const TestMember *members,
               guint n_members)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (archive_write_open_filename (writer, path), ==, ARCHIVE_OK);
  for (guint i = 0; i < n_members; i++) {
    struct archive_entry *entry = archive_entry_new ();

    archive_entry_set_pathname (entry, members[i].name);
    archive_entry_set_size (entry, members[i].bytes->len);
    archive_entry_set_filetype (entry, AE_IFREG);
    archive_entry_set_perm (entry, 0644);
    g_assert_cmpint (archive_write_header (writer, entry), ==, ARCHIVE_OK);
    g_assert_cmpint (archive_write_data (writer, members[i].bytes->data, members[i].bytes->len), ==,
                     members[i].bytes->len);
    archive_entry_free (entry);
  }
  g_assert_cmpint (archive_write_free (writer), ==, ARCHIVE_OK);
  return path;
}

char *
test_write_tar_gz (const char *folder, const char *name, const TestMember *members, guint n_members)
{
  struct archive *writer = archive_write_new ();

  archive_write_set_format_ustar (writer);
  archive_write_add_filter_gzip (writer);
  return write_archive (writer, folder, name, members, n_members);
}

char *
test_write_zip (const char *folder,
                const char *name,
                const TestMember *members,
                guint n_members,
                gboolean compressed)
{
  struct archive *writer = archive_write_new ();

  archive_write_set_format_zip (writer);
  if (compressed)
    archive_write_zip_set_compression_deflate (writer);
  else
    archive_write_zip_set_compression_store (writer);
  return write_archive (writer, folder, name, members, n_members);
}

CoterieDataset *
test_open (const char *source, const CoterieDatasetOptions *options)
{
  g_autoptr (GError) error = NULL;
  CoterieDataset *dataset = coterie_dataset_open_with (source, options, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return dataset;
}

void
test_assert_refused (const char *source,
                     const CoterieDatasetOptions *options,
                     CoterieDatasetError code,
                     ...)
{
  g_autoptr (GError) error = NULL;
  const char *word;
  va_list words;

  g_assert_null (coterie_dataset_open_with (source, options, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_error (error, COTERIE_DATASET_ERROR, (int) code);

  va_start (words, code);
  while ((word = va_arg (words, const char *)) != NULL) {
    if (strstr (error->message, word) == NULL)
      g_error ("“%s” is not in “%s”", word, error->message);
  }
  va_end (words);
}

static void
fill_samples (CoterieSamples *samples, guint n_samples, guint n_classes)
{
  gsize n_pixels = (gsize) n_samples * WIDTH * HEIGHT;
  guint8 *pixels = g_new (guint8, n_pixels);
  guint16 *labels = g_new (guint16, n_samples);

  for (gsize i = 0; i < n_pixels; i++)
    pixels[i] = (guint8) (i % 251);
  for (guint s = 0; s < n_samples; s++)
    labels[s] = (guint16) (s % n_classes);
  samples->n_samples = n_samples;
  samples->pixels = g_bytes_new_take (pixels, n_pixels);
  samples->labels = g_bytes_new_take (labels, n_samples * sizeof *labels);
}

CoterieDataset *
test_dataset_new (guint n_training, guint n_test, guint n_classes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  CoterieSamples splits[COTERIE_N_SPLITS] = {{NULL}};
  CoterieDatasetInfo info = {"Test", "/test", NULL, WIDTH, HEIGHT, n_classes};
  CoterieDataset *dataset;

  for (guint c = 0; c < n_classes; c++)
    g_ptr_array_add (names, g_strdup_printf ("class %u", c));
  g_ptr_array_add (names, NULL);
  info.class_names = (const char *const *) names->pdata;

  fill_samples (&splits[COTERIE_SPLIT_TRAINING], n_training, n_classes);
  fill_samples (&splits[COTERIE_SPLIT_TEST], n_test, n_classes);
  dataset = coterie_dataset_new (&info, splits, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < COTERIE_N_SPLITS; i++) {
    g_bytes_unref (splits[i].pixels);
    g_bytes_unref (splits[i].labels);
  }
  return dataset;
}
