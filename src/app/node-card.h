/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/recording/frame.h"
#include "core/recording/run-info.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_NODE_CARD (coterie_node_card_get_type ())
G_DECLARE_FINAL_TYPE (CoterieNodeCard, coterie_node_card, COTERIE, NODE_CARD, GtkWidget)

gboolean coterie_node_card_show (CoterieNodeCard *self,
                                 const CoterieFrameLayer *layer,
                                 const CoterieRunInfo *info,
                                 guint neuron);

G_END_DECLS
