/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * CoterieRow:
 * @statement: borrowed
 * @column: the next column
 * @checksum: of the row, while it is being written
 * @result: the first SQLite result that is not SQLITE_OK, while it is being written
 * @fault: the first thing wrong with it, while it is being read
 *
 * One row of one of a recording's tables, written or read column by column in the table's order.
 */
typedef struct {
  sqlite3_stmt *statement;
  int column;
  GChecksum *checksum;
  int result;
  char *fault;
} CoterieRow;

sqlite3_stmt *coterie_row_prepare (sqlite3 *database, const char *verb, const char *table);
void coterie_row_begin (CoterieRow *row, sqlite3_stmt *statement, const char *table);
void coterie_row_put_integer (CoterieRow *row, gint64 value);
void coterie_row_put_real (CoterieRow *row, double value);
void coterie_row_put_text (CoterieRow *row, const char *text);
void
coterie_row_put_array (CoterieRow *row, gconstpointer values, gsize n_values, gsize value_size);
int coterie_row_store (CoterieRow *row);

void coterie_row_open (CoterieRow *row, sqlite3_stmt *statement, const char *table);
gint64 coterie_row_take_integer (CoterieRow *row, gint64 min, gint64 max);
guint coterie_row_take_uint (CoterieRow *row);
double coterie_row_take_real (CoterieRow *row);
char *coterie_row_take_text (CoterieRow *row);
char *coterie_row_take_path (CoterieRow *row);
gpointer coterie_row_take_array (CoterieRow *row, guint64 n_values, gsize value_size);
gpointer coterie_row_take_any_array (CoterieRow *row, gsize *n_values, gsize value_size);
void coterie_row_set_fault (CoterieRow *row, const char *format, ...) G_GNUC_PRINTF (2, 3);
void coterie_row_clear (CoterieRow *row);

void
coterie_row_compute_digest (sqlite3_stmt *statement, const char *table, guint8 digest[static 32]);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CoterieRow, coterie_row_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

G_END_DECLS
