/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files of MNIST and its relatives. An IDX file is a magic number, which says the type of the
 * elements and the number of dimensions, the dimensions as big-endian 32-bit numbers, and the
 * elements in C order (yann.lecun.com/exdb/mnist). Here: bytes, in three dimensions for images and
 * in one for labels. Nothing in the header is believed before it is checked against the file. */

#include "core/dataset/idx.h"

#include "core/dataset/byte-source.h"

/* Of files of bytes: the number of dimensions follows in the last byte. */
#define BYTES_MAGIC 0x00000800u
#define BYTES_MAGIC_MASK 0xffffff00u
#define MAX_DIMENSIONS 3
#define FIELD_SIZE 4

#define MAX_SIDE_PX 4096
#define MAX_SIZE_BYTES MIN (G_GUINT64_CONSTANT (4) << 30, G_MAXSSIZE)

typedef struct {
  char *display_name;
  CoterieByteSource *source;
  GCancellable *cancellable;
  const char *kind;
  guint n_dimensions;
  guint32 dimensions[MAX_DIMENSIONS];
} IdxFile;

static gboolean
idx_file_open (IdxFile *file, const char *path, GError **error)
{
  file->display_name = g_filename_display_name (path);
  file->source = coterie_byte_source_open (path, file->cancellable, error);
  return file->source != NULL;
}

static void
idx_file_clear (IdxFile *file)
{
  g_clear_pointer (&file->source, coterie_byte_source_free);
  g_clear_pointer (&file->display_name, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IdxFile, idx_file_clear)

static gsize
get_header_size (const IdxFile *file)
{
  return FIELD_SIZE * (1 + (gsize) file->n_dimensions);
}

static gboolean
read_field (IdxFile *file, gsize offset, guint32 *value, GError **error)
{
  guint32 field;
  gsize n_read;

  if (!coterie_byte_source_read (file->source, &field, sizeof field, &n_read, file->cancellable,
                                 error))
    return FALSE;
  if (n_read < sizeof field) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TRUNCATED,
                 "%s: ends at byte %" G_GSIZE_FORMAT ", within its header of %" G_GSIZE_FORMAT
                 " bytes",
                 file->display_name, offset + n_read, get_header_size (file));
    return FALSE;
  }
  *value = GUINT32_FROM_BE (field);
  return TRUE;
}

static gboolean
check_magic (const IdxFile *file, guint32 magic, GError **error)
{
  guint32 expected = BYTES_MAGIC | file->n_dimensions;

  if (magic == expected)
    return TRUE;

  if ((magic & BYTES_MAGIC_MASK) == BYTES_MAGIC)
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
                 "%s: not a file of %s: has %u dimensions, expected %u (magic is 0x%08x, expected "
                 "0x%08x)",
                 file->display_name, file->kind, magic & ~BYTES_MAGIC_MASK, file->n_dimensions,
                 magic, expected);
  else
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_MAGIC,
                 "%s: not a file of %s: magic is 0x%08x, expected 0x%08x", file->display_name,
                 file->kind, magic, expected);
  return FALSE;
}

static gboolean
read_header (IdxFile *file, GError **error)
{
  guint32 magic;

  if (!read_field (file, 0, &magic, error) || !check_magic (file, magic, error))
    return FALSE;

  for (guint i = 0; i < file->n_dimensions; i++) {
    gsize offset = FIELD_SIZE * (1 + (gsize) i);

    if (!read_field (file, offset, &file->dimensions[i], error))
      return FALSE;
    if (file->dimensions[i] == 0) {
      g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
                   "%s: dimension %u of %u, at byte %" G_GSIZE_FORMAT ", is 0", file->display_name,
                   i + 1, file->n_dimensions, offset);
      return FALSE;
    }
    if (i > 0 && file->dimensions[i] > MAX_SIDE_PX) {
      g_set_error (
          error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
          "%s: images are %u pixels %s (byte %" G_GSIZE_FORMAT "), at most %d are supported",
          file->display_name, file->dimensions[i], i == 1 ? "high" : "wide", offset, MAX_SIDE_PX);
      return FALSE;
    }
  }
  return TRUE;
}

/* Sides are at most 2^12 and the number of samples less than 2^32, so this fits in 56 bits. */
static guint64
get_n_elements (const IdxFile *file)
{
  guint64 n_elements = 1;

  for (guint i = 0; i < file->n_dimensions; i++)
    n_elements *= file->dimensions[i];
  return n_elements;
}

static gboolean
report_truncated (const IdxFile *file, guint64 n_available, GError **error)
{
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TRUNCATED,
               "%s: ends too early: its header announces %" G_GUINT64_FORMAT
               " bytes of %s, but there are at most %" G_GUINT64_FORMAT,
               file->display_name, get_n_elements (file), file->kind, n_available);
  return FALSE;
}

