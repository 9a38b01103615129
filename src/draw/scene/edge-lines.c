/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From edges to lines of pixels. Curves are cut into straight pieces, pieces are clipped to the picture
 * and sorted into bands of rows, so that each band can be drawn by a thread of its own with its sums in
 * the cache. Edges are taken in lots of a fixed size, which threads share; a band has its lines in the
 * order of the edges whatever thread prepared them, so that its sums are the same to the bit. */

#include "draw/scene/edge-lines.h"

#include <math.h>

#define LOT_EDGES 2048

/* A line's number is its lot's and its place in there. */
#define PLACE_BITS 14
#define PLACE_MASK ((1u << PLACE_BITS) - 1)

G_STATIC_ASSERT (LOT_EDGES *COTERIE_DRAWING_MAX_SEGMENTS <= 1 << PLACE_BITS);

typedef struct {
  CoterieEdgeLine *lines;
  guint n_lines;
  guint n_allocated;
  guint32
      *band_counts; /* [n_bands], later where the lot's next line goes in the list of the band */
} Lot;

struct _CoterieEdgeLines {
  const CoterieDrawing *drawing;
  const CoterieDrawingView *view;
  CoterieDrawingMetrics metrics;
  int first_row;
  int n_rows;
  int band_rows;
  guint n_bands;
  double margin;

  float *points; /* [n_nodes][2], pixels */
  Lot *lots;
  guint n_lots;
  guint32 *band_offsets;
  guint32 *band_lines;
};

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

static void
place_nodes (CoterieEdgeLines *self)
{
  const CoterieDrawingGeometry *geometry = self->drawing->geometry;
  double t = self->drawing->s_frac, s = 1.0 - t;

  self->points = g_new (float, 2 * (gsize) geometry->n_nodes);
  for (guint v = 0; v < geometry->n_nodes; v++) {
    const CoterieDrawingNodeEnd *ends = geometry->nodes[v].ends;
    double x = s * ends[0].x + t * ends[1].x, y = s * ends[0].y + t * ends[1].y;

    self->points[2 * v] = (float) (x * self->metrics.scale_px + self->metrics.offset_x_px - 0.5);
    self->points[2 * v + 1] =
        (float) (self->metrics.offset_y_px - y * self->metrics.scale_px - 0.5);
  }
}

/* FALSE if nothing of it is in the picture. */
static gboolean
make_line (const CoterieEdgeLines *self, const double points[4], CoterieEdgeLine *line)
{
  double margin = self->margin;
  double ends[4] = {points[0], points[1], points[2], points[3]};
  double length, major, minor;
  guint axis, start;

  /* Clipped to the whole picture, not to the strip, so that a strip rounds like the whole. */
  if (!clip_segment (ends, -margin, -margin, self->view->width_px - 1 + margin,
                     self->view->height_px - 1 + margin))
    return FALSE;

  axis = fabs (ends[3] - ends[1]) > fabs (ends[2] - ends[0]);
  start = ends[axis] <= ends[2 + axis] ? 0 : 2;
  major = fabs (ends[2 + axis] - ends[axis]);
  minor = ends[2 - start + !axis] - ends[start + !axis];
  if (major <= 0.0)
    return FALSE;

  length = sqrt (major * major + minor * minor);
  line->steep = axis;
  line->major_start = (float) ends[start + axis];
  line->major_end = (float) ends[2 - start + axis];
  line->minor_start = (float) ends[start + !axis];
  line->minor_end = (float) ends[2 - start + !axis];
  line->slope = (gint64) (minor / major * COTERIE_LINE_FIXED_ONE);
  line->minor_at_0 = (gint64) ((ends[start + !axis] - ends[start + axis] * (minor / major)) *
                               COTERIE_LINE_FIXED_ONE);
  line->cosine = (float) (major / length);
  line->reach = (float) (line->edge_coverage * length / major);
  return TRUE;
}

