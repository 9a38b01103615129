/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files within archives, by libarchive. Nothing is ever written to the disk, so names and links in
 * an archive can do no harm. A file may be at most a hundred times as large as the whole archive:
 * more than pixels ever compress to, less than what fills a memory from a few kilobytes. */

#include "core/dataset/archive-reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gstdio.h>

#include "core/dataset/dataset.h"

#define BLOCK_SIZE 65536
#define MAX_EXPANSION 100

/* Archives of a few bytes each may hold this much. */
#define ALWAYS_ALLOWED_BYTES (1 << 20)

struct _CoterieArchiveReader {
  char *display_name;
  struct archive *reader;
  guint64 max_member_size;
  GCancellable *cancellable;

  /* The file that has been met last; borrowed from the reader. */
  struct archive_entry *entry;
  char *member_name;
};

/* On one line: some of libarchive's sentences end theirs. */
static char *
dup_reason (CoterieArchiveReader *archive)
{
  const char *reason = archive_error_string (archive->reader);

  return g_strstrip (g_strdup (reason != NULL ? reason : "unexpected data"));
}

/* libarchive does not tell apart what is damaged from what ends too early, but in words. */
static gboolean
report_damage (CoterieArchiveReader *archive, GError **error)
{
  g_autofree char *reason = dup_reason (archive);
  g_autofree char *lower_reason = g_ascii_strdown (reason, -1);
  gboolean is_cut_off = strstr (lower_reason, "truncated") != NULL;

  g_set_error (error, COTERIE_DATASET_ERROR,
               is_cut_off ? COTERIE_DATASET_ERROR_TRUNCATED : COTERIE_DATASET_ERROR_BAD_VALUE,
               "%s: the archive is %s: %s", archive->member_name,
               is_cut_off ? "cut off" : "damaged", reason);
  return FALSE;
}

static gboolean
report_not_opened (CoterieArchiveReader *archive, GError **error)
{
  g_autofree char *reason = dup_reason (archive);
  int number = archive_errno (archive->reader);

  /* no archive at all, as libarchive says it */
  if (number != EACCES && number != EILSEQ)
    return report_damage (archive, error);
  g_set_error (error, COTERIE_DATASET_ERROR,
               number == EACCES ? COTERIE_DATASET_ERROR_NOT_FOUND : COTERIE_DATASET_ERROR_BAD_MAGIC,
               "%s: cannot be opened as an archive: %s", archive->display_name, reason);
  return FALSE;
}

static gboolean
check_file (CoterieArchiveReader *archive, const char *path, GError **error)
{
  GStatBuf status;

  if (g_stat (path, &status) != 0) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
                 "%s: cannot be opened: %s", archive->display_name, g_strerror (errno));
    return FALSE;
  }
  if (!S_ISREG (status.st_mode)) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
                 "%s: is not a regular file", archive->display_name);
    return FALSE;
  }
  archive->max_member_size = MAX ((guint64) status.st_size * MAX_EXPANSION, ALWAYS_ALLOWED_BYTES);
  return TRUE;
}

/**
 * coterie_archive_reader_open:
 * @path: a tar file, plain or compressed with gzip, bzip2 or xz, or a zip file
 * @cancellable: (nullable): ends the opening, and later the reading
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the archive, before its first file; or %NULL with
 *   COTERIE_DATASET_ERROR_NOT_FOUND if it is missing or may not be read, with
 *   COTERIE_DATASET_ERROR_TRUNCATED or COTERIE_DATASET_ERROR_BAD_VALUE if it is cut off or damaged,
 *   or with COTERIE_DATASET_ERROR_BAD_MAGIC if it is no such file
 */
