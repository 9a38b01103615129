/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From edges to lines of pixels. Curves are cut into straight pieces, pieces are clipped to the picture
 * and handed to the tiles that they cross, so that each tile can be drawn by a thread of its own with its
 * sums in the cache. Edges are taken in lots of a fixed size, which threads share; a lot has its lines
 * once, and for every tile a list of the spans in it. A tile takes the lots one after the other, and so
 * has its spans in the order of the edges whatever thread prepared them: its sums are the same to the
 * bit.
 *
 * Where one edge shall stand for several, each has a weight, the most that it may add to a pixel, and one
 * is taken whenever the sum of the weights passes the next multiple of a step. It stands for all since the
 * last. So faint edges are taken seldom and strong ones always, and every region keeps about the density
 * that it has (systematic sampling with probability proportional to size: Madow 1949). Neither camera nor
 * blend decides which are taken, so that nothing flickers while the picture moves. */

#include "draw/scene/edge-lines.h"

#include <math.h>

#include "draw/scene/edge-kernels.h"

#define LOT_EDGES 2048

/* Room for lines and spans to begin with, for each edge of a worker's share. What is not used costs
 * nothing; what is copied because there is too little does. */
#define ALLOCATED_AN_EDGE 5

#define MIN_ALLOCATED (4 * LOT_EDGES)

/* Edges that one by one are hardly seen may be twice as far from their curves, while one sees them as
 * a whole. */
#define FAINT_DENSITY 0.05f
#define FAINT_FACTOR 0.5

/* Lines that are flatter stay in a tile as long as it is. */
#define MIN_SLOPE 1e-6

/* What all pieces of an edge have in common. */
typedef struct {
  float color[4];
  float edge_coverage;
  guint hue;
} Ink;

/* A span, before those of a lot are sorted by their heaps: one for every hue of every tile. */
typedef struct {
  guint32 heap;
  CoterieEdgeSpan span;
} Find;

/* What a worker prepared, of all its lots, and where it prepares one. Few large blocks of memory are kept
 * by the allocator from picture to picture; many of them would go back to the system every time. */
typedef struct {
  CoterieEdgeLine *lines;
  guint n_lines;
  guint n_lines_allocated;
  CoterieEdgeSpan *spans;
  guint n_spans;
  guint n_spans_allocated;

  CoterieEdgePieces pieces;
  guint n_pieces;
  guint32 edges[COTERIE_EDGE_N_PIECES]; /* of each piece, from the lot's first */
  Ink inks[LOT_EDGES];
  Find *finds;
  guint n_finds;
  guint n_finds_allocated;

  float step;  /* of the weights, in the lot at hand; 0 takes every edge */
  float since; /* sum of the weights since the last multiple of the step */
} Bench;

/* Where the lines and spans of a lot are. */
typedef struct {
  guint worker;
  guint first_line;
  guint first_span;
  guint32 *
      offsets; /* [n_heaps + 1]: where the spans of a heap begin, from the lot's first; the spans are
                     * sorted by heap, else in the order of the lines */
} Lot;

struct _CoterieEdgeLines {
  const CoterieDrawing *drawing;
  const CoterieDrawingView *view;
  const CoterieEdgeKernels *kernels;
  CoterieDrawingMetrics metrics;
  int origin[2]; /* of the strip in the picture: column and row */
  int size[2];   /* of the strip: columns and rows */
  int n_tiles[2];
  double margin;

  float *points; /* [n_nodes][2], pixels */
  Lot *lots;
  guint n_lots;
  guint n_hues; /* that of all others included */
  guint n_heaps;
  guint32 *offsets; /* [n_lots][n_heaps + 1] */
  Bench *benches;   /* of each worker */
  guint n_workers;
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

/* Lets an array have room for n elements. */
#define MAKE_ROOM(array, n, n_allocated)                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (G_UNLIKELY ((n) > (n_allocated))) {                                                        \
      (n_allocated) = MAX (2 * (n_allocated), MAX ((n), MIN_ALLOCATED));                           \
      (array) = g_realloc_n ((array), (n_allocated), sizeof *(array));                             \
    }                                                                                              \
  }                                                                                                \
  G_STMT_END

