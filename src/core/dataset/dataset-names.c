/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What data sets that are known by their labels are called, whatever file they come in. */

#include "core/dataset/dataset-names.h"

/* SHA-256 of the 60,000 training labels, one byte each, as the authors published them. */
#define MNIST_LABELS_HASH "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13"
#define FASHION_LABELS_HASH "657fbd221bfc9f4198cc14b5619cc33ec57c58dd0e47af4d99d6650759e869a7"

static const char *const fashion_class_names[] = {
    "T-shirt/top", "Trouser", "Pullover", "Dress",      "Coat", "Sandal",
    "Shirt",       "Sneaker", "Bag",      "Ankle boot", NULL,
};

static guint
find_n_classes (const CoterieSamples *training)
{
  const guint16 *labels = g_bytes_get_data (training->labels, NULL);
  guint n_classes = 0;

  for (gsize s = 0; s < training->n_samples; s++)
    n_classes = MAX (n_classes, labels[s] + 1u);
  return n_classes;
}

static char *
hash_labels (const CoterieSamples *samples)
{
  g_autofree guint8 *narrow = g_new (guint8, samples->n_samples);
  const guint16 *labels = g_bytes_get_data (samples->labels, NULL);

  for (gsize s = 0; s < samples->n_samples; s++)
    narrow[s] = (guint8) labels[s];
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, narrow, samples->n_samples);
}

static char **
number_classes (guint n_classes)
{
  char **names = g_new0 (char *, (gsize) n_classes + 1);

  for (guint c = 0; c < n_classes; c++)
    names[c] = g_strdup_printf ("%u", c);
  return names;
}

/**
 * coterie_dataset_names_find:
 * @file_name: what the file or folder is called, without ending
 * @training: the training samples
 * @name: (out) (transfer full): what to call the data set
 * @class_names: (out) (transfer full): as many names as the greatest label says, %NULL-terminated
 *
 * Recognises MNIST and Fashion-MNIST by the SHA-256 of their training labels, and Fashion-MNIST by
 * the file name as well, for those who have shortened it. Everything else is called as the file is,
 * and its classes are numbers. Cost: one pass over the labels.
 */
void
coterie_dataset_names_find (const char *file_name,
                            const CoterieSamples *training,
                            char **name,
                            char ***class_names)
{
  g_autofree char *lower_name = g_utf8_strdown (file_name, -1);
  g_autofree char *hash = hash_labels (training);
  guint n_classes = find_n_classes (training);
  gboolean is_mnist = g_str_equal (hash, MNIST_LABELS_HASH);
  gboolean is_fashion = g_str_equal (hash, FASHION_LABELS_HASH);

  if (!is_mnist && n_classes == G_N_ELEMENTS (fashion_class_names) - 1)
    is_fashion = is_fashion || strstr (lower_name, "fashion") != NULL;

  if (is_fashion)
    *name = g_strdup ("Fashion-MNIST");
  else
    *name = g_strdup (is_mnist ? "MNIST" : file_name);
  *class_names =
      is_fashion ? g_strdupv ((char **) fashion_class_names) : number_classes (n_classes);
}
