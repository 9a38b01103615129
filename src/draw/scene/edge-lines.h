/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/parallel.h"
#include "draw/scene/drawing.h"

G_BEGIN_DECLS

/* Fixed-point numbers of 64 bits. */
#define COTERIE_LINE_FIXED_BITS 32
#define COTERIE_LINE_FIXED_ONE (G_GINT64_CONSTANT (1) << COTERIE_LINE_FIXED_BITS)

/**
 * COTERIE_EDGE_TILE_BITS:
 *
 * The picture is drawn in squares of so many pixels, as a power of two. The sums of one, in both
 * directions, fill a quarter of a second-level cache.
 */
#define COTERIE_EDGE_TILE_BITS 7
#define COTERIE_EDGE_TILE_PX (1 << COTERIE_EDGE_TILE_BITS)

/* Blue, green, red and density of a pixel: the order of its bytes. */
typedef float CoterieEdgeSum __attribute__ ((vector_size (16)));

/**
 * CoterieEdgeLine:
 * @color: blue, green and red times the density, and the density
 * @minor_at_0: the coordinate across the walk where the one along it is 0, fixed-point
 * @slope: how much it grows from pixel to pixel, fixed-point, from -1 to 1
 * @cosine: of the angle between the line and the walk
 * @edge_coverage: half of the width and half a pixel, 1 or more
 * @reach: how far from its middle the line covers pixels, across the walk
 * @steep: whether the walk goes down, not to the right
 *
 * A straight piece of an edge, in pixels, whole numbers being the pixels' centres. It is walked along
 * its longer direction. The fixed-point numbers are exact: a pixel is covered in the same way wherever
 * the walk begins.
 */
typedef struct {
  float color[4];
  gint64 minor_at_0;
  gint64 slope;
  float cosine;
  float edge_coverage;
  float reach;
  gboolean steep;
} CoterieEdgeLine;

/**
 * CoterieEdgeSpan:
 * @line: index among the lines of the lot
 * @start: first pixel of the walk, from the tile's first
 * @stop: the one after its last
 *
 * What a tile has of a line.
 */
typedef struct {
  guint32 line;
  guint16 start;
  guint16 stop;
} CoterieEdgeSpan;

/**
 * CoterieEdgeLines:
 *
 * The edges of a drawing as straight lines in pixels, sorted into the tiles of the picture.
 */
typedef struct _CoterieEdgeLines CoterieEdgeLines;

typedef struct _CoterieEdgeKernels CoterieEdgeKernels;

CoterieEdgeLines *coterie_edge_lines_new (const CoterieDrawing *drawing,
                                          const CoterieDrawingView *view,
                                          int first_row,
                                          int n_rows,
                                          const CoterieEdgeKernels *kernels,
                                          CoteriePool *pool);
void coterie_edge_lines_free (CoterieEdgeLines *lines);
int coterie_edge_lines_get_border (const CoterieDrawing *drawing, const CoterieDrawingView *view);
guint coterie_edge_lines_get_n_tiles (const CoterieEdgeLines *lines, guint axis);
guint coterie_edge_lines_get_n_lots (const CoterieEdgeLines *lines);
const CoterieEdgeLine *coterie_edge_lines_get_lines (const CoterieEdgeLines *lines, guint lot);
const CoterieEdgeSpan *coterie_edge_lines_get_spans (
    const CoterieEdgeLines *lines, guint lot, guint tile, guint hue, guint *n_spans);

G_END_DECLS
