/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/frame-failure.h"
#include "core/recording/run-info.h"

G_BEGIN_DECLS

char *coterie_run_words_network (const CoterieRunInfo *info);
char *coterie_run_words_failure (const CoterieFailure *failure);

G_END_DECLS
