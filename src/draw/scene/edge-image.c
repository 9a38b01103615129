/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Draws thousands of translucent antialiased lines on the processor, some ten times faster than a
 * software OpenGL does.
 *
 * What a pixel shows must not depend on the order of the edges, so they are not painted over each
 * other. Each adds to the pixel its coverage times its alpha, and the same times its colour. In the
 * end a pixel with the density D = sum of coverage · alpha has the opacity 1 - exp (-D) and the mean
 * colour: the limit of painting ever more, ever fainter lines. The coverage at distance d from the
 * middle of a line of width w is w / 2 + 1/2 - d, kept within 0 and 1, d measured at right angles. The
 * shaders edge.frag and resolve.frag follow the same definition.
 *
 * The picture is cut into bands of rows whose sums fit into the processor's cache. A band is one task
 * for the pool: lines are walked along their longer direction, a column or row of two or three pixels
 * at a time. The sums of a band have a border, so the walk needs no test at the rims; nobody reads the
 * border, and what is read is cleared for the next band. */

#include "draw/scene/edge-image.h"

#include <math.h>

#include "draw/scene/edge-lines.h"

/* Sums of a band, in bytes: about half of a small second-level cache. */
#define BAND_BYTES (512 * 1024)
#define MIN_BAND_ROWS 8
#define MAX_BAND_ROWS 64

/* Opacity as a table over the density; beyond, it is 1 to three parts in a million. */
#define TABLE_MAX 12.0
#define TABLE_STEPS_PER_UNIT 64
#define TABLE_SIZE ((int) TABLE_MAX * TABLE_STEPS_PER_UNIT + 2)

/* A line one pixel wide reaches so many pixels across, whatever its direction. */
#define THIN_ACROSS 3

typedef CoterieEdgeSum Sum;
typedef int Integers __attribute__ ((vector_size (16)));

typedef struct {
  CoterieEdgeLines *lines;
  int width;
  int first_row;
  int n_rows;
  int band_rows;
  guint n_bands;
  guint8 *pixels;
  gsize stride;

  int border;
  gsize sums_stride;
  gsize sums_size;
  Sum *sums;
  float table[TABLE_SIZE];
} Job;

/* The part of a flat line's columns whose pixels may lie in the rows of a band. */
static void
narrow_to_rows (const CoterieEdgeLine *line, int first_row, int end_row, float *start, float *end)
{
  float top = (float) first_row - line->reach - 0.01f;
  float bottom = (float) end_row - 0.99f + line->reach;
  float slope = (float) line->slope / (float) COTERIE_LINE_FIXED_ONE;
  float at_top, at_bottom;

  if (fabsf (slope) < 1e-6f)
    return;
  at_top = line->major_start + (top - line->minor_start) / slope;
  at_bottom = line->major_start + (bottom - line->minor_start) / slope;
  *start = fmaxf (*start, fminf (at_top, at_bottom));
  *end = fminf (*end, fmaxf (at_top, at_bottom));
}

/* Coverage of the four pixels at these distances along the shorter direction. A line of one pixel
 * cannot cover more than the whole of it, so thin ones need no upper limit. */
static inline __attribute__ ((always_inline)) Sum
get_coverage (Sum distances, float edge_coverage, float cosine, gboolean thin)
{
  const Integers magnitude = {0x7fffffff, 0x7fffffff, 0x7fffffff, 0x7fffffff};
  const Sum one = {1.0f, 1.0f, 1.0f, 1.0f};
  Sum coverage = edge_coverage - (Sum) ((Integers) distances & magnitude) * cosine;
  Integers covered;

  coverage = (Sum) ((Integers) coverage & (coverage > 0.0f));
  if (thin)
    return coverage;
  covered = coverage > one;
  return (Sum) (((Integers) coverage & ~covered) | ((Integers) one & covered));
}

/* Walks over the pixels from major start to stop - 1, where origin is the element of the sums with
 * both coordinates 0. Adds to n_across pixels a step, in fours, the last ones uncovered. */
