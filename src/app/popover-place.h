/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void coterie_popover_place_below (GtkPopover *popover);
void coterie_popover_place_beside (GtkPopover *popover, GtkWidget *tools);

G_END_DECLS
