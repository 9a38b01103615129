/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The arithmetic between layout and screen: plain values in, plain values out, so that panning,
 * zooming and fitting are tested without a display. */

#include "draw/scene/camera.h"

#include <math.h>

/* How far one may go from the fitted view: a tenth of it shows the whole as an island, eighty times
 * it shows a handful of nodes. */
#define MIN_ZOOM 0.4
#define MAX_ZOOM 30.0

/* Scale where there is nothing to fit, pixels a layout unit. */
#define DEFAULT_SCALE 100.0

/* Less room than this and the margins are ignored. */
#define MIN_ROOM_PX 16.0

typedef struct {
  double center_x_px;
  double center_y_px;
  double width_px;
  double height_px;
} Room;

static Room
get_room (const CoterieViewport *viewport)
{
  const CoterieInsets *insets = &viewport->insets;
  Room room = {
      .center_x_px = 0.5 * (viewport->width_px + insets->left_px - insets->right_px),
      .center_y_px = 0.5 * (viewport->height_px + insets->top_px - insets->bottom_px),
      .width_px =
          viewport->width_px - insets->left_px - insets->right_px - 2.0 * viewport->margin_px,
      .height_px =
          viewport->height_px - insets->top_px - insets->bottom_px - 2.0 * viewport->margin_px,
  };

  return room;
}

static gboolean
is_enough (const Room *room)
{
  return room->width_px >= MIN_ROOM_PX && room->height_px >= MIN_ROOM_PX;
}

/**
 * coterie_camera_equal:
 * @a: a camera
 * @b: another one
 *
 * Returns: whether one sees the same from both
 */
gboolean
coterie_camera_equal (const CoterieCamera *a, const CoterieCamera *b)
{
  return a->center_x == b->center_x && a->center_y == b->center_y && a->scale == b->scale;
}

/**
 * coterie_camera_has_room:
 * @viewport: a viewport, pixels
 *
 * Returns: whether insets and margins leave room enough for coterie_camera_fit() to keep them free
 */
gboolean
coterie_camera_has_room (const CoterieViewport *viewport)
{
  Room room = get_room (viewport);

  return is_enough (&room);
}

/**
 * coterie_camera_fit:
 * @bounds: what shall be seen, layout units
 * @viewport: where, pixels
 *
 * Puts the middle of @bounds into the middle of what the insets leave free, as large as fits into it
 * less the margin. Bounds without extent get 100 pixels a layout unit; a viewport too small for
 * its insets and margins is used without them.
 *
 * Returns: the camera
 */
CoterieCamera
coterie_camera_fit (CoterieBounds bounds, const CoterieViewport *viewport)
{
  Room room = get_room (viewport);
  double width = bounds.max_x - bounds.min_x;
  double height = bounds.max_y - bounds.min_y;
  double scale = DEFAULT_SCALE;

  if (!is_enough (&room))
    room = (Room){
        .center_x_px = 0.5 * viewport->width_px,
        .center_y_px = 0.5 * viewport->height_px,
        .width_px = viewport->width_px,
        .height_px = viewport->height_px,
    };
  if (width > 0.0 && height > 0.0)
    scale = fmin (room.width_px / width, room.height_px / height);
  else if (width > 0.0)
    scale = room.width_px / width;
  else if (height > 0.0)
    scale = room.height_px / height;

  return (CoterieCamera){
      .center_x = 0.5 * (bounds.min_x + bounds.max_x) -
                  (room.center_x_px - 0.5 * viewport->width_px) / scale,
      .center_y = 0.5 * (bounds.min_y + bounds.max_y) +
                  (room.center_y_px - 0.5 * viewport->height_px) / scale,
      .scale = scale,
  };
}

/**
 * coterie_camera_limit:
 * @camera: any camera
 * @bounds: what there is to see, layout units
 * @viewport: where, pixels
 *
 * Keeps one from getting lost: from two fifths to thirty times the fitted scale, and the middle of the
 * viewport, or of what the insets leave free, never further out than it is in the fitted view or than
 * @bounds reach. So every place within @bounds can be brought there.
 *
 * Returns: the nearest camera within the limits
 */
CoterieCamera
coterie_camera_limit (CoterieCamera camera, CoterieBounds bounds, const CoterieViewport *viewport)
{
  CoterieCamera fit = coterie_camera_fit (bounds, viewport);
  Room room = get_room (viewport);
  double scale = CLAMP (camera.scale, MIN_ZOOM * fit.scale, MAX_ZOOM * fit.scale);
  double shift_x = (0.5 * viewport->width_px - room.center_x_px) / scale;
  double shift_y = (room.center_y_px - 0.5 * viewport->height_px) / scale;

  return (CoterieCamera){
      .center_x = CLAMP (camera.center_x, fmin (bounds.min_x + fmin (shift_x, 0.0), fit.center_x),
                         fmax (bounds.max_x + fmax (shift_x, 0.0), fit.center_x)),
      .center_y = CLAMP (camera.center_y, fmin (bounds.min_y + fmin (shift_y, 0.0), fit.center_y),
                         fmax (bounds.max_y + fmax (shift_y, 0.0), fit.center_y)),
      .scale = scale,
  };
}

/**
 * coterie_camera_zoom_at:
 * @camera: the camera
 * @viewport: where, pixels
 * @x_px: what stays in place, pixels from the left
 * @y_px: pixels from the top
 * @factor: greater than 0; above 1 goes nearer
 *
 * Returns: the camera with its scale multiplied by @factor and the same point under the pointer
 */
CoterieCamera
coterie_camera_zoom_at (
    CoterieCamera camera, const CoterieViewport *viewport, double x_px, double y_px, double factor)
{
  double x, y;

  coterie_camera_to_layout (camera, viewport, x_px, y_px, &x, &y);
  return (CoterieCamera){
      .center_x = x + (camera.center_x - x) / factor,
      .center_y = y + (camera.center_y - y) / factor,
      .scale = camera.scale * factor,
  };
}

