/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From edges to lines of pixels. Curves are cut into straight pieces, pieces are clipped to the picture
 * and handed to the bands of rows that they cross, so that each band can be drawn by a thread of its own
 * with its sums in the cache. Edges are taken in lots of a fixed size, which threads share; a lot has a
 * list of its own for each band. A band takes the lots one after the other, and so has its lines in the
 * order of the edges whatever thread prepared them: its sums are the same to the bit. */

#include "draw/scene/edge-lines.h"

#include <math.h>

#define LOT_EDGES 2048

/* Room of a list that is not empty. */
#define MIN_ALLOCATED 64

/* Added to a number above -16384 its integer part is rounded down. */
#define ROUND_DOWN 16384

/* Edges that one by one are hardly seen may be twice as far from their curves. */
#define FAINT_DENSITY 0.05f
#define FAINT_FACTOR 0.5

/* Slack for the rounding of where a line enters a band. */
#define ROUNDING_PX 0.01

/* The lines of a lot in a band. */
typedef struct {
  CoterieEdgeLine *lines;
  guint n_lines;
  guint n_allocated;
} List;

/* A straight piece of an edge: the walked coordinate, and the one across. */
typedef struct {
  CoterieEdgeLine line;
  gint64 minor_at_0;
  double major_start;
  double major_end;
  double minor_start;
  double minor_end;
} Piece;

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
  List *lists;   /* [n_lots][n_bands] */
  guint n_lots;
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

static inline gboolean
is_within (const double ends[4], double min_x, double min_y, double max_x, double max_y)
{
  return MIN (ends[0], ends[2]) >= min_x && MAX (ends[0], ends[2]) <= max_x &&
         MIN (ends[1], ends[3]) >= min_y && MAX (ends[1], ends[3]) <= max_y;
}

/* Clipped to the whole picture, not to the strip, so that a strip rounds like the whole. */
static gboolean
clip_to_picture (const CoterieEdgeLines *self, double ends[4])
{
  double low = -self->margin;
  double max_x = self->view->width_px - 1 + self->margin;
  double max_y = self->view->height_px - 1 + self->margin;

  return is_within (ends, low, low, max_x, max_y) || clip_segment (ends, low, low, max_x, max_y);
}

/* The line's colour and coverage are set. FALSE if nothing of it is in the picture. */
static gboolean
find_walk (const CoterieEdgeLines *self, const double points[4], Piece *piece)
{
  double ends[4] = {points[0], points[1], points[2], points[3]};
  CoterieEdgeLine *line = &piece->line;
  double major, slope, square, over_length;
  guint axis, start;

  if (!clip_to_picture (self, ends))
    return FALSE;

  axis = fabs (ends[3] - ends[1]) > fabs (ends[2] - ends[0]);
  start = ends[axis] <= ends[2 + axis] ? 0 : 2;
  piece->major_start = ends[start + axis];
  piece->major_end = ends[2 - start + axis];
  piece->minor_start = ends[start + !axis];
  piece->minor_end = ends[2 - start + !axis];
  major = piece->major_end - piece->major_start;
  if (!(major > 0.0))
    return FALSE;

  slope = (piece->minor_end - piece->minor_start) / major;
  square = 1.0 + slope * slope;
  over_length = 1.0 / sqrt (square);
  piece->minor_at_0 =
      (gint64) ((piece->minor_start - piece->major_start * slope) * COTERIE_LINE_FIXED_ONE);
  line->slope = (gint64) (slope * COTERIE_LINE_FIXED_ONE);
  line->steep = axis;
  line->cosine = (float) over_length;
  line->reach = (float) (line->edge_coverage * square * over_length);
  return TRUE;
}

static inline int
round_down (double value)
{
  return (int) (value + ROUND_DOWN) - ROUND_DOWN;
}

static void
append (List *list, const CoterieEdgeLine *line)
{
  if (list->n_lines == list->n_allocated) {
    list->n_allocated = MAX (2 * list->n_allocated, MIN_ALLOCATED);
    list->lines = g_renew (CoterieEdgeLine, list->lines, list->n_allocated);
  }
  list->lines[list->n_lines++] = *line;
}

/* The pixels of the walk that may touch the rows of a band. */
static void
find_range (
    const Piece *piece, double over_slope, int first_row, int end_row, double *start, double *end)
{
  double reach = piece->line.reach + ROUNDING_PX;

  *start = piece->major_start;
  *end = piece->major_end;
  if (piece->line.steep) {
    *start = MAX (*start, first_row);
    *end = MIN (*end, end_row);
  } else if (over_slope != 0.0) {
    double at_top = *start + (first_row - reach - piece->minor_start) * over_slope;
    double at_bottom = piece->major_start + (end_row - 1 + reach - piece->minor_start) * over_slope;

    *start = MAX (*start, MIN (at_top, at_bottom));
    *end = MIN (*end, MAX (at_top, at_bottom));
  }
}

