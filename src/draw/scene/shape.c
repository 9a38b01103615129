/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The outlines of nodes. Each is bounded by straight sides that all have the same distance from the
 * middle, the inradius. The distance of a point from the outline is then how far it is outside of the
 * furthest side, or, for a star, of the second furthest; and a shape grown by a rim is the same shape
 * with a larger inradius, its corners sharp. The shader node.frag has the same numbers. */

#include "draw/scene/shape.h"

#include <math.h>

/* What makes a shape. */
typedef struct {
  float inradius;        /* from the middle to the sides, in radii of the disc of the same area */
  float half_width;      /* of a cross's arms, in radii of the disc; else 0 */
  float reach;           /* from the middle to the furthest corner, in inradii */
  guint n_sides;         /* straight ones, at the distance of the inradius; 0 for a disc */
  double first_side_rad; /* direction of one of them, clockwise from the right */
} Form;

static const Form forms[COTERIE_N_SHAPES] = {
    [COTERIE_SHAPE_DISC] = {1.0f, 0.0f, 1.0f, 0, 0.0},
    [COTERIE_SHAPE_SQUARE] = {0.8862269f, 0.0f, 1.4142136f, 4, 0.0},
    [COTERIE_SHAPE_DIAMOND] = {0.8862269f, 0.0f, 1.4142136f, 4, G_PI_4},
    [COTERIE_SHAPE_TRIANGLE] = {0.7775602f, 0.0f, 2.0f, 3, G_PI_2},
    [COTERIE_SHAPE_TRIANGLE_DOWN] = {0.7775602f, 0.0f, 2.0f, 3, -G_PI_2},
    [COTERIE_SHAPE_HEXAGON] = {0.9523128f, 0.0f, 1.1547005f, 6, G_PI_2},
    [COTERIE_SHAPE_CROSS] = {1.1077840f, 0.4431135f, 1.4142136f, 4, 0.0},
    [COTERIE_SHAPE_STAR] = {0.5169524f, 0.0f, 3.2360680f, 5, -G_PI_2},
};

static const Form *
get_form (CoterieShape shape)
{
  g_return_val_if_fail ((guint) shape < COTERIE_N_SHAPES, &forms[COTERIE_SHAPE_DISC]);

  return &forms[shape];
}

/**
 * coterie_shape_get_reach:
 * @shape: a shape
 * @radius: of the disc of the same area, pixels
 * @grow: how much the shape is grown, pixels
 *
 * Returns: how far the grown shape reaches from its middle, pixels
 */
float
coterie_shape_get_reach (CoterieShape shape, float radius, float grow)
{
  const Form *form = &forms[shape];

  return (form->inradius * radius + grow) * form->reach;
}

/* Of a pentagram's five sides a point may be outside of one. */
static float
get_star_distance (float x, float dy)
{
  const float sides[5] = {-dy, 0.9510565f * x - 0.3090170f * dy, -0.9510565f * x - 0.3090170f * dy,
                          0.5877853f * x + 0.8090170f * dy, -0.5877853f * x + 0.8090170f * dy};
  float furthest = -G_MAXFLOAT, second = -G_MAXFLOAT;

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++) {
    second = fmaxf (second, fminf (furthest, sides[i]));
    furthest = fmaxf (furthest, sides[i]);
  }
  return second;
}

/**
 * coterie_shape_get_distance:
 * @shape: a shape
 * @radius: of the disc of the same area, pixels
 * @dx: a point, pixels to the right of the middle
 * @dy: pixels below the middle
 *
 * Returns: how far the point is outside of the outline, pixels, at right angles to the nearest side;
 *   negative inside
 */
float
coterie_shape_get_distance (CoterieShape shape, float radius, float dx, float dy)
{
  const Form *form = &forms[shape];
  float inradius = form->inradius * radius;
  float x = fabsf (dx), y = fabsf (dy);

  switch (shape) {
  case COTERIE_SHAPE_SQUARE:
    return fmaxf (x, y) - inradius;
  case COTERIE_SHAPE_DIAMOND:
    return 0.7071068f * (x + y) - inradius;
  case COTERIE_SHAPE_TRIANGLE:
    return fmaxf (dy, 0.8660254f * x - 0.5f * dy) - inradius;
  case COTERIE_SHAPE_TRIANGLE_DOWN:
    return fmaxf (-dy, 0.8660254f * x + 0.5f * dy) - inradius;
  case COTERIE_SHAPE_HEXAGON:
    return fmaxf (y, 0.8660254f * x + 0.5f * y) - inradius;
  case COTERIE_SHAPE_CROSS:
    return fmaxf (fmaxf (x, y) - inradius, fminf (x, y) - form->half_width * radius);
  case COTERIE_SHAPE_STAR:
    return get_star_distance (x, dy) - inradius;
  case COTERIE_SHAPE_DISC:
  case COTERIE_N_SHAPES:
  default:
    return sqrtf (dx * dx + dy * dy) - inradius;
  }
}

static void
add_cross (cairo_t *cr, double x, double y, double length, double half_width)
{
  cairo_move_to (cr, x - half_width, y - length);
  for (guint i = 0; i < 4; i++) {
    /* A quarter turn of the three corners at the end of the upper arm and at its foot. */
    double c = i == 0 ? 1.0 : i == 2 ? -1.0 : 0.0;
    double s = i == 1 ? 1.0 : i == 3 ? -1.0 : 0.0;
    const double corners[3][2] = {
        {-half_width, -length}, {half_width, -length}, {half_width, -half_width}};

    for (guint j = 0; j < 3; j++)
      cairo_line_to (cr, x + c * corners[j][0] - s * corners[j][1],
                     y + s * corners[j][0] + c * corners[j][1]);
  }
  cairo_close_path (cr);
}

/* A star's points lie in the directions of its sides, with a dent between; a polygon's corners lie
 * between. */
static void
add_polygon (cairo_t *cr, const Form *form, double x, double y, double inradius, gboolean star)
{
  double corner = inradius / cos (G_PI / form->n_sides);

  for (guint i = 0; i < form->n_sides; i++) {
    double angle = form->first_side_rad + 2.0 * G_PI * i / form->n_sides;

    if (star)
      cairo_line_to (cr, x + form->reach * inradius * cos (angle),
                     y + form->reach * inradius * sin (angle));
    angle += G_PI / form->n_sides;
    cairo_line_to (cr, x + corner * cos (angle), y + corner * sin (angle));
  }
  cairo_close_path (cr);
}

/**
 * coterie_shape_add_path:
 * @cr: a context; y grows downwards
 * @shape: a shape
 * @x: its middle
 * @y: its middle
 * @radius: of the disc of the same area
 * @grow: how far the outline lies outside of the shape, 0 for the shape itself
 *
 * Adds the outline to the current path, as a closed part of its own.
 */
void
coterie_shape_add_path (
    cairo_t *cr, CoterieShape shape, double x, double y, double radius, double grow)
{
  const Form *form = get_form (shape);
  double inradius = form->inradius * radius + grow;

  cairo_new_sub_path (cr);
  if (shape == COTERIE_SHAPE_DISC) {
    cairo_arc (cr, x, y, inradius, 0.0, 2.0 * G_PI);
    cairo_close_path (cr);
  } else if (shape == COTERIE_SHAPE_CROSS) {
    add_cross (cr, x, y, inradius, form->half_width * radius + grow);
  } else {
    add_polygon (cr, form, x, y, inradius, shape == COTERIE_SHAPE_STAR);
  }
}
