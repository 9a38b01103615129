/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds out, from the first records of a CSV file, whether it begins with names and which column
 * holds the class. */

#include "core/dataset/csv-layout.h"

#include <math.h>

#include "core/dataset/csv-reader.h"
#include "core/dataset/dataset.h"

#define MAX_DIGITS 9
#define MAX_SHOWN_LENGTH 40

/* What is looked at to find a column that never changes. */
#define N_RECORDS_SEEN 1000

/* A file of images without names has the class first, as MNIST's, or last, as that of the UCI
 * repository. The images are at least 8 × 8. */
#define LEAST_IMAGE_SIDE 8

static const char *const usual_label_names[] = {"label", "class", "target", "y", NULL};

/* What stands where a value is missing, in upper or lower case. */
static const char *const missing_marks[] = {"", "?", "-", "na", "n/a", "nan", "null", NULL};

/* The first records: the fields of the first and the second, in which columns all but the first are the
 * same, which of them hold numbers below the first and which words, and whether numbers may have a decimal
 * comma. */
typedef struct {
  char **first;
  char **second;
  gboolean *changes;
  gboolean *numbers;
  gboolean *words;
  gsize n_columns;
  gboolean decimal_comma;
} Beginning;

static void
beginning_clear (Beginning *beginning)
{
  g_strfreev (beginning->first);
  g_strfreev (beginning->second);
  g_free (beginning->changes);
  g_free (beginning->numbers);
  g_free (beginning->words);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Beginning, beginning_clear)

static const char *
skip_spaces (const char *text)
{
  while (*text == ' ' || *text == '\t')
    text++;
  return text;
}

/* From the first character to the last. */
static gboolean
convert (const char *start, const char *last, double *value)
{
  char *end;

  *value = g_ascii_strtod (start, &end);
  return end == last && isfinite ((float) *value);
}

/**
 * coterie_csv_parse_number:
 * @text: a field
 * @decimal_comma: whether a comma may stand in place of the dot
 * @value: (out): its value
 *
 * Reads a decimal number with a dot, with or without an exponent, with or without spaces around it,
 * in every language alike. Not-a-number, infinity and hexadecimal numbers are none.
 *
 * Returns: %FALSE if @text is no number, or one beyond the range of float
 */
gboolean
coterie_csv_parse_number (const char *text, gboolean decimal_comma, double *value)
{
  const char *characters = decimal_comma ? "0123456789+-.,eE" : "0123456789+-.eE";
  const char *start = skip_spaces (text);
  const char *rest = start;
  g_autofree char *with_dot = NULL;
  guint whole = 0;

  /* pixels are all that most files have, and there are many of them */
  while (g_ascii_isdigit (*rest) && rest - start < MAX_DIGITS)
    whole = whole * 10 + (guint) (*rest++ - '0');
  *value = whole;
  if (rest > start && *skip_spaces (rest) == '\0')
    return TRUE;

  for (rest = start; *rest != '\0' && strchr (characters, *rest) != NULL;)
    rest++;
  if (rest == start || *skip_spaces (rest) != '\0')
    return FALSE;
  if (memchr (start, ',', (gsize) (rest - start)) == NULL)
    return convert (start, rest, value);
  with_dot = g_strdelimit (g_strndup (start, (gsize) (rest - start)), ",", '.');
  return convert (with_dot, with_dot + (rest - start), value);
}

/**
 * coterie_csv_is_missing:
 * @text: a field
 *
 * Returns: whether it is empty, or one of the marks that stand for a missing value: ?, -, NA, N/A, NaN,
 *   null
 */
