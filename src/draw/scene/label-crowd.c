/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which nodes a label would hide, and whose nodes it would stand among. The nodes that are seen lie in
 * square cells, so that a place costs what is near to it and not what there is. */

#include "draw/scene/label-crowd.h"

#include <math.h>

/* Side of a cell, logical pixels. */
#define CELL_PX 32.0

/* Nodes count as neighbours up to so many heights of the label; and where there are none, though the label
 * would be among them, up to so many: they lie far apart for one who looks closely. */
#define REACH_HEIGHTS 2.0
#define FAR_REACH_HEIGHTS 8.0

/* Of the greatest surplus of own nodes around a node: a node with so much lies in the heart. */
#define HEART_FRAC 0.75

typedef struct {
  float x_px;
  float y_px;
  float radius_px;
  guint32 label; /* that names it */
  guint32 node;  /* of the drawing */
} Seen;

struct _CoterieLabelCrowd {
  double cell_px;
  double max_radius_px;
  guint stride; /* one node stands for so many */
  guint n_columns;
  guint n_rows;
  double width_px;
  double height_px;
  guint n_seen;
  guint *starts; /* [cells + 1]: of the nodes of each cell */
  Seen *seen;    /* by cell */
};

static guint
get_index (double place_px, double cell_px, guint n_cells)
{
  return (guint) CLAMP (floor (place_px / cell_px), 0.0, n_cells - 1.0);
}

static guint
get_cell (const CoterieLabelCrowd *crowd, const Seen *node)
{
  return get_index (node->y_px, crowd->cell_px, crowd->n_rows) * crowd->n_columns +
         get_index (node->x_px, crowd->cell_px, crowd->n_columns);
}

/* Of every @stride-th those that are in the picture or not far from it. Returns: how many. */
static guint
see_nodes (const CoterieDrawing *drawing, const CoterieDrawingView *view, guint stride, Seen *seen)
{
  const CoterieDrawingGeometry *geometry = drawing->geometry;
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, view);
  const guint32 *labels = geometry->node_labels[drawing->s_frac < 0.5 ? 0 : 1];
  double margin_px = CELL_PX * view->scale;
  float t = (float) drawing->s_frac, s = 1.0f - t;
  guint n_seen = 0;

  for (guint v = 0; v < geometry->n_nodes; v += stride) {
    const CoterieDrawingNodeEnd *ends = geometry->nodes[v].ends;
    double x_px = metrics.offset_x_px + (s * ends[0].x + t * ends[1].x) * metrics.scale_px;
    double y_px = metrics.offset_y_px - (s * ends[0].y + t * ends[1].y) * metrics.scale_px;
    CoterieDrawingNodeEnd node;

    /* From near, that is most of them. */
    if (x_px <= -margin_px || y_px <= -margin_px || x_px >= view->width_px + margin_px ||
        y_px >= view->height_px + margin_px)
      continue;
    node = coterie_drawing_blend_node (drawing, v);
    if (node.radius_px > 0.0f && node.color.alpha > 0.0f)
      seen[n_seen++] = (Seen){
          .x_px = (float) x_px,
          .y_px = (float) y_px,
          .radius_px = (float) (node.radius_px * metrics.node_scale),
          .label = labels != NULL ? labels[v] : G_MAXUINT32,
          .node = v,
      };
  }
  return n_seen;
}

/**
 * coterie_label_crowd_new:
 * @drawing: a drawing
 * @view: camera and size
 * @max_nodes: at least 1; of more nodes some stand for all, evenly taken
 *
 * Cost: some passes over the nodes, or over @max_nodes of them.
 *
 * Returns: (transfer full): its nodes
 */
