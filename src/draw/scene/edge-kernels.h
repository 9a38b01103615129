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
 * @densities: the same of the lines of one hue, whose densities are all that has to be summed
 * @stride: elements from column to column, or from row to row
 * @first: column and row of the picture that are the tile's first
 *
 * Where a tile's sums are: the pointers are to the elements of its first pixel. Pixels next to each other
 * across a line lie next to each other in memory, and so do those that lines reach beyond the tile.
 */
typedef struct {
  CoterieEdgeSum *sums[2];
  float *densities[2];
  gsize stride;
  int first[2];
} CoterieEdgeTile;

/**
 * COTERIE_EDGE_N_PIECES:
 *
 * Pieces of edges that are measured together, few enough for the first-level cache.
 */
#define COTERIE_EDGE_N_PIECES 256

/**
 * COTERIE_EDGE_ROUNDING_PX:
 *
 * Slack for the rounding of where a line enters a tile.
 */
#define COTERIE_EDGE_ROUNDING_PX 0.01

/**
 * COTERIE_EDGE_ROUND_DOWN:
 *
 * Added to a number above its negative, the integer part is rounded down.
 */
#define COTERIE_EDGE_ROUND_DOWN 65536

/**
 * coterie_edge_round_down:
 * @value: above -65536
 *
 * Returns: the next integer that is not greater
 */
static inline int
coterie_edge_round_down (double value)
{
  return (int) (value + COTERIE_EDGE_ROUND_DOWN) - COTERIE_EDGE_ROUND_DOWN;
}

/**
 * coterie_edge_round_up:
 * @value: below 65536
 *
 * Returns: the next integer that is not less
 */
static inline int
coterie_edge_round_up (double value)
{
  return COTERIE_EDGE_ROUND_DOWN - (int) (COTERIE_EDGE_ROUND_DOWN - value);
}

/**
 * CoterieEdgePieces:
 * @ends: column and row of one end, and of the other, pixels
 * @edge_coverage: as of #CoterieEdgeLine
 * @minor_at_0: as of #CoterieEdgeLine, not yet an integer
 * @strip_minor_at_0: the same in pixels of the strip
 * @slope: as of #CoterieEdgeLine, pixels
 * @cosine: as of #CoterieEdgeLine
 * @reach: as of #CoterieEdgeLine
 * @steep: as of #CoterieEdgeLine
 * @start: first pixel of the walk in the strip
 * @stop: the one after its last, not above @start if there is none
 * @low: first pixel across the walk that the line may touch
 * @high: the last
 *
 * Straight pieces of edges: where they are, and what is measured of them, which is undefined for pieces
 * without a pixel.
 */
typedef struct {
  double ends[4][COTERIE_EDGE_N_PIECES];
  float edge_coverage[COTERIE_EDGE_N_PIECES];

  double minor_at_0[COTERIE_EDGE_N_PIECES];
  double strip_minor_at_0[COTERIE_EDGE_N_PIECES];
  double slope[COTERIE_EDGE_N_PIECES];
  float cosine[COTERIE_EDGE_N_PIECES];
  float reach[COTERIE_EDGE_N_PIECES];
  int steep[COTERIE_EDGE_N_PIECES];
  int start[COTERIE_EDGE_N_PIECES];
  int stop[COTERIE_EDGE_N_PIECES];
  int low[COTERIE_EDGE_N_PIECES];
  int high[COTERIE_EDGE_N_PIECES];
} CoterieEdgePieces;

/**
 * CoterieEdgeKernels:
 * @name: of the instruction set
 * @measure: measures pieces for a strip that begins at column and row @origin and is @size large
 * @add_spans: adds spans of lines to the sums of a tile
 * @add_densities: adds spans of lines that are a pixel wide to the densities of a tile
 * @add_hue: adds the densities of a tile to its sums, in a colour, and clears them
 * @resolve: draws what the sums of a tile show over @size columns and rows of pixels, of which @pixels
 *   is the first, and clears them
 *
 * What is compiled for each instruction set; all give the same bytes.
 */
struct _CoterieEdgeKernels {
  const char *name;
  void (*measure) (CoterieEdgePieces *pieces, guint n, const int origin[2], const int size[2]);
  void (*add_spans) (const CoterieEdgeTile *tile,
                     const CoterieEdgeLine *lines,
                     const CoterieEdgeSpan *spans,
                     guint n_spans);
  void (*add_densities) (const CoterieEdgeTile *tile,
                         const CoterieEdgeLine *lines,
                         const CoterieEdgeSpan *spans,
                         guint n_spans);
  void (*add_hue) (const CoterieEdgeTile *tile, const CoterieColor *color);
  void (*resolve) (const CoterieEdgeTile *tile, const int size[2], guint8 *pixels, gsize stride);
};

extern const CoterieEdgeKernels coterie_edge_kernels_baseline;
extern const CoterieEdgeKernels coterie_edge_kernels_avx2;
extern const CoterieEdgeKernels coterie_edge_kernels_avx512;

G_END_DECLS
