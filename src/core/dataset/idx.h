/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset.h"

G_BEGIN_DECLS

gboolean coterie_idx_load_split (const char *images_path,
                                 const char *labels_path,
                                 CoterieSamples *samples,
                                 guint *width,
                                 guint *height,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