static inline __attribute__ ((always_inline)) void
walk (const CoterieEdgeLine *line,
      Sum *origin,
      gssize along,
      gssize across,
      int start,
      int stop,
      int n_across)
{
  const Sum ramp = {0.0f, 1.0f, 2.0f, 3.0f};
  gboolean thin = n_across == THIN_ACROSS;
  float cosine = line->cosine;
  float edge_coverage = line->edge_coverage;
  Sum color = line->color;
  gint64 slope = line->slope;
  gint64 reach = (gint64) (line->reach * (float) COTERIE_LINE_FIXED_ONE);
  gint64 minor = line->minor_at_0 + start * slope;

  for (int major = start; major < stop; major++, minor += slope) {
    gint64 first = ((minor - reach) >> COTERIE_LINE_FIXED_BITS) + 1;
    float distance =
        (float) (first * COTERIE_LINE_FIXED_ONE - minor) * (1.0f / (float) COTERIE_LINE_FIXED_ONE);
    Sum *sums = origin + major * along + first * across;

    for (int i = 0; i < n_across; i += 4) {
      Sum coverage = get_coverage (distance + (float) i + ramp, edge_coverage, cosine, thin);

#pragma GCC unroll 4
      for (int lane = 0; lane < MIN (4, n_across - i); lane++)
        sums[(i + lane) * across] += color * coverage[lane];
    }
  }
}

/* Adds a line to the sums of a band; origin is the element for the pixel (0, 0) of the picture. */
static void
add_line (const CoterieEdgeLine *line, Sum *origin, gssize sums_stride, int first_row, int end_row)
{
  float start_px = line->major_start, end_px = line->major_end;
  gboolean thin = line->edge_coverage <= 1.0f;
  int n_across = MAX ((int) (2.0f * line->reach) + 1, THIN_ACROSS + 1);
  int start, stop;

  if (line->steep) {
    start_px = fmaxf (start_px, (float) first_row);
    end_px = fminf (end_px, (float) end_row);
  } else {
    narrow_to_rows (line, first_row, end_row, &start_px, &end_px);
  }
  start = (int) ceilf (start_px);
  stop = (int) ceilf (end_px);

  /* The usual cases with their constants known, so that the compiler unrolls them. */
  if (thin && line->steep)
    walk (line, origin, sums_stride, 1, start, stop, THIN_ACROSS);
  else if (thin)
    walk (line, origin, 1, sums_stride, start, stop, THIN_ACROSS);
  else if (line->steep)
    walk (line, origin, sums_stride, 1, start, stop, n_across);
  else
    walk (line, origin, 1, sums_stride, start, stop, n_across);
}

/* table[i] = 255 (1 - exp (-D)) / D at D = i / steps, so that sums times it are bytes. */
static void
fill_table (float *table)
{
  table[0] = 255.0f;
  for (int i = 1; i < TABLE_SIZE; i++) {
    double density = (double) i / TABLE_STEPS_PER_UNIT;

    table[i] = (float) (-255.0 * expm1 (-density) / density);
  }
}

/* Draws what a sum of edges shows over the pixel below it. */
static inline guint32
resolve_pixel (Sum sum, const float *table, guint32 below)
{
  float density = sum[3];
  float factor = 0.0f;
  Integers bytes = {(int) (below & 0xff), (int) (below >> 8 & 0xff), (int) (below >> 16 & 0xff),
                    (int) (below >> 24)};
  Sum edges;

  if (density >= (float) TABLE_MAX) {
    factor = 255.0f / density;
  } else {
    float place = density * TABLE_STEPS_PER_UNIT;
    int index = (int) place;

    factor = table[index] + (table[index + 1] - table[index]) * (place - (float) index);
  }
  edges = sum * factor;
  edges += __builtin_convertvector(bytes, Sum) * (1.0f - edges[3] * (1.0f / 255.0f));
  bytes = __builtin_convertvector(edges + 0.5f, Integers);
  return (guint32) bytes[3] << 24 | (guint32) bytes[2] << 16 | (guint32) bytes[1] << 8 |
         (guint32) bytes[0];
}

static void
render_band (gsize band, guint worker, gpointer data)
{
  const Job *job = data;
  Sum *buffer = job->sums + worker * job->sums_size;
  Sum *sums = buffer + (gsize) job->border * job->sums_stride + job->border;
  int top = (int) band * job->band_rows;
  int bottom = MIN (top + job->band_rows, job->n_rows);
  guint n_lines;
  const guint32 *numbers = coterie_edge_lines_get_band (job->lines, (guint) band, &n_lines);

  if (n_lines == 0)
    return;

  for (guint i = 0; i < n_lines; i++)
    add_line (coterie_edge_lines_get (job->lines, numbers[i]),
              sums - (gssize) (job->first_row + top) * (gssize) job->sums_stride,
              (gssize) job->sums_stride, job->first_row + top, job->first_row + bottom);

  for (int row = top; row < bottom; row++) {
    Sum *from = sums + (gsize) (row - top) * job->sums_stride;
    guint32 *to = (guint32 *) (void *) (job->pixels + (gsize) row * job->stride);

    for (int column = 0; column < job->width; column++)
      if (from[column][3] > 0.0f) {
        to[column] = resolve_pixel (from[column], job->table, to[column]);
        from[column] = (Sum){0.0f};
      }
  }

  /* What the border of a short last band has is inside of another one. */
  for (int row = bottom - top; row < job->band_rows; row++)
    memset (sums + (gsize) row * job->sums_stride, 0, (gsize) job->width * sizeof *sums);
}

