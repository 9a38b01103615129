/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads a file in small blocks, through zlib when its first bytes say that it is gzip. Memory does
 * not depend on what the file claims about itself; that is for the caller to check. */

#include "core/dataset/byte-source.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "core/dataset/dataset.h"

#define BLOCK_SIZE 65536

/* zlib: the largest window, and a gzip wrapper around the data */
#define GZIP_WINDOW_BITS (MAX_WBITS + 16)

/* Deflate makes at most 1032 bytes of one (a run of 258 bytes in two bits). */
#define MAX_EXPANSION 1032

struct _CoterieByteSource {
  char *display_name;
  int file;
  guint64 file_size;

  /* What has been read from the file and not yet handed out or decompressed. */
  guint8 block[BLOCK_SIZE];
  gsize block_start;
  gsize block_end;
  guint64 file_offset;
  gboolean at_end;

  /* Instead of a file. */
  CoterieByteFunc func;
  gpointer data;
  guint64 max_size;

  gboolean is_gzip;
  gboolean member_ended;
  z_stream inflater;
};

static gboolean
fill_block (CoterieByteSource *source, GCancellable *cancellable, GError **error)
{
  gssize n_read;

  if (source->block_start < source->block_end || source->at_end)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  do
    n_read = read (source->file, source->block, BLOCK_SIZE);
  while (n_read < 0 && errno == EINTR);
  if (n_read < 0) {
    g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (errno), "%s: cannot be read: %s",
                 source->display_name, g_strerror (errno));
    return FALSE;
  }
  source->block_start = 0;
  source->block_end = (gsize) n_read;
  source->file_offset += (guint64) n_read;
  source->at_end = n_read == 0;
  return TRUE;
}

static gboolean
detect_gzip (CoterieByteSource *source, GError **error)
{
  int result;

  if (source->block_end < 2 || source->block[0] != 0x1f || source->block[1] != 0x8b)
    return TRUE;

  result = inflateInit2 (&source->inflater, GZIP_WINDOW_BITS);
  if (result != Z_OK) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
                 "%s: cannot be decompressed: %s", source->display_name, zError (result));
    return FALSE;
  }
  source->is_gzip = TRUE;
  return TRUE;
}

static gboolean
report_not_opened (CoterieByteSource *source, GError **error)
{
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
               "%s: cannot be opened: %s", source->display_name, g_strerror (errno));
  return FALSE;
}

static gboolean
open_file (CoterieByteSource *source, const char *path, GError **error)
{
  struct stat status;

  /* Asked before opening, because opening a pipe would wait for its other end. */
  if (stat (path, &status) != 0)
    return report_not_opened (source, error);
  if (!S_ISREG (status.st_mode)) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
                 "%s: is not a regular file", source->display_name);
    return FALSE;
  }

  source->file = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  source->file_size = (guint64) status.st_size;
  return source->file >= 0 || report_not_opened (source, error);
}

/**
 * coterie_byte_source_open:
 * @path: a file
 * @cancellable: (nullable): ends the opening
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the bytes of @path; or %NULL with COTERIE_DATASET_ERROR_NOT_FOUND if it
 *   is missing, is not a file or may not be read, or with an error of %G_IO_ERROR
 */
CoterieByteSource *
coterie_byte_source_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (CoterieByteSource) source = g_new0 (CoterieByteSource, 1);

  source->display_name = g_filename_display_name (path);
  source->file = -1;
  if (!open_file (source, path, error) || !fill_block (source, cancellable, error) ||
      !detect_gzip (source, error))
    return NULL;
  return g_steal_pointer (&source);
}

/**
 * coterie_byte_source_new:
 * @max_size: the most bytes there can be
 * @func: reads them
 * @data: (not nullable): passed to @func; must stay as long as the source
 *
 * Returns: (transfer full): the bytes that @func reads, taken as they are
 */
CoterieByteSource *
coterie_byte_source_new (guint64 max_size, CoterieByteFunc func, gpointer data)
{
  CoterieByteSource *source = g_new0 (CoterieByteSource, 1);

  source->file = -1;
  source->func = func;
  source->data = data;
  source->max_size = max_size;
  return source;
}

/**
 * coterie_byte_source_free:
 * @source: (transfer full): the source
 *
 * Closes the file.
 */
