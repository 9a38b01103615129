/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/insets.h"

G_BEGIN_DECLS

CoterieOverlay coterie_free_place_find (const CoterieViewport *viewport,
                                        double width_px,
                                        double height_px,
                                        const CoterieOverlay *overlays,
                                        guint n_overlays);
void coterie_free_place_find_point (const CoterieViewport *viewport,
                                    const CoterieOverlay *overlays,
                                    guint n_overlays,
                                    double *x_px,
                                    double *y_px);
gboolean coterie_free_place_covers (const CoterieViewport *viewport,
                                    const CoterieOverlay *overlays,
                                    guint n_overlays,
                                    const double *points,
                                    guint n_points);
void coterie_free_place_find_shift (const CoterieViewport *viewport,
                                    const CoterieOverlay *overlays,
                                    guint n_overlays,
                                    const double *points,
                                    guint n_points,
                                    double *dx_px,
                                    double *dy_px);

G_END_DECLS
