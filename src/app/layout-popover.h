/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/session.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_LAYOUT_POPOVER (coterie_layout_popover_get_type ())
G_DECLARE_FINAL_TYPE (
    CoterieLayoutPopover, coterie_layout_popover, COTERIE, LAYOUT_POPOVER, GtkPopover)

void coterie_layout_popover_set_session (CoterieLayoutPopover *self, CoterieSession *session);

G_END_DECLS
