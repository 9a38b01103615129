/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset-request.h"
#include "core/dataset/dataset.h"

G_BEGIN_DECLS

gboolean coterie_image_folder_is_flat (const char *folder);

CoterieDataset *coterie_image_folder_open (const CoterieDatasetRequest *request,
                                           const char *folder,
                                           GError **error);

G_END_DECLS