/* Gives the piece to the bands that it may touch. */
static void
add_piece (const CoterieEdgeLines *self, List *lists, Piece *piece)
{
  CoterieEdgeLine *line = &piece->line;
  double minor = piece->minor_end - piece->minor_start;
  double over_slope = 0.0;
  double low = line->steep ? piece->major_start : MIN (piece->minor_start, piece->minor_end);
  double high = line->steep ? piece->major_end : MAX (piece->minor_start, piece->minor_end);
  int top = round_down (low - line->reach) - self->first_row;
  int bottom = round_down (high + line->reach) + 1 - self->first_row;
  int first, last;

  if (bottom < 0 || top >= self->n_rows)
    return;

  first = MAX (top, 0) / self->band_rows;
  last = MIN (bottom, self->n_rows - 1) / self->band_rows;
  /* What lies within a single band is walked wholly. */
  if ((first < last || top < first * self->band_rows || bottom >= self->n_rows) &&
      fabs (minor) > 1e-6)
    over_slope = (piece->major_end - piece->major_start) / minor;
  for (int band = first; band <= last; band++) {
    int first_row = band * self->band_rows;
    int end_row = MIN (first_row + self->band_rows, self->n_rows);
    double start, end;

    find_range (piece, over_slope, self->first_row + first_row, self->first_row + end_row, &start,
                &end);
    line->start = round_down (start) + (start > round_down (start));
    line->stop = round_down (end) + (end > round_down (end));
    if (line->start >= line->stop)
      continue;
    line->minor = piece->minor_at_0 + line->start * line->slope;
    append (&lists[band], line);
  }
}

/* The corners between the pieces of a curve lie outside of it by half as much as the pieces' middles
 * would else lie inside, so that no part is further off than that. */
static void
add_edge (const CoterieEdgeLines *self, List *lists, guint e)
{
  const CoterieDrawingEdge *edge = &self->drawing->geometry->edges[e];
  const float *from = self->points + 2 * (gsize) edge->source;
  const float *to = self->points + 2 * (gsize) edge->target;
  const CoterieColor *a = &edge->colors[0], *b = &edge->colors[1];
  float t = (float) self->drawing->s_frac, s = 1.0f - t;
  double dx = (double) to[0] - from[0], dy = (double) to[1] - from[1];
  double control[2] = {from[0] + 0.5 * dx + 2.0 * edge->bend * dy,
                       from[1] + 0.5 * dy - 2.0 * edge->bend * dx};
  double points[4] = {from[0], from[1], from[0], from[1]};
  double gain, over_n;
  float density;
  Piece piece;
  guint n_pieces = 1;

  piece.line.edge_coverage =
      (float) (0.5 * coterie_drawing_get_edge_width (&self->metrics, edge->width, &gain) + 0.5);
  density = (s * a->alpha + t * b->alpha) * (float) gain;
  if (density <= 0.0f)
    return;

  piece.line.color[0] = (s * a->blue + t * b->blue) * density;
  piece.line.color[1] = (s * a->green + t * b->green) * density;
  piece.line.color[2] = (s * a->red + t * b->red) * density;
  piece.line.color[3] = density;
  if (edge->bend != 0.0f)
    n_pieces = coterie_drawing_count_segments (
        (density < FAINT_DENSITY ? FAINT_FACTOR : 1.0) * sqrt (dx * dx + dy * dy), edge->bend);
  over_n = 1.0 / n_pieces;
  for (guint i = 1; i <= n_pieces; i++) {
    double u = i < n_pieces ? i * over_n : 1.0, v = 1.0 - u;
    double outwards = i < n_pieces ? 0.5 * edge->bend * over_n * over_n : 0.0;

    points[0] = points[2];
    points[1] = points[3];
    points[2] = v * v * from[0] + 2.0 * u * v * control[0] + u * u * to[0] + outwards * dy;
    points[3] = v * v * from[1] + 2.0 * u * v * control[1] + u * u * to[1] - outwards * dx;
    if (find_walk (self, points, &piece))
      add_piece (self, lists, &piece);
  }
}

static void
prepare_lot (gsize lot, guint worker, gpointer data)
{
  CoterieEdgeLines *self = data;
  guint n_edges = self->drawing->geometry->n_edges;
  guint first = (guint) lot * LOT_EDGES;

  for (guint e = first; e < MIN (first + LOT_EDGES, n_edges); e++)
    add_edge (self, self->lists + lot * self->n_bands, e);
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
  self->lists = g_new0 (List, (gsize) self->n_lots * self->n_bands);

  place_nodes (self);
  run (pool, self->n_lots, prepare_lot, self);
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
  for (gsize i = 0; i < (gsize) lines->n_lots * lines->n_bands; i++)
    g_free (lines->lists[i].lines);
  g_free (lines->lists);
  g_free (lines->points);
  g_free (lines);
}

/**
 * coterie_edge_lines_get_n_lots:
 * @lines: the lines
 *
 * Returns: number of lots
 */
guint
coterie_edge_lines_get_n_lots (const CoterieEdgeLines *lines)
{
  return lines->n_lots;
}

/**
 * coterie_edge_lines_get:
 * @lines: the lines
 * @lot: from 0
 * @band: which band of the strip, from 0
 * @n_lines: (out): how many lines the lot has in the band
 *
 * The lines of a band are those of its lots, one after the other.
 *
 * Returns: (nullable): [@n_lines]: the lines, in the order of the edges
 */
const CoterieEdgeLine *
coterie_edge_lines_get (const CoterieEdgeLines *lines, guint lot, guint band, guint *n_lines)
{
  const List *list = &lines->lists[(gsize) lot * lines->n_bands + band];

  *n_lines = list->n_lines;
  return list->lines;
}
