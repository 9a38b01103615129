/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/session.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_EVOLUTION_PANEL (coterie_evolution_panel_get_type ())
G_DECLARE_FINAL_TYPE (
    CoterieEvolutionPanel, coterie_evolution_panel, COTERIE, EVOLUTION_PANEL, GtkWidget)

void coterie_evolution_panel_set_session (CoterieEvolutionPanel *self, CoterieSession *session);

G_END_DECLS
