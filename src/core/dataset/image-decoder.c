/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One image file to one sample, by gdk-pixbuf, in whatever format it knows. Works on any thread. */

#include "core/dataset/image-decoder.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "core/dataset/color.h"
#include "core/dataset/dataset.h"

#define BLOCK_SIZE 65536
#define MAX_FILE_SIZE ((guint64) 1 << 30)

/* A few kilobytes of PNG may unpack to any size; photographs stay below this. */
#define MAX_PIXELS 100000000

/* What is transparent becomes paper, white. */
#define BACKGROUND 255u
#define OPAQUE 255u

typedef struct {
  int width_px;
  int height_px;
  int first_row; /* of those that have been decoded */
  int end_row;   /* behind the last of them */
  gboolean too_large;
} ImageSize;

/* Asking for no pixels at all makes the loaders stop before they allocate any. */
static void
size_prepared_cb (GdkPixbufLoader *loader, int width_px, int height_px, gpointer data)
{
  ImageSize *size = data;

  size->width_px = width_px;
  size->height_px = height_px;
  size->too_large = (gint64) width_px * height_px > MAX_PIXELS;
  if (size->too_large)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
}

static void
area_updated_cb (GdkPixbufLoader *loader, int x, int y, int width_px, int height_px, gpointer data)
{
  ImageSize *size = data;

  size->first_row = size->end_row == 0 ? y : MIN (size->first_row, y);
  size->end_row = MAX (size->end_row, y + height_px);
}

/* Formats of which a loader makes an image even if they are cut off, and keeps silent. Other loaders
 * refuse. */
typedef enum {
  FORMAT_OTHER,
  FORMAT_JPEG,
  FORMAT_PNG,
  FORMAT_BMP,
} Format;

#define MAX_MAGIC_SIZE 8

static const struct {
  const char *name; /* as gdk-pixbuf calls it */
  const char *magic;
  gsize magic_size;
} known_formats[] = {
    [FORMAT_JPEG] = {"jpeg", "\xff\xd8\xff", 3},
    [FORMAT_PNG] = {"png", "\x89PNG\r\n\x1a\n", MAX_MAGIC_SIZE},
    [FORMAT_BMP] = {"bmp", "BM", 2},
};

static Format
find_format (GInputStream *stream, GCancellable *cancellable)
{
  guint8 bytes[MAX_MAGIC_SIZE] = {0};
  gsize n_read = 0;

  if (!g_input_stream_read_all (stream, bytes, sizeof bytes, &n_read, cancellable, NULL))
    return FORMAT_OTHER;
  for (Format format = FORMAT_JPEG; format < G_N_ELEMENTS (known_formats); format++)
    if (memcmp (bytes, known_formats[format].magic, known_formats[format].magic_size) == 0)
      return format;
  return FORMAT_OTHER;
}

/* A loader that is not told of the format holds small files back until their end. */
static GdkPixbufLoader *
new_loader (GFileInputStream *stream, Format *format, GCancellable *cancellable, GError **error)
{
  GdkPixbufLoader *loader = NULL;

  *format = find_format (G_INPUT_STREAM (stream), cancellable);
  if (!g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, error))
    return NULL;
  if (*format != FORMAT_OTHER)
    loader = gdk_pixbuf_loader_new_with_type (known_formats[*format].name, NULL);
  return loader != NULL ? loader : gdk_pixbuf_loader_new ();
}

/* JPEG comes from the top, BMP mostly from the bottom. Of an interlaced PNG the first, coarse pass
 * reaches all rows: its end tells more. */
static gboolean
check_rows (const ImageSize *size, GError **error)
{
  int n_rows = size->end_row - size->first_row;

  if (size->height_px == 0) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
                 "is cut off or damaged before its first pixel");
    return FALSE;
  }
  if (n_rows >= size->height_px)
    return TRUE;
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
               "was cut off after %d of %d rows of pixels", n_rows, size->height_px);
  return FALSE;
}

#define PNG_CHUNK_HEAD_SIZE 8 /* length of the content, type */
#define PNG_CHECKSUM_SIZE 4

/* Goes from chunk to chunk up to the one that ends the file; what stands behind that is of no
 * interest. */
static gboolean
has_png_end (GInputStream *stream, GCancellable *cancellable)
{
  GSeekable *seekable = G_SEEKABLE (stream);
  goffset place = (goffset) known_formats[FORMAT_PNG].magic_size;
  guint8 head[PNG_CHUNK_HEAD_SIZE];
  guint32 length;
  gsize n_read;

  for (;;) {
    if (!g_seekable_seek (seekable, place, G_SEEK_SET, cancellable, NULL) ||
        !g_input_stream_read_all (stream, head, sizeof head, &n_read, cancellable, NULL) ||
        n_read < sizeof head)
      return FALSE;
    if (memcmp (head + sizeof length, "IEND", strlen ("IEND")) == 0)
      return TRUE;
    memcpy (&length, head, sizeof length);
    place += PNG_CHUNK_HEAD_SIZE + (goffset) GUINT32_FROM_BE (length) + PNG_CHECKSUM_SIZE;
  }
}

