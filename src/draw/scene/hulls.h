/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Points of a hull, at either end of a blend. */
#define COTERIE_HULL_N_POINTS 32

gboolean coterie_hull_compute (const float *positions,
                               const guint32 *members,
                               guint n_members,
                               float points[static 2 * COTERIE_HULL_N_POINTS]);

G_END_DECLS
