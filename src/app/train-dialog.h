/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/run/run.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_TRAIN_DIALOG (coterie_train_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CoterieTrainDialog, coterie_train_dialog, COTERIE, TRAIN_DIALOG, AdwWindow)

CoterieTrainDialog *coterie_train_dialog_new (GtkWindow *parent);
void coterie_train_dialog_set_folder (CoterieTrainDialog *self, GFile *folder);
void coterie_train_dialog_get_settings (CoterieTrainDialog *self, CoterieRunSettings *settings);
void coterie_choose_data_set_folder (GtkWindow *parent,
                                     void (*chosen) (GFile *folder, gpointer data),
                                     gpointer data);

G_END_DECLS
