/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/packed-row.h"

G_BEGIN_DECLS

/**
 * CoterieRowBuffer:
 * @n_rows: how many rows it holds
 * @n_values: how many values these have
 * @active: [n_rows]: of each row
 * @values: [n_values]: of one row after the other, with COTERIE_ROW_MARGIN floats before and after
 *
 * Packed rows, one after the other.
 */
typedef struct {
  gsize n_rows;
  gsize n_values;
  guint64 *active;
  float *values;
} CoterieRowBuffer;

CoterieRowBuffer *coterie_row_buffer_new (gsize n_rows, gsize n_values);
CoterieRowBuffer *coterie_row_buffer_copy (const CoterieRowBuffer *buffer);
void coterie_row_buffer_free (CoterieRowBuffer *buffer);
guint64 coterie_row_buffer_count_bytes (guint64 n_rows, guint64 n_values);
void coterie_row_buffer_clear (CoterieRowBuffer *buffer);
guint64 coterie_row_buffer_pack (CoterieRowBuffer *buffer,
                                 const CoterieRowKernels *kernels,
                                 const float *activations,
                                 guint n_lanes);
void coterie_row_buffer_read (const CoterieRowBuffer *buffer,
                              gsize row_number,
                              gsize *first_value,
                              CoteriePackedRow *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieRowBuffer, coterie_row_buffer_free)

G_END_DECLS
