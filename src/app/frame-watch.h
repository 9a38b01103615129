/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void coterie_frame_watch_start_if_wanted (GtkWidget *window);

G_END_DECLS
