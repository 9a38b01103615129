/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps the answers to *which node is there* up to date. They belong to a drawing's geometry; whenever
 * that changes a worker thread finds them anew, one at a time, the newest geometry next. While only
 * colours have changed the old answers do; where nodes have moved, whoever cannot wait for the worker
 * gets the answers made at once. */

#include "app/node-finder.h"

#include "session/owned-task.h"

struct _CoterieNodeFinder {
  CoteriePicking *picking; /* of the newest places; %NULL until known */
  CoterieDrawing *shown;
  CoterieDrawing *working; /* what the worker looks at; %NULL while it rests */

  GtkWidget *widget;
  CoterieNodeFinderFunc ready;
  gpointer data;

  gboolean wanted; /* since the worker began something newer is shown */
  gboolean moved;  /* and its nodes stand elsewhere */
};

/**
 * coterie_node_finder_new:
 * @widget: the widget; kept while a worker is busy, must outlive the finder otherwise
 * @ready: called whenever nodes that moved can be found
 * @data: passed to @ready
 *
 * Returns: (transfer full): a finder that has been shown nothing
 */
CoterieNodeFinder *
coterie_node_finder_new (GtkWidget *widget, CoterieNodeFinderFunc ready, gpointer data)
{
  CoterieNodeFinder *finder = g_new0 (CoterieNodeFinder, 1);

  finder->widget = widget;
  finder->ready = ready;
  finder->data = data;
  return finder;
}

/**
 * coterie_node_finder_free:
 * @finder: (transfer full): the finder; no worker may be busy, see coterie_node_finder_new()
 *
 * Frees @finder.
 */
void
coterie_node_finder_free (CoterieNodeFinder *finder)
{
  g_clear_pointer (&finder->picking, coterie_picking_free);
  g_clear_pointer (&finder->shown, coterie_drawing_unref);
  g_clear_pointer (&finder->working, coterie_drawing_unref);
  g_free (finder);
}

static void
free_picking (gpointer picking)
{
  coterie_picking_free (picking);
}

static void
find_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, coterie_picking_new (data), free_picking);
}

static void start (CoterieNodeFinder *finder);

static void
found (GObject *source, GAsyncResult *result, gpointer data)
{
  CoterieNodeFinder *finder = data;
  g_autoptr (CoteriePicking) picking = g_task_propagate_pointer (G_TASK (result), NULL);
  gboolean first = finder->picking == NULL;

  g_clear_pointer (&finder->working, coterie_drawing_unref);
  if (!finder->moved) {
    g_clear_pointer (&finder->picking, coterie_picking_free);
    finder->picking = g_steal_pointer (&picking);
  }
  if (finder->wanted)
    start (finder);
  if (first && finder->picking != NULL)
    finder->ready (finder->data);
}

static void
start (CoterieNodeFinder *finder)
{
  g_autoptr (GTask) task = coterie_owned_task_new (finder->widget, NULL, found, finder);

  finder->wanted = FALSE;
  finder->moved = FALSE;
  finder->working = coterie_drawing_ref (finder->shown);
  g_task_set_task_data (task, coterie_drawing_ref (finder->shown),
                        (GDestroyNotify) coterie_drawing_unref);
  g_task_run_in_thread (task, find_in_thread);
}

/**
 * coterie_node_finder_show:
 * @finder: the finder
 * @drawing: what is shown now
 * @moved: whether nodes stand elsewhere than in what was shown before, or are others; a blend and new
 *   colours do not move them
 *
 * Another blend of what was shown before costs nothing.
 */
void
coterie_node_finder_show (CoterieNodeFinder *finder, CoterieDrawing *drawing, gboolean moved)
{
  gboolean same = finder->shown != NULL && finder->shown->geometry == drawing->geometry;

  coterie_drawing_ref (drawing);
  g_clear_pointer (&finder->shown, coterie_drawing_unref);
  finder->shown = drawing;
  if (same)
    return;

  if (moved)
    g_clear_pointer (&finder->picking, coterie_picking_free);
  if (finder->working == NULL) {
    start (finder);
  } else {
    finder->wanted = TRUE;
    finder->moved |= moved;
  }
}

/**
 * coterie_node_finder_get:
 * @finder: the finder; something has been shown
 *
 * Returns: (transfer none): where the nodes are; valid until something else is shown. Cost: none, but
 *   one pass over the nodes if they have moved and the worker is not ready
 */
const CoteriePicking *
coterie_node_finder_get (CoterieNodeFinder *finder)
{
  g_return_val_if_fail (finder->shown != NULL, NULL);

  if (finder->picking == NULL)
    finder->picking = coterie_picking_new (finder->shown);
  return finder->picking;
}

/**
 * coterie_node_finder_get_ready:
 * @finder: the finder
 *
 * Returns: whether coterie_node_finder_get() costs nothing now
 */
gboolean
coterie_node_finder_get_ready (CoterieNodeFinder *finder)
{
  return finder->picking != NULL;
}
