/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cli/train-options.h"

G_BEGIN_DECLS

void coterie_train_size_print (const CoterieTrainOptions *options, const CoterieRunInfo *info);
void coterie_train_size_add (JsonBuilder *builder,
                             const CoterieTrainOptions *options,
                             const CoterieRunInfo *info);
void coterie_train_size_warn_of_full_disk (const CoterieTrainOptions *options,
                                           const CoterieRunInfo *info);

G_END_DECLS
