/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset-request.h"
#include "core/dataset/dataset.h"

G_BEGIN_DECLS

gboolean coterie_cifar_is_part (const char *path);
gboolean coterie_cifar_find (const char *folder, char **path, GError **error);
CoterieDataset *
coterie_cifar_open (const CoterieDatasetRequest *request, const char *path, GError **error);

G_END_DECLS
