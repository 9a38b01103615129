/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A clock that stands still while the work that it times is paused, so that pauses count neither as time
 * that was needed nor as time that is left. */

#include "core/run/run-clock.h"

/**
 * coterie_run_clock_start:
 * @clock: the clock
 *
 * Starts at 0 seconds. A clock that is paused stays so.
 */
void
coterie_run_clock_start (CoterieRunClock *clock)
{
  clock->started_us = g_get_monotonic_time ();
  if (clock->paused_since_us > 0)
    clock->paused_since_us = clock->started_us;
}

/**
 * coterie_run_clock_set_paused:
 * @clock: the clock
 * @paused: whether it stands still from now on
 *
 * Stops the clock or lets it go on; does nothing if that is what it does already.
 */
void
coterie_run_clock_set_paused (CoterieRunClock *clock, gboolean paused)
{
  gint64 now_us = g_get_monotonic_time ();

  if (paused && clock->paused_since_us == 0) {
    clock->paused_since_us = now_us;
  } else if (!paused && clock->paused_since_us > 0) {
    clock->started_us += now_us - clock->paused_since_us;
    clock->paused_since_us = 0;
  }
}

/**
 * coterie_run_clock_get_paused:
 * @clock: the clock
 *
 * Returns: whether it stands still
 */
gboolean
coterie_run_clock_get_paused (const CoterieRunClock *clock)
{
  return clock->paused_since_us > 0;
}

/**
 * coterie_run_clock_read:
 * @clock: a clock that was started
 *
 * Returns: the time since it was started, without pauses, seconds, 0 or more
 */
double
coterie_run_clock_read (const CoterieRunClock *clock)
{
  gint64 now_us = clock->paused_since_us > 0 ? clock->paused_since_us : g_get_monotonic_time ();

  return (double) (now_us - clock->started_us) / G_TIME_SPAN_SECOND;
}
