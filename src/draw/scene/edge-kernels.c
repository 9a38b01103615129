/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inner loops of the edge image, compiled once for each instruction set. A line is walked along its
 * longer direction; a step adds to the pixels across it, one to four of which are a vector. In the end
 * four pixels at once become visible. No multiplication is fused with an addition, so that every
 * instruction set gives the same bytes. */

#include "draw/scene/edge-kernels.h"

#include <math.h>
#ifdef __AVX2__
#include <immintrin.h>
#endif

#define PASTE_NAMES(a, b) a##b
#define PASTE(a, b) PASTE_NAMES (a, b)
#define KERNELS_SYMBOL PASTE (coterie_edge_kernels_, COTERIE_KERNELS_NAME)

#define FIXED_BITS COTERIE_LINE_FIXED_BITS
#define FIXED_ONE COTERIE_LINE_FIXED_ONE

/* Lines that are fetched from the memory ahead of their spans: a tile has few of those of a lot. */
#define N_AHEAD 8

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
typedef Pixels UnalignedDensities __attribute__ ((aligned (4)));

/* One channel of four pixels. */
typedef float Channel __attribute__ ((vector_size (16)));
typedef int ChannelBits __attribute__ ((vector_size (16)));
typedef Channel UnalignedChannel __attribute__ ((aligned (4)));

/* Steps of a thin line that are taken at once: their places are fixed-point numbers that are never
 * negative, so that they may be shifted as they are. */
#define N_STEPS COTERIE_EDGE_STEPS_AT_ONCE
#define BIAS (G_GINT64_CONSTANT (1) << 20)

/* Places within two pixels, with as much of the fraction as a float holds. */
#define PLACE_BITS 23
#define PLACE_ONE (1 << PLACE_BITS)

typedef guint64 Places __attribute__ ((vector_size (8 * N_STEPS)));
typedef gint32 Halves __attribute__ ((vector_size (8 * N_STEPS)));

/* All pixels of so many steps are one vector. */
#define N_STEPS_A_VECTOR N_AT_ONCE

/* Beyond, the opacity is 1 for a float. */
#define MAX_DENSITY 20.0f

/* 2^-x from 0 to 1 as 1 + x (a + x (b + ...)), through the zeros of a Chebyshev polynomial. */
#define HALVING_1 (-0.69313887f)
#define HALVING_2 0.23995970f
#define HALVING_3 (-0.05414320f)
#define HALVING_4 0.00732979f

/* Without a branch, as many pieces at once as the instruction set has room for. */
static void
measure (CoterieEdgePieces *restrict pieces, guint n, const int origin[2], const int size[2])
{
  const int first_column = origin[0], first_row = origin[1], width = size[0], height = size[1];

  for (guint i = 0; i < n; i++) {
    double x0 = pieces->ends[0][i], y0 = pieces->ends[1][i];
    double x1 = pieces->ends[2][i], y1 = pieces->ends[3][i];
    gboolean steep = fabs (y1 - y0) > fabs (x1 - x0);
    double a0 = steep ? y0 : x0, a1 = steep ? y1 : x1;
    double b0 = steep ? x0 : y0, b1 = steep ? x1 : y1;
    double major = a0 <= a1 ? a0 : a1, end = a0 <= a1 ? a1 : a0;
    double minor = a0 <= a1 ? b0 : b1, minor_end = a0 <= a1 ? b1 : b0;
    /* A piece without a length has no pixel either. */
    double slope = end > major ? (minor_end - minor) / (end - major) : 0.0;
    double square = 1.0 + slope * slope, cosine = 1.0 / sqrt (square);
    float reach = (float) (pieces->edge_coverage[i] * square * cosine);
    double slack = reach + COTERIE_EDGE_ROUNDING_PX;
    int major_origin = steep ? first_row : first_column, major_size = steep ? height : width;
    int start = MAX (coterie_edge_round_up (major) - major_origin, 0);
    int stop = MIN (coterie_edge_round_up (end) - major_origin, major_size);
    double at_0 = minor - (steep ? first_column : first_row) - (major - major_origin) * slope;
    double from = at_0 + start * slope, to = at_0 + (stop - 1) * slope;

    pieces->minor_at_0[i] = (minor - major * slope) * FIXED_ONE;
    pieces->strip_minor_at_0[i] = at_0;
    pieces->slope[i] = slope;
    pieces->cosine[i] = (float) cosine;
    pieces->reach[i] = reach;
    pieces->steep[i] = steep;
    pieces->start[i] = start;
    pieces->stop[i] = stop;
    pieces->low[i] = coterie_edge_round_down (MIN (from, to) - slack);
    pieces->high[i] = coterie_edge_round_up (MAX (from, to) + slack);
  }
}