CoterieLabelCrowd *
coterie_label_crowd_new (const CoterieDrawing *drawing,
                         const CoterieDrawingView *view,
                         guint max_nodes)
{
  CoterieLabelCrowd *crowd = g_new0 (CoterieLabelCrowd, 1);
  guint n_nodes = drawing->geometry->n_nodes, stride = (MAX (n_nodes, 1) - 1) / max_nodes + 1;
  g_autofree Seen *seen = g_new (Seen, n_nodes / stride + 1);
  guint n_seen = see_nodes (drawing, view, stride, seen);
  guint n_cells;

  crowd->stride = stride;
  crowd->cell_px = CELL_PX * view->scale;
  crowd->n_columns = (guint) fmax (ceil (view->width_px / crowd->cell_px), 1.0);
  crowd->n_rows = (guint) fmax (ceil (view->height_px / crowd->cell_px), 1.0);
  crowd->width_px = view->width_px;
  crowd->height_px = view->height_px;
  crowd->n_seen = n_seen;
  n_cells = crowd->n_columns * crowd->n_rows;
  crowd->starts = g_new0 (guint, (gsize) n_cells + 1);
  crowd->seen = g_new (Seen, n_seen);

  for (guint i = 0; i < n_seen; i++) {
    crowd->starts[get_cell (crowd, &seen[i])]++;
    crowd->max_radius_px = fmax (crowd->max_radius_px, (double) seen[i].radius_px);
  }
  for (guint cell = 1; cell <= n_cells; cell++)
    crowd->starts[cell] += crowd->starts[cell - 1];
  for (guint i = n_seen; i-- > 0;)
    crowd->seen[--crowd->starts[get_cell (crowd, &seen[i])]] = seen[i];
  return crowd;
}

/**
 * coterie_label_crowd_free:
 * @crowd: (transfer full): the nodes
 *
 * Frees @crowd.
 */
void
coterie_label_crowd_free (CoterieLabelCrowd *crowd)
{
  g_free (crowd->starts);
  g_free (crowd->seen);
  g_free (crowd);
}

static CoterieLabelSurroundings
look_around (const CoterieLabelCrowd *crowd,
             guint label,
             const CoterieLabelBox *box,
             double reach_heights)
{
  double reach_px = reach_heights * box->height_px + crowd->max_radius_px;
  double right_px = box->x_px + box->width_px, bottom_px = box->y_px + box->height_px;
  guint first_row = get_index (box->y_px - reach_px, crowd->cell_px, crowd->n_rows);
  guint last_row = get_index (bottom_px + reach_px, crowd->cell_px, crowd->n_rows);
  guint first_column = get_index (box->x_px - reach_px, crowd->cell_px, crowd->n_columns);
  guint last_column = get_index (right_px + reach_px, crowd->cell_px, crowd->n_columns);
  float left_px = (float) box->x_px, top_px = (float) box->y_px;
  float over_height = (float) (1.0 / box->height_px);
  float max_square = (float) (reach_heights * reach_heights);
  float sums[2] = {0.0f, 0.0f}, nearest[2] = {max_square, max_square};
  guint n_hidden[2] = {0, 0};

  for (guint row = first_row; row <= last_row; row++) {
    const guint *starts = crowd->starts + (gsize) row * crowd->n_columns;

    for (guint i = starts[first_column]; i < starts[last_column + 1]; i++) {
      const Seen *node = &crowd->seen[i];
      float dx = MAX (MAX (left_px - node->x_px, node->x_px - (float) right_px), 0.0f);
      float dy = MAX (MAX (top_px - node->y_px, node->y_px - (float) bottom_px), 0.0f);
      float square = (dx * dx + dy * dy) * over_height * over_height;
      guint own = node->label == label;

      n_hidden[own] += dx < node->radius_px && dy < node->radius_px;
      if (square <= max_square)
        sums[own] += 1.0f / (1.0f + 4.0f * square);
      nearest[own] = MIN (nearest[own], square);
    }
  }
  return (CoterieLabelSurroundings){
      .n_hidden = (n_hidden[0] + n_hidden[1]) * crowd->stride,
      .n_strange = n_hidden[0] * crowd->stride,
      .own = (double) sums[1],
      .strange = (double) sums[0],
      .gap_heights = sqrt ((double) nearest[1]),
  };
}

/**
 * coterie_label_crowd_look:
 * @crowd: the nodes
 * @label: number of a label
 * @box: where it would be
 * @among: whether it would be among the nodes that it names: these may lie far apart
 *
 * Cost: the number of nodes near to @box.
 *
 * Returns: what is below and around @box
 */
