/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads columns of numbers as spreadsheets and scripts write them (CSV, RFC 4180): one row a line,
 * fields between commas, in quotation marks if need be, and names in the first line or none. Numbers
 * have a point in every locale. Nothing is guessed: a field that is not a number is an error. The
 * series that "tables" writes as CSV, one below the other, become columns. */

#include "cli/number-table.h"

#include <math.h>

#include "cli/number-text.h"
#include "core/dataset/byte-source.h"
#include "core/dataset/dataset.h"

#define MAX_BYTES (64 * 1024 * 1024)
#define CHUNK_BYTES (64 * 1024)

/* So much of a field is quoted in a message. */
#define MAX_QUOTED 40

#define BLANKS " \t"
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* What the first line of the tables of a report begins with. */
static const char *const report_keys[] = {
    "table", "layer", "class", "other_class", "iteration", "measure", "statistic", "with",
};

#define N_REPORT_KEYS G_N_ELEMENTS (report_keys)
#define REPORT_MEASURE 5
#define REPORT_STATISTIC 6

#define ALL_COLUMNS G_MAXUINT

/* columns: of GArray of double, once the first line is known.
 * wanted: (nullable): name of the only column to read, which is the field number wanted_field of a line.
 * runs: (nullable): those of a report. */
typedef struct {
  char *display_name;
  const char *wanted;
  guint wanted_field;
  guint n_fields;
  GPtrArray *runs;
  guint line;
  GPtrArray *fields;
  GPtrArray *names;
  GPtrArray *columns;
} Reader;

static void
reader_init (Reader *reader, const char *path, const char *wanted)
{
  memset (reader, 0, sizeof *reader);
  reader->display_name = g_filename_display_name (path);
  reader->wanted = wanted;
  reader->wanted_field = ALL_COLUMNS;
  reader->fields = g_ptr_array_new ();
  reader->names = g_ptr_array_new_with_free_func (g_free);
  reader->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
}

static void
reader_clear (Reader *reader)
{
  g_free (reader->display_name);
  g_ptr_array_unref (reader->fields);
  g_ptr_array_unref (reader->names);
  g_ptr_array_unref (reader->columns);
  g_clear_pointer (&reader->runs, g_ptr_array_unref);
}

/* A message is one line and not long, whatever the field is; column counts from 0. */
static gboolean
report_bad_field (const Reader *reader, guint column, const char *what, GError **error)
{
  const char *field = g_ptr_array_index (reader->fields, column);
  glong length = MIN (g_utf8_strlen (field, -1), MAX_QUOTED);
  g_autofree char *quoted = g_utf8_substring (field, 0, length);

  for (char *letter = quoted; *letter != '\0'; letter++)
    if (g_ascii_iscntrl (*letter))
      *letter = '?';
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
               "%s: line %u, column %u: “%s”, %s", reader->display_name, reader->line, column + 1,
               quoted, what);
  return FALSE;
}

/* The field itself is half taken apart by now. */
static gboolean
report_open_quotation (const Reader *reader, GError **error)
{
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
               "%s: line %u, column %u: expected a closing quotation mark, and then a comma or the "
               "end of the line",
               reader->display_name, reader->line, reader->fields->len);
  return FALSE;
}

/* Moves the cursor behind the closing mark and blanks after it, and takes the marks off in place. */
static gboolean
take_quoted (char **cursor)
{
  char *to = *cursor;
  char *from = *cursor + 1;

  for (;; from++) {
    if (*from == '\0')
      return FALSE;
    if (*from == '"' && *++from != '"')
      break;
    *to++ = *from;
  }
  from += strspn (from, BLANKS);
  if (*from != ',' && *from != '\0')
    return FALSE;

  /* the end of the field lies before the comma, so the comma is still there */
  *to = '\0';
  *cursor = from;
  return TRUE;
}

/* Takes the line apart in place. */
static gboolean
split_line (Reader *reader, char *line, GError **error)
{
  char *cursor = line;
  gboolean more = TRUE;

  g_ptr_array_set_size (reader->fields, 0);
  while (more) {
    char *field;

    cursor += strspn (cursor, BLANKS);
    field = cursor;
    g_ptr_array_add (reader->fields, field);
    if (*cursor != '"')
      cursor += strcspn (cursor, ",");
    else if (!take_quoted (&cursor))
      return report_open_quotation (reader, error);
    more = *cursor == ',';
    *cursor++ = '\0';
    g_strchomp (field);
  }
  return TRUE;
}

