/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where on the way through the frames the user is. The position is a real number: 3.5 stands half
 * way between the frames 3 and 4. It moves in one of three ways: at once while the user drags, with
 * an even speed while playing, and by easing towards a target after a step or a new frame. Time is
 * handed in, so that the object needs neither a display nor a clock. */

#include "session/timeline.h"

#include <math.h>

/* Time in which easing covers 63 % of the way that is left. */
#define EASE_TIME_S 0.11
/* Closer than this, in frames, counts as arrived: far less than a pixel of movement. */
#define ARRIVED 0.002

#define DEFAULT_SPEED 2.0

struct _CoterieTimeline {
  GObject parent_instance;

  guint n_frames;
  double position;
  double target;
  double speed;
  gboolean following;
  gboolean playing;
  gboolean announced_moving;
};

typedef enum {
  PROP_N_FRAMES = 1,
  PROP_POSITION,
  PROP_FOLLOWING,
  PROP_PLAYING,
  PROP_MOVING,
  PROP_SPEED,
} CoterieTimelineProperty;

static GParamSpec *properties[PROP_SPEED + 1];

G_DEFINE_FINAL_TYPE (CoterieTimeline, coterie_timeline, G_TYPE_OBJECT)

static double
last_position (CoterieTimeline *self)
{
  return self->n_frames > 0 ? self->n_frames - 1.0 : 0.0;
}

