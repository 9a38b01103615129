/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/dataset/image-folder.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/dataset/image-decoder.h"
#include "fixtures.h"

#define WHITE 0xffffffff
#define RED 0xff0000ff
#define CLEAR_RED 0xff000000

static GdkPixbuf *
make_image (int width_px, int height_px, guint32 rgba, gboolean has_alpha)
{
  GdkPixbuf *image = gdk_pixbuf_new (GDK_COLORSPACE_RGB, has_alpha, 8, width_px, height_px);

  gdk_pixbuf_fill (image, rgba);
  return image;
}

static void
save (GdkPixbuf *image, const char *folder, const char *name, const char *type)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  gdk_pixbuf_save (image, path, type, &error, NULL);
  g_assert_no_error (error);
}

/* An image of one grey level, from which the tests know it again. */
static void
save_grey (const char *folder, const char *name, guint8 level)
{
  guint32 rgba = (guint32) level << 24 | (guint32) level << 16 | (guint32) level << 8 | 0xff;
  g_autoptr (GdkPixbuf) image = make_image (3, 5, rgba, FALSE);

  save (image, folder, name, "png");
}

static void
save_class (const char *folder, const char *name, guint8 first_level, guint n_images)
{
  for (guint i = 0; i < n_images; i++) {
    g_autofree char *file_name = g_strdup_printf ("%s/image %u.png", name, i + 1);

    save_grey (folder, file_name, (guint8) (first_level + i));
  }
}

static CoterieDatasetOptions
make_options (guint width_px, guint height_px)
{
  CoterieDatasetOptions options;

  coterie_dataset_options_init (&options);
  options.width_px = width_px;
  options.height_px = height_px;
  return options;
}

static void
test_folders_are_classes (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *name = g_path_get_basename (folder);
  g_autofree char *beside = test_write_text (folder, "notes.txt", "not a class");
  g_autofree char *hidden = test_write_text (folder, "class 2/.DS_Store", "hidden");
  g_autofree char *hidden_folder = test_write_text (folder, ".thumbnails/a.png", "hidden");
  CoterieDatasetOptions options = make_options (4, 2);
  g_autoptr (CoterieDataset) dataset = NULL;
  const CoterieDatasetInfo *info;

  save_class (folder, "class 10", 100, 10);
  save_class (folder, "class 2", 20, 10);
  dataset = test_open (folder, &options);
  info = coterie_dataset_get_info (dataset);
  g_assert_cmpstr (info->name, ==, name);
  g_assert_cmpstr (info->source, ==, folder);
  g_assert_cmpstr (info->options, ==, "image-size=4x2 test-fraction=0.2 split-seed=1");
  g_assert_cmpuint (info->n_classes, ==, 2);
  g_assert_cmpstr (info->class_names[0], ==, "class 2");
  g_assert_cmpstr (info->class_names[1], ==, "class 10");
  g_assert_cmpuint (info->width, ==, 4);
  g_assert_cmpuint (info->height, ==, 2);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING), ==, 16);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST), ==, 4);
  g_assert_cmpuint (coterie_dataset_report_get_n_files (coterie_dataset_get_report (dataset)), ==,
                    0);

  for (CoterieSplit split = 0; split < COTERIE_N_SPLITS; split++) {
    const guint8 *pixels = coterie_dataset_get_pixels (dataset, split);
    const guint16 *labels = coterie_dataset_get_labels (dataset, split);

    for (gsize s = 0; s < coterie_dataset_get_n_samples (dataset, split); s++)
      for (guint i = 0; i < 8; i++)
        g_assert_cmpuint (pixels[8 * s + i] / 10, ==, labels[s] == 0 ? 2 : 10);
  }
}

static void
test_threads_make_no_difference (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  CoterieDatasetOptions options = make_options (8, 8);
  g_autofree char *hash = NULL;

  save_class (folder, "a", 0, 40);
  save_class (folder, "b", 100, 50);
  for (guint n_threads = 1; n_threads <= 3; n_threads++) {
    g_autoptr (CoteriePool) pool = coterie_pool_new (n_threads);
    g_autoptr (CoterieProgress) progress = coterie_progress_new ();
    g_autoptr (GError) error = NULL;
    g_autoptr (CoterieDataset) dataset =
        coterie_dataset_open_with (folder, &options, pool, progress, NULL, &error);

    g_assert_no_error (error);
    g_assert_cmpfloat (coterie_progress_get_fraction (progress), ==, 1.0);
    if (hash == NULL)
      hash = g_strdup (coterie_dataset_get_hash (dataset));
    g_assert_cmpstr (coterie_dataset_get_hash (dataset), ==, hash);
  }
}

