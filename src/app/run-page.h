/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/graph-view.h"
#include "session/session.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_RUN_PAGE (coterie_run_page_get_type ())
G_DECLARE_FINAL_TYPE (CoterieRunPage, coterie_run_page, COTERIE, RUN_PAGE, GtkWidget)

void coterie_run_page_set_session (CoterieRunPage *self, CoterieSession *session);
void coterie_run_page_set_show_sidebar (CoterieRunPage *self, gboolean show);
CoterieGraphView *coterie_run_page_get_graph_view (CoterieRunPage *self);
void coterie_run_page_find (CoterieRunPage *self);
void coterie_run_page_add_toast (CoterieRunPage *self, AdwToast *toast);

G_END_DECLS
