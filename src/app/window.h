/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/application.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_WINDOW (coterie_window_get_type ())
G_DECLARE_FINAL_TYPE (CoterieWindow, coterie_window, COTERIE, WINDOW, AdwApplicationWindow)

CoterieWindow *coterie_window_new (CoterieApplication *application);
void coterie_window_open_digits (CoterieWindow *self);
gboolean coterie_window_has_digits (CoterieWindow *self);
void coterie_window_open_file (CoterieWindow *self, GFile *file);

G_END_DECLS
