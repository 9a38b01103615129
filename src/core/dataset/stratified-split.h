/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset-options.h"
#include "core/dataset/dataset.h"

G_BEGIN_DECLS

/**
 * CoterieSampleOrder:
 * @samples: (array length=n_samples): which samples of the data, in their new order
 * @n_samples: how many
 *
 * One split, as numbers of samples.
 */
typedef struct {
  guint32 *samples;
  gsize n_samples;
} CoterieSampleOrder;

void coterie_sample_order_clear (CoterieSampleOrder *order);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CoterieSampleOrder, coterie_sample_order_clear)

void coterie_stratified_split (const guint16 *labels,
                               gsize n_samples,
                               guint n_classes,
                               const CoterieDatasetOptions *options,
                               CoterieSampleOrder orders[COTERIE_N_SPLITS]);
gboolean coterie_stratified_split_check (const CoterieSampleOrder orders[COTERIE_N_SPLITS],
                                         const char *source,
                                         const char *help,
                                         GError **error);
void coterie_sample_order_shuffled (gsize n_samples, guint64 seed, CoterieSampleOrder *order);

G_END_DECLS
