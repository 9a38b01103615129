/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a data set is read, as far as that is a matter of choice: the defaults, what is allowed, and
 * one line of text, "image-size=64x64 color test-fraction=0.2 split-seed=1", by which a recording
 * keeps it, so that the same data can be opened again. */

#include "core/dataset/dataset-options.h"

#include <math.h>

#include "core/dataset/dataset.h"

#define DEFAULT_SIDE_PX 64
#define DEFAULT_TEST_FRAC 0.2
#define DEFAULT_SPLIT_SEED 1

/* Enough for every double to come back as itself. */
#define MAX_DIGITS 17

/**
 * coterie_dataset_options_init:
 * @options: (out caller-allocates): the options
 *
 * Sets the defaults: grey images of 64 × 64 pixels, a fifth of the samples for testing, and the
 * label column of a CSV file is looked for.
 */
void
coterie_dataset_options_init (CoterieDatasetOptions *options)
{
  *options = (CoterieDatasetOptions){
      .width_px = DEFAULT_SIDE_PX,
      .height_px = DEFAULT_SIDE_PX,
      .color = FALSE,
      .test_frac = DEFAULT_TEST_FRAC,
      .split_seed = DEFAULT_SPLIT_SEED,
  };
}

static gboolean
check_side (const char *name, guint side_px, GError **error)
{
  if (side_px >= 1 && side_px <= COTERIE_DATASET_MAX_SIDE_PX)
    return TRUE;
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
               "%s of images is %u, expected 1 to %d pixels", name, side_px,
               COTERIE_DATASET_MAX_SIDE_PX);
  return FALSE;
}

/* Written so that not-a-number is out of range. */
static gboolean
check_test_frac (double test_frac, GError **error)
{
  if (test_frac > 0.0 && test_frac <= COTERIE_DATASET_MAX_TEST_FRAC)
    return TRUE;
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
               "test fraction is %g, expected more than 0 and at most %g", test_frac,
               COTERIE_DATASET_MAX_TEST_FRAC);
  return FALSE;
}

static gboolean
check_split_seed (guint64 split_seed, GError **error)
{
  if (split_seed <= G_MAXINT64)
    return TRUE;
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
               "split seed is %" G_GUINT64_FORMAT ", expected 0 to %" G_GINT64_FORMAT, split_seed,
               G_MAXINT64);
  return FALSE;
}

static gboolean
check_label_column (const char *column, gsize length, GError **error)
{
  if (length >= COTERIE_DATASET_LABEL_COLUMN_SIZE)
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
                 "the name of the label column has %" G_GSIZE_FORMAT " bytes, expected at most %d",
                 length, COTERIE_DATASET_LABEL_COLUMN_SIZE - 1);
  else if (!g_utf8_validate (column, (gssize) length, NULL))
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
                 "the name of the label column is not valid UTF-8");
  else
    return TRUE;
  return FALSE;
}

/**
 * coterie_dataset_options_validate:
 * @options: the options
 * @error: return location for a #GError
 *
 * Checks every option against its range, which dataset-options.h gives.
 *
 * Returns: %FALSE with COTERIE_DATASET_ERROR_BAD_VALUE, naming the first option that does not fit,
 *   its value and its range
 */
gboolean
coterie_dataset_options_validate (const CoterieDatasetOptions *options, GError **error)
{
  gsize length = strnlen (options->label_column, COTERIE_DATASET_LABEL_COLUMN_SIZE);

  return check_side ("width", options->width_px, error) &&
         check_side ("height", options->height_px, error) &&
         check_test_frac (options->test_frac, error) &&
         check_split_seed (options->split_seed, error) &&
         check_label_column (options->label_column, length, error);
}

static gboolean
parse_side (const char **text, guint *side_px)
{
  char *end;
  guint64 value;

  if (!g_ascii_isdigit (**text))
    return FALSE;
  value = g_ascii_strtoull (*text, &end, 10);
  *text = end;
  *side_px = (guint) MIN (value, G_MAXUINT);
  return TRUE;
}

