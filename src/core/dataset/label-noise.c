/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Random labels, the paper's "mixed" data sets (noise 1) and everything between them and the true
 * ones. Training and test samples are treated alike. */

#include "core/dataset/label-noise.h"

#include "core/base/rng.h"

/* Streams of the seed: one for each split, apart from those of other purposes. */
#define FIRST_STREAM 0x6c6162656c00u

static GBytes *
draw_labels (CoterieDataset *dataset, CoterieSplit split, double noise, guint64 seed)
{
  const guint16 *labels = coterie_dataset_get_labels (dataset, split);
  gsize n_samples = coterie_dataset_get_n_samples (dataset, split);
  gsize n_redrawn = (gsize) (noise * (double) n_samples + 0.5);
  guint n_classes = coterie_dataset_get_info (dataset)->n_classes;
  guint16 *noisy = g_memdup2 (labels, n_samples * sizeof *labels);
  g_autofree guint32 *order = g_new (guint32, n_samples);
  CoterieRng rng;

  for (gsize s = 0; s < n_samples; s++)
    order[s] = (guint32) s;
  coterie_rng_init (&rng, seed, FIRST_STREAM + split);
  coterie_rng_shuffle (&rng, order, n_samples);
  for (gsize i = 0; i < n_redrawn; i++)
    noisy[order[i]] = (guint16) coterie_rng_below (&rng, n_classes);
  return g_bytes_new_take (noisy, n_samples * sizeof *noisy);
}

/**
 * coterie_dataset_with_label_noise:
 * @dataset: the data set
 * @noise: fraction of the samples that get a random label, 0 … 1
 * @seed: decides which samples, and which labels they get
 *
 * Draws the label of round (@noise × samples) samples of each split anew, uniformly over all
 * classes, so that by chance some of them get the one they had. With the same seed the samples
 * redrawn at a lower noise are among those redrawn at a higher one, and get the same labels. In a
 * very small data set a class may be left without training samples. Cost: a shuffle of the samples.
 *
 * Source: "mixed" data sets, section 6 of arXiv 2106.04693, at @noise 1.
 *
 * Returns: (transfer full): the data set with these labels; @dataset itself at @noise 0
 */
CoterieDataset *
coterie_dataset_with_label_noise (CoterieDataset *dataset, double noise, guint64 seed)
{
  g_autoptr (GBytes) training = NULL;
  g_autoptr (GBytes) test = NULL;

  g_assert (noise >= 0.0 && noise <= 1.0);

  if (noise <= 0.0)
    return coterie_dataset_ref (dataset);

  training = draw_labels (dataset, COTERIE_SPLIT_TRAINING, noise, seed);
  test = draw_labels (dataset, COTERIE_SPLIT_TEST, noise, seed);
  return coterie_dataset_with_labels (dataset, training, test);
}