/* A name cannot be mistaken for a number, nor for one with a mistake in it. */
static gboolean
is_name (const char *field)
{
  char *end;

  if (*field == '\0' || strchr ("+-.0123456789", *field) != NULL)
    return FALSE;
  g_ascii_strtod (field, &end); /* takes infinity and not-a-number */
  return *end != '\0';
}

static gboolean
read_names (Reader *reader, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < reader->fields->len; i++) {
    const char *field = g_ptr_array_index (reader->fields, i);

    if (!is_name (field))
      return report_bad_field (reader, i, "expected the name of the column, as before it", error);
    if (!g_hash_table_add (seen, (gpointer) field))
      return report_bad_field (reader, i, "expected a name that no other column has", error);
    g_ptr_array_add (reader->names, g_strdup (field));
  }
  return TRUE;
}

static gboolean
read_row (Reader *reader, GError **error)
{
  for (guint i = 0; i < reader->fields->len; i++) {
    gboolean all = reader->wanted_field == ALL_COLUMNS;
    double number;

    if (!all && i != reader->wanted_field)
      continue;
    if (!coterie_number_text_parse_real (g_ptr_array_index (reader->fields, i), &number))
      return report_bad_field (reader, i, "expected a finite number such as -0.5 or 1e-4", error);
    g_array_append_val (g_ptr_array_index (reader->columns, all ? i : 0), number);
  }
  return TRUE;
}

static void
add_column (Reader *reader, const char *name)
{
  g_ptr_array_add (reader->names, g_strdup (name));
  g_ptr_array_add (reader->columns, g_array_new (FALSE, FALSE, sizeof (double)));
}

/* The other columns may hold anything. */
static gboolean
read_wanted_name (Reader *reader, GError **error)
{
  if (!g_ptr_array_find_with_equal_func (reader->fields, reader->wanted, g_str_equal,
                                         &reader->wanted_field)) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
                 "%s: line 1: no column “%s”", reader->display_name, reader->wanted);
    return FALSE;
  }
  add_column (reader, reader->wanted);
  return TRUE;
}

static gboolean
is_report (const Reader *reader)
{
  if (reader->fields->len <= N_REPORT_KEYS)
    return FALSE;
  for (guint i = 0; i < N_REPORT_KEYS; i++)
    if (!g_str_equal (g_ptr_array_index (reader->fields, i), report_keys[i]))
      return FALSE;
  return TRUE;
}

/* Behind the runs there are columns that say more about them. */
static void
read_runs (Reader *reader)
{
  reader->runs = g_ptr_array_new_with_free_func (g_free);
  for (guint i = N_REPORT_KEYS; i < reader->fields->len; i++) {
    const char *name = g_ptr_array_index (reader->fields, i);

    if (i > N_REPORT_KEYS && g_str_has_prefix (name, "n of "))
      break;
    g_ptr_array_add (reader->runs, g_strdup (name));
  }
}

/* A series of one run needs no other name than that of its measure. */
static GArray *
find_series (Reader *reader, guint run)
{
  const char *measure = g_ptr_array_index (reader->fields, REPORT_MEASURE);
  const char *statistic = g_ptr_array_index (reader->fields, REPORT_STATISTIC);
  g_autoptr (GString) name = g_string_new (measure);
  guint index;

  if (!g_str_equal (statistic, "value"))
    g_string_append_printf (name, " %s", statistic);
  if (reader->runs->len > 1)
    g_string_append_printf (name, " of %s", (char *) g_ptr_array_index (reader->runs, run));
  if (!g_ptr_array_find_with_equal_func (reader->names, name->str, g_str_equal, &index)) {
    index = reader->names->len;
    add_column (reader, name->str);
  }
  return g_ptr_array_index (reader->columns, index);
}

