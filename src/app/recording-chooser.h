/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void
coterie_choose_file (GtkWindow *parent, void (*chosen) (GFile *file, gpointer data), gpointer data);
void coterie_remember_recording (const char *path);

G_END_DECLS
