/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which node is at a place: under the pointer, inside of a rectangle, or next in a direction.
 *
 * A grid with about as many cells as there are nodes says for each cell which nodes pass through it
 * between the two ends of the blend. While one scrubs, nodes move evenly on straight lines, so the grid
 * holds for every blend; only other frames need another grid. It is built in one pass, in any thread,
 * and read by the main thread: a question looks into the few cells around a place, whatever the number
 * of nodes, and compares the nodes there with exactly what is drawn. */

#include "draw/scene/picking.h"

#include <math.h>

/* A pointer so close to a node's outline still means the node, pixels. */
#define TOLERANCE_PX 3.0

/* A node paler than this is on its way out and cannot be meant. */
#define MIN_ALPHA 0.25f

/* Rounding may put a node beside the cell that it is listed in by so much of a cell. */
#define ROUNDING_FRAC 1e-4

struct _CoteriePicking {
  guint n_nodes;
  guint32 *ranks;     /* [n_nodes]: the higher, the later drawn */
  float max_reach_px; /* of a node from its middle, before the node scale */
  float max_corner;   /* how far a shape's corner goes when its sides go by 1 */

  double min_x;
  double min_y;
  double cell; /* layout units */
  guint n_columns;
  guint n_rows;
  guint32 *starts;  /* [n_columns * n_rows + 1]: of each cell's part of @members */
  guint32 *members; /* nodes; one that moves is in several cells */
};

/* Cells from the first to the last, both included. */
typedef struct {
  guint first_column;
  guint last_column;
  guint first_row;
  guint last_row;
} Area;

static gboolean
is_placed (const CoterieDrawingNode *node)
{
  return isfinite (node->ends[0].x) && isfinite (node->ends[0].y) && isfinite (node->ends[1].x) &&
         isfinite (node->ends[1].y);
}

static guint
get_column (const CoteriePicking *picking, double x)
{
  return (guint) CLAMP (floor ((x - picking->min_x) / picking->cell), 0.0,
                        picking->n_columns - 1.0);
}

static guint
get_row (const CoteriePicking *picking, double y)
{
  return (guint) CLAMP (floor ((y - picking->min_y) / picking->cell), 0.0, picking->n_rows - 1.0);
}

static Area
get_area (const CoteriePicking *picking, CoterieBounds bounds)
{
  double slack = ROUNDING_FRAC * picking->cell;

  return (Area){
      .first_column = get_column (picking, bounds.min_x - slack),
      .last_column = get_column (picking, bounds.max_x + slack),
      .first_row = get_row (picking, bounds.min_y - slack),
      .last_row = get_row (picking, bounds.max_y + slack),
  };
}

/* Makes cells of such a size that there are about as many as nodes, and never many more however flat
 * the graph is. */
static void
lay_grid (CoteriePicking *picking, const CoterieDrawingGeometry *geometry)
{
  CoterieBounds bounds = {G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE};
  double width, height;
  guint n = MAX (geometry->n_nodes, 1);

  for (guint v = 0; v < geometry->n_nodes; v++)
    for (guint end = 0; end < 2 && is_placed (&geometry->nodes[v]); end++) {
      bounds.min_x = fmin (bounds.min_x, (double) geometry->nodes[v].ends[end].x);
      bounds.max_x = fmax (bounds.max_x, (double) geometry->nodes[v].ends[end].x);
      bounds.min_y = fmin (bounds.min_y, (double) geometry->nodes[v].ends[end].y);
      bounds.max_y = fmax (bounds.max_y, (double) geometry->nodes[v].ends[end].y);
    }

  width = fmax (bounds.max_x - bounds.min_x, 0.0);
  height = fmax (bounds.max_y - bounds.min_y, 0.0);
  picking->cell = fmax (sqrt (width * height / n), fmax (width, height) / n);
  if (picking->cell == 0.0)
    picking->cell = 1.0;
  picking->min_x = bounds.min_x;
  picking->min_y = bounds.min_y;
  picking->n_columns = (guint) floor (width / picking->cell) + 1;
  picking->n_rows = (guint) floor (height / picking->cell) + 1;
}

