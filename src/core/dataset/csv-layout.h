/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset-options.h"

G_BEGIN_DECLS

/**
 * CoterieCsvLayout:
 * @n_columns: columns of the file, at least 2
 * @label_column: the one that holds the class, from 0
 * @decimal_comma: whether numbers may have a comma in place of the dot
 * @names: (array zero-terminated) (nullable): the names of the columns; %NULL without a header
 *
 * What the columns of a CSV file mean.
 */
typedef struct {
  gsize n_columns;
  gsize label_column;
  gboolean decimal_comma;
  char **names;
} CoterieCsvLayout;

gboolean coterie_csv_layout_find (CoterieCsvLayout *layout,
                                  const char *path,
                                  const CoterieDatasetOptions *options,
                                  GCancellable *cancellable,
                                  GError **error);
void coterie_csv_layout_clear (CoterieCsvLayout *layout);
char *coterie_csv_layout_describe_column (const CoterieCsvLayout *layout, gsize column);

gboolean coterie_csv_is_missing (const char *text);
gboolean coterie_csv_parse_number (const char *text, gboolean decimal_comma, double *value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CoterieCsvLayout, coterie_csv_layout_clear)

G_END_DECLS
