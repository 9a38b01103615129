/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/training/training-settings.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_LAYER_LIST (coterie_layer_list_get_type ())
G_DECLARE_FINAL_TYPE (
    CoterieLayerList, coterie_layer_list, COTERIE, LAYER_LIST, AdwPreferencesGroup)

void coterie_layer_list_set_layers (CoterieLayerList *self,
                                    const CoterieTrainingSettings *settings);
void coterie_layer_list_get_layers (CoterieLayerList *self, CoterieTrainingSettings *settings);

G_END_DECLS
