/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The scene through Cairo: where there is no OpenGL, for pictures, and as vectors for figures. The
 * coordinates of the context are device pixels of the view, y downwards. */

#include "draw/scene/cairo-renderer.h"

#include <math.h>

#include "draw/scene/edge-image.h"

/* Large pictures take their edges in strips, so that these need little memory of their own. */
#define STRIP_ROWS 1024

static void
set_color (cairo_t *cr, CoterieColor color, double alpha)
{
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, alpha);
}

static void
paint_canvas (cairo_t *cr, const CoterieDrawing *drawing, const CoterieDrawingView *view)
{
  set_color (cr, drawing->geometry->canvas, 1.0);
  cairo_rectangle (cr, 0.0, 0.0, view->width_px, view->height_px);
  cairo_fill (cr);
}

static void
draw_ring (cairo_t *cr,
           CoterieColor color,
           const CoterieDrawingMetrics *metrics,
           double x_px,
           double y_px,
           double radius_px,
           double alpha)
{
  cairo_new_path (cr);
  cairo_arc (cr, x_px, y_px,
             radius_px + metrics->rim_px + metrics->ring_gap_px + 0.5 * metrics->ring_px, 0.0,
             2.0 * G_PI);
  cairo_set_line_width (cr, metrics->ring_px);
  set_color (cr, color, alpha);
  cairo_stroke (cr);
}

static void
draw_node (cairo_t *cr,
           const CoterieDrawing *drawing,
           const CoterieDrawingView *view,
           const CoterieDrawingMetrics *metrics,
           guint v)
{
  CoterieDrawingNodeEnd blended = coterie_drawing_blend_node (drawing, v);
  const CoterieDrawingNodeEnd *node = &blended;
  double x_px = metrics->offset_x_px + node->x * metrics->scale_px;
  double y_px = metrics->offset_y_px - node->y * metrics->scale_px;
  double radius_px = node->radius_px * metrics->node_scale;
  double reach_px = radius_px + metrics->rim_px + metrics->ring_gap_px + metrics->ring_px + 1.0;

  if (radius_px <= 0.0 || x_px < -reach_px || x_px > view->width_px + reach_px ||
      y_px < -reach_px || y_px > view->height_px + reach_px)
    return;

  cairo_new_path (cr);
  cairo_arc (cr, x_px, y_px, radius_px + metrics->rim_px, 0.0, 2.0 * G_PI);
  set_color (cr, drawing->geometry->rim, node->color.alpha);
  cairo_fill (cr);
  cairo_arc (cr, x_px, y_px, radius_px, 0.0, 2.0 * G_PI);
  set_color (cr, node->color, node->color.alpha);
  cairo_fill (cr);
  if (node->ring > 0.0f)
    draw_ring (cr, drawing->geometry->nodes[v].ring_color, metrics, x_px, y_px, radius_px,
               node->ring);
}

static void
draw_nodes (cairo_t *cr, const CoterieDrawing *drawing, const CoterieDrawingView *view)
{
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, view);

  for (guint i = 0; i < drawing->geometry->n_nodes; i++)
    draw_node (cr, drawing, view, &metrics, coterie_drawing_get_ordered (drawing, i));
}

/* A cubic curve whose control points lie on two thirds of the way to the quadratic one's. */
static void
draw_edge (cairo_t *cr,
           const CoterieDrawing *drawing,
           const CoterieDrawingMetrics *metrics,
           guint e)
{
  const CoterieDrawingEdge *edge = &drawing->geometry->edges[e];
  CoterieDrawingNodeEnd source = coterie_drawing_blend_node (drawing, edge->source);
  CoterieDrawingNodeEnd target = coterie_drawing_blend_node (drawing, edge->target);
  CoterieColor color = coterie_drawing_blend_edge (drawing, e);
  double scale_px = metrics->scale_px;
  double offset_x_px = metrics->offset_x_px, offset_y_px = metrics->offset_y_px;
  double x, y, gain;

  if (color.alpha <= 0.0f)
    return;

  coterie_drawing_get_control (source, target, edge->bend, &x, &y);
  cairo_set_line_width (cr, coterie_drawing_get_edge_width (metrics, edge->width, &gain));
  set_color (cr, color, -expm1 (-color.alpha * gain));
  cairo_move_to (cr, offset_x_px + source.x * scale_px, offset_y_px - source.y * scale_px);
  if (edge->bend == 0.0f)
    cairo_line_to (cr, offset_x_px + target.x * scale_px, offset_y_px - target.y * scale_px);
  else
    cairo_curve_to (cr, offset_x_px + (source.x + 2.0 * x) / 3.0 * scale_px,
                    offset_y_px - (source.y + 2.0 * y) / 3.0 * scale_px,
                    offset_x_px + (target.x + 2.0 * x) / 3.0 * scale_px,
                    offset_y_px - (target.y + 2.0 * y) / 3.0 * scale_px,
                    offset_x_px + target.x * scale_px, offset_y_px - target.y * scale_px);
  cairo_stroke (cr);
}

static void
paint_image (cairo_t *cr, cairo_surface_t *image, double y_px)
{
  cairo_set_source_surface (cr, image, 0.0, y_px);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
}

/**
 * coterie_cairo_renderer_draw:
 * @cr: a context; its units are device pixels of @view
 * @drawing: what to draw
 * @view: camera and size
 * @pool: (nullable): threads that share drawing the edges
 *
 * Draws canvas, edges and nodes; the edges as an image, see coterie_edge_image_render().
 */
void
coterie_cairo_renderer_draw (cairo_t *cr,
                             const CoterieDrawing *drawing,
                             const CoterieDrawingView *view,
                             CoteriePool *pool)
{
  paint_canvas (cr, drawing, view);
  for (int row = 0; row < view->height_px && drawing->geometry->n_edges > 0; row += STRIP_ROWS) {
    int n_rows = MIN (STRIP_ROWS, view->height_px - row);
    cairo_surface_t *strip =
        cairo_image_surface_create (CAIRO_FORMAT_ARGB32, view->width_px, n_rows);

    if (cairo_surface_status (strip) == CAIRO_STATUS_SUCCESS) {
      coterie_edge_image_render_to_surface (drawing, view, row, strip, pool);
      paint_image (cr, strip, row);
    }
    cairo_surface_destroy (strip);
  }
  draw_nodes (cr, drawing, view);
}

/**
 * coterie_cairo_renderer_draw_vector:
 * @cr: a context, usually of a PDF or SVG surface; its units are device pixels of @view
 * @drawing: what to draw
 * @view: camera and size
 *
 * Draws every edge as a stroke of its own, over one another with the opacity 1 - exp (-alpha): where
 * many of one colour meet this equals the edge image, where colours mix the later ones prevail a
 * little.
 */
void
coterie_cairo_renderer_draw_vector (cairo_t *cr,
                                    const CoterieDrawing *drawing,
                                    const CoterieDrawingView *view)
{
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, view);

  cairo_save (cr);
  cairo_rectangle (cr, 0.0, 0.0, view->width_px, view->height_px);
  cairo_clip (cr);
  paint_canvas (cr, drawing, view);
  for (guint e = 0; e < drawing->geometry->n_edges; e++)
    draw_edge (cr, drawing, &metrics, e);
  draw_nodes (cr, drawing, view);
  cairo_restore (cr);
}
