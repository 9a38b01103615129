/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/run-info.h"

G_BEGIN_DECLS

char *coterie_run_info_describe (const CoterieRunInfo *info, guint layer);
char *coterie_run_info_describe_graph (const CoterieRunInfo *info, guint iteration, guint layer);

G_END_DECLS