/* First and last band that the line may touch; FALSE if it passes the strip by. */
static gboolean
find_bands (const CoterieEdgeLines *self, const CoterieEdgeLine *line, guint *first, guint *last)
{
  float low = line->steep ? line->major_start : fminf (line->minor_start, line->minor_end);
  float high = line->steep ? line->major_end : fmaxf (line->minor_start, line->minor_end);
  int top = (int) floorf (low - line->reach) - self->first_row;
  int bottom = (int) ceilf (high + line->reach) - self->first_row;

  if (bottom < 0 || top >= self->n_rows)
    return FALSE;

  *first = (guint) (MAX (top, 0) / self->band_rows);
  *last = (guint) (MIN (bottom, self->n_rows - 1) / self->band_rows);
  return TRUE;
}

/* Keeps the line if it may touch the strip. */
static void
add_line (const CoterieEdgeLines *self, Lot *lot, const CoterieEdgeLine *line)
{
  guint first, last;

  if (!find_bands (self, line, &first, &last))
    return;

  if (lot->n_lines == lot->n_allocated) {
    CoterieEdgeLine *lines;

    lot->n_allocated = MAX (2 * lot->n_allocated, LOT_EDGES);
    lines = g_aligned_alloc (lot->n_allocated, sizeof *lines, 64);
    if (lot->n_lines > 0)
      memcpy (lines, lot->lines, lot->n_lines * sizeof *lines);
    g_aligned_free (lot->lines);
    lot->lines = lines;
  }
  lot->lines[lot->n_lines++] = *line;
  for (guint band = first; band <= last; band++)
    lot->band_counts[band]++;
}

static void
add_edge (const CoterieEdgeLines *self, Lot *lot, guint e)
{
  const CoterieDrawingEdge *edge = &self->drawing->geometry->edges[e];
  const float *from = self->points + 2 * (gsize) edge->source;
  const float *to = self->points + 2 * (gsize) edge->target;
  CoterieColor color = coterie_drawing_blend_edge (self->drawing, e);
  double dx = (double) to[0] - from[0], dy = (double) to[1] - from[1];
  double control[2] = {from[0] + 0.5 * dx + 2.0 * edge->bend * dy,
                       from[1] + 0.5 * dy - 2.0 * edge->bend * dx};
  double points[4] = {from[0], from[1], from[0], from[1]};
  CoterieEdgeLine line;
  double gain;
  guint n_segments = 1;

  line.edge_coverage =
      (float) (0.5 * coterie_drawing_get_edge_width (&self->metrics, edge->width, &gain) + 0.5);
  gain *= color.alpha;
  if (gain <= 0.0)
    return;

  line.color = (CoterieEdgeSum){color.blue, color.green, color.red, 1.0f} * (float) gain;
  if (edge->bend != 0.0f)
    n_segments = coterie_drawing_count_segments (sqrt (dx * dx + dy * dy), edge->bend);
  for (guint i = 1; i <= n_segments; i++) {
    double u = (double) i / n_segments, v = 1.0 - u;

    for (guint axis = 0; axis < 2; axis++) {
      points[axis] = points[2 + axis];
      points[2 + axis] = v * v * from[axis] + 2.0 * u * v * control[axis] + u * u * to[axis];
    }
    if (make_line (self, points, &line))
      add_line (self, lot, &line);
  }
}

static void
prepare_lot (gsize number, guint worker, gpointer data)
{
  CoterieEdgeLines *self = data;
  Lot *lot = &self->lots[number];
  guint n_edges = self->drawing->geometry->n_edges;
  guint first = (guint) number * LOT_EDGES;

  lot->band_counts = g_new0 (guint32, self->n_bands);
  for (guint e = first; e < MIN (first + LOT_EDGES, n_edges); e++)
    add_edge (self, lot, e);
}

static void
sort_lot (gsize number, guint worker, gpointer data)
{
  CoterieEdgeLines *self = data;
  Lot *lot = &self->lots[number];
  guint first, last;

  for (guint place = 0; place < lot->n_lines; place++)
    if (find_bands (self, &lot->lines[place], &first, &last))
      for (guint band = first; band <= last; band++)
        self->band_lines[lot->band_counts[band]++] = (guint32) number << PLACE_BITS | place;
}

/* Where the lines of each lot go in the list of each band. */
static void
find_places (CoterieEdgeLines *self)
{
  guint32 place = 0;

  self->band_offsets = g_new (guint32, self->n_bands + 1);
  for (guint band = 0; band < self->n_bands; band++) {
    self->band_offsets[band] = place;
    for (guint i = 0; i < self->n_lots; i++) {
      guint32 n_lines = self->lots[i].band_counts[band];

      self->lots[i].band_counts[band] = place;
      place += n_lines;
    }
  }
  self->band_offsets[self->n_bands] = place;
  self->band_lines = g_new (guint32, MAX (place, 1));
}

