/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define COTERIE_N_COLOR_PLANES 3

void coterie_color_store (guint8 *sample,
                          gsize n_pixels,
                          gboolean keep_color,
                          const guint8 *const planes[COTERIE_N_COLOR_PLANES],
                          gsize stride);

G_END_DECLS
