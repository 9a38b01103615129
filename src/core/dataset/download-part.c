/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file of a download that is not complete yet. It stays when the download is cut, so that the
 * next one can go on; beside it stands which address it is from, and the server's word for which
 * version (ETag or Last-Modified), without which it must not be gone on with. The file is locked
 * while in use, so that two processes do not write into each other's. Only checked bytes get the
 * name of the file itself, and only once they are on the disk. */

#include "core/dataset/download-part.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/dataset/download-error.h"

#define BLOCK_SIZE 65536
#define ORIGIN_GROUP "origin"

struct _CoterieDownloadPart {
  char *path;
  char *part_path;
  char *origin_path;
  int file;

  guint64 size;
  char *address;
  char *validator;
  gboolean is_published;
};

static gboolean
report_file (const char *path, const char *what, GError **error)
{
  int number = errno;
  gboolean full = number == ENOSPC || number == EDQUOT || number == EFBIG;
  g_autofree char *display_name = g_filename_display_name (path);

  g_set_error (error, COTERIE_DOWNLOAD_ERROR,
               full ? COTERIE_DOWNLOAD_ERROR_NO_SPACE : COTERIE_DOWNLOAD_ERROR_FILE, "%s: %s: %s",
               display_name, what, g_strerror (number));
  return FALSE;
}

/* Reads from the file's beginning. */
static gboolean
hash_file (int file, const char *path, char **sha256, GCancellable *cancellable, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  off_t offset = 0;

  for (;;) {
    ssize_t n_read = pread (file, block, BLOCK_SIZE, offset);

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if (n_read < 0 && errno == EINTR)
      continue;
    if (n_read < 0)
      return report_file (path, "cannot be read", error);
    if (n_read == 0)
      break;
    g_checksum_update (checksum, block, n_read);
    offset += n_read;
  }
  *sha256 = g_strdup (g_checksum_get_string (checksum));
  return TRUE;
}

static gboolean
check_content (int file,
               const char *path,
               guint64 size,
               const char *sha256,
               GCancellable *cancellable,
               GError **error)
{
  g_autofree char *found = NULL;
  struct stat status;

  if (fstat (file, &status) != 0)
    return report_file (path, "cannot be read", error);
  if ((guint64) status.st_size != size) {
    g_set_error (error, COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_WRONG_CONTENT,
                 "found %" G_GUINT64_FORMAT " bytes, expected %" G_GUINT64_FORMAT,
                 (guint64) status.st_size, size);
    return FALSE;
  }
  if (!hash_file (file, path, &found, cancellable, error))
    return FALSE;
  if (!g_str_equal (found, sha256)) {
    g_set_error (error, COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_WRONG_CONTENT,
                 "found the SHA-256 %s, expected %s", found, sha256);
    return FALSE;
  }
  return TRUE;
}

/**
 * coterie_download_part_check_file:
 * @path: of a file that may be there already
 * @size: bytes it must have
 * @sha256: its SHA-256 in hexadecimal
 * @cancellable: (nullable): ends the reading
 * @error: return location for a #GError
 *
 * Reads the whole file; about 5 ms a megabyte.
 *
 * Returns: whether the file is there and has this content
 */
gboolean
coterie_download_part_check_file (
    const char *path, guint64 size, const char *sha256, GCancellable *cancellable, GError **error)
{
  int file = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  gboolean is_right;

  if (file < 0)
    return report_file (path, "cannot be opened", error);
  is_right = check_content (file, path, size, sha256, cancellable, error);
  close (file);
  return is_right;
}

static void
forget_origin (CoterieDownloadPart *part)
{
  g_clear_pointer (&part->address, g_free);
  g_clear_pointer (&part->validator, g_free);
}

/* Bytes of which nobody knows which version they are from cannot be gone on with. */
static void
load_origin (CoterieDownloadPart *part)
{
  g_autoptr (GKeyFile) origin = g_key_file_new ();

  if (g_key_file_load_from_file (origin, part->origin_path, G_KEY_FILE_NONE, NULL)) {
    part->address = g_key_file_get_string (origin, ORIGIN_GROUP, "address", NULL);
    part->validator = g_key_file_get_string (origin, ORIGIN_GROUP, "validator", NULL);
  }
  if (part->address == NULL || part->validator == NULL || part->size == 0)
    forget_origin (part);
}

