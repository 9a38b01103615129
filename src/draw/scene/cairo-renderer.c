/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The scene through Cairo: where there is no OpenGL, for pictures, and as vectors for figures. The
 * coordinates of the context are device pixels of the view, y downwards. */

#include "draw/scene/cairo-renderer.h"

#include <math.h>

#include "draw/scene/edge-image.h"
#include "draw/scene/hull-image.h"
#include "draw/scene/hull-outline.h"
#include "draw/scene/label-painter.h"

/* Large pictures take their edges in strips, so that these need little memory of their own. */
#define STRIP_ROWS 1024

/* With more edges a file of vectors would be too large to be read: they become an image in it, which has
 * so many pixels for a unit of the context, but no longer side than this. */
#define MAX_VECTOR_EDGES 50000
#define IMAGE_PIXELS_PER_UNIT (300.0 / 72.0)
#define MAX_IMAGE_SIDE_PX 8192.0

/* The thinnest line among vectors, units of the context: half a point. */
#define MIN_LINE_UNITS 0.5

/* In so many steps a hull's border fades where there are only areas of one colour; no more than are
 * worth four bytes of a pixel each, because viewers round after every one of them. */
#define MIN_HULL_STEPS 3
#define MAX_HULL_STEPS 12

static void
set_color (cairo_t *cr, CoterieColor color, double alpha)
{
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, alpha);
}

/* A canvas that lets everything through is not painted. */
static void
paint_canvas (cairo_t *cr, const CoterieDrawing *drawing, const CoterieDrawingView *view)
{
  set_color (cr, drawing->geometry->canvas, drawing->geometry->canvas.alpha);
  cairo_rectangle (cr, 0.0, 0.0, view->width_px, view->height_px);
  cairo_fill (cr);
}

static void
fill_disc (
    cairo_t *cr, double x_px, double y_px, double radius_px, CoterieColor color, double alpha)
{
  cairo_new_path (cr);
  cairo_arc (cr, x_px, y_px, radius_px, 0.0, 2.0 * G_PI);
  set_color (cr, color, alpha);
  cairo_fill (cr);
}

static void
draw_ring (cairo_t *cr,
           const CoterieDrawingMetrics *metrics,
           double x_px,
           double y_px,
           double outline_px,
           CoterieColor color,
           double alpha)
{
  cairo_new_path (cr);
  cairo_arc (cr, x_px, y_px, outline_px + metrics->ring_gap_px + 0.5 * metrics->ring_px, 0.0,
             2.0 * G_PI);
  cairo_set_line_width (cr, metrics->ring_px);
  set_color (cr, color, alpha);
  cairo_stroke (cr);
}

static void
fill_shape (cairo_t *cr,
            CoterieShape shape,
            double x_px,
            double y_px,
            double radius_px,
            double grow_px,
            CoterieColor color,
            double alpha)
{
  cairo_new_path (cr);
  coterie_shape_add_path (cr, shape, x_px, y_px, radius_px, grow_px);
  set_color (cr, color, alpha);
  cairo_fill (cr);
}