/* An empty field is not-a-number: what is undefined, or an iteration that a run has not. */
static gboolean
read_report_row (Reader *reader, GError **error)
{
  if (!g_str_equal (g_ptr_array_index (reader->fields, 0), "figure1"))
    return report_bad_field (reader, 0, "expected figure1, the only table of series", error);
  for (guint r = 0; r < reader->runs->len; r++) {
    const char *field = g_ptr_array_index (reader->fields, N_REPORT_KEYS + r);
    double number = NAN;

    if (*field != '\0' && !coterie_number_text_parse_real (field, &number))
      return report_bad_field (reader, N_REPORT_KEYS + r, "expected a finite number or nothing",
                               error);
    g_array_append_val (find_series (reader, r), number);
  }
  return TRUE;
}

static gboolean
read_first_line (Reader *reader, GError **error)
{
  guint n_columns = reader->fields->len;

  reader->n_fields = n_columns;
  if (is_report (reader)) {
    read_runs (reader);
    return TRUE;
  }
  if (reader->wanted != NULL)
    return read_wanted_name (reader, error);
  for (guint i = 0; i < n_columns; i++)
    g_ptr_array_add (reader->columns, g_array_new (FALSE, FALSE, sizeof (double)));
  if (is_name (g_ptr_array_index (reader->fields, 0)))
    return read_names (reader, error);
  if (!read_row (reader, error))
    return FALSE;
  if (n_columns == 1)
    return TRUE;
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
               "%s: line %u: numbers, expected the names of the %u columns", reader->display_name,
               reader->line, n_columns);
  return FALSE;
}

static gboolean
read_line (Reader *reader, char *line, GError **error)
{
  reader->line++;
  if (!split_line (reader, line, error))
    return FALSE;
  if (reader->line == 1)
    return read_first_line (reader, error);
  if (reader->fields->len == reader->n_fields)
    return reader->runs != NULL ? read_report_row (reader, error) : read_row (reader, error);

  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
               "%s: line %u: %u columns, expected %u as in line 1", reader->display_name,
               reader->line, reader->fields->len, reader->n_fields);
  return FALSE;
}

/* Editors and spreadsheets leave an empty line, or some, behind the last one. */
static gboolean
is_empty_end (const Reader *reader, const char *text)
{
  return reader->line > 0 && text[strspn (text, BLANKS "\r\n")] == '\0';
}

/* A report that was cut off has series of several lengths. */
static gboolean
check_columns (const Reader *reader, GError **error)
{
  guint n_rows =
      reader->columns->len > 0 ? ((GArray *) g_ptr_array_index (reader->columns, 0))->len : 0;

  for (guint i = 0; i < reader->columns->len; i++) {
    guint n_found = ((GArray *) g_ptr_array_index (reader->columns, i))->len;

    if (n_found == n_rows)
      continue;
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TRUNCATED,
                 "%s: %u numbers of “%s”, expected %u", reader->display_name, n_found,
                 (char *) g_ptr_array_index (reader->names, i), n_rows);
    return FALSE;
  }
  if (n_rows > 0)
    return TRUE;
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TRUNCATED,
               "%s: no numbers, expected at least one", reader->display_name);
  return FALSE;
}

static gboolean
read_lines (Reader *reader, char *text, GError **error)
{
  while (*text != '\0' && !is_empty_end (reader, text)) {
    char *end = text + strcspn (text, "\n");
    char *next = *end == '\n' ? end + 1 : end;

    if (end > text && end[-1] == '\r')
      end--;
    *end = '\0';
    if (!read_line (reader, text, error))
      return FALSE;
    text = next;
  }
  return check_columns (reader, error);
}

/* Of a report, whose names are known by its end. */
static gboolean
keep_wanted_series (Reader *reader, GError **error)
{
  guint index;

  if (reader->runs == NULL || reader->wanted == NULL)
    return TRUE;
  if (!g_ptr_array_find_with_equal_func (reader->names, reader->wanted, g_str_equal, &index)) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
                 "%s: no series “%s”, expected one such as “%s”", reader->display_name,
                 reader->wanted, (char *) g_ptr_array_index (reader->names, 0));
    return FALSE;
  }
  g_ptr_array_set_size (reader->names, (gint) index + 1);
  g_ptr_array_set_size (reader->columns, (gint) index + 1);
  g_ptr_array_remove_range (reader->names, 0, index);
  g_ptr_array_remove_range (reader->columns, 0, index);
  return TRUE;
}

