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
 * at a time. The sums of a band have a border, so the walk needs no test at the rims. */

#include "draw/scene/edge-image.h"

#include <math.h>

/* Sums of a band, in bytes: about half of a small second-level cache. */
#define BAND_BYTES (512 * 1024)
#define MIN_BAND_ROWS 8
#define MAX_BAND_ROWS 64

/* Opacity as a table over the density; beyond, it is 1 to three parts in a million. */
#define TABLE_MAX 12.0
#define TABLE_STEPS_PER_UNIT 64
#define TABLE_SIZE ((int) TABLE_MAX * TABLE_STEPS_PER_UNIT + 2)

/* Fixed-point numbers of 64 bits. */
#define FIXED_BITS 32
#define FIXED_ONE (G_GINT64_CONSTANT (1) << FIXED_BITS)

/* A line one pixel wide reaches so many pixels across, whatever its direction. */
#define THIN_ACROSS 3

/* Blue, green, red and density of a pixel: the order of its bytes. */
typedef float Sum __attribute__ ((vector_size (16)));
typedef int Integers __attribute__ ((vector_size (16)));

/* A line in pixels, whole numbers being the pixels' centres, walked along its longer direction. The
 * other coordinate is a fixed-point number with 32 bits of fraction: minor = minor_at_0 + major *
 * slope, exactly, wherever a band lets the walk begin. */
typedef struct {
  Sum color;
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
} Line;

typedef struct {
  const CoterieDrawingView *view;
  CoterieDrawingMetrics metrics;
  int first_row;
  int n_rows;
  guint8 *pixels;
  gsize stride;
  Sum background;

  Line *lines;
  guint n_lines;
  int band_rows;
  guint n_bands;
  guint32 *band_offsets;
  guint32 *band_lines;

  int border;
  gsize sums_stride;
  Sum *sums;
  gsize sums_size;
  float table[TABLE_SIZE];
} Job;

/* Liang and Barsky 1984. Returns FALSE if nothing of the segment is in the box. */
static gboolean
clip_segment (double ends[4], double min_x, double min_y, double max_x, double max_y)
{
  double dx = ends[2] - ends[0], dy = ends[3] - ends[1];
  const double steps[4] = {-dx, dx, -dy, dy};
  const double rooms[4] = {ends[0] - min_x, max_x - ends[0], ends[1] - min_y, max_y - ends[1]};
  double enter = 0.0, leave = 1.0;

  for (guint side = 0; side < 4; side++) {
    if (steps[side] == 0.0) {
      if (rooms[side] < 0.0)
        return FALSE;
    } else if (steps[side] < 0.0) {
      enter = fmax (enter, rooms[side] / steps[side]);
    } else {
      leave = fmin (leave, rooms[side] / steps[side]);
    }
  }
  if (enter >= leave)
    return FALSE;

  ends[2] = ends[0] + leave * dx;
  ends[3] = ends[1] + leave * dy;
  ends[0] += enter * dx;
  ends[1] += enter * dy;
  return TRUE;
}

static gboolean
prepare_line (const Job *job, const CoterieDrawingEdge *edge, Line *line)
{
  const CoterieDrawingMetrics *metrics = &job->metrics;
  const CoterieColor *color = &edge->color;
  float alpha = color->alpha * (float) metrics->edge_gain;
  double margin = job->border / 2;
  double ends[4] = {
      edge->x0 * metrics->scale_px + metrics->offset_x_px - 0.5,
      metrics->offset_y_px - edge->y0 * metrics->scale_px - 0.5,
      edge->x1 * metrics->scale_px + metrics->offset_x_px - 0.5,
      metrics->offset_y_px - edge->y1 * metrics->scale_px - 0.5,
  };
  double length, major, minor;
  guint axis, start;

  /* Clipped to the whole picture, not to the strip, so that a strip rounds like the whole. */
  if (alpha <= 0.0f || !clip_segment (ends, -margin, -margin, job->view->width_px - 1 + margin,
                                      job->view->height_px - 1 + margin))
    return FALSE;

  axis = fabs (ends[3] - ends[1]) > fabs (ends[2] - ends[0]);
  start = ends[axis] <= ends[2 + axis] ? 0 : 2;
  major = fabs (ends[2 + axis] - ends[axis]);
  minor = ends[2 - start + !axis] - ends[start + !axis];
  length = hypot (major, minor);
  if (length <= 0.0)
    return FALSE;

  line->color = (Sum){color->blue, color->green, color->red, 1.0f} * alpha;
  line->steep = axis;
  line->major_start = (float) ends[start + axis];
  line->major_end = (float) ends[2 - start + axis];
  line->minor_start = (float) ends[start + !axis];
  line->minor_end = (float) ends[2 - start + !axis];
  line->slope = (gint64) (minor / major * FIXED_ONE);
  line->minor_at_0 =
      (gint64) ((ends[start + !axis] - ends[start + axis] * (minor / major)) * FIXED_ONE);
  line->cosine = (float) (major / length);
  line->edge_coverage = (float) (0.5 * metrics->edge_width_px + 0.5);
  line->reach = (float) ((0.5 * metrics->edge_width_px + 0.5) * length / major);
  return TRUE;
}