static void
notify (CoterieTimeline *self, CoterieTimelineProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_following (CoterieTimeline *self, gboolean following)
{
  if (self->following == following)
    return;
  self->following = following;
  notify (self, PROP_FOLLOWING);
}

static void
set_position (CoterieTimeline *self, double position)
{
  position = CLAMP (position, 0.0, last_position (self));
  if (position == self->position)
    return;
  self->position = position;
  notify (self, PROP_POSITION);
}

static void
announce (CoterieTimeline *self, gboolean was_playing)
{
  gboolean moving = coterie_timeline_get_moving (self);

  if (was_playing != self->playing)
    notify (self, PROP_PLAYING);
  if (self->announced_moving == moving)
    return;
  self->announced_moving = moving;
  notify (self, PROP_MOVING);
}

static void
set_goal (CoterieTimeline *self, double target, gboolean playing)
{
  gboolean was_playing = self->playing;

  self->target = CLAMP (target, 0.0, last_position (self));
  self->playing = playing;
  announce (self, was_playing);
}

static void
coterie_timeline_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  CoterieTimeline *self = COTERIE_TIMELINE (object);

  switch ((CoterieTimelineProperty) prop_id) {
  case PROP_N_FRAMES:
    g_value_set_uint (value, self->n_frames);
    break;
  case PROP_POSITION:
    g_value_set_double (value, self->position);
    break;
  case PROP_FOLLOWING:
    g_value_set_boolean (value, self->following);
    break;
  case PROP_PLAYING:
    g_value_set_boolean (value, self->playing);
    break;
  case PROP_MOVING:
    g_value_set_boolean (value, coterie_timeline_get_moving (self));
    break;
  case PROP_SPEED:
    g_value_set_double (value, self->speed);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
coterie_timeline_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  CoterieTimeline *self = COTERIE_TIMELINE (object);

  if (prop_id == PROP_SPEED)
    coterie_timeline_set_speed (self, g_value_get_double (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
coterie_timeline_class_init (CoterieTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = coterie_timeline_get_property;
  object_class->set_property = coterie_timeline_set_property;

  properties[PROP_N_FRAMES] = g_param_spec_uint ("n-frames", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_POSITION] =
      g_param_spec_double ("position", NULL, NULL, 0.0, G_MAXDOUBLE, 0.0, readable);
  properties[PROP_FOLLOWING] = g_param_spec_boolean ("following", NULL, NULL, TRUE, readable);
  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, readable);
  properties[PROP_MOVING] = g_param_spec_boolean ("moving", NULL, NULL, FALSE, readable);
  properties[PROP_SPEED] =
      g_param_spec_double ("speed", NULL, NULL, 0.1, 60.0, DEFAULT_SPEED,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
coterie_timeline_init (CoterieTimeline *self)
{
  self->speed = DEFAULT_SPEED;
  self->following = TRUE;
}

/**
 * coterie_timeline_new:
 *
 * Returns: (transfer full): a timeline without frames, following
 */
CoterieTimeline *
coterie_timeline_new (void)
{
  return g_object_new (COTERIE_TYPE_TIMELINE, NULL);
}

/**
 * coterie_timeline_reset:
 * @self: the timeline
 *
 * Forgets all frames and follows again; the speed stays.
 */
void
coterie_timeline_reset (CoterieTimeline *self)
{
  set_goal (self, 0.0, FALSE);
  set_position (self, 0.0);
  coterie_timeline_set_n_frames (self, 0);
  set_following (self, TRUE);
}

/**
 * coterie_timeline_get_n_frames:
 * @self: the timeline
 *
 * Returns: the number of frames that there are so far
 */
guint
coterie_timeline_get_n_frames (CoterieTimeline *self)
{
  return self->n_frames;
}

/**
 * coterie_timeline_set_n_frames:
 * @self: the timeline
 * @n_frames: the number of frames that there are so far
 *
 * While following, the last frame becomes the target.
 */
void
coterie_timeline_set_n_frames (CoterieTimeline *self, guint n_frames)
{
  if (n_frames == self->n_frames)
    return;

  self->n_frames = n_frames;
  notify (self, PROP_N_FRAMES);
  set_position (self, self->position);
  set_goal (self, self->following ? last_position (self) : self->target, self->playing);
}

/**
 * coterie_timeline_get_position:
 * @self: the timeline
 *
 * Returns: where it is, in frames from 0
 */
double
coterie_timeline_get_position (CoterieTimeline *self)
{
  return self->position;
}

/**
 * coterie_timeline_get_target:
 * @self: the timeline
 *
 * Returns: where it is going, in frames from 0
 */
double
coterie_timeline_get_target (CoterieTimeline *self)
{
  return self->target;
}

/**
 * coterie_timeline_get_frame:
 * @self: the timeline
 *
 * Returns: the frame nearest to the position
 */
guint
coterie_timeline_get_frame (CoterieTimeline *self)
{
  return (guint) floor (self->position + 0.5);
}

/**
 * coterie_timeline_get_following:
 * @self: the timeline
 *
 * Returns: whether it goes to each new frame
 */
gboolean
coterie_timeline_get_following (CoterieTimeline *self)
{
  return self->following;
}

/**
 * coterie_timeline_get_playing:
 * @self: the timeline
 *
 * Returns: whether it plays
 */
gboolean
coterie_timeline_get_playing (CoterieTimeline *self)
{
  return self->playing;
}

/**
 * coterie_timeline_get_moving:
 * @self: the timeline
 *
 * Returns: whether coterie_timeline_advance() would change anything
 */
gboolean
coterie_timeline_get_moving (CoterieTimeline *self)
{
  return self->playing || self->position != self->target;
}

/**
 * coterie_timeline_get_speed:
 * @self: the timeline
 *
 * Returns: frames a second while playing
 */
double
coterie_timeline_get_speed (CoterieTimeline *self)
{
  return self->speed;
}

/**
 * coterie_timeline_set_speed:
 * @self: the timeline
 * @frames_per_second: 0.1 … 60
 *
 * Sets how fast it plays.
 */
void
coterie_timeline_set_speed (CoterieTimeline *self, double frames_per_second)
{
  if (frames_per_second == self->speed)
    return;
  self->speed = frames_per_second;
  notify (self, PROP_SPEED);
}

/**
 * coterie_timeline_scrub:
 * @self: the timeline
 * @position: in frames from 0; brought into range
 *
 * Is there at once, as while dragging; ends playing and following.
 */
void
coterie_timeline_scrub (CoterieTimeline *self, double position)
{
  set_following (self, FALSE);
  set_position (self, position);
  set_goal (self, self->position, FALSE);
}

/**
 * coterie_timeline_go_to:
 * @self: the timeline
 * @position: in frames from 0; brought into range
 *
 * Eases towards @position; ends playing and following.
 */
void
coterie_timeline_go_to (CoterieTimeline *self, double position)
{
  set_following (self, FALSE);
  set_goal (self, position, FALSE);
}

/**
 * coterie_timeline_step:
 * @self: the timeline
 * @n_frames: how many frames further, or back
 *
 * Eases to another whole frame. Steps add up: two quick ones go two frames.
 */
void
coterie_timeline_step (CoterieTimeline *self, int n_frames)
{
  double start = self->playing ? self->position : self->target;
  double whole = n_frames > 0 ? floor (start + ARRIVED) : ceil (start - ARRIVED);

  coterie_timeline_go_to (self, whole + n_frames);
}

/**
 * coterie_timeline_go_to_first:
 * @self: the timeline
 *
 * Eases to the first frame.
 */
void
coterie_timeline_go_to_first (CoterieTimeline *self)
{
  coterie_timeline_go_to (self, 0.0);
}

/**
 * coterie_timeline_go_to_last:
 * @self: the timeline
 *
 * Eases to the last frame and follows from there on.
 */
void
coterie_timeline_go_to_last (CoterieTimeline *self)
{
  set_goal (self, last_position (self), FALSE);
  set_following (self, TRUE);
}

/**
 * coterie_timeline_settle:
 * @self: the timeline
 *
 * After dragging: eases to the nearest whole frame. Does nothing while playing.
 */
void
coterie_timeline_settle (CoterieTimeline *self)
{
  if (!self->playing)
    set_goal (self, floor (self->target + 0.5), FALSE);
}

/**
 * coterie_timeline_set_playing:
 * @self: the timeline
 * @playing: whether to play
 *
 * Plays from the position, or from the first frame when it stands at the last; stopping settles at
 * the nearest frame. With less than two frames there is nothing to play.
 */
void
coterie_timeline_set_playing (CoterieTimeline *self, gboolean playing)
{
  if (playing == self->playing || (playing && self->n_frames < 2))
    return;

  if (!playing) {
    set_goal (self, floor (self->position + 0.5), FALSE);
    return;
  }

  if (self->position >= last_position (self) - ARRIVED)
    set_position (self, 0.0);
  set_following (self, FALSE);
  set_goal (self, last_position (self), TRUE);
}

/**
 * coterie_timeline_advance:
 * @self: the timeline
 * @elapsed_s: time since the last call, seconds, 0 or more
 *
 * Moves on. Called once for each picture that is drawn. Playing that arrives at the last frame ends
 * there, and follows.
 *
 * Returns: whether it goes on moving
 */
gboolean
coterie_timeline_advance (CoterieTimeline *self, double elapsed_s)
{
  gboolean was_playing = self->playing;
  double rest;

  if (self->playing) {
    double position = self->position + elapsed_s * self->speed;

    self->target = last_position (self);
    if (position >= self->target) {
      position = self->target;
      self->playing = FALSE;
      set_following (self, TRUE);
    }
    set_position (self, position);
  } else {
    rest = (self->target - self->position) * exp (-elapsed_s / EASE_TIME_S);
    set_position (self, fabs (rest) < ARRIVED ? self->target : self->target - rest);
  }

  announce (self, was_playing);
  return coterie_timeline_get_moving (self);
}
