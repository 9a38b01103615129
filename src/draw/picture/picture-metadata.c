/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said in a picture's file about it, in the words of each format: text chunks of a PNG (PNG
 * Specification 1.2, 4.2.3), title and Dublin Core elements of an SVG, the information dictionary of
 * a PDF. */

#include "draw/picture/picture-metadata.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>
#include <zlib.h>

/* A PNG begins with its signature and the chunk IHDR, which has 13 bytes; others may follow. */
#define PNG_HEADER_SIZE (8 + 4 + 4 + 13 + 4)

#define INCHES_PER_METRE 39.37007874015748

static char *
format_time (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}

static void
append_number (GByteArray *bytes, guint32 number)
{
  guint32 swapped = GUINT32_TO_BE (number);

  g_byte_array_append (bytes, (const guint8 *) &swapped, sizeof swapped);
}

static void
append_chunk (GByteArray *bytes, const char *type, const guint8 *content, guint n_content)
{
  uLong checksum = crc32 (0L, (const Bytef *) type, 4);

  append_number (bytes, n_content);
  g_byte_array_append (bytes, (const guint8 *) type, 4);
  g_byte_array_append (bytes, content, n_content);
  append_number (bytes, (guint32) crc32 (checksum, content, n_content));
}

/* Keyword, two zeros (not compressed), no language, no translated keyword, the text in UTF-8. */
static void
append_text (GByteArray *bytes, const char *keyword, const char *text)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();

  if (text[0] == '\0')
    return;
  g_byte_array_append (content, (const guint8 *) keyword, (guint) strlen (keyword) + 1);
  g_byte_array_append (content, (const guint8 *) "\0\0\0\0", 4);
  g_byte_array_append (content, (const guint8 *) text, (guint) strlen (text));
  append_chunk (bytes, "iTXt", content->data, content->len);
}

static void
append_resolution (GByteArray *bytes, double dpi)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  guint32 per_metre = (guint32) lround (dpi * INCHES_PER_METRE);

  append_number (content, per_metre);
  append_number (content, per_metre);
  g_byte_array_append (content, (const guint8 *) "\1", 1);
  append_chunk (bytes, "pHYs", content->data, content->len);
}

static void
insert (GByteArray *bytes, guint place, const guint8 *what, guint n_what)
{
  guint n_behind = bytes->len - place;

  g_byte_array_set_size (bytes, bytes->len + n_what);
  memmove (bytes->data + place + n_what, bytes->data + place, n_behind);
  memcpy (bytes->data + place, what, n_what);
}

/**
 * coterie_picture_metadata_add_to_png:
 * @metadata: what to say
 * @dpi: pixels an inch, or 0 for no size on paper
 * @bytes: a PNG file; grows
 */
void
coterie_picture_metadata_add_to_png (const CoteriePictureMetadata *metadata,
                                     double dpi,
                                     GByteArray *bytes)
{
  g_autoptr (GByteArray) chunks = g_byte_array_new ();
  g_autofree char *time = format_time (metadata->created);

  g_return_if_fail (bytes->len > PNG_HEADER_SIZE);

  if (dpi > 0.0)
    append_resolution (chunks, dpi);
  append_text (chunks, "Title", metadata->title);
  append_text (chunks, "Description", metadata->description);
  append_text (chunks, "Software", metadata->program);
  append_text (chunks, "Creation Time", time);
  insert (bytes, PNG_HEADER_SIZE, chunks->data, chunks->len);
}

/* Returns: where the content of the element svg begins, or 0. */
static guint
find_content (const GByteArray *bytes)
{
  const char *text = (const char *) bytes->data;
  const char *element = g_strstr_len (text, bytes->len, "<svg");
  const char *end =
      element != NULL ? g_strstr_len (element, bytes->len - (element - text), ">") : NULL;

  return end != NULL ? (guint) (end + 1 - text) : 0;
}

/**
 * coterie_picture_metadata_add_to_svg:
 * @metadata: what to say
 * @bytes: an SVG file; grows
 */
void
coterie_picture_metadata_add_to_svg (const CoteriePictureMetadata *metadata, GByteArray *bytes)
{
  g_autofree char *time = format_time (metadata->created);
  g_autofree char *text = g_markup_printf_escaped (
      "\n<title>%s</title>\n<desc>%s</desc>\n<metadata>\n"
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\""
      " xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<rdf:Description rdf:about=\"\">\n"
      "<dc:title>%s</dc:title>\n<dc:description>%s</dc:description>\n<dc:creator>%s</dc:creator>\n"
      "<dc:date>%s</dc:date>\n</rdf:Description>\n</rdf:RDF>\n</metadata>",
      metadata->title, metadata->description, metadata->title, metadata->description,
      metadata->program, time);
  guint place = find_content (bytes);

  g_return_if_fail (place > 0);

  insert (bytes, place, (const guint8 *) text, (guint) strlen (text));
}

/**
 * coterie_picture_metadata_add_to_pdf:
 * @metadata: what to say
 * @surface: a PDF surface that is not finished
 */
void
coterie_picture_metadata_add_to_pdf (const CoteriePictureMetadata *metadata,
                                     cairo_surface_t *surface)
{
  g_autofree char *time = format_time (metadata->created);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, metadata->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, metadata->description);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, metadata->program);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, time);
}
