/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/graph-view.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_MINIMAP (coterie_minimap_get_type ())
G_DECLARE_FINAL_TYPE (CoterieMinimap, coterie_minimap, COTERIE, MINIMAP, GtkWidget)

void coterie_minimap_set_view (CoterieMinimap *self, CoterieGraphView *view);

G_END_DECLS
