/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CoterieRunClock:
 * @started_us: when it was started, monotonic time, moved on by pauses
 * @paused_since_us: since when it stands still, monotonic time; 0 while it runs
 *
 * Tells for how long something has been at work. A value; who shares it between threads locks it.
 */
typedef struct {
  gint64 started_us;
  gint64 paused_since_us;
} CoterieRunClock;

void coterie_run_clock_start (CoterieRunClock *clock);
void coterie_run_clock_set_paused (CoterieRunClock *clock, gboolean paused);
gboolean coterie_run_clock_get_paused (const CoterieRunClock *clock);
double coterie_run_clock_read (const CoterieRunClock *clock);

G_END_DECLS
