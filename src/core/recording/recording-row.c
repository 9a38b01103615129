/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows that notice damage. SQLite does not check the content of what it stores, so the last column
 * of every table is a SHA-256 over the table's name and all other columns: for each a letter for its
 * type, its length in bytes as eight bytes, and its content; everything little-endian. A row is read
 * only if its digest fits.
 *
 * Arrays are blobs of little-endian numbers. Not-a-number cannot be stored as a REAL and becomes
 * NULL, and minus zero becomes zero, because SQLite stores whole numbers as integers. */

#include "core/recording/recording-row.h"

#include <math.h>
#include <string.h>

#define DIGEST_SIZE 32

static void
swap_if_big_endian (gpointer values, gsize n_values, gsize value_size)
{
#if G_BYTE_ORDER == G_BIG_ENDIAN
  guint8 *bytes = values;

  for (gsize i = 0; i < n_values; i++, bytes += value_size) {
    for (gsize low = 0, high = value_size - 1; low < high; low++, high--) {
      guint8 byte = bytes[low];

      bytes[low] = bytes[high];
      bytes[high] = byte;
    }
  }
#endif
}

static void
digest_field (GChecksum *checksum, char type, gconstpointer content, gsize size)
{
  guint64 size_le = GUINT64_TO_LE ((guint64) size);

  g_checksum_update (checksum, (const guchar *) &type, 1);
  g_checksum_update (checksum, (const guchar *) &size_le, sizeof size_le);
  if (size > 0)
    g_checksum_update (checksum, content, (gssize) size);
}

static void
digest_integer (GChecksum *checksum, gint64 value)
{
  gint64 value_le = GINT64_TO_LE (value);

  digest_field (checksum, 'i', &value_le, sizeof value_le);
}

static void
digest_real (GChecksum *checksum, double value)
{
  swap_if_big_endian (&value, 1, sizeof value);
  digest_field (checksum, 'r', &value, sizeof value);
}

static GChecksum *
digest_new (const char *table)
{
  GChecksum *checksum = g_checksum_new (G_CHECKSUM_SHA256);

  digest_field (checksum, 't', table, strlen (table));
  return checksum;
}

static void
digest_finish (GChecksum *checksum, guint8 digest[static DIGEST_SIZE])
{
  gsize size = DIGEST_SIZE;

  g_checksum_get_digest (checksum, digest, &size);
}

static void
bound (CoterieRow *row, int result)
{
  if (row->result == SQLITE_OK)
    row->result = result;
  row->column++;
}

/**
 * coterie_row_prepare:
 * @database: a recording
 * @verb: "INSERT" or "REPLACE"
 * @table: the table's name
 *
 * Returns: (transfer full) (nullable): a statement with as many parameters as the table has columns;
 *   %NULL if SQLite says no
 */
sqlite3_stmt *
coterie_row_prepare (sqlite3 *database, const char *verb, const char *table)
{
  g_autofree char *select = g_strdup_printf ("SELECT * FROM %s", table);
  g_autoptr (sqlite3_stmt) columns = NULL;
  g_autoptr (GString) sql = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (database, select, -1, &columns, NULL) != SQLITE_OK)
    return NULL;

  g_string_printf (sql, "%s INTO %s VALUES (?", verb, table);
  for (int i = 1; i < sqlite3_column_count (columns); i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  sqlite3_prepare_v2 (database, sql->str, -1, &statement, NULL);
  return statement;
}

/**
 * coterie_row_begin:
 * @row: (out): to be stored with coterie_row_store()
 * @statement: inserts a row, with a parameter for every column; borrowed
 * @table: the table's name
 *
 * Begins a new row. Errors of the functions that put a value are kept until it is stored.
 */
void
coterie_row_begin (CoterieRow *row, sqlite3_stmt *statement, const char *table)
{
  *row = (CoterieRow){.statement = statement, .checksum = digest_new (table)};
}

/**
 * coterie_row_put_integer:
 * @row: a row that is being written
 * @value: of the next column
 */
void
coterie_row_put_integer (CoterieRow *row, gint64 value)
{
  digest_integer (row->checksum, value);
  bound (row, sqlite3_bind_int64 (row->statement, row->column + 1, value));
}

/**
 * coterie_row_put_real:
 * @row: a row that is being written
 * @value: of the next column, in the column's unit, any range; not-a-number becomes NULL
 */
void
coterie_row_put_real (CoterieRow *row, double value)
{
  if (isnan (value)) {
    digest_field (row->checksum, 'n', NULL, 0);
    bound (row, sqlite3_bind_null (row->statement, row->column + 1));
  } else {
    double stored = value == 0.0 ? 0.0 : value;

    digest_real (row->checksum, stored);
    bound (row, sqlite3_bind_double (row->statement, row->column + 1, stored));
  }
}

/**
 * coterie_row_put_text:
 * @row: a row that is being written
 * @text: of the next column; copied
 */
