/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/npy.h"

G_BEGIN_DECLS

gsize coterie_npy_count_labels (const CoterieNpy *npy);
guint16 *coterie_npy_dup_labels (const CoterieNpy *npy, GError **error);

G_END_DECLS
