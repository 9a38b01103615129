/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/dataset/dataset-options.h"

#include <math.h>

#include "core/dataset/dataset.h"

static void
test_defaults_are_allowed (void)
{
  CoterieDatasetOptions options;
  g_autoptr (GError) error = NULL;

  coterie_dataset_options_init (&options);
  g_assert_true (coterie_dataset_options_validate (&options, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (options.width_px, ==, 64);
  g_assert_cmpuint (options.height_px, ==, 64);
  g_assert_false (options.color);
  g_assert_cmpfloat (options.test_frac, ==, 0.2);
  g_assert_cmpstr (options.label_column, ==, "");
}

static void
assert_invalid (const CoterieDatasetOptions *options, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (coterie_dataset_options_validate (options, &error));
  g_assert_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_ranges_are_checked (void)
{
  const double bad_fractions[] = {0.0, -0.1, 0.91, NAN, INFINITY};
  CoterieDatasetOptions defaults, options;

  coterie_dataset_options_init (&defaults);
  options = defaults;
  options.width_px = 0;
  assert_invalid (&options, "width of images is 0, expected 1 to 4096");
  options = defaults;
  options.height_px = 4097;
  assert_invalid (&options, "height of images is 4097");
  for (gsize i = 0; i < G_N_ELEMENTS (bad_fractions); i++) {
    options = defaults;
    options.test_frac = bad_fractions[i];
    assert_invalid (&options, "test fraction");
  }
  options = defaults;
  options.split_seed = (guint64) G_MAXINT64 + 1;
  assert_invalid (&options, "split seed");
  options = defaults;
  memset (options.label_column, 'x', sizeof options.label_column);
  assert_invalid (&options, "label column");
  options = defaults;
  options.label_column[0] = (char) 0xff;
  assert_invalid (&options, "UTF-8");
}

static void
test_image_size_is_read (void)
{
  const struct {
    const char *text;
    guint width_px;
    guint height_px;
  } good[] = {{"64x48", 64, 48}, {"16X8", 16, 8}, {"1×4096", 1, 4096}, {"32", 32, 32}};
  const char *const bad[] = {"",     "x",    "64x",  "x64",  "64x64x64", "64 x 64",     "-1x2",
                             "1.5x", "64x0", "0x64", "4097", "64*64",    "99999999999", "64xx64"};

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
    CoterieDatasetOptions options;
    g_autoptr (GError) error = NULL;

    coterie_dataset_options_init (&options);
    g_assert_true (coterie_dataset_options_parse_image_size (good[i].text, &options, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (options.width_px, ==, good[i].width_px);
    g_assert_cmpuint (options.height_px, ==, good[i].height_px);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    CoterieDatasetOptions options;
    g_autoptr (GError) error = NULL;

    coterie_dataset_options_init (&options);
    g_assert_false (coterie_dataset_options_parse_image_size (bad[i], &options, &error));
    g_assert_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE);
    g_assert_cmpuint (options.width_px, ==, 64);
    g_assert_cmpuint (options.height_px, ==, 64);
  }
}

static void
test_text_is_readable (void)
{
  CoterieDatasetOptions options;
  g_autofree char *defaults = NULL;
  g_autofree char *colored = NULL;
  g_autofree char *none = NULL;

  coterie_dataset_options_init (&options);
  defaults = coterie_dataset_options_to_string (&options, COTERIE_DATASET_ALL_OPTIONS);
  g_assert_cmpstr (defaults, ==, "image-size=64x64 test-fraction=0.2 split-seed=1");
  options.color = TRUE;
  colored = coterie_dataset_options_to_string (&options, COTERIE_DATASET_OPTION_COLOR);
  g_assert_cmpstr (colored, ==, "color");
  none = coterie_dataset_options_to_string (&options, (CoterieDatasetOptionFlags) 0);
  g_assert_cmpstr (none, ==, "");
}

static void
test_text_brings_options_back (void)
{
  const char *const columns[] = {"", "3", "class of flower", "a=b %20 “é”\n", "image-size=1x1"};

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++) {
    CoterieDatasetOptions options, again;
    g_autoptr (GError) error = NULL;
    g_autofree char *text = NULL;

    coterie_dataset_options_init (&options);
    options.width_px = 17;
    options.height_px = 4096;
    options.color = i % 2 == 0;
    options.test_frac = 1.0 / 3.0;
    options.split_seed = G_MAXINT64;
    g_assert_true (coterie_dataset_options_set_label_column (&options, columns[i], &error));
    text = coterie_dataset_options_to_string (&options, COTERIE_DATASET_ALL_OPTIONS);

    g_assert_true (coterie_dataset_options_from_string (text, &again, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (again.width_px, ==, 17);
    g_assert_cmpuint (again.height_px, ==, 4096);
    g_assert_cmpint (again.color, ==, options.color);
    g_assert_cmpfloat (again.test_frac, ==, options.test_frac);
    g_assert_cmpuint (again.split_seed, ==, G_MAXINT64);
    g_assert_cmpstr (again.label_column, ==, columns[i]);
  }
}

static void
test_bad_text_is_refused (void)
{
  const char *const bad[] = {
      "colour",          "image-size=",   "image-size=0x1", "test-fraction=x",
      "test-fraction=1", "split-seed=-1", "split-seed=",    "label-column=%",
      "color=yes",       "64x64",         "test-fraction=", "split-seed=9223372036854775808"};

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    CoterieDatasetOptions options;
    g_autoptr (GError) error = NULL;

    g_assert_false (coterie_dataset_options_from_string (bad[i], &options, &error));
    g_assert_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE);
    g_assert_false (coterie_dataset_options_from_string (bad[i], &options, NULL));
  }
}

static void
test_an_option_without_influence_is_called_as_it_is_typed (void)
{
  const struct {
    CoterieDatasetOptionFlags flag;
    const char *words;
  } unused[] = {
      {COTERIE_DATASET_OPTION_COLOR, "--color has no influence"},
      {COTERIE_DATASET_OPTION_IMAGE_SIZE, "--image-size has no influence"},
      {COTERIE_DATASET_OPTION_LABEL_COLUMN, "--label-column has no influence"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (unused); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (
        coterie_dataset_options_check_used (unused[i].flag, "test-fraction=0.2", &error));
    g_assert_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE);
    g_assert_true (g_str_has_prefix (error->message, unused[i].words));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dataset/options/defaults-are-allowed", test_defaults_are_allowed);
  g_test_add_func ("/dataset/options/ranges-are-checked", test_ranges_are_checked);
  g_test_add_func ("/dataset/options/image-size-is-read", test_image_size_is_read);
  g_test_add_func ("/dataset/options/text-is-readable", test_text_is_readable);
  g_test_add_func ("/dataset/options/text-brings-options-back", test_text_brings_options_back);
  g_test_add_func ("/dataset/options/bad-text-is-refused", test_bad_text_is_refused);
  g_test_add_func ("/dataset/options/an-option-without-influence-is-called-as-it-is-typed",
                   test_an_option_without_influence_is_called_as_it_is_typed);
  return g_test_run ();
}