void
coterie_row_put_text (CoterieRow *row, const char *text)
{
  digest_field (row->checksum, 's', text, strlen (text));
  bound (row, sqlite3_bind_text (row->statement, row->column + 1, text, -1, SQLITE_TRANSIENT));
}

/**
 * coterie_row_put_array:
 * @row: a row that is being written
 * @values: (nullable): [n_values], numbers of this machine's byte order; copied
 * @n_values: how many; 0 becomes an empty blob
 * @value_size: bytes of each
 */
void
coterie_row_put_array (CoterieRow *row, gconstpointer values, gsize n_values, gsize value_size)
{
  gsize size = n_values * value_size;
  gpointer bytes = g_memdup2 (values, size);

  swap_if_big_endian (bytes, n_values, value_size);
  digest_field (row->checksum, 'b', bytes, size);
  if (size > 0)
    bound (row, sqlite3_bind_blob64 (row->statement, row->column + 1, bytes, size, g_free));
  else /* a blob at %NULL would be NULL, not an empty blob */
    bound (row, sqlite3_bind_zeroblob (row->statement, row->column + 1, 0));
}

/**
 * coterie_row_store:
 * @row: a row all columns of which have been put, but for the digest
 *
 * Adds the digest and inserts the row.
 *
 * Returns: SQLITE_DONE, or SQLite's code for what went wrong
 */
int
coterie_row_store (CoterieRow *row)
{
  guint8 digest[DIGEST_SIZE];

  digest_finish (row->checksum, digest);
  bound (row, sqlite3_bind_blob (row->statement, row->column + 1, digest, sizeof digest,
                                 SQLITE_TRANSIENT));
  return row->result == SQLITE_OK ? sqlite3_step (row->statement) : row->result;
}

static void
digest_column (GChecksum *checksum, sqlite3_stmt *statement, int column)
{
  gconstpointer content;

  switch (sqlite3_column_type (statement, column)) {
  case SQLITE_INTEGER:
    digest_integer (checksum, sqlite3_column_int64 (statement, column));
    break;
  case SQLITE_FLOAT:
    digest_real (checksum, sqlite3_column_double (statement, column));
    break;
  case SQLITE_TEXT:
    content = sqlite3_column_text (statement, column);
    digest_field (checksum, 's', content, (gsize) sqlite3_column_bytes (statement, column));
    break;
  case SQLITE_BLOB:
    content = sqlite3_column_blob (statement, column);
    digest_field (checksum, 'b', content, (gsize) sqlite3_column_bytes (statement, column));
    break;
  default:
    digest_field (checksum, 'n', NULL, 0);
  }
}

/**
 * coterie_row_compute_digest:
 * @statement: stands on a row and selects all columns of the table in their order
 * @table: the table's name
 * @digest: (out): what the last column should hold
 */
void
coterie_row_compute_digest (sqlite3_stmt *statement,
                            const char *table,
                            guint8 digest[static DIGEST_SIZE])
{
  g_autoptr (GChecksum) checksum = digest_new (table);

  for (int i = 0; i < sqlite3_column_count (statement) - 1; i++)
    digest_column (checksum, statement, i);
  digest_finish (checksum, digest);
}

/**
 * coterie_row_open:
 * @row: (out): to be freed with coterie_row_clear()
 * @statement: stands on a row and selects all columns of the table in their order; borrowed
 * @table: the table's name
 *
 * Begins to read a row. If its digest does not fit it has a fault from the beginning. Values that
 * are taken from a row with a fault are 0 or %NULL.
 */
void
coterie_row_open (CoterieRow *row, sqlite3_stmt *statement, const char *table)
{
  int last = sqlite3_column_count (statement) - 1;
  guint8 expected[DIGEST_SIZE];
  gconstpointer stored;

  *row = (CoterieRow){.statement = statement};
  coterie_row_compute_digest (statement, table, expected);
  stored = sqlite3_column_blob (statement, last);
  if (stored == NULL || sqlite3_column_bytes (statement, last) != DIGEST_SIZE ||
      memcmp (stored, expected, DIGEST_SIZE) != 0)
    coterie_row_set_fault (row, "the checksum in table %s does not fit its content", table);
}

/**
 * coterie_row_set_fault:
 * @row: a row that is being read
 * @format: what is wrong with it
 * @...: its arguments
 *
 * Remembers what is wrong with a row, unless something is known already.
 */
