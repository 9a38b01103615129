/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Moves of a camera. It shows the whole graph and follows it as it changes, until the user moves it;
 * asked to fit, it goes back to that. A wheel's clicks and the buttons' steps are animated and add
 * up; dragging and pinching are followed at once. */

#include "app/camera-mover.h"

#include <adwaita.h>
#include <math.h>

#include "draw/scene/free-place.h"

#define FIT_MARGIN_PX 36.0
#define FIT_MS 220
#define STEP_MS 160
#define WHEEL_MS 110
#define FLING_MS 650
#define REVEAL_MS 180
#define STEP_ZOOM 1.5
#define WHEEL_ZOOM 1.2

/* A slower hand has stopped before it let go, pixels a second. */
#define MIN_FLING_PX_S 120.0

/* Some neurons fill the view no more than if they were so large a part of the graph. */
#define MIN_FIT_FRAC 0.15

struct _CoterieCameraMover {
  AdwAnimation *animation;

  GtkWidget *widget; /* whose camera it is */
  CoterieCameraMoverFunc moved;
  gpointer data;

  CoterieCamera camera;
  CoterieCamera animation_start;
  CoterieCamera animation_target;
  CoterieCamera gesture_start;
  double pinch_x_px, pinch_y_px; /* where the fingers were then */
  CoterieInsets insets;
  CoterieBounds bounds;
  CoterieBounds fitted; /* what of them fills the view where everything is to be seen */

  gboolean has_bounds;
  gboolean camera_is_users;
  gboolean animating_to_fit;
};

/**
 * coterie_camera_mover_new:
 * @widget: the widget that shows the graph; must outlive the mover
 * @moved: called whenever the camera has moved
 * @data: passed to @moved
 *
 * Returns: (transfer full): a mover that has nothing to see yet
 */
CoterieCameraMover *
coterie_camera_mover_new (GtkWidget *widget, CoterieCameraMoverFunc moved, gpointer data)
{
  CoterieCameraMover *mover = g_new0 (CoterieCameraMover, 1);

  mover->widget = widget;
  mover->moved = moved;
  mover->data = data;
  mover->camera.scale = 1.0;
  return mover;
}

/**
 * coterie_camera_mover_free:
 * @mover: (transfer full): the mover
 *
 * Frees @mover.
 */
void
coterie_camera_mover_free (CoterieCameraMover *mover)
{
  coterie_camera_mover_stop (mover);
  g_free (mover);
}

/**
 * coterie_camera_mover_get_camera:
 * @mover: the mover
 *
 * Returns: where the camera is now
 */
CoterieCamera
coterie_camera_mover_get_camera (CoterieCameraMover *mover)
{
  return mover->camera;
}

/**
 * coterie_camera_mover_get_viewport:
 * @mover: the mover
 *
 * Returns: the widget's size and margins, pixels
 */
CoterieViewport
coterie_camera_mover_get_viewport (CoterieCameraMover *mover)
{
  return (CoterieViewport){
      .width_px = MAX (gtk_widget_get_width (mover->widget), 1),
      .height_px = MAX (gtk_widget_get_height (mover->widget), 1),
      .margin_px = FIT_MARGIN_PX,
      .insets = mover->insets,
  };
}

/**
 * coterie_camera_mover_set_insets:
 * @mover: the mover
 * @insets: what overlays cover at each side, pixels; a fitted graph keeps out of there
 */
void
coterie_camera_mover_set_insets (CoterieCameraMover *mover, CoterieInsets insets)
{
  mover->insets = insets;
}

/**
 * coterie_camera_mover_set_bounds:
 * @mover: the mover
 * @bounds: (nullable): what there is to see, layout units; %NULL for nothing
 * @fitted: (nullable): the part of it that is seen when all is; %NULL with @bounds
 */
void
coterie_camera_mover_set_bounds (CoterieCameraMover *mover,
                                 const CoterieBounds *bounds,
                                 const CoterieBounds *fitted)
{
  mover->has_bounds = bounds != NULL;
  if (bounds != NULL) {
    mover->bounds = *bounds;
    mover->fitted = *fitted;
  }
}

static CoterieCamera
get_fit (CoterieCameraMover *mover)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (mover);

  return coterie_camera_fit (mover->fitted, &viewport);
}

static CoterieCamera
limit (CoterieCameraMover *mover, CoterieCamera camera)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (mover);

  return coterie_camera_limit (camera, mover->bounds, &viewport);
}

static gboolean
is_animating (CoterieCameraMover *mover)
{
  return mover->animation != NULL &&
         adw_animation_get_state (mover->animation) == ADW_ANIMATION_PLAYING &&
         !mover->animating_to_fit;
}

