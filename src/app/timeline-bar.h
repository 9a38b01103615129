/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/session.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_TIMELINE_BAR (coterie_timeline_bar_get_type ())
G_DECLARE_FINAL_TYPE (CoterieTimelineBar, coterie_timeline_bar, COTERIE, TIMELINE_BAR, GtkWidget)

void coterie_timeline_bar_set_session (CoterieTimelineBar *self, CoterieSession *session);

G_END_DECLS
