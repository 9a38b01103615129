/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset-options.h"

G_BEGIN_DECLS

gboolean coterie_image_decode (const char *path,
                               const CoterieDatasetOptions *options,
                               guint8 *sample,
                               GCancellable *cancellable,
                               GError **error);
gboolean coterie_image_decoder_knows (const char *name);

G_END_DECLS