#define BMP_COMPRESSION_OFFSET 30
#define BMP_RLE8 1
#define BMP_RLE4 2

/* Of a run-length encoded BMP rows may be left out, which is no damage. */
static gboolean
may_lack_rows (GInputStream *stream, GCancellable *cancellable)
{
  guint8 compression = 0;
  gsize n_read;

  return g_seekable_seek (G_SEEKABLE (stream), BMP_COMPRESSION_OFFSET, G_SEEK_SET, cancellable,
                          NULL) &&
         g_input_stream_read_all (stream, &compression, 1, &n_read, cancellable, NULL) &&
         (compression == BMP_RLE8 || compression == BMP_RLE4);
}

#define BMP_LENGTH_OFFSET 2
#define BMP_END_OF_PIXELS "\0\1"
#define BMP_END_SIZE 2

/* The end of run-length encoded pixels is marked. Some programs leave the file's length out of its
 * beginning, or say it wrongly: a file that is shorter than it says, and does not end with that mark, was
 * cut. */
static gboolean
check_runs (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  GSeekable *seekable = G_SEEKABLE (stream);
  guint32 said = 0;
  guint8 end[BMP_END_SIZE] = {0};
  goffset length;
  gsize n_read;

  if (!g_seekable_seek (seekable, BMP_LENGTH_OFFSET, G_SEEK_SET, cancellable, error) ||
      !g_input_stream_read_all (stream, &said, sizeof said, &n_read, cancellable, error) ||
      !g_seekable_seek (seekable, -BMP_END_SIZE, G_SEEK_END, cancellable, error) ||
      !g_input_stream_read_all (stream, end, sizeof end, &n_read, cancellable, error))
    return FALSE;
  said = GUINT32_FROM_LE (said);
  length = g_seekable_tell (seekable);
  if (length >= said || memcmp (end, BMP_END_OF_PIXELS, sizeof end) == 0)
    return TRUE;
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
               "was cut off after %" G_GOFFSET_FORMAT " of %u bytes", length, said);
  return FALSE;
}

/* To be asked before the loader is told that the file has ended: of a JPEG file that was cut off it
 * then makes an image whose last rows are grey, or has no words for it. */
static gboolean
check_complete (const ImageSize *size,
                Format format,
                GInputStream *stream,
                GCancellable *cancellable,
                GError **error)
{
  if (format == FORMAT_OTHER)
    return TRUE;
  if (format == FORMAT_BMP && may_lack_rows (stream, cancellable))
    return check_runs (stream, cancellable, error);
  if (!check_rows (size, error))
    return FALSE;
  if (format != FORMAT_PNG || has_png_end (stream, cancellable) ||
      g_cancellable_is_cancelled (cancellable))
    return TRUE;
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
               "was cut off before the end of its pixels");
  return FALSE;
}

static gboolean
report_size (const ImageSize *size, GError **error)
{
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
               "has %d × %d pixels, at most %d are read", size->width_px, size->height_px,
               MAX_PIXELS);
  return FALSE;
}

static gboolean
feed_loader (GdkPixbufLoader *loader,
             GInputStream *stream,
             const ImageSize *size,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  guint64 n_bytes = 0;
  gssize n_read;

  while ((n_read = g_input_stream_read (stream, block, BLOCK_SIZE, cancellable, error)) > 0) {
    n_bytes += (guint64) n_read;
    if (n_bytes > MAX_FILE_SIZE) {
      g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
                   "has more than the %" G_GUINT64_FORMAT " bytes that are read", MAX_FILE_SIZE);
      return FALSE;
    }
    if (!gdk_pixbuf_loader_write (loader, block, (gsize) n_read, error))
      return FALSE;
    if (size->too_large)
      return report_size (size, error);
  }
  return n_read == 0;
}

static GdkPixbuf *
load_pixbuf (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GError) local_error = NULL;
  ImageSize size = {0};
  GdkPixbuf *pixbuf = NULL;
  Format format;
  gboolean done;

  if (stream == NULL)
    return NULL;
  loader = new_loader (stream, &format, cancellable, error);
  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &size);
  g_signal_connect (loader, "area-updated", G_CALLBACK (area_updated_cb), &size);
  done = feed_loader (loader, G_INPUT_STREAM (stream), &size, cancellable, &local_error) &&
         check_complete (&size, format, G_INPUT_STREAM (stream), cancellable, &local_error);
  done = gdk_pixbuf_loader_close (loader, done ? &local_error : NULL) && done;

  if (size.too_large) {
    report_size (&size, error);
    return NULL;
  }
  if (done)
    pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf == NULL && local_error == NULL)
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE, "has no image");
  else if (pixbuf == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return pixbuf != NULL ? gdk_pixbuf_apply_embedded_orientation (pixbuf) : NULL;
}

