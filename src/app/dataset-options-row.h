/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/dataset/dataset-options.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_DATASET_OPTIONS_ROW (coterie_dataset_options_row_get_type ())
G_DECLARE_FINAL_TYPE (CoterieDatasetOptionsRow,
                      coterie_dataset_options_row,
                      COTERIE,
                      DATASET_OPTIONS_ROW,
                      AdwExpanderRow)

CoterieDatasetOptionsRow *coterie_dataset_options_row_new (void);
void coterie_dataset_options_row_set_options (CoterieDatasetOptionsRow *self,
                                              const CoterieDatasetOptions *options);
const CoterieDatasetOptions *
coterie_dataset_options_row_get_options (CoterieDatasetOptionsRow *self);
void coterie_dataset_options_row_offer (CoterieDatasetOptionsRow *self,
                                        CoterieDatasetOptionFlags which);

G_END_DECLS
