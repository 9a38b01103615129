/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a command is started: somebody may look on, and end it. */

#include "cli/terminal.h"

#include <glib-unix.h>

static gboolean
interrupted_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_CONTINUE;
}

/**
 * coterie_interruption_watch:
 * @interruption: (out caller-allocates): clear it with coterie_interruption_clear()
 * @cancellable: must stay until then
 *
 * Has the default main context cancel @cancellable when the program is interrupted or asked to end.
 */
void
coterie_interruption_watch (CoterieInterruption *interruption, GCancellable *cancellable)
{
  interruption->sources[0] = g_unix_signal_add (SIGINT, interrupted_cb, cancellable);
  interruption->sources[1] = g_unix_signal_add (SIGTERM, interrupted_cb, cancellable);
}

/**
 * coterie_interruption_clear:
 * @interruption: what coterie_interruption_watch() has filled
 *
 * Has signals end the program again.
 */
void
coterie_interruption_clear (CoterieInterruption *interruption)
{
  for (guint i = 0; i < G_N_ELEMENTS (interruption->sources); i++)
    g_source_remove (interruption->sources[i]);
}
