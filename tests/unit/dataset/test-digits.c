/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/dataset/digit-styles.h"
#include "core/dataset/digits.h"

#define N_PIXELS (COTERIE_DIGITS_SIZE_PX * COTERIE_DIGITS_SIZE_PX)

/* SHA-256 of all pixels. If it changes on one machine alone, a result of floating-point arithmetic
 * is not what IEEE 754 says. */
#define TRAINING_PIXELS_HASH "33a7dc98081a297eaaa3368663333b018d4495b2e0ead89c814a7f132367c8fb"
#define TEST_PIXELS_HASH "ebf1b09ad1ff4eb963c5c8f98617711259c7420317cdcbf57517e33d3ea03ea6"

static CoterieDataset *digits;

static char *
hash_pixels (CoterieSplit split)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, coterie_dataset_get_pixels (digits, split),
                                      coterie_dataset_get_n_samples (digits, split) * N_PIXELS);
}

static void
test_bytes_are_the_same_everywhere (void)
{
  g_autofree char *training = hash_pixels (COTERIE_SPLIT_TRAINING);
  g_autofree char *test = hash_pixels (COTERIE_SPLIT_TEST);

  g_assert_cmpstr (training, ==, TRAINING_PIXELS_HASH);
  g_assert_cmpstr (test, ==, TEST_PIXELS_HASH);
}

static void
test_same_seed_same_data_set (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieDataset) again = coterie_digits_new (NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (coterie_dataset_get_hash (again), ==, coterie_dataset_get_hash (digits));
}

static void
test_classes_are_balanced_and_shuffled (void)
{
  const guint expected[COTERIE_N_SPLITS] = {1200, 200};

  for (CoterieSplit split = 0; split < COTERIE_N_SPLITS; split++) {
    const guint16 *labels = coterie_dataset_get_labels (digits, split);
    gsize n_samples = coterie_dataset_get_n_samples (digits, split);
    guint counts[COTERIE_N_DIGITS] = {0};
    guint n_in_turn = 0;

    for (gsize s = 0; s < n_samples; s++) {
      counts[labels[s]]++;
      n_in_turn += s > 0 && labels[s] == (labels[s - 1] + 1) % COTERIE_N_DIGITS;
    }
    for (guint c = 0; c < COTERIE_N_DIGITS; c++)
      g_assert_cmpuint (counts[c], ==, expected[split]);
    g_assert_cmpuint (n_in_turn, <, n_samples / 5);
  }
}

static gint
compare_images (gconstpointer a, gconstpointer b)
{
  return memcmp (*(const guint8 *const *) a, *(const guint8 *const *) b, N_PIXELS);
}

static void
test_no_two_images_are_the_same (void)
{
  g_autoptr (GPtrArray) images = g_ptr_array_new ();

  for (CoterieSplit split = 0; split < COTERIE_N_SPLITS; split++)
    for (gsize s = 0; s < coterie_dataset_get_n_samples (digits, split); s++)
      g_ptr_array_add (images,
                       (gpointer) (coterie_dataset_get_pixels (digits, split) + s * N_PIXELS));
  g_ptr_array_sort (images, compare_images);
  for (guint i = 1; i < images->len; i++)
    g_assert_cmpint (memcmp (images->pdata[i - 1], images->pdata[i], N_PIXELS), !=, 0);
}

/* Ink everywhere it should be: enough of it, not on the margin, centred about the middle. */
static void
test_digits_sit_in_the_middle (void)
{
  const guint8 *pixels = coterie_dataset_get_pixels (digits, COTERIE_SPLIT_TEST);

  for (gsize s = 0; s < coterie_dataset_get_n_samples (digits, COTERIE_SPLIT_TEST); s++) {
    double ink = 0.0, x = 0.0, y = 0.0;

    for (guint i = 0; i < N_PIXELS; i++) {
      double value = pixels[s * N_PIXELS + i] / 255.0;

      ink += value;
      x += value * (i % COTERIE_DIGITS_SIZE_PX + 0.5);
      y += value * (i / COTERIE_DIGITS_SIZE_PX + 0.5);
    }
    g_assert_cmpfloat (ink, >, 12.0);
    g_assert_cmpfloat (ink, <, N_PIXELS / 2.0);
    g_assert_cmpfloat (ABS (x / ink - 14.0), <, 4.0);
    g_assert_cmpfloat (ABS (y / ink - 14.0), <, 4.0);
  }
}

static void
test_styles_are_complete (void)
{
  for (guint digit = 0; digit < COTERIE_N_DIGITS; digit++) {
    for (guint hundredth = 0; hundredth < 100; hundredth++) {
      const CoterieDigitStyle *style = coterie_digit_style_pick (digit, hundredth);

      g_assert_cmpuint (style->digit, ==, digit);
      g_assert_cmpuint (style->n_points, >=, 2);
      g_assert_cmpuint (style->n_points, <=, COTERIE_DIGIT_MAX_POINTS);
      g_assert_cmpuint (style->points[style->n_points - 1].joint, ==, COTERIE_DIGIT_LIFT);
      if (style->n_points < COTERIE_DIGIT_MAX_POINTS)
        g_assert_cmpuint (style->points[style->n_points].joint, !=, COTERIE_DIGIT_LIFT);
    }
  }
}

static void
test_can_be_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (coterie_digits_new (cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  digits = coterie_digits_new (NULL, NULL);
  g_test_add_func ("/dataset/digits/bytes-are-the-same-everywhere",
                   test_bytes_are_the_same_everywhere);
  g_test_add_func ("/dataset/digits/same-seed-same-data-set", test_same_seed_same_data_set);
  g_test_add_func ("/dataset/digits/classes-are-balanced-and-shuffled",
                   test_classes_are_balanced_and_shuffled);
  g_test_add_func ("/dataset/digits/no-two-images-are-the-same", test_no_two_images_are_the_same);
  g_test_add_func ("/dataset/digits/sit-in-the-middle", test_digits_sit_in_the_middle);
  g_test_add_func ("/dataset/digits/styles-are-complete", test_styles_are_complete);
  g_test_add_func ("/dataset/digits/can-be-cancelled", test_can_be_cancelled);
  status = g_test_run ();
  coterie_dataset_unref (digits);
  return status;
}
