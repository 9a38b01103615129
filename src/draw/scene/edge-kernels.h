/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/edge-lines.h"

G_BEGIN_DECLS

/**
 * CoterieEdgeBand:
 * @flat: sums of the lines that are walked to the right, one column of pixels after the other
 * @flat_stride: elements from column to column
 * @steep: sums of the lines that are walked down, one row after the other
 * @steep_stride: elements from row to row
 *
 * Where a band's sums are. Both pointers are to the element of the picture's first pixel, wherever the
 * band lies. Pixels next to each other across a line lie next to each other in memory.
 */
typedef struct {
  CoterieEdgeSum *flat;
  gsize flat_stride;
  CoterieEdgeSum *steep;
  gsize steep_stride;
} CoterieEdgeBand;

/**
 * CoterieEdgeKernels:
 * @name: of the instruction set
 * @add_lines: adds lines to the sums of a band
 *
 * What is compiled for each instruction set; all give the same bytes.
 */
typedef struct {
  const char *name;
  void (*add_lines) (const CoterieEdgeBand *band, const CoterieEdgeLine *lines, guint n_lines);
} CoterieEdgeKernels;

extern const CoterieEdgeKernels coterie_edge_kernels_baseline;
extern const CoterieEdgeKernels coterie_edge_kernels_avx2;
extern const CoterieEdgeKernels coterie_edge_kernels_avx512;

G_END_DECLS
