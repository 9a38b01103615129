/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset.h"

G_BEGIN_DECLS

#define COTERIE_DIGITS_SOURCE "digits"
#define COTERIE_DIGITS_SIZE_PX 28

CoterieDataset *coterie_digits_new (GCancellable *cancellable, GError **error);

G_END_DECLS
