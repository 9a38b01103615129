/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The scene without OpenGL and faster than through Cairo: edges from src/draw/scene/edge-image.c, on
 * the canvas; above them nodes by the same distances from their centres as in the shader node.frag, so
 * that both pictures are the same but for rounding. */

#include "draw/scene/software-renderer.h"

#include <math.h>

#include "draw/scene/edge-image.h"

/* Blue, green, red and alpha, premultiplied, from 0 to 255: the order of a pixel's bytes. */
typedef float Channels __attribute__ ((vector_size (16)));
typedef int Integers __attribute__ ((vector_size (16)));

/* A node in pixels, whole numbers being the pixels' centres. */
typedef struct {
  float x;
  float y;
  float radius;
  float rim_radius;
  float ring_radius;
  float half_ring;
  float ring;
  float alpha;
  Channels fill_color;
  Channels rim_color;
  Channels ring_color;
} Disc;

typedef struct {
  guint8 *pixels;
  gsize stride;
  int width;
  int height;
} Image;

static Channels
get_channels (CoterieColor color)
{
  return (Channels){color.blue, color.green, color.red, 1.0f} * 255.0f;
}

static Disc
make_disc (const CoterieDrawing *drawing, const CoterieDrawingMetrics *metrics, guint v)
{
  CoterieDrawingNodeEnd blended = coterie_drawing_blend_node (drawing, v);
  const CoterieDrawingNodeEnd *node = &blended;
  float radius = (float) (node->radius_px * metrics->node_scale);
  float rim_radius = radius + (float) metrics->rim_px;
  float half_ring = (float) (0.5 * metrics->ring_px);

  return (Disc){
      .x = (float) (metrics->offset_x_px + node->x * metrics->scale_px - 0.5),
      .y = (float) (metrics->offset_y_px - node->y * metrics->scale_px - 0.5),
      .radius = radius,
      .rim_radius = rim_radius,
      .ring_radius = rim_radius + (float) metrics->ring_gap_px + half_ring,
      .half_ring = half_ring,
      .ring = node->ring,
      .alpha = node->color.alpha,
      .fill_color = get_channels (node->color),
      .rim_color = get_channels (drawing->geometry->rim),
      .ring_color = get_channels (drawing->geometry->nodes[v].ring_color),
  };
}

static inline float
clamp_frac (float value)
{
  return value < 0.0f ? 0.0f : value > 1.0f ? 1.0f : value;
}

static inline Channels
shade (const Disc *disc, float distance)
{
  float fill = clamp_frac (disc->radius + 0.5f - distance);
  float cover = clamp_frac (disc->rim_radius + 0.5f - distance) * disc->alpha;
  Channels color = (disc->fill_color * fill + disc->rim_color * (1.0f - fill)) * cover;
  float ring;

  if (disc->ring <= 0.0f)
    return color;

  ring = clamp_frac (disc->half_ring + 0.5f - fabsf (distance - disc->ring_radius)) * disc->ring;
  return color * (1.0f - ring) + disc->ring_color * ring;
}

static inline guint32
pack (Channels color)
{
  Integers bytes = __builtin_convertvector(color + 0.5f, Integers);

  return (guint32) bytes[3] << 24 | (guint32) bytes[2] << 16 | (guint32) bytes[1] << 8 |
         (guint32) bytes[0];
}

static inline Channels
unpack (guint32 pixel)
{
  Integers bytes = {(int) (pixel & 0xff), (int) (pixel >> 8 & 0xff), (int) (pixel >> 16 & 0xff),
                    (int) (pixel >> 24)};

  return __builtin_convertvector(bytes, Channels);
}

static void
draw_disc_row (const Disc *disc, guint32 *pixels, int first, int last, float dy)
{
  float inner = disc->radius - 0.5f;
  float outer = disc->rim_radius + 0.5f;
  guint32 full = pack (disc->fill_color);
  gboolean solid = disc->alpha >= 1.0f && inner > 0.0f;

  for (int column = first; column <= last; column++) {
    float dx = (float) column - disc->x;
    float square = dx * dx + dy * dy;
    Channels color;

    if (solid && square <= inner * inner) {
      pixels[column] = full;
    } else if (square < outer * outer || disc->ring > 0.0f) {
      color = shade (disc, sqrtf (square));
      pixels[column] = pack (color + unpack (pixels[column]) * (1.0f - color[3] / 255.0f));
    }
  }
}

static void
draw_disc (const Disc *disc, const Image *image)
{
  float reach =
      disc->ring > 0.0f ? disc->ring_radius + disc->half_ring + 0.5f : disc->rim_radius + 0.5f;
  float left = fmaxf (ceilf (disc->x - reach), 0.0f);
  float right = fminf (floorf (disc->x + reach), (float) (image->width - 1));
  float top = fmaxf (ceilf (disc->y - reach), 0.0f);
  float bottom = fminf (floorf (disc->y + reach), (float) (image->height - 1));

  if (disc->radius <= 0.0f || left > right || top > bottom)
    return;

  for (int row = (int) top; row <= (int) bottom; row++)
    draw_disc_row (disc, (guint32 *) (void *) (image->pixels + (gsize) row * image->stride),
                   (int) left, (int) right, (float) row - disc->y);
}

static void
paint_canvas (cairo_surface_t *surface, CoterieColor canvas)
{
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, canvas.red, canvas.green, canvas.blue);
  cairo_paint (cr);
  cairo_destroy (cr);
}

/**
 * coterie_software_renderer_draw:
 * @drawing: what to draw
 * @view: camera and size
 * @surface: an image surface of %CAIRO_FORMAT_ARGB32 and the view's size; wholly overwritten, its alpha
 *   becomes 1 throughout
 * @pool: (nullable): threads that share drawing the edges; the bytes are the same for any number
 *
 * Draws canvas, edges and nodes. Cost: that of coterie_edge_image_render(), and the nodes' pixels.
 */
void
coterie_software_renderer_draw (const CoterieDrawing *drawing,
                                const CoterieDrawingView *view,
                                cairo_surface_t *surface,
                                CoteriePool *pool)
{
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, view);
  Image image;

  paint_canvas (surface, drawing->geometry->canvas);
  coterie_edge_image_render_to_surface (drawing, view, 0, surface, pool);
  image = (Image){
      .pixels = cairo_image_surface_get_data (surface),
      .stride = (gsize) cairo_image_surface_get_stride (surface),
      .width = view->width_px,
      .height = view->height_px,
  };
  for (guint i = 0; i < drawing->geometry->n_nodes; i++) {
    Disc disc = make_disc (drawing, &metrics, coterie_drawing_get_ordered (drawing, i));

    draw_disc (&disc, &image);
  }
  cairo_surface_mark_dirty (surface);
}