static inline void
append_find (Bench *bench, guint32 heap, guint32 line, int start, int stop)
{
  MAKE_ROOM (bench->finds, bench->n_finds + 1, bench->n_finds_allocated);
  bench->finds[bench->n_finds++] = (Find){
      heap,
      {line, (guint16) (start % COTERIE_EDGE_TILE_PX),
       (guint16) ((stop - 1) % COTERIE_EDGE_TILE_PX + 1)},
  };
}

/* Steps of a walk through tiles that lie next to each other across it. All is relative to the strip. */
typedef struct {
  int start;
  int stop;
  double minor_at_0;
  double slope;
  double reach;
} Steps;

/* Those of the steps that may touch the pixels from @first to @last across the walk. */
static Steps
cut_steps (const Steps *steps, int first, int last)
{
  Steps part = *steps;

  if (fabs (steps->slope) > MIN_SLOPE) {
    double over_slope = 1.0 / steps->slope;
    double a = (first - steps->reach - steps->minor_at_0) * over_slope;
    double b = (last + steps->reach - steps->minor_at_0) * over_slope;

    part.start = coterie_edge_round_up (CLAMP (MIN (a, b), part.start, part.stop));
    part.stop = coterie_edge_round_down (CLAMP (MAX (a, b), part.start - 1, part.stop - 1)) + 1;
  }
  return part;
}

/* Gives a piece to the tiles that it may touch; most pieces are within one. */
static void
find_tiles (const CoterieEdgeLines *self, Bench *bench, guint32 line, guint piece, guint hue)
{
  const CoterieEdgePieces *pieces = &bench->pieces;
  int axis = pieces->steep[piece], n_minor_tiles = self->n_tiles[!axis];
  int major_step = axis ? self->n_tiles[0] : 1, minor_step = axis ? 1 : self->n_tiles[0];
  int end = pieces->stop[piece];
  Steps steps = {
      .start = pieces->start[piece],
      .minor_at_0 = pieces->strip_minor_at_0[piece],
      .slope = pieces->slope[piece],
      .reach = pieces->reach[piece] + COTERIE_EDGE_ROUNDING_PX,
  };
  int low = pieces->low[piece] >> COTERIE_EDGE_TILE_BITS;
  int high = pieces->high[piece] >> COTERIE_EDGE_TILE_BITS;

  if (low == high && low >= 0 && low < n_minor_tiles &&
      steps.start >> COTERIE_EDGE_TILE_BITS == (end - 1) >> COTERIE_EDGE_TILE_BITS) {
    int tile = (steps.start >> COTERIE_EDGE_TILE_BITS) * major_step + low * minor_step;

    append_find (bench, (guint32) tile * self->n_hues + hue, line, steps.start, end);
    return;
  }
  for (; steps.start < end; steps.start = steps.stop) {
    int major_tile = steps.start >> COTERIE_EDGE_TILE_BITS;
    double from, to;
    int first, last;

    steps.stop = MIN (end, (major_tile + 1) << COTERIE_EDGE_TILE_BITS);
    from = steps.minor_at_0 + steps.start * steps.slope;
    to = steps.minor_at_0 + (steps.stop - 1) * steps.slope;
    first = coterie_edge_round_down (MIN (from, to) - steps.reach) >> COTERIE_EDGE_TILE_BITS;
    last = coterie_edge_round_up (MAX (from, to) + steps.reach) >> COTERIE_EDGE_TILE_BITS;
    for (int minor_tile = MAX (first, 0); minor_tile <= MIN (last, n_minor_tiles - 1);
         minor_tile++) {
      int first_pixel = minor_tile << COTERIE_EDGE_TILE_BITS;
      guint32 tile = (guint32) (major_tile * major_step + minor_tile * minor_step);
      Steps part = steps;

      if (first < last)
        part = cut_steps (&steps, first_pixel, first_pixel + COTERIE_EDGE_TILE_PX - 1);
      if (part.start < part.stop)
        append_find (bench, tile * self->n_hues + hue, line, part.start, part.stop);
    }
  }
}