CoterieLabelSurroundings
coterie_label_crowd_look (const CoterieLabelCrowd *crowd,
                          guint label,
                          const CoterieLabelBox *box,
                          gboolean among)
{
  CoterieLabelSurroundings found = look_around (crowd, label, box, REACH_HEIGHTS);

  return !among || found.own + found.strange > 0.0
             ? found
             : look_around (crowd, label, box, FAR_REACH_HEIGHTS);
}

/**
 * coterie_label_crowd_get_strange_frac:
 * @surroundings: of a box
 *
 * Returns: how much of what is near is not named by the label; a fraction from 0 to 1, 1 where
 *   nothing is near
 */
double
coterie_label_crowd_get_strange_frac (const CoterieLabelSurroundings *surroundings)
{
  double sum = surroundings->own + surroundings->strange;

  return sum > 0.0 ? surroundings->strange / sum : 1.0;
}

static gboolean
is_in_picture (const CoterieLabelCrowd *crowd, const Seen *node)
{
  return node->x_px >= 0.0f && node->y_px >= 0.0f && (double) node->x_px <= crowd->width_px &&
         (double) node->y_px <= crowd->height_px;
}

static int
compare_nodes (gconstpointer a, gconstpointer b)
{
  guint32 left = *(const guint32 *) a, right = *(const guint32 *) b;

  return left < right ? -1 : left > right;
}

/**
 * coterie_label_crowd_find_named:
 * @crowd: the nodes
 * @label: number of a label
 * @n_most: at least 1
 *
 * Cost: a pass over the nodes, and sorting those that are named.
 *
 * Returns: (transfer full) (element-type guint32): nodes of the drawing that @label names and that are in the
 *   picture, ascending; of more than @n_most some stand for all, evenly taken
 */
GArray *
coterie_label_crowd_find_named (const CoterieLabelCrowd *crowd, guint label, guint n_most)
{
  g_autoptr (GArray) named = g_array_new (FALSE, FALSE, sizeof (guint32));
  GArray *some = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint stride;

  for (guint i = 0; i < crowd->n_seen; i++)
    if (crowd->seen[i].label == label && is_in_picture (crowd, &crowd->seen[i]))
      g_array_append_val (named, crowd->seen[i].node);
  g_array_sort (named, compare_nodes);
  stride = (MAX (named->len, 1) - 1) / n_most + 1;
  for (guint i = 0; i < named->len; i += stride)
    g_array_append_val (some, g_array_index (named, guint32, i));
  return some;
}

static double
get_surplus (const CoterieLabelCrowd *crowd, guint label, const Seen *node, double height_px)
{
  CoterieLabelBox box = {
      .x_px = (double) node->x_px - 0.5 * height_px,
      .y_px = (double) node->y_px - 0.5 * height_px,
      .width_px = height_px,
      .height_px = height_px,
  };
  CoterieLabelSurroundings found = look_around (crowd, label, &box, REACH_HEIGHTS);

  return found.own - found.strange;
}

/**
 * coterie_label_crowd_find_heart:
 * @crowd: the nodes
 * @label: number of a label
 * @height_px: of its box, greater than 0
 *
 * Finds where one sees what the label names: those of its nodes in the picture around which there are many
 * of them and few others. Cost: for each node that it names the number of those near to it.
 *
 * Returns: (transfer full) (element-type CoterieLabelPoint): their middles; none if others prevail everywhere
 */
GArray *
coterie_label_crowd_find_heart (const CoterieLabelCrowd *crowd, guint label, double height_px)
{
  GArray *heart = g_array_new (FALSE, FALSE, sizeof (CoterieLabelPoint));
  g_autofree double *surplus = g_new0 (double, crowd->n_seen);
  double most = 0.0;

  for (guint i = 0; i < crowd->n_seen; i++) {
    const Seen *node = &crowd->seen[i];

    if (node->label != label || !is_in_picture (crowd, node))
      continue;
    surplus[i] = get_surplus (crowd, label, node, height_px);
    most = fmax (most, surplus[i]);
  }
  for (guint i = 0; i < crowd->n_seen; i++)
    if (surplus[i] > 0.0 && surplus[i] >= HEART_FRAC * most)
      g_array_append_val (
          heart, ((CoterieLabelPoint){(double) crowd->seen[i].x_px, (double) crowd->seen[i].y_px}));
  return heart;
}
