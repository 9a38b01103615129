/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CoterieCamera:
 * @center_x: what stands in the middle of the viewport, layout units
 * @center_y: the same, upwards
 * @scale: pixels a layout unit, greater than 0
 *
 * Where one looks and how near. The layout's y grows upwards, the screen's downwards.
 */
typedef struct {
  double center_x;
  double center_y;
  double scale;
} CoterieCamera;

/**
 * CoterieBounds:
 * @min_x: left, layout units
 * @min_y: bottom
 * @max_x: right, at least @min_x
 * @max_y: top, at least @min_y
 */
typedef struct {
  double min_x;
  double min_y;
  double max_x;
  double max_y;
} CoterieBounds;

/**
 * CoterieInsets:
 * @left_px: how much of the viewport overlays cover at that side, pixels, 0 or more
 * @top_px: the same at the top
 * @right_px: the same at the right
 * @bottom_px: the same at the bottom
 */
typedef struct {
  double left_px;
  double top_px;
  double right_px;
  double bottom_px;
} CoterieInsets;

/**
 * CoterieViewport:
 * @width_px: greater than 0
 * @height_px: greater than 0
 * @margin_px: kept free around the fitted bounds, inside of the insets
 * @insets: what overlays cover
 */
typedef struct {
  double width_px;
  double height_px;
  double margin_px;
  CoterieInsets insets;
} CoterieViewport;

gboolean coterie_camera_equal (const CoterieCamera *a, const CoterieCamera *b);
gboolean coterie_camera_has_room (const CoterieViewport *viewport);
CoterieCamera coterie_camera_fit (CoterieBounds bounds, const CoterieViewport *viewport);
CoterieCamera
coterie_camera_limit (CoterieCamera camera, CoterieBounds bounds, const CoterieViewport *viewport);
CoterieCamera coterie_camera_zoom_at (
    CoterieCamera camera, const CoterieViewport *viewport, double x_px, double y_px, double factor);
CoterieCamera coterie_camera_pan (CoterieCamera camera, double dx_px, double dy_px);
CoterieCamera coterie_camera_pinch (CoterieCamera camera,
                                    const CoterieViewport *viewport,
                                    double from_x_px,
                                    double from_y_px,
                                    double to_x_px,
                                    double to_y_px,
                                    double factor);
CoterieCamera coterie_camera_mix (CoterieCamera from, CoterieCamera to, double t_frac);
void coterie_camera_to_screen (CoterieCamera camera,
                               const CoterieViewport *viewport,
                               double x,
                               double y,
                               double *x_px,
                               double *y_px);
void coterie_camera_to_layout (CoterieCamera camera,
                               const CoterieViewport *viewport,
                               double x_px,
                               double y_px,
                               double *x,
                               double *y);
void coterie_camera_place_picture (CoterieCamera painted,
                                   CoterieCamera camera,
                                   const CoterieViewport *viewport,
                                   double width_px,
                                   double height_px,
                                   double frame[4]);
CoterieBounds coterie_bounds_mix (CoterieBounds from, CoterieBounds to, double t_frac);

G_END_DECLS
