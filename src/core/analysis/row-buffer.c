/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Packed rows one after the other: what a worker packs before it tallies, and, copied to their
 * size, what is kept of the first pass for the second. They take 4 bytes for each activation that is
 * not 0 and one bit for each. */

#include "core/analysis/row-buffer.h"

/**
 * coterie_row_buffer_new:
 * @n_rows: how many rows there is to be room for
 * @n_values: how many values these have at most, all together
 *
 * Returns: (transfer full): a buffer without rows
 */
CoterieRowBuffer *
coterie_row_buffer_new (gsize n_rows, gsize n_values)
{
  CoterieRowBuffer *buffer = g_malloc (coterie_row_buffer_count_bytes (n_rows, n_values));

  buffer->active = (guint64 *) (buffer + 1);
  buffer->values = (float *) (buffer->active + n_rows) + COTERIE_ROW_MARGIN;
  memset (buffer->values - COTERIE_ROW_MARGIN, 0, COTERIE_ROW_MARGIN * sizeof (float));
  memset (buffer->values + n_values, 0, COTERIE_ROW_MARGIN * sizeof (float));
  coterie_row_buffer_clear (buffer);
  return buffer;
}

/**
 * coterie_row_buffer_copy:
 * @buffer: a buffer
 *
 * Returns: (transfer full): another with the same rows, and room for no more
 */
CoterieRowBuffer *
coterie_row_buffer_copy (const CoterieRowBuffer *buffer)
{
  CoterieRowBuffer *copy = coterie_row_buffer_new (buffer->n_rows, buffer->n_values);

  copy->n_rows = buffer->n_rows;
  copy->n_values = buffer->n_values;
  memcpy (copy->active, buffer->active, buffer->n_rows * sizeof *buffer->active);
  memcpy (copy->values, buffer->values, buffer->n_values * sizeof *buffer->values);
  return copy;
}

/**
 * coterie_row_buffer_free:
 * @buffer: (transfer full): the buffer
 */
void
coterie_row_buffer_free (CoterieRowBuffer *buffer)
{
  g_free (buffer);
}

/**
 * coterie_row_buffer_count_bytes:
 * @n_rows: number of rows
 * @n_values: number of values
 *
 * Returns: how much memory a buffer of that size takes
 */
guint64
coterie_row_buffer_count_bytes (guint64 n_rows, guint64 n_values)
{
  return sizeof (CoterieRowBuffer) + n_rows * sizeof (guint64) +
         (n_values + 2 * COTERIE_ROW_MARGIN) * sizeof (float);
}

/**
 * coterie_row_buffer_clear:
 * @buffer: the buffer
 *
 * Takes out all rows.
 */
void
coterie_row_buffer_clear (CoterieRowBuffer *buffer)
{
  buffer->n_rows = 0;
  buffer->n_values = 0;
}

/**
 * coterie_row_buffer_pack:
 * @buffer: a buffer with room for one more row
 * @kernels: the inner loops
 * @activations: [@n_lanes]: a row as it is, dimensionless, any number
 * @n_lanes: how many, at most COTERIE_ROW_LANES
 *
 * Adds a row.
 *
 * Returns: how many activations were negative or not finite
 */
guint64
coterie_row_buffer_pack (CoterieRowBuffer *buffer,
                         const CoterieRowKernels *kernels,
                         const float *activations,
                         guint n_lanes)
{
  guint64 n_bad = 0;

  buffer->n_values += kernels->pack (buffer->values + buffer->n_values,
                                     &buffer->active[buffer->n_rows], activations, n_lanes, &n_bad);
  buffer->n_rows++;
  return n_bad;
}

/**
 * coterie_row_buffer_read:
 * @buffer: the buffer
 * @row_number: which row
 * @first_value: (inout): where its values begin; becomes where those of the next row do. 0 for row 0
 * @row: (out caller-allocates): the row; lives as long as it stays in @buffer
 */
void
coterie_row_buffer_read (const CoterieRowBuffer *buffer,
                         gsize row_number,
                         gsize *first_value,
                         CoteriePackedRow *row)
{
  row->active = buffer->active[row_number];
  row->n_values = (guint) __builtin_popcountll (row->active);
  row->values = buffer->values + *first_value;
  *first_value += row->n_values;
}
