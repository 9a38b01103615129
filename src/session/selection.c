/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is selected, and on which neuron the keyboard is. Every view of a recording shows the same
 * selection and may change it: the graph, the table of the nodes, the search. A neuron is told by its
 * key, with the layer in the upper 32 bits and the neuron in the lower, so that it stays selected
 * through the iterations, also through those whose graph does not have it. Main thread only. */

#include "session/selection.h"

struct _CoterieSelection {
  GObject parent_instance;

  GArray *keys; /* of guint64, ascending without repeats */
  guint64 focus;
};

G_DEFINE_FINAL_TYPE (CoterieSelection, coterie_selection, G_TYPE_OBJECT)

typedef enum {
  SIGNAL_CHANGED,
  SIGNAL_FOCUS_CHANGED,
  N_SIGNALS,
} CoterieSelectionSignal;

static guint signals[N_SIGNALS];

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  guint64 left = *(const guint64 *) a, right = *(const guint64 *) b;

  return left < right ? -1 : left > right;
}

static void
sort_and_unite (GArray *keys)
{
  guint n_kept = 0;

  g_array_sort (keys, compare_keys);
  for (guint i = 0; i < keys->len; i++) {
    guint64 key = g_array_index (keys, guint64, i);

    if (n_kept == 0 || g_array_index (keys, guint64, n_kept - 1) != key)
      g_array_index (keys, guint64, n_kept++) = key;
  }
  g_array_set_size (keys, n_kept);
}

/* Takes @keys over, and tells those who listen if it is another selection. */
static void
replace (CoterieSelection *self, GArray *keys)
{
  gboolean same;

  sort_and_unite (keys);
  same =
      keys->len == self->keys->len &&
      (keys->len == 0 || memcmp (keys->data, self->keys->data, keys->len * sizeof (guint64)) == 0);
  g_array_unref (self->keys);
  self->keys = keys;
  if (!same)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GArray *
copy_keys (const guint64 *keys, gsize n_keys)
{
  GArray *copy = g_array_new (FALSE, FALSE, sizeof (guint64));

  if (n_keys > 0)
    g_array_append_vals (copy, keys, (guint) n_keys);
  return copy;
}

static void
coterie_selection_finalize (GObject *object)
{
  g_array_unref (COTERIE_SELECTION (object)->keys);
  G_OBJECT_CLASS (coterie_selection_parent_class)->finalize (object);
}

static void
coterie_selection_class_init (CoterieSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = coterie_selection_finalize;

  /**
   * CoterieSelection::changed:
   * @self: the selection
   *
   * Other neurons are selected than before.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", COTERIE_TYPE_SELECTION, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * CoterieSelection::focus-changed:
   * @self: the selection
   *
   * The keyboard is on another neuron than before, or on none.
   */
  signals[SIGNAL_FOCUS_CHANGED] =
      g_signal_new ("focus-changed", COTERIE_TYPE_SELECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
}

static void
coterie_selection_init (CoterieSelection *self)
{
  self->keys = copy_keys (NULL, 0);
  self->focus = COTERIE_SELECTION_NO_KEY;
}

/**
 * coterie_selection_new:
 *
 * Returns: (transfer full): a selection of nothing
 */
CoterieSelection *
coterie_selection_new (void)
{
  return g_object_new (COTERIE_TYPE_SELECTION, NULL);
}

/**
 * coterie_selection_get_keys:
 * @self: the selection
 * @n_keys: (out): how many
 *
 * Returns: (transfer none) (array length=n_keys): the selected neurons, ascending without repeats;
 *   valid until the selection changes
 */
const guint64 *
coterie_selection_get_keys (CoterieSelection *self, gsize *n_keys)
{
  *n_keys = self->keys->len;
  return (const guint64 *) (gconstpointer) self->keys->data;
}

/**
 * coterie_selection_get_n_keys:
 * @self: the selection
 *
 * Returns: how many neurons are selected
 */
gsize
coterie_selection_get_n_keys (CoterieSelection *self)
{
  return self->keys->len;
}

/**
 * coterie_selection_contains:
 * @self: the selection
 * @key: a neuron
 *
 * Returns: whether it is selected. Cost: a binary search.
 */
gboolean
coterie_selection_contains (CoterieSelection *self, guint64 key)
{
  return g_array_binary_search (self->keys, &key, compare_keys, NULL);
}

/**
 * coterie_selection_set:
 * @self: the selection
 * @keys: (array length=n_keys) (nullable): neurons, in any order
 * @n_keys: how many
 *
 * Selects these and no others.
 */
void
coterie_selection_set (CoterieSelection *self, const guint64 *keys, gsize n_keys)
{
  replace (self, copy_keys (keys, n_keys));
}

/**
 * coterie_selection_add:
 * @self: the selection
 * @keys: (array length=n_keys) (nullable): neurons, in any order
 * @n_keys: how many
 *
 * Selects these too.
 */
void
coterie_selection_add (CoterieSelection *self, const guint64 *keys, gsize n_keys)
{
  GArray *united = copy_keys (keys, n_keys);

  g_array_append_vals (united, self->keys->data, self->keys->len);
  replace (self, united);
}

/**
 * coterie_selection_toggle:
 * @self: the selection
 * @key: a neuron
 *
 * Selects @key too, or no longer.
 */
void
coterie_selection_toggle (CoterieSelection *self, guint64 key)
{
  GArray *keys = copy_keys ((const guint64 *) (gconstpointer) self->keys->data, self->keys->len);
  guint place;

  if (g_array_binary_search (keys, &key, compare_keys, &place))
    g_array_remove_index (keys, place);
  else
    g_array_append_val (keys, key);
  replace (self, keys);
}

/**
 * coterie_selection_clear:
 * @self: the selection
 *
 * Selects nothing.
 */
void
coterie_selection_clear (CoterieSelection *self)
{
  coterie_selection_set (self, NULL, 0);
}

/**
 * coterie_selection_get_focus:
 * @self: the selection
 *
 * Returns: the neuron that the keyboard is on, selected or not, or %COTERIE_SELECTION_NO_KEY
 */
guint64
coterie_selection_get_focus (CoterieSelection *self)
{
  return self->focus;
}

/**
 * coterie_selection_set_focus:
 * @self: the selection
 * @key: a neuron, or %COTERIE_SELECTION_NO_KEY
 *
 * Puts the keyboard on @key.
 */
void
coterie_selection_set_focus (CoterieSelection *self, guint64 key)
{
  if (self->focus == key)
    return;
  self->focus = key;
  g_signal_emit (self, signals[SIGNAL_FOCUS_CHANGED], 0);
}
