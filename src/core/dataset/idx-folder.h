/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset.h"

G_BEGIN_DECLS

gboolean coterie_idx_folder_exists (const char *folder);
CoterieDataset *coterie_idx_folder_open (const char *folder,
                                         gboolean *found,
                                         GCancellable *cancellable,
                                         GError **error);

G_END_DECLS