static void
run (CoteriePool *pool, gsize n_tasks, CoteriePoolFunc func, gpointer data)
{
  if (pool != NULL)
    coterie_pool_run (pool, n_tasks, func, data);
  else
    for (gsize task = 0; task < n_tasks; task++)
      func (task, 0, data);
}

/**
 * coterie_edge_lines_get_border:
 * @drawing: the drawing
 * @view: camera and size of the picture
 *
 * Returns: how many pixels beyond the picture, or beyond a band of it, lines may reach
 */
int
coterie_edge_lines_get_border (const CoterieDrawing *drawing, const CoterieDrawingView *view)
{
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, view);
  double gain;
  double width_px =
      coterie_drawing_get_edge_width (&metrics, drawing->geometry->max_edge_width, &gain);

  /* How far from its middle a line of 45 degrees reaches along a row, and as much again, because
   * lines are clipped only so far outside. */
  return 2 * (int) ceil ((0.5 * width_px + 0.5) * G_SQRT2) + 8;
}

/**
 * coterie_edge_lines_new:
 * @drawing: whose edges; must outlive the lines, as @view
 * @view: camera and size of the whole picture
 * @first_row: where the strip of the picture begins that is wanted
 * @n_rows: rows of the strip, greater than 0
 * @band_rows: rows of a band, greater than 0; the last band may have fewer
 * @pool: (nullable): threads that share the work; the result is the same for any number
 *
 * Cost: one pass over nodes and edges, and the number of lines times the bands they cross.
 *
 * Returns: (transfer full): the lines of the strip
 */
CoterieEdgeLines *
coterie_edge_lines_new (const CoterieDrawing *drawing,
                        const CoterieDrawingView *view,
                        int first_row,
                        int n_rows,
                        int band_rows,
                        CoteriePool *pool)
{
  CoterieEdgeLines *self = g_new0 (CoterieEdgeLines, 1);

  self->drawing = drawing;
  self->view = view;
  self->metrics = coterie_drawing_measure (drawing, view);
  self->first_row = first_row;
  self->n_rows = n_rows;
  self->band_rows = band_rows;
  self->n_bands = (guint) ((n_rows + band_rows - 1) / band_rows);
  self->margin = coterie_edge_lines_get_border (drawing, view) / 2;
  self->n_lots = (drawing->geometry->n_edges + LOT_EDGES - 1) / LOT_EDGES;
  self->lots = g_new0 (Lot, self->n_lots);

  place_nodes (self);
  run (pool, self->n_lots, prepare_lot, self);
  find_places (self);
  run (pool, self->n_lots, sort_lot, self);
  return self;
}

/**
 * coterie_edge_lines_free:
 * @lines: (transfer full): the lines
 *
 * Frees @lines.
 */
void
coterie_edge_lines_free (CoterieEdgeLines *lines)
{
  for (guint i = 0; i < lines->n_lots; i++) {
    g_aligned_free (lines->lots[i].lines);
    g_free (lines->lots[i].band_counts);
  }
  g_free (lines->lots);
  g_free (lines->points);
  g_free (lines->band_offsets);
  g_free (lines->band_lines);
  g_free (lines);
}

/**
 * coterie_edge_lines_get_band:
 * @lines: the lines
 * @band: which band of the strip, from 0
 * @n_lines: (out): how many lines it has
 *
 * Returns: [@n_lines]: numbers of the lines that may touch the band, in the order of the edges
 */
const guint32 *
coterie_edge_lines_get_band (const CoterieEdgeLines *lines, guint band, guint *n_lines)
{
  *n_lines = lines->band_offsets[band + 1] - lines->band_offsets[band];
  return lines->band_lines + lines->band_offsets[band];
}

/**
 * coterie_edge_lines_get:
 * @lines: the lines
 * @line: number of a line
 *
 * Returns: the line
 */
const CoterieEdgeLine *
coterie_edge_lines_get (const CoterieEdgeLines *lines, guint32 line)
{
  return &lines->lots[line >> PLACE_BITS].lines[line & PLACE_MASK];
}
