/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a renderer draws: nodes, edges, hulls, labels and paths with their colours at both ends of a
 * blend, in the layout's units, and the sizes in pixels that all renderers share. Never changes once
 * made, so a thread may read it at leisure; another blend is a new drawing of the same geometry. */

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

/* The dot of a marked node; node.vert has the same. */
#define MARK_OF_RADIUS 0.36
#define MARK_OF_RIM 1.25

/* How far the chords of an edge may be off its curve: usually, and where it is cut finely. A renderer
 * that moves the corners outwards by half of this is off by the other half. */
#define MAX_CHORD_ERROR_PX 0.75
#define MAX_NEAR_CHORD_ERROR_PX 0.5

static void
geometry_clear (gpointer pointer)
{
  CoterieDrawingGeometry *geometry = pointer;

  for (guint i = 0; i < geometry->n_hulls; i++)
    g_free ((gpointer) geometry->hulls[i].points);
  for (guint i = 0; i < geometry->n_labels; i++)
    g_free ((gpointer) geometry->labels[i].text);
  for (guint i = 0; i < geometry->n_paths; i++)
    g_free ((gpointer) geometry->paths[i].points);
  for (guint end = 0; end < 2; end++)
    g_free ((gpointer) geometry->node_labels[end]);
  g_free ((gpointer) geometry->numbers);
  g_free ((gpointer) geometry->nodes);
  g_free ((gpointer) geometry->order);
  g_free ((gpointer) geometry->edges);
  g_free ((gpointer) geometry->hulls);
  g_free ((gpointer) geometry->labels);
  g_free ((gpointer) geometry->paths);
  coterie_edge_hues_clear (&geometry->edge_hues);
}

static CoterieDrawingHull *
copy_hulls (const CoterieDrawingHull *hulls, guint n_hulls)
{
  CoterieDrawingHull *copies = g_memdup2 (hulls, n_hulls * sizeof *hulls);

  for (guint i = 0; i < n_hulls; i++)
    copies[i].points = g_memdup2 (hulls[i].points, 4 * hulls[i].n_points * sizeof (float));
  return copies;
}

static CoterieDrawingLabel *
copy_labels (const CoterieDrawingLabel *labels, guint n_labels)
{
  CoterieDrawingLabel *copies = g_memdup2 (labels, n_labels * sizeof *labels);

  for (guint i = 0; i < n_labels; i++)
    copies[i].text = g_strdup (labels[i].text);
  return copies;
}

static CoterieDrawingPath *
copy_paths (const CoterieDrawingPath *paths, guint n_paths)
{
  CoterieDrawingPath *copies = g_memdup2 (paths, n_paths * sizeof *paths);

  for (guint i = 0; i < n_paths; i++)
    copies[i].points = g_memdup2 (paths[i].points, 2 * paths[i].n_points * sizeof (float));
  return copies;
}

/* The square of how far the middle of an edge is from the straight line. */
static double
measure_rise (const CoterieDrawingGeometry *geometry, const CoterieDrawingEdge *edge, guint end)
{
  const CoterieDrawingNodeEnd *source = &geometry->nodes[edge->source].ends[end];
  const CoterieDrawingNodeEnd *target = &geometry->nodes[edge->target].ends[end];
  double dx = target->x - source->x, dy = target->y - source->y;

  return edge->bend * edge->bend * (dx * dx + dy * dy);
}

static void
find_edge_extremes (CoterieDrawingGeometry *geometry)
{
  float width = 0.0f;
  double rise = 0.0;

  for (guint e = 0; e < geometry->n_edges; e++) {
    const CoterieDrawingEdge *edge = &geometry->edges[e];

    width = MAX (width, edge->width);
    for (guint end = 0; end < 2 && edge->bend != 0.0f; end++)
      rise = MAX (rise, measure_rise (geometry, edge, end));
  }
  geometry->max_edge_width = width;
  geometry->max_edge_rise = sqrt (rise);
}

static void
drawing_clear (gpointer pointer)
{
  CoterieDrawing *drawing = pointer;

  g_atomic_rc_box_release_full ((gpointer) drawing->geometry, geometry_clear);
}

static CoterieDrawing *
wrap (const CoterieDrawingGeometry *geometry, double s_frac)
{
  CoterieDrawing *drawing = g_atomic_rc_box_new (CoterieDrawing);

  drawing->geometry = geometry;
  drawing->s_frac = CLAMP (s_frac, 0.0, 1.0);
  return drawing;
}

