/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "draw/scene/scene-legend.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_COMMUNITY_LEGEND (coterie_community_legend_get_type ())
G_DECLARE_FINAL_TYPE (
    CoterieCommunityLegend, coterie_community_legend, COTERIE, COMMUNITY_LEGEND, GtkWidget)

void coterie_community_legend_show (CoterieCommunityLegend *self, const CoterieSceneLegend *legend);
void coterie_community_legend_set_narrow (CoterieCommunityLegend *self, gboolean narrow);
gboolean coterie_community_legend_get_folded (CoterieCommunityLegend *self);
void coterie_community_legend_set_room (CoterieCommunityLegend *self, int height_px);

G_END_DECLS