static gboolean
check_size (const IdxFile *file, GError **error)
{
  guint64 max_size = coterie_byte_source_get_max_size (file->source);
  guint64 n_available = max_size - MIN (max_size, get_header_size (file));

  if (get_n_elements (file) > MAX_SIZE_BYTES) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
                 "%s: its header announces %" G_GUINT64_FORMAT
                 " bytes of %s, at most %" G_GUINT64_FORMAT " are supported",
                 file->display_name, get_n_elements (file), file->kind, (guint64) MAX_SIZE_BYTES);
    return FALSE;
  }
  if (get_n_elements (file) > n_available)
    return report_truncated (file, n_available, error);
  return TRUE;
}

/* Reading on past the last element also makes gzip compare its checksum. */
static gboolean
check_end (IdxFile *file, GError **error)
{
  guint8 rest;
  gsize n_read;

  if (!coterie_byte_source_read (file->source, &rest, 1, &n_read, file->cancellable, error))
    return FALSE;
  if (n_read > 0) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_MISMATCH,
                 "%s: goes on after its last element, at byte %" G_GUINT64_FORMAT,
                 file->display_name, get_header_size (file) + get_n_elements (file));
    return FALSE;
  }
  return TRUE;
}

static guint8 *
read_elements (IdxFile *file, GError **error)
{
  gsize n_elements = (gsize) get_n_elements (file);
  g_autofree guint8 *elements = g_try_malloc (n_elements);
  gsize n_read;

  if (elements == NULL) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
                 "%s: not enough memory for %" G_GSIZE_FORMAT " bytes of %s", file->display_name,
                 n_elements, file->kind);
    return NULL;
  }
  if (!coterie_byte_source_read (file->source, elements, n_elements, &n_read, file->cancellable,
                                 error))
    return NULL;
  if (n_read < n_elements) {
    report_truncated (file, n_read, error);
    return NULL;
  }
  if (!check_end (file, error))
    return NULL;
  return g_steal_pointer (&elements);
}

static guint8 *
load_file (IdxFile *file, const char *path, GError **error)
{
  if (!idx_file_open (file, path, error) || !read_header (file, error) || !check_size (file, error))
    return NULL;
  return read_elements (file, error);
}

static GBytes *
widen_labels (const guint8 *narrow, gsize n_labels)
{
  guint16 *labels = g_new (guint16, n_labels);

  for (gsize s = 0; s < n_labels; s++)
    labels[s] = narrow[s];
  return g_bytes_new_take (labels, n_labels * sizeof *labels);
}

/**
 * coterie_idx_load_split:
 * @images_path: an IDX file of bytes in three dimensions, plain or gzip
 * @labels_path: an IDX file of as many bytes in one dimension, plain or gzip
 * @samples: (out): the samples; the caller owns both #GBytes
 * @width: (out): pixels across, at most 4096
 * @height: (out): pixels down, at most 4096
 * @cancellable: (nullable): ends the reading
 * @error: return location for a #GError
 *
 * Reads one split. Memory is allocated after the announced size has been compared with the file's,
 * and at most 4 GiB of it. Cost: reading and decompressing, about 0.3 s for MNIST.
 *
 * Returns: %FALSE with an error of COTERIE_DATASET_ERROR that names the file, or of %G_IO_ERROR
 */
gboolean
coterie_idx_load_split (const char *images_path,
                        const char *labels_path,
                        CoterieSamples *samples,
                        guint *width,
                        guint *height,
                        GCancellable *cancellable,
                        GError **error)
{
  g_auto (IdxFile) images = {.kind = "images", .n_dimensions = 3, .cancellable = cancellable};
  g_auto (IdxFile) labels = {.kind = "labels", .n_dimensions = 1, .cancellable = cancellable};
  g_autofree guint8 *pixels = NULL;
  g_autofree guint8 *narrow_labels = NULL;

  pixels = load_file (&images, images_path, error);
  if (pixels == NULL)
    return FALSE;
  narrow_labels = load_file (&labels, labels_path, error);
  if (narrow_labels == NULL)
    return FALSE;

  if (images.dimensions[0] != labels.dimensions[0]) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_MISMATCH,
                 "%s: %u images, but %u labels in %s", images.display_name, images.dimensions[0],
                 labels.dimensions[0], labels.display_name);
    return FALSE;
  }

  *height = images.dimensions[1];
  *width = images.dimensions[2];
  samples->n_samples = images.dimensions[0];
  samples->pixels = g_bytes_new_take (g_steal_pointer (&pixels), (gsize) get_n_elements (&images));
  samples->labels = widen_labels (narrow_labels, samples->n_samples);
  return TRUE;
}
