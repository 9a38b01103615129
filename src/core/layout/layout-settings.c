/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the layout of a recording depends on besides its graphs. */

#include "core/layout/layout-settings.h"

#include "core/base/words.h"

#define DEFAULT_SEED 1

static const char *const mode_names[COTERIE_N_LAYOUT_MODES] = {
    [COTERIE_LAYOUT_MODE_FREE] = "free",
    [COTERIE_LAYOUT_MODE_ANCHORED] = "anchored",
    [COTERIE_LAYOUT_MODE_FIXED] = "fixed",
};

/**
 * coterie_layout_mode_to_string:
 * @mode: a mode
 *
 * Returns: its name in files and on the command line
 */
const char *
coterie_layout_mode_to_string (CoterieLayoutMode mode)
{
  return mode_names[mode];
}

/**
 * coterie_layout_mode_from_string:
 * @text: a name
 * @mode: (out): the mode of that name
 *
 * Returns: whether there is one
 */
gboolean
coterie_layout_mode_from_string (const char *text, CoterieLayoutMode *mode)
{
  gint index = coterie_words_find (text, mode_names, COTERIE_N_LAYOUT_MODES);

  if (index >= 0)
    *mode = (CoterieLayoutMode) index;
  return index >= 0;
}

/**
 * coterie_layout_settings_init:
 * @settings: (out caller-allocates): the settings
 *
 * Sets anchored neurons, the forces of coterie_force_settings_init(), and seed 1.
 */
void
coterie_layout_settings_init (CoterieLayoutSettings *settings)
{
  settings->mode = COTERIE_LAYOUT_MODE_ANCHORED;
  coterie_force_settings_init (&settings->force);
  settings->seed = DEFAULT_SEED;
}

/**
 * coterie_layout_settings_validate:
 * @settings: the settings
 * @error: return location for a #GError
 *
 * Returns: %FALSE with COTERIE_LAYOUT_ERROR_OUT_OF_RANGE, naming the setting, its value and its limits,
 *   if one of them lies outside
 */
gboolean
coterie_layout_settings_validate (const CoterieLayoutSettings *settings, GError **error)
{
  if ((guint) settings->mode >= COTERIE_N_LAYOUT_MODES) {
    g_set_error (error, COTERIE_LAYOUT_ERROR, COTERIE_LAYOUT_ERROR_OUT_OF_RANGE,
                 "layout mode: number %u, expected less than %d", (guint) settings->mode,
                 COTERIE_N_LAYOUT_MODES);
    return FALSE;
  }
  return coterie_force_settings_validate (&settings->force, error);
}

/**
 * coterie_layout_settings_equal:
 * @a: settings
 * @b: other settings
 *
 * Returns: whether they give the same results
 */
gboolean
coterie_layout_settings_equal (const CoterieLayoutSettings *a, const CoterieLayoutSettings *b)
{
  const CoterieForceSettings *f = &a->force, *g = &b->force;

  return a->mode == b->mode && a->seed == b->seed && f->scaling == g->scaling &&
         f->gravity == g->gravity && f->strong_gravity == g->strong_gravity &&
         f->anchoring == g->anchoring && f->lin_log == g->lin_log &&
         f->dissuade_hubs == g->dissuade_hubs && f->weight_influence == g->weight_influence &&
         f->prevent_overlap == g->prevent_overlap &&
         f->force_error_percent == g->force_error_percent && f->max_steps == g->max_steps;
}

/**
 * coterie_pin_compare:
 * @a: (type CoteriePin): a pin
 * @b: (type CoteriePin): another one
 *
 * Returns: less than 0, 0 or more than 0: pins are in the order of layers, and then of neurons
 */
int
coterie_pin_compare (gconstpointer a, gconstpointer b)
{
  const CoteriePin *left = a, *right = b;

  if (left->layer != right->layer)
    return left->layer < right->layer ? -1 : 1;
  return left->neuron < right->neuron ? -1 : left->neuron > right->neuron;
}

/**
 * coterie_pins_equal:
 * @a: (array length=n_a): pins, in order
 * @n_a: how many
 * @b: (array length=n_b): others, in order
 * @n_b: how many
 *
 * Returns: whether the same neurons are at the same places
 */
gboolean
coterie_pins_equal (const CoteriePin *a, guint n_a, const CoteriePin *b, guint n_b)
{
  if (n_a != n_b)
    return FALSE;
  for (guint i = 0; i < n_a; i++)
    if (coterie_pin_compare (&a[i], &b[i]) != 0 || a[i].x != b[i].x || a[i].y != b[i].y)
      return FALSE;
  return TRUE;
}
