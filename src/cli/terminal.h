/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Goes back to the beginning of a line that tells how far something is, and empties it. */
#define COTERIE_TERMINAL_ERASE_LINE "\r\033[K"

/* How often such a line is written. */
#define COTERIE_TERMINAL_STATUS_MS 200

/**
 * CoterieInterruption:
 *
 * What waits for the user to end a command.
 */
typedef struct {
  guint sources[2];
} CoterieInterruption;

void coterie_interruption_watch (CoterieInterruption *interruption, GCancellable *cancellable);
void coterie_interruption_clear (CoterieInterruption *interruption);

G_END_DECLS
