/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "draw/scene/insets.h"

G_BEGIN_DECLS

/**
 * CoterieCameraMover:
 *
 * The camera of a widget that shows a graph, and all the ways in which it moves.
 */
typedef struct _CoterieCameraMover CoterieCameraMover;

/**
 * CoterieCameraMoverFunc:
 * @data: what was given to coterie_camera_mover_new()
 *
 * Called whenever the camera has moved.
 */
typedef void (*CoterieCameraMoverFunc) (gpointer data);

CoterieCameraMover *
coterie_camera_mover_new (GtkWidget *widget, CoterieCameraMoverFunc moved, gpointer data);
void coterie_camera_mover_free (CoterieCameraMover *mover);

CoterieCamera coterie_camera_mover_get_camera (CoterieCameraMover *mover);
CoterieViewport coterie_camera_mover_get_viewport (CoterieCameraMover *mover);
void coterie_camera_mover_set_insets (CoterieCameraMover *mover, CoterieInsets insets);
void coterie_camera_mover_set_bounds (CoterieCameraMover *mover,
                                      const CoterieBounds *bounds,
                                      const CoterieBounds *fitted);

gboolean coterie_camera_mover_get_following (CoterieCameraMover *mover);
CoterieCamera coterie_camera_mover_get_target (CoterieCameraMover *mover);
void coterie_camera_mover_follow (CoterieCameraMover *mover);
void coterie_camera_mover_hold (CoterieCameraMover *mover);
void coterie_camera_mover_stop (CoterieCameraMover *mover);
void coterie_camera_mover_update (CoterieCameraMover *mover);
void coterie_camera_mover_fit (CoterieCameraMover *mover);
void coterie_camera_mover_refit (CoterieCameraMover *mover);
void coterie_camera_mover_fit_part (CoterieCameraMover *mover, CoterieBounds bounds);
void coterie_camera_mover_reveal (CoterieCameraMover *mover,
                                  double x,
                                  double y,
                                  const CoterieOverlay *overlays,
                                  guint n_overlays);
void coterie_camera_mover_shift (CoterieCameraMover *mover, double dx_px, double dy_px);
void coterie_camera_mover_look_at (CoterieCameraMover *mover, double x, double y);
void coterie_camera_mover_step (CoterieCameraMover *mover, gboolean nearer);
void coterie_camera_mover_turn_wheel (
    CoterieCameraMover *mover, double x_px, double y_px, double clicks, gboolean smooth);
void coterie_camera_mover_begin_gesture (CoterieCameraMover *mover);
void coterie_camera_mover_pan (CoterieCameraMover *mover, double dx_px, double dy_px);
void coterie_camera_mover_fling (CoterieCameraMover *mover, double vx_px_s, double vy_px_s);
void coterie_camera_mover_begin_pinch (CoterieCameraMover *mover, double x_px, double y_px);
void
coterie_camera_mover_pinch (CoterieCameraMover *mover, double x_px, double y_px, double factor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieCameraMover, coterie_camera_mover_free)

G_END_DECLS
