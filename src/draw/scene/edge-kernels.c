/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inner loop of the edge image, compiled once for each instruction set. A line is walked along its
 * longer direction; a step adds to the pixels across it, one to four of which are a vector. No
 * multiplication is fused with an addition, so that every instruction set gives the same bytes. */

#include "draw/scene/edge-kernels.h"

#define PASTE_NAMES(a, b) a##b
#define PASTE(a, b) PASTE_NAMES (a, b)
#define KERNELS_SYMBOL PASTE (coterie_edge_kernels_, COTERIE_KERNELS_NAME)

#define FIXED_BITS COTERIE_LINE_FIXED_BITS
#define FIXED_ONE COTERIE_LINE_FIXED_ONE

/* Pixels of a step across a thin line: it covers three at most, and the first may be one too early. */
#define N_ACROSS_THIN 4

/* Pixels that the instruction set takes at once. Longer vectors would be cut by the compiler, which then
 * compares them number by number. */
#if defined(__AVX512F__)
#define N_AT_ONCE 4
#elif defined(__AVX2__)
#define N_AT_ONCE 2
#else
#define N_AT_ONCE 1
#endif

/* Pixels next to each other: blue, green, red and density of the first, then of the next. Unaligned,
 * because a line may begin at any pixel. */
typedef float Pixels __attribute__ ((vector_size (16 * N_AT_ONCE)));
typedef int Integers __attribute__ ((vector_size (16 * N_AT_ONCE)));
typedef Pixels UnalignedPixels __attribute__ ((aligned (16)));

/* Coverage of pixels, each four times, from their distances at right angles to the line. */
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

/* One number for each pixel: 0, 1 and so on. */
static inline __attribute__ ((always_inline)) Pixels
number_pixels (void)
{
  Pixels numbers = {0.0f};

  for (int i = 0; i < 4 * N_AT_ONCE; i++)
    numbers[i] = (float) (i / 4);
  return numbers;
}

static inline __attribute__ ((always_inline)) Pixels
repeat_color (const float *color)
{
  Pixels colors = {0.0f};

  for (int i = 0; i < 4 * N_AT_ONCE; i++)
    colors[i] = color[i % 4];
  return colors;
}

/* Walks along the line, where origin is the element of the picture's first pixel and @along leads from
 * step to step. */
static inline __attribute__ ((always_inline)) void
walk (
    const CoterieEdgeLine *line, CoterieEdgeSum *origin, gssize along, int n_across, gboolean thin)
{
  const Pixels numbers = number_pixels (), color = repeat_color (line->color);
  float cosine = line->cosine, edge_coverage = line->edge_coverage;
  float unit = cosine / (float) FIXED_ONE;
  gint64 slope = line->slope;
  gint64 reach = (gint64) (line->reach * (float) FIXED_ONE);
  gint64 minor = line->minor;
  CoterieEdgeSum *step = origin + line->start * along;

  for (int major = line->start; major < line->stop; major++, minor += slope, step += along) {
    /* An even pixel, so that two of them lie in one line of the cache. */
    gint64 first = (((minor - reach) >> FIXED_BITS) + 1) & ~G_GINT64_CONSTANT (1);
    float distance = (float) (first * FIXED_ONE - minor) * unit;

    for (int i = 0; i < n_across; i += N_AT_ONCE) {
      UnalignedPixels *sums = (UnalignedPixels *) (step + first + i);
      Pixels distances = distance + (numbers + (float) i) * cosine;

      *sums += color * get_coverage (distances, edge_coverage, thin);
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
      walk (line, origin, along, N_ACROSS_THIN, TRUE);
    else
      walk (line, origin, along, (int) (2.0f * line->reach) + 2, FALSE);
  }
}

const CoterieEdgeKernels KERNELS_SYMBOL = {G_STRINGIFY (COTERIE_KERNELS_NAME), add_lines};
