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
 * for the pool: lines are walked along their longer direction, four pixels across at a time. Those of
 * flat lines are one below the other, so flat lines have sums of their own in which a column lies
 * together. The sums of a band have a border, so the walk needs no test at the rims; nobody reads the
 * border, and what is read is cleared for the next band. */

#include "draw/scene/edge-image.h"

#include <math.h>

#include "draw/scene/edge-kernels.h"

/* Sums of a band in one direction, in bytes: both are about what a second-level cache holds. Smaller bands
 * cut more lines, larger ones wait for the memory. */
#define BAND_BYTES (1024 * 1024)
#define MIN_BAND_ROWS 8
#define MAX_BAND_ROWS 64

/* Opacity as a table over the density; beyond, it is 1 to three parts in a million. */
#define TABLE_MAX 12.0
#define TABLE_STEPS_PER_UNIT 64
#define TABLE_SIZE ((int) TABLE_MAX * TABLE_STEPS_PER_UNIT + 2)

/* Rows whose sums of one column share a line of the processor's cache. */
#define ROWS_TOGETHER 4

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

  const CoterieEdgeKernels *kernels;
  int border; /* how far lines may reach beyond a band */
  gsize flat_stride;
  gsize steep_stride;
  gsize sums_size; /* of one worker */
  Sum *sums;
  float table[TABLE_SIZE];
} Job;

static const CoterieEdgeKernels *
choose_kernels (void)
{
#ifdef __x86_64__
  const char *forced = g_getenv ("COTERIE_KERNELS");

  if (g_strcmp0 (forced, "baseline") == 0)
    return &coterie_edge_kernels_baseline;
  if (__builtin_cpu_supports ("avx512f") && g_strcmp0 (forced, "avx2") != 0)
    return &coterie_edge_kernels_avx512;
  if (__builtin_cpu_supports ("avx2"))
    return &coterie_edge_kernels_avx2;
#endif
  return &coterie_edge_kernels_baseline;
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

/* Where a worker has the sums of the band that begins in this row of the picture. */
static CoterieEdgeBand
get_band (const Job *job, guint worker, int first_row)
{
  Sum *sums = job->sums + worker * job->sums_size;
  Sum *flat = sums + (gsize) job->border * job->flat_stride + job->border;
  Sum *steep = sums + job->flat_stride * job->steep_stride + job->border;

  return (CoterieEdgeBand){
      .flat = flat - first_row,
      .flat_stride = job->flat_stride,
      .steep = steep - (gssize) first_row * (gssize) job->steep_stride,
      .steep_stride = job->steep_stride,
  };
}

/* Draws a few rows of the picture, whose flat sums lie together in memory. */
static void
resolve_rows (const Job *job, const CoterieEdgeBand *band, int first, int end)
{
  for (int column = 0; column < job->width; column++) {
    Sum *flat = band->flat + (gsize) column * band->flat_stride;

    for (int row = first; row < end; row++) {
      Sum *steep = band->steep + (gsize) row * band->steep_stride + column;
      Sum sum = flat[row] + *steep;
      guint32 *pixel;

      if (sum[3] <= 0.0f)
        continue;
      pixel = (guint32 *) (void *) (job->pixels + (gsize) (row - job->first_row) * job->stride) +
              column;
      *pixel = resolve_pixel (sum, job->table, *pixel);
      flat[row] = *steep = (Sum){0.0f};
    }
  }
}

/* Flat lines reach below a short last band, into rows that are inside of other bands. */
static void
clear_rows (const Job *job, const CoterieEdgeBand *band, int first, int end)
{
  for (int column = 0; first < end && column < job->width; column++)
    memset (band->flat + (gsize) column * band->flat_stride + first, 0,
            (gsize) (end - first) * sizeof (Sum));
}

static void
render_band (gsize number, guint worker, gpointer data)
{
  const Job *job = data;
  int first_row = job->first_row + (int) number * job->band_rows;
  int end_row = MIN (first_row + job->band_rows, job->first_row + job->n_rows);
  CoterieEdgeBand band = get_band (job, worker, first_row);

  for (guint lot = 0; lot < coterie_edge_lines_get_n_lots (job->lines); lot++) {
    guint n_lines;
    const CoterieEdgeLine *lines =
        coterie_edge_lines_get (job->lines, lot, (guint) number, &n_lines);

    job->kernels->add_lines (&band, lines, n_lines);
  }
  for (int row = first_row; row < end_row; row += ROWS_TOGETHER)
    resolve_rows (job, &band, row, MIN (row + ROWS_TOGETHER, end_row));
  clear_rows (job, &band, end_row, first_row + job->band_rows);
}

static void
job_prepare (Job *job,
             const CoterieDrawing *drawing,
             const CoterieDrawingView *view,
             CoteriePool *pool)
{
  guint n_workers = pool != NULL ? coterie_pool_get_n_threads (pool) : 1;
  gsize n_bytes;

  job->kernels = choose_kernels ();
  job->border = coterie_edge_lines_get_border (drawing, view);
  /* Even, as the walks' first pixels. */
  job->steep_stride = (gsize) (job->width + job->width % 2 + 2 * job->border);
  job->band_rows =
      CLAMP (BAND_BYTES / (int) (job->steep_stride * sizeof (Sum)), MIN_BAND_ROWS, MAX_BAND_ROWS);
  job->band_rows -= job->band_rows % 2;
  job->n_bands = (guint) ((job->n_rows + job->band_rows - 1) / job->band_rows);
  job->flat_stride = (gsize) (job->band_rows + 2 * job->border);
  job->sums_size = job->steep_stride * (job->flat_stride + (gsize) (job->band_rows + 1));
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
