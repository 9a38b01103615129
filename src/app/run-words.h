/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/run-info.h"

G_BEGIN_DECLS

char *coterie_run_words_network (const CoterieRunInfo *info);

G_END_DECLS