static void
test_seed_and_fraction_decide (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  CoterieDatasetOptions options = make_options (1, 1);
  g_autoptr (CoterieDataset) first = NULL;
  g_autoptr (CoterieDataset) other = NULL;

  save_class (folder, "a", 0, 20);
  save_class (folder, "b", 100, 20);
  first = test_open (folder, &options);
  options.split_seed = 7;
  options.test_frac = 0.5;
  other = test_open (folder, &options);
  g_assert_cmpuint (coterie_dataset_get_n_samples (other, COTERIE_SPLIT_TEST), ==, 20);
  g_assert_cmpstr (coterie_dataset_get_hash (first), !=, coterie_dataset_get_hash (other));
  g_assert_cmpstr (coterie_dataset_get_info (other)->options, ==,
                   "image-size=1x1 test-fraction=0.5 split-seed=7");
}

static void
test_folders_for_splits_are_used (void)
{
  const char *const names[][2] = {{"train", "test"}, {"Training", "VALID"}, {"train", "val"}};

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (TestFolder) folder = test_folder_new ();
    g_autofree char *training = g_build_filename (folder, names[i][0], NULL);
    g_autofree char *test = g_build_filename (folder, names[i][1], NULL);
    CoterieDatasetOptions options = make_options (1, 1);
    g_autoptr (CoterieDataset) dataset = NULL;

    save_class (training, "a", 10, 3);
    save_class (training, "b", 20, 4);
    save_class (test, "b", 200, 5);
    dataset = test_open (folder, &options);
    g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING), ==, 7);
    g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST), ==, 5);
    g_assert_cmpuint (coterie_dataset_get_pixels (dataset, COTERIE_SPLIT_TEST)[0], >=, 200);
    g_assert_cmpuint (coterie_dataset_get_labels (dataset, COTERIE_SPLIT_TEST)[0], ==, 1);
    g_assert_cmpstr (coterie_dataset_get_info (dataset)->options, ==,
                     "image-size=1x1 split-seed=1");
  }
}

/* test before val; train alone is split; a class may be called "test". */
static void
test_folders_for_splits_are_told_from_classes (void)
{
  g_autoptr (TestFolder) both = test_folder_new ();
  g_autoptr (TestFolder) alone = test_folder_new ();
  g_autoptr (TestFolder) classes = test_folder_new ();
  CoterieDatasetOptions options = make_options (1, 1);
  g_autoptr (CoterieDataset) with_both = NULL;
  g_autoptr (CoterieDataset) with_training = NULL;
  g_autoptr (CoterieDataset) with_classes = NULL;

  save_class (both, "train/a", 1, 2);
  save_class (both, "train/b", 1, 2);
  save_class (both, "val/a", 100, 3);
  save_class (both, "test/a", 200, 1);
  with_both = test_open (both, &options);
  g_assert_cmpuint (coterie_dataset_get_n_samples (with_both, COTERIE_SPLIT_TEST), ==, 1);

  save_class (alone, "train/a", 1, 5);
  save_class (alone, "train/b", 1, 5);
  with_training = test_open (alone, &options);
  g_assert_cmpuint (coterie_dataset_get_n_samples (with_training, COTERIE_SPLIT_TEST), ==, 2);

  save_class (classes, "train", 1, 2);
  save_class (classes, "ship", 1, 2);
  with_classes = test_open (classes, &options);
  g_assert_cmpstr (coterie_dataset_get_info (with_classes)->class_names[1], ==, "train");
}

static void
decode (GdkPixbuf *image, const CoterieDatasetOptions *options, guint8 *sample)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "image.png", NULL);
  g_autoptr (GError) error = NULL;

  save (image, folder, "image.png", "png");
  g_assert_true (coterie_image_decode (path, options, sample, NULL, &error));
  g_assert_no_error (error);
}