/**
 * coterie_dataset_options_parse_image_size:
 * @text: width and height in pixels: "64x64", "64X64", "64×64"; a single number stands for both
 * @options: (inout): gets the size
 * @error: return location for a #GError
 *
 * Returns: %FALSE with COTERIE_DATASET_ERROR_BAD_VALUE if @text is no size or out of range; @options
 *   stay as they were then
 */
gboolean
coterie_dataset_options_parse_image_size (const char *text,
                                          CoterieDatasetOptions *options,
                                          GError **error)
{
  const char *rest = text;
  guint width_px = 0;
  guint height_px;
  gboolean valid = parse_side (&rest, &width_px);

  height_px = width_px;
  if (valid && *rest != '\0') {
    const char *sign = g_ascii_tolower (*rest) == 'x' ? "x" : "×";

    valid = g_ascii_tolower (*rest) == 'x' || g_str_has_prefix (rest, sign);
    rest += strlen (sign);
    valid = valid && parse_side (&rest, &height_px) && *rest == '\0';
  }
  if (!valid || !check_side ("width", width_px, NULL) || !check_side ("height", height_px, NULL)) {
    g_set_error (
        error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
        "“%s” is no image size, expected width and height from 1 to %d pixels such as 64x64", text,
        COTERIE_DATASET_MAX_SIDE_PX);
    return FALSE;
  }
  options->width_px = width_px;
  options->height_px = height_px;
  return TRUE;
}

/**
 * coterie_dataset_options_set_label_column:
 * @options: (inout): gets the column
 * @column: name of a column, or its number from 1; "" finds it
 * @error: return location for a #GError
 *
 * Returns: %FALSE with COTERIE_DATASET_ERROR_BAD_VALUE if @column is longer than 255 bytes or not
 *   UTF-8; @options stay as they were then
 */
gboolean
coterie_dataset_options_set_label_column (CoterieDatasetOptions *options,
                                          const char *column,
                                          GError **error)
{
  if (!check_label_column (column, strlen (column), error))
    return FALSE;
  memset (options->label_column, 0, sizeof options->label_column);
  memcpy (options->label_column, column, strlen (column));
  return TRUE;
}

/* With as few digits as give the same number back: 0.2, not 0.20000000000000001. */
static void
append_real (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (int n_digits = 1; n_digits <= MAX_DIGITS; n_digits++) {
    char format[] = "%.00g";

    format[2] = (char) ('0' + n_digits / 10);
    format[3] = (char) ('0' + n_digits % 10);
    g_ascii_formatd (buffer, sizeof buffer, format, value);
    if (!islessgreater (g_ascii_strtod (buffer, NULL), value))
      break;
  }
  g_string_append (text, buffer);
}

/**
 * coterie_dataset_options_to_string:
 * @options: the options
 * @which: those that are of interest
 *
 * Writes options in a fixed order, with spaces between them. Grey is said by leaving out "color",
 * a column that is found by leaving out "label-column", whose name is escaped as in addresses.
 *
 * Returns: (transfer full): the text, which coterie_dataset_options_from_string() reads; "" for none
 */
char *
coterie_dataset_options_to_string (const CoterieDatasetOptions *options,
                                   CoterieDatasetOptionFlags which)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (which & COTERIE_DATASET_OPTION_IMAGE_SIZE)
    g_string_append_printf (text, " image-size=%ux%u", options->width_px, options->height_px);
  if (which & COTERIE_DATASET_OPTION_COLOR && options->color)
    g_string_append (text, " color");
  if (which & COTERIE_DATASET_OPTION_TEST_FRAC) {
    g_string_append (text, " test-fraction=");
    append_real (text, options->test_frac);
  }
  if (which & COTERIE_DATASET_OPTION_SPLIT_SEED)
    g_string_append_printf (text, " split-seed=%" G_GUINT64_FORMAT, options->split_seed);
  if (which & COTERIE_DATASET_OPTION_LABEL_COLUMN && options->label_column[0] != '\0') {
    g_autofree char *column = g_uri_escape_string (options->label_column, NULL, FALSE);

    g_string_append_printf (text, " label-column=%s", column);
  }
  return g_strdup (text->len > 0 ? text->str + 1 : "");
}