void
coterie_byte_source_free (CoterieByteSource *source)
{
  if (source->is_gzip)
    inflateEnd (&source->inflater);
  if (source->file >= 0)
    close (source->file);
  g_free (source->display_name);
  g_free (source);
}

/**
 * coterie_byte_source_get_max_size:
 * @source: the source
 *
 * Tells whether a size that a file claims to have is worth allocating.
 *
 * Returns: the most bytes that @source can have from its beginning to its end: the size of a plain
 *   file, 1032 times that of a gzip file, what was said of anything else
 */
guint64
coterie_byte_source_get_max_size (CoterieByteSource *source)
{
  if (source->func != NULL)
    return source->max_size;
  return source->is_gzip ? source->file_size * MAX_EXPANSION : source->file_size;
}

static gsize
copy_block (CoterieByteSource *source, guint8 *buffer, gsize size)
{
  gsize n_copied = MIN (size, source->block_end - source->block_start);

  memcpy (buffer, source->block + source->block_start, n_copied);
  source->block_start += n_copied;
  return n_copied;
}

static gboolean
report_gzip_error (CoterieByteSource *source, GError **error)
{
  guint64 offset = source->file_offset - (source->block_end - source->block_start);

  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
               "%s: the gzip data is damaged before byte %" G_GUINT64_FORMAT ": %s",
               source->display_name, offset,
               source->inflater.msg != NULL ? source->inflater.msg : "unexpected data");
  return FALSE;
}

/* A gzip file may have several members; the contents are those of all, one after the other. */
static gboolean
inflate_block (
    CoterieByteSource *source, guint8 *buffer, gsize size, gsize *n_inflated, GError **error)
{
  z_stream *inflater = &source->inflater;
  int result;

  *n_inflated = 0;
  if (source->member_ended) {
    inflateReset (inflater);
    source->member_ended = FALSE;
  }

  inflater->next_in = source->block + source->block_start;
  inflater->avail_in = (uInt) (source->block_end - source->block_start);
  inflater->next_out = buffer;
  inflater->avail_out = (uInt) MIN (size, G_MAXINT);
  result = inflate (inflater, Z_NO_FLUSH);
  source->block_start = source->block_end - inflater->avail_in;
  *n_inflated = MIN (size, G_MAXINT) - inflater->avail_out;

  source->member_ended = result == Z_STREAM_END;
  if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
    return report_gzip_error (source, error);
  return TRUE;
}

static gboolean
report_cut_off (CoterieByteSource *source, GError **error)
{
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TRUNCATED,
               "%s: the gzip data is cut off after %" G_GUINT64_FORMAT " bytes",
               source->display_name, source->file_offset);
  return FALSE;
}

/**
 * coterie_byte_source_read:
 * @source: the source
 * @buffer: (out caller-allocates): [@size] where the bytes go
 * @size: how many bytes are wanted
 * @n_read: (out): how many there were; fewer than @size only at the end
 * @cancellable: (nullable): ends the reading
 * @error: return location for a #GError
 *
 * Reads the next bytes. The checksum of a gzip file is compared when its end is reached, that is,
 * when fewer bytes come than were wanted.
 *
 * Returns: %FALSE with COTERIE_DATASET_ERROR_TRUNCATED or COTERIE_DATASET_ERROR_BAD_VALUE if the
 *   gzip data is cut off or damaged, or with an error of %G_IO_ERROR
 */
gboolean
coterie_byte_source_read (CoterieByteSource *source,
                          void *buffer,
                          gsize size,
                          gsize *n_read,
                          GCancellable *cancellable,
                          GError **error)
{
  guint8 *target = buffer;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (source->func != NULL)
    return source->func (source->data, buffer, size, n_read, error);

  *n_read = 0;
  while (*n_read < size) {
    gsize n_got;

    if (!fill_block (source, cancellable, error))
      return FALSE;
    if (source->at_end && (!source->is_gzip || source->member_ended))
      return TRUE;
    if (source->at_end && source->is_gzip && source->inflater.avail_out > 0)
      return report_cut_off (source, error);

    if (!source->is_gzip)
      n_got = copy_block (source, target + *n_read, size - *n_read);
    else if (!inflate_block (source, target + *n_read, size - *n_read, &n_got, error))
      return FALSE;
    *n_read += n_got;
  }
  return TRUE;
}
