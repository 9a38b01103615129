/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "draw/palette.h"
#include "draw/scene/shape.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_COLOR_DOT (coterie_color_dot_get_type ())
G_DECLARE_FINAL_TYPE (CoterieColorDot, coterie_color_dot, COTERIE, COLOR_DOT, GtkWidget)

GtkWidget *coterie_color_dot_new (void);
void coterie_color_dot_set_color (CoterieColorDot *self, CoterieColor color);
void coterie_color_dot_set_shape (CoterieColorDot *self, CoterieShape shape);
void coterie_color_dot_set_rest (CoterieColorDot *self, const CoterieColor *colors, guint n_colors);

G_END_DECLS
