/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window comes first: where all processors are busy, a thread that computes, and those of its
 * pool, which inherit from it, wait for the one that answers the user. */

#include "core/run/background-thread.h"

#include <sys/resource.h>

/* Of 19 at the most. */
#define NICENESS 10

/**
 * coterie_background_thread_give_way:
 *
 * Lowers the priority of the calling thread, for good. Where a thread has no priority of its own
 * nothing changes.
 */
void
coterie_background_thread_give_way (void)
{
#ifdef __linux__
  setpriority (PRIO_PROCESS, 0, NICENESS);
#endif
}
