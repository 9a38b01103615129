/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/graph-view.h"
#include "session/session.h"

G_BEGIN_DECLS

/**
 * CoteriePictureSaved:
 * @parent: the window that asked
 * @left_out: (nullable): for what there was no room in it
 * @error: (nullable): why there is no picture
 *
 * Called when a picture has been written, or could not be.
 */
typedef void (*CoteriePictureSaved) (GtkWindow *parent, const char *left_out, const GError *error);

void coterie_save_picture (GtkWindow *parent,
                           CoterieGraphView *view,
                           CoterieSession *session,
                           CoteriePictureSaved saved);

G_END_DECLS