/* Makes lines of the pieces that were cut. */
static void
finish_pieces (const CoterieEdgeLines *self, Bench *bench, guint first_line)
{
  CoterieEdgePieces *pieces = &bench->pieces;

  self->kernels->measure (pieces, bench->n_pieces, self->origin, self->size);
  MAKE_ROOM (bench->lines, bench->n_lines + bench->n_pieces, bench->n_lines_allocated);
  for (guint i = 0; i < bench->n_pieces; i++) {
    const Ink *ink = &bench->inks[bench->edges[i]];

    if (pieces->start[i] >= pieces->stop[i])
      continue;

    find_tiles (self, bench, bench->n_lines - first_line, i, ink->hue);
    bench->lines[bench->n_lines++] = (CoterieEdgeLine){
        .color = {ink->color[0], ink->color[1], ink->color[2], ink->color[3]},
        .minor_at_0 = (gint64) pieces->minor_at_0[i],
        .slope = (gint64) (pieces->slope[i] * COTERIE_LINE_FIXED_ONE),
        .cosine = pieces->cosine[i],
        .edge_coverage = ink->edge_coverage,
        .reach = pieces->reach[i],
        .steep = pieces->steep[i],
    };
  }
  bench->n_pieces = 0;
}

/* Adds a piece of an edge, unless nothing of it is in the picture. */
static inline void
add_piece (const CoterieEdgeLines *self,
           Bench *bench,
           guint first_line,
           guint edge,
           const double points[4])
{
  double ends[4] = {points[0], points[1], points[2], points[3]};
  guint i = bench->n_pieces;

  if (!clip_to_picture (self, ends))
    return;

  for (guint j = 0; j < 4; j++)
    bench->pieces.ends[j][i] = ends[j];
  bench->pieces.edge_coverage[i] = bench->inks[edge].edge_coverage;
  bench->edges[i] = edge;
  bench->n_pieces++;
  if (bench->n_pieces == COTERIE_EDGE_N_PIECES)
    finish_pieces (self, bench, first_line);
}

static guint
count_pieces (double length_px, double bend, float density)
{
  guint n_pieces = coterie_drawing_count_segments (length_px, bend);

  if (density < FAINT_DENSITY && n_pieces <= COTERIE_DRAWING_USUAL_SEGMENTS)
    n_pieces = coterie_drawing_count_segments (FAINT_FACTOR * length_px, bend);
  return n_pieces;
}

/* Whether a curve is on one side of the picture with all that spans it. */
static gboolean
is_outside (const CoterieEdgeLines *self,
            const float from[2],
            const double control[2],
            const float to[2])
{
  const double sizes[2] = {self->view->width_px, self->view->height_px};

  for (guint axis = 0; axis < 2; axis++)
    if (MAX (MAX (from[axis], to[axis]), control[axis]) < -self->margin ||
        MIN (MIN (from[axis], to[axis]), control[axis]) > sizes[axis] - 1 + self->margin)
      return TRUE;
  return FALSE;
}

/* What decides whether an edge is taken. */
static inline float
get_weight (const CoterieDrawingEdge *edge)
{
  return MAX (edge->colors[0].alpha, edge->colors[1].alpha);
}

/* The step at which one edge for edge_share of a lot would be taken, were they all alike. */
static float
find_step (const CoterieEdgeLines *self, guint first, guint end)
{
  const CoterieDrawingEdge *edges = self->drawing->geometry->edges;
  float sum = 0.0f;

  if (self->view->edge_share <= 1)
    return 0.0f;
  for (guint e = first; e < end; e++)
    sum += get_weight (&edges[e]);
  return sum * (float) self->view->edge_share / (float) (end - first);
}

/* For how many edges the next one of a lot stands; 0 if another stands for it. */
static inline float
take_share (Bench *bench, const CoterieDrawingEdge *edge)
{
  float weight = get_weight (edge);

  if (weight >= bench->step)
    return 1.0f;
  bench->since += weight;
  if (bench->since < bench->step)
    return 0.0f;
  bench->since -= bench->step;
  return bench->step / weight;
}

/* The corners between the pieces of a curve lie outside of it by half as much as the pieces' middles
 * would else lie inside, so that no part is further off than that. */