/* Counts the lines before the first byte that is not text. */
static gboolean
check_text (Reader *reader, const GByteArray *bytes, GError **error)
{
  const char *text = (const char *) bytes->data;
  const char *end;

  if (g_utf8_validate (text, bytes->len, &end))
    return TRUE;
  reader->line = 1;
  for (const char *letter = text; letter < end; letter++)
    reader->line += *letter == '\n';
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
               "%s: line %u: not text in UTF-8", reader->display_name, reader->line);
  return FALSE;
}

/* Adds a byte 0 at the end, which does not count. */
static gboolean
read_bytes (const Reader *reader, const char *path, GByteArray *bytes, GError **error)
{
  g_autoptr (CoterieByteSource) source = coterie_byte_source_open (path, NULL, error);
  g_autofree guint8 *chunk = g_malloc (CHUNK_BYTES);
  gsize n_read = CHUNK_BYTES;

  if (source == NULL)
    return FALSE;
  while (n_read == CHUNK_BYTES) {
    if (!coterie_byte_source_read (source, chunk, CHUNK_BYTES, &n_read, NULL, error))
      return FALSE;
    g_byte_array_append (bytes, chunk, (guint) n_read);
    if (bytes->len > MAX_BYTES) {
      g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
                   "%s: more than %d MiB of text", reader->display_name, MAX_BYTES / (1024 * 1024));
      return FALSE;
    }
  }
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  g_byte_array_set_size (bytes, bytes->len - 1);
  return TRUE;
}

static gboolean
read_file (Reader *reader, const char *path, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  char *text;

  if (!read_bytes (reader, path, bytes, error) || !check_text (reader, bytes, error))
    return FALSE;
  text = (char *) bytes->data;
  if (g_str_has_prefix (text, BYTE_ORDER_MARK))
    text += strlen (BYTE_ORDER_MARK);
  return read_lines (reader, text, error) && keep_wanted_series (reader, error);
}

static void
fill_table (CoterieNumberTable *table, const Reader *reader)
{
  table->n_columns = reader->columns->len;
  table->n_rows = ((GArray *) g_ptr_array_index (reader->columns, 0))->len;
  table->columns = g_new (double *, table->n_columns);
  for (guint i = 0; i < table->n_columns; i++)
    table->columns[i] = (double *) g_array_steal (g_ptr_array_index (reader->columns, i), NULL);
  if (reader->names->len == 0)
    return;

  table->names = g_new0 (char *, table->n_columns + 1);
  for (guint i = 0; i < table->n_columns; i++)
    table->names[i] = g_strdup (g_ptr_array_index (reader->names, i));
}

/**
 * coterie_number_table_load:
 * @table: (out caller-allocates): what was read; empty on failure
 * @path: a file of at most 64 MiB of UTF-8, or a gzip file of one: rows of numbers, after a line of
 *   names that several columns need and a single one may have. A name begins with neither a digit nor
 *   a sign nor a point. Or the CSV of Figure 1 that "tables" writes: a column for each series of each
 *   run, with not-a-number where there is no value
 * @column: (nullable): name of the only column to read, whatever is in the others
 * @error: return location for a #GError
 *
 * Returns: %FALSE with an error that names the file, the line and the column and what was expected
 *   there: of #CoterieDatasetError, or of %G_IO_ERROR if the file cannot be read
 */
gboolean
coterie_number_table_load (CoterieNumberTable *table,
                           const char *path,
                           const char *column,
                           GError **error)
{
  Reader reader;
  gboolean complete;

  memset (table, 0, sizeof *table);
  reader_init (&reader, path, column);
  complete = read_file (&reader, path, error);
  if (complete)
    fill_table (table, &reader);
  reader_clear (&reader);
  return complete;
}

/**
 * coterie_number_table_clear:
 * @table: what coterie_number_table_load() filled, or zeros
 */
void
coterie_number_table_clear (CoterieNumberTable *table)
{
  for (guint i = 0; i < table->n_columns; i++)
    g_free (table->columns[i]);
  g_free (table->columns);
  g_strfreev (table->names);
  memset (table, 0, sizeof *table);
}
