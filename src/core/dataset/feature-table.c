/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the numbers of a file to samples, whose features lie from 0 to 1. In this order:
 *
 * 1. Pixels, that is whole numbers from 0 to 255 in the shape of an image, are divided by 255; or, if
 *    the brightest for training is at most 16, as in the digits of the UCI repository, by that.
 * 2. Numbers that all lie from 0 to 1 already stay as they are.
 * 3. Other numbers in the shape of an image are moved and scaled, all alike, so that those for
 *    training reach from 0 to 1.
 * 4. Of all others each column is moved and scaled for itself.
 *
 * What is for testing gets the same scale as what is for training, and what lies beyond it becomes 0
 * or 1: nothing of the test samples has a say in what the network is given. */

#include "core/dataset/feature-table.h"

#include <math.h>

#define MAX_BYTE 255.0
#define FEW_LEVELS 16.0

/* The smallest square that is an image: 8 × 8, as in the digits of the UCI repository. */
#define LEAST_SIDE_PX 8

/* So that a table of floats takes at most 4 GiB. */
#define MAX_VALUES ((gsize) 1 << 30)

struct _CoterieFeatureTable {
  GArray *bytes; /* guint8; NULL if there are floats */
  GArray *floats;
  double least;
  double greatest;
};

/**
 * coterie_feature_table_new:
 *
 * Returns: (transfer full): a table without numbers
 */
CoterieFeatureTable *
coterie_feature_table_new (void)
{
  CoterieFeatureTable *table = g_new0 (CoterieFeatureTable, 1);

  table->bytes = g_array_new (FALSE, FALSE, sizeof (guint8));
  table->least = INFINITY;
  table->greatest = -INFINITY;
  return table;
}

/**
 * coterie_feature_table_free:
 * @table: (transfer full): the table
 *
 * Frees @table.
 */
void
coterie_feature_table_free (CoterieFeatureTable *table)
{
  g_clear_pointer (&table->bytes, g_array_unref);
  g_clear_pointer (&table->floats, g_array_unref);
  g_free (table);
}

static gsize
count_values (const CoterieFeatureTable *table)
{
  return table->bytes != NULL ? table->bytes->len : table->floats->len;
}

static gboolean
is_byte (double value)
{
  return value >= 0.0 && value <= MAX_BYTE && !islessgreater (value, floor (value));
}

static void
widen (CoterieFeatureTable *table)
{
  const guint8 *bytes = (const guint8 *) table->bytes->data;
  float *floats;

  table->floats = g_array_sized_new (FALSE, FALSE, sizeof (float), table->bytes->len);
  g_array_set_size (table->floats, table->bytes->len);
  floats = (float *) table->floats->data;
  for (guint i = 0; i < table->bytes->len; i++)
    floats[i] = bytes[i];
  g_clear_pointer (&table->bytes, g_array_unref);
}

/**
 * coterie_feature_table_append:
 * @table: the table
 * @value: any finite number within the range of float
 *
 * Adds a number at the end. Cost: now and then a copy of all; once, when the first number comes that
 * is not a byte, their conversion.
 *
 * Returns: %FALSE if the table is full: it has 2^30 numbers
 */
gboolean
coterie_feature_table_append (CoterieFeatureTable *table, double value)
{
  if (count_values (table) == MAX_VALUES)
    return FALSE;

  table->least = MIN (table->least, value);
  table->greatest = MAX (table->greatest, value);
  if (table->bytes != NULL && !is_byte (value))
    widen (table);
  if (table->bytes != NULL) {
    guint8 byte = (guint8) value;

    g_array_append_val (table->bytes, byte);
  } else {
    float number = (float) value;

    g_array_append_val (table->floats, number);
  }
  return TRUE;
}

/**
 * coterie_feature_table_append_bytes:
 * @table: the table
 * @bytes: (array length=n_bytes): numbers
 * @n_bytes: how many
 *
 * Adds whole numbers from 0 to 255 at the end.
 *
 * Returns: %FALSE if the table is full: it would have more than 2^30 numbers
 */
gboolean
coterie_feature_table_append_bytes (CoterieFeatureTable *table, const guint8 *bytes, gsize n_bytes)
{
  if (n_bytes > MAX_VALUES - count_values (table))
    return FALSE;

  for (gsize i = 0; table->bytes == NULL && i < n_bytes; i++)
    coterie_feature_table_append (table, bytes[i]);
  if (table->bytes == NULL || n_bytes == 0)
    return TRUE;

  for (gsize i = 0; i < n_bytes; i++) {
    table->least = MIN (table->least, bytes[i]);
    table->greatest = MAX (table->greatest, bytes[i]);
  }
  g_array_append_vals (table->bytes, bytes, (guint) n_bytes);
  return TRUE;
}

static float
get_value (const CoterieFeatureTable *table, gsize index)
{
  return table->bytes != NULL ? (float) g_array_index (table->bytes, guint8, index)
                              : g_array_index (table->floats, float, index);
}

static gsize
count_rows (const CoterieFeatureSplit *split, gsize n_features)
{
  return split->order != NULL ? split->order->n_samples : count_values (split->table) / n_features;
}

static gsize
get_first (const CoterieFeatureSplit *split, gsize sample, gsize n_features)
{
  return (split->order != NULL ? split->order->samples[sample] : sample) * n_features;
}

static gboolean
are_bytes (const CoterieFeatureSplit splits[COTERIE_N_SPLITS])
{
  return splits[0].table->bytes != NULL && splits[1].table->bytes != NULL;
}