/**
 * coterie_camera_mover_get_following:
 * @mover: the mover
 *
 * Returns: whether the camera shows the whole graph or is on the way to it, %FALSE if the user has moved it
 */
gboolean
coterie_camera_mover_get_following (CoterieCameraMover *mover)
{
  return mover->has_bounds && (!mover->camera_is_users || mover->animating_to_fit);
}

/**
 * coterie_camera_mover_get_target:
 * @mover: the mover
 *
 * Returns: where the camera is when it has come to rest
 */
CoterieCamera
coterie_camera_mover_get_target (CoterieCameraMover *mover)
{
  if (coterie_camera_mover_get_following (mover))
    return get_fit (mover);
  return is_animating (mover) ? mover->animation_target : mover->camera;
}

/**
 * coterie_camera_mover_follow:
 * @mover: the mover
 *
 * Forgets where the user has moved the camera; it shows everything from the next update on.
 */
void
coterie_camera_mover_follow (CoterieCameraMover *mover)
{
  coterie_camera_mover_stop (mover);
  mover->camera_is_users = FALSE;
}

/**
 * coterie_camera_mover_hold:
 * @mover: the mover
 *
 * Leaves the camera where it is, whatever becomes of the graph.
 */
void
coterie_camera_mover_hold (CoterieCameraMover *mover)
{
  coterie_camera_mover_stop (mover);
  mover->camera_is_users = TRUE;
}

/**
 * coterie_camera_mover_stop:
 * @mover: the mover
 *
 * Ends a move that is going on, where it is.
 */
void
coterie_camera_mover_stop (CoterieCameraMover *mover)
{
  if (mover->animation != NULL)
    adw_animation_pause (mover->animation);
  g_clear_object (&mover->animation);
  mover->animating_to_fit = FALSE;
}

/**
 * coterie_camera_mover_update:
 * @mover: the mover
 *
 * Called before a picture is drawn: follows the graph and the widget's size, unless the camera is
 * where the user has moved it.
 */
void
coterie_camera_mover_update (CoterieCameraMover *mover)
{
  if (mover->has_bounds && !mover->camera_is_users)
    mover->camera = get_fit (mover);
}

static void
animation_value_cb (double value, gpointer data)
{
  CoterieCameraMover *mover = data;
  CoterieCamera target = mover->animating_to_fit ? get_fit (mover) : mover->animation_target;

  mover->camera = coterie_camera_mix (mover->animation_start, target, value);
  mover->moved (mover->data);
}

static void
animation_done_cb (AdwAnimation *animation, CoterieCameraMover *mover)
{
  if (mover->animating_to_fit)
    mover->camera_is_users = FALSE;
  mover->animating_to_fit = FALSE;
  mover->moved (mover->data);
}

static void
animate (CoterieCameraMover *mover, gboolean to_fit, CoterieCamera target, guint duration_ms)
{
  AdwAnimationTarget *callback =
      adw_callback_animation_target_new (animation_value_cb, mover, NULL);

  coterie_camera_mover_stop (mover);
  mover->camera_is_users = TRUE;
  mover->animating_to_fit = to_fit;
  mover->animation_start = mover->camera;
  mover->animation_target = target;
  mover->animation = adw_timed_animation_new (mover->widget, 0.0, 1.0, duration_ms, callback);
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (mover->animation), ADW_EASE_OUT_CUBIC);
  g_signal_connect (mover->animation, "done", G_CALLBACK (animation_done_cb), mover);
  adw_animation_play (mover->animation);
}

/* A zoom that goes as far as it can, and no further to the side for that. */
static double
limit_factor (CoterieCameraMover *mover, CoterieCamera base, double factor)
{
  CoterieCamera zoomed = base;

  zoomed.scale *= factor;
  return limit (mover, zoomed).scale / base.scale;
}

/* Several clicks of a wheel in a row add up, instead of each starting from where the picture is. */
static void
zoom_smoothly (
    CoterieCameraMover *mover, double x_px, double y_px, double factor, guint duration_ms)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (mover);
  CoterieCamera base = is_animating (mover) ? mover->animation_target : mover->camera;

  if (!mover->has_bounds)
    return;

  factor = limit_factor (mover, base, factor);
  animate (mover, FALSE,
           limit (mover, coterie_camera_zoom_at (base, &viewport, x_px, y_px, factor)),
           duration_ms);
}

