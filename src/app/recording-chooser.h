/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/file-choice.h"

G_BEGIN_DECLS

void coterie_choose_file (GtkWindow *parent, CoterieFileChosenFunc chosen, gpointer data);
void coterie_remember_recording (const char *path);

G_END_DECLS
