/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CoterieCsvReader:
 *
 * The records of a CSV file, one after the other. For one thread.
 */
typedef struct _CoterieCsvReader CoterieCsvReader;

CoterieCsvReader *
coterie_csv_reader_open (const char *path, GCancellable *cancellable, GError **error);
void coterie_csv_reader_free (CoterieCsvReader *reader);
gboolean coterie_csv_reader_next (CoterieCsvReader *reader, gsize *n_fields, GError **error);
const char *coterie_csv_reader_get_field (CoterieCsvReader *reader, gsize column);
char coterie_csv_reader_get_delimiter (CoterieCsvReader *reader);
guint64 coterie_csv_reader_get_line (CoterieCsvReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieCsvReader, coterie_csv_reader_free)

G_END_DECLS
