/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which nodes a label would hide, and whose nodes it would stand among. The nodes that are seen lie in
 * square cells, so that a place costs what is near to it and not what there is. */

#include "draw/scene/label-crowd.h"

#include <math.h>

/* Side of a cell, logical pixels. */
#define CELL_PX 32.0

/* Nodes count as neighbours up to so many heights of the label. */
#define REACH_HEIGHTS 2.0

typedef struct {
  float x_px;
  float y_px;
  float radius_px;
  guint32 label; /* that names it */
} Seen;

struct _CoterieLabelCrowd {
  double cell_px;
  double max_radius_px;
  guint n_columns;
  guint n_rows;
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

/* Those that are in the picture or not far from it. Returns: how many. */
static guint
see_nodes (const CoterieDrawing *drawing, const CoterieDrawingView *view, Seen *seen)
{
  const CoterieDrawingGeometry *geometry = drawing->geometry;
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, view);
  const guint32 *labels = geometry->node_labels[drawing->s_frac < 0.5 ? 0 : 1];
  double margin_px = CELL_PX * view->scale;
  guint n_seen = 0;

  for (guint v = 0; v < geometry->n_nodes; v++) {
    CoterieDrawingNodeEnd node = coterie_drawing_blend_node (drawing, v);
    double x_px = metrics.offset_x_px + node.x * metrics.scale_px;
    double y_px = metrics.offset_y_px - node.y * metrics.scale_px;

    if (node.radius_px > 0.0f && node.color.alpha > 0.0f && x_px > -margin_px &&
        y_px > -margin_px && x_px < view->width_px + margin_px &&
        y_px < view->height_px + margin_px)
      seen[n_seen++] = (Seen){
          .x_px = (float) x_px,
          .y_px = (float) y_px,
          .radius_px = (float) (node.radius_px * metrics.node_scale),
          .label = labels != NULL ? labels[v] : G_MAXUINT32,
      };
  }
  return n_seen;
}

/**
 * coterie_label_crowd_new:
 * @drawing: a drawing
 * @view: camera and size
 *
 * Cost: some passes over the nodes.
 *
 * Returns: (transfer full): its nodes
 */
CoterieLabelCrowd *
coterie_label_crowd_new (const CoterieDrawing *drawing, const CoterieDrawingView *view)
{
  CoterieLabelCrowd *crowd = g_new0 (CoterieLabelCrowd, 1);
  g_autofree Seen *seen = g_new (Seen, drawing->geometry->n_nodes);
  guint n_seen = see_nodes (drawing, view, seen);
  guint n_cells;

  crowd->cell_px = CELL_PX * view->scale;
  crowd->n_columns = (guint) fmax (ceil (view->width_px / crowd->cell_px), 1.0);
  crowd->n_rows = (guint) fmax (ceil (view->height_px / crowd->cell_px), 1.0);
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

/**
 * coterie_label_crowd_look:
 * @crowd: the nodes
 * @label: number of a label
 * @box: where it would be
 * @strange_frac: (out): how much of what is near to @box is not named by @label, the nearest counting most;
 *   a fraction from 0 to 1, 0.5 where nothing is near
 *
 * Cost: the number of nodes near to @box.
 *
 * Returns: how many nodes @box would hide
 */
guint
coterie_label_crowd_look (const CoterieLabelCrowd *crowd,
                          guint label,
                          const CoterieLabelBox *box,
                          double *strange_frac)
{
  double reach_px = REACH_HEIGHTS * box->height_px + crowd->max_radius_px;
  double right_px = box->x_px + box->width_px, bottom_px = box->y_px + box->height_px;
  guint first_row = get_index (box->y_px - reach_px, crowd->cell_px, crowd->n_rows);
  guint last_row = get_index (bottom_px + reach_px, crowd->cell_px, crowd->n_rows);
  guint first_column = get_index (box->x_px - reach_px, crowd->cell_px, crowd->n_columns);
  guint last_column = get_index (right_px + reach_px, crowd->cell_px, crowd->n_columns);
  float left_px = (float) box->x_px, top_px = (float) box->y_px;
  float over_height = (float) (1.0 / box->height_px);
  float sum = 0.0f, sum_strange = 0.0f;
  guint n_hidden = 0;

  for (guint row = first_row; row <= last_row; row++) {
    const guint *starts = crowd->starts + (gsize) row * crowd->n_columns;

    for (guint i = starts[first_column]; i < starts[last_column + 1]; i++) {
      const Seen *node = &crowd->seen[i];
      float dx = MAX (MAX (left_px - node->x_px, node->x_px - (float) right_px), 0.0f);
      float dy = MAX (MAX (top_px - node->y_px, node->y_px - (float) bottom_px), 0.0f);
      float square = (dx * dx + dy * dy) * over_height * over_height, weight;

      n_hidden += dx < node->radius_px && dy < node->radius_px;
      if (square > (float) (REACH_HEIGHTS * REACH_HEIGHTS))
        continue;
      weight = 1.0f / (1.0f + 4.0f * square);
      sum += weight;
      sum_strange += node->label != label ? weight : 0.0f;
    }
  }
  *strange_frac = sum > 0.0f ? sum_strange / sum : 0.5;
  return n_hidden;
}