/**
 * coterie_drawing_new:
 * @fields: what it shall hold; everything it points to is copied
 * @s_frac: how far from one end to the other, a fraction from 0 to 1
 *
 * Cost: that of copying @fields.
 *
 * Returns: (transfer full): the drawing
 */
CoterieDrawing *
coterie_drawing_new (const CoterieDrawingGeometry *fields, double s_frac)
{
  CoterieDrawingGeometry *geometry = g_atomic_rc_box_new (CoterieDrawingGeometry);

  *geometry = *fields;
  geometry->nodes = g_memdup2 (fields->nodes, fields->n_nodes * sizeof *fields->nodes);
  geometry->order = fields->order != NULL
                        ? g_memdup2 (fields->order, fields->n_nodes * sizeof *fields->order)
                        : NULL;
  geometry->edges = g_memdup2 (fields->edges, fields->n_edges * sizeof *fields->edges);
  geometry->hulls = copy_hulls (fields->hulls, fields->n_hulls);
  geometry->labels = copy_labels (fields->labels, fields->n_labels);
  for (guint end = 0; end < 2; end++)
    geometry->node_labels[end] =
        g_memdup2 (fields->node_labels[end], fields->n_nodes * sizeof *fields->node_labels[end]);
  geometry->numbers = g_memdup2 (fields->numbers, fields->n_nodes * sizeof *fields->numbers);
  geometry->paths = copy_paths (fields->paths, fields->n_paths);
  find_edge_extremes (geometry);
  coterie_edge_hues_init (&geometry->edge_hues,
                          geometry->edges != NULL ? geometry->edges->colors : NULL,
                          sizeof *geometry->edges, geometry->n_edges);
  return wrap (geometry, s_frac);
}

/**
 * coterie_drawing_with_blend:
 * @drawing: a drawing
 * @s_frac: how far from one end to the other, a fraction from 0 to 1
 *
 * Cost: none that grows with the drawing; the geometry is shared.
 *
 * Returns: (transfer full): the same drawing at another blend
 */
