/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset.h"

G_BEGIN_DECLS

CoterieDataset *
coterie_dataset_with_label_noise (CoterieDataset *dataset, double noise, guint64 seed);

G_END_DECLS
