/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The classes of samples as people keep them in arrays: whole numbers, which may be stored as floats; in
 * one dimension or in one column, as Keras has those of CIFAR-10; or one-hot, as networks have them at
 * their outputs, a row for each sample with a 1 in the column of its class. */

#include "core/dataset/npy-labels.h"

#include <math.h>

#include "core/dataset/dataset.h"

#define MAX_LABEL 999

static gboolean
is_one_hot (const CoterieNpy *npy)
{
  return coterie_npy_get_n_dims (npy) == 2 && coterie_npy_get_shape (npy)[1] > 1;
}

static gboolean
check_shape (const CoterieNpy *npy, GError **error)
{
  guint n_dims = coterie_npy_get_n_dims (npy);

  if (n_dims != 1 && n_dims != 2) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
                 "%s: has %u dimensions, but labels must be whole numbers, one for each sample, or "
                 "one-hot rows",
                 coterie_npy_get_display_name (npy), n_dims);
    return FALSE;
  }
  if (is_one_hot (npy) && coterie_npy_get_shape (npy)[1] > MAX_LABEL + 1) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
                 "%s: has %" G_GSIZE_FORMAT " columns, expected one of labels, or 2 to %d of "
                 "one-hot rows",
                 coterie_npy_get_display_name (npy), coterie_npy_get_shape (npy)[1], MAX_LABEL + 1);
    return FALSE;
  }
  return TRUE;
}

static gboolean
take_numbers (const CoterieNpy *npy, guint16 *labels, GError **error)
{
  for (gsize s = 0; s < coterie_npy_get_n_values (npy); s++) {
    double value = coterie_npy_get_value (npy, s);

    if (!(value >= 0.0 && value <= MAX_LABEL && value == floor (value))) {
      g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_LABEL,
                   "%s: the label at index %" G_GSIZE_FORMAT
                   " is %.17g, expected a whole number from 0 to %d",
                   coterie_npy_get_display_name (npy), s, value, MAX_LABEL);
      return FALSE;
    }
    labels[s] = (guint16) value;
  }
  return TRUE;
}

static gboolean
report_row (const CoterieNpy *npy, gsize row, const char *found, GError **error)
{
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_LABEL,
               "%s: the row at index %" G_GSIZE_FORMAT
               " has %s, expected a single 1, in the column of its "
               "class, and zeros",
               coterie_npy_get_display_name (npy), row, found);
  return FALSE;
}

static gboolean
take_row (const CoterieNpy *npy, gsize row, guint16 *label, GError **error)
{
  gsize n_columns = coterie_npy_get_shape (npy)[1];
  g_autofree char *found = NULL;
  guint n_ones = 0;

  for (gsize column = 0; column < n_columns; column++) {
    double value = coterie_npy_get_value (npy, row * n_columns + column);

    if (value == 1.0) {
      *label = (guint16) column;
      n_ones++;
    } else if (value != 0.0) {
      found = g_strdup_printf ("%.17g in the column at index %" G_GSIZE_FORMAT, value, column);
      return report_row (npy, row, found, error);
    }
  }
  if (n_ones == 1)
    return TRUE;
  found = n_ones == 0 ? g_strdup ("no 1") : g_strdup_printf ("%u times 1", n_ones);
  return report_row (npy, row, found, error);
}

static gboolean
take_rows (const CoterieNpy *npy, guint16 *labels, GError **error)
{
  for (gsize s = 0; s < coterie_npy_count_labels (npy); s++)
    if (!take_row (npy, s, &labels[s], error))
      return FALSE;
  return TRUE;
}

/**
 * coterie_npy_count_labels:
 * @npy: an array that may be one of labels
 *
 * Returns: of how many samples; 0 if it has no dimension
 */
gsize
coterie_npy_count_labels (const CoterieNpy *npy)
{
  return coterie_npy_get_n_dims (npy) > 0 ? coterie_npy_get_shape (npy)[0] : 0;
}

/**
 * coterie_npy_dup_labels:
 * @npy: an array of whole numbers in one dimension, or of one column, each 0 … 999; or of up to 1000
 *   columns with a single 1 in each row, and zeros; of any type
 * @error: return location for a #GError
 *
 * Returns: (transfer full): [coterie_npy_count_labels()] the class of each sample, never %NULL without an
 *   error; %NULL with COTERIE_DATASET_ERROR_BAD_SHAPE if there are other dimensions, or with
 *   COTERIE_DATASET_ERROR_BAD_LABEL, which names the first label or row that is none
 */
guint16 *
coterie_npy_dup_labels (const CoterieNpy *npy, GError **error)
{
  g_autofree guint16 *labels = NULL;

  if (!check_shape (npy, error))
    return NULL;
  labels = g_new (guint16, MAX (coterie_npy_count_labels (npy), 1));
  if (is_one_hot (npy) ? !take_rows (npy, labels, error) : !take_numbers (npy, labels, error))
    return NULL;
  return g_steal_pointer (&labels);
}
