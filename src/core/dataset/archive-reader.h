/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/byte-source.h"

G_BEGIN_DECLS

/**
 * CoterieArchiveReader:
 *
 * A tar file, compressed or not, or a zip file, whose files are met one after the other and read
 * without being unpacked to the disk. For one thread.
 */
typedef struct _CoterieArchiveReader CoterieArchiveReader;

CoterieArchiveReader *
coterie_archive_reader_open (const char *path, GCancellable *cancellable, GError **error);
void coterie_archive_reader_free (CoterieArchiveReader *archive);
gboolean
coterie_archive_reader_next (CoterieArchiveReader *archive, const char **member, GError **error);
const char *coterie_archive_reader_get_display_name (CoterieArchiveReader *archive);
CoterieByteSource *coterie_archive_reader_read_member (CoterieArchiveReader *archive,
                                                       GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieArchiveReader, coterie_archive_reader_free)

G_END_DECLS
