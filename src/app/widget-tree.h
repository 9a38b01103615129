/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void coterie_widget_unparent_children (GtkWidget *widget);
void coterie_widget_name_buttons_once (GtkWidget *widget);
void coterie_widget_ignore_wheel (GtkWidget *widget);
void coterie_widget_open_lists_at_choice (GtkWidget *widget);
void coterie_widget_scroll_into_view (GtkWidget *widget);

G_END_DECLS
