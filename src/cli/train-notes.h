/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cli/train-options.h"

G_BEGIN_DECLS

char *coterie_train_notes_describe_classes (const CoterieRunInfo *info,
                                            CoterieDatasetReport *report);
char *coterie_train_notes_describe_untested (CoterieDatasetReport *report);
char *coterie_train_notes_describe_narrow_layers (const CoterieRunInfo *info);
char *coterie_train_notes_describe_left_out (CoterieDatasetReport *report, gboolean list_all);
void coterie_train_notes_add_left_out (JsonBuilder *builder, CoterieDatasetReport *report);
void coterie_train_notes_add_untested (JsonBuilder *builder, CoterieDatasetReport *report);
void coterie_train_notes_advise (GError *error);
void coterie_train_notes_print (const CoterieTrainOptions *options,
                                const CoterieRunInfo *info,
                                CoterieDatasetReport *report);

G_END_DECLS
