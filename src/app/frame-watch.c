/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A watchdog for whoever works on the program: with COTERIE_DEBUG=frames in the environment it says,
 * when a window closes, how many frames were drawn and what a frame cost the main thread. Time of the
 * processor is counted, from the end of a frame to the end of the next, so that all handlers and idle
 * work of the thread are in it and neither waiting nor other programs are. GTK's painting is told apart:
 * where there is no graphics processor, it is the greater part. */

#include "app/frame-watch.h"

#include <time.h>

typedef struct {
  GArray *costs_ms; /* of double: without GTK's painting */
  GArray *paint_ms; /* of double */
  gint64 last_ns;
  gint64 ready_ns; /* when all was ready to be painted */
} FrameWatch;

static gint64
get_thread_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

static int
compare_costs (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static void
report_costs (const char *what, GArray *costs_ms)
{
  guint n = costs_ms->len;

  g_array_sort (costs_ms, compare_costs);
  if (n > 0)
    g_printerr ("%s of %u frames, ms of the main thread: median %.2f, 95 %% %.2f, most %.2f\n",
                what, n, g_array_index (costs_ms, double, n / 2),
                g_array_index (costs_ms, double, (guint) (0.95 * (n - 1))),
                g_array_index (costs_ms, double, n - 1));
}

static void
watch_free (gpointer data, GClosure *closure)
{
  FrameWatch *watch = data;

  report_costs ("work", watch->costs_ms);
  report_costs ("painting", watch->paint_ms);
  g_array_unref (watch->costs_ms);
  g_array_unref (watch->paint_ms);
  g_free (watch);
}

/* After each phase that comes before painting; which of them there are differs from frame to frame. */
static void
ready_cb (GdkFrameClock *clock, FrameWatch *watch)
{
  watch->ready_ns = get_thread_ns ();
}

static void
after_paint_cb (GdkFrameClock *clock, FrameWatch *watch)
{
  gint64 now_ns = get_thread_ns ();
  double cost_ms = (double) (watch->ready_ns - watch->last_ns) / 1e6;
  double paint_ms = (double) (now_ns - watch->ready_ns) / 1e6;

  watch->last_ns = now_ns;
  g_array_append_val (watch->costs_ms, cost_ms);
  g_array_append_val (watch->paint_ms, paint_ms);
}

static void
realize_cb (GtkWidget *window, FrameWatch *watch)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  watch->last_ns = get_thread_ns ();
  g_signal_connect_after (clock, "before-paint", G_CALLBACK (ready_cb), watch);
  g_signal_connect_after (clock, "update", G_CALLBACK (ready_cb), watch);
  g_signal_connect_after (clock, "layout", G_CALLBACK (ready_cb), watch);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), watch);
}

static void
unrealize_cb (GtkWidget *window, FrameWatch *watch)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (window), watch);
}

/**
 * coterie_frame_watch_start_if_wanted:
 * @window: a window that has not been shown yet
 *
 * Watches the frames of @window if COTERIE_DEBUG says so.
 */
void
coterie_frame_watch_start_if_wanted (GtkWidget *window)
{
  FrameWatch *watch;

  if (g_strcmp0 (g_getenv ("COTERIE_DEBUG"), "frames") != 0)
    return;
  watch = g_new0 (FrameWatch, 1);
  watch->costs_ms = g_array_new (FALSE, FALSE, sizeof (double));
  watch->paint_ms = g_array_new (FALSE, FALSE, sizeof (double));
  g_signal_connect (window, "realize", G_CALLBACK (realize_cb), watch);
  g_signal_connect_data (window, "unrealize", G_CALLBACK (unrealize_cb), watch, watch_free, 0);
}