/* The part of the way of @node that lies in @row, from left to right. */
static CoterieBounds
get_way_in_row (const CoteriePicking *picking, const CoterieDrawingNode *node, guint row)
{
  double x0 = (double) node->ends[0].x, y0 = (double) node->ends[0].y;
  double x1 = (double) node->ends[1].x, y1 = (double) node->ends[1].y;
  double slack = ROUNDING_FRAC * picking->cell;
  double low = picking->min_y + row * picking->cell - slack;
  double high = low + picking->cell + 2.0 * slack;
  double from = 0.0, to = 1.0;

  if (y0 != y1) {
    double at_low = (low - y0) / (y1 - y0), at_high = (high - y0) / (y1 - y0);

    from = CLAMP (fmin (at_low, at_high), 0.0, 1.0);
    to = CLAMP (fmax (at_low, at_high), 0.0, 1.0);
  }
  return (CoterieBounds){
      .min_x = fmin (x0 + from * (x1 - x0), x0 + to * (x1 - x0)),
      .max_x = fmax (x0 + from * (x1 - x0), x0 + to * (x1 - x0)),
      .min_y = low,
      .max_y = high,
  };
}

/* Enters a node into each cell on its way; without @members, only counts it there. */
static void
enter_node (CoteriePicking *picking,
            const CoterieDrawingNode *node,
            guint32 v,
            guint32 *counts,
            guint32 *members)
{
  CoterieBounds way = {
      .min_y = fmin ((double) node->ends[0].y, (double) node->ends[1].y),
      .max_y = fmax ((double) node->ends[0].y, (double) node->ends[1].y),
  };
  Area rows = get_area (picking, way);

  for (guint row = rows.first_row; row <= rows.last_row; row++) {
    Area columns = get_area (picking, get_way_in_row (picking, node, row));

    for (guint column = columns.first_column; column <= columns.last_column; column++) {
      guint32 *count = &counts[row * picking->n_columns + column];

      if (members != NULL)
        members[*count] = v;
      (*count)++;
    }
  }
}

/* Counts, then sums, then enters: each cell's nodes get a part of one array. */
static void
fill_grid (CoteriePicking *picking, const CoterieDrawingGeometry *geometry)
{
  guint n_cells = picking->n_columns * picking->n_rows;
  g_autofree guint32 *ends = g_new (guint32, n_cells);
  guint32 n_members = 0;

  picking->starts = g_new0 (guint32, n_cells + 1);
  for (guint v = 0; v < geometry->n_nodes; v++)
    if (is_placed (&geometry->nodes[v]))
      enter_node (picking, &geometry->nodes[v], v, picking->starts, NULL);

  for (guint cell = 0; cell < n_cells; cell++) {
    guint32 n_here = picking->starts[cell];

    picking->starts[cell] = ends[cell] = n_members;
    n_members += n_here;
  }
  picking->starts[n_cells] = n_members;

  picking->members = g_new (guint32, n_members);
  for (guint v = 0; v < geometry->n_nodes; v++)
    if (is_placed (&geometry->nodes[v]))
      enter_node (picking, &geometry->nodes[v], v, ends, picking->members);
}

static void
rank_nodes (CoteriePicking *picking, const CoterieDrawing *drawing)
{
  const CoterieDrawingGeometry *geometry = drawing->geometry;

  picking->ranks = g_new (guint32, geometry->n_nodes);
  for (guint place = 0; place < geometry->n_nodes; place++)
    picking->ranks[coterie_drawing_get_ordered (drawing, place)] = place;

  for (guint v = 0; v < geometry->n_nodes; v++) {
    const CoterieDrawingNode *node = &geometry->nodes[v];
    float radius_px = fmaxf (node->ends[0].radius_px, node->ends[1].radius_px);

    picking->max_reach_px =
        fmaxf (picking->max_reach_px, coterie_shape_get_reach (node->shape, radius_px, 0.0f));
    picking->max_corner =
        fmaxf (picking->max_corner, coterie_shape_get_reach (node->shape, 0.0f, 1.0f));
  }
}

/**
 * coterie_picking_new:
 * @drawing: what is asked about; not needed afterwards
 *
 * Finds out where the nodes are throughout the blend of @drawing. Nodes whose place is not a number
 * are nowhere. May be called in any thread. Cost: one pass over the nodes and the cells through which
 * they move, about one a node.
 *
 * Returns: (transfer full): answers for @drawing, and for every drawing whose nodes stand at the same
 *   places and are drawn in the same order
 */
CoteriePicking *
coterie_picking_new (const CoterieDrawing *drawing)
{
  CoteriePicking *picking = g_new0 (CoteriePicking, 1);

  picking->n_nodes = drawing->geometry->n_nodes;
  lay_grid (picking, drawing->geometry);
  fill_grid (picking, drawing->geometry);
  rank_nodes (picking, drawing);
  return picking;
}

