/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The scene without OpenGL and faster than through Cairo: hulls, edges and nodes as images that the
 * threads of a pool draw over each other; what is little, paths and labels, through Cairo. */

#include "draw/scene/software-renderer.h"

#include "draw/scene/cairo-renderer.h"
#include "draw/scene/edge-image.h"
#include "draw/scene/hull-image.h"
#include "draw/scene/node-image.h"
#include "draw/scene/pixel.h"

/* Rows that a thread draws at once: they stay in its cache from the canvas to the last hull. */
#define BAND_ROWS 32

/* What is below the edges. */
typedef struct {
  guint8 *pixels;
  gsize stride;
  int width;
  int height;
  guint32 canvas;
  CoterieHullImage *hulls;
} Ground;

static void
draw_band (gsize band, guint worker, gpointer data)
{
  const Ground *ground = data;
  int first = (int) band * BAND_ROWS;
  int n_rows = MIN (BAND_ROWS, ground->height - first);
  guint8 *pixels = ground->pixels + (gsize) first * ground->stride;

  for (int row = 0; row < n_rows; row++) {
    guint32 *to = (guint32 *) (void *) (pixels + (gsize) row * ground->stride);

    for (int column = 0; column < ground->width; column++)
      to[column] = ground->canvas;
  }
  coterie_hull_image_draw (ground->hulls, first, n_rows, pixels, ground->stride);
}

static void
draw_ground (guint8 *pixels,
             gsize stride,
             const CoterieDrawing *drawing,
             const CoterieDrawingView *view,
             CoteriePool *pool)
{
  g_autoptr (CoterieHullImage) hulls = coterie_hull_image_new (drawing, view);
  CoterieColor canvas = drawing->geometry->canvas;
  Ground ground = {pixels,
                   stride,
                   view->width_px,
                   view->height_px,
                   coterie_pixel_pack (coterie_pixel_get_channels (canvas)),
                   hulls};
  gsize n_bands = (gsize) (view->height_px + BAND_ROWS - 1) / BAND_ROWS;

  if (pool != NULL)
    coterie_pool_run (pool, n_bands, draw_band, &ground);
  else
    for (gsize band = 0; band < n_bands; band++)
      draw_band (band, 0, &ground);
}

static void
draw_paths (cairo_surface_t *surface, const CoterieDrawing *drawing, const CoterieDrawingView *view)
{
  cairo_t *cr;

  if (drawing->geometry->n_paths == 0)
    return;

  cairo_surface_mark_dirty (surface);
  cr = cairo_create (surface);
  coterie_cairo_renderer_draw_paths (cr, drawing, view);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
}

static void
draw_labels (cairo_surface_t *surface,
             const CoterieDrawing *drawing,
             const CoterieDrawingView *view,
             CoterieLabelPainter *labels)
{
  g_autoptr (CoterieLabelPainter) own = NULL;
  cairo_t *cr;

  if (drawing->geometry->n_labels == 0 && drawing->geometry->numbers == NULL)
    return;
  if (labels == NULL)
    labels = own = coterie_label_painter_new ();

  cr = cairo_create (surface);
  coterie_label_painter_draw (labels, cr, drawing, view);
  cairo_destroy (cr);
}

/**
 * coterie_software_renderer_draw:
 * @drawing: what to draw
 * @view: camera and size
 * @surface: an image surface of %CAIRO_FORMAT_ARGB32 and the view's size; wholly overwritten, its alpha
 *   becomes 1 throughout
 * @labels: (nullable): draws the labels; one that is used for picture after picture remembers where
 *   they stood and what they look like
 * @pool: (nullable): threads that share the work; the bytes are the same for any number
 *
 * Draws canvas, hulls, edges, paths, nodes and labels. Cost: that of coterie_edge_image_render(), and
 * the pixels of the rest.
 */
void
coterie_software_renderer_draw (const CoterieDrawing *drawing,
                                const CoterieDrawingView *view,
                                cairo_surface_t *surface,
                                CoterieLabelPainter *labels,
                                CoteriePool *pool)
{
  guint8 *pixels = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);

  g_return_if_fail (cairo_image_surface_get_width (surface) == view->width_px &&
                    cairo_image_surface_get_height (surface) == view->height_px);

  cairo_surface_flush (surface);
  draw_ground (pixels, stride, drawing, view, pool);
  coterie_edge_image_render (drawing, view, 0, view->height_px, pixels, stride, pool);
  draw_paths (surface, drawing, view);
  coterie_node_image_render (drawing, view, pixels, stride, pool);
  cairo_surface_mark_dirty (surface);
  draw_labels (surface, drawing, view, labels);
}
