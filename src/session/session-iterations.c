/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which iteration a frame shows: also one that is still to come, and between two frames. */

#include <math.h>

#include "session/session-private.h"

/* A training that goes on says only when it is ready how far. */
static guint
get_n_iterations (CoterieSession *self)
{
  gboolean preparing = self->continuing && self->run != NULL && !self->described;

  return preparing ? self->n_wanted : self->info->training.n_iterations;
}

/**
 * coterie_session_get_n_planned_frames:
 * @self: the session
 *
 * Whether somebody else is still writing a recording cannot be seen: the writer may have been killed.
 * It counts as written when a frame comes after those that were there when it was opened.
 *
 * Returns: how many frames the recording has in the end: those it has, when it is not being written,
 *   or else those it will have if the training ends as planned; 0 until known
 */
guint
coterie_session_get_n_planned_frames (CoterieSession *self)
{
  guint n_steps;

  if (self->info == NULL)
    return 0;
  if (self->complete || self->at_rest)
    return self->frames->len;
  n_steps = (get_n_iterations (self) + self->info->training.record_every - 1) /
            self->info->training.record_every;
  return MAX (n_steps + 1, self->frames->len);
}

/**
 * coterie_session_get_planned_iteration:
 * @self: the session
 * @index: a frame, there or still to come
 *
 * Returns: the iteration that it shows
 */
guint
coterie_session_get_planned_iteration (CoterieSession *self, guint index)
{
  if (index < self->frames->len)
    return coterie_session_get_frame (self, index)->iteration;
  if (self->info == NULL)
    return index;
  return MIN (index * self->info->training.record_every, get_n_iterations (self));
}

/**
 * coterie_session_get_last_iteration:
 * @self: the session
 *
 * Returns: the iteration of the last of the planned frames; 0 until known
 */
guint
coterie_session_get_last_iteration (CoterieSession *self)
{
  guint n_planned = coterie_session_get_n_planned_frames (self);

  return n_planned > 0 ? coterie_session_get_planned_iteration (self, n_planned - 1) : 0;
}

/**
 * coterie_session_get_iteration_at:
 * @self: the session
 * @position: in frames from 0
 *
 * Returns: the iteration there, between two frames a value between theirs
 */
double
coterie_session_get_iteration_at (CoterieSession *self, double position)
{
  guint before = (guint) floor (MAX (position, 0.0));
  double first = coterie_session_get_planned_iteration (self, before);
  double second = coterie_session_get_planned_iteration (self, before + 1);

  return first + (position - before) * (second - first);
}

/**
 * coterie_session_get_position_of:
 * @self: the session
 * @iteration: an iteration, fractions allowed
 *
 * Returns: where on the timeline it is, in frames from 0; the inverse of
 *   coterie_session_get_iteration_at()
 */
double
coterie_session_get_position_of (CoterieSession *self, double iteration)
{
  guint n_planned = coterie_session_get_n_planned_frames (self);

  for (guint i = 0; i + 1 < n_planned; i++) {
    double first = coterie_session_get_planned_iteration (self, i);
    double second = coterie_session_get_planned_iteration (self, i + 1);

    if (iteration <= second)
      return i + CLAMP ((iteration - first) / (second - first), 0.0, 1.0);
  }
  return n_planned > 0 ? n_planned - 1.0 : 0.0;
}