/**
 * coterie_download_part_count_kept:
 * @path: where the complete file is to be
 * @size: bytes it will have
 *
 * Looks for what an earlier download left, without keeping anybody away from it.
 *
 * Returns: bytes that the next download goes on behind, if the server still has the same version; 0 if it
 *   has to begin anew
 */
guint64
coterie_download_part_count_kept (const char *path, guint64 size)
{
  g_autofree char *part_path = g_strconcat (path, ".part", NULL);
  CoterieDownloadPart part = {.origin_path = g_strconcat (path, ".part.origin", NULL)};
  GStatBuf status;
  guint64 n_kept = 0;

  if (g_stat (part_path, &status) == 0 && (guint64) status.st_size <= size) {
    part.size = (guint64) status.st_size;
    load_origin (&part);
    n_kept = part.address != NULL ? part.size : 0;
  }
  forget_origin (&part);
  g_free (part.origin_path);
  return n_kept;
}

static gboolean
save_origin (CoterieDownloadPart *part, GError **error)
{
  g_autoptr (GKeyFile) origin = g_key_file_new ();
  g_autoptr (GError) local_error = NULL;

  g_key_file_set_string (origin, ORIGIN_GROUP, "address", part->address);
  if (part->validator != NULL)
    g_key_file_set_string (origin, ORIGIN_GROUP, "validator", part->validator);
  if (g_key_file_save_to_file (origin, part->origin_path, &local_error))
    return TRUE;
  g_set_error (error, COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_FILE,
               "%s: cannot be written: %s", part->origin_path, local_error->message);
  return FALSE;
}

/* Whether the file that was locked still has the name: a process that held it before may have given
 * it the name of the complete file, or removed it, in between. */
static gboolean
still_has_name (CoterieDownloadPart *part, struct stat *opened)
{
  struct stat named;

  return fstat (part->file, opened) == 0 && stat (part->part_path, &named) == 0 &&
         named.st_ino == opened->st_ino && named.st_dev == opened->st_dev;
}