CoterieArchiveReader *
coterie_archive_reader_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (CoterieArchiveReader) archive = g_new0 (CoterieArchiveReader, 1);

  archive->display_name = g_filename_display_name (path);
  archive->member_name = g_strdup (archive->display_name);
  archive->cancellable = cancellable;
  archive->reader = archive_read_new ();
  archive_read_support_format_tar (archive->reader);
  archive_read_support_format_zip (archive->reader);
  archive_read_support_filter_gzip (archive->reader);
  archive_read_support_filter_bzip2 (archive->reader);
  archive_read_support_filter_xz (archive->reader);

  if (!check_file (archive, path, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (archive_read_open_filename (archive->reader, path, BLOCK_SIZE) != ARCHIVE_OK) {
    report_not_opened (archive, error);
    return NULL;
  }
  return g_steal_pointer (&archive);
}

/**
 * coterie_archive_reader_free:
 * @archive: (transfer full): the archive
 *
 * Closes the file.
 */
void
coterie_archive_reader_free (CoterieArchiveReader *archive)
{
  archive_read_free (archive->reader);
  g_free (archive->display_name);
  g_free (archive->member_name);
  g_free (archive);
}

/**
 * coterie_archive_reader_next:
 * @archive: the archive
 * @member: (out) (transfer none) (nullable): the name of the next file, with its folders; %NULL
 *   after the last one
 * @error: return location for a #GError
 *
 * Goes on to the next file, past folders and links.
 *
 * Returns: %FALSE with COTERIE_DATASET_ERROR_TRUNCATED or COTERIE_DATASET_ERROR_BAD_VALUE if the
 *   archive is cut off or damaged, or with %G_IO_ERROR_CANCELLED
 */
gboolean
coterie_archive_reader_next (CoterieArchiveReader *archive, const char **member, GError **error)
{
  *member = NULL;
  while (*member == NULL) {
    int result;

    if (g_cancellable_set_error_if_cancelled (archive->cancellable, error))
      return FALSE;
    result = archive_read_next_header (archive->reader, &archive->entry);
    if (result == ARCHIVE_EOF)
      return TRUE;
    if (result < ARCHIVE_WARN)
      return report_damage (archive, error);
    if (archive_entry_filetype (archive->entry) == AE_IFREG)
      *member = archive_entry_pathname (archive->entry);
  }

  g_free (archive->member_name);
  archive->member_name = g_strdup_printf ("%s: %s", archive->display_name, *member);
  return TRUE;
}

/**
 * coterie_archive_reader_get_display_name:
 * @archive: the archive
 *
 * Returns: (transfer none): the path of the archive and the name of the file that was met last, for
 *   the beginning of an error's message
 */
const char *
coterie_archive_reader_get_display_name (CoterieArchiveReader *archive)
{
  return archive->member_name;
}

/* libarchive gives what is at hand; the caller wants all or the end. */
static gboolean
read_bytes (gpointer data, void *buffer, gsize size, gsize *n_read, GError **error)
{
  CoterieArchiveReader *archive = data;

  *n_read = 0;
  while (*n_read < size) {
    gsize wanted = MIN (size - *n_read, BLOCK_SIZE);
    la_ssize_t n_got;

    if (g_cancellable_set_error_if_cancelled (archive->cancellable, error))
      return FALSE;
    n_got = archive_read_data (archive->reader, (guint8 *) buffer + *n_read, wanted);
    if (n_got < 0)
      return report_damage (archive, error);
    if (n_got == 0)
      return TRUE;
    *n_read += (gsize) n_got;
  }
  return TRUE;
}

/**
 * coterie_archive_reader_read_member:
 * @archive: the archive, at a file
 * @error: return location for a #GError
 *
 * Opens the file that was met last. It ends with the next one.
 *
 * Returns: (transfer full): the bytes of the file, to be freed before @archive; or %NULL with
 *   COTERIE_DATASET_ERROR_TOO_LARGE if it is more than a hundred times as large as the archive, or
 *   with COTERIE_DATASET_ERROR_BAD_VALUE if it is encrypted
 */
CoterieByteSource *
coterie_archive_reader_read_member (CoterieArchiveReader *archive, GError **error)
{
  guint64 size = (guint64) MAX (archive_entry_size (archive->entry), 0);

  if (archive_entry_is_data_encrypted (archive->entry)) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE, "%s: is encrypted",
                 archive->member_name);
    return NULL;
  }
  if (size > archive->max_member_size) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
                 "%s: unpacks to %" G_GUINT64_FORMAT
                 " bytes, more than %d times the size of the archive, which may be cut off",
                 archive->member_name, size, MAX_EXPANSION);
    return NULL;
  }
  return coterie_byte_source_new (
      archive_entry_size_is_set (archive->entry) ? size : archive->max_member_size, read_bytes,
      archive);
}
