/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a graph view has to show, and what it may have to show soon, computed off the main thread:
 * merging two graphs and finding out how they look takes longer than a frame lasts where there are many
 * edges. Worker threads do that with scenes of their own. What is shown now comes first: the view's
 * scene is held meanwhile, shows the last that was ready and catches up with what is. When nothing is
 * missing, what may come next is computed, one wish at a time; the scene takes over what it has come to
 * if it then asks for just that. Small scenes compute what is shown themselves, at once. */

#include "app/scene-ahead.h"

#include "session/owned-task.h"

/* Nodes and edges that take about half a millisecond. */
#define MAX_SIZE_AT_ONCE 4000

typedef enum {
  STATE_WAITING,
  STATE_WORKING,
  STATE_READY,
  STATE_TAKEN,
} State;

typedef struct {
  CoterieSceneWish wish; /* owned */
  CoterieScene *scene;   /* owned if it is ready */
  State state;
} Slot;

struct _CoterieSceneAhead {
  GtkWidget *widget;
  CoterieScene *scene;
  Slot slots[COTERIE_SCENE_AHEAD_MOST];
  guint n_slots;
  CoterieScene *working;  /* what a worker computes ahead; %NULL while it rests */
  CoterieScene *catching; /* what a worker computes of what is shown now; %NULL while it rests */
  CoterieSceneAheadFunc caught_up;
  gpointer data;
};

static void
slot_clear (Slot *slot)
{
  if (slot->state == STATE_READY)
    coterie_scene_free (slot->scene);
  g_clear_pointer (&slot->wish.from, coterie_scene_graph_unref);
  g_clear_pointer (&slot->wish.to, coterie_scene_graph_unref);
}

/**
 * coterie_scene_ahead_new:
 * @widget: the widget that shows @scene; kept while a worker is busy, must outlive the result otherwise
 * @scene: what is shown; must outlive the result, too
 * @caught_up: called whenever the held @scene shows more of what is wanted than before
 * @data: passed to @caught_up
 *
 * Returns: (transfer full): what has nothing to do yet
 */
CoterieSceneAhead *
coterie_scene_ahead_new (GtkWidget *widget,
                         CoterieScene *scene,
                         CoterieSceneAheadFunc caught_up,
                         gpointer data)
{
  CoterieSceneAhead *ahead = g_new0 (CoterieSceneAhead, 1);

  ahead->widget = widget;
  ahead->scene = scene;
  ahead->caught_up = caught_up;
  ahead->data = data;
  return ahead;
}

/**
 * coterie_scene_ahead_free:
 * @ahead: (transfer full): no worker may be busy, see coterie_scene_ahead_new()
 *
 * Frees @ahead.
 */
void
coterie_scene_ahead_free (CoterieSceneAhead *ahead)
{
  for (guint i = 0; i < ahead->n_slots; i++)
    slot_clear (&ahead->slots[i]);
  g_free (ahead);
}

static void
compute_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  coterie_scene_get_drawing (data);
  g_task_return_boolean (task, TRUE);
}

static void start (CoterieSceneAhead *ahead);

/* What was computed ahead may be just what is missing. */
static void
try_to_take (CoterieSceneAhead *ahead)
{
  gboolean ready = coterie_scene_get_ready (ahead->scene);

  coterie_scene_ahead_take (ahead);
  if (!ready && coterie_scene_get_ready (ahead->scene))
    ahead->caught_up (ahead->data);
}

static void
computed (GObject *source, GAsyncResult *result, gpointer data)
{
  CoterieSceneAhead *ahead = data;

  for (guint i = 0; i < ahead->n_slots; i++)
    if (ahead->slots[i].state == STATE_WORKING) {
      ahead->slots[i].scene = g_steal_pointer (&ahead->working);
      ahead->slots[i].state = STATE_READY;
    }
  /* Meanwhile nobody wants it any more. */
  g_clear_pointer (&ahead->working, coterie_scene_free);
  try_to_take (ahead);
  coterie_scene_ahead_follow (ahead);
  start (ahead);
}

static void
start_slot (CoterieSceneAhead *ahead, Slot *slot)
{
  g_autoptr (GTask) task = coterie_owned_task_new (ahead->widget, NULL, computed, ahead);

  slot->state = STATE_WORKING;
  ahead->working =
      coterie_scene_new_ahead (ahead->scene, slot->wish.from, slot->wish.to, slot->wish.t_frac);
  coterie_scene_set_movers_ringed (ahead->working, slot->wish.movers_ringed);
  g_task_set_task_data (task, ahead->working, NULL);
  g_task_run_in_thread (task, compute_in_thread);
}

