/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CoterieByteSource:
 *
 * The bytes of a file from its beginning to its end, decompressed when it is a gzip file, whatever
 * its name. For one thread.
 */
typedef struct _CoterieByteSource CoterieByteSource;

CoterieByteSource *
coterie_byte_source_open (const char *path, GCancellable *cancellable, GError **error);
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
