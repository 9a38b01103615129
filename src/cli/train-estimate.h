/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/train-options.h"

G_BEGIN_DECLS

gboolean coterie_train_estimate_print (const CoterieTrainOptions *options, GError **error);

G_END_DECLS
