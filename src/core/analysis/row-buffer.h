/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/packed-row.h"

G_BEGIN_DECLS

/**
 * CoterieRowBuffer:
 * @row_words: how many words each of its rows has
 * @n_words: how many words there are so far
 * @n_values: how many values there are so far
 * @row_values: [rows]: how many of them each row has
 * @active: [rows][row_words]
 * @values: [n_values]: of one row after the other, with COTERIE_ROW_MARGIN floats before and after
 *
 * Packed rows, one after the other.
 */
typedef struct {
  guint row_words;
  gsize n_words;
  gsize n_values;
  guint32 *row_values;
  guint64 *active;
  float *values;
} CoterieRowBuffer;

CoterieRowBuffer *coterie_row_buffer_new (guint n_rows, guint row_words, gsize n_values);
CoterieRowBuffer *coterie_row_buffer_copy_to (const CoterieRowBuffer *buffer, gpointer memory);
void coterie_row_buffer_free (CoterieRowBuffer *buffer);
guint64 coterie_row_buffer_count_bytes (guint64 n_rows, guint64 row_words, guint64 n_values);
guint64 coterie_row_buffer_get_bytes (const CoterieRowBuffer *buffer);
void coterie_row_buffer_clear (CoterieRowBuffer *buffer, guint row_words);
guint64 coterie_row_buffer_pack (CoterieRowBuffer *buffer,
                                 const CoterieRowKernels *kernels,
                                 const float *activations,
                                 guint n_lanes);
void coterie_row_buffer_read (const CoterieRowBuffer *buffer,
                              guint row_number,
                              guint word_lanes,
                              gsize *first_value,
                              CoteriePackedRow *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieRowBuffer, coterie_row_buffer_free)

G_END_DECLS
