/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/session.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_LAYER_SWITCHER (coterie_layer_switcher_get_type ())
G_DECLARE_FINAL_TYPE (
    CoterieLayerSwitcher, coterie_layer_switcher, COTERIE, LAYER_SWITCHER, GtkWidget)

void coterie_layer_switcher_set_session (CoterieLayerSwitcher *self, CoterieSession *session);
void coterie_layer_switcher_set_room (CoterieLayerSwitcher *self, int room_px);

G_END_DECLS
