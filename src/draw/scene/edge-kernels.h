/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/edge-lines.h"

G_BEGIN_DECLS

/**
 * COTERIE_EDGE_STEPS_AT_ONCE:
 *
 * Lines are walked by so many columns or rows at once, and may so leave a tile at its end.
 */
#define COTERIE_EDGE_STEPS_AT_ONCE 4

/**
 * CoterieEdgeTile:
 * @sums: of the lines that are walked to the right, one column of pixels after the other; and of those
 *   that are walked down, one row after the other
 * @stride: elements from column to column, or from row to row
 * @first: column and row of the picture that are the tile's first
 *
 * Where a tile's sums are: the pointers are to the elements of its first pixel. Pixels next to each other
 * across a line lie next to each other in memory, and so do those that lines reach beyond the tile.
 */
typedef struct {
  CoterieEdgeSum *sums[2];
  gsize stride;
  int first[2];
} CoterieEdgeTile;

/**
 * CoterieEdgeKernels:
 * @name: of the instruction set
 * @add_spans: adds spans of lines to the sums of a tile
 * @resolve: draws what the sums of a tile show over @size columns and rows of pixels, of which @pixels
 *   is the first, and clears them
 *
 * What is compiled for each instruction set; all give the same bytes.
 */
typedef struct {
  const char *name;
  void (*add_spans) (const CoterieEdgeTile *tile,
                     const CoterieEdgeLine *lines,
                     const CoterieEdgeSpan *spans,
                     guint n_spans);
  void (*resolve) (const CoterieEdgeTile *tile, const int size[2], guint8 *pixels, gsize stride);
} CoterieEdgeKernels;

extern const CoterieEdgeKernels coterie_edge_kernels_baseline;
extern const CoterieEdgeKernels coterie_edge_kernels_avx2;
extern const CoterieEdgeKernels coterie_edge_kernels_avx512;

G_END_DECLS
