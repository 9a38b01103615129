/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/packed-row.h"
#include "core/base/parallel.h"

G_BEGIN_DECLS

/**
 * CoterieSignPatterns:
 *
 * Which neurons of each layer are active for a sample, as one number of 128 bits a layer.
 */
typedef struct _CoterieSignPatterns CoterieSignPatterns;

CoterieSignPatterns *coterie_sign_patterns_new (const guint *widths,
                                                guint n_layers,
                                                gsize n_samples,
                                                const CoterieRowKernels *kernels);
void coterie_sign_patterns_free (CoterieSignPatterns *patterns);
guint64 coterie_sign_patterns_count_bytes (const guint *widths, guint n_layers, guint64 n_samples);
void coterie_sign_patterns_add (CoterieSignPatterns *patterns,
                                guint layer,
                                gsize first_sample,
                                guint n_samples,
                                const float *activations,
                                gsize lanes);
void coterie_sign_patterns_count (CoterieSignPatterns *patterns,
                                  CoteriePool *pool,
                                  guint64 *n_patterns,
                                  guint64 *n_regions);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieSignPatterns, coterie_sign_patterns_free)

G_END_DECLS
