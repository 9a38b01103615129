/* SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON for the reports of the command line: numbers with all their digits and a point in every
 * locale, one field of the outermost object a line, so that reports can be compared with diff. */

#include "cli/json-writer.h"

#include <math.h>

/**
 * coterie_json_writer_init:
 * @writer: (out caller-allocates): the writer
 *
 * Starts with nothing written.
 */
void
coterie_json_writer_init (CoterieJsonWriter *writer)
{
  writer->text = g_string_new (NULL);
  writer->depth = 0;
  writer->needs_comma = FALSE;
}

/**
 * coterie_json_writer_clear:
 * @writer: the writer
 *
 * Frees what was written.
 */
void
coterie_json_writer_clear (CoterieJsonWriter *writer)
{
  g_string_free (writer->text, TRUE);
  writer->text = NULL;
}

/* Names are ours, plain ASCII without quotes, so nothing is escaped. */
static void
start_value (CoterieJsonWriter *writer, const char *name)
{
  if (writer->needs_comma)
    g_string_append (writer->text, writer->depth == 1 ? "," : ", ");
  if (writer->depth == 1)
    g_string_append_c (writer->text, '\n');
  if (name != NULL)
    g_string_append_printf (writer->text, "\"%s\": ", name);
  writer->needs_comma = TRUE;
}

/**
 * coterie_json_writer_begin:
 * @writer: the writer
 * @name: (nullable): name of the field; %NULL in an array and for the outermost value
 * @bracket: '{' for an object, '[' for an array
 *
 * Opens an object or an array.
 */
void
coterie_json_writer_begin (CoterieJsonWriter *writer, const char *name, char bracket)
{
  start_value (writer, name);
  g_string_append_c (writer->text, bracket);
  writer->depth++;
  writer->needs_comma = FALSE;
}

/**
 * coterie_json_writer_end:
 * @writer: the writer
 * @bracket: '}' or ']'
 *
 * Closes what was opened last.
 */
void
coterie_json_writer_end (CoterieJsonWriter *writer, char bracket)
{
  writer->depth--;
  if (writer->depth == 0)
    g_string_append_c (writer->text, '\n');
  g_string_append_c (writer->text, bracket);
  if (writer->depth == 0)
    g_string_append_c (writer->text, '\n');
  writer->needs_comma = TRUE;
}

/**
 * coterie_json_writer_add_integer:
 * @writer: the writer
 * @name: (nullable): name of the field; %NULL in an array
 * @value: a whole number
 */
void
coterie_json_writer_add_integer (CoterieJsonWriter *writer, const char *name, gint64 value)
{
  start_value (writer, name);
  g_string_append_printf (writer->text, "%" G_GINT64_FORMAT, value);
}

/**
 * coterie_json_writer_add_number:
 * @writer: the writer
 * @name: (nullable): name of the field; %NULL in an array
 * @value: a number, any unit; null is written if it is not finite
 */
void
coterie_json_writer_add_number (CoterieJsonWriter *writer, const char *name, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value)) {
    coterie_json_writer_add_null (writer, name);
    return;
  }
  start_value (writer, name);
  g_string_append (writer->text, g_ascii_formatd (digits, sizeof digits, "%.17g", value));
}

/**
 * coterie_json_writer_add_null:
 * @writer: the writer
 * @name: (nullable): name of the field; %NULL in an array
 */
void
coterie_json_writer_add_null (CoterieJsonWriter *writer, const char *name)
{
  start_value (writer, name);
  g_string_append (writer->text, "null");
}
