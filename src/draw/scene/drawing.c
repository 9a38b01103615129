/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a renderer draws: discs and lines with their colours, in the layout's units, and the sizes in
 * pixels that all renderers share. Never changes once made, so a thread may read it at leisure. */

#include "draw/scene/drawing.h"

#include <math.h>

/* Node radii and edge densities are right for a graph that fills about this many pixels. */
#define NOMINAL_EXTENT_PX 700.0

/* A disc evenly filled with nodes has a diameter of 2 sqrt (2) times their spread. */
#define EXTENT_OF_SPREAD 2.8284271247461903

#define RIM_PX 1.0
#define RING_GAP_PX 3.0
#define RING_PX 1.8
#define EDGE_WIDTH_PX 1.0

static void
drawing_clear (gpointer pointer)
{
  CoterieDrawing *drawing = pointer;

  g_free ((gpointer) drawing->nodes);
  g_free ((gpointer) drawing->edges);
}

/**
 * coterie_drawing_new:
 * @fields: what it shall hold; @nodes and @edges are copied
 *
 * Returns: (transfer full): the drawing
 */
CoterieDrawing *
coterie_drawing_new (const CoterieDrawing *fields)
{
  CoterieDrawing *drawing = g_atomic_rc_box_new (CoterieDrawing);

  *drawing = *fields;
  drawing->nodes = g_memdup2 (fields->nodes, fields->n_nodes * sizeof *fields->nodes);
  drawing->edges = g_memdup2 (fields->edges, fields->n_edges * sizeof *fields->edges);
  return drawing;
}

/**
 * coterie_drawing_ref:
 * @drawing: the drawing
 *
 * Returns: (transfer full): @drawing
 */
CoterieDrawing *
coterie_drawing_ref (CoterieDrawing *drawing)
{
  return g_atomic_rc_box_acquire (drawing);
}

/**
 * coterie_drawing_unref:
 * @drawing: (transfer full): the drawing
 *
 * Frees @drawing with its last reference.
 */
void
coterie_drawing_unref (CoterieDrawing *drawing)
{
  g_atomic_rc_box_release_full (drawing, drawing_clear);
}

/* How large the graph is on the screen, relative to what the sizes are made for. */
static double
relative_extent (double spread, double scale_px)
{
  double extent_px = EXTENT_OF_SPREAD * spread * scale_px;

  return extent_px > 0.0 ? extent_px / NOMINAL_EXTENT_PX : 1.0;
}

/**
 * coterie_drawing_node_scale:
 * @spread: root mean square distance of the nodes from their middle, layout units
 * @scale_px: pixels a layout unit
 *
 * Nodes grow when one goes nearer, but less than the distances between them, so that going nearer
 * takes them apart.
 *
 * Returns: factor of the nodes' radii, dimensionless, from 0.5 to 4; 1 for a spread of 0
 */
double
coterie_drawing_node_scale (double spread, double scale_px)
{
  return CLAMP (pow (relative_extent (spread, scale_px), 0.45), 0.5, 4.0);
}

/**
 * coterie_drawing_measure:
 * @drawing: the drawing
 * @view: camera and size of the picture
 *
 * Returns: the sizes with which every renderer draws, in device pixels
 */
CoterieDrawingMetrics
coterie_drawing_measure (const CoterieDrawing *drawing, const CoterieDrawingView *view)
{
  const CoterieCamera *camera = &view->camera;
  double scale_px = camera->scale * view->scale;
  double extent = relative_extent (drawing->spread, camera->scale);
  double width_px = EDGE_WIDTH_PX * view->scale * CLAMP (pow (extent / 3.0, 0.4), 1.0, 2.0);

  /* Nearer, the same edges cover fewer of the pixels, so each may weigh more. An edge thinner than
   * a pixel is a pixel wide and paler by as much. */
  return (CoterieDrawingMetrics){
      .scale_px = scale_px,
      .offset_x_px = 0.5 * view->width_px - camera->center_x * scale_px,
      .offset_y_px = 0.5 * view->height_px + camera->center_y * scale_px,
      .node_scale = view->scale * coterie_drawing_node_scale (drawing->spread, camera->scale),
      .rim_px = RIM_PX * view->scale,
      .ring_gap_px = RING_GAP_PX * view->scale,
      .ring_px = RING_PX * view->scale,
      .edge_width_px = fmax (width_px, 1.0),
      .edge_gain = CLAMP (pow (extent, 0.4), 0.6, 3.0) * fmin (width_px, 1.0),
  };
}
