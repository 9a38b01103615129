/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/dataset/dataset-options.h"
#include "core/dataset/dataset.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_DATASET_GROUP (coterie_dataset_group_get_type ())
G_DECLARE_FINAL_TYPE (
    CoterieDatasetGroup, coterie_dataset_group, COTERIE, DATASET_GROUP, AdwPreferencesGroup)

/**
 * CoterieDatasetGroupState:
 * @options: how what is chosen is read
 * @paths: (element-type filename): of each data set that can be chosen, or %NULL
 * @chosen: which of them is
 *
 * What a group says, for the next one to say it again.
 */
typedef struct {
  CoterieDatasetOptions options;
  GPtrArray *paths;
  guint chosen;
} CoterieDatasetGroupState;

void coterie_dataset_group_set_file (CoterieDatasetGroup *self, GFile *file);
void coterie_dataset_group_set_known (CoterieDatasetGroup *self,
                                      const char *identifier,
                                      const CoterieDatasetOptions *options);
void coterie_dataset_group_set_options (CoterieDatasetGroup *self,
                                        const CoterieDatasetOptions *options);
CoterieDatasetGroupState *coterie_dataset_group_dup_state (CoterieDatasetGroup *self);
void coterie_dataset_group_set_state (CoterieDatasetGroup *self,
                                      const CoterieDatasetGroupState *state);
void coterie_dataset_group_state_free (CoterieDatasetGroupState *state);
const char *coterie_dataset_group_get_source (CoterieDatasetGroup *self);
const CoterieDatasetOptions *coterie_dataset_group_get_options (CoterieDatasetGroup *self);
CoterieDataset *coterie_dataset_group_get_dataset (CoterieDatasetGroup *self);
gboolean coterie_dataset_group_describe_missing (CoterieDatasetGroup *self,
                                                 CoterieDatasetInfo *info);
gboolean coterie_dataset_group_is_reading (CoterieDatasetGroup *self);
char *coterie_dataset_group_dup_lack (CoterieDatasetGroup *self);

G_END_DECLS