gboolean
coterie_csv_is_missing (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  for (guint i = 0; missing_marks[i] != NULL; i++)
    if (g_ascii_strcasecmp (stripped, missing_marks[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_number (const Beginning *beginning, const char *text)
{
  double value;

  return coterie_csv_parse_number (text, beginning->decimal_comma, &value);
}

static char **
copy_fields (CoterieCsvReader *reader, gsize n_fields)
{
  char **fields = g_new0 (char *, n_fields + 1);

  for (gsize column = 0; column < n_fields; column++)
    fields[column] = g_strdup (coterie_csv_reader_get_field (reader, column));
  return fields;
}

static void
compare_fields (Beginning *beginning, CoterieCsvReader *reader)
{
  for (gsize column = 0; column < beginning->n_columns; column++)
    if (!g_str_equal (coterie_csv_reader_get_field (reader, column), beginning->second[column]))
      beginning->changes[column] = TRUE;
}

/* A column is looked at until what it holds is known. */
static void
note_kinds (Beginning *beginning, CoterieCsvReader *reader)
{
  for (gsize column = 0; column < beginning->n_columns; column++) {
    const char *field = coterie_csv_reader_get_field (reader, column);

    if (beginning->numbers[column])
      continue;
    if (is_number (beginning, field))
      beginning->numbers[column] = TRUE;
    else if (!beginning->words[column])
      beginning->words[column] = !coterie_csv_is_missing (field);
  }
}

/* Stops without an error at a record of another length, which those who read the file will meet. */
static gboolean
read_beginning (Beginning *beginning, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (CoterieCsvReader) reader = coterie_csv_reader_open (path, cancellable, error);
  gsize n_fields = 0;

  for (guint i = 0; reader != NULL && i < N_RECORDS_SEEN; i++) {
    if (!coterie_csv_reader_next (reader, &n_fields, error))
      return FALSE;
    if (i > 0 && n_fields != beginning->n_columns)
      break;
    if (i == 0) {
      beginning->n_columns = n_fields;
      beginning->decimal_comma = coterie_csv_reader_get_delimiter (reader) == ';';
      beginning->changes = g_new0 (gboolean, MAX (n_fields, 1));
      beginning->numbers = g_new0 (gboolean, MAX (n_fields, 1));
      beginning->words = g_new0 (gboolean, MAX (n_fields, 1));
      beginning->first = copy_fields (reader, n_fields);
      if (n_fields == 0)
        break;
    } else if (i == 1) {
      beginning->second = copy_fields (reader, n_fields);
    } else {
      compare_fields (beginning, reader);
    }
    if (i > 0)
      note_kinds (beginning, reader);
  }
  return reader != NULL;
}

static gboolean
is_usual_label_name (const char *field)
{
  g_autofree char *name = g_strstrip (g_strdup (field));

  for (guint i = 0; usual_label_names[i] != NULL; i++)
    if (g_ascii_strcasecmp (name, usual_label_names[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Names are above the numbers: where the first record has a word and the second a number, or where there
 * is no number beside the words, without which there is no sample. */
static gboolean
has_header (const Beginning *beginning, const CoterieDatasetOptions *options)
{
  gsize n_words = 0;

  for (gsize column = 0; column < beginning->n_columns; column++) {
    const char *field = beginning->first[column];

    if (is_number (beginning, field))
      continue;
    n_words++;
    if (is_usual_label_name (field) || g_str_equal (field, options->label_column) ||
        (beginning->second != NULL && is_number (beginning, beginning->second[column])))
      return TRUE;
  }
  return n_words == beginning->n_columns;
}

static gboolean
looks_like_images (gsize n_features)
{
  gsize side = (gsize) lrint (sqrt ((double) n_features));

  return side >= LEAST_IMAGE_SIDE && side * side == n_features;
}

/* Where all others are numbers, a column of words can only be the class. */
static gboolean
find_only_words (const CoterieCsvLayout *layout, const Beginning *beginning, gsize *found)
{
  gsize n_found = 0;

  for (gsize column = 0; column < layout->n_columns; column++) {
    if (!beginning->words[column] || beginning->numbers[column])
      continue;
    if (layout->names == NULL && is_number (beginning, beginning->first[column]))
      continue;
    *found = column;
    n_found++;
  }
  return n_found == 1;
}

static gsize
guess_label_column (const CoterieCsvLayout *layout, const Beginning *beginning)
{
  gsize last = layout->n_columns - 1;
  gsize found;

  for (gsize column = 0; layout->names != NULL && column < layout->n_columns; column++)
    if (is_usual_label_name (layout->names[column]))
      return column;
  if (find_only_words (layout, beginning, &found))
    return found;
  if (looks_like_images (last) && !beginning->changes[last] && beginning->changes[0])
    return 0;
  return last;
}

static gboolean
find_named_column (CoterieCsvLayout *layout, const char *path, const char *wanted, GError **error)
{
  g_autofree char *display_name = g_filename_display_name (path);
  guint64 number;

  for (gsize column = 0; layout->names != NULL && column < layout->n_columns; column++) {
    if (!g_str_equal (layout->names[column], wanted))
      continue;
    layout->label_column = column;
    return TRUE;
  }
  if (g_ascii_string_to_unsigned (wanted, 10, 1, layout->n_columns, &number, NULL)) {
    layout->label_column = (gsize) number - 1;
    return TRUE;
  }
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
               "%s: there is no column “%s” for the labels; expected %sa number from 1 to "
               "%" G_GSIZE_FORMAT,
               display_name, wanted, layout->names != NULL ? "a name from the first line or " : "",
               layout->n_columns);
  return FALSE;
}

static gboolean
check_names (const CoterieCsvLayout *layout, const char *display_name, GError **error)
{
  for (gsize column = 0; layout->names != NULL && column < layout->n_columns; column++) {
    if (g_utf8_validate (layout->names[column], -1, NULL))
      continue;
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
                 "%s: the name of column %" G_GSIZE_FORMAT " is not valid UTF-8", display_name,
                 column + 1);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_columns (const Beginning *beginning, const char *display_name, GError **error)
{
  if (beginning->n_columns == 0)
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
                 "%s: is empty, expected numbers and a label on each line", display_name);
  else if (beginning->n_columns < 2)
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
                 "%s: has 1 column, expected at least one of numbers and one of labels, with a "
                 "comma, a semicolon or a tab between them",
                 display_name);
  else
    return TRUE;
  return FALSE;
}

/**
 * coterie_csv_layout_find:
 * @layout: (out caller-allocates): what was found; clear it in any case
 * @path: a CSV file
 * @options: the name or number of the label column, if the user has given one
 * @cancellable: (nullable): ends it
 * @error: return location for a #GError
 *
 * Reads the first records. They begin with names if a word stands above a number, if all are words, or if
 * a column is called label, class, target or y, in upper or lower case, or what @options say. Where
 * semicolons stand between the fields, as European spreadsheets write them, decimal commas are allowed. Labels are in the
 * column that @options say, by its name or else by its number; else in the one of those names; else
 * in the only one whose values are all words; else in the last one, but in the first one if the others
 * are as many as the pixels of a square image and the last one never changes.
 *
 * Returns: %FALSE with COTERIE_DATASET_ERROR_NOT_FOUND if there is no such column, with
 *   COTERIE_DATASET_ERROR_BAD_SHAPE if there are less than two columns, or with the error of the
 *   reader
 */
gboolean
coterie_csv_layout_find (CoterieCsvLayout *layout,
                         const char *path,
                         const CoterieDatasetOptions *options,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *display_name = g_filename_display_name (path);
  g_auto (Beginning) beginning = {NULL};

  *layout = (CoterieCsvLayout){0};
  if (!read_beginning (&beginning, path, cancellable, error) ||
      !check_columns (&beginning, display_name, error))
    return FALSE;

  layout->n_columns = beginning.n_columns;
  layout->decimal_comma = beginning.decimal_comma;
  if (has_header (&beginning, options))
    layout->names = g_strdupv (beginning.first);
  if (!check_names (layout, display_name, error))
    return FALSE;
  if (options->label_column[0] != '\0')
    return find_named_column (layout, path, options->label_column, error);
  layout->label_column = guess_label_column (layout, &beginning);
  return TRUE;
}

/**
 * coterie_csv_layout_clear:
 * @layout: the layout
 *
 * Frees what @layout owns.
 */
void
coterie_csv_layout_clear (CoterieCsvLayout *layout)
{
  g_clear_pointer (&layout->names, g_strfreev);
}

/**
 * coterie_csv_layout_describe_column:
 * @layout: the layout
 * @column: from 0
 *
 * Returns: (transfer full): "column 3", or "column 3 (“petal length”)" if it has a name
 */
char *
coterie_csv_layout_describe_column (const CoterieCsvLayout *layout, gsize column)
{
  g_autofree char *name = NULL;

  if (layout->names == NULL || column >= layout->n_columns || *layout->names[column] == '\0')
    return g_strdup_printf ("column %" G_GSIZE_FORMAT, column + 1);
  name = g_utf8_substring (layout->names[column], 0,
                           MIN (g_utf8_strlen (layout->names[column], -1), MAX_SHOWN_LENGTH));
  return g_strdup_printf ("column %" G_GSIZE_FORMAT " (“%s”)", column + 1, name);
}