static void
test_color_becomes_grey_or_planes (void)
{
  const guint8 planes[] = {200, 200, 100, 100, 50, 50};
  CoterieDatasetOptions options = make_options (2, 1);
  g_autoptr (GdkPixbuf) image = make_image (2, 1, 0xc86432ff, FALSE);
  guint8 sample[6] = {0};

  decode (image, &options, sample);
  g_assert_cmpuint (sample[0], ==, 124); /* 0.299 * 200 + 0.587 * 100 + 0.114 * 50 = 124.2 */
  g_assert_cmpuint (sample[1], ==, 124);
  options.color = TRUE;
  decode (image, &options, sample);
  g_assert_cmpmem (sample, sizeof sample, planes, sizeof planes);
}

static void
test_white_stays_white (void)
{
  CoterieDatasetOptions options = make_options (1, 1);
  g_autoptr (GdkPixbuf) image = make_image (64, 48, WHITE, FALSE);
  guint8 sample = 0;

  decode (image, &options, &sample);
  g_assert_cmpuint (sample, ==, 255);
}

static void
test_transparent_becomes_white (void)
{
  CoterieDatasetOptions options = make_options (4, 4);
  g_autoptr (GdkPixbuf) clear = make_image (4, 4, CLEAR_RED, TRUE);
  g_autoptr (GdkPixbuf) opaque = make_image (9, 7, RED, TRUE);
  guint8 sample[16];

  decode (clear, &options, sample);
  for (guint i = 0; i < 16; i++)
    g_assert_cmpuint (sample[i], ==, 255);
  decode (opaque, &options, sample);
  for (guint i = 0; i < 16; i++)
    g_assert_cmpuint (sample[i], ==, 76); /* 0.299 * 255 = 76.2 */
}

/* The left half is black; mirrored data gives a mirrored sample. The weights of gdk-pixbuf are
 * rounded, which may make a difference of a few levels. */
static void
test_images_are_stretched (void)
{
  CoterieDatasetOptions options = make_options (4, 4);
  g_autoptr (GdkPixbuf) image = make_image (40, 10, WHITE, FALSE);
  g_autoptr (GdkPixbuf) mirrored = NULL;
  guint8 sample[16], mirrored_sample[16];

  gdk_pixbuf_fill (image, WHITE);
  {
    g_autoptr (GdkPixbuf) left = gdk_pixbuf_new_subpixbuf (image, 0, 0, 20, 10);

    gdk_pixbuf_fill (left, 0x000000ff);
  }
  mirrored = gdk_pixbuf_flip (image, TRUE);
  decode (image, &options, sample);
  decode (mirrored, &options, mirrored_sample);
  for (guint y = 0; y < 4; y++)
    for (guint x = 0; x < 4; x++) {
      g_assert_cmpfloat_with_epsilon (sample[4 * y + x], x < 2 ? 0 : 255, 3.0);
      g_assert_cmpfloat_with_epsilon (mirrored_sample[4 * y + x], sample[4 * y + 3 - x], 3.0);
    }
}

/* An EXIF block that says nothing but the orientation, put behind the first marker of a JPEG. */
static void
test_orientation_is_applied (void)
{
  const guint8 exif[] = {0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0,    0,    'M', 'M',
                         0,    42,   0, 0,  0,   8,   0,   1,   0x01, 0x12, 0,   3,
                         0,    0,    0, 1,  0,   6,   0,   0,   0,    0,    0,   0};
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GdkPixbuf) image = make_image (32, 16, WHITE, FALSE);
  g_autoptr (GdkPixbuf) left = gdk_pixbuf_new_subpixbuf (image, 0, 0, 16, 16);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  CoterieDatasetOptions options = make_options (2, 2);
  g_autofree char *buffer = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  guint8 sample[4];
  gsize size;

  gdk_pixbuf_fill (left, 0x000000ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (image, &buffer, &size, "jpeg", &error, NULL));
  g_byte_array_append (bytes, (const guint8 *) buffer, 2);
  g_byte_array_append (bytes, exif, sizeof exif);
  g_byte_array_append (bytes, (const guint8 *) buffer + 2, (guint) size - 2);
  path = test_write (folder, "photo.jpg", bytes);
  g_assert_true (coterie_image_decode (path, &options, sample, NULL, &error));
  g_assert_no_error (error);

  /* 6: turn it by 90 degrees clockwise, so that what was on the left is at the top */
  g_assert_cmpuint (sample[0], <, 64);
  g_assert_cmpuint (sample[1], <, 64);
  g_assert_cmpuint (sample[2], >, 192);
  g_assert_cmpuint (sample[3], >, 192);
}