/* Coverage of pixels, each four times, from their distances at right angles to the line. */
static inline __attribute__ ((always_inline)) Pixels
get_coverage (Pixels distances, Pixels edge_coverage, gboolean thin)
{
  const Pixels one = (Pixels){0.0f} + 1.0f;
  Pixels coverage = edge_coverage - (Pixels) ((Integers) distances & 0x7fffffff);
  Integers covered;

  /* The compiler finds no maximum in the comparison of long vectors. */
#ifdef __AVX512F__
  coverage = (Pixels) _mm512_max_ps ((__m512) coverage, _mm512_setzero_ps ());
#else
  coverage = (Pixels) ((Integers) coverage & (coverage > 0.0f));
#endif
  /* A line of one pixel cannot cover more than the whole of it. */
  if (thin)
    return coverage;
  covered = coverage > one;
  return (Pixels) (((Integers) coverage & ~covered) | ((Integers) one & covered));
}

/* 0 four times, 1 four times and so on. */
static inline __attribute__ ((always_inline)) Pixels
count_fours (void)
{
  Pixels numbers = {0.0f};

  for (int i = 0; i < 4 * N_AT_ONCE; i++)
    numbers[i] = (float) (i / 4);
  return numbers;
}

/* 0, 1, 2, 3, and again. */
static inline __attribute__ ((always_inline)) Pixels
count_within_fours (void)
{
  Pixels numbers = {0.0f};

  for (int i = 0; i < 4 * N_AT_ONCE; i++)
    numbers[i] = (float) (i % 4);
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

/* 0, 1, 2 and so on times a number. */
static inline __attribute__ ((always_inline)) Places
multiples (gint64 number)
{
  Places numbers, result = {0};

  for (guint i = 0; i < N_STEPS; i++)
    numbers[i] = i;
  for (guint bit = 1; bit < N_STEPS; bit *= 2)
    result += (guint64) number * bit & (Places) ((numbers & bit) == bit);
  return result;
}

/* A line that is a pixel wide, on its way: what does not change, and for the next steps where the pixels
 * begin that it may cover, and one pixel more. Distances are measured along the step, where the line
 * covers as far as it reaches. */
typedef struct {
  Pixels color;
  Pixels reach;
  Pixels numbers;
  gssize along;
  guint64 advance;
  Places begins;
} Thin;

/* Coverage of the pixels of some steps, all of a step beside each other, from where these are. */
static inline __attribute__ ((always_inline)) Pixels
cover_steps (const Thin *thin, Halves rests, guint first)
{
  Integers places = {0};

  for (guint i = 0; i < 4 * N_STEPS_A_VECTOR; i++)
    places[i] = rests[2 * (first + i / 4)];
  return get_coverage (thin->numbers - __builtin_convertvector(places, Pixels), thin->reach, TRUE);
}

/* The numbers of N_AT_ONCE pixels, from the first, each four times. */
static inline __attribute__ ((always_inline)) Pixels
repeat_pixels (Pixels numbers, guint first)
{
  Integers from = {0};

  for (guint i = 0; i < 4 * N_AT_ONCE; i++)
    from[i] = (int) (first + i / 4);
  return __builtin_shuffle (numbers, from);
}

/* Takes N_STEPS steps and returns the next one; if they are the @last, there are but @n_left of the line.
 * Where they are is found together and goes through the memory. The first pixel of a step is even, so
 * that two lie in one line of the cache. */
static inline __attribute__ ((always_inline)) char *
take_steps (Thin *thin, char *step, guint n_left, gboolean last, gboolean pure)
{
  const int bits = FIXED_BITS - (pure ? 2 : 4);
  const guint64 size = pure ? sizeof (float) : sizeof (CoterieEdgeSum);
  Places bytes = (thin->begins >> bits) & ~(2 * size - 1);
  Places rests = thin->begins << (63 - FIXED_BITS) >> (63 - PLACE_BITS);

  G_STATIC_ASSERT (sizeof (CoterieEdgeSum) == 1 << 4 && sizeof (float) == 1 << 2);
  __asm__("" : "+m"(bytes));
  thin->begins += thin->advance;
  for (guint i = 0; i < N_STEPS; i += N_STEPS_A_VECTOR) {
    Pixels coverage = cover_steps (thin, (Halves) rests, i);

    if (last)
      coverage = (Pixels) ((Integers) coverage & (count_fours () < (float) n_left - (float) i));
    if (pure)
      coverage *= thin->color;
    for (guint j = 0; j < N_STEPS_A_VECTOR; j++, step += thin->along) {
      gpointer pixels = step + ((gint64 *) &bytes)[i + j];
      UnalignedPixels *sums = pixels;

      if (pure) {
        *(UnalignedChannel *) pixels += ((Channel *) &coverage)[j];
        continue;
      }
      for (guint k = 0; k < N_ACROSS_THIN / N_AT_ONCE; k++)
        sums[k] += thin->color * repeat_pixels (coverage, 4 * j + k * N_AT_ONCE);
    }
  }
  return step;
}

/* Walks along a line that is a pixel wide, where @first is pixel 0 of the first step, and @along leads from
 * step to step. The last steps may go beyond the end, and add nothing there. */
static inline __attribute__ ((always_inline)) void
walk_thin (const CoterieEdgeLine *line,
           gint64 minor,
           gpointer first,
           gssize along,
           guint n_steps,
           gboolean pure)
{
  const gssize size = pure ? sizeof (float) : sizeof (CoterieEdgeSum);
  gint64 reach = (gint64) (line->reach * (float) FIXED_ONE);
  Pixels color = pure ? (Pixels){0.0f} + line->color[3] : repeat_color (line->color);
  char *next = (char *) first - BIAS * size;
  Thin thin = {
      .color = color * (line->cosine / PLACE_ONE),
      .reach = (Pixels){0.0f} + line->reach * PLACE_ONE,
      .numbers = (count_within_fours () + (1.0f - line->reach)) * (float) PLACE_ONE,
      .along = along * size,
      .advance = (guint64) (N_STEPS * line->slope),
      .begins = multiples (line->slope) + (guint64) (minor - reach + (BIAS + 1) * FIXED_ONE),
  };

  for (; n_steps > N_STEPS; n_steps -= N_STEPS)
    next = take_steps (&thin, next, n_steps, FALSE, pure);
  take_steps (&thin, next, n_steps, TRUE, pure);
}

static inline __attribute__ ((always_inline)) void
walk_wide (
    const CoterieEdgeLine *line, gint64 minor, CoterieEdgeSum *step, gssize along, guint n_steps)
{
  const Pixels color = repeat_color (line->color);
  const Pixels numbers = count_fours (), edge_coverage = (Pixels){0.0f} + line->edge_coverage;
  float unit = line->cosine / (float) FIXED_ONE;
  gint64 reach = (gint64) (line->reach * (float) FIXED_ONE);
  int n_across = (int) (2.0f * line->reach) + 2;

  for (guint i = 0; i < n_steps; i++, minor += line->slope, step += along) {
    gint64 first = (((minor - reach) >> FIXED_BITS) + 1) & ~G_GINT64_CONSTANT (1);
    float distance = (float) (first * FIXED_ONE - minor) * unit;

    for (int pixel = 0; pixel < n_across; pixel += N_AT_ONCE) {
      UnalignedPixels *sums = (UnalignedPixels *) (step + first + pixel);
      Pixels distances = distance + (numbers + (float) pixel) * line->cosine;

      *sums += color * get_coverage (distances, edge_coverage, FALSE);
    }
  }
}

/* Adds spans of lines to sums, or if they are @pure, to densities. */
static inline __attribute__ ((always_inline)) void
walk_spans (const CoterieEdgeTile *tile,
            const CoterieEdgeLine *lines,
            const CoterieEdgeSpan *spans,
            guint n_spans,
            gboolean pure)
{
  gssize along = (gssize) tile->stride;

  for (guint i = 0; i < n_spans; i++) {
    const CoterieEdgeLine *ahead = &lines[spans[MIN (i + N_AHEAD, n_spans - 1)].line];
    const CoterieEdgeLine *line = &lines[spans[i].line];
    guint n_steps = (guint) (spans[i].stop - spans[i].start);
    gssize first = spans[i].start * along - tile->first[!line->steep];
    gint64 minor = line->minor_at_0 + (tile->first[line->steep] + spans[i].start) * line->slope;

    __builtin_prefetch (ahead);
    __builtin_prefetch (&ahead->steep);
    if (pure)
      walk_thin (line, minor, tile->densities[line->steep] + first, along, n_steps, TRUE);
    else if (line->edge_coverage <= 1.0f)
      walk_thin (line, minor, tile->sums[line->steep] + first, along, n_steps, FALSE);
    else
      walk_wide (line, minor, tile->sums[line->steep] + first, along, n_steps);
  }
}

static void
add_spans (const CoterieEdgeTile *tile,
           const CoterieEdgeLine *lines,
           const CoterieEdgeSpan *spans,
           guint n_spans)
{
  walk_spans (tile, lines, spans, n_spans, FALSE);
}

static void
add_densities (const CoterieEdgeTile *tile,
               const CoterieEdgeLine *lines,
               const CoterieEdgeSpan *spans,
               guint n_spans)
{
  walk_spans (tile, lines, spans, n_spans, TRUE);
}

static inline __attribute__ ((always_inline)) gboolean
is_zero (Pixels numbers)
{
#if defined(__AVX512F__)
  return _mm512_test_epi32_mask ((__m512i) numbers, (__m512i) numbers) == 0;
#elif defined(__AVX2__)
  return _mm256_testz_si256 ((__m256i) numbers, (__m256i) numbers);
#else
  guint64 halves[2];

  memcpy (halves, &numbers, sizeof halves);
  return (halves[0] | halves[1]) == 0;
#endif
}

/* Much of a tile has nothing of a hue. */
static void
add_hue (const CoterieEdgeTile *tile, const CoterieColor *color)
{
  const float channels[4] = {color->blue, color->green, color->red, 1.0f};
  const Pixels colors = repeat_color (channels);

  for (guint steep = 0; steep < 2; steep++)
    for (guint i = 0; i < COTERIE_EDGE_TILE_PX; i++)
      for (guint j = 0; j < COTERIE_EDGE_TILE_PX; j += 4 * N_AT_ONCE) {
        UnalignedDensities *densities =
            (UnalignedDensities *) (tile->densities[steep] + i * tile->stride + j);
        UnalignedPixels *sums = (UnalignedPixels *) (tile->sums[steep] + i * tile->stride + j);
        Pixels all = *densities;

        if (is_zero (all))
          continue;
        for (guint k = 0; k < 4; k++)
          sums[k] += colors * repeat_pixels (all, k * N_AT_ONCE);
        *densities = (Pixels){0.0f};
      }
}

/* The lesser of two numbers. */
static inline __attribute__ ((always_inline)) Pixels
choose_lesser (Pixels a, Pixels b)
{
#ifdef __AVX512F__
  return (Pixels) _mm512_min_ps ((__m512) a, (__m512) b);
#else
  Integers less = a < b;

  return (Pixels) (((Integers) a & less) | ((Integers) b & ~less));
#endif
}

/* 1 - exp (-D) of densities, to a hundred-thousandth: whole powers of two by the exponent, what remains by
 * a polynomial. */
static inline __attribute__ ((always_inline)) Pixels
get_opacity (Pixels density)
{
  const Pixels zero = {0.0f};
  Pixels halvings = choose_lesser (density, zero + MAX_DENSITY) * (float) M_LOG2E;
  Integers whole = __builtin_convertvector(halvings, Integers);
  Pixels rest = halvings - __builtin_convertvector(whole, Pixels);
  Pixels power = rest * HALVING_4 + HALVING_3;

  power = power * rest + HALVING_2;
  power = power * rest + HALVING_1;
  power = power * rest + 1.0f;
  return 1.0f - power * (Pixels) ((127 - whole) << 23);
}

/* Of each four numbers of a, and the four of b that stand there, those that are named: 0 to 3 are a's, 4
 * to 7 are b's. */
static inline __attribute__ ((always_inline)) Pixels
shuffle_fours (Pixels a, Pixels b, int first, int second, int third, int fourth)
{
  const int named[4] = {first, second, third, fourth};
  Integers from = {0};

  for (int i = 0; i < 4 * N_AT_ONCE; i++)
    from[i] = (i & ~3) + (named[i % 4] & 3) + (named[i % 4] < 4 ? 0 : 4 * N_AT_ONCE);
  return __builtin_shuffle (a, b, from);
}

/* Of N_AT_ONCE rows, of which each has N_AT_ONCE pixels beside each other in a vector, the columns. */
static inline __attribute__ ((always_inline)) void
turn (const Pixels rows[N_AT_ONCE], Pixels columns[N_AT_ONCE])
{
#if N_AT_ONCE == 4
  const Integers low = {0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23};
  const Integers high = low + 8;
  const Integers first = {0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23};
  const Integers last = first + 8;
  Pixels left[2] = {__builtin_shuffle (rows[0], rows[1], low),
                    __builtin_shuffle (rows[2], rows[3], low)};
  Pixels right[2] = {__builtin_shuffle (rows[0], rows[1], high),
                     __builtin_shuffle (rows[2], rows[3], high)};

  columns[0] = __builtin_shuffle (left[0], left[1], first);
  columns[1] = __builtin_shuffle (left[0], left[1], last);
  columns[2] = __builtin_shuffle (right[0], right[1], first);
  columns[3] = __builtin_shuffle (right[0], right[1], last);
#elif N_AT_ONCE == 2
  const Integers first = {0, 1, 2, 3, 8, 9, 10, 11};

  columns[0] = __builtin_shuffle (rows[0], rows[1], first);
  columns[1] = __builtin_shuffle (rows[0], rows[1], first + 4);
#else
  columns[0] = rows[0];
#endif
}

/* Draws what the sums of four columns show, of N_AT_ONCE rows each, over what is below. */
static inline __attribute__ ((always_inline)) void
resolve_columns (const Pixels columns[4], guint8 *pixels, gsize stride)
{
  Pixels blue_green[2] = {shuffle_fours (columns[0], columns[1], 0, 4, 1, 5),
                          shuffle_fours (columns[2], columns[3], 0, 4, 1, 5)};
  Pixels red_density[2] = {shuffle_fours (columns[0], columns[1], 2, 6, 3, 7),
                           shuffle_fours (columns[2], columns[3], 2, 6, 3, 7)};
  Pixels density = shuffle_fours (red_density[0], red_density[1], 2, 3, 6, 7);
  Pixels opacity = get_opacity (density), transparency = 1.0f - opacity;
  Pixels factor = 255.0f * opacity / (density + G_MINFLOAT);
  Pixels channels[4] = {
      shuffle_fours (blue_green[0], blue_green[1], 0, 1, 4, 5) * factor,
      shuffle_fours (blue_green[0], blue_green[1], 2, 3, 6, 7) * factor,
      shuffle_fours (red_density[0], red_density[1], 0, 1, 4, 5) * factor,
      255.0f * opacity,
  };
  Integers below, above = {0};

  for (int row = 0; row < N_AT_ONCE; row++)
    memcpy ((ChannelBits *) &below + row, pixels + (gsize) row * stride, sizeof (ChannelBits));
  for (int i = 0; i < 4; i++) {
    Pixels channel = __builtin_convertvector(below >> 8 * i & 0xff, Pixels);

    channels[i] += channel * transparency + 0.5f;
    above |= __builtin_convertvector(channels[i], Integers) << 8 * i;
  }
  for (int row = 0; row < N_AT_ONCE; row++)
    memcpy (pixels + (gsize) row * stride, (ChannelBits *) &above + row, sizeof (ChannelBits));
}

/* Four columns of N_AT_ONCE rows. */
static inline __attribute__ ((always_inline)) void
resolve_block (const CoterieEdgeTile *tile, int column, int row, guint8 *pixels, gsize stride)
{
  const Pixels zero = {0.0f};
  CoterieEdgeSum *flat = tile->sums[0] + (gsize) column * tile->stride + row;
  CoterieEdgeSum *steep = tile->sums[1] + (gsize) row * tile->stride + column;
  Pixels columns[4], rows[N_AT_ONCE], all;

  for (int first = 0; first < 4; first += N_AT_ONCE) {
    for (int i = 0; i < N_AT_ONCE; i++)
      rows[i] = *(UnalignedPixels *) (steep + (gsize) i * tile->stride + first);
    turn (rows, columns + first);
  }
  for (int i = 0; i < 4; i++)
    columns[i] = *(UnalignedPixels *) (flat + (gsize) i * tile->stride) + columns[i];
  all = (columns[0] + columns[1]) + (columns[2] + columns[3]);
  if (is_zero (all))
    return;

  resolve_columns (columns, pixels, stride);
  for (int i = 0; i < 4; i++)
    *(UnalignedPixels *) (flat + (gsize) i * tile->stride) = zero;
  for (int i = 0; i < N_AT_ONCE; i++)
    for (int first = 0; first < 4; first += N_AT_ONCE)
      *(UnalignedPixels *) (steep + (gsize) i * tile->stride + first) = zero;
}

/* The same where the picture has fewer columns or rows. */
static void
resolve_rim (const CoterieEdgeTile *tile,
             int column,
             int row,
             const int size[2],
             guint8 *pixels,
             gsize stride)
{
  gsize n_bytes = sizeof (guint32) * (gsize) MIN (4, size[0] - column);
  int n_rows = MIN (N_AT_ONCE, size[1] - row);
  guint32 block[N_AT_ONCE][4] = {{0}};

  for (int i = 0; i < n_rows; i++)
    memcpy (block[i], pixels + (gsize) i * stride, n_bytes);
  resolve_block (tile, column, row, (guint8 *) block, sizeof block[0]);
  for (int i = 0; i < n_rows; i++)
    memcpy (pixels + (gsize) i * stride, block[i], n_bytes);
}

/* Four rows at a time, whose flat sums share a line of the cache. */
static void
resolve (const CoterieEdgeTile *tile, const int size[2], guint8 *pixels, gsize stride)
{
  for (int top = 0; top < size[1]; top += 4)
    for (int column = 0; column < size[0]; column += 4)
      for (int row = top; row < MIN (top + 4, size[1]); row += N_AT_ONCE) {
        guint8 *here = pixels + (gsize) row * stride + 4 * (gsize) column;

        if (column + 4 <= size[0] && row + N_AT_ONCE <= size[1])
          resolve_block (tile, column, row, here, stride);
        else
          resolve_rim (tile, column, row, size, here, stride);
      }
}

const CoterieEdgeKernels KERNELS_SYMBOL = {
    .name = G_STRINGIFY (COTERIE_KERNELS_NAME),
    .measure = measure,
    .add_spans = add_spans,
    .add_densities = add_densities,
    .add_hue = add_hue,
    .resolve = resolve,
};
