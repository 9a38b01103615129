/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where packed rows are kept from the first pass for the second: one large piece of memory, filled
 * from its beginning. What is never filled is never touched and so costs nothing, and what has been is
 * used again: pages that are new take longer to come by than to fill. */

#include "core/analysis/row-store.h"

#include <stdlib.h>

#define CACHE_LINE ((guint64) 64)

struct _CoterieRowStore {
  guint8 *memory; /* [n_memory_bytes] */
  gsize n_memory_bytes;
  gsize n_bytes; /* there is room for, at most n_memory_bytes */
  gsize n_used;  /* atomic */
};

/**
 * coterie_row_store_new:
 * @n_bytes: how much it may hold, may be 0
 *
 * Without so much memory there is no room in the store, which is no error.
 *
 * Returns: (transfer full): a store without rows
 */
CoterieRowStore *
coterie_row_store_new (guint64 n_bytes)
{
  CoterieRowStore *store = g_new0 (CoterieRowStore, 1);

  coterie_row_store_reset (store, n_bytes);
  return store;
}

/* Leaves the store without any memory if there is not so much. */
static void
replace_memory (CoterieRowStore *store, guint64 n_bytes)
{
  void *memory = NULL;

  free (store->memory);
  store->memory = NULL;
  store->n_memory_bytes = 0;
  if (n_bytes > G_MAXSIZE / 2 || posix_memalign (&memory, CACHE_LINE, n_bytes) != 0)
    return;
  store->memory = memory;
  store->n_memory_bytes = n_bytes;
}

/**
 * coterie_row_store_reset:
 * @store: the store
 * @n_bytes: how much it may hold from now on, may be 0
 *
 * Takes out all rows, which are gone then. Memory that the store has already is used again, if it is
 * enough; without so much memory there is no room in the store, which is no error.
 */
void
coterie_row_store_reset (CoterieRowStore *store, guint64 n_bytes)
{
  if (n_bytes > store->n_memory_bytes && n_bytes >= CACHE_LINE)
    replace_memory (store, n_bytes);
  store->n_bytes = MIN (n_bytes, store->n_memory_bytes);
  store->n_used = 0;
}

/**
 * coterie_row_store_free:
 * @store: (transfer full): the store
 *
 * Frees @store and all rows in it.
 */
void
coterie_row_store_free (CoterieRowStore *store)
{
  free (store->memory);
  g_free (store);
}

static guint64
round_up (guint64 n_bytes)
{
  return (n_bytes + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
}

/**
 * coterie_row_store_count_bytes:
 * @n_rows: number of rows
 * @row_words: number of words of each
 * @n_values: number of values
 *
 * Returns: how much of a store rows take that are added together
 */
guint64
coterie_row_store_count_bytes (guint64 n_rows, guint64 row_words, guint64 n_values)
{
  return round_up (coterie_row_buffer_count_bytes (n_rows, row_words, n_values));
}

/**
 * coterie_row_store_get_room:
 * @store: the store
 *
 * Returns: how many bytes are left
 */
guint64
coterie_row_store_get_room (const CoterieRowStore *store)
{
  return store->n_bytes - store->n_used;
}

/**
 * coterie_row_store_add:
 * @store: a store with room for the rows of @buffer
 * @buffer: packed rows
 *
 * May be called from several threads at the same time.
 *
 * Returns: (transfer none): a copy of @buffer, of just its size, that lives as long as @store
 */
CoterieRowBuffer *
coterie_row_store_add (CoterieRowStore *store, const CoterieRowBuffer *buffer)
{
  gsize n_bytes = round_up (coterie_row_buffer_get_bytes (buffer));
  gsize first = (gsize) g_atomic_pointer_add (&store->n_used, (gssize) n_bytes);

  g_assert (first + n_bytes <= store->n_bytes);
  return coterie_row_buffer_copy_to (buffer, store->memory + first);
}
