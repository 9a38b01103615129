/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define COTERIE_TYPE_ANALYSIS_POPOVER (coterie_analysis_popover_get_type ())
G_DECLARE_FINAL_TYPE (
    CoterieAnalysisPopover, coterie_analysis_popover, COTERIE, ANALYSIS_POPOVER, GtkPopover)

void coterie_analysis_popover_set_session (CoterieAnalysisPopover *self, CoterieSession *session);

G_END_DECLS
