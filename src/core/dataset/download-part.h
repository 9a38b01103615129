/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CoterieDownloadPart:
 *
 * What has come so far of a file that is being downloaded: FILE.part, and in FILE.part.origin where
 * it is from. It belongs to one process at a time. For one thread.
 */
typedef struct _CoterieDownloadPart CoterieDownloadPart;

gboolean coterie_download_part_check_file (
    const char *path, guint64 size, const char *sha256, GCancellable *cancellable, GError **error);

guint64 coterie_download_part_count_kept (const char *path, guint64 size);

CoterieDownloadPart *coterie_download_part_open (const char *path, GError **error);
void coterie_download_part_free (CoterieDownloadPart *part);

guint64 coterie_download_part_get_size (CoterieDownloadPart *part);
const char *coterie_download_part_get_address (CoterieDownloadPart *part);
const char *coterie_download_part_get_validator (CoterieDownloadPart *part);

gboolean coterie_download_part_discard (CoterieDownloadPart *part, GError **error);
gboolean coterie_download_part_restart (CoterieDownloadPart *part,
                                        const char *address,
                                        const char *validator,
                                        GError **error);
gboolean coterie_download_part_append (CoterieDownloadPart *part,
                                       const void *bytes,
                                       gsize n_bytes,
                                       GError **error);
gboolean coterie_download_part_check (CoterieDownloadPart *part,
                                      guint64 size,
                                      const char *sha256,
                                      GCancellable *cancellable,
                                      GError **error);
gboolean coterie_download_part_publish (CoterieDownloadPart *part, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieDownloadPart, coterie_download_part_free)

G_END_DECLS