/* First and last band that the line may touch; FALSE if it passes the strip by. */
static gboolean
find_bands (const Job *job, const Line *line, guint *first, guint *last)
{
  float low = line->steep ? line->major_start : fminf (line->minor_start, line->minor_end);
  float high = line->steep ? line->major_end : fmaxf (line->minor_start, line->minor_end);
  int top = (int) floorf (low - line->reach) - job->first_row;
  int bottom = (int) ceilf (high + line->reach) - job->first_row;

  if (bottom < 0 || top >= job->n_rows)
    return FALSE;

  *first = (guint) (MAX (top, 0) / job->band_rows);
  *last = (guint) (MIN (bottom, job->n_rows - 1) / job->band_rows);
  return TRUE;
}

/* Gives every band the list of its lines, in the order of the drawing. */
static void
sort_into_bands (Job *job)
{
  g_autofree guint32 *next = g_new (guint32, job->n_bands);
  guint first, last;

  job->band_offsets = g_new0 (guint32, job->n_bands + 1);
  for (guint i = 0; i < job->n_lines; i++) {
    if (!find_bands (job, &job->lines[i], &first, &last))
      continue;
    for (guint band = first; band <= last; band++)
      job->band_offsets[band + 1]++;
  }
  for (guint band = 0; band < job->n_bands; band++) {
    job->band_offsets[band + 1] += job->band_offsets[band];
    next[band] = job->band_offsets[band];
  }

  job->band_lines = g_new (guint32, job->band_offsets[job->n_bands]);
  for (guint i = 0; i < job->n_lines; i++) {
    if (!find_bands (job, &job->lines[i], &first, &last))
      continue;
    for (guint band = first; band <= last; band++)
      job->band_lines[next[band]++] = i;
  }
}