static guint8
lay_on_background (guint value, guint opacity)
{
  return (guint8) ((value * opacity + BACKGROUND * (OPAQUE - opacity) + OPAQUE / 2) / OPAQUE);
}

/* gdk-pixbuf could do so while it scales, but rounds white to a light grey. */
static GdkPixbuf *
flatten (GdkPixbuf *pixbuf)
{
  int width_px = gdk_pixbuf_get_width (pixbuf);
  int height_px = gdk_pixbuf_get_height (pixbuf);
  const guint8 *from = gdk_pixbuf_read_pixels (pixbuf);
  GdkPixbuf *flat;
  guint8 *to;

  if (!gdk_pixbuf_get_has_alpha (pixbuf))
    return g_object_ref (pixbuf);
  flat = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width_px, height_px);
  if (flat == NULL)
    return NULL;
  to = gdk_pixbuf_get_pixels (flat);
  for (int y = 0; y < height_px; y++) {
    const guint8 *in = from + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf);
    guint8 *out = to + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (flat);

    for (int x = 0; x < width_px; x++, in += 4, out += 3)
      for (guint channel = 0; channel < 3; channel++)
        out[channel] = lay_on_background (in[channel], in[3]);
  }
  return flat;
}

static GdkPixbuf *
scale (GdkPixbuf *pixbuf, int width_px, int height_px)
{
  g_autoptr (GdkPixbuf) flat = flatten (pixbuf);

  if (flat == NULL ||
      (gdk_pixbuf_get_width (flat) == width_px && gdk_pixbuf_get_height (flat) == height_px))
    return g_steal_pointer (&flat);
  return gdk_pixbuf_scale_simple (flat, width_px, height_px, GDK_INTERP_BILINEAR);
}

static void
store_rows (const GdkPixbuf *pixbuf, gboolean keep_color, guint8 *sample)
{
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  gsize width = (gsize) gdk_pixbuf_get_width (pixbuf);
  gsize height = (gsize) gdk_pixbuf_get_height (pixbuf);
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  g_autofree guint8 *packed = g_malloc (width * height * COTERIE_N_COLOR_PLANES);
  const guint8 *planes[] = {packed, packed + 1, packed + 2};

  /* rows may be padded */
  for (gsize y = 0; y < height; y++)
    memcpy (packed + y * width * COTERIE_N_COLOR_PLANES, pixels + y * stride,
            width * COTERIE_N_COLOR_PLANES);
  coterie_color_store (sample, width * height, keep_color, planes, COTERIE_N_COLOR_PLANES);
}

/**
 * coterie_image_decode:
 * @path: an image file
 * @options: the size, and whether to keep the colour
 * @sample: (out caller-allocates): [channels][height][width], 0 … 255
 * @cancellable: (nullable): ends it
 * @error: return location for a #GError
 *
 * Reads an image: turned as its EXIF orientation says, laid on white where it is transparent, and
 * stretched to the size asked for, bilinearly; of an animation the first frame. Cost: decoding, about
 * 2 ms for a JPEG of 256 × 256 pixels; memory is bounded by 100 million pixels.
 *
 * Returns: %FALSE with the reason, which does not name the file: an error of #GdkPixbufError or
 *   %G_IO_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE or COTERIE_DATASET_ERROR_BAD_VALUE
 */
gboolean
coterie_image_decode (const char *path,
                      const CoterieDatasetOptions *options,
                      guint8 *sample,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = load_pixbuf (path, cancellable, error);
  g_autoptr (GdkPixbuf) scaled = NULL;

  if (pixbuf == NULL)
    return FALSE;
  scaled = scale (pixbuf, (int) options->width_px, (int) options->height_px);
  if (scaled == NULL) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
                 "there is not enough memory to scale it");
    return FALSE;
  }
  store_rows (scaled, options->color, sample);
  return TRUE;
}

/**
 * coterie_image_decoder_knows:
 * @name: the name of a file
 *
 * Returns: whether it ends as those of images do in a format that can be decoded
 */
gboolean
coterie_image_decoder_knows (const char *name)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *ending = dot != NULL ? g_ascii_strdown (dot + 1, -1) : NULL;
  GSList *formats = ending != NULL ? gdk_pixbuf_get_formats () : NULL;
  gboolean known = FALSE;

  for (GSList *item = formats; item != NULL && !known; item = item->next) {
    g_auto (GStrv) endings = gdk_pixbuf_format_get_extensions (item->data);

    known = g_strv_contains ((const char *const *) endings, ending);
  }
  g_slist_free (formats);
  return known;
}
