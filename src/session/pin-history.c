/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was pinned, moved and let go, step by step, so that it can be undone and redone. The history
 * knows where neurons were before and after each step; to put them there is up to whoever listens.
 * Main thread only. */

#include "session/pin-history.h"

/* Nobody goes further back, and a step may hold thousands of neurons. */
#define MAX_STEPS 200

typedef struct {
  gsize n_places;
  CoteriePinPlace *before; /* [n_places] */
  CoteriePinPlace *after;  /* [n_places] */
} Step;

struct _CoteriePinHistory {
  GObject parent_instance;

  GPtrArray *steps; /* of Step */
  guint n_done;     /* the others can be redone */
};

G_DEFINE_FINAL_TYPE (CoteriePinHistory, coterie_pin_history, G_TYPE_OBJECT)

typedef enum {
  SIGNAL_APPLY,
  SIGNAL_CHANGED,
  N_SIGNALS,
} CoteriePinHistorySignal;

static guint signals[N_SIGNALS];

static void
step_free (gpointer data)
{
  Step *step = data;

  g_free (step->before);
  g_free (step->after);
  g_free (step);
}

static void
coterie_pin_history_finalize (GObject *object)
{
  g_ptr_array_unref (COTERIE_PIN_HISTORY (object)->steps);
  G_OBJECT_CLASS (coterie_pin_history_parent_class)->finalize (object);
}

static void
coterie_pin_history_class_init (CoteriePinHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = coterie_pin_history_finalize;

  /**
   * CoteriePinHistory::apply:
   * @self: the history
   * @places: (type gpointer) (array length=n_places): an array of #CoteriePinPlace
   * @n_places: how many
   *
   * Neurons shall be put there, or let go.
   */
  signals[SIGNAL_APPLY] =
      g_signal_new ("apply", COTERIE_TYPE_PIN_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_ULONG);

  /**
   * CoteriePinHistory::changed:
   * @self: the history
   *
   * What can be undone or redone is something else than before.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", COTERIE_TYPE_PIN_HISTORY, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
coterie_pin_history_init (CoteriePinHistory *self)
{
  self->steps = g_ptr_array_new_with_free_func (step_free);
}

/**
 * coterie_pin_history_new:
 *
 * Returns: (transfer full): a history in which nothing has happened
 */
CoteriePinHistory *
coterie_pin_history_new (void)
{
  return g_object_new (COTERIE_TYPE_PIN_HISTORY, NULL);
}

static void
apply (CoteriePinHistory *self, const CoteriePinPlace *places, gsize n_places)
{
  g_signal_emit (self, signals[SIGNAL_APPLY], 0, places, (gulong) n_places);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
is_same_place (const CoteriePinPlace *a, const CoteriePinPlace *b)
{
  return a->pinned == b->pinned && (!a->pinned || (a->x == b->x && a->y == b->y));
}

/**
 * coterie_pin_history_do:
 * @self: the history
 * @before: (array length=n_places): where the neurons are now; copied
 * @after: (array length=n_places): where they shall be, in the same order; copied
 * @n_places: how many, 1 or more
 *
 * Puts neurons somewhere, or lets them go, as one step. What had been undone cannot be redone any more.
 * Where all are there already nothing happens.
 */
void
coterie_pin_history_do (CoteriePinHistory *self,
                        const CoteriePinPlace *before,
                        const CoteriePinPlace *after,
                        gsize n_places)
{
  Step *step;
  gboolean changes = FALSE;

  g_return_if_fail (n_places > 0);

  for (gsize i = 0; i < n_places; i++)
    changes = changes || !is_same_place (&before[i], &after[i]);
  if (!changes)
    return;
  step = g_new0 (Step, 1);
  step->n_places = n_places;
  step->before = g_memdup2 (before, n_places * sizeof *before);
  step->after = g_memdup2 (after, n_places * sizeof *after);
  g_ptr_array_set_size (self->steps, (gint) self->n_done);
  g_ptr_array_add (self->steps, step);
  if (self->steps->len > MAX_STEPS)
    g_ptr_array_remove_index (self->steps, 0);
  self->n_done = self->steps->len;
  apply (self, step->after, step->n_places);
}

/**
 * coterie_pin_history_get_can_undo:
 * @self: the history
 *
 * Returns: whether there is a step to undo
 */
gboolean
coterie_pin_history_get_can_undo (CoteriePinHistory *self)
{
  return self->n_done > 0;
}

/**
 * coterie_pin_history_get_can_redo:
 * @self: the history
 *
 * Returns: whether a step was undone last
 */
gboolean
coterie_pin_history_get_can_redo (CoteriePinHistory *self)
{
  return self->n_done < self->steps->len;
}

/**
 * coterie_pin_history_undo:
 * @self: the history
 *
 * Takes the last step back, if there is one.
 */
void
coterie_pin_history_undo (CoteriePinHistory *self)
{
  const Step *step;

  if (!coterie_pin_history_get_can_undo (self))
    return;
  step = g_ptr_array_index (self->steps, --self->n_done);
  apply (self, step->before, step->n_places);
}

/**
 * coterie_pin_history_redo:
 * @self: the history
 *
 * Does again what was taken back last, if anything was.
 */
void
coterie_pin_history_redo (CoteriePinHistory *self)
{
  const Step *step;

  if (!coterie_pin_history_get_can_redo (self))
    return;
  step = g_ptr_array_index (self->steps, self->n_done++);
  apply (self, step->after, step->n_places);
}

/**
 * coterie_pin_history_forget:
 * @self: the history
 *
 * Forgets all steps without touching a neuron: something else is shown now.
 */
void
coterie_pin_history_forget (CoteriePinHistory *self)
{
  g_ptr_array_set_size (self->steps, 0);
  self->n_done = 0;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