static void
move (CoterieCameraMover *mover, CoterieCamera camera)
{
  if (!mover->has_bounds)
    return;

  coterie_camera_mover_stop (mover);
  mover->camera_is_users = TRUE;
  mover->camera = limit (mover, camera);
  mover->moved (mover->data);
}

/**
 * coterie_camera_mover_fit:
 * @mover: the mover
 *
 * Goes to where the whole graph is seen, and follows it from then on.
 */
void
coterie_camera_mover_fit (CoterieCameraMover *mover)
{
  if (mover->has_bounds && mover->camera_is_users)
    animate (mover, TRUE, mover->camera, FIT_MS);
}

/**
 * coterie_camera_mover_refit:
 * @mover: the mover
 *
 * Goes to where the whole graph is seen now that its margins are others, if the camera follows it: not at
 * once, as the camera does where nobody asks for it.
 */
void
coterie_camera_mover_refit (CoterieCameraMover *mover)
{
  if (coterie_camera_mover_get_following (mover))
    animate (mover, TRUE, mover->camera, FIT_MS);
}

/* Some surroundings are seen too, so that one knows where one is. */
static CoterieBounds
widen (CoterieCameraMover *mover, CoterieBounds bounds)
{
  const CoterieBounds *all = &mover->bounds;
  double width = MIN_FIT_FRAC * (all->max_x - all->min_x) - (bounds.max_x - bounds.min_x);
  double height = MIN_FIT_FRAC * (all->max_y - all->min_y) - (bounds.max_y - bounds.min_y);

  bounds.min_x -= 0.5 * fmax (width, 0.0);
  bounds.max_x += 0.5 * fmax (width, 0.0);
  bounds.min_y -= 0.5 * fmax (height, 0.0);
  bounds.max_y += 0.5 * fmax (height, 0.0);
  return bounds;
}

/**
 * coterie_camera_mover_fit_part:
 * @mover: the mover
 * @bounds: a part of the graph, layout units
 *
 * Goes to where @bounds fill the view, with some of what surrounds them if they are small.
 */
void
coterie_camera_mover_fit_part (CoterieCameraMover *mover, CoterieBounds bounds)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (mover);

  if (mover->has_bounds)
    animate (mover, FALSE, limit (mover, coterie_camera_fit (widen (mover, bounds), &viewport)),
             FIT_MS);
}

/**
 * coterie_camera_mover_reveal:
 * @mover: the mover
 * @x: a place, layout units
 * @y: layout units, upwards
 * @overlays: (array length=n_overlays): all that lies on the graph, pixels
 * @n_overlays: at most %COTERIE_MAX_OVERLAYS
 *
 * Moves, without going nearer, until the place is seen and not covered; stays where it is if it is so
 * already.
 */
void
coterie_camera_mover_reveal (
    CoterieCameraMover *mover, double x, double y, const CoterieOverlay *overlays, guint n_overlays)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (mover);
  CoterieCamera base = coterie_camera_mover_get_target (mover);
  double x_px, y_px, to_x_px, to_y_px;

  coterie_camera_to_screen (base, &viewport, x, y, &x_px, &y_px);
  to_x_px = x_px;
  to_y_px = y_px;
  coterie_free_place_find_point (&viewport, overlays, n_overlays, &to_x_px, &to_y_px);
  if (!mover->has_bounds || (to_x_px == x_px && to_y_px == y_px))
    return;

  /* What is asked to be seen is within the bounds, and so is not out of bounds here. */
  viewport.insets = coterie_insets_choose (&viewport, overlays, n_overlays, 1.0, FALSE);
  base = coterie_camera_pan (base, to_x_px - x_px, to_y_px - y_px);
  animate (mover, FALSE, coterie_camera_limit (base, mover->bounds, &viewport), REVEAL_MS);
}

/**
 * coterie_camera_mover_shift:
 * @mover: the mover
 * @dx_px: how far to the right the graph shall go, pixels
 * @dy_px: how far down, pixels
 *
 * Moves without going nearer, from where the camera comes to rest.
 */
void
coterie_camera_mover_shift (CoterieCameraMover *mover, double dx_px, double dy_px)
{
  CoterieCamera base = coterie_camera_mover_get_target (mover);

  if (mover->has_bounds)
    animate (mover, FALSE, limit (mover, coterie_camera_pan (base, dx_px, dy_px)), REVEAL_MS);
}

/**
 * coterie_camera_mover_look_at:
 * @mover: the mover
 * @x: a place, layout units
 * @y: layout units, upwards
 *
 * Puts the place into the middle of the view at once, as near or far as it is.
 */
