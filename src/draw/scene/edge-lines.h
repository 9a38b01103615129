/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/parallel.h"
#include "draw/scene/drawing.h"

G_BEGIN_DECLS

/* Fixed-point numbers of 64 bits. */
#define COTERIE_LINE_FIXED_BITS 32
#define COTERIE_LINE_FIXED_ONE (G_GINT64_CONSTANT (1) << COTERIE_LINE_FIXED_BITS)

/* Blue, green, red and density of a pixel: the order of its bytes. */
typedef float CoterieEdgeSum __attribute__ ((vector_size (16)));

/**
 * CoterieEdgeLine:
 * @color: blue, green and red times the density, and the density
 * @minor: the coordinate across the walk at its begin, fixed-point
 * @slope: how much it grows from pixel to pixel, fixed-point, from -1 to 1
 * @start: first pixel of the walk
 * @stop: the one after its last
 * @cosine: of the angle between the line and the walk
 * @edge_coverage: half of the width and half a pixel
 * @reach: how far from its middle the line covers pixels, across the walk
 * @steep: whether the walk goes down, not to the right
 *
 * What a band has of a straight piece of an edge, in pixels, whole numbers being the pixels' centres. It
 * is walked along its longer direction. The fixed-point numbers are exact: a pixel is covered in the
 * same way wherever the walk begins.
 */
typedef struct {
  float color[4];
  gint64 minor;
  gint64 slope;
  gint32 start;
  gint32 stop;
  float cosine;
  float edge_coverage;
  float reach;
  gboolean steep;
} CoterieEdgeLine;

/**
 * CoterieEdgeLines:
 *
 * The edges of a drawing as straight lines in pixels, sorted into bands of rows.
 */
typedef struct _CoterieEdgeLines CoterieEdgeLines;

CoterieEdgeLines *coterie_edge_lines_new (const CoterieDrawing *drawing,
                                          const CoterieDrawingView *view,
                                          int first_row,
                                          int n_rows,
                                          int band_rows,
                                          CoteriePool *pool);
void coterie_edge_lines_free (CoterieEdgeLines *lines);
int coterie_edge_lines_get_border (const CoterieDrawing *drawing, const CoterieDrawingView *view);
guint coterie_edge_lines_get_n_lots (const CoterieEdgeLines *lines);
const CoterieEdgeLine *
coterie_edge_lines_get (const CoterieEdgeLines *lines, guint lot, guint band, guint *n_lines);

G_END_DECLS