/* The header of a PNG of 50,000 × 50,000 pixels: a few bytes that would take 10 GB. */
static void
test_too_many_pixels_are_refused (void)
{
  static const guint8 png[] = {0x89, 'P', 'N',  'G',  '\r', '\n', 0x1a, '\n', 0,    0,
                               0,    13,  'I',  'H',  'D',  'R',  0,    0,    0xc3, 0x50,
                               0,    0,   0xc3, 0x50, 8,    2,    0,    0,    0};
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *path = NULL;
  CoterieDatasetOptions options = make_options (2, 2);
  g_autoptr (GError) error = NULL;
  guint8 sample[4];
  gulong checksum = 0xffffffff;
  guint8 field[4];

  g_byte_array_append (bytes, png, sizeof png);
  for (gsize i = 12; i < sizeof png; i++) {
    checksum ^= png[i];
    for (guint bit = 0; bit < 8; bit++)
      checksum = checksum & 1 ? checksum >> 1 ^ 0xedb88320 : checksum >> 1;
  }
  checksum ^= 0xffffffff;
  for (guint i = 0; i < 4; i++)
    field[i] = (guint8) (checksum >> (24 - 8 * i));
  g_byte_array_append (bytes, field, sizeof field);
  g_byte_array_append (bytes, (const guint8 *) "\0\0\0\0IDAT", 8);
  path = test_write (folder, "bomb.png", bytes);

  g_assert_false (coterie_image_decode (path, &options, sample, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "50000 × 50000"));
}

/* So that the pixels do not pack to a handful of bytes. */
static GdkPixbuf *
make_noise (int width_px, int height_px)
{
  GdkPixbuf *image = make_image (width_px, height_px, RED, FALSE);
  guint8 *pixels = gdk_pixbuf_get_pixels (image);
  guint32 state = 1;

  for (int i = 0; i < gdk_pixbuf_get_rowstride (image) * height_px; i++) {
    state = 1664525 * state + 1013904223;
    pixels[i] = (guint8) (state >> 24);
  }
  return image;
}

/* The loader would make the missing rows grey or black, and say nothing. Small files it sees whole. */
static void
test_images_that_were_cut_off_are_refused (gconstpointer data)
{
  const char *type = data;
  static const int sizes_px[] = {24, 256};
  CoterieDatasetOptions options = make_options (2, 2);

  for (guint i = 0; i < G_N_ELEMENTS (sizes_px); i++) {
    g_autoptr (TestFolder) folder = test_folder_new ();
    g_autofree char *path = g_build_filename (folder, "whole", NULL);
    g_autoptr (GdkPixbuf) image = make_noise (sizes_px[i], sizes_px[i]);
    g_autofree char *contents = NULL;
    guint8 sample[4];
    gsize size;

    save (image, folder, "whole", type);
    g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
    g_assert_true (coterie_image_decode (path, &options, sample, NULL, NULL));
    for (guint percent = 5; percent < 100; percent += 5) {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autofree char *cut = NULL;
      g_autoptr (GError) error = NULL;

      g_byte_array_append (bytes, (const guint8 *) contents, (guint) (size * percent / 100));
      cut = test_write (folder, "cut", bytes);
      g_assert_false (coterie_image_decode (cut, &options, sample, NULL, &error));
      g_test_message ("%u %%: %s", percent, error->message);
      g_assert_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE);
    }
  }
}

/* All pixels of a PNG may be there, or those of the coarse passes, and yet not its end; what another
 * program has put behind the end does no harm. */
static void
test_end_of_png_decides (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "whole.png", NULL);
  g_autoptr (GdkPixbuf) image = make_noise (32, 32);
  g_autofree char *contents = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *cut = NULL;
  g_autofree char *longer = NULL;
  CoterieDatasetOptions options = make_options (2, 2);
  g_autoptr (GError) error = NULL;
  guint8 sample[4];
  gsize size;

  save (image, folder, "whole.png", "png");
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  g_byte_array_append (bytes, (const guint8 *) contents, (guint) size - 12);
  cut = test_write (folder, "cut.png", bytes);
  g_assert_false (coterie_image_decode (cut, &options, sample, NULL, &error));
  g_assert_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE);

  g_byte_array_append (bytes, (const guint8 *) contents + size - 12, 12);
  g_byte_array_append (bytes, (const guint8 *) "behind the end", 14);
  longer = test_write (folder, "longer.png", bytes);
  g_assert_true (coterie_image_decode (longer, &options, sample, NULL, NULL));
}