static gboolean
lock_file (CoterieDownloadPart *part, GError **error)
{
  struct stat status;

  for (;;) {
    part->file = g_open (part->part_path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (part->file < 0)
      return report_file (part->part_path, "cannot be written", error);
    /* File systems without locks fail in other ways; there one does without. */
    if (flock (part->file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      g_set_error (error, COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_BUSY,
                   "%s: another program is downloading this file", part->path);
      close (part->file);
      part->file = -1;
      return FALSE;
    }
    if (still_has_name (part, &status))
      break;
    close (part->file);
  }
  part->size = (guint64) status.st_size;
  return TRUE;
}

/**
 * coterie_download_part_open:
 * @path: where the complete file is to be; its folder exists
 * @error: return location for a #GError
 *
 * Opens what an earlier download left, or begins a new one, and keeps other processes away from it.
 *
 * Returns: (transfer full): the part; or %NULL with COTERIE_DOWNLOAD_ERROR_BUSY if another process
 *   has it, or COTERIE_DOWNLOAD_ERROR_FILE if it cannot be written
 */
CoterieDownloadPart *
coterie_download_part_open (const char *path, GError **error)
{
  g_autoptr (CoterieDownloadPart) part = g_new0 (CoterieDownloadPart, 1);

  part->path = g_strdup (path);
  part->part_path = g_strconcat (path, ".part", NULL);
  part->origin_path = g_strconcat (path, ".part.origin", NULL);
  part->file = -1;
  if (!lock_file (part, error))
    return NULL;
  load_origin (part);
  return g_steal_pointer (&part);
}

/**
 * coterie_download_part_free:
 * @part: (transfer full): a part
 *
 * Lets others have the file, which stays as it is unless it is empty.
 */
void
coterie_download_part_free (CoterieDownloadPart *part)
{
  if (part->file >= 0 && part->size == 0 && !part->is_published) {
    g_unlink (part->origin_path);
    g_unlink (
        part->part_path); /* still locked: whoever waits for it sees that it has lost its name */
  }
  if (part->file >= 0)
    close (part->file);
  forget_origin (part);
  g_free (part->path);
  g_free (part->part_path);
  g_free (part->origin_path);
  g_free (part);
}

/**
 * coterie_download_part_get_size:
 * @part: a part
 *
 * Returns: bytes that have come
 */
guint64
coterie_download_part_get_size (CoterieDownloadPart *part)
{
  return part->size;
}

/**
 * coterie_download_part_get_address:
 * @part: a part
 *
 * Returns: (nullable): where an earlier download got the bytes; %NULL if one cannot go on with them
 */
const char *
coterie_download_part_get_address (CoterieDownloadPart *part)
{
  return part->validator != NULL ? part->address : NULL;
}

/**
 * coterie_download_part_get_validator:
 * @part: a part
 *
 * Returns: (nullable): what If-Range needs; %NULL if one cannot go on with the bytes
 */
const char *
coterie_download_part_get_validator (CoterieDownloadPart *part)
{
  return part->validator;
}

/**
 * coterie_download_part_discard:
 * @part: a part
 * @error: return location for a #GError
 *
 * Drops all bytes; freeing it now leaves nothing behind.
 *
 * Returns: %FALSE with COTERIE_DOWNLOAD_ERROR_FILE
 */
gboolean
coterie_download_part_discard (CoterieDownloadPart *part, GError **error)
{
  if (ftruncate (part->file, 0) != 0)
    return report_file (part->part_path, "cannot be emptied", error);
  part->size = 0;
  forget_origin (part);
  return TRUE;
}

/**
 * coterie_download_part_restart:
 * @part: a part
 * @address: where the bytes to come are from
 * @validator: (nullable): the server's strong ETag or date of that version; without it, the part
 *   cannot be gone on with later
 * @error: return location for a #GError
 *
 * Drops all bytes, and notes where the next ones are from.
 *
 * Returns: %FALSE with COTERIE_DOWNLOAD_ERROR_FILE or COTERIE_DOWNLOAD_ERROR_NO_SPACE
 */
gboolean
coterie_download_part_restart (CoterieDownloadPart *part,
                               const char *address,
                               const char *validator,
                               GError **error)
{
  if (!coterie_download_part_discard (part, error))
    return FALSE;
  part->address = g_strdup (address);
  part->validator = g_strdup (validator);
  return save_origin (part, error);
}

/**
 * coterie_download_part_append:
 * @part: a part
 * @bytes: what has come
 * @n_bytes: how many
 * @error: return location for a #GError
 *
 * Returns: %FALSE with COTERIE_DOWNLOAD_ERROR_NO_SPACE or COTERIE_DOWNLOAD_ERROR_FILE
 */
gboolean
coterie_download_part_append (CoterieDownloadPart *part,
                              const void *bytes,
                              gsize n_bytes,
                              GError **error)
{
  const guint8 *rest = bytes;

  while (n_bytes > 0) {
    ssize_t n_written = write (part->file, rest, n_bytes);

    if (n_written < 0 && errno == EINTR)
      continue;
    if (n_written < 0)
      return report_file (part->part_path, "cannot be written", error);
    rest += n_written;
    n_bytes -= (gsize) n_written;
    part->size += (guint64) n_written;
  }
  return TRUE;
}

/**
 * coterie_download_part_check:
 * @part: a part
 * @size: bytes there must be
 * @sha256: their SHA-256 in hexadecimal
 * @cancellable: (nullable): ends the reading
 * @error: return location for a #GError
 *
 * Reads all that has come; about 5 ms a megabyte.
 *
 * Returns: whether it is what was expected; otherwise %FALSE with
 *   COTERIE_DOWNLOAD_ERROR_WRONG_CONTENT, which says what was found and expected but names nothing,
 *   or another error of reading
 */
gboolean
coterie_download_part_check (CoterieDownloadPart *part,
                             guint64 size,
                             const char *sha256,
                             GCancellable *cancellable,
                             GError **error)
{
  return check_content (part->file, part->part_path, size, sha256, cancellable, error);
}

/* A name is on the disk only when its folder is; file systems that cannot do this say so in errno,
 * and there is nothing better to do there. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int file = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (file < 0)
    return;
  fsync (file);
  close (file);
}

/**
 * coterie_download_part_publish:
 * @part: a part that has been checked, of no use but for freeing afterwards
 * @error: return location for a #GError
 *
 * Has the bytes on the disk, and then gives them the name of the complete file, in one step.
 *
 * Returns: %FALSE with COTERIE_DOWNLOAD_ERROR_FILE or COTERIE_DOWNLOAD_ERROR_NO_SPACE
 */
gboolean
coterie_download_part_publish (CoterieDownloadPart *part, GError **error)
{
  if (fsync (part->file) != 0)
    return report_file (part->part_path, "cannot be written", error);
  if (g_rename (part->part_path, part->path) != 0)
    return report_file (part->path, "cannot be written", error);
  part->is_published = TRUE;
  g_unlink (part->origin_path);
  sync_folder (part->path);
  return TRUE;
}
