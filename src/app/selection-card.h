/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/recording/frame.h"
#include "core/recording/run-info.h"
#include "draw/scene/community-hues.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_SELECTION_CARD (coterie_selection_card_get_type ())
G_DECLARE_FINAL_TYPE (
    CoterieSelectionCard, coterie_selection_card, COTERIE, SELECTION_CARD, GtkWidget)

void coterie_selection_card_show (CoterieSelectionCard *self,
                                  const CoterieFrame *frame,
                                  const CoterieRunInfo *info,
                                  const CoterieCommunityHues *hues,
                                  const guint64 *keys,
                                  gsize n_keys);
void coterie_selection_card_set_pinned (CoterieSelectionCard *self, gboolean pinned);
void coterie_selection_card_set_low (CoterieSelectionCard *self, gboolean low);

G_END_DECLS
