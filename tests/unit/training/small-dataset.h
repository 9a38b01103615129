/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset.h"

CoterieDataset *small_dataset_new (guint n_samples, guint n_features, guint n_classes);
