/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/palette.h"
#include "draw/scene/camera.h"

G_BEGIN_DECLS

/**
 * CoterieDrawingNode:
 * @x: layout units
 * @y: layout units, upwards
 * @radius_px: before the drawing's node scale, see coterie_drawing_measure()
 * @ring: how visible the ring around it is, a fraction from 0 to 1
 * @color: its fill; alpha fades rim and ring too
 */
typedef struct {
  float x;
  float y;
  float radius_px;
  float ring;
  CoterieColor color;
} CoterieDrawingNode;

/**
 * CoterieDrawingEdge:
 * @x0: one end, layout units
 * @y0: upwards
 * @x1: the other end
 * @y1: upwards
 * @color: alpha is what a pixel wholly covered gets added to its density
 */
typedef struct {
  float x0;
  float y0;
  float x1;
  float y1;
  CoterieColor color;
} CoterieDrawingEdge;

/**
 * CoterieDrawing:
 * @n_nodes: number of nodes
 * @nodes: in drawing order: later ones lie above
 * @n_edges: number of edges
 * @edges: in no order that matters: the density of a pixel is a sum over them
 * @spread: root mean square distance of the nodes from their middle, layout units
 * @canvas: the background
 * @rim: the thin line that keeps overlapping nodes apart
 * @ring: the ring around a marked node
 *
 * All that a renderer needs, as values: immutable and reference-counted, so that a thread may draw
 * from it while the scene goes on.
 */
typedef struct {
  guint n_nodes;
  const CoterieDrawingNode *nodes;
  guint n_edges;
  const CoterieDrawingEdge *edges;
  double spread;
  CoterieColor canvas;
  CoterieColor rim;
  CoterieColor ring;
} CoterieDrawing;

/**
 * CoterieDrawingView:
 * @camera: where one looks; its scale in logical pixels
 * @width_px: device pixels
 * @height_px: device pixels
 * @scale: device pixels a logical pixel, greater than 0
 */
typedef struct {
  CoterieCamera camera;
  int width_px;
  int height_px;
  double scale;
} CoterieDrawingView;

/**
 * CoterieDrawingMetrics:
 * @scale_px: device pixels a layout unit
 * @offset_x_px: a point's device x is x * scale_px + offset_x_px
 * @offset_y_px: a point's device y, downwards, is offset_y_px - y * scale_px
 * @node_scale: device pixels a pixel of a node's radius
 * @rim_px: width of the rim outside of the fill
 * @ring_gap_px: free space between rim and ring
 * @ring_px: width of the ring
 * @edge_width_px: width of an edge, 1 or more
 * @edge_gain: factor of the edges' alpha
 *
 * Sizes in device pixels that every renderer shares.
 */
typedef struct {
  double scale_px;
  double offset_x_px;
  double offset_y_px;
  double node_scale;
  double rim_px;
  double ring_gap_px;
  double ring_px;
  double edge_width_px;
  double edge_gain;
} CoterieDrawingMetrics;

CoterieDrawing *coterie_drawing_new (const CoterieDrawing *fields);
CoterieDrawing *coterie_drawing_ref (CoterieDrawing *drawing);
void coterie_drawing_unref (CoterieDrawing *drawing);
double coterie_drawing_node_scale (double spread, double scale_px);
CoterieDrawingMetrics coterie_drawing_measure (const CoterieDrawing *drawing,
                                               const CoterieDrawingView *view);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieDrawing, coterie_drawing_unref)

G_END_DECLS