static gboolean
are_fractions (const CoterieFeatureSplit splits[COTERIE_N_SPLITS])
{
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    if (splits[i].table->least < 0.0 || splits[i].table->greatest > 1.0)
      return FALSE;
  return TRUE;
}

/**
 * coterie_features_guess_image:
 * @splits: where the samples are
 * @n_features: numbers in a row, at least 1
 * @side_px: (out): the side of the square
 *
 * Guesses whether rows of numbers are images that were written out: as many numbers as a square of at
 * least 8 × 8 pixels has, all of them whole from 0 to 255 or all from 0 to 1.
 *
 * Returns: whether they seem to be
 */
gboolean
coterie_features_guess_image (const CoterieFeatureSplit splits[COTERIE_N_SPLITS],
                              gsize n_features,
                              guint *side_px)
{
  *side_px = (guint) lrint (sqrt ((double) n_features));
  return *side_px >= LEAST_SIDE_PX && *side_px <= COTERIE_DATASET_MAX_SIDE_PX &&
         (gsize) *side_px * *side_px == n_features &&
         (are_bytes (splits) || are_fractions (splits));
}

typedef struct {
  double least;
  double greatest;
} Range;

static void
extend (Range *range, double value)
{
  range->least = MIN (range->least, value);
  range->greatest = MAX (range->greatest, value);
}

/* The range of each column of the rows; with one range for all, all columns share it. */
static Range *
find_ranges (const CoterieFeatureSplit *split, gsize n_features, gboolean one_for_all)
{
  Range *ranges = g_new (Range, n_features);
  gsize n_rows = count_rows (split, n_features);

  for (gsize f = 0; f < n_features; f++)
    ranges[f] = (Range){INFINITY, -INFINITY};
  for (gsize s = 0; s < n_rows; s++) {
    gsize first = get_first (split, s, n_features);

    for (gsize f = 0; f < n_features; f++)
      extend (&ranges[one_for_all ? 0 : f], get_value (split->table, first + f));
  }
  for (gsize f = 1; one_for_all && f < n_features; f++)
    ranges[f] = ranges[0];
  return ranges;
}

/* A column that never changes says nothing, and becomes 0. */
static float
scale_value (double value, const Range *range)
{
  double span = range->greatest - range->least;

  return span > 0.0 ? (float) CLAMP ((value - range->least) / span, 0.0, 1.0) : 0.0f;
}

static GBytes *
make_values (const CoterieFeatureSplit *split, gsize n_features, const Range *ranges)
{
  gsize n_rows = count_rows (split, n_features);
  float *values = g_new (float, MAX (n_rows * n_features, 1));

  for (gsize s = 0; s < n_rows; s++) {
    gsize first = get_first (split, s, n_features);
    float *row = values + s * n_features;

    for (gsize f = 0; f < n_features; f++) {
      float value = get_value (split->table, first + f);

      row[f] = ranges != NULL ? scale_value (value, &ranges[f]) : value;
    }
  }
  return g_bytes_new_take (values, n_rows * n_features * sizeof *values);
}

static GBytes *
make_pixels (const CoterieFeatureSplit *split, gsize n_features, double brightest)
{
  gsize n_rows = count_rows (split, n_features);
  guint8 *pixels = g_new (guint8, MAX (n_rows * n_features, 1));

  for (gsize s = 0; s < n_rows; s++) {
    gsize first = get_first (split, s, n_features);
    guint8 *row = pixels + s * n_features;

    for (gsize f = 0; f < n_features; f++)
      row[f] = (guint8) lrint (
          MIN (get_value (split->table, first + f) * MAX_BYTE / brightest, MAX_BYTE));
  }
  return g_bytes_new_take (pixels, n_rows * n_features);
}

static double
find_brightest (const CoterieFeatureSplit *split, gsize n_features)
{
  g_autofree Range *ranges = find_ranges (split, n_features, TRUE);

  if (ranges[0].greatest > FEW_LEVELS)
    return MAX_BYTE;
  return MAX (ranges[0].greatest, 1.0);
}

/**
 * coterie_features_scale:
 * @splits: where the samples are, at least one for training
 * @n_features: numbers in a row, at least 1; the tables have whole rows
 * @is_image: whether a row is an image
 * @samples: (out): gets the number of samples of each split, and either pixels or values, in the
 *   order of @splits; labels are left as they are
 *
 * Turns numbers into features from 0 to 1; how, the beginning of this file says. Cost: two passes
 * over the numbers.
 */
void
coterie_features_scale (const CoterieFeatureSplit splits[COTERIE_N_SPLITS],
                        gsize n_features,
                        gboolean is_image,
                        CoterieSamples samples[COTERIE_N_SPLITS])
{
  const CoterieFeatureSplit *training = &splits[COTERIE_SPLIT_TRAINING];
  gboolean as_pixels = is_image && are_bytes (splits);
  double brightest = as_pixels ? find_brightest (training, n_features) : MAX_BYTE;
  g_autofree Range *ranges = NULL;

  if (!as_pixels && !are_fractions (splits))
    ranges = find_ranges (training, n_features, is_image);
  for (guint i = 0; i < COTERIE_N_SPLITS; i++) {
    samples[i].n_samples = count_rows (&splits[i], n_features);
    if (as_pixels)
      samples[i].pixels = make_pixels (&splits[i], n_features, brightest);
    else
      samples[i].values = make_values (&splits[i], n_features, ranges);
  }
}
