/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps a fraction of the samples of each class for testing, where a data set does not say which.
 * Both splits are put into a random order, because data sets often come sorted by class, and then
 * the first so many samples would all be of the same. */

#include "core/dataset/stratified-split.h"

#include <math.h>

#include "core/base/rng.h"

/* Streams of the seed: the classes have those from 0 on. */
#define TRAINING_ORDER_STREAM G_MAXUINT64
#define TEST_ORDER_STREAM (G_MAXUINT64 - 1)

static void
shuffle (CoterieSampleOrder *order, guint64 seed, guint64 stream)
{
  CoterieRng rng;

  coterie_rng_init (&rng, seed, stream);
  coterie_rng_shuffle (&rng, order->samples, order->n_samples);
}

/* Rounded, but a class of two or more is both trained and tested. */
static gsize
count_test_samples (gsize n_samples, double test_frac)
{
  gsize n_test = (gsize) lrint (test_frac * (double) n_samples);

  if (n_samples < 2)
    return 0;
  return CLAMP (n_test, 1, n_samples - 1);
}

static gsize
take_class (const guint16 *labels, gsize n_samples, guint class, guint32 *members)
{
  gsize n_members = 0;

  for (gsize s = 0; s < n_samples; s++)
    if (labels[s] == class)
      members[n_members++] = (guint32) s;
  return n_members;
}

static void
append (CoterieSampleOrder *order, const guint32 *samples, gsize n_samples)
{
  if (n_samples == 0)
    return;
  memcpy (order->samples + order->n_samples, samples, n_samples * sizeof *samples);
  order->n_samples += n_samples;
}

/**
 * coterie_sample_order_clear:
 * @order: the order
 *
 * Frees what @order owns.
 */
void
coterie_sample_order_clear (CoterieSampleOrder *order)
{
  g_clear_pointer (&order->samples, g_free);
}

/**
 * coterie_stratified_split:
 * @labels: (array length=n_samples): the class of each sample, less than @n_classes
 * @n_samples: how many, less than 2^32
 * @n_classes: how many classes
 * @options: the test fraction and the seed
 * @orders: (out): the samples of each split; clear them
 *
 * Of each class, the test fraction rounded to whole samples is drawn for testing, at least one and
 * never all; the only sample of a class is for training. Depends on the labels and the options only.
 * Cost: one pass over the labels for each class.
 */
void
coterie_stratified_split (const guint16 *labels,
                          gsize n_samples,
                          guint n_classes,
                          const CoterieDatasetOptions *options,
                          CoterieSampleOrder orders[COTERIE_N_SPLITS])
{
  CoterieSampleOrder *training = &orders[COTERIE_SPLIT_TRAINING];
  CoterieSampleOrder *test = &orders[COTERIE_SPLIT_TEST];
  g_autofree guint32 *members = g_new (guint32, MAX (n_samples, 1));

  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    orders[i] = (CoterieSampleOrder){g_new (guint32, MAX (n_samples, 1)), 0};

  for (guint c = 0; c < n_classes; c++) {
    CoterieSampleOrder class = {members, take_class (labels, n_samples, c, members)};
    gsize n_test = count_test_samples (class.n_samples, options->test_frac);

    shuffle (&class, options->split_seed, c);
    append (test, members, n_test);
    append (training, members + n_test, class.n_samples - n_test);
  }
  shuffle (training, options->split_seed, TRAINING_ORDER_STREAM);
  shuffle (test, options->split_seed, TEST_ORDER_STREAM);
}

/**
 * coterie_stratified_split_check:
 * @orders: what coterie_stratified_split() has found
 * @source: what was split, as the user knows it
 * @help: what the user can do about it, to go on with after a semicolon
 * @error: return location for a #GError
 *
 * Nothing can be tested if no class has two samples.
 *
 * Returns: %FALSE with %COTERIE_DATASET_ERROR_EMPTY_CLASS if that is so
 */
gboolean
coterie_stratified_split_check (const CoterieSampleOrder orders[COTERIE_N_SPLITS],
                                const char *source,
                                const char *help,
                                GError **error)
{
  if (orders[COTERIE_SPLIT_TEST].n_samples > 0)
    return TRUE;
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_EMPTY_CLASS,
               "%s: has only one sample of each class, but a class takes one for training and one "
               "for testing; %s",
               source, help);
  return FALSE;
}

/**
 * coterie_sample_order_shuffled:
 * @n_samples: how many, less than 2^32
 * @seed: of the order
 * @order: (out): the samples from 0 to @n_samples - 1; clear it
 *
 * Puts all samples into a random order.
 */
void
coterie_sample_order_shuffled (gsize n_samples, guint64 seed, CoterieSampleOrder *order)
{
  *order = (CoterieSampleOrder){g_new (guint32, MAX (n_samples, 1)), n_samples};
  for (gsize s = 0; s < n_samples; s++)
    order->samples[s] = (guint32) s;
  shuffle (order, seed, TRAINING_ORDER_STREAM);
}