#define RLE_ROWS 16
#define RLE_HEAD_BYTES (14 + 40 + 2 * 4)
#define RLE_BYTES (RLE_HEAD_BYTES + RLE_ROWS * 4 + 2)

/* A white BMP of 16 rows of 16 pixels, each one run. */
static GByteArray *
make_run_length_encoded (guint32 said_length)
{
  const guint32 head[] = {
      said_length, 0, RLE_HEAD_BYTES, 40,      16, RLE_ROWS, 1 | 8 << 16, 1 /* RLE8 */, 0, 0, 0,
      2,           0, 0xffffff,       0xffffff};
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) "BM", 2);
  for (guint i = 0; i < G_N_ELEMENTS (head); i++) {
    guint32 value = GUINT32_TO_LE (head[i]);

    g_byte_array_append (bytes, (const guint8 *) &value, sizeof value);
  }
  for (guint row = 0; row < RLE_ROWS; row++)
    g_byte_array_append (bytes, (const guint8[]){16, 1, 0, 0}, 4);
  g_byte_array_append (bytes, (const guint8[]){0, 1}, 2);
  g_assert_cmpuint (bytes->len, ==, RLE_BYTES);
  return bytes;
}

static void
test_runs_that_were_cut_off_are_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  CoterieDatasetOptions options = make_options (2, 2);

  for (guint length = RLE_HEAD_BYTES + 4; length < RLE_BYTES; length++) {
    g_autoptr (GByteArray) bytes = make_run_length_encoded (RLE_BYTES);
    g_autofree char *cut = NULL;
    g_autoptr (GError) error = NULL;
    guint8 sample[4];

    g_byte_array_set_size (bytes, length);
    cut = test_write (folder, "cut.bmp", bytes);
    g_assert_false (coterie_image_decode (cut, &options, sample, NULL, &error));
    g_assert_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE);
    g_assert_nonnull (strstr (error->message, "was cut off after"));
  }
}

/* Writers get the length of the file wrong more often than the end of the pixels. */
static void
test_whole_runs_are_read_whatever_length_is_said (void)
{
  static const guint32 lengths[] = {0, RLE_BYTES - 1, RLE_BYTES, RLE_BYTES + 2, G_MAXUINT32};
  g_autoptr (TestFolder) folder = test_folder_new ();
  CoterieDatasetOptions options = make_options (2, 2);

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_autoptr (GByteArray) bytes = make_run_length_encoded (lengths[i]);
    g_autofree char *path = test_write (folder, "whole.bmp", bytes);
    g_autoptr (GError) error = NULL;
    guint8 sample[4];

    g_assert_true (coterie_image_decode (path, &options, sample, NULL, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (sample[3], ==, 255);
  }
}

static void
test_unreadable_files_are_reported (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *text = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *empty = NULL;
  g_autofree char *image = g_build_filename (folder, "b", "image 1.png", NULL);
  g_autofree char *contents = NULL;
  CoterieDatasetOptions options = make_options (2, 2);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (CoterieDataset) dataset = NULL;
  CoterieDatasetReport *report;
  gsize size;

  save_class (folder, "a", 10, 30);
  save_class (folder, "b", 100, 30);
  g_assert_true (g_file_get_contents (image, &contents, &size, NULL));
  g_byte_array_append (bytes, (const guint8 *) contents, (guint) size / 2);
  text = test_write_text (folder, "a/image 10b.txt", "words");
  empty = test_write_text (folder, "a/image 2b.png", "");
  cut = test_write (folder, "b/image 3.png", bytes);

  dataset = test_open (folder, &options);
  report = coterie_dataset_get_report (dataset);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING) +
                        coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST),
                    ==, 59);
  g_assert_cmpuint (coterie_dataset_report_get_n_files (report), ==, 3);
  for (guint i = 0; i < 3; i++) {
    const char *reason = coterie_dataset_report_get_reason (report, i);

    g_test_message ("%s: %s", coterie_dataset_report_get_path (report, i), reason);
    g_assert_cmpstr (reason, !=, "");
    g_assert_null (strstr (reason, folder));
  }
  g_assert_cmpstr (coterie_dataset_report_get_path (report, 0), ==, empty);
  g_assert_cmpstr (coterie_dataset_report_get_path (report, 1), ==, text);
  g_assert_cmpstr (coterie_dataset_report_get_path (report, 2), ==, cut);

  /* no sample is another's, nor empty, after the others have moved up */
  for (CoterieSplit split = 0; split < COTERIE_N_SPLITS; split++) {
    const guint8 *pixels = coterie_dataset_get_pixels (dataset, split);
    const guint16 *labels = coterie_dataset_get_labels (dataset, split);

    for (gsize s = 0; s < coterie_dataset_get_n_samples (dataset, split); s++)
      for (guint i = 0; i < 4; i++)
        g_assert_true (labels[s] == 0 ? pixels[4 * s + i] >= 10 && pixels[4 * s + i] < 40
                                      : pixels[4 * s + i] >= 100 && pixels[4 * s + i] < 130);
  }
}