static void
job_prepare (Job *job,
             const CoterieDrawing *drawing,
             const CoterieDrawingView *view,
             CoteriePool *pool)
{
  guint n_workers = pool != NULL ? coterie_pool_get_n_threads (pool) : 1;
  gsize n_bytes;

  job->border = coterie_edge_lines_get_border (drawing, view);
  job->sums_stride = (gsize) job->width + 2 * (gsize) job->border;
  job->band_rows =
      CLAMP (BAND_BYTES / (int) (job->sums_stride * sizeof (Sum)), MIN_BAND_ROWS, MAX_BAND_ROWS);
  job->n_bands = (guint) ((job->n_rows + job->band_rows - 1) / job->band_rows);
  job->sums_size = job->sums_stride * (gsize) (job->band_rows + 2 * job->border);
  n_bytes = n_workers * job->sums_size * sizeof (Sum);
  job->sums = g_aligned_alloc (n_bytes, 1, 64);
  memset (job->sums, 0, n_bytes);
  job->lines =
      coterie_edge_lines_new (drawing, view, job->first_row, job->n_rows, job->band_rows, pool);
  fill_table (job->table);
}

/**
 * coterie_edge_image_render:
 * @drawing: whose edges
 * @view: the whole picture's camera and size
 * @first_row: where the strip of the picture begins that shall be drawn, from 0
 * @n_rows: rows of the strip; 0 does nothing
 * @pixels: [n_rows][@stride] (inout): premultiplied, 32 bits a pixel in the machine's byte order, as
 *   %CAIRO_FORMAT_ARGB32; the edges are drawn over what is there
 * @stride: bytes from row to row, at least 4 times the width, a multiple of 4
 * @pool: (nullable): threads that share the work; the bytes are the same for any number
 *
 * Draws the edges alone. A strip has the bytes of those rows in the whole picture. Cost:
 * the lengths of all edges in pixels, and one pass over the pixels; 16 bytes a pixel for some rows.
 */
void
coterie_edge_image_render (const CoterieDrawing *drawing,
                           const CoterieDrawingView *view,
                           int first_row,
                           int n_rows,
                           guint8 *pixels,
                           gsize stride,
                           CoteriePool *pool)
{
  Job job = {
      .width = view->width_px,
      .first_row = first_row,
      .n_rows = n_rows,
      .pixels = pixels,
      .stride = stride,
  };

  g_return_if_fail (stride >= 4 * (gsize) view->width_px && stride % 4 == 0);

  if (n_rows <= 0 || view->width_px <= 0 || drawing->geometry->n_edges == 0)
    return;

  job_prepare (&job, drawing, view, pool);
  if (pool != NULL)
    coterie_pool_run (pool, job.n_bands, render_band, &job);
  else
    for (guint band = 0; band < job.n_bands; band++)
      render_band (band, 0, &job);

  coterie_edge_lines_free (job.lines);
  g_aligned_free (job.sums);
}

/**
 * coterie_edge_image_render_to_surface:
 * @drawing: whose edges
 * @view: the whole picture's camera and size
 * @first_row: which row of the picture is the surface's first
 * @surface: an image surface of %CAIRO_FORMAT_ARGB32, as wide as the picture; the edges are drawn over
 *   what is there
 * @pool: (nullable): threads that share the work
 *
 * Draws as many rows as @surface has, see coterie_edge_image_render().
 */
void
coterie_edge_image_render_to_surface (const CoterieDrawing *drawing,
                                      const CoterieDrawingView *view,
                                      int first_row,
                                      cairo_surface_t *surface,
                                      CoteriePool *pool)
{
  g_return_if_fail (cairo_image_surface_get_width (surface) == view->width_px);

  cairo_surface_flush (surface);
  coterie_edge_image_render (drawing, view, first_row, cairo_image_surface_get_height (surface),
                             cairo_image_surface_get_data (surface),
                             (gsize) cairo_image_surface_get_stride (surface), pool);
  cairo_surface_mark_dirty (surface);
}
