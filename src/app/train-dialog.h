/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/dataset-group.h"
#include "core/run/run.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_TRAIN_DIALOG (coterie_train_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CoterieTrainDialog, coterie_train_dialog, COTERIE, TRAIN_DIALOG, AdwWindow)

/**
 * CoterieTrainDialogState:
 * @training: how to train
 * @analysis: how to analyse
 * @dataset: what to train on
 * @preset: which preset that is, from 1; 0 for none
 * @top_is_users: whether the user has set the representatives
 *
 * What a dialog says, for the next one to say it again.
 */
typedef struct {
  CoterieTrainingSettings training;
  CoterieAnalysisSettings analysis;
  CoterieDatasetGroupState *dataset;
  guint preset;
  gboolean top_is_users;
} CoterieTrainDialogState;

CoterieTrainDialog *coterie_train_dialog_new (GtkWindow *parent);
void coterie_train_dialog_set_data_set (CoterieTrainDialog *self, GFile *file);
void coterie_train_dialog_get_settings (CoterieTrainDialog *self, CoterieRunSettings *settings);
CoterieTrainDialogState *coterie_train_dialog_dup_state (CoterieTrainDialog *self);
void coterie_train_dialog_set_state (CoterieTrainDialog *self,
                                     const CoterieTrainDialogState *state);
void coterie_train_dialog_state_free (CoterieTrainDialogState *state);
const char *coterie_train_dialog_get_name (CoterieTrainDialog *self);

G_END_DECLS
