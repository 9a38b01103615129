/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/stratified-split.h"

G_BEGIN_DECLS

/**
 * CoterieFeatureTable:
 *
 * Numbers of samples, row after row, as a file has them. Kept as bytes for as long as all of them
 * are whole and from 0 to 255.
 */
typedef struct _CoterieFeatureTable CoterieFeatureTable;

CoterieFeatureTable *coterie_feature_table_new (void);
void coterie_feature_table_free (CoterieFeatureTable *table);
gboolean coterie_feature_table_append (CoterieFeatureTable *table, double value);
gboolean
coterie_feature_table_append_bytes (CoterieFeatureTable *table, const guint8 *bytes, gsize n_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieFeatureTable, coterie_feature_table_free)

/**
 * CoterieFeatureSplit:
 * @table: the numbers; may be the same for both splits
 * @order: (nullable): the rows of @table that are the samples of this split; %NULL takes all
 *
 * Where the samples of one split are.
 */
typedef struct {
  const CoterieFeatureTable *table;
  const CoterieSampleOrder *order;
} CoterieFeatureSplit;

gboolean coterie_features_guess_image (const CoterieFeatureSplit splits[COTERIE_N_SPLITS],
                                       gsize n_features,
                                       guint *side_px);
void coterie_features_scale (const CoterieFeatureSplit splits[COTERIE_N_SPLITS],
                             gsize n_features,
                             gboolean is_image,
                             CoterieSamples samples[COTERIE_N_SPLITS]);

G_END_DECLS
