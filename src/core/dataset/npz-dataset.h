/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset-request.h"
#include "core/dataset/dataset.h"

G_BEGIN_DECLS

CoterieDataset *
coterie_npz_dataset_open (const CoterieDatasetRequest *request, const char *path, GError **error);
char *coterie_npz_dataset_digest_labels (const char *path, CoterieSplit split);

G_END_DECLS
