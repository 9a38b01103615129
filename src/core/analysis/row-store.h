/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/row-buffer.h"

G_BEGIN_DECLS

/**
 * CoterieRowStore:
 *
 * Memory for many packed rows, which come at any time and go together.
 */
typedef struct _CoterieRowStore CoterieRowStore;

CoterieRowStore *coterie_row_store_new (guint64 n_bytes);
void coterie_row_store_free (CoterieRowStore *store);
void coterie_row_store_reset (CoterieRowStore *store, guint64 n_bytes);
guint64 coterie_row_store_count_bytes (guint64 n_rows, guint64 row_words, guint64 n_values);
guint64 coterie_row_store_get_room (const CoterieRowStore *store);
CoterieRowBuffer *coterie_row_store_add (CoterieRowStore *store, const CoterieRowBuffer *buffer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieRowStore, coterie_row_store_free)

G_END_DECLS
