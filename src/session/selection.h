/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * COTERIE_SELECTION_NO_KEY:
 *
 * Stands for no neuron.
 */
#define COTERIE_SELECTION_NO_KEY G_MAXUINT64

#define COTERIE_TYPE_SELECTION (coterie_selection_get_type ())
G_DECLARE_FINAL_TYPE (CoterieSelection, coterie_selection, COTERIE, SELECTION, GObject)

CoterieSelection *coterie_selection_new (void);

const guint64 *coterie_selection_get_keys (CoterieSelection *self, gsize *n_keys);
gsize coterie_selection_get_n_keys (CoterieSelection *self);
gboolean coterie_selection_contains (CoterieSelection *self, guint64 key);
void coterie_selection_set (CoterieSelection *self, const guint64 *keys, gsize n_keys);
void coterie_selection_add (CoterieSelection *self, const guint64 *keys, gsize n_keys);
void coterie_selection_toggle (CoterieSelection *self, guint64 key);
void coterie_selection_clear (CoterieSelection *self);

guint64 coterie_selection_get_focus (CoterieSelection *self);
void coterie_selection_set_focus (CoterieSelection *self, guint64 key);

G_END_DECLS