CoterieDrawing *
coterie_drawing_with_blend (const CoterieDrawing *drawing, double s_frac)
{
  return wrap (g_atomic_rc_box_acquire ((gpointer) drawing->geometry), s_frac);
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
 * Frees @drawing with its last reference, and the geometry with the last drawing that has it.
 */
void
coterie_drawing_unref (CoterieDrawing *drawing)
{
  g_atomic_rc_box_release_full (drawing, drawing_clear);
}

/**
 * coterie_drawing_get_ordered:
 * @drawing: the drawing
 * @place: in the order of drawing, from 0, the topmost last
 *
 * Returns: the node that is drawn in this place
 */
guint
coterie_drawing_get_ordered (const CoterieDrawing *drawing, guint place)
{
  return drawing->geometry->order != NULL ? drawing->geometry->order[place] : place;
}

/**
 * coterie_drawing_blend_node:
 * @drawing: the drawing
 * @node: which, from 0
 *
 * Returns: the node as it is at the drawing's blend
 */
CoterieDrawingNodeEnd
coterie_drawing_blend_node (const CoterieDrawing *drawing, guint node)
{
  const CoterieDrawingNodeEnd *ends = drawing->geometry->nodes[node].ends;
  float t = (float) drawing->s_frac, s = 1.0f - t;

  return (CoterieDrawingNodeEnd){
      .x = s * ends[0].x + t * ends[1].x,
      .y = s * ends[0].y + t * ends[1].y,
      .radius_px = s * ends[0].radius_px + t * ends[1].radius_px,
      .ring = s * ends[0].ring + t * ends[1].ring,
      .color = coterie_color_mix (ends[0].color, ends[1].color, drawing->s_frac),
  };
}

/**
 * coterie_drawing_blend_edge:
 * @drawing: the drawing
 * @edge: which, from 0
 *
 * Returns: the colour of the edge at the drawing's blend; alpha is its density
 */
CoterieColor
coterie_drawing_blend_edge (const CoterieDrawing *drawing, guint edge)
{
  const CoterieColor *colors = drawing->geometry->edges[edge].colors;

  return coterie_color_mix (colors[0], colors[1], drawing->s_frac);
}

/**
 * coterie_drawing_get_control:
 * @source: where the edge begins
 * @target: where it ends
 * @bend: of the edge, a fraction of its length
 * @x: (out): control point of the quadratic Bézier curve, layout units
 * @y: (out): the same, upwards
 *
 * A curve's middle is half as far from the straight line as its control point.
 */
void
coterie_drawing_get_control (
    CoterieDrawingNodeEnd source, CoterieDrawingNodeEnd target, double bend, double *x, double *y)
{
  double dx = (double) target.x - source.x, dy = (double) target.y - source.y;

  *x = source.x + 0.5 * dx - 2.0 * bend * dy;
  *y = source.y + 0.5 * dy + 2.0 * bend * dx;
}

/**
 * coterie_drawing_count_segments:
 * @length_px: distance of the edge's ends, device pixels
 * @bend: of the edge, a fraction of its length
 *
 * A curve in n equal pieces of its parameter is off its chords by its own height over n squared.
 *
 * Returns: into how many straight pieces an edge may be cut so that nobody sees the difference, from 1
 *   to %COTERIE_DRAWING_MAX_SEGMENTS
 */
guint
coterie_drawing_count_segments (double length_px, double bend)
{
  double rise_px = fabs (bend) * length_px;
  double square = rise_px / MAX_CHORD_ERROR_PX;
  const guint usual = COTERIE_DRAWING_USUAL_SEGMENTS;
  guint n = 1;

  if (square > usual * usual)
    return (guint) fmin (ceil (sqrt (rise_px / MAX_NEAR_CHORD_ERROR_PX)),
                         COTERIE_DRAWING_MAX_SEGMENTS);
  for (guint fewer = 1; fewer < COTERIE_DRAWING_USUAL_SEGMENTS; fewer++)
    n += square > fewer * fewer;
  return n;
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
 * coterie_drawing_get_spread:
 * @drawing: the drawing
 *
 * Returns: root mean square distance of the nodes from their middle at the drawing's blend, layout units
 */
double
coterie_drawing_get_spread (const CoterieDrawing *drawing)
{
  const double *spreads = drawing->geometry->spreads;

  return (1.0 - drawing->s_frac) * spreads[0] + drawing->s_frac * spreads[1];
}

/**
 * coterie_drawing_view_get_label_scale:
 * @view: a view
 *
 * Returns: device pixels for a pixel of a label, greater than 0
 */
double
coterie_drawing_view_get_label_scale (const CoterieDrawingView *view)
{
  return view->label_scale > 0.0 ? view->label_scale : view->scale;
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
  double spread = coterie_drawing_get_spread (drawing);
  double extent = relative_extent (spread, camera->scale);
  double width_px = EDGE_WIDTH_PX * view->scale * CLAMP (pow (extent / 3.0, 0.4), 1.0, 2.0);

  /* Nearer, the same edges cover fewer of the pixels, so each may weigh more. */
  return (CoterieDrawingMetrics){
      .scale_px = scale_px,
      .offset_x_px = 0.5 * view->width_px - camera->center_x * scale_px,
      .offset_y_px = 0.5 * view->height_px + camera->center_y * scale_px,
      .node_scale = view->scale * coterie_drawing_node_scale (spread, camera->scale),
      .rim_px = RIM_PX * view->scale,
      .ring_gap_px = RING_GAP_PX * view->scale,
      .ring_px = RING_PX * view->scale,
      .edge_width_px = width_px,
      .edge_gain = CLAMP (pow (extent, 0.4), 0.6, 3.0),
  };
}

/**
 * coterie_drawing_get_edge_width:
 * @metrics: sizes of the drawing
 * @width: width factor of an edge, dimensionless, greater than 0
 * @gain: (out): factor of its alpha
 *
 * An edge thinner than a pixel is a pixel wide and paler by as much.
 *
 * Returns: the width with which it is drawn, device pixels, 1 or more
 */
double
coterie_drawing_get_edge_width (const CoterieDrawingMetrics *metrics, double width, double *gain)
{
  double width_px = metrics->edge_width_px * width;

  *gain = metrics->edge_gain * fmin (width_px, 1.0);
  return fmax (width_px, 1.0);
}

/**
 * coterie_drawing_get_mark_radius:
 * @metrics: sizes of the drawing
 * @radius_px: of a node, device pixels
 *
 * Returns: radius of the dot in the middle of a marked node, device pixels
 */
double
coterie_drawing_get_mark_radius (const CoterieDrawingMetrics *metrics, double radius_px)
{
  return fmax (MARK_OF_RADIUS * radius_px, MARK_OF_RIM * metrics->rim_px);
}

/**
 * coterie_drawing_get_path_alpha:
 * @path: a path of two points or more
 * @place: where on it, in points from the first: 0.5 is between the first two
 *
 * Returns: its opacity there, a fraction from 0 to 1
 */
double
coterie_drawing_get_path_alpha (const CoterieDrawingPath *path, double place)
{
  double along = place / (path->n_points - 1);

  return path->color.alpha * (path->fade + along * (1.0 - path->fade));
}