static void
add_edge (const CoterieEdgeLines *self, Bench *bench, guint first_line, guint first_edge, guint e)
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
  float share = take_share (bench, edge);
  Ink *ink = &bench->inks[e - first_edge];
  guint n_pieces = 1;

  if (share <= 0.0f)
    return;

  ink->edge_coverage =
      (float) (0.5 * coterie_drawing_get_edge_width (&self->metrics, edge->width, &gain) + 0.5);
  /* Wide lines are drawn with all colours only. */
  ink->hue = ink->edge_coverage <= 1.0f ? self->drawing->geometry->edge_hues.of_edges[e]
                                        : self->n_hues - 1;
  density = (s * a->alpha + t * b->alpha) * (float) gain * share;
  if (density <= 0.0f)
    return;

  ink->color[0] = (s * a->blue + t * b->blue) * density;
  ink->color[1] = (s * a->green + t * b->green) * density;
  ink->color[2] = (s * a->red + t * b->red) * density;
  ink->color[3] = density;
  if (edge->bend != 0.0f)
    n_pieces = count_pieces (sqrt (dx * dx + dy * dy), edge->bend, density);
  if (n_pieces > COTERIE_DRAWING_USUAL_SEGMENTS && is_outside (self, from, control, to))
    return;
  over_n = 1.0 / n_pieces;
  for (guint i = 1; i <= n_pieces; i++) {
    double u = i < n_pieces ? i * over_n : 1.0, v = 1.0 - u;
    double outwards = i < n_pieces ? 0.5 * edge->bend * over_n * over_n : 0.0;

    points[0] = points[2];
    points[1] = points[3];
    points[2] = v * v * from[0] + 2.0 * u * v * control[0] + u * u * to[0] + outwards * dy;
    points[3] = v * v * from[1] + 2.0 * u * v * control[1] + u * u * to[1] - outwards * dx;
    add_piece (self, bench, first_line, e - first_edge, points);
  }
}

/* Sorts what was found by heap. */
static void
sort_finds (const Lot *lot, Bench *bench, guint n_heaps)
{
  guint32 *next = lot->offsets + 1;
  CoterieEdgeSpan *spans;

  MAKE_ROOM (bench->spans, bench->n_spans + bench->n_finds, bench->n_spans_allocated);
  spans = bench->spans + lot->first_span;
  /* First counts, one place further right; then where the next of a heap goes, which in the end is where
   * those of the heap to the right begin. */
  for (guint i = 0; i < bench->n_finds; i++)
    if (bench->finds[i].heap + 1 < n_heaps)
      next[bench->finds[i].heap + 1]++;
  for (guint heap = 1; heap < n_heaps; heap++)
    next[heap] += next[heap - 1];
  for (guint i = 0; i < bench->n_finds; i++)
    spans[next[bench->finds[i].heap]++] = bench->finds[i].span;

  bench->n_spans += bench->n_finds;
  bench->n_finds = 0;
}