static void
draw_node (cairo_t *cr,
           const CoterieDrawing *drawing,
           const CoterieDrawingView *view,
           const CoterieDrawingMetrics *metrics,
           guint v)
{
  const CoterieDrawingNode *fields = &drawing->geometry->nodes[v];
  CoterieDrawingNodeEnd node = coterie_drawing_blend_node (drawing, v);
  CoterieColor rim = drawing->geometry->rim;
  double alpha = node.color.alpha;
  double x_px = metrics->offset_x_px + node.x * metrics->scale_px;
  double y_px = metrics->offset_y_px - node.y * metrics->scale_px;
  double radius_px = node.radius_px * metrics->node_scale;
  double outline_px =
      coterie_shape_get_reach (fields->shape, (float) radius_px, (float) metrics->rim_px);
  double reach_px = outline_px + metrics->ring_gap_px + metrics->ring_px + 1.0;

  if (radius_px <= 0.0 || alpha <= 0.0 || x_px < -reach_px || x_px > view->width_px + reach_px ||
      y_px < -reach_px || y_px > view->height_px + reach_px)
    return;

  /* What shows through is the node, not its rim below it. */
  cairo_save (cr);
  cairo_new_path (cr);
  if (alpha < 1.0) {
    cairo_rectangle (cr, x_px - reach_px, y_px - reach_px, 2.0 * reach_px, 2.0 * reach_px);
    cairo_clip (cr);
    cairo_push_group (cr);
  }
  fill_shape (cr, fields->shape, x_px, y_px, radius_px, metrics->rim_px, rim, 1.0);
  fill_shape (cr, fields->shape, x_px, y_px, radius_px, 0.0, node.color, 1.0);
  if (fields->mark > 0.0f)
    fill_disc (cr, x_px, y_px, coterie_drawing_get_mark_radius (metrics, radius_px), rim,
               fields->mark);
  if (alpha < 1.0) {
    cairo_pop_group_to_source (cr);
    cairo_paint_with_alpha (cr, alpha);
  }
  cairo_restore (cr);
  if (node.ring > 0.0f)
    draw_ring (cr, metrics, x_px, y_px, outline_px, fields->ring_color, node.ring);
}

static void
draw_nodes (cairo_t *cr, const CoterieDrawing *drawing, const CoterieDrawingView *view)
{
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, view);

  for (guint i = 0; i < drawing->geometry->n_nodes; i++)
    draw_node (cr, drawing, view, &metrics, coterie_drawing_get_ordered (drawing, i));
}

/* Printers lose thinner lines: they become paler instead. */
static double
choose_line_width (const CoterieDrawingMetrics *metrics, double width, double *gain)
{
  double width_px = metrics->edge_width_px * width;
  double line_px = fmax (width_px, MIN_LINE_UNITS);

  *gain = metrics->edge_gain * width_px / line_px;
  return line_px;
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
  cairo_set_line_width (cr, choose_line_width (metrics, (double) edge->width, &gain));
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

/* The polygon grown by a disc: an arc around every corner, and sides between them. */
static void
add_grown_path (cairo_t *cr, const CoterieHullOutline *outline, double distance_px)
{
  const double *points = outline->points;
  guint n = outline->n_points;

  cairo_new_path (cr);
  if (n == 1)
    cairo_arc (cr, points[0], points[1], distance_px, 0.0, 2.0 * G_PI);
  for (guint i = 0; n > 1 && i < n; i++) {
    const double *before = points + 2 * ((i + n - 1) % n);
    const double *corner = points + 2 * i;
    const double *after = points + 2 * ((i + 1) % n);

    cairo_arc (cr, corner[0], corner[1], distance_px,
               atan2 (before[0] - corner[0], corner[1] - before[1]),
               atan2 (corner[0] - after[0], after[1] - corner[1]));
  }
  cairo_close_path (cr);
}

/* Every step lies on the wider ones before it, and all together let through what one area of the whole
 * opacity would. */
static void
draw_hull_vector (cairo_t *cr, const CoterieHullOutline *outline)
{
  int n_steps =
      CLAMP ((int) (outline->color.alpha * 255.0f / 4.0f), MIN_HULL_STEPS, MAX_HULL_STEPS);
  double below = 0.0;

  for (int i = 0; i < n_steps; i++) {
    double frac = (i + 0.5) / n_steps;
    double opacity = outline->color.alpha * (i + 1.0) / n_steps;

    add_grown_path (cr, outline,
                    outline->outer_px + frac * (outline->inner_px - outline->outer_px));
    set_color (cr, outline->color, below < 1.0 ? (opacity - below) / (1.0 - below) : 1.0);
    cairo_fill (cr);
    below = opacity;
  }
}

static void
draw_hulls_vector (cairo_t *cr, const CoterieDrawing *drawing, const CoterieDrawingMetrics *metrics)
{
  for (guint i = 0; i < drawing->geometry->n_hulls; i++) {
    CoterieHullOutline outline;

    if (!coterie_hull_outline_init (&outline, drawing, metrics, i))
      continue;
    draw_hull_vector (cr, &outline);
    coterie_hull_outline_clear (&outline);
  }
}

static void
draw_path (cairo_t *cr,
           const CoterieDrawingMetrics *metrics,
           const CoterieDrawingPath *path,
           double scale)
{
  cairo_set_line_width (cr, path->width_px * scale);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  for (guint i = 0; i + 1 < path->n_points; i++) {
    const float *from = path->points + 2 * (gsize) i, *to = from + 2;

    cairo_new_path (cr);
    cairo_move_to (cr, metrics->offset_x_px + from[0] * metrics->scale_px,
                   metrics->offset_y_px - from[1] * metrics->scale_px);
    cairo_line_to (cr, metrics->offset_x_px + to[0] * metrics->scale_px,
                   metrics->offset_y_px - to[1] * metrics->scale_px);
    set_color (cr, path->color, coterie_drawing_get_path_alpha (path, i + 0.5));
    cairo_stroke (cr);
  }
  for (guint i = 0; path->dot_px > 0.0f && path->n_points > 1 && i < path->n_points; i++) {
    const float *point = path->points + 2 * (gsize) i;

    fill_disc (cr, metrics->offset_x_px + point[0] * metrics->scale_px,
               metrics->offset_y_px - point[1] * metrics->scale_px, path->dot_px * scale,
               path->color, coterie_drawing_get_path_alpha (path, i));
  }
}

/**
 * coterie_cairo_renderer_draw_paths:
 * @cr: a context; its units are device pixels of @view
 * @drawing: whose paths
 * @view: camera and size
 *
 * Draws the paths alone: every piece between two points with one opacity, and the dots on them.
 */
void
coterie_cairo_renderer_draw_paths (cairo_t *cr,
                                   const CoterieDrawing *drawing,
                                   const CoterieDrawingView *view)
{
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, view);

  cairo_save (cr);
  for (guint i = 0; i < drawing->geometry->n_paths; i++)
    draw_path (cr, &metrics, &drawing->geometry->paths[i], view->scale);
  cairo_restore (cr);
}

