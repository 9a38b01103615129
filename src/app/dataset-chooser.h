/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void coterie_choose_data_set (GtkWindow *parent,
                              GtkFileChooserAction action,
                              void (*chosen) (GFile *file, gpointer data),
                              gpointer data);

G_END_DECLS