static void
prepare_lot (gsize number, guint worker, gpointer data)
{
  CoterieEdgeLines *self = data;
  Bench *bench = &self->benches[worker];
  Lot *lot = &self->lots[number];
  guint n_edges = self->drawing->geometry->n_edges;
  guint first = (guint) number * LOT_EDGES;
  guint end = MIN (first + LOT_EDGES, n_edges);
  guint n_expected = ALLOCATED_AN_EDGE * (n_edges / self->n_workers + LOT_EDGES);

  /* By the worker itself: the allocator keeps the memory of each thread apart, and what several have
   * together would be so much that it goes back to the system after every picture. */
  MAKE_ROOM (bench->lines, n_expected, bench->n_lines_allocated);
  MAKE_ROOM (bench->spans, n_expected, bench->n_spans_allocated);
  *lot =
      (Lot){worker, bench->n_lines, bench->n_spans, self->offsets + number * (self->n_heaps + 1)};
  bench->step = find_step (self, first, end);
  bench->since = 0.5f * bench->step;
  for (guint e = first; e < end; e++)
    add_edge (self, bench, lot->first_line, first, e);
  finish_pieces (self, bench, lot->first_line);
  sort_finds (lot, bench, self->n_heaps);
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
 * Returns: how many pixels beyond the picture, or beyond a tile of it, lines may reach
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
 * @kernels: of an instruction set that the processor has; the result is the same for all
 * @pool: (nullable): threads that share the work; the result is the same for any number
 *
 * Cost: one pass over nodes and edges, and the number of lines times the tiles they cross.
 *
 * Returns: (transfer full): the lines of the strip
 */
CoterieEdgeLines *
coterie_edge_lines_new (const CoterieDrawing *drawing,
                        const CoterieDrawingView *view,
                        int first_row,
                        int n_rows,
                        const CoterieEdgeKernels *kernels,
                        CoteriePool *pool)
{
  CoterieEdgeLines *self = g_new0 (CoterieEdgeLines, 1);

  self->drawing = drawing;
  self->view = view;
  self->kernels = kernels;
  self->metrics = coterie_drawing_measure (drawing, view);
  self->origin[1] = first_row;
  self->size[0] = view->width_px;
  self->size[1] = n_rows;
  for (guint axis = 0; axis < 2; axis++)
    self->n_tiles[axis] = (self->size[axis] + COTERIE_EDGE_TILE_PX - 1) >> COTERIE_EDGE_TILE_BITS;
  self->margin = coterie_edge_lines_get_border (drawing, view) / 2;
  self->n_lots = (drawing->geometry->n_edges + LOT_EDGES - 1) / LOT_EDGES;
  self->lots = g_new0 (Lot, self->n_lots);
  self->n_workers = pool != NULL ? coterie_pool_get_n_threads (pool) : 1;
  self->benches = g_new0 (Bench, self->n_workers);
  self->n_hues = drawing->geometry->edge_hues.n + 1;
  self->n_heaps = (guint) (self->n_tiles[0] * self->n_tiles[1]) * self->n_hues;
  self->offsets = g_new0 (guint32, self->n_lots * ((gsize) self->n_heaps + 1));

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
  for (guint worker = 0; worker < lines->n_workers; worker++) {
    g_free (lines->benches[worker].lines);
    g_free (lines->benches[worker].spans);
    g_free (lines->benches[worker].finds);
  }
  g_free (lines->benches);
  g_free (lines->offsets);
  g_free (lines->lots);
  g_free (lines->points);
  g_free (lines);
}

/**
 * coterie_edge_lines_get_n_tiles:
 * @lines: the lines
 * @axis: 0 for those beside each other, 1 for those below each other
 *
 * Returns: number of tiles that cover the strip; those at its right and lower rim may be cut off
 */
guint
coterie_edge_lines_get_n_tiles (const CoterieEdgeLines *lines, guint axis)
{
  return (guint) lines->n_tiles[axis];
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
 * coterie_edge_lines_get_lines:
 * @lines: the lines
 * @lot: from 0
 *
 * Returns: the lines of the lot, in the order of the edges
 */
const CoterieEdgeLine *
coterie_edge_lines_get_lines (const CoterieEdgeLines *lines, guint lot)
{
  const Lot *found = &lines->lots[lot];

  return lines->benches[found->worker].lines + found->first_line;
}

/**
 * coterie_edge_lines_get_spans:
 * @lines: the lines
 * @lot: from 0
 * @tile: which tile of the strip, from 0, row after row
 * @hue: which of the drawing's hues the spans have, the number of hues for any other colour or lines that
 *   are wider than a pixel
 * @n_spans: (out): how many spans of the hue the lot has in the tile
 *
 * The spans of a tile are those of its lots, one after the other.
 *
 * Returns: [@n_spans]: the spans, in the order of the edges
 */
const CoterieEdgeSpan *
coterie_edge_lines_get_spans (
    const CoterieEdgeLines *lines, guint lot, guint tile, guint hue, guint *n_spans)
{
  const Lot *found = &lines->lots[lot];
  guint heap = tile * lines->n_hues + hue;

  *n_spans = found->offsets[heap + 1] - found->offsets[heap];
  return lines->benches[found->worker].spans + found->first_span + found->offsets[heap];
}