static void
paint_image (cairo_t *cr, cairo_surface_t *image, double y_px)
{
  cairo_set_source_surface (cr, image, 0.0, y_px);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
}

/* Hulls and edges of some rows, as an image. */
static void
draw_strip (cairo_t *cr,
            const CoterieDrawing *drawing,
            const CoterieDrawingView *view,
            int row,
            int n_rows,
            CoteriePool *pool)
{
  cairo_surface_t *strip = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, view->width_px, n_rows);

  if (cairo_surface_status (strip) == CAIRO_STATUS_SUCCESS) {
    g_autoptr (CoterieHullImage) hulls = coterie_hull_image_new (drawing, view);

    cairo_surface_flush (strip);
    coterie_hull_image_draw (hulls, row, n_rows, cairo_image_surface_get_data (strip),
                             (gsize) cairo_image_surface_get_stride (strip));
    coterie_edge_image_render_to_surface (drawing, view, row, strip, pool);
    paint_image (cr, strip, row);
  }
  cairo_surface_destroy (strip);
}

/**
 * coterie_cairo_renderer_draw:
 * @cr: a context; its units are device pixels of @view
 * @drawing: what to draw
 * @view: camera and size
 * @pool: (nullable): threads that share drawing the edges
 *
 * Draws canvas, hulls, edges, paths, nodes and labels; hulls and edges as an image, see
 * coterie_edge_image_render().
 */
