/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hulls on the processor. In every row the part with the full colour and the part with any are two
 * spans, found from the corners; only between them does a pixel ask for its distance. */

#include "draw/scene/hull-image.h"

#include <math.h>

#include "draw/scene/hull-outline.h"
#include "draw/scene/pixel.h"

typedef float Floats __attribute__ ((vector_size (16)));
typedef int Integers __attribute__ ((vector_size (16)));

/* A side from (x, y): where one is along it is (dx, dy) · (point - corner) / length squared. */
typedef struct {
  float x;
  float y;
  float dx;
  float dy;
  float over_square;
} Side;

typedef struct {
  CoterieHullOutline outline;
  Side *sides;
  CoteriePixelChannels color;
  float alpha;
  double top; /* nothing of it is above or below */
  double bottom;
} Hull;

struct _CoterieHullImage {
  int width;
  Hull *hulls;
  guint n_hulls;
};

static gboolean
hull_init (Hull *hull,
           const CoterieDrawing *drawing,
           const CoterieDrawingMetrics *metrics,
           guint number)
{
  const double *points;
  guint n_points;

  if (!coterie_hull_outline_init (&hull->outline, drawing, metrics, number))
    return FALSE;

  points = hull->outline.points;
  n_points = hull->outline.n_points;
  hull->sides = g_new (Side, n_points);
  hull->top = G_MAXDOUBLE;
  hull->bottom = -G_MAXDOUBLE;
  for (guint i = 0; i < n_points; i++) {
    const double *a = points + 2 * i, *b = points + 2 * ((i + 1) % n_points);
    double dx = b[0] - a[0], dy = b[1] - a[1];
    double square = dx * dx + dy * dy;

    hull->sides[i] = (Side){(float) a[0], (float) a[1], (float) dx, (float) dy,
                            square > 0.0 ? (float) (1.0 / square) : 0.0f};
    hull->top = MIN (hull->top, a[1] - hull->outline.outer_px);
    hull->bottom = MAX (hull->bottom, a[1] + hull->outline.outer_px);
  }
  hull->alpha = hull->outline.color.alpha;
  hull->color = coterie_pixel_get_channels (hull->outline.color);
  return TRUE;
}

static inline Floats
choose (Integers which, Floats yes, Floats no)
{
  return (Floats) (((Integers) yes & which) | ((Integers) no & ~which));
}

/* The sides that are so near to a row that pixels of it may lie within the hull's outer rim. */
static guint
find_near_sides (const Hull *hull, float y, const Side **near)
{
  float reach = (float) hull->outline.outer_px + 1.0f;
  guint n_near = 0;

  for (guint i = 0; i < hull->outline.n_points; i++) {
    const Side *side = &hull->sides[i];

    if (MIN (side->y, side->y + side->dy) <= y + reach &&
        MAX (side->y, side->y + side->dy) >= y - reach)
      near[n_near++] = side;
  }
  return n_near;
}

/* Squares of the distances of four pixels of a row from the nearest of some sides. */
static Floats
get_squares (const Side *const *sides, guint n_sides, Floats x, float y)
{
  const Floats zero = {0.0f}, one = {1.0f, 1.0f, 1.0f, 1.0f};
  Floats best = one * G_MAXFLOAT;

  for (guint i = 0; i < n_sides; i++) {
    const Side *side = sides[i];
    Floats px = x - side->x;
    float py = y - side->y;
    Floats along = (px * side->dx + py * side->dy) * side->over_square;
    Floats square;

    along = choose (along > zero, along, zero);
    along = choose (along < one, along, one);
    px -= along * side->dx;
    square = px * px + (py - along * side->dy) * (py - along * side->dy);
    best = choose (square < best, square, best);
  }
  return best;
}

static void
draw_border (const Hull *hull, guint32 *pixels, int first, int last, float y)
{
  const Floats ramp = {0.5f, 1.5f, 2.5f, 3.5f};
  const Side **near = g_newa (const Side *, hull->outline.n_points);
  guint n_near = find_near_sides (hull, y, near);
  float inner = (float) hull->outline.inner_px, outer = (float) hull->outline.outer_px;
  float factor = hull->alpha / (outer - inner);

  for (int column = first; column <= last; column += 4) {
    Floats squares = get_squares (near, n_near, (float) column + ramp, y);

    for (int lane = 0; lane < MIN (4, last + 1 - column); lane++) {
      float opacity = (outer - sqrtf (squares[lane])) * factor;

      opacity = MIN (opacity, hull->alpha);
      if (opacity > 0.0f)
        pixels[column + lane] = coterie_pixel_blend (hull->color * opacity, pixels[column + lane]);
    }
  }
}

