/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/activation-pass-private.h"

#define N_FEATURES 12
#define N_CLASSES 3
#define N_TRAINING 2500
#define N_TEST 130
#define TOP 8
#define MUCH_MEMORY ((guint64) 1 << 30)

/* 12 features, hidden layers of 40 and 23 neurons, 3 classes */
extern const guint pass_fixture_widths[4];

CoterieDataset *pass_fixture_make_dataset (void);
CoterieDataset *pass_fixture_make_shuffled_dataset (guint64 seed);
CoterieNetwork *pass_fixture_make_network (void);
void pass_fixture_compute (CoterieNetworkAnalysis *analysis,
                           const CoterieNetwork *network,
                           CoterieDataset *dataset,
                           guint64 memory_bytes,
                           guint n_threads);
void pass_fixture_assert_same_layer (const CoterieLayerAnalysis *found,
                                     const CoterieLayerAnalysis *expected);
void pass_fixture_assert_same (const CoterieNetworkAnalysis *found,
                               const CoterieNetworkAnalysis *expected);