/**
 * coterie_picking_free:
 * @picking: (transfer full): the answers
 *
 * Frees @picking.
 */
void
coterie_picking_free (CoteriePicking *picking)
{
  g_free (picking->ranks);
  g_free (picking->starts);
  g_free (picking->members);
  g_free (picking);
}

static gboolean
is_visible (CoterieDrawingNodeEnd node)
{
  return node.radius_px > 0.0f && node.color.alpha >= MIN_ALPHA;
}

/**
 * coterie_picking_find_at:
 * @picking: made of a drawing with the same nodes
 * @drawing: what is shown now, at its blend
 * @camera: where one looks; its scale in logical pixels a layout unit
 * @viewport: size of the view, logical pixels
 * @x_px: pointer, pixels from the left
 * @y_px: pointer, pixels from the top
 *
 * Finds the topmost node whose shape is under the pointer, or else the one whose outline is nearest
 * to it within 3 pixels. Cost: the nodes around the pointer, whatever their number altogether.
 *
 * Returns: a node of the drawing, or -1
 */
gint
coterie_picking_find_at (const CoteriePicking *picking,
                         const CoterieDrawing *drawing,
                         CoterieCamera camera,
                         const CoterieViewport *viewport,
                         double x_px,
                         double y_px)
{
  double node_scale =
      coterie_drawing_node_scale (coterie_drawing_get_spread (drawing), camera.scale);
  double reach_px = picking->max_reach_px * node_scale + picking->max_corner * TOLERANCE_PX;
  double reach = reach_px / camera.scale;
  double nearest_px = TOLERANCE_PX;
  gint nearest = -1, topmost = -1;
  double x, y;
  Area area;

  g_return_val_if_fail (picking->n_nodes == drawing->geometry->n_nodes, -1);

  coterie_camera_to_layout (camera, viewport, x_px, y_px, &x, &y);
  area = get_area (picking, (CoterieBounds){x - reach, y - reach, x + reach, y + reach});
  for (guint row = area.first_row; row <= area.last_row; row++) {
    const guint32 *starts = picking->starts + row * picking->n_columns;

    for (guint32 i = starts[area.first_column]; i < starts[area.last_column + 1]; i++) {
      guint32 v = picking->members[i];
      CoterieDrawingNodeEnd node = coterie_drawing_blend_node (drawing, v);
      double outside_px = (double) coterie_shape_get_distance (
          drawing->geometry->nodes[v].shape, (float) (node.radius_px * node_scale),
          (float) ((x - node.x) * camera.scale), (float) ((node.y - y) * camera.scale));

      if (!is_visible (node) || outside_px >= TOLERANCE_PX)
        continue;
      if (outside_px <= 0.0 && (topmost < 0 || picking->ranks[v] > picking->ranks[topmost]))
        topmost = (gint) v;
      if (outside_px < nearest_px) {
        nearest_px = outside_px;
        nearest = (gint) v;
      }
    }
  }
  return topmost >= 0 ? topmost : nearest;
}

static int
compare_nodes (gconstpointer a, gconstpointer b)
{
  guint32 left = *(const guint32 *) a, right = *(const guint32 *) b;

  return left < right ? -1 : left > right;
}

/* A node that moves was met in more than one cell. */
static void
sort_and_unite (GArray *nodes)
{
  guint n_kept = 0;

  g_array_sort (nodes, compare_nodes);
  for (guint i = 0; i < nodes->len; i++) {
    guint32 v = g_array_index (nodes, guint32, i);

    if (n_kept == 0 || g_array_index (nodes, guint32, n_kept - 1) != v)
      g_array_index (nodes, guint32, n_kept++) = v;
  }
  g_array_set_size (nodes, n_kept);
}

/**
 * coterie_picking_find_within:
 * @picking: made of a drawing with the same nodes
 * @drawing: what is shown now, at its blend
 * @bounds: a rectangle, layout units
 *
 * Cost: the nodes in the rectangle and around its border.
 *
 * Returns: (transfer full) (element-type guint32): the nodes whose middle is in @bounds, ascending
 */
