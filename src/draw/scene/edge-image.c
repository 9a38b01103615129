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
 * The picture is cut into tiles whose sums fit into the processor's cache. A tile is one task for the
 * pool: lines are walked along their longer direction, four pixels across at a time. Those of flat lines
 * are one below the other, so flat lines have sums of their own in which a column lies together. The
 * sums of a tile have a border, so the walk needs no test at the rims; nobody reads the border, and what
 * is read is cleared for the next tile.
 *
 * Most edges have one of a few colours. Of these a tile sums the densities alone, a quarter of the
 * numbers, colour after colour, and adds them to its sums when all of a colour are there. */

#include "draw/scene/edge-image.h"

#include "draw/scene/edge-kernels.h"

typedef CoterieEdgeSum Sum;

typedef struct {
  CoterieEdgeLines *lines;
  int size[2]; /* of the strip: columns and rows */
  int first_row;
  guint8 *pixels;
  gsize stride;

  const CoterieEdgeKernels *kernels;
  int border; /* how far lines may reach beyond a tile */
  gsize sums_stride;
  gsize sums_size; /* of one worker in one direction */
  Sum *sums;
  float *densities;
  const CoterieEdgeHues *hues;
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

/* The tile where a worker draws, and how many of its pixels are in the strip. */
static CoterieEdgeTile
get_tile (const Job *job, guint worker, guint number, int size[2])
{
  guint n_across = coterie_edge_lines_get_n_tiles (job->lines, 0);
  gsize origin = 2 * worker * job->sums_size + (gsize) job->border;
  Sum *sums = job->sums + origin;
  float *densities = job->densities + origin;
  int column = (int) (number % n_across) * COTERIE_EDGE_TILE_PX;
  int row = (int) (number / n_across) * COTERIE_EDGE_TILE_PX;

  size[0] = MIN (job->size[0] - column, COTERIE_EDGE_TILE_PX);
  size[1] = MIN (job->size[1] - row, COTERIE_EDGE_TILE_PX);
  return (CoterieEdgeTile){
      .sums = {sums, sums + job->sums_size},
      .densities = {densities, densities + job->sums_size},
      .stride = job->sums_stride,
      .first = {column, job->first_row + row},
  };
}

/* Adds the spans of one hue, or those that have none, and returns their number. */
static guint
add_heap (const Job *job, const CoterieEdgeTile *tile, guint number, guint hue)
{
  gboolean pure = hue < job->hues->n;
  guint n_all = 0;

  for (guint lot = 0; lot < coterie_edge_lines_get_n_lots (job->lines); lot++) {
    guint n_spans;
    const CoterieEdgeLine *lines = coterie_edge_lines_get_lines (job->lines, lot);
    const CoterieEdgeSpan *spans =
        coterie_edge_lines_get_spans (job->lines, lot, number, hue, &n_spans);

    if (pure)
      job->kernels->add_densities (tile, lines, spans, n_spans);
    else
      job->kernels->add_spans (tile, lines, spans, n_spans);
    n_all += n_spans;
  }
  if (pure && n_all > 0)
    job->kernels->add_hue (tile, &job->hues->colors[hue]);
  return n_all;
}

static void
render_tile (gsize number, guint worker, gpointer data)
{
  const Job *job = data;
  int size[2];
  CoterieEdgeTile tile = get_tile (job, worker, (guint) number, size);
  guint n_all = 0;

  for (guint hue = 0; hue <= job->hues->n; hue++)
    n_all += add_heap (job, &tile, (guint) number, hue);
  if (n_all == 0)
    return;

  job->kernels->resolve (&tile, size,
                         job->pixels + (gsize) (tile.first[1] - job->first_row) * job->stride +
                             4 * (gsize) tile.first[0],
                         job->stride);
  /* Beyond the rim of the picture are sums that are inside of other tiles. */
  if (size[0] < COTERIE_EDGE_TILE_PX || size[1] < COTERIE_EDGE_TILE_PX)
    memset (tile.sums[0] - job->border, 0, 2 * job->sums_size * sizeof (Sum));
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
  job->hues = &drawing->geometry->edge_hues;
  /* Even, as the walks' first pixels. */
  job->border = coterie_edge_lines_get_border (drawing, view);
  job->sums_stride = (gsize) (COTERIE_EDGE_TILE_PX + 2 * job->border);
  job->sums_size = (COTERIE_EDGE_TILE_PX + COTERIE_EDGE_STEPS_AT_ONCE - 1) * job->sums_stride;
  n_bytes = 2 * n_workers * job->sums_size * sizeof (Sum);
  job->sums = g_aligned_alloc (n_bytes, 1, 64);
  memset (job->sums, 0, n_bytes);
  n_bytes = 2 * n_workers * job->sums_size * sizeof (float);
  job->densities = g_aligned_alloc (n_bytes, 1, 64);
  memset (job->densities, 0, n_bytes);
  job->lines =
      coterie_edge_lines_new (drawing, view, job->first_row, job->size[1], job->kernels, pool);
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
 * the lengths of all edges in pixels, and one pass over the pixels.
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
  guint n_tiles;
  Job job = {
      .size = {view->width_px, n_rows},
      .first_row = first_row,
      .pixels = pixels,
      .stride = stride,
  };

  g_return_if_fail (stride >= 4 * (gsize) view->width_px && stride % 4 == 0);

  if (n_rows <= 0 || view->width_px <= 0 || drawing->geometry->n_edges == 0)
    return;

  job_prepare (&job, drawing, view, pool);
  n_tiles =
      coterie_edge_lines_get_n_tiles (job.lines, 0) * coterie_edge_lines_get_n_tiles (job.lines, 1);
  if (pool != NULL)
    coterie_pool_run (pool, n_tiles, render_tile, &job);
  else
    for (guint tile = 0; tile < n_tiles; tile++)
      render_tile (tile, 0, &job);

  coterie_edge_lines_free (job.lines);
  g_aligned_free (job.sums);
  g_aligned_free (job.densities);
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
