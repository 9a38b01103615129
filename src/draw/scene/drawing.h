/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/palette.h"
#include "draw/scene/edge-hues.h"
#include "draw/scene/insets.h"
#include "draw/scene/shape.h"

G_BEGIN_DECLS

/**
 * COTERIE_DRAWING_MAX_SEGMENTS:
 *
 * Straight pieces into which a renderer cuts a curved edge, at most: enough for curves whose middle is
 * some thousand pixels off the straight line, which are seen from very near only.
 */
#define COTERIE_DRAWING_MAX_SEGMENTS 128

/**
 * COTERIE_DRAWING_USUAL_SEGMENTS:
 *
 * Straight pieces of a curved edge that is seen as a whole, at most. Where one goes so near that there
 * are more, the pieces are large enough for their corners to be seen, and are cut finer.
 */
#define COTERIE_DRAWING_USUAL_SEGMENTS 8

/**
 * CoterieDrawingNodeEnd:
 * @x: layout units
 * @y: layout units, upwards
 * @radius_px: before the drawing's node scale, see coterie_drawing_measure(); 0 draws nothing. A shape
 *   that is not a disc has the area of the disc with this radius
 * @ring: how visible the ring around it is, a fraction from 0 to 1
 * @color: its fill; alpha fades rim and mark too
 *
 * A node at one end of the blend.
 */
typedef struct {
  float x;
  float y;
  float radius_px;
  float ring;
  CoterieColor color;
} CoterieDrawingNodeEnd;

/**
 * CoterieDrawingNode:
 * @ends: the node at blend 0 and at blend 1
 * @ring_color: of the ring; its alpha is not used
 * @shape: the outline, at both ends
 * @mark: how visible a small dot in the middle is, a fraction from 0 to 1
 */
typedef struct {
  CoterieDrawingNodeEnd ends[2];
  CoterieColor ring_color;
  CoterieShape shape;
  float mark;
} CoterieDrawingNode;

/**
 * CoterieDrawingEdge:
 * @source: a node of the drawing
 * @target: another
 * @colors: at blend 0 and at blend 1; alpha is what a pixel wholly covered gets added to its density
 * @width: factor of the drawing's edge width, greater than 0
 * @bend: how far the middle of the edge is from the straight line, a fraction of that line's length;
 *   positive to the left when one goes from @source to @target and y is upwards, 0 for a straight edge
 *
 * A line, or a quadratic Bézier curve, from the middle of one node to that of the other.
 */
typedef struct {
  guint32 source;
  guint32 target;
  CoterieColor colors[2];
  float width;
  float bend;
} CoterieDrawingEdge;

/**
 * CoterieDrawingHull:
 * @n_points: points at either end
 * @points: [2][n_points][2]: a convex polygon at blend 0 and at blend 1, layout units; points of one
 *   index move to each other. May be a single point or two
 * @padding_px: how far the polygon is grown, before the drawing's node scale
 * @softness_px: width of the border over which the colour fades, before the node scale
 * @colors: at blend 0 and at blend 1
 *
 * An area behind everything else. What is drawn is the convex hull of the blended points.
 */
typedef struct {
  guint n_points;
  const float *points;
  float padding_px;
  float softness_px;
  CoterieColor colors[2];
} CoterieDrawingHull;

/**
 * CoterieDrawingLabel:
 * @x: of the anchor at blend 0 and at blend 1, layout units: the middle of what it names
 * @y: the same, upwards
 * @left: how far the core of what it names reaches from the anchor to the left, at least 0
 * @right: the same to the right
 * @below: the same downwards
 * @above: the same upwards
 * @clearance_px: radius of the nodes that it names, before the drawing's node scale
 * @text: UTF-8, one line
 * @size_px: of the font, logical pixels
 * @bold: whether the font is bold
 * @color: of the letters
 * @halo_color: of the outline that lifts them off what is below; alpha 0 for none
 * @priority: where two would overlap, the higher one is shown
 * @n_named: nodes that it names: where it would hide many of so many it is not shown; 0 if it may hide
 *   any number
 * @heading: whether it stands on its anchor only, before all others and at the height of other headings
 * @opacities: of the whole at blend 0 and at blend 1, fractions from 0 to 1; 0 takes no room
 *
 * A text beside or on a place, see coterie_label_placement_compute().
 */
typedef struct {
  float x[2];
  float y[2];
  float left[2];
  float right[2];
  float below[2];
  float above[2];
  float clearance_px[2];
  const char *text;
  float size_px;
  gboolean bold;
  CoterieColor color;
  CoterieColor halo_color;
  float priority;
  guint n_named;
  gboolean heading;
  float opacities[2];
} CoterieDrawingLabel;

/**
 * CoterieDrawingPath:
 * @n_points: 2 or more; with fewer nothing is drawn
 * @points: [n_points][2]: layout units
 * @width_px: logical pixels
 * @dot_px: radius of the dots at the points, logical pixels; 0 for none
 * @color: at the last point
 * @fade: alpha at the first point as a fraction of that at the last; between, it grows evenly from
 *   point to point
 *
 * A line through points with a dot on each, above the edges and below the nodes, the same throughout the blend.
 */
typedef struct {
  guint n_points;
  const float *points;
  float width_px;
  float dot_px;
  CoterieColor color;
  float fade;
} CoterieDrawingPath;

