/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CoterieByteSource:
 *
 * The bytes of a file from its beginning to its end, decompressed when it is a gzip file, whatever
 * its name; or those of a file within an archive. For one thread.
 */
typedef struct _CoterieByteSource CoterieByteSource;

/**
 * CoterieByteFunc:
 * @data: what was given with the function
 * @buffer: (out caller-allocates): [@size] where the bytes go
 * @size: how many bytes are wanted
 * @n_read: (out): how many there were; fewer than @size only at the end
 * @error: return location for a #GError
 *
 * Reads the next bytes of something that is not a plain file.
 *
 * Returns: %FALSE with an error that names the file
 */
typedef gboolean (*CoterieByteFunc) (
    gpointer data, void *buffer, gsize size, gsize *n_read, GError **error);

CoterieByteSource *
coterie_byte_source_open (const char *path, GCancellable *cancellable, GError **error);
CoterieByteSource *coterie_byte_source_new (guint64 max_size, CoterieByteFunc func, gpointer data);
void coterie_byte_source_free (CoterieByteSource *source);
guint64 coterie_byte_source_get_max_size (CoterieByteSource *source);
gboolean coterie_byte_source_read (CoterieByteSource *source,
                                   void *buffer,
                                   gsize size,
                                   gsize *n_read,
                                   GCancellable *cancellable,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieByteSource, coterie_byte_source_free)

G_END_DECLS
