/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * CoteriePinPlace:
 * @key: a neuron, the layer in the upper 32 bits
 * @pinned: whether it is pinned
 * @x: where, layout units to the right; 0 if it is not
 * @y: layout units upwards; 0 if it is not
 *
 * Where a neuron is pinned, or that it is not. A value.
 */
typedef struct {
  guint64 key;
  gboolean pinned;
  double x;
  double y;
} CoteriePinPlace;

#define COTERIE_TYPE_PIN_HISTORY (coterie_pin_history_get_type ())
G_DECLARE_FINAL_TYPE (CoteriePinHistory, coterie_pin_history, COTERIE, PIN_HISTORY, GObject)

CoteriePinHistory *coterie_pin_history_new (void);
void coterie_pin_history_do (CoteriePinHistory *self,
                             const CoteriePinPlace *before,
                             const CoteriePinPlace *after,
                             gsize n_places);
gboolean coterie_pin_history_get_can_undo (CoteriePinHistory *self);
gboolean coterie_pin_history_get_can_redo (CoteriePinHistory *self);
void coterie_pin_history_undo (CoteriePinHistory *self);
void coterie_pin_history_redo (CoteriePinHistory *self);
void coterie_pin_history_forget (CoteriePinHistory *self);

G_END_DECLS