/* Nobody writes to the pipe: one who reads from it waits for ever. */
static void
test_what_is_no_file_is_reported (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *link = g_build_filename (folder, "a", "image 2.jpg", NULL);
  g_autofree char *pipe = g_build_filename (folder, "b", "image 1b.jpg", NULL);
  g_autofree char *inner = g_build_filename (folder, "b", "folder.jpg", NULL);
  CoterieDatasetOptions options = make_options (2, 2);
  g_autoptr (CoterieDataset) dataset = NULL;
  CoterieDatasetReport *report;

  save_class (folder, "a", 10, 4);
  save_class (folder, "b", 100, 4);
  g_assert_cmpint (symlink ("nowhere.jpg", link), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);

  dataset = test_open (folder, &options);
  report = coterie_dataset_get_report (dataset);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING) +
                        coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST),
                    ==, 8);
  g_assert_cmpuint (coterie_dataset_report_get_n_files (report), ==, 2);
  g_assert_cmpstr (coterie_dataset_report_get_path (report, 0), ==, link);
  g_assert_cmpstr (coterie_dataset_report_get_reason (report, 0), ==,
                   "is a link that leads to no file");
  g_assert_cmpstr (coterie_dataset_report_get_path (report, 1), ==, pipe);
  g_assert_cmpstr (coterie_dataset_report_get_reason (report, 1), ==, "is no regular file");
}

static void
test_class_without_a_readable_image_is_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *text = test_write_text (folder, "words/a.txt", "words");
  g_autofree char *more = test_write_text (folder, "words/b.txt", "more words");

  save_class (folder, "a", 10, 3);
  test_assert_refused (folder, NULL, COTERIE_DATASET_ERROR_EMPTY_CLASS, "class 1 (words)", ".txt",
                       NULL);
}

static void
test_nothing_to_test_with_is_refused (void)
{
  g_autoptr (TestFolder) single = test_folder_new ();
  g_autoptr (TestFolder) unreadable = test_folder_new ();
  g_autofree char *text = NULL;

  save_class (single, "a", 10, 1);
  save_class (single, "b", 100, 1);
  test_assert_refused (single, NULL, COTERIE_DATASET_ERROR_EMPTY_CLASS, single,
                       "one sample of each class", "add images", NULL);

  save_class (unreadable, "train/a", 10, 2);
  save_class (unreadable, "train/b", 100, 2);
  text = test_write_text (unreadable, "test/a/words.png", "words");
  test_assert_refused (unreadable, NULL, COTERIE_DATASET_ERROR_EMPTY_CLASS, text,
                       "any other file for testing", NULL);
}