void
coterie_row_set_fault (CoterieRow *row, const char *format, ...)
{
  va_list arguments;

  if (row->fault != NULL)
    return;

  va_start (arguments, format);
  row->fault = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

/**
 * coterie_row_take_integer:
 * @row: a row that is being read
 * @min: least value allowed
 * @max: greatest value allowed
 *
 * Returns: the value of the next column, or 0 if it has a fault
 */
gint64
coterie_row_take_integer (CoterieRow *row, gint64 min, gint64 max)
{
  int column = row->column++;
  gint64 value;

  if (row->fault != NULL)
    return 0;

  value = sqlite3_column_int64 (row->statement, column);
  if (value >= min && value <= max)
    return value;
  if (min == max)
    coterie_row_set_fault (row, "%s is %" G_GINT64_FORMAT ", expected %" G_GINT64_FORMAT,
                           sqlite3_column_name (row->statement, column), value, min);
  else
    coterie_row_set_fault (
        row, "%s is %" G_GINT64_FORMAT ", expected %" G_GINT64_FORMAT " … %" G_GINT64_FORMAT,
        sqlite3_column_name (row->statement, column), value, min, max);
  return 0;
}

/**
 * coterie_row_take_uint:
 * @row: a row that is being read
 *
 * Returns: the value of the next column, 0 … 2^32 - 1, or 0 if it has a fault
 */
guint
coterie_row_take_uint (CoterieRow *row)
{
  return (guint) coterie_row_take_integer (row, 0, G_MAXUINT32);
}

/**
 * coterie_row_take_real:
 * @row: a row that is being read
 *
 * Returns: the value of the next column in its unit, any range, not-a-number for NULL
 */
double
coterie_row_take_real (CoterieRow *row)
{
  int column = row->column++;

  if (row->fault != NULL)
    return 0.0;
  if (sqlite3_column_type (row->statement, column) == SQLITE_NULL)
    return NAN;
  return sqlite3_column_double (row->statement, column);
}

/**
 * coterie_row_take_path:
 * @row: a row that is being read
 *
 * Returns: (transfer full) (nullable): the text of the next column, in whatever encoding file names
 *   have
 */
char *
coterie_row_take_path (CoterieRow *row)
{
  int column = row->column++;
  const char *text;

  if (row->fault != NULL)
    return NULL;

  text = (const char *) sqlite3_column_text (row->statement, column);
  if (text != NULL && strlen (text) == (gsize) sqlite3_column_bytes (row->statement, column))
    return g_strdup (text);
  coterie_row_set_fault (row, "%s is not a text", sqlite3_column_name (row->statement, column));
  return NULL;
}

/**
 * coterie_row_take_text:
 * @row: a row that is being read
 *
 * Returns: (transfer full) (nullable): the text of the next column, UTF-8
 */
char *
coterie_row_take_text (CoterieRow *row)
{
  const char *name = sqlite3_column_name (row->statement, row->column);
  char *text = coterie_row_take_path (row);

  if (text != NULL && !g_utf8_validate (text, -1, NULL)) {
    coterie_row_set_fault (row, "%s is not valid UTF-8", name);
    g_clear_pointer (&text, g_free);
  }
  return text;
}

/**
 * coterie_row_take_array:
 * @row: a row that is being read
 * @n_values: how many there must be
 * @value_size: bytes of each, at most 8
 *
 * Nothing is allocated unless the file has as many.
 *
 * Returns: (transfer full) (nullable): [n_values], in this machine's byte order; %NULL if @n_values
 *   is 0 or the row has a fault
 */
gpointer
coterie_row_take_array (CoterieRow *row, guint64 n_values, gsize value_size)
{
  const char *name = sqlite3_column_name (row->statement, row->column);
  gsize n_found;
  g_autofree gpointer values = coterie_row_take_any_array (row, &n_found, value_size);

  if (row->fault == NULL && n_found != n_values)
    coterie_row_set_fault (row, "%s holds %" G_GSIZE_FORMAT " values, expected %" G_GUINT64_FORMAT,
                           name, n_found, n_values);
  return row->fault == NULL ? g_steal_pointer (&values) : NULL;
}

/**
 * coterie_row_take_any_array:
 * @row: a row that is being read
 * @n_values: (out): how many there are
 * @value_size: bytes of each, at most 8
 *
 * Returns: (transfer full) (nullable): as coterie_row_take_array()
 */
gpointer
coterie_row_take_any_array (CoterieRow *row, gsize *n_values, gsize value_size)
{
  int column = row->column++;
  gconstpointer bytes;
  gpointer values;
  gsize size;

  *n_values = 0;
  if (row->fault != NULL)
    return NULL;

  bytes = sqlite3_column_blob (row->statement, column);
  size = (gsize) sqlite3_column_bytes (row->statement, column);
  if (size % value_size != 0) {
    coterie_row_set_fault (
        row, "%s has %" G_GSIZE_FORMAT " bytes, expected a multiple of %" G_GSIZE_FORMAT,
        sqlite3_column_name (row->statement, column), size, value_size);
    return NULL;
  }

  *n_values = size / value_size;
  values = g_memdup2 (bytes, size);
  swap_if_big_endian (values, *n_values, value_size);
  return values;
}

/**
 * coterie_row_clear:
 * @row: a row
 *
 * Frees what it owns. May be called twice.
 */
void
coterie_row_clear (CoterieRow *row)
{
  g_clear_pointer (&row->checksum, g_checksum_free);
  g_clear_pointer (&row->fault, g_free);
}