/* The part of a flat line's columns whose pixels may lie in the rows of a band. */
static void
narrow_to_rows (const Line *line, int first_row, int end_row, float *start, float *end)
{
  float top = (float) first_row - line->reach - 1.0f;
  float bottom = (float) end_row + line->reach;
  float slope = (float) line->slope / (float) FIXED_ONE;
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
walk (const Line *line, Sum *origin, gssize along, gssize across, int start, int stop, int n_across)
{
  const Sum ramp = {0.0f, 1.0f, 2.0f, 3.0f};
  gboolean thin = n_across == THIN_ACROSS;
  float cosine = line->cosine;
  float edge_coverage = line->edge_coverage;
  Sum color = line->color;
  gint64 slope = line->slope;
  gint64 reach = (gint64) (line->reach * (float) FIXED_ONE);
  gint64 minor = line->minor_at_0 + start * slope;

  for (int major = start; major < stop; major++, minor += slope) {
    gint64 first = ((minor - reach) >> FIXED_BITS) + 1;
    float distance = (float) (first * FIXED_ONE - minor) * (1.0f / (float) FIXED_ONE);
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
add_line (const Line *line, Sum *origin, gssize sums_stride, int first_row, int end_row)
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

/* The pixel of the background where there are no edges, else both by the edges' opacity. */
static inline guint32
resolve_pixel (Sum sum, const float *table, Sum background)
{
  float density = sum[3];
  float factor = 0.0f;
  Sum edges;
  Integers bytes;

  if (density >= (float) TABLE_MAX) {
    factor = 255.0f / density;
  } else {
    float place = density * TABLE_STEPS_PER_UNIT;
    int index = (int) place;

    factor = table[index] + (table[index + 1] - table[index]) * (place - (float) index);
  }
  edges = sum * factor;
  bytes = __builtin_convertvector(edges + background * (255.0f - edges[3]) + 0.5f, Integers);
  return (guint32) bytes[3] << 24 | (guint32) bytes[2] << 16 | (guint32) bytes[1] << 8 |
         (guint32) bytes[0];
}

static void
render_band (gsize band, guint worker, gpointer data)
{
  const Job *job = data;
  Sum *buffer = job->sums + worker * job->sums_size;
  Sum *sums = buffer + (gsize) job->border * job->sums_stride + job->border;
  guint32 empty = resolve_pixel ((Sum){0.0f}, job->table, job->background);
  int top = (int) band * job->band_rows;
  int bottom = MIN (top + job->band_rows, job->n_rows);

  memset (buffer, 0, job->sums_size * sizeof *buffer);
  for (guint32 i = job->band_offsets[band]; i < job->band_offsets[band + 1]; i++)
    add_line (&job->lines[job->band_lines[i]],
              sums - (gssize) (job->first_row + top) * (gssize) job->sums_stride,
              (gssize) job->sums_stride, job->first_row + top, job->first_row + bottom);

  for (int row = top; row < bottom; row++) {
    const Sum *from = sums + (gsize) (row - top) * job->sums_stride;
    guint32 *to = (guint32 *) (void *) (job->pixels + (gsize) row * job->stride);

    for (int column = 0; column < job->view->width_px; column++)
      to[column] = from[column][3] > 0.0f
                       ? resolve_pixel (from[column], job->table, job->background)
                       : empty;
  }
}

static void
job_prepare (Job *job, const CoterieDrawing *drawing, guint n_workers)
{
  /* How far from its middle a line of 45 degrees reaches along a row, and as much again, because
   * lines are clipped only so far outside. */
  double reach = (0.5 * job->metrics.edge_width_px + 0.5) * G_SQRT2;

  job->border = 2 * (int) ceil (reach) + 8;
  job->sums_stride = (gsize) job->view->width_px + 2 * (gsize) job->border;
  job->band_rows =
      CLAMP (BAND_BYTES / (int) (job->sums_stride * sizeof (Sum)), MIN_BAND_ROWS, MAX_BAND_ROWS);
  job->n_bands = (guint) ((job->n_rows + job->band_rows - 1) / job->band_rows);
  job->sums_size = job->sums_stride * (gsize) (job->band_rows + 2 * job->border);
  job->sums = g_aligned_alloc (n_workers, job->sums_size * sizeof (Sum), 64);

  job->lines = g_aligned_alloc (MAX (drawing->n_edges, 1), sizeof (Line), 64);
  for (guint e = 0; e < drawing->n_edges; e++)
    job->n_lines += prepare_line (job, &drawing->edges[e], &job->lines[job->n_lines]);
  sort_into_bands (job);
  fill_table (job->table);
}

/**
 * coterie_edge_image_render:
 * @drawing: whose edges
 * @view: the whole picture's camera and size
 * @first_row: where the strip of the picture begins that shall be drawn, from 0
 * @n_rows: rows of the strip; 0 does nothing
 * @canvas: (nullable): an opaque colour below the edges; %NULL draws them on nothing
 * @pixels: [n_rows][@stride] (out caller-allocates): premultiplied, 32 bits a pixel in the machine's
 *   byte order, as %CAIRO_FORMAT_ARGB32; wholly overwritten
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
                           const CoterieColor *canvas,
                           guint8 *pixels,
                           gsize stride,
                           CoteriePool *pool)
{
  Job job = {
      .view = view,
      .metrics = coterie_drawing_measure (drawing, view),
      .first_row = first_row,
      .n_rows = n_rows,
      .pixels = pixels,
      .stride = stride,
  };

  if (canvas != NULL)
    job.background = (Sum){canvas->blue, canvas->green, canvas->red, 1.0f};

  g_return_if_fail (stride >= 4 * (gsize) view->width_px && stride % 4 == 0);

  if (n_rows <= 0 || view->width_px <= 0)
    return;

  job_prepare (&job, drawing, pool != NULL ? coterie_pool_get_n_threads (pool) : 1);
  if (pool != NULL)
    coterie_pool_run (pool, job.n_bands, render_band, &job);
  else
    for (guint band = 0; band < job.n_bands; band++)
      render_band (band, 0, &job);

  g_free (job.band_offsets);
  g_free (job.band_lines);
  g_aligned_free (job.lines);
  g_aligned_free (job.sums);
}

/**
 * coterie_edge_image_render_to_surface:
 * @drawing: whose edges
 * @view: the whole picture's camera and size
 * @first_row: which row of the picture is the surface's first
 * @canvas: (nullable): an opaque colour below the edges; %NULL draws them on nothing
 * @surface: an image surface of %CAIRO_FORMAT_ARGB32, as wide as the picture; wholly overwritten
 * @pool: (nullable): threads that share the work
 *
 * Draws as many rows as @surface has, see coterie_edge_image_render().
 */
void
coterie_edge_image_render_to_surface (const CoterieDrawing *drawing,
                                      const CoterieDrawingView *view,
                                      int first_row,
                                      const CoterieColor *canvas,
                                      cairo_surface_t *surface,
                                      CoteriePool *pool)
{
  g_return_if_fail (cairo_image_surface_get_width (surface) == view->width_px);

  cairo_surface_flush (surface);
  coterie_edge_image_render (drawing, view, first_row, cairo_image_surface_get_height (surface),
                             canvas, cairo_image_surface_get_data (surface),
                             (gsize) cairo_image_surface_get_stride (surface), pool);
  cairo_surface_mark_dirty (surface);
}