/* How an option begins in the text, and what it is of use for. */
static const struct {
  CoterieDatasetOptionFlags flag;
  const char *key;
  const char *use;
} option_words[] = {
    {COTERIE_DATASET_OPTION_IMAGE_SIZE, "image-size=", "folders of images"},
    {COTERIE_DATASET_OPTION_COLOR, "color", "pictures in colour"},
    {COTERIE_DATASET_OPTION_TEST_FRAC, "test-fraction=", "data sets without samples for testing"},
    {COTERIE_DATASET_OPTION_SPLIT_SEED,
     "split-seed=", "folders of images and data sets without samples for testing"},
    {COTERIE_DATASET_OPTION_LABEL_COLUMN, "label-column=", "CSV files"},
};

static gboolean
has_word (const char *text, const char *key)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (words[i], key))
      return TRUE;
  return FALSE;
}

/**
 * coterie_dataset_options_check_used:
 * @wanted: options that somebody has asked for
 * @used: the options by which a data set was read, as coterie_dataset_options_to_string() writes them
 * @error: return location for a #GError
 *
 * Tells who has asked for something that it had no influence, and calls it as it is typed.
 *
 * Returns: %FALSE with COTERIE_DATASET_ERROR_BAD_VALUE, which names the first of @wanted that is not among
 *   those in @used, and what it is for
 */
gboolean
coterie_dataset_options_check_used (CoterieDatasetOptionFlags wanted,
                                    const char *used,
                                    GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (option_words); i++) {
    const char *key = option_words[i].key;

    if ((wanted & option_words[i].flag) == 0 || has_word (used, key))
      continue;
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
                 "--%.*s has no influence on this data set; it is for %s", (int) strcspn (key, "="),
                 key, option_words[i].use);
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_color (const char *value, CoterieDatasetOptions *options, GError **error)
{
  options->color = TRUE;
  return *value == '\0';
}

static gboolean
read_test_frac (const char *value, CoterieDatasetOptions *options, GError **error)
{
  char *end;

  options->test_frac = g_ascii_strtod (value, &end);
  return end != value && *end == '\0';
}

static gboolean
read_split_seed (const char *value, CoterieDatasetOptions *options, GError **error)
{
  return g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT64, &options->split_seed, NULL);
}

static gboolean
read_image_size (const char *value, CoterieDatasetOptions *options, GError **error)
{
  return coterie_dataset_options_parse_image_size (value, options, error);
}

static gboolean
read_label_column (const char *value, CoterieDatasetOptions *options, GError **error)
{
  g_autofree char *column = g_uri_unescape_string (value, NULL);

  return column != NULL && coterie_dataset_options_set_label_column (options, column, error);
}

static gboolean
read_word (const char *word, CoterieDatasetOptions *options, GError **error)
{
  static const struct {
    const char *key;
    gboolean (*read) (const char *value, CoterieDatasetOptions *options, GError **error);
  } readers[] = {
      {"image-size=", read_image_size},     {"color", read_color},
      {"test-fraction=", read_test_frac},   {"split-seed=", read_split_seed},
      {"label-column=", read_label_column},
  };

  g_autoptr (GError) local_error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (readers) && local_error == NULL; i++) {
    const char *key = readers[i].key;

    if (g_str_has_prefix (word, key) &&
        readers[i].read (word + strlen (key), options, &local_error))
      return TRUE;
  }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
                 "“%s” is no option of a data set with its value", word);
  return FALSE;
}

/**
 * coterie_dataset_options_from_string:
 * @text: what coterie_dataset_options_to_string() wrote; "" leaves all to their defaults
 * @options: (out caller-allocates): the options; the defaults for those that @text leaves out
 * @error: return location for a #GError
 *
 * Returns: %FALSE with COTERIE_DATASET_ERROR_BAD_VALUE if a word is unknown or a value cannot be
 *   read or is out of range
 */
gboolean
coterie_dataset_options_from_string (const char *text,
                                     CoterieDatasetOptions *options,
                                     GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  coterie_dataset_options_init (options);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && !read_word (words[i], options, error))
      return FALSE;
  return coterie_dataset_options_validate (options, error);
}