static void
test_wrong_folders_are_refused (void)
{
  g_autoptr (TestFolder) single = test_folder_new ();
  g_autoptr (TestFolder) bare = test_folder_new ();
  g_autoptr (TestFolder) unpacked = test_folder_new ();
  g_autoptr (TestFolder) nested = test_folder_new ();
  g_autoptr (TestFolder) unknown = test_folder_new ();
  g_autoptr (TestFolder) flat = test_folder_new ();
  g_autofree char *bare_class = g_build_filename (bare, "b", NULL);

  save_class (single, "only", 10, 3);
  test_assert_refused (single, NULL, COTERIE_DATASET_ERROR_BAD_LABEL, single,
                       "1 class folder, only,", NULL);

  save_class (bare, "a", 10, 3);
  g_assert_cmpint (g_mkdir (bare_class, 0700), ==, 0);
  test_assert_refused (bare, NULL, COTERIE_DATASET_ERROR_BAD_LABEL, bare, "1 class folder, a,",
                       NULL);

  save_class (unpacked, "mydata/cat", 10, 3);
  save_class (unpacked, "mydata/dog", 10, 3);
  save_class (unpacked, "__MACOSX/mydata", 10, 3);
  test_assert_refused (unpacked, NULL, COTERIE_DATASET_ERROR_BAD_LABEL, unpacked,
                       "1 class folder, mydata, which itself holds 2 folders: choose that one?",
                       NULL);

  save_class (nested, "color/a", 10, 3);
  save_class (nested, "grey/a", 10, 3);
  test_assert_refused (nested, NULL, COTERIE_DATASET_ERROR_EMPTY_CLASS, "color",
                       "holds folders, but no files", NULL);
  save_class (nested, "color/b", 10, 3);
  save_class (nested, "extra/a", 10, 3);
  save_class (nested, "grey/b", 10, 3);
  test_assert_refused (nested, NULL, COTERIE_DATASET_ERROR_EMPTY_CLASS, "/color”, “",
                       "hold folders themselves; choose one of these as the data set: “", "/grey”",
                       NULL);

  save_class (unknown, "train/a", 10, 3);
  save_class (unknown, "train/b", 10, 3);
  save_class (unknown, "test/c", 10, 3);
  test_assert_refused (unknown, NULL, COTERIE_DATASET_ERROR_BAD_LABEL, "test/c",
                       "no class of that name", NULL);

  save_grey (flat, "a.png", 1);
  test_assert_refused (flat, NULL, COTERIE_DATASET_ERROR_NOT_FOUND, flat,
                       "its images must be in folders, one for each class", NULL);
}

static void
test_empty_folders_are_no_classes (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *empty = g_build_filename (folder, "train", "empty", NULL);
  g_autofree char *empty_test = g_build_filename (folder, "test", NULL);
  g_autofree char *hidden = test_write_text (folder, "train/dust/.DS_Store", "hidden");
  g_autofree char *debris = test_write_text (folder, "__MACOSX/train/a.png", "not an image");
  g_autofree char *inner_debris = test_write_text (folder, "train/__MACOSX/a.png", "nor this");
  CoterieDatasetOptions options = make_options (1, 1);
  g_autoptr (CoterieDataset) dataset = NULL;
  CoterieDatasetReport *report;

  save_class (folder, "train/a", 10, 3);
  save_class (folder, "train/b", 20, 4);
  save_class (folder, "val/a", 30, 2);
  g_assert_cmpint (g_mkdir (empty, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (empty_test, 0700), ==, 0);
  dataset = test_open (folder, &options);
  g_assert_cmpuint (coterie_dataset_get_info (dataset)->n_classes, ==, 2);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING), ==, 7);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST), ==, 2);

  report = coterie_dataset_get_report (dataset);
  g_assert_cmpuint (coterie_dataset_report_get_n_files (report), ==, 3);
  g_assert_cmpstr (coterie_dataset_report_get_path (report, 0), ==, empty_test);
  g_assert_true (g_str_has_suffix (coterie_dataset_report_get_path (report, 1), "train/dust"));
  g_assert_cmpstr (coterie_dataset_report_get_path (report, 2), ==, empty);
}

static void
test_too_large_images_are_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  CoterieDatasetOptions options = make_options (4096, 4096);

  options.color = TRUE;
  for (guint i = 0; i < 100; i++) {
    g_autofree char *a = g_strdup_printf ("a/%u", i);
    g_autofree char *b = g_strdup_printf ("b/%u", i);
    g_autofree char *path_a = test_write_text (folder, a, "");
    g_autofree char *path_b = test_write_text (folder, b, "");
  }
  test_assert_refused (folder, &options, COTERIE_DATASET_ERROR_TOO_LARGE, folder,
                       "200 images of 4096 × 4096 pixels", "smaller image size", NULL);
  options.width_px = 0;
  test_assert_refused (folder, &options, COTERIE_DATASET_ERROR_BAD_VALUE, "width of images is 0",
                       NULL);
}