/**
 * coterie_camera_pan:
 * @camera: the camera
 * @dx_px: how far the picture moves to the right, pixels
 * @dy_px: how far it moves down, pixels
 *
 * Returns: the camera moved
 */
CoterieCamera
coterie_camera_pan (CoterieCamera camera, double dx_px, double dy_px)
{
  camera.center_x -= dx_px / camera.scale;
  camera.center_y += dy_px / camera.scale;
  return camera;
}

/**
 * coterie_camera_pinch:
 * @camera: the camera when the fingers were put down
 * @viewport: where, pixels
 * @from_x_px: the middle of the fingers then, pixels from the left
 * @from_y_px: pixels from the top
 * @to_x_px: their middle now
 * @to_y_px: pixels from the top
 * @factor: how much further apart they are now; greater than 0
 *
 * Returns: the camera that has what was between the fingers between them still
 */
CoterieCamera
coterie_camera_pinch (CoterieCamera camera,
                      const CoterieViewport *viewport,
                      double from_x_px,
                      double from_y_px,
                      double to_x_px,
                      double to_y_px,
                      double factor)
{
  camera = coterie_camera_pan (camera, to_x_px - from_x_px, to_y_px - from_y_px);
  return coterie_camera_zoom_at (camera, viewport, to_x_px, to_y_px, factor);
}

/**
 * coterie_camera_mix:
 * @from: a camera
 * @to: another
 * @t_frac: how far from @from to @to, a fraction from 0 to 1
 *
 * Goes from one to the other as if zooming about the one point that both show at the same place: the
 * scale grows by equal factors, and every point of the picture moves on a straight line.
 *
 * Returns: the camera between
 */
CoterieCamera
coterie_camera_mix (CoterieCamera from, CoterieCamera to, double t_frac)
{
  double scale = from.scale * pow (to.scale / from.scale, t_frac);
  double span = 1.0 / from.scale - 1.0 / to.scale;
  double path = t_frac;

  if (t_frac <= 0.0)
    return from;
  if (t_frac >= 1.0)
    return to;

  /* Nearly equal scales: the quotient below would be noise, and its limit is t. */
  if (fabs (log (to.scale / from.scale)) > 1e-6)
    path = (1.0 / from.scale - 1.0 / scale) / span;
  return (CoterieCamera){
      .center_x = from.center_x + path * (to.center_x - from.center_x),
      .center_y = from.center_y + path * (to.center_y - from.center_y),
      .scale = scale,
  };
}

/**
 * coterie_camera_to_screen:
 * @camera: the camera
 * @viewport: where, pixels
 * @x: layout units
 * @y: layout units, upwards
 * @x_px: (out): pixels from the left
 * @y_px: (out): pixels from the top
 */
void
coterie_camera_to_screen (CoterieCamera camera,
                          const CoterieViewport *viewport,
                          double x,
                          double y,
                          double *x_px,
                          double *y_px)
{
  *x_px = 0.5 * viewport->width_px + (x - camera.center_x) * camera.scale;
  *y_px = 0.5 * viewport->height_px - (y - camera.center_y) * camera.scale;
}

/**
 * coterie_camera_to_layout:
 * @camera: the camera
 * @viewport: where, pixels
 * @x_px: pixels from the left
 * @y_px: pixels from the top
 * @x: (out): layout units
 * @y: (out): layout units, upwards
 */
void
coterie_camera_to_layout (CoterieCamera camera,
                          const CoterieViewport *viewport,
                          double x_px,
                          double y_px,
                          double *x,
                          double *y)
{
  *x = camera.center_x + (x_px - 0.5 * viewport->width_px) / camera.scale;
  *y = camera.center_y - (y_px - 0.5 * viewport->height_px) / camera.scale;
}

/**
 * coterie_camera_place_picture:
 * @painted: from where a picture of a viewport was painted
 * @camera: from where it is looked at now
 * @viewport: the viewport now, pixels
 * @width_px: how wide the picture is, pixels
 * @height_px: how high, pixels
 * @frame: (out): where the picture's left, upper, right and lower rims are in the viewport, pixels
 *
 * Finds where a picture belongs that is not painted from where one looks by now: what it shows is then at
 * the places where a new one would show it.
 */
void
coterie_camera_place_picture (CoterieCamera painted,
                              CoterieCamera camera,
                              const CoterieViewport *viewport,
                              double width_px,
                              double height_px,
                              double frame[4])
{
  double factor = camera.scale / painted.scale;
  double x_px, y_px;

  coterie_camera_to_screen (camera, viewport, painted.center_x, painted.center_y, &x_px, &y_px);
  frame[0] = x_px - 0.5 * factor * width_px;
  frame[1] = y_px - 0.5 * factor * height_px;
  frame[2] = x_px + 0.5 * factor * width_px;
  frame[3] = y_px + 0.5 * factor * height_px;
}

/**
 * coterie_bounds_mix:
 * @from: bounds
 * @to: others
 * @t_frac: how far from @from to @to, a fraction from 0 to 1
 *
 * Returns: the bounds between, layout units
 */
CoterieBounds
coterie_bounds_mix (CoterieBounds from, CoterieBounds to, double t_frac)
{
  double s_frac = 1.0 - t_frac;

  return (CoterieBounds){
      .min_x = s_frac * from.min_x + t_frac * to.min_x,
      .min_y = s_frac * from.min_y + t_frac * to.min_y,
      .max_x = s_frac * from.max_x + t_frac * to.max_x,
      .max_y = s_frac * from.max_y + t_frac * to.max_y,
  };
}
