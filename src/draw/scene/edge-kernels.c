/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inner loop of the edge image, compiled once for each instruction set. A line is walked along its
 * longer direction; a step adds to four pixels across it, which are one vector of sixteen numbers. No
 * multiplication is fused with an addition, so that every instruction set gives the same bytes. */

#include "draw/scene/edge-kernels.h"

#define PASTE_NAMES(a, b) a##b
#define PASTE(a, b) PASTE_NAMES (a, b)
#define KERNELS_SYMBOL PASTE (coterie_edge_kernels_, COTERIE_KERNELS_NAME)

#define FIXED_BITS COTERIE_LINE_FIXED_BITS
#define FIXED_ONE COTERIE_LINE_FIXED_ONE

/* Pixels in a vector. */
#define N_LANES 4

/* Four pixels: blue, green, red and density of the first, then of the next. Unaligned, because a line
 * may begin at any pixel. */
typedef float Pixels __attribute__ ((vector_size (64)));
typedef int Integers __attribute__ ((vector_size (64)));
typedef Pixels UnalignedPixels __attribute__ ((aligned (16)));

/* Coverage of four pixels, each four times, from their distances at right angles to the line. */
static inline __attribute__ ((always_inline)) Pixels
get_coverage (Pixels distances, float edge_coverage, gboolean thin)
{
  const Pixels one = (Pixels){0.0f} + 1.0f;
  Pixels coverage = edge_coverage - (Pixels) ((Integers) distances & 0x7fffffff);
  Integers covered;

  coverage = (Pixels) ((Integers) coverage & (coverage > 0.0f));
  /* A line of one pixel cannot cover more than the whole of it. */
  if (thin)
    return coverage;
  covered = coverage > one;
  return (Pixels) (((Integers) coverage & ~covered) | ((Integers) one & covered));
}

/* Walks along the line, where origin is the element of the picture's first pixel and @along leads from
 * step to step. */
static inline __attribute__ ((always_inline)) void
walk (
    const CoterieEdgeLine *line, CoterieEdgeSum *origin, gssize along, int n_across, gboolean thin)
{
  const Pixels steps = {0.0f, 0.0f, 0.0f, 0.0f, 1.0f, 1.0f, 1.0f, 1.0f,
                        2.0f, 2.0f, 2.0f, 2.0f, 3.0f, 3.0f, 3.0f, 3.0f};
  const Pixels ramp = steps * line->cosine;
  const float *c = line->color;
  const Pixels color = {c[0], c[1], c[2], c[3], c[0], c[1], c[2], c[3],
                        c[0], c[1], c[2], c[3], c[0], c[1], c[2], c[3]};
  float cosine = line->cosine, edge_coverage = line->edge_coverage;
  float unit = cosine / (float) FIXED_ONE;
  gint64 slope = line->slope;
  gint64 reach = (gint64) (line->reach * (float) FIXED_ONE);
  gint64 minor = line->minor;
  CoterieEdgeSum *step = origin + line->start * along;

  for (int major = line->start; major < line->stop; major++, minor += slope, step += along) {
    gint64 first = ((minor - reach) >> FIXED_BITS) + 1;
    float distance = (float) (first * FIXED_ONE - minor) * unit;

    for (int i = 0; i < n_across; i += N_LANES) {
      UnalignedPixels *sums = (UnalignedPixels *) (step + first + i);

      *sums += color * get_coverage (distance + (float) i * cosine + ramp, edge_coverage, thin);
    }
  }
}

static void
add_lines (const CoterieEdgeBand *band, const CoterieEdgeLine *lines, guint n_lines)
{
  for (guint i = 0; i < n_lines; i++) {
    const CoterieEdgeLine *line = &lines[i];
    CoterieEdgeSum *origin = line->steep ? band->steep : band->flat;
    gssize along = (gssize) (line->steep ? band->steep_stride : band->flat_stride);

    /* The usual case with its constants known, so that the compiler unrolls it. */
    if (line->edge_coverage <= 1.0f)
      walk (line, origin, along, N_LANES, TRUE);
    else
      walk (line, origin, along, (int) (2.0f * line->reach) + 1, FALSE);
  }
}

const CoterieEdgeKernels KERNELS_SYMBOL = {G_STRINGIFY (COTERIE_KERNELS_NAME), add_lines};