/* Most pixels are like the one before them, and so is what becomes of them. */
static void
draw_inside (const Hull *hull, guint32 *pixels, int first, int last)
{
  CoteriePixelChannels color = hull->color * hull->alpha;
  guint32 below = 0, above = coterie_pixel_blend (color, below);

  for (int column = first; column <= last; column++) {
    if (pixels[column] != below) {
      below = pixels[column];
      above = coterie_pixel_blend (color, below);
    }
    pixels[column] = above;
  }
}

static void
draw_row (const Hull *hull, guint32 *pixels, int width, float y)
{
  const CoterieHullOutline *outline = &hull->outline;
  double left, right, inner_left, inner_right;
  int first, last, inner_first, inner_last;

  if (y < hull->top || y > hull->bottom ||
      !coterie_hull_outline_find_span (outline, outline->outer_px, y, &left, &right))
    return;

  /* Pixels whose middles, at one half, are within; kept within the row before they are integers. */
  first = (int) ceil (CLAMP (left - 0.5, 0.0, (double) width));
  last = (int) floor (CLAMP (right - 0.5, -1.0, width - 1.0));
  inner_first = last + 1;
  inner_last = last;
  if (coterie_hull_outline_find_span (outline, outline->inner_px, y, &inner_left, &inner_right)) {
    inner_first = (int) ceil (CLAMP (inner_left - 0.5, (double) first, last + 1.0));
    inner_last = (int) floor (CLAMP (inner_right - 0.5, inner_first - 1.0, (double) last));
  }

  draw_border (hull, pixels, first, inner_first - 1, y);
  draw_inside (hull, pixels, inner_first, inner_last);
  draw_border (hull, pixels, inner_last + 1, last, y);
}

/**
 * coterie_hull_image_new:
 * @drawing: whose hulls
 * @view: the whole picture's camera and size
 *
 * Returns: (transfer full): the hulls as they are in the picture
 */
CoterieHullImage *
coterie_hull_image_new (const CoterieDrawing *drawing, const CoterieDrawingView *view)
{
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, view);
  guint n_hulls = drawing->geometry->n_hulls;
  CoterieHullImage *image = g_new0 (CoterieHullImage, 1);

  image->width = view->width_px;
  if (n_hulls == 0)
    return image;

  image->hulls = g_aligned_alloc (n_hulls, sizeof (Hull), 64);
  for (guint i = 0; i < n_hulls; i++)
    image->n_hulls += hull_init (&image->hulls[image->n_hulls], drawing, &metrics, i);
  return image;
}

/**
 * coterie_hull_image_free:
 * @image: (transfer full): the image
 *
 * Frees @image.
 */
void
coterie_hull_image_free (CoterieHullImage *image)
{
  for (guint i = 0; i < image->n_hulls; i++) {
    coterie_hull_outline_clear (&image->hulls[i].outline);
    g_free (image->hulls[i].sides);
  }
  g_aligned_free (image->hulls);
  g_free (image);
}

/**
 * coterie_hull_image_draw:
 * @image: the image
 * @first_row: where the strip of the picture begins that shall be drawn, from 0
 * @n_rows: rows of the strip
 * @pixels: [n_rows][@stride] (inout): the strip's, as in coterie_edge_image_render(); the hulls are drawn
 *   over what is there
 * @stride: bytes from row to row
 *
 * Draws a strip. Cost: the hulls' pixels, and for those in their borders the number of sides near by.
 */
void
coterie_hull_image_draw (
    const CoterieHullImage *image, int first_row, int n_rows, guint8 *pixels, gsize stride)
{
  for (int row = 0; row < n_rows; row++)
    for (guint i = 0; i < image->n_hulls; i++)
      draw_row (&image->hulls[i], (guint32 *) (void *) (pixels + (gsize) row * stride),
                image->width, (float) (first_row + row) + 0.5f);
}
