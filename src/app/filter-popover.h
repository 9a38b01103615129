/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/node-filter.h"
#include "draw/scene/scene-graph.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_FILTER_POPOVER (coterie_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (
    CoterieFilterPopover, coterie_filter_popover, COTERIE, FILTER_POPOVER, GtkPopover)

void coterie_filter_popover_set_filter (CoterieFilterPopover *self, CoterieNodeFilter *filter);
void coterie_filter_popover_set_graph (CoterieFilterPopover *self,
                                       CoterieSceneGraph *graph,
                                       const char *const *class_names);

G_END_DECLS
