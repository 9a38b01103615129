/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/dataset/dataset.h"
#include "core/dataset/known-sets.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_DATASET_CHOICE_ROW (coterie_dataset_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (
    CoterieDatasetChoiceRow, coterie_dataset_choice_row, COTERIE, DATASET_CHOICE_ROW, AdwActionRow)

CoterieDatasetChoiceRow *coterie_dataset_choice_row_new (const CoterieKnownSet *set);
void coterie_dataset_choice_row_set_group (CoterieDatasetChoiceRow *self,
                                           CoterieDatasetChoiceRow *other);
const CoterieKnownSet *coterie_dataset_choice_row_get_set (CoterieDatasetChoiceRow *self);
gboolean coterie_dataset_choice_row_get_chosen (CoterieDatasetChoiceRow *self);
void coterie_dataset_choice_row_choose (CoterieDatasetChoiceRow *self);
const char *coterie_dataset_choice_row_get_path (CoterieDatasetChoiceRow *self);
void coterie_dataset_choice_row_set_path (CoterieDatasetChoiceRow *self, const char *path);
gboolean coterie_dataset_choice_row_may_be_downloaded (CoterieDatasetChoiceRow *self);
gboolean coterie_dataset_choice_row_is_downloading (CoterieDatasetChoiceRow *self);
void coterie_dataset_choice_row_show_itself (CoterieDatasetChoiceRow *self);
void coterie_dataset_choice_row_show_reading (CoterieDatasetChoiceRow *self);
void coterie_dataset_choice_row_show_dataset (CoterieDatasetChoiceRow *self,
                                              CoterieDataset *dataset);
void coterie_dataset_choice_row_show_error (CoterieDatasetChoiceRow *self, const char *message);
char *coterie_dataset_choice_row_dup_lack (CoterieDatasetChoiceRow *self);

G_END_DECLS
