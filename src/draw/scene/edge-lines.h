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
 * @minor_at_0: the other coordinate where the walked one is 0, fixed-point
 * @slope: how much the other coordinate grows from pixel to pixel, fixed-point, from -1 to 1
 * @major_start: where the walk begins, pixels
 * @major_end: where it ends, greater than @major_start
 * @minor_start: the other coordinate at the begin
 * @minor_end: and at the end
 * @cosine: of the angle between the line and the walk
 * @edge_coverage: half of the width and half a pixel
 * @reach: how far from its middle the line covers pixels, along the other coordinate
 * @steep: whether the walk goes down, not to the right
 *
 * A straight piece of an edge in pixels, whole numbers being the pixels' centres, walked along its
 * longer direction: minor = minor_at_0 + major · slope, exactly, wherever the walk begins.
 */
typedef struct {
  CoterieEdgeSum color;
  gint64 minor_at_0;
  gint64 slope;
  float major_start;
  float major_end;
  float minor_start;
  float minor_end;
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
const guint32 *
coterie_edge_lines_get_band (const CoterieEdgeLines *lines, guint band, guint *n_lines);
const CoterieEdgeLine *coterie_edge_lines_get (const CoterieEdgeLines *lines, guint32 line);

G_END_DECLS
