/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void coterie_shortcuts_window_show (GtkApplicationWindow *parent);

G_END_DECLS
