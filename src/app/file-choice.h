/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * CoterieFileChosenFunc:
 * @file: what was chosen
 * @data: what was passed with the function
 */
typedef void (*CoterieFileChosenFunc) (GFile *file, gpointer data);

void coterie_file_choice_ask (GtkFileChooserNative *chooser,
                              CoterieFileChosenFunc chosen,
                              gpointer data);

G_END_DECLS
