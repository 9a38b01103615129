/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "draw/scene/scene-style.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_APPEARANCE_POPOVER (coterie_appearance_popover_get_type ())
G_DECLARE_FINAL_TYPE (
    CoterieAppearancePopover, coterie_appearance_popover, COTERIE, APPEARANCE_POPOVER, GtkPopover)

void coterie_appearance_popover_set_class_names (CoterieAppearancePopover *self,
                                                 const char *const *class_names);
void coterie_appearance_popover_set_all_layers (CoterieAppearancePopover *self,
                                                gboolean all_layers);
CoterieSceneStyle coterie_appearance_popover_get_style (CoterieAppearancePopover *self);
char *coterie_appearance_popover_describe (CoterieAppearancePopover *self);
char **coterie_appearance_popover_list (CoterieAppearancePopover *self);

G_END_DECLS
