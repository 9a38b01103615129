/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Splits text into records and fields, as RFC 4180 says and as programs really write it: between
 * the fields a comma, a semicolon or a tab, whichever the first line has most of, where a comma within a
 * number may be a decimal one; lines that end in CR LF, LF or CR; a byte order mark at the beginning; fields in quotation marks, in which these
 * are doubled and lines may end. Empty lines are passed over. */

#include "core/dataset/csv-reader.h"

#include "core/dataset/byte-source.h"
#include "core/dataset/dataset.h"

#define BLOCK_SIZE 65536
#define MAX_FIELD_LENGTH 65536
#define MAX_FIELDS 20000000

#define END_OF_FILE (-1)
#define FAILED (-2)

struct _CoterieCsvReader {
  char *display_name;
  CoterieByteSource *source;
  GCancellable *cancellable;
  char delimiter;

  guint8 block[BLOCK_SIZE];
  gsize block_start;
  gsize block_end;

  /* The record: its fields, each ended by a zero, and where they begin. */
  GString *text;
  GArray *starts;
  guint64 line;
  guint64 next_line;
};

static gboolean
fill_block (CoterieCsvReader *reader, GError **error)
{
  reader->block_start = 0;
  return coterie_byte_source_read (reader->source, reader->block, BLOCK_SIZE, &reader->block_end,
                                   reader->cancellable, error);
}

static int
peek (CoterieCsvReader *reader, GError **error)
{
  if (reader->block_start == reader->block_end && !fill_block (reader, error))
    return FAILED;
  return reader->block_end == 0 ? END_OF_FILE : reader->block[reader->block_start];
}

static int
take (CoterieCsvReader *reader, GError **error)
{
  int character = peek (reader, error);

  if (character >= 0)
    reader->block_start++;
  return character;
}

static gboolean
report (CoterieCsvReader *reader, CoterieDatasetError code, const char *what, GError **error)
{
  g_set_error (error, COTERIE_DATASET_ERROR, (int) code,
               "%s: line %" G_GUINT64_FORMAT ", column %u: %s", reader->display_name,
               reader->next_line, reader->starts->len, what);
  return FALSE;
}

static gboolean
is_within_number (const guint8 *text, gsize size, gsize i)
{
  return i > 0 && i + 1 < size && g_ascii_isdigit (text[i - 1]) && g_ascii_isdigit (text[i + 1]);
}

/* Of 5,1;3,5;rose the semicolons: if the commas can be decimal ones, they are at most as many as the
 * fields would be. */
static char
find_delimiter (const guint8 *text, gsize size)
{
  static const char delimiters[] = {',', ';', '\t'};
  gsize counts[G_N_ELEMENTS (delimiters)] = {0};
  gsize n_decimal = 0;
  gboolean quoted = FALSE;
  gsize best = 0;

  for (gsize i = 0; i < size && (quoted || (text[i] != '\n' && text[i] != '\r')); i++) {
    quoted = quoted != (text[i] == '"');
    for (gsize d = 0; d < G_N_ELEMENTS (delimiters) && !quoted; d++)
      counts[d] += text[i] == (guint8) delimiters[d];
    n_decimal += !quoted && text[i] == ',' && is_within_number (text, size, i);
  }
  if (counts[0] <= MAX (counts[1], counts[2]) + 1)
    counts[0] -= n_decimal;
  for (gsize d = 1; d < G_N_ELEMENTS (delimiters); d++)
    if (counts[d] > counts[best])
      best = d;
  return delimiters[best];
}

static void
skip_byte_order_mark (CoterieCsvReader *reader)
{
  static const guint8 mark[] = {0xef, 0xbb, 0xbf};

  if (reader->block_end >= sizeof mark && memcmp (reader->block, mark, sizeof mark) == 0)
    reader->block_start = sizeof mark;
}

/**
 * coterie_csv_reader_open:
 * @path: a text file; may be compressed with gzip
 * @cancellable: (nullable): ends the opening, and later the reading
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the records, before the first; or %NULL with an error of
 *   COTERIE_DATASET_ERROR if the file cannot be read, or of %G_IO_ERROR
 */
CoterieCsvReader *
coterie_csv_reader_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (CoterieCsvReader) reader = g_new0 (CoterieCsvReader, 1);

  reader->display_name = g_filename_display_name (path);
  reader->cancellable = cancellable;
  reader->text = g_string_new (NULL);
  reader->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  reader->next_line = 1;
  reader->source = coterie_byte_source_open (path, cancellable, error);
  if (reader->source == NULL || !fill_block (reader, error))
    return NULL;
  skip_byte_order_mark (reader);
  reader->delimiter =
      find_delimiter (reader->block + reader->block_start, reader->block_end - reader->block_start);
  return g_steal_pointer (&reader);
}

/**
 * coterie_csv_reader_free:
 * @reader: (transfer full): the records
 *
 * Closes the file.
 */
void
coterie_csv_reader_free (CoterieCsvReader *reader)
{
  g_clear_pointer (&reader->source, coterie_byte_source_free);
  g_string_free (reader->text, TRUE);
  g_array_unref (reader->starts);
  g_free (reader->display_name);
  g_free (reader);
}

