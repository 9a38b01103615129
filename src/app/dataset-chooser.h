/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/file-choice.h"

G_BEGIN_DECLS

void coterie_choose_data_set (GtkWindow *parent,
                              GtkFileChooserAction action,
                              CoterieFileChosenFunc chosen,
                              gpointer data);

G_END_DECLS
