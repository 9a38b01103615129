/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Packed rows one after the other: what a worker packs before it tallies, and, copied to their
 * size into a store, what is kept of the first pass for the second. They take 4 bytes for each activation that is
 * not 0 and one bit for each. */

#include "core/analysis/row-buffer.h"

/* A buffer in memory of the size that coterie_row_buffer_count_bytes() says. */
static CoterieRowBuffer *
lay_out (gpointer memory, guint n_rows, guint row_words, gsize n_values)
{
  CoterieRowBuffer *buffer = memory;

  buffer->active = (guint64 *) (buffer + 1);
  buffer->row_values = (guint32 *) (buffer->active + (gsize) n_rows * row_words);
  buffer->values = (float *) (buffer->row_values + n_rows) + COTERIE_ROW_MARGIN;
  memset (buffer->values - COTERIE_ROW_MARGIN, 0, COTERIE_ROW_MARGIN * sizeof (float));
  memset (buffer->values + n_values, 0, COTERIE_ROW_MARGIN * sizeof (float));
  coterie_row_buffer_clear (buffer, row_words);
  return buffer;
}

/**
 * coterie_row_buffer_new:
 * @n_rows: how many rows there is to be room for
 * @row_words: how many words these have at most
 * @n_values: how many values these have at most, all together
 *
 * Returns: (transfer full): a buffer without rows
 */
CoterieRowBuffer *
coterie_row_buffer_new (guint n_rows, guint row_words, gsize n_values)
{
  return lay_out (g_malloc (coterie_row_buffer_count_bytes (n_rows, row_words, n_values)), n_rows,
                  row_words, n_values);
}

static guint
count_rows (const CoterieRowBuffer *buffer)
{
  return (guint) (buffer->n_words / buffer->row_words);
}

/**
 * coterie_row_buffer_copy_to:
 * @buffer: a buffer
 * @memory: [coterie_row_buffer_get_bytes()], aligned for any type
 *
 * Returns: (transfer none): another with the same rows, and room for no more, at @memory; it is gone
 *   when @memory is
 */
CoterieRowBuffer *
coterie_row_buffer_copy_to (const CoterieRowBuffer *buffer, gpointer memory)
{
  guint n_rows = count_rows (buffer);
  CoterieRowBuffer *copy = lay_out (memory, n_rows, buffer->row_words, buffer->n_values);

  copy->n_words = buffer->n_words;
  copy->n_values = buffer->n_values;
  memcpy (copy->row_values, buffer->row_values, n_rows * sizeof *buffer->row_values);
  memcpy (copy->active, buffer->active, buffer->n_words * sizeof *buffer->active);
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
 * @row_words: number of words of each
 * @n_values: number of values
 *
 * Returns: how much memory a buffer of that size takes
 */
guint64
coterie_row_buffer_count_bytes (guint64 n_rows, guint64 row_words, guint64 n_values)
{
  return sizeof (CoterieRowBuffer) + n_rows * (row_words * sizeof (guint64) + sizeof (guint32)) +
         (n_values + 2 * COTERIE_ROW_MARGIN) * sizeof (float);
}

/**
 * coterie_row_buffer_get_bytes:
 * @buffer: a buffer
 *
 * Returns: how much memory a buffer takes that has room for no more than this one holds
 */
guint64
coterie_row_buffer_get_bytes (const CoterieRowBuffer *buffer)
{
  return coterie_row_buffer_count_bytes (count_rows (buffer), buffer->row_words, buffer->n_values);
}

/**
 * coterie_row_buffer_clear:
 * @buffer: the buffer
 * @row_words: how many words the next rows will have, no more than there is room for, at least 1
 *
 * Takes out all rows.
 */
void
coterie_row_buffer_clear (CoterieRowBuffer *buffer, guint row_words)
{
  buffer->row_words = row_words;
  buffer->n_words = 0;
  buffer->n_values = 0;
}

/**
 * coterie_row_buffer_pack:
 * @buffer: a buffer with room for one more word
 * @kernels: the inner loops
 * @activations: [@n_lanes]: as they are, dimensionless, any number
 * @n_lanes: how many, at most COTERIE_WORD_LANES
 *
 * Adds a word to the last row, or to a new one if that is complete.
 *
 * Returns: how many activations were negative or not finite
 */
guint64
coterie_row_buffer_pack (CoterieRowBuffer *buffer,
                         const CoterieRowKernels *kernels,
                         const float *activations,
                         guint n_lanes)
{
  guint row_number = count_rows (buffer);
  guint64 n_bad = 0;
  guint n_values = kernels->pack (buffer->values + buffer->n_values,
                                  &buffer->active[buffer->n_words], activations, n_lanes, &n_bad);

  if (buffer->n_words % buffer->row_words == 0)
    buffer->row_values[row_number] = 0;
  buffer->row_values[row_number] += n_values;
  buffer->n_values += n_values;
  buffer->n_words++;
  return n_bad;
}

/**
 * coterie_row_buffer_read:
 * @buffer: the buffer
 * @row_number: which row
 * @word_lanes: how many lanes a word has
 * @first_value: (inout): where its values begin; becomes where those of the next row do. 0 for row 0
 * @row: (out caller-allocates): the row; lives as long as it stays in @buffer
 */
void
coterie_row_buffer_read (const CoterieRowBuffer *buffer,
                         guint row_number,
                         guint word_lanes,
                         gsize *first_value,
                         CoteriePackedRow *row)
{
  row->word_lanes = word_lanes;
  row->active = buffer->active + (gsize) row_number * buffer->row_words;
  row->n_values = buffer->row_values[row_number];
  row->values = buffer->values + *first_value;
  *first_value += row->n_values;
}