static gboolean
begin_field (CoterieCsvReader *reader, GError **error)
{
  if (reader->starts->len == MAX_FIELDS)
    return report (reader, COTERIE_DATASET_ERROR_TOO_LARGE, "more columns than are supported",
                   error);
  g_array_append_val (reader->starts, reader->text->len);
  return TRUE;
}

static gboolean
append (CoterieCsvReader *reader, int character, GError **error)
{
  gsize start = g_array_index (reader->starts, gsize, reader->starts->len - 1);

  if (character == '\0')
    return report (reader, COTERIE_DATASET_ERROR_BAD_VALUE, "a zero byte, expected text in UTF-8",
                   error);
  if (reader->text->len - start == MAX_FIELD_LENGTH)
    return report (reader, COTERIE_DATASET_ERROR_TOO_LARGE,
                   "a field of more than the 65536 bytes that are supported", error);
  g_string_append_c (reader->text, (char) character);
  return TRUE;
}

/* After a quotation mark that began the field; ends after the one that closes it. */
static gboolean
read_quoted (CoterieCsvReader *reader, GError **error)
{
  for (;;) {
    int character = take (reader, error);

    if (character == FAILED)
      return FALSE;
    if (character == END_OF_FILE)
      return report (reader, COTERIE_DATASET_ERROR_TRUNCATED,
                     "the file ends within quotation marks", error);
    if (character == '"') {
      int next = peek (reader, error);

      if (next == FAILED)
        return FALSE;
      if (next != '"')
        return TRUE;
      reader->block_start++;
    }
    reader->next_line += character == '\n';
    if (!append (reader, character, error))
      return FALSE;
  }
}

static gboolean
is_end_of_field (CoterieCsvReader *reader, int character)
{
  return character < 0 || character == reader->delimiter || character == '\n' || character == '\r';
}

static gboolean
read_field (CoterieCsvReader *reader, GError **error)
{
  int character = peek (reader, error);

  if (character == FAILED || !begin_field (reader, error))
    return FALSE;
  if (character == '"') {
    reader->block_start++;
    if (!read_quoted (reader, error))
      return FALSE;
    character = peek (reader, error);
    if (!is_end_of_field (reader, character))
      return report (reader, COTERIE_DATASET_ERROR_BAD_VALUE,
                     "goes on after the closing quotation mark", error);
  }
  while (!is_end_of_field (reader, character)) {
    if (!append (reader, character, error))
      return FALSE;
    reader->block_start++;
    character = peek (reader, error);
  }
  g_string_append_c (reader->text, '\0');
  return character != FAILED;
}

static gboolean
read_record (CoterieCsvReader *reader, gboolean *at_end, GError **error)
{
  int character;

  g_string_truncate (reader->text, 0);
  g_array_set_size (reader->starts, 0);
  reader->line = reader->next_line;
  do {
    if (!read_field (reader, error))
      return FALSE;
    character = take (reader, error);
  } while (character == reader->delimiter);

  if (character == '\r') {
    character = peek (reader, error);
    if (character == '\n')
      reader->block_start++;
  }
  reader->next_line++;
  *at_end = character == END_OF_FILE;
  return character != FAILED;
}

/**
 * coterie_csv_reader_next:
 * @reader: the records
 * @n_fields: (out): how many fields the record has, 0 after the last record
 * @error: return location for a #GError
 *
 * Goes on to the next record that is not an empty line.
 *
 * Returns: %FALSE with an error of COTERIE_DATASET_ERROR that names file, line and column if the text
 *   is no CSV, or of %G_IO_ERROR
 */
gboolean
coterie_csv_reader_next (CoterieCsvReader *reader, gsize *n_fields, GError **error)
{
  gboolean at_end = FALSE;

  *n_fields = 0;
  while (*n_fields == 0 && !at_end) {
    if (!read_record (reader, &at_end, error))
      return FALSE;
    /* the text of an empty line is one empty field and the zero that ends it */
    *n_fields = reader->text->len > 1 ? reader->starts->len : 0;
  }
  return TRUE;
}

/**
 * coterie_csv_reader_get_field:
 * @reader: the records, at one
 * @column: from 0, less than the number of fields
 *
 * Returns: (transfer none): the field's text as the file has it, until the next record
 */
const char *
coterie_csv_reader_get_field (CoterieCsvReader *reader, gsize column)
{
  g_assert (column < reader->starts->len);
  return reader->text->str + g_array_index (reader->starts, gsize, column);
}

/**
 * coterie_csv_reader_get_delimiter:
 * @reader: the records
 *
 * Returns: what stands between the fields: a comma, a semicolon or a tab
 */
char
coterie_csv_reader_get_delimiter (CoterieCsvReader *reader)
{
  return reader->delimiter;
}

/**
 * coterie_csv_reader_get_line:
 * @reader: the records, at one
 *
 * Returns: the line on which the record begins, from 1
 */
guint64
coterie_csv_reader_get_line (CoterieCsvReader *reader)
{
  return reader->line;
}