static void
start (CoterieSceneAhead *ahead)
{
  for (guint i = 0; i < ahead->n_slots && ahead->working == NULL && ahead->catching == NULL; i++)
    if (ahead->slots[i].state == STATE_WAITING)
      start_slot (ahead, &ahead->slots[i]);
}

static gboolean
is_same (const CoterieSceneWish *a, const CoterieSceneWish *b)
{
  return a->from == b->from && a->to == b->to && a->t_frac == b->t_frac &&
         !a->movers_ringed == !b->movers_ringed;
}

/* The slot of a wish that was there before, or a new one. */
static Slot
take_slot (CoterieSceneAhead *ahead, const CoterieSceneWish *wish)
{
  Slot slot = {.wish = *wish};

  for (guint i = 0; i < ahead->n_slots; i++)
    if (ahead->slots[i].wish.from != NULL && is_same (&ahead->slots[i].wish, wish)) {
      slot = ahead->slots[i];
      ahead->slots[i] = (Slot){.state = STATE_TAKEN};
      return slot;
    }
  coterie_scene_graph_ref (slot.wish.from);
  if (slot.wish.to != NULL)
    coterie_scene_graph_ref (slot.wish.to);
  return slot;
}

/**
 * coterie_scene_ahead_wish:
 * @ahead: what computes
 * @wishes: (array length=n_wishes): what may have to be shown soon, the most likely first
 * @n_wishes: at most %COTERIE_SCENE_AHEAD_MOST; 0 ends all work after what is being computed
 *
 * Computes these and forgets all others. What was wished before is not computed again.
 */
void
coterie_scene_ahead_wish (CoterieSceneAhead *ahead, const CoterieSceneWish *wishes, guint n_wishes)
{
  Slot slots[COTERIE_SCENE_AHEAD_MOST];

  g_return_if_fail (n_wishes <= COTERIE_SCENE_AHEAD_MOST);

  for (guint i = 0; i < n_wishes; i++)
    slots[i] = take_slot (ahead, &wishes[i]);
  for (guint i = 0; i < ahead->n_slots; i++)
    slot_clear (&ahead->slots[i]);
  for (guint i = 0; i < n_wishes; i++)
    ahead->slots[i] = slots[i];
  ahead->n_slots = n_wishes;
  start (ahead);
}

/**
 * coterie_scene_ahead_take:
 * @ahead: what computes
 *
 * Lets the scene take over what has been computed, if it shows that now.
 */
void
coterie_scene_ahead_take (CoterieSceneAhead *ahead)
{
  for (guint i = 0; i < ahead->n_slots; i++) {
    Slot *slot = &ahead->slots[i];

    if (slot->state == STATE_READY && coterie_scene_adopt (ahead->scene, slot->scene)) {
      g_clear_pointer (&slot->scene, coterie_scene_free);
      slot->state = STATE_TAKEN;
    }
  }
}

static void
caught (GObject *source, GAsyncResult *result, gpointer data)
{
  CoterieSceneAhead *ahead = data;
  g_autoptr (CoterieScene) scene = g_steal_pointer (&ahead->catching);

  coterie_scene_set_held (ahead->scene, TRUE);
  if (coterie_scene_catch_up (ahead->scene, scene))
    ahead->caught_up (ahead->data);
  coterie_scene_ahead_hold (ahead);
  coterie_scene_ahead_follow (ahead);
  start (ahead);
}

/**
 * coterie_scene_ahead_hold:
 * @ahead: what computes
 *
 * Called when the scene wants something else, before anything is asked of it: holds it if what it wants
 * would take too long. Then coterie_scene_ahead_follow() has to be called before the next frame.
 */
void
coterie_scene_ahead_hold (CoterieSceneAhead *ahead)
{
  coterie_scene_set_held (ahead->scene, coterie_scene_get_size (ahead->scene) > MAX_SIZE_AT_ONCE);
}

/**
 * coterie_scene_ahead_follow:
 * @ahead: what computes
 *
 * Has what is missing computed, if the scene is held and nobody does it yet.
 */
void
coterie_scene_ahead_follow (CoterieSceneAhead *ahead)
{
  g_autoptr (GTask) task = NULL;

  if (coterie_scene_get_ready (ahead->scene) || !coterie_scene_get_held (ahead->scene) ||
      ahead->catching != NULL ||
      (ahead->working != NULL && coterie_scene_wants_same (ahead->scene, ahead->working)))
    return;
  ahead->catching = coterie_scene_copy_wanted (ahead->scene);
  task = coterie_owned_task_new (ahead->widget, NULL, caught, ahead);
  g_task_set_task_data (task, ahead->catching, NULL);
  g_task_run_in_thread (task, compute_in_thread);
}
