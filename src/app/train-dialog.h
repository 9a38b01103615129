/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/run/run.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_TRAIN_DIALOG (coterie_train_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CoterieTrainDialog, coterie_train_dialog, COTERIE, TRAIN_DIALOG, AdwWindow)

CoterieTrainDialog *coterie_train_dialog_new (GtkWindow *parent);
void coterie_train_dialog_set_data_set (CoterieTrainDialog *self, GFile *file);
void coterie_train_dialog_get_settings (CoterieTrainDialog *self, CoterieRunSettings *settings);
const char *coterie_train_dialog_get_name (CoterieTrainDialog *self);

G_END_DECLS