/**
 * CoterieDrawingGeometry:
 * @n_nodes: number of nodes
 * @nodes: [n_nodes]: in the order that @edges refer to
 * @order: (nullable): [n_nodes]: the nodes as they are drawn, the topmost last; %NULL draws them in the
 *   order of @nodes
 * @n_edges: number of edges
 * @edges: [n_edges]: in no order that matters: the density of a pixel is a sum over them
 * @n_hulls: number of hulls
 * @hulls: [n_hulls]: the topmost last
 * @n_labels: number of labels
 * @labels: [n_labels]: in no order that matters
 * @node_labels: (nullable): each [n_nodes]: the label that names each node at blend 0 and at blend 1, or
 *   %G_MAXUINT32
 * @numbers: (nullable): [n_nodes]: what is written on each node, or by it, where it is seen from near; see
 *   coterie_node_numbers_find(). %G_MAXUINT32 for nothing
 * @n_paths: number of paths
 * @paths: [n_paths]: the topmost last
 * @spreads: root mean square distance of the nodes from their middle at blend 0 and at blend 1, layout
 *   units
 * @canvas: the background
 * @rim: the thin line that keeps overlapping nodes apart
 * @max_edge_width: greatest width factor of the edges; found by coterie_drawing_new()
 * @max_edge_rise: greatest distance of an edge's middle from its straight line at either end, layout
 *   units; found by coterie_drawing_new()
 * @edge_hues: colours that many edges have; found by coterie_drawing_new()
 *
 * All that a renderer needs, at both ends of a blend. Immutable once it belongs to a drawing.
 */
typedef struct {
  guint n_nodes;
  const CoterieDrawingNode *nodes;
  const guint32 *order;
  guint n_edges;
  const CoterieDrawingEdge *edges;
  guint n_hulls;
  const CoterieDrawingHull *hulls;
  guint n_labels;
  const CoterieDrawingLabel *labels;
  const guint32 *node_labels[2];
  const guint32 *numbers;
  guint n_paths;
  const CoterieDrawingPath *paths;
  double spreads[2];
  CoterieColor canvas;
  CoterieColor rim;
  double max_edge_width;
  double max_edge_rise;
  CoterieEdgeHues edge_hues;
} CoterieDrawingGeometry;

/**
 * CoterieDrawing:
 * @geometry: what is drawn; shared by drawings that differ only in the blend, so that its address says
 *   whether anything has to be sent to the graphics memory again
 * @s_frac: how far from one end to the other, a fraction from 0 to 1, eased already: everything moves
 *   evenly with it
 *
 * Immutable and reference-counted, so that a thread may draw from it while the scene goes on.
 */
typedef struct {
  const CoterieDrawingGeometry *geometry;
  double s_frac;
} CoterieDrawing;

/**
 * CoterieDrawingView:
 * @camera: where one looks; its scale in logical pixels
 * @width_px: device pixels
 * @height_px: device pixels
 * @scale: device pixels a logical pixel, greater than 0
 * @label_scale: the same for labels; 0 for @scale
 * @leaders: whether a label that has no room by what it names may stand elsewhere, joined to it by a
 *   line; for pictures that nobody zooms into. OpenGL draws no lines
 * @edge_share: of how many edges one is drawn, in the place of all of them: a picture of something that
 *   moves, which is there sooner; 0 or 1 draws all. OpenGL always does
 * @n_overlays: number of overlays
 * @overlays: [n_overlays]: what lies on the picture, in logical pixels; labels keep out of there
 */
typedef struct {
  CoterieCamera camera;
  int width_px;
  int height_px;
  double scale;
  double label_scale;
  gboolean leaders;
  guint edge_share;
  guint n_overlays;
  CoterieOverlay overlays[COTERIE_MAX_OVERLAYS];
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
 * @edge_width_px: width of an edge whose width factor is 1; may be less than a pixel
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

CoterieDrawing *coterie_drawing_new (const CoterieDrawingGeometry *fields, double s_frac);
CoterieDrawing *coterie_drawing_with_blend (const CoterieDrawing *drawing, double s_frac);
CoterieDrawing *coterie_drawing_ref (CoterieDrawing *drawing);
void coterie_drawing_unref (CoterieDrawing *drawing);
guint coterie_drawing_get_ordered (const CoterieDrawing *drawing, guint place);
CoterieDrawingNodeEnd coterie_drawing_blend_node (const CoterieDrawing *drawing, guint node);
CoterieColor coterie_drawing_blend_edge (const CoterieDrawing *drawing, guint edge);
void coterie_drawing_get_control (
    CoterieDrawingNodeEnd source, CoterieDrawingNodeEnd target, double bend, double *x, double *y);
guint coterie_drawing_count_segments (double length_px, double bend);
double coterie_drawing_get_spread (const CoterieDrawing *drawing);
double coterie_drawing_view_get_label_scale (const CoterieDrawingView *view);
double coterie_drawing_node_scale (double spread, double scale_px);
CoterieDrawingMetrics coterie_drawing_measure (const CoterieDrawing *drawing,
                                               const CoterieDrawingView *view);
double coterie_drawing_get_path_alpha (const CoterieDrawingPath *path, double place);
double
coterie_drawing_get_edge_width (const CoterieDrawingMetrics *metrics, double width, double *gain);
double coterie_drawing_get_mark_radius (const CoterieDrawingMetrics *metrics, double radius_px);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieDrawing, coterie_drawing_unref)

G_END_DECLS
