/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double coterie_overlap_push_apart (double *positions,
                                   const double *radii,
                                   const guint8 *fixed,
                                   guint n_nodes);

G_END_DECLS
