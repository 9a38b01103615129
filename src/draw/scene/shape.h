/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * CoterieShape:
 * @COTERIE_SHAPE_DISC: what a node is unless there is a reason
 * @COTERIE_SHAPE_SQUARE: upright
 * @COTERIE_SHAPE_DIAMOND: a square on its corner
 * @COTERIE_SHAPE_TRIANGLE: with a corner at the top
 * @COTERIE_SHAPE_TRIANGLE_DOWN: with a corner at the bottom
 * @COTERIE_SHAPE_HEXAGON: with corners at the left and the right
 * @COTERIE_SHAPE_CROSS: upright
 * @COTERIE_SHAPE_STAR: of five points
 * @COTERIE_N_SHAPES: how many there are
 *
 * Outlines of nodes, told apart where colours no longer are. All of them have the area of the disc, so
 * that size means the same.
 */
typedef enum {
  COTERIE_SHAPE_DISC,
  COTERIE_SHAPE_SQUARE,
  COTERIE_SHAPE_DIAMOND,
  COTERIE_SHAPE_TRIANGLE,
  COTERIE_SHAPE_TRIANGLE_DOWN,
  COTERIE_SHAPE_HEXAGON,
  COTERIE_SHAPE_CROSS,
  COTERIE_SHAPE_STAR,
  COTERIE_N_SHAPES,
} CoterieShape;

float coterie_shape_get_reach (CoterieShape shape, float radius, float grow);
float coterie_shape_get_distance (CoterieShape shape, float radius, float dx, float dy);
void coterie_shape_add_path (
    cairo_t *cr, CoterieShape shape, double x, double y, double radius, double grow);

G_END_DECLS
