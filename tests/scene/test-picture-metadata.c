/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said in a picture's file: read back by hand, chunk by chunk. */

#include "draw/picture/picture-metadata.h"

#include <string.h>
#include <zlib.h>

static const CoteriePictureMetadata metadata = {
    .title = "MNIST, “7” <& 1>",
    .description = "seed 1",
    .program = "Coterie",
    .created = 86400,
};

static cairo_status_t
append_bytes (void *bytes, const unsigned char *data, unsigned int n_data)
{
  g_byte_array_append (bytes, data, n_data);
  return CAIRO_STATUS_SUCCESS;
}

static GByteArray *
create_png (double dpi)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 3, 2);

  cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_destroy (surface);
  coterie_picture_metadata_add_to_png (&metadata, dpi, bytes);
  return bytes;
}

static guint32
read_number (const guint8 *bytes)
{
  guint32 number;

  memcpy (&number, bytes, sizeof number);
  return GUINT32_FROM_BE (number);
}

/* Returns: (nullable): the content of the chunk with that type that begins so; checks all sums. */
static GBytes *
find_chunk (const GByteArray *bytes, const char *type, const char *beginning)
{
  GBytes *found = NULL;

  for (gsize at = 8; at + 12 <= bytes->len;) {
    guint32 n_content = read_number (bytes->data + at);
    const guint8 *content = bytes->data + at + 8;

    g_assert_cmpuint (at + 12 + n_content, <=, bytes->len);
    g_assert_cmphex (crc32 (0L, bytes->data + at + 4, n_content + 4), ==,
                     read_number (content + n_content));
    if (found == NULL && memcmp (bytes->data + at + 4, type, 4) == 0 &&
        n_content >= strlen (beginning) && memcmp (content, beginning, strlen (beginning)) == 0)
      found = g_bytes_new (content, n_content);
    at += 12 + n_content;
  }
  return found;
}

static void
check_text (const GByteArray *bytes, const char *keyword, const char *text)
{
  g_autoptr (GBytes) chunk = find_chunk (bytes, "iTXt", keyword);
  gsize size;
  const char *content;

  g_assert_nonnull (chunk);
  content = g_bytes_get_data (chunk, &size);
  g_assert_cmpuint (size, ==, strlen (keyword) + 5 + strlen (text));
  g_assert_cmpmem (content + strlen (keyword) + 5, strlen (text), text, strlen (text));
}

static void
test_png (void)
{
  g_autoptr (GByteArray) bytes = create_png (300.0);
  g_autoptr (GBytes) resolution = find_chunk (bytes, "pHYs", "");
  g_autoptr (GBytes) last = find_chunk (bytes, "IEND", "");

  check_text (bytes, "Title", metadata.title);
  check_text (bytes, "Description", "seed 1");
  check_text (bytes, "Software", "Coterie");
  check_text (bytes, "Creation Time", "1970-01-02T00:00:00Z");
  g_assert_nonnull (resolution);
  g_assert_cmpuint (read_number (g_bytes_get_data (resolution, NULL)), ==, 11811);
  g_assert_nonnull (last);
}

static void
test_png_without_size (void)
{
  g_autoptr (GByteArray) bytes = create_png (0.0);

  g_assert_null (find_chunk (bytes, "pHYs", ""));
}

static void
start_element (GMarkupParseContext *context,
               const char *name,
               const char **names,
               const char **values,
               gpointer data,
               GError **error)
{
}

static void
read_text (
    GMarkupParseContext *context, const char *text, gsize n_text, gpointer data, GError **error)
{
  const char *element = g_markup_parse_context_get_element (context);

  if (g_str_equal (element, "title") || g_str_equal (element, "dc:date"))
    g_hash_table_insert (data, g_strdup (element), g_strndup (text, n_text));
}

static void
test_svg (void)
{
  const char *svg = "<?xml version=\"1.0\"?>\n<svg xmlns=\"x\" width=\"3\"><path/></svg>\n";
  const GMarkupParser parser = {.start_element = start_element, .text = read_text};
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, texts, NULL);
  g_autoptr (GError) error = NULL;

  g_byte_array_append (bytes, (const guint8 *) svg, (guint) strlen (svg));
  coterie_picture_metadata_add_to_svg (&metadata, bytes);
  g_markup_parse_context_parse (context, (const char *) bytes->data, bytes->len, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (texts, "title"), ==, metadata.title);
  g_assert_cmpstr (g_hash_table_lookup (texts, "dc:date"), ==, "1970-01-02T00:00:00Z");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/picture-metadata/png-has-texts-and-resolution", test_png);
  g_test_add_func ("/scene/picture-metadata/pixels-have-no-size-on-paper", test_png_without_size);
  g_test_add_func ("/scene/picture-metadata/svg-stays-well-formed", test_svg);
  return g_test_run ();
}
