/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long something still takes, in words. */

#include "config.h"

#include "cli/time-left.h"

#include <glib/gi18n.h>
#include <math.h>

#define ALMOST_DONE_S 0.5

/**
 * coterie_time_left_describe:
 * @seconds_left: seconds; negative while unknown
 *
 * Returns: (transfer full): "2 min 05 s left"
 */
char *
coterie_time_left_describe (double seconds_left)
{
  guint seconds;

  if (seconds_left < 0.0)
    return g_strdup (_ ("time left unknown"));
  if (seconds_left < ALMOST_DONE_S)
    return g_strdup (_ ("almost done"));
  seconds = (guint) ceil (seconds_left);
  if (seconds >= 3600)
    return g_strdup_printf (_ ("%u h %02u min left"), seconds / 3600, seconds / 60 % 60);
  if (seconds >= 60)
    return g_strdup_printf (_ ("%u min %02u s left"), seconds / 60, seconds % 60);
  return g_strdup_printf (_ ("%u s left"), seconds);
}
