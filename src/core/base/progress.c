/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Progress, pause and cancel of a long computation. A worker calls coterie_progress_step() once a
 * batch; there it is held while paused and told when it was cancelled, so no other code of a
 * computation knows about either. */

#include "core/base/progress.h"

/* How long a paused worker may overlook that it was cancelled. */
#define CANCEL_CHECK_INTERVAL_US (50 * G_TIME_SPAN_MILLISECOND)

struct _CoterieProgress {
  gatomicrefcount ref_count;
  GMutex mutex;
  GCond resumed;
  double fraction;
  CoterieProgressRange range; /* of the part at work; the worker's own */
  gboolean paused;
};

/**
 * coterie_progress_new:
 *
 * Returns: (transfer full): progress at 0, not paused
 */
CoterieProgress *
coterie_progress_new (void)
{
  CoterieProgress *progress = g_new0 (CoterieProgress, 1);

  g_atomic_ref_count_init (&progress->ref_count);
  g_mutex_init (&progress->mutex);
  g_cond_init (&progress->resumed);
  progress->range.size = 1.0;
  return progress;
}

/**
 * coterie_progress_ref:
 * @progress: the progress
 *
 * Returns: (transfer full): @progress
 */
CoterieProgress *
coterie_progress_ref (CoterieProgress *progress)
{
  g_atomic_ref_count_inc (&progress->ref_count);
  return progress;
}

/**
 * coterie_progress_unref:
 * @progress: (transfer full): the progress
 *
 * Frees @progress with its last reference.
 */
void
coterie_progress_unref (CoterieProgress *progress)
{
  if (!g_atomic_ref_count_dec (&progress->ref_count))
    return;

  g_mutex_clear (&progress->mutex);
  g_cond_clear (&progress->resumed);
  g_free (progress);
}

/**
 * coterie_progress_get_fraction:
 * @progress: the progress
 *
 * Returns: how much is done, a fraction from 0 to 1
 */
double
coterie_progress_get_fraction (CoterieProgress *progress)
{
  double fraction;

  g_mutex_lock (&progress->mutex);
  fraction = progress->fraction;
  g_mutex_unlock (&progress->mutex);
  return fraction;
}

/**
 * coterie_progress_set_paused:
 * @progress: the progress
 * @paused: whether the worker shall wait
 *
 * Holds the worker at its next step, or lets it go on.
 */
void
coterie_progress_set_paused (CoterieProgress *progress, gboolean paused)
{
  g_mutex_lock (&progress->mutex);
  progress->paused = paused;
  g_cond_broadcast (&progress->resumed);
  g_mutex_unlock (&progress->mutex);
}

/**
 * coterie_progress_enter_range:
 * @progress: (nullable): the progress
 * @start: fraction of the part at work that is done, from 0 to 1
 * @size: fraction of the part at work that comes now, from 0 to 1
 *
 * Called by the worker before it hands over to a function that counts from 0 to 1 itself: until
 * coterie_progress_leave_range(), fractions are those of this part alone.
 *
 * Returns: the range that was left for it
 */
CoterieProgressRange
coterie_progress_enter_range (CoterieProgress *progress, double start, double size)
{
  CoterieProgressRange old = {0.0, 1.0};

  if (progress == NULL)
    return old;
  old = progress->range;
  progress->range.start = old.start + start * old.size;
  progress->range.size = size * old.size;
  return old;
}

/**
 * coterie_progress_leave_range:
 * @progress: (nullable): the progress
 * @range: what coterie_progress_enter_range() returned
 *
 * Goes on counting as before; also out of ranges that were entered since and not left.
 */
void
coterie_progress_leave_range (CoterieProgress *progress, CoterieProgressRange range)
{
  if (progress != NULL)
    progress->range = range;
}

/**
 * coterie_progress_step:
 * @progress: (nullable): the progress; %NULL asks for cancellation only
 * @fraction: how much of the part at work is done, a fraction from 0 to 1
 * @cancellable: (nullable): ends the computation
 * @error: return location for a #GError
 *
 * Called by the worker once a batch or step. Blocks while paused, without keeping a processor busy.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED if @cancellable was cancelled
 */
gboolean
coterie_progress_step (CoterieProgress *progress,
                       double fraction,
                       GCancellable *cancellable,
                       GError **error)
{
  if (progress != NULL) {
    g_mutex_lock (&progress->mutex);
    progress->fraction = progress->range.start + fraction * progress->range.size;
    while (progress->paused && !g_cancellable_is_cancelled (cancellable))
      g_cond_wait_until (&progress->resumed, &progress->mutex,
                         g_get_monotonic_time () + CANCEL_CHECK_INTERVAL_US);
    g_mutex_unlock (&progress->mutex);
  }

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}