void
coterie_camera_mover_look_at (CoterieCameraMover *mover, double x, double y)
{
  CoterieCamera camera = mover->camera;

  camera.center_x = x;
  camera.center_y = y;
  move (mover, camera);
}

/**
 * coterie_camera_mover_step:
 * @mover: the mover
 * @nearer: whether to go nearer or further away
 *
 * Zooms by one step, about the middle of what overlays leave free.
 */
void
coterie_camera_mover_step (CoterieCameraMover *mover, gboolean nearer)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (mover);
  const CoterieInsets *insets = &mover->insets;

  zoom_smoothly (mover, 0.5 * (viewport.width_px + insets->left_px - insets->right_px),
                 0.5 * (viewport.height_px + insets->top_px - insets->bottom_px),
                 nearer ? STEP_ZOOM : 1.0 / STEP_ZOOM, STEP_MS);
}

/**
 * coterie_camera_mover_turn_wheel:
 * @mover: the mover
 * @x_px: the pointer, pixels from the widget's left
 * @y_px: the pointer, pixels from the widget's top
 * @clicks: how far the wheel was turned, in clicks; positive goes further away
 * @smooth: whether the device moves smoothly by itself, as a touchpad does
 *
 * Zooms to the pointer.
 */
void
coterie_camera_mover_turn_wheel (
    CoterieCameraMover *mover, double x_px, double y_px, double clicks, gboolean smooth)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (mover);
  double factor = pow (WHEEL_ZOOM, -clicks);

  if (smooth && mover->has_bounds)
    move (mover, coterie_camera_zoom_at (mover->camera, &viewport, x_px, y_px,
                                         limit_factor (mover, mover->camera, factor)));
  else
    zoom_smoothly (mover, x_px, y_px, factor, WHEEL_MS);
}

/**
 * coterie_camera_mover_begin_gesture:
 * @mover: the mover
 *
 * Holds the camera where it is; pan and pinch are told from here.
 */
void
coterie_camera_mover_begin_gesture (CoterieCameraMover *mover)
{
  if (is_animating (mover))
    coterie_camera_mover_stop (mover);
  mover->gesture_start = mover->camera;
}

/**
 * coterie_camera_mover_pan:
 * @mover: the mover
 * @dx_px: how far to the right the graph is dragged since the gesture began, pixels
 * @dy_px: how far down, pixels
 */
void
coterie_camera_mover_pan (CoterieCameraMover *mover, double dx_px, double dy_px)
{
  move (mover, coterie_camera_pan (mover->gesture_start, dx_px, dy_px));
}

/**
 * coterie_camera_mover_fling:
 * @mover: the mover
 * @vx_px_s: how fast the hand moved to the right when it let go, pixels a second
 * @vy_px_s: downwards
 *
 * Lets the graph run on and come to rest, as something that was pushed.
 */
void
coterie_camera_mover_fling (CoterieCameraMover *mover, double vx_px_s, double vy_px_s)
{
  /* At its beginning the animation's easing is three times as fast as on average. */
  double time_s = FLING_MS / 3000.0;

  if (mover->has_bounds && hypot (vx_px_s, vy_px_s) >= MIN_FLING_PX_S &&
      adw_get_enable_animations (mover->widget))
    animate (mover, FALSE,
             limit (mover, coterie_camera_pan (mover->camera, vx_px_s * time_s, vy_px_s * time_s)),
             FLING_MS);
}

/**
 * coterie_camera_mover_begin_pinch:
 * @mover: the mover
 * @x_px: the middle of the fingers, pixels from the widget's left
 * @y_px: the same, pixels from the widget's top
 *
 * Holds the camera where it is.
 */
void
coterie_camera_mover_begin_pinch (CoterieCameraMover *mover, double x_px, double y_px)
{
  coterie_camera_mover_begin_gesture (mover);
  mover->pinch_x_px = x_px;
  mover->pinch_y_px = y_px;
}

/**
 * coterie_camera_mover_pinch:
 * @mover: the mover
 * @x_px: the middle of the fingers now, pixels from the widget's left
 * @y_px: the same, pixels from the widget's top
 * @factor: how much further apart they are than when the pinch began
 *
 * Keeps between the fingers what was between them.
 */
void
coterie_camera_mover_pinch (CoterieCameraMover *mover, double x_px, double y_px, double factor)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (mover);

  if (!mover->has_bounds)
    return;

  factor = limit_factor (mover, mover->gesture_start, factor);
  move (mover, coterie_camera_pinch (mover->gesture_start, &viewport, mover->pinch_x_px,
                                     mover->pinch_y_px, x_px, y_px, factor));
}
