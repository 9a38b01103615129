/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/node-filter.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_FILTER_CHIPS (coterie_filter_chips_get_type ())
G_DECLARE_FINAL_TYPE (CoterieFilterChips, coterie_filter_chips, COTERIE, FILTER_CHIPS, GtkWidget)

void coterie_filter_chips_set_filter (CoterieFilterChips *self, CoterieNodeFilter *filter);

G_END_DECLS