GArray *
coterie_picking_find_within (const CoteriePicking *picking,
                             const CoterieDrawing *drawing,
                             CoterieBounds bounds)
{
  GArray *nodes = g_array_new (FALSE, FALSE, sizeof (guint32));
  Area area = get_area (picking, bounds);

  g_return_val_if_fail (picking->n_nodes == drawing->geometry->n_nodes, nodes);

  for (guint row = area.first_row; row <= area.last_row; row++) {
    const guint32 *starts = picking->starts + row * picking->n_columns;

    for (guint32 i = starts[area.first_column]; i < starts[area.last_column + 1]; i++) {
      guint32 v = picking->members[i];
      CoterieDrawingNodeEnd node = coterie_drawing_blend_node (drawing, v);

      if (is_visible (node) && node.x >= bounds.min_x && node.x <= bounds.max_x &&
          node.y >= bounds.min_y && node.y <= bounds.max_y)
        g_array_append_val (nodes, v);
    }
  }
  sort_and_unite (nodes);
  return nodes;
}

/* Somebody who stands at a place and looks for the nearest node in a quarter of the plane. */
typedef struct {
  const CoteriePicking *picking;
  const CoterieDrawing *drawing;
  guint32 start;
  double x;
  double y;
  double dx; /* of length 1 */
  double dy;
  double nearest; /* distance, layout units */
  gint found;
} Search;

static void
search_cell (Search *search, guint row, guint column)
{
  const CoteriePicking *picking = search->picking;
  const guint32 *starts = picking->starts + row * picking->n_columns + column;

  for (guint32 i = starts[0]; i < starts[1]; i++) {
    guint32 v = picking->members[i];
    CoterieDrawingNodeEnd node = coterie_drawing_blend_node (search->drawing, v);
    double x = node.x - search->x, y = node.y - search->y;
    double along = x * search->dx + y * search->dy;
    double across = fabs (y * search->dx - x * search->dy);
    double distance = hypot (x, y);

    if (v == search->start || !is_visible (node) || along <= 0.0 || across > along)
      continue;
    if (distance < search->nearest || (distance == search->nearest && (gint) v < search->found)) {
      search->nearest = distance;
      search->found = (gint) v;
    }
  }
}

/* The cells at a distance of @ring from the one at (@row, @column), as far as there are any. */
static gboolean
search_ring (Search *search, gint row, gint column, gint ring)
{
  gint last_row = (gint) search->picking->n_rows - 1;
  gint last_column = (gint) search->picking->n_columns - 1;
  gint bottom = MAX (row - ring, 0), top = MIN (row + ring, last_row);

  for (gint r = bottom; r <= top; r++) {
    gboolean whole = r == row - ring || r == row + ring;
    gint step = whole || ring == 0 ? 1 : 2 * ring;

    for (gint c = column - ring; c <= column + ring; c += step)
      if (c >= 0 && c <= last_column)
        search_cell (search, (guint) r, (guint) c);
  }
  return row - ring > 0 || row + ring < last_row || column - ring > 0 ||
         column + ring < last_column;
}

/**
 * coterie_picking_find_towards:
 * @picking: made of a drawing with the same nodes
 * @drawing: what is shown now, at its blend
 * @node: where to start
 * @dx: to the right, any unit
 * @dy: upwards, the same unit
 *
 * Finds the nearest node in the quarter of the plane around a direction. Cost: the nodes that are
 * about as near as the one that is found; where there is none, one pass over the cells.
 *
 * Returns: another node of the drawing, or -1
 */
gint
coterie_picking_find_towards (
    const CoteriePicking *picking, const CoterieDrawing *drawing, guint node, double dx, double dy)
{
  CoterieDrawingNodeEnd start;
  Search search = {.picking = picking, .drawing = drawing, .start = node, .found = -1};
  gint row, column, ring = 0;

  g_return_val_if_fail (picking->n_nodes == drawing->geometry->n_nodes, -1);
  g_return_val_if_fail (node < picking->n_nodes, -1);

  start = coterie_drawing_blend_node (drawing, node);
  search.x = (double) start.x;
  search.y = (double) start.y;
  search.dx = dx / hypot (dx, dy);
  search.dy = dy / hypot (dx, dy);
  search.nearest = G_MAXDOUBLE;
  row = (gint) get_row (picking, search.y);
  column = (gint) get_column (picking, search.x);

  /* What lies beyond a ring is at least as far away as the ring's inner border. */
  while (search_ring (&search, row, column, ring) &&
         search.nearest > (ring - ROUNDING_FRAC) * picking->cell)
    ring++;
  return search.found;
}
