/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CoterieNumberTable:
 * @n_columns: at least 1
 * @n_rows: numbers in each column, at least 1
 * @names: (nullable): of each column, in UTF-8 and all different; %NULL if the file has none, which
 *   only one of a single column may
 * @columns: [n_columns][n_rows]: numbers, any unit; finite but for those of a report
 *
 * Columns of numbers from a file; clear it with coterie_number_table_clear().
 */
typedef struct {
  guint n_columns;
  gsize n_rows;
  char **names;
  double **columns;
} CoterieNumberTable;

gboolean coterie_number_table_load (CoterieNumberTable *table,
                                    const char *path,
                                    const char *column,
                                    GError **error);
void coterie_number_table_clear (CoterieNumberTable *table);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CoterieNumberTable, coterie_number_table_clear)

G_END_DECLS
