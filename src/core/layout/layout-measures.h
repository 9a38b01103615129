/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double coterie_layout_measure_radius (const double *positions, guint n_nodes);
double coterie_layout_measure_separation (const double *positions,
                                          const guint32 *communities,
                                          guint n_nodes);
double coterie_layout_measure_move (const double *old_positions,
                                    const guint32 *old_neurons,
                                    guint n_old_nodes,
                                    const double *positions,
                                    const guint32 *neurons,
                                    guint n_nodes);

G_END_DECLS