static void
test_can_be_cancelled (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  CoterieDatasetOptions options = make_options (2, 2);
  CoterieDatasetRequest request = {folder, &options, pool, NULL, cancellable};

  save_class (folder, "a", 10, 2);
  save_class (folder, "b", 20, 2);
  g_cancellable_cancel (cancellable);
  g_assert_null (coterie_image_folder_open (&request, folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Of the real leaves a few of two classes, linked, to be quick. */
static void
test_opens_real_leaves (void)
{
  g_autofree char *shared = test_find_shared ("plantvillage/segmented");
  g_autoptr (TestFolder) folder = test_folder_new ();
  CoterieDatasetOptions options = make_options (32, 32);
  const char *const classes[] = {"apple", "corn"};
  g_autoptr (CoterieDataset) dataset = NULL;
  guint n_lit = 0;

  if (shared == NULL) {
    g_test_skip ("PlantVillage is not here");
    return;
  }
  for (guint c = 0; c < G_N_ELEMENTS (classes); c++) {
    g_autofree char *class_folder = g_build_filename (shared, classes[c], NULL);
    g_autofree char *links = g_build_filename (folder, classes[c], NULL);
    g_autoptr (GDir) files = g_dir_open (class_folder, 0, NULL);

    g_assert_cmpint (g_mkdir (links, 0700), ==, 0);
    for (guint i = 0; i < 10; i++) {
      const char *name = g_dir_read_name (files);
      g_autofree char *file = g_build_filename (class_folder, name, NULL);
      g_autofree char *link = g_build_filename (links, name, NULL);

      g_assert_cmpint (symlink (file, link), ==, 0);
    }
  }
  dataset = test_open (folder, &options);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING), ==, 16);
  g_assert_cmpuint (coterie_dataset_report_get_n_files (coterie_dataset_get_report (dataset)), ==,
                    0);
  for (guint i = 0; i < 16 * 1024; i++)
    n_lit += coterie_dataset_get_pixels (dataset, COTERIE_SPLIT_TRAINING)[i] > 40;
  g_assert_cmpuint (n_lit, >, 16 * 1024 / 10); /* a leaf on black */
  g_assert_cmpuint (n_lit, <, 16 * 1024 * 9 / 10);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/dataset/image-folder/" name, function)
#define ADD_DATA(name, data, function)                                                             \
  g_test_add_data_func ("/dataset/image-folder/" name, data, function)
  ADD ("folders-are-classes", test_folders_are_classes);
  ADD ("threads-make-no-difference", test_threads_make_no_difference);
  ADD ("seed-and-fraction-decide", test_seed_and_fraction_decide);
  ADD ("folders-for-splits-are-used", test_folders_for_splits_are_used);
  ADD ("folders-for-splits-are-told-from-classes", test_folders_for_splits_are_told_from_classes);
  ADD ("color-becomes-grey-or-planes", test_color_becomes_grey_or_planes);
  ADD ("white-stays-white", test_white_stays_white);
  ADD ("transparent-becomes-white", test_transparent_becomes_white);
  ADD ("images-are-stretched", test_images_are_stretched);
  ADD ("orientation-is-applied", test_orientation_is_applied);
  ADD ("too-many-pixels-are-refused", test_too_many_pixels_are_refused);
  ADD_DATA ("jpeg-that-was-cut-off-is-refused", "jpeg", test_images_that_were_cut_off_are_refused);
  ADD_DATA ("png-that-was-cut-off-is-refused", "png", test_images_that_were_cut_off_are_refused);
  ADD_DATA ("bmp-that-was-cut-off-is-refused", "bmp", test_images_that_were_cut_off_are_refused);
  ADD ("end-of-png-decides", test_end_of_png_decides);
  ADD ("runs-that-were-cut-off-are-refused", test_runs_that_were_cut_off_are_refused);
  ADD ("whole-runs-are-read-whatever-length-is-said",
       test_whole_runs_are_read_whatever_length_is_said);
  ADD ("unreadable-files-are-reported", test_unreadable_files_are_reported);
  ADD ("what-is-no-file-is-reported", test_what_is_no_file_is_reported);
  ADD ("class-without-a-readable-image-is-refused", test_class_without_a_readable_image_is_refused);
  ADD ("nothing-to-test-with-is-refused", test_nothing_to_test_with_is_refused);
  ADD ("wrong-folders-are-refused", test_wrong_folders_are_refused);
  ADD ("empty-folders-are-no-classes", test_empty_folders_are_no_classes);
  ADD ("too-large-images-are-refused", test_too_large_images_are_refused);
  ADD ("can-be-cancelled", test_can_be_cancelled);
  ADD ("opens-real-leaves", test_opens_real_leaves);
  return g_test_run ();
}
