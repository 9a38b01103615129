/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/run-info.h"

G_BEGIN_DECLS

char *coterie_train_notes_describe_classes (const CoterieRunInfo *info,
                                            CoterieDatasetReport *report);
char *coterie_train_notes_describe_narrow_layers (const CoterieRunInfo *info);
char *coterie_train_notes_describe_left_out (CoterieDatasetReport *report, gboolean list_all);

G_END_DECLS