void
coterie_cairo_renderer_draw (cairo_t *cr,
                             const CoterieDrawing *drawing,
                             const CoterieDrawingView *view,
                             CoteriePool *pool)
{
  const CoterieDrawingGeometry *geometry = drawing->geometry;

  paint_canvas (cr, drawing, view);
  if (geometry->n_edges > 0 || geometry->n_hulls > 0)
    for (int row = 0; row < view->height_px; row += STRIP_ROWS)
      draw_strip (cr, drawing, view, row, MIN (STRIP_ROWS, view->height_px - row), pool);
  coterie_cairo_renderer_draw_paths (cr, drawing, view);
  draw_nodes (cr, drawing, view);
  if (geometry->n_labels > 0 || geometry->numbers != NULL) {
    g_autoptr (CoterieLabelPainter) labels = coterie_label_painter_new ();

    coterie_label_painter_draw (labels, cr, drawing, view);
  }
}

static guint
count_visible_edges (const CoterieDrawing *drawing)
{
  guint n_visible = 0;

  for (guint e = 0; e < drawing->geometry->n_edges; e++)
    n_visible += coterie_drawing_blend_edge (drawing, e).alpha > 0.0f;
  return n_visible;
}

static void
draw_edges_as_image (cairo_t *cr,
                     const CoterieDrawing *drawing,
                     const CoterieDrawingView *view,
                     CoteriePool *pool)
{
  double factor =
      fmin (IMAGE_PIXELS_PER_UNIT, MAX_IMAGE_SIDE_PX / MAX (view->width_px, view->height_px));
  CoterieDrawingView finer = {
      .camera = view->camera,
      .width_px = (int) ceil (view->width_px * factor),
      .height_px = (int) ceil (view->height_px * factor),
      .scale = view->scale * factor,
  };
  cairo_surface_t *image =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, finer.width_px, finer.height_px);

  if (cairo_surface_status (image) == CAIRO_STATUS_SUCCESS) {
    coterie_edge_image_render_to_surface (drawing, &finer, 0, image, pool);
    cairo_save (cr);
    /* Both views have the camera in their middle. */
    cairo_translate (cr, 0.5 * view->width_px, 0.5 * view->height_px);
    cairo_scale (cr, 1.0 / factor, 1.0 / factor);
    cairo_set_source_surface (cr, image, -0.5 * finer.width_px, -0.5 * finer.height_px);
    cairo_paint (cr);
    cairo_restore (cr);
  }
  cairo_surface_destroy (image);
}

/**
 * coterie_cairo_renderer_draw_vector:
 * @cr: a context, usually of a PDF or SVG surface; its units are device pixels of @view
 * @drawing: what to draw
 * @view: camera and size
 * @pool: (nullable): threads that share drawing the edges where they are an image
 *
 * Draws every edge as a stroke of its own, over one another with the opacity 1 - exp (-alpha): where
 * many of one colour meet this equals the edge image, where colours mix the later ones prevail a
 * little. More than 50,000 visible edges are an image of 300 pixels for 72 units of the context. The
 * borders of hulls fade in steps, and labels are letters.
 */
void
coterie_cairo_renderer_draw_vector (cairo_t *cr,
                                    const CoterieDrawing *drawing,
                                    const CoterieDrawingView *view,
                                    CoteriePool *pool)
{
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, view);

  cairo_save (cr);
  cairo_rectangle (cr, 0.0, 0.0, view->width_px, view->height_px);
  cairo_clip (cr);
  paint_canvas (cr, drawing, view);
  draw_hulls_vector (cr, drawing, &metrics);
  if (count_visible_edges (drawing) > MAX_VECTOR_EDGES)
    draw_edges_as_image (cr, drawing, view, pool);
  else
    for (guint e = 0; e < drawing->geometry->n_edges; e++)
      draw_edge (cr, drawing, &metrics, e);
  coterie_cairo_renderer_draw_paths (cr, drawing, view);
  draw_nodes (cr, drawing, view);
  if (drawing->geometry->n_labels > 0 || drawing->geometry->numbers != NULL) {
    g_autoptr (CoterieLabelPainter) labels = coterie_label_painter_new ();

    coterie_label_painter_draw_vector (labels, cr, drawing, view);
  }
  cairo_restore (cr);
}
