/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define COTERIE_TYPE_COLOR_RAMP (coterie_color_ramp_get_type ())
G_DECLARE_FINAL_TYPE (CoterieColorRamp, coterie_color_ramp, COTERIE, COLOR_RAMP, GtkWidget)

G_END_DECLS
